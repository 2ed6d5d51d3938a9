//! Pseudonyms of addresses: an HMAC-SHA-256, cut short.

use std::net::IpAddr;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use wxlogin_domain::audit::IpPseudonym;
use wxlogin_domain::ports::ip_pseudonyms::IpPseudonyms;

/// Lets people see what a string is.
const PREFIX: &str = "ip_";
/// Enough that two addresses of one deployment hardly ever share a name.
const LENGTH: usize = 12;

/// Names addresses under a key.
pub struct HmacIpPseudonyms(hmac::Key);

impl HmacIpPseudonyms {
    /// With a key derived from that of the refresh tokens' MAC, which all replicas share and which outlives a change of
    /// the master key.
    #[must_use]
    pub fn new(refresh_mac: &[u8]) -> Self {
        let parent = hmac::Key::new(hmac::HMAC_SHA256, refresh_mac);
        let derived = hmac::sign(&parent, b"wxlogin ip pseudonym v1");
        Self(hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref()))
    }
}

impl IpPseudonyms for HmacIpPseudonyms {
    fn of(&self, address: IpAddr) -> IpPseudonym {
        let tag = match address.to_canonical() {
            IpAddr::V4(address) => hmac::sign(&self.0, &address.octets()),
            // The network alone: the other 64 bits change from day to day, by design (RFC 8981).
            IpAddr::V6(address) => hmac::sign(&self.0, &address.octets()[..8]),
        };
        let name = URL_SAFE_NO_PAD.encode(&tag.as_ref()[..LENGTH]);
        IpPseudonym(format!("{PREFIX}{name}").into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(key: u8, address: &str) -> IpPseudonym {
        HmacIpPseudonyms::new(&[key; 32]).of(address.parse().unwrap())
    }

    #[test]
    fn an_address_has_one_name_under_one_key() {
        assert_eq!(name(1, "203.0.113.9"), name(1, "203.0.113.9"));
        assert_eq!(name(1, "203.0.113.9"), name(1, "::ffff:203.0.113.9"));
        assert_ne!(name(1, "203.0.113.9"), name(1, "203.0.113.8"));
        assert_ne!(name(1, "203.0.113.9"), name(2, "203.0.113.9"));
        assert!(!name(1, "203.0.113.9").0.contains("203"));
    }

    #[test]
    fn a_household_has_one_name() {
        assert_eq!(name(1, "2001:db8:1:2::3"), name(1, "2001:db8:1:2:ffff::4"));
        assert_ne!(name(1, "2001:db8:1:2::3"), name(1, "2001:db8:1:3::3"));
    }
}
