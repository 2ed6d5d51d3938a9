//! The HTTP API within one process: poem's test client, a store in memory, WeChat as a closure, a clock that stands
//! still, entropy that repeats itself.
//!
//! | what | where |
//! |---|---|
//! | the service under test and its verbs | [`app`], [`call`], [`reply`] |
//! | what stands around it | [`wechat`], [`store`], [`phone_data`], [`sealing`], [`token`], [`peer`] |
//! | one call of each kind | [`everything`] |
//! | what snapshots cannot show as it is | [`names`] |
//! | what holds for every single answer | [`form`], [`rate_headers`], [`documented`] with [`schema`], [`secrets`], [`privacy`] |
//!
//! The last row is applied by [`app::TestApp::send`] to whatever comes back, so no test has to ask for it.

mod app;
mod call;
mod documented;
mod everything;
mod external_id;
mod form;
mod names;
mod peer;
mod phone_data;
mod privacy;
mod rate_headers;
mod reply;
mod schema;
mod sealing;
mod secrets;
mod store;
mod token;
mod wechat;

mod access_token;
mod admin;
mod arbitrary_input;
mod before_the_store;
mod bodies;
mod clients;
mod codes;
mod decrypt;
mod guards;
mod health;
mod introspect;
mod jwks;
mod languages;
mod last_use;
mod login;
mod login_with_phone;
mod login_with_phone_code;
mod logout;
mod logs;
mod me;
mod metrics;
mod my_data;
mod my_phone;
mod my_session_key;
mod my_sessions;
mod overload;
mod panics;
mod playground;
mod push;
mod races;
mod rate_limits;
mod reference;
mod refresh;
mod refresh_limits;
mod request_id;
mod revoke;
mod routing;
#[cfg(feature = "redis")]
mod shared_cache;
mod store_down;
mod suspension;
mod token_attacks;
mod verify;
mod wechat_errors;
