//! What the page is told about this service.

use serde::Serialize;

use crate::config::Config;

#[derive(Serialize)]
pub(super) struct Settings<'a> {
    appids: Vec<&'a str>,
    /// Whether WeChat is a stand-in.
    stand_in: bool,
    /// The host of WeChat's API.
    wechat: &'a str,
}

impl<'a> Settings<'a> {
    pub(super) fn of(config: &'a Config, stand_in: bool) -> Self {
        Self {
            appids: config.apps.iter().map(|app| app.appid.as_str()).collect(),
            stand_in,
            wechat: config.wechat.url.host_str().unwrap_or_default(),
        }
    }

    /// As an expression of a script that stands in a page: nothing in it can end the script.
    pub(super) fn to_script(&self) -> String {
        serde_json::to_string(self).unwrap_or_default().replace('<', "\\u003c")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_it_ends_the_script() {
        let settings = Settings {
            appids: vec!["</script>"],
            stand_in: true,
            wechat: "example.com",
        };

        assert_eq!(
            settings.to_script(),
            r#"{"appids":["\u003c/script>"],"stand_in":true,"wechat":"example.com"}"#
        );
    }
}
