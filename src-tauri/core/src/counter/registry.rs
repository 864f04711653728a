//! The list a step is entered in: with one line there it is offered, taken, and known by its role.

/// The steps of one kind of dossier, in the order they are offered: the type of all of them, each by its name on the wire, and
/// the one way into each.
macro_rules! registry {
    ($(#[$docs:meta])* $all:ident { $($module:ident :: $step:ident,)* }) => {
        $(mod $module;)*
        $(pub use $module::$step;)*

        $(#[$docs])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(tag = "step", rename_all = "kebab-case")]
        #[expect(missing_docs, reason = "each is documented where it is")]
        pub enum $all {
            $($step($step),)*
        }

        impl $all {
            /// Who may take each, beside a manager.
            pub(super) const WHO: &[(&str, &[crate::house::Role])] = &[$((<$step as Taken>::NAME, <$step as Taken>::WHO),)*];

            /// Each as it is offered now, where it is.
            fn offered(look: &Looked<'_>) -> Vec<super::view::NextView> {
                let offers = [$((<$step as Taken>::NAME, <$step as Taken>::GROUP, <$step as Taken>::offer(look)),)*];
                let views = offers.into_iter().filter_map(|(name, group, offer)| {
                    Some(offer?.view(look.desk.language, name, group))
                });
                views.collect()
            }

            fn taken(&self, at: &mut Taking<'_, '_>) -> crate::store::Done<Option<String>> {
                match self {
                    $(Self::$step(step) => step.take(at),)*
                }
            }
        }
    };
}
pub(super) use registry;
