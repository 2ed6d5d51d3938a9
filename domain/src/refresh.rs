//! Refreshing: a refresh token becomes the next pair of tokens, and theft is noticed.

use std::sync::Arc;

use crate::account::{Account, AccountStatus};
use crate::audit::{AuditAction, Scribe};
use crate::id::AccountId;
use crate::issue::{IssuedTokens, TokenIssuer};
use crate::liveness::{Gone, why_over};
use crate::origin::Origin;
use crate::ports::access_tokens::SignError;
use crate::ports::account_store::AccountStore;
use crate::ports::clock::Clock;
use crate::ports::refresh_tokens::ForeignRefreshToken;
use crate::ports::session_store::SessionStore;
use crate::ports::store::StoreError;
use crate::session::{EndReason, Refresh, RefreshRefusal, Session, SessionEnd, SessionPolicy, SessionRef};
use crate::timestamp::Timestamp;
use crate::token::PresentedRefreshToken;

/// A refresh that happened.
#[derive(Debug, Clone)]
pub struct Refreshed {
    /// The tokens to answer.
    pub tokens: IssuedTokens,
    /// The account as it is now.
    pub account: Account,
    /// The session.
    pub session: SessionRef,
}

/// Why a refresh did not happen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefreshError {
    /// The text is no refresh token of ours, or its session is not there any more.
    #[error("the refresh token is not one of ours")]
    Invalid,
    /// The session's idle or absolute limit has passed.
    #[error("the refresh token has expired")]
    Expired,
    /// The token was replaced before; the session has been ended, for somebody else may hold its successor.
    #[error("the refresh token was already replaced; the session is revoked")]
    Reused(SessionRef),
    /// The session was ended.
    #[error("the session was ended")]
    Revoked,
    /// An operator suspended the account.
    #[error("the account {0} is suspended")]
    AccountSuspended(AccountId),
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The token could not be signed.
    #[error(transparent)]
    Sign(#[from] SignError),
}

impl From<ForeignRefreshToken> for RefreshError {
    fn from(_: ForeignRefreshToken) -> Self {
        Self::Invalid
    }
}

impl From<Gone> for RefreshError {
    fn from(gone: Gone) -> Self {
        match gone {
            Gone::Expired => Self::Expired,
            Gone::Revoked => Self::Revoked,
            Gone::AccountSuspended(account) => Self::AccountSuspended(account),
        }
    }
}

/// Refreshes sessions.
#[derive(Clone)]
pub struct RefreshService {
    /// Where accounts are.
    pub accounts: Arc<dyn AccountStore>,
    /// Where sessions are.
    pub sessions: Arc<dyn SessionStore>,
    /// Recognises and makes the tokens.
    pub issuer: TokenIssuer,
    /// How long sessions live.
    pub policy: SessionPolicy,
    /// Writes events.
    pub scribe: Scribe,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

/// How often a refresh looks again after another one of the same session got ahead of it. The second look finds the
/// other's successor and replays it; more is needed only where ever newer tokens of the session race.
const MAX_LOOKS: usize = 8;

impl RefreshService {
    /// Of which session a token is; of none where it is not one of ours.
    #[must_use]
    pub fn session_of(&self, token: &PresentedRefreshToken) -> Option<SessionRef> {
        let (session, _) = self.issuer.refresh_tokens.recognise(token).ok()?;
        Some(session)
    }

    /// Refreshes.
    ///
    /// # Errors
    /// Says why not. After [`RefreshError::Reused`] the session is ended.
    pub async fn refresh(&self, token: &PresentedRefreshToken, origin: &Origin) -> Result<Refreshed, RefreshError> {
        let (id, presented) = self.issuer.refresh_tokens.recognise(token)?;
        let now = self.clock.now();
        for _ in 0..MAX_LOOKS {
            let Some(session) = self.sessions.session(id).await? else {
                return Err(match why_over(&*self.accounts, id.account, None).await? {
                    Gone::AccountSuspended(account) => RefreshError::AccountSuspended(account),
                    Gone::Expired | Gone::Revoked => RefreshError::Invalid,
                });
            };
            let app = session.identity.app.clone();
            match session.refresh(presented, now, &self.policy) {
                Ok(Refresh::Replay(session)) => return self.answer(&session, now).await,
                Ok(Refresh::Rotate(next)) => {
                    if self.sessions.advance_session(&next).await? {
                        return self.answer(&next, now).await;
                    }
                }
                Err(RefreshRefusal::Reused) => {
                    let event = self.scribe.event(origin, AuditAction::RefreshTokenReused, now);
                    let end = SessionEnd {
                        reason: EndReason::RefreshTokenReused,
                        at: now,
                    };
                    let event = event.on_session(id).in_app(&app);
                    self.sessions.end_session(id, end, &event).await?;
                    return Err(RefreshError::Reused(id));
                }
                Err(RefreshRefusal::NeverIssued) => return Err(RefreshError::Invalid),
                Err(RefreshRefusal::Over(over)) => {
                    return Err(why_over(&*self.accounts, id.account, Some(over)).await?.into());
                }
            }
        }
        Err(StoreError::Unavailable("the session changes too fast".into()).into())
    }

    async fn answer(&self, session: &Session, now: Timestamp) -> Result<Refreshed, RefreshError> {
        let Some(account) = self.accounts.account(session.id.account).await? else {
            return Err(RefreshError::Revoked);
        };
        // It may have been suspended since the session was read.
        if account.status == AccountStatus::Suspended {
            return Err(RefreshError::AccountSuspended(account.id));
        }
        Ok(Refreshed {
            tokens: self.issuer.issue(&account, session, now)?,
            account,
            session: session.id,
        })
    }
}
