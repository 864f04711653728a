//! The screen's types, written in TypeScript from the same definitions.

use super::Export;
use super::action::Action;
use super::question::{Answer, Question};
use super::work::Outcome;
use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::{Config, TS, TypeVisitor};

struct Gathered {
    config: Config,
    seen: BTreeSet<TypeId>,
    types: BTreeMap<String, String>,
}

impl TypeVisitor for Gathered {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Only types of our own have a file to be written to.
        if T::output_path().is_none() || !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        let (name, declared) = (T::ident(&self.config), format!("export {}", T::decl(&self.config)));
        let other = self.types.insert(name.clone(), declared.clone());
        assert!(
            other.is_none_or(|other| other == declared),
            "two types are called {name}"
        );
        T::visit_dependencies(self);
    }
}

/// `ui/src/lib/bindings.ts`, as it should be.
///
/// # Panics
/// When two types have one name: the screen could not tell them apart.
#[must_use]
pub fn bindings() -> String {
    let mut gathered = Gathered {
        config: Config::new().with_large_int("number"),
        seen: BTreeSet::new(),
        types: BTreeMap::new(),
    };
    gathered.visit::<Question>();
    gathered.visit::<Answer>();
    gathered.visit::<Action>();
    gathered.visit::<Outcome>();
    gathered.visit::<Export>();
    let types: Vec<String> = gathered.types.into_values().collect();
    format!(
        "// Written from the core's own types by tests/bindings.rs: change them there.\n\n{}\n",
        types.join("\n\n")
    )
}
