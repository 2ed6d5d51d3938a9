//! Names for addresses.

use std::net::IpAddr;

use crate::audit::IpPseudonym;

/// Names addresses without telling them.
///
/// An implementation MUST give an address the same name on every replica of a deployment and after a restart, and MUST
/// be keyed: there are few enough addresses to try them all. Addresses of one IPv6 network of 64 bits, which is one
/// household, SHOULD share a name.
#[cfg_attr(feature = "test-support", mockall::automock)]
pub trait IpPseudonyms: Send + Sync {
    /// The name of an address.
    fn of(&self, address: IpAddr) -> IpPseudonym;
}

#[cfg(feature = "test-support")]
impl MockIpPseudonyms {
    /// Names that anybody can read.
    #[must_use]
    pub fn readable() -> Self {
        let mut mock = Self::new();
        mock.expect_of()
            .returning(|address| IpPseudonym(format!("ip_{address}").into()));
        mock
    }
}
