//! `GET /sns/jscode2session`: a code becomes an identity.

use poem::http::Method;
use secrecy::ExposeSecret as _;
use serde::Serialize;

use super::Api;
use super::errcode::Errcode;
use super::received::Received;
use crate::code::CodeRefused;
use crate::config::SandboxConfig;
use crate::signature;
use crate::state::State;
use crate::user::OpenId;

#[derive(Serialize)]
pub(crate) struct Identity {
    session_key: String,
    openid: OpenId,
    #[serde(skip_serializing_if = "Option::is_none")]
    unionid: Option<String>,
}

/// Checks what is missing first, then what is wrong, then how often, and touches the code last: a
/// request that is refused for another reason does not use it up.
pub(crate) fn answer(config: &SandboxConfig, state: &mut State, received: &Received) -> Result<Identity, Errcode> {
    if received.method != Method::GET {
        return Err(Errcode::REQUIRE_GET);
    }
    let appid = received.param("appid").ok_or(Errcode::APPID_MISSING)?;
    let secret = received.param("secret").ok_or(Errcode::SECRET_MISSING)?;
    let code = received.param("js_code").ok_or(Errcode::CODE_MISSING)?;
    if received.param("grant_type") != Some("authorization_code") {
        return Err(Errcode::INVALID_GRANT_TYPE);
    }
    authenticate(config, appid, secret)?;

    let now = state.clock.now();
    state.quotas.admit(Api::Jscode2session, appid, now)?;
    let openid = state.login_codes.look_up(code, appid, now)?.user.openid(appid);
    state.quotas.admit_user(Api::Jscode2session, &openid, now)?;
    let login = state.login_codes.redeem(code, appid, now)?;
    Ok(Identity {
        session_key: login.session_key.text().expose_secret().to_owned(),
        openid,
        unionid: state.unionid(&login.user),
    })
}

impl From<CodeRefused> for Errcode {
    fn from(refused: CodeRefused) -> Self {
        match refused {
            CodeRefused::Invalid => Self::INVALID_CODE,
            CodeRefused::Used => Self::CODE_USED,
        }
    }
}

/// The app's credentials, as every endpoint that takes them checks them.
pub(crate) fn authenticate(config: &SandboxConfig, appid: &str, secret: &str) -> Result<(), Errcode> {
    let app = config.app(appid).ok_or(Errcode::INVALID_APPID)?;
    if signature::same(secret, app.secret.expose_secret()) {
        Ok(())
    } else {
        Err(Errcode::INVALID_SECRET)
    }
}
