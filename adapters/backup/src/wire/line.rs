//! One line: an object with one member, whose name says what the line is.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use wxlogin_domain::copy::{AccountCopy, CopyItem};
use wxlogin_domain::key_ring::KeyRing;
use wxlogin_domain::timestamp::Timestamp;

use super::account::AccountWire;
use super::api_key::ApiKeyWire;
use super::event::EventWire;
use super::field::{WireError, time};
use super::key_ring::KeyRingWire;
use super::push::PushWire;
use crate::Counts;

/// What every version of the format says at its beginning.
#[derive(Deserialize)]
pub(crate) struct HeaderStart {
    pub(crate) format: String,
    pub(crate) version: u32,
}

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    pub(crate) format: String,
    pub(crate) version: u32,
    created_at: String,
    /// Which release wrote it; for people.
    pub(crate) program: String,
}

impl Header {
    pub(crate) fn new(format: &str, version: u32, created_at: Timestamp, program: &str) -> Self {
        Self {
            format: format.into(),
            version,
            created_at: created_at.to_string(),
            program: program.into(),
        }
    }

    pub(crate) fn created_at(&self) -> Result<Timestamp, WireError> {
        time("created_at", &self.created_at)
    }
}

/// The last line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct End {
    accounts: u64,
    sessions: u64,
    pushes: u64,
    api_keys: u64,
    events: u64,
    key_rings: u64,
    /// Of all bytes before this line, in hexadecimal digits, as other tools write it.
    pub(crate) sha256: String,
}

impl End {
    pub(crate) fn new(counts: Counts, sha256: String) -> Self {
        let Counts {
            accounts,
            sessions,
            pushes,
            api_keys,
            events,
            key_rings,
        } = counts;
        Self {
            accounts,
            sessions,
            pushes,
            api_keys,
            events,
            key_rings,
            sha256,
        }
    }

    pub(crate) fn counts(&self) -> Counts {
        Counts {
            accounts: self.accounts,
            sessions: self.sessions,
            pushes: self.pushes,
            api_keys: self.api_keys,
            events: self.events,
            key_rings: self.key_rings,
        }
    }

    /// The line, with its end.
    pub(crate) fn line(&self) -> serde_json::Result<Vec<u8>> {
        written(&Written::End(self))
    }
}

/// A line to be written.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Written<'a> {
    Account(AccountWire),
    Push(PushWire),
    ApiKey(ApiKeyWire),
    Event(EventWire),
    KeyRing(KeyRingWire),
    End(&'a End),
}

/// The line of an item, with its end.
pub(crate) fn item_line(item: &CopyItem) -> serde_json::Result<Vec<u8>> {
    written(&match item {
        CopyItem::Account(copy) => Written::Account((&**copy).into()),
        CopyItem::Push(push) => Written::Push(push.into()),
        CopyItem::ApiKey(key) => Written::ApiKey(key.into()),
        CopyItem::Event(event) => Written::Event((&**event).into()),
        CopyItem::KeyRing(ring) => Written::KeyRing((&**ring).into()),
    })
}

fn written(line: &Written<'_>) -> serde_json::Result<Vec<u8>> {
    let mut text = serde_json::to_vec(line)?;
    text.push(b'\n');
    Ok(text)
}

/// A line that was read.
pub(crate) enum Line {
    /// An item.
    Item(Result<CopyItem, WireError>),
    /// The last line.
    End(End),
    /// Something that this program has never heard of.
    Unknown(String),
}

/// The derived code would not tell an unknown name from a malformed line.
impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(LineVisitor)
    }
}

struct LineVisitor;

impl<'de> Visitor<'de> for LineVisitor {
    type Value = Line;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with one member")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Line, A::Error> {
        let one = || serde::de::Error::custom("one member is expected");
        let name: String = map.next_key()?.ok_or_else(one)?;
        let line = match name.as_str() {
            "account" => Line::Item(account(map.next_value()?)),
            "push" => Line::Item(map.next_value::<PushWire>()?.try_into().map(CopyItem::Push)),
            "api_key" => Line::Item(map.next_value::<ApiKeyWire>()?.try_into().map(CopyItem::ApiKey)),
            "event" => Line::Item(event(map.next_value()?)),
            "key_ring" => Line::Item(key_ring(map.next_value()?)),
            "end" => Line::End(map.next_value()?),
            _ => {
                map.next_value::<IgnoredAny>()?;
                Line::Unknown(name)
            }
        };
        match map.next_key::<IgnoredAny>()? {
            None => Ok(line),
            Some(_) => Err(one()),
        }
    }
}

fn account(wire: AccountWire) -> Result<CopyItem, WireError> {
    AccountCopy::try_from(wire).map(CopyItem::from)
}

fn event(wire: EventWire) -> Result<CopyItem, WireError> {
    Ok(CopyItem::Event(Box::new(wire.try_into()?)))
}

fn key_ring(wire: KeyRingWire) -> Result<CopyItem, WireError> {
    Ok(CopyItem::KeyRing(Box::new(KeyRing::try_from(wire)?)))
}
