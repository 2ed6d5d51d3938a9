//! JSON objects, with an eye on names that come twice.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

/// What a body is, as JSON.
#[derive(serde::Deserialize)]
#[serde(untagged)]
pub enum Parsed {
    /// An object.
    Object(Members),
    /// Anything else.
    Other(IgnoredAny),
}

/// The members of an object, and the names that come more than once: which of them is meant cannot be said.
pub struct Members {
    /// The members; of those that are repeated the last one.
    pub left: Map<String, Value>,
    /// The names that are repeated.
    pub repeated: Vec<String>,
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Members, A::Error> {
        let (mut left, mut repeated) = (Map::new(), Vec::new());
        while let Some((name, value)) = members.next_entry::<String, Value>()? {
            if left.insert(name.clone(), value).is_some() && !repeated.contains(&name) {
                repeated.push(name);
            }
        }
        Ok(Members { left, repeated })
    }
}
