//! The order of things in a backup.

use wxlogin_domain::copy::CopyItem;

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Accounts,
    Others,
    KeyRing,
}

/// Sees to it that accounts come first and the key ring last, and once: whoever restores a part of a backup has no key
/// ring then, which shows.
#[derive(Debug)]
pub(crate) struct Turns(Turn);

impl Turns {
    pub(crate) fn new() -> Self {
        Self(Turn::Accounts)
    }

    /// Whether it is this item's turn.
    pub(crate) fn take(&mut self, item: &CopyItem) -> bool {
        let turn = match item {
            CopyItem::Account(_) => Turn::Accounts,
            CopyItem::Push(_) | CopyItem::ApiKey(_) | CopyItem::Event(_) => Turn::Others,
            CopyItem::KeyRing(_) => Turn::KeyRing,
        };
        let may = self.0 <= turn && self.0 != Turn::KeyRing;
        self.0 = self.0.max(turn);
        may
    }
}
