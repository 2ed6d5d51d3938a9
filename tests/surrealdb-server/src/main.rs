//! A SurrealDB server, for the tests that need one: `wxlogin-tests-surrealdb-server start --bind 127.0.0.1:PORT memory`.

use std::process::ExitCode;

use surrealdb_server::core::CommunityComposer;

fn main() -> ExitCode {
    surrealdb_server::init(CommunityComposer())
}
