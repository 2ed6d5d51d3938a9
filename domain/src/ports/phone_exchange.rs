//! WeChat's getuserphonenumber: a code of the getPhoneNumber button becomes a number.

use async_trait::async_trait;

use super::wechat_failure::WechatFailure;
use crate::code::PhoneCode;
use crate::identity::{AppId, OpenId};
use crate::user_data::PhonePayload;

/// Why a code did not become a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneExchangeError {
    /// The code is expired, used, of another app or of another user (40029).
    #[error("WeChat does not know the phone code")]
    CodeInvalid,
    /// WeChat blocks this user as a high risk (40226).
    #[error("WeChat blocks this user")]
    UserBlocked,
    /// Anything that can go wrong with any call.
    #[error(transparent)]
    Wechat(#[from] WechatFailure),
}

/// Exchanges codes of the getPhoneNumber button at WeChat.
///
/// An implementation
/// - MUST name the openid to WeChat, which then refuses the code of another user;
/// - MUST send a code to WeChat again only where WeChat has certainly not looked at it: it was not reached, or it refused
///   the `access_token`, which it does first;
/// - MUST let a call that was begun run to its end where the caller no longer waits for it.
#[cfg_attr(feature = "test-support", mockall::automock)]
#[async_trait]
pub trait PhoneExchange: Send + Sync {
    /// Exchanges a code of a user of an app.
    async fn exchange_phone(
        &self,
        app: &AppId,
        openid: &OpenId,
        code: &PhoneCode,
    ) -> Result<PhonePayload, PhoneExchangeError>;
}

#[cfg(feature = "test-support")]
impl MockPhoneExchange {
    /// Answers every code with the same outcome.
    #[must_use]
    pub fn answering(outcome: Result<PhonePayload, PhoneExchangeError>) -> Self {
        let mut mock = Self::new();
        mock.expect_exchange_phone().returning(move |_, _, _| outcome.clone());
        mock
    }

    /// Must not be called.
    #[must_use]
    pub fn never() -> Self {
        let mut mock = Self::new();
        mock.expect_exchange_phone().never();
        mock
    }
}
