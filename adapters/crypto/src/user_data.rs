//! WeChat's encrypted user data: AES-128-CBC, PKCS#7, JSON.

use aes::Aes128;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use wxlogin_domain::ports::user_data_cipher::{OpenError, PhonePayload, UserDataCipher};
use wxlogin_domain::session_key::SessionKey;
use wxlogin_domain::user_data::EncryptedData;
use zeroize::Zeroizing;

use crate::wire::PhoneWire;

/// Opens encrypted user data.
#[derive(Debug, Clone, Copy, Default)]
pub struct AesUserData;

impl UserDataCipher for AesUserData {
    fn open_phone(&self, key: &SessionKey, data: &EncryptedData) -> Result<PhonePayload, OpenError> {
        let text = decrypt(key, data)?;
        let phone: PhoneWire = serde_json::from_slice(&text).map_err(|_| OpenError)?;
        Ok(phone.into())
    }
}

/// The plaintext. Whether it is what was meant, only its content tells: one random key in 256 finds good padding.
fn decrypt(key: &SessionKey, data: &EncryptedData) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    cbc::Decryptor::<Aes128>::new(key.expose_bytes().into(), (&data.iv).into())
        .decrypt_padded_vec::<Pkcs7>(&data.ciphertext)
        .map(Zeroizing::new)
        .map_err(|_| OpenError)
}

#[cfg(test)]
mod tests {
    use cbc::cipher::BlockModeEncrypt;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    /// The platform's own example, as its documentation has it.
    const SESSION_KEY: &str = "tiihtNczf5v6AKRyjwEUhQ==";
    const IV: &str = "r7BXXKkLb8qrSNn05n0qiA==";
    const ENCRYPTED_DATA: &str = "CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4lGOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01EpqOyuxINew==";

    fn key(text: &str) -> SessionKey {
        SessionKey::parse(text).unwrap()
    }

    fn encrypt(key: &SessionKey, plaintext: &[u8]) -> EncryptedData {
        let iv = [9; 16];
        let ciphertext = cbc::Encryptor::<Aes128>::new(key.expose_bytes().into(), (&iv).into())
            .encrypt_padded_vec::<Pkcs7>(plaintext);
        EncryptedData { ciphertext, iv }
    }

    #[test]
    fn opens_the_platforms_example() {
        let data = EncryptedData::parse(ENCRYPTED_DATA, IV).unwrap();
        let text = decrypt(&key(SESSION_KEY), &data).unwrap();
        let value: Value = serde_json::from_slice(&text).unwrap();
        assert_eq!(value["openId"], "oGZUI0egBJY1zhBYw2KhdUfwVJJE");
        assert_eq!(value["unionId"], "ocMvos6NjeKLIBqg5Mr9QjxrP1FA");
        assert_eq!(value["watermark"]["appid"], "wx4f4bc4dec97d474b");
        assert_eq!(value["watermark"]["timestamp"], 1_477_314_187);
    }

    #[test]
    fn the_platforms_example_is_no_phone_number() {
        let data = EncryptedData::parse(ENCRYPTED_DATA, IV).unwrap();
        assert!(AesUserData.open_phone(&key(SESSION_KEY), &data).is_err());
    }

    #[test]
    fn another_key_opens_nothing() {
        let data = EncryptedData::parse(ENCRYPTED_DATA, IV).unwrap();
        assert!(AesUserData.open_phone(&key("o0q0otL8aEzpcZL/FT9WsQ=="), &data).is_err());
    }

    #[test]
    fn the_country_code_is_text_or_a_number() {
        for country_code in [json!("86"), json!(86)] {
            let payload = json!({
                "phoneNumber": "13800138000",
                "purePhoneNumber": "13800138000",
                "countryCode": country_code,
                "watermark": { "appid": "wx4f4bc4dec97d474b", "timestamp": 1_477_314_187 },
            });
            let data = encrypt(&key(SESSION_KEY), payload.to_string().as_bytes());
            let opened = AesUserData.open_phone(&key(SESSION_KEY), &data).unwrap();
            assert_eq!(opened.country_code, "86");
            assert_eq!(opened.pure_phone_number, "13800138000");
            assert_eq!(opened.watermark.appid, "wx4f4bc4dec97d474b");
        }
    }

    #[test]
    fn every_malformed_plaintext_is_one_error() {
        let plaintexts: [&[u8]; 8] = [
            b"",
            b"not json",
            b"\xff\xfe\x00",
            b"[]",
            b"null",
            br#"{"purePhoneNumber":"1","countryCode":"86"}"#,
            br#"{"purePhoneNumber":1,"countryCode":"86","watermark":{"appid":"a","timestamp":1}}"#,
            br#"{"purePhoneNumber":"1","countryCode":"86","watermark":{"appid":"a","timestamp":"1"}}"#,
        ];
        for plaintext in plaintexts {
            let data = encrypt(&key(SESSION_KEY), plaintext);
            let opened = AesUserData.open_phone(&key(SESSION_KEY), &data);
            assert!(opened.is_err(), "{plaintext:?}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(ciphertext in prop::collection::vec(any::<u8>(), 0..200), iv in any::<[u8; 16]>()) {
            let data = EncryptedData { ciphertext, iv };
            prop_assert!(AesUserData.open_phone(&key(SESSION_KEY), &data).is_err());
        }

        #[test]
        fn what_was_encrypted_is_decrypted(plaintext in prop::collection::vec(any::<u8>(), 0..200)) {
            let key = key(SESSION_KEY);
            prop_assert_eq!(&*decrypt(&key, &encrypt(&key, &plaintext)).unwrap(), &plaintext);
        }
    }
}
