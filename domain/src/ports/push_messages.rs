//! WeChat's message push: whether a message is WeChat's, and what it says.

use crate::identity::AppId;
use crate::push::PushMessage;

/// What stands in the query of a push. All of it is the sender's word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PushQuery {
    /// `signature`: over token, timestamp and nonce.
    pub signature: Option<String>,
    /// `timestamp`.
    pub timestamp: Option<String>,
    /// `nonce`.
    pub nonce: Option<String>,
    /// `encrypt_type`: `aes` in secure mode.
    pub encrypt_type: Option<String>,
    /// `msg_signature`: over the encrypted message too.
    pub msg_signature: Option<String>,
}

/// Why a push is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PushRefusal {
    /// The app has no message push here.
    #[error("the app has no message push configured")]
    NotConfigured,
    /// A part of the query that has to be there is missing.
    #[error("the parameter {0} is missing")]
    ParameterMissing(&'static str),
    /// The signature is not made with the app's token.
    #[error("the signature does not fit the app's token")]
    SignatureInvalid,
    /// The message is in the clear though an `EncodingAESKey` is configured. Its signature does not cover its content,
    /// so anybody who has seen one could write another.
    #[error("the message is not encrypted, though an EncodingAESKey is configured")]
    NotEncrypted,
    /// The message is encrypted, and no `EncodingAESKey` is configured.
    #[error("the message is encrypted, and no EncodingAESKey is configured")]
    NoKey,
    /// The message does not open under the app's `EncodingAESKey`.
    #[error("the message does not open under the app's EncodingAESKey")]
    DecryptionFailed,
    /// The message was encrypted for another app.
    #[error("the message is for another app")]
    OtherApp,
    /// The body is no JSON and no XML as the platform writes them.
    #[error("the body is not a message of the platform")]
    Malformed,
}

/// Recognises what WeChat pushes.
///
/// An implementation
/// - MUST compare signatures in constant time;
/// - MUST NOT look for a message's age: late repeats are genuine;
/// - MUST NOT resolve external entities, nor any but the five of XML itself, and MUST NOT panic on any input.
#[cfg_attr(feature = "test-support", mockall::automock)]
pub trait PushMessages: Send + Sync {
    /// Whether the question for the address of the push is WeChat's.
    ///
    /// # Errors
    /// Says why not.
    fn check_url(&self, app: &AppId, query: &PushQuery) -> Result<(), PushRefusal>;

    /// Whether a body is worth reading: the app has a message push here, and the query has what a signature needs.
    ///
    /// # Errors
    /// Says why not.
    fn expects(&self, app: &AppId, query: &PushQuery) -> Result<(), PushRefusal>;

    /// The message in a body.
    ///
    /// # Errors
    /// Says why there is none.
    fn open(&self, app: &AppId, query: &PushQuery, body: &[u8]) -> Result<PushMessage, PushRefusal>;
}
