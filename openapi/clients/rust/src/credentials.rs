//! Who calls.

use progenitor_client::{ClientHooks, ClientInfo, Error, OperationInfo};
use reqwest::header::{AUTHORIZATION, HeaderValue, InvalidHeaderValue};

use crate::Client;

/// What a client sends as `Authorization`.
#[derive(Clone, Debug, Default)]
pub struct Credentials(Option<HeaderValue>);

impl Credentials {
    /// None: for logins and refreshes, whose bodies are the credentials.
    #[must_use]
    pub fn none() -> Self {
        Self(None)
    }

    /// An access token, or an API key.
    ///
    /// # Errors
    /// Where it cannot stand in a header, and so is neither.
    pub fn bearer(token: &str) -> Result<Self, InvalidHeaderValue> {
        let mut value = HeaderValue::try_from(format!("Bearer {token}"))?;
        value.set_sensitive(true);
        Ok(Self(Some(value)))
    }
}

impl Client {
    /// The same client, calling as somebody else. Both share their connections.
    #[must_use]
    pub fn with(&self, credentials: Credentials) -> Self {
        Self::new_with_client(self.baseurl(), self.client().clone(), credentials)
    }
}

impl ClientHooks<Credentials> for Client {
    async fn pre<E>(&self, request: &mut reqwest::Request, _: &OperationInfo) -> Result<(), Error<E>> {
        if let Credentials(Some(value)) = self.inner() {
            request.headers_mut().insert(AUTHORIZATION, value.clone());
        }
        Ok(())
    }
}
