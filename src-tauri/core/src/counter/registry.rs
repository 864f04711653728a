//! The list a step is entered in: with one line there it is offered, taken, and known by its role.

/// The steps of one kind of dossier, in the order they are offered: the type of all of them, each by its name on the wire, and
/// the one way into each.
macro_rules! registry {
    ($(#[$docs:meta])* $all:ident { $($module:ident :: $step:ident,)* }) => {
        $(mod $module;)*
        $(pub use $module::$step;)*

        /// A step: one file, one line in the list.
        trait Taken {
            /// Its name on the wire and in the words, `step-…`.
            const NAME: &'static str;
            /// Who takes it, beside a manager.
            const WHO: &'static [crate::house::Role];
            /// The group it stands in on the screen.
            const GROUP: &'static str;

            /// The papers that come of it.
            const ISSUES: &'static [crate::paper::kind::PaperKind] = &[];

            /// Its form, and whether it can be taken now; nothing where it makes no sense at all.
            fn offer(look: &Looked<'_>) -> Option<super::forms::Offer>;

            /// Takes it as typed; answers the paper that came of it.
            fn take(&self, at: &mut Taking<'_, '_>) -> crate::store::Done<Option<String>>;
        }

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
            fn offered(look: &Looked<'_>) -> crate::store::Done<Vec<super::view::NextView>> {
                let mut views = Vec::new();
                $(
                    if let Some(offer) = <$step as Taken>::offer(look) {
                        let issues = look.desk.becomes_final(<$step as Taken>::NAME, <$step as Taken>::ISSUES)?;
                        let view = offer.view(look.desk.language, <$step as Taken>::NAME, <$step as Taken>::GROUP);
                        views.push(super::view::NextView { issues, ..view });
                    }
                )*
                Ok(views)
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
