//! API keys in requests: which backend or operator is calling.

use std::marker::PhantomData;
use std::sync::Arc;

use poem::Request;
use poem::http::header;
use poem::web::headers::authorization::Basic;
use poem::web::headers::{Authorization, HeaderMapExt as _};
use poem_openapi::registry::{MetaSecurityScheme, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use wxlogin_domain::api_key::{ApiKey, PresentedApiKey, Scope};
use wxlogin_domain::api_keys::ApiKeyService;
use wxlogin_domain::origin::{Actor, Origin};

use super::came_from;
use super::problem::{Challenge, Code, Problem, text};

/// What a key has to allow.
pub trait Needs: Send + Sync {
    /// The scope.
    const SCOPE: Scope;
}

/// The operators' part of the API.
pub struct Admin;

impl Needs for Admin {
    const SCOPE: Scope = Scope::Admin;
}

/// Token introspection.
pub struct Introspect;

impl Needs for Introspect {
    const SCOPE: Scope = Scope::Introspect;
}

/// The names of the two ways to show a key, in the document.
const BASIC: &str = "apiKeyBasic";
const BEARER: &str = "apiKeyBearer";

/// A caller whose API key is known and allows the call.
pub struct Caller<N> {
    /// Where the request comes from, and by whose key.
    pub origin: Origin,
    needs: PhantomData<N>,
}

/// The problems that every call with an API key can answer.
pub const API_KEY_CODES: [Code; 4] = [
    Code::Unauthorized,
    Code::TokenInvalid,
    Code::InsufficientScope,
    Code::StoreUnavailable,
];

impl<N: Needs> Caller<N> {
    fn of(request: &Request) -> Result<Self, Problem> {
        let challenge = Challenge::ApiKey(N::SCOPE);
        let presented = presented(request).ok_or_else(|| {
            Problem::new(Code::Unauthorized)
                .with_challenge(challenge)
                .with_detail(text(
                    "请求没有带 API key：请用 Authorization: Bearer KEY，或者 Basic NAME:KEY。",
                    "The request has no API key: send Authorization: Bearer KEY, or Basic NAME:KEY.",
                ))
        })?;
        let keys = request.extensions().get::<Arc<ApiKeyService>>();
        let keys = keys.ok_or(Problem::new(Code::Internal))?;
        let Some(key) = keys.authenticate(&presented) else {
            return Err(Problem::new(Code::TokenInvalid)
                .with_challenge(challenge)
                .with_detail(text(
                    "本服务不认识这个 API key，或者它与 Basic 里的名字不符。",
                    "This service does not know the API key, or it is not the one of the name that Basic gives.",
                )));
        };
        let ApiKey { name, scopes, .. } = key;
        if !scopes.contains(&N::SCOPE) {
            return Err(Problem::new(Code::InsufficientScope).with_challenge(challenge));
        }
        Ok(Self {
            origin: came_from::origin(request, Actor::ApiKey(name.as_str().into()))?,
            needs: PhantomData,
        })
    }
}

/// The key that a request shows: as Bearer, or with its name as Basic (RFC 7617).
fn presented(request: &Request) -> Option<PresentedApiKey> {
    if let Some(Authorization(basic)) = request.headers().typed_get::<Authorization<Basic>>() {
        return Some(PresentedApiKey {
            name: Some(basic.username().into()),
            key: basic.password().into(),
        });
    }
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| PresentedApiKey {
        name: None,
        key: key.trim().into(),
    })
}

impl<'a, N: Needs> ApiExtractor<'a> for Caller<N> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        let scheme = |scheme, description| MetaSecurityScheme {
            ty: "http",
            description: Some(description),
            name: None,
            key_in: None,
            scheme: Some(scheme),
            bearer_format: None,
            flows: None,
            openid_connect_url: None,
        };
        registry.create_security_scheme(
            BEARER,
            scheme("bearer", "An API key as it is: `Authorization: Bearer KEY`."),
        );
        registry.create_security_scheme(
            BASIC,
            scheme("basic", "An API key with its name: user `NAME`, password `KEY`."),
        );
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![BEARER, BASIC]
    }

    async fn from_request(
        request: &'a Request,
        _body: &mut poem::RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        Ok(Self::of(request)?)
    }
}
