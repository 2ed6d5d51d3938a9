//! `/admin/v1/keys`

use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use time::OffsetDateTime;
use wxlogin_domain::key_ring::{KeyId, KeyRing, KeyState, RetireRefusal, SigningKey};
use wxlogin_domain::keys::{KeyService, KeysError, RetireError, RotateError};

use crate::http::Tag;
use crate::http::api_key::{API_KEY_CODES, Admin, Caller};
use crate::http::problem::{Code, Problem, ProblemSet, Refused, Text, text};
use crate::http::wire::moment;

/// The signing keys.
#[derive(Object)]
#[oai(rename = "SigningKeys")]
pub struct SigningKeysBody {
    /// The keys in the order in which they were made, retired ones included for a year.
    keys: Vec<SigningKeyBody>,
}

/// A signing key.
#[derive(Object)]
#[oai(rename = "SigningKey", skip_serializing_if_is_none)]
struct SigningKeyBody {
    /// Its id, as in the tokens' header.
    kid: String,
    /// The algorithm that it is used with.
    alg: String,
    /// What it does.
    state: KeyStateBody,
    /// Since when; not known of a `retiring` key (RFC 3339, UTC).
    since: Option<OffsetDateTime>,
    /// Until when a `retiring` key is believed (RFC 3339, UTC).
    until: Option<OffsetDateTime>,
    /// When it was made (RFC 3339, UTC).
    created_at: OffsetDateTime,
}

/// What a signing key does.
#[derive(poem_openapi::Enum)]
#[oai(rename = "SigningKeyState", rename_all = "snake_case")]
enum KeyStateBody {
    /// Published in the JWKS, so that verifiers know it before it signs.
    Next,
    /// Signs.
    Active,
    /// Signs no more; published until the last of its tokens has expired.
    Retiring,
    /// Over: not published, its tokens are refused.
    Retired,
}

impl From<KeyRing> for SigningKeysBody {
    fn from(ring: KeyRing) -> Self {
        Self {
            keys: ring.signing.into_iter().map(SigningKeyBody::from).collect(),
        }
    }
}

impl From<SigningKey> for SigningKeyBody {
    fn from(key: SigningKey) -> Self {
        let (state, since, until) = match key.state {
            KeyState::Next { published_at, .. } => (KeyStateBody::Next, Some(published_at), None),
            KeyState::Active { since, .. } => (KeyStateBody::Active, Some(since), None),
            KeyState::Retiring { until } => (KeyStateBody::Retiring, None, Some(until)),
            KeyState::Retired { at } => (KeyStateBody::Retired, Some(at), None),
        };
        Self {
            alg: key.public.algorithm().as_str().to_owned(),
            kid: key.id.0.into(),
            state,
            since: since.map(moment),
            until: until.map(moment),
            created_at: moment(key.created_at),
        }
    }
}

/// What listing the keys, or replacing that of refresh tokens, can answer besides success.
pub struct ListKeysProblems;

impl ProblemSet for ListKeysProblems {
    const CODES: &'static [&'static [Code]] = &[&API_KEY_CODES];
}

/// What a rotation can answer besides the keys.
pub struct RotateKeysProblems;

impl ProblemSet for RotateKeysProblems {
    const CODES: &'static [&'static [Code]] = &[&API_KEY_CODES, &[Code::RateLimited]];
}

/// What retiring a key can answer besides the keys.
pub struct RetireKeyProblems;

impl ProblemSet for RetireKeyProblems {
    const CODES: &'static [&'static [Code]] = &[&API_KEY_CODES, &[Code::NotFound]];
}

impl From<KeysError> for Problem {
    fn from(error: KeysError) -> Self {
        match error {
            KeysError::Store(error) => error.into(),
            KeysError::Make(_) | KeysError::DoNotOpen(_) => {
                tracing::error!(%error, "the signing keys cannot be changed");
                Self::new(Code::Internal)
            }
        }
    }
}

/// The answer of replacing the key of refresh tokens.
#[derive(ApiResponse)]
pub enum RefreshKeyReplaced {
    /// Every refresh token that is about is refused from now on; by other replicas within seconds.
    #[oai(status = 204)]
    Done,
}

/// Work on signing keys.
#[derive(Clone)]
pub struct KeysApi {
    service: KeyService,
}

impl KeysApi {
    /// Served by this service.
    pub fn new(service: KeyService) -> Self {
        Self { service }
    }

    fn too_young(&self, ready_at: wxlogin_domain::timestamp::Timestamp) -> Problem {
        Problem::new(Code::RateLimited)
            .with_retry_after(ready_at.since(self.service.clock.now()))
            .with_detail(Text::made(
                format!("下一把密钥在 {ready_at} 之前还没有被所有验证方获知。密钥泄露时请用 retire，它立即生效。"),
                format!(
                    "The next key is not known to every verifier before {ready_at}. Where a key is compromised, retire \
                     it: that takes effect at once."
                ),
            ))
    }
}

#[OpenApi]
impl KeysApi {
    /// List the signing keys
    ///
    /// Which key signs, which one follows, and what became of the others.
    #[oai(
        path = "/admin/v1/keys",
        method = "get",
        operation_id = "listSigningKeys",
        tag = "Tag::Admin"
    )]
    async fn list(&self, _caller: Caller<Admin>) -> Result<Json<SigningKeysBody>, Refused<ListKeysProblems>> {
        let ring = self.service.list().await.map_err(Problem::from)?;
        Ok(Json(ring.into()))
    }

    /// Rotate the signing keys
    ///
    /// The next key takes over; the one that signed is believed until its last token has expired. Keys rotate by
    /// themselves as well. Within 6 minutes of the last rotation the next key is not known to every verifier yet, and
    /// the answer is `rate_limited`.
    #[oai(
        path = "/admin/v1/keys/rotate",
        method = "post",
        operation_id = "rotateSigningKeys",
        tag = "Tag::Admin"
    )]
    async fn rotate(&self, caller: Caller<Admin>) -> Result<Json<SigningKeysBody>, Refused<RotateKeysProblems>> {
        match self.service.rotate(&caller.origin).await {
            Ok(ring) => Ok(Json(ring.into())),
            Err(RotateError::TooYoung(young)) => Err(self.too_young(young.ready_at).into()),
            Err(RotateError::Keys(error)) => Err(Problem::from(error).into()),
        }
    }

    /// Replace the key of refresh tokens
    ///
    /// For where it has leaked: whoever has it makes refresh tokens for anybody. Every refresh token that is about is
    /// refused from now on, and people log in anew, which asks nothing of them. Access tokens are good until they expire.
    #[oai(
        path = "/admin/v1/keys/replace-refresh-key",
        method = "post",
        operation_id = "replaceRefreshKey",
        tag = "Tag::Admin"
    )]
    async fn replace_refresh_key(
        &self,
        caller: Caller<Admin>,
    ) -> Result<RefreshKeyReplaced, Refused<ListKeysProblems>> {
        self.service
            .replace_refresh_key(&caller.origin)
            .await
            .map_err(Problem::from)?;
        Ok(RefreshKeyReplaced::Done)
    }

    /// Retire a signing key at once
    ///
    /// For a key that is compromised. Its tokens are refused here from now on, by other replicas within seconds, and by
    /// local verifiers as soon as they fetch the JWKS anew. Where it was the key that signs, the next one takes over.
    /// People stay logged in: their next refresh answers a token of the new key.
    #[oai(
        path = "/admin/v1/keys/:kid/retire",
        method = "post",
        operation_id = "retireSigningKey",
        tag = "Tag::Admin"
    )]
    async fn retire(
        &self,
        caller: Caller<Admin>,
        /// The key's id.
        kid: Path<String>,
    ) -> Result<Json<SigningKeysBody>, Refused<RetireKeyProblems>> {
        match self.service.retire(&caller.origin, &KeyId(kid.0.into())).await {
            Ok(ring) => Ok(Json(ring.into())),
            // Somebody else was as quick: what was wished is so.
            Err(RetireError::Refused(RetireRefusal::AlreadyRetired)) => {
                let ring = self.service.list().await.map_err(Problem::from)?;
                Ok(Json(ring.into()))
            }
            Err(RetireError::Refused(RetireRefusal::Unknown)) => Err(Problem::new(Code::NotFound)
                .with_detail(text("没有这把密钥。", "There is no such key."))
                .into()),
            Err(RetireError::Keys(error)) => Err(Problem::from(error).into()),
        }
    }
}
