//! `EncodingAESKey`, the key between the platform and an app's server.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use secrecy::{ExposeSecret as _, SecretBox};

/// 43 characters are 258 bits, two more than the key has. A generator of random text leaves
/// anything in them, and the platform minds as little as any lenient decoder.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

const LENGTH: usize = 43;

/// The 32 bytes behind an `EncodingAESKey`.
pub(crate) struct AesKey(SecretBox<[u8; 32]>);

/// The text is no `EncodingAESKey`.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("an EncodingAESKey has 43 letters and digits")]
pub(crate) struct BadAesKey;

impl AesKey {
    /// Takes what the platform's console takes.
    pub(crate) fn parse(text: &str) -> Result<Self, BadAesKey> {
        if text.len() != LENGTH || !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(BadAesKey);
        }
        let bytes = LENIENT.decode(text).map_err(|_| BadAesKey)?;
        let bytes = bytes.try_into().map_err(|_| BadAesKey)?;
        Ok(Self(SecretBox::new(Box::new(bytes))))
    }

    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(SecretBox::new(Box::new(bytes)))
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::DEFAULT_PUSH_AES_KEY;

    #[test]
    fn spare_bits_of_the_last_character_mean_nothing() {
        let [even, odd] = ["A", "B"].map(|last| AesKey::parse(&format!("{}{last}", "A".repeat(42))).unwrap());

        assert_eq!(even.bytes(), &[0; 32]);
        assert_eq!(odd.bytes(), &[0; 32]);
        assert!(AesKey::parse(DEFAULT_PUSH_AES_KEY).is_ok());
    }

    #[test]
    fn keys_are_checked() {
        let [short, long] = [42, 44].map(|length| "A".repeat(length));
        let padded = format!("{short}=");
        let foreign = format!("{short}+");
        for bad in ["", &short, &long, &padded, &foreign, &"é".repeat(43)] {
            assert_eq!(AesKey::parse(bad).err(), Some(BadAesKey), "{bad}");
        }
    }
}
