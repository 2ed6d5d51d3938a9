//! Failures that any use case can have: the store, the signer.

use wxlogin_domain::ports::access_tokens::SignError;
use wxlogin_domain::ports::store::StoreError;

use super::problem::{Code, Problem};

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        match error {
            StoreError::Unavailable(_) => Self::new(Code::StoreUnavailable),
            StoreError::Unreadable(_) => Self::new(Code::Internal),
        }
    }
}

impl From<SignError> for Problem {
    fn from(error: SignError) -> Self {
        tracing::error!(%error, "signing failed");
        Self::new(Code::Internal)
    }
}
