//! `{"phone_info": {"purePhoneNumber", "countryCode", "watermark": {"appid", "timestamp"}}}`.

use serde::Serialize;
use wxlogin_domain::code::PhoneCode;
use wxlogin_domain::identity::OpenId;
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_domain::user_data::{PhonePayload, Watermark};

use super::{Read, digits, read};

#[derive(Serialize)]
struct Request<'a> {
    code: &'a str,
    /// With it, the platform refuses the code of another user.
    openid: &'a str,
}

pub(crate) fn phone_request(openid: &OpenId, code: &PhoneCode) -> Vec<u8> {
    let request = Request {
        code: code.expose(),
        openid: openid.as_str(),
    };
    serde_json::to_vec(&request).expect("texts are always JSON")
}

/// The number, as it was given. For which app it was made, and whether it is a number at all, is not for the reader of
/// its form to say.
pub(crate) fn phone(body: &[u8]) -> Read<PhonePayload> {
    read(body, |answer| {
        let info = answer.get("phone_info")?.as_object()?;
        let watermark = info.get("watermark")?.as_object()?;
        let seconds = digits(watermark.get("timestamp")?)?;
        Some(PhonePayload {
            pure_phone_number: info.get("purePhoneNumber")?.as_str()?.to_owned(),
            country_code: digits(info.get("countryCode")?)?,
            watermark: Watermark {
                appid: watermark.get("appid")?.as_str()?.to_owned(),
                at: Timestamp::from_unix_seconds(seconds.parse().ok()?),
            },
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::super::tests::{any_answer, table};
    use super::*;

    #[test]
    fn answers() {
        let good = json!({
            "phoneNumber": "+8613580006666",
            "purePhoneNumber": "13580006666",
            "countryCode": 86,
            "watermark": {"timestamp": 1_637_744_274, "appid": "wx4f4bc4dec97d474b"},
        });
        let with = |path: &str, value: Value| {
            let mut info = good.clone();
            *info.pointer_mut(path).unwrap() = value;
            json!({"errcode": 0, "errmsg": "ok", "phone_info": info}).to_string()
        };
        let without = |key: &str| {
            let mut info = good.clone();
            info.as_object_mut().unwrap().remove(key);
            json!({"phone_info": info}).to_string()
        };
        let bodies = [
            with("/countryCode", json!(86)),
            with("/countryCode", json!("86")),
            with("/countryCode", json!("eighty-six")),
            with("/countryCode", json!(-86)),
            with("/countryCode", json!([86])),
            with("/purePhoneNumber", json!(13_580_006_666_u64)),
            with("/purePhoneNumber", json!("none")),
            with("/watermark", json!("wx4f4bc4dec97d474b")),
            with("/watermark/timestamp", json!("1637744274")),
            with("/watermark/timestamp", json!("now")),
            with("/watermark/timestamp", json!(1.5)),
            with("/watermark/appid", json!("another")),
            with("/watermark/appid", Value::Null),
            without("phoneNumber"),
            without("purePhoneNumber"),
            without("countryCode"),
            without("watermark"),
            json!({"errcode": 0, "phone_info": []}).to_string(),
            json!({"errcode": 0, "errmsg": "ok"}).to_string(),
            json!({"errcode": "40029", "errmsg": "invalid code, rid: 65-1"}).to_string(),
        ];
        let table = table(&bodies, phone, |phone| {
            format!(
                "+{} {} of {} at {}",
                phone.country_code,
                phone.pure_phone_number,
                phone.watermark.appid,
                phone.watermark.at.unix_seconds()
            )
        });
        insta::assert_snapshot!(table);
    }

    proptest! {
        #[test]
        fn never_panics(body in any_answer()) {
            let _ = phone(&body);
        }
    }
}
