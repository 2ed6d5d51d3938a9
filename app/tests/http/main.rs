//! The HTTP API within one process: poem's test client, a store in memory, WeChat as a closure, a clock that stands
//! still, entropy that repeats itself.
//!
//! | what | where |
//! |---|---|
//! | the service under test and its verbs | [`app`], [`call`], [`reply`] |
//! | what stands around it | [`wechat`], [`store`], [`phone_data`], [`token`], [`peer`] |
//! | one call of each kind | [`everything`] |
//! | what snapshots cannot show as it is | [`names`] |
//! | what holds for every single answer | [`form`], [`documented`] with [`schema`], [`secrets`], [`privacy`] |
//!
//! The last row is applied by [`app::TestApp::send`] to whatever comes back, so no test has to ask for it.

mod app;
mod call;
mod documented;
mod everything;
mod form;
mod names;
mod peer;
mod phone_data;
mod privacy;
mod reply;
mod schema;
mod secrets;
mod store;
mod token;
mod wechat;

mod access_token;
mod admin;
mod arbitrary_input;
mod bodies;
mod clients;
mod codes;
mod guards;
mod health;
mod introspect;
mod jwks;
mod languages;
mod last_use;
mod login;
mod login_with_phone;
mod logout;
mod me;
mod my_data;
mod my_sessions;
mod overload;
mod panics;
mod races;
mod reference;
mod refresh;
mod refresh_limits;
mod request_id;
mod revoke;
mod routing;
mod store_down;
mod suspension;
mod token_attacks;
mod verify;
mod wechat_errors;
