//! Refresh tokens.

use std::hint::black_box;

use criterion::Criterion;
use wxlogin_crypto::refresh_mac::HmacRefreshTokens;
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::ports::refresh_tokens::RefreshTokens as _;
use wxlogin_domain::session::{Generation, SessionRef};
use wxlogin_domain::token::PresentedRefreshToken;

pub fn made_and_recognised(criterion: &mut Criterion) {
    let tokens = HmacRefreshTokens::new(&[1; 32]);
    let session = SessionRef {
        account: AccountId::from_bytes([1; 16]),
        session: SessionId::from_bytes([2; 16]),
    };
    criterion.bench_function("refresh token, made", |bencher| {
        bencher.iter(|| tokens.make(black_box(session), Generation(7)));
    });
    let token = PresentedRefreshToken::new(tokens.make(session, Generation(7)).expose().to_owned());
    criterion.bench_function("refresh token, recognised", |bencher| {
        bencher.iter(|| tokens.recognise(black_box(&token)).expect("it is our own"));
    });
}
