//! What the stand-in tells of the requests it was sent.

use serde_json::{Value, json};
use wxlogin_sandbox::{DEFAULT_APPID, DEFAULT_SECRET};

use crate::client::{Client, body_of, credentials};

async fn requests(client: &Client) -> Value {
    body_of(client.get("/sandbox/journal").await).await["requests"].take()
}

#[tokio::test]
async fn a_request_and_its_answer_are_told_without_what_is_secret() {
    let client = Client::new();
    let code = client.code(json!({})).await;
    let identity = client.exchange(&code).await;
    let token = client.stable_token(&credentials()).await;

    let told = requests(&client).await;

    assert_eq!(told[0]["number"], 1);
    assert_eq!(
        (&told[0]["api"], &told[0]["method"]),
        (&json!("jscode2session"), &json!("GET"))
    );
    assert_eq!(
        (&told[0]["asked"]["appid"], &told[0]["asked"]["js_code"]),
        (&json!(DEFAULT_APPID), &json!(format!("{}••••••", &code[..6])))
    );
    assert_eq!(told[0]["answer"]["openid"], identity["openid"]);
    assert_eq!(
        (&told[1]["number"], &told[1]["api"]),
        (&json!(2), &json!("stable_token"))
    );
    assert_eq!(told[1]["answer"]["expires_in"], 7200);
    let text = told.to_string();
    for secret in [
        &json!(DEFAULT_SECRET),
        &json!(code),
        &identity["session_key"],
        &token["access_token"],
    ] {
        let secret = secret.as_str().unwrap();
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[tokio::test]
async fn a_fault_is_told_and_the_answer_that_it_spoils_is_not() {
    let client = Client::new();
    client.fault(json!({"errcode": 45011, "times": 1})).await;
    client.exchange("a").await;
    client.fault(json!({"http_status": 502, "times": 1})).await;
    client.get("/sns/jscode2session").await;

    let told = requests(&client).await;

    assert_eq!(told[0]["answer"]["errcode"], 45011);
    assert_eq!(told[0]["fault"]["errcode"], 45011);
    assert_eq!(told[1]["fault"]["http_status"], 502);
    assert_eq!(told[1].get("answer"), None);
    assert_eq!(told[1]["asked"], json!({}));
}
