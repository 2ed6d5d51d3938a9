//! Whole-service tests: one binary, one module per promise.

mod at_most_once;
mod check;
mod config;
mod dev;
mod errcodes;
mod hostile;
mod kill;
mod layers;
mod leaks;
mod openapi;
mod race;
mod readme;
mod tls;
mod tokens;
