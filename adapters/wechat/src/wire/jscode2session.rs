//! `{"openid", "session_key", "unionid"?}`.

use serde_json::Value;
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::ports::code_exchange::CodeSession;
use wxlogin_domain::session_key::SessionKey;

use super::{Read, read};

/// Who logged in, and the key of the person's data.
pub(crate) fn jscode2session(app: &AppId, body: &[u8]) -> Read<CodeSession> {
    read(body, |answer| {
        let text = |key| answer.get(key).and_then(Value::as_str);
        let unionid = match answer.get("unionid") {
            None | Some(Value::Null) => None,
            Some(Value::String(empty)) if empty.is_empty() => None,
            Some(value) => Some(UnionId::parse(value.as_str()?).ok()?),
        };
        Some(CodeSession {
            identity: WechatIdentity {
                app: app.clone(),
                openid: OpenId::parse(text("openid")?).ok()?,
                unionid,
            },
            session_key: SessionKey::parse(text("session_key")?).ok()?,
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{any_answer, table};
    use super::*;

    fn app() -> AppId {
        AppId::parse("wx4f4bc4dec97d474b").unwrap()
    }

    #[test]
    fn answers() {
        let key = "tiihtNczf5v6AKRyjwEUhQ==";
        let bodies = [
            r#"{"openid":"o1","session_key":"KEY"}"#,
            r#"{"openid":"o1","session_key":"KEY","unionid":"u1"}"#,
            r#"{"openid":"o1","session_key":"KEY","unionid":""}"#,
            r#"{"openid":"o1","session_key":"KEY","unionid":null,"errcode":0,"errmsg":"ok"}"#,
            r#"{"openid":"o1","session_key":"KEY","errcode":"0","expires_in":7200,"more":[1]}"#,
            r#"{"openid":"o1","session_key":"KEY","errcode":40029}"#,
            r#"{"openid":"o1","session_key":"KEY","unionid":"u 1"}"#,
            r#"{"openid":"o1","session_key":"KEY","unionid":1}"#,
            r#"{"openid":5,"session_key":"KEY"}"#,
            r#"{"openid":"","session_key":"KEY"}"#,
            r#"{"openid":"o1 ","session_key":"KEY"}"#,
            r#"{"openid":"o1","session_key":"short"}"#,
            r#"{"openid":"o1","session_key":["KEY"]}"#,
            r#"{"openid":"o1"}"#,
            "{}",
        ];
        let bodies = bodies.map(|body| body.replace("KEY", key));
        let table = table(
            &bodies,
            |body| jscode2session(&app(), body),
            |session| {
                let unionid = session.identity.unionid;
                format!(
                    "openid {} unionid {}",
                    session.identity.openid,
                    unionid.as_ref().map_or("-", UnionId::as_str)
                )
            },
        );
        insta::assert_snapshot!(table.replace(key, "KEY"));
    }

    proptest! {
        #[test]
        fn never_panics(body in any_answer()) {
            let _ = jscode2session(&app(), &body);
        }
    }
}
