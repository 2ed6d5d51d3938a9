//! `/sandbox/push`: the platform tells the app's server of an event, or asks whether its URL is
//! the app's.

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use super::{Nothing, target};
use crate::config::SandboxPush;
use crate::push::{AesKey, Answer, Destination, Event, Format, Mode, OpenIdKey, Push, Tamper, UrlCheck};
use crate::sandbox::Sandbox;
use crate::user::UserName;

const REVOKE: &str = "user_authorization_revoke";

/// The phone number, which a login service is the likeliest to keep.
const REVOKED: &str = "8";

/// The platform tries three times in all; the stand-in does so at once.
const ATTEMPTS: u32 = 3;

const MOST_REPETITIONS: u32 = 20;

const LONGEST_TEXT: usize = 128;

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ModeName {
    Plain,
    Secure,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    appid: Option<String>,
    #[serde(default)]
    user: UserName,
    event: String,
    mode: Option<ModeName>,
    #[serde(default)]
    format: Format,
    url: Option<String>,
    revoke_info: Option<String>,
    #[serde(default)]
    omit_openid: bool,
    #[serde(default)]
    openid_key_with_blank: bool,
    create_time: Option<u64>,
    #[serde(default)]
    repeat: u32,
    tamper: Option<Tamper>,
}

/// The last answer, and how often the message was sent for it.
#[derive(Serialize)]
pub(super) struct Delivered {
    #[serde(flatten)]
    answer: Answer,
    acknowledged: bool,
    attempts: u32,
}

pub(super) async fn run(sandbox: Sandbox, asked: Asked) -> Result<Delivered, Refusal> {
    let appid = target::appid(sandbox.config(), asked.appid.as_deref())?;
    let settings = settings(&sandbox, appid);
    let to = destination(asked.url.as_deref(), &settings)?;
    let push = push(&sandbox, appid, &settings, &asked)?;
    let postman = sandbox.postman()?;

    let send = async || -> Result<Answer, Refusal> {
        let now = sandbox.state().clock.now();
        let request = push.request(&to, now)?;
        Ok(postman.post(request).await)
    };
    let mut answer = send().await?;
    let mut attempts = 1;
    while attempts < ATTEMPTS && !answer.is_receipt() {
        answer = send().await?;
        attempts += 1;
    }
    for _ in 0..asked.repeat {
        answer = send().await?;
        attempts += 1;
    }
    Ok(Delivered {
        acknowledged: answer.is_receipt(),
        answer,
        attempts,
    })
}

fn push(sandbox: &Sandbox, appid: &str, settings: &SandboxPush, asked: &Asked) -> Result<Push, Refusal> {
    let mode = mode(asked.mode, settings)?;
    if matches!(mode, Mode::Plain) && matches!(asked.tamper, Some(Tamper::AesKey | Tamper::Appid)) {
        return Err(Refusal::bad_request(
            "tamper: only in secure mode is there an aes_key or an appid to tamper with",
        ));
    }
    if asked.repeat > MOST_REPETITIONS {
        return Err(Refusal::bad_request("repeat: up to 20"));
    }
    let event = Event {
        name: text("event", &asked.event)?,
        appid,
        openid: asked.user.openid(appid),
        openid_key: openid_key(asked)?,
        revoke_info: match asked.revoke_info.as_deref() {
            Some(revoke_info) => Some(text("revoke_info", revoke_info)?),
            None => (asked.event == REVOKE).then_some(REVOKED),
        },
        create_time: match asked.create_time {
            Some(create_time) => create_time,
            None => sandbox.state().clock.now().seconds(),
        },
    };
    Ok(Push {
        appid: appid.to_owned(),
        token: settings.token.clone(),
        mode,
        format: asked.format,
        message: event.message(asked.format),
        tamper: asked.tamper,
    })
}

/// What was asked for; otherwise secure mode, if there is a key for it.
fn mode(asked: Option<ModeName>, settings: &SandboxPush) -> Result<Mode, Refusal> {
    let key = match (asked, settings.aes_key()) {
        (Some(ModeName::Plain), _) | (None, None) => return Ok(Mode::Plain),
        (Some(ModeName::Secure), None) => {
            return Err(Refusal::bad_request(
                "mode: the app's push settings have no aes_key, which secure mode needs",
            ));
        }
        (_, Some(key)) => key,
    };
    AesKey::parse(key)
        .map(Mode::Secure)
        .map_err(|error| Refusal::bad_request(format!("aes_key: {error}")))
}

fn openid_key(asked: &Asked) -> Result<OpenIdKey, Refusal> {
    match (asked.omit_openid, asked.openid_key_with_blank) {
        (false, false) => Ok(OpenIdKey::Right),
        (true, false) => Ok(OpenIdKey::Missing),
        (false, true) if asked.format == Format::Json => Ok(OpenIdKey::WithBlank),
        (false, true) => Err(Refusal::bad_request(
            "openid_key_with_blank: only in JSON, because no name of an XML element begins with a blank",
        )),
        (true, true) => Err(Refusal::bad_request(
            "only one of omit_openid and openid_key_with_blank can be given",
        )),
    }
}

/// Text for a message: XML has no way to write control characters.
fn text<'a>(field: &str, text: &'a str) -> Result<&'a str, Refusal> {
    if text.is_empty() || text.len() > LONGEST_TEXT || text.chars().any(char::is_control) {
        return Err(Refusal::bad_request(format!(
            "{field}: 1 to 128 bytes, without control characters"
        )));
    }
    Ok(text)
}

/// The app's settings: those made last.
fn settings(sandbox: &Sandbox, appid: &str) -> SandboxPush {
    let made = sandbox.state().push.get(appid).cloned();
    made.or_else(|| sandbox.config().app(appid).map(|app| app.push.clone()))
        .unwrap_or_default()
}

fn destination(asked: Option<&str>, settings: &SandboxPush) -> Result<Destination, Refusal> {
    let url = asked
        .or(settings.url.as_deref())
        .ok_or_else(|| Refusal::bad_request("url: needed, because the app's push settings have none"))?;
    Destination::parse(url).map_err(|error| Refusal::bad_request(format!("url: {error}")))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Check {
    appid: Option<String>,
    url: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Checked {
    #[serde(flatten)]
    answer: Answer,
    accepted: bool,
}

/// What the platform does when somebody enters a URL in its console.
pub(super) async fn verify(sandbox: Sandbox, asked: Check) -> Result<Checked, Refusal> {
    let appid = target::appid(sandbox.config(), asked.appid.as_deref())?;
    let settings = settings(&sandbox, appid);
    let to = destination(asked.url.as_deref(), &settings)?;
    let now = sandbox.state().clock.now();
    let UrlCheck { url, echostr } = UrlCheck::new(&settings.token, &to, now)?;
    let answer = sandbox.postman()?.get(url).await;
    Ok(Checked {
        accepted: answer.echoes(&echostr),
        answer,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    appid: Option<String>,
    url: String,
    token: String,
    aes_key: Option<String>,
}

/// As strict as the platform's console; without a key the app gets its messages in the clear.
pub(super) fn set(sandbox: &Sandbox, asked: &Settings) -> Result<Nothing, Refusal> {
    let appid = target::appid(sandbox.config(), asked.appid.as_deref())?;
    Destination::parse(&asked.url).map_err(|error| Refusal::bad_request(format!("url: {error}")))?;
    if !(3..=32).contains(&asked.token.len()) || !asked.token.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(Refusal::bad_request("token: 3 to 32 letters and digits"));
    }
    if let Some(key) = &asked.aes_key {
        AesKey::parse(key).map_err(|error| Refusal::bad_request(format!("aes_key: {error}")))?;
    }
    let settings = SandboxPush {
        url: Some(asked.url.clone()),
        token: asked.token.clone().into(),
        aes_key: asked.aes_key.clone().map(Into::into),
    };
    sandbox.state().push.insert(appid.to_owned(), settings);
    Ok(Nothing {})
}
