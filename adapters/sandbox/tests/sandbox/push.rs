//! Message push: what arrives at the app's server, and what the platform makes of the answer.

use poem::http::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpSocket;
use wxlogin_sandbox::{DEFAULT_APPID, DEFAULT_PUSH_AES_KEY, DEFAULT_PUSH_TOKEN};

use crate::app_server::{AppServer, Received, Reply, open};
use crate::client::Client;

async fn push(client: &Client, server: &AppServer, mut asked: Value) -> Value {
    asked["url"] = json!(server.url());
    client.control("/sandbox/push", &asked).await
}

/// The `Encrypt` of a secure push in JSON.
fn encrypt(received: &Received) -> String {
    let body: Value = serde_json::from_str(&received.body).unwrap();
    assert_eq!(body.as_object().unwrap().len(), 2, "{body}");
    assert!(body["ToUserName"].as_str().unwrap().starts_with("gh_"));
    body["Encrypt"].as_str().unwrap().to_owned()
}

fn message(received: &Received) -> Value {
    let (message, appid) = open(DEFAULT_PUSH_AES_KEY, &encrypt(received)).unwrap();
    assert_eq!(appid, DEFAULT_APPID);
    serde_json::from_str(&message).unwrap()
}

#[tokio::test]
async fn by_default_a_push_is_encrypted_json() {
    let (client, server) = (Client::new(), AppServer::start().await);
    let openid = client.log_in(json!({"user": "bob"})).await["openid"].clone();

    let delivered = push(
        &client,
        &server,
        json!({"user": "bob", "event": "user_authorization_revoke", "revoke_info": "6,8", "create_time": 1_700_000_000}),
    )
    .await;

    assert_eq!(
        delivered,
        json!({"status": 200, "body": "success", "acknowledged": true, "attempts": 1})
    );
    let received = server.only();
    assert_eq!(received.method, Method::POST);
    assert_eq!(received.content_type.as_deref(), Some("application/json"));
    assert_eq!(received.param("encrypt_type"), "aes");
    assert_eq!(received.query.len(), 6);
    assert!(received.is_signed(DEFAULT_PUSH_TOKEN));
    assert!(received.is_message_signed(DEFAULT_PUSH_TOKEN, &encrypt(&received)));
    let message = message(&received);
    assert_eq!(
        message,
        json!({
            "ToUserName": message["ToUserName"],
            "FromUserName": received.param("openid"),
            "CreateTime": 1_700_000_000,
            "MsgType": "event",
            "Event": "user_authorization_revoke",
            "OpenID": openid,
            "AppID": DEFAULT_APPID,
            "RevokeInfo": "6,8",
            "PluginID": "",
            "OpenPID": "",
        })
    );
    assert_ne!(message["FromUserName"], openid);
}

#[tokio::test]
async fn a_plain_push_is_the_message_itself() {
    let (client, server) = (Client::new(), AppServer::start().await);

    push(
        &client,
        &server,
        json!({"event": "user_info_modified", "mode": "plain"}),
    )
    .await;

    let received = server.only();
    assert!(received.is_signed(DEFAULT_PUSH_TOKEN));
    let mut names: Vec<_> = received.query.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["nonce", "openid", "signature", "timestamp"]);
    let message: Value = serde_json::from_str(&received.body).unwrap();
    assert_eq!(message["Event"], "user_info_modified");
    assert!(message.get("RevokeInfo").is_none());
}

#[tokio::test]
async fn the_clock_is_the_stand_ins() {
    let (client, server) = (Client::new(), AppServer::start().await);
    client.advance(1_000_000).await;
    let now = client.control("/sandbox/clock", &json!({"advance_seconds": 0})).await;
    let now = now["now"].as_u64().unwrap();

    push(&client, &server, json!({"event": "debug_demo"})).await;

    let received = server.only();
    let create_time = message(&received)["CreateTime"].as_u64().unwrap();
    for time in [create_time, received.param("timestamp").parse().unwrap()] {
        assert!((now..now + 60).contains(&time));
    }
}

#[tokio::test]
async fn a_push_can_be_xml() {
    let (client, server) = (Client::new(), AppServer::start().await);
    for mode in ["plain", "secure"] {
        let asked = json!({"event": "user_authorization_revoke", "mode": mode, "format": "xml"});
        push(&client, &server, asked).await;
    }

    let [plain, secure] = server.received().try_into().ok().unwrap();
    for received in [&plain, &secure] {
        assert_eq!(received.content_type.as_deref(), Some("text/xml"));
    }
    let encrypt = between(&secure.body, "<Encrypt><![CDATA[", "]]></Encrypt></xml>");
    assert!(secure.body.starts_with("<xml><ToUserName><![CDATA[gh_"));
    assert!(secure.is_message_signed(DEFAULT_PUSH_TOKEN, encrypt));
    let (message, _) = open(DEFAULT_PUSH_AES_KEY, encrypt).unwrap();
    for message in [&plain.body, &message] {
        assert!(message.starts_with("<xml><ToUserName><![CDATA[gh_"), "{message}");
        assert_eq!(between(message, "<RevokeInfo><![CDATA[", "]]></RevokeInfo>"), "8");
        assert!(between(message, "<OpenID><![CDATA[", "]]></OpenID>").starts_with('o'));
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap();
    rest.split_once(after).unwrap().0
}

#[tokio::test]
async fn the_openid_can_be_missing_or_under_a_key_with_a_blank() {
    let (client, server) = (Client::new(), AppServer::start().await);
    let event = "user_authorization_cancellation";
    push(&client, &server, json!({"event": event, "omit_openid": true})).await;
    push(&client, &server, json!({"event": event, "openid_key_with_blank": true})).await;

    let [missing, blank] = server.received().try_into().ok().unwrap();

    assert!(message(&missing).get("OpenID").is_none());
    assert!(message(&blank).get("OpenID").is_none());
    assert!(message(&blank)[" OpenID"].as_str().unwrap().starts_with('o'));
}

#[tokio::test]
async fn without_a_receipt_it_is_tried_three_times() {
    for (replies, attempts, acknowledged) in [
        (vec![Reply::ok("success")], 1, true),
        (vec![Reply::ok("")], 1, true),
        (vec![Reply::ok("fail"), Reply::ok("success")], 2, true),
        (
            vec![
                Reply::Text(StatusCode::INTERNAL_SERVER_ERROR, "success".to_owned()),
                Reply::Text(StatusCode::FOUND, String::new()),
                Reply::ok("{}"),
            ],
            3,
            false,
        ),
    ] {
        let (client, server) = (Client::new(), AppServer::replying(replies).await);

        let delivered = push(&client, &server, json!({"event": "user_info_modified"})).await;

        assert_eq!(delivered["attempts"], attempts, "{delivered}");
        assert_eq!(delivered["acknowledged"], acknowledged, "{delivered}");
        assert_eq!(server.received().len(), attempts);
    }
}

#[tokio::test]
async fn repetitions_have_the_same_message_in_other_envelopes() {
    let (client, server) = (
        Client::new(),
        AppServer::replying([Reply::ok("success"), Reply::ok("success"), Reply::ok("late")]).await,
    );

    let delivered = push(&client, &server, json!({"event": "user_info_modified", "repeat": 2})).await;

    assert_eq!(
        delivered,
        json!({"status": 200, "body": "late", "acknowledged": false, "attempts": 3})
    );
    let received = server.received();
    let messages: Vec<_> = received
        .iter()
        .map(|received| open(DEFAULT_PUSH_AES_KEY, &encrypt(received)).unwrap().0)
        .collect();
    assert_eq!(messages.len(), 3);
    assert!(messages.iter().all(|message| *message == messages[0]));
    assert_ne!(received[0].body, received[1].body);
    assert_ne!(received[0].param("nonce"), received[1].param("nonce"));
}

#[tokio::test]
async fn a_forger_gets_one_thing_wrong() {
    for (tamper, is_signed, is_message_signed, opens, is_ours) in [
        ("signature", false, false, true, true),
        ("token", false, false, true, true),
        ("body", true, false, false, false),
        ("aes_key", true, true, false, false),
        ("appid", true, true, true, false),
    ] {
        let (client, server) = (Client::new(), AppServer::start().await);

        push(
            &client,
            &server,
            json!({"event": "user_info_modified", "tamper": tamper}),
        )
        .await;

        let received = server.only();
        let encrypt = encrypt(&received);
        assert_eq!(received.is_signed(DEFAULT_PUSH_TOKEN), is_signed, "{tamper}");
        assert_eq!(
            received.is_message_signed(DEFAULT_PUSH_TOKEN, &encrypt),
            is_message_signed,
            "{tamper}"
        );
        // A changed first byte may leave the end of the message as it was.
        if tamper != "body" {
            let opened = open(DEFAULT_PUSH_AES_KEY, &encrypt);
            assert_eq!(opened.is_some(), opens, "{tamper}");
            assert_eq!(
                opened.is_some_and(|(_, appid)| appid == DEFAULT_APPID),
                is_ours,
                "{tamper}"
            );
        }
    }
}

#[tokio::test]
async fn a_forger_of_plain_messages_too() {
    for (tamper, is_signed, is_whole) in [
        ("signature", false, true),
        ("token", false, true),
        ("body", true, false),
    ] {
        let (client, server) = (Client::new(), AppServer::start().await);

        let asked = json!({"event": "user_info_modified", "mode": "plain", "tamper": tamper});
        push(&client, &server, asked).await;

        let received = server.only();
        assert_eq!(received.is_signed(DEFAULT_PUSH_TOKEN), is_signed, "{tamper}");
        assert_eq!(
            serde_json::from_str::<Value>(&received.body).is_ok(),
            is_whole,
            "{tamper}"
        );
    }
}

#[tokio::test]
async fn the_answer_is_told_up_to_four_kibibytes() {
    let long = "x".repeat(100_000);
    let (client, server) = (Client::new(), AppServer::replying(vec![Reply::ok(&long); 3]).await);

    let delivered = push(&client, &server, json!({"event": "user_info_modified"})).await;

    assert_eq!(delivered["body"].as_str().unwrap().len(), 4096);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_no_answer() {
    // The port is taken and nobody listens at it, so it is nobody's by accident.
    let taken = TcpSocket::new_v4().unwrap();
    taken.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}/push", taken.local_addr().unwrap());

    let gone = Client::new()
        .control("/sandbox/push", &json!({"event": "user_info_modified", "url": url}))
        .await;

    assert_eq!(
        gone,
        json!({"status": null, "body": "", "error": "no connection", "acknowledged": false, "attempts": 3})
    );
}

#[tokio::test]
async fn the_url_check_wants_its_echo() {
    for (reply, accepted) in [
        (Reply::Echo, true),
        (Reply::ok("success"), false),
        (Reply::ok(""), false),
        (Reply::Text(StatusCode::FORBIDDEN, String::new()), false),
    ] {
        let (client, server) = (Client::new(), AppServer::replying([reply]).await);

        let checked = client
            .control("/sandbox/push/verify", &json!({"url": server.url()}))
            .await;

        assert_eq!(checked["accepted"], accepted, "{checked}");
        let received = server.only();
        assert_eq!(received.method, Method::GET);
        assert!(received.is_signed(DEFAULT_PUSH_TOKEN));
        assert!(received.param("echostr").bytes().all(|byte| byte.is_ascii_digit()));
        assert_eq!(received.query.len(), 4);
        if accepted {
            assert_eq!(checked["status"], 200);
            assert_eq!(checked["body"], received.param("echostr"));
        }
    }
}

#[tokio::test]
async fn pushes_that_make_no_sense_are_refused() {
    let client = Client::new();
    let good = json!({"event": "user_info_modified", "url": "http://127.0.0.1:1/push"});

    for (field, value, error) in [
        ("event", json!(""), "event: 1 to 128 bytes"),
        ("event", json!("a\u{0}"), "event: 1 to 128 bytes"),
        ("revoke_info", json!("8".repeat(129)), "revoke_info: 1 to 128 bytes"),
        ("mode", json!("compatible"), "unknown variant `compatible`"),
        ("format", json!("yaml"), "unknown variant `yaml`"),
        ("repeat", json!(21), "repeat: up to 20"),
        ("tamper", json!("nonce"), "unknown variant `nonce`"),
        ("appid", json!("wx9"), "appid: "),
        ("url", json!(null), "url: needed"),
        ("url", json!("push"), "url: it is no URL"),
        (
            "url",
            json!("http://example.com/"),
            "url: a stand-in pushes to this machine only",
        ),
        (
            "url",
            json!("http://10.1.2.3/"),
            "url: a stand-in pushes to this machine only",
        ),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let refused = client.refused("/sandbox/push", &body.to_string()).await;
        assert!(refused.starts_with(error), "{refused}");
    }
    for (more, error) in [
        (json!({"mode": "plain", "tamper": "aes_key"}), "tamper: "),
        (json!({"mode": "plain", "tamper": "appid"}), "tamper: "),
        (
            json!({"format": "xml", "openid_key_with_blank": true}),
            "openid_key_with_blank: only in JSON",
        ),
        (
            json!({"omit_openid": true, "openid_key_with_blank": true}),
            "only one of omit_openid and openid_key_with_blank",
        ),
    ] {
        let mut body = good.clone();
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let refused = client.refused("/sandbox/push", &body.to_string()).await;
        assert!(refused.starts_with(error), "{refused}");
    }
    let refused = client.refused("/sandbox/push/verify", "{}").await;
    assert!(refused.starts_with("url: needed"), "{refused}");
}
