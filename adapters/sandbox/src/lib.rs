//! A stand-in for the WeChat platform, for tests and for development without a real app.
//!
//! It is strict in what it is sent and answers as WeChat does: HTTP 200 with `errcode` and
//! `errmsg`, `text/plain` where WeChat says so, codes that work once and for five minutes,
//! session keys that rotate unannounced, quotas. It pushes events as WeChat does, signed and
//! encrypted. Beside the platform's own endpoints there are control endpoints under `/sandbox`,
//! which play the part of a phone (`wx.login`, the phone number button), of time, of whatever
//! makes the platform push an event, and of a platform in trouble.
//!
//! ```
//! use poem::{Route, Server, listener::TcpListener};
//! use wxlogin_sandbox::{Sandbox, SandboxConfig};
//!
//! let sandbox = Sandbox::new(SandboxConfig::default());
//! let server = Server::new(TcpListener::bind("127.0.0.1:8090"));
//! let running = server.run(Route::new().nest("/", sandbox.endpoint()));
//! # drop(running);
//! ```
//!
//! # Map
//! - [`config`](SandboxConfig): the apps the stand-in knows, and how long a code lives.
//! - [`sandbox`](Sandbox): the handle, and its one endpoint.
//! - `platform/`: what WeChat serves, one file per endpoint; `errcode` has its texts, `reply`
//!   turns an answer into HTTP, well or as a fault wants it.
//! - `push/`: what WeChat sends: `message` words an event, `envelope` encrypts it, `request` signs
//!   it, `postman` carries it to a `destination`, which is on this machine.
//! - `control/`: what only a stand-in has, one file per endpoint under `/sandbox`.
//! - `state`: everything that changes, behind one lock; its parts are `code`, `session_key`,
//!   `access_token`, `quota`, `fault`, `calls`, `journal` and `clock`.
//! - [`scenario`](Scenario): faults as a script, read from JSON.
//! - `user`, `phone`: who exists; openid, unionid and phone number follow from the name.
//! - `cipher`, `signature`, `watermark`: the platform's encryption of user data, its signatures,
//!   and its mark.
//! - `entropy`, `hex`, `bounded`: randomness, a way to write it, and maps that cannot grow without
//!   end.
//!
//! # Invariants
//! - No input makes it panic, and no input makes its memory grow without bound.
//! - The wall clock is read in `clock` only, randomness is drawn in `entropy` only.
//! - The lock is never held across an await.
//! - App secrets, session keys, and the token and key of pushes do not show in any `Debug`.
//! - It sends nothing to another machine.

mod access_token;
mod bounded;
mod calls;
mod cipher;
mod clock;
mod code;
mod config;
mod control;
mod entropy;
mod fault;
mod hex;
mod journal;
mod phone;
mod platform;
mod push;
mod quota;
mod sandbox;
mod scenario;
mod session_key;
mod signature;
mod state;
mod user;
mod watermark;

pub use config::{
    DEFAULT_APPID, DEFAULT_PUSH_AES_KEY, DEFAULT_PUSH_TOKEN, DEFAULT_SECRET, SandboxApp, SandboxConfig, SandboxPush,
};
pub use sandbox::Sandbox;
pub use scenario::{Scenario, ScenarioError};
