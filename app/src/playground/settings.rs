//! What the page is told about this service.

use serde::Serialize;

use crate::config::{App, Config};

#[derive(Serialize)]
pub(super) struct Settings<'a> {
    apps: Vec<Named<'a>>,
    /// Whether WeChat is a stand-in.
    stand_in: bool,
    /// The host of WeChat's API.
    wechat: &'a str,
}

/// A mini program, as people know it.
#[derive(Serialize)]
struct Named<'a> {
    appid: &'a str,
    name: Option<&'a str>,
}

impl<'a> Named<'a> {
    fn of(app: &'a App) -> Self {
        Self {
            appid: app.appid.as_str(),
            name: app.name.as_deref(),
        }
    }
}

impl<'a> Settings<'a> {
    pub(super) fn of(config: &'a Config, stand_in: bool) -> Self {
        Self {
            apps: config.apps.iter().map(Named::of).collect(),
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
            apps: vec![Named {
                appid: "wx1",
                name: Some("</script>"),
            }],
            stand_in: true,
            wechat: "example.com",
        };

        assert_eq!(
            settings.to_script(),
            r#"{"apps":[{"appid":"wx1","name":"\u003c/script>"}],"stand_in":true,"wechat":"example.com"}"#
        );
    }
}
