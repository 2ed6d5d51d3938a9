//! A store in SurrealDB, embedded or on a server. The only crate that knows SurrealDB.
//!
//! | what | where |
//! |---|---|
//! | opening and closing: engine, memory caps, durability | [`open`] |
//! | the database in this process or on a server | `database`, `remote` |
//! | tables and their version | `schema` |
//! | rows: what a table holds, and the domain's values in it | `rows` |
//! | record ids: deterministic, so that they are the unique keys | `id` |
//! | pages of what would be too long at once | `page` |
//! | what an error of the database means, waiting in line, trying again | `failure`, `lane`, `retry` |
//! | writes, put together out of parts | `transaction` |
//! | the port of accounts | `accounts`, with `login`, `search`, `phones`, `erase`, `merge`; users in bulk: `import` |
//! | the other ports | `sessions` (with `sweep`), `keys`, `api_keys`, `audit`, `pushes`, `copy` (with `export`) |
//!
//! How operations stay atomic: they read, let the domain decide, and write in one transaction that is guarded by what
//! was read (an account's `rev`, a session's generation, the absence of a record id). A guard that fails, like a
//! conflict that the database reports, means that somebody else was first: read again, decide again. A write that was
//! given up and lands later fails on its guard, or is the one that was meant. What a refusal rests on is read at one
//! moment: nobody is refused for what was never true.

mod accounts;
mod api_keys;
mod audit;
mod copy;
mod database;
mod erase;
mod export;
mod failure;
mod id;
mod import;
mod keys;
mod known;
mod lane;
#[cfg(test)]
mod leavings;
mod login;
mod logins;
mod merge;
pub mod open;
mod phones;
#[cfg(test)]
mod plan;
mod pushes;
mod queue;
mod refreshes;
mod remote;
mod retry;
mod rows;
mod schema;
mod search;
mod sessions;
mod sweep;
mod transaction;
mod write;

pub use open::{Location, OpenError, SurrealStore};
pub use remote::Server;
