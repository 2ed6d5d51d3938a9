//! Whole-service tests: one binary, one module per promise.

#[macro_use]
mod databases;

mod at_most_once;
mod backup;
mod caddy;
mod check;
mod config;
mod dev;
mod errcodes;
mod gateways;
mod getting_started;
mod hostile;
mod import;
mod kill;
mod layers;
mod leaks;
mod mini_program;
mod nginx;
mod openapi;
mod operator;
mod outage;
mod phone;
mod playground;
mod push;
mod race;
mod readme;
mod redis_failure;
mod replicas;
mod rotation;
mod store_failure;
mod tls;
mod verifiers;
