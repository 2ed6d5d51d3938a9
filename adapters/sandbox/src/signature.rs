//! The platform's signatures. Those with a session key take its base64 *text*, not its bytes.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::{Digest as _, Sha1};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::hex;

/// `signature` of `checksession` and its kin, where the message is empty: lowercase hexadecimal
/// of HMAC-SHA256, keyed with the session key's text.
pub(crate) fn session_signature(session_key: &str, message: &[u8]) -> String {
    // HMAC takes keys of every length, so the fallback is never reached; an empty signature is
    // one that nothing matches.
    Hmac::<Sha256>::new_from_slice(session_key.as_bytes())
        .map(|mac| hex::encode(&mac.chain_update(message).finalize().into_bytes()))
        .unwrap_or_default()
}

/// `signature` beside `rawData`: lowercase hexadecimal of SHA-1 over the raw data and, right
/// behind it, the session key's text.
pub(crate) fn raw_data_signature(raw_data: &str, session_key: &str) -> String {
    hex::encode(&Sha1::new().chain_update(raw_data).chain_update(session_key).finalize())
}

/// `signature` and `msg_signature` of a message push: lowercase hexadecimal of SHA-1 over the
/// token and all that is signed, sorted by their bytes and joined with nothing between.
pub(crate) fn push_signature<const N: usize>(mut parts: [&str; N]) -> String {
    parts.sort_unstable();
    hex::encode(&Sha1::digest(parts.concat()))
}

/// Compares in a time that does not depend on where two texts of one length differ.
pub(crate) fn same(given: &str, expected: &str) -> bool {
    given.as_bytes().ct_eq(expected.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The platform's documented example.
    #[test]
    fn session_signature_vector() {
        assert_eq!(
            session_signature("o0q0otL8aEzpcZL/FT9WsQ==", br#"{"foo":"bar"}"#),
            "654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b"
        );
    }

    /// The platform's documented example.
    #[test]
    fn raw_data_signature_vector() {
        let raw_data = r#"{"nickName":"Band","gender":1,"language":"zh_CN","city":"Guangzhou","province":"Guangdong","country":"CN","avatarUrl":"http://wx.qlogo.cn/mmopen/vi_32/1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6nIGBiaycAjAtpujxyzYsrztuuICqIM5ibXQ/0"}"#;

        assert_eq!(
            raw_data_signature(raw_data, "HyVFkGl5F5OQWJZZaNzBBg=="),
            "75e81ceda165f4ffa64f4068af58c64b8f54b88c"
        );
    }

    /// The platform's documented example of the URL check.
    #[test]
    fn url_check_vector() {
        assert_eq!(
            push_signature(["AAAAA", "1714036504", "1514711492"]),
            "f464b24fc39322e44b38aa78f5edd27bd1441696"
        );
    }

    #[test]
    fn only_the_same_text_is_the_same() {
        assert!(same("abc", "abc"));
        for other in ["", "ab", "abd", "ABC", "abcd"] {
            assert!(!same(other, "abc"), "{other}");
        }
    }
}
