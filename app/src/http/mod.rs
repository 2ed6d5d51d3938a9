//! The HTTP API: one file per resource, with its wire types, its problems and its handlers.
//!
//! A request passes the `envelope`, is routed to a resource, and turns into a use case's request by parsing. The way
//! back is the same: the use case's result or error becomes a response beside the handler, and the envelope gives every
//! refusal its one form, the [`problem`] document.
//!
//! Until the store is there, the `waiting` endpoint answers in the API's stead; the [`Front`] lets the API take over.

mod admin;
mod allow;
mod api_key;
mod bearer;
mod body;
mod came_from;
mod client_address;
mod decrypt;
mod document;
mod encrypted_data;
mod envelope;
mod export_wire;
mod express;
mod failure;
mod form;
mod front;
mod health;
mod introspect;
mod jwks;
mod login;
mod logout;
mod me;
mod metrics;
mod my_export;
mod my_session_key;
mod my_sessions;
pub mod page;
mod phone;
mod phone_proof;
pub mod problem;
mod push_events;
mod query;
mod rate_limit;
mod reference;
mod refresh;
mod request_id;
mod revoke;
mod session_wire;
mod token_form;
mod verify;
mod waiting;
mod wechat_failure;
mod wire;
mod with_pages;
mod written;

use std::sync::Arc;

use bytes::Bytes;
use ipnet::IpNet;
use poem::endpoint::{BoxEndpoint, make_sync};
use poem::http::header;
use poem::web::Path;
use poem::{Endpoint, EndpointExt as _, IntoEndpoint as _, Response, Route, get, handler};
use poem_openapi::{OpenApiService, Tags};
use serde_json::Value;
use tokio::sync::Semaphore;
use wxlogin_domain::ports::store::Store;

use allow::Allowed;
use bearer::People;
use document::Described;
use envelope::Envelope;
use express::Express;
use form::Form;
use metrics::Metrics;
use problem::{Code, Problem};
use rate_limit::RateLimiter;
use with_pages::WithPages;

use crate::services::Services;

pub use front::Front;
pub use waiting::waiting;

/// The groups of the API.
#[derive(Tags)]
enum Tag {
    /// Codes become tokens, tokens are refreshed, sessions end.
    Login,
    /// What people see of their own account, and change of it.
    Account,
    /// For backends and gateways that trust the tokens.
    Backends,
    /// What WeChat itself calls.
    #[oai(rename = "WeChat")]
    Wechat,
    /// What operators do, with an API key of the scope `admin`.
    Admin,
    /// For whoever runs the service.
    Operations,
}

/// What the API is told about its surroundings.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// How many requests may be under way.
    pub max_concurrent_requests: usize,
}

type Apis = (
    login::LoginApi,
    refresh::RefreshApi,
    logout::LogoutApi,
    revoke::RevokeApi,
    MyApis,
    push_events::PushEventsApi,
    (verify::VerifyApi, introspect::IntrospectApi, jwks::JwksApi),
    AdminApis,
    health::HealthApi,
);

type MyApis = (
    me::MeApi,
    phone::PhoneApi,
    decrypt::DecryptApi,
    my_session_key::MySessionKeyApi,
    my_sessions::MySessionsApi,
    my_export::MyExportApi,
);

type AdminApis = (
    admin::accounts::AccountsApi,
    admin::merge::MergeApi,
    admin::sessions::AccountSessionsApi,
    admin::audit::AuditApi,
    admin::keys::KeysApi,
    admin::api_keys::ApiKeysApi,
    admin::stats::StatsApi,
);

fn apis(services: Services) -> OpenApiService<Apis, ()> {
    let limiter = RateLimiter::new(services.rate_limits);
    let people = People {
        authenticator: services.authenticator.clone(),
        limiter: limiter.clone(),
    };
    document::service((
        login::LoginApi::new(services.login),
        refresh::RefreshApi::new(limiter, services.refresh),
        logout::LogoutApi::new(people.clone(), services.logout),
        revoke::RevokeApi::new(services.revoke),
        (
            me::MeApi::new(people.clone(), services.me, services.accounts.clone()),
            phone::PhoneApi::new(people.clone(), services.phone),
            decrypt::DecryptApi::new(people.clone(), services.reader),
            my_session_key::MySessionKeyApi::new(people.clone(), services.my_session_key),
            my_sessions::MySessionsApi::new(people.clone(), services.my_sessions),
            my_export::MyExportApi::new(people, services.accounts.clone()),
        ),
        push_events::PushEventsApi::new(services.push_events),
        (
            verify::VerifyApi::new(services.authenticator),
            introspect::IntrospectApi::new(services.introspect),
            jwks::JwksApi::new(services.access_tokens),
        ),
        (
            admin::accounts::AccountsApi::new(services.accounts.clone()),
            admin::merge::MergeApi::new(services.accounts.clone()),
            admin::sessions::AccountSessionsApi::new(services.accounts),
            admin::audit::AuditApi::new(Arc::<dyn Store>::clone(&services.store)),
            admin::keys::KeysApi::new(services.keys),
            admin::api_keys::ApiKeysApi::new(services.api_keys),
            admin::stats::StatsApi::new(services.housekeeper),
        ),
        health::HealthApi::new(services.store, services.platform_health),
    ))
}

/// The OpenAPI document as JSON.
#[must_use]
pub fn openapi_json() -> String {
    document::to_text(&document::json(&document::service(Described::<Apis>::new())))
}

/// The OpenAPI document as YAML.
///
/// # Errors
/// When it cannot be written so.
pub fn openapi_yaml() -> Result<String, yaml_serde::Error> {
    yaml_serde::to_string(&document::json(&document::service(Described::<Apis>::new())))
}

/// The whole API as one endpoint.
#[must_use]
pub fn endpoint(services: &Services, surroundings: Surroundings) -> BoxEndpoint<'static, Response> {
    let service = apis(services.clone());
    let document = document::json(&service);
    let metrics = Arc::new(Metrics::new(
        &document,
        Arc::clone(&services.platform_health),
        services.housekeeper.clone(),
    ));
    let form = Form {
        allowed: Arc::new(allowed(&document)),
        clock: Arc::clone(&services.clock),
        entropy: Arc::clone(&services.entropy),
        trusted_proxies: surroundings.trusted_proxies.into(),
    };
    let envelope = Envelope {
        form,
        api_keys: Arc::new(services.api_keys.clone()),
        places: Arc::new(Semaphore::new(surroundings.max_concurrent_requests)),
        limiter: RateLimiter::new(Arc::clone(&services.rate_limits)),
        metrics: Arc::clone(&metrics),
    };
    let pages = pages(&document).at(metrics::PATH, get(metrics::endpoint(metrics)));
    let verify = verify::VerifyApi::new(services.authenticator.clone());
    Express::new(verify, WithPages::new(service.into_endpoint(), pages))
        .with(envelope)
        .boxed()
}

/// Which methods a path takes, whether the document tells of it or not.
fn allowed(document: &Value) -> Allowed {
    Allowed::of(document, &with_pages::PATHS)
}

/// What can be read about the API.
fn pages(document: &Value) -> Route {
    Route::new()
        .at(document::JSON_PATH, get(document_itself(document)))
        .at(reference::PATH, get(reference::endpoint()))
        .at("/problems/:code", get(problem_page))
}

/// The document, whose text is shared by all who ask for it.
fn document_itself(document: &Value) -> impl Endpoint<Output = Response> + use<> {
    let text = Bytes::from(document::to_text(document));
    make_sync(move |_| {
        Response::builder()
            .content_type("application/json")
            .header(header::CACHE_CONTROL, "no-cache")
            .body(text.clone())
    })
}

#[handler]
fn problem_page(Path(code): Path<String>) -> poem::Result<Response> {
    let code = Code::parse(&code).ok_or(Problem::new(Code::NotFound))?;
    Ok(problem::page(code).response())
}
