//! `WWW-Authenticate`: which credentials a call wants, and what is wrong with those it got.

use poem::http::HeaderValue;
use wxlogin_domain::api_key::Scope;

use super::{Code, Language};

/// Which credentials a call wants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Challenge {
    /// An access token (RFC 6750).
    #[default]
    AccessToken,
    /// An API key that allows this, as Bearer or as Basic (RFC 7617).
    ApiKey(Scope),
}

impl Challenge {
    /// The header of a problem; none where credentials are not what it is about.
    ///
    /// RFC 6750, section 3: a request without credentials gets the bare challenge, one with bad credentials is told what
    /// is wrong with them. The description is ASCII by the RFC, hence English whatever the language.
    pub(super) fn header(self, code: Code) -> Option<HeaderValue> {
        let title = match (self, code) {
            (Self::ApiKey(_), Code::TokenInvalid) => "The API key is not valid",
            _ => code.entry().title.within(Language::English),
        };
        let error = |name: &str| format!(r#", error="{name}", error_description="{title}""#);
        let error = match (code, code.entry().status) {
            (Code::Unauthorized, _) => String::new(),
            (Code::InsufficientScope, _) => error("insufficient_scope"),
            (_, 401) => error("invalid_token"),
            _ => return None,
        };
        let challenge = match self {
            Self::AccessToken => format!(r#"Bearer realm="wxlogin"{error}"#),
            Self::ApiKey(scope) => format!(
                r#"Bearer realm="wxlogin"{error}, scope="{}", Basic realm="wxlogin", charset="UTF-8""#,
                scope.as_str()
            ),
        };
        HeaderValue::try_from(challenge).ok()
    }
}
