//! The envelope of secure mode: AES-256-CBC around random bytes, a length, the message and the
//! appid, padded to 32 bytes although the cipher's blocks have 16.

use aes::Aes256;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::Encryptor;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeEncrypt as _, KeyIvInit as _};

use super::aes_key::AesKey;
use crate::entropy::{self, EntropyError};

const PADDED_TO: usize = 32;

/// The `Encrypt` of a message.
pub(crate) fn seal(key: &AesKey, appid: &str, message: &str) -> Result<String, EntropyError> {
    Ok(encrypt(key, &pad(contents(entropy::bytes()?, appid, message))))
}

fn contents(random: [u8; 16], appid: &str, message: &str) -> Vec<u8> {
    // The lower half of 8 bytes: no message is near 4 GiB.
    let length = (message.len() as u64).to_be_bytes();
    [&random, &length[4..], message.as_bytes(), appid.as_bytes()].concat()
}

/// PKCS#7, with a block of 32 bytes.
fn pad(mut contents: Vec<u8>) -> Vec<u8> {
    let missing = PADDED_TO - contents.len() % PADDED_TO;
    // From 1 to 32, so the fallback is never reached.
    let value = u8::try_from(missing).unwrap_or_default();
    contents.resize(contents.len() + missing, value);
    contents
}

fn encrypt(key: &AesKey, padded: &[u8]) -> String {
    let mut iv = [0; 16];
    iv.copy_from_slice(&key.bytes()[..16]);
    let encryptor = Encryptor::<Aes256>::new(key.bytes().into(), &iv.into());
    STANDARD.encode(encryptor.encrypt_padded_vec::<NoPadding>(padded))
}

#[cfg(test)]
mod tests {
    use cbc::Decryptor;
    use cbc::cipher::BlockModeDecrypt as _;
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::signature;

    const ENCRYPT: &str = "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=";
    const APPID: &str = "wxba5fad812f8e6fb9";

    /// What is in an envelope.
    struct Opened {
        random: [u8; 16],
        message: String,
        appid: String,
        padding: u8,
    }

    fn decrypt(key: &AesKey, sealed: &str) -> Vec<u8> {
        let iv: [u8; 16] = key.bytes()[..16].try_into().unwrap();
        Decryptor::<Aes256>::new(key.bytes().into(), &iv.into())
            .decrypt_padded_vec::<NoPadding>(&STANDARD.decode(sealed).unwrap())
            .unwrap()
    }

    fn open(key: &AesKey, sealed: &str) -> Opened {
        let padded = decrypt(key, sealed);
        let padding = *padded.last().unwrap();
        let (contents, end) = padded.split_at(padded.len() - usize::from(padding));
        assert!(end.iter().all(|byte| *byte == padding));
        let length = u32::from_be_bytes(contents[16..20].try_into().unwrap());
        let (message, appid) = contents[20..].split_at(usize::try_from(length).unwrap());
        Opened {
            random: contents[..16].try_into().unwrap(),
            message: String::from_utf8(message.to_vec()).unwrap(),
            appid: String::from_utf8(appid.to_vec()).unwrap(),
            padding,
        }
    }

    /// The platform's documented example of secure mode, opened and closed again.
    #[test]
    fn secure_mode_vector() {
        let key = AesKey::parse(&"A".repeat(43)).unwrap();

        assert_eq!(
            signature::push_signature(["AAAAA", "1714112445", "415670741", ENCRYPT]),
            "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"
        );
        let opened = open(&key, ENCRYPT);
        assert_eq!(opened.padding, 19);
        assert_eq!(opened.appid, APPID);
        let message: Value = serde_json::from_str(&opened.message).unwrap();
        assert_eq!(message["ToUserName"], "gh_97417a04a28d");
        assert_eq!(message["Event"], "debug_demo");
        assert_eq!(message["debug_str"], "hello world");
        assert_eq!(
            encrypt(&key, &pad(contents(opened.random, APPID, &opened.message))),
            ENCRYPT
        );
    }

    #[test]
    fn every_envelope_is_another() {
        let key = AesKey::from_bytes([7; 32]);

        let [one, two] = [(); 2].map(|()| seal(&key, "wx1", "message").unwrap());

        assert_ne!(one, two);
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens(bytes: [u8; 32], appid in "[a-z0-9]{0,40}", message in "\\PC{0,200}") {
            let key = AesKey::from_bytes(bytes);

            let opened = open(&key, &seal(&key, &appid, &message).unwrap());

            prop_assert_eq!(opened.message, message);
            prop_assert_eq!(opened.appid, appid);
            prop_assert!((1..=32).contains(&opened.padding));
            prop_assert_eq!(decrypt(&key, &seal(&key, "", "").unwrap()).len() % 32, 0);
        }
    }
}
