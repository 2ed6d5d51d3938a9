//! An app's `EncodingAESKey`.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use wxlogin_domain::identity::AppId;
use zeroize::Zeroizing;

/// The text is no `EncodingAESKey`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the EncodingAESKey of {app} is not 43 characters of A-Z a-z 0-9 + /")]
pub struct AesKeyError {
    /// Whose.
    pub app: AppId,
}

/// Base64 without its `=`. 43 characters have two bits more than 32 bytes: the platform lets people choose the text, so
/// these bits are not always zero, and mean nothing.
const ENCODING: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);
const TEXT: usize = 43;

/// A key of AES-256.
pub(crate) struct AesKey(SecretBox<[u8; 32]>);

impl AesKey {
    pub(crate) fn parse(app: &AppId, text: &SecretString) -> Result<Self, AesKeyError> {
        let text = text.expose_secret();
        let error = || AesKeyError { app: app.clone() };
        // The length first: what is decoded then has 32 bytes.
        let bytes = Some(text)
            .filter(|text| text.len() == TEXT)
            .and_then(|text| ENCODING.decode(text).ok())
            .map(Zeroizing::new)
            .ok_or_else(error)?;
        let mut key = Box::new([0; 32]);
        key.copy_from_slice(bytes.first_chunk::<32>().ok_or_else(error)?);
        Ok(Self(SecretBox::new(key)))
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }

    /// The platform takes the key's own first bytes for the vector.
    pub(crate) fn iv(&self) -> &[u8; 16] {
        self.expose().first_chunk().expect("32 bytes are more than 16")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<AesKey, AesKeyError> {
        let app = AppId::parse("wxba5fad812f8e6fb9").unwrap();
        AesKey::parse(&app, &text.into())
    }

    #[test]
    fn the_spare_bits_of_the_last_character_mean_nothing() {
        let head = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEF";
        let key = |last: &str| *parse(&format!("{head}{last}")).ok().unwrap().expose();
        for last in ["B", "C", "D"] {
            assert_eq!(key(last), key("A"), "{last}");
        }
        assert_ne!(key("E"), key("A"));
        assert_eq!(parse(&"A".repeat(43)).ok().unwrap().expose(), &[0; 32]);
    }

    #[test]
    fn everything_else_is_no_key() {
        let (a42, a43, a44) = ("A".repeat(42), "A".repeat(43), "A".repeat(44));
        for bad in [
            "",
            &a42,
            &a44,
            &format!("{a42}="),
            &format!("{a43}="),
            &format!("{a42} "),
            &format!("{a42}-"),
            &format!("{a42}_"),
            &"密".repeat(43),
            // 43 bytes, though not characters.
            &format!("{}A", "密".repeat(14)),
        ] {
            let error = parse(bad).err().expect(bad);
            assert_eq!(
                error.to_string(),
                "the EncodingAESKey of wxba5fad812f8e6fb9 is not 43 characters of A-Z a-z 0-9 + /"
            );
        }
    }
}
