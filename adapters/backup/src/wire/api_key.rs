//! API keys: their digests, as the store has them.

use serde::{Deserialize, Serialize};
use wxlogin_domain::api_key::{ApiKey, ApiKeyDigest, ApiKeyName, Scope};

use super::field::{WireError, base64, hash, known, optional, read, time};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ApiKeyWire {
    name: String,
    digest: String,
    scopes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
}

impl From<&ApiKey> for ApiKeyWire {
    fn from(key: &ApiKey) -> Self {
        Self {
            name: key.name.as_str().into(),
            digest: base64(&key.digest.0),
            scopes: key.scopes.iter().map(|scope| scope.as_str().into()).collect(),
            created_at: key.created_at.map(|at| at.to_string()),
        }
    }
}

impl TryFrom<ApiKeyWire> for ApiKey {
    type Error = WireError;

    fn try_from(wire: ApiKeyWire) -> Result<Self, WireError> {
        let scopes = wire.scopes.iter().map(|scope| known("scopes", Scope::parse(scope)));
        Ok(Self {
            name: read("name", ApiKeyName::parse(&wire.name))?,
            digest: ApiKeyDigest(hash("digest", &wire.digest)?),
            scopes: scopes.collect::<Result<_, _>>()?,
            created_at: optional(wire.created_at, |text| time("created_at", text))?,
        })
    }
}
