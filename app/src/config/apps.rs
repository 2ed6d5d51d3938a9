//! The mini programs that the service logs in to.

use std::collections::BTreeMap;

use secrecy::SecretString;
use wxlogin_domain::identity::AppId;

use super::Mode;
use super::fault::{Faults, Flaw, Reported, quoted};
use super::raw::{Group, Raw};
use super::settings::{APP_ID, APP_NAME, APP_SECRET, PUSH_AES_KEY, PUSH_TOKEN, Setting};

/// One mini program and what the service needs to act for it.
#[derive(Debug, Clone)]
pub struct App {
    /// Its `AppID`.
    pub appid: AppId,
    /// Its `AppSecret`.
    pub secret: SecretString,
    /// A name for people.
    pub name: Option<String>,
    /// The Token of its message push.
    pub push_token: Option<SecretString>,
    /// The `EncodingAESKey` of its message push: 43 characters of base64, whose last may carry spare bits. There is
    /// none without a token.
    pub push_aes_key: Option<SecretString>,
}

impl App {
    /// An app that exists nowhere, `wx00000000000000a1`, with message push.
    ///
    /// # Panics
    /// Never: the id is well-formed.
    #[must_use]
    pub fn for_testing() -> Self {
        Self {
            appid: AppId::parse("wx00000000000000a1").expect("the id is well-formed"),
            secret: "0123456789abcdef0123456789abcdef".into(),
            name: Some("Test".to_owned()),
            push_token: Some("AAAAA".into()),
            push_aes_key: Some("A".repeat(43).into()),
        }
    }

    fn read(group: &Group, faults: &mut Faults) -> Result<Self, Reported> {
        // All are looked at, so that all their faults are told.
        let appid = group.required(&APP_ID, faults, appid);
        let secret = group.secret(&APP_SECRET, faults, app_secret);
        let name = group.parsed(&APP_NAME, faults, name);
        let push_token = group.secret(&PUSH_TOKEN, faults, push_token);
        let push_aes_key = group.secret(&PUSH_AES_KEY, faults, push_aes_key);
        let secret = secret.and_then(|secret| {
            let remedy = "add it, or secret_file with the path of a file that holds it";
            let flaw = Flaw::new("is missing (the mini program's AppSecret)", remedy);
            secret.ok_or_else(|| group.report_missing(&APP_SECRET, flaw, faults))
        });
        let (push_token, push_aes_key) = (push_token?, push_aes_key?);
        // Pushes are signed with the token, encrypted or not.
        if push_token.is_none() && push_aes_key.is_some() {
            return Err(group.report_half(&PUSH_AES_KEY, &PUSH_TOKEN, faults));
        }
        Ok(Self {
            appid: appid?,
            secret: secret?,
            name: name?,
            push_token,
            push_aes_key,
        })
    }
}

/// The apps of the file, and that of the environment: added to them, or in the place of the one with its id.
pub(super) fn read(raw: &Raw, mode: Mode, faults: &mut Faults) -> Result<Vec<App>, Reported> {
    let from_environment = from_environment(&raw.top, faults);
    // What is replaced is not examined: the environment is there to put the file right.
    let replaced = |group: &&Group| group.peek(&APP_ID).is_some() && group.peek(&APP_ID) == raw.top.peek(&APP_ID);
    let mut apps = Vec::new();
    let mut outcome = duplicates(&raw.apps, faults);
    for group in &raw.apps {
        let app = match &from_environment {
            Ok(Some(app)) if replaced(&group) => Ok(app.clone()),
            _ => App::read(group, faults),
        };
        match app {
            Ok(app) => apps.push(app),
            Err(reported) => outcome = Err(reported),
        }
    }
    let added = from_environment?.filter(|app| apps.iter().all(|other| other.appid != app.appid));
    apps.extend(added);
    outcome?;
    if apps.is_empty() && mode == Mode::Serve {
        let remedy = "set WXLOGIN_APPID and WXLOGIN_SECRET, or write [[apps]] into the configuration file";
        let flaw = Flaw::new("no mini program is configured", remedy);
        return Err(raw.top.report_missing(&APP_ID, flaw, faults));
    }
    Ok(apps)
}

fn from_environment(top: &Group, faults: &mut Faults) -> Result<Option<App>, Reported> {
    if top.has(&APP_ID) && top.has(&APP_SECRET) {
        return App::read(top, faults).map(Some);
    }
    let (strays, missing): (&[Setting], Setting) = if top.has(&APP_ID) {
        (&[APP_ID], APP_SECRET)
    } else {
        (&[APP_SECRET, PUSH_TOKEN, PUSH_AES_KEY], APP_ID)
    };
    let mut outcome = Ok(None);
    for stray in strays.iter().filter(|setting| top.has(setting)) {
        outcome = Err(top.report_half(stray, &missing, faults));
    }
    outcome
}

fn duplicates(groups: &[Group], faults: &mut Faults) -> Result<(), Reported> {
    let mut places = BTreeMap::new();
    let mut outcome = Ok(());
    for group in groups {
        let Some(appid) = group.peek(&APP_ID) else { continue };
        if let Some(place) = places.get(appid) {
            let problem = format!("{} is also the id in {place}", quoted(appid));
            outcome = Err(faults.report(group.key(&APP_ID), Flaw::new(problem, "remove one of the two")));
        } else {
            places.insert(appid, group.place());
        }
    }
    outcome
}

fn appid(text: &str) -> Result<AppId, Flaw> {
    AppId::parse(text).map_err(|_| {
        let problem = format!("{} is not an AppID", quoted(text));
        let remedy = if text.starts_with("gh_") {
            "gh_ begins the original id of an account: the console shows the AppID beside it, wx and 16 characters"
        } else if text.contains(char::is_whitespace) {
            "it was copied with a blank: remove that"
        } else if is_app_secret(text) {
            "this has the shape of an AppSecret: the two may be swapped"
        } else {
            "an AppID is wx and 16 characters of 0-9 a-f"
        };
        Flaw::new(problem, remedy)
    })
}

fn app_secret(text: &str) -> Result<(), Flaw> {
    if is_app_secret(text) {
        return Ok(());
    }
    let problem = if text.contains(char::is_whitespace) {
        "has a blank in it: it was copied with one"
    } else if text.starts_with("wx") && AppId::parse(text).is_ok() {
        "is an AppID, not an AppSecret: the two may be swapped"
    } else {
        "is not an AppSecret"
    };
    let remedy = "copy it again (32 characters of 0-9 a-f), or reset it in the console";
    Err(Flaw::new(problem, remedy))
}

fn is_app_secret(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn name(text: &str) -> Result<String, Flaw> {
    const LONGEST: usize = 64;
    if text.chars().count() <= LONGEST && !text.contains(char::is_control) {
        return Ok(text.to_owned());
    }
    let problem = format!("is longer than {LONGEST} characters, or has a control character in it");
    Err(Flaw::new(problem, "shorten it"))
}

/// Shape by the platform's documentation: "3 to 32 characters, letters and digits".
fn push_token(text: &str) -> Result<(), Flaw> {
    if (3..=32).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(());
    }
    let problem = "is not a Token of message push";
    Err(Flaw::new(
        problem,
        "copy it from the console: 3 to 32 letters and digits",
    ))
}

/// Only the shape: the last character's spare bits may be set, which a strict base64 decoder would refuse.
fn push_aes_key(text: &str) -> Result<(), Flaw> {
    if text.len() == 43 && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(());
    }
    let problem = "is not an EncodingAESKey of message push";
    Err(Flaw::new(problem, "copy it from the console: 43 letters and digits"))
}
