//! `/playground`: a mini program on a page, and a picture of who calls whom with what while somebody uses it.
//!
//! `wxlogin dev` alone puts it before the API; the router of the service does not know of it. Below it the page finds the
//! stand-in WeChat, on its own origin, so that its Content-Security-Policy can be strict, and for nobody but itself.

mod admission;
mod settings;

use std::sync::Arc;

use poem::endpoint::BoxEndpoint;
use poem::http::Method;
use poem::{Endpoint, EndpointExt as _, Request, Response, Route};

use crate::config::Config;
use crate::http::page::Page;

use settings::Settings;

const PATH: &str = "/playground";
const PLATFORM_PATH: &str = "/playground/platform";

const TEMPLATE: &str = include_str!("page/index.html");

const STYLE: &str = concat!(
    include_str!("page/base.css"),
    include_str!("page/phone.css"),
    include_str!("page/sequence.css"),
    include_str!("page/panels.css"),
);

/// One module, in files: each uses what stands above it.
const SCRIPT: &str = concat!(
    include_str!("page/chinese.js"),
    include_str!("page/english.js"),
    include_str!("page/dom.js"),
    include_str!("page/language.js"),
    include_str!("page/masked.js"),
    include_str!("page/reach.js"),
    include_str!("page/sequence.js"),
    include_str!("page/platform.js"),
    include_str!("page/service.js"),
    include_str!("page/access_token.js"),
    include_str!("page/result.js"),
    include_str!("page/phone.js"),
    include_str!("page/mini_program.js"),
    include_str!("page/failures.js"),
    include_str!("page/main.js"),
);

type StandIn = Arc<BoxEndpoint<'static, Response>>;

/// The page, and the stand-in if there is one.
pub struct Playground {
    page: Page,
    stand_in: Option<BoxEndpoint<'static, Response>>,
}

impl Playground {
    /// On a stand-in: everything can be tried.
    #[must_use]
    pub fn with_stand_in(config: &Config, stand_in: StandIn) -> Self {
        Self {
            page: page(&Settings::of(config, true)),
            stand_in: Some(Route::new().nest(PLATFORM_PATH, stand_in).map_to_response().boxed()),
        }
    }

    /// On another WeChat: codes are brought along, and nothing can be made to fail.
    #[must_use]
    pub fn without_stand_in(config: &Config) -> Self {
        Self {
            page: page(&Settings::of(config, false)),
            stand_in: None,
        }
    }

    /// Puts the playground before an API.
    pub fn before<E: Endpoint<Output = Response> + 'static>(
        self,
        api: E,
    ) -> impl Endpoint<Output = Response> + 'static {
        Before { playground: self, api }
    }
}

fn page(settings: &Settings) -> Page {
    Page::new(
        TEMPLATE,
        STYLE,
        &format!("const settings = {}\n{SCRIPT}", settings.to_script()),
    )
}

struct Before<E> {
    playground: Playground,
    api: E,
}

impl<E: Endpoint<Output = Response>> Endpoint for Before<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let path = request.uri().path();
        if path == PATH && matches!(*request.method(), Method::GET | Method::HEAD) {
            return Ok(self.playground.page.response());
        }
        match &self.playground.stand_in {
            Some(stand_in) if admission::is_granted(&request) => stand_in.call(request).await,
            _ => self.api.call(request).await,
        }
    }
}
