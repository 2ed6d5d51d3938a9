//! Opening encrypted user data.

use crate::session_key::SessionKey;
use crate::user_data::{EncryptedData, Watermark};

/// The payload of the getPhoneNumber button, as WeChat wrote it.
#[derive(Clone, PartialEq, Eq)]
pub struct PhonePayload {
    /// `purePhoneNumber`: the number without its country code.
    pub pure_phone_number: String,
    /// `countryCode`: such as `86`.
    pub country_code: String,
    /// For which app and when.
    pub watermark: Watermark,
}

/// The data do not open under the key, or hold no phone payload. One error on purpose.
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
}
