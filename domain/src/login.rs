//! Logging in: a code becomes an account, a session and tokens. All or nothing.

use std::sync::Arc;

use crate::account::Account;
use crate::apps::{AppError, Apps};
use crate::audit::{AuditAction, Scribe};
use crate::code::{JsCode, PhoneCode};
use crate::id::{AccountId, EventId, SessionId};
use crate::issue::{IssuedTokens, TokenIssuer};
use crate::login_rules::{LoginOutcome, LoginRecord, RecordedLogin};
use crate::origin::Origin;
use crate::phone::number_of_code;
use crate::phone_number::{PhoneBinding, PhonePolicy, VerifiedPhone};
use crate::ports::access_tokens::SignError;
use crate::ports::account_store::AccountStore;
use crate::ports::audit_store::AuditStore;
use crate::ports::clock::Clock;
use crate::ports::code_exchange::{CodeExchangeError, CodeSession};
use crate::ports::entropy::{Entropy, draw};
use crate::ports::phone_exchange::{PhoneExchange, PhoneExchangeError};
use crate::ports::store::StoreError;
use crate::session::{DeviceName, SessionPolicy, SessionRef};
use crate::timestamp::Timestamp;
use crate::user_data::{EncryptedData, UserDataError};
use crate::user_data_reader::UserDataReader;

/// A wish to log in.
#[derive(Debug, Clone)]
pub struct LoginRequest {
    /// Which mini program; may be left out where there is only one.
    pub appid: Option<Box<str>>,
    /// The code of `wx.login`.
    pub code: JsCode,
    /// What the getPhoneNumber button gave.
    pub phone: Option<LoginPhone>,
    /// What the person logs in on.
    pub device: Option<DeviceName>,
    /// Where the request comes from.
    pub origin: Origin,
}

/// What the getPhoneNumber button gave.
#[derive(Debug, Clone)]
pub enum LoginPhone {
    /// Its code.
    Code(PhoneCode),
    /// Its encrypted data, to be opened with the session key of this very exchange.
    Encrypted(EncryptedData),
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
    /// WeChat did not vouch for the phone code.
    #[error(transparent)]
    PhoneExchange(#[from] PhoneExchangeError),
    /// Another account has the phone number.
    #[error("another account has the phone number")]
    PhoneTaken,
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
    /// WeChat, for the codes of `wx.login`, what it encrypted, and where its keys are kept.
    pub reader: UserDataReader,
    /// WeChat, for phone codes.
    pub phone_exchange: Arc<dyn PhoneExchange>,
    /// Whether several accounts may have one phone number.
    pub phone_policy: PhonePolicy,
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
        let exchanged = self.reader.code_exchange.exchange(app, &request.code).await?;
        let phone = match &request.phone {
            Some(phone) => Some(self.verified(&exchanged, phone).await?),
            None => None,
        };
        // Read after the exchanges, which may have taken seconds.
        let now = self.clock.now();
        let event = self.scribe.event(&request.origin, AuditAction::LoginSucceeded, now);
        let record = LoginRecord {
            event: event.in_app(app),
            conflict_event: EventId::new(now, draw(&*self.entropy)),
            phone_event: EventId::new(now, draw(&*self.entropy)),
            identity: exchanged.identity,
            phone: phone.map(|phone| PhoneBinding {
                phone,
                policy: self.phone_policy,
            }),
            device: request.device,
            client: request.origin.client,
            new_account: AccountId::new(now, draw(&*self.entropy)),
            session: SessionId::new(now, draw(&*self.entropy)),
            policy: self.sessions,
            at: now,
        };
        let recorded = match self.accounts.record_login(&record).await? {
            LoginOutcome::Suspended(account) => return Err(LoginError::AccountSuspended(account)),
            LoginOutcome::PhoneTaken => return Err(LoginError::PhoneTaken),
            LoginOutcome::Recorded(recorded) => *recorded,
        };
        // A login that failed leaves nothing behind, not even this.
        self.reader
            .vault
            .keep(&record.identity, &exchanged.session_key, now)
            .await;
        self.answer(recorded, now)
    }

    async fn verified(&self, exchanged: &CodeSession, phone: &LoginPhone) -> Result<VerifiedPhone, LoginError> {
        let who = &exchanged.identity;
        match phone {
            LoginPhone::Code(code) => Ok(number_of_code(&*self.phone_exchange, who, code, &*self.clock).await?),
            LoginPhone::Encrypted(data) => {
                let (key, now) = (Some(&exchanged.session_key), self.clock.now());
                Ok(self.reader.phone_under(who, key, data, now).await?)
            }
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
