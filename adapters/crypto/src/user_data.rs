//! WeChat's encrypted user data: AES-128-CBC, PKCS#7, JSON.

use aes::Aes128;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use wxlogin_domain::ports::user_data_cipher::{OpenError, UserDataCipher};
use wxlogin_domain::session_key::SessionKey;
use wxlogin_domain::user_data::{EncryptedData, PhonePayload, UserData};
use zeroize::Zeroizing;

use crate::wire::PayloadWire;

/// Opens encrypted user data.
#[derive(Debug, Clone, Copy, Default)]
pub struct AesUserData;

impl UserDataCipher for AesUserData {
    fn open_phone(&self, key: &SessionKey, data: &EncryptedData) -> Result<PhonePayload, OpenError> {
        let text = decrypt(key, data)?;
        let payload = PayloadWire::parse(&text).ok_or(OpenError)?;
        payload.phone().ok_or(OpenError)
    }

    fn open_any(&self, key: &SessionKey, data: &EncryptedData) -> Result<UserData, OpenError> {
        let text = decrypt(key, data)?;
        let payload = PayloadWire::parse(&text).ok_or(OpenError)?;
        payload.any().ok_or(OpenError)
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
    use std::fmt::Write as _;

    use cbc::cipher::BlockModeEncrypt;
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use sha1::{Digest as _, Sha1};
    use wxlogin_domain::timestamp::Timestamp;

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
        let opened = AesUserData.open_any(&key(SESSION_KEY), &data).unwrap();
        assert_eq!(opened.watermark.appid, "wx4f4bc4dec97d474b");
        assert_eq!(opened.watermark.at, Timestamp::from_unix_seconds(1_477_314_187));
        let value: Value = serde_json::from_str(&opened.json).unwrap();
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
    fn the_timestamp_is_a_number_or_text() {
        for timestamp in [json!(1_477_314_187), json!("1477314187")] {
            let payload = json!({ "watermark": { "appid": "a", "timestamp": timestamp } }).to_string();
            let data = encrypt(&key(SESSION_KEY), payload.as_bytes());
            let opened = AesUserData.open_any(&key(SESSION_KEY), &data).unwrap();
            assert_eq!(opened.json, payload, "as WeChat wrote it");
            assert_eq!(opened.watermark.at, Timestamp::from_unix_seconds(1_477_314_187));
        }
    }

    #[test]
    fn every_malformed_plaintext_is_one_error() {
        let plaintexts: [&[u8]; 21] = [
            b"",
            b"not json",
            b"\xff\xfe\x00",
            b"{\"\xff\":1}",
            b"[]",
            b"null",
            b"{}",
            br#"{"watermark":null}"#,
            br#"{"watermark":["a",1]}"#,
            br#"[{"appid":"a","timestamp":1}]"#,
            br#"["1","86",{"appid":"a","timestamp":1}]"#,
            br#"{"watermark":{"appid":"a"}}"#,
            br#"{"watermark":{"timestamp":1}}"#,
            br#"{"watermark":{"appid":1,"timestamp":1}}"#,
            br#"{"watermark":{"appid":"a","timestamp":1.5}}"#,
            br#"{"watermark":{"appid":"a","timestamp":-1}}"#,
            br#"{"watermark":{"appid":"a","timestamp":""}}"#,
            br#"{"watermark":{"appid":"a","timestamp":"soon"}}"#,
            br#"{"watermark":{"appid":"a","timestamp":99999999999999999999}}"#,
            br#"{"watermark":{"appid":"a","timestamp":1}} trailing"#,
            br#"{"watermark":{"appid":"a","timestamp":1}"#,
        ];
        for plaintext in plaintexts {
            let data = encrypt(&key(SESSION_KEY), plaintext);
            assert!(AesUserData.open_any(&key(SESSION_KEY), &data).is_err(), "{plaintext:?}");
            let opened = AesUserData.open_phone(&key(SESSION_KEY), &data);
            assert!(opened.is_err(), "{plaintext:?}");
        }
    }

    #[test]
    fn what_is_no_phone_number_is_no_phone_number() {
        let watermark = r#""watermark":{"appid":"a","timestamp":1}"#;
        for fields in [
            "",
            r#""purePhoneNumber":"1","#,
            r#""countryCode":"86","#,
            r#""purePhoneNumber":1,"countryCode":"86","#,
            r#""purePhoneNumber":"1","countryCode":[86],"#,
            r#""purePhoneNumber":"1","countryCode":-86,"#,
        ] {
            let data = encrypt(&key(SESSION_KEY), format!("{{{fields}{watermark}}}").as_bytes());
            assert!(AesUserData.open_any(&key(SESSION_KEY), &data).is_ok(), "{fields}");
            assert!(AesUserData.open_phone(&key(SESSION_KEY), &data).is_err(), "{fields}");
        }
    }

    #[test]
    fn what_is_no_whole_number_of_blocks_does_not_open() {
        for length in [0, 1, 15, 17, 31] {
            let data = EncryptedData {
                ciphertext: vec![0; length],
                iv: [0; 16],
            };
            assert!(AesUserData.open_any(&key(SESSION_KEY), &data).is_err(), "{length}");
        }
    }

    /// WeChat's signature of raw data is a SHA-1 over them and the key's text, not its bytes.
    #[test]
    fn raw_data_are_signed_with_the_keys_text() {
        let raw_data = r#"{"nickName":"Band","gender":1,"language":"zh_CN","city":"Guangzhou","province":"Guangdong","country":"CN","avatarUrl":"http://wx.qlogo.cn/mmopen/vi_32/1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6nIGBiaycAjAtpujxyzYsrztuuICqIM5ibXQ/0"}"#;
        let key = key("HyVFkGl5F5OQWJZZaNzBBg==");
        let digest = Sha1::new_with_prefix(raw_data)
            .chain_update(key.expose_text())
            .finalize();
        let mut signature = String::new();
        for byte in digest {
            write!(signature, "{byte:02x}").unwrap();
        }
        assert_eq!(signature, "75e81ceda165f4ffa64f4068af58c64b8f54b88c");
    }

    proptest! {
        #[test]
        fn garbage_does_not_open(ciphertext in prop::collection::vec(any::<u8>(), 0..200), iv in any::<[u8; 16]>()) {
            let data = EncryptedData { ciphertext, iv };
            prop_assert!(AesUserData.open_phone(&key(SESSION_KEY), &data).is_err());
            prop_assert!(AesUserData.open_any(&key(SESSION_KEY), &data).is_err());
        }

        #[test]
        fn no_plaintext_panics(plaintext in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..200),
            r#"[{}\[\]":,a-z0-9.e-]{0,60}|\{"watermark":\{"appid":"[a-z]*","timestamp":"?[0-9.e-]{0,25}"?\}\}"#
                .prop_map(String::into_bytes),
        ]) {
            let data = encrypt(&key(SESSION_KEY), &plaintext);
            let opened = AesUserData.open_any(&key(SESSION_KEY), &data);
            if let Ok(opened) = opened {
                prop_assert_eq!(opened.json.as_bytes(), &plaintext);
            }
            let _ = AesUserData.open_phone(&key(SESSION_KEY), &data);
        }

        #[test]
        fn a_cut_is_never_believed(cut in 1..672_usize) {
            let whole = EncryptedData::parse(ENCRYPTED_DATA, IV).unwrap();
            let ciphertext = whole.ciphertext[..whole.ciphertext.len().saturating_sub(cut)].to_vec();
            let data = EncryptedData { ciphertext, ..whole };
            prop_assert!(AesUserData.open_any(&key(SESSION_KEY), &data).is_err());
        }

        #[test]
        fn what_was_encrypted_is_decrypted(plaintext in prop::collection::vec(any::<u8>(), 0..200)) {
            let key = key(SESSION_KEY);
            prop_assert_eq!(&*decrypt(&key, &encrypt(&key, &plaintext)).unwrap(), &plaintext);
        }
    }
}
