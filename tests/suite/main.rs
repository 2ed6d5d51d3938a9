//! Whole-service tests: one binary, one module per promise.

mod at_most_once;
mod caddy;
mod check;
mod config;
mod dev;
mod errcodes;
mod gateways;
mod hostile;
mod kill;
mod layers;
mod leaks;
mod mini_program;
mod nginx;
mod openapi;
mod operator;
mod outage;
mod phone;
mod push;
mod race;
mod readme;
mod rotation;
mod tls;
mod verifiers;
