//! Everything held about an account, as JSON.

use poem_openapi::Object;
use wxlogin_domain::accounts::AccountExport;
use wxlogin_domain::audit::AuditEvent;
use wxlogin_domain::id::SessionId;

use super::admin::audit::AuditEventBody;
use super::session_wire::SessionBody;
use super::wire::AccountBody;

/// Everything held about an account.
#[derive(Object)]
#[oai(rename = "AccountExport")]
pub struct AccountExportBody {
    /// The account.
    account: AccountBody,
    /// Its sessions, ended and expired ones too, as long as they are kept.
    sessions: Vec<SessionBody>,
    /// What the audit log has on it, newest first; 10,000 events at the most.
    audit: Vec<AuditEventBody>,
}

impl AccountExportBody {
    /// As operators get it.
    pub fn for_operators(export: AccountExport) -> Self {
        Self::new(export, None, AuditEventBody::from)
    }

    /// As the person gets it whose account it is. Of what others did the person learns that it was done: which of the
    /// operators it was, and from where, is theirs.
    pub fn for_its_owner(export: AccountExport, current: SessionId) -> Self {
        Self::new(export, Some(current), AuditEventBody::without_operator)
    }

    fn new(export: AccountExport, current: Option<SessionId>, event: fn(AuditEvent) -> AuditEventBody) -> Self {
        let session = |session| SessionBody::new(session, current);
        Self {
            account: export.account.into(),
            sessions: export.sessions.into_iter().map(session).collect(),
            audit: export.events.into_iter().map(event).collect(),
        }
    }
}
