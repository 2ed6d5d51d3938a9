//! A stand-in for the WeChat platform, for tests and for development without a real app.
//!
//! It is strict in what it is sent and answers as WeChat does: HTTP 200 with `errcode` and
//! `errmsg`, `text/plain` where WeChat says so, codes that work once and for five minutes,
//! session keys that rotate unannounced. Beside the platform's own endpoints there are control
//! endpoints under `/sandbox`, which play the part of a phone (`wx.login`, the phone number
//! button), of time, and of a platform in trouble.
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
//! - `control/`: what only a stand-in has, one file per endpoint under `/sandbox`.
//! - `state`: everything that changes, behind one lock; its parts are `code`, `session_key`,
//!   `access_token`, `fault`, `calls` and `clock`.
//! - `user`: who exists; openid, unionid and phone number follow from the name.
//! - `cipher`, `signature`: the platform's encryption and its two signatures.
//! - `entropy`, `bounded`: randomness, and maps that cannot grow without end.
//!
//! # Invariants
//! - No input makes it panic, and no input makes its memory grow without bound.
//! - The wall clock is read in `clock` only, randomness is drawn in `entropy` only.
//! - The lock is never held across an await.
//! - App secrets and session keys do not show in any `Debug`.

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
mod platform;
mod sandbox;
mod session_key;
mod signature;
mod state;
mod user;

pub use config::{DEFAULT_APPID, DEFAULT_SECRET, SandboxApp, SandboxConfig};
pub use sandbox::Sandbox;
