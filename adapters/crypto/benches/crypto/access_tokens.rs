//! Access tokens, by each algorithm that can be configured.

use std::hint::black_box;
use std::sync::Arc;

use criterion::Criterion;
use secrecy::SecretBox;
use wxlogin_crypto::jwt::JwtAccessTokens;
use wxlogin_crypto::key_maker::AwsLcKeyMaker;
use wxlogin_crypto::sealer::Sealer;
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::identity::AppId;
use wxlogin_domain::key_ring::{Algorithm, KeyRing};
use wxlogin_domain::ports::access_tokens::AccessTokens as _;
use wxlogin_domain::ports::key_maker::KeyMaker as _;
use wxlogin_domain::session::SessionRef;
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_domain::token::{AccessClaims, PresentedAccessToken, TokenId};

pub fn signed_and_recognised(criterion: &mut Criterion) {
    let claims = claims();
    for algorithm in Algorithm::ALL {
        let tokens = tokens(algorithm);
        criterion.bench_function(&format!("access token, signed, {algorithm}"), |bencher| {
            bencher.iter(|| tokens.sign(black_box(&claims)).expect("a key signs"));
        });
        let token = tokens.sign(&claims).expect("a key signs");
        let token = PresentedAccessToken::new(token.expose().to_owned());
        criterion.bench_function(&format!("access token, recognised, {algorithm}"), |bencher| {
            bencher.iter(|| tokens.recognise(black_box(&token)).expect("it is our own"));
        });
    }
}

fn tokens(algorithm: Algorithm) -> JwtAccessTokens {
    let sealer = Arc::new(Sealer::new(&SecretBox::new(Box::new([1; 32]))));
    let maker = AwsLcKeyMaker::new(Arc::clone(&sealer));
    let now = Timestamp::from_unix_seconds(0);
    let key = || maker.signing_key(algorithm, now).expect("a key is made");
    let mac = maker.refresh_mac_key().expect("a key is made");
    let ring = KeyRing::new(key(), key(), mac, now);
    JwtAccessTokens::open(&ring, &sealer, algorithm).expect("the ring opens")
}

/// As long as those of a service with an address of the usual length.
fn claims() -> AccessClaims {
    AccessClaims {
        issuer: "https://login.example.com".into(),
        audience: "https://api.example.com".into(),
        session: SessionRef {
            account: AccountId::from_bytes([1; 16]),
            session: SessionId::from_bytes([2; 16]),
        },
        client_id: AppId::parse("wx4f4bc4dec97d474b").expect("an appid"),
        issued_at: Timestamp::from_unix_seconds(1_769_000_000),
        expires_at: Timestamp::from_unix_seconds(1_769_000_900),
        id: TokenId("AAAAAAAAAAAAAAAAAAAAAA".into()),
        openid: None,
        unionid: None,
        external_id: None,
    }
}
