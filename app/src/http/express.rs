//! The short way to `/v1/verify`, which a gateway asks with every request that it lets through: past the router and the
//! framework's extractors, to the same handler. Who has no token to show takes the long way, and is told so there.

use std::sync::Arc;

use poem::http::Method;
use poem::{Endpoint, IntoResponse as _, PathPattern, Request, Response};
use poem_openapi::auth::{Bearer, BearerAuthorization as _};

use super::bearer::AccessTokenAuth;
use super::verify::VerifyApi;

const PATH: &str = "/v1/verify";

/// An endpoint with a short way past it.
pub struct Express<E> {
    verify: VerifyApi,
    inner: E,
    /// What the router would say of the path.
    pattern: PathPattern,
}

impl<E: Endpoint<Output = Response>> Express<E> {
    /// To this handler, past that endpoint, which has it too.
    pub fn new(verify: VerifyApi, inner: E) -> Self {
        Self {
            verify,
            inner,
            pattern: PathPattern(Arc::from(PATH)),
        }
    }
}

impl<E: Endpoint<Output = Response>> Endpoint for Express<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let Some(auth) = shown(&request) else {
            return self.inner.call(request).await;
        };
        match self.verify.verify(auth).await {
            Ok(good) => {
                let mut response = good.into_response();
                response.set_data(self.pattern.clone());
                Ok(response)
            }
            Err(refused) => {
                let mut error = poem::Error::from(refused);
                error.set_data(self.pattern.clone());
                Err(error)
            }
        }
    }
}

/// The token that a request to verify shows.
fn shown(request: &Request) -> Option<AccessTokenAuth> {
    if request.method() != Method::GET || request.uri().path() != PATH {
        return None;
    }
    Bearer::from_request(request).ok().map(AccessTokenAuth::new)
}
