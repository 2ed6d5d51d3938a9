//! Signing keys: made on the first start, looked after as time passes, rotated and retired at an operator's wish; shared
//! by all that share the store.

use std::sync::Arc;

use crate::audit::{AuditAction, AuditEvent, Scribe};
use crate::key_ring::{
    ChangedRing, KeyChange, KeyId, KeyPolicy, KeyRing, NewKey, NextKeyTooYoung, Reseal, RetireRefusal,
};
use crate::origin::Origin;
use crate::ports::clock::Clock;
use crate::ports::copy_store::CopyStore;
use crate::ports::key_holder::{KeyHolder, KeysDoNotOpen};
use crate::ports::key_maker::{KeyMaker, KeyMakerError};
use crate::ports::key_store::KeyStore;
use crate::ports::store::StoreError;
use crate::timestamp::Timestamp;

/// Why the keys cannot be looked after.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeysError {
    /// None could be made.
    #[error(transparent)]
    Make(#[from] KeyMakerError),
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys in the store are not ours to use.
    #[error(transparent)]
    DoNotOpen(#[from] KeysDoNotOpen),
}

/// Why a store is not one to start on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnfitStore {
    /// It did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There are accounts, and their keys are not there.
    #[error(
        "the store holds accounts and no keys: a restore into it was cut short. Empty the store and restore the backup \
         again"
    )]
    HalfRestored,
}

/// Why a key does not take over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RotateError {
    /// It is too early.
    #[error(transparent)]
    TooYoung(#[from] NextKeyTooYoung),
    /// It cannot be done.
    #[error(transparent)]
    Keys(#[from] KeysError),
}

/// Why a key is not retired.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RetireError {
    /// There is nothing to retire.
    #[error(transparent)]
    Refused(#[from] RetireRefusal),
    /// It cannot be done.
    #[error(transparent)]
    Keys(#[from] KeysError),
}

/// How often to look again after another process changed the ring first.
const MAX_LOOKS: usize = 16;

fn too_fast() -> StoreError {
    StoreError::Unavailable("the key ring changes too fast".into())
}

/// Refuses a store that a restore was cut short in. Its keys come last in a backup; with new ones everybody who is
/// there would be logged out, and those who are not there yet would be made anew.
///
/// # Errors
/// When there are no keys though the store is not empty, or it does not answer.
pub async fn refuse_half_restored(keys: &dyn KeyStore, copies: &dyn CopyStore) -> Result<(), UnfitStore> {
    if keys.key_ring().await?.is_some() || copies.is_empty().await? {
        return Ok(());
    }
    // Another process may have started here for the first time in between.
    match keys.key_ring().await? {
        Some(_) => Ok(()),
        None => Err(UnfitStore::HalfRestored),
    }
}

/// The key ring of the deployment; makes the first one where there is none.
///
/// # Errors
/// When keys cannot be made, or the store does not answer.
pub async fn first_ring(
    store: &dyn KeyStore,
    maker: &dyn KeyMaker,
    policy: &KeyPolicy,
    now: Timestamp,
) -> Result<KeyRing, KeysError> {
    for _ in 0..MAX_LOOKS {
        if let Some(ring) = store.key_ring().await? {
            return Ok(ring);
        }
        let (first, next) = (
            maker.signing_key(policy.algorithm, now)?,
            maker.signing_key(policy.algorithm, now)?,
        );
        let ring = KeyRing::new(first, next, maker.refresh_mac_key()?, now);
        if store.replace_key_ring(&ring, &[]).await? {
            return Ok(ring);
        }
    }
    Err(too_fast().into())
}

/// Seals every secret of the ring anew with `seal`, in one step.
///
/// # Errors
/// When a secret does not open, or the store does not answer.
pub async fn reseal(
    store: &dyn KeyStore,
    event: &AuditEvent,
    seal: &Reseal<'_, KeysDoNotOpen>,
) -> Result<Option<KeyRing>, KeysError> {
    for _ in 0..MAX_LOOKS {
        let Some(ring) = store.key_ring().await? else {
            return Ok(None);
        };
        let resealed = ring.reseal(seal)?;
        if store.replace_key_ring(&resealed, std::slice::from_ref(event)).await? {
            return Ok(Some(resealed));
        }
    }
    Err(too_fast().into())
}

/// Looks after the keys.
#[derive(Clone)]
pub struct KeyService {
    /// Where they are kept.
    pub store: Arc<dyn KeyStore>,
    /// Makes them.
    pub maker: Arc<dyn KeyMaker>,
    /// Uses them.
    pub holder: Arc<dyn KeyHolder>,
    /// How they are kept.
    pub policy: KeyPolicy,
    /// Writes events.
    pub scribe: Scribe,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

/// A change of the ring, by pure rules: none, done or refused.
type Decided<R> = Result<Option<ChangedRing>, R>;

/// Makes a key.
type Make<'a> = dyn FnMut() -> Result<NewKey, KeyMakerError> + 'a;

/// Decides on a change of the ring.
type Decide<'a, R> = dyn Fn(KeyRing, Timestamp, &mut Make<'_>) -> Result<Decided<R>, KeyMakerError> + Sync + 'a;

impl KeyService {
    /// The keys.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn list(&self) -> Result<KeyRing, KeysError> {
        Ok(self.stored().await?)
    }

    /// Picks up what others changed, and does what the time demands. To be called every few seconds.
    ///
    /// # Errors
    /// When a key cannot be made, the store does not answer, or its keys do not open. The keys that are in use stay.
    pub async fn tend(&self) -> Result<(), KeysError> {
        self.change::<std::convert::Infallible>(&Origin::service(), &|ring, now, make| {
            Ok(Ok(ring.tend(&self.policy, now, make)?))
        })
        .await
        .map(drop)
    }

    /// The next key takes over.
    ///
    /// # Errors
    /// When verifiers may not know it yet, or it cannot be done.
    pub async fn rotate(&self, origin: &Origin) -> Result<KeyRing, RotateError> {
        let rotated = self
            .change(origin, &|ring, now, make| {
                Ok(ring.rotate(&self.policy, now, make)?.map(Some))
            })
            .await?;
        Ok(rotated?)
    }

    /// A key is over at once.
    ///
    /// # Errors
    /// When there is nothing to retire, or it cannot be done.
    pub async fn retire(&self, origin: &Origin, kid: &KeyId) -> Result<KeyRing, RetireError> {
        let retired = self
            .change(origin, &|ring, now, make| {
                Ok(ring.retire(kid, &self.policy, now, make)?.map(Some))
            })
            .await?;
        Ok(retired?)
    }

    /// Another key takes the place of that of refresh tokens, for where it has leaked: every refresh token is refused from
    /// now on, true or forged, and people log in anew, which asks nothing of them. Pseudonyms of addresses change with it.
    ///
    /// # Errors
    /// When it cannot be done.
    pub async fn replace_refresh_key(&self, origin: &Origin) -> Result<(), KeysError> {
        self.change::<std::convert::Infallible>(origin, &|ring, _, _| {
            Ok(Ok(Some(ring.with_refresh_mac(self.maker.refresh_mac_key()?))))
        })
        .await
        .map(drop)
    }

    /// The one way in which the ring changes. A ring whose keys do not open here is left alone: what this process would
    /// add to it, others could not open.
    async fn change<R>(&self, origin: &Origin, decide: &Decide<'_, R>) -> Result<Result<KeyRing, R>, KeysError> {
        for _ in 0..MAX_LOOKS {
            let ring = self.stored().await?;
            self.holder.adopt(&ring)?;
            let now = self.clock.now();
            let decided = decide(ring.clone(), now, &mut || {
                self.maker.signing_key(self.policy.algorithm, now)
            })?;
            let changed = match decided {
                Err(refusal) => return Ok(Err(refusal)),
                Ok(None) => return Ok(Ok(ring)),
                Ok(Some(changed)) => changed,
            };
            let events: Vec<AuditEvent> = changed
                .changes
                .iter()
                .map(|change| self.event(origin, change, now))
                .collect();
            if self.store.replace_key_ring(&changed.ring, &events).await? {
                self.holder.adopt(&changed.ring)?;
                return Ok(Ok(changed.ring));
            }
        }
        Err(too_fast().into())
    }

    fn event(&self, origin: &Origin, change: &KeyChange, now: Timestamp) -> AuditEvent {
        let event = |action| self.scribe.event(origin, action, now);
        match change {
            KeyChange::Activated(kid) => event(AuditAction::KeyActivated).with_detail(&kid.0),
            KeyChange::Retired(kid) => event(AuditAction::KeyRetired).with_detail(&kid.0),
            KeyChange::RefreshKeyReplaced => event(AuditAction::RefreshKeyReplaced),
        }
    }

    async fn stored(&self) -> Result<KeyRing, StoreError> {
        let lost = || StoreError::Unreadable("the key ring is gone".into());
        self.store.key_ring().await?.ok_or_else(lost)
    }
}
