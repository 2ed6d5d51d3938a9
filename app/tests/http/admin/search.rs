//! `GET /admin/v1/accounts`: whom a search finds.

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::json;
use wxlogin_domain::identity::AppId;

use crate::app::{LoggedIn, Setup, TestApp};
use crate::call::Call;
use crate::names::Names;
use crate::phone_data::{IV, encrypt, payload_with};
use crate::wechat::{SESSION_KEY, code_of, united_people};

const FIRST_APP: &str = "wx00000000000000a1";
const SECOND_APP: &str = "wx00000000000000b2";

async fn two_apps() -> TestApp {
    let mut setup = Setup::with_wechat(united_people());
    let mut second = setup.config.apps[0].clone();
    second.appid = AppId::parse(SECOND_APP).unwrap();
    setup.config.apps.push(second);
    setup.start().await
}

async fn log_in(app: &TestApp, person: &str, appid: &str, phone: Option<&str>) -> LoggedIn {
    let mut body = json!({ "code": code_of(person, 1), "appid": appid });
    if let Some(phone) = phone {
        let mut payload = payload_with("/purePhoneNumber", phone);
        payload["watermark"]["appid"] = appid.into();
        body["encrypted_data"] = encrypt(SESSION_KEY, payload.to_string().as_bytes()).into();
        body["iv"] = IV.into();
    }
    (&app.login(body).await).into()
}

/// Alice uses both apps, Bob the first, Carol and Dave the second; Bob and Carol share a number; Dave is suspended.
async fn populated() -> (TestApp, Vec<(String, &'static str)>) {
    let app = two_apps().await;
    let alice = log_in(&app, "alice", FIRST_APP, Some("13800138000")).await;
    log_in(&app, "alice", SECOND_APP, None).await;
    let bob = log_in(&app, "bob", FIRST_APP, Some("13900139000")).await;
    let carol = log_in(&app, "carol", SECOND_APP, Some("13900139000")).await;
    let dave = log_in(&app, "dave", SECOND_APP, None).await;
    app.suspend(&dave.account).await;
    let people = [(alice, "alice"), (bob, "bob"), (carol, "carol"), (dave, "dave")];
    (app, people.map(|(login, name)| (login.account, name)).into())
}

#[tokio::test]
async fn filters_alone_and_together() {
    let (app, people) = populated().await;
    let mut table = String::new();
    for query in [
        "",
        "openid=o-alice-in-a1",
        "openid=o-alice-in-b2",
        "openid=o-carol-in-b2",
        "openid=o-nobody",
        "openid=o-alice-in-a1&appid=wx00000000000000a1",
        "openid=o-alice-in-a1&appid=wx00000000000000b2",
        "openid=o-alice-in-a1&appid=wx00000000000000c3",
        "unionid=u-alice",
        "unionid=u-nobody",
        "unionid=o-alice-in-a1",
        "phone=%2B8613800138000",
        "phone=%2B8613900139000",
        "phone=%2B86+138-0013-8000",
        "phone=%2B8613700137000",
        "status=active",
        "status=suspended",
        "openid=o-alice-in-b2&unionid=u-alice",
        "openid=o-alice-in-b2&unionid=u-bob",
        "openid=o-bob-in-a1&phone=%2B8613900139000",
        "openid=o-bob-in-a1&phone=%2B8613800138000",
        "unionid=u-dave&status=suspended",
        "unionid=u-dave&status=active",
        "phone=%2B8613900139000&status=active&unionid=u-carol",
        "phone=%2B8613900139000&limit=1",
        "cursor=",
        "status=%61ctive",
    ] {
        let reply = app.admin_get(&format!("accounts?{query}")).await;
        assert_eq!(reply.status, 200, "{query} {reply:?}");
        let name = |id: &String| people.iter().find(|(account, _)| account == id).unwrap().1;
        let names: Vec<&str> = reply.texts("accounts", "id").iter().map(name).collect();
        let more = if reply.json().get("next_cursor").is_some() {
            ", and more"
        } else {
            ""
        };
        writeln!(table, "{query:?}: {}{more}", names.join(" ")).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn a_page_in_full() {
    let (app, people) = populated().await;
    let names = people
        .iter()
        .fold(Names::default(), |names, (id, name)| names.call(id, name));
    assert_json_snapshot!(names.shown(&app.admin_get("accounts?limit=3").await));
}

#[tokio::test]
async fn an_app_that_is_not_configured_any_more_has_to_be_named() {
    let mut setup = Setup::with_wechat(united_people());
    let mut second = setup.config.apps[0].clone();
    second.appid = AppId::parse(SECOND_APP).unwrap();
    setup.config.apps.push(second);
    let login = log_in(&setup.clone().start().await, "alice", SECOND_APP, None).await;
    setup.config.apps.pop();
    let app = setup.start().await;
    let found = app.admin_get("accounts?openid=o-alice-in-b2").await;
    assert!(found.list("accounts").is_empty());
    let found = app
        .admin_get(&format!("accounts?openid=o-alice-in-b2&appid={SECOND_APP}"))
        .await;
    assert_eq!(found.texts("accounts", "id"), [login.account]);
}

/// Without a unionid nothing says that they are one person, so they are two accounts.
#[tokio::test]
async fn one_openid_in_two_apps_is_two_accounts_and_two_pages() {
    let mut setup = Setup::default();
    let mut second = setup.config.apps[0].clone();
    second.appid = AppId::parse(SECOND_APP).unwrap();
    setup.config.apps.push(second);
    let app = setup.start().await;
    let first = log_in(&app, "alice", FIRST_APP, None).await.account;
    let second = log_in(&app, "alice", SECOND_APP, None).await.account;
    let found = app.admin_get("accounts?openid=o-alice").await;
    assert_eq!(found.texts("accounts", "id"), [first.as_str(), &second]);
    let page = app.admin_get("accounts?openid=o-alice&limit=1").await;
    assert_eq!(page.texts("accounts", "id"), [first.as_str()]);
    let cursor = page.json()["next_cursor"].as_str().unwrap().to_owned();
    let page = app
        .admin_get(&format!("accounts?openid=o-alice&limit=1&cursor={cursor}"))
        .await;
    assert_eq!(page.texts("accounts", "id"), [second.as_str()]);
    assert_eq!(page.json().get("next_cursor"), None);
}

#[tokio::test]
async fn what_is_wrong_with_a_search_is_said_by_parameter() {
    let app = TestApp::new().await;
    app.logged_in("alice").await;
    let mut table = String::new();
    for query in [
        "nonsense=1",
        "Status=active",
        "open_id=o-alice",
        "nonsense",
        "=1",
        "%3Cscript%3E=1",
        "a=1&b=2&a=3",
        "status=active&status=active",
        "openid=o-alice&openid=o-bob",
        "openid=&unionid=&phone=&status=&limit=&appid=",
        "openid=%20",
        "openid=o-al%00ice",
        "unionid=%E5%BC%A0",
        "phone=13800138000",
        "phone=+8613800138000",
        "phone=%2B",
        "phone=%2B8613800138000%00",
        "status=Active",
        "status=erased",
        "appid=wx00000000000000a1",
        "appid=alice&openid=o-alice",
        "limit=0",
        "limit=1",
        "limit=100",
        "limit=101",
        "limit=-1",
        "limit=1.5",
        "limit=ten",
        "limit=99999999999999999999999",
        "cursor=nonsense",
        "cursor=o-alice",
        "status=x&phone=y&limit=z&cursor=w&a=b",
    ] {
        let reply = app
            .operate(Call::get(&format!("/admin/v1/accounts?{query}")).language("en"))
            .await;
        writeln!(table, "{query}: {}", reply.brief()).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn no_reason_repeats_what_was_searched_for() {
    let app = TestApp::new().await;
    for query in [
        "phone=13900139000",
        "openid=not%20an%20openid",
        "status=of-alice",
        "cursor=of-alice",
    ] {
        let reply = app.admin_get(&format!("accounts?{query}")).await;
        assert_eq!(reply.status, 400, "{query}");
        for value in ["139", "not an", "of-alice"] {
            assert!(!reply.text().contains(value), "{reply:?}");
        }
    }
}

#[tokio::test]
async fn a_refused_search_leaves_no_event() {
    let app = TestApp::new().await;
    app.admin_get("accounts?nonsense=1").await;
    assert_eq!(app.audit("action=accounts_searched").await.len(), 0);
    app.admin_get("accounts").await;
    assert_eq!(app.audit("action=accounts_searched").await.len(), 1);
}
