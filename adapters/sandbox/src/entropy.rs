//! Randomness, drawn from the operating system's generator by way of aws-lc.

use crate::hex;

/// The generator gave nothing; the platform would answer "system error".
#[derive(Debug, thiserror::Error)]
#[error("no randomness is available")]
pub(crate) struct EntropyError;

/// `N` random bytes.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], EntropyError> {
    let mut bytes = [0; N];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| EntropyError)?;
    Ok(bytes)
}

/// `2 N` lowercase hexadecimal digits.
pub(crate) fn hexadecimal<const N: usize>() -> Result<String, EntropyError> {
    bytes::<N>().map(|bytes| hex::encode(&bytes))
}

/// Text of `length` characters of `A-Z a-z 0-9`, each as likely as any other.
pub(crate) fn alphanumeric(length: usize) -> Result<String, EntropyError> {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    // The largest multiple of 62 in a byte: what is above it would favour the first letters.
    const FAIR: u8 = 248;

    let mut text = String::with_capacity(length);
    while text.len() < length {
        let missing = length - text.len();
        text.extend(
            bytes::<64>()?
                .into_iter()
                .filter(|byte| *byte < FAIR)
                .take(missing)
                .map(|byte| char::from(ALPHABET[usize::from(byte % 62)])),
        );
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_the_length_and_letters_asked_for() {
        for length in [0, 1, 32, 136] {
            let text = alphanumeric(length).unwrap();
            assert_eq!(text.len(), length);
            assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        }
        assert_ne!(alphanumeric(32).unwrap(), alphanumeric(32).unwrap());
    }
}
