//! What was answered with success is there after a SIGKILL.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use reqwest::StatusCode;
use tokio::sync::{Mutex, Notify};
use wxlogin_tests::client::Api;
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::{Program, directory, environment, run};

const ROUNDS: usize = 5;
const CALLERS: usize = 8;
/// How many logins of a round are acknowledged before the kill.
const ACKNOWLEDGED: usize = 60;

/// An acknowledged login.
#[derive(Clone)]
struct Acknowledged {
    account: String,
    refresh_token: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_login_survives_five_kills() {
    let platform = Arc::new(Platform::start().await);
    let directory = directory();
    let environment = environment(&platform.url, directory.path());
    let mut all = Vec::new();
    for round in 0..ROUNDS {
        let service = Program::serve(directory.path(), &environment);
        let acknowledged = kill_under_load(service, &platform, round).await;
        assert!(acknowledged.len() >= ACKNOWLEDGED, "round {round}");
        all.extend(acknowledged);
    }
    let service = Program::serve(directory.path(), &environment);
    let api = service.api();
    for login in &all {
        let refreshed = api.refresh(&login.refresh_token).await;
        assert_eq!(
            refreshed.status,
            StatusCode::OK,
            "a refresh token was lost: {refreshed:?}"
        );
        assert_eq!(refreshed.text("/account/id"), login.account);
    }
    // The accounts themselves: the first user of each round logs in to the account that was acknowledged.
    for round in 0..ROUNDS {
        let user = user(round, 0, 0);
        let again = api.login(&platform.code(&user).await).await.ok();
        assert_eq!(again.body["is_new_account"], false, "round {round}");
    }
    service.kill();
    // And the audit log knows of each: the event was written with the login, or neither was.
    let log = run(
        directory.path(),
        &["audit", "--action", "login_succeeded", "--limit", "1000000"],
        &environment,
    );
    let log = String::from_utf8(log.stdout).expect("UTF-8");
    for login in &all {
        assert!(
            log.contains(&login.account),
            "the login of {} is not in the log",
            login.account
        );
    }
}

fn user(round: usize, caller: usize, login: usize) -> String {
    format!("user-{round}-{caller}-{login}")
}

/// Logs in until enough was acknowledged, kills the service in the midst of it, and answers what was acknowledged.
async fn kill_under_load(service: Program, platform: &Arc<Platform>, round: usize) -> Vec<Acknowledged> {
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let (count, enough) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let (api, platform): (Api, _) = (service.api(), Arc::clone(platform));
            let (acknowledged, count, enough) = (Arc::clone(&acknowledged), Arc::clone(&count), Arc::clone(&enough));
            tokio::spawn(async move {
                for login in 0.. {
                    let code = platform.code(&user(round, caller, login)).await;
                    let Some(answer) = api.try_login(&code).await else {
                        // The service is gone.
                        break;
                    };
                    if answer.status == StatusCode::SERVICE_UNAVAILABLE {
                        // Too slow for its own deadline, on a machine that is too busy: not acknowledged.
                        continue;
                    }
                    let answer = answer.ok();
                    acknowledged.lock().await.push(Acknowledged {
                        account: answer.text("/account/id").to_owned(),
                        refresh_token: answer.text("/refresh_token").to_owned(),
                    });
                    if count.fetch_add(1, Ordering::SeqCst) + 1 == ACKNOWLEDGED {
                        enough.notify_one();
                    }
                }
            })
        })
        .collect();
    enough.notified().await;
    service.kill();
    for caller in callers {
        caller.await.expect("a caller ends");
    }
    let acknowledged = acknowledged.lock().await;
    acknowledged.clone()
}
