//! Sessions as JSON.

use poem_openapi::Object;
use time::OffsetDateTime;
use wxlogin_domain::id::SessionId;
use wxlogin_domain::session::Session;

use super::wire::moment;

/// Sessions of an account.
#[derive(Object)]
#[oai(rename = "Sessions")]
pub struct SessionsBody {
    /// The sessions, the oldest first.
    sessions: Vec<SessionBody>,
}

impl SessionsBody {
    /// These sessions; `current` is the one that asks.
    pub fn new(sessions: Vec<Session>, current: Option<SessionId>) -> Self {
        let body = |session| SessionBody::new(session, current);
        Self {
            sessions: sessions.into_iter().map(body).collect(),
        }
    }
}

/// A login that lives on.
#[derive(Object)]
#[oai(rename = "Session", skip_serializing_if_is_none)]
pub struct SessionBody {
    /// The session's id, opaque: the `sid` of access tokens.
    id: String,
    /// The mini program.
    appid: String,
    /// On what the person logged in, in the words of the login.
    device: Option<String>,
    /// On what the person logged in, as far as `User-Agent` says: system and version of WeChat, such as
    /// `WeChat 8.0 (iOS)`. The header itself is not kept.
    user_agent: Option<String>,
    /// Whether it is the session of the access token that this request was made with.
    current: bool,
    /// When the login was (RFC 3339, UTC).
    created_at: OffsetDateTime,
    /// When it was last used, give or take a minute or two (RFC 3339, UTC).
    last_used_at: OffsetDateTime,
    /// When it ends if it is not refreshed before (RFC 3339, UTC).
    expires_at: OffsetDateTime,
    /// When it was ended before its time, where it was (RFC 3339, UTC).
    ended_at: Option<OffsetDateTime>,
    /// Why: `logout`, `refresh_token_reused`, `suspended`, `token_revoked`, `displaced`, `ended_by_operator`.
    end_reason: Option<String>,
}

impl SessionBody {
    /// A session; `current` is the one that asks.
    pub fn new(session: Session, current: Option<SessionId>) -> Self {
        let expires_at = session.refreshable_until();
        Self {
            id: session.id.session.to_string(),
            appid: session.identity.app.to_string(),
            device: session.device.map(|device| device.as_str().to_owned()),
            user_agent: session.client.map(|client| client.as_str().to_owned()),
            current: current == Some(session.id.session),
            created_at: moment(session.created_at),
            last_used_at: moment(session.last_used_at),
            expires_at: moment(expires_at),
            ended_at: session.end.map(|end| moment(end.at)),
            end_reason: session.end.map(|end| end.reason.as_str().to_owned()),
        }
    }
}
