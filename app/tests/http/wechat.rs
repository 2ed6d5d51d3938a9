//! WeChat, as tests want it to be.

use std::sync::Mutex;

use async_trait::async_trait;
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::ports::code_exchange::{CodeExchangeError, CodeSession, MockCodeExchange};
use wxlogin_domain::ports::phone_exchange::{MockPhoneExchange, PhoneExchangeError};
use wxlogin_domain::ports::platform_health::{AppHealth, PlatformHealth};
use wxlogin_domain::ports::session_key_checks::{ResetError, SessionKeyChecks};
use wxlogin_domain::ports::wechat_failure::WechatFailure;
use wxlogin_domain::session_key::SessionKey;
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_domain::user_data::{PhonePayload, Watermark};

use crate::app::NOW;

/// The session key of every exchange, unless a test has another.
pub const SESSION_KEY: &str = "o0q0otL8aEzpcZL/FT9WsQ==";
/// Another one: that of the platform's own example.
pub const OTHER_SESSION_KEY: &str = "tiihtNczf5v6AKRyjwEUhQ==";
/// The one that a reset brings.
pub const NEW_SESSION_KEY: &str = "HyVFkGl5F5OQWJZZaNzBBg==";
/// All of them.
pub const SESSION_KEYS: [&str; 3] = [SESSION_KEY, OTHER_SESSION_KEY, NEW_SESSION_KEY];

/// A code that WeChat does not know.
pub const BAD_CODE: &str = "a-code-that-nobody-knows";

/// The code of a person's login: `code-of-alice-1`.
pub fn code_of(person: &str, number: u32) -> String {
    format!("code-of-{person}-{number}")
}

/// Whose code it is.
pub fn person_of(code: &str) -> &str {
    code.strip_prefix("code-of-")
        .and_then(|rest| rest.split('-').next())
        .unwrap_or("somebody")
}

/// Which login of that person it is of.
pub fn number_of(code: &str) -> u32 {
    let number = code.rsplit('-').next().and_then(|number| number.parse().ok());
    number.expect("codes of people end with a number")
}

/// The code of the getPhoneNumber button, tapped by that person: `phone-code-of-alice-13800138000`.
pub fn phone_code_of(person: &str, number: &str) -> String {
    format!("phone-code-of-{person}-{number}")
}

/// What WeChat says of a person in an app.
pub fn session(app: &AppId, openid: &str, unionid: Option<&str>) -> CodeSession {
    CodeSession {
        identity: WechatIdentity {
            app: app.clone(),
            openid: OpenId::parse(openid).expect("a well-formed openid"),
            unionid: unionid.map(|unionid| UnionId::parse(unionid).expect("a well-formed unionid")),
        },
        session_key: SessionKey::parse(SESSION_KEY).expect("a session key"),
    }
}

/// Answers each code as the script says.
pub fn scripted(
    script: impl Fn(&AppId, &str) -> Result<CodeSession, CodeExchangeError> + Send + 'static,
) -> MockCodeExchange {
    let mut mock = MockCodeExchange::new();
    mock.expect_exchange()
        .returning(move |app, code| script(app, code.expose()));
    mock
}

/// Knows everybody, each by an openid of their own, and nobody by a unionid.
pub fn people() -> MockCodeExchange {
    scripted(|app, code| match code {
        BAD_CODE => Err(CodeExchangeError::CodeInvalid),
        code => Ok(session(app, &format!("o-{}", person_of(code)), None)),
    })
}

/// Knows everybody, in each app by another openid and everywhere by one unionid.
pub fn united_people() -> MockCodeExchange {
    scripted(|app, code| {
        let person = person_of(code);
        let openid = format!("o-{person}-in-{}", &app.as_str()[16..]);
        Ok(session(app, &openid, Some(&format!("u-{person}"))))
    })
}

/// Everybody, one after the other's login under another key: the first, third… under [`SESSION_KEY`], the second,
/// fourth… under [`OTHER_SESSION_KEY`].
pub fn people_of_changing_keys() -> MockCodeExchange {
    scripted(|app, code| {
        let mut session = session(app, &format!("o-{}", person_of(code)), None);
        let is_other = number_of(code).is_multiple_of(2);
        let key = if is_other { OTHER_SESSION_KEY } else { SESSION_KEY };
        session.session_key = SessionKey::parse(key).expect("a session key");
        Ok(session)
    })
}

/// What WeChat says of a number in an app.
pub fn phone_payload(app: &AppId, number: &str) -> PhonePayload {
    PhonePayload {
        pure_phone_number: number.to_owned(),
        country_code: "86".to_owned(),
        watermark: Watermark {
            appid: app.to_string(),
            at: Timestamp::from_unix_seconds(NOW),
        },
    }
}

/// Knows every code of [`phone_code_of`], if it comes with the openid of the person who tapped.
pub fn taps() -> MockPhoneExchange {
    let mut mock = MockPhoneExchange::new();
    mock.expect_exchange_phone().returning(|app, openid, code| {
        let rest = code.expose().strip_prefix("phone-code-of-");
        let (person, number) = rest
            .and_then(|rest| rest.split_once('-'))
            .ok_or(PhoneExchangeError::CodeInvalid)?;
        let named = openid
            .as_str()
            .strip_prefix("o-")
            .and_then(|name| name.split('-').next());
        if named == Some(person) {
            Ok(phone_payload(app, number))
        } else {
            Err(PhoneExchangeError::CodeInvalid)
        }
    });
    mock
}

/// WeChat's current session key, one for everybody.
pub struct KeysAtWechat(Mutex<&'static str>);

impl Default for KeysAtWechat {
    fn default() -> Self {
        Self(Mutex::new(SESSION_KEY))
    }
}

impl KeysAtWechat {
    /// WeChat has another key from now on.
    pub fn change_to(&self, key: &'static str) {
        *self.0.lock().unwrap() = key;
    }
}

#[async_trait]
impl SessionKeyChecks for KeysAtWechat {
    async fn is_current(&self, _: &AppId, _: &OpenId, key: &SessionKey) -> Result<bool, WechatFailure> {
        Ok(key.expose_text() == *self.0.lock().unwrap())
    }

    async fn reset(&self, app: &AppId, openid: &OpenId, key: &SessionKey) -> Result<SessionKey, ResetError> {
        if !self.is_current(app, openid, key).await? {
            return Err(ResetError::Stale);
        }
        self.change_to(NEW_SESSION_KEY);
        Ok(SessionKey::parse(NEW_SESSION_KEY).expect("a session key"))
    }
}

/// How WeChat does, as a test wants it to.
#[derive(Default)]
pub struct Condition(Mutex<Vec<AppHealth>>);

impl Condition {
    pub fn be(&self, health: Vec<AppHealth>) {
        *self.0.lock().unwrap() = health;
    }
}

impl PlatformHealth for Condition {
    fn health(&self) -> Vec<AppHealth> {
        self.0.lock().unwrap().clone()
    }
}
