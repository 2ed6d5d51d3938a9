//! Telephone numbers, as E.164 has them.

use std::fmt;

use crate::account::Account;
use crate::id::AccountId;
use crate::timestamp::Timestamp;

/// A telephone number in E.164, e.g. `+8613800138000`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PhoneNumber {
    e164: Box<str>,
    country_code: u16,
}

/// The text is no telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a telephone number")]
pub struct PhoneNumberError;

impl PhoneNumber {
    /// Reads an international number with its `+`.
    ///
    /// It must be possible in its numbering plan, not necessarily assigned: somebody has verified it, and new ranges
    /// open faster than the plan's metadata is renewed.
    ///
    /// # Errors
    /// When the text is no number, or longer than E.164 allows.
    pub fn parse(text: &str) -> Result<Self, PhoneNumberError> {
        // The longest E.164 number has 15 digits; what people write between them is tolerated. The library would read
        // letters as digits, as on a telephone's keys.
        let is_usual = |byte: u8| byte.is_ascii_digit() || matches!(byte, b' ' | b'-' | b'.' | b'(' | b')');
        let digits = text.strip_prefix('+').ok_or(PhoneNumberError)?;
        if text.len() > 32 || !digits.bytes().all(is_usual) {
            return Err(PhoneNumberError);
        }
        let number = phonenumber::parse(None, text).map_err(|_| PhoneNumberError)?;
        let country_code = number.code().value();
        let formatted = number.format().mode(phonenumber::Mode::E164).to_string();
        let written: String = digits.chars().filter(char::is_ascii_digit).collect();
        let e164 = if lacks_only_zeros(&formatted[1..], &written, country_code) {
            formatted
        } else {
            format!("+{written}")
        };
        if !(5..=16).contains(&e164.len()) || !e164[1..].bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PhoneNumberError);
        }
        Ok(Self {
            country_code,
            e164: e164.into(),
        })
    }

    /// Reads the platform's two parts: `countryCode` (such as `86`) and `purePhoneNumber` (without it).
    ///
    /// # Errors
    /// When they make no number.
    pub fn from_parts(country_code: &str, national: &str) -> Result<Self, PhoneNumberError> {
        let country_code = country_code.trim_start_matches('+');
        if country_code.is_empty() || !country_code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PhoneNumberError);
        }
        Self::parse(&format!("+{country_code}{national}"))
    }

    /// Takes back what a store kept of a number: its form is checked, not its numbering plan, which changes.
    ///
    /// # Errors
    /// When the text is not `+` and 4 to 15 digits that begin with the country code.
    pub fn restore(e164: &str, country_code: u16) -> Result<Self, PhoneNumberError> {
        let digits = e164.strip_prefix('+').ok_or(PhoneNumberError)?;
        let well_formed = (4..=15).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && digits.starts_with(&country_code.to_string());
        if !well_formed {
            return Err(PhoneNumberError);
        }
        Ok(Self {
            e164: e164.into(),
            country_code,
        })
    }

    /// `+` and digits.
    #[must_use]
    pub fn as_e164(&self) -> &str {
        &self.e164
    }

    /// The country calling code, e.g. 86.
    #[must_use]
    pub fn country_code(&self) -> u16 {
        self.country_code
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.e164)
    }
}

/// Whether of what was written only zeros behind the country code are missing, with which people in some countries dial.
/// The library also takes off what it holds for the prefix of a carrier, 179 in China: a whole number has none.
fn lacks_only_zeros(formatted: &str, written: &str, country_code: u16) -> bool {
    let code = country_code.to_string();
    let national = |digits: &str| {
        digits
            .strip_prefix(&code)
            .map(|rest| rest.trim_start_matches('0').to_owned())
    };
    national(formatted).is_some() && national(formatted) == national(written)
}

/// A number that WeChat vouched for, or the operator who imported it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedPhone {
    /// The number.
    pub number: PhoneNumber,
    /// When this service received that word.
    pub verified_at: Timestamp,
}

/// Whether several accounts may have one telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhonePolicy {
    /// They may: people of one family do share phones.
    Shared,
    /// They may not: a number that another account has is refused.
    Unique,
}

/// A number that is to be bound to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneBinding {
    /// The number.
    pub phone: VerifiedPhone,
    /// Whether another account may have it too.
    pub policy: PhonePolicy,
}

impl PhoneBinding {
    /// Whether the number is not to be bound to an account, because others have it. Whoever has it already keeps it: the
    /// policy may have been another one when it was bound.
    #[must_use]
    pub fn is_refused(&self, account: &Account, holders: &[AccountId]) -> bool {
        let has_it = account
            .phone
            .as_ref()
            .is_some_and(|phone| phone.number == self.phone.number);
        let others_have_it = holders.iter().any(|holder| *holder != account.id);
        self.policy == PhonePolicy::Unique && !has_it && others_have_it
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn from_parts_table() {
        let mut table = String::new();
        for (country_code, national) in [
            ("86", "13800138000"),
            ("+86", "138 0013 8000"),
            ("852", "61234567"),
            ("853", "66123456"),
            ("886", "0912345678"),
            ("1", "4155550123"),
            ("44", "07911 123456"),
            ("86", ""),
            ("", "13800138000"),
            ("86", "1380013800013800138000"),
            ("86", "not a number"),
            ("999", "13800138000"),
            ("八六", "13800138000"),
        ] {
            let number = PhoneNumber::from_parts(country_code, national);
            writeln!(table, "{country_code:>4} {national:<24} {number:?}").unwrap();
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn what_was_never_a_number_is_not_restored() {
        for (e164, country_code) in [
            ("", 86),
            ("+", 86),
            ("8613800138000", 86),
            ("+86138x", 86),
            ("+86138", 1),
        ] {
            assert_eq!(
                PhoneNumber::restore(e164, country_code),
                Err(PhoneNumberError),
                "{e164}"
            );
        }
    }

    /// What every number is, however it was read.
    fn check(number: &PhoneNumber) -> Result<(), TestCaseError> {
        let digits = number.as_e164().strip_prefix('+').unwrap();
        prop_assert!((4..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()));
        prop_assert!(digits.starts_with(&number.country_code().to_string()));
        let restored = PhoneNumber::restore(number.as_e164(), number.country_code());
        prop_assert_eq!(restored, Ok(number.clone()));
        prop_assert_eq!(number.to_string(), number.as_e164());
        Ok(())
    }

    proptest! {
        #[test]
        fn never_panics_and_what_is_read_is_restored(text in "\\+?[0-9 ()\\-]{0,24}|.{0,40}|\\+.{0,40}") {
            if let Ok(number) = PhoneNumber::parse(&text) {
                check(&number)?;
            }
        }

        #[test]
        fn no_two_parts_panic(country_code in "\\+{0,2}[0-9]{0,5}|.{0,10}", national in "[0-9 ().\\-]{0,24}|.{0,40}") {
            if let Ok(number) = PhoneNumber::from_parts(&country_code, &national) {
                check(&number)?;
            }
        }

        #[test]
        fn every_mobile_number_of_the_mainland_is_one(number in "1[3-9][0-9]{9}") {
            let read = PhoneNumber::from_parts("86", &number).unwrap();
            prop_assert_eq!(read.as_e164(), format!("+86{number}"));
            prop_assert_eq!(read.country_code(), 86);
            prop_assert_eq!(PhoneNumber::parse(read.as_e164()), Ok(read.clone()));
            check(&read)?;
        }

        #[test]
        fn what_is_restored_was_written_so(e164 in "\\+[0-9]{0,17}|.{0,20}", country_code in any::<u16>()) {
            if let Ok(number) = PhoneNumber::restore(&e164, country_code) {
                prop_assert_eq!(number.as_e164(), e164);
                prop_assert_eq!(number.country_code(), country_code);
            }
        }
    }
}
