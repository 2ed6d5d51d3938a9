//! WeChat's jscode2session: a code becomes an identity.

use async_trait::async_trait;

use crate::code::JsCode;
use crate::identity::{AppId, WechatIdentity};
use crate::ports::wechat_failure::WechatFailure;
use crate::session_key::SessionKey;

/// What WeChat says of a code.
#[derive(Debug, Clone)]
pub struct CodeSession {
    /// Who logged in, in the app that was asked for.
    pub identity: WechatIdentity,
    /// The key of the person's encrypted data, for this request only.
    pub session_key: SessionKey,
}

/// Why a code did not become an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeExchangeError {
    /// The code is expired, unknown, or of another app (40029).
    #[error("WeChat does not know the code")]
    CodeInvalid,
    /// The code was used before (40163), or was sent by this process a moment ago.
    #[error("the code was already used")]
    CodeAlreadyUsed,
    /// WeChat blocks this user as a high risk (40226).
    #[error("WeChat blocks this user")]
    UserBlocked,
    /// Anything that can go wrong with any call.
    #[error(transparent)]
    Wechat(#[from] WechatFailure),
}

/// Exchanges codes at WeChat.
///
/// An implementation
/// - MUST send a code to WeChat at most once, whatever happens, unless the request certainly never left;
/// - MUST give concurrent callers with the same code of the same app the outcome of one exchange;
/// - MUST answer a repeat of a code that it has sent with [`CodeExchangeError::CodeAlreadyUsed`], for at least 60
///   seconds;
/// - MUST answer within its deadline;
/// - MUST keep the code, the session key and the app secret out of errors and logs;
/// - MUST finish an exchange that has begun even where the caller no longer waits for it.
#[cfg_attr(feature = "test-support", mockall::automock)]
#[async_trait]
pub trait CodeExchange: Send + Sync {
    /// Exchanges a code of an app.
    async fn exchange(&self, app: &AppId, code: &JsCode) -> Result<CodeSession, CodeExchangeError>;
}

#[cfg(feature = "test-support")]
impl MockCodeExchange {
    /// Answers every code with the same outcome.
    #[must_use]
    pub fn answering(outcome: Result<CodeSession, CodeExchangeError>) -> Self {
        let mut mock = Self::new();
        mock.expect_exchange().returning(move |_, _| outcome.clone());
        mock
    }

    /// Must not be called.
    #[must_use]
    pub fn never() -> Self {
        let mut mock = Self::new();
        mock.expect_exchange().never();
        mock
    }
}
