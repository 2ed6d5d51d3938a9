//! wxlogin, the login service for WeChat Mini Programs: the binary's library.
//!
//! | what | where |
//! |---|---|
//! | commands, one file each | [`cli`] |
//! | configuration, one file per section | [`config`] |
//! | the HTTP API, one file per resource | [`http`] |
//! | which adapter stands behind which port | [`wiring`]: the only file that names adapters |
//! | a page that shows a login, for `wxlogin dev` alone | [`playground`] |
//! | opening the store, as soon as it can be reached | [`opening`] |
//! | what goes on beside the requests | [`background`] |
//! | the use cases, each with its ports | [`services`] |
//! | listening, TLS, stopping in order | [`server`] |
//! | JSON objects, and which of their names come twice | [`members`] |
//! | logs | [`logging`] |
//! | the time of day | [`system_clock`] |

pub mod background;
pub mod cli;
pub mod config;
pub mod http;
pub mod logging;
pub mod members;
pub mod opening;
pub mod playground;
pub mod server;
pub mod services;
pub mod system_clock;
pub mod wiring;
