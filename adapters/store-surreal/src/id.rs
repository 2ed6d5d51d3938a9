//! Record ids. They are deterministic: what must be unique is in the id, and what is read together lies together.

use std::fmt::Write as _;

use surrealdb::types::{Array, RecordId, RecordIdKey, Value};
use wxlogin_domain::account::LinkedIdentity;
use wxlogin_domain::api_key::ApiKeyName;
use wxlogin_domain::id::{AccountId, EventId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, UnionId};
use wxlogin_domain::phone_number::PhoneNumber;
use wxlogin_domain::push::MessageHash;
use wxlogin_domain::session::SessionRef;
use wxlogin_domain::timestamp::Timestamp;

pub(crate) fn account(id: AccountId) -> RecordId {
    RecordId::new("account", id.to_string())
}

pub(crate) fn account_id(id: &RecordId) -> Option<AccountId> {
    match &id.key {
        RecordIdKey::String(key) => AccountId::parse(key).ok(),
        _ => None,
    }
}

pub(crate) fn identity(app: &AppId, openid: &OpenId) -> RecordId {
    pair("identity", app.to_string(), openid.to_string())
}

pub(crate) fn identities<'a>(linked: impl IntoIterator<Item = &'a LinkedIdentity>) -> Vec<RecordId> {
    let identities = linked.into_iter().map(|linked| &linked.identity);
    identities.map(|of| identity(&of.app, &of.openid)).collect()
}

pub(crate) fn unionid(unionid: &UnionId) -> RecordId {
    RecordId::new("unionid", unionid.to_string())
}

/// The number comes first: the accounts that have it are one range of ids, in the order in which they came to be.
pub(crate) fn phone(number: &PhoneNumber, account: AccountId) -> RecordId {
    phone_of(number.as_e164(), &account.to_string())
}

pub(crate) fn phone_of(number: &str, account: &str) -> RecordId {
    pair("phone", number.to_owned(), account.to_owned())
}

/// What those write who want a number for themselves.
pub(crate) fn phone_claim(number: &PhoneNumber) -> RecordId {
    RecordId::new("phone_claim", number.as_e164())
}

/// The account comes first: its sessions are one range of ids.
pub(crate) fn session(id: SessionRef) -> RecordId {
    pair("login_session", id.account.to_string(), id.session.to_string())
}

pub(crate) fn session_ref(id: &RecordId) -> Option<SessionRef> {
    let (account, session) = both_of(id)?;
    Some(SessionRef {
        account: AccountId::parse(account).ok()?,
        session: SessionId::parse(session).ok()?,
    })
}

pub(crate) fn key_ring() -> RecordId {
    RecordId::new("key_ring", "current")
}

pub(crate) fn api_key(name: &ApiKeyName) -> RecordId {
    RecordId::new("api_key", name.as_str())
}

pub(crate) fn event(id: EventId) -> RecordId {
    RecordId::new("audit_event", event_key(id))
}

/// The account comes first: what happened to it is one range of ids, the newest first.
pub(crate) fn account_event(account: &str, id: &RecordId) -> Option<RecordId> {
    match &id.key {
        RecordIdKey::String(key) => Some(pair("account_event", account.to_owned(), key.clone())),
        _ => None,
    }
}

/// The database walks through ranges of ids upwards only, and the log is read from its newest event on: so every bit of
/// an event's id is turned round.
pub(crate) fn event_key(id: EventId) -> String {
    format!("{:032x}", !u128::from_be_bytes(id.to_bytes()))
}

pub(crate) fn event_id(id: &RecordId) -> Option<EventId> {
    match &id.key {
        RecordIdKey::String(key) => {
            let turned = u128::from_str_radix(key, 16).ok()?;
            Some(EventId::from_bytes((!turned).to_be_bytes()))
        }
        _ => None,
    }
}

/// Where the keys of events of this millisecond begin. Ids of events begin with 48 bits of their time.
pub(crate) fn event_keys_of(at: Timestamp) -> String {
    const TIME_BITS: u64 = (1 << 48) - 1;
    let millis = u64::try_from(at.unix_millis()).unwrap_or(0);
    format!("{:012x}", !millis & TIME_BITS)
}

/// After the keys of all events.
pub(crate) const AFTER_EVENT_KEYS: &str = "g";

pub(crate) fn push_message(hash: &MessageHash) -> RecordId {
    let mut hex = String::with_capacity(64);
    for byte in hash.0 {
        let _ = write!(hex, "{byte:02x}");
    }
    RecordId::new("push_message", hex)
}

pub(crate) fn message_hash(id: &RecordId) -> Option<MessageHash> {
    let RecordIdKey::String(hex) = &id.key else { return None };
    let mut hash = [0; 32];
    for (position, byte) in hash.iter_mut().enumerate() {
        let digits = hex.get(2 * position..2 * position + 2)?;
        *byte = u8::from_str_radix(digits, 16).ok()?;
    }
    (hex.len() == 64).then_some(MessageHash(hash))
}

pub(crate) fn schema() -> RecordId {
    RecordId::new("schema", "current")
}

/// What is written to see whether anything can be.
pub(crate) fn probe() -> RecordId {
    RecordId::new("schema", "probe")
}

fn pair(table: &str, first: String, second: String) -> RecordId {
    RecordId::new(table, Array::from(vec![first, second]))
}

fn both_of(id: &RecordId) -> Option<(&str, &str)> {
    match &id.key {
        RecordIdKey::Array(parts) => match parts.as_slice() {
            [Value::String(first), Value::String(second)] => Some((first, second)),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event_at(millis: i64, random: u8) -> EventId {
        EventId::new(Timestamp::from_unix_millis(millis), [random; 10])
    }

    #[test]
    fn keys_of_events_go_from_the_newest_to_the_oldest() {
        let newest_first = [
            event_at(1_769_000_000_002, 0),
            event_at(1_769_000_000_001, 0xff),
            event_at(1_769_000_000_001, 0),
            event_at(0, 0xff),
            event_at(0, 0),
        ];
        let keys: Vec<String> = newest_first.into_iter().map(event_key).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        assert!(keys.iter().all(|key| key.as_str() < AFTER_EVENT_KEYS));
        for id in newest_first {
            assert_eq!(event_id(&event(id)), Some(id));
        }
    }

    #[test]
    fn ids_of_messages_are_read_back() {
        let hash = MessageHash(std::array::from_fn(|position| u8::try_from(8 * position).unwrap()));
        assert_eq!(message_hash(&push_message(&hash)), Some(hash));
        for key in ["", "00", &"0".repeat(66), &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(message_hash(&RecordId::new("push_message", key.to_owned())), None);
        }
    }

    #[test]
    fn the_keys_of_a_millisecond_begin_where_those_after_it_have_ended() {
        let begin = event_keys_of(Timestamp::from_unix_millis(1_769_000_000_001));
        assert!(event_key(event_at(1_769_000_000_002, 0)) < begin);
        assert!(begin < event_key(event_at(1_769_000_000_001, 0xff)));
    }
}
