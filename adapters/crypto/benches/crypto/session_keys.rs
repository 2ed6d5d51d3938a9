//! Session keys on their way into a cache and out of it.

use std::hint::black_box;
use std::sync::Arc;

use criterion::Criterion;
use secrecy::SecretBox;
use wxlogin_crypto::sealer::Sealer;
use wxlogin_crypto::session_key_seal::SessionKeySeal;
use wxlogin_domain::identity::{AppId, OpenId};
use wxlogin_domain::ports::session_key_sealer::SessionKeySealer as _;
use wxlogin_domain::session_key::SessionKey;

pub fn sealed_and_opened(criterion: &mut Criterion) {
    let seal = SessionKeySeal::new(Arc::new(Sealer::new(&SecretBox::new(Box::new([1; 32])))));
    let app = AppId::parse("wx4f4bc4dec97d474b").expect("an appid");
    let openid = OpenId::parse("oGZUI0egBJY1zhBYw2KhdUfwVJJE").expect("an openid");
    let key = SessionKey::parse("tiihtNczf5v6AKRyjwEUhQ==").expect("a session key");
    criterion.bench_function("session key, sealed", |bencher| {
        bencher.iter(|| seal.seal(&app, &openid, black_box(&key)));
    });
    let sealed = seal.seal(&app, &openid, &key);
    criterion.bench_function("session key, opened", |bencher| {
        bencher.iter(|| seal.open(&app, &openid, black_box(&sealed)).expect("it opens"));
    });
}
