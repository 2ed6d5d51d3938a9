//! An app, its users, and the answers of a platform that is well.

use std::time::Duration;

use serde_json::json;
use url::Url;
use wxlogin_domain::code::{JsCode, PhoneCode};
use wxlogin_domain::identity::{AppId, OpenId};
use wxlogin_domain::ports::wechat_failure::WechatFailure;
use wxlogin_domain::session_key::SessionKey;
use wxlogin_wechat::credentials::{AppCredentials, AppSecret};
use wxlogin_wechat::platform::{Platform, PlatformConfig};
use wxlogin_wechat::{Connections, Outbound};

use crate::server::{Received, Reply};

pub const SECRET: &str = "canary-app-secret-0123456789abcd";
pub const KEY: &str = "o0q0otL8aEzpcZL/FT9WsQ==";
pub const NEW_KEY: &str = "tiihtNczf5v6AKRyjwEUhQ==";

pub fn app() -> AppId {
    AppId::parse("wx4f4bc4dec97d474b").unwrap()
}

pub fn openid() -> OpenId {
    OpenId::parse("oGZUI0egBJY1zhBYw2KhdUfwVJJE").unwrap()
}

pub fn js_code(text: &str) -> JsCode {
    JsCode::parse(text).unwrap()
}

pub fn phone_code(text: &str) -> PhoneCode {
    PhoneCode::parse(text).unwrap()
}

pub fn session_key() -> SessionKey {
    SessionKey::parse(KEY).unwrap()
}

pub fn credentials() -> AppCredentials {
    AppCredentials {
        app: app(),
        secret: AppSecret::new(SECRET.into()),
    }
}

/// A deadline that no test waits for.
pub const AMPLE: Duration = Duration::from_secs(20);

pub fn platform(url: Url, timeout: Duration) -> Platform {
    let connect_timeout = timeout / 2;
    Platform::new(PlatformConfig {
        url,
        timeout,
        connect_timeout,
    })
    .unwrap()
}

pub fn connect(url: Url) -> Connections {
    connect_within(url, Outbound::default())
}

pub fn connect_within(url: Url, outbound: Outbound) -> Connections {
    wxlogin_wechat::connect(platform(url, AMPLE), vec![credentials()], outbound)
}

/// What a platform that is well answers.
pub fn well(request: &Received) -> String {
    let answer = match request.api() {
        "jscode2session" => json!({"openid": openid().as_str(), "session_key": KEY}),
        "stable_token" => json!({"access_token": "canary-token-1", "expires_in": 7200}),
        "getuserphonenumber" => json!({
            "errcode": 0,
            "errmsg": "ok",
            "phone_info": {
                "phoneNumber": "13580006666",
                "purePhoneNumber": "13580006666",
                "countryCode": "86",
                "watermark": {"timestamp": 1_637_744_274, "appid": app().as_str()},
            },
        }),
        "checksession" => json!({"errcode": 0, "errmsg": "ok"}),
        "resetusersessionkey" => {
            json!({"errcode": 0, "errmsg": "ok", "openid": openid().as_str(), "session_key": NEW_KEY})
        }
        _ => json!({"errcode": 40066, "errmsg": "invalid url"}),
    };
    answer.to_string()
}

pub fn well_reply(request: &Received) -> Reply {
    Reply::Json(well(request))
}

pub fn refusal(errcode: i64, errmsg: &str) -> Reply {
    Reply::Json(json!({"errcode": errcode, "errmsg": format!("{errmsg}, rid: 6583f22d-1-2")}).to_string())
}

/// How a call went, in one word or a few.
pub fn shown<T, E: std::fmt::Debug>(outcome: &Result<T, E>) -> String {
    match outcome {
        Ok(_) => "ok".into(),
        Err(error) => format!("{error:?}"),
    }
}

/// Whether the guard has kept a call back because the platform is ill.
pub fn is_held_back(failure: WechatFailure) -> bool {
    matches!(failure, WechatFailure::Unavailable { retry_after: Some(_) })
}
