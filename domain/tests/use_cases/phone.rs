//! Binding a telephone number to one's own account, and removing it.

use std::sync::Arc;

use wxlogin_domain::audit::IpPseudonym;
use wxlogin_domain::code::JsCode;
use wxlogin_domain::phone::{PhoneError, PhoneProof, PhoneService};
use wxlogin_domain::phone_number::PhonePolicy;
use wxlogin_domain::ports::account_store::{AccountStore as _, MockAccountStore};
use wxlogin_domain::ports::code_exchange::{CodeExchangeError, MockCodeExchange};
use wxlogin_domain::ports::phone_exchange::{MockPhoneExchange, PhoneExchangeError};
use wxlogin_domain::ports::wechat_failure::WechatFailure;
use wxlogin_domain::session::Session;
use wxlogin_domain::user_data::{PhonePayload, UserDataError};
use wxlogin_domain::user_data_reader::{ReadError, UserDataReader};

use crate::sample::{
    FAILURES, PHONE, World, app, at, cipher_on, code, codes_of, data_under, down, identity, other_app, payload, person,
    person_of, phone_code, told, verified,
};

/// What a person had before, and keeps where nothing is bound.
const OLD: &str = "+85261234567";

fn service(world: &World, exchange: MockPhoneExchange, codes: MockCodeExchange) -> PhoneService {
    PhoneService {
        exchange: Arc::new(exchange),
        reader: world.reader(codes),
        accounts: world.store.clone(),
        policy: PhonePolicy::Shared,
        scribe: world.scribe.clone(),
        clock: world.clock.clone(),
    }
}

fn by_code() -> PhoneProof {
    PhoneProof::Code(phone_code("a-phone-code"))
}

fn by_data(number: u8, code: Option<JsCode>) -> PhoneProof {
    PhoneProof::Encrypted {
        data: data_under(number),
        code,
    }
}

fn answering(payload: PhonePayload) -> MockPhoneExchange {
    MockPhoneExchange::answering(Ok(payload))
}

/// Nothing is called.
fn silent(world: &World) -> PhoneService {
    service(world, MockPhoneExchange::never(), MockCodeExchange::never())
}

/// A session of somebody who has the old number.
async fn with_old_number(world: &World) -> Session {
    world.log_in_with_phone(identity(), OLD).await.session
}

/// Binds, and sees to it that what fails changes nothing and tells nothing.
async fn refused(world: &World, service: &PhoneService, session: &Session, proof: PhoneProof) -> PhoneError {
    let (accounts, events) = (world.accounts().await, world.told().await);
    let error = service.bind(session, proof, &person()).await.unwrap_err();
    assert_eq!(world.accounts().await, accounts, "{error}");
    assert_eq!(world.told().await, events, "{error}");
    error
}

#[tokio::test]
async fn a_number_is_bound_by_the_code_of_the_button_for_the_person_of_the_session() {
    let world = World::new();
    let session = with_old_number(&world).await;
    let mut exchange = MockPhoneExchange::new();
    exchange
        .expect_exchange_phone()
        .once()
        .withf(|of, openid, code| *of == app() && *openid == identity().openid && code.expose() == "a-phone-code")
        .returning(|_, _, _| Ok(payload(app().as_str(), 0)));
    world.set_clock(5);
    let service = service(&world, exchange, MockCodeExchange::never());
    let account = service.bind(&session, by_code(), &person()).await.unwrap();
    assert_eq!(account.phone, Some(verified(PHONE, 5)));
    assert_eq!(world.accounts().await, [account]);
    let event = world.last_event().await;
    assert_eq!(told(&event), "person phone_bound");
    assert!(!format!("{event:?}").contains("138001"));
    assert_eq!((event.session, event.app), (Some(session.id), Some(app())));
    assert_eq!((event.at, event.request_id), (at(5), person().request_id));
    assert_eq!(event.ip, Some(IpPseudonym("ip_203.0.113.7".into())));
}

/// WeChat has made it a moment ago: a clock that is off does no harm.
#[tokio::test]
async fn an_answer_of_wechat_is_believed_whatever_its_time() {
    for seconds in [-100_000, 0, 100_000] {
        let world = World::new();
        let session = with_old_number(&world).await;
        let service = service(
            &world,
            answering(payload(app().as_str(), seconds)),
            MockCodeExchange::never(),
        );
        let account = service.bind(&session, by_code(), &person()).await.unwrap();
        assert_eq!(account.phone, Some(verified(PHONE, 0)), "{seconds}");
    }
}

#[tokio::test]
async fn an_answer_for_another_app_or_without_a_number_makes_no_sense() {
    for answer in [
        payload(other_app().as_str(), 0),
        PhonePayload {
            pure_phone_number: "none".into(),
            ..payload(app().as_str(), 0)
        },
    ] {
        let world = World::new();
        let session = with_old_number(&world).await;
        let service = service(&world, answering(answer), MockCodeExchange::never());
        let error = refused(&world, &service, &session, by_code()).await;
        assert_eq!(error, PhoneError::Exchange(WechatFailure::BadResponse.into()));
    }
}

#[tokio::test]
async fn what_wechat_says_to_a_phone_code_passes_through() {
    let refusals = [PhoneExchangeError::CodeInvalid, PhoneExchangeError::UserBlocked];
    for error in refusals.into_iter().chain(FAILURES.map(PhoneExchangeError::Wechat)) {
        let world = World::new();
        let session = with_old_number(&world).await;
        let service = service(
            &world,
            MockPhoneExchange::answering(Err(error)),
            MockCodeExchange::never(),
        );
        let told = refused(&world, &service, &session, by_code()).await;
        assert_eq!(told, PhoneError::Exchange(error));
    }
}

/// All cases of keys and data are in the tests of `user_data_reader`.
#[tokio::test]
async fn a_number_is_bound_by_encrypted_data() {
    for (kept, fresh, data) in [
        (vec![], Some(1), 1),
        (vec![1], Some(2), 1),
        (vec![1], None, 1),
        (vec![1, 2], None, 1),
    ] {
        let world = World::new();
        let session = with_old_number(&world).await;
        for number in &kept {
            world.keep_key(&identity(), *number).await;
        }
        let codes = fresh.map_or_else(MockCodeExchange::never, |fresh| codes_of(&identity(), fresh));
        let service = service(&world, MockPhoneExchange::never(), codes);
        let proof = by_data(data, fresh.map(|_| code("a-code")));
        let account = service.bind(&session, proof, &person()).await.unwrap();
        let name = format!("{kept:?} kept, {fresh:?} fresh, data under {data}");
        assert_eq!(account.phone, Some(verified(PHONE, 0)), "{name}");
        assert_eq!(world.phone_of(account.id).await, account.phone, "{name}");
        assert_eq!(told(&world.last_event().await), "person phone_bound", "{name}");
    }
}

#[tokio::test]
async fn data_that_open_under_no_key_bind_nothing() {
    for (kept, fresh, data, expected) in [
        (vec![], None, 1, UserDataError::SessionKeyStale),
        (vec![1], None, 2, UserDataError::SessionKeyStale),
        (vec![1, 2, 3], None, 1, UserDataError::SessionKeyStale),
        (vec![], Some(1), 2, UserDataError::DecryptionFailed),
        (vec![1], Some(2), 3, UserDataError::DecryptionFailed),
    ] {
        let world = World::new();
        let session = with_old_number(&world).await;
        for number in &kept {
            world.keep_key(&identity(), *number).await;
        }
        let codes = fresh.map_or_else(MockCodeExchange::never, |fresh| codes_of(&identity(), fresh));
        let service = service(&world, MockPhoneExchange::never(), codes);
        let proof = by_data(data, fresh.map(|_| code("a-code")));
        let error = refused(&world, &service, &session, proof).await;
        let name = format!("{kept:?} kept, {fresh:?} fresh, data under {data}");
        assert_eq!(error, PhoneError::Read(ReadError::UserData(expected)), "{name}");
    }
}

#[tokio::test]
async fn data_that_are_not_believed_bind_nothing() {
    for (content, expected) in [
        (payload(other_app().as_str(), 0), UserDataError::WatermarkMismatch),
        (payload(app().as_str(), -601), UserDataError::WatermarkExpired),
        (
            PhonePayload {
                pure_phone_number: "none".into(),
                ..payload(app().as_str(), 0)
            },
            UserDataError::DecryptionFailed,
        ),
    ] {
        let world = World::new();
        let session = with_old_number(&world).await;
        world.keep_key(&identity(), 1).await;
        let silent = silent(&world);
        let service = PhoneService {
            reader: UserDataReader {
                cipher: Arc::new(cipher_on(content)),
                ..silent.reader.clone()
            },
            ..silent
        };
        let error = refused(&world, &service, &session, by_data(1, None)).await;
        assert_eq!(error, PhoneError::Read(ReadError::UserData(expected)));
    }
}

#[tokio::test]
async fn what_wechat_says_to_a_login_code_passes_through() {
    let refusals = [
        CodeExchangeError::CodeInvalid,
        CodeExchangeError::CodeAlreadyUsed,
        CodeExchangeError::UserBlocked,
    ];
    for error in refusals.into_iter().chain(FAILURES.map(CodeExchangeError::Wechat)) {
        let world = World::new();
        let session = with_old_number(&world).await;
        let codes = MockCodeExchange::answering(Err(error));
        let service = service(&world, MockPhoneExchange::never(), codes);
        let told = refused(&world, &service, &session, by_data(1, Some(code("a-code")))).await;
        assert_eq!(told, PhoneError::Read(ReadError::Exchange(error)));
    }
}

/// A stolen session does not get the number of whoever stole it, nor the other way round.
#[tokio::test]
async fn the_code_of_another_person_binds_nothing_and_its_key_is_not_kept() {
    let world = World::new();
    let session = with_old_number(&world).await;
    let stranger = person_of(&app(), "stranger", None);
    let service = service(&world, MockPhoneExchange::never(), codes_of(&stranger, 1));
    let error = refused(&world, &service, &session, by_data(1, Some(code("a-code")))).await;
    assert_eq!(error, PhoneError::Read(ReadError::CodeOfAnother));
    assert_eq!(world.kept_keys(&identity()).await, []);
    assert_eq!(world.kept_keys(&stranger).await, []);
}

#[tokio::test]
async fn a_number_that_has_to_be_unique_is_not_taken_from_another() {
    for (policy, expected) in [
        (PhonePolicy::Unique, Err(PhoneError::Taken)),
        (PhonePolicy::Shared, Ok(Some(verified(PHONE, 0)))),
    ] {
        let world = World::new();
        let other = world
            .log_in_with_phone(person_of(&app(), "stranger", None), PHONE)
            .await
            .account;
        let session = with_old_number(&world).await;
        let service = PhoneService {
            policy,
            ..service(&world, answering(payload(app().as_str(), 0)), MockCodeExchange::never())
        };
        if expected.is_err() {
            assert_eq!(refused(&world, &service, &session, by_code()).await, PhoneError::Taken);
        }
        let bound = service.bind(&session, by_code(), &person()).await;
        assert_eq!(bound.map(|account| account.phone), expected, "{policy:?}");
        assert_eq!(world.phone_of(other.id).await, other.phone, "{policy:?}");
    }
}

#[tokio::test]
async fn ones_own_number_is_bound_again_and_is_free_once_it_is_removed() {
    let world = World::new();
    let session = with_old_number(&world).await;
    let stranger = world.log_in(person_of(&app(), "stranger", None)).await.session;
    let service = PhoneService {
        policy: PhonePolicy::Unique,
        ..service(&world, answering(payload(app().as_str(), 0)), MockCodeExchange::never())
    };
    for seconds in [1, 2] {
        world.set_clock(seconds);
        let account = service.bind(&session, by_code(), &person()).await.unwrap();
        assert_eq!(account.phone, Some(verified(PHONE, seconds)));
    }
    assert_eq!(refused(&world, &service, &stranger, by_code()).await, PhoneError::Taken);
    service.unbind(&session, &person()).await.unwrap();
    let account = service.bind(&stranger, by_code(), &person()).await.unwrap();
    assert_eq!(account.id, stranger.id.account);
}

#[tokio::test]
async fn an_account_that_is_no_more_has_no_number() {
    let world = World::new();
    let session = with_old_number(&world).await;
    world.erase(session.id.account).await;
    let service = service(&world, answering(payload(app().as_str(), 0)), MockCodeExchange::never());
    let error = refused(&world, &service, &session, by_code()).await;
    assert_eq!(error, PhoneError::AccountGone);
    let before = world.told().await;
    assert_eq!(service.unbind(&session, &person()).await, Ok(None));
    assert_eq!(world.told().await, before);
}

#[tokio::test]
async fn a_number_is_removed_once_and_only_that_is_told() {
    let world = World::new();
    let session = with_old_number(&world).await;
    let service = silent(&world);
    let account = Some(session.id.account);
    world.set_clock(5);
    assert_eq!(service.unbind(&session, &person()).await, Ok(account));
    assert_eq!(world.phone_of(session.id.account).await, None);
    let event = world.last_event().await;
    assert_eq!(told(&event), "person phone_removed");
    assert_eq!(
        (event.at, event.session, event.app),
        (at(5), Some(session.id), Some(app()))
    );
    let before = world.told().await;
    assert_eq!(service.unbind(&session, &person()).await, Ok(account));
    assert_eq!(world.told().await, before);
}

#[tokio::test]
async fn a_store_that_fails_is_said() {
    let world = World::new();
    let session = with_old_number(&world).await;
    let mut accounts = MockAccountStore::new();
    accounts.expect_bind_phone().returning(|_, _, _| Err(down()));
    accounts.expect_unbind_phone().returning(|_, _| Err(down()));
    let service = PhoneService {
        accounts: Arc::new(accounts),
        ..service(&world, answering(payload(app().as_str(), 0)), MockCodeExchange::never())
    };
    let bound = service.bind(&session, by_code(), &person()).await;
    assert_eq!(bound, Err(PhoneError::Store(down())));
    assert_eq!(service.unbind(&session, &person()).await, Err(down()));
}

/// The session is the one that was authenticated, so it is its app and its openid that count, whatever else the account
/// has.
#[tokio::test]
async fn the_code_is_exchanged_in_the_app_of_the_session() {
    let world = World::new();
    world.log_in(person_of(&app(), "here", Some("u"))).await;
    let there = world.log_in(person_of(&other_app(), "there", Some("u"))).await;
    assert_eq!(there.account.identities.len(), 2);
    let mut exchange = MockPhoneExchange::new();
    exchange
        .expect_exchange_phone()
        .once()
        .withf(|of, openid, _| *of == other_app() && openid.as_str() == "there")
        .returning(|_, _, _| Ok(payload(other_app().as_str(), 0)));
    let service = service(&world, exchange, MockCodeExchange::never());
    let account = service.bind(&there.session, by_code(), &person()).await.unwrap();
    assert_eq!(account.phone, Some(verified(PHONE, 0)));
    assert_eq!(world.store.account(account.id).await, Ok(Some(account)));
}
