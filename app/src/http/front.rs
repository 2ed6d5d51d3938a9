//! What the listener serves: one endpoint now, another one from some moment on.

use std::sync::{Arc, PoisonError, RwLock};

use poem::endpoint::BoxEndpoint;
use poem::{Endpoint, Request, Response};

/// An endpoint that another one takes over from, while both are being called.
#[derive(Clone)]
pub struct Front(Arc<RwLock<Arc<BoxEndpoint<'static, Response>>>>);

impl Front {
    /// Answers by this endpoint at first.
    #[must_use]
    pub fn new(first: BoxEndpoint<'static, Response>) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(first))))
    }

    /// Answers by that one from now on. What the former has begun it finishes, and then it is gone.
    pub fn hand_over(&self, next: BoxEndpoint<'static, Response>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
    }
}

impl Endpoint for Front {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let current = Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner));
        current.call(request).await
    }
}
