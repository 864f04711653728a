//! A disk that forgets: contents as of the last sync of a file, names as of the last sync of their folder.

use atelier_tests::Dice;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// A step of the program in its folder.
#[derive(Debug, Clone)]
pub enum Step {
    /// Opened under a number; the flags say whether it is made, or emptied.
    Open(i32, i64, PathBuf),
    /// Bytes at a place.
    Write(i32, u64, Vec<u8>),
    /// Cut, or grown, to a length.
    Truncate(i32, u64),
    /// What was written is on the disk.
    Sync(i32),
    /// Its number is free.
    Close(i32),
    /// Another name.
    Rename(PathBuf, PathBuf),
    /// A name less.
    Unlink(PathBuf),
    /// A second name.
    Link(PathBuf, PathBuf),
    /// A folder.
    Folder(PathBuf),
    /// What the program said.
    Said(String),
}

impl Step {
    /// What it is, in a word.
    pub fn short(&self) -> String {
        match self {
            Self::Write(fd, at, bytes) => format!("write {} bytes at {at} to {fd}", bytes.len()),
            other => format!("{other:?}").chars().take(120).collect(),
        }
    }
}

/// Reads what the shim wrote down.
pub fn read(mut trace: &[u8]) -> Vec<Step> {
    let mut steps = Vec::new();
    while trace.len() >= 21 {
        let (head, rest) = trace.split_at(21);
        let number = |range: std::ops::Range<usize>| u32::from_ne_bytes(head[range].try_into().expect("four bytes"));
        let fd = number(1..5).cast_signed();
        let at = i64::from_ne_bytes(head[5..13].try_into().expect("eight bytes"));
        let (named, length) = (number(13..17) as usize, number(17..21) as usize);
        let (path, rest) = rest.split_at(named);
        let (bytes, rest) = rest.split_at(length);
        let text = |bytes: &[u8]| PathBuf::from(String::from_utf8_lossy(bytes).into_owned());
        let place = u64::try_from(at).unwrap_or_default();
        steps.push(match head[0] {
            1 => Step::Open(fd, at, text(path)),
            2 => Step::Write(fd, place, bytes.to_vec()),
            3 => Step::Truncate(fd, place),
            4 => Step::Sync(fd),
            5 => Step::Close(fd),
            6 => Step::Rename(text(path), text(bytes)),
            7 => Step::Unlink(text(path)),
            8 => Step::Link(text(path), text(bytes)),
            9 => Step::Folder(text(path)),
            _ => Step::Said(String::from_utf8_lossy(bytes).into_owned()),
        });
        trace = rest;
    }
    steps
}

/// The syncs of a row of steps: the place of each, and what is synced, with its figures left out.
pub fn syncs(steps: &[Step], root: &Path) -> Vec<(usize, String)> {
    let mut open: HashMap<i32, PathBuf> = HashMap::new();
    let mut found = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        match step {
            Step::Open(fd, _, path) => drop(open.insert(*fd, path.clone())),
            Step::Close(fd) => drop(open.remove(fd)),
            Step::Sync(fd) => {
                let path = open.get(fd).cloned().unwrap_or_default();
                let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
                let name: String = name.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
                found.push((at, if name.is_empty() { "the folder".to_owned() } else { name }));
            }
            _ => {}
        }
    }
    found
}

/// A change that is not synced yet.
#[derive(Debug, Clone)]
enum Change {
    Bytes(u64, Vec<u8>),
    Length(u64),
}

impl Change {
    fn takes(&self, content: &mut Vec<u8>) {
        match self {
            Self::Bytes(at, bytes) => {
                let (start, end) = (*at as usize, *at as usize + bytes.len());
                if content.len() < end {
                    content.resize(end, 0);
                }
                content[start..end].copy_from_slice(bytes);
            }
            Self::Length(length) => content.resize(*length as usize, 0),
        }
    }
}

/// What a file holds for good, and what was written since.
#[derive(Debug, Default, Clone)]
struct Content {
    synced: Vec<u8>,
    since: Vec<Change>,
}

/// A change of names that is not synced yet.
#[derive(Debug, Clone)]
enum Naming {
    Is(PathBuf, usize),
    Gone(PathBuf),
}

/// How much a disk keeps of what was not synced.
#[derive(Debug, Clone, Copy)]
pub enum Keeps {
    /// Nothing.
    Synced,
    /// Of each file and folder the first so many changes.
    Some(u64),
    /// Everything.
    All,
}

/// The disk, with what it keeps and what it may forget.
pub struct Disk {
    root: PathBuf,
    contents: Vec<Content>,
    /// The names now, and those a folder keeps for good; a folder has no content.
    names: BTreeMap<PathBuf, usize>,
    synced: BTreeMap<PathBuf, usize>,
    since: Vec<Naming>,
    folders: BTreeMap<PathBuf, bool>,
    open: HashMap<i32, Opened>,
}

enum Opened {
    File(usize),
    Folder(PathBuf),
}

impl Disk {
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            contents: Vec::new(),
            names: BTreeMap::new(),
            synced: BTreeMap::new(),
            since: Vec::new(),
            // The stick was there before the program.
            folders: BTreeMap::from([(root.to_owned(), true), (root.join("stick"), true)]),
            open: HashMap::new(),
        }
    }

    fn names(&mut self, path: &Path, content: usize) {
        self.names.insert(path.to_owned(), content);
        self.since.push(Naming::Is(path.to_owned(), content));
    }

    fn forgets(&mut self, path: &Path) {
        self.names.remove(path);
        self.since.push(Naming::Gone(path.to_owned()));
    }

    /// Takes a step.
    pub fn takes(&mut self, step: &Step) {
        const EMPTIED: i64 = 0o1000;
        match step {
            Step::Open(fd, _, path) if self.folders.contains_key(path) => {
                self.open.insert(*fd, Opened::Folder(path.clone()));
            }
            Step::Open(fd, flags, path) => {
                let content = self.names.get(path).copied().unwrap_or_else(|| {
                    self.contents.push(Content::default());
                    let content = self.contents.len() - 1;
                    self.names(path, content);
                    content
                });
                if flags & EMPTIED != 0 {
                    self.contents[content].since.push(Change::Length(0));
                }
                self.open.insert(*fd, Opened::File(content));
            }
            Step::Write(fd, at, bytes) => self.changes(*fd, Change::Bytes(*at, bytes.clone())),
            Step::Truncate(fd, length) => self.changes(*fd, Change::Length(*length)),
            Step::Sync(fd) => match self.open.get(fd) {
                Some(Opened::File(content)) => {
                    let content = &mut self.contents[*content];
                    for change in std::mem::take(&mut content.since) {
                        change.takes(&mut content.synced);
                    }
                }
                Some(Opened::Folder(folder)) => {
                    let folder = folder.clone();
                    self.syncs_names(&folder);
                }
                None => {}
            },
            Step::Close(fd) => drop(self.open.remove(fd)),
            Step::Rename(from, to) => {
                if let Some(&content) = self.names.get(from) {
                    self.forgets(from);
                    self.names(to, content);
                }
            }
            Step::Unlink(path) => self.forgets(path),
            Step::Link(from, to) => {
                if let Some(&content) = self.names.get(from) {
                    self.names(to, content);
                }
            }
            Step::Folder(path) => drop(self.folders.insert(path.clone(), false)),
            Step::Said(_) => {}
        }
    }

    fn changes(&mut self, fd: i32, change: Change) {
        if let Some(Opened::File(content)) = self.open.get(&fd) {
            self.contents[*content].since.push(change);
        }
    }

    fn syncs_names(&mut self, folder: &Path) {
        for naming in std::mem::take(&mut self.since) {
            let of = match &naming {
                Naming::Is(path, _) | Naming::Gone(path) => path.parent(),
            };
            if of != Some(folder) {
                self.since.push(naming);
                continue;
            }
            match naming {
                Naming::Is(path, content) => drop(self.synced.insert(path, content)),
                Naming::Gone(path) => drop(self.synced.remove(&path)),
            }
        }
        for (path, kept) in &mut self.folders {
            *kept = *kept || path.parent() == Some(folder);
        }
    }

    /// Writes what is left on the disk once the power is gone into a folder.
    pub fn left_in(&self, folder: &Path, keeps: Keeps) {
        let mut dice = Dice(match keeps {
            Keeps::Some(seed) => seed | 1,
            Keeps::Synced | Keeps::All => 1,
        });
        let mut first = |many: usize| match keeps {
            Keeps::Synced => 0,
            Keeps::Some(_) => dice.roll(many + 1),
            Keeps::All => many,
        };
        let mut names = self.synced.clone();
        for naming in &self.since[..first(self.since.len())] {
            match naming {
                Naming::Is(path, content) => drop(names.insert(path.clone(), *content)),
                Naming::Gone(path) => drop(names.remove(path)),
            }
        }
        let kept = |path: &Path| {
            path.ancestors()
                .skip(1)
                .take_while(|above| above.starts_with(&self.root))
                .all(|above| {
                    self.folders
                        .get(above)
                        .is_some_and(|kept| *kept || !matches!(keeps, Keeps::Synced))
                })
        };
        for (path, content) in names.iter().filter(|(path, _)| kept(path)) {
            let content = &self.contents[*content];
            let mut bytes = content.synced.clone();
            for change in &content.since[..first(content.since.len())] {
                change.takes(&mut bytes);
            }
            let there = folder.join(path.strip_prefix(&self.root).expect("in the folder"));
            std::fs::create_dir_all(there.parent().expect("a folder")).expect("a folder");
            std::fs::write(there, bytes).expect("a file");
        }
    }
}
