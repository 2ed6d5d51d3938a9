//! WeChat, as tests want it to be.

use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::ports::code_exchange::{CodeExchangeError, CodeSession, MockCodeExchange};
use wxlogin_domain::session_key::SessionKey;

/// The session key of every exchange, unless a test has another.
pub const SESSION_KEY: &str = "o0q0otL8aEzpcZL/FT9WsQ==";

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
