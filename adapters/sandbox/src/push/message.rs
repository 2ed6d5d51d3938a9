//! An event, as the platform words it in JSON or XML.

use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::Value;

use crate::user::{self, OpenId};

/// The form that the app has chosen for its messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    #[default]
    Json,
    Xml,
}

impl Format {
    pub(crate) const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xml => "text/xml",
        }
    }
}

/// Under which key a message has the user's openid. All three have been seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OpenIdKey {
    Right,
    WithBlank,
    Missing,
}

/// Something that happened to a user of an app.
pub(crate) struct Event<'a> {
    pub(crate) name: &'a str,
    pub(crate) appid: &'a str,
    pub(crate) openid: OpenId,
    pub(crate) openid_key: OpenIdKey,
    /// Which authorisations were withdrawn, for the event that has it.
    pub(crate) revoke_info: Option<&'a str>,
    /// Seconds since 1970-01-01 UTC.
    pub(crate) create_time: u64,
}

impl Event<'_> {
    pub(crate) fn message(&self, format: Format) -> String {
        self.fields().text(format)
    }

    /// The sender is the platform and not the user, so it does not tell two users' events apart.
    fn fields(&self) -> Fields {
        let mut fields = vec![
            ("ToUserName", Field::Text(user::original_id(self.appid))),
            ("FromUserName", Field::Text(user::platform_account())),
            ("CreateTime", Field::Number(self.create_time)),
            ("MsgType", Field::Text("event".to_owned())),
            ("Event", Field::Text(self.name.to_owned())),
        ];
        let openid = || Field::Text(self.openid.to_string());
        match self.openid_key {
            OpenIdKey::Right => fields.push(("OpenID", openid())),
            OpenIdKey::WithBlank => fields.push((" OpenID", openid())),
            OpenIdKey::Missing => {}
        }
        fields.push(("AppID", Field::Text(self.appid.to_owned())));
        if let Some(revoke_info) = self.revoke_info {
            fields.push(("RevokeInfo", Field::Text(revoke_info.to_owned())));
        }
        // Only what a user did within a plug-in has values for these.
        fields.push(("PluginID", Field::Text(String::new())));
        fields.push(("OpenPID", Field::Text(String::new())));
        Fields(fields)
    }
}

/// Fields in the platform's order, which a JSON object of serde's would not keep.
pub(super) struct Fields(pub(super) Vec<(&'static str, Field)>);

pub(super) enum Field {
    Text(String),
    Number(u64),
}

impl Fields {
    pub(super) fn text(&self, format: Format) -> String {
        match format {
            Format::Json => self.json(),
            Format::Xml => self.xml(),
        }
    }

    fn json(&self) -> String {
        let fields = self.0.iter().map(|(name, field)| match field {
            Field::Text(text) => format!("{}:{}", Value::from(*name), Value::from(text.as_str())),
            Field::Number(number) => format!("{}:{number}", Value::from(*name)),
        });
        format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
    }

    fn xml(&self) -> String {
        let mut xml = "<xml>".to_owned();
        for (name, field) in &self.0 {
            // Writing to a string cannot fail.
            let _ = match field {
                Field::Text(text) => write!(xml, "<{name}><![CDATA[{}]]></{name}>", within_cdata(text)),
                Field::Number(number) => write!(xml, "<{name}>{number}</{name}>"),
            };
        }
        xml.push_str("</xml>");
        xml
    }
}

/// A section's end within a text would end the section: the text goes on in another one.
fn within_cdata(text: &str) -> String {
    text.replace("]]>", "]]]]><![CDATA[>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::user::UserName;

    fn event(openid_key: OpenIdKey) -> Event<'static> {
        Event {
            name: "user_authorization_revoke",
            appid: "wx1",
            openid: UserName::default().openid("wx1"),
            openid_key,
            revoke_info: Some("6,8"),
            create_time: 1_700_000_000,
        }
    }

    #[test]
    fn the_two_formats_say_the_same_in_the_same_order() {
        let event = event(OpenIdKey::Right);
        let (to, from) = (user::original_id("wx1"), user::platform_account());
        let openid = &event.openid;

        assert_eq!(
            event.message(Format::Json),
            format!(
                r#"{{"ToUserName":"{to}","FromUserName":"{from}","CreateTime":1700000000,"MsgType":"event","Event":"user_authorization_revoke","OpenID":"{openid}","AppID":"wx1","RevokeInfo":"6,8","PluginID":"","OpenPID":""}}"#
            )
        );
        assert_eq!(
            event.message(Format::Xml),
            format!(
                "<xml><ToUserName><![CDATA[{to}]]></ToUserName><FromUserName><![CDATA[{from}]]></FromUserName>\
                 <CreateTime>1700000000</CreateTime><MsgType><![CDATA[event]]></MsgType>\
                 <Event><![CDATA[user_authorization_revoke]]></Event><OpenID><![CDATA[{openid}]]></OpenID>\
                 <AppID><![CDATA[wx1]]></AppID><RevokeInfo><![CDATA[6,8]]></RevokeInfo>\
                 <PluginID><![CDATA[]]></PluginID><OpenPID><![CDATA[]]></OpenPID></xml>"
            )
        );
    }

    #[test]
    fn the_openid_can_be_hidden_or_missing() {
        let blank = event(OpenIdKey::WithBlank).message(Format::Json);
        let missing = event(OpenIdKey::Missing).message(Format::Json);

        assert!(blank.contains(r#"" OpenID":"o"#), "{blank}");
        assert!(!missing.contains("OpenID"), "{missing}");
    }

    #[test]
    fn no_text_ends_its_section() {
        let xml = Fields(vec![("A", Field::Text("]]></A>".to_owned()))]).xml();

        assert_eq!(xml, "<xml><A><![CDATA[]]]]><![CDATA[></A>]]></A></xml>");
    }
}
