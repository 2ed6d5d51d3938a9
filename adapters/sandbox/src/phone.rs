//! A user's phone number, as the platform tells it.

use serde::Serialize;

use crate::clock::UnixTime;
use crate::user::OpenId;
use crate::watermark::Watermark;

const MAINLAND: &str = "86";

/// A number in the platform's three forms.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Phone {
    /// A foreign number has its country code in front.
    #[serde(rename = "phoneNumber")]
    full: String,
    #[serde(rename = "purePhoneNumber")]
    national: String,
    country_code: CountryCode,
}

/// Documented as a string, and seen as a number.
#[derive(Clone, Serialize)]
#[serde(untagged)]
enum CountryCode {
    Text(String),
    Number(u32),
}

/// Whether the country code is a string of digits or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CountryCodeForm {
    Text,
    Number,
}

/// What the platform tells, encrypted or not.
#[derive(Serialize)]
pub(crate) struct PhoneInfo {
    #[serde(flatten)]
    pub(crate) phone: Phone,
    pub(crate) watermark: Watermark,
}

/// What a phone code stands for: the number that a user agreed to give, and the moment of it.
#[derive(Clone)]
pub(crate) struct PhoneGiven {
    pub(crate) openid: OpenId,
    pub(crate) phone: Phone,
    pub(crate) at: UnixTime,
}

/// Why something is no phone number; the text begins with the field's name.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadPhone {
    #[error("phone: the national number, 4 to 14 digits; the country code goes into country_code")]
    Number,
    #[error("country_code: 1 to 3 digits, without + and leading zeros")]
    CountryCode,
}

impl Phone {
    /// A national number in a country; without a country it is a mainland number.
    pub(crate) fn parse(number: String, country: Option<&str>, form: CountryCodeForm) -> Result<Self, BadPhone> {
        if !digits(&number, 4, 14) {
            return Err(BadPhone::Number);
        }
        let country = country.unwrap_or(MAINLAND);
        let country_number = country
            .parse()
            .ok()
            .filter(|_| digits(country, 1, 3) && !country.starts_with('0'))
            .ok_or(BadPhone::CountryCode)?;
        Ok(Self {
            full: if country == MAINLAND {
                number.clone()
            } else {
                format!("{country}{number}")
            },
            national: number,
            country_code: match form {
                CountryCodeForm::Text => CountryCode::Text(country.to_owned()),
                CountryCodeForm::Number => CountryCode::Number(country_number),
            },
        })
    }
}

fn digits(text: &str, fewest: usize, most: usize) -> bool {
    (fewest..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
