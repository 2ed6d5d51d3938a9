//! The file that a copy of a whole store is kept in. It is the same for every backend, so it also moves a deployment
//! from one to another.
//!
//! | what | where |
//! |---|---|
//! | writing: [`BackupWriter`] | [`writer`] |
//! | reading, and examining before anything is believed: [`BackupReader`], [`examine`] | [`reader`] |
//! | encryption: [`Lock`], [`Unlock`] | [`lock`] |
//! | how many of each kind: [`Counts`] | [`counts`] |
//! | the lines, as JSON | `wire` |
//!
//! The file is lines of JSON, in UTF-8, each ended by a line feed:
//!
//! ```text
//! {"format":"wxlogin-backup","version":1,"created_at":"…","program":"…"}
//! {"account":{…}}        accounts, with what belongs to them
//! {"push":{…}}           then pushed messages, API keys and events, in any order
//! {"key_ring":{…}}       then the key ring, once
//! {"end":{"accounts":…,…,"sha256":"…"}}
//! ```
//!
//! The last line counts what there is of each kind and has the SHA-256 of all bytes before it, so that a file which was
//! cut short or altered is refused. Both directions take the memory of one line, whatever the size of the file. An
//! encrypted file is the same lines in the format of [age](https://age-encryption.org/v1), and is recognised by its
//! beginning.
//!
//! A file tells nobody's telephone number in an error: what does not make sense is told by the number of its line and
//! the name of its field.

pub mod counts;
pub mod lock;
pub mod reader;
mod turn;
mod wire;
pub mod writer;

pub use counts::Counts;
pub use lock::{KeyError, Lock, Recipient, Unlock};
pub use reader::{BackupReader, Examined, ReadError, examine};
pub use writer::{BackupWriter, WriteError};

/// What the first line says that the file is.
const FORMAT: &str = "wxlogin-backup";
/// The version of the format that is written, and the newest that is read.
const VERSION: u32 = 1;
/// The longest line in bytes, its end included: some ten thousand times what an account usually takes. Nothing longer is
/// written, and nothing longer is held in memory when it is read.
const MAX_LINE: usize = 16 << 20;
