//! `{"access_token", "expires_in"}`.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::{Read, read};
use crate::access_token::AccessToken;
use crate::credentials::AppCredentials;

/// The platform promises at most two hours. What is longer is not believed, and what is shorter than a minute, or no
/// number, is taken for a minute: should the token die before, its refusal brings a new one.
const LIFETIME_SECONDS: std::ops::RangeInclusive<i64> = 60..=7200;

/// A token, and for how long.
#[derive(Debug, Clone)]
pub(crate) struct Granted {
    pub(crate) token: AccessToken,
    pub(crate) lifetime: Duration,
}

#[derive(Serialize)]
struct Request<'a> {
    grant_type: &'static str,
    appid: &'a str,
    secret: &'a str,
    /// Never: it would take the token away from whoever else holds it.
    force_refresh: bool,
}

pub(crate) fn stable_token_request(credentials: &AppCredentials) -> Vec<u8> {
    let request = Request {
        grant_type: "client_credential",
        appid: credentials.app.as_str(),
        secret: credentials.secret.expose(),
        force_refresh: false,
    };
    serde_json::to_vec(&request).expect("texts and a truth value are always JSON")
}

/// The token.
pub(crate) fn stable_token(body: &[u8]) -> Read<Granted> {
    read(body, |answer| {
        Some(Granted {
            token: AccessToken::parse(answer.get("access_token")?.as_str()?)?,
            lifetime: lifetime(answer.get("expires_in")),
        })
    })
}

fn lifetime(expires_in: Option<&Value>) -> Duration {
    let seconds = match expires_in {
        Some(Value::Number(number)) => number.as_i64(),
        Some(Value::String(text)) => text.trim().parse().ok(),
        _ => None,
    };
    let (least, most) = LIFETIME_SECONDS.into_inner();
    Duration::from_secs(seconds.unwrap_or(least).clamp(least, most).unsigned_abs())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{any_answer, table};
    use super::*;

    #[test]
    fn answers() {
        let longest = "a".repeat(512);
        let bodies = [
            r#"{"access_token":"72_aB-c.d","expires_in":7200}"#.to_owned(),
            r#"{"access_token":"t","expires_in":"7200","errcode":0}"#.into(),
            r#"{"access_token":"t","expires_in":7201}"#.into(),
            r#"{"access_token":"t","expires_in":99999999999999999999}"#.into(),
            r#"{"access_token":"t","expires_in":59}"#.into(),
            r#"{"access_token":"t","expires_in":0}"#.into(),
            r#"{"access_token":"t","expires_in":-9223372036854775808}"#.into(),
            r#"{"access_token":"t","expires_in":"soon"}"#.into(),
            r#"{"access_token":"t","expires_in":[7200]}"#.into(),
            r#"{"access_token":"t"}"#.into(),
            format!(r#"{{"access_token":"{longest}","expires_in":7200}}"#),
            format!(r#"{{"access_token":"{longest}a","expires_in":7200}}"#),
            r#"{"access_token":"","expires_in":7200}"#.into(),
            r#"{"access_token":"a b","expires_in":7200}"#.into(),
            r#"{"access_token":"a\n","expires_in":7200}"#.into(),
            r#"{"access_token":"令牌","expires_in":7200}"#.into(),
            r#"{"access_token":7,"expires_in":7200}"#.into(),
            r#"{"expires_in":7200}"#.into(),
            r#"{"errcode":40125,"errmsg":"invalid appsecret, rid: 65-1"}"#.into(),
        ];
        let table = table(&bodies, stable_token, |granted| {
            format!("{} bytes for {:?}", granted.token.expose().len(), granted.lifetime)
        });
        insta::assert_snapshot!(table.replace(&longest, "(512 times a)"));
    }

    proptest! {
        #[test]
        fn never_panics(body in any_answer()) {
            let _ = stable_token(&body);
        }

        #[test]
        fn the_lifetime_is_within_bounds(expires_in in any::<i64>()) {
            let seconds = lifetime(Some(&Value::from(expires_in))).as_secs();
            prop_assert!((60..=7200).contains(&seconds));
        }
    }
}
