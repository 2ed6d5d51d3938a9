//! The id that a business knows an imported person by: where it is told, and where not.

use serde_json::json;
use wxlogin::config::Config;
use wxlogin::wiring::import_service;
use wxlogin_domain::external_id::ExternalId;
use wxlogin_domain::identity::{AppId, OpenId, WechatIdentity};
use wxlogin_domain::import_rules::{Imported, ImportedUser};
use wxlogin_domain::origin::Origin;

use crate::app::{INTROSPECT_KEY, Setup, TestApp};
use crate::call::Call;
use crate::token::part;

const ALICE: &str = "o-alice";

impl TestApp {
    /// `wxlogin accounts import` of Alice.
    pub async fn import(&self, external_id: &str) -> Vec<Imported> {
        let user = ImportedUser {
            identity: WechatIdentity {
                app: AppId::parse("wx00000000000000a1").unwrap(),
                openid: OpenId::parse(ALICE).unwrap(),
                unionid: None,
            },
            external_id: ExternalId::parse(external_id).unwrap(),
            phone: None,
            nickname: None,
        };
        let service = import_service(&Config::for_testing(), self.store.clone());
        let imported = service.import(&Origin::service(), &[user]).await;
        imported.expect("the store imports users")
    }
}

/// Alice was imported under this id; with it in tokens or without.
async fn imported(external_id: &str, in_tokens: bool) -> TestApp {
    let mut setup = Setup::with_callers();
    setup.config.tokens.extra_claims.external_id = in_tokens;
    let app = setup.start().await;
    assert_eq!(app.import(external_id).await, [Imported::Made]);
    app
}

#[tokio::test]
async fn the_first_login_of_an_imported_user_is_nobody_new() {
    let app = imported("10023", false).await;
    let login = app.login_of("alice").await.json();
    assert_eq!(login["is_new_account"], false);
    assert_eq!(login["account"]["external_id"], "10023");
    let me = app.me(login["access_token"].as_str().unwrap()).await.json();
    assert_eq!(me["external_id"], "10023");
    let stranger = app.login_of("bob").await.json();
    assert_eq!(stranger["is_new_account"], true);
    assert_eq!(stranger["account"].get("external_id"), None);
}

#[tokio::test]
async fn it_is_in_the_claims_only_where_configured_and_where_there_is_one() {
    for in_tokens in [false, true] {
        let app = imported("10023", in_tokens).await;
        let claim = |access: &str| part(access, 1).get("external_id").cloned();
        let login = app.logged_in("alice").await;
        assert_eq!(claim(&login.access), in_tokens.then(|| json!("10023")));
        let refreshed = app.refreshed(&login.refresh).await;
        assert_eq!(claim(&refreshed.access), in_tokens.then(|| json!("10023")));
        assert_eq!(claim(&app.logged_in("bob").await.access), None);
    }
}

#[tokio::test]
async fn introspection_tells_it_whatever_the_token_says() {
    for in_tokens in [false, true] {
        let app = imported("客户 17", in_tokens).await;
        let introspected = async |person: &str| {
            let login = app.logged_in(person).await;
            let call = Call::post("/v1/introspect").form(&[("token", login.access.as_str())]);
            app.send(call.bearer(INTROSPECT_KEY)).await.json()
        };
        assert_eq!(introspected("alice").await["external_id"], "客户 17");
        assert_eq!(introspected("bob").await.get("external_id"), None);
    }
}

#[tokio::test]
async fn a_gateway_gets_it_as_a_header_can_carry_it() {
    for (external_id, header) in [
        ("10023", "10023"),
        ("a-b.c_d~e", "a-b.c_d~e"),
        ("客户17", "%E5%AE%A2%E6%88%B717"),
        ("a b%20,\"é\"", "a%20b%2520%2C%22%C3%A9%22"),
    ] {
        let app = imported(external_id, true).await;
        let login = app.logged_in("alice").await;
        assert_eq!(app.verify(&login.access).await.header("x-external-id"), Some(header));
        let other = app.logged_in("bob").await;
        assert_eq!(app.verify(&other.access).await.header("x-external-id"), Some(""));
        let call = Call::get("/v1/verify").bearer(&other.access);
        let call = call.header("x-external-id".parse().unwrap(), "10023");
        assert_eq!(app.send(call).await.header("x-external-id"), Some(""));
    }
    let app = imported("10023", false).await;
    let login = app.logged_in("alice").await;
    assert_eq!(app.verify(&login.access).await.header("x-external-id"), Some(""));
}
