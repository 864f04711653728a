//! The towns of Belgium by their postcodes, to fill in what follows from what was typed. A town that is not listed is none the
//! less one: nothing is refused for it. The list and its licence (CC BY 4.0) lie in `places/`.

use crate::fold::folded;

const BELGIUM: &str = include_str!("../places/belgium.tsv");

/// The towns of a Belgian postcode, in their order; none for a postcode that is not known.
#[must_use]
pub fn towns(postcode: &str) -> Vec<&'static str> {
    // `B-2000` and `BE 2000` are written too.
    let bare = postcode.trim().trim_start_matches(|c: char| !c.is_ascii_digit());
    let mut towns: Vec<&str> = BELGIUM
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(code, _)| *code == bare)
        .map(|(_, town)| town)
        .collect();
    // The town a postcode is known by is that of the round number before it: 2018 is Antwerp first.
    let round = format!("{}00", bare.get(..2).unwrap_or_default());
    let known = BELGIUM
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .find(|(code, _)| *code == round)
        .map(|(_, town)| town);
    towns.sort_by_key(|town| Some(*town) != known);
    towns
}

/// The postcodes of a Belgian town, however its name is written.
#[must_use]
pub fn postcodes(town: &str) -> Vec<&'static str> {
    let wanted = folded(town);
    let mut codes: Vec<&str> = BELGIUM
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(_, known)| folded(known) == wanted)
        .map(|(code, _)| code)
        .collect();
    codes.dedup();
    codes
}
