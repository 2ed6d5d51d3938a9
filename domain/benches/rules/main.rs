//! What the rules of one request cost.

mod code;
mod login;
mod refresh;
mod sample;

criterion::criterion_group!(benches, code::parsed, login::decided, refresh::refreshed);
criterion::criterion_main!(benches);
