//! `POST /sandbox/user-data`: `wx.getUserInfo` in its old form, with signed and encrypted data.

use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use super::target;
use crate::sandbox::Sandbox;
use crate::session_key::Rotation;
use crate::user::{OpenId, UserName};
use crate::watermark::Watermark;
use crate::{cipher, signature};

/// What the platform calls everybody who has not agreed to more.
const ANONYMOUS: &str = "微信用户";

const LONGEST_NICKNAME: usize = 64;

const AVATAR_URL: &str = "https://thirdwx.qlogo.cn/mmopen/vi_32/stand-in/132";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    appid: Option<String>,
    #[serde(default)]
    user: UserName,
    nickname: Option<String>,
}

#[derive(Serialize)]
pub(super) struct UserInfo {
    raw_data: String,
    signature: String,
    encrypted_data: String,
    iv: String,
}

/// The public part, which goes in the clear as `rawData`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Profile<'a> {
    nick_name: &'a str,
    gender: u8,
    language: &'a str,
    city: &'a str,
    province: &'a str,
    country: &'a str,
    avatar_url: &'a str,
}

/// The encrypted part: the profile, and who it is of.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FullProfile<'a> {
    open_id: OpenId,
    #[serde(flatten)]
    profile: Profile<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    union_id: Option<String>,
    watermark: Watermark,
}

pub(super) fn run(sandbox: &Sandbox, asked: &Asked) -> Result<UserInfo, Refusal> {
    let appid = target::appid(sandbox.config(), asked.appid.as_deref())?;
    let nickname = asked.nickname.as_deref().unwrap_or(ANONYMOUS);
    if nickname.chars().count() > LONGEST_NICKNAME {
        return Err(Refusal::bad_request("nickname: up to 64 characters"));
    }
    let profile = Profile {
        nick_name: nickname,
        gender: 0,
        language: "",
        city: "",
        province: "",
        country: "",
        avatar_url: AVATAR_URL,
    };
    let raw_data = serde_json::to_string(&profile)?;

    let mut state = sandbox.state();
    let key = state.session_key(appid, &asked.user, Rotation::Keep)?;
    let full = FullProfile {
        open_id: asked.user.openid(appid),
        profile,
        union_id: state.unionid(&asked.user),
        watermark: Watermark {
            timestamp: state.clock.now().seconds(),
            appid: appid.to_owned(),
        },
    };
    let sealed = cipher::seal(&key, &serde_json::to_vec(&full)?)?;
    Ok(UserInfo {
        signature: signature::raw_data_signature(&raw_data, key.text().expose_secret()),
        raw_data,
        encrypted_data: sealed.encrypted_data,
        iv: sealed.iv,
    })
}
