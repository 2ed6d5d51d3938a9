//! The codes that WeChat hands to the mini program: that of `wx.login`, and that of the getPhoneNumber button.

use secrecy::{ExposeSecret, SecretString};

/// A temporary login code of `wx.login`: lives five minutes, works once.
///
/// It is a credential until it was exchanged, so it is kept like a secret and never shows in `Debug`.
#[derive(Debug, Clone)]
pub struct JsCode(SecretString);

/// Why a text is no login code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JsCodeError {
    /// There is none: the field is absent, null or empty.
    #[error("the code is missing")]
    Missing,
    /// The developer tools' placeholder for projects without an appid.
    #[error("the code is the developer tools' mock code")]
    DevtoolsMock,
    /// It has a character that no code has, or too many of them.
    #[error("the code is malformed")]
    Malformed,
}

/// What the WeChat developer tools answer from `wx.login` when the project has no appid.
const DEVTOOLS_MOCK_CODE: &str = "the code is a mock one";

impl JsCode {
    /// The longest code accepted; today's are 32 to 64 characters long.
    pub const MAX_LENGTH: usize = 128;

    /// Accepts 1 to 128 characters of `A-Z a-z 0-9 _ -`.
    ///
    /// # Errors
    /// Says whether the code is missing, the developer tools' mock, or malformed.
    pub fn parse(text: &str) -> Result<Self, JsCodeError> {
        if text.is_empty() {
            return Err(JsCodeError::Missing);
        }
        if text == DEVTOOLS_MOCK_CODE {
            return Err(JsCodeError::DevtoolsMock);
        }
        if !is_well_formed(text) {
            return Err(JsCodeError::Malformed);
        }
        Ok(Self(text.into()))
    }

    /// The code itself, for the one call that exchanges it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// The `code` of the getPhoneNumber button: another one than that of `wx.login`, of the same form, and as secret. Lives
/// five minutes, works once.
#[derive(Debug, Clone)]
pub struct PhoneCode(SecretString);

/// The text is no code of the getPhoneNumber button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the phone code is malformed")]
pub struct PhoneCodeError;

impl PhoneCode {
    /// Accepts 1 to 128 characters of `A-Z a-z 0-9 _ -`.
    ///
    /// # Errors
    /// When the text has another form.
    pub fn parse(text: &str) -> Result<Self, PhoneCodeError> {
        if is_well_formed(text) {
            Ok(Self(text.into()))
        } else {
            Err(PhoneCodeError)
        }
    }

    /// The code itself, for the call that exchanges it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

fn is_well_formed(text: &str) -> bool {
    (1..=JsCode::MAX_LENGTH).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parse_table() {
        let long_enough = "a".repeat(128);
        let too_long = "a".repeat(129);
        let cases = [
            "",
            "0a3Xyz_-9",
            "a",
            &long_enough,
            &too_long,
            "the code is a mock one",
            "with blank",
            " leading",
            "trailing\n",
            "a+b",
            "a/b",
            "a=",
            "中文",
            "null",
            "[object Object]",
            "a\0b",
        ];
        let mut table = String::new();
        for case in cases {
            let shown = if case.len() > 40 {
                format!("{} times 'a'", case.len())
            } else {
                format!("{case:?}")
            };
            let outcome = JsCode::parse(case).map(|_| "code").map_err(|error| error.to_string());
            writeln!(table, "{shown:<28} {outcome:?}").unwrap();
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn debug_does_not_show_it() {
        let code = JsCode::parse("canary-code").unwrap();
        assert!(!format!("{code:?}").contains("canary"));
        let code = PhoneCode::parse("canary-code").unwrap();
        assert!(!format!("{code:?}").contains("canary"));
    }

    proptest! {
        #[test]
        fn whatever_parses_comes_back_unchanged(text in ".{0,200}|[A-Za-z0-9_-]{0,200}") {
            if let Ok(code) = JsCode::parse(&text) {
                prop_assert_eq!(code.expose(), &text);
            }
            if let Ok(code) = PhoneCode::parse(&text) {
                prop_assert_eq!(code.expose(), &text);
            }
        }

        #[test]
        fn every_well_formed_code_parses(text in "[A-Za-z0-9_-]{1,128}") {
            prop_assert!(JsCode::parse(&text).is_ok());
            prop_assert!(PhoneCode::parse(&text).is_ok());
        }

        #[test]
        fn a_text_with_any_other_character_is_no_code(
            before in "[A-Za-z0-9_-]{0,20}",
            other in "[^A-Za-z0-9_-]",
            after in "[A-Za-z0-9_-]{0,20}",
        ) {
            let text = format!("{before}{other}{after}");
            prop_assert!(JsCode::parse(&text).is_err());
            prop_assert_eq!(PhoneCode::parse(&text).err(), Some(PhoneCodeError));
        }

        #[test]
        fn both_codes_have_one_form(text in ".{0,200}|[A-Za-z0-9_-]{100,150}") {
            prop_assert_eq!(JsCode::parse(&text).is_ok(), PhoneCode::parse(&text).is_ok());
        }
    }
}
