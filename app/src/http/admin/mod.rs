//! `/admin/v1/…`: the operators' part of the API. Every call needs an API key with the scope `admin`; what it does, and
//! whom it shows, is in the audit log.

mod account_wire;
pub mod accounts;
pub mod api_keys;
pub mod audit;
pub mod keys;
pub mod merge;
pub mod sessions;
pub mod stats;
