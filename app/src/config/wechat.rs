//! How WeChat is called.

use std::time::Duration;

use url::Url;

use super::fault::{Faults, Reported};
use super::raw::Group;
use super::settings::{SESSION_KEY_TTL, WATERMARK_MAX_AGE, WECHAT_TIMEOUT, WECHAT_URL};
use super::{base_url, duration};

/// How WeChat is called, and how far its data is believed.
#[derive(Debug, Clone)]
pub struct Wechat {
    /// Base address of the server API.
    pub url: Url,
    /// Whether somebody named that address. Where nobody did, `wxlogin dev` brings its own platform.
    pub url_is_configured: bool,
    /// Longest time of a whole call.
    pub timeout: Duration,
    /// Longest time to connect, out of [`Wechat::timeout`].
    pub connect_timeout: Duration,
    /// How old encrypted data may be, by its watermark.
    pub watermark_max_age: Duration,
    /// How long a `session_key` is kept after a login.
    pub session_key_ttl: Duration,
}

const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

impl Wechat {
    /// A platform at some address of this machine, with short deadlines.
    ///
    /// # Panics
    /// Never: the address is well-formed.
    #[must_use]
    pub fn for_testing() -> Self {
        Self {
            url: Url::parse("http://127.0.0.1:8090").expect("the address is well-formed"),
            url_is_configured: true,
            timeout: Duration::from_secs(1),
            connect_timeout: Duration::from_secs(1),
            watermark_max_age: Duration::from_mins(10),
            session_key_ttl: Duration::from_hours(24),
        }
    }

    pub(super) fn read(group: &Group, faults: &mut Faults) -> Result<Self, Reported> {
        let url = group.required(&WECHAT_URL, faults, |text| {
            base_url::parse(text, "https://api.weixin.qq.com")
        });
        let timeout = group.required(&WECHAT_TIMEOUT, faults, |text| duration::parse(text, "100ms", "60s"));
        let max_age = group.required(&WATERMARK_MAX_AGE, faults, |text| duration::parse(text, "10s", "24h"));
        let session_key_ttl = group.required(&SESSION_KEY_TTL, faults, |text| duration::parse(text, "1m", "30d"));
        let timeout = timeout?;
        Ok(Self {
            url: url?,
            url_is_configured: !group.is_default(&WECHAT_URL),
            timeout,
            connect_timeout: CONNECT_TIMEOUT.min(timeout),
            watermark_max_age: max_age?,
            session_key_ttl: session_key_ttl?,
        })
    }
}
