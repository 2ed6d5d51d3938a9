//! `POST /v1/introspect`

use poem_openapi::{Object, OpenApi};
use serde::Serialize;
use wxlogin_domain::introspect::{ActiveToken, IntrospectService, Introspection};
use wxlogin_domain::token::PresentedAccessToken;

use super::Tag;
use super::api_key::{API_KEY_CODES, Caller, Introspect};
use super::body::BODY_CODES;
use super::problem::{Code, Problem, ProblemSet, Refused};
use super::token_form::TokenForm;
use super::wire::TokenTypeBody;
use super::written::Written;

/// What there is to say of a token (RFC 7662, section 2.2).
#[derive(Object, Serialize)]
#[oai(rename = "Introspection", skip_serializing_if_is_none)]
pub struct IntrospectionBody {
    /// Whether the token is good at this moment. Where it is not, there is nothing else.
    active: bool,
    /// Always `Bearer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    token_type: Option<TokenTypeBody>,
    /// Who issued the token.
    #[serde(skip_serializing_if = "Option::is_none")]
    iss: Option<String>,
    /// For whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    aud: Option<String>,
    /// The account.
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<String>,
    /// The mini program.
    #[serde(skip_serializing_if = "Option::is_none")]
    client_id: Option<String>,
    /// When it was issued (seconds since 1970).
    #[serde(skip_serializing_if = "Option::is_none")]
    iat: Option<i64>,
    /// When it expires (seconds since 1970).
    #[serde(skip_serializing_if = "Option::is_none")]
    exp: Option<i64>,
    /// The token's own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    jti: Option<String>,
    /// The session.
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<String>,
    /// The mini program, in WeChat's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    appid: Option<String>,
    /// The person in that mini program.
    #[serde(skip_serializing_if = "Option::is_none")]
    openid: Option<String>,
    /// The person across mini programs, where WeChat says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    unionid: Option<String>,
    /// The person as the business knows them, where they were imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
}

impl From<Introspection> for IntrospectionBody {
    fn from(introspection: Introspection) -> Self {
        let inactive = Self {
            active: false,
            token_type: None,
            iss: None,
            aud: None,
            sub: None,
            client_id: None,
            iat: None,
            exp: None,
            jti: None,
            sid: None,
            appid: None,
            openid: None,
            unionid: None,
            external_id: None,
        };
        let Introspection::Active(token) = introspection else {
            return inactive;
        };
        let ActiveToken {
            claims,
            session,
            account,
        } = *token;
        // The account knows a unionid that appeared after the session began.
        let unionid = account
            .identity(&session.identity)
            .and_then(|linked| linked.identity.unionid.as_ref());
        Self {
            active: true,
            token_type: Some(TokenTypeBody::Bearer),
            iss: Some(claims.issuer.into()),
            aud: Some(claims.audience.into()),
            sub: Some(claims.session.account.to_string()),
            client_id: Some(claims.client_id.to_string()),
            iat: Some(claims.issued_at.unix_seconds()),
            exp: Some(claims.expires_at.unix_seconds()),
            jti: Some(claims.id.0.into()),
            sid: Some(claims.session.session.to_string()),
            appid: Some(session.identity.app.to_string()),
            openid: Some(session.identity.openid.to_string()),
            unionid: unionid.map(ToString::to_string),
            external_id: account.external_id.as_ref().map(ToString::to_string),
        }
    }
}

/// What an introspection can answer besides what it found.
pub struct IntrospectProblems;

impl ProblemSet for IntrospectProblems {
    const CODES: &'static [&'static [Code]] = &[&API_KEY_CODES, &BODY_CODES];
}

/// Introspection.
#[derive(Clone)]
pub struct IntrospectApi {
    service: IntrospectService,
}

impl IntrospectApi {
    /// Served by this service.
    pub fn new(service: IntrospectService) -> Self {
        Self { service }
    }
}

#[OpenApi]
impl IntrospectApi {
    /// Introspect an access token
    ///
    /// Whether the token is good at this very moment, and whose it is (RFC 7662). Logout, suspension and every other end
    /// of a session are seen at once. What is not good is `{"active": false}`, whatever the reason: unknown, malformed,
    /// expired, revoked. A refresh token is never active: it is for this service alone.
    ///
    /// Needs an API key with the scope `introspect`.
    #[oai(
        path = "/v1/introspect",
        method = "post",
        operation_id = "introspectToken",
        tag = "Tag::Backends"
    )]
    async fn introspect(
        &self,
        _caller: Caller<Introspect>,
        form: TokenForm,
    ) -> Result<Written<IntrospectionBody>, Refused<IntrospectProblems>> {
        let token = PresentedAccessToken::new(form.0);
        let introspection = self.service.introspect(&token).await.map_err(Problem::from)?;
        Ok(Written(introspection.into()))
    }
}

#[cfg(test)]
mod tests {
    use poem_openapi::types::ToJSON as _;

    use super::*;

    #[test]
    fn introspections_are_written_as_they_are_documented() {
        let text = || Some("a \"text\"".to_owned());
        let active = IntrospectionBody {
            active: true,
            token_type: Some(TokenTypeBody::Bearer),
            iss: text(),
            aud: text(),
            sub: text(),
            client_id: text(),
            iat: Some(1_769_000_000),
            exp: Some(1_769_000_900),
            jti: text(),
            sid: text(),
            appid: text(),
            openid: text(),
            unionid: text(),
            external_id: text(),
        };
        for body in [active, Introspection::Inactive.into()] {
            assert_eq!(Some(serde_json::to_value(&body).unwrap()), body.to_json());
        }
    }
}
