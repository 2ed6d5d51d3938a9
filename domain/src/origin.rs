//! Where a request comes from: what the audit log says of it, and the list of sessions.

use std::net::IpAddr;

use crate::api_key::ApiKeyName;
use crate::client_kind::ClientKind;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// The person whose account it is, or who claims to be.
    Person,
    /// Whoever holds the API key of this name.
    ApiKey(Box<str>),
    /// WeChat, by a message that it pushed.
    Wechat,
    /// The service itself: time has come for something.
    Service,
}

impl Actor {
    /// The word for it in the audit log: `person`, `wechat`, `service`, or `api_key:NAME`.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Person => "person".into(),
            Self::ApiKey(name) => format!("api_key:{name}"),
            Self::Wechat => "wechat".into(),
            Self::Service => "service".into(),
        }
    }

    /// The actor of that word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "person" => Some(Self::Person),
            "wechat" => Some(Self::Wechat),
            "service" => Some(Self::Service),
            text => {
                let name = text.strip_prefix("api_key:")?;
                let is_one = ApiKeyName::parse(name).is_ok() || name == ApiKeyName::command_line().as_str();
                is_one.then(|| Self::ApiKey(name.into()))
            }
        }
    }
}

/// Where a request comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Who acts.
    pub actor: Actor,
    /// The id of the request, where there is one.
    pub request_id: Option<Box<str>>,
    /// The client's address. Never stored: the audit log gets a pseudonym of it.
    pub address: Option<IpAddr>,
    /// What the client is, roughly.
    pub client: Option<ClientKind>,
}

impl Origin {
    /// The service itself.
    #[must_use]
    pub fn service() -> Self {
        Self {
            actor: Actor::Service,
            request_id: None,
            address: None,
            client: None,
        }
    }

    /// The same request, made by this actor.
    #[must_use]
    pub fn by(self, actor: Actor) -> Self {
        Self { actor, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actors_and_their_words() {
        for actor in [
            Actor::Person,
            Actor::Wechat,
            Actor::Service,
            Actor::ApiKey("ops".into()),
        ] {
            assert_eq!(Actor::parse(&actor.to_text()), Some(actor));
        }
        assert_eq!(Actor::Wechat.to_text(), "wechat");
        assert!(Actor::parse("api_key:command-line").is_some());
        for nobody in ["nobody", "", "WeChat", "wechat:", "api_key", "api_key:", "api_key:a b"] {
            assert_eq!(Actor::parse(nobody), None, "{nobody}");
        }
    }
}
