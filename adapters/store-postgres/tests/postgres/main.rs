//! The store, against servers of one's own.

mod conformance;
mod copies;
mod outages;
mod replicas;
mod sample;
