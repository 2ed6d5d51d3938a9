//! How often mini programs may ask.

mod accounts;
mod addresses;
mod headers;
mod paths;

use std::num::NonZeroU32;

use ipnet::IpNet;

use crate::app::{Setup, TestApp};
use crate::rate_headers::{Limit, limits};
use crate::reply::Reply;

/// So many requests in a minute; none where it is 0.
fn at(per_address: u32, per_account: u32) -> Setup {
    Setup::with_config(|config| {
        config.limits.rates.per_address = NonZeroU32::new(per_address);
        config.limits.rates.per_account = NonZeroU32::new(per_account);
        config.server.trusted_proxies = ["10.0.0.0/8", "fd00::/8"]
            .map(|net| net.parse::<IpNet>().unwrap())
            .into();
    })
}

async fn start(per_address: u32, per_account: u32) -> TestApp {
    at(per_address, per_account).start().await
}

/// What an answer says of one limit.
fn limit(reply: &Reply, policy: &str) -> Option<Limit> {
    limits(reply).into_iter().find(|limit| limit.policy == policy)
}
