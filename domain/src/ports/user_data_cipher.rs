//! Opening encrypted user data.

use crate::session_key::SessionKey;
use crate::user_data::{EncryptedData, PhonePayload, UserData};

/// The data do not open under the key, or hold something else. One error on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the data do not open under the key")]
pub struct OpenError;

/// Opens what WeChat encrypted under a session key (AES-128-CBC, PKCS#7, JSON).
///
/// An implementation MUST NOT panic on any input, and MUST NOT let a caller tell bad padding from bad content.
#[cfg_attr(feature = "test-support", mockall::automock)]
pub trait UserDataCipher: Send + Sync {
    /// Opens a phone payload.
    ///
    /// # Errors
    /// When the data do not open, or hold something else.
    fn open_phone(&self, key: &SessionKey, data: &EncryptedData) -> Result<PhonePayload, OpenError>;

    /// Opens data of any kind.
    ///
    /// # Errors
    /// When the data do not open, or are no JSON object with a watermark.
    fn open_any(&self, key: &SessionKey, data: &EncryptedData) -> Result<UserData, OpenError>;
}
