//! The encryption of user data: AES-128-CBC with PKCS#7, keyed with the session key's 16 bytes.

use aes::Aes128;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::Encryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeEncrypt as _, KeyIvInit as _};

use crate::entropy::{self, EntropyError};
use crate::session_key::SessionKey;

/// `encryptedData` and `iv`, both base64.
#[derive(Debug)]
pub(crate) struct Sealed {
    pub(crate) encrypted_data: String,
    pub(crate) iv: String,
}

/// Encrypts under a fresh iv.
pub(crate) fn seal(key: &SessionKey, plaintext: &[u8]) -> Result<Sealed, EntropyError> {
    let iv = entropy::bytes()?;
    Ok(Sealed {
        encrypted_data: encrypt(key, iv, plaintext),
        iv: STANDARD.encode(iv),
    })
}

fn encrypt(key: &SessionKey, iv: [u8; 16], plaintext: &[u8]) -> String {
    let encryptor = Encryptor::<Aes128>::new(key.bytes().into(), &iv.into());
    STANDARD.encode(encryptor.encrypt_padded_vec::<Pkcs7>(plaintext))
}

#[cfg(test)]
mod tests {
    use cbc::Decryptor;
    use cbc::cipher::BlockModeDecrypt as _;
    use serde_json::Value;

    use super::*;

    const SESSION_KEY: &str = "tiihtNczf5v6AKRyjwEUhQ==";
    const IV: &str = "r7BXXKkLb8qrSNn05n0qiA==";
    const ENCRYPTED_DATA: &str = "CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4lGOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01EpqOyuxINew==";

    fn decrypt(key: &SessionKey, iv: &str, encrypted_data: &str) -> Vec<u8> {
        let iv: [u8; 16] = STANDARD.decode(iv).unwrap().try_into().unwrap();
        Decryptor::<Aes128>::new(key.bytes().into(), &iv.into())
            .decrypt_padded_vec::<Pkcs7>(&STANDARD.decode(encrypted_data).unwrap())
            .unwrap()
    }

    /// The platform's documented example, opened and closed again.
    #[test]
    fn encrypted_data_vector() {
        let key = SessionKey::from_text(SESSION_KEY);
        let iv: [u8; 16] = STANDARD.decode(IV).unwrap().try_into().unwrap();

        let plaintext = decrypt(&key, IV, ENCRYPTED_DATA);
        let user: Value = serde_json::from_slice(&plaintext).unwrap();

        assert_eq!(user["openId"], "oGZUI0egBJY1zhBYw2KhdUfwVJJE");
        assert_eq!(user["unionId"], "ocMvos6NjeKLIBqg5Mr9QjxrP1FA");
        assert_eq!(user["watermark"]["timestamp"], 1_477_314_187);
        assert_eq!(user["watermark"]["appid"], "wx4f4bc4dec97d474b");
        assert_eq!(encrypt(&key, iv, &plaintext), ENCRYPTED_DATA);
    }

    #[test]
    fn every_sealing_has_an_iv_of_its_own() {
        let key = SessionKey::from_text(SESSION_KEY);

        let [one, two] = [(); 2].map(|()| seal(&key, b"sixteen bytes :)").unwrap());

        assert_ne!(one.iv, two.iv);
        assert_ne!(one.encrypted_data, two.encrypted_data);
        for sealed in [one, two] {
            let plaintext = decrypt(&key, &sealed.iv, &sealed.encrypted_data);
            assert_eq!(plaintext, b"sixteen bytes :)");
        }
    }
}
