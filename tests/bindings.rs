//! The screen's types are the core's.

use std::path::Path;

#[test]
fn the_screens_types_are_the_cores() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/lib/bindings.ts");
    let wanted = atelier_core::counter::bindings();
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    if found != wanted {
        if std::env::var_os("CI").is_none() {
            std::fs::write(&file, &wanted).expect("the bindings can be written");
        }
        panic!("ui/src/lib/bindings.ts was not current; it is written anew, run the tests again");
    }
}
