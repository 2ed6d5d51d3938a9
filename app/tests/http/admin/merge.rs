//! `POST /admin/v1/accounts/{id}/merge`

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};
use wxlogin_domain::identity::AppId;

use crate::app::{ADMIN_KEY, APPID, INTROSPECT_KEY, LoggedIn, Setup, TestApp};
use crate::call::Call;
use crate::everything::{everything, table};
use crate::names::Names;
use crate::phone_data::{IV, encrypt, payload_with};
use crate::reply::Reply;
use crate::store::Mood;
use crate::wechat::{SESSION_KEY, code_of};

const SECOND_APP: &str = "wx00000000000000b2";

async fn two_apps() -> TestApp {
    let mut setup = Setup::with_callers();
    let mut second = setup.config.apps[0].clone();
    second.appid = AppId::parse(SECOND_APP).unwrap();
    setup.config.apps.push(second);
    setup.start().await
}

async fn login_reply(app: &TestApp, person: &str, appid: &str) -> Reply {
    app.login(json!({ "code": code_of(person, 1), "appid": appid })).await
}

async fn log_in(app: &TestApp, person: &str, appid: &str) -> LoggedIn {
    (&login_reply(app, person, appid).await).into()
}

async fn log_in_with(app: &TestApp, person: &str, appid: &str, number: &str, nickname: &str) -> LoggedIn {
    let mut payload = payload_with("/purePhoneNumber", number);
    payload["watermark"]["appid"] = appid.into();
    let data = encrypt(SESSION_KEY, payload.to_string().as_bytes());
    let body = json!({ "code": code_of(person, 1), "appid": appid, "encrypted_data": data, "iv": IV });
    let login = LoggedIn::from(&app.login(body).await);
    app.change_me(&login.access, json!({ "nickname": nickname })).await;
    login
}

/// Alice in the first app, and somebody in the second who turns out to be her.
async fn alice_twice() -> (TestApp, LoggedIn, LoggedIn) {
    let app = two_apps().await;
    let here = log_in(&app, "alice", APPID).await;
    app.advance(60);
    let there = log_in_with(&app, "alice2", SECOND_APP, "13800138000", "Alice in Wonderland").await;
    (app, here, there)
}

fn into(account: &str) -> Value {
    json!({ "into": account })
}

#[tokio::test]
async fn what_is_left_has_everything_of_both() {
    let (app, here, there) = alice_twice().await;
    let reply = app.merge(&there.account, into(&here.account)).await;
    let names = Names::default()
        .call(&here.account, "alice")
        .call(&there.account, "alice2");
    assert_json_snapshot!(names.shown(&reply));
    assert_eq!(app.account(&here.account).await, reply.json());
}

#[tokio::test]
async fn the_merged_account_is_not_found_and_its_sessions_are_over() {
    let (app, here, there) = alice_twice().await;
    app.merge(&there.account, into(&here.account)).await;
    for rest in ["", "/sessions", "/export"] {
        let path = format!("accounts/{}{rest}", there.account);
        assert_eq!(app.admin_get(&path).await.code(), "not_found", "{rest}");
    }
    assert_snapshot!(table(&everything(&app, &there).await));
    assert!(!app.is_active(&there.access).await);
}

#[tokio::test]
async fn the_sessions_of_the_other_go_on() {
    let (app, here, there) = alice_twice().await;
    app.merge(&there.account, into(&here.account)).await;
    assert_eq!(app.verify(&here.access).await.status, 204);
    assert_eq!(app.refresh(&here.refresh).await.status, 200);
    assert_eq!(app.me(&here.access).await.json()["nickname"], "Alice in Wonderland");
}

#[tokio::test]
async fn the_identities_of_both_log_in_to_what_is_left() {
    let (app, here, there) = alice_twice().await;
    app.merge(&there.account, into(&here.account)).await;
    for (person, appid) in [("alice2", SECOND_APP), ("alice", APPID)] {
        let reply = login_reply(&app, person, appid).await;
        assert_eq!(reply.json()["is_new_account"], false, "{person}");
        assert_eq!(LoggedIn::from(&reply).account, here.account, "{person}");
    }
    for query in ["openid=o-alice", "openid=o-alice2", "phone=%2B8613800138000"] {
        let found = app.admin_get(&format!("accounts?{query}")).await;
        assert_eq!(found.texts("accounts", "id"), [here.account.as_str()], "{query}");
    }
}

/// What is kept of each where both have an identity in the app, a number and a name.
#[tokio::test]
async fn keep_says_which_of_the_two_prevails() {
    let mut outcomes = String::new();
    for keep in ["into", "from"] {
        let app = two_apps().await;
        let a = log_in_with(&app, "alice", APPID, "13800138000", "Alice the First").await;
        let b = log_in_with(&app, "betty", APPID, "13900139000", "Betty the Second").await;
        let kept = if keep == "into" { &a.account } else { &b.account };
        let reply = app.merge(&b.account, json!({ "into": a.account, "keep": kept })).await;
        let left = reply.json();
        assert_eq!(left["id"], a.account, "{keep}");
        writeln!(
            outcomes,
            "keep {keep}: {} {}",
            left["nickname"], left["phone"]["number"]
        )
        .unwrap();
        for person in ["alice", "betty"] {
            let login = login_reply(&app, person, APPID).await.json();
            let whose = if login["account"]["id"] == a.account {
                "what is left"
            } else {
                "another"
            };
            writeln!(
                outcomes,
                "    {person} logs in to {whose}, new: {}",
                login["is_new_account"]
            )
            .unwrap();
        }
    }
    assert_snapshot!(outcomes);
}

#[tokio::test]
async fn two_identities_in_one_app_are_a_conflict_unless_somebody_says_which_stays() {
    let app = two_apps().await;
    let (a, b) = (log_in(&app, "alice", APPID).await, log_in(&app, "betty", APPID).await);
    let call = Call::post(&format!("/admin/v1/accounts/{}/merge", b.account)).json(&into(&a.account));
    assert_json_snapshot!("conflict_in_chinese", app.operate(call.clone()).await.shown());
    assert_json_snapshot!("conflict_in_english", app.operate(call.language("en")).await.shown());
    for login in [&a, &b] {
        assert_eq!(app.verify(&login.access).await.status, 204, "nothing was written");
    }
    assert!(app.audit("action=account_merged").await.is_empty());
}

#[tokio::test]
async fn a_suspension_is_neither_lifted_nor_spread() {
    let app = two_apps().await;
    let (a, b) = (
        log_in(&app, "alice", APPID).await,
        log_in(&app, "betty", SECOND_APP).await,
    );
    app.suspend(&b.account).await;
    for (from, to) in [(&b, &a), (&a, &b)] {
        let call = Call::post(&format!("/admin/v1/accounts/{}/merge", from.account)).json(&into(&to.account));
        assert_eq!(app.operate(call).await.brief(), "409 merge_conflict fix_request");
    }
    let call = Call::post(&format!("/admin/v1/accounts/{}/merge", b.account)).json(&into(&a.account));
    assert_json_snapshot!("suspended_in_chinese", app.operate(call.clone()).await.shown());
    assert_json_snapshot!("suspended_in_english", app.operate(call.language("en")).await.shown());
    app.suspend(&a.account).await;
    let reply = app.merge(&b.account, into(&a.account)).await;
    assert_eq!(reply.json()["status"], "suspended", "both were");
    assert_eq!(login_reply(&app, "betty", SECOND_APP).await.code(), "account_suspended");
}

#[tokio::test]
async fn what_is_wrong_is_said_by_field() {
    let (app, here, there) = alice_twice().await;
    let carol = log_in(&app, "carol", APPID).await;
    let nobody = "019c0545-a400-7000-8000-0000000000ff";
    let mut table = String::new();
    for (name, from, body) in [
        ("nothing", there.account.as_str(), json!({})),
        ("null", &there.account, json!({ "into": null })),
        ("empty", &there.account, json!({ "into": "" })),
        ("a number", &there.account, json!({ "into": 1 })),
        ("no id", &there.account, json!({ "into": "o-alice" })),
        ("unknown", &there.account, json!({ "into": nobody })),
        ("into itself", &there.account, into(&there.account)),
        (
            "keep a third",
            &there.account,
            json!({ "into": here.account, "keep": carol.account }),
        ),
        (
            "keep nobody",
            &there.account,
            json!({ "into": here.account, "keep": nobody }),
        ),
        (
            "keep no id",
            &there.account,
            json!({ "into": here.account, "keep": "into" }),
        ),
        (
            "keep empty",
            &there.account,
            json!({ "into": here.account, "keep": "" }),
        ),
        ("both wrong", &there.account, json!({ "into": "a", "keep": "b" })),
        (
            "an unknown field",
            &there.account,
            json!({ "into": here.account, "Keep": here.account }),
        ),
        ("of nobody", nobody, into(&here.account)),
        ("nobody into nobody", nobody, into(nobody)),
        ("of no id", "nonsense", into(&here.account)),
        ("of no id, and nothing", "nonsense", json!({})),
        ("an array", &there.account, json!([])),
    ] {
        let call = Call::post(&format!("/admin/v1/accounts/{from}/merge")).json(&body);
        let reply = app.operate(call.language("en")).await;
        writeln!(table, "{name}: {}", reply.brief()).unwrap();
    }
    assert_snapshot!(table);
    for login in [&here, &there, &carol] {
        assert_eq!(app.verify(&login.access).await.status, 204);
    }
}

#[tokio::test]
async fn null_is_no_wish_which_one_prevails() {
    let (app, here, there) = alice_twice().await;
    let reply = app
        .merge(&there.account, json!({ "into": here.account, "keep": null }))
        .await;
    assert_eq!(reply.status, 200, "{reply:?}");
}

#[tokio::test]
async fn a_second_time_there_is_nothing_to_merge() {
    let (app, here, there) = alice_twice().await;
    assert_eq!(app.merge(&there.account, into(&here.account)).await.status, 200);
    assert_eq!(app.merge(&there.account, into(&here.account)).await.code(), "not_found");
    assert_eq!(
        app.merge(&here.account, into(&there.account)).await.code(),
        "invalid_request"
    );
}

#[tokio::test]
async fn a_key_with_the_scope_admin_is_wanted() {
    let (app, here, there) = alice_twice().await;
    let call = || Call::post(&format!("/admin/v1/accounts/{}/merge", there.account)).json(&into(&here.account));
    assert_eq!(app.send(call()).await.code(), "unauthorized");
    assert_eq!(app.send(call().bearer(&here.access)).await.code(), "token_invalid");
    assert_eq!(
        app.send(call().bearer(INTROSPECT_KEY)).await.brief().lines().next(),
        Some("403 insufficient_scope fix_request")
    );
    assert_eq!(app.send(call().bearer(ADMIN_KEY)).await.status, 200);
}

#[tokio::test]
async fn the_audit_log_has_it_on_both() {
    let (app, here, there) = alice_twice().await;
    app.merge(&there.account, into(&here.account)).await;
    let names = Names::default()
        .call(&here.account, "alice")
        .call(&there.account, "alice2");
    let events = [
        app.audit("action=account_merged").await,
        app.audit("action=account_merged_away").await,
    ];
    assert_json_snapshot!(names.of(json!(events)));
}

#[tokio::test]
async fn the_person_gets_what_was_held_of_both() {
    let (app, here, there) = alice_twice().await;
    app.merge(&there.account, into(&here.account)).await;
    let names = Names::default()
        .call(&here.account, "alice")
        .call(&there.account, "alice2")
        .call(&here.session, "her session")
        .call(&there.session, "her other session");
    assert_json_snapshot!(names.shown(&app.export(&here.access).await));
}

#[tokio::test]
async fn with_the_store_down_nothing_is_merged() {
    let (app, here, there) = alice_twice().await;
    app.store.be(Mood::Down);
    assert_eq!(
        app.merge(&there.account, into(&here.account)).await.code(),
        "store_unavailable"
    );
    app.store.be(Mood::Well);
    assert_eq!(app.verify(&there.access).await.status, 204);
}

/// Whoever is erased after a merge is erased as a whole.
#[tokio::test]
async fn what_is_left_is_erased_with_all_its_identities() {
    let (app, here, there) = alice_twice().await;
    app.merge(&there.account, into(&here.account)).await;
    app.erase(&here.account).await;
    for (person, appid) in [("alice", APPID), ("alice2", SECOND_APP)] {
        assert_eq!(login_reply(&app, person, appid).await.json()["is_new_account"], true);
    }
}
