//! Importing the users of a business, so that whoever logs in is known by the id that they have there.

use std::sync::Arc;

use crate::audit::{AuditAction, AuditEvent};
use crate::id::AccountId;
use crate::import_rules::{ImportPlan, Imported, ImportedUser, plan};
use crate::origin::Origin;
use crate::phone_number::PhonePolicy;
use crate::ports::clock::Clock;
use crate::ports::entropy::{Entropy, draw};
use crate::ports::import_store::{ImportAct, ImportStore};
use crate::ports::store::StoreError;
use crate::timestamp::Timestamp;

/// How often a piece is planned anew where people log in meanwhile who are in it.
const MAX_PLANS: usize = 16;

/// Imports users.
#[derive(Clone)]
pub struct ImportService {
    /// Where accounts are.
    pub store: Arc<dyn ImportStore>,
    /// Whether telephone numbers have to be unique.
    pub phones: PhonePolicy,
    /// Draws ids.
    pub entropy: Arc<dyn Entropy>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

impl ImportService {
    /// Imports a piece, of at most [`MAX_PIECE`](crate::ports::import_store::MAX_PIECE) users, in one act, and says what
    /// came of each. May be done again: whoever is imported already stays as they are.
    ///
    /// # Errors
    /// When the store does not answer, or others are faster again and again.
    pub async fn import(&self, origin: &Origin, users: &[ImportedUser]) -> Result<Vec<Imported>, StoreError> {
        for _ in 0..MAX_PLANS {
            let now = self.clock.now();
            let plan = self.plan_at(users, now).await?;
            if plan.is_empty() {
                return Ok(plan.outcomes);
            }
            let ImportPlan {
                made,
                changed,
                unionids,
                outcomes,
            } = plan;
            let event = AuditEvent::new(origin, AuditAction::AccountsImported, now, draw(&*self.entropy))
                .with_detail(&format!("{} made, {} changed", made.len(), changed.len()));
            let act = ImportAct {
                made,
                changed,
                unionids,
                phones: self.phones,
                event,
            };
            if self.store.import_users(&act).await? {
                return Ok(outcomes);
            }
        }
        Err(StoreError::Unavailable("the accounts change too fast".into()))
    }

    /// Says what would come of a piece.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn foresee(&self, users: &[ImportedUser]) -> Result<Vec<Imported>, StoreError> {
        Ok(self.plan_at(users, self.clock.now()).await?.outcomes)
    }

    async fn plan_at(&self, users: &[ImportedUser], now: Timestamp) -> Result<ImportPlan, StoreError> {
        let known = self.store.known_users(users, self.phones).await?;
        let mut new_id = || AccountId::new(now, draw(&*self.entropy));
        Ok(plan(users, known, self.phones, now, &mut new_id))
    }
}
