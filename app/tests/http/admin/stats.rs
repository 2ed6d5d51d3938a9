//! `GET /admin/v1/stats`

use insta::assert_json_snapshot;
use serde_json::json;

use crate::app::TestApp;
use crate::store::Mood;

#[tokio::test]
async fn before_the_first_census_there_is_none() {
    let app = TestApp::new().await;
    app.logged_in("alice").await;
    assert_eq!(app.admin_get("stats").await.json(), json!({}));
}

#[tokio::test]
async fn everything_is_counted_in_rounds() {
    let app = TestApp::new().await;
    app.keep_house().await;
    let mut censuses = vec![app.admin_get("stats").await.json()["census"].clone()];
    for number in 0..5 {
        app.logged_in(&format!("person{number}")).await;
    }
    let here = app.logged_in("person0").await;
    let there = app.logged_in("person1").await;
    app.suspend(&there.account).await;
    app.logout(&here.access).await;
    app.advance(60);
    censuses.push(app.admin_get("stats").await.json()["census"].clone());
    app.keep_house().await;
    censuses.push(app.admin_get("stats").await.json()["census"].clone());
    app.erase(&there.account).await;
    app.restore(&here.account).await;
    app.advance(30 * 86_400);
    app.logged_in("person2").await;
    app.keep_house().await;
    censuses.push(app.admin_get("stats").await.json()["census"].clone());
    assert_json_snapshot!(censuses);
}

#[tokio::test]
async fn the_answer_in_full() {
    let app = TestApp::new().await;
    app.logged_in("alice").await;
    app.keep_house().await;
    assert_json_snapshot!(crate::names::Names::default().shown(&app.admin_get("stats").await));
}

#[tokio::test]
async fn more_than_a_piece_is_counted() {
    let app = TestApp::new().await;
    for number in 0..510 {
        app.logged_in(&format!("person{number}")).await;
    }
    assert_eq!(
        app.services.housekeeper.step().await.unwrap(),
        wxlogin_domain::housekeeping::Round::GoesOn
    );
    assert_eq!(app.admin_get("stats").await.json(), json!({}), "half a census is none");
    app.keep_house().await;
    let census = app.admin_get("stats").await.json()["census"].clone();
    assert_eq!(
        (&census["accounts"], &census["live_sessions"]),
        (&json!(510), &json!(510))
    );
}

#[tokio::test]
async fn with_the_store_down_the_last_census_stays() {
    let app = TestApp::new().await;
    app.logged_in("alice").await;
    app.keep_house().await;
    app.store.be(Mood::Down);
    assert!(app.services.housekeeper.step().await.is_err());
    assert_eq!(app.admin_get("stats").await.json()["census"]["accounts"], 1);
    app.store.be(Mood::Well);
    app.logged_in("bob").await;
    app.keep_house().await;
    assert_eq!(app.admin_get("stats").await.json()["census"]["accounts"], 2);
}
