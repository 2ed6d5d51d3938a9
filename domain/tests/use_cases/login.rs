//! All or nothing: whichever step fails, the steps after it do not happen.

use std::sync::Arc;
use std::time::Duration;

use wxlogin_domain::apps::{AppError, Apps};
use wxlogin_domain::audit::IpPseudonym;
use wxlogin_domain::client_kind::ClientKind;
use wxlogin_domain::code::JsCode;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::AppId;
use wxlogin_domain::login::{LoginError, LoginRequest, LoginService};
use wxlogin_domain::ports::account_store::{AccountStore, MockAccountStore};
use wxlogin_domain::ports::audit_store::MockAuditStore;
use wxlogin_domain::ports::clock::FixedClock;
use wxlogin_domain::ports::code_exchange::{CodeExchangeError, CodeSession, MockCodeExchange};
use wxlogin_domain::ports::entropy::RepeatableEntropy;
use wxlogin_domain::ports::session_store::SessionStore as _;
use wxlogin_domain::ports::user_data_cipher::{MockUserDataCipher, OpenError, PhonePayload};
use wxlogin_domain::session::{DeviceName, EndReason, SessionPolicy, SessionRef};
use wxlogin_domain::session_key::SessionKey;
use wxlogin_domain::user_data::{EncryptedData, UserDataError, Watermark};
use wxlogin_store_memory::MemoryStore;

use crate::sample::{POLICY, World, app, at, down, identity, issuer, other_app, person, scribe};

fn exchanged() -> CodeSession {
    CodeSession {
        identity: identity(),
        session_key: SessionKey::parse("tiihtNczf5v6AKRyjwEUhQ==").unwrap(),
    }
}

fn service(
    code_exchange: MockCodeExchange,
    cipher: MockUserDataCipher,
    accounts: impl AccountStore + 'static,
) -> LoginService {
    LoginService {
        apps: Apps::new(vec![app()]),
        code_exchange: Arc::new(code_exchange),
        cipher: Arc::new(cipher),
        accounts: Arc::new(accounts),
        audit: Arc::new(MockAuditStore::new()),
        scribe: scribe(),
        issuer: issuer(),
        sessions: POLICY,
        watermark_max_age: Duration::from_secs(600),
        clock: Arc::new(FixedClock::at(at(0))),
        entropy: Arc::new(RepeatableEntropy::default()),
    }
}

/// Everybody logs in as the same person.
fn service_in(world: &World, sessions: SessionPolicy) -> LoginService {
    LoginService {
        accounts: world.store.clone(),
        audit: world.store.clone(),
        scribe: world.scribe.clone(),
        sessions,
        clock: world.clock.clone(),
        ..service(
            MockCodeExchange::answering(Ok(exchanged())),
            MockUserDataCipher::new(),
            MemoryStore::new(),
        )
    }
}

fn request(phone: bool) -> LoginRequest {
    LoginRequest {
        appid: None,
        code: JsCode::parse("a-code").unwrap(),
        phone: phone.then(|| EncryptedData {
            ciphertext: vec![0; 16],
            iv: [0; 16],
        }),
        device: None,
        origin: person(),
    }
}

fn never_recorded() -> MockAccountStore {
    let mut accounts = MockAccountStore::new();
    accounts.expect_record_login().never();
    accounts
}

fn opening(outcome: Result<PhonePayload, OpenError>) -> MockUserDataCipher {
    let mut cipher = MockUserDataCipher::new();
    cipher.expect_open_phone().returning(move |_, _| outcome.clone());
    cipher
}

fn payload(appid: &str, seconds: i64) -> PhonePayload {
    PhonePayload {
        pure_phone_number: "13800138000".into(),
        country_code: "86".into(),
        watermark: Watermark {
            appid: appid.into(),
            at: at(seconds),
        },
    }
}

#[tokio::test]
async fn an_unknown_app_asks_nobody() {
    let service = service(MockCodeExchange::never(), MockUserDataCipher::new(), never_recorded());
    let unknown = LoginRequest {
        appid: Some("wx0000000000000000".into()),
        ..request(false)
    };
    assert_eq!(
        service.login(unknown).await.unwrap_err(),
        LoginError::App(AppError::Unknown)
    );
}

#[tokio::test]
async fn whatever_wechat_refuses_is_not_recorded() {
    for error in [
        CodeExchangeError::CodeInvalid,
        CodeExchangeError::CodeAlreadyUsed,
        CodeExchangeError::UserBlocked,
        CodeExchangeError::RateLimited,
        CodeExchangeError::QuotaExhausted,
        CodeExchangeError::AppMisconfigured { errcode: 40125 },
        CodeExchangeError::Rejected { errcode: 48001 },
        CodeExchangeError::Unavailable,
        CodeExchangeError::BadResponse,
    ] {
        let exchange = MockCodeExchange::answering(Err(error));
        let service = service(exchange, MockUserDataCipher::new(), never_recorded());
        let refused = service.login(request(false)).await.unwrap_err();
        assert_eq!(refused, LoginError::Exchange(error));
    }
}

#[tokio::test]
async fn a_phone_number_that_is_not_believed_is_not_recorded_nor_is_the_login() {
    for (opened, expected) in [
        (Err(OpenError), UserDataError::DecryptionFailed),
        (Ok(payload("wxba5fad812f8e6fb9", 0)), UserDataError::WatermarkMismatch),
        (Ok(payload(app().as_str(), -601)), UserDataError::WatermarkExpired),
        (
            Ok(PhonePayload {
                pure_phone_number: "none".into(),
                ..payload(app().as_str(), 0)
            }),
            UserDataError::DecryptionFailed,
        ),
    ] {
        let exchange = MockCodeExchange::answering(Ok(exchanged()));
        let service = service(exchange, opening(opened), never_recorded());
        let refused = service.login(request(true)).await.unwrap_err();
        assert_eq!(refused, LoginError::UserData(expected));
    }
}

#[tokio::test]
async fn a_login_is_recorded_with_its_phone_and_answered_with_tokens() {
    let exchange = MockCodeExchange::answering(Ok(exchanged()));
    let service = service(exchange, opening(Ok(payload(app().as_str(), 0))), MemoryStore::new());
    let first = service.login(request(true)).await.unwrap();
    assert!(first.is_new_account);
    assert_eq!(first.account.phone.unwrap().number.as_e164(), "+8613800138000");
    assert_eq!(first.tokens.refresh.expose(), "generation 0");
    assert_eq!(first.tokens.access_expires_in, Duration::from_secs(900));
    let explicit = LoginRequest {
        appid: Some(app().as_str().into()),
        ..request(false)
    };
    let second = service.login(explicit).await.unwrap();
    assert!(!second.is_new_account);
    assert_eq!(second.account.id, first.account.id);
    assert_ne!(second.session.session, first.session.session);
}

#[tokio::test]
async fn several_apps_want_a_name() {
    let exchange = MockCodeExchange::never();
    let mut service = service(exchange, MockUserDataCipher::new(), never_recorded());
    service.apps = Apps::new(vec![app(), other_app()]);
    assert_eq!(
        service.login(request(false)).await.unwrap_err(),
        LoginError::App(AppError::Ambiguous)
    );
}

#[tokio::test]
async fn a_store_that_fails_is_said() {
    let mut accounts = MockAccountStore::new();
    accounts.expect_record_login().returning(|_| Err(down()));
    let exchange = MockCodeExchange::answering(Ok(exchanged()));
    let service = service(exchange, MockUserDataCipher::new(), accounts);
    assert_eq!(
        service.login(request(false)).await.unwrap_err(),
        LoginError::Store(down())
    );
}

#[tokio::test]
async fn a_login_is_told_with_its_session_and_says_on_what_it_was() {
    let world = World::new();
    let request = LoginRequest {
        device: DeviceName::parse("my phone").ok(),
        ..request(false)
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
async fn a_suspended_account_gets_no_session_and_no_event() {
    let world = World::new();
    let service = service_in(&world, POLICY);
    let account = service.login(request(false)).await.unwrap().account.id;
    world.suspend(account).await;
    let told = world.told().await;
    let refused = service.login(request(false)).await.unwrap_err();
    assert_eq!(refused, LoginError::AccountSuspended(account));
    assert_eq!(world.told().await, told);
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
        sessions.push(service.login(request(false)).await.unwrap().session);
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
