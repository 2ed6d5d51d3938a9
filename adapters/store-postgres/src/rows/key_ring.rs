//! The rows of the key ring: its own, and those of its signing keys. Private parts are sealed.

use sqlx::postgres::PgRow;
use wxlogin_domain::key_ring::{KeyId, KeyRing, KeyState, PublicKey, Sealed, SigningKey};
use wxlogin_domain::ports::store::StoreError;

use super::{Columns as _, unreadable};
use crate::lease::Statement;

/// The ring `r` with its signing keys `k`: a row for each key.
pub(crate) const SELECT_RING: &str = "SELECT r.version, r.refresh_mac, k.kid, k.kty, k.public_1, k.public_2, \
     k.created_at, k.state, k.state_at, k.private \
     FROM key_ring AS r LEFT JOIN signing_key AS k ON true ORDER BY k.place";

/// Signing keys, column by column.
#[derive(Default)]
pub(crate) struct SigningKeyColumns {
    place: Vec<i32>,
    kid: Vec<String>,
    kty: Vec<String>,
    public_1: Vec<Vec<u8>>,
    public_2: Vec<Option<Vec<u8>>>,
    created_at: Vec<i64>,
    state: Vec<String>,
    state_at: Vec<i64>,
    private: Vec<Option<Vec<u8>>>,
}

impl SigningKeyColumns {
    pub(crate) fn of(keys: &[SigningKey]) -> Self {
        let mut columns = Self::default();
        for (place, key) in (0..).zip(keys) {
            let (kty, public_1, public_2) = match &key.public {
                PublicKey::Ed25519 { x } => ("OKP", x, None),
                PublicKey::P256 { x, y } => ("EC", x, Some(y)),
                PublicKey::Rsa { n, e } => ("RSA", n, Some(e)),
            };
            let state_at = match key.state {
                KeyState::Next { published_at: at, .. }
                | KeyState::Active { since: at, .. }
                | KeyState::Retiring { until: at }
                | KeyState::Retired { at } => at,
            };
            columns.place.push(place);
            columns.kid.push(key.id.to_string());
            columns.kty.push(kty.to_owned());
            columns.public_1.push(public_1.clone());
            columns.public_2.push(public_2.cloned());
            columns.created_at.push(key.created_at.unix_millis());
            columns.state.push(key.state.as_str().to_owned());
            columns.state_at.push(state_at.unix_millis());
            columns.private.push(key.state.private().map(|sealed| sealed.0.clone()));
        }
        columns
    }

    /// Gives a statement the next nine values.
    pub(crate) fn bind_to(self, statement: Statement) -> Statement {
        statement
            .bind(self.place)
            .bind(self.kid)
            .bind(self.kty)
            .bind(self.public_1)
            .bind(self.public_2)
            .bind(self.created_at)
            .bind(self.state)
            .bind(self.state_at)
            .bind(self.private)
    }
}

/// The ring of the rows that [`SELECT_RING`] answers, once there is one.
pub(crate) fn key_ring(rows: &[PgRow]) -> Result<Option<KeyRing>, StoreError> {
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let version = u64::try_from(row.column::<i64>("version")?);
    let has_key = |row: &&PgRow| !matches!(row.text_if_any("kid"), Ok(None));
    Ok(Some(KeyRing {
        version: version.map_err(|_| unreadable("a key ring's version"))?,
        signing: rows.iter().filter(has_key).map(signing_key).collect::<Result<_, _>>()?,
        refresh_mac: Sealed(row.column("refresh_mac")?),
    }))
}

fn signing_key(row: &PgRow) -> Result<SigningKey, StoreError> {
    let first: Vec<u8> = row.column("public_1")?;
    let second: Option<Vec<u8>> = row.column("public_2")?;
    let public = match (row.text("kty")?, second) {
        ("OKP", None) => PublicKey::Ed25519 { x: first },
        ("EC", Some(y)) => PublicKey::P256 { x: first, y },
        ("RSA", Some(e)) => PublicKey::Rsa { n: first, e },
        _ => return Err(unreadable("a signing key")),
    };
    Ok(SigningKey {
        id: KeyId(row.text("kid")?.into()),
        public,
        created_at: row.time("created_at")?,
        state: state(row)?,
    })
}

fn state(row: &PgRow) -> Result<KeyState, StoreError> {
    let at = row.time("state_at")?;
    let private = || {
        let private: Option<Vec<u8>> = row.column("private")?;
        private.map(Sealed).ok_or_else(|| unreadable("a signing key"))
    };
    Ok(match row.text("state")? {
        "next" => KeyState::Next {
            private: private()?,
            published_at: at,
        },
        "active" => KeyState::Active {
            private: private()?,
            since: at,
        },
        "retiring" => KeyState::Retiring { until: at },
        "retired" => KeyState::Retired { at },
        _ => return Err(unreadable("a signing key")),
    })
}
