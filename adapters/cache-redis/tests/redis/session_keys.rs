//! Which session keys are kept, and for how long.

use std::sync::Arc;

use crate::keys::{APP, Keys, OTHER_APP, Shown};
use crate::{connect, directly, eventually, new_names, shared};

/// The same table as that of the keys in memory.
#[tokio::test]
async fn a_users_keys_table() {
    let Some(url) = shared() else { return };
    let keys = Keys::new(connect(&url, &new_names()).await);
    // What was kept, by fingerprint and end; what is answered when.
    let table: [(&str, &[Shown], i64, &[Shown]); 12] = [
        ("nothing", &[], 0, &[]),
        ("one", &[(1, 100)], 0, &[(1, 100)]),
        ("up to its end", &[(1, 100)], 99, &[(1, 100)]),
        ("not at its end", &[(1, 100)], 100, &[]),
        ("current first", &[(1, 100), (2, 110)], 0, &[(2, 110), (1, 100)]),
        ("the one before goes first", &[(1, 100), (2, 110)], 100, &[(2, 110)]),
        (
            "no more than two",
            &[(1, 100), (2, 110), (3, 120)],
            0,
            &[(3, 120), (2, 110)],
        ),
        (
            "the current one again is prolonged, and displaces nothing",
            &[(1, 100), (2, 110), (2, 120)],
            115,
            &[(2, 120)],
        ),
        (
            "the one before is still there then",
            &[(1, 100), (2, 110), (2, 120)],
            0,
            &[(2, 120), (1, 100)],
        ),
        (
            "the one before again is current again",
            &[(1, 100), (2, 110), (1, 120)],
            0,
            &[(1, 120), (2, 110)],
        ),
        ("none ends earlier than before", &[(1, 100), (1, 90)], 95, &[(1, 90)]),
        (
            "the one before outlives the current one, if it does",
            &[(1, 100), (2, 50)],
            60,
            &[(1, 100)],
        ),
    ];
    for (number, (name, keeps, now, answer)) in table.into_iter().enumerate() {
        let openid = format!("user{number}");
        for (fingerprint, until) in keeps {
            keys.keep(&openid, *fingerprint, *until).await;
        }
        assert_eq!(keys.kept(&openid, now).await, answer, "{name}");
        assert_eq!(keys.kept(&openid, now).await, answer, "{name}, asked again");
    }
}

#[tokio::test]
async fn users_have_keys_of_their_own_in_each_app() {
    let Some(url) = shared() else { return };
    let keys = Keys::new(connect(&url, &new_names()).await);
    keys.keep("one", 1, 100).await;
    keys.keep("two", 2, 100).await;
    keys.keep_in(OTHER_APP, "one", 3, 100).await;
    assert_eq!(keys.kept("one", 0).await, [(1, 100)]);
    assert_eq!(keys.kept("two", 0).await, [(2, 100)]);
    assert_eq!(keys.kept_in(OTHER_APP, "one", 0).await, [(3, 100)]);

    keys.forget("one").await;
    keys.forget("one").await;
    assert_eq!(keys.kept("one", 0).await, []);
    assert_eq!(keys.kept("two", 0).await, [(2, 100)]);
    assert_eq!(keys.kept_in(OTHER_APP, "one", 0).await, [(3, 100)]);
}

#[tokio::test]
async fn replicas_share_them() {
    let Some(url) = shared() else { return };
    let names = new_names();
    let one = Keys::new(connect(&url, &names).await);
    let other = Keys::new(connect(&url, &names).await);
    one.keep("one", 1, 100).await;
    other.keep("one", 2, 110).await;
    assert_eq!(one.kept("one", 0).await, [(2, 110), (1, 100)]);
    one.forget("one").await;
    assert_eq!(other.kept("one", 0).await, []);

    let stranger = Keys::new(connect(&url, &new_names()).await);
    other.keep("one", 3, 100).await;
    assert_eq!(stranger.kept("one", 0).await, [], "another deployment has other names");
}

/// Each key that is kept pushes out the one before the one before, and no other: whatever races, the two that are left
/// are two that were kept, and the later ones of each replica.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn racing_replicas_lose_nothing() {
    const ROUNDS: u8 = 50;
    let Some(url) = shared() else { return };
    let names = new_names();
    let replicas = [
        Arc::new(Keys::new(connect(&url, &names).await)),
        Arc::new(Keys::new(connect(&url, &names).await)),
    ];
    for round in 0..ROUNDS {
        let openid = format!("user{round}");
        replicas[0].keep(&openid, 1, 100).await;
        let race = [2, 3].map(|fingerprint| {
            let (keys, openid) = (Arc::clone(&replicas[usize::from(fingerprint) - 2]), openid.clone());
            tokio::spawn(async move { keys.keep(&openid, fingerprint, 110).await })
        });
        for racer in race {
            racer.await.unwrap();
        }
        let mut kept = replicas[0].kept(&openid, 0).await;
        kept.sort_unstable();
        assert_eq!(kept, [(2, 110), (3, 110)], "round {round}");
    }
}

/// How long Redis itself keeps them: as long as the one that lives longest, and no longer.
#[tokio::test]
async fn they_expire_by_themselves() {
    let Some(server) = wxlogin_throwaway::required(wxlogin_throwaway::Redis::private(), "Redis") else {
        return;
    };
    let url = server.url();
    let keys = Keys::new(connect(&url, &new_names()).await);
    let mut redis = directly(&url).await;
    keys.keep("one", 1, 1000).await;
    keys.keep("one", 2, 500).await;
    let key: Vec<String> = redis::cmd("KEYS")
        .arg("*session-keys*")
        .query_async(&mut redis)
        .await
        .unwrap();
    let left: i64 = redis::cmd("PTTL").arg(&key[0]).query_async(&mut redis).await.unwrap();
    assert!((900_000..=1_000_000).contains(&left), "{left}");

    let (app, openid) = crate::keys::user(APP, "two");
    keys.keep(openid.as_str(), 1, 1).await;
    keys.keep_in(app.as_str(), "three", 1, 0).await;
    eventually("only the first is left", async || {
        let keys: Vec<String> = redis::cmd("KEYS")
            .arg("*session-keys*")
            .query_async(&mut redis)
            .await
            .unwrap();
        keys == key
    })
    .await;
    assert_eq!(keys.kept("two", 0).await, []);
}

#[tokio::test]
async fn what_somebody_else_wrote_there_is_passed_over() {
    let Some(server) = wxlogin_throwaway::required(wxlogin_throwaway::Redis::private(), "Redis") else {
        return;
    };
    let url = server.url();
    let cache = connect(&url, &new_names()).await;
    let keys = Keys::new(cache.clone());
    let mut redis = directly(&url).await;
    keys.keep("one", 1, 100).await;
    let key: Vec<String> = redis::cmd("KEYS")
        .arg("*session-keys*")
        .query_async(&mut redis)
        .await
        .unwrap();

    for (field, value) in [("until", "soon"), ("fingerprint", "short"), ("sealed", "")] {
        keys.forget("one").await;
        keys.keep("one", 1, 100).await;
        keys.keep("one", 2, 100).await;
        if value.is_empty() {
            let _: () = redis::cmd("HDEL")
                .arg(&key[0])
                .arg(field)
                .query_async(&mut redis)
                .await
                .unwrap();
        } else {
            let _: () = redis::cmd("HSET")
                .arg(&key[0])
                .arg(field)
                .arg(value)
                .query_async(&mut redis)
                .await
                .unwrap();
        }
        let kept = keys.kept("one", 0).await;
        assert!(!kept.contains(&(2, 100)), "{field}: {kept:?}");
        keys.keep("one", 3, 100).await;
        assert_eq!(keys.kept("one", 0).await[0], (3, 100), "{field}");
    }

    let _: () = redis::cmd("SET")
        .arg(&key[0])
        .arg("a text")
        .query_async(&mut redis)
        .await
        .unwrap();
    keys.keep("one", 1, 100).await;
    assert_eq!(keys.kept("one", 0).await, []);
    // Nobody else is the worse for it.
    assert!(format!("{cache:?}").contains("is_up: true"));
    keys.keep("two", 1, 100).await;
    assert_eq!(keys.kept("two", 0).await, [(1, 100)]);
    // And forgetting heals it.
    keys.forget("one").await;
    keys.keep("one", 1, 100).await;
    assert_eq!(keys.kept("one", 0).await, [(1, 100)]);
}
