//! The platform's JSON, read with tolerance and believed with care.

use serde_json::{Map, Value};
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::ports::code_exchange::CodeSession;
use wxlogin_domain::session_key::SessionKey;

/// A refusal: the platform's number and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) errcode: i64,
    pub(crate) errmsg: String,
}

impl Refusal {
    /// The platform's words (they end in the `rid` that its support asks for), without what must not be logged should
    /// they repeat it.
    pub(crate) fn presentable(&self, secrets: &[&str]) -> String {
        // The longest first: a code of one letter would cut the others to pieces.
        let mut longest_first = secrets.to_vec();
        longest_first.sort_unstable_by_key(|secret| std::cmp::Reverse(secret.len()));
        let masked = longest_first
            .iter()
            .fold(self.errmsg.clone(), |text, secret| text.replace(secret, "***"));
        masked
            .chars()
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .take(256)
            .collect()
    }
}

/// What an answer turns out to be.
#[derive(Debug)]
pub(crate) enum Read<T> {
    Success(T),
    Refused(Refusal),
    /// No JSON of the expected form.
    Nonsense,
}

/// `{"openid", "session_key", "unionid"?}` or a refusal.
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

/// `{"access_token", "expires_in"}` or a refusal. The token itself is not looked at: having one is the proof.
pub(crate) fn stable_token(body: &[u8]) -> Read<()> {
    read(body, |answer| {
        let token = answer.get("access_token")?.as_str()?;
        (!token.is_empty()).then_some(())
    })
}

fn read<T>(body: &[u8], success: impl FnOnce(&Map<String, Value>) -> Option<T>) -> Read<T> {
    let Ok(Value::Object(answer)) = serde_json::from_slice(body) else {
        return Read::Nonsense;
    };
    match errcode(&answer) {
        Ok(0) => success(&answer).map_or(Read::Nonsense, Read::Success),
        Ok(errcode) => Read::Refused(Refusal {
            errcode,
            errmsg: answer.get("errmsg").and_then(Value::as_str).unwrap_or_default().into(),
        }),
        Err(()) => Read::Nonsense,
    }
}

/// Absent, null and 0 are success; a sibling API was seen to send the number as a string.
fn errcode(answer: &Map<String, Value>) -> Result<i64, ()> {
    match answer.get("errcode") {
        None | Some(Value::Null) => Ok(0),
        Some(Value::Number(number)) => number.as_i64().ok_or(()),
        Some(Value::String(text)) => text.trim().parse().map_err(|_| ()),
        Some(_) => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;

    fn app() -> AppId {
        AppId::parse("wx4f4bc4dec97d474b").unwrap()
    }

    #[test]
    fn jscode2session_table() {
        let key = "tiihtNczf5v6AKRyjwEUhQ==";
        let cases = [
            format!(r#"{{"openid":"o1","session_key":"{key}"}}"#),
            format!(r#"{{"openid":"o1","session_key":"{key}","unionid":"u1"}}"#),
            format!(r#"{{"openid":"o1","session_key":"{key}","unionid":""}}"#),
            format!(r#"{{"openid":"o1","session_key":"{key}","unionid":null,"errcode":0,"errmsg":"ok"}}"#),
            format!(r#"{{"openid":"o1","session_key":"{key}","errcode":"0","expires_in":7200,"more":[1]}}"#),
            format!(r#"{{"openid":"o1","session_key":"{key}","errcode":40029}}"#),
            r#"{"errcode":40029,"errmsg":"invalid code, rid: 65-1"}"#.into(),
            r#"{"errcode":"40163"}"#.into(),
            r#"{"errcode":-1,"errmsg":"system error"}"#.into(),
            r#"{"errcode":40029.5}"#.into(),
            r#"{"errcode":"forty"}"#.into(),
            r#"{"errcode":[]}"#.into(),
            r#"{"errcode":1e99}"#.into(),
            format!(r#"{{"openid":5,"session_key":"{key}"}}"#),
            format!(r#"{{"openid":"","session_key":"{key}"}}"#),
            format!(r#"{{"openid":"o1 ","session_key":"{key}"}}"#),
            r#"{"openid":"o1","session_key":"short"}"#.into(),
            r#"{"openid":"o1"}"#.into(),
            "{}".into(),
            "[]".into(),
            "null".into(),
            "<html>502</html>".into(),
            String::new(),
        ];
        let mut table = String::new();
        for case in cases {
            let outcome = match jscode2session(&app(), case.as_bytes()) {
                Read::Success(session) => format!(
                    "openid {} unionid {}",
                    session.identity.openid,
                    session
                        .identity
                        .unionid
                        .map_or("-".into(), |unionid| unionid.to_string())
                ),
                Read::Refused(refusal) => format!("{refusal:?}"),
                Read::Nonsense => "nonsense".into(),
            };
            writeln!(table, "{}\n    {outcome}", case.replace(key, "KEY")).unwrap();
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn the_platforms_words_are_kept_but_not_our_secrets() {
        let says = |errmsg: &str| Refusal {
            errcode: 1,
            errmsg: errmsg.into(),
        };
        let indiscreet = says("invalid code\u{1b}[31m c, secret s3cr3t, rid: 65-1\n");
        assert_eq!(
            indiscreet.presentable(&["c", "s3cr3t"]),
            "invalid ***ode [31m ***, se***ret ***, rid: 65-1 "
        );
        assert_eq!(says(&"长".repeat(1000)).presentable(&["x"]).chars().count(), 256);
    }

    proptest! {
        #[test]
        fn never_panics(body in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = jscode2session(&app(), &body);
        }
    }
}
