//! What WeChat pushes: each message is honoured, and each once.

use std::sync::Arc;

use wxlogin_domain::account::{Account, AvatarUrl, Change, Nickname, ProfileChange};
use wxlogin_domain::apps::{AppError, Apps};
use wxlogin_domain::audit::AuditFilter;
use wxlogin_domain::authenticate::AuthenticateError;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::{OpenId, WechatIdentity};
use wxlogin_domain::ports::account_store::AccountStore as _;
use wxlogin_domain::ports::push_messages::{MockPushMessages, PushQuery, PushRefusal};
use wxlogin_domain::ports::push_store::MockPushStore;
use wxlogin_domain::ports::session_store::SessionStore as _;
use wxlogin_domain::push::{MessageHash, PushEvent, PushMessage, PushOutcome};
use wxlogin_domain::push_events::{PushError, PushEventService, Taken};
use wxlogin_domain::session::Session;

use crate::sample::{PHONE, World, app, at, down, identity, other_app, person, person_of, told, verified};

const HONOURED: Taken = Taken::Honoured { found_account: true };
const HONOURED_WITHOUT_ACCOUNT: Taken = Taken::Honoured { found_account: false };

fn service(world: &World, messages: MockPushMessages) -> PushEventService {
    PushEventService {
        apps: Apps::new(vec![app(), other_app()]),
        messages: Arc::new(messages),
        pushes: world.store.clone(),
        vault: world.vault(),
        scribe: world.scribe.clone(),
        clock: world.clock.clone(),
    }
}

fn message(number: u8, openid: Option<&OpenId>, event: PushEvent) -> PushMessage {
    PushMessage {
        hash: MessageHash([number; 32]),
        openid: openid.cloned(),
        event,
    }
}

/// A message about the person of [`identity`].
fn about(number: u8, event: PushEvent) -> PushMessage {
    message(number, Some(&identity().openid), event)
}

fn opening(outcome: Result<PushMessage, PushRefusal>) -> MockPushMessages {
    let mut messages = MockPushMessages::new();
    messages.expect_open().returning(move |_, _, _| outcome.clone());
    messages
}

async fn take(world: &World, message: PushMessage) -> Result<Taken, PushError> {
    let service = service(world, opening(Ok(message)));
    service
        .take(app().as_str(), &PushQuery::default(), b"", &person())
        .await
}

fn query() -> PushQuery {
    PushQuery {
        signature: Some("s".into()),
        timestamp: Some("1714036504".into()),
        ..PushQuery::default()
    }
}

#[test]
fn the_question_for_the_address_is_answered_by_the_apps_own_token() {
    for outcome in [
        Ok(()),
        Err(PushRefusal::NotConfigured),
        Err(PushRefusal::ParameterMissing("nonce")),
        Err(PushRefusal::SignatureInvalid),
    ] {
        let mut messages = MockPushMessages::new();
        messages
            .expect_check_url()
            .once()
            .withf(|of, asked| *of == other_app() && *asked == query())
            .returning(move |_, _| outcome);
        let checked = service(&World::new(), messages).check_url(other_app().as_str(), &query());
        assert_eq!(checked, outcome.map_err(PushError::Refused));
    }
}

#[tokio::test]
async fn an_app_that_is_not_ours_is_refused_before_anything_is_read() {
    let world = World::new();
    let service = service(&world, MockPushMessages::new());
    for appid in ["wx0000000000000000", "", "'; DROP"] {
        let unknown = PushError::App(AppError::Unknown);
        assert_eq!(service.check_url(appid, &query()), Err(unknown.clone()), "{appid}");
        let taken = service.take(appid, &query(), b"{}", &person()).await;
        assert_eq!(taken, Err(unknown), "{appid}");
    }
    assert_eq!(world.told().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_message_is_opened_for_the_app_of_the_address() {
    let world = World::new();
    let mut messages = MockPushMessages::new();
    messages
        .expect_open()
        .once()
        .withf(|of, asked, body| *of == other_app() && *asked == query() && body == b"{}")
        .returning(|_, _, _| Ok(about(1, PushEvent::Other)));
    let service = service(&world, messages);
    let taken = service.take(other_app().as_str(), &query(), b"{}", &person()).await;
    assert_eq!(taken, Ok(Taken::Ignored));
}

#[tokio::test]
async fn what_is_not_wechats_is_refused_and_leaves_no_trace() {
    for refusal in [
        PushRefusal::NotConfigured,
        PushRefusal::ParameterMissing("msg_signature"),
        PushRefusal::SignatureInvalid,
        PushRefusal::NotEncrypted,
        PushRefusal::NoKey,
        PushRefusal::DecryptionFailed,
        PushRefusal::OtherApp,
        PushRefusal::Malformed,
    ] {
        let world = World::new();
        world.log_in(identity()).await;
        let before = (world.accounts().await, world.told().await);
        let service = service(&world, opening(Err(refusal)));
        let taken = service.take(app().as_str(), &query(), b"", &person()).await;
        assert_eq!(taken, Err(PushError::Refused(refusal)));
        assert_eq!((world.accounts().await, world.told().await), before);
    }
}

#[tokio::test]
async fn a_message_that_does_not_concern_us_is_ignored_and_leaves_no_trace() {
    let world = World::new();
    world.log_in(identity()).await;
    let before = (world.accounts().await, world.told().await);
    let mut pushes = MockPushStore::new();
    pushes.expect_honour().never();
    let service = PushEventService {
        pushes: Arc::new(pushes),
        ..service(&world, opening(Ok(about(1, PushEvent::Other))))
    };
    for _ in 0..2 {
        let taken = service.take(app().as_str(), &query(), b"", &person()).await;
        assert_eq!(taken, Ok(Taken::Ignored));
    }
    assert_eq!((world.accounts().await, world.told().await), before);
}

/// Somebody with a number, a name, a picture, sessions and keys in both apps.
async fn somebody(world: &World) -> (Account, [Session; 2]) {
    let here = WechatIdentity {
        unionid: person_of(&app(), "o", Some("u")).unionid,
        ..identity()
    };
    let there = person_of(&other_app(), "there", Some("u"));
    let first = world.log_in_with_phone(here.clone(), PHONE).await;
    let second = world.log_in(there.clone()).await;
    assert_eq!(first.account.id, second.account.id);
    let change = ProfileChange {
        nickname: Change::Set(Nickname::parse("Ann").unwrap()),
        avatar_url: Change::Set(AvatarUrl::parse("https://a.example/a.png").unwrap()),
    };
    let account = world.store.change_profile(first.account.id, &change).await;
    world.keep_key(&here, 1).await;
    world.keep_key(&there, 2).await;
    (account.unwrap().unwrap(), [first.session, second.session])
}

async fn account(world: &World, id: AccountId) -> Option<Account> {
    world.store.account(id).await.unwrap()
}

#[tokio::test]
async fn a_cancellation_erases_everything_and_ends_every_session() {
    let world = World::new();
    let (erased, sessions) = somebody(&world).await;
    let stranger = world.log_in(person_of(&app(), "stranger", None)).await;
    world.keep_key(&stranger.session.identity, 3).await;
    world.set_clock(5);
    let cancellation = about(1, PushEvent::AuthorizationCancelled);
    assert_eq!(take(&world, cancellation).await, Ok(HONOURED));
    assert_eq!(account(&world, erased.id).await, None);
    assert_eq!(world.store.sessions_of(erased.id).await, Ok(vec![]));
    for session in &sessions {
        assert_eq!(world.kept_keys(&session.identity).await, []);
        let refused = world.authenticate(session).await;
        assert_eq!(refused, Err(AuthenticateError::Revoked));
    }
    // Nobody else is concerned.
    assert_eq!(world.accounts().await, [stranger.account]);
    assert_eq!(world.kept_keys(&stranger.session.identity).await, [3]);

    let event = world.last_event().await;
    assert_eq!(told(&event), "wechat authorization_cancelled");
    assert_eq!(
        (event.at, event.account, event.app, event.session),
        (at(5), Some(erased.id), Some(app()), None)
    );
    assert_eq!(event.request_id, person().request_id);
    let log = format!("{:?}", world.events(AuditFilter::default()).await);
    for personal in [identity().openid.as_str(), "there", "Ann", "8613800138000"] {
        assert!(!log.contains(personal), "{personal}");
    }
}

/// What of the account is left after the platform's numbers: `phone name picture`.
#[tokio::test]
async fn a_revocation_forgets_exactly_what_is_named() {
    for (numbers, left) in [
        (vec![], "phone name picture"),
        (vec![8], "name picture"),
        (vec![6], "phone"),
        (vec![19], "phone picture"),
        (vec![20], "phone name"),
        (vec![19, 20], "phone"),
        (vec![6, 8], ""),
        (vec![8, 8, 19], "picture"),
        (vec![1, 2, 3, 4, 5, 7, 12, 13, 14, 15, 16, 18], "phone name picture"),
        (vec![0, 9, 10, 11, 17, 21, u32::MAX], "phone name picture"),
        (vec![13, 8], "name picture"),
    ] {
        let world = World::new();
        let (before, sessions) = somebody(&world).await;
        let stranger = world
            .log_in_with_phone(person_of(&app(), "stranger", None), PHONE)
            .await
            .account;
        let taken = take(&world, about(1, PushEvent::AuthorizationRevoked(numbers.clone()))).await;
        assert_eq!(taken, Ok(HONOURED), "{numbers:?}");
        let after = account(&world, before.id).await.unwrap();
        let kept = |name: &str| left.split(' ').any(|part| part == name);
        let mut expected = before.clone();
        expected.phone = expected.phone.filter(|_| kept("phone"));
        expected.profile.nickname = expected.profile.nickname.filter(|_| kept("name"));
        expected.profile.avatar_url = expected.profile.avatar_url.filter(|_| kept("picture"));
        assert_eq!(after, expected, "{numbers:?}");
        assert_eq!(account(&world, stranger.id).await, Some(stranger), "{numbers:?}");
        // The person stays logged in.
        for session in &sessions {
            assert_eq!(world.session(session.id).await, *session, "{numbers:?}");
            assert_eq!(world.kept_keys(&session.identity).await.len(), 1, "{numbers:?}");
        }
        let event = world.last_event().await;
        let words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        let words = format!("wechat authorization_revoked {}", words.join(","));
        assert_eq!(told(&event), words.trim_end());
        assert_eq!((event.account, event.app), (Some(before.id), Some(app())));
    }
}

#[tokio::test]
async fn a_change_at_wechat_is_on_record_and_changes_nothing_here() {
    let world = World::new();
    let (before, sessions) = somebody(&world).await;
    assert_eq!(take(&world, about(1, PushEvent::UserInfoModified)).await, Ok(HONOURED));
    assert_eq!(account(&world, before.id).await.as_ref(), Some(&before));
    for session in &sessions {
        assert_eq!(world.session(session.id).await, *session);
    }
    let event = world.last_event().await;
    assert_eq!(told(&event), "wechat user_info_modified");
    assert_eq!(event.account, Some(before.id));
}

#[tokio::test]
async fn a_message_is_honoured_once_however_often_it_comes() {
    for event in [
        PushEvent::UserInfoModified,
        PushEvent::AuthorizationRevoked(vec![8]),
        PushEvent::AuthorizationCancelled,
    ] {
        let world = World::new();
        somebody(&world).await;
        assert_eq!(take(&world, about(1, event.clone())).await, Ok(HONOURED), "{event:?}");
        let after = (world.accounts().await, world.told().await);
        for seconds in [1, 5, 100_000_000] {
            world.set_clock(seconds);
            let again = take(&world, about(1, event.clone())).await;
            assert_eq!(again, Ok(Taken::Repeated), "{event:?}");
            assert_eq!((world.accounts().await, world.told().await), after, "{event:?}");
        }
    }
}

/// Two messages that say the same are two: the person has bound the number anew in between.
#[tokio::test]
async fn another_message_of_the_same_kind_is_honoured_too() {
    let world = World::new();
    let (before, _) = somebody(&world).await;
    for number in [1, 2] {
        assert!(world.phone_of(before.id).await.is_some());
        let taken = take(&world, about(number, PushEvent::AuthorizationRevoked(vec![8]))).await;
        assert_eq!(taken, Ok(HONOURED));
        assert_eq!(world.phone_of(before.id).await, None);
        world.log_in_with_phone(identity(), PHONE).await;
    }
    assert_eq!(world.phone_of(before.id).await, Some(verified(PHONE, 0)));
}

/// It is on record, and WeChat need not repeat it.
#[tokio::test]
async fn a_message_about_nobody_we_know_is_honoured_without_an_account() {
    let stranger = person_of(&app(), "stranger", None).openid;
    let events = [
        PushEvent::UserInfoModified,
        PushEvent::AuthorizationRevoked(vec![6, 8]),
        PushEvent::AuthorizationCancelled,
    ];
    for openid in [None, Some(&stranger)] {
        for event in events.clone() {
            let world = World::new();
            somebody(&world).await;
            let before = world.accounts().await;
            let taken = take(&world, message(1, openid, event.clone())).await;
            assert_eq!(taken, Ok(HONOURED_WITHOUT_ACCOUNT), "{openid:?} {event:?}");
            assert_eq!(world.accounts().await, before, "{openid:?} {event:?}");
            assert_eq!(world.kept_keys(&identity()).await, [1], "{openid:?} {event:?}");
            let told = world.last_event().await;
            assert_eq!((told.account, told.app), (None, Some(app())), "{openid:?} {event:?}");
            assert_eq!(told.actor.to_text(), "wechat");
            let again = take(&world, message(1, openid, event.clone())).await;
            assert_eq!(again, Ok(Taken::Repeated), "{openid:?} {event:?}");
        }
    }
}

/// The same openid in another app is another person.
#[tokio::test]
async fn a_message_is_about_the_person_in_the_app_of_the_address() {
    let world = World::new();
    let here = world.log_in(person_of(&app(), "same", None)).await.account;
    let there = world.log_in(person_of(&other_app(), "same", None)).await.account;
    assert_ne!(here.id, there.id);
    let openid = &here.identities[0].identity.openid;
    let taken = take(&world, message(1, Some(openid), PushEvent::AuthorizationCancelled)).await;
    assert_eq!(taken, Ok(HONOURED));
    assert_eq!(world.accounts().await, [there]);
}

#[tokio::test]
async fn whoever_comes_back_after_a_cancellation_is_left_alone_by_its_late_repeat() {
    let world = World::new();
    let (erased, _) = somebody(&world).await;
    let cancellation = || about(1, PushEvent::AuthorizationCancelled);
    assert_eq!(take(&world, cancellation()).await, Ok(HONOURED));
    world.set_clock(60);
    let back = world.log_in_with_phone(identity(), PHONE).await;
    assert!(back.is_new_account);
    assert_ne!(back.account.id, erased.id);
    world.keep_key(&identity(), 7).await;
    world.set_clock(86_400);
    assert_eq!(take(&world, cancellation()).await, Ok(Taken::Repeated));
    assert_eq!(account(&world, back.account.id).await, Some(back.account));
    assert_eq!(world.session(back.session.id).await, back.session);
    world.set_clock(61);
    assert_eq!(world.kept_keys(&identity()).await, [7]);
    // A second cancellation is another message.
    let second = about(2, PushEvent::AuthorizationCancelled);
    assert_eq!(take(&world, second).await, Ok(HONOURED));
    assert_eq!(world.accounts().await, []);
}

/// WeChat repeats what was not answered well.
#[tokio::test]
async fn a_store_that_fails_is_said_and_the_repeat_is_honoured() {
    let world = World::new();
    let (before, _) = somebody(&world).await;
    let mut pushes = MockPushStore::new();
    pushes.expect_honour().returning(|_| Err(down()));
    let message = about(1, PushEvent::AuthorizationCancelled);
    let failing = PushEventService {
        pushes: Arc::new(pushes),
        ..service(&world, opening(Ok(message.clone())))
    };
    let taken = failing.take(app().as_str(), &query(), b"", &person()).await;
    assert_eq!(taken, Err(PushError::Store(down())));
    assert_eq!(world.kept_keys(&identity()).await, [1], "it was not erased");
    assert_eq!(take(&world, message).await, Ok(HONOURED));
    assert_eq!(account(&world, before.id).await, None);
}

/// Only what a message does is asked of the store, and when: the message itself is not kept.
#[tokio::test]
async fn the_store_is_told_which_message_it_was_and_when() {
    let world = World::new();
    world.set_clock(9);
    let mut pushes = MockPushStore::new();
    pushes
        .expect_honour()
        .once()
        .withf(|act| {
            act.hash == MessageHash([4; 32])
                && act.app == app()
                && act.openid == Some(identity().openid)
                && act.at == at(9)
                && act.event.at == at(9)
                && act.event.account.is_none()
        })
        .returning(|_| Ok(PushOutcome::Repeated));
    let service = PushEventService {
        pushes: Arc::new(pushes),
        ..service(&world, opening(Ok(about(4, PushEvent::UserInfoModified))))
    };
    let taken = service.take(app().as_str(), &query(), b"", &person()).await;
    assert_eq!(taken, Ok(Taken::Repeated));
}
