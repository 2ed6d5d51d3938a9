//! Honouring what WeChat pushes: a person ended their account, took something back, or changed it.

use std::sync::Arc;

use crate::apps::{AppError, Apps};
use crate::audit::{AuditAction, Scribe};
use crate::identity::AppId;
use crate::origin::{Actor, Origin};
use crate::ports::clock::Clock;
use crate::ports::push_messages::{PushMessages, PushQuery, PushRefusal};
use crate::ports::push_store::PushStore;
use crate::ports::store::StoreError;
use crate::push::{Forgotten, PushAct, PushEffect, PushEvent, PushMessage, PushOutcome};
use crate::session_keys::SessionKeyVault;

/// Why a push is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PushError {
    /// The app is not configured here.
    #[error(transparent)]
    App(#[from] AppError),
    /// It is not WeChat's, or not readable.
    #[error(transparent)]
    Refused(#[from] PushRefusal),
    /// The store did not answer: WeChat repeats the message.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It was honoured now; whether an account was concerned.
    Honoured {
        /// Whether there is an account that it is about.
        found_account: bool,
    },
    /// It was honoured before.
    Repeated,
    /// It does not concern a login service.
    Ignored,
}

/// Takes what WeChat pushes.
#[derive(Clone)]
pub struct PushEventService {
    /// Which apps there are.
    pub apps: Apps,
    /// Recognises messages.
    pub messages: Arc<dyn PushMessages>,
    /// Honours them.
    pub pushes: Arc<dyn PushStore>,
    /// The keys of whoever is erased go too.
    pub vault: SessionKeyVault,
    /// Writes events.
    pub scribe: Scribe,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

impl PushEventService {
    /// Whether the question for the address of the push is WeChat's.
    ///
    /// # Errors
    /// When it is not, or the app has no message push here.
    pub fn check_url(&self, appid: &str, query: &PushQuery) -> Result<(), PushError> {
        let app = self.apps.resolve(Some(appid))?;
        Ok(self.messages.check_url(app, query)?)
    }

    /// Whether the body of a message is worth reading. Anybody may send one, as slowly as he likes.
    ///
    /// # Errors
    /// When the app has no message push here, or nothing is signed.
    pub fn expects(&self, appid: &str, query: &PushQuery) -> Result<(), PushError> {
        let app = self.apps.resolve(Some(appid))?;
        Ok(self.messages.expects(app, query)?)
    }

    /// Takes a message. When this answers well, it is honoured, and durably so.
    ///
    /// # Errors
    /// Says why it is not taken.
    pub async fn take(&self, appid: &str, query: &PushQuery, body: &[u8], origin: &Origin) -> Result<Taken, PushError> {
        let app = self.apps.resolve(Some(appid))?;
        let message = self.messages.open(app, query, body)?;
        let Some(act) = self.act(app, message, &origin.clone().by(Actor::Wechat)) else {
            return Ok(Taken::Ignored);
        };
        let account = match self.pushes.honour(&act).await? {
            PushOutcome::Repeated => return Ok(Taken::Repeated),
            PushOutcome::Honoured(account) => account,
        };
        if let (PushEffect::Erase, Some(account)) = (act.effect, &account) {
            self.vault.forget_account(account).await;
        }
        Ok(Taken::Honoured {
            found_account: account.is_some(),
        })
    }

    fn act(&self, app: &AppId, message: PushMessage, origin: &Origin) -> Option<PushAct> {
        let (action, effect) = match &message.event {
            PushEvent::UserInfoModified => (AuditAction::UserInfoModified, PushEffect::Record),
            PushEvent::AuthorizationCancelled => (AuditAction::AuthorizationCancelled, PushEffect::Erase),
            PushEvent::AuthorizationRevoked(numbers) => (
                AuditAction::AuthorizationRevoked,
                PushEffect::Forget(Forgotten::of_revoke_info(numbers)),
            ),
            PushEvent::Other => return None,
        };
        let now = self.clock.now();
        let event = self.scribe.event(origin, action, now).in_app(app);
        let event = match &message.event {
            PushEvent::AuthorizationRevoked(numbers) if !numbers.is_empty() => {
                let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
                event.with_detail(&numbers.join(","))
            }
            _ => event,
        };
        Some(PushAct {
            hash: message.hash,
            app: app.clone(),
            openid: message.openid,
            effect,
            at: now,
            event,
        })
    }
}
