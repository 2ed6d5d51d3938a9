//! WeChat's message push behind the domain's port: whether a message is WeChat's, and what it says.
//!
//! - `keys`: an app's `EncodingAESKey`
//! - `signature`: SHA-1 over what is signed, and the app's token
//! - `cipher`: AES-256-CBC, as the platform writes it
//! - `wire`: the platform's JSON and XML
//!
//! All that comes in is anybody's word until its signature fits: nothing here panics on it, and the XML has no entities
//! but the five of XML itself.

mod cipher;
#[cfg(test)]
mod example;
mod keys;
mod signature;
mod wire;

use std::borrow::Cow;
use std::collections::HashMap;

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use wxlogin_domain::identity::{AppId, OpenId};
use wxlogin_domain::ports::push_messages::{PushMessages, PushQuery, PushRefusal};
use wxlogin_domain::push::{MessageHash, PushEvent, PushMessage};

use crate::keys::AesKey;
pub use crate::keys::AesKeyError;
use crate::wire::Fields;

/// What an app's console has under "message push".
#[derive(Debug)]
pub struct AppPush {
    /// The app.
    pub app: AppId,
    /// The `Token`. One that is empty would make every signature anybody's: such an app has no message push.
    pub token: SecretString,
    /// The `EncodingAESKey`. Where there is one, a message in the clear is refused.
    pub aes_key: Option<SecretString>,
}

/// Recognises the messages of the apps that have a message push.
pub struct WechatPushMessages(HashMap<AppId, Secrets>);

struct Secrets {
    token: SecretString,
    aes_key: Option<AesKey>,
}

impl WechatPushMessages {
    /// For these apps.
    ///
    /// # Errors
    /// When the `EncodingAESKey` of one of them is none.
    pub fn new(apps: Vec<AppPush>) -> Result<Self, AesKeyError> {
        let has_token = |app: &AppPush| !app.token.expose_secret().is_empty();
        let secrets = |push: AppPush| {
            let aes_key = push.aes_key.map(|text| AesKey::parse(&push.app, &text)).transpose()?;
            let token = push.token;
            Ok((push.app, Secrets { token, aes_key }))
        };
        apps.into_iter()
            .filter(has_token)
            .map(secrets)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    fn secrets(&self, app: &AppId) -> Result<&Secrets, PushRefusal> {
        self.0.get(app).ok_or(PushRefusal::NotConfigured)
    }
}

impl PushMessages for WechatPushMessages {
    fn check_url(&self, app: &AppId, query: &PushQuery) -> Result<(), PushRefusal> {
        self.secrets(app)?.check_signature(query)
    }

    fn expects(&self, app: &AppId, query: &PushQuery) -> Result<(), PushRefusal> {
        let secrets = self.secrets(app)?;
        if query.encrypt_type.as_deref() != Some("aes") && query.msg_signature.is_none() {
            return secrets.check_signature(query);
        }
        // Whether that fits, only the body tells.
        given(query.msg_signature.as_deref(), "msg_signature")?;
        given(query.timestamp.as_deref(), "timestamp")?;
        given(query.nonce.as_deref(), "nonce").map(drop)
    }

    fn open(&self, app: &AppId, query: &PushQuery, body: &[u8]) -> Result<PushMessage, PushRefusal> {
        let secrets = self.secrets(app)?;
        let text: Cow<'_, [u8]> = match encrypted_part(query, body)? {
            Some(encrypted) => secrets.decrypt(app, query, &encrypted)?.into(),
            None => secrets.in_the_clear(query, body)?.into(),
        };
        read(app, &text)
    }
}

impl Secrets {
    /// `signature`, which covers no body.
    fn check_signature(&self, query: &PushQuery) -> Result<(), PushRefusal> {
        let signature = given(query.signature.as_deref(), "signature")?;
        self.check(query, signature, None)
    }

    fn in_the_clear<'a>(&self, query: &PushQuery, body: &'a [u8]) -> Result<&'a [u8], PushRefusal> {
        self.check_signature(query)?;
        match self.aes_key {
            Some(_) => Err(PushRefusal::NotEncrypted),
            None => Ok(body),
        }
    }

    /// Says nothing of the app's configuration to those who cannot sign.
    fn decrypt(&self, app: &AppId, query: &PushQuery, encrypted: &str) -> Result<Vec<u8>, PushRefusal> {
        let signature = given(query.msg_signature.as_deref(), "msg_signature")?;
        self.check(query, signature, Some(encrypted))?;
        cipher::open(self.aes_key.as_ref().ok_or(PushRefusal::NoKey)?, app, encrypted)
    }

    fn check(&self, query: &PushQuery, signature: &str, encrypted: Option<&str>) -> Result<(), PushRefusal> {
        let timestamp = given(query.timestamp.as_deref(), "timestamp")?;
        let nonce = given(query.nonce.as_deref(), "nonce")?;
        let token = self.token.expose_secret();
        let signed = [Some(token), Some(timestamp), Some(nonce), encrypted];
        if signature::fits(signature, signed.into_iter().flatten()) {
            Ok(())
        } else {
            Err(PushRefusal::SignatureInvalid)
        }
    }
}

fn given<'a>(value: Option<&'a str>, name: &'static str) -> Result<&'a str, PushRefusal> {
    value.ok_or(PushRefusal::ParameterMissing(name))
}

/// `Encrypt`, where the message is encrypted. What else such a body holds (in compatible mode, the message in the clear)
/// is not covered by its signature, and nobody reads it.
fn encrypted_part(query: &PushQuery, body: &[u8]) -> Result<Option<String>, PushRefusal> {
    let is_named = query.encrypt_type.as_deref() == Some("aes");
    if !is_named && query.msg_signature.is_none() {
        return Ok(None);
    }
    match Fields::parse(body).map(|fields| fields.encrypt) {
        Ok(Some(encrypted)) => Ok(Some(encrypted)),
        _ if is_named => Err(PushRefusal::Malformed),
        _ => Ok(None),
    }
}

/// Reads a message that is WeChat's.
fn read(app: &AppId, text: &[u8]) -> Result<PushMessage, PushRefusal> {
    let fields = Fields::parse(text).map_err(|_| PushRefusal::Malformed)?;
    if fields.app_id.is_some_and(|id| id != app.as_str()) {
        return Err(PushRefusal::OtherApp);
    }
    // Nobody's id is better refused than passed over: the platform repeats the message, and its sender's mistake shows.
    let openid = fields.openid.as_deref().map(OpenId::parse).transpose();
    let is_event = fields.msg_type.is_none_or(|kind| kind == "event");
    Ok(PushMessage {
        hash: hash(app, text),
        openid: openid.map_err(|_| PushRefusal::Malformed)?,
        event: match fields.event {
            Some(event) if is_event => PushEvent::read(&event, &fields.revoke_info.unwrap_or_default()),
            _ => PushEvent::Other,
        },
    })
}

fn hash(app: &AppId, text: &[u8]) -> MessageHash {
    // No appid holds a zero byte: what is hashed tells where it ends.
    let message = Sha256::new_with_prefix(app.as_str()).chain_update([0]);
    MessageHash(message.chain_update(text).finalize().into())
}

#[cfg(test)]
mod tests;
