//! How often somebody may ask, and what is left of it.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use crate::id::AccountId;
use crate::session::SessionRef;

/// The window of all limits.
pub const WINDOW: Duration = Duration::from_secs(60);

/// Who is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// An address; of an IPv6 address its network.
    Address(IpAddr),
    /// An account, over all its sessions.
    Account(AccountId),
    /// A session, by its refresh token. Not its account: whoever has a token that is worth nothing any more is not to use
    /// up what the account may.
    Session(SessionRef),
}

impl Subject {
    /// An address. The last 64 bits of an IPv6 address are whatever a device likes (RFC 8981): its network is counted.
    #[must_use]
    pub fn address(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V4(address) => address.into(),
            IpAddr::V6(address) => {
                let network = u128::from(address) & !u128::from(u64::MAX);
                Ipv6Addr::from(network).into()
            }
        })
    }

    /// What the limit is called in `RateLimit` headers.
    #[must_use]
    pub fn policy_name(&self) -> &'static str {
        match self {
            Self::Address(_) => "address",
            Self::Account(_) => "account",
            Self::Session(_) => "session",
        }
    }
}

/// How many requests each kind of subject may make in a minute; none is as many as it likes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rates {
    /// An address.
    pub per_address: Option<NonZeroU32>,
    /// An account, and each of its sessions for refreshing.
    pub per_account: Option<NonZeroU32>,
}

impl Rates {
    /// The rate of a subject.
    #[must_use]
    pub fn of(&self, subject: &Subject) -> Option<NonZeroU32> {
        match subject {
            Subject::Address(_) => self.per_address,
            Subject::Account(_) | Subject::Session(_) => self.per_account,
        }
    }
}

/// What a limit says to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Which limit.
    pub policy: &'static str,
    /// How many requests it allows per [`WINDOW`].
    pub quota: NonZeroU32,
    /// How many are left now.
    pub remaining: u32,
    /// When there is more: until the bucket is full where the request is allowed, until it may be repeated where not.
    pub reset: Duration,
    /// Whether the request is allowed.
    pub is_allowed: bool,
}

impl Allowance {
    /// The request is allowed, and so many more are left of the quota.
    #[must_use]
    pub fn allowed(subject: &Subject, quota: NonZeroU32, remaining: u32) -> Self {
        let missing = quota.get().saturating_sub(remaining);
        Self {
            policy: subject.policy_name(),
            quota,
            remaining,
            reset: reset((WINDOW / quota.get()).saturating_mul(missing)),
            is_allowed: true,
        }
    }

    /// The request is refused, and may be repeated after this wait.
    #[must_use]
    pub fn refused(subject: &Subject, quota: NonZeroU32, wait: Duration) -> Self {
        Self {
            policy: subject.policy_name(),
            quota,
            remaining: 0,
            reset: reset(wait),
            is_allowed: false,
        }
    }
}

/// Rounded up: headers count in seconds, and whoever comes back a moment too early is refused again. No wait is longer
/// than the window, unless somebody has set the clock back.
fn reset(span: Duration) -> Duration {
    Duration::from_secs(span.as_secs() + u64::from(span.subsec_nanos() > 0)).min(WINDOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_subject() {
        let subject = |address: &str| Subject::address(address.parse().unwrap());
        assert_eq!(subject("2001:db8:1:2::3"), subject("2001:db8:1:2:ffff::4"));
        assert_ne!(subject("2001:db8:1:2::3"), subject("2001:db8:1:3::3"));
        assert_eq!(subject("::ffff:203.0.113.9"), subject("203.0.113.9"));
        assert_ne!(subject("203.0.113.8"), subject("203.0.113.9"));
    }
}
