//! What the cryptography of one request costs.

mod access_tokens;
mod refresh_tokens;
mod session_keys;
mod user_data;

criterion::criterion_group!(
    benches,
    access_tokens::signed_and_recognised,
    refresh_tokens::made_and_recognised,
    session_keys::sealed_and_opened,
    user_data::opened,
);
criterion::criterion_main!(benches);
