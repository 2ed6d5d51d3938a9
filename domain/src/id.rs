//! Ids of our own: `UUIDv7`, so that rows made together lie together in a store. Opaque to everybody else.

use std::fmt;

use uuid::Uuid;

use crate::timestamp::Timestamp;

/// The text is no id of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct IdError;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id out of the time and 80 random bits, of which 74 are used.
            #[must_use]
            pub fn new(now: Timestamp, random: [u8; 10]) -> Self {
                let millis = u64::try_from(now.unix_millis()).unwrap_or(0);
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }

            /// Reads an id. It has one spelling, hyphenated and lowercase, so that a comparison of texts is one of ids.
            ///
            /// # Errors
            /// When the text is no id.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                let id = Uuid::try_parse(text).map_err(|_| IdError)?;
                let mut room = Uuid::encode_buffer();
                if id.hyphenated().encode_lower(&mut room) == text {
                    Ok(Self(id))
                } else {
                    Err(IdError)
                }
            }

            /// The id's 16 bytes.
            #[must_use]
            pub fn to_bytes(self) -> [u8; 16] {
                self.0.into_bytes()
            }

            /// From its 16 bytes.
            #[must_use]
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
    };
}

id! {
    /// The id of an account: the `sub` of its tokens.
    AccountId
}

id! {
    /// The id of a session: the `sid` of its tokens.
    SessionId
}

id! {
    /// The id that a request gets which brings none of its own.
    RequestId
}

id! {
    /// The id of an event in the audit log. Events of a later millisecond have greater ids.
    EventId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_spelling() {
        let id = AccountId::new(Timestamp::from_unix_seconds(1_769_614_976), [7; 10]);
        assert_eq!(AccountId::parse(&id.to_string()), Ok(id));
        assert_eq!(AccountId::from_bytes(id.to_bytes()), id);
        assert!(AccountId::parse(&id.to_string().to_uppercase()).is_err());
        assert!(AccountId::parse(&id.to_string().replace('-', "")).is_err());
        assert!(AccountId::parse("").is_err());
    }
}
