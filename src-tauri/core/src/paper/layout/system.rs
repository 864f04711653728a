//! The machine's own faces, for scripts whose faces are too large to come along: Chinese, Japanese, Korean, and whatever else a
//! client may be called in. Looked for once something needs one, and kept from then on.

use super::font::{Loaded, has_all};
use fontdb::{Database, Style, Weight};
use std::collections::BTreeMap;
use std::sync::{LazyLock, PoisonError, RwLock};

static MACHINE: LazyLock<Database> = LazyLock::new(|| {
    let mut faces = Database::new();
    faces.load_system_fonts();
    faces
});

/// What was looked for so far.
#[derive(Default)]
struct Known {
    faces: Vec<&'static Loaded>,
    by_cluster: BTreeMap<String, Option<usize>>,
}

static KNOWN: LazyLock<RwLock<Known>> = LazyLock::new(RwLock::default);

/// Families made for these scripts come first, of the systems that Atelier runs on.
const FIRST: [&str; 8] = [
    "Noto Sans CJK",
    "Source Han Sans",
    "Microsoft YaHei",
    "PingFang",
    "Yu Gothic",
    "Hiragino Sans",
    "Malgun Gothic",
    "Noto Sans",
];

/// The face of that number, as [`face_with`] told it.
pub(super) fn face(number: usize) -> &'static Loaded {
    KNOWN.read().unwrap_or_else(PoisonError::into_inner).faces[number]
}

/// The number of a face of the machine's that has all of a cluster.
pub(super) fn face_with(cluster: &str) -> Option<usize> {
    {
        let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.by_cluster.get(cluster) {
            return *found;
        }
        if let Some(found) = known.faces.iter().position(|face| face.has_all(cluster)) {
            return Some(found);
        }
    }
    let found = look_for(cluster);
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    let number = found.map(|found| {
        known.faces.push(found);
        known.faces.len() - 1
    });
    known.by_cluster.insert(cluster.to_owned(), number);
    number
}

fn look_for(cluster: &str) -> Option<&'static Loaded> {
    let mut upright: Vec<&fontdb::FaceInfo> = MACHINE
        .faces()
        .filter(|face| face.style == Style::Normal && face.weight == Weight::NORMAL && !face.monospaced)
        .collect();
    let family = |face: &fontdb::FaceInfo| face.families.first().map(|(name, _)| name.clone()).unwrap_or_default();
    // In an order that does not change from one start to the next.
    upright.sort_by_key(|face| {
        let name = family(face);
        let place = FIRST
            .iter()
            .position(|first| name.starts_with(first))
            .unwrap_or(FIRST.len());
        (place, name, face.post_script_name.clone(), face.index)
    });
    upright.into_iter().find_map(|face| {
        let has = MACHINE.with_face_data(face.id, |data, index| {
            has_all(data, index, cluster).then(|| data.to_vec())
        })??;
        // Kept for as long as the program runs: papers may need it again at any time.
        let data: &'static [u8] = Box::leak(has.into_boxed_slice());
        let loaded = Loaded::new(face.post_script_name.clone(), data, face.index)?;
        Some(&*Box::leak(Box::new(loaded)))
    })
}
