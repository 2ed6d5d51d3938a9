//! Scenarios: what happens to each request in turn.

use poem::http::StatusCode;
use serde_json::json;
use wxlogin_sandbox::SandboxConfig;

use crate::client::{Client, assert_errcode, credentials, exchange_path};

#[tokio::test]
async fn each_endpoint_works_off_its_own_steps() {
    let client = Client::new();
    let answer = client
        .control(
            "/sandbox/scenario",
            &json!({"steps": [
                {"api": "jscode2session", "times": 2},
                {"api": "stable_token", "errcode": 45009},
                {"api": "jscode2session", "http_status": 502},
                {"api": "jscode2session", "errcode": -1, "forever": true},
            ]}),
        )
        .await;
    assert_eq!(answer, json!({}));

    for _ in 0..2 {
        client.log_in(json!({})).await;
    }
    client
        .get(&exchange_path("x"))
        .await
        .assert_status(StatusCode::BAD_GATEWAY);
    for _ in 0..3 {
        assert_errcode(&client.exchange("x").await, -1, "system error");
    }
    assert_eq!(client.stable_token(&credentials()).await["errcode"], 45009);
    client.access_token().await;
    assert_eq!(
        client.armed().await,
        json!({"steps": [{"api": "jscode2session", "errcode": -1, "forever": true}]})
    );
}

#[tokio::test]
async fn a_scenario_takes_the_place_of_all_and_a_fault_of_one_queue() {
    let client = Client::new();
    client.fault(json!({"endpoint": "stable_token", "hang": true})).await;

    let steps = json!({"steps": [
        {"api": "jscode2session", "times": 1, "errcode": 1},
        {"api": "jscode2session", "times": 1, "errcode": 2},
        {"api": "checksession", "times": 1, "errcode": 3},
    ]});
    client.control("/sandbox/scenario", &steps).await;
    assert_eq!(client.armed().await, steps);
    client.fault(json!({"errcode": 4, "times": 1})).await;

    assert_eq!(
        client.armed().await,
        json!({"steps": [
            {"api": "jscode2session", "times": 1, "errcode": 4},
            {"api": "checksession", "times": 1, "errcode": 3},
        ]})
    );
    client.control("/sandbox/scenario", &json!({"steps": []})).await;
    assert_eq!(client.armed().await, json!({"steps": []}));
}

#[tokio::test]
async fn a_stand_in_can_begin_with_a_scenario() {
    let config = SandboxConfig::default()
        .with_scenario(r#"{"steps": [{"api": "jscode2session", "errcode": 45011}]}"#)
        .unwrap();
    let client = Client::with(config);

    assert_eq!(client.exchange("x").await["errcode"], 45011);

    assert_eq!(client.exchange("x").await["errcode"], 40029);
}

#[test]
fn a_scenario_that_makes_no_sense_says_where() {
    for (json, error) in [
        (
            "",
            "the scenario cannot be read: EOF while parsing a value at line 1 column 0",
        ),
        (
            "{\"steps\": [\n  {\"api\": \"token\"}]}",
            "the scenario cannot be read: unknown variant `token`",
        ),
        (
            r#"{"steps": [{"api": "checksession"}, {"errcode": 1}]}"#,
            "steps[1]: api: needed",
        ),
    ] {
        let refused = SandboxConfig::default().with_scenario(json).unwrap_err().to_string();
        assert!(refused.starts_with(error), "{refused}");
    }
}

#[tokio::test]
async fn scenarios_that_make_no_sense_are_refused() {
    let client = Client::new();

    for (steps, error) in [
        (json!(null), "invalid type: null"),
        (json!([{}]), "steps[0]: api: needed"),
        (json!([{"api": "checksession", "time": 1}]), "unknown field `time`"),
        (
            json!([{"api": "checksession", "times": 0}]),
            "invalid value: integer `0`",
        ),
        (
            json!([{"api": "checksession", "forever": true}, {"api": "checksession"}]),
            "steps[1]: never reached",
        ),
    ] {
        let body = json!({ "steps": steps });
        let refused = client.refused("/sandbox/scenario", &body.to_string()).await;
        assert!(refused.starts_with(error), "{refused}");
    }
}
