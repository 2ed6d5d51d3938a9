//! Several services on one database: whichever is asked, they are one.

use std::collections::{BTreeMap, HashSet};
use std::iter::repeat_with;

use futures_util::future::join_all;
use serde_json::json;
use tempfile::TempDir;
use wxlogin_tests::client::{Answer, Api};
use wxlogin_tests::database::DatabaseServer;
use wxlogin_tests::eventually::eventually;
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::{ADMIN_KEY, Program, directory, shared_environment};
use wxlogin_tests::round_robin::RoundRobin;
use wxlogin_throwaway::Redis;

use crate::rotation::kid;

/// As many as may be logged in to one account.
const RACERS: usize = 18;

/// How often somebody comes again to a store that has no time: it is one account that all of them want at the same moment.
const MOST_RETURNS: usize = 20;

on_each_database! { start:
    two_that_start_at_once_make_one_store,
    concurrent_first_logins_make_one_account,
    concurrent_refreshes_make_one_successor_and_a_late_reuse_ends_the_session_everywhere,
    a_retired_key_is_picked_up_and_no_token_is_doubted,
    a_suspension_is_seen_everywhere_at_once,
    limits_are_those_of_all_with_a_shared_cache,
    limits_are_each_services_own_without,
    a_session_key_serves_everywhere_with_a_shared_cache,
    a_session_key_serves_where_it_came_without,
}

/// Services on one database, one cache or none, and one platform.
struct Deployment {
    platform: Platform,
    services: RoundRobin,
    _programs: Vec<Program>,
    _cache: Option<Redis>,
    _directory: TempDir,
}

impl Deployment {
    async fn start(server: &dyn DatabaseServer, services: usize) -> Self {
        Self::start_with(server, services, None, &[]).await
    }

    /// All at once, as a roll-out may do it.
    async fn start_with(
        server: &dyn DatabaseServer,
        services: usize,
        cache: Option<Redis>,
        settings: &[(&'static str, &str)],
    ) -> Self {
        let (platform, directory) = (Platform::start().await, directory());
        let mut environment = shared_environment(&platform.url, directory.path(), &server.new_database());
        environment.extend(settings.iter().map(|(key, value)| (*key, (*value).to_owned())));
        if let Some(cache) = &cache {
            environment.insert("WXLOGIN_CACHE", cache.url());
        }
        let programs = tokio::task::block_in_place(|| all_at_once(services, &directory, &environment));
        Self {
            platform,
            services: RoundRobin::over(&programs),
            _programs: programs,
            _cache: cache,
            _directory: directory,
        }
    }

    async fn logged_in_at(&self, service: &Api, user: &str) -> Answer {
        service.login(&self.platform.code(user).await).await.ok()
    }

    async fn logged_in(&self, user: &str) -> Answer {
        self.logged_in_at(self.services.next(), user).await
    }

    /// Logs in; whoever is told that the store has no time comes again with a new code, as the answer says. Answers how
    /// often that was, too.
    async fn logged_in_in_the_end(&self, user: &str, code: &str) -> (Answer, usize) {
        let mut answer = self.services.next().login(code).await;
        for returns in 0..MOST_RETURNS {
            if answer.body["code"] != "store_unavailable" {
                return (answer.ok(), returns);
            }
            answer = self.services.next().login(&self.platform.code(user).await).await;
        }
        panic!("{user} came {MOST_RETURNS} times: {answer:?}");
    }

    /// What each service says of an access token: the status, and the code of a problem.
    async fn verdicts(&self, access: &str) -> HashSet<(u16, String)> {
        let verify = async |service: &Api| {
            let answer = service.get_as("/v1/verify", access).await;
            let code = answer.body["code"].as_str().unwrap_or_default().to_owned();
            (answer.status.as_u16(), code)
        };
        join_all(self.services.all().iter().map(verify))
            .await
            .into_iter()
            .collect()
    }

    async fn assert_good_everywhere(&self, access: &str) {
        assert_eq!(self.verdicts(access).await, HashSet::from([(204, String::new())]));
    }

    async fn assert_refused_everywhere(&self, access: &str, status: u16, code: &str) {
        assert_eq!(self.verdicts(access).await, HashSet::from([(status, code.to_owned())]));
    }
}

fn all_at_once(services: usize, directory: &TempDir, environment: &BTreeMap<&str, String>) -> Vec<Program> {
    std::thread::scope(|scope| {
        let starting: Vec<_> = repeat_with(|| scope.spawn(|| Program::serve(directory.path(), environment)))
            .take(services)
            .collect();
        let started = starting.into_iter().map(|starting| starting.join().expect("it starts"));
        started.collect()
    })
}

fn texts(answers: &[Answer], pointer: &str) -> HashSet<String> {
    answers.iter().map(|answer| answer.text(pointer).to_owned()).collect()
}

async fn two_that_start_at_once_make_one_store(server: &impl DatabaseServer) {
    let deployment = Deployment::start(server, 2).await;
    let [one, other] = deployment.services.all() else {
        panic!("two services");
    };
    let login = deployment.logged_in_at(one, "alice").await;
    deployment.assert_good_everywhere(login.text("/access_token")).await;
    let refreshed = other.refresh(login.text("/refresh_token")).await.ok();
    assert_eq!(refreshed.text("/account/id"), login.text("/account/id"));
    let keys = join_all([one, other].map(|service| service.get("/.well-known/jwks.json"))).await;
    assert_eq!(keys[0].body, keys[1].body);
}

async fn concurrent_first_logins_make_one_account(server: &impl DatabaseServer) {
    let deployment = Deployment::start(server, 3).await;
    for user in ["alice", "bob", "carol"] {
        let codes = join_all((0..RACERS).map(|_| deployment.platform.code(user))).await;
        let logins = join_all(codes.iter().map(|code| deployment.logged_in_in_the_end(user, code))).await;
        let (logins, returns): (Vec<Answer>, Vec<usize>) = logins.into_iter().unzip();
        let new = logins
            .iter()
            .filter(|login| login.body["is_new_account"] == true)
            .count();
        assert_eq!(texts(&logins, "/account/id").len(), 1, "{user}");
        // Whoever made the account may have been told that it took too long.
        let has_returned = returns.iter().any(|returns| *returns > 0);
        assert!(
            new == 1 || (new == 0 && has_returned),
            "{new} of {user}'s logins made an account"
        );
    }
}

async fn concurrent_refreshes_make_one_successor_and_a_late_reuse_ends_the_session_everywhere(
    server: &impl DatabaseServer,
) {
    let deployment = Deployment::start(server, 3).await;
    let services = &deployment.services;
    let login = deployment.logged_in("alice").await;
    let first = login.text("/refresh_token");
    let refreshes = join_all((0..RACERS).map(|_| services.next().refresh(first))).await;
    let refreshes: Vec<Answer> = refreshes.into_iter().map(Answer::ok).collect();
    let successors = texts(&refreshes, "/refresh_token");
    assert_eq!(successors.len(), 1, "one generation follows");

    let successor = successors.iter().next().expect("one successor");
    let latest = services.next().refresh(successor).await.ok();
    deployment.assert_good_everywhere(latest.text("/access_token")).await;
    let late = services.next().refresh(first).await;
    assert_eq!(late.text("/code"), "refresh_token_reused");
    deployment
        .assert_refused_everywhere(latest.text("/access_token"), 401, "session_revoked")
        .await;
    for service in services.all() {
        let refused = service.refresh(latest.text("/refresh_token")).await;
        assert_eq!(refused.text("/code"), "session_revoked");
    }
}

async fn a_retired_key_is_picked_up_and_no_token_is_doubted(server: &impl DatabaseServer) {
    let deployment = Deployment::start(server, 3).await;
    let [one, others @ ..] = deployment.services.all() else {
        panic!("three services");
    };
    let before = deployment.logged_in_at(one, "alice").await;
    let retired = kid(before.text("/access_token"));
    let path = format!("/admin/v1/keys/{retired}/retire");
    one.post_as(&path, ADMIN_KEY, &json!({})).await.assert_ok();

    // The next key is known to all from the start, so whoever has not looked yet believes its tokens.
    let new = deployment.logged_in_at(one, "alice").await;
    assert_ne!(kid(new.text("/access_token")), retired);
    deployment.assert_good_everywhere(new.text("/access_token")).await;
    for (number, service) in others.iter().enumerate() {
        let user = format!("user-{number}");
        eventually("a service signs with the new key", async || {
            let login = deployment.logged_in_at(service, &user).await;
            deployment.assert_good_everywhere(new.text("/access_token")).await;
            (kid(login.text("/access_token")) != retired).then_some(())
        })
        .await;
    }
    deployment
        .assert_refused_everywhere(before.text("/access_token"), 401, "token_invalid")
        .await;
}

async fn a_suspension_is_seen_everywhere_at_once(server: &impl DatabaseServer) {
    let deployment = Deployment::start(server, 3).await;
    let login = deployment.logged_in("alice").await;
    let (access, account) = (login.text("/access_token"), login.text("/account/id"));
    deployment.assert_good_everywhere(access).await;
    let suspend = format!("/admin/v1/accounts/{account}/suspend");
    let services = &deployment.services;
    services
        .next()
        .post_as(&suspend, ADMIN_KEY, &json!({}))
        .await
        .assert_ok();
    deployment
        .assert_refused_everywhere(access, 403, "account_suspended")
        .await;
    let refused = services.next().login(&deployment.platform.code("alice").await).await;
    assert_eq!(refused.text("/code"), "account_suspended");
}

/// So many requests of an account go through in a minute, and as many more while the test goes on as minutes pass.
const PER_ACCOUNT: usize = 4;

/// How many of four times as many requests as one service lets through do go through, to three services in turn.
async fn let_through(deployment: &Deployment) -> usize {
    let login = deployment.logged_in("alice").await;
    let mut let_through = 0;
    for _ in 0..4 * PER_ACCOUNT {
        let answer = deployment
            .services
            .next()
            .get_as("/v1/me", login.text("/access_token"))
            .await;
        if answer.status.is_success() {
            let_through += 1;
        } else {
            assert_eq!(answer.text("/code"), "rate_limited");
        }
    }
    let_through
}

fn limits() -> [(&'static str, &'static str); 1] {
    [("WXLOGIN_LIMITS_PER_ACCOUNT", "4")]
}

async fn limits_are_those_of_all_with_a_shared_cache(server: &impl DatabaseServer) {
    let Some(cache) = wxlogin_throwaway::required(Redis::private(), "Redis") else {
        return;
    };
    let deployment = Deployment::start_with(server, 3, Some(cache), &limits()).await;
    let let_through = let_through(&deployment).await;
    // On a machine so busy that this takes a quarter of a minute, one more has become due.
    assert!((PER_ACCOUNT..2 * PER_ACCOUNT).contains(&let_through), "{let_through}");
}

async fn limits_are_each_services_own_without(server: &impl DatabaseServer) {
    let deployment = Deployment::start_with(server, 3, None, &limits()).await;
    let let_through = let_through(&deployment).await;
    assert!(let_through >= 3 * PER_ACCOUNT, "{let_through}");
}

/// Logs in at one service, and sends what the getPhoneNumber button encrypted to another one.
async fn phone_at_another(deployment: &Deployment) -> Answer {
    let [one, other, ..] = deployment.services.all() else {
        panic!("two services at least");
    };
    let login = deployment.logged_in_at(one, "alice").await;
    let button = deployment.platform.control("phone", &json!({ "user": "alice" })).await;
    let answer = other.put_as("/v1/me/phone", login.text("/access_token"), &button).await;
    if answer.status.is_success() {
        return answer;
    }
    // Where the key came, it is.
    one.put_as("/v1/me/phone", login.text("/access_token"), &button)
        .await
        .assert_ok();
    answer
}

async fn a_session_key_serves_everywhere_with_a_shared_cache(server: &impl DatabaseServer) {
    let Some(cache) = wxlogin_throwaway::required(Redis::private(), "Redis") else {
        return;
    };
    let deployment = Deployment::start_with(server, 2, Some(cache), &[]).await;
    let account = phone_at_another(&deployment).await.ok();
    assert!(account.text("/phone/number").starts_with("+86"));
}

async fn a_session_key_serves_where_it_came_without(server: &impl DatabaseServer) {
    let deployment = Deployment::start(server, 2).await;
    let refused = phone_at_another(&deployment).await;
    assert_eq!(refused.text("/code"), "session_key_stale");
}
