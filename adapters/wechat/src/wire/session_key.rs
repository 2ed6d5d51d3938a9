//! `{"errcode": 0}` of checksession, `{"openid", "session_key"}` of resetusersessionkey.

use serde_json::Value;
use wxlogin_domain::identity::OpenId;
use wxlogin_domain::session_key::SessionKey;

use super::{Read, read};

/// That the key is the user's. The number is all there is to this answer, so it has to be there.
pub(crate) fn checked(body: &[u8]) -> Read<()> {
    read(body, |answer| {
        answer.get("errcode").filter(|errcode| !errcode.is_null()).map(|_| ())
    })
}

/// The new key of the user who was asked for, and of nobody else.
pub(crate) fn reset(openid: &OpenId, body: &[u8]) -> Read<SessionKey> {
    read(body, |answer| {
        let text = |key| answer.get(key).and_then(Value::as_str);
        (text("openid")? == openid.as_str()).then_some(())?;
        SessionKey::parse(text("session_key")?).ok()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{any_answer, table};
    use super::*;

    fn openid() -> OpenId {
        OpenId::parse("o1").unwrap()
    }

    #[test]
    fn answers_of_checksession() {
        let bodies = [
            r#"{"errcode":0,"errmsg":"ok"}"#,
            r#"{"errcode":"0"}"#,
            r#"{"errcode":87009,"errmsg":"invalid signature"}"#,
            r#"{"errcode":null}"#,
            "{}",
            "true",
        ];
        let table = table(&bodies.map(String::from), checked, |()| "current".into());
        insta::assert_snapshot!(table);
    }

    #[test]
    fn answers_of_resetusersessionkey() {
        let key = "tiihtNczf5v6AKRyjwEUhQ==";
        let bodies = [
            r#"{"errcode":0,"errmsg":"ok","openid":"o1","session_key":"KEY"}"#,
            r#"{"openid":"o1","session_key":"KEY"}"#,
            r#"{"errcode":0,"openid":"o2","session_key":"KEY"}"#,
            r#"{"errcode":0,"openid":1,"session_key":"KEY"}"#,
            r#"{"errcode":0,"session_key":"KEY"}"#,
            r#"{"errcode":0,"openid":"o1","session_key":"short"}"#,
            r#"{"errcode":0,"openid":"o1"}"#,
            r#"{"errcode":87009,"openid":"o1","session_key":"KEY"}"#,
        ];
        let bodies = bodies.map(|body| body.replace("KEY", key));
        let table = table(&bodies, |body| reset(&openid(), body), |_| "a new key".into());
        insta::assert_snapshot!(table.replace(key, "KEY"));
    }

    proptest! {
        #[test]
        fn never_panics(body in any_answer()) {
            let _ = (checked(&body), reset(&openid(), &body));
        }
    }
}
