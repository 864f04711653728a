//! A new migration is a reason to build again, and every file in `houses/` is a ready-made house.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=src/store/schema");
    println!("cargo::rerun-if-changed=houses");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("houses");
    let mut files: Vec<_> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|end| end == "toml"));
    // The blank house, which follows the statute, stands last.
    files.sort_by_key(|file| (file.file_stem().is_some_and(|name| name == "blank"), file.clone()));
    let mut list = String::from("[\n");
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let _ = writeln!(list, "    ({name:?}, include_str!({:?})),", file.to_string_lossy());
    }
    list.push(']');
    fs::write(
        Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("houses.rs"),
        list,
    )
}
