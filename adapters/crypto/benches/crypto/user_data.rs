//! What the platform encrypts.

use std::hint::black_box;

use aes::Aes128;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeEncrypt as _, KeyIvInit as _};
use criterion::Criterion;
use wxlogin_crypto::user_data::AesUserData;
use wxlogin_domain::ports::user_data_cipher::UserDataCipher as _;
use wxlogin_domain::session_key::SessionKey;
use wxlogin_domain::user_data::EncryptedData;

/// What the getPhoneNumber button gives, as the platform writes it.
const PHONE: &str = r#"{"phoneNumber":"13580006666","purePhoneNumber":"13580006666","countryCode":"86","watermark":{"appid":"wx4f4bc4dec97d474b","timestamp":1477314187}}"#;

pub fn opened(criterion: &mut Criterion) {
    let key = SessionKey::parse("tiihtNczf5v6AKRyjwEUhQ==").expect("a session key");
    let iv = [9; 16];
    let cipher = cbc::Encryptor::<Aes128>::new(key.expose_bytes().into(), (&iv).into());
    let ciphertext = cipher.encrypt_padded_vec::<Pkcs7>(PHONE.as_bytes());
    let data = EncryptedData { ciphertext, iv };
    criterion.bench_function("phone data, opened", |bencher| {
        bencher.iter(|| AesUserData.open_phone(&key, black_box(&data)).expect("it opens"));
    });
}
