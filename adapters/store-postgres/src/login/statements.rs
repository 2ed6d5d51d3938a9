//! The statements of a login. Each that writes touches exactly one row where its guard holds, and nothing where it does
//! not.

use sqlx::types::Uuid;
use wxlogin_domain::account::LinkedIdentity;
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::login_rules::{RecordedLogin, Room};
use wxlogin_domain::session::EndReason;

use crate::lease::Statement;
use crate::rows::Id as _;
use crate::rows::account::{AccountColumns, account_columns};
use crate::rows::event::{EventColumns, append_events};
use crate::rows::identity::IdentityColumns;
use crate::rows::session::{SessionColumns, begin_sessions};

/// The accounts that a login could belong to, and who has its telephone number: one row at the least.
pub(crate) const CANDIDATES: &str = concat!(
    "SELECT h.holders, n.by_identity, ",
    account_columns!(),
    " FROM (SELECT ARRAY(SELECT id FROM account WHERE phone_number = $4 LIMIT 2) AS holders) AS h \
     LEFT JOIN (SELECT account_id, true AS by_identity FROM identity WHERE appid = $1 AND openid = $2 \
     UNION ALL SELECT account_id, false FROM unionid WHERE unionid = $3) AS n ON true \
     LEFT JOIN account AS a ON a.id = n.account_id LEFT JOIN identity AS i ON i.account_id = a.id ORDER BY i.place"
);

/// Begins a session of an account to which somebody logs in again. The revision stays: logins that rest on the same one
/// do not overtake each other, as long as there is room for all their sessions.
pub(crate) const BEGUN_AGAIN: &str = concat!(
    "WITH known AS (UPDATE account SET last_login_at = $28, session_rows = session_rows + 1 \
     WHERE id = $27 AND rev = $29 AND session_rows < $30 RETURNING id), told AS (",
    append_events!("EXISTS (SELECT FROM known)"),
    "), begun AS (",
    begin_sessions!("EXISTS (SELECT FROM known)"),
    ") SELECT FROM known"
);

/// Begins a session in the place of others. Whoever ended meanwhile keeps the first reason; whoever lives again
/// meanwhile, by a refresh that was under way, stays. The revision changes: another login has to look at the sessions
/// anew.
pub(crate) const BEGUN_IN_PLACE: &str = concat!(
    "WITH known AS (UPDATE account SET rev = rev + 1, last_login_at = $28, session_rows = $31 \
     WHERE id = $27 AND rev = $29 AND session_rows = $30 RETURNING id), \
     displaced AS (UPDATE login_session SET end_reason = $34, ended_at = $28 FROM known \
     WHERE account_id = $27 AND session_id = ANY($32) AND end_reason IS NULL), \
     discarded AS (DELETE FROM login_session USING known \
     WHERE account_id = $27 AND session_id = ANY($33) \
     AND (end_reason IS NOT NULL OR idle_expires_at <= $28 OR expires_at <= $28)), told AS (",
    append_events!("EXISTS (SELECT FROM known)"),
    "), begun AS (",
    begin_sessions!("EXISTS (SELECT FROM known)"),
    ") SELECT FROM known"
);

/// Makes an account with its first identity and session. Where the identity is there already, nothing is made; where the
/// unionid is, the identity has no account to belong to, and all is undone.
pub(crate) const ANEW: &str = concat!(
    "WITH identified AS (\
     INSERT INTO identity (appid, openid, account_id, place, unionid, first_seen_at, unionid_conflict) \
     SELECT * FROM UNNEST($38::text[], $39::text[], $40::uuid[], $41::integer[], $42::text[], $43::bigint[], \
     $44::uuid[]) ON CONFLICT (appid, openid) DO NOTHING RETURNING account_id), \
     linked AS (INSERT INTO unionid (unionid, account_id) \
     SELECT n.unionid, identified.account_id FROM UNNEST($45::text[]) AS n (unionid), identified \
     ON CONFLICT (unionid) DO NOTHING RETURNING account_id), \
     known AS (INSERT INTO account (id, rev, session_rows, status, created_at, last_login_at, nickname, avatar_url, \
     phone_number, phone_country_code, phone_verified_at, external_id) \
     SELECT n.id, 1, n.session_rows, n.status, n.created_at, n.last_login_at, n.nickname, n.avatar_url, \
     n.phone_number, n.phone_country_code, n.phone_verified_at, n.external_id \
     FROM UNNEST($27::uuid[], $28::bigint[], $29::text[], $30::bigint[], $31::bigint[], $32::text[], $33::text[], \
     $34::text[], $35::integer[], $36::bigint[], $37::text[]) AS n (id, session_rows, status, created_at, \
     last_login_at, nickname, avatar_url, phone_number, phone_country_code, phone_verified_at, external_id) \
     WHERE EXISTS (SELECT FROM identified) AND (SELECT count(*) FROM linked) = cardinality($45::text[]) \
     RETURNING id), told AS (",
    append_events!("EXISTS (SELECT FROM known)"),
    "), begun AS (",
    begin_sessions!("EXISTS (SELECT FROM known)"),
    ") SELECT FROM known"
);

pub(crate) const ADD_IDENTITY: &str = "INSERT INTO identity \
     (appid, openid, account_id, place, unionid, first_seen_at, unionid_conflict) \
     SELECT * FROM UNNEST($1::text[], $2::text[], $3::uuid[], $4::integer[], $5::text[], $6::bigint[], $7::uuid[]) \
     ON CONFLICT (appid, openid) DO NOTHING";

pub(crate) const CHANGE_IDENTITY: &str = "UPDATE identity SET unionid = $4, unionid_conflict = $5 \
     WHERE appid = $1 AND openid = $2 AND account_id = $3";

pub(crate) const LINK_UNIONID: &str = "INSERT INTO unionid (unionid, account_id) VALUES ($1, $2) \
     ON CONFLICT (unionid) DO NOTHING";

/// Gives a statement the events and the session of a login.
fn told(statement: &'static str, recorded: &RecordedLogin) -> Statement {
    let events: EventColumns = recorded.events.iter().collect();
    let session: SessionColumns = [&recorded.session].into_iter().collect();
    session.bind_to(events.bind_to(sqlx::query(statement)))
}

/// See [`BEGUN_AGAIN`]: the account is at this revision and has fewer than `most` sessions.
pub(super) fn begun_again(recorded: &RecordedLogin, rev: i64, most: i64) -> Statement {
    told(BEGUN_AGAIN, recorded)
        .bind(recorded.account.id.to_uuid())
        .bind(recorded.account.last_login_at.unix_millis())
        .bind(rev)
        .bind(most)
}

/// See [`BEGUN_IN_PLACE`]: the account is at this revision and has so many rows of sessions, and then as many as `rows`.
pub(super) fn begun_in_place(recorded: &RecordedLogin, guard: [i64; 2], room: &Room, rows: i64) -> Statement {
    let uuids = |ids: &[SessionId]| -> Vec<Uuid> { ids.iter().map(|id| id.to_uuid()).collect() };
    told(BEGUN_IN_PLACE, recorded)
        .bind(recorded.account.id.to_uuid())
        .bind(recorded.account.last_login_at.unix_millis())
        .bind(guard[0])
        .bind(guard[1])
        .bind(rows)
        .bind(uuids(&room.end))
        .bind(uuids(&room.remove))
        .bind(EndReason::Displaced.as_str())
}

/// See [`ANEW`].
pub(super) fn anew(recorded: &RecordedLogin, unionid: Option<String>) -> Statement {
    let account = &recorded.account;
    let made = AccountColumns::of_one(account, 1).bind_to(told(ANEW, recorded));
    let identities = IdentityColumns::of_all(account.id, &account.identities);
    identities.bind_to(made).bind(Vec::from_iter(unionid))
}

pub(super) fn add_identity(account: AccountId, place: i32, linked: &LinkedIdentity) -> Statement {
    let mut columns = IdentityColumns::default();
    columns.push(account, place, linked);
    columns.bind_to(sqlx::query(ADD_IDENTITY))
}

pub(super) fn change_identity(account: AccountId, linked: &LinkedIdentity) -> Statement {
    let identity = &linked.identity;
    sqlx::query(CHANGE_IDENTITY)
        .bind(identity.app.to_string())
        .bind(identity.openid.to_string())
        .bind(account.to_uuid())
        .bind(identity.unionid.as_ref().map(ToString::to_string))
        .bind(linked.unionid_conflict.map(AccountId::to_uuid))
}
