//! A question as it was written: JSON that borrows its texts from the line, so that a million questions cost no more memory than one.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;

/// A value of JSON.
#[derive(Debug, PartialEq)]
pub(super) enum Json<'a> {
    Null,
    Bool(bool),
    /// A whole number; one beyond what is counted is as large as there is.
    Whole(i64),
    /// Another number, which no question asks for: those are written as texts.
    Other,
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Object<'a>),
}

/// An object: its keys in the order they were written.
#[derive(Debug, Default)]
pub(super) struct Object<'a> {
    fields: Vec<(Cow<'a, str>, Json<'a>)>,
    /// Where the next key is looked for first: they are mostly asked for in the order they were written.
    next: Cell<usize>,
}

impl PartialEq for Object<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.fields == other.fields
    }
}

/// More keys than any question has.
const MANY: usize = 64;

/// Whether two keys are the same: most that are not differ in their length or their first letter.
#[inline]
pub(super) fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.as_bytes().first() == other.as_bytes().first() && one == other
}

impl<'a> Object<'a> {
    /// The value of a key.
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        let (before, after) = self.fields.split_at(self.next.get().min(self.fields.len()));
        let at = |fields: &[(Cow<'a, str>, Json<'a>)]| fields.iter().position(|(key, _)| same(key, name));
        let at = at(after).map(|at| at + before.len()).or_else(|| at(before))?;
        self.next.set(at + 1);
        Some(&self.fields[at].1)
    }

    /// Each key with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json<'a>)> {
        self.fields.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// Of a key that is written twice the last value counts, where the first stood.
    fn put(&mut self, name: Cow<'a, str>, value: Json<'a>) {
        match self.fields.iter_mut().find(|(key, _)| same(key, &name)) {
            Some((_, before)) => *before = value,
            None => self.fields.push((name, value)),
        }
    }

    /// The same of what was put together elsewhere.
    pub fn of(map: &'a Map<String, Value>) -> Self {
        Self {
            fields: map
                .iter()
                .map(|(name, value)| (Cow::from(name), Json::of(value)))
                .collect(),
            next: Cell::default(),
        }
    }
}

impl<'a> Json<'a> {
    fn of(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(yes) => Self::Bool(*yes),
            Value::Number(number) => match (number.as_i64(), number.is_u64()) {
                (Some(whole), _) => Self::Whole(whole),
                (None, true) => Self::Whole(i64::MAX),
                (None, false) => Self::Other,
            },
            Value::String(text) => Self::Text(Cow::from(text)),
            Value::Array(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Object(map) => Self::Object(Object::of(map)),
        }
    }

    pub fn is_null(&self) -> bool {
        *self == Self::Null
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Bool(_) | Self::Whole(_) | Self::Other | Self::List(_) | Self::Object(_) => None,
        }
    }

    pub fn whole(&self) -> Option<i64> {
        match self {
            Self::Whole(whole) => Some(*whole),
            Self::Null | Self::Bool(_) | Self::Other | Self::Text(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// What a list holds; nothing for what is none.
    pub fn list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            Self::Null | Self::Bool(_) | Self::Whole(_) | Self::Other | Self::Text(_) | Self::Object(_) => None,
        }
    }

    pub fn object(&self) -> Option<&Object<'a>> {
        match self {
            Self::Object(object) => Some(object),
            Self::Null | Self::Bool(_) | Self::Whole(_) | Self::Other | Self::Text(_) | Self::List(_) => None,
        }
    }
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reads)
    }
}

/// Reads a value.
struct Reads;

impl<'de> Visitor<'de> for Reads {
    type Value = Json<'de>;

    fn expecting(&self, said: &mut fmt::Formatter<'_>) -> fmt::Result {
        said.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, yes: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(yes))
    }

    fn visit_i64<E: Error>(self, whole: i64) -> Result<Json<'de>, E> {
        Ok(Json::Whole(whole))
    }

    fn visit_u64<E: Error>(self, whole: u64) -> Result<Json<'de>, E> {
        Ok(Json::Whole(i64::try_from(whole).unwrap_or(i64::MAX)))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Json<'de>, E> {
        Ok(Json::Other)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Json<'de>, A::Error> {
        let mut object = Object::default();
        // Where each key stands, once there are more than any question has: they are no longer looked through one by one.
        let mut places: BTreeMap<Cow<'de, str>, usize> = BTreeMap::new();
        while let Some(Named(name)) = fields.next_key()? {
            let value = fields.next_value()?;
            let count = object.fields.len();
            if count < MANY {
                object.put(name, value);
                continue;
            }
            if places.is_empty() {
                let known = object.fields.iter().enumerate();
                places.extend(known.map(|(at, (name, _))| (name.clone(), at)));
            }
            match places.get(&name) {
                Some(&at) => object.fields[at].1 = value,
                None => {
                    places.insert(name.clone(), count);
                    object.fields.push((name, value));
                }
            }
        }
        Ok(Json::Object(object))
    }
}

/// A key.
struct Named<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Named<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Name;
        impl<'de> Visitor<'de> for Name {
            type Value = Named<'de>;

            fn expecting(&self, said: &mut fmt::Formatter<'_>) -> fmt::Result {
                said.write_str("a key")
            }

            fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Named<'de>, E> {
                Ok(Named(Cow::Borrowed(name)))
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Named<'de>, E> {
                Ok(Named(Cow::Owned(name.to_owned())))
            }
        }
        from.deserialize_str(Name)
    }
}
