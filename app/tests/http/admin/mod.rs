//! `/admin/v1/…`: what operators do, with an API key.

mod accounts;
mod api_keys;
mod audit_actions;
mod audit_filters;
mod audit_origins;
mod erasure;
mod failed_logins;
mod guarded;
mod keys;
mod merge;
mod paging;
mod replicas;
mod search;
mod sessions;
mod stats;
mod unionid_conflicts;
