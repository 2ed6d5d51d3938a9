//! All or nothing: whichever step fails, the steps after it do not happen.

use std::sync::Arc;
use std::time::Duration;

use wxlogin_domain::apps::{AppError, Apps};
use wxlogin_domain::code::JsCode;
use wxlogin_domain::identity::AppId;
use wxlogin_domain::login::{LoginError, LoginRequest, LoginService};
use wxlogin_domain::ports::account_store::{AccountStore, MockAccountStore};
use wxlogin_domain::ports::clock::FixedClock;
use wxlogin_domain::ports::code_exchange::{CodeExchangeError, CodeSession, MockCodeExchange};
use wxlogin_domain::ports::entropy::RepeatableEntropy;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::ports::user_data_cipher::{MockUserDataCipher, OpenError, PhonePayload};
use wxlogin_domain::session_key::SessionKey;
use wxlogin_domain::user_data::{EncryptedData, UserDataError, Watermark};
use wxlogin_store_memory::MemoryStore;

use crate::sample::{POLICY, app, at, identity, issuer};

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
        issuer: issuer(),
        sessions: POLICY,
        watermark_max_age: Duration::from_secs(600),
        clock: Arc::new(FixedClock::at(at(0))),
        entropy: Arc::new(RepeatableEntropy::default()),
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
    service.apps = Apps::new(vec![app(), AppId::parse("wxba5fad812f8e6fb9").unwrap()]);
    assert_eq!(
        service.login(request(false)).await.unwrap_err(),
        LoginError::App(AppError::Ambiguous)
    );
}

#[tokio::test]
async fn a_store_that_fails_is_said() {
    let mut accounts = MockAccountStore::new();
    let down = StoreError::Unavailable("down".into());
    let answer = down.clone();
    accounts.expect_record_login().returning(move |_| Err(answer.clone()));
    let exchange = MockCodeExchange::answering(Ok(exchanged()));
    let service = service(exchange, MockUserDataCipher::new(), accounts);
    assert_eq!(
        service.login(request(false)).await.unwrap_err(),
        LoginError::Store(down)
    );
}
