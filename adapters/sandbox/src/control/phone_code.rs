//! `POST /sandbox/phone-code`: the user taps the `getPhoneNumber` button of today, whose callback
//! gets `detail.code`.

use super::code::Code;
use super::phone::Asked;
use super::refusal::Refusal;
use super::target;
use crate::sandbox::Sandbox;

pub(super) fn run(sandbox: &Sandbox, asked: &Asked) -> Result<Code, Refusal> {
    let config = sandbox.config();
    let appid = target::appid(config, asked.appid.as_deref())?;
    let phone = asked.phone()?;
    let code = sandbox
        .state()
        .give_phone(appid, &asked.user, phone, config.code_lifetime)?;
    Ok(Code { code })
}
