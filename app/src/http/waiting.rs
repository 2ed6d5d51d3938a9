//! What is answered while the store is not there yet: the same as later, when it is away for a while.
//!
//! The process is alive, and tells of its API. It is not ready, and everything else is told to come again: neither the
//! tokens nor the keys can be known without the store.

use std::sync::Arc;

use async_trait::async_trait;
use poem::endpoint::{BoxEndpoint, make_sync};
use poem::{Endpoint, EndpointExt as _, IntoEndpoint as _, IntoResponse as _, Request, Response};
use wxlogin_domain::ports::clock::Clock;
use wxlogin_domain::ports::entropy::Entropy;
use wxlogin_domain::ports::platform_health::{AppHealth, PlatformHealth};
use wxlogin_domain::ports::store::{StoreError, StoreHealth};

use super::document::{self, Described};
use super::form::Form;
use super::health::HealthApi;
use super::problem::{Code, Problem};
use super::{Apis, Surroundings, allowed, pages};

/// The endpoint of a service whose store is not there yet.
#[must_use]
pub fn waiting(
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    surroundings: Surroundings,
) -> BoxEndpoint<'static, Response> {
    let described = document::service(Described::<Apis>::new());
    let document = document::json(&described);
    let health = HealthApi::new(Arc::new(NotThereYet), Arc::new(NotThereYet));
    let form = Form {
        allowed: Arc::new(allowed(&document)),
        clock,
        entropy,
        trusted_proxies: surroundings.trusted_proxies.into(),
    };
    let health = Arc::new(document::service(health).into_endpoint());
    let come_again = || make_sync(|_| Problem::new(Code::StoreUnavailable).into_refusal());
    let inner = pages(&document)
        .at("/livez", Arc::clone(&health))
        .at("/readyz", health)
        .at("/", come_again())
        .at("/*", come_again());
    Waiting { form, inner }.boxed()
}

/// An endpoint whose answers are given their form.
struct Waiting<E> {
    form: Form,
    inner: E,
}

impl<E: Endpoint> Endpoint for Waiting<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let asked = self.form.note(&request);
        let response = match self.inner.call(request).await {
            Ok(response) => response.into_response(),
            Err(error) => error.into_response(),
        };
        Ok(self.form.give(&asked, response).response)
    }
}

/// A store that is not there yet, and calls to a platform that nobody has made.
struct NotThereYet;

#[async_trait]
impl StoreHealth for NotThereYet {
    async fn ping(&self) -> Result<(), StoreError> {
        Err(StoreError::Unavailable("it was not there yet".into()))
    }

    async fn prove_writable(&self) -> Result<(), StoreError> {
        self.ping().await
    }
}

impl PlatformHealth for NotThereYet {
    fn health(&self) -> Vec<AppHealth> {
        Vec::new()
    }
}
