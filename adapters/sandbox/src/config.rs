//! What a stand-in is started with.

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use crate::scenario::{Scenario, ScenarioError};

/// The appid of the default app.
///
/// A public constant, because nothing is behind it: it has the shape of a real one and belongs
/// to nobody.
pub const DEFAULT_APPID: &str = "wx0000000000000001";

/// The secret of the default app: public, and worth nothing outside of a stand-in.
pub const DEFAULT_SECRET: &str = "00000000000000000000000000000001";

/// The token of message pushes, for an app that has chosen none: public, like the secret.
pub const DEFAULT_PUSH_TOKEN: &str = "sandboxPushToken";

/// The `EncodingAESKey` of message pushes, for an app that has chosen none: public, like the
/// secret.
pub const DEFAULT_PUSH_AES_KEY: &str = "sandboxsandboxsandboxsandboxsandboxsandbox0";

/// The life of a code on the real platform: 5 minutes.
const CODE_LIFETIME: Duration = Duration::from_secs(300);

/// What the stand-in platform knows from its start.
#[derive(Clone, Debug)]
pub struct SandboxConfig {
    /// The apps, told apart by appid; of two with the same appid the first counts.
    pub apps: Vec<SandboxApp>,
    /// How long a code, of a login or of a phone number, can be exchanged, by the stand-in's own
    /// clock.
    pub code_lifetime: Duration,
    /// What the platform's endpoints do from the start; nothing out of the ordinary by default.
    pub scenario: Scenario,
}

impl Default for SandboxConfig {
    /// One app, [`DEFAULT_APPID`] with [`DEFAULT_SECRET`], and codes that live 5 minutes.
    fn default() -> Self {
        Self {
            apps: vec![SandboxApp::new(DEFAULT_APPID, DEFAULT_SECRET)],
            code_lifetime: CODE_LIFETIME,
            scenario: Scenario::default(),
        }
    }
}

impl SandboxConfig {
    /// The same, with a scenario read from JSON, such as a file's text.
    ///
    /// # Errors
    /// If the text is no scenario; the error says where and why.
    pub fn with_scenario(self, json: &str) -> Result<Self, ScenarioError> {
        Ok(Self {
            scenario: json.parse()?,
            ..self
        })
    }

    pub(crate) fn app(&self, appid: &str) -> Option<&SandboxApp> {
        self.apps.iter().find(|app| app.appid == appid)
    }
}

/// A Mini Program that the stand-in platform knows.
#[derive(Clone, Debug)]
pub struct SandboxApp {
    /// The app's public id; real ones are `wx` and 16 hexadecimal digits, here any text is good.
    pub appid: String,
    /// The app's secret, which `Debug` does not show.
    pub secret: SecretString,
    /// Where and how the app's server wants to be told of events.
    pub push: SandboxPush,
}

impl SandboxApp {
    /// An app of this appid and secret, with [`SandboxPush::default`].
    pub fn new(appid: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        Self {
            appid: appid.into(),
            secret: secret.into(),
            push: SandboxPush::default(),
        }
    }

    /// The same app, with these settings of message push.
    #[must_use]
    pub fn with_push(self, push: SandboxPush) -> Self {
        Self { push, ..self }
    }
}

/// An app's settings of message push, as they are made in the platform's console.
#[derive(Clone, Debug)]
pub struct SandboxPush {
    /// The app's server; a loopback address, because the stand-in pushes nowhere else. Without it
    /// each push has to name its URL.
    pub url: Option<String>,
    /// What pushes are signed with, which `Debug` does not show.
    pub token: SecretString,
    /// The `EncodingAESKey`, 43 letters and digits, which `Debug` does not show. Without it there
    /// is no secure mode.
    pub aes_key: Option<SecretString>,
}

impl SandboxPush {
    /// Messages to this URL, signed with this token, in the clear.
    pub fn new(url: impl Into<String>, token: impl Into<SecretString>) -> Self {
        Self {
            url: Some(url.into()),
            token: token.into(),
            aes_key: None,
        }
    }

    /// The same settings, with this `EncodingAESKey`.
    #[must_use]
    pub fn with_aes_key(self, aes_key: impl Into<SecretString>) -> Self {
        Self {
            aes_key: Some(aes_key.into()),
            ..self
        }
    }

    pub(crate) fn aes_key(&self) -> Option<&str> {
        self.aes_key.as_ref().map(SecretString::expose_secret)
    }
}

impl Default for SandboxPush {
    /// [`DEFAULT_PUSH_TOKEN`] and [`DEFAULT_PUSH_AES_KEY`], and no URL.
    fn default() -> Self {
        Self {
            url: None,
            token: DEFAULT_PUSH_TOKEN.into(),
            aes_key: Some(DEFAULT_PUSH_AES_KEY.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_secret() {
        let shown = format!("{:?}", SandboxConfig::default());

        assert!(shown.contains(DEFAULT_APPID));
        for secret in [DEFAULT_SECRET, DEFAULT_PUSH_TOKEN, DEFAULT_PUSH_AES_KEY] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}
