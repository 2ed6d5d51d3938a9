//! Opening what WeChat encrypted: with the key of a fresh code, or with one that was kept.

use std::sync::Arc;

use wxlogin_domain::identity::WechatIdentity;
use wxlogin_domain::ports::code_exchange::{CodeExchangeError, CodeSession, MockCodeExchange};
use wxlogin_domain::ports::session_key_cache::SessionKeyCache as _;
use wxlogin_domain::ports::session_key_sealer::SessionKeySealer as _;
use wxlogin_domain::user_data::{UserData, UserDataError};
use wxlogin_domain::user_data_reader::{ReadError, UserDataReader};

use crate::sample::{
    FAILURES, KEY_TTL, NamingSealer, World, app, at, cipher_on, code, codes_of, data_under, identity, key, other_app,
    payload, person_of,
};

const FAILED: ReadError = ReadError::UserData(UserDataError::DecryptionFailed);
const STALE: ReadError = ReadError::UserData(UserDataError::SessionKeyStale);

/// Without a code.
async fn read(world: &World, number: u8) -> Result<String, ReadError> {
    let reader = world.reader(MockCodeExchange::never());
    let opened = reader.read_any(&identity(), &data_under(number), None).await;
    opened.map(|data| data.json)
}

/// With a code that brings the key of that number.
async fn read_with_code(world: &World, fresh: u8, number: u8) -> Result<String, ReadError> {
    let reader = world.reader(codes_of(&identity(), fresh));
    let opened = reader
        .read_any(&identity(), &data_under(number), Some(&code("a-code")))
        .await;
    opened.map(|data| data.json)
}

/// What is in data that open.
fn content() -> String {
    r#"{"stepInfoList":[]}"#.into()
}

/// Told apart by where the key came from, never by how the data failed to open.
#[tokio::test]
async fn data_open_under_any_key_that_there_is() {
    for (kept, fresh, data, expected, kept_then) in [
        // The keys that were kept, the older one first; that of the code; that of the data.
        (vec![], None, 1, Err(STALE), vec![]),
        (vec![1], None, 1, Ok(content()), vec![1]),
        (vec![1, 2], None, 2, Ok(content()), vec![2, 1]),
        (vec![1, 2], None, 1, Ok(content()), vec![2, 1]),
        (vec![1, 2], None, 3, Err(STALE), vec![2, 1]),
        (vec![1, 2, 3], None, 1, Err(STALE), vec![3, 2]),
        (vec![], Some(1), 1, Ok(content()), vec![1]),
        (vec![], Some(1), 2, Err(FAILED), vec![1]),
        (vec![1], Some(2), 2, Ok(content()), vec![2, 1]),
        (vec![1], Some(2), 1, Ok(content()), vec![2, 1]),
        (vec![1], Some(2), 3, Err(FAILED), vec![2, 1]),
        (vec![1], Some(1), 1, Ok(content()), vec![1]),
        (vec![1, 2], Some(2), 1, Ok(content()), vec![2, 1]),
        (vec![1, 2], Some(3), 1, Err(FAILED), vec![3, 2]),
    ] {
        let world = World::new();
        for number in &kept {
            world.keep_key(&identity(), *number).await;
        }
        let read = match fresh {
            Some(fresh) => read_with_code(&world, fresh, data).await,
            None => read(&world, data).await,
        };
        let name = format!("{kept:?} kept, {fresh:?} fresh, data under {data}");
        assert_eq!(read, expected, "{name}");
        assert_eq!(world.kept_keys(&identity()).await, kept_then, "{name}");
    }
}

#[tokio::test]
async fn a_key_is_kept_for_its_time_and_not_longer() {
    let world = World::new();
    let ttl = i64::try_from(KEY_TTL.as_secs()).unwrap();
    world.keep_key(&identity(), 1).await;
    world.set_clock(10);
    world.keep_key(&identity(), 2).await;
    for (seconds, kept) in [
        (ttl - 1, vec![2, 1]),
        (ttl, vec![2]),
        (ttl + 9, vec![2]),
        (ttl + 10, vec![]),
    ] {
        world.set_clock(seconds);
        assert_eq!(world.kept_keys(&identity()).await, kept, "{seconds}");
    }
    assert_eq!(read(&world, 2).await, Err(STALE));
}

/// The same openid in another app is another person.
#[tokio::test]
async fn nobody_reads_with_the_key_of_another() {
    let world = World::new();
    let own = identity();
    for other in [
        person_of(&app(), "stranger", None),
        person_of(&other_app(), own.openid.as_str(), None),
    ] {
        world.keep_key(&other, 1).await;
    }
    assert_eq!(read(&world, 1).await, Err(STALE));
}

/// The master key was changed, or the cache answers what is another's.
#[tokio::test]
async fn a_key_that_does_not_open_is_passed_over() {
    let world = World::new();
    world.keep_key(&identity(), 1).await;
    let stranger = person_of(&app(), "stranger", None);
    let foreign = NamingSealer.seal(&stranger.app, &stranger.openid, &key(2));
    let own = identity();
    world
        .keys
        .keep(&own.app, &own.openid, foreign, at(0), at(0).plus(KEY_TTL))
        .await;
    assert_eq!(world.kept_keys(&own).await, [1]);
    assert_eq!(read(&world, 1).await, Ok(content()));
    assert_eq!(read(&world, 2).await, Err(STALE));
}

#[tokio::test]
async fn the_code_of_another_person_opens_nothing_and_no_key_is_kept() {
    let own = identity();
    for other in [
        person_of(&app(), "stranger", None),
        // The same person in all but the openid.
        WechatIdentity {
            openid: person_of(&app(), "stranger", None).openid,
            ..own.clone()
        },
    ] {
        let world = World::new();
        world.keep_key(&own, 1).await;
        let reader = world.reader(codes_of(&other, 2));
        for data in [1, 2] {
            let read = reader.read_any(&own, &data_under(data), Some(&code("a-code"))).await;
            assert_eq!(
                read.map(|data| data.json),
                Err(ReadError::CodeOfAnother),
                "data under {data}"
            );
        }
        assert_eq!(world.kept_keys(&own).await, [1]);
        assert_eq!(world.kept_keys(&other).await, []);
    }
}

#[tokio::test]
async fn the_code_is_exchanged_for_the_app_of_the_session() {
    let world = World::new();
    let mut exchange = MockCodeExchange::new();
    exchange
        .expect_exchange()
        .once()
        .withf(|of, code| *of == app() && code.expose() == "a-code")
        .returning(|_, _| {
            Ok(CodeSession {
                identity: identity(),
                session_key: key(1),
            })
        });
    let reader = world.reader(exchange);
    let read = reader
        .read_any(&identity(), &data_under(1), Some(&code("a-code")))
        .await;
    assert_eq!(read.map(|data| data.json), Ok(content()));
}

#[tokio::test]
async fn what_wechat_refuses_passes_through_and_the_kept_key_is_not_tried() {
    let refusals = [
        CodeExchangeError::CodeInvalid,
        CodeExchangeError::CodeAlreadyUsed,
        CodeExchangeError::UserBlocked,
    ];
    for error in refusals.into_iter().chain(FAILURES.map(CodeExchangeError::Wechat)) {
        let world = World::new();
        world.keep_key(&identity(), 1).await;
        let reader = world.reader(MockCodeExchange::answering(Err(error)));
        let read = reader
            .read_any(&identity(), &data_under(1), Some(&code("a-code")))
            .await;
        assert_eq!(read.map(|data| data.json), Err(ReadError::Exchange(error)));
        assert_eq!(world.kept_keys(&identity()).await, [1]);
    }
}

#[tokio::test]
async fn data_of_another_app_or_another_time_are_not_believed() {
    for (appid, made_at, expected) in [
        (app(), 0, Ok(())),
        (app(), -600, Ok(())),
        (app(), 600, Ok(())),
        (app(), -601, Err(UserDataError::WatermarkExpired)),
        (app(), 601, Err(UserDataError::WatermarkExpired)),
        (other_app(), 0, Err(UserDataError::WatermarkMismatch)),
        (other_app(), -601, Err(UserDataError::WatermarkMismatch)),
    ] {
        let world = World::new();
        world.keep_key(&identity(), 1).await;
        let reader = UserDataReader {
            cipher: Arc::new(cipher_on(payload(appid.as_str(), made_at))),
            ..world.reader(MockCodeExchange::never())
        };
        let name = format!("{appid:?} at {made_at}");
        let any = reader.read_any(&identity(), &data_under(1), None).await;
        assert_eq!(any.map(drop), expected.map_err(ReadError::UserData), "{name}");
        let phone = reader.read_phone(&identity(), &data_under(1), None).await;
        assert_eq!(phone.map(drop), expected.map_err(ReadError::UserData), "{name}");
    }
}

#[tokio::test]
async fn data_are_answered_as_they_are() {
    let world = World::new();
    world.keep_key(&identity(), 1).await;
    let reader = world.reader(MockCodeExchange::never());
    let read = reader.read_any(&identity(), &data_under(1), None).await;
    let UserData { json, watermark } = read.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(json, content());
    assert_eq!(watermark, payload(app().as_str(), 0).watermark);
}
