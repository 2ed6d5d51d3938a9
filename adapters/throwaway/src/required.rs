//! A server that is not to be had leaves tests out, and fails them where all have to run.

/// What was asked for. Where it is not to be had the test says so and is over, unless
/// `WXLOGIN_TEST_REQUIRE_BACKENDS=1`.
///
/// # Panics
/// When it is required and not to be had.
#[must_use]
pub fn required<T>(found: Option<T>, name: &str) -> Option<T> {
    if found.is_none() {
        #[expect(clippy::disallowed_methods, reason = "a setting of the tests, not of the service")]
        let required = std::env::var("WXLOGIN_TEST_REQUIRE_BACKENDS").is_ok_and(|value| value == "1");
        assert!(!required, "{name} is required and not to be had: tests/run --tools");
        eprintln!("ignored: {name} is not to be had");
    }
    found
}
