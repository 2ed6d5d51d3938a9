//! `/admin/v1/api-keys`

use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use secrecy::ExposeSecret as _;
use time::OffsetDateTime;
use wxlogin_domain::api_key::{ApiKey, ApiKeyName, Scope};
use wxlogin_domain::api_keys::{ApiKeyService, CreateApiKeyError, ListedApiKey, RemoveApiKeyError};

use crate::http::Tag;
use crate::http::api_key::{API_KEY_CODES, Admin, Caller};
use crate::http::body::{BODY_CODES, Fields, FromBody, JsonBody};
use crate::http::problem::{Code, Problem, ProblemSet, Refused, Text, text};
use crate::http::wire::moment;

/// API keys.
#[derive(Object)]
#[oai(rename = "ApiKeys")]
pub struct ApiKeysBody {
    /// Those of the configuration, then those that were made at run time. The keys themselves are not kept.
    api_keys: Vec<ApiKeyBody>,
}

/// An API key, without the key.
#[derive(Object)]
#[oai(rename = "ApiKey", skip_serializing_if_is_none)]
pub struct ApiKeyBody {
    /// Who uses it.
    name: String,
    /// What it allows.
    scopes: Vec<ScopeBody>,
    /// Whether the configuration has it, and not the store.
    configured: bool,
    /// When it was made; not known of those of the configuration (RFC 3339, UTC).
    created_at: Option<OffsetDateTime>,
}

/// What an API key allows.
#[derive(poem_openapi::Enum)]
#[oai(rename = "Scope", rename_all = "snake_case")]
enum ScopeBody {
    /// The operators' part of the API.
    Admin,
    /// Token introspection.
    Introspect,
}

impl From<Scope> for ScopeBody {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Admin => Self::Admin,
            Scope::Introspect => Self::Introspect,
        }
    }
}

impl ApiKeyBody {
    fn new(key: ApiKey, configured: bool) -> Self {
        Self {
            name: key.name.as_str().to_owned(),
            scopes: key.scopes.into_iter().map(ScopeBody::from).collect(),
            configured,
            created_at: key.created_at.map(moment),
        }
    }
}

impl From<Vec<ListedApiKey>> for ApiKeysBody {
    fn from(listed: Vec<ListedApiKey>) -> Self {
        let body = |listed: ListedApiKey| ApiKeyBody::new(listed.key, listed.is_configured);
        Self {
            api_keys: listed.into_iter().map(body).collect(),
        }
    }
}

/// A new API key.
#[derive(Object)]
#[oai(rename = "CreatedApiKey")]
pub struct CreatedApiKeyBody {
    /// The key. This is the only time that it is shown.
    key: String,
    /// What is kept of it.
    api_key: ApiKeyBody,
}

/// The answer with a new API key.
#[derive(ApiResponse)]
pub enum ApiKeyCreated {
    /// Here it is, this once.
    #[oai(status = 201)]
    Key(Json<CreatedApiKeyBody>),
}

/// The answer of removing an API key.
#[derive(ApiResponse)]
pub enum ApiKeyRemoved {
    /// It is refused from now on; by other replicas within seconds.
    #[oai(status = 204)]
    Done,
}

/// Makes an API key.
#[derive(Object)]
#[oai(rename = "CreateApiKeyRequest", deny_unknown_fields)]
pub struct CreateSchema {
    /// Who will use it: 1 to 64 characters of `A-Z a-z 0-9 _ . -`, not taken.
    #[oai(validator(pattern = "^[A-Za-z0-9_.-]{1,64}$"))]
    name: String,
    /// What it allows, at least one.
    #[oai(validator(min_items = 1))]
    scopes: Vec<ScopeBody>,
}

/// The body, read; complete where nothing was wrong with it.
pub struct CreateBody(Option<(ApiKeyName, Vec<Scope>)>);

impl FromBody for CreateBody {
    type Schema = CreateSchema;

    fn read(fields: &mut Fields) -> Self {
        let name = fields.required_text("name");
        let name = ApiKeyName::parse(&name).inspect_err(|_| {
            if !name.is_empty() {
                let reason = text(
                    "应为 1 至 64 个字符，只含字母、数字、下划线、点和连字符，且不是 command-line、. 或 ..",
                    "1 to 64 characters of A-Z a-z 0-9 _ . - are expected, and not command-line, . or ..",
                );
                fields.refuse("name", reason);
            }
        });
        let scopes: Vec<Option<Scope>> = fields.texts("scopes").iter().map(|name| Scope::parse(name)).collect();
        let scopes: Option<Vec<Scope>> = scopes.into_iter().collect();
        let scopes = scopes.filter(|scopes| !scopes.is_empty());
        if scopes.is_none() {
            let reason = text(
                "应为由 admin、introspect 组成的数组，至少一项",
                "an array of admin, introspect is expected, at least one of them",
            );
            fields.refuse("scopes", reason);
        }
        Self(name.ok().zip(scopes).map(|(name, mut scopes)| {
            scopes.sort_unstable();
            scopes.dedup();
            (name, scopes)
        }))
    }
}

/// What listing API keys can answer besides them.
pub struct ListApiKeysProblems;

impl ProblemSet for ListApiKeysProblems {
    const CODES: &'static [&'static [Code]] = &[&API_KEY_CODES];
}

/// What making an API key can answer besides it.
pub struct CreateApiKeyProblems;

impl ProblemSet for CreateApiKeyProblems {
    const CODES: &'static [&'static [Code]] = &[&API_KEY_CODES, &BODY_CODES];
}

/// What removing an API key can answer besides success.
pub struct RemoveApiKeyProblems;

impl ProblemSet for RemoveApiKeyProblems {
    const CODES: &'static [&'static [Code]] = &[&API_KEY_CODES, &[Code::InvalidRequest, Code::NotFound]];
}

fn wrong_name(reason: Text) -> Problem {
    Problem::invalid_field("name", reason)
}

impl From<CreateApiKeyError> for Problem {
    fn from(error: CreateApiKeyError) -> Self {
        match error {
            CreateApiKeyError::NameTaken => wrong_name(text("这个名字已被使用", "the name is taken")),
            CreateApiKeyError::TooMany => wrong_name(text("API key 太多了", "there are too many API keys")),
            CreateApiKeyError::Store(error) => error.into(),
        }
    }
}

impl From<RemoveApiKeyError> for Problem {
    fn from(error: RemoveApiKeyError) -> Self {
        match error {
            RemoveApiKeyError::Unknown => {
                Self::new(Code::NotFound).with_detail(text("没有这个 API key。", "There is no such API key."))
            }
            RemoveApiKeyError::Configured => wrong_name(text(
                "这个 API key 写在配置里，请从配置中删除",
                "the configuration has this API key: remove it there",
            )),
            RemoveApiKeyError::Store(error) => error.into(),
        }
    }
}

/// Work on API keys.
#[derive(Clone)]
pub struct ApiKeysApi {
    service: ApiKeyService,
}

impl ApiKeysApi {
    /// Served by this service.
    pub fn new(service: ApiKeyService) -> Self {
        Self { service }
    }
}

#[OpenApi]
impl ApiKeysApi {
    /// List API keys
    ///
    /// Who has one, what it allows, and since when; never the keys.
    #[oai(
        path = "/admin/v1/api-keys",
        method = "get",
        operation_id = "listApiKeys",
        tag = "Tag::Admin"
    )]
    async fn list(&self, _caller: Caller<Admin>) -> Result<Json<ApiKeysBody>, Refused<ListApiKeysProblems>> {
        let listed = self.service.list().await.map_err(Problem::from)?;
        Ok(Json(listed.into()))
    }

    /// Make an API key
    ///
    /// For a backend that introspects tokens, or for an operator. The key is answered this once; what is kept is its
    /// SHA-256.
    #[oai(
        path = "/admin/v1/api-keys",
        method = "post",
        operation_id = "createApiKey",
        tag = "Tag::Admin"
    )]
    async fn create(
        &self,
        caller: Caller<Admin>,
        body: JsonBody<CreateBody>,
    ) -> Result<ApiKeyCreated, Refused<CreateApiKeyProblems>> {
        let (name, scopes) = body.0.0.ok_or(Problem::new(Code::Internal))?;
        let created = self.service.create(&caller.origin, name, scopes).await;
        let (key, secret) = created.map_err(Problem::from)?;
        Ok(ApiKeyCreated::Key(Json(CreatedApiKeyBody {
            key: secret.expose_secret().to_owned(),
            api_key: ApiKeyBody::new(key, false),
        })))
    }

    /// Remove an API key
    ///
    /// It is refused from now on; by other replicas within seconds. One of the configuration is removed there.
    #[oai(
        path = "/admin/v1/api-keys/:name",
        method = "delete",
        operation_id = "removeApiKey",
        tag = "Tag::Admin"
    )]
    async fn remove(
        &self,
        caller: Caller<Admin>,
        /// The API key's name.
        name: Path<String>,
    ) -> Result<ApiKeyRemoved, Refused<RemoveApiKeyProblems>> {
        let name = ApiKeyName::parse(&name.0).map_err(|_| Problem::from(RemoveApiKeyError::Unknown))?;
        self.service
            .remove(&caller.origin, &name)
            .await
            .map_err(Problem::from)?;
        Ok(ApiKeyRemoved::Done)
    }
}
