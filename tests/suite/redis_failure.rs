//! A Redis that stops: logins go on, what needs it says so, and it is taken up again.

use serde_json::json;
use wxlogin_tests::client::{Answer, Api};
use wxlogin_tests::eventually::eventually;
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::{Program, directory, shared_environment};
use wxlogin_throwaway::{Redis, required};

async fn logged_in(api: &Api, platform: &Platform, user: &str) -> Answer {
    api.login(&platform.code(user).await).await.ok()
}

/// What the getPhoneNumber button encrypted, without a code: it takes the key that is kept.
async fn bind_phone(api: &Api, platform: &Platform, access: &str, user: &str) -> Answer {
    let button = platform.control("phone", &json!({ "user": user })).await;
    api.put_as("/v1/me/phone", access, &button).await
}

#[tokio::test(flavor = "multi_thread")]
async fn logins_go_on_without_redis_and_what_needs_it_says_so() {
    let Some(redis) = required(Redis::private(), "Redis") else {
        return;
    };
    let (platform, directory) = (Platform::start().await, directory());
    let mut environment = shared_environment(&platform.url, directory.path(), "mem://");
    environment.insert("WXLOGIN_CACHE", redis.url());
    environment.insert("WXLOGIN_LIMITS_PER_ACCOUNT", "6".into());
    let service = Program::serve(directory.path(), &environment);
    let api = service.api();
    let alice = logged_in(&api, &platform, "alice").await;
    bind_phone(&api, &platform, alice.text("/access_token"), "alice")
        .await
        .assert_ok();

    redis.stop();
    let bob = logged_in(&api, &platform, "bob").await;
    let access = bob.text("/access_token");
    let stale = bind_phone(&api, &platform, access, "bob").await;
    assert_eq!(stale.text("/code"), "session_key_stale");
    assert_eq!(stale.text("/action"), "relogin");
    api.get("/readyz").await.assert_ok();
    eventually("the service counts by itself", async || {
        let answer = api.get_as("/v1/me", access).await;
        (!answer.status.is_success()).then(|| assert_eq!(answer.text("/code"), "rate_limited"))
    })
    .await;

    redis.start_again();
    let mut number = 0;
    eventually("keys are kept again", async || {
        number += 1;
        let user = format!("user-{number}");
        let login = logged_in(&api, &platform, &user).await;
        let bound = bind_phone(&api, &platform, login.text("/access_token"), &user).await;
        bound.status.is_success().then_some(())
    })
    .await;
}
