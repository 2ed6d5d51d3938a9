//! What operators do with accounts, and what the audit log tells of it.

use std::sync::Arc;

use wxlogin_domain::account::{Account, AccountStatus};
use wxlogin_domain::accounts::{AccountSearch, AccountsService};
use wxlogin_domain::apps::Apps;
use wxlogin_domain::audit::{AuditAction, AuditFilter, AuditPage};
use wxlogin_domain::authenticate::AuthenticateError;
use wxlogin_domain::end_session::EndSessionError;
use wxlogin_domain::id::{AccountId, EventId};
use wxlogin_domain::identity::{OpenId, UnionId};
use wxlogin_domain::issue::TokenIssuer;
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord};
use wxlogin_domain::merge_rules::{MergeOutcome, MergeRefusal};
use wxlogin_domain::phone_number::{PhoneNumber, PhonePolicy};
use wxlogin_domain::ports::account_store::{AccountStore as _, MockAccountStore};
use wxlogin_domain::ports::audit_store::{AuditStore as _, MockAuditStore};
use wxlogin_domain::ports::clock::Clock as _;
use wxlogin_domain::ports::refresh_tokens::MockRefreshTokens;
use wxlogin_domain::ports::session_store::SessionStore as _;
use wxlogin_domain::refresh::{RefreshError, RefreshService};
use wxlogin_domain::session::{EndReason, Session};
use wxlogin_domain::token::PresentedRefreshToken;

use crate::sample::{
    PHONE, POLICY, World, account, app, at, binding, down, identity, issuer, operator, other_app, person, person_of,
    session_id, told,
};

const NOBODY: [u8; 16] = [0xee; 16];

fn service(world: &World) -> AccountsService {
    AccountsService {
        accounts: world.store.clone(),
        sessions: world.store.clone(),
        audit: world.store.clone(),
        apps: Apps::new(vec![app(), other_app()]),
        vault: world.vault(),
        scribe: world.scribe.clone(),
        clock: world.clock.clone(),
    }
}

/// Reads `openid ann, app one, status active`.
fn search_for(fields: &str) -> AccountSearch {
    let mut search = AccountSearch {
        limit: 10,
        ..AccountSearch::default()
    };
    for field in fields.split(", ").filter(|field| !field.is_empty()) {
        match field.split_once(' ').unwrap() {
            ("app", "one") => search.app = Some(app()),
            ("app", "other") => search.app = Some(other_app()),
            ("openid", text) => search.openid = OpenId::parse(text).ok(),
            ("unionid", text) => search.unionid = UnionId::parse(text).ok(),
            ("phone", text) => search.phone = PhoneNumber::parse(text).ok(),
            ("status", text) => search.status = AccountStatus::parse(text),
            _ => panic!("{field} is not searched by"),
        }
    }
    search
}

/// Four accounts, in the order in which they came to be:
///
/// | | in the one app | in the other app | unionid | phone | |
/// |---|---|---|---|---|---|
/// | ann | ann | ann-too | u-ann | the number | |
/// | bob | bob | | | the number | suspended |
/// | cat | | ann | | | the same openid as ann's, in the other app |
/// | dan | dan | | u-dan | | |
struct People {
    world: World,
    ann: AccountId,
    bob: AccountId,
    cat: AccountId,
    dan: AccountId,
}

impl People {
    async fn new() -> Self {
        let world = World::new();
        let with_phone = |login: LoginRecord| LoginRecord {
            phone: Some(binding(PhonePolicy::Shared)),
            ..login
        };
        let ann = with_phone(world.login(person_of(&app(), "ann", Some("u-ann"))));
        let ann = world.record(&ann).await.account.id;
        let too = world.log_in(person_of(&other_app(), "ann-too", Some("u-ann"))).await;
        assert_eq!(too.account.id, ann);
        let bob = with_phone(world.login(person_of(&app(), "bob", None)));
        let bob = world.record(&bob).await.account.id;
        world.suspend(bob).await;
        let cat = world.log_in(person_of(&other_app(), "ann", None)).await.account.id;
        let dan = world.log_in(person_of(&app(), "dan", Some("u-dan"))).await.account.id;
        Self {
            world,
            ann,
            bob,
            cat,
            dan,
        }
    }

    fn name(&self, id: AccountId) -> &'static str {
        let names = [
            (self.ann, "ann"),
            (self.bob, "bob"),
            (self.cat, "cat"),
            (self.dan, "dan"),
        ];
        names
            .into_iter()
            .find(|(of, _)| *of == id)
            .map_or("?", |(_, name)| name)
    }

    /// Who is found, in this order, and who ends the page where there is another one.
    async fn found(&self, search: &AccountSearch) -> (String, Option<&'static str>) {
        let page = service(&self.world).search(search, &operator()).await.unwrap();
        let names: Vec<&str> = page.accounts.iter().map(|account| self.name(account.id)).collect();
        (names.join(" "), page.next.map(|next| self.name(next)))
    }
}

#[tokio::test]
async fn accounts_are_found_by_every_field_and_by_all_of_them_together() {
    let people = People::new().await;
    for (fields, found) in [
        ("", "ann bob cat dan"),
        ("status active", "ann cat dan"),
        ("status suspended", "bob"),
        ("phone +8613800138000", "ann bob"),
        ("phone +8613800138000, status active", "ann"),
        ("phone +85261234567", ""),
        ("unionid u-ann", "ann"),
        ("unionid u-nobody", ""),
        ("unionid u-ann, status suspended", ""),
        ("unionid u-ann, phone +8613800138000", "ann"),
        ("unionid u-dan, phone +8613800138000", ""),
        // In any app: the same openid is another person in each.
        ("openid ann", "ann cat"),
        ("openid ann, app one", "ann"),
        ("openid ann, app other", "cat"),
        ("openid ann-too", "ann"),
        ("openid ann-too, app one", ""),
        ("openid ann, unionid u-ann", "ann"),
        ("openid ann, unionid u-dan", ""),
        ("openid dan, unionid u-nobody", ""),
        ("openid ann, phone +8613800138000", "ann"),
        ("openid bob, status active", ""),
        ("openid bob, phone +8613800138000, status suspended", "bob"),
        (
            "openid ann, app one, unionid u-ann, phone +8613800138000, status active",
            "ann",
        ),
        ("openid nobody", ""),
    ] {
        let page = people.found(&search_for(fields)).await;
        assert_eq!(page, (found.to_owned(), None), "{fields}");
    }
}

#[tokio::test]
async fn one_account_with_one_openid_in_two_apps_is_found_once() {
    let world = World::new();
    let first = world.log_in(person_of(&app(), "same", Some("u"))).await;
    let second = world.log_in(person_of(&other_app(), "same", Some("u"))).await;
    assert_eq!(first.account.id, second.account.id);
    let page = service(&world)
        .search(&search_for("openid same"), &operator())
        .await
        .unwrap();
    assert_eq!(page.accounts, [second.account]);
}

#[tokio::test]
async fn accounts_are_paged_through_each_once() {
    let people = People::new().await;
    for (fields, after, limit, found, next) in [
        ("", None, 3, "ann bob cat", Some("cat")),
        ("", Some(people.cat), 3, "dan", None),
        ("", None, 4, "ann bob cat dan", None),
        ("", Some(people.dan), 1, "", None),
        ("openid ann", None, 1, "ann", Some("ann")),
        ("openid ann", Some(people.ann), 1, "cat", None),
        ("openid ann", None, 2, "ann cat", None),
        ("openid ann", Some(people.cat), 1, "", None),
    ] {
        let search = AccountSearch {
            after,
            limit,
            ..search_for(fields)
        };
        let page = people.found(&search).await;
        assert_eq!(page, (found.to_owned(), next), "{search:?}");
    }
}

/// Never the values: the log outlives the account.
#[tokio::test]
async fn a_search_is_told_by_its_fields() {
    let people = People::new().await;
    let before = people.world.told().await.len();
    for fields in [
        "",
        "openid ann, app one, unionid u-ann, phone +8613800138000, status active",
        "phone +8613800138000",
    ] {
        people.found(&search_for(fields)).await;
    }
    assert_eq!(
        people.world.told().await[before..],
        [
            "api_key:ops accounts_searched all",
            "api_key:ops accounts_searched by openid, unionid, phone, status",
            "api_key:ops accounts_searched by phone",
        ]
    );
    let searched = AuditFilter {
        action: Some(AuditAction::AccountsSearched),
        ..AuditFilter::default()
    };
    let events = people.world.events(searched).await;
    let log = format!("{events:?}");
    assert!(!log.contains("ann") && !log.contains("138001"), "{log}");
    assert!(events.iter().all(|event| event.account.is_none()));
}

/// Who looks at personal data is told before he sees them.
#[tokio::test]
async fn what_cannot_be_told_is_not_shown() {
    let people = People::new().await;
    let mut audit = MockAuditStore::new();
    audit.expect_append_audit().returning(|_| Err(down()));
    let service = AccountsService {
        audit: Arc::new(audit),
        ..service(&people.world)
    };
    assert_eq!(service.search(&search_for(""), &operator()).await, Err(down()));
    assert_eq!(service.show(people.ann, &operator()).await, Err(down()));
    assert_eq!(service.sessions(people.ann, &operator()).await, Err(down()));
    assert_eq!(service.export(people.ann, &operator()).await, Err(down()));
}

#[tokio::test]
async fn an_account_is_shown_and_that_is_told() {
    let people = People::new().await;
    let (world, service) = (&people.world, service(&people.world));
    let shown = service.show(people.ann, &operator()).await.unwrap().unwrap();
    assert_eq!(shown.id, people.ann);
    let event = world.last_event().await;
    assert_eq!(told(&event), "api_key:ops account_viewed");
    assert_eq!(
        (event.account, event.request_id),
        (Some(people.ann), operator().request_id)
    );
}

#[tokio::test]
async fn nothing_is_done_to_nobody_and_nothing_is_told() {
    let people = People::new().await;
    let (world, service) = (&people.world, service(&people.world));
    let before = world.told().await;
    let nobody = AccountId::from_bytes(NOBODY);
    let origin = operator();
    assert_eq!(service.show(nobody, &origin).await, Ok(None));
    assert_eq!(service.suspend(nobody, &origin).await, Ok(None));
    assert_eq!(service.restore(nobody, &origin).await, Ok(None));
    assert_eq!(service.erase(nobody, &origin).await, Ok(false));
    assert_eq!(service.sessions(nobody, &origin).await, Ok(None));
    assert_eq!(service.end_sessions(nobody, &origin).await, Ok(false));
    assert_eq!(service.export(nobody, &origin).await, Ok(None));
    let merged = service.merge(nobody, people.ann, None, &origin).await;
    assert_eq!(merged, Ok(MergeOutcome::NoFrom));
    let merged = service.merge(people.ann, nobody, None, &origin).await;
    assert_eq!(merged, Ok(MergeOutcome::NoInto));
    let session = session_id().session;
    let refused = service.end_session(nobody, session, &origin).await;
    assert_eq!(refused, Err(EndSessionError::Unknown));
    assert_eq!(world.told().await, before);
}

async fn alive(world: &World, account: AccountId) -> Vec<Session> {
    let mut sessions = world.store.sessions_of(account).await.unwrap();
    sessions.retain(|session| session.alive(world.clock.now()).is_ok());
    sessions
}

#[tokio::test]
async fn a_suspension_ends_every_session_and_a_restoration_brings_none_back() {
    let people = People::new().await;
    let (world, service) = (&people.world, service(&people.world));
    world.set_clock(5);
    let suspended = service.suspend(people.ann, &operator()).await.unwrap().unwrap();
    assert_eq!(suspended.status, AccountStatus::Suspended);
    let sessions = world.store.sessions_of(people.ann).await.unwrap();
    let ends: Vec<_> = sessions.iter().map(|session| session.end.unwrap()).collect();
    assert!(
        ends.iter()
            .all(|end| end.reason == EndReason::Suspended && end.at == at(5))
    );
    assert_eq!(ends.len(), 2);
    let login = world.login(person_of(&app(), "ann", None));
    let outcome = world.store.record_login(&login).await.unwrap();
    assert_eq!(outcome, LoginOutcome::Suspended(people.ann));

    let restored = service.restore(people.ann, &operator()).await.unwrap().unwrap();
    assert_eq!(restored.status, AccountStatus::Active);
    assert_eq!(alive(world, people.ann).await, []);
    let login = world.log_in(person_of(&app(), "ann", None)).await;
    assert_eq!(alive(world, people.ann).await, [login.session]);
    assert_eq!(
        world.told_of(people.ann).await[3..],
        [
            "api_key:ops account_suspended",
            "api_key:ops account_restored",
            "person login_succeeded",
        ]
    );
}

#[tokio::test]
async fn an_erasure_leaves_nothing_but_the_log_and_a_later_login_is_somebody_new() {
    let people = People::new().await;
    let (world, service) = (&people.world, service(&people.world));
    assert_eq!(service.erase(people.ann, &operator()).await, Ok(true));
    assert_eq!(world.store.account(people.ann).await, Ok(None));
    assert_eq!(world.store.sessions_of(people.ann).await, Ok(vec![]));
    assert_eq!(service.erase(people.ann, &operator()).await, Ok(false));
    let told = world.told_of(people.ann).await;
    assert_eq!(told.last().unwrap(), "api_key:ops account_erased");
    assert_eq!(told.len(), 4);
    let log = format!("{:?}", world.events(AuditFilter::default()).await);
    for personal in ["u-ann", "ann-too", PHONE, "8613800138000"] {
        assert!(!log.contains(personal), "{personal}");
    }
    world.set_clock(5);
    let again = world.log_in(person_of(&app(), "ann", Some("u-ann"))).await;
    assert!(again.is_new_account);
    assert_ne!(again.account.id, people.ann);
}

#[tokio::test]
async fn an_erasure_forgets_the_session_keys_of_every_identity_and_of_nobody_else() {
    let people = People::new().await;
    let (world, service) = (&people.world, service(&people.world));
    let (ann, too) = (person_of(&app(), "ann", None), person_of(&other_app(), "ann-too", None));
    // The one openid of ann's in the other app is somebody else's.
    let cat = person_of(&other_app(), "ann", None);
    for (identity, number) in [(&ann, 1), (&too, 2), (&cat, 3)] {
        world.keep_key(identity, number).await;
    }
    assert_eq!(service.erase(people.ann, &operator()).await, Ok(true));
    assert_eq!(world.kept_keys(&ann).await, []);
    assert_eq!(world.kept_keys(&too).await, []);
    assert_eq!(world.kept_keys(&cat).await, [3]);
}

async fn merge(people: &People, from: AccountId, into: AccountId, keep: Option<AccountId>) -> MergeOutcome {
    let service = service(&people.world);
    service.merge(from, into, keep, &operator()).await.unwrap()
}

#[tokio::test]
async fn a_merge_leaves_one_account_and_is_told_on_both() {
    let people = People::new().await;
    let world = &people.world;
    let before = (world.told_of(people.cat).await, world.told_of(people.dan).await);
    world.set_clock(5);
    let MergeOutcome::Merged(merged) = merge(&people, people.cat, people.dan, None).await else {
        panic!("nothing is in the way");
    };
    assert_eq!(merged.id, people.dan);
    let openids: Vec<&str> = merged
        .identities
        .iter()
        .map(|linked| linked.identity.openid.as_str())
        .collect();
    assert_eq!(openids, ["dan", "ann"]);
    assert_eq!(world.store.account(people.dan).await, Ok(Some(*merged)));
    assert_eq!(world.store.account(people.cat).await, Ok(None));
    let told = (world.told_of(people.cat).await, world.told_of(people.dan).await);
    let away = format!("api_key:ops account_merged_away {}", people.dan);
    let merged = format!("api_key:ops account_merged {}", people.cat);
    assert_eq!(told.0, [before.0, vec![away]].concat());
    assert_eq!(told.1, [before.1, vec![merged]].concat());
    for account in [people.cat, people.dan] {
        let of_account = AuditFilter {
            account: Some(account),
            ..AuditFilter::default()
        };
        let event = world.events(of_account).await.pop().unwrap();
        assert_eq!((event.at, event.request_id), (at(5), operator().request_id));
    }
}

#[tokio::test]
async fn a_merged_account_is_not_there_any_more() {
    let people = People::new().await;
    let (world, service) = (&people.world, service(&people.world));
    merge(&people, people.cat, people.dan, None).await;
    let before = world.told().await;
    let origin = operator();
    assert_eq!(service.show(people.cat, &origin).await, Ok(None));
    assert_eq!(service.suspend(people.cat, &origin).await, Ok(None));
    assert_eq!(service.erase(people.cat, &origin).await, Ok(false));
    assert_eq!(service.sessions(people.cat, &origin).await, Ok(None));
    assert_eq!(service.export(people.cat, &origin).await, Ok(None));
    let again = merge(&people, people.cat, people.dan, None).await;
    assert_eq!(again, MergeOutcome::NoFrom);
    assert_eq!(world.told().await, before);
    let found = people.found(&search_for("openid ann")).await;
    assert_eq!(found, ("ann dan".to_owned(), None));
}

/// Of the merged account the sessions are gone, and every token of theirs is refused; those of the other one live on.
#[tokio::test]
async fn a_merge_ends_the_sessions_of_the_merged_account_alone() {
    let people = People::new().await;
    let world = &people.world;
    let [of_cat] = &*world.store.sessions_of(people.cat).await.unwrap() else {
        panic!("one login");
    };
    let [of_dan] = &*world.store.sessions_of(people.dan).await.unwrap() else {
        panic!("one login");
    };
    merge(&people, people.cat, people.dan, None).await;
    assert_eq!(world.store.sessions_of(people.cat).await, Ok(vec![]));
    assert_eq!(world.store.sessions_of(people.dan).await, Ok(vec![of_dan.clone()]));
    for (session, is_alive) in [(of_cat, false), (of_dan, true)] {
        let believed = world.authenticate(session).await;
        let expected = is_alive.then(|| session.clone()).ok_or(AuthenticateError::Revoked);
        assert_eq!(believed, expected);
        let refresh = RefreshService {
            accounts: world.store.clone(),
            sessions: world.store.clone(),
            issuer: TokenIssuer {
                refresh_tokens: Arc::new(MockRefreshTokens::readable(session.id)),
                ..issuer()
            },
            policy: POLICY,
            scribe: world.scribe.clone(),
            clock: world.clock.clone(),
        };
        let token = PresentedRefreshToken::new("generation 0".into());
        let refreshed = refresh.refresh(&token, &person()).await;
        let expected = is_alive.then_some(session.id).ok_or(RefreshError::Invalid);
        assert_eq!(refreshed.map(|refreshed| refreshed.session), expected);
    }
}

#[tokio::test]
async fn a_login_of_an_identity_that_was_moved_is_one_of_the_other_account() {
    let people = People::new().await;
    let world = &people.world;
    let cat = person_of(&other_app(), "ann", None);
    world.keep_key(&cat, 1).await;
    merge(&people, people.cat, people.dan, None).await;
    let login = world.log_in(cat.clone()).await;
    assert_eq!((login.account.id, login.is_new_account), (people.dan, false));
    assert_eq!(world.kept_keys(&cat).await, [1], "it is the same person");
}

/// What an operator decides when one person has two accounts.
#[tokio::test]
async fn a_merge_settles_a_conflict_of_unionids() {
    let people = People::new().await;
    let world = &people.world;
    let cat = person_of(&other_app(), "ann", Some("u-dan"));
    assert_eq!(world.log_in(cat.clone()).await.unionid_conflict, Some(people.dan));
    merge(&people, people.cat, people.dan, None).await;
    let login = world.log_in(cat.clone()).await;
    assert_eq!((login.account.id, login.unionid_conflict), (people.dan, None));
    assert_eq!(login.session.identity.unionid, cat.unionid);
}

/// An identity that was let go is nobody's.
#[tokio::test]
async fn where_both_are_in_one_app_the_identity_of_the_one_that_prevails_stays() {
    for (keeps_ann, stays, goes) in [(true, "ann", "dan"), (false, "dan", "ann")] {
        let people = People::new().await;
        let world = &people.world;
        let keep = if keeps_ann { people.ann } else { people.dan };
        let MergeOutcome::Merged(merged) = merge(&people, people.dan, people.ann, Some(keep)).await else {
            panic!("it is said which one stays");
        };
        assert_eq!(merged.id, people.ann);
        // The account that is left keeps its sessions, unless it is its own identity that went.
        let is_let_in = !alive(world, people.ann).await.is_empty();
        assert_eq!(is_let_in, keeps_ann, "{goes}");
        let login = world.log_in(person_of(&app(), stays, None)).await;
        assert_eq!(login.account.id, people.ann, "{stays}");
        let login = world.log_in(person_of(&app(), goes, None)).await;
        assert!(login.is_new_account, "{goes}");
    }
}

#[tokio::test]
async fn a_merge_that_is_refused_changes_nothing_and_tells_nothing() {
    let people = People::new().await;
    let world = &people.world;
    for (from, into, refusal) in [
        (people.ann, people.ann, MergeRefusal::SameAccount),
        (people.ann, people.dan, MergeRefusal::SameApps(vec![app()])),
        (people.bob, people.cat, MergeRefusal::Suspended),
        (people.cat, people.bob, MergeRefusal::Suspended),
    ] {
        let before = (world.accounts().await, world.told().await);
        let outcome = merge(&people, from, into, None).await;
        assert_eq!(outcome, MergeOutcome::Refused(refusal));
        assert_eq!((world.accounts().await, world.told().await), before);
        for account in [from, into] {
            let sessions = world.store.sessions_of(account).await.unwrap();
            assert!(!sessions.is_empty());
        }
    }
}

#[tokio::test]
async fn an_export_has_the_events_of_what_was_merged_into_the_account_however_often() {
    let world = World::new();
    let service = service(&world);
    let third_app = wxlogin_domain::identity::AppId::parse("wx0000000000000003").unwrap();
    let mut accounts = Vec::new();
    for (seconds, app) in [(1, app()), (2, other_app()), (3, third_app)] {
        world.set_clock(seconds);
        accounts.push(world.log_in(person_of(&app, "o", None)).await.account.id);
    }
    world.log_in(person_of(&app(), "stranger", None)).await;
    let [first, second, third] = accounts[..] else {
        panic!("three logins");
    };
    // The third into the second, and that into the first.
    for (seconds, from, into) in [(4, third, second), (5, second, first)] {
        world.set_clock(seconds);
        let outcome = service.merge(from, into, None, &operator()).await.unwrap();
        assert!(matches!(outcome, MergeOutcome::Merged(_)), "{outcome:?}");
    }
    world.set_clock(6);
    let export = service.export(first, &operator()).await.unwrap().unwrap();
    assert_eq!(export.account.identities.len(), 3);
    let events: Vec<(&str, AccountId)> = export
        .events
        .iter()
        .map(|event| (event.action.as_str(), event.account.unwrap()))
        .collect();
    assert_eq!(
        events,
        [
            ("account_exported", first),
            ("account_merged", first),
            ("account_merged_away", second),
            ("account_merged", second),
            ("account_merged_away", third),
            ("login_succeeded", third),
            ("login_succeeded", second),
            ("login_succeeded", first),
        ]
    );
}

/// An account with a session that is alive, one that has expired and one that was ended.
async fn three_sessions(world: &World) -> [Session; 3] {
    let expired = world.log_in(identity()).await.session;
    world.set_clock(86_400);
    let ended = world.log_in(identity()).await.session;
    world.end(ended.id, EndReason::Logout).await;
    let alive = world.log_in(identity()).await.session;
    world.set_clock(30 * 86_400);
    [alive, expired, ended]
}

/// What a person is logged in on is about the person: it is told like a look at the account.
#[tokio::test]
async fn live_sessions_are_shown_and_that_is_told() {
    let world = World::new();
    let [alive, _, _] = three_sessions(&world).await;
    let account = alive.id.account;
    let shown = service(&world).sessions(account, &operator()).await;
    assert_eq!(shown, Ok(Some(vec![alive])));
    let event = world.last_event().await;
    assert_eq!(
        (told(&event).as_str(), event.account),
        ("api_key:ops account_viewed", Some(account))
    );
}

#[tokio::test]
async fn an_operator_ends_one_session_once() {
    let world = World::new();
    let [alive, expired, ended] = three_sessions(&world).await;
    let other = world.log_in(identity()).await.session;
    let service = service(&world);
    let before = world.told().await.len();
    for session in [&alive, &expired, &ended, &alive] {
        let id = session.id;
        service.end_session(id.account, id.session, &operator()).await.unwrap();
    }
    let reason = async |session: &Session| world.session(session.id).await.end.map(|end| end.reason);
    assert_eq!(reason(&alive).await, Some(EndReason::EndedByOperator));
    assert_eq!(reason(&expired).await, None);
    assert_eq!(reason(&ended).await, Some(EndReason::Logout));
    assert_eq!(reason(&other).await, None);
    assert_eq!(world.told().await[before..], ["api_key:ops session_ended"]);
    let event = world.last_event().await;
    assert_eq!((event.session, event.app), (Some(alive.id), Some(app())));

    let stranger = world.log_in(person_of(&app(), "stranger", None)).await.session;
    let wrong = service
        .end_session(alive.id.account, stranger.id.session, &operator())
        .await;
    assert_eq!(wrong, Err(EndSessionError::Unknown));
    assert_eq!(reason(&stranger).await, None);
}

#[tokio::test]
async fn an_operator_ends_all_sessions_of_one_account() {
    let people = People::new().await;
    let (world, service) = (&people.world, service(&people.world));
    assert_eq!(service.end_sessions(people.ann, &operator()).await, Ok(true));
    assert_eq!(alive(world, people.ann).await, []);
    let sessions = world.store.sessions_of(people.ann).await.unwrap();
    let by_operator = |session: &Session| session.end.unwrap().reason == EndReason::EndedByOperator;
    assert!(sessions.iter().all(by_operator));
    assert_eq!(alive(world, people.dan).await.len(), 1);
    let told = world.told_of(people.ann).await;
    assert_eq!(told.last().unwrap(), "api_key:ops sessions_ended");
}

#[tokio::test]
async fn an_export_has_everything_and_is_told_in_itself() {
    let world = World::new();
    let [alive, expired, ended] = three_sessions(&world).await;
    world.log_in(person_of(&app(), "stranger", None)).await;
    let account = alive.id.account;
    let export = service(&world).export(account, &operator()).await.unwrap().unwrap();
    assert_eq!(Some(export.account), world.store.account(account).await.unwrap());
    let ids = |sessions: &[Session]| sessions.iter().map(|session| session.id).collect::<Vec<_>>();
    assert_eq!(ids(&export.sessions), ids(&[expired, ended, alive]));
    let events: Vec<String> = export.events.iter().map(told).collect();
    assert_eq!(
        events,
        [
            "api_key:ops account_exported",
            "person login_succeeded",
            "person logged_out",
            "person login_succeeded",
            "person login_succeeded",
        ]
    );
    assert!(export.events.iter().all(|event| event.account == Some(account)));
}

#[tokio::test]
async fn an_export_reads_the_log_to_its_end_page_by_page() {
    let world = World::new();
    let account = world.log_in(identity()).await.account.id;
    for _ in 0..1200 {
        let event = world.scribe.event(&operator(), AuditAction::AccountViewed, at(0));
        world.store.append_audit(&event.on_account(account)).await.unwrap();
    }
    let export = service(&world).export(account, &operator()).await.unwrap().unwrap();
    assert_eq!(export.events.len(), 1202);
    let mut newest_first = export.events.clone();
    newest_first.sort_by_key(|event| std::cmp::Reverse(event.id));
    assert_eq!(export.events, newest_first);
}

/// Answers for one account; the log answers so many events at a time, without end.
fn service_on_an_endless_log(world: &World, page: usize) -> AccountsService {
    let mut accounts = MockAccountStore::new();
    accounts.expect_account().returning(|_| Ok(Some(account())));
    let event = world.scribe.event(&operator(), AuditAction::AccountViewed, at(0));
    let mut audit = MockAuditStore::new();
    audit.expect_append_audit().returning(|_| Ok(()));
    audit.expect_audit().returning(move |query| {
        Ok(AuditPage {
            events: vec![event.clone(); page.min(query.limit)],
            next: Some(EventId::from_bytes([1; 16])),
        })
    });
    AccountsService {
        accounts: Arc::new(accounts),
        audit: Arc::new(audit),
        ..service(world)
    }
}

/// Also where a store answers fewer events than it was asked for.
#[tokio::test]
async fn an_export_has_no_end_of_events_whatever_the_pages_hold() {
    for page in [usize::MAX, 499] {
        let service = service_on_an_endless_log(&World::new(), page);
        let export = service.export(session_id().account, &operator()).await;
        assert_eq!(export.unwrap().unwrap().events.len(), 10_000, "{page}");
    }
}

/// A mini program that was taken out of the configuration still has its accounts.
#[tokio::test]
async fn an_app_that_is_not_configured_any_more_can_be_searched_in_by_name() {
    let people = People::new().await;
    let service = AccountsService {
        apps: Apps::new(vec![app()]),
        ..service(&people.world)
    };
    let search = search_for("openid ann-too, app other");
    let found = service.search(&search, &operator()).await.unwrap().accounts;
    let ids: Vec<AccountId> = found.iter().map(|account: &Account| account.id).collect();
    assert_eq!(ids, [people.ann]);
}

#[tokio::test]
async fn a_store_that_is_down_is_said() {
    let world = World::new();
    let mut accounts = MockAccountStore::new();
    accounts.expect_accounts().returning(|_| Err(down()));
    accounts.expect_account().returning(|_| Err(down()));
    accounts.expect_account_of_identity().returning(|_, _| Err(down()));
    accounts.expect_account_of_unionid().returning(|_| Err(down()));
    accounts.expect_suspend().returning(|_, _, _| Err(down()));
    accounts.expect_restore().returning(|_, _| Err(down()));
    accounts.expect_erase().returning(|_, _| Err(down()));
    accounts.expect_merge().returning(|_| Err(down()));
    let service = AccountsService {
        accounts: Arc::new(accounts),
        ..service(&world)
    };
    let id = session_id().account;
    let origin = operator();
    for fields in ["", "openid ann", "unionid u-ann"] {
        assert_eq!(service.search(&search_for(fields), &origin).await, Err(down()));
    }
    assert_eq!(service.show(id, &origin).await, Err(down()));
    assert_eq!(service.suspend(id, &origin).await, Err(down()));
    assert_eq!(service.restore(id, &origin).await, Err(down()));
    world.keep_key(&identity(), 1).await;
    assert_eq!(service.erase(id, &origin).await, Err(down()));
    assert_eq!(world.kept_keys(&identity()).await, [1], "it was not erased");
    let other = AccountId::from_bytes(NOBODY);
    assert_eq!(service.merge(id, other, None, &origin).await, Err(down()));
    assert_eq!(service.sessions(id, &origin).await, Err(down()));
    assert_eq!(service.end_sessions(id, &origin).await, Err(down()));
    assert_eq!(service.export(id, &origin).await, Err(down()));
}
