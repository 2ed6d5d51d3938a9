//! Whether the cache that replicas share can be used.

use super::Finding;
use crate::config::CacheUrl;
use crate::wiring;

/// Nothing where each process has a cache of its own.
pub(super) async fn cache(cache: &CacheUrl) -> Option<Finding> {
    let probed = wiring::probe_cache(cache).await?;
    Some(match probed {
        Ok(()) => Finding::good(format!("cache: {cache} can be written")),
        Err(error) => Finding::bad(
            format!("cache: {cache} cannot be used: {error}"),
            "see that Redis runs there and lets this machine in: address, user and password, TLS (rediss://), maxmemory. \
             The service starts without it, and does without it until it is there",
        ),
    })
}
