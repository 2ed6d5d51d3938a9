//! The platform's JSON, read with tolerance and believed with care: one file per call.

mod jscode2session;
mod phone;
mod session_key;
mod stable_token;

use serde_json::{Map, Value};

pub(crate) use self::jscode2session::jscode2session;
pub(crate) use self::phone::{phone, phone_request};
pub(crate) use self::session_key::{checked, reset};
pub(crate) use self::stable_token::{Granted, stable_token, stable_token_request};

/// A refusal: the platform's number and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) errcode: i64,
    pub(crate) errmsg: String,
}

impl Refusal {
    /// With words that may be logged: they are kept (they end in the `rid` that the platform's support asks for), but
    /// without what must not be, should they repeat it.
    pub(crate) fn masked(self, secrets: &[&str]) -> Self {
        // The longest first: a code of one letter would cut the others to pieces.
        let mut longest_first = secrets.to_vec();
        longest_first.sort_unstable_by_key(|secret| std::cmp::Reverse(secret.len()));
        let masked = longest_first
            .iter()
            .fold(self.errmsg, |text, secret| text.replace(secret, "***"));
        Self {
            errcode: self.errcode,
            errmsg: masked
                .chars()
                .map(|letter| if letter.is_control() { ' ' } else { letter })
                .take(256)
                .collect(),
        }
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

/// A whole number, or a text that stands for one: the platform's documents have a number as a text in one place, as a
/// number in another.
fn digits(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => number.as_u64().map(|number| number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;

    /// A line for each body: what it is read as.
    pub(super) fn table<T>(bodies: &[String], read: impl Fn(&[u8]) -> Read<T>, show: impl Fn(T) -> String) -> String {
        let mut table = String::new();
        for body in bodies {
            let outcome = match read(body.as_bytes()) {
                Read::Success(success) => show(success),
                Read::Refused(refusal) => format!("{refusal:?}"),
                Read::Nonsense => "nonsense".into(),
            };
            writeln!(table, "{body}\n    {outcome}").unwrap();
        }
        table
    }

    #[test]
    fn errcode_table() {
        let bodies = [
            "{}",
            r#"{"errcode":null}"#,
            r#"{"errcode":0}"#,
            r#"{"errcode":"0"}"#,
            r#"{"errcode":40029,"errmsg":"invalid code, rid: 65-1"}"#,
            r#"{"errcode":"40163"}"#,
            r#"{"errcode":" 40163 ","errmsg":7}"#,
            r#"{"errcode":-1,"errmsg":"system error"}"#,
            r#"{"errcode":40029.5}"#,
            r#"{"errcode":"forty"}"#,
            r#"{"errcode":""}"#,
            r#"{"errcode":[]}"#,
            r#"{"errcode":true}"#,
            r#"{"errcode":1e99}"#,
            r#"{"errcode":99999999999999999999}"#,
            r#"{"errcode":40029"#,
            r#"{"errcode":40029}{}"#,
            "\u{feff}{}",
            "[]",
            "null",
            "<html>502</html>",
            "",
        ];
        let bodies = bodies.map(String::from);
        let table = table(&bodies, |body| read(body, |_| Some(())), |()| "success".into());
        insta::assert_snapshot!(table);
    }

    #[test]
    fn the_platforms_words_are_kept_but_not_our_secrets() {
        let masked = |errmsg: &str, secrets: &[&str]| {
            let refusal = Refusal {
                errcode: 1,
                errmsg: errmsg.into(),
            };
            refusal.masked(secrets).errmsg
        };
        assert_eq!(
            masked("invalid code\u{1b}[31m c, secret s3cr3t, rid: 65-1\n", &["c", "s3cr3t"]),
            "invalid ***ode [31m ***, se***ret ***, rid: 65-1 "
        );
        assert_eq!(masked(&"长".repeat(1000), &["x"]).chars().count(), 256);
    }

    /// JSON of about the platform's shape, with anything in its places.
    pub(super) fn any_answer() -> impl Strategy<Value = Vec<u8>> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,20}".prop_map(Value::from),
            "[0-9]{1,25}".prop_map(Value::from),
            Just(Value::from("tiihtNczf5v6AKRyjwEUhQ==")),
        ];
        let key = prop_oneof![
            Just("errcode"),
            Just("errmsg"),
            Just("openid"),
            Just("session_key"),
            Just("unionid"),
            Just("access_token"),
            Just("expires_in"),
            Just("phone_info"),
            Just("purePhoneNumber"),
            Just("countryCode"),
            Just("watermark"),
            Just("appid"),
            Just("timestamp"),
        ];
        let value = leaf.prop_recursive(3, 24, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::hash_map(key.clone().prop_map(String::from), inner, 0..6)
                    .prop_map(|object| Value::Object(object.into_iter().collect())),
            ]
        });
        prop_oneof![
            3 => value.prop_map(|value| value.to_string().into_bytes()),
            1 => prop::collection::vec(any::<u8>(), 0..300),
        ]
    }
}
