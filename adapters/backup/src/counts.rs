//! How many things of each kind a backup holds.

use std::fmt;

use wxlogin_domain::copy::CopyItem;

/// How many things of each kind there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Accounts.
    pub accounts: u64,
    /// Sessions of those.
    pub sessions: u64,
    /// Messages that WeChat pushed.
    pub pushes: u64,
    /// API keys.
    pub api_keys: u64,
    /// Events of the audit log.
    pub events: u64,
    /// Key rings: one, in the backup of a deployment.
    pub key_rings: u64,
}

impl Counts {
    /// Counts one thing more.
    pub fn add(&mut self, item: &CopyItem) {
        match item {
            CopyItem::Account(copy) => {
                self.accounts += 1;
                self.sessions += copy.sessions.len() as u64;
            }
            CopyItem::Push(_) => self.pushes += 1,
            CopyItem::ApiKey(_) => self.api_keys += 1,
            CopyItem::Event(_) => self.events += 1,
            CopyItem::KeyRing(_) => self.key_rings += 1,
        }
    }

    /// How many items that is. Sessions are parts of their accounts.
    #[must_use]
    pub fn items(&self) -> u64 {
        self.accounts + self.pushes + self.api_keys + self.events + self.key_rings
    }
}

impl fmt::Display for Counts {
    /// For people: `2 accounts, 3 sessions, …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            (self.accounts, "account"),
            (self.sessions, "session"),
            (self.pushes, "pushed message"),
            (self.api_keys, "API key"),
            (self.events, "audit event"),
            (self.key_rings, "key ring"),
        ];
        for (number, (count, what)) in parts.into_iter().enumerate() {
            let separator = if number == 0 { "" } else { ", " };
            let plural = if count == 1 { "" } else { "s" };
            write!(f, "{separator}{count} {what}{plural}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_many() {
        let counts = Counts {
            accounts: 1,
            sessions: 2,
            key_rings: 1,
            ..Counts::default()
        };
        let text = "1 account, 2 sessions, 0 pushed messages, 0 API keys, 0 audit events, 1 key ring";
        assert_eq!(counts.to_string(), text);
        assert_eq!(counts.items(), 2);
    }
}
