//! `POST /v1/introspect` (RFC 7662).

mod active;
mod callers;
mod forms;
mod inactive;
