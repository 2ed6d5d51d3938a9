//! What operators do with accounts, and what the audit log tells of it.

use std::sync::Arc;

use wxlogin_domain::account::{Account, AccountStatus};
use wxlogin_domain::accounts::{AccountSearch, AccountsService};
use wxlogin_domain::apps::Apps;
use wxlogin_domain::audit::{AuditAction, AuditFilter, AuditPage};
use wxlogin_domain::end_session::EndSessionError;
use wxlogin_domain::id::{AccountId, EventId};
use wxlogin_domain::identity::{OpenId, UnionId};
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord};
use wxlogin_domain::phone_number::{PhoneNumber, VerifiedPhone};
use wxlogin_domain::ports::account_store::{AccountStore as _, MockAccountStore};
use wxlogin_domain::ports::audit_store::{AuditStore as _, MockAuditStore};
use wxlogin_domain::ports::clock::Clock as _;
use wxlogin_domain::ports::session_store::SessionStore as _;
use wxlogin_domain::session::{EndReason, Session};

use crate::sample::{World, account, app, at, down, identity, operator, other_app, person_of, session_id, told};

const PHONE: &str = "+8613800138000";
const NOBODY: [u8; 16] = [0xee; 16];

fn service(world: &World) -> AccountsService {
    AccountsService {
        accounts: world.store.clone(),
        sessions: world.store.clone(),
        audit: world.store.clone(),
        apps: Apps::new(vec![app(), other_app()]),
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
            phone: Some(VerifiedPhone {
                number: PhoneNumber::parse(PHONE).unwrap(),
                verified_at: at(0),
            }),
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
        world.told_of(people.ann).await[2..],
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
    assert_eq!(told.len(), 3);
    let log = format!("{:?}", world.events(AuditFilter::default()).await);
    for personal in ["u-ann", "ann-too", PHONE, "8613800138000"] {
        assert!(!log.contains(personal), "{personal}");
    }
    world.set_clock(5);
    let again = world.log_in(person_of(&app(), "ann", Some("u-ann"))).await;
    assert!(again.is_new_account);
    assert_ne!(again.account.id, people.ann);
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
    assert_eq!(service.erase(id, &origin).await, Err(down()));
    assert_eq!(service.sessions(id, &origin).await, Err(down()));
    assert_eq!(service.end_sessions(id, &origin).await, Err(down()));
    assert_eq!(service.export(id, &origin).await, Err(down()));
}
