//! What the platform writes: a JSON object or an XML element, whose fields are read alike.

use std::fmt;

use roxmltree::{Document, Node, ParsingOptions};
use serde::Deserializer as _;
use serde::de::{MapAccess, Visitor};
use serde_json::Value;

/// The body is no JSON and no XML as the platform writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

/// The fields that somebody reads here. Of several of one name, the first one counts; what is empty is not there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    /// `Encrypt`.
    pub(crate) encrypt: Option<String>,
    /// `MsgType`.
    pub(crate) msg_type: Option<String>,
    /// `Event`.
    pub(crate) event: Option<String>,
    /// `OpenID`.
    pub(crate) openid: Option<String>,
    /// `AppID`.
    pub(crate) app_id: Option<String>,
    /// `RevokeInfo`.
    pub(crate) revoke_info: Option<String>,
}

/// The platform's messages have some ten fields; its longest lists stay far below this.
const MAX_XML_NODES: u32 = 1024;
/// The parser compares each attribute with those before it, and the platform's XML has none. There are as many `=` as
/// attributes at least.
const MAX_XML_EQUALS: usize = 256;

impl Fields {
    /// Reads a body. What it is, its first character tells: the Content-Type is not to be trusted.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, Malformed> {
        let text = str::from_utf8(body).map_err(|_| Malformed)?;
        let text = text.trim_start_matches('\u{feff}').trim_start();
        match text.bytes().next() {
            Some(b'{') => Self::from_json(text),
            Some(b'<') => Self::from_xml(text),
            _ => Err(Malformed),
        }
    }

    fn from_json(text: &str) -> Result<Self, Malformed> {
        let mut json = serde_json::Deserializer::from_str(text);
        let fields = json.deserialize_map(JsonFields).map_err(|_| Malformed)?;
        json.end().map_err(|_| Malformed)?;
        Ok(fields)
    }

    fn from_xml(text: &str) -> Result<Self, Malformed> {
        if text.bytes().filter(|byte| *byte == b'=').count() > MAX_XML_EQUALS {
            return Err(Malformed);
        }
        // Without a DTD there are no entities but the five of XML itself, internal or external.
        let options = ParsingOptions {
            allow_dtd: false,
            nodes_limit: MAX_XML_NODES,
            entity_resolver: None,
        };
        let document = Document::parse_with_options(text, options).map_err(|_| Malformed)?;
        let root = document.root_element();
        if root.tag_name().name() != "xml" {
            return Err(Malformed);
        }
        let mut fields = Self::default();
        for element in root.children().filter(Node::is_element) {
            // An element with elements in it is no text; a comment in it is not part of its text.
            if element.children().all(|node| !node.is_element()) {
                let texts = element.children().filter(Node::is_text);
                let text: String = texts.filter_map(|node| node.text()).collect();
                fields.take(element.tag_name().name(), &text);
            }
        }
        Ok(fields)
    }

    /// Blanks around a key have been seen; around a value, whoever indents XML would put them.
    fn take(&mut self, key: &str, value: &str) {
        let field = match key.trim() {
            "Encrypt" => &mut self.encrypt,
            "MsgType" => &mut self.msg_type,
            "Event" => &mut self.event,
            "OpenID" => &mut self.openid,
            "AppID" => &mut self.app_id,
            "RevokeInfo" => &mut self.revoke_info,
            _ => return,
        };
        let value = value.trim();
        if field.is_none() && !value.is_empty() {
            *field = Some(value.to_owned());
        }
    }
}

/// Reads an object field by field, because a map would keep the last of several of one name.
struct JsonFields;

impl<'de> Visitor<'de> for JsonFields {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Fields::default();
        while let Some((key, value)) = map.next_entry::<String, Value>()? {
            match value {
                Value::String(text) => fields.take(&key, &text),
                Value::Number(number) => fields.take(&key, &number.to_string()),
                _ => {}
            }
        }
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;

    /// The fields that are there, on one line.
    fn shown(parsed: &Result<Fields, Malformed>) -> String {
        let Ok(fields) = parsed else {
            return "malformed".into();
        };
        let all = [
            ("Encrypt", &fields.encrypt),
            ("MsgType", &fields.msg_type),
            ("Event", &fields.event),
            ("OpenID", &fields.openid),
            ("AppID", &fields.app_id),
            ("RevokeInfo", &fields.revoke_info),
        ];
        let there = all
            .iter()
            .filter_map(|(name, value)| Some(format!("{name}={:?}", value.as_ref()?)));
        let there: Vec<String> = there.collect();
        if there.is_empty() {
            "no field".into()
        } else {
            there.join(" ")
        }
    }

    fn table(bodies: &[&str]) -> String {
        let mut table = String::new();
        for body in bodies {
            writeln!(
                table,
                "{}\n    {}",
                body.replace('\n', "\\n").replace('\u{feff}', "(BOM)"),
                shown(&Fields::parse(body.as_bytes()))
            )
            .unwrap();
        }
        table
    }

    #[test]
    fn json_table() {
        let table = table(&[
            r#"{"ToUserName":"gh_97417a04a28d","Encrypt":"abc="}"#,
            r#"{"CreateTime":1714112445,"MsgType":"event","Event":"user_info_modified","OpenID":"o1","AppID":"wx1"}"#,
            r#"{"Event":"user_authorization_revoke"," OpenID":"o1","RevokeInfo":"6,8"}"#,
            r#"{"RevokeInfo":8,"Event":1.5}"#,
            r#"{"OpenID":"","Event":"  "}"#,
            r#"{"OpenID":" o1\n"}"#,
            r#"{"Event":"first","Event":"second"}"#,
            r#"{" Event":"first","Event":"second"}"#,
            r#"{"Event":"","Event":"second"}"#,
            r#"{"Event":null,"MsgType":true,"OpenID":["o1"],"AppID":{"Event":"inner"}}"#,
            r#"{"event":"e","EVENT":"e"}"#,
            r#"{"Event":"\u4e2d\ud83d\ude00"}"#,
            "\u{feff} \n{\"Event\":\"e\"} \n",
            "{}",
        ]);
        insta::assert_snapshot!(table);
    }

    #[test]
    fn xml_table() {
        let table = table(&[
            "<xml><ToUserName><![CDATA[gh_97417a04a28d]]></ToUserName><Encrypt><![CDATA[abc=]]></Encrypt></xml>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xml>\n  <MsgType>event</MsgType>\n  <Event>e</Event>\n</xml>\n",
            "<xml><CreateTime>1714112445</CreateTime><OpenID><![CDATA[o1]]></OpenID><AppID>wx1</AppID></xml>",
            "<xml><RevokeInfo>\n  <![CDATA[6,8]]>\n</RevokeInfo></xml>",
            "<xml><Event>a<!-- b -->c<![CDATA[d]]></Event></xml>",
            "<xml><Event>&lt;&amp;&gt;&quot;&apos;&#20013;</Event></xml>",
            "<xml><Event>first</Event><Event>second</Event></xml>",
            "<xml><OpenID></OpenID><Event/></xml>",
            "<xml><Event><Event>inner</Event></Event><Outer><OpenID>o1</OpenID></Outer></xml>",
            "<xml><Event a='b'>e</Event></xml>",
            "\u{feff}\n<xml><Event>e</Event></xml>",
            "<xml/>",
        ]);
        insta::assert_snapshot!(table);
    }

    #[test]
    fn malformed_table() {
        let laughs =
            "<!DOCTYPE xml [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY c '&b;&b;'>]><xml><Event>&c;</Event></xml>";
        for body in [
            "",
            "  ",
            "\u{feff}",
            "null",
            "[]",
            r#"[{"Event":"e"}]"#,
            r#""Event""#,
            "{",
            r#"{"Event":"e""#,
            r#"{"Event":"e"} {}"#,
            r#"{"Event":"e"}<xml/>"#,
            r#"{"Event":"e",}"#,
            r#"{"Event":"\ud83d"}"#,
            r#"{Event:"e"}"#,
            r#"{1:"e"}"#,
            "<",
            "<xml>",
            "<xml></lmx>",
            "<html><Event>e</Event></html>",
            "<xml/><xml/>",
            "<xml>&nbsp;</xml>",
            "<xml><Event>e</Event></xml>{}",
            // A DTD, whatever is in it.
            "<!DOCTYPE xml><xml/>",
            "<!DOCTYPE xml SYSTEM 'file:///etc/passwd'><xml/>",
            "<!DOCTYPE xml [<!ENTITY a 'b'>]><xml><Event>&a;</Event></xml>",
            "<!DOCTYPE xml [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><xml><Event>&a;</Event></xml>",
            "<!DOCTYPE xml [<!ENTITY % a SYSTEM 'http://127.0.0.1/'> %a;]><xml/>",
            laughs,
            "MsgType=event",
        ] {
            assert_eq!(Fields::parse(body.as_bytes()), Err(Malformed), "{body}");
        }
        for body in [
            b"\xff".as_slice(),
            b"{\"Event\":\"\xff\"}",
            b"<xml>\xc0\xaf</xml>",
            b"\xfe\xff\0{\0}",
            b"\0{}",
            b"<xml>\0</xml>",
        ] {
            assert_eq!(Fields::parse(body), Err(Malformed), "{body:?}");
        }
    }

    #[test]
    fn what_is_deep_or_wide_is_refused_soon() {
        let nested = |open: &str, close: &str, times: usize| format!("{}{}", open.repeat(times), close.repeat(times));
        let attributes: String = (0..8_000).fold(String::new(), |text, number| format!("{text} a{number:x}=''"));
        for body in [
            nested(r#"{"a":"#, "}", 8_000),
            format!(r#"{{"Event":{}}}"#, nested("[", "]", 30_000)),
            "{".repeat(65_536),
            "[".repeat(65_536),
            "<".repeat(65_536),
            "<a>".repeat(20_000),
            format!("<xml>{}</xml>", nested("<a>", "</a>", 9_000)),
            format!("<xml>{}</xml>", "<a/>".repeat(16_000)),
            format!("<xml><a{attributes}/></xml>"),
            "\0".repeat(65_536),
            "\u{feff}".repeat(20_000),
        ] {
            assert_eq!(Fields::parse(body.as_bytes()), Err(Malformed), "{body:.20}");
        }
        // Long is not wrong.
        let long = format!("<xml><Content>{}</Content><Event>e</Event></xml>", "x".repeat(65_536));
        assert_eq!(
            Fields::parse(long.as_bytes()).map(|fields| fields.event),
            Ok(Some("e".into()))
        );
    }

    proptest! {
        #[test]
        fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Fields::parse(&bytes);
            let _ = Fields::parse(&[b"{", bytes.as_slice()].concat());
            let _ = Fields::parse(&[b"<xml>", bytes.as_slice()].concat());
        }

        #[test]
        fn what_looks_like_json_never_panics(
            body in r#"\{("(Event|OpenID| OpenID|[a-z\\]{0,3})":("[^"]{0,9}"|-?[0-9.e]{1,9}|null|[\[\]{}"]),?){0,6}\}?"#,
        ) {
            let _ = Fields::parse(body.as_bytes());
        }

        #[test]
        fn what_looks_like_xml_never_panics(
            body in r"<xml>(</?(Event|OpenID|xml|a:b)( x='y'|/)?>|<!\[CDATA\[|\]\]>|<!--|-->|<\?|<!DOCTYPE|<!ENTITY|&[a-z#0-9]{0,4};|.){0,20}(</xml>)?",
        ) {
            let _ = Fields::parse(body.as_bytes());
        }

        #[test]
        fn json_and_xml_say_the_same(event in "[A-Za-z0-9_<>&\"' \\\\中]{0,20}") {
            let json = serde_json::json!({ "Event": event }).to_string();
            let escaped = event.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let xml = format!("<xml><Event>{escaped}</Event></xml>");
            let trimmed = Some(event.trim().to_owned()).filter(|event| !event.is_empty());
            for body in [json, xml] {
                prop_assert_eq!(Fields::parse(body.as_bytes()).map(|fields| fields.event), Ok(trimmed.clone()));
            }
        }
    }
}
