//! The audit log.

use std::slice::from_ref;
use std::sync::Arc;
use std::time::Duration;

use wxlogin_domain::audit::{AuditAction, AuditEvent, AuditFilter, AuditQuery, IpPseudonym};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::AppId;
use wxlogin_domain::origin::Actor;
use wxlogin_domain::session::SessionRef;
use wxlogin_domain::timestamp::Timestamp;

use super::keys::ring;
use crate::StoreUnderTest;
use crate::racing::race;
use crate::sample::{APP_ONE, APP_TWO, at, event, event_at, events, events_in_pages, new_account_id, new_session_id};

async fn append(store: &StoreUnderTest, events: &[AuditEvent]) {
    for event in events {
        store.append_audit(event).await.unwrap();
    }
}

/// Newest first.
fn turned(events: &[AuditEvent]) -> Vec<AuditEvent> {
    events.iter().rev().cloned().collect()
}

/// Events of every kind, by everybody, come back as they were.
pub async fn events_are_read_back_in_full(store: StoreUnderTest) {
    assert_eq!(events(&store).await, []);
    let mut written = Vec::new();
    let actors = [Actor::Person, Actor::Service, Actor::ApiKey("ops-1.eu_x".into())];
    for (number, action) in AuditAction::ALL.iter().enumerate() {
        let seconds = i64::try_from(number).unwrap();
        let plain = AuditEvent {
            actor: actors[number % 3].clone(),
            ..event(*action, seconds)
        };
        let full = AuditEvent {
            id: event(*action, seconds).id,
            app: AppId::parse(APP_ONE).ok(),
            code: Some("code_invalid".into()),
            detail: Some("名字 \"'\\ 🙂".into()),
            request_id: Some("018f-req".into()),
            ip: Some(IpPseudonym("ip_4f2a".into())),
            ..plain.clone()
        };
        let account = new_account_id();
        let full = if number % 2 == 0 {
            full.on_account(account)
        } else {
            let session = new_session_id();
            full.on_session(SessionRef { account, session })
        };
        written.extend([plain, full]);
    }
    append(&store, &written).await;
    assert_eq!(events(&store).await, turned(&written));
}

/// In whichever order events arrive, also those of one millisecond: the newest is shown first.
pub async fn newest_events_come_first(store: StoreUnderTest) {
    let times = [0, 0, 1, 2, 2, 2, 1000, 86_400_000];
    let of = |millis| event_at(AuditAction::LoginSucceeded, at(0).plus(Duration::from_millis(millis)));
    let written = times.map(of);
    for number in [3, 0, 7, 5, 1, 6, 4, 2] {
        append(&store, &written[number..=number]).await;
    }
    assert_eq!(events(&store).await, turned(&written));
    for limit in [1, 3, 8, 9] {
        let paged = events_in_pages(&store, &AuditFilter::default(), limit).await;
        assert_eq!(paged, turned(&written), "pages of {limit}");
    }
}

/// An event is written once, however often it is given, by however many at once.
pub async fn the_same_event_twice_is_one_event(store: StoreUnderTest) {
    let written = event(AuditAction::LoginFailed, 0).on_account(new_account_id());
    append(&store, &[written.clone(), written.clone()]).await;
    race(|_| {
        let (store, event) = (Arc::clone(&store), written.clone());
        async move { store.append_audit(&event).await.expect("no error") }
    })
    .await;
    assert_eq!(events(&store).await, from_ref(&written));
    let account = written.account.unwrap();
    assert_eq!(events_in_pages(&store, &on(account), 10).await, [written]);
}

/// Events that differ in everything that can be asked for.
fn varied(accounts: &[AccountId]) -> Vec<AuditEvent> {
    let actions = [
        AuditAction::LoginSucceeded,
        AuditAction::LoginFailed,
        AuditAction::LoggedOut,
    ];
    let actors = [Actor::Person, Actor::ApiKey("ops".into()), Actor::ApiKey("op".into())];
    let apps = [APP_ONE, APP_TWO, "none"];
    let codes = [None, Some("code_invalid"), Some("code_used")];
    let ips = [None, Some("ip_1")];
    let vary = |number: usize| {
        let millis = u64::try_from(number / 2).unwrap();
        AuditEvent {
            actor: actors[number / 5 % 3].clone(),
            account: accounts.get(number % (accounts.len() + 1)).copied(),
            app: AppId::parse(apps[number / 3 % 3]).ok(),
            code: codes[number / 7 % 3].map(Into::into),
            ip: ips[number / 2 % 2].map(|ip| IpPseudonym(ip.into())),
            ..event_at(actions[number % 3], at(0).plus(Duration::from_millis(millis)))
        }
    };
    (0..48).map(vary).collect()
}

fn on(account: AccountId) -> AuditFilter {
    AuditFilter {
        account: Some(account),
        ..AuditFilter::default()
    }
}

fn doing(action: AuditAction) -> AuditFilter {
    AuditFilter {
        action: Some(action),
        ..AuditFilter::default()
    }
}

fn in_app(app: &str) -> AuditFilter {
    AuditFilter {
        app: AppId::parse(app).ok(),
        ..AuditFilter::default()
    }
}

fn by(actor: Actor) -> AuditFilter {
    AuditFilter {
        actor: Some(actor),
        ..AuditFilter::default()
    }
}

fn with_code(code: &str) -> AuditFilter {
    AuditFilter {
        code: Some(code.into()),
        ..AuditFilter::default()
    }
}

fn from_ip(ip: &str) -> AuditFilter {
    AuditFilter {
        ip: Some(IpPseudonym(ip.into())),
        ..AuditFilter::default()
    }
}

/// From so many milliseconds on, and until so many.
fn within(since: Option<i64>, until: Option<i64>, filter: AuditFilter) -> AuditFilter {
    let time = |millis| Timestamp::from_unix_millis(at(0).unix_millis() + millis);
    AuditFilter {
        since: since.map(time),
        until: until.map(time),
        ..filter
    }
}

/// Each part of a filter narrows the log, alone and together with others, to the millisecond.
pub async fn filters_show_what_fits_all_of_them(store: StoreUnderTest) {
    let accounts = [new_account_id(), new_account_id()];
    let written = varied(&accounts);
    append(&store, &written).await;
    let all = AuditFilter::default;
    // Earlier than all times: it is as good as the beginning of time.
    let never = -2_000_000_000_000;
    let filters = [
        all(),
        on(accounts[0]),
        on(accounts[1]),
        on(new_account_id()),
        doing(AuditAction::LoginFailed),
        doing(AuditAction::KeysResealed),
        in_app(APP_TWO),
        by(Actor::Person),
        by(Actor::ApiKey("op".into())),
        with_code("code_used"),
        from_ip("ip_1"),
        from_ip("ip_2"),
        within(Some(7), None, all()),
        within(None, Some(7), all()),
        within(Some(7), Some(9), all()),
        within(Some(7), Some(7), all()),
        within(Some(9), Some(7), all()),
        within(Some(1000), None, all()),
        within(None, Some(0), all()),
        within(Some(never), Some(3), all()),
        within(None, Some(never), all()),
        within(Some(3), Some(20), on(accounts[0])),
        within(
            None,
            Some(9),
            AuditFilter {
                actor: Some(Actor::Person),
                ..on(accounts[0])
            },
        ),
        AuditFilter {
            app: AppId::parse(APP_ONE).ok(),
            ..within(Some(1), None, doing(AuditAction::LoginSucceeded))
        },
    ];
    for filter in filters {
        let mut expected = turned(&written);
        expected.retain(|event| filter.fits(event));
        for limit in [1, 5, 48, 100] {
            let shown = events_in_pages(&store, &filter, limit).await;
            assert_eq!(shown, expected, "pages of {limit}, {filter:?}");
        }
    }
}

/// Pages go on where they ended, whatever is added and swept meanwhile: nothing is shown twice, and nothing that stays
/// is passed over.
pub async fn pages_of_events_are_stable_while_the_log_changes(store: StoreUnderTest) {
    let account = new_account_id();
    let written: Vec<AuditEvent> = (0..40)
        .map(|seconds| event(AuditAction::LoginSucceeded, seconds).on_account(account))
        .collect();
    append(&store, &written).await;
    for (filter, later) in [(AuditFilter::default(), 100), (on(account), 200)] {
        let before = events_in_pages(&store, &filter, 100).await;
        let mut query = AuditQuery {
            filter,
            after: None,
            limit: 3,
        };
        let mut shown = Vec::new();
        for round in 0.. {
            let page = store.audit(&query).await.unwrap();
            shown.extend(page.events);
            if page.next.is_none() {
                break;
            }
            assert!(round < 40, "the pages have an end");
            query.after = page.next;
            if round < 5 {
                let newer = event(AuditAction::LoginSucceeded, later + round).on_account(account);
                store.append_audit(&newer).await.unwrap();
                assert_eq!(store.sweep_audit(at(1000), 2).await.unwrap(), 2);
            }
        }
        // Ten of them were swept before their turn came.
        assert_eq!(shown, before[..before.len() - 10]);
    }
}

/// Few among many are found, page by page, and the log has an end. A page may stop before it is full.
pub async fn rare_events_are_found_among_many(store: StoreUnderTest) {
    let account = new_account_id();
    let mut written: Vec<AuditEvent> = (0..1300)
        .map(|seconds| event(AuditAction::LoginSucceeded, seconds).on_account(account))
        .collect();
    for number in [0, 600, 1299] {
        written[number].action = AuditAction::LoginFailed;
    }
    // One act with many events: what matters here is that they are there.
    assert!(store.replace_key_ring(&ring(1), &written).await.unwrap());
    for filter in [AuditFilter::default(), on(account)] {
        let rare = AuditFilter {
            action: Some(AuditAction::LoginFailed),
            ..filter.clone()
        };
        let found = events_in_pages(&store, &rare, 2).await;
        assert_eq!(found, [1299, 600, 0].map(|number| written[number].clone()));
        assert_eq!(events_in_pages(&store, &filter, 1200).await.len(), 1300);
    }
}

/// What is older goes, the oldest first, never more than asked for; and it goes from everywhere.
pub async fn sweep_removes_the_oldest_events_first(store: StoreUnderTest) {
    let account = new_account_id();
    let written: Vec<AuditEvent> = (0..10)
        .map(|seconds| event(AuditAction::LoggedOut, seconds))
        .enumerate()
        .map(|(number, event)| {
            if number % 2 == 0 {
                event.on_account(account)
            } else {
                event
            }
        })
        .collect();
    append(&store, &written).await;
    assert_eq!(store.sweep_audit(at(0), 3).await.unwrap(), 0, "nothing is older");
    for (limit, swept, left_from) in [(3, 3, 3), (0, 0, 3), (3, 2, 5), (3, 0, 5)] {
        assert_eq!(store.sweep_audit(at(5), limit).await.unwrap(), swept);
        let left = turned(&written[left_from..]);
        assert_eq!(events(&store).await, left);
        let of_account: Vec<AuditEvent> = left.into_iter().filter(|event| event.account.is_some()).collect();
        assert_eq!(events_in_pages(&store, &on(account), 2).await, of_account);
    }
}
