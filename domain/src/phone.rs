//! The telephone number of one's own account: bound by what WeChat vouches for, and removed.

use std::sync::Arc;

use crate::account::Account;
use crate::audit::{AuditAction, AuditEvent, Scribe};
use crate::code::{JsCode, PhoneCode};
use crate::id::AccountId;
use crate::identity::WechatIdentity;
use crate::origin::Origin;
use crate::phone_number::{PhoneBinding, PhonePolicy, VerifiedPhone};
use crate::ports::account_store::{AccountStore, PhoneOutcome};
use crate::ports::clock::Clock;
use crate::ports::phone_exchange::{PhoneExchange, PhoneExchangeError};
use crate::ports::store::StoreError;
use crate::ports::wechat_failure::WechatFailure;
use crate::session::Session;
use crate::user_data::EncryptedData;
use crate::user_data_reader::{ReadError, UserDataReader};

/// By what a person proves a telephone number.
#[derive(Debug, Clone)]
pub enum PhoneProof {
    /// The code of the getPhoneNumber button.
    Code(PhoneCode),
    /// The button's encrypted data, and a fresh code of `wx.login`, where there is one.
    Encrypted {
        /// The data.
        data: EncryptedData,
        /// The code that brings the key.
        code: Option<JsCode>,
    },
}

/// Why a number was not bound; nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// WeChat did not vouch for the phone code.
    #[error(transparent)]
    Exchange(#[from] PhoneExchangeError),
    /// The encrypted data cannot be believed.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Another account has the number.
    #[error("another account has the number")]
    Taken,
    /// The account was erased a moment ago.
    #[error("the account is no more")]
    AccountGone,
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Asks WeChat for the number of a phone code.
///
/// # Errors
/// When WeChat does not vouch for it.
pub(crate) async fn number_of_code(
    exchange: &dyn PhoneExchange,
    who: &WechatIdentity,
    code: &PhoneCode,
    clock: &dyn Clock,
) -> Result<VerifiedPhone, PhoneExchangeError> {
    let answer = exchange.exchange_phone(&who.app, &who.openid, code).await?;
    let phone = answer.answered(&who.app, clock.now());
    phone.ok_or(WechatFailure::BadResponse.into())
}

/// Binds people's telephone numbers.
#[derive(Clone)]
pub struct PhoneService {
    /// WeChat, for codes.
    pub exchange: Arc<dyn PhoneExchange>,
    /// Reads encrypted data.
    pub reader: UserDataReader,
    /// Where accounts are.
    pub accounts: Arc<dyn AccountStore>,
    /// Whether several accounts may have one number.
    pub policy: PhonePolicy,
    /// Writes events.
    pub scribe: Scribe,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

impl PhoneService {
    /// Binds a number to the account of a session, in the place of the one that it has.
    ///
    /// # Errors
    /// Says why it is not bound.
    pub async fn bind(&self, session: &Session, proof: PhoneProof, origin: &Origin) -> Result<Account, PhoneError> {
        let who = &session.identity;
        let phone = match proof {
            PhoneProof::Code(code) => number_of_code(&*self.exchange, who, &code, &*self.clock).await?,
            PhoneProof::Encrypted { data, code } => self.reader.read_phone(who, &data, code.as_ref()).await?,
        };
        let binding = PhoneBinding {
            phone,
            policy: self.policy,
        };
        let event = self.event(session, AuditAction::PhoneBound, origin);
        match self.accounts.bind_phone(session.id.account, &binding, &event).await? {
            PhoneOutcome::Bound(account) => Ok(*account),
            PhoneOutcome::Taken => Err(PhoneError::Taken),
            PhoneOutcome::NoAccount => {
                // The fresh code's key was kept after the account's keys were forgotten.
                self.reader.vault.forget(who).await;
                Err(PhoneError::AccountGone)
            }
        }
    }

    /// Removes the number of a session's account, if it has one; answers whether there is such an account.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn unbind(&self, session: &Session, origin: &Origin) -> Result<Option<AccountId>, StoreError> {
        let event = self.event(session, AuditAction::PhoneRemoved, origin);
        let account = self.accounts.unbind_phone(session.id.account, &event).await?;
        Ok(account.map(|account| account.id))
    }

    fn event(&self, session: &Session, action: AuditAction, origin: &Origin) -> AuditEvent {
        self.scribe
            .event(origin, action, self.clock.now())
            .on_session(session.id)
            .in_app(&session.identity.app)
    }
}
