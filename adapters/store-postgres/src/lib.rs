//! A store in PostgreSQL, 13 or later, which many replicas share.
//!
//! | what | where |
//! |---|---|
//! | opening and closing, settings of connections | [`open`] |
//! | tables and their version | `schema`, and the directory `migrations` |
//! | rows: what a table holds, and the domain's values in it | `rows` |
//! | connections, one in somebody's hands, transactions | `pool`, `lease` |
//! | what an error of the database means, trying again | `failure`, `retry` |
//! | pages of what would be too long at once | `page` |
//! | the port of accounts | `accounts`, with `login`, `search`, `phones`, `erase`, `merge`; users in bulk: `import` |
//! | the other ports | `sessions` (with `sweep`), `keys`, `api_keys`, `audit`, `pushes`, `copy` |
//!
//! How operations stay atomic, at the level READ COMMITTED, where each statement sees what was committed when it began:
//! - What is done often, logins above all, reads with one statement, lets the domain decide, and writes with one more
//!   that is guarded by what was read: an account's `rev`, a session's generation, the absence of a row. It commits by
//!   itself. A guard that fails means that somebody else was first: read again, decide again.
//! - What is done seldom locks the account first, and then reads, decides and writes as long as it likes.
//!
//! Both meet in the account's row: a login changes it, too, in the statement that begins its session. So it waits for
//! whoever has locked the row, and then finds the revision changed that it was decided on.
//!
//! A write that was given up and lands later fails on its guard, or is the one that was meant.

mod accounts;
mod api_keys;
mod audit;
mod copy;
mod erase;
mod failure;
mod import;
mod keys;
mod lease;
mod login;
mod merge;
pub mod open;
mod phones;
#[cfg(test)]
mod plan;

mod pool;
mod pushes;
mod retry;
mod rows;
mod schema;
mod search;
mod sessions;
mod sweep;

pub use open::{OpenError, PostgresStore};
