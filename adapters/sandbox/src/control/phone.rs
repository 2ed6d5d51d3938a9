//! `POST /sandbox/phone`: the user taps the `getPhoneNumber` button.

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use super::target;
use super::watermark::Watermark;
use crate::cipher;
use crate::sandbox::Sandbox;
use crate::session_key::Rotation;
use crate::user::UserName;

const MAINLAND: &str = "86";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    appid: Option<String>,
    #[serde(default)]
    user: UserName,
    phone: Option<String>,
    country_code: Option<String>,
    #[serde(default)]
    country_code_as_number: bool,
}

#[derive(Serialize)]
pub(super) struct Encrypted {
    encrypted_data: String,
    iv: String,
}

/// What is in the encrypted data, by the platform's documentation of `getPhoneNumber`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Payload<'a> {
    /// A foreign number has its country code in front.
    phone_number: String,
    /// The national number.
    pure_phone_number: &'a str,
    country_code: CountryCode<'a>,
    watermark: Watermark<'a>,
}

/// Documented as a string, and seen as a number.
#[derive(Serialize)]
#[serde(untagged)]
enum CountryCode<'a> {
    Text(&'a str),
    Number(u32),
}

pub(super) fn run(sandbox: &Sandbox, asked: &Asked) -> Result<Encrypted, Refusal> {
    let appid = target::appid(sandbox.config(), asked.appid.as_deref())?;
    let number = asked.phone.clone().unwrap_or_else(|| asked.user.phone_number());
    if !digits(&number, 4, 14) {
        return Err(Refusal::bad_request(
            "phone: the national number, 4 to 14 digits; the country code goes into country_code",
        ));
    }
    let country = asked.country_code.as_deref().unwrap_or(MAINLAND);
    let country_number = country
        .parse()
        .ok()
        .filter(|_| digits(country, 1, 3) && !country.starts_with('0'))
        .ok_or_else(|| Refusal::bad_request("country_code: 1 to 3 digits, without + and leading zeros"))?;

    // The key of now, not the one of some earlier code: this is what makes a login within the
    // button's callback go wrong.
    let mut state = sandbox.state();
    let key = state.session_key(appid, &asked.user, Rotation::Keep)?;
    let payload = Payload {
        phone_number: if country == MAINLAND {
            number.clone()
        } else {
            format!("{country}{number}")
        },
        pure_phone_number: &number,
        country_code: if asked.country_code_as_number {
            CountryCode::Number(country_number)
        } else {
            CountryCode::Text(country)
        },
        watermark: Watermark {
            timestamp: state.clock.now().seconds(),
            appid,
        },
    };
    let sealed = cipher::seal(&key, &serde_json::to_vec(&payload)?)?;
    Ok(Encrypted {
        encrypted_data: sealed.encrypted_data,
        iv: sealed.iv,
    })
}

fn digits(text: &str, fewest: usize, most: usize) -> bool {
    (fewest..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
