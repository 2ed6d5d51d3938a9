//! Races through the whole binary; the stores' own suite holds them in numbers.

use std::collections::HashSet;

use futures_util::future::join_all;
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::{Program, directory, environment};

const RACERS: usize = 16;

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_first_logins_make_one_account_and_concurrent_refreshes_one_successor() {
    let platform = Platform::start().await;
    let directory = directory();
    let service = Program::serve(directory.path(), &environment(&platform.url, directory.path()));
    let api = service.api();
    let mut codes = Vec::new();
    for _ in 0..RACERS {
        codes.push(platform.code("alice").await);
    }
    let logins = join_all(codes.iter().map(|code| api.login(code))).await;
    let accounts: HashSet<String> = logins
        .iter()
        .map(|login| login.clone().ok().text("/account/id").to_owned())
        .collect();
    let new = logins
        .iter()
        .filter(|login| login.body["is_new_account"] == true)
        .count();
    assert_eq!((accounts.len(), new), (1, 1));

    let token = logins[0].text("/refresh_token");
    let refreshes = join_all((0..RACERS).map(|_| api.refresh(token))).await;
    let successors: HashSet<String> = refreshes
        .into_iter()
        .map(|refresh| refresh.ok().text("/refresh_token").to_owned())
        .collect();
    assert_eq!(successors.len(), 1);
    let successor = successors.iter().next().expect("one successor");
    assert!(api.refresh(successor).await.status.is_success(), "the session lives");
}
