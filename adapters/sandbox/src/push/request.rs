//! One request to the app's server: what is signed, and what is in its query and its body.

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use url::Url;

use super::aes_key::AesKey;
use super::destination::Destination;
use super::envelope;
use super::message::{Field, Fields, Format};
use crate::clock::UnixTime;
use crate::entropy::{self, EntropyError};
use crate::signature::push_signature;
use crate::user;

/// A token that no app has.
const FOREIGN_TOKEN: &str = "aForeignToken";

/// An appid that no app has.
const FOREIGN_APPID: &str = "wxffffffffffffffff";

/// Whether the app has chosen to get its messages encrypted.
pub(crate) enum Mode {
    Plain,
    Secure(AesKey),
}

/// What a forger, or a wrong setting, makes of a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Tamper {
    /// Signatures that fit nothing.
    Signature,
    /// Signatures made with another token.
    Token,
    /// A body changed after it was signed; of a plain body, which no signature covers, one half.
    Body,
    /// Encrypted under another key, and rightly signed.
    AesKey,
    /// Encrypted for another app, and rightly signed.
    Appid,
}

/// A message on its way to an app's server.
pub(crate) struct Push {
    pub(crate) appid: String,
    pub(crate) token: SecretString,
    pub(crate) mode: Mode,
    pub(crate) format: Format,
    pub(crate) message: String,
    pub(crate) tamper: Option<Tamper>,
}

/// A `POST` of the platform.
pub(crate) struct Request {
    pub(super) url: Url,
    pub(super) content_type: &'static str,
    pub(super) body: String,
}

impl Push {
    /// The message in a request of its own. A repetition is another request: the nonce and the
    /// envelope differ, and the message within does not.
    pub(crate) fn request(&self, to: &Destination, now: UnixTime) -> Result<Request, EntropyError> {
        let token = match self.tamper {
            Some(Tamper::Token) => FOREIGN_TOKEN,
            _ => self.token.expose_secret(),
        };
        let timestamp = now.seconds().to_string();
        let nonce = nonce()?;
        let signature = self.signature([token, &timestamp, &nonce]);
        // Not signed, and not the user whom the event is about: nothing to rely on.
        let sender = user::platform_account();
        let mut query = vec![
            ("signature", signature.as_str()),
            ("timestamp", &timestamp),
            ("nonce", &nonce),
            ("openid", &sender),
        ];

        let Mode::Secure(key) = &self.mode else {
            return Ok(Request {
                url: to.with(&query),
                content_type: self.format.content_type(),
                body: self.plain_body(),
            });
        };
        let mut encrypt = self.encrypt(key)?;
        let msg_signature = self.signature([token, &timestamp, &nonce, &encrypt]);
        query.extend([("encrypt_type", "aes"), ("msg_signature", &msg_signature)]);
        if self.tamper == Some(Tamper::Body) {
            encrypt = with_another_start(&encrypt);
        }
        Ok(Request {
            url: to.with(&query),
            content_type: self.format.content_type(),
            body: self.secure_body(encrypt),
        })
    }

    fn signature<const N: usize>(&self, parts: [&str; N]) -> String {
        let signature = push_signature(parts);
        match self.tamper {
            Some(Tamper::Signature) => with_another_start(&signature),
            _ => signature,
        }
    }

    fn plain_body(&self) -> String {
        let mut body = self.message.clone();
        if self.tamper == Some(Tamper::Body) {
            body.truncate(body.floor_char_boundary(body.len() / 2));
        }
        body
    }

    fn encrypt(&self, key: &AesKey) -> Result<String, EntropyError> {
        match self.tamper {
            Some(Tamper::AesKey) => {
                let foreign = AesKey::from_bytes(entropy::bytes()?);
                envelope::seal(&foreign, &self.appid, &self.message)
            }
            Some(Tamper::Appid) => envelope::seal(key, FOREIGN_APPID, &self.message),
            _ => envelope::seal(key, &self.appid, &self.message),
        }
    }

    fn secure_body(&self, encrypt: String) -> String {
        let fields = Fields(vec![
            ("ToUserName", Field::Text(user::original_id(&self.appid))),
            ("Encrypt", Field::Text(encrypt)),
        ]);
        fields.text(self.format)
    }
}

/// The question whether a URL is the app's: whoever knows the token answers with the `echostr`.
pub(crate) struct UrlCheck {
    pub(crate) url: Url,
    pub(crate) echostr: String,
}

impl UrlCheck {
    pub(crate) fn new(token: &SecretString, to: &Destination, now: UnixTime) -> Result<Self, EntropyError> {
        let timestamp = now.seconds().to_string();
        let nonce = nonce()?;
        let echostr = u64::from_be_bytes(entropy::bytes()?).to_string();
        let signature = push_signature([token.expose_secret(), &timestamp, &nonce]);
        let url = to.with(&[
            ("signature", &signature),
            ("timestamp", &timestamp),
            ("nonce", &nonce),
            ("echostr", &echostr),
        ]);
        Ok(Self { url, echostr })
    }
}

/// Digits, as the platform's are.
fn nonce() -> Result<String, EntropyError> {
    Ok(u32::from_be_bytes(entropy::bytes()?).to_string())
}

/// The same text, but for its first character; good for hexadecimal as for base64.
fn with_another_start(text: &str) -> String {
    let start = if text.starts_with('0') { '1' } else { '0' };
    text.chars().skip(1).fold(start.to_string(), |mut text, next| {
        text.push(next);
        text
    })
}
