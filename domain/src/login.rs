//! Logging in: a code becomes an account, a session and tokens. All or nothing.

use std::sync::Arc;
use std::time::Duration;

use crate::account::Account;
use crate::apps::{AppError, Apps};
use crate::audit::{AuditAction, Scribe};
use crate::code::JsCode;
use crate::id::{AccountId, SessionId};
use crate::identity::AppId;
use crate::issue::{IssuedTokens, TokenIssuer};
use crate::login_rules::{LoginOutcome, LoginRecord, RecordedLogin};
use crate::origin::Origin;
use crate::phone_number::VerifiedPhone;
use crate::ports::access_tokens::SignError;
use crate::ports::account_store::AccountStore;
use crate::ports::audit_store::AuditStore;
use crate::ports::clock::Clock;
use crate::ports::code_exchange::{CodeExchange, CodeExchangeError, CodeSession};
use crate::ports::entropy::{Entropy, draw};
use crate::ports::store::StoreError;
use crate::ports::user_data_cipher::UserDataCipher;
use crate::session::{DeviceName, SessionPolicy, SessionRef};
use crate::timestamp::Timestamp;
use crate::user_data::{EncryptedData, UserDataError};

/// A wish to log in.
#[derive(Debug, Clone)]
pub struct LoginRequest {
    /// Which mini program; may be left out where there is only one.
    pub appid: Option<Box<str>>,
    /// The code of `wx.login`.
    pub code: JsCode,
    /// The getPhoneNumber button's data, to be opened with the session key of this very exchange.
    pub phone: Option<EncryptedData>,
    /// What the person logs in on.
    pub device: Option<DeviceName>,
    /// Where the request comes from.
    pub origin: Origin,
}

/// A login that happened.
#[derive(Debug, Clone)]
pub struct LoggedIn {
    /// The tokens to answer.
    pub tokens: IssuedTokens,
    /// The account as it is now.
    pub account: Account,
    /// The session that has begun.
    pub session: SessionRef,
    /// Whether the account is a new one.
    pub is_new_account: bool,
    /// Another account that has the same unionid; an operator should know.
    pub unionid_conflict: Option<AccountId>,
}

/// Why a login was not answered. Nothing was written, unless it is the answer itself that could not be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoginError {
    /// Which app is meant cannot be said.
    #[error(transparent)]
    App(#[from] AppError),
    /// WeChat did not vouch for the code.
    #[error(transparent)]
    Exchange(#[from] CodeExchangeError),
    /// The phone number cannot be believed.
    #[error(transparent)]
    UserData(#[from] UserDataError),
    /// An operator suspended the account.
    #[error("the account {0} is suspended")]
    AccountSuspended(AccountId),
    /// The store did not record it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The token could not be signed.
    #[error(transparent)]
    Sign(#[from] SignError),
}

/// Logs people in.
#[derive(Clone)]
pub struct LoginService {
    /// Which apps there are.
    pub apps: Apps,
    /// WeChat.
    pub code_exchange: Arc<dyn CodeExchange>,
    /// Opens phone numbers.
    pub cipher: Arc<dyn UserDataCipher>,
    /// Where logins are recorded.
    pub accounts: Arc<dyn AccountStore>,
    /// Where logins that failed are recorded.
    pub audit: Arc<dyn AuditStore>,
    /// Writes events.
    pub scribe: Scribe,
    /// Makes the tokens.
    pub issuer: TokenIssuer,
    /// How long sessions live.
    pub sessions: SessionPolicy,
    /// How old encrypted data may be.
    pub watermark_max_age: Duration,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws ids.
    pub entropy: Arc<dyn Entropy>,
}

impl LoginService {
    /// Logs in.
    ///
    /// # Errors
    /// Says at which step it ended.
    pub async fn login(&self, request: LoginRequest) -> Result<LoggedIn, LoginError> {
        let app = self.apps.resolve(request.appid.as_deref())?;
        let exchanged = self.code_exchange.exchange(app, &request.code).await?;
        // Read after the exchange, which may have taken seconds.
        let now = self.clock.now();
        let phone = request
            .phone
            .map(|data| self.open_phone(app, &exchanged, &data, now))
            .transpose()?;
        let record = LoginRecord {
            event: self
                .scribe
                .event(&request.origin, AuditAction::LoginSucceeded, now)
                .in_app(app),
            identity: exchanged.identity,
            phone,
            device: request.device,
            client: request.origin.client,
            new_account: AccountId::new(now, draw(&*self.entropy)),
            session: SessionId::new(now, draw(&*self.entropy)),
            policy: self.sessions,
            at: now,
        };
        match self.accounts.record_login(&record).await? {
            LoginOutcome::Suspended(account) => Err(LoginError::AccountSuspended(account)),
            LoginOutcome::Recorded(recorded) => self.answer(*recorded, now),
        }
    }

    /// Records that a login to one of our apps failed, and with which code; there is no other write that this could go
    /// with. A request that names no app of ours is no login, and anybody can send as many as he likes.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn record_failure(
        &self,
        appid: Option<&str>,
        account: Option<AccountId>,
        code: &str,
        origin: &Origin,
    ) -> Result<(), StoreError> {
        let Ok(app) = self.apps.resolve(appid) else {
            return Ok(());
        };
        let event = self.scribe.event(origin, AuditAction::LoginFailed, self.clock.now());
        let mut event = event.in_app(app).with_code(code);
        event.account = account;
        self.audit.append_audit(&event).await
    }

    fn open_phone(
        &self,
        app: &AppId,
        exchanged: &CodeSession,
        data: &EncryptedData,
        now: Timestamp,
    ) -> Result<VerifiedPhone, UserDataError> {
        self.cipher
            .open_phone(&exchanged.session_key, data)?
            .verified(app, now, self.watermark_max_age)
    }

    fn answer(&self, recorded: RecordedLogin, now: Timestamp) -> Result<LoggedIn, LoginError> {
        Ok(LoggedIn {
            tokens: self.issuer.issue(&recorded.account, &recorded.session, now)?,
            session: recorded.session.id,
            account: recorded.account,
            is_new_account: recorded.is_new_account,
            unionid_conflict: recorded.unionid_conflict,
        })
    }
}
