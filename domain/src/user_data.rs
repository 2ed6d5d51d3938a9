//! Encrypted user data that WeChat hands to the mini program, and when it is believed.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::identity::AppId;
use crate::phone_number::{PhoneNumber, PhoneNumberError, VerifiedPhone};
use crate::ports::user_data_cipher::OpenError;
use crate::timestamp::Timestamp;

/// `encryptedData` and `iv`, out of their base64. Opened by a session key.
#[derive(Debug, Clone)]
pub struct EncryptedData {
    /// AES-128-CBC: one or more whole blocks.
    pub ciphertext: Vec<u8>,
    /// The initialisation vector.
    pub iv: [u8; 16],
}

/// Which part of the encrypted data is malformed. Says nothing that depends on a key, so it may be told before WeChat
/// is asked, and costs no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EncryptedDataError {
    /// The data are not base64 (a `+` that a form post turned into a blank is the usual reason).
    #[error("encrypted_data is not base64")]
    DataNotBase64,
    /// The data are no whole number of 16-byte blocks.
    #[error("encrypted_data is not a whole number of 16-byte blocks")]
    DataNotBlocks,
    /// The vector is not the base64 of 16 bytes.
    #[error("iv is not the base64 of 16 bytes")]
    IvMalformed,
}

impl EncryptedData {
    /// Decodes the two texts.
    ///
    /// # Errors
    /// Says which of them is malformed.
    pub fn parse(encrypted_data: &str, iv: &str) -> Result<Self, EncryptedDataError> {
        let ciphertext = STANDARD
            .decode(encrypted_data)
            .map_err(|_| EncryptedDataError::DataNotBase64)?;
        if ciphertext.is_empty() || !ciphertext.len().is_multiple_of(16) {
            return Err(EncryptedDataError::DataNotBlocks);
        }
        let iv = STANDARD
            .decode(iv)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(EncryptedDataError::IvMalformed)?;
        Ok(Self { ciphertext, iv })
    }
}

/// For which app and when WeChat made the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watermark {
    /// `watermark.appid`, as it stands there.
    pub appid: String,
    /// `watermark.timestamp`.
    pub at: Timestamp,
}

/// What WeChat says of a telephone number, encrypted or in answer to a code.
#[derive(Clone, PartialEq, Eq)]
pub struct PhonePayload {
    /// `purePhoneNumber`: the number without its country code.
    pub pure_phone_number: String,
    /// `countryCode`: such as `86`.
    pub country_code: String,
    /// For which app and when.
    pub watermark: Watermark,
}

/// Opened data of any kind: steps, group ids.
#[derive(Clone, PartialEq, Eq)]
pub struct UserData {
    /// A JSON object, as WeChat wrote it. Personal data: no `Debug`.
    pub json: String,
    /// For which app and when.
    pub watermark: Watermark,
}

/// Why opened data are not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UserDataError {
    /// They do not open under the key, or hold something else. Deliberately one error: told apart, padding and content
    /// would make an oracle.
    #[error("the data do not open under this login's key")]
    DecryptionFailed,
    /// They do not open under the key that was kept from an earlier login, or none was kept: WeChat has another one by
    /// now, which a `wx.login` brings.
    #[error("the data do not open under the key of the last login")]
    SessionKeyStale,
    /// They were made for another app.
    #[error("the data were made for another app")]
    WatermarkMismatch,
    /// They were made too long ago, or by a clock far ahead.
    #[error("the data are too old")]
    WatermarkExpired,
}

impl From<OpenError> for UserDataError {
    fn from(_: OpenError) -> Self {
        Self::DecryptionFailed
    }
}

impl Watermark {
    /// Whether data with this watermark are believed for `app` at `now`.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn check(&self, app: &AppId, now: Timestamp, max_age: Duration) -> Result<(), UserDataError> {
        if self.appid != app.as_str() {
            return Err(UserDataError::WatermarkMismatch);
        }
        // One of the two is zero. A clock ahead of ours gets the same tolerance as old data.
        let off = now.since(self.at).max(self.at.since(now));
        if off > max_age {
            return Err(UserDataError::WatermarkExpired);
        }
        Ok(())
    }
}

impl PhonePayload {
    /// The number in it, if the payload is to be believed for `app` at `now`.
    ///
    /// # Errors
    /// When the watermark is wrong, or the number is none.
    pub fn verified(self, app: &AppId, now: Timestamp, max_age: Duration) -> Result<VerifiedPhone, UserDataError> {
        self.watermark.check(app, now, max_age)?;
        self.number(now).map_err(|_| UserDataError::DecryptionFailed)
    }

    /// The number in an answer of WeChat itself, which needs no limit of age: it was made a moment ago, of a code that
    /// lives five minutes. None where it is for another app, or no number.
    #[must_use]
    pub fn answered(self, app: &AppId, now: Timestamp) -> Option<VerifiedPhone> {
        let is_ours = self.watermark.appid == app.as_str();
        self.number(now).ok().filter(|_| is_ours)
    }

    fn number(&self, now: Timestamp) -> Result<VerifiedPhone, PhoneNumberError> {
        Ok(VerifiedPhone {
            number: PhoneNumber::from_parts(&self.country_code, &self.pure_phone_number)?,
            verified_at: now,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parse_table() {
        let mut table = String::new();
        let block = STANDARD.encode([7; 16]);
        for (data, iv) in [
            (block.as_str(), block.as_str()),
            ("", &block),
            ("a b", &block),
            ("AAAA", &block),
            (&block, ""),
            (&block, "AAAA"),
            (&block, "????"),
            ("not base64!", "nor this"),
        ] {
            let outcome = EncryptedData::parse(data, iv).map(|data| data.ciphertext.len());
            writeln!(table, "{data:<26} {iv:<26} {outcome:?}").unwrap();
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn watermark_table() {
        let app = AppId::parse("wx4f4bc4dec97d474b").unwrap();
        let mut table = String::new();
        for (appid, age) in [
            ("wx4f4bc4dec97d474b", 0),
            ("wx4f4bc4dec97d474b", 600),
            ("wx4f4bc4dec97d474b", 601),
            ("wx4f4bc4dec97d474b", -600),
            ("wx4f4bc4dec97d474b", -601),
            ("wxba5fad812f8e6fb9", 0),
            ("wxba5fad812f8e6fb9", 9999),
            ("", 0),
        ] {
            let watermark = Watermark {
                appid: appid.into(),
                at: Timestamp::from_unix_seconds(1_477_314_187),
            };
            let now = Timestamp::from_unix_seconds(1_477_314_187 + age);
            let outcome = watermark.check(&app, now, Duration::from_secs(600));
            writeln!(table, "{appid:<18} {age:>5} s old  {outcome:?}").unwrap();
        }
        insta::assert_snapshot!(table);
    }

    /// WeChat's own answer has no limit of age; what the client brings has.
    #[test]
    fn phone_payload_table() {
        let app = AppId::parse("wx4f4bc4dec97d474b").unwrap();
        let mut table = String::new();
        for (appid, country_code, number, age) in [
            ("wx4f4bc4dec97d474b", "86", "13800138000", 0),
            ("wx4f4bc4dec97d474b", "86", "13800138000", 601),
            ("wx4f4bc4dec97d474b", "86", "13800138000", -601),
            ("wx4f4bc4dec97d474b", "852", "61234567", 600),
            ("wx4f4bc4dec97d474b", "86", "", 0),
            ("wx4f4bc4dec97d474b", "", "13800138000", 0),
            ("wx4f4bc4dec97d474b", "86", "none", 601),
            ("wxba5fad812f8e6fb9", "86", "13800138000", 0),
            ("wxba5fad812f8e6fb9", "86", "none", 601),
            ("", "86", "13800138000", 0),
        ] {
            let made_at = Timestamp::from_unix_seconds(1_477_314_187);
            let now = Timestamp::from_unix_seconds(1_477_314_187 + age);
            let payload = PhonePayload {
                pure_phone_number: number.into(),
                country_code: country_code.into(),
                watermark: Watermark {
                    appid: appid.into(),
                    at: made_at,
                },
            };
            let shown = |phone: VerifiedPhone| {
                assert_eq!(phone.verified_at, now, "when this service received it");
                phone.number.to_string()
            };
            let opened = payload.clone().verified(&app, now, Duration::from_secs(600)).map(shown);
            let opened = opened.unwrap_or_else(|error| format!("{error:?}"));
            let answered = payload.answered(&app, now).map_or("nothing".into(), shown);
            writeln!(
                table,
                "{appid:<18} {country_code:>3} {number:<11} {age:>4} s old  opened {opened:<17}  answered {answered}"
            )
            .unwrap();
        }
        insta::assert_snapshot!(table);
    }

    proptest! {
        #[test]
        fn parse_never_panics(data in ".{0,100}", iv in ".{0,40}") {
            let _ = EncryptedData::parse(&data, &iv);
        }
    }
}
