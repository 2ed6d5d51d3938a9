//! What a stand-in is started with.

use std::time::Duration;

use secrecy::SecretString;

/// The appid of the default app.
///
/// A public constant, because nothing is behind it: it has the shape of a real one and belongs
/// to nobody.
pub const DEFAULT_APPID: &str = "wx0000000000000001";

/// The secret of the default app: public, and worth nothing outside of a stand-in.
pub const DEFAULT_SECRET: &str = "00000000000000000000000000000001";

/// The life of a code on the real platform: 5 minutes.
const CODE_LIFETIME: Duration = Duration::from_secs(300);

/// What the stand-in platform knows from its start.
#[derive(Clone, Debug)]
pub struct SandboxConfig {
    /// The apps, told apart by appid; of two with the same appid the first counts.
    pub apps: Vec<SandboxApp>,
    /// How long a code can be exchanged, by the stand-in's own clock.
    pub code_lifetime: Duration,
}

impl Default for SandboxConfig {
    /// One app, [`DEFAULT_APPID`] with [`DEFAULT_SECRET`], and codes that live 5 minutes.
    fn default() -> Self {
        Self {
            apps: vec![SandboxApp::new(DEFAULT_APPID, DEFAULT_SECRET)],
            code_lifetime: CODE_LIFETIME,
        }
    }
}

impl SandboxConfig {
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
}

impl SandboxApp {
    /// An app of this appid and secret.
    pub fn new(appid: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        Self {
            appid: appid.into(),
            secret: secret.into(),
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
        assert!(!shown.contains(DEFAULT_SECRET), "{shown}");
    }
}
