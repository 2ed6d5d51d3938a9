//! What proves to WeChat that a caller speaks for an app.

use secrecy::{ExposeSecret, SecretString};
use wxlogin_domain::identity::AppId;

/// The secret of an app, from the WeChat console.
#[derive(Debug, Clone)]
pub struct AppSecret(SecretString);

impl AppSecret {
    /// Takes the text as it is.
    #[must_use]
    pub fn new(text: SecretString) -> Self {
        Self(text)
    }

    /// The text, for the call that sends it to WeChat.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// An app and its secret.
#[derive(Debug, Clone)]
pub struct AppCredentials {
    /// Which app.
    pub app: AppId,
    /// Its secret.
    pub secret: AppSecret,
}
