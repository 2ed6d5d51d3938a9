//! `POST /sandbox/phone`: the user taps the `getPhoneNumber` button of earlier days, which gives
//! encrypted data.

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use super::target;
use crate::cipher;
use crate::phone::{CountryCodeForm, Phone, PhoneInfo};
use crate::sandbox::Sandbox;
use crate::session_key::Rotation;
use crate::user::UserName;
use crate::watermark::Watermark;

/// Who taps the button, and the number that the button gives.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    pub(super) appid: Option<String>,
    #[serde(default)]
    pub(super) user: UserName,
    phone: Option<String>,
    country_code: Option<String>,
    #[serde(default)]
    country_code_as_number: bool,
}

impl Asked {
    /// The number asked for, or the user's own.
    pub(super) fn phone(&self) -> Result<Phone, Refusal> {
        let number = self.phone.clone().unwrap_or_else(|| self.user.phone_number());
        let form = if self.country_code_as_number {
            CountryCodeForm::Number
        } else {
            CountryCodeForm::Text
        };
        Phone::parse(number, self.country_code.as_deref(), form)
            .map_err(|error| Refusal::bad_request(error.to_string()))
    }
}

#[derive(Serialize)]
pub(super) struct Encrypted {
    encrypted_data: String,
    iv: String,
}

pub(super) fn run(sandbox: &Sandbox, asked: &Asked) -> Result<Encrypted, Refusal> {
    let appid = target::appid(sandbox.config(), asked.appid.as_deref())?;
    let phone = asked.phone()?;

    // The key of now, not the one of some earlier code: this is what makes a login within the
    // button's callback go wrong.
    let mut state = sandbox.state();
    let key = state.session_key(appid, &asked.user, Rotation::Keep)?;
    let payload = PhoneInfo {
        phone,
        watermark: Watermark {
            timestamp: state.clock.now().seconds(),
            appid: appid.to_owned(),
        },
    };
    let sealed = cipher::seal(&key, &serde_json::to_vec(&payload)?)?;
    Ok(Encrypted {
        encrypted_data: sealed.encrypted_data,
        iv: sealed.iv,
    })
}
