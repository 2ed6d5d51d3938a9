//! The service's own keys, as the store keeps them: private parts sealed, public parts open.
//!
//! A signing key lives through four states:
//!
//! ```text
//! next ──▶ active ──▶ retiring ──▶ retired
//! ```
//!
//! | state | in the JWKS | signs | its tokens are believed |
//! |---|---|---|---|
//! | next | yes | not yet | yes: another replica may have rotated |
//! | active | yes | yes | yes |
//! | retiring | yes | no more | yes, until the last of them has expired |
//! | retired | no | no | no |
//!
//! There is always a next key, published long before it is needed: so a rotation surprises no verifier, and a
//! compromised key can be retired at once without an outage. Only the very first key of an algorithm signs unannounced.

use std::fmt;
use std::time::Duration;

use crate::timestamp::Timestamp;
use crate::token::LEEWAY;

/// How long verifiers may keep the JWKS: the `max-age` that it is served with.
pub const JWKS_MAX_AGE: Duration = Duration::from_secs(300);
/// How long a replica may take to notice that another one changed the ring; several times what it usually takes.
pub const PICK_UP: Duration = Duration::from_secs(60);
/// How long a key is published before it signs: every replica publishes it by then, and no cache is older.
pub const PUBLISHED_BEFORE_SIGNING: Duration = Duration::from_secs(360);
/// How much older than it becomes in use a key is before it is taken for abandoned. Whoever still used it would have
/// rotated it by then.
const ABANDONED_AFTER: Duration = Duration::from_secs(86_400);
/// How long a retired key is remembered, for whoever asks what became of it.
const REMEMBERED: Duration = Duration::from_secs(365 * 86_400);

/// How access tokens are signed (RFC 7518, RFC 8037).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// Ed25519.
    EdDsa,
    /// ECDSA over P-256 with SHA-256.
    Es256,
    /// RSA PKCS #1 v1.5 with SHA-256, 2048 bits.
    Rs256,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::EdDsa, Self::Es256, Self::Rs256];

    /// The `alg` of JOSE headers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EdDsa => "EdDSA",
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
        }
    }

    /// The algorithm of that `alg`.
    #[must_use]
    pub fn parse(alg: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.as_str() == alg)
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The id of a signing key: the `kid` of JOSE headers, here the key's RFC 7638 thumbprint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub Box<str>);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The public half of a signing key: what the JWKS publishes. All numbers big-endian.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// The 32 bytes of an Ed25519 key.
    Ed25519 {
        /// The point.
        x: Vec<u8>,
    },
    /// A point on P-256, 32 bytes each.
    P256 {
        /// Abscissa.
        x: Vec<u8>,
        /// Ordinate.
        y: Vec<u8>,
    },
    /// An RSA key.
    Rsa {
        /// Modulus.
        n: Vec<u8>,
        /// Exponent.
        e: Vec<u8>,
    },
}

impl PublicKey {
    /// The one algorithm that the key is used with.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Self::Ed25519 { .. } => Algorithm::EdDsa,
            Self::P256 { .. } => Algorithm::Es256,
            Self::Rsa { .. } => Algorithm::Rs256,
        }
    }
}

/// A secret encrypted under the master key; what a store may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);

/// A key that was just made and does nothing yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKey {
    /// Its id.
    pub id: KeyId,
    /// Its public half.
    pub public: PublicKey,
    /// Its private half, sealed.
    pub private: Sealed,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a signing key does. The private half is gone as soon as the key signs no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyState {
    /// Published, so that verifiers know it in time.
    Next {
        /// Its private half, sealed.
        private: Sealed,
        /// Since when it is published.
        published_at: Timestamp,
    },
    /// Signs.
    Active {
        /// Its private half, sealed.
        private: Sealed,
        /// Since when it signs.
        since: Timestamp,
    },
    /// Signs no more; its tokens are believed.
    Retiring {
        /// When the last of its tokens has expired.
        until: Timestamp,
    },
    /// Over.
    Retired {
        /// Since when.
        at: Timestamp,
    },
}

impl KeyState {
    /// The word for it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Next { .. } => "next",
            Self::Active { .. } => "active",
            Self::Retiring { .. } => "retiring",
            Self::Retired { .. } => "retired",
        }
    }

    /// The sealed private half, where there still is one.
    #[must_use]
    pub fn private(&self) -> Option<&Sealed> {
        match self {
            Self::Next { private, .. } | Self::Active { private, .. } => Some(private),
            Self::Retiring { .. } | Self::Retired { .. } => None,
        }
    }
}

/// A signing key at rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningKey {
    /// Its id.
    pub id: KeyId,
    /// Its public half.
    pub public: PublicKey,
    /// When it was made.
    pub created_at: Timestamp,
    /// What it does.
    pub state: KeyState,
}

impl SigningKey {
    /// A new key becomes the next one.
    #[must_use]
    pub fn publish(new: NewKey, now: Timestamp) -> Self {
        Self {
            id: new.id,
            public: new.public,
            created_at: new.created_at,
            state: KeyState::Next {
                private: new.private,
                published_at: now,
            },
        }
    }

    /// The next key begins to sign; every other state stays.
    #[must_use]
    pub fn activate(self, now: Timestamp) -> Self {
        let state = match self.state {
            KeyState::Next { private, .. } => KeyState::Active { private, since: now },
            other => other,
        };
        Self { state, ..self }
    }

    /// The active key stops signing; every other state stays.
    #[must_use]
    fn step_down(self, until: Timestamp) -> Self {
        let state = match self.state {
            KeyState::Active { .. } => KeyState::Retiring { until },
            other => other,
        };
        Self { state, ..self }
    }

    /// The key is over, whatever it did; one that was over keeps its time.
    #[must_use]
    fn retire(self, now: Timestamp) -> Self {
        let state = match self.state {
            KeyState::Retired { at } => KeyState::Retired { at },
            _ => KeyState::Retired { at: now },
        };
        Self { state, ..self }
    }

    /// Whether the JWKS has it and its tokens are believed.
    #[must_use]
    pub fn is_published(&self) -> bool {
        !matches!(self.state, KeyState::Retired { .. })
    }

    fn is_active(&self) -> bool {
        matches!(self.state, KeyState::Active { .. })
    }

    fn is_next(&self) -> bool {
        matches!(self.state, KeyState::Next { .. })
    }
}

/// How signing keys are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPolicy {
    /// How access tokens are signed.
    pub algorithm: Algorithm,
    /// How long a key signs before the next one takes over by itself.
    pub rotation_age: Duration,
    /// How long access tokens live.
    pub access_ttl: Duration,
}

impl KeyPolicy {
    /// When the last token of a key that stops signing now has expired, also for a verifier whose clock is slow, and
    /// also if a replica goes on signing with it until it notices. Tokens of a time when they lived longer are not
    /// waited for: whoever shortens their life wants them gone.
    fn last_token_expires(&self, now: Timestamp) -> Timestamp {
        now.plus(self.access_ttl).plus(LEEWAY).plus(PICK_UP)
    }
}

/// Why a key does not take over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the next key is not known to every verifier before {ready_at}")]
pub struct NextKeyTooYoung {
    /// From when on it is.
    pub ready_at: Timestamp,
}

/// Why a key is not retired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RetireRefusal {
    /// The ring has no such key.
    #[error("there is no key of that id")]
    Unknown,
    /// It is over already.
    #[error("the key is retired already")]
    AlreadyRetired,
}

/// What became of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyChange {
    /// It signs from now on.
    Activated(KeyId),
    /// It is over.
    Retired(KeyId),
    /// The key of refresh tokens is another one.
    RefreshKeyReplaced,
}

/// Seals a secret anew: that of a signing key, or, without an id, the key of the refresh tokens' MAC.
pub type Reseal<'a, E> = dyn Fn(Option<&KeyId>, &Sealed) -> Result<Sealed, E> + Sync + 'a;

/// A ring after a change, and what the change did that an auditor asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedRing {
    /// The next version of the ring.
    pub ring: KeyRing,
    /// What happened to keys that matter to others.
    pub changes: Vec<KeyChange>,
}

/// All keys of a deployment. Small, read and replaced as a whole: a change is a new version, written only if nobody
/// else wrote one meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRing {
    /// Counts the changes, from 1.
    pub version: u64,
    /// In the order in which they were made.
    pub signing: Vec<SigningKey>,
    /// The key of the refresh tokens' MAC, sealed.
    pub refresh_mac: Sealed,
}

impl KeyRing {
    /// The first version: one key that signs, one that follows. Nobody can know the first one yet, so it signs at once.
    #[must_use]
    pub fn new(first: NewKey, next: NewKey, refresh_mac: Sealed, now: Timestamp) -> Self {
        Self {
            version: 1,
            signing: vec![
                SigningKey::publish(first, now).activate(now),
                SigningKey::publish(next, now),
            ],
            refresh_mac,
        }
    }

    /// The key that signs with `algorithm`.
    #[must_use]
    pub fn active(&self, algorithm: Algorithm) -> Option<&SigningKey> {
        self.find(algorithm, SigningKey::is_active)
    }

    /// The key that will.
    #[must_use]
    pub fn next(&self, algorithm: Algorithm) -> Option<&SigningKey> {
        self.find(algorithm, SigningKey::is_next)
    }

    fn find(&self, algorithm: Algorithm, does: fn(&SigningKey) -> bool) -> Option<&SigningKey> {
        let mut newest_first = self.signing.iter().rev();
        newest_first.find(|key| key.public.algorithm() == algorithm && does(key))
    }

    /// Does what the time demands: keys that are due take over, step down and retire, and a missing one is made. None
    /// where nothing is due.
    ///
    /// # Errors
    /// When `make` cannot make a key.
    pub fn tend<E>(
        self,
        policy: &KeyPolicy,
        now: Timestamp,
        make: &mut dyn FnMut() -> Result<NewKey, E>,
    ) -> Result<Option<ChangedRing>, E> {
        let mut tending = Tending::new(self, policy, now);
        tending.let_time_pass();
        tending.fill(make)?;
        let active_is_old = tending
            .ring
            .active(policy.algorithm)
            .is_some_and(|key| is_older(key, policy.rotation_age, now));
        if active_is_old && tending.next_is_ready().is_ok() {
            tending.rotate(make)?;
        }
        Ok(tending.done())
    }

    /// The next key takes over now.
    ///
    /// # Errors
    /// The inner error: the next key is not known to every verifier yet. The outer one: `make` cannot make a key.
    pub fn rotate<E>(
        self,
        policy: &KeyPolicy,
        now: Timestamp,
        make: &mut dyn FnMut() -> Result<NewKey, E>,
    ) -> Result<Result<ChangedRing, NextKeyTooYoung>, E> {
        let mut tending = Tending::new(self, policy, now);
        if let Err(refusal) = tending.next_is_ready() {
            return Ok(Err(refusal));
        }
        tending.rotate(make)?;
        Ok(Ok(tending.changed()))
    }

    /// A key is over at once: its tokens are not believed any more. Where it was the one that signs, the next one takes
    /// over, however young it is.
    ///
    /// # Errors
    /// The inner error: there is nothing to retire. The outer one: `make` cannot make a key.
    pub fn retire<E>(
        self,
        kid: &KeyId,
        policy: &KeyPolicy,
        now: Timestamp,
        make: &mut dyn FnMut() -> Result<NewKey, E>,
    ) -> Result<Result<ChangedRing, RetireRefusal>, E> {
        match self.signing.iter().find(|key| key.id == *kid) {
            None => return Ok(Err(RetireRefusal::Unknown)),
            Some(key) if !key.is_published() => return Ok(Err(RetireRefusal::AlreadyRetired)),
            Some(_) => {}
        }
        let mut tending = Tending::new(self, policy, now);
        tending.change(|key| key.id == *kid, |key| key.retire(now));
        tending.fill(make)?;
        Ok(Ok(tending.changed()))
    }

    /// The ring with another key for the MAC of refresh tokens: those that are about are refused from now on.
    #[must_use]
    pub fn with_refresh_mac(self, refresh_mac: Sealed) -> ChangedRing {
        ChangedRing {
            ring: Self {
                version: self.version + 1,
                refresh_mac,
                ..self
            },
            changes: vec![KeyChange::RefreshKeyReplaced],
        }
    }

    /// The ring with every secret sealed anew.
    ///
    /// # Errors
    /// Where `seal` cannot do it.
    pub fn reseal<E>(self, seal: &Reseal<'_, E>) -> Result<Self, E> {
        let mut signing = Vec::with_capacity(self.signing.len());
        for mut key in self.signing {
            match &mut key.state {
                KeyState::Next { private, .. } | KeyState::Active { private, .. } => {
                    *private = seal(Some(&key.id), private)?;
                }
                KeyState::Retiring { .. } | KeyState::Retired { .. } => {}
            }
            signing.push(key);
        }
        Ok(Self {
            version: self.version + 1,
            signing,
            refresh_mac: seal(None, &self.refresh_mac)?,
        })
    }
}

/// Whether a key has done what it does for so long.
fn is_older(key: &SigningKey, age: Duration, now: Timestamp) -> bool {
    match key.state {
        KeyState::Next {
            published_at: since, ..
        }
        | KeyState::Active { since, .. } => now >= since.plus(age),
        KeyState::Retiring { .. } | KeyState::Retired { .. } => false,
    }
}

/// A ring while it is being changed.
struct Tending<'a> {
    before: KeyRing,
    ring: KeyRing,
    policy: &'a KeyPolicy,
    now: Timestamp,
}

impl<'a> Tending<'a> {
    fn new(ring: KeyRing, policy: &'a KeyPolicy, now: Timestamp) -> Self {
        Self {
            before: ring.clone(),
            ring,
            policy,
            now,
        }
    }

    fn change(&mut self, concerns: impl Fn(&SigningKey) -> bool, change: impl Fn(SigningKey) -> SigningKey) {
        let keys = std::mem::take(&mut self.ring.signing).into_iter();
        self.ring.signing = keys.map(|key| if concerns(&key) { change(key) } else { key }).collect();
    }

    /// Keys whose last token has expired retire; those retired long ago are forgotten. Keys of an algorithm that is not
    /// configured any more go the same way once they are older than keys become, and get no successor. Not sooner: a
    /// replica that still has the old configuration uses them.
    fn let_time_pass(&mut self) {
        let (policy, now) = (self.policy, self.now);
        let abandoned_age = policy.rotation_age + ABANDONED_AFTER;
        let abandoned =
            |key: &SigningKey| key.public.algorithm() != policy.algorithm && is_older(key, abandoned_age, now);
        self.change(
            |key| abandoned(key) && key.is_active(),
            |key| key.step_down(policy.last_token_expires(now)),
        );
        self.change(|key| abandoned(key) && key.is_next(), |key| key.retire(now));
        self.change(
            |key| matches!(key.state, KeyState::Retiring { until } if now >= until),
            |key| key.retire(now),
        );
        self.ring
            .signing
            .retain(|key| !matches!(key.state, KeyState::Retired { at } if now >= at.plus(REMEMBERED)));
    }

    /// Sees to it that one key signs and one follows.
    fn fill<E>(&mut self, make: &mut dyn FnMut() -> Result<NewKey, E>) -> Result<(), E> {
        let (algorithm, now) = (self.policy.algorithm, self.now);
        if self.ring.active(algorithm).is_none() {
            if self.ring.next(algorithm).is_none() {
                self.ring.signing.push(SigningKey::publish(make()?, now));
            }
            self.activate_next();
        }
        if self.ring.next(algorithm).is_none() {
            self.ring.signing.push(SigningKey::publish(make()?, now));
        }
        Ok(())
    }

    fn activate_next(&mut self) {
        let (next, now) = (
            self.ring.next(self.policy.algorithm).map(|key| key.id.clone()),
            self.now,
        );
        self.change(|key| Some(&key.id) == next.as_ref(), |key| key.activate(now));
    }

    fn next_is_ready(&self) -> Result<(), NextKeyTooYoung> {
        let published_at = match self.ring.next(self.policy.algorithm).map(|key| &key.state) {
            Some(KeyState::Next { published_at, .. }) => *published_at,
            _ => self.now,
        };
        let ready_at = published_at.plus(PUBLISHED_BEFORE_SIGNING);
        if self.now >= ready_at {
            Ok(())
        } else {
            Err(NextKeyTooYoung { ready_at })
        }
    }

    fn rotate<E>(&mut self, make: &mut dyn FnMut() -> Result<NewKey, E>) -> Result<(), E> {
        let (algorithm, until) = (self.policy.algorithm, self.policy.last_token_expires(self.now));
        self.change(
            |key| key.public.algorithm() == algorithm && key.is_active(),
            |key| key.step_down(until),
        );
        self.activate_next();
        self.fill(make)
    }

    /// The change, where there is one.
    fn done(self) -> Option<ChangedRing> {
        (self.ring != self.before).then(|| self.changed())
    }

    fn changed(self) -> ChangedRing {
        let Self { before, mut ring, .. } = self;
        ring.version = before.version + 1;
        let was = |key: &SigningKey, does: fn(&SigningKey) -> bool| {
            before.signing.iter().any(|old| old.id == key.id && does(old))
        };
        let changes = ring
            .signing
            .iter()
            .filter_map(|key| match key.state {
                KeyState::Active { .. } if !was(key, SigningKey::is_active) => {
                    Some(KeyChange::Activated(key.id.clone()))
                }
                KeyState::Retired { .. } if was(key, SigningKey::is_published) => {
                    Some(KeyChange::Retired(key.id.clone()))
                }
                _ => None,
            })
            .collect();
        ChangedRing { ring, changes }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::fmt::Write as _;

    use super::*;

    const DAY: u64 = 86_400;
    const POLICY: KeyPolicy = KeyPolicy {
        algorithm: Algorithm::EdDsa,
        rotation_age: Duration::from_secs(90 * DAY),
        access_ttl: Duration::from_secs(900),
    };

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_unix_seconds(1_769_000_000).plus(Duration::from_secs(seconds))
    }

    /// Makes keys that are numbered instead of random.
    fn numbered(algorithm: Algorithm) -> impl FnMut() -> Result<NewKey, Infallible> {
        let mut number = 0_u8;
        move || {
            number += 1;
            let bytes = vec![number; 32];
            Ok(NewKey {
                id: KeyId(format!("{algorithm}-{number}").into()),
                public: match algorithm {
                    Algorithm::EdDsa => PublicKey::Ed25519 { x: bytes },
                    Algorithm::Es256 => PublicKey::P256 {
                        x: bytes.clone(),
                        y: bytes,
                    },
                    Algorithm::Rs256 => PublicKey::Rsa { n: bytes, e: vec![3] },
                },
                private: Sealed(vec![number]),
                created_at: at(0),
            })
        }
    }

    fn shown(ring: &KeyRing, now: Timestamp) -> String {
        let key = |key: &SigningKey| {
            let detail = match key.state {
                KeyState::Next { .. } | KeyState::Active { .. } => String::new(),
                KeyState::Retiring { until } => format!(" {} s more", until.since(now).as_secs()),
                KeyState::Retired { at } => format!(" {} s ago", now.since(at).as_secs()),
            };
            format!("{} {}{detail}", key.id, key.state.as_str())
        };
        ring.signing.iter().map(key).collect::<Vec<_>>().join(", ")
    }

    fn begin(make: &mut dyn FnMut() -> Result<NewKey, Infallible>) -> KeyRing {
        let (Ok(first), Ok(next)) = (make(), make());
        KeyRing::new(first, next, Sealed(vec![0]), at(0))
    }

    /// What a ring does by itself in the course of a year, looked after at these times.
    #[test]
    fn a_year_of_tending() {
        let mut make = numbered(Algorithm::EdDsa);
        let mut ring = begin(&mut make);
        let mut table = format!("         0  v{} {}\n", ring.version, shown(&ring, at(0)));
        for seconds in [
            1,
            400,
            90 * DAY - 1,
            90 * DAY,
            90 * DAY + 989,
            90 * DAY + 990,
            // Nobody looked after it for long.
            200 * DAY,
            290 * DAY,
            460 * DAY,
        ] {
            let now = at(seconds);
            let Ok(tended) = ring.clone().tend(&POLICY, now, &mut make);
            match tended {
                None => writeln!(table, "{seconds:>10}  nothing is due").unwrap(),
                Some(ChangedRing { ring: next, changes }) => {
                    assert_eq!(next.version, ring.version + 1);
                    ring = next;
                    writeln!(
                        table,
                        "{seconds:>10}  v{} {} {changes:?}",
                        ring.version,
                        shown(&ring, now)
                    )
                    .unwrap();
                }
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn a_change_of_the_algorithm_keeps_the_old_keys_for_those_who_still_use_them() {
        let mut ring = begin(&mut numbered(Algorithm::EdDsa));
        let mut make = numbered(Algorithm::Es256);
        let policy = KeyPolicy {
            algorithm: Algorithm::Es256,
            ..POLICY
        };
        let mut table = String::new();
        for seconds in [10, 20, 90 * DAY, 91 * DAY, 91 * DAY + 990] {
            let now = at(seconds);
            let Ok(tended) = ring.clone().tend(&policy, now, &mut make);
            ring = tended.map_or(ring, |changed| changed.ring);
            writeln!(table, "{seconds:>10}  {}", shown(&ring, now)).unwrap();
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn rotation_waits_until_verifiers_know_the_next_key() {
        let mut make = numbered(Algorithm::EdDsa);
        let ring = begin(&mut make);
        let Ok(early) = ring.clone().rotate(&POLICY, at(359), &mut make);
        assert_eq!(early, Err(NextKeyTooYoung { ready_at: at(360) }));
        let Ok(rotated) = ring.rotate(&POLICY, at(360), &mut make);
        let ChangedRing { ring, changes } = rotated.unwrap();
        assert_eq!(changes, [KeyChange::Activated(KeyId("EdDSA-2".into()))]);
        insta::assert_snapshot!(shown(&ring, at(360)), @"EdDSA-1 retiring 990 s more, EdDSA-2 active, EdDSA-3 next");
        let Ok(again) = ring.rotate(&POLICY, at(361), &mut make);
        assert_eq!(again, Err(NextKeyTooYoung { ready_at: at(720) }));
    }

    #[test]
    fn retire_table() {
        let mut make = numbered(Algorithm::EdDsa);
        let ring = begin(&mut make);
        let Ok(Ok(ChangedRing { ring, .. })) = ring.rotate(&POLICY, at(360), &mut make) else {
            panic!("the next key is old enough");
        };
        let mut table = format!("{:<10} {}\n", "", shown(&ring, at(400)));
        for kid in ["EdDSA-1", "EdDSA-2", "EdDSA-3", "nobody"] {
            let mut make = make_after(3);
            let Ok(outcome) = ring.clone().retire(&KeyId(kid.into()), &POLICY, at(400), &mut make);
            let line = match outcome {
                Ok(ChangedRing { ring, changes }) => format!("{} {changes:?}", shown(&ring, at(400))),
                Err(refusal) => refusal.to_string(),
            };
            writeln!(table, "{kid:<10} {line}").unwrap();
        }
        insta::assert_snapshot!(table);
    }

    fn make_after(number: usize) -> impl FnMut() -> Result<NewKey, Infallible> {
        let mut make = numbered(Algorithm::EdDsa);
        for _ in 0..number {
            let Ok(_) = make();
        }
        make
    }

    #[test]
    fn a_retired_key_is_not_retired_twice_and_has_no_private_half() {
        let mut make = numbered(Algorithm::EdDsa);
        let ring = begin(&mut make);
        let first = ring.signing[0].id.clone();
        let Ok(Ok(ChangedRing { ring, .. })) = ring.retire(&first, &POLICY, at(5), &mut make) else {
            panic!("an active key can be retired");
        };
        assert_eq!(ring.signing[0].state.private(), None);
        let Ok(again) = ring.retire(&first, &POLICY, at(6), &mut make);
        assert_eq!(again, Err(RetireRefusal::AlreadyRetired));
    }

    #[test]
    fn resealing_touches_every_secret_that_is_left() {
        let mut make = numbered(Algorithm::EdDsa);
        let ring = begin(&mut make);
        let resealed = ring
            .clone()
            .reseal::<Infallible>(&|kid, sealed| {
                let mut bytes = kid.map_or(vec![0xff], |kid| kid.0.as_bytes().to_vec());
                bytes.extend(&sealed.0);
                Ok(Sealed(bytes))
            })
            .unwrap();
        assert_eq!(resealed.version, ring.version + 1);
        assert_eq!(resealed.refresh_mac, Sealed(vec![0xff, 0]));
        assert_eq!(
            resealed.signing[0].state.private(),
            Some(&Sealed(b"EdDSA-1\x01".to_vec()))
        );
        assert_eq!(
            resealed.signing[1].state.private(),
            Some(&Sealed(b"EdDSA-2\x02".to_vec()))
        );
    }

    #[test]
    fn a_key_is_published_for_longer_than_any_cache_and_replica_is_behind() {
        assert_eq!(PUBLISHED_BEFORE_SIGNING, JWKS_MAX_AGE + PICK_UP);
    }
}
