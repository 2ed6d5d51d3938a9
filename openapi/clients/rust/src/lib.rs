//! A client of wxlogin, the login service for WeChat Mini Programs.
//!
//! ```no_run
//! use wxlogin_client::{Client, Credentials, Refusal};
//!
//! # async fn example(code: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new("https://login.example.com", Credentials::none());
//! match client.login().body_map(|body| body.code(code)).send().await {
//!     Ok(tokens) => {
//!         let person = client.with(Credentials::bearer(&tokens.access_token)?);
//!         println!("{}", person.get_me().send().await?.id);
//!     }
//!     Err(error) => {
//!         if let Some(problem) = error.problem() {
//!             eprintln!("{}: {}, {:?}", problem.code, problem.action, error.retry_after());
//!         }
//!     }
//! }
//! # Ok(())
//! # }
//! ```

mod credentials;
// As its generator writes it.
#[allow(missing_docs, clippy::all)]
#[rustfmt::skip]
mod generated;
mod profile;
mod refusal;

pub use credentials::Credentials;
pub use generated::*;
pub use profile::ProfileChange;
pub use refusal::Refusal;
