//! Two accounts with one unionid: nothing is merged by itself, an operator is told, and the person is not told of the
//! other account.

use insta::assert_json_snapshot;
use serde_json::json;

use crate::app::{LoggedIn, Setup, TestApp};
use crate::names::Names;
use crate::wechat::{number_of, person_of, scripted, session};

/// Alice and Bob are one person, as it seems: from their second login on WeChat names one unionid for both.
async fn in_conflict() -> (TestApp, LoggedIn, LoggedIn) {
    let wechat = scripted(|app, code| {
        let unionid = (number_of(code) > 2).then_some("u-of-both");
        Ok(session(app, &format!("o-{}", person_of(code)), unionid))
    });
    let app = Setup::with_wechat(wechat).start().await;
    for person in ["alice", "bob"] {
        app.logged_in(person).await;
    }
    let alice = app.logged_in("alice").await;
    let bob = app.logged_in("bob").await;
    assert_ne!(alice.account, bob.account, "nothing was merged");
    (app, alice, bob)
}

#[tokio::test]
async fn operators_see_the_other_account() {
    let (app, alice, bob) = in_conflict().await;
    let names = Names::default().call(&alice.account, "alice").call(&bob.account, "bob");
    let reply = app.admin_get(&format!("accounts/{}", bob.account)).await;
    assert_json_snapshot!(names.shown(&reply));
    assert_eq!(
        app.account(&alice.account).await.get("unionid_conflicts"),
        None,
        "she has it"
    );
    let found = app.admin_get("accounts").await.list("accounts");
    assert_eq!(found[1]["unionid_conflicts"][0]["account_id"], alice.account);
}

#[tokio::test]
async fn the_person_does_not_see_the_other_account() {
    let (app, alice, bob) = in_conflict().await;
    let me = app.me(&bob.access).await;
    let login = app.login_of("bob").await;
    let refreshed = app.refresh(&bob.refresh).await;
    let export = app.export(&bob.access).await;
    for reply in [&me, &login, &refreshed, &export, &app.sessions(&bob.access).await] {
        assert_eq!(reply.status, 200);
        assert!(!reply.text().contains(&alice.account), "{reply:?}");
        assert!(!reply.text().contains("unionid_conflicts"), "{reply:?}");
    }
}

#[tokio::test]
async fn the_person_learns_that_there_was_a_conflict_and_not_with_whom() {
    let (app, _, bob) = in_conflict().await;
    let events = app.export(&bob.access).await.list("audit");
    let told = events.iter().find(|event| event["action"] == "unionid_conflict");
    assert_eq!(told.expect("it is there").get("detail"), None);
}

#[tokio::test]
async fn operators_are_told_once_and_with_whom() {
    let (app, alice, bob) = in_conflict().await;
    app.logged_in("bob").await;
    let events = app.audit("action=unionid_conflict").await;
    let [event] = &events[..] else {
        panic!("one event was expected: {events:?}");
    };
    assert_eq!(event["account_id"], bob.account);
    assert_eq!(event["detail"], alice.account);
    let export = app.admin_get(&format!("accounts/{}/export", bob.account)).await;
    let told = export.list("audit");
    let told = told.iter().find(|event| event["action"] == "unionid_conflict").unwrap();
    assert_eq!(told["detail"], alice.account, "an operator's export has it in full");
}

#[tokio::test]
async fn a_merge_settles_it() {
    let (app, alice, bob) = in_conflict().await;
    let reply = app
        .merge(&bob.account, json!({ "into": alice.account, "keep": alice.account }))
        .await;
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.json().get("unionid_conflicts"), None);
}

/// What the person gets of the merged account's log has no more in it than what the account itself would have had.
#[tokio::test]
async fn a_merge_with_a_third_account_tells_the_person_no_more() {
    let (app, alice, bob) = in_conflict().await;
    let carol = app.logged_in("carol").await;
    let reply = app
        .merge(&bob.account, json!({ "into": carol.account, "keep": bob.account }))
        .await;
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.json()["unionid_conflicts"][0]["account_id"], alice.account);
    let carol = app.logged_in("bob").await;
    let export = app.export(&carol.access).await;
    assert!(export.text().contains("unionid_conflict"), "{export:?}");
    assert!(!export.text().contains(&alice.account), "{export:?}");
}
