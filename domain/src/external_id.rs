//! The id that a business knows a person by.

use std::fmt;

/// Why a text is no external id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExternalIdError {
    /// There is nothing.
    #[error("it is empty")]
    Empty,
    /// Longer than any id.
    #[error("it is longer than {} characters", ExternalId::MAX_LENGTH)]
    TooLong,
    /// A control character.
    #[error("it has a control character")]
    ControlCharacter,
    /// A blank before or after it: two ids that look the same are compared by somebody sooner or later.
    #[error("it begins or ends with a blank")]
    Blank,
    /// A character that is not seen, such as those that spreadsheets and web pages leave behind.
    #[error("it has a character that is not seen")]
    Invisible,
}

/// Soft hyphens, marks of width zero and of direction: of the general category Cf of Unicode what is met in texts.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

/// The id that a business knows a person by: 1 to 128 characters, without control characters and others that are not
/// seen, and without blanks around it. Nobody here reads more into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalId(Box<str>);

impl ExternalId {
    /// The longest one, in characters.
    pub const MAX_LENGTH: usize = 128;

    /// Checks an id, and keeps it as it is.
    ///
    /// # Errors
    /// When it is empty or too long, has characters that are not seen, or blanks around it.
    pub fn parse(text: &str) -> Result<Self, ExternalIdError> {
        if text.is_empty() {
            return Err(ExternalIdError::Empty);
        }
        if text.chars().any(char::is_control) {
            return Err(ExternalIdError::ControlCharacter);
        }
        if text.trim() != text {
            return Err(ExternalIdError::Blank);
        }
        if text.chars().any(is_invisible) {
            return Err(ExternalIdError::Invisible);
        }
        if text.chars().count() > Self::MAX_LENGTH {
            return Err(ExternalIdError::TooLong);
        }
        Ok(Self(text.into()))
    }

    /// The id as the business writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ExternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn parse_table() {
        let mut table = String::new();
        let (longest, too_long) = ("号".repeat(128), "号".repeat(129));
        for text in [
            "10023",
            "客户/17 a",
            "0",
            "",
            " ",
            " 1",
            "1 ",
            "1\u{3000}",
            "\u{a0}1",
            "1\n",
            "a\u{7}b",
            "a\u{85}b",
            "1\u{200b}",
            "\u{feff}1",
            "1\u{ad}0",
            &longest,
            &too_long,
        ] {
            let shown: String = text.chars().take(8).collect();
            let parsed = ExternalId::parse(text);
            assert!(parsed.iter().all(|id| id.as_str() == text));
            writeln!(table, "{shown:?}: {:?}", parsed.map(drop)).unwrap();
        }
        insta::assert_snapshot!(table);
    }
}
