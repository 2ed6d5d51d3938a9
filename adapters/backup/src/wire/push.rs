//! Messages that WeChat pushed.

use serde::{Deserialize, Serialize};
use wxlogin_domain::copy::HonouredPush;
use wxlogin_domain::push::MessageHash;

use super::field::{WireError, base64, hash, time};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PushWire {
    hash: String,
    at: String,
}

impl From<&HonouredPush> for PushWire {
    fn from(push: &HonouredPush) -> Self {
        Self {
            hash: base64(&push.hash.0),
            at: push.at.to_string(),
        }
    }
}

impl TryFrom<PushWire> for HonouredPush {
    type Error = WireError;

    fn try_from(wire: PushWire) -> Result<Self, WireError> {
        Ok(Self {
            hash: MessageHash(hash("hash", &wire.hash)?),
            at: time("at", &wire.at)?,
        })
    }
}
