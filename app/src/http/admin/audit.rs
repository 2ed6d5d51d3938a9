//! `GET /admin/v1/audit`

use std::sync::Arc;

use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use time::OffsetDateTime;
use wxlogin_domain::audit::{AuditAction, AuditEvent, AuditFilter, AuditPage, AuditQuery, IpPseudonym};
use wxlogin_domain::id::{AccountId, EventId};
use wxlogin_domain::identity::AppId;
use wxlogin_domain::origin::Actor;
use wxlogin_domain::ports::audit_store::AuditStore;

use super::accounts::SearchProblems;
use crate::http::Tag;
use crate::http::api_key::{Admin, Caller};
use crate::http::problem::{Code, Problem, Refused, text};
use crate::http::query::RawQuery;
use crate::http::wire::moment;

/// Something that happened.
#[derive(Object)]
#[oai(rename = "AuditEvent", skip_serializing_if_is_none)]
pub struct AuditEventBody {
    /// The event's id.
    id: String,
    /// When (RFC 3339, UTC).
    at: OffsetDateTime,
    /// What: `login_succeeded`, `login_failed`, `refresh_token_reused`, `logged_out`, `logged_out_everywhere`,
    /// `token_revoked`, `session_ended`, `sessions_ended`, `account_suspended`, `account_restored`, `account_erased`,
    /// `account_merged`, `account_merged_away`, `unionid_conflict`, `phone_bound`, `phone_removed`, `user_info_modified`,
    /// `authorization_revoked`, `authorization_cancelled`, `session_key_reset`, `account_viewed`, `accounts_searched`,
    /// `accounts_imported`, `account_exported`, `key_activated`, `key_retired`, `keys_resealed`, `refresh_key_replaced`,
    /// `api_key_created`, `api_key_removed`. There may be more in later releases.
    action: String,
    /// Who did it: `person`, `wechat`, `service`, or `api_key:NAME`, which the person's own export calls `operator`.
    actor: String,
    /// To which account.
    account_id: Option<String>,
    /// To which session.
    session_id: Option<String>,
    /// In which mini program.
    appid: Option<String>,
    /// With which problem it was refused, if it was.
    code: Option<String>,
    /// What else there is to say: a key's id, an API key's name, the other account of a merge or a conflict, WeChat's
    /// numbers for what was taken back, how many accounts were imported.
    detail: Option<String>,
    /// In which request.
    request_id: Option<String>,
    /// From which address: a pseudonym, the same for the same address.
    ip: Option<String>,
}

impl From<AuditEvent> for AuditEventBody {
    fn from(event: AuditEvent) -> Self {
        Self {
            id: event.id.to_string(),
            at: moment(event.at),
            action: event.action.as_str().to_owned(),
            actor: event.actor.to_text(),
            account_id: event.account.map(|account| account.to_string()),
            session_id: event.session.map(|session| session.session.to_string()),
            appid: event.app.map(|app| app.to_string()),
            code: event.code.map(Into::into),
            detail: event.detail.map(Into::into),
            request_id: event.request_id.map(Into::into),
            ip: event.ip.map(|ip| ip.0.into()),
        }
    }
}

impl AuditEventBody {
    /// An event as the person gets it whose account it is on: which operator it was, and from where, is left out; so is
    /// the other account of a conflict, which may be another person's.
    pub fn without_operator(mut event: AuditEvent) -> Self {
        if event.action == AuditAction::UnionidConflict {
            event.detail = None;
        }
        let by_operator = matches!(event.actor, Actor::ApiKey(_));
        let body = Self::from(event);
        if by_operator {
            Self {
                actor: "operator".to_owned(),
                request_id: None,
                ip: None,
                ..body
            }
        } else {
            body
        }
    }
}

/// A page of the audit log.
#[derive(Object)]
#[oai(rename = "AuditPage", skip_serializing_if_is_none)]
pub struct AuditPageBody {
    /// The events, newest first. A page may have fewer than `limit`, even none, and still not be the last.
    events: Vec<AuditEventBody>,
    /// Where the next page begins: the `cursor` to ask for it with. Absent on the last page.
    next_cursor: Option<String>,
}

impl From<AuditPage> for AuditPageBody {
    fn from(page: AuditPage) -> Self {
        Self {
            events: page.events.into_iter().map(AuditEventBody::from).collect(),
            next_cursor: page.next.map(|next| next.to_string()),
        }
    }
}

/// Reading the audit log.
#[derive(Clone)]
pub struct AuditApi {
    store: Arc<dyn AuditStore>,
}

impl AuditApi {
    /// Of this store.
    pub fn new(store: Arc<dyn AuditStore>) -> Self {
        Self { store }
    }
}

#[OpenApi]
impl AuditApi {
    /// Read the audit log
    ///
    /// The events that fit every filter, newest first, page by page. Pages stay in order while events are added: none is
    /// shown twice.
    #[expect(clippy::too_many_arguments, reason = "one argument is one parameter of the document")]
    #[oai(
        path = "/admin/v1/audit",
        method = "get",
        operation_id = "listAuditEvents",
        tag = "Tag::Admin"
    )]
    async fn list(
        &self,
        _caller: Caller<Admin>,
        query: RawQuery,
        /// Events on this account: its id.
        #[oai(name = "account")]
        _account: Query<Option<String>>,
        /// Events of this kind, such as `login_failed`.
        #[oai(name = "action")]
        _action: Query<Option<String>>,
        /// Events in this mini program.
        #[oai(name = "appid")]
        _appid: Query<Option<String>>,
        /// Events by this actor: `person`, `wechat`, `service`, or `api_key:NAME`.
        #[oai(name = "actor")]
        _actor: Query<Option<String>>,
        /// Events refused with this problem, such as `code_invalid`.
        #[oai(name = "code")]
        _code: Query<Option<String>>,
        /// Events from this address, by its pseudonym.
        #[oai(name = "ip")]
        _ip: Query<Option<String>>,
        /// Events not before this time (RFC 3339).
        #[oai(name = "since")]
        _since: Query<Option<String>>,
        /// Events before this time (RFC 3339).
        #[oai(name = "until")]
        _until: Query<Option<String>>,
        /// `next_cursor` of the page before.
        #[oai(name = "cursor")]
        _cursor: Query<Option<String>>,
        /// How many at the most: 1 to 100, 20 where nothing is said.
        #[oai(name = "limit")]
        _limit: Query<Option<String>>,
    ) -> Result<Json<AuditPageBody>, Refused<SearchProblems>> {
        let query = read_query(&query)?;
        let page = self.store.audit(&query).await.map_err(Problem::from)?;
        Ok(Json(page.into()))
    }
}

fn read_query(query: &RawQuery) -> Result<AuditQuery, Problem> {
    let shape = || text("格式不对", "it is not of the right form");
    query.read(|parameters| AuditQuery {
        filter: AuditFilter {
            account: parameters.parsed(
                "account",
                text("应为账号 id", "an account's id is expected"),
                AccountId::parse,
            ),
            action: parameters.parsed(
                "action",
                text("没有这种事件", "there are no events of that name"),
                |word| AuditAction::parse(word).ok_or(()),
            ),
            app: parameters.parsed("appid", shape(), AppId::parse),
            actor: parameters.parsed(
                "actor",
                text(
                    "应为 person、wechat、service 或 api_key:名字",
                    "person, wechat, service or api_key:NAME is expected",
                ),
                |word| Actor::parse(word).ok_or(()),
            ),
            code: parameters.parsed(
                "code",
                text("没有这个错误码", "there is no problem of that code"),
                |name| Code::parse(name).map(|code| code.as_str().into()).ok_or(()),
            ),
            ip: parameters.parsed(
                "ip",
                text(
                    "应为以 ip_ 开头的假名",
                    "a pseudonym is expected, which begins with ip_",
                ),
                |name| {
                    name.strip_prefix("ip_")
                        .is_some_and(|rest| !rest.is_empty())
                        .then(|| IpPseudonym(name.into()))
                        .ok_or(())
                },
            ),
            since: parameters.moment("since"),
            until: parameters.moment("until"),
        },
        after: parameters.cursor(EventId::parse),
        limit: parameters.limit(),
    })
}
