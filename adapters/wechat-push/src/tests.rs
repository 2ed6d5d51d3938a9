//! The port, from outside: which message is taken, and which refusal each other one gets.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::cipher::sealing::seal;
use crate::example::{AES_KEY, APP, ENCRYPT, MSG_SIGNATURE, NONCE, TIMESTAMP, TOKEN};

const OTHER_APP: &str = "wx4f4bc4dec97d474b";
const OPENID: &str = "oGZUI0egBJY1zhBYw2KhdUfwVJJE";

fn app() -> AppId {
    AppId::parse(APP).unwrap()
}

fn messages(aes_key: Option<&str>) -> WechatPushMessages {
    let push = AppPush {
        app: app(),
        token: TOKEN.into(),
        aes_key: aes_key.map(Into::into),
    };
    WechatPushMessages::new(vec![push]).unwrap()
}

fn key() -> AesKey {
    AesKey::parse(&app(), &AES_KEY.into()).ok().unwrap()
}

/// The platform's signature of these parts. That it is the platform's, the examples show.
fn sign(parts: &[&str]) -> String {
    str::from_utf8(&signature::of(parts.iter().copied()))
        .unwrap()
        .to_owned()
}

/// The query of a message in the clear.
fn plain() -> PushQuery {
    PushQuery {
        signature: Some(sign(&[TOKEN, TIMESTAMP, NONCE])),
        timestamp: Some(TIMESTAMP.into()),
        nonce: Some(NONCE.into()),
        ..PushQuery::default()
    }
}

/// The query of an encrypted message. The platform sends `signature` along.
fn secure(encrypt: &str) -> PushQuery {
    PushQuery {
        encrypt_type: Some("aes".into()),
        msg_signature: Some(sign(&[TOKEN, TIMESTAMP, NONCE, encrypt])),
        ..plain()
    }
}

fn json_body(encrypt: &str) -> String {
    format!(r#"{{"ToUserName":"gh_97417a04a28d","Encrypt":"{encrypt}"}}"#)
}

fn xml_body(encrypt: &str) -> String {
    format!("<xml><ToUserName><![CDATA[gh_97417a04a28d]]></ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>")
}

/// Opened in secure mode, whatever it says.
fn open_sealed(message: &[u8]) -> Result<PushMessage, PushRefusal> {
    let encrypt = seal(&key(), APP, message);
    messages(Some(AES_KEY)).open(&app(), &secure(&encrypt), json_body(&encrypt).as_bytes())
}

#[test]
fn the_platforms_url_check_is_taken() {
    let query = PushQuery {
        signature: Some("f464b24fc39322e44b38aa78f5edd27bd1441696".into()),
        timestamp: Some("1714036504".into()),
        nonce: Some("1514711492".into()),
        ..PushQuery::default()
    };
    // In every mode alike.
    for aes_key in [None, Some(AES_KEY)] {
        assert_eq!(messages(aes_key).check_url(&app(), &query), Ok(()));
    }
}

#[test]
fn url_check_table() {
    let with = |change: fn(&mut PushQuery)| {
        let mut query = plain();
        change(&mut query);
        messages(None).check_url(&app(), &query)
    };
    assert_eq!(with(|_| ()), Ok(()));
    assert_eq!(
        with(|query| query.signature = None),
        Err(PushRefusal::ParameterMissing("signature"))
    );
    assert_eq!(
        with(|query| query.timestamp = None),
        Err(PushRefusal::ParameterMissing("timestamp"))
    );
    assert_eq!(
        with(|query| query.nonce = None),
        Err(PushRefusal::ParameterMissing("nonce"))
    );
    for change in [
        (|query| query.signature = Some(String::new())) as fn(&mut PushQuery),
        |query| query.signature = query.signature.as_ref().map(|text| text.to_uppercase()),
        |query| query.signature = query.signature.as_ref().map(|text| text[1..].to_owned()),
        |query| query.signature = Some(MSG_SIGNATURE.into()),
        |query| query.timestamp = Some("1714112446".into()),
        |query| query.timestamp = Some(String::new()),
        |query| query.nonce = Some("随机".into()),
    ] {
        assert_eq!(with(change), Err(PushRefusal::SignatureInvalid));
    }
}

#[test]
fn an_app_without_a_message_push_takes_none() {
    let other = AppId::parse(OTHER_APP).unwrap();
    let without_token = AppPush {
        app: other.clone(),
        token: "".into(),
        aes_key: None,
    };
    let anybodys = PushQuery {
        signature: Some(sign(&["", TIMESTAMP, NONCE])),
        ..plain()
    };
    for messages in [
        messages(None),
        WechatPushMessages::new(Vec::new()).unwrap(),
        WechatPushMessages::new(vec![without_token]).unwrap(),
    ] {
        assert_eq!(messages.check_url(&other, &anybodys), Err(PushRefusal::NotConfigured));
        assert_eq!(messages.open(&other, &anybodys, b"{}"), Err(PushRefusal::NotConfigured));
    }
}

#[test]
fn what_is_no_encoding_aes_key_is_told_at_once() {
    let push = AppPush {
        app: app(),
        token: TOKEN.into(),
        aes_key: Some("too-short".into()),
    };
    assert!(!format!("{push:?}").contains("too-short"));
    let error = WechatPushMessages::new(vec![push]).err().unwrap();
    assert_eq!(error, AesKeyError { app: app() });
    assert!(!error.to_string().contains("too-short"));
}

#[test]
fn the_platforms_encrypted_message_is_taken() {
    let query = PushQuery {
        timestamp: Some(TIMESTAMP.into()),
        nonce: Some(NONCE.into()),
        encrypt_type: Some("aes".into()),
        msg_signature: Some(MSG_SIGNATURE.into()),
        signature: None,
    };
    assert_eq!(query.msg_signature, secure(ENCRYPT).msg_signature);
    for query in [
        PushQuery {
            encrypt_type: None,
            ..query.clone()
        },
        query,
    ] {
        let open = |body: String| messages(Some(AES_KEY)).open(&app(), &query, body.as_bytes());
        let opened = open(json_body(ENCRYPT)).unwrap();
        assert_eq!((&opened.openid, &opened.event), (&None, &PushEvent::Other));
        assert_eq!(open(xml_body(ENCRYPT)), Ok(opened));
    }
}

const INNER: &[u8] = br#"{"MsgType":"event","Event":"user_info_modified","OpenID":"oGZUI0egBJY1zhBYw2KhdUfwVJJE"}"#;

fn open_secure(query: &PushQuery, body: &str) -> Result<PushMessage, PushRefusal> {
    messages(Some(AES_KEY)).open(&app(), query, body.as_bytes())
}

#[test]
fn secure_mode_needs_a_signature_over_the_encrypted_part() {
    let good = seal(&key(), APP, INNER);
    let opened = open_secure(&secure(&good), &json_body(&good)).unwrap();
    assert_eq!(opened.event, PushEvent::UserInfoModified);
    assert_eq!(opened.openid, Some(OpenId::parse(OPENID).unwrap()));

    let with = |change: fn(&mut PushQuery)| {
        let mut query = secure(&good);
        change(&mut query);
        open_secure(&query, &json_body(&good))
    };
    for (change, refusal) in [
        (
            (|query| query.msg_signature = None) as fn(&mut PushQuery),
            PushRefusal::ParameterMissing("msg_signature"),
        ),
        (
            |query| query.timestamp = None,
            PushRefusal::ParameterMissing("timestamp"),
        ),
        (|query| query.nonce = None, PushRefusal::ParameterMissing("nonce")),
        // The one that covers no message.
        (
            |query| query.msg_signature.clone_from(&query.signature),
            PushRefusal::SignatureInvalid,
        ),
        (
            |query| query.msg_signature = query.msg_signature.as_ref().map(|text| text.to_uppercase()),
            PushRefusal::SignatureInvalid,
        ),
        (
            |query| query.msg_signature = Some(String::new()),
            PushRefusal::SignatureInvalid,
        ),
        (
            |query| query.timestamp = Some("1".into()),
            PushRefusal::SignatureInvalid,
        ),
        (|query| query.nonce = Some("1".into()), PushRefusal::SignatureInvalid),
    ] {
        assert_eq!(with(change), Err(refusal));
    }
    let another = seal(&key(), APP, b"{}");
    let opened = open_secure(&secure(&good), &json_body(&another));
    assert_eq!(opened, Err(PushRefusal::SignatureInvalid), "another message");
}

#[test]
fn what_is_signed_and_still_not_taken() {
    let good = seal(&key(), APP, INNER);
    for body in [
        String::new(),
        "{}".into(),
        "hello".into(),
        json_body(""),
        format!("<!DOCTYPE xml>{}", xml_body(&good)),
    ] {
        assert_eq!(
            open_secure(&secure(&good), &body),
            Err(PushRefusal::Malformed),
            "{body}"
        );
    }
    let other_key = AesKey::parse(&app(), &"B".repeat(43).into()).ok().unwrap();
    for (encrypt, refusal) in [
        ("%%%".into(), PushRefusal::DecryptionFailed),
        (seal(&other_key, APP, INNER), PushRefusal::DecryptionFailed),
        (seal(&key(), OTHER_APP, INNER), PushRefusal::OtherApp),
        (seal(&key(), APP, b"hello"), PushRefusal::Malformed),
        (seal(&key(), APP, b""), PushRefusal::Malformed),
    ] {
        assert_eq!(open_secure(&secure(&encrypt), &json_body(&encrypt)), Err(refusal));
    }
}

#[test]
fn with_a_key_nothing_in_the_clear_is_taken() {
    let good = seal(&key(), APP, INNER);
    let inner = String::from_utf8(INNER.to_vec()).unwrap();
    let encrypt_type = |encrypt_type: Option<&str>, query: PushQuery| PushQuery {
        encrypt_type: encrypt_type.map(Into::into),
        ..query
    };
    for (name, query, body) in [
        ("in the clear", plain(), inner.clone()),
        ("with a msg_signature", encrypt_type(None, secure(&good)), inner.clone()),
        ("encrypted, but not signed so", plain(), json_body(&good)),
        (
            "said to be in the clear",
            encrypt_type(Some("raw"), plain()),
            json_body(&good),
        ),
        (
            "encrypted in no known way",
            encrypt_type(Some("AES"), plain()),
            json_body(&good),
        ),
    ] {
        assert_eq!(open_secure(&query, &body), Err(PushRefusal::NotEncrypted), "{name}");
    }
}

#[test]
fn without_a_key_nothing_encrypted_is_taken() {
    let open = |query: PushQuery| messages(None).open(&app(), &query, json_body(ENCRYPT).as_bytes());
    assert_eq!(open(secure(ENCRYPT)), Err(PushRefusal::NoKey));
    // Whoever cannot sign does not learn that there is none.
    assert_eq!(open(secure("")), Err(PushRefusal::SignatureInvalid));
}

#[test]
fn in_compatible_mode_the_encrypted_part_alone_counts() {
    let encrypt = seal(
        &key(),
        APP,
        json!({ "MsgType": "event", "Event": "user_info_modified" })
            .to_string()
            .as_bytes(),
    );
    let body = json!({
        "MsgType": "event",
        "Event": "user_authorization_cancellation",
        "OpenID": OPENID,
        "Encrypt": encrypt,
    });
    let opened = messages(Some(AES_KEY)).open(&app(), &secure(&encrypt), body.to_string().as_bytes());
    let opened = opened.unwrap();
    assert_eq!((opened.openid, opened.event), (None, PushEvent::UserInfoModified));
}

#[test]
fn plain_mode_table() {
    let open = |query: PushQuery, body: &str| messages(None).open(&app(), &query, body.as_bytes());
    let raw = PushQuery {
        encrypt_type: Some("raw".into()),
        ..plain()
    };
    let xml = format!(
        "<xml><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[user_authorization_cancellation]]></Event>\
         <OpenID><![CDATA[{OPENID}]]></OpenID></xml>"
    );
    for query in [plain(), raw] {
        let opened = open(query, &xml).unwrap();
        assert_eq!(opened.event, PushEvent::AuthorizationCancelled);
        assert_eq!(opened.openid, Some(OpenId::parse(OPENID).unwrap()));
    }
    let unsigned = PushQuery {
        signature: None,
        ..plain()
    };
    assert_eq!(open(unsigned, &xml), Err(PushRefusal::ParameterMissing("signature")));
    let wrongly_signed = PushQuery {
        nonce: Some("1".into()),
        ..plain()
    };
    // The signature first: nobody else's body is read.
    assert_eq!(open(wrongly_signed, "hello"), Err(PushRefusal::SignatureInvalid));
    for body in ["", "hello", "[]", "<html/>", "{", "<!DOCTYPE xml><xml/>"] {
        assert_eq!(open(plain(), body), Err(PushRefusal::Malformed), "{body}");
    }
}

#[test]
fn what_a_message_says_table() {
    let revoke = PushEvent::AuthorizationRevoked;
    for (message, openid, event) in [
        (json!({}), None, PushEvent::Other),
        (json!({ "MsgType": "event" }), None, PushEvent::Other),
        (
            json!({ "MsgType": "event", "Event": "user_info_modified", "OpenID": OPENID, "AppID": APP }),
            Some(OPENID),
            PushEvent::UserInfoModified,
        ),
        // The platform's documents forget it here and there.
        (
            json!({ "Event": "user_authorization_cancellation", "OpenID": OPENID }),
            Some(OPENID),
            PushEvent::AuthorizationCancelled,
        ),
        (
            json!({ "MsgType": "event", "Event": "user_authorization_revoke", "RevokeInfo": "6,8", " OpenID": OPENID }),
            Some(OPENID),
            revoke(vec![6, 8]),
        ),
        (
            json!({ "MsgType": "event", "Event": "user_authorization_revoke", "RevokeInfo": 8, "CreateTime": 1 }),
            None,
            revoke(vec![8]),
        ),
        (
            json!({ "MsgType": "event", "Event": "user_authorization_revoke", "OpenID": "" }),
            None,
            revoke(vec![]),
        ),
        // Whose account it is, nobody but OpenID tells: FromUserName is the platform itself.
        (
            json!({ "MsgType": "event", "Event": "user_info_modified", "FromUserName": OPENID, "AppID": "" }),
            None,
            PushEvent::UserInfoModified,
        ),
        (
            json!({ "MsgType": "text", "Event": "user_authorization_cancellation", "OpenID": OPENID }),
            Some(OPENID),
            PushEvent::Other,
        ),
        (
            json!({ "MsgType": "event", "Event": "debug_demo" }),
            None,
            PushEvent::Other,
        ),
    ] {
        let opened = open_sealed(message.to_string().as_bytes()).unwrap();
        assert_eq!(opened.openid.as_ref().map(OpenId::as_str), openid, "{message}");
        assert_eq!(opened.event, event, "{message}");
    }
    for (message, refusal) in [
        (json!({ "OpenID": "not an openid" }), PushRefusal::Malformed),
        (json!({ "OpenID": "o".repeat(129) }), PushRefusal::Malformed),
        (json!({ "OpenID": "微信" }), PushRefusal::Malformed),
        (json!({ "AppID": OTHER_APP }), PushRefusal::OtherApp),
        (json!({ "AppID": "gh_97417a04a28d" }), PushRefusal::OtherApp),
        (json!([]), PushRefusal::Malformed),
        (json!(null), PushRefusal::Malformed),
    ] {
        assert_eq!(open_sealed(message.to_string().as_bytes()), Err(refusal), "{message}");
    }
}

#[test]
fn a_repeat_has_the_same_hash_and_nothing_else_has() {
    let hash = |message: &[u8]| open_sealed(message).unwrap().hash;
    let one = hash(br#"{"OpenID":"one"}"#);
    assert_eq!(one, hash(br#"{"OpenID":"one"}"#));
    // Another envelope of the same message.
    let in_the_clear = messages(None).open(&app(), &plain(), br#"{"OpenID":"one"}"#).unwrap();
    assert_eq!(one, in_the_clear.hash);
    for other in [
        br#"{"OpenID":"two"}"#.as_slice(),
        br#"{"OpenID":"one" }"#,
        br#" {"OpenID":"one"}"#,
    ] {
        assert_ne!(one, hash(other));
    }
    let elsewhere = AppId::parse(OTHER_APP).unwrap();
    assert_ne!(one, super::hash(&elsewhere, br#"{"OpenID":"one"}"#));
    // SHA-256 of the appid, a zero byte and {}, computed apart from this code: stores remember it.
    let hash = hash(b"{}").0;
    let halves = hash.as_chunks::<16>().0.iter().map(|half| u128::from_be_bytes(*half));
    assert!(halves.eq([
        0xfee3_463a_1198_05be_a8b5_43d7_e160_9f3a,
        0xdcf4_808f_ea53_1850_ee63_4226_b6f3_0b4e,
    ]));
}

proptest! {
    #[test]
    fn nothing_panics_and_nothing_unsigned_is_taken(
        body in prop::collection::vec(any::<u8>(), 0..200),
        signature in ".{0,50}|[0-9a-f]{40}",
        encrypt_type in prop::option::of("aes|raw|.{0,5}"),
        has_msg_signature in any::<bool>(),
        has_key in any::<bool>(),
    ) {
        let query = PushQuery {
            signature: Some(signature.clone()),
            timestamp: Some(TIMESTAMP.into()),
            nonce: Some(NONCE.into()),
            encrypt_type,
            msg_signature: has_msg_signature.then_some(signature),
        };
        let messages = messages(has_key.then_some(AES_KEY));
        prop_assert!(messages.check_url(&app(), &query).is_err());
        prop_assert!(messages.open(&app(), &query, &body).is_err());
    }

    #[test]
    fn what_is_signed_does_not_panic_either(message in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = open_sealed(&message);
        let _ = messages(None).open(&app(), &plain(), &message);
    }
}
