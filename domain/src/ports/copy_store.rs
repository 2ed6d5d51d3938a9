//! Copying a whole store: what backups are made of, and how a deployment moves from one backend to another.

use async_trait::async_trait;

use super::store::StoreError;
use crate::copy::CopyItem;

/// How many items a piece has at the most, read or written: so that copying takes little memory and short transactions,
/// however much there is.
pub const MAX_PIECE: usize = 1000;

/// Reads a store from end to end, piece by piece.
#[async_trait]
pub trait Export: Send {
    /// The next piece, of at most [`MAX_PIECE`] items; none at the end. What nobody can read is left out and told of in
    /// the log.
    ///
    /// MUST answer accounts before all else and the key ring last, so that a copy that was cut short shows.
    async fn next(&mut self) -> Result<Option<Vec<CopyItem>>, StoreError>;
}

/// Copies a store. See [`Store`](super::store::Store) for what all operations promise.
#[async_trait]
pub trait CopyStore: Send + Sync {
    /// Whether nothing is in it.
    async fn is_empty(&self) -> Result<bool, StoreError>;

    /// Begins to read everything.
    ///
    /// SHOULD show the store as it is at one moment. An implementation that cannot MUST show each account, with its
    /// sessions and all that leads to it, as it is at one moment.
    async fn export(&self) -> Result<Box<dyn Export>, StoreError>;

    /// Adds what was read from another store, at most [`MAX_PIECE`] items, all of it in one act.
    ///
    /// What is there stays: an item that is there already, and what leads to another account already, change nothing. So
    /// it may be done again.
    async fn import(&self, items: &[CopyItem]) -> Result<(), StoreError>;
}
