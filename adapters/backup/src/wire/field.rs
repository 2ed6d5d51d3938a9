//! Fields that are texts on the wire and values within.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use wxlogin_domain::timestamp::Timestamp;

/// A field holds what it must not. What it holds is not said: it may be personal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WireError {
    /// The field's name.
    pub(crate) field: &'static str,
}

/// What was parsed, or the name of the field that it stands in.
pub(super) fn read<T, E>(field: &'static str, parsed: Result<T, E>) -> Result<T, WireError> {
    parsed.map_err(|_| WireError { field })
}

/// What a word means, or the name of the field that it stands in.
pub(super) fn known<T>(field: &'static str, meaning: Option<T>) -> Result<T, WireError> {
    meaning.ok_or(WireError { field })
}

/// A field that may be absent.
pub(super) fn optional<T>(
    text: Option<String>,
    parse: impl FnOnce(&str) -> Result<T, WireError>,
) -> Result<Option<T>, WireError> {
    text.map(|text| parse(&text)).transpose()
}

pub(super) fn time(field: &'static str, text: &str) -> Result<Timestamp, WireError> {
    read(field, Timestamp::parse(text))
}

pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

pub(super) fn bytes(field: &'static str, text: &str) -> Result<Vec<u8>, WireError> {
    read(field, STANDARD.decode(text))
}

pub(super) fn hash(field: &'static str, text: &str) -> Result<[u8; 32], WireError> {
    read(field, bytes(field, text)?.try_into())
}
