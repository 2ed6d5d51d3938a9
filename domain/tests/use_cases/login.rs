//! All or nothing: whichever step fails, the steps after it do not happen.

use std::sync::Arc;
use std::time::Duration;

use wxlogin_domain::apps::{AppError, Apps};
use wxlogin_domain::audit::IpPseudonym;
use wxlogin_domain::client_kind::ClientKind;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::AppId;
use wxlogin_domain::login::{LoginError, LoginPhone, LoginRequest, LoginService};
use wxlogin_domain::phone_number::PhonePolicy;
use wxlogin_domain::ports::account_store::{AccountStore, MockAccountStore};
use wxlogin_domain::ports::audit_store::MockAuditStore;
use wxlogin_domain::ports::code_exchange::{CodeExchangeError, CodeSession, MockCodeExchange};
use wxlogin_domain::ports::phone_exchange::{MockPhoneExchange, PhoneExchangeError};
use wxlogin_domain::ports::session_store::SessionStore as _;
use wxlogin_domain::ports::wechat_failure::WechatFailure;
use wxlogin_domain::session::{DeviceName, EndReason, SessionPolicy, SessionRef};
use wxlogin_domain::user_data::{PhonePayload, UserDataError};
use wxlogin_domain::user_data_reader::UserDataReader;

use crate::sample::{
    FAILURES, PHONE, POLICY, World, app, at, cipher_on, code, codes_of, data_under, down, identity, issuer, key,
    other_app, payload, person, person_of, phone_code, told, verified,
};

/// Everybody logs in as the same person, with key 1.
fn exchanged() -> CodeSession {
    CodeSession {
        identity: identity(),
        session_key: key(1),
    }
}

/// In a world of its own.
fn service(code_exchange: MockCodeExchange, accounts: impl AccountStore + 'static) -> LoginService {
    LoginService {
        reader: World::new().reader(code_exchange),
        accounts: Arc::new(accounts),
        audit: Arc::new(MockAuditStore::new()),
        ..service_in(&World::new(), POLICY)
    }
}

/// Whoever has no phone code asks WeChat for no number.
fn service_in(world: &World, sessions: SessionPolicy) -> LoginService {
    LoginService {
        apps: Apps::new(vec![app()]),
        reader: world.reader(MockCodeExchange::answering(Ok(exchanged()))),
        phone_exchange: Arc::new(MockPhoneExchange::never()),
        phone_policy: PhonePolicy::Shared,
        accounts: world.store.clone(),
        audit: world.store.clone(),
        scribe: world.scribe.clone(),
        issuer: issuer(),
        sessions,
        clock: world.clock.clone(),
        entropy: world.scribe.entropy.clone(),
    }
}

/// WeChat answers every phone code so.
fn service_answering(world: &World, answer: Result<PhonePayload, PhoneExchangeError>) -> LoginService {
    LoginService {
        phone_exchange: Arc::new(MockPhoneExchange::answering(answer)),
        ..service_in(world, POLICY)
    }
}

/// Whatever data open, this is in them.
fn service_on(world: &World, content: PhonePayload) -> LoginService {
    let service = service_in(world, POLICY);
    LoginService {
        reader: UserDataReader {
            cipher: Arc::new(cipher_on(content)),
            ..service.reader.clone()
        },
        ..service
    }
}

fn request() -> LoginRequest {
    LoginRequest {
        appid: None,
        code: code("a-code"),
        phone: None,
        device: None,
        origin: person(),
    }
}

fn with_phone_code() -> LoginRequest {
    LoginRequest {
        phone: Some(LoginPhone::Code(phone_code("a-phone-code"))),
        ..request()
    }
}

/// With data that open under the key of that number.
fn with_data(number: u8) -> LoginRequest {
    LoginRequest {
        phone: Some(LoginPhone::Encrypted(data_under(number))),
        ..request()
    }
}

fn never_recorded() -> MockAccountStore {
    let mut accounts = MockAccountStore::new();
    accounts.expect_record_login().never();
    accounts
}

/// Logs in, and sees to it that what fails leaves nothing behind and never gets as far as the store.
async fn refused_early(world: &World, service: LoginService, request: LoginRequest) -> LoginError {
    let service = LoginService {
        accounts: Arc::new(never_recorded()),
        ..service
    };
    refused(world, &service, request).await
}

/// Logs in, and sees to it that what fails leaves nothing behind: no account, no session, no number, no event, no key.
async fn refused(world: &World, service: &LoginService, request: LoginRequest) -> LoginError {
    async fn all(world: &World) -> impl PartialEq + std::fmt::Debug {
        let accounts = world.accounts().await;
        let mut sessions = Vec::new();
        for account in &accounts {
            sessions.extend(world.store.sessions_of(account.id).await.unwrap());
        }
        let keys = world.kept_keys(&identity()).await;
        (accounts, sessions, world.told().await, keys)
    }
    let before = all(world).await;
    let error = service.login(request).await.unwrap_err();
    assert_eq!(all(world).await, before, "{error}");
    error
}

#[tokio::test]
async fn an_unknown_app_asks_nobody() {
    let service = service(MockCodeExchange::never(), never_recorded());
    let unknown = LoginRequest {
        appid: Some("wx0000000000000000".into()),
        ..request()
    };
    assert_eq!(
        service.login(unknown).await.unwrap_err(),
        LoginError::App(AppError::Unknown)
    );
}

#[tokio::test]
async fn whatever_wechat_refuses_is_not_recorded() {
    let refusals = [
        CodeExchangeError::CodeInvalid,
        CodeExchangeError::CodeAlreadyUsed,
        CodeExchangeError::UserBlocked,
    ];
    for error in refusals.into_iter().chain(FAILURES.map(CodeExchangeError::Wechat)) {
        for request in [request(), with_phone_code(), with_data(1)] {
            let world = World::new();
            let service = service_in(&world, POLICY);
            let service = LoginService {
                reader: world.reader(MockCodeExchange::answering(Err(error))),
                ..service
            };
            let refused = refused_early(&world, service, request).await;
            assert_eq!(refused, LoginError::Exchange(error));
        }
    }
}

#[tokio::test]
async fn a_phone_number_that_is_not_believed_is_not_recorded_nor_is_the_login() {
    let ours = payload(app().as_str(), 0);
    let no_number = PhonePayload {
        pure_phone_number: "none".into(),
        ..ours.clone()
    };
    for (content, data, expected) in [
        (ours, 2, UserDataError::DecryptionFailed),
        (no_number, 1, UserDataError::DecryptionFailed),
        (payload(other_app().as_str(), 0), 1, UserDataError::WatermarkMismatch),
        (payload(app().as_str(), -601), 1, UserDataError::WatermarkExpired),
    ] {
        let world = World::new();
        let service = service_on(&world, content);
        let refused = refused_early(&world, service, with_data(data)).await;
        assert_eq!(refused, LoginError::UserData(expected));
    }
}

#[tokio::test]
async fn a_phone_code_that_wechat_refuses_is_not_recorded_nor_is_the_login() {
    let refusals = [PhoneExchangeError::CodeInvalid, PhoneExchangeError::UserBlocked];
    for error in refusals.into_iter().chain(FAILURES.map(PhoneExchangeError::Wechat)) {
        let world = World::new();
        let service = service_answering(&world, Err(error));
        let refused = refused_early(&world, service, with_phone_code()).await;
        assert_eq!(refused, LoginError::PhoneExchange(error));
    }
}

#[tokio::test]
async fn an_answer_to_a_phone_code_that_makes_no_sense_is_not_recorded_nor_is_the_login() {
    for answer in [
        payload(other_app().as_str(), 0),
        PhonePayload {
            pure_phone_number: "none".into(),
            ..payload(app().as_str(), 0)
        },
    ] {
        let world = World::new();
        let service = service_answering(&world, Ok(answer));
        let refused = refused_early(&world, service, with_phone_code()).await;
        assert_eq!(refused, LoginError::PhoneExchange(WechatFailure::BadResponse.into()));
    }
}

/// Whoever was there before stays as he was.
#[tokio::test]
async fn a_phone_that_fails_changes_nothing_for_whoever_has_an_account() {
    let world = World::new();
    world.log_in_with_phone(identity(), "+85261234567").await;
    world.keep_key(&identity(), 7).await;
    let phone_code_invalid = PhoneExchangeError::CodeInvalid;
    let service = service_answering(&world, Err(phone_code_invalid));
    let error = refused(&world, &service, with_phone_code()).await;
    assert_eq!(error, LoginError::PhoneExchange(phone_code_invalid));
    let error = refused(&world, &service, with_data(2)).await;
    assert_eq!(error, LoginError::UserData(UserDataError::DecryptionFailed));
}

#[tokio::test]
async fn a_number_that_another_account_has_is_not_taken_and_the_login_is_not_recorded() {
    for (policy, is_taken) in [(PhonePolicy::Unique, true), (PhonePolicy::Shared, false)] {
        for request in [with_phone_code(), with_data(1)] {
            let world = World::new();
            let other = person_of(&app(), "stranger", None);
            let other = world.log_in_with_phone(other, PHONE).await.account;
            let service = LoginService {
                phone_policy: policy,
                ..service_answering(&world, Ok(payload(app().as_str(), 0)))
            };
            if is_taken {
                let error = refused(&world, &service, request).await;
                assert_eq!(error, LoginError::PhoneTaken);
                continue;
            }
            let login = service.login(request).await.unwrap();
            assert_eq!(login.account.phone, Some(verified(PHONE, 0)));
            assert_eq!(world.phone_of(other.id).await, other.phone);
        }
    }
}

#[tokio::test]
async fn ones_own_number_is_not_taken() {
    let world = World::new();
    let service = LoginService {
        phone_policy: PhonePolicy::Unique,
        ..service_answering(&world, Ok(payload(app().as_str(), 0)))
    };
    for seconds in [0, 5] {
        world.set_clock(seconds);
        let login = service.login(with_phone_code()).await.unwrap();
        assert_eq!(login.account.phone, Some(verified(PHONE, seconds)));
    }
}

#[tokio::test]
async fn a_login_is_recorded_with_its_phone_and_answered_with_tokens() {
    for with_phone in [with_phone_code(), with_data(1)] {
        let world = World::new();
        let service = service_answering(&world, Ok(payload(app().as_str(), 0)));
        let first = service.login(with_phone).await.unwrap();
        assert!(first.is_new_account);
        assert_eq!(first.account.phone, Some(verified(PHONE, 0)));
        assert_eq!(world.accounts().await, std::slice::from_ref(&first.account));
        assert_eq!(first.tokens.refresh.expose(), "generation 0");
        assert_eq!(first.tokens.access_expires_in, Duration::from_secs(900));
        let explicit = LoginRequest {
            appid: Some(app().as_str().into()),
            ..request()
        };
        let second = service.login(explicit).await.unwrap();
        assert!(!second.is_new_account);
        assert_eq!(second.account.id, first.account.id);
        assert_eq!(second.account.phone, first.account.phone);
        assert_ne!(second.session.session, first.session.session);
    }
}

/// WeChat refuses a phone code of somebody else only where it is told whose it has to be.
#[tokio::test]
async fn the_login_code_is_exchanged_first_and_says_whose_the_phone_code_has_to_be() {
    let world = World::new();
    let mut codes = MockCodeExchange::new();
    codes
        .expect_exchange()
        .once()
        .withf(|of, code| *of == app() && code.expose() == "a-code")
        .returning(|_, _| Ok(exchanged()));
    let mut phones = MockPhoneExchange::new();
    phones
        .expect_exchange_phone()
        .once()
        .withf(|of, openid, code| *of == app() && *openid == identity().openid && code.expose() == "a-phone-code")
        .returning(|_, _, _| Ok(payload(app().as_str(), 0)));
    let service = LoginService {
        reader: world.reader(codes),
        phone_exchange: Arc::new(phones),
        ..service_in(&world, POLICY)
    };
    service.login(with_phone_code()).await.unwrap();
}

#[tokio::test]
async fn the_key_is_kept_once_the_login_is_on_record() {
    for request in [request(), with_phone_code(), with_data(1)] {
        let world = World::new();
        world.keep_key(&identity(), 7).await;
        let service = service_answering(&world, Ok(payload(app().as_str(), 0)));
        service.login(request).await.unwrap();
        assert_eq!(world.kept_keys(&identity()).await, [1, 7]);
    }
}

/// A `wx.login` too early does not break data that are on their way.
#[tokio::test]
async fn data_that_were_encrypted_before_the_code_was_made_open_with_the_key_that_was_kept() {
    let world = World::new();
    world.keep_key(&identity(), 7).await;
    let login = service_in(&world, POLICY).login(with_data(7)).await.unwrap();
    assert_eq!(login.account.phone, Some(verified(PHONE, 0)));
    assert_eq!(world.kept_keys(&identity()).await, [1, 7]);
}

#[tokio::test]
async fn a_conflict_of_unionids_is_answered_each_time_and_told_once() {
    let world = World::new();
    let stranger = world
        .log_in(person_of(&other_app(), "stranger", Some("u")))
        .await
        .account;
    let own = world.log_in(identity()).await.account;
    let service = LoginService {
        reader: world.reader(codes_of(&person_of(&app(), identity().openid.as_str(), Some("u")), 1)),
        ..service_in(&world, POLICY)
    };
    let before = world.told_of(own.id).await.len();
    for seconds in [1, 2] {
        world.set_clock(seconds);
        let login = service.login(request()).await.unwrap();
        assert_eq!((login.account.id, login.unionid_conflict), (own.id, Some(stranger.id)));
        assert_eq!(login.account.identities[0].unionid_conflict, Some(stranger.id));
    }
    let conflict = format!("person unionid_conflict {}", stranger.id);
    let succeeded = "person login_succeeded".to_owned();
    let mut events = world.told_of(own.id).await.split_off(before);
    // The first two are of one moment.
    events.sort();
    assert_eq!(events, [succeeded.clone(), succeeded, conflict]);
    let of_login = world.last_event().await;
    assert_eq!(told(&of_login), "person login_succeeded");
}

#[tokio::test]
async fn several_apps_want_a_name() {
    let exchange = MockCodeExchange::never();
    let mut service = service(exchange, never_recorded());
    service.apps = Apps::new(vec![app(), other_app()]);
    assert_eq!(
        service.login(request()).await.unwrap_err(),
        LoginError::App(AppError::Ambiguous)
    );
}

#[tokio::test]
async fn a_store_that_fails_is_said_and_no_key_is_kept() {
    for request in [request(), with_phone_code(), with_data(1)] {
        let world = World::new();
        let mut accounts = MockAccountStore::new();
        accounts.expect_record_login().returning(|_| Err(down()));
        let service = LoginService {
            accounts: Arc::new(accounts),
            ..service_answering(&world, Ok(payload(app().as_str(), 0)))
        };
        let error = refused(&world, &service, request).await;
        assert_eq!(error, LoginError::Store(down()));
    }
}

#[tokio::test]
async fn a_login_is_told_with_its_session_and_says_on_what_it_was() {
    let world = World::new();
    let request = LoginRequest {
        device: DeviceName::parse("my phone").ok(),
        ..request()
    };
    let login = service_in(&world, POLICY).login(request).await.unwrap();
    let session = world.session(login.session).await;
    assert_eq!(session.device.unwrap().as_str(), "my phone");
    assert_eq!(session.client.unwrap().as_str(), "WeChat 8.0 (iOS)");
    let event = world.last_event().await;
    assert_eq!(world.told().await, ["person login_succeeded"]);
    assert_eq!(
        (event.at, event.session, event.app),
        (at(0), Some(login.session), Some(app()))
    );
    assert_eq!(event.account, Some(login.account.id));
    assert_eq!(event.request_id.as_deref(), Some("request-1"));
    assert_eq!(event.ip, Some(IpPseudonym("ip_203.0.113.7".into())));
}

/// The table of `client_kind` has the same line, and the same wrong answer.
#[test]
fn a_version_that_is_none_is_left_out() {
    let kind = ClientKind::of_user_agent("MicroMessenger/99999999999999999999.1.1").unwrap();
    assert_eq!(kind.as_str(), "WeChat");
}

#[tokio::test]
async fn a_suspended_account_gets_no_session_no_number_and_no_event() {
    let world = World::new();
    let service = service_answering(&world, Ok(payload(app().as_str(), 0)));
    let account = service.login(request()).await.unwrap().account.id;
    world.suspend(account).await;
    for request in [request(), with_phone_code(), with_data(1)] {
        let error = refused(&world, &service, request).await;
        assert_eq!(error, LoginError::AccountSuspended(account));
    }
    assert_eq!(world.store.sessions_of(account).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_failure_is_recorded_with_its_code_and_the_app_that_was_meant() {
    let somebody = AccountId::from_bytes([7; 16]);
    for (apps, named, account, recorded) in [
        (vec![app()], None, None, Some(app())),
        (vec![app()], Some(app()), Some(somebody), Some(app())),
        (vec![app(), other_app()], Some(other_app()), None, Some(other_app())),
    ] {
        let world = World::new();
        let mut service = service_in(&world, POLICY);
        service.apps = Apps::new(apps.clone());
        let appid = named.as_ref().map(AppId::as_str);
        service
            .record_failure(appid, account, "code_invalid", &person())
            .await
            .unwrap();
        assert_eq!(world.told().await, ["person login_failed code_invalid"]);
        let event = world.last_event().await;
        assert_eq!(event.app, recorded, "{named:?} of {apps:?}");
        assert_eq!((event.account, event.session), (account, None));
        assert_eq!(event.ip, Some(IpPseudonym("ip_203.0.113.7".into())));
    }
}

/// Nobody fills the log with logins to apps that are not ours.
#[tokio::test]
async fn a_login_to_no_app_of_ours_is_not_recorded() {
    let world = World::new();
    let mut service = service_in(&world, POLICY);
    for (apps, appid) in [
        (vec![app()], Some("'; DROP")),
        (vec![app()], Some(other_app().as_str())),
        (vec![app(), other_app()], None),
    ] {
        service.apps = Apps::new(apps);
        let recorded = service.record_failure(appid, None, "unknown_app", &person()).await;
        assert_eq!(recorded, Ok(()));
    }
    assert_eq!(world.told().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_failure_that_cannot_be_recorded_is_said() {
    let mut audit = MockAuditStore::new();
    audit.expect_append_audit().returning(|_| Err(down()));
    let mut service = service_in(&World::new(), POLICY);
    service.audit = Arc::new(audit);
    let failed = service.record_failure(None, None, "code_invalid", &person()).await;
    assert_eq!(failed, Err(down()));
}

/// Logs in once a second, and answers the sessions.
async fn log_in_often(world: &World, service: &LoginService, times: i64) -> Vec<SessionRef> {
    let mut sessions = Vec::new();
    for _ in 0..times {
        world.clock.advance(Duration::from_secs(1));
        sessions.push(service.login(request()).await.unwrap().session);
    }
    sessions
}

#[tokio::test]
async fn a_login_too_many_ends_the_oldest_session() {
    let world = World::new();
    let policy = SessionPolicy {
        max_per_account: 3,
        ..POLICY
    };
    let begun = log_in_often(&world, &service_in(&world, policy), 5).await;
    for (number, id) in (1..).zip(&begun) {
        let session = world.session(*id).await;
        let displaced = session.end.map(|end| (end.reason, end.at));
        let expected = (number <= 2).then_some((EndReason::Displaced, at(number + 3)));
        assert_eq!(displaced, expected, "session {number}");
    }
    assert_eq!(world.told().await, vec!["person login_succeeded"; 5]);
}

#[tokio::test]
async fn a_session_that_was_ended_makes_room_by_itself() {
    let world = World::new();
    let policy = SessionPolicy {
        max_per_account: 3,
        ..POLICY
    };
    let service = service_in(&world, policy);
    let begun = log_in_often(&world, &service, 3).await;
    world.end(begun[2], EndReason::Logout).await;
    log_in_often(&world, &service, 1).await;
    assert_eq!(world.session(begun[0]).await.end, None);
    assert_eq!(world.session(begun[1]).await.end, None);
}

#[tokio::test]
async fn an_account_never_has_many_sessions_however_often_it_logs_in() {
    let world = World::new();
    let policy = |max_per_account| SessionPolicy {
        max_per_account,
        ..POLICY
    };
    let rows = async |account| {
        let sessions = world.store.sessions_of(account).await.unwrap();
        let alive = sessions.iter().filter(|session| session.end.is_none()).count();
        (alive, sessions.len() - alive)
    };
    let account = log_in_often(&world, &service_in(&world, policy(10)), 50).await[0].account;
    assert_eq!(rows(account).await, (10, 10));
    // The operator allows fewer from now on: what is ended at once is kept until the next login.
    log_in_often(&world, &service_in(&world, policy(3)), 1).await;
    assert_eq!(rows(account).await, (3, 8));
    log_in_often(&world, &service_in(&world, policy(3)), 1).await;
    assert_eq!(rows(account).await, (3, 3));
    log_in_often(&world, &service_in(&world, policy(1)), 2).await;
    assert_eq!(rows(account).await, (1, 1));
}
