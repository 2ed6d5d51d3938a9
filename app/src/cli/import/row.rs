//! A row: what it says, and whom it means.

use std::fmt;

use wxlogin_domain::account::Nickname;
use wxlogin_domain::external_id::ExternalId;
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::import_rules::ImportedUser;
use wxlogin_domain::phone_number::{PhoneNumber, PhoneNumberError};

use crate::config::Config;

/// A row of the file.
pub(super) struct Row {
    /// Where it begins.
    pub(super) line: u64,
    /// Whom it means.
    pub(super) user: Result<ImportedUser, Fault>,
}

/// What is wrong with a row. It repeats nothing of what the row says: that is personal.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    field: Option<&'static str>,
    reason: String,
}

impl Fault {
    /// A field is wrong.
    pub(super) fn of(field: &'static str, reason: impl fmt::Display) -> Self {
        Self {
            field: Some(field),
            reason: reason.to_string(),
        }
    }

    /// All of it is.
    pub(super) fn of_all(reason: impl fmt::Display) -> Self {
        Self {
            field: None,
            reason: reason.to_string(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = self.field {
            write!(f, "{field}: ")?;
        }
        f.write_str(&self.reason)
    }
}

/// The longest row, in bytes: a user is described in some hundred.
pub(super) const LONGEST: u64 = 64 * 1024;

/// The columns.
pub(super) const FIELDS: [&str; 6] = ["appid", "openid", "external_id", "unionid", "phone", "nickname"];

/// What a row says, in the order of [`FIELDS`]; what is empty or blank is absent.
#[derive(Debug, Default)]
pub(super) struct Said(pub(super) [Option<String>; FIELDS.len()]);

/// The position of a column.
pub(super) fn position(name: &str) -> Option<usize> {
    FIELDS.iter().position(|field| *field == name)
}

/// The mini programs of the configuration.
pub(super) struct Apps(Vec<AppId>);

impl Apps {
    pub(super) fn of(config: &Config) -> Self {
        Self(config.apps.iter().map(|app| app.appid.clone()).collect())
    }

    /// Whom a row means.
    pub(super) fn user(&self, Said(said): Said) -> Result<ImportedUser, Fault> {
        let [appid, openid, external_id, unionid, phone, nickname] =
            said.map(|text| text.filter(|text| !text.trim().is_empty()));
        Ok(ImportedUser {
            identity: WechatIdentity {
                app: self.app(appid.as_deref())?,
                openid: parsed("openid", &required("openid", openid)?, OpenId::parse)?,
                unionid: optional("unionid", unionid, UnionId::parse)?,
            },
            external_id: parsed("external_id", &required("external_id", external_id)?, ExternalId::parse)?,
            phone: optional("phone", phone, number)?,
            nickname: optional("nickname", nickname, Nickname::parse)?,
        })
    }

    fn app(&self, appid: Option<&str>) -> Result<AppId, Fault> {
        match (appid, self.0.as_slice()) {
            (None, [only]) => Ok(only.clone()),
            (None, _) => Err(Fault::of(
                "appid",
                "it is missing, and several mini programs are configured",
            )),
            (Some(appid), configured) => {
                let app = configured.iter().find(|app| app.as_str() == appid);
                app.cloned()
                    .ok_or_else(|| Fault::of("appid", "no such mini program is configured"))
            }
        }
    }
}

fn required(field: &'static str, text: Option<String>) -> Result<String, Fault> {
    text.ok_or_else(|| Fault::of(field, "it is missing"))
}

fn parsed<T, E: fmt::Display>(field: &'static str, text: &str, parse: fn(&str) -> Result<T, E>) -> Result<T, Fault> {
    parse(text).map_err(|error| Fault::of(field, error))
}

fn optional<T, E: fmt::Display>(
    field: &'static str,
    text: Option<String>,
    parse: fn(&str) -> Result<T, E>,
) -> Result<Option<T>, Fault> {
    text.map(|text| parsed(field, &text, parse)).transpose()
}

/// E.164, or a mobile number of mainland China as people there write it.
fn number(text: &str) -> Result<PhoneNumber, PhoneNumberError> {
    let is_mainland = text.len() == 11 && text.starts_with('1') && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_mainland {
        PhoneNumber::from_parts("86", text)
    } else {
        PhoneNumber::parse(text)
    }
}
