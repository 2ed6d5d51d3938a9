//! `GET /v1/verify`

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use poem::http::{HeaderName, HeaderValue, StatusCode};
use poem::{IntoResponse, Response};
use poem_openapi::registry::{MetaResponses, Registry};
use poem_openapi::{ApiResponse, OpenApi};
use wxlogin_domain::authenticate::Authenticator;
use wxlogin_domain::external_id::ExternalId;
use wxlogin_domain::session::Session;

use super::Tag;
use super::bearer::{AccessTokenAuth, BEARER_CODES};
use super::problem::{Code, ProblemSet, Refused};

/// What a verification can answer besides success.
pub struct VerifyProblems;

impl ProblemSet for VerifyProblems {
    const CODES: &'static [&'static [Code]] = &[&BEARER_CODES];
}

/// How the answer of a verification is documented.
#[derive(ApiResponse)]
#[expect(dead_code, reason = "it describes what `Good` writes")]
enum Verified {
    /// The access token is good and its session lives.
    #[oai(status = 204)]
    Good(
        /// Whose token it is: its `sub`.
        #[oai(header = "X-Account-Id")]
        String,
        /// Of which session: its `sid`.
        #[oai(header = "X-Session-Id")]
        String,
        /// In which mini program: its `client_id`.
        #[oai(header = "X-App-Id")]
        String,
        /// Who that is in that mini program.
        #[oai(header = "X-Open-Id")]
        String,
        /// Who that is for the business, as the token says: where `WXLOGIN_TOKEN_CLAIMS` has `external_id` and the person
        /// was imported. Percent-encoded, all but letters, digits and `-._~`. Empty for everybody else, and never absent:
        /// a gateway that only replaces what it is told would let through what a client claims to be.
        #[oai(header = "X-External-Id")]
        String,
    ),
}

/// A good token's session and the external id that it names, as the headers of the answer. This is asked for with every
/// request that a gateway lets through: the headers are written into a map that has room for them, and their names are not
/// read each time.
pub struct Good {
    session: Session,
    external_id: Option<ExternalId>,
}

const ACCOUNT: HeaderName = HeaderName::from_static("x-account-id");
const SESSION: HeaderName = HeaderName::from_static("x-session-id");
const APP: HeaderName = HeaderName::from_static("x-app-id");
const OPEN_ID: HeaderName = HeaderName::from_static("x-open-id");
const EXTERNAL_ID: HeaderName = HeaderName::from_static("x-external-id");

/// An external id may be of any language, and a header of ASCII only. What RFC 3986 calls unreserved stays: most ids are
/// made of that.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// These, and those that every answer has.
const ROOM: usize = 9;

impl IntoResponse for Good {
    fn into_response(self) -> Response {
        let Session { id, identity, .. } = self.session;
        let mut response = StatusCode::NO_CONTENT.into_response();
        let headers = response.headers_mut();
        headers.reserve(ROOM);
        for (name, value) in [
            (ACCOUNT, HeaderValue::try_from(id.account.to_string())),
            (SESSION, HeaderValue::try_from(id.session.to_string())),
            (APP, HeaderValue::from_str(identity.app.as_str())),
            (OPEN_ID, HeaderValue::from_str(identity.openid.as_str())),
            (EXTERNAL_ID, HeaderValue::try_from(encoded(self.external_id.as_ref()))),
        ] {
            // Ids are made of letters, digits, `-` and `_`: each is a value. So is what is encoded.
            headers.extend(value.ok().map(|value| (name, value)));
        }
        response
    }
}

fn encoded(id: Option<&ExternalId>) -> String {
    let text = id.map_or("", ExternalId::as_str);
    utf8_percent_encode(text, RESERVED).to_string()
}

impl ApiResponse for Good {
    fn meta() -> MetaResponses {
        Verified::meta()
    }

    fn register(registry: &mut Registry) {
        Verified::register(registry);
    }
}

/// Forward authentication.
#[derive(Clone)]
pub struct VerifyApi {
    authenticator: Authenticator,
}

impl VerifyApi {
    /// Served by this authenticator.
    pub fn new(authenticator: Authenticator) -> Self {
        Self { authenticator }
    }
}

#[OpenApi]
impl VerifyApi {
    /// Verify an access token
    ///
    /// Forward authentication for gateways (nginx `auth_request`, Traefik, Caddy, APISIX): 204 with the identity in
    /// headers, 401 without a good token, 403 for a suspended account. Sees revocation at once.
    #[oai(
        path = "/v1/verify",
        method = "get",
        operation_id = "verifyToken",
        tag = "Tag::Backends"
    )]
    pub async fn verify(&self, auth: AccessTokenAuth) -> Result<Good, Refused<VerifyProblems>> {
        let (claims, session) = auth.believed(&self.authenticator).await?;
        Ok(Good {
            session,
            external_id: claims.external_id,
        })
    }
}
