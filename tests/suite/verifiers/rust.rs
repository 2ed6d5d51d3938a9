//! Rust, with jsonwebtoken.

use std::process::Command;

use wxlogin_tests::document::Document;

use super::{DOCUMENT, Verifier, tests_of};

const FILE: &str = "verify_token.rs";

/// It cannot be compiled as quickly as the others are interpreted: cargo has built it beside this test.
fn verifier() -> Verifier {
    Verifier::documented(FILE, |_| Command::new(env!("CARGO_BIN_EXE_verify_token")))
}

tests_of!(Some(verifier()));

#[test]
fn what_was_built_is_what_is_documented() {
    let built = include_str!("../../programs/verify_token.rs");
    assert_eq!(Document::open(DOCUMENT).block(FILE).trim_end(), built.trim_end());
}
