// Made from openapi/openapi.json by `openapi/generate rust`. Do not edit: change the service, then run that again.

#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///A person's account.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Account {
        ///The picture to show.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub avatar_url: ::std::option::Option<::std::string::String>,
        ///When the account came to be (RFC 3339, UTC).
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///The id that the business knows this person by, where the account was imported with one.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub external_id: ::std::option::Option<::std::string::String>,
        ///The account's id, opaque: the `sub` of access tokens.
        pub id: ::std::string::String,
        ///Who the person is in each app, in the order in which they came.
        pub identities: ::std::vec::Vec<Identity>,
        ///When it last logged in with a code, or was imported (RFC 3339, UTC).
        pub last_login_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///The name to show.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub nickname: ::std::option::Option<::std::string::String>,
        ///The telephone number bound to the account, as WeChat verified it, or the business before it was imported.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone: ::std::option::Option<Phone>,
        ///Whether the account may log in.
        pub status: AccountStatus,
    }
    impl Account {
        pub fn builder() -> builder::Account {
            Default::default()
        }
    }
    ///Everything held about an account.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct AccountExport {
        ///The account.
        pub account: Account,
        ///What the audit log has on it, newest first; 10,000 events at the most.
        pub audit: ::std::vec::Vec<AuditEvent>,
        ///Its sessions, ended and expired ones too, as long as they are kept.
        pub sessions: ::std::vec::Vec<Session>,
    }
    impl AccountExport {
        pub fn builder() -> builder::AccountExport {
            Default::default()
        }
    }
    ///A page of accounts.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct AccountPage {
        /**The accounts, in the order in which they came to be. A page may have fewer than `limit`, and still not be the
last.*/
        pub accounts: ::std::vec::Vec<OperatorAccount>,
        ///Where the next page begins: the `cursor` to ask for it with. Absent on the last page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    impl AccountPage {
        pub fn builder() -> builder::AccountPage {
            Default::default()
        }
    }
    ///Whether an account may log in.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum AccountStatus {
        #[serde(rename = "active")]
        Active,
        #[serde(rename = "suspended")]
        Suspended,
    }
    impl ::std::fmt::Display for AccountStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Active => f.write_str("active"),
                Self::Suspended => f.write_str("suspended"),
            }
        }
    }
    impl ::std::str::FromStr for AccountStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "active" => Ok(Self::Active),
                "suspended" => Ok(Self::Suspended),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for AccountStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for AccountStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///An API key, without the key.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct ApiKey {
        ///Whether the configuration has it, and not the store.
        pub configured: bool,
        ///When it was made; not known of those of the configuration (RFC 3339, UTC).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub created_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///Who uses it.
        pub name: ::std::string::String,
        ///What it allows.
        pub scopes: ::std::vec::Vec<Scope>,
    }
    impl ApiKey {
        pub fn builder() -> builder::ApiKey {
            Default::default()
        }
    }
    ///API keys.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct ApiKeys {
        ///Those of the configuration, then those that were made at run time. The keys themselves are not kept.
        pub api_keys: ::std::vec::Vec<ApiKey>,
    }
    impl ApiKeys {
        pub fn builder() -> builder::ApiKeys {
            Default::default()
        }
    }
    ///How WeChat does for a mini program, as far as the calls to it tell.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct AppHealth {
        ///Whether WeChat is called for what needs an `access_token`: phone codes, session keys.
        pub access_token_circuit: Circuit,
        ///The mini program.
        pub appid: ::std::string::String,
        ///Whether WeChat is called for logins.
        pub circuit: Circuit,
        ///Calls that are under way.
        pub in_flight: u64,
    }
    impl AppHealth {
        pub fn builder() -> builder::AppHealth {
            Default::default()
        }
    }
    ///Something that happened.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct AuditEvent {
        ///To which account.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub account_id: ::std::option::Option<::std::string::String>,
        /**What: `login_succeeded`, `login_failed`, `refresh_token_reused`, `logged_out`, `logged_out_everywhere`,
`token_revoked`, `session_ended`, `sessions_ended`, `account_suspended`, `account_restored`, `account_erased`,
`account_merged`, `account_merged_away`, `unionid_conflict`, `phone_bound`, `phone_removed`, `user_info_modified`,
`authorization_revoked`, `authorization_cancelled`, `session_key_reset`, `account_viewed`, `accounts_searched`,
`accounts_imported`, `account_exported`, `key_activated`, `key_retired`, `keys_resealed`, `refresh_key_replaced`,
`api_key_created`, `api_key_removed`. There may be more in later releases.*/
        pub action: ::std::string::String,
        ///Who did it: `person`, `wechat`, `service`, or `api_key:NAME`, which the person's own export calls `operator`.
        pub actor: ::std::string::String,
        ///In which mini program.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub appid: ::std::option::Option<::std::string::String>,
        ///When (RFC 3339, UTC).
        pub at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///With which problem it was refused, if it was.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub code: ::std::option::Option<::std::string::String>,
        /**What else there is to say: a key's id, an API key's name, the other account of a merge or a conflict, WeChat's
numbers for what was taken back, how many accounts were imported.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub detail: ::std::option::Option<::std::string::String>,
        ///The event's id.
        pub id: ::std::string::String,
        ///From which address: a pseudonym, the same for the same address.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ip: ::std::option::Option<::std::string::String>,
        ///In which request.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub request_id: ::std::option::Option<::std::string::String>,
        ///To which session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub session_id: ::std::option::Option<::std::string::String>,
    }
    impl AuditEvent {
        pub fn builder() -> builder::AuditEvent {
            Default::default()
        }
    }
    ///A page of the audit log.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct AuditPage {
        ///The events, newest first. A page may have fewer than `limit`, even none, and still not be the last.
        pub events: ::std::vec::Vec<AuditEvent>,
        ///Where the next page begins: the `cursor` to ask for it with. Absent on the last page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    impl AuditPage {
        pub fn builder() -> builder::AuditPage {
            Default::default()
        }
    }
    /**How much there was when it was counted last. The service counts on its way through the store, all the time, so that
nobody waits for it.*/
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Census {
        ///Accounts, suspended ones included.
        pub accounts: u64,
        ///When the counting ended (RFC 3339, UTC).
        pub counted_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Live sessions.
        pub live_sessions: u64,
        ///Suspended accounts.
        pub suspended_accounts: u64,
    }
    impl Census {
        pub fn builder() -> builder::Census {
            Default::default()
        }
    }
    ///Whether WeChat is called.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Circuit {
        #[serde(rename = "closed")]
        Closed,
        #[serde(rename = "open")]
        Open,
        #[serde(rename = "half_open")]
        HalfOpen,
    }
    impl ::std::fmt::Display for Circuit {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Closed => f.write_str("closed"),
                Self::Open => f.write_str("open"),
                Self::HalfOpen => f.write_str("half_open"),
            }
        }
    }
    impl ::std::str::FromStr for Circuit {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "closed" => Ok(Self::Closed),
                "open" => Ok(Self::Open),
                "half_open" => Ok(Self::HalfOpen),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Circuit {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Circuit {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Makes an API key.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct CreateApiKeyRequest {
        ///Who will use it: 1 to 64 characters of `A-Z a-z 0-9 _ . -`, not taken.
        pub name: ::std::string::String,
        ///What it allows, at least one.
        pub scopes: ::std::vec::Vec<Scope>,
    }
    impl CreateApiKeyRequest {
        pub fn builder() -> builder::CreateApiKeyRequest {
            Default::default()
        }
    }
    ///A new API key.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct CreatedApiKey {
        ///What is kept of it.
        pub api_key: ApiKey,
        ///The key. This is the only time that it is shown.
        pub key: ::std::string::String,
    }
    impl CreatedApiKey {
        pub fn builder() -> builder::CreatedApiKey {
            Default::default()
        }
    }
    ///Encrypted data of the mini program.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct DecryptRequest {
        /**`res.code` of a `wx.login` that was called before the data were asked for; brings their key. Without it, the key
of the last login is used.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub code: ::std::option::Option<::std::string::String>,
        ///`encryptedData`, base64.
        pub encrypted_data: ::std::string::String,
        ///`iv`, base64 of 16 bytes.
        pub iv: ::std::string::String,
    }
    impl DecryptRequest {
        pub fn builder() -> builder::DecryptRequest {
            Default::default()
        }
    }
    ///What was encrypted.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Decrypted {
        ///The JSON object that WeChat encrypted, as it wrote it; with its `watermark`, which was checked.
        pub data: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    impl Decrypted {
        pub fn builder() -> builder::Decrypted {
            Default::default()
        }
    }
    ///A field of the request that is wrong.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct FieldError {
        ///The field's name; `body` for the body as a whole.
        pub field: ::std::string::String,
        ///What is wrong with it, in the language of the request.
        pub reason: ::std::string::String,
    }
    impl FieldError {
        pub fn builder() -> builder::FieldError {
            Default::default()
        }
    }
    ///That all is well.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Health {
        ///Always `ok`; anything else is a problem document.
        pub status: ::std::string::String,
    }
    impl Health {
        pub fn builder() -> builder::Health {
            Default::default()
        }
    }
    ///A person in one mini program.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Identity {
        ///The mini program.
        pub appid: ::std::string::String,
        ///When this identity first logged in, or was imported (RFC 3339, UTC).
        pub first_seen_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///The person in it.
        pub openid: ::std::string::String,
        ///The person across the apps of one Open Platform account, where WeChat says so.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub unionid: ::std::option::Option<::std::string::String>,
    }
    impl Identity {
        pub fn builder() -> builder::Identity {
            Default::default()
        }
    }
    ///What there is to say of a token (RFC 7662, section 2.2).
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Introspection {
        ///Whether the token is good at this moment. Where it is not, there is nothing else.
        pub active: bool,
        ///The mini program, in WeChat's word.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub appid: ::std::option::Option<::std::string::String>,
        ///For whom.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub aud: ::std::option::Option<::std::string::String>,
        ///The mini program.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub client_id: ::std::option::Option<::std::string::String>,
        ///When it expires (seconds since 1970).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub exp: ::std::option::Option<i64>,
        ///The person as the business knows them, where they were imported.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub external_id: ::std::option::Option<::std::string::String>,
        ///When it was issued (seconds since 1970).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub iat: ::std::option::Option<i64>,
        ///Who issued the token.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub iss: ::std::option::Option<::std::string::String>,
        ///The token's own id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub jti: ::std::option::Option<::std::string::String>,
        ///The person in that mini program.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub openid: ::std::option::Option<::std::string::String>,
        ///The session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sid: ::std::option::Option<::std::string::String>,
        ///The account.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sub: ::std::option::Option<::std::string::String>,
        ///Always `Bearer`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token_type: ::std::option::Option<TokenType>,
        ///The person across mini programs, where WeChat says so.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub unionid: ::std::option::Option<::std::string::String>,
    }
    impl Introspection {
        pub fn builder() -> builder::Introspection {
            Default::default()
        }
    }
    ///A public key (RFC 7517, RFC 7518, RFC 8037).
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Jwk {
        ///The one algorithm that it is used with.
        pub alg: ::std::string::String,
        ///The curve of an `OKP` or `EC` key.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub crv: ::std::option::Option<::std::string::String>,
        ///The exponent of an `RSA` key (base64url).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub e: ::std::option::Option<::std::string::String>,
        ///Its id, as in the tokens' header: its RFC 7638 thumbprint.
        pub kid: ::std::string::String,
        ///The kind of key: `OKP`, `EC` or `RSA`.
        pub kty: ::std::string::String,
        ///The modulus of an `RSA` key (base64url).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub n: ::std::option::Option<::std::string::String>,
        ///What it is for: always `sig`.
        #[serde(rename = "use")]
        pub use_: ::std::string::String,
        ///The point of an `OKP` key, or its abscissa of an `EC` key (base64url).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub x: ::std::option::Option<::std::string::String>,
        ///The ordinate of an `EC` key (base64url).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub y: ::std::option::Option<::std::string::String>,
    }
    impl Jwk {
        pub fn builder() -> builder::Jwk {
            Default::default()
        }
    }
    ///A JSON Web Key Set (RFC 7517).
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Jwks {
        ///The keys that access tokens of this service are verified with.
        pub keys: ::std::vec::Vec<Jwk>,
    }
    impl Jwks {
        pub fn builder() -> builder::Jwks {
            Default::default()
        }
    }
    ///Logs in with a code of `wx.login`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct LoginRequest {
        ///Which mini program. May be left out where only one is configured.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub appid: ::std::option::Option<::std::string::String>,
        ///`res.code` of `wx.login`: lives five minutes, works once.
        pub code: ::std::string::String,
        ///What the person logs in on, to be shown in a list of sessions.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub device: ::std::option::Option<::std::string::String>,
        /**`encryptedData` of the getPhoneNumber button, base64. Comes together with `iv`; the number is then verified and
bound in the same call.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub encrypted_data: ::std::option::Option<::std::string::String>,
        ///`iv` of the getPhoneNumber button, base64 of 16 bytes.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub iv: ::std::option::Option<::std::string::String>,
        /**`code` of the getPhoneNumber button, in the place of `encrypted_data` and `iv`: another one than that of
`wx.login`. The number is verified and bound in the same call.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone_code: ::std::option::Option<::std::string::String>,
    }
    impl LoginRequest {
        pub fn builder() -> builder::LoginRequest {
            Default::default()
        }
    }
    ///Which sessions to end.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct LogoutRequest {
        ///`true` ends every session of the account; otherwise only the one of the access token ends.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub all: ::std::option::Option<bool>,
    }
    impl LogoutRequest {
        pub fn builder() -> builder::LogoutRequest {
            Default::default()
        }
    }
    ///Which account it is merged into.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct MergeRequest {
        ///The account that is left.
        pub into: ::std::string::String,
        /**Which of the two prevails where both have something that an account has once: the id of the one or the other.
Needed where both have an identity in the same mini program, or external ids that differ.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub keep: ::std::option::Option<::std::string::String>,
    }
    impl MergeRequest {
        pub fn builder() -> builder::MergeRequest {
            Default::default()
        }
    }
    ///An account, as operators see it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct OperatorAccount {
        ///The picture to show.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub avatar_url: ::std::option::Option<::std::string::String>,
        ///When the account came to be (RFC 3339, UTC).
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///The id that the business knows this person by, where the account was imported with one.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub external_id: ::std::option::Option<::std::string::String>,
        ///The account's id, opaque: the `sub` of access tokens.
        pub id: ::std::string::String,
        ///Who the person is in each app, in the order in which they came.
        pub identities: ::std::vec::Vec<Identity>,
        ///When it last logged in with a code, or was imported (RFC 3339, UTC).
        pub last_login_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///The name to show.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub nickname: ::std::option::Option<::std::string::String>,
        ///The telephone number bound to the account, as WeChat verified it, or the business before it was imported.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone: ::std::option::Option<Phone>,
        ///Whether the account may log in.
        pub status: AccountStatus,
        /**Other accounts that have the unionid which WeChat names for an identity of this one: most likely the same
person's. Nothing is merged by itself; merge them, or leave them.*/
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub unionid_conflicts: ::std::vec::Vec<UnionidConflict>,
    }
    impl OperatorAccount {
        pub fn builder() -> builder::OperatorAccount {
            Default::default()
        }
    }
    ///A verified telephone number.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Phone {
        ///The country calling code, e.g. `86`.
        pub country_code: ::std::string::String,
        ///The number in E.164, e.g. `+8613800138000`.
        pub number: ::std::string::String,
        ///When WeChat vouched for it, or when it was imported (RFC 3339, UTC).
        pub verified_at: ::chrono::DateTime<::chrono::offset::Utc>,
    }
    impl Phone {
        pub fn builder() -> builder::Phone {
            Default::default()
        }
    }
    ///What proves a phone number: the button's code, or its encrypted data.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct PhoneProof {
        /**`res.code` of a `wx.login` that was called before the button was tapped; brings the key of `encrypted_data`.
Without it, the key of the last login is used.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub code: ::std::option::Option<::std::string::String>,
        ///`encryptedData` of the getPhoneNumber button, base64. Comes together with `iv`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub encrypted_data: ::std::option::Option<::std::string::String>,
        ///`iv` of the getPhoneNumber button, base64 of 16 bytes.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub iv: ::std::option::Option<::std::string::String>,
        ///`code` of the getPhoneNumber button: another one than that of `wx.login`. Lives five minutes, works once.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone_code: ::std::option::Option<::std::string::String>,
    }
    impl PhoneProof {
        pub fn builder() -> builder::PhoneProof {
            Default::default()
        }
    }
    ///A problem document (RFC 9457).
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Problem {
        ///What the client does about it.
        pub action: ProblemAction,
        ///The machine-readable name of the problem. Never changes. One of `ProblemCode`, or newer.
        pub code: ::std::string::String,
        ///Why, and what to do, in the language of the request.
        pub detail: ::std::string::String,
        ///Which fields of the request are wrong.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub errors: ::std::vec::Vec<FieldError>,
        ///The request's id, as in `X-Request-Id`: name it when you ask for help.
        pub request_id: ::std::string::String,
        ///Whether the same wish may succeed later with nobody changing anything.
        pub retryable: bool,
        ///The HTTP status.
        pub status: u16,
        ///What happened, in a few words, in the language of the request.
        pub title: ::std::string::String,
        ///Where the problem is explained: a path on this server.
        #[serde(rename = "type")]
        pub type_: ::std::string::String,
    }
    impl Problem {
        pub fn builder() -> builder::Problem {
            Default::default()
        }
    }
    ///What a client does about a problem.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ProblemAction {
        #[serde(rename = "relogin")]
        Relogin,
        #[serde(rename = "refresh")]
        Refresh,
        #[serde(rename = "retry")]
        Retry,
        #[serde(rename = "fix_request")]
        FixRequest,
        #[serde(rename = "contact_support")]
        ContactSupport,
    }
    impl ::std::fmt::Display for ProblemAction {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Relogin => f.write_str("relogin"),
                Self::Refresh => f.write_str("refresh"),
                Self::Retry => f.write_str("retry"),
                Self::FixRequest => f.write_str("fix_request"),
                Self::ContactSupport => f.write_str("contact_support"),
            }
        }
    }
    impl ::std::str::FromStr for ProblemAction {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "relogin" => Ok(Self::Relogin),
                "refresh" => Ok(Self::Refresh),
                "retry" => Ok(Self::Retry),
                "fix_request" => Ok(Self::FixRequest),
                "contact_support" => Ok(Self::ContactSupport),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ProblemAction {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ProblemAction {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///The machine-readable name of a problem. Never changes its meaning.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ProblemCode {
        #[serde(rename = "invalid_request")]
        InvalidRequest,
        #[serde(rename = "code_missing")]
        CodeMissing,
        #[serde(rename = "code_malformed")]
        CodeMalformed,
        #[serde(rename = "code_invalid")]
        CodeInvalid,
        #[serde(rename = "code_already_used")]
        CodeAlreadyUsed,
        #[serde(rename = "unknown_app")]
        UnknownApp,
        #[serde(rename = "unauthorized")]
        Unauthorized,
        #[serde(rename = "token_invalid")]
        TokenInvalid,
        #[serde(rename = "token_expired")]
        TokenExpired,
        #[serde(rename = "session_revoked")]
        SessionRevoked,
        #[serde(rename = "refresh_token_invalid")]
        RefreshTokenInvalid,
        #[serde(rename = "refresh_token_expired")]
        RefreshTokenExpired,
        #[serde(rename = "refresh_token_reused")]
        RefreshTokenReused,
        #[serde(rename = "account_suspended")]
        AccountSuspended,
        #[serde(rename = "wechat_user_blocked")]
        WechatUserBlocked,
        #[serde(rename = "insufficient_scope")]
        InsufficientScope,
        #[serde(rename = "signature_invalid")]
        SignatureInvalid,
        #[serde(rename = "not_found")]
        NotFound,
        #[serde(rename = "method_not_allowed")]
        MethodNotAllowed,
        #[serde(rename = "payload_too_large")]
        PayloadTooLarge,
        #[serde(rename = "unsupported_media_type")]
        UnsupportedMediaType,
        #[serde(rename = "session_key_stale")]
        SessionKeyStale,
        #[serde(rename = "phone_taken")]
        PhoneTaken,
        #[serde(rename = "merge_conflict")]
        MergeConflict,
        #[serde(rename = "decryption_failed")]
        DecryptionFailed,
        #[serde(rename = "watermark_mismatch")]
        WatermarkMismatch,
        #[serde(rename = "watermark_expired")]
        WatermarkExpired,
        #[serde(rename = "phone_code_invalid")]
        PhoneCodeInvalid,
        #[serde(rename = "rate_limited")]
        RateLimited,
        #[serde(rename = "wechat_rate_limited")]
        WechatRateLimited,
        #[serde(rename = "internal")]
        Internal,
        #[serde(rename = "wechat_app_misconfigured")]
        WechatAppMisconfigured,
        #[serde(rename = "wechat_rejected")]
        WechatRejected,
        #[serde(rename = "wechat_bad_response")]
        WechatBadResponse,
        #[serde(rename = "wechat_unavailable")]
        WechatUnavailable,
        #[serde(rename = "wechat_quota_exhausted")]
        WechatQuotaExhausted,
        #[serde(rename = "store_unavailable")]
        StoreUnavailable,
        #[serde(rename = "overloaded")]
        Overloaded,
    }
    impl ::std::fmt::Display for ProblemCode {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::InvalidRequest => f.write_str("invalid_request"),
                Self::CodeMissing => f.write_str("code_missing"),
                Self::CodeMalformed => f.write_str("code_malformed"),
                Self::CodeInvalid => f.write_str("code_invalid"),
                Self::CodeAlreadyUsed => f.write_str("code_already_used"),
                Self::UnknownApp => f.write_str("unknown_app"),
                Self::Unauthorized => f.write_str("unauthorized"),
                Self::TokenInvalid => f.write_str("token_invalid"),
                Self::TokenExpired => f.write_str("token_expired"),
                Self::SessionRevoked => f.write_str("session_revoked"),
                Self::RefreshTokenInvalid => f.write_str("refresh_token_invalid"),
                Self::RefreshTokenExpired => f.write_str("refresh_token_expired"),
                Self::RefreshTokenReused => f.write_str("refresh_token_reused"),
                Self::AccountSuspended => f.write_str("account_suspended"),
                Self::WechatUserBlocked => f.write_str("wechat_user_blocked"),
                Self::InsufficientScope => f.write_str("insufficient_scope"),
                Self::SignatureInvalid => f.write_str("signature_invalid"),
                Self::NotFound => f.write_str("not_found"),
                Self::MethodNotAllowed => f.write_str("method_not_allowed"),
                Self::PayloadTooLarge => f.write_str("payload_too_large"),
                Self::UnsupportedMediaType => f.write_str("unsupported_media_type"),
                Self::SessionKeyStale => f.write_str("session_key_stale"),
                Self::PhoneTaken => f.write_str("phone_taken"),
                Self::MergeConflict => f.write_str("merge_conflict"),
                Self::DecryptionFailed => f.write_str("decryption_failed"),
                Self::WatermarkMismatch => f.write_str("watermark_mismatch"),
                Self::WatermarkExpired => f.write_str("watermark_expired"),
                Self::PhoneCodeInvalid => f.write_str("phone_code_invalid"),
                Self::RateLimited => f.write_str("rate_limited"),
                Self::WechatRateLimited => f.write_str("wechat_rate_limited"),
                Self::Internal => f.write_str("internal"),
                Self::WechatAppMisconfigured => f.write_str("wechat_app_misconfigured"),
                Self::WechatRejected => f.write_str("wechat_rejected"),
                Self::WechatBadResponse => f.write_str("wechat_bad_response"),
                Self::WechatUnavailable => f.write_str("wechat_unavailable"),
                Self::WechatQuotaExhausted => f.write_str("wechat_quota_exhausted"),
                Self::StoreUnavailable => f.write_str("store_unavailable"),
                Self::Overloaded => f.write_str("overloaded"),
            }
        }
    }
    impl ::std::str::FromStr for ProblemCode {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "invalid_request" => Ok(Self::InvalidRequest),
                "code_missing" => Ok(Self::CodeMissing),
                "code_malformed" => Ok(Self::CodeMalformed),
                "code_invalid" => Ok(Self::CodeInvalid),
                "code_already_used" => Ok(Self::CodeAlreadyUsed),
                "unknown_app" => Ok(Self::UnknownApp),
                "unauthorized" => Ok(Self::Unauthorized),
                "token_invalid" => Ok(Self::TokenInvalid),
                "token_expired" => Ok(Self::TokenExpired),
                "session_revoked" => Ok(Self::SessionRevoked),
                "refresh_token_invalid" => Ok(Self::RefreshTokenInvalid),
                "refresh_token_expired" => Ok(Self::RefreshTokenExpired),
                "refresh_token_reused" => Ok(Self::RefreshTokenReused),
                "account_suspended" => Ok(Self::AccountSuspended),
                "wechat_user_blocked" => Ok(Self::WechatUserBlocked),
                "insufficient_scope" => Ok(Self::InsufficientScope),
                "signature_invalid" => Ok(Self::SignatureInvalid),
                "not_found" => Ok(Self::NotFound),
                "method_not_allowed" => Ok(Self::MethodNotAllowed),
                "payload_too_large" => Ok(Self::PayloadTooLarge),
                "unsupported_media_type" => Ok(Self::UnsupportedMediaType),
                "session_key_stale" => Ok(Self::SessionKeyStale),
                "phone_taken" => Ok(Self::PhoneTaken),
                "merge_conflict" => Ok(Self::MergeConflict),
                "decryption_failed" => Ok(Self::DecryptionFailed),
                "watermark_mismatch" => Ok(Self::WatermarkMismatch),
                "watermark_expired" => Ok(Self::WatermarkExpired),
                "phone_code_invalid" => Ok(Self::PhoneCodeInvalid),
                "rate_limited" => Ok(Self::RateLimited),
                "wechat_rate_limited" => Ok(Self::WechatRateLimited),
                "internal" => Ok(Self::Internal),
                "wechat_app_misconfigured" => Ok(Self::WechatAppMisconfigured),
                "wechat_rejected" => Ok(Self::WechatRejected),
                "wechat_bad_response" => Ok(Self::WechatBadResponse),
                "wechat_unavailable" => Ok(Self::WechatUnavailable),
                "wechat_quota_exhausted" => Ok(Self::WechatQuotaExhausted),
                "store_unavailable" => Ok(Self::StoreUnavailable),
                "overloaded" => Ok(Self::Overloaded),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ProblemCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ProblemCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///That the service is ready, and how WeChat does.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Readiness {
        ///Always `ok`; anything else is a problem document.
        pub status: ::std::string::String,
        /**How WeChat does, for each mini program. A service that WeChat does not answer is ready all the same: tokens are
refreshed and verified without it.*/
        pub wechat: ::std::vec::Vec<AppHealth>,
    }
    impl Readiness {
        pub fn builder() -> builder::Readiness {
            Default::default()
        }
    }
    ///Exchanges a refresh token for new tokens.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct RefreshRequest {
        ///The newest refresh token of the session.
        pub refresh_token: ::std::string::String,
    }
    impl RefreshRequest {
        pub fn builder() -> builder::RefreshRequest {
            Default::default()
        }
    }
    ///What an API key allows.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Scope {
        #[serde(rename = "admin")]
        Admin,
        #[serde(rename = "introspect")]
        Introspect,
    }
    impl ::std::fmt::Display for Scope {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Admin => f.write_str("admin"),
                Self::Introspect => f.write_str("introspect"),
            }
        }
    }
    impl ::std::str::FromStr for Scope {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "admin" => Ok(Self::Admin),
                "introspect" => Ok(Self::Introspect),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Scope {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Scope {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A login that lives on.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Session {
        ///The mini program.
        pub appid: ::std::string::String,
        ///When the login was (RFC 3339, UTC).
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Whether it is the session of the access token that this request was made with.
        pub current: bool,
        ///On what the person logged in, in the words of the login.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub device: ::std::option::Option<::std::string::String>,
        ///Why: `logout`, `refresh_token_reused`, `suspended`, `token_revoked`, `displaced`, `ended_by_operator`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub end_reason: ::std::option::Option<::std::string::String>,
        ///When it was ended before its time, where it was (RFC 3339, UTC).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ended_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///When it ends if it is not refreshed before (RFC 3339, UTC).
        pub expires_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///The session's id, opaque: the `sid` of access tokens.
        pub id: ::std::string::String,
        ///When it was last used, give or take a minute or two (RFC 3339, UTC).
        pub last_used_at: ::chrono::DateTime<::chrono::offset::Utc>,
        /**On what the person logged in, as far as `User-Agent` says: system and version of WeChat, such as
`WeChat 8.0 (iOS)`. The header itself is not kept.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub user_agent: ::std::option::Option<::std::string::String>,
    }
    impl Session {
        pub fn builder() -> builder::Session {
            Default::default()
        }
    }
    ///Whether the key is good.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct SessionKeyCheck {
        /**Whether a `session_key` is kept from the last login, and WeChat says that it is the current one. Where it is not,
call `wx.login` before encrypted data are asked for.*/
        pub current: bool,
    }
    impl SessionKeyCheck {
        pub fn builder() -> builder::SessionKeyCheck {
            Default::default()
        }
    }
    ///Sessions of an account.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Sessions {
        ///The sessions, the oldest first.
        pub sessions: ::std::vec::Vec<Session>,
    }
    impl Sessions {
        pub fn builder() -> builder::Sessions {
            Default::default()
        }
    }
    ///A signing key.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct SigningKey {
        ///The algorithm that it is used with.
        pub alg: ::std::string::String,
        ///When it was made (RFC 3339, UTC).
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Its id, as in the tokens' header.
        pub kid: ::std::string::String,
        ///Since when; not known of a `retiring` key (RFC 3339, UTC).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub since: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///What it does.
        pub state: SigningKeyState,
        ///Until when a `retiring` key is believed (RFC 3339, UTC).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub until: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
    }
    impl SigningKey {
        pub fn builder() -> builder::SigningKey {
            Default::default()
        }
    }
    ///What a signing key does.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum SigningKeyState {
        #[serde(rename = "next")]
        Next,
        #[serde(rename = "active")]
        Active,
        #[serde(rename = "retiring")]
        Retiring,
        #[serde(rename = "retired")]
        Retired,
    }
    impl ::std::fmt::Display for SigningKeyState {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Next => f.write_str("next"),
                Self::Active => f.write_str("active"),
                Self::Retiring => f.write_str("retiring"),
                Self::Retired => f.write_str("retired"),
            }
        }
    }
    impl ::std::str::FromStr for SigningKeyState {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "next" => Ok(Self::Next),
                "active" => Ok(Self::Active),
                "retiring" => Ok(Self::Retiring),
                "retired" => Ok(Self::Retired),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for SigningKeyState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SigningKeyState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///The signing keys.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct SigningKeys {
        ///The keys in the order in which they were made, retired ones included for a year.
        pub keys: ::std::vec::Vec<SigningKey>,
    }
    impl SigningKeys {
        pub fn builder() -> builder::SigningKeys {
            Default::default()
        }
    }
    ///How much there is.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct Stats {
        /**What was counted last. Absent until everything was counted once after the start, which takes seconds, or minutes
where there is much.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub census: ::std::option::Option<Census>,
    }
    impl Stats {
        pub fn builder() -> builder::Stats {
            Default::default()
        }
    }
    ///A token, form-encoded.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct TokenForm {
        ///The token.
        pub token: ::std::string::String,
        ///`access_token` or `refresh_token`. Both are found without it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token_type_hint: ::std::option::Option<::std::string::String>,
    }
    impl TokenForm {
        pub fn builder() -> builder::TokenForm {
            Default::default()
        }
    }
    ///How an access token is sent (RFC 6749, section 7.1).
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum TokenType {
        Bearer,
    }
    impl ::std::fmt::Display for TokenType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Bearer => f.write_str("Bearer"),
            }
        }
    }
    impl ::std::str::FromStr for TokenType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "Bearer" => Ok(Self::Bearer),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for TokenType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for TokenType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///What a login or a refresh answers.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Tokens {
        ///For business backends: send it as `Authorization: Bearer …`. A JWT (RFC 9068).
        pub access_token: ::std::string::String,
        ///Whose tokens these are.
        pub account: Account,
        ///Seconds for which the access token is good.
        pub expires_in: u64,
        ///Whether this very login made the account. False after a refresh.
        pub is_new_account: bool,
        ///Seconds for which the refresh token is good.
        pub refresh_expires_in: u64,
        ///For the next refresh. Works once; keep the newest one only.
        pub refresh_token: ::std::string::String,
        ///Always `Bearer`.
        pub token_type: TokenType,
    }
    impl Tokens {
        pub fn builder() -> builder::Tokens {
            Default::default()
        }
    }
    ///Two accounts with one unionid.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct UnionidConflict {
        ///The account that has the unionid.
        pub account_id: ::std::string::String,
        ///The mini program of this account's identity.
        pub appid: ::std::string::String,
        ///This account's identity in it.
        pub openid: ::std::string::String,
    }
    impl UnionidConflict {
        pub fn builder() -> builder::UnionidConflict {
            Default::default()
        }
    }
    /// Types for composing complex structures.
    pub mod builder {
        #[derive(Clone, Debug)]
        pub struct Account {
            avatar_url: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            created_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            external_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            identities: ::std::result::Result<
                ::std::vec::Vec<super::Identity>,
                ::std::string::String,
            >,
            last_login_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            nickname: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            phone: ::std::result::Result<
                ::std::option::Option<super::Phone>,
                ::std::string::String,
            >,
            status: ::std::result::Result<super::AccountStatus, ::std::string::String>,
        }
        impl ::std::default::Default for Account {
            fn default() -> Self {
                Self {
                    avatar_url: Ok(Default::default()),
                    created_at: Err("no value supplied for created_at".to_string()),
                    external_id: Ok(Default::default()),
                    id: Err("no value supplied for id".to_string()),
                    identities: Err("no value supplied for identities".to_string()),
                    last_login_at: Err(
                        "no value supplied for last_login_at".to_string(),
                    ),
                    nickname: Ok(Default::default()),
                    phone: Ok(Default::default()),
                    status: Err("no value supplied for status".to_string()),
                }
            }
        }
        impl Account {
            pub fn avatar_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.avatar_url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for avatar_url: {e}")
                    });
                self
            }
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn external_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.external_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for external_id: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn identities<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Identity>>,
                T::Error: ::std::fmt::Display,
            {
                self.identities = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for identities: {e}")
                    });
                self
            }
            pub fn last_login_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.last_login_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for last_login_at: {e}")
                    });
                self
            }
            pub fn nickname<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.nickname = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for nickname: {e}")
                    });
                self
            }
            pub fn phone<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Phone>>,
                T::Error: ::std::fmt::Display,
            {
                self.phone = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for phone: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::AccountStatus>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Account> for super::Account {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Account,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    avatar_url: value.avatar_url?,
                    created_at: value.created_at?,
                    external_id: value.external_id?,
                    id: value.id?,
                    identities: value.identities?,
                    last_login_at: value.last_login_at?,
                    nickname: value.nickname?,
                    phone: value.phone?,
                    status: value.status?,
                })
            }
        }
        impl ::std::convert::From<super::Account> for Account {
            fn from(value: super::Account) -> Self {
                Self {
                    avatar_url: Ok(value.avatar_url),
                    created_at: Ok(value.created_at),
                    external_id: Ok(value.external_id),
                    id: Ok(value.id),
                    identities: Ok(value.identities),
                    last_login_at: Ok(value.last_login_at),
                    nickname: Ok(value.nickname),
                    phone: Ok(value.phone),
                    status: Ok(value.status),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct AccountExport {
            account: ::std::result::Result<super::Account, ::std::string::String>,
            audit: ::std::result::Result<
                ::std::vec::Vec<super::AuditEvent>,
                ::std::string::String,
            >,
            sessions: ::std::result::Result<
                ::std::vec::Vec<super::Session>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for AccountExport {
            fn default() -> Self {
                Self {
                    account: Err("no value supplied for account".to_string()),
                    audit: Err("no value supplied for audit".to_string()),
                    sessions: Err("no value supplied for sessions".to_string()),
                }
            }
        }
        impl AccountExport {
            pub fn account<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Account>,
                T::Error: ::std::fmt::Display,
            {
                self.account = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for account: {e}")
                    });
                self
            }
            pub fn audit<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::AuditEvent>>,
                T::Error: ::std::fmt::Display,
            {
                self.audit = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for audit: {e}")
                    });
                self
            }
            pub fn sessions<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Session>>,
                T::Error: ::std::fmt::Display,
            {
                self.sessions = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for sessions: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AccountExport> for super::AccountExport {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AccountExport,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    account: value.account?,
                    audit: value.audit?,
                    sessions: value.sessions?,
                })
            }
        }
        impl ::std::convert::From<super::AccountExport> for AccountExport {
            fn from(value: super::AccountExport) -> Self {
                Self {
                    account: Ok(value.account),
                    audit: Ok(value.audit),
                    sessions: Ok(value.sessions),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct AccountPage {
            accounts: ::std::result::Result<
                ::std::vec::Vec<super::OperatorAccount>,
                ::std::string::String,
            >,
            next_cursor: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for AccountPage {
            fn default() -> Self {
                Self {
                    accounts: Err("no value supplied for accounts".to_string()),
                    next_cursor: Ok(Default::default()),
                }
            }
        }
        impl AccountPage {
            pub fn accounts<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::OperatorAccount>>,
                T::Error: ::std::fmt::Display,
            {
                self.accounts = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for accounts: {e}")
                    });
                self
            }
            pub fn next_cursor<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.next_cursor = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for next_cursor: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AccountPage> for super::AccountPage {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AccountPage,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    accounts: value.accounts?,
                    next_cursor: value.next_cursor?,
                })
            }
        }
        impl ::std::convert::From<super::AccountPage> for AccountPage {
            fn from(value: super::AccountPage) -> Self {
                Self {
                    accounts: Ok(value.accounts),
                    next_cursor: Ok(value.next_cursor),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ApiKey {
            configured: ::std::result::Result<bool, ::std::string::String>,
            created_at: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            scopes: ::std::result::Result<
                ::std::vec::Vec<super::Scope>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ApiKey {
            fn default() -> Self {
                Self {
                    configured: Err("no value supplied for configured".to_string()),
                    created_at: Ok(Default::default()),
                    name: Err("no value supplied for name".to_string()),
                    scopes: Err("no value supplied for scopes".to_string()),
                }
            }
        }
        impl ApiKey {
            pub fn configured<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.configured = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for configured: {e}")
                    });
                self
            }
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn scopes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Scope>>,
                T::Error: ::std::fmt::Display,
            {
                self.scopes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for scopes: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ApiKey> for super::ApiKey {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ApiKey,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    configured: value.configured?,
                    created_at: value.created_at?,
                    name: value.name?,
                    scopes: value.scopes?,
                })
            }
        }
        impl ::std::convert::From<super::ApiKey> for ApiKey {
            fn from(value: super::ApiKey) -> Self {
                Self {
                    configured: Ok(value.configured),
                    created_at: Ok(value.created_at),
                    name: Ok(value.name),
                    scopes: Ok(value.scopes),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ApiKeys {
            api_keys: ::std::result::Result<
                ::std::vec::Vec<super::ApiKey>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ApiKeys {
            fn default() -> Self {
                Self {
                    api_keys: Err("no value supplied for api_keys".to_string()),
                }
            }
        }
        impl ApiKeys {
            pub fn api_keys<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::ApiKey>>,
                T::Error: ::std::fmt::Display,
            {
                self.api_keys = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for api_keys: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ApiKeys> for super::ApiKeys {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ApiKeys,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { api_keys: value.api_keys? })
            }
        }
        impl ::std::convert::From<super::ApiKeys> for ApiKeys {
            fn from(value: super::ApiKeys) -> Self {
                Self {
                    api_keys: Ok(value.api_keys),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct AppHealth {
            access_token_circuit: ::std::result::Result<
                super::Circuit,
                ::std::string::String,
            >,
            appid: ::std::result::Result<::std::string::String, ::std::string::String>,
            circuit: ::std::result::Result<super::Circuit, ::std::string::String>,
            in_flight: ::std::result::Result<u64, ::std::string::String>,
        }
        impl ::std::default::Default for AppHealth {
            fn default() -> Self {
                Self {
                    access_token_circuit: Err(
                        "no value supplied for access_token_circuit".to_string(),
                    ),
                    appid: Err("no value supplied for appid".to_string()),
                    circuit: Err("no value supplied for circuit".to_string()),
                    in_flight: Err("no value supplied for in_flight".to_string()),
                }
            }
        }
        impl AppHealth {
            pub fn access_token_circuit<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Circuit>,
                T::Error: ::std::fmt::Display,
            {
                self.access_token_circuit = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for access_token_circuit: {e}"
                        )
                    });
                self
            }
            pub fn appid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.appid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for appid: {e}")
                    });
                self
            }
            pub fn circuit<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Circuit>,
                T::Error: ::std::fmt::Display,
            {
                self.circuit = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for circuit: {e}")
                    });
                self
            }
            pub fn in_flight<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.in_flight = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for in_flight: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AppHealth> for super::AppHealth {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AppHealth,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    access_token_circuit: value.access_token_circuit?,
                    appid: value.appid?,
                    circuit: value.circuit?,
                    in_flight: value.in_flight?,
                })
            }
        }
        impl ::std::convert::From<super::AppHealth> for AppHealth {
            fn from(value: super::AppHealth) -> Self {
                Self {
                    access_token_circuit: Ok(value.access_token_circuit),
                    appid: Ok(value.appid),
                    circuit: Ok(value.circuit),
                    in_flight: Ok(value.in_flight),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct AuditEvent {
            account_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            action: ::std::result::Result<::std::string::String, ::std::string::String>,
            actor: ::std::result::Result<::std::string::String, ::std::string::String>,
            appid: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            code: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            detail: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            ip: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            request_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            session_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for AuditEvent {
            fn default() -> Self {
                Self {
                    account_id: Ok(Default::default()),
                    action: Err("no value supplied for action".to_string()),
                    actor: Err("no value supplied for actor".to_string()),
                    appid: Ok(Default::default()),
                    at: Err("no value supplied for at".to_string()),
                    code: Ok(Default::default()),
                    detail: Ok(Default::default()),
                    id: Err("no value supplied for id".to_string()),
                    ip: Ok(Default::default()),
                    request_id: Ok(Default::default()),
                    session_id: Ok(Default::default()),
                }
            }
        }
        impl AuditEvent {
            pub fn account_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.account_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for account_id: {e}")
                    });
                self
            }
            pub fn action<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.action = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for action: {e}")
                    });
                self
            }
            pub fn actor<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.actor = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for actor: {e}")
                    });
                self
            }
            pub fn appid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.appid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for appid: {e}")
                    });
                self
            }
            pub fn at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for at: {e}"));
                self
            }
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for code: {e}")
                    });
                self
            }
            pub fn detail<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.detail = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for detail: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn ip<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.ip = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for ip: {e}"));
                self
            }
            pub fn request_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.request_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for request_id: {e}")
                    });
                self
            }
            pub fn session_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.session_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for session_id: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AuditEvent> for super::AuditEvent {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AuditEvent,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    account_id: value.account_id?,
                    action: value.action?,
                    actor: value.actor?,
                    appid: value.appid?,
                    at: value.at?,
                    code: value.code?,
                    detail: value.detail?,
                    id: value.id?,
                    ip: value.ip?,
                    request_id: value.request_id?,
                    session_id: value.session_id?,
                })
            }
        }
        impl ::std::convert::From<super::AuditEvent> for AuditEvent {
            fn from(value: super::AuditEvent) -> Self {
                Self {
                    account_id: Ok(value.account_id),
                    action: Ok(value.action),
                    actor: Ok(value.actor),
                    appid: Ok(value.appid),
                    at: Ok(value.at),
                    code: Ok(value.code),
                    detail: Ok(value.detail),
                    id: Ok(value.id),
                    ip: Ok(value.ip),
                    request_id: Ok(value.request_id),
                    session_id: Ok(value.session_id),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct AuditPage {
            events: ::std::result::Result<
                ::std::vec::Vec<super::AuditEvent>,
                ::std::string::String,
            >,
            next_cursor: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for AuditPage {
            fn default() -> Self {
                Self {
                    events: Err("no value supplied for events".to_string()),
                    next_cursor: Ok(Default::default()),
                }
            }
        }
        impl AuditPage {
            pub fn events<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::AuditEvent>>,
                T::Error: ::std::fmt::Display,
            {
                self.events = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for events: {e}")
                    });
                self
            }
            pub fn next_cursor<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.next_cursor = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for next_cursor: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AuditPage> for super::AuditPage {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AuditPage,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    events: value.events?,
                    next_cursor: value.next_cursor?,
                })
            }
        }
        impl ::std::convert::From<super::AuditPage> for AuditPage {
            fn from(value: super::AuditPage) -> Self {
                Self {
                    events: Ok(value.events),
                    next_cursor: Ok(value.next_cursor),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Census {
            accounts: ::std::result::Result<u64, ::std::string::String>,
            counted_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            live_sessions: ::std::result::Result<u64, ::std::string::String>,
            suspended_accounts: ::std::result::Result<u64, ::std::string::String>,
        }
        impl ::std::default::Default for Census {
            fn default() -> Self {
                Self {
                    accounts: Err("no value supplied for accounts".to_string()),
                    counted_at: Err("no value supplied for counted_at".to_string()),
                    live_sessions: Err(
                        "no value supplied for live_sessions".to_string(),
                    ),
                    suspended_accounts: Err(
                        "no value supplied for suspended_accounts".to_string(),
                    ),
                }
            }
        }
        impl Census {
            pub fn accounts<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.accounts = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for accounts: {e}")
                    });
                self
            }
            pub fn counted_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.counted_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for counted_at: {e}")
                    });
                self
            }
            pub fn live_sessions<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.live_sessions = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for live_sessions: {e}")
                    });
                self
            }
            pub fn suspended_accounts<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.suspended_accounts = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for suspended_accounts: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Census> for super::Census {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Census,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    accounts: value.accounts?,
                    counted_at: value.counted_at?,
                    live_sessions: value.live_sessions?,
                    suspended_accounts: value.suspended_accounts?,
                })
            }
        }
        impl ::std::convert::From<super::Census> for Census {
            fn from(value: super::Census) -> Self {
                Self {
                    accounts: Ok(value.accounts),
                    counted_at: Ok(value.counted_at),
                    live_sessions: Ok(value.live_sessions),
                    suspended_accounts: Ok(value.suspended_accounts),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CreateApiKeyRequest {
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            scopes: ::std::result::Result<
                ::std::vec::Vec<super::Scope>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for CreateApiKeyRequest {
            fn default() -> Self {
                Self {
                    name: Err("no value supplied for name".to_string()),
                    scopes: Err("no value supplied for scopes".to_string()),
                }
            }
        }
        impl CreateApiKeyRequest {
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn scopes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Scope>>,
                T::Error: ::std::fmt::Display,
            {
                self.scopes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for scopes: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CreateApiKeyRequest>
        for super::CreateApiKeyRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CreateApiKeyRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    name: value.name?,
                    scopes: value.scopes?,
                })
            }
        }
        impl ::std::convert::From<super::CreateApiKeyRequest> for CreateApiKeyRequest {
            fn from(value: super::CreateApiKeyRequest) -> Self {
                Self {
                    name: Ok(value.name),
                    scopes: Ok(value.scopes),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CreatedApiKey {
            api_key: ::std::result::Result<super::ApiKey, ::std::string::String>,
            key: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for CreatedApiKey {
            fn default() -> Self {
                Self {
                    api_key: Err("no value supplied for api_key".to_string()),
                    key: Err("no value supplied for key".to_string()),
                }
            }
        }
        impl CreatedApiKey {
            pub fn api_key<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::ApiKey>,
                T::Error: ::std::fmt::Display,
            {
                self.api_key = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for api_key: {e}")
                    });
                self
            }
            pub fn key<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.key = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for key: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CreatedApiKey> for super::CreatedApiKey {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CreatedApiKey,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    api_key: value.api_key?,
                    key: value.key?,
                })
            }
        }
        impl ::std::convert::From<super::CreatedApiKey> for CreatedApiKey {
            fn from(value: super::CreatedApiKey) -> Self {
                Self {
                    api_key: Ok(value.api_key),
                    key: Ok(value.key),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct DecryptRequest {
            code: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            encrypted_data: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            iv: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for DecryptRequest {
            fn default() -> Self {
                Self {
                    code: Ok(Default::default()),
                    encrypted_data: Err(
                        "no value supplied for encrypted_data".to_string(),
                    ),
                    iv: Err("no value supplied for iv".to_string()),
                }
            }
        }
        impl DecryptRequest {
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for code: {e}")
                    });
                self
            }
            pub fn encrypted_data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.encrypted_data = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for encrypted_data: {e}"
                        )
                    });
                self
            }
            pub fn iv<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.iv = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for iv: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<DecryptRequest> for super::DecryptRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: DecryptRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    code: value.code?,
                    encrypted_data: value.encrypted_data?,
                    iv: value.iv?,
                })
            }
        }
        impl ::std::convert::From<super::DecryptRequest> for DecryptRequest {
            fn from(value: super::DecryptRequest) -> Self {
                Self {
                    code: Ok(value.code),
                    encrypted_data: Ok(value.encrypted_data),
                    iv: Ok(value.iv),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Decrypted {
            data: ::std::result::Result<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Decrypted {
            fn default() -> Self {
                Self {
                    data: Err("no value supplied for data".to_string()),
                }
            }
        }
        impl Decrypted {
            pub fn data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.data = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for data: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Decrypted> for super::Decrypted {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Decrypted,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { data: value.data? })
            }
        }
        impl ::std::convert::From<super::Decrypted> for Decrypted {
            fn from(value: super::Decrypted) -> Self {
                Self { data: Ok(value.data) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct FieldError {
            field: ::std::result::Result<::std::string::String, ::std::string::String>,
            reason: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for FieldError {
            fn default() -> Self {
                Self {
                    field: Err("no value supplied for field".to_string()),
                    reason: Err("no value supplied for reason".to_string()),
                }
            }
        }
        impl FieldError {
            pub fn field<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.field = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for field: {e}")
                    });
                self
            }
            pub fn reason<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.reason = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for reason: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<FieldError> for super::FieldError {
            type Error = super::error::ConversionError;
            fn try_from(
                value: FieldError,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    field: value.field?,
                    reason: value.reason?,
                })
            }
        }
        impl ::std::convert::From<super::FieldError> for FieldError {
            fn from(value: super::FieldError) -> Self {
                Self {
                    field: Ok(value.field),
                    reason: Ok(value.reason),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Health {
            status: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Health {
            fn default() -> Self {
                Self {
                    status: Err("no value supplied for status".to_string()),
                }
            }
        }
        impl Health {
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Health> for super::Health {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Health,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { status: value.status? })
            }
        }
        impl ::std::convert::From<super::Health> for Health {
            fn from(value: super::Health) -> Self {
                Self { status: Ok(value.status) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Identity {
            appid: ::std::result::Result<::std::string::String, ::std::string::String>,
            first_seen_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            openid: ::std::result::Result<::std::string::String, ::std::string::String>,
            unionid: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Identity {
            fn default() -> Self {
                Self {
                    appid: Err("no value supplied for appid".to_string()),
                    first_seen_at: Err(
                        "no value supplied for first_seen_at".to_string(),
                    ),
                    openid: Err("no value supplied for openid".to_string()),
                    unionid: Ok(Default::default()),
                }
            }
        }
        impl Identity {
            pub fn appid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.appid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for appid: {e}")
                    });
                self
            }
            pub fn first_seen_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.first_seen_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for first_seen_at: {e}")
                    });
                self
            }
            pub fn openid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.openid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for openid: {e}")
                    });
                self
            }
            pub fn unionid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.unionid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for unionid: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Identity> for super::Identity {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Identity,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    appid: value.appid?,
                    first_seen_at: value.first_seen_at?,
                    openid: value.openid?,
                    unionid: value.unionid?,
                })
            }
        }
        impl ::std::convert::From<super::Identity> for Identity {
            fn from(value: super::Identity) -> Self {
                Self {
                    appid: Ok(value.appid),
                    first_seen_at: Ok(value.first_seen_at),
                    openid: Ok(value.openid),
                    unionid: Ok(value.unionid),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Introspection {
            active: ::std::result::Result<bool, ::std::string::String>,
            appid: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            aud: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            client_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            exp: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            external_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            iat: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            iss: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            jti: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            openid: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            sid: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            sub: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            token_type: ::std::result::Result<
                ::std::option::Option<super::TokenType>,
                ::std::string::String,
            >,
            unionid: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Introspection {
            fn default() -> Self {
                Self {
                    active: Err("no value supplied for active".to_string()),
                    appid: Ok(Default::default()),
                    aud: Ok(Default::default()),
                    client_id: Ok(Default::default()),
                    exp: Ok(Default::default()),
                    external_id: Ok(Default::default()),
                    iat: Ok(Default::default()),
                    iss: Ok(Default::default()),
                    jti: Ok(Default::default()),
                    openid: Ok(Default::default()),
                    sid: Ok(Default::default()),
                    sub: Ok(Default::default()),
                    token_type: Ok(Default::default()),
                    unionid: Ok(Default::default()),
                }
            }
        }
        impl Introspection {
            pub fn active<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.active = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for active: {e}")
                    });
                self
            }
            pub fn appid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.appid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for appid: {e}")
                    });
                self
            }
            pub fn aud<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.aud = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for aud: {e}")
                    });
                self
            }
            pub fn client_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.client_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for client_id: {e}")
                    });
                self
            }
            pub fn exp<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.exp = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for exp: {e}")
                    });
                self
            }
            pub fn external_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.external_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for external_id: {e}")
                    });
                self
            }
            pub fn iat<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.iat = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for iat: {e}")
                    });
                self
            }
            pub fn iss<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.iss = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for iss: {e}")
                    });
                self
            }
            pub fn jti<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.jti = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for jti: {e}")
                    });
                self
            }
            pub fn openid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.openid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for openid: {e}")
                    });
                self
            }
            pub fn sid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.sid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for sid: {e}")
                    });
                self
            }
            pub fn sub<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.sub = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for sub: {e}")
                    });
                self
            }
            pub fn token_type<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::TokenType>>,
                T::Error: ::std::fmt::Display,
            {
                self.token_type = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for token_type: {e}")
                    });
                self
            }
            pub fn unionid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.unionid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for unionid: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Introspection> for super::Introspection {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Introspection,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    active: value.active?,
                    appid: value.appid?,
                    aud: value.aud?,
                    client_id: value.client_id?,
                    exp: value.exp?,
                    external_id: value.external_id?,
                    iat: value.iat?,
                    iss: value.iss?,
                    jti: value.jti?,
                    openid: value.openid?,
                    sid: value.sid?,
                    sub: value.sub?,
                    token_type: value.token_type?,
                    unionid: value.unionid?,
                })
            }
        }
        impl ::std::convert::From<super::Introspection> for Introspection {
            fn from(value: super::Introspection) -> Self {
                Self {
                    active: Ok(value.active),
                    appid: Ok(value.appid),
                    aud: Ok(value.aud),
                    client_id: Ok(value.client_id),
                    exp: Ok(value.exp),
                    external_id: Ok(value.external_id),
                    iat: Ok(value.iat),
                    iss: Ok(value.iss),
                    jti: Ok(value.jti),
                    openid: Ok(value.openid),
                    sid: Ok(value.sid),
                    sub: Ok(value.sub),
                    token_type: Ok(value.token_type),
                    unionid: Ok(value.unionid),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Jwk {
            alg: ::std::result::Result<::std::string::String, ::std::string::String>,
            crv: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            e: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            kid: ::std::result::Result<::std::string::String, ::std::string::String>,
            kty: ::std::result::Result<::std::string::String, ::std::string::String>,
            n: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            use_: ::std::result::Result<::std::string::String, ::std::string::String>,
            x: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            y: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Jwk {
            fn default() -> Self {
                Self {
                    alg: Err("no value supplied for alg".to_string()),
                    crv: Ok(Default::default()),
                    e: Ok(Default::default()),
                    kid: Err("no value supplied for kid".to_string()),
                    kty: Err("no value supplied for kty".to_string()),
                    n: Ok(Default::default()),
                    use_: Err("no value supplied for use_".to_string()),
                    x: Ok(Default::default()),
                    y: Ok(Default::default()),
                }
            }
        }
        impl Jwk {
            pub fn alg<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.alg = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for alg: {e}")
                    });
                self
            }
            pub fn crv<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.crv = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for crv: {e}")
                    });
                self
            }
            pub fn e<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.e = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for e: {e}"));
                self
            }
            pub fn kid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.kid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for kid: {e}")
                    });
                self
            }
            pub fn kty<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.kty = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for kty: {e}")
                    });
                self
            }
            pub fn n<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.n = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for n: {e}"));
                self
            }
            pub fn use_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.use_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for use_: {e}")
                    });
                self
            }
            pub fn x<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.x = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for x: {e}"));
                self
            }
            pub fn y<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.y = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for y: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<Jwk> for super::Jwk {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Jwk,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    alg: value.alg?,
                    crv: value.crv?,
                    e: value.e?,
                    kid: value.kid?,
                    kty: value.kty?,
                    n: value.n?,
                    use_: value.use_?,
                    x: value.x?,
                    y: value.y?,
                })
            }
        }
        impl ::std::convert::From<super::Jwk> for Jwk {
            fn from(value: super::Jwk) -> Self {
                Self {
                    alg: Ok(value.alg),
                    crv: Ok(value.crv),
                    e: Ok(value.e),
                    kid: Ok(value.kid),
                    kty: Ok(value.kty),
                    n: Ok(value.n),
                    use_: Ok(value.use_),
                    x: Ok(value.x),
                    y: Ok(value.y),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Jwks {
            keys: ::std::result::Result<
                ::std::vec::Vec<super::Jwk>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Jwks {
            fn default() -> Self {
                Self {
                    keys: Err("no value supplied for keys".to_string()),
                }
            }
        }
        impl Jwks {
            pub fn keys<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Jwk>>,
                T::Error: ::std::fmt::Display,
            {
                self.keys = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for keys: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Jwks> for super::Jwks {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Jwks,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { keys: value.keys? })
            }
        }
        impl ::std::convert::From<super::Jwks> for Jwks {
            fn from(value: super::Jwks) -> Self {
                Self { keys: Ok(value.keys) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct LoginRequest {
            appid: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            code: ::std::result::Result<::std::string::String, ::std::string::String>,
            device: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            encrypted_data: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            iv: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            phone_code: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for LoginRequest {
            fn default() -> Self {
                Self {
                    appid: Ok(Default::default()),
                    code: Err("no value supplied for code".to_string()),
                    device: Ok(Default::default()),
                    encrypted_data: Ok(Default::default()),
                    iv: Ok(Default::default()),
                    phone_code: Ok(Default::default()),
                }
            }
        }
        impl LoginRequest {
            pub fn appid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.appid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for appid: {e}")
                    });
                self
            }
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for code: {e}")
                    });
                self
            }
            pub fn device<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.device = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for device: {e}")
                    });
                self
            }
            pub fn encrypted_data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.encrypted_data = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for encrypted_data: {e}"
                        )
                    });
                self
            }
            pub fn iv<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.iv = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for iv: {e}"));
                self
            }
            pub fn phone_code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.phone_code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for phone_code: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<LoginRequest> for super::LoginRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: LoginRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    appid: value.appid?,
                    code: value.code?,
                    device: value.device?,
                    encrypted_data: value.encrypted_data?,
                    iv: value.iv?,
                    phone_code: value.phone_code?,
                })
            }
        }
        impl ::std::convert::From<super::LoginRequest> for LoginRequest {
            fn from(value: super::LoginRequest) -> Self {
                Self {
                    appid: Ok(value.appid),
                    code: Ok(value.code),
                    device: Ok(value.device),
                    encrypted_data: Ok(value.encrypted_data),
                    iv: Ok(value.iv),
                    phone_code: Ok(value.phone_code),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct LogoutRequest {
            all: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for LogoutRequest {
            fn default() -> Self {
                Self {
                    all: Ok(Default::default()),
                }
            }
        }
        impl LogoutRequest {
            pub fn all<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.all = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for all: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<LogoutRequest> for super::LogoutRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: LogoutRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { all: value.all? })
            }
        }
        impl ::std::convert::From<super::LogoutRequest> for LogoutRequest {
            fn from(value: super::LogoutRequest) -> Self {
                Self { all: Ok(value.all) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct MergeRequest {
            into: ::std::result::Result<::std::string::String, ::std::string::String>,
            keep: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for MergeRequest {
            fn default() -> Self {
                Self {
                    into: Err("no value supplied for into".to_string()),
                    keep: Ok(Default::default()),
                }
            }
        }
        impl MergeRequest {
            pub fn into<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.into = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for into: {e}")
                    });
                self
            }
            pub fn keep<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.keep = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for keep: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<MergeRequest> for super::MergeRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: MergeRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    into: value.into?,
                    keep: value.keep?,
                })
            }
        }
        impl ::std::convert::From<super::MergeRequest> for MergeRequest {
            fn from(value: super::MergeRequest) -> Self {
                Self {
                    into: Ok(value.into),
                    keep: Ok(value.keep),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct OperatorAccount {
            avatar_url: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            created_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            external_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            identities: ::std::result::Result<
                ::std::vec::Vec<super::Identity>,
                ::std::string::String,
            >,
            last_login_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            nickname: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            phone: ::std::result::Result<
                ::std::option::Option<super::Phone>,
                ::std::string::String,
            >,
            status: ::std::result::Result<super::AccountStatus, ::std::string::String>,
            unionid_conflicts: ::std::result::Result<
                ::std::vec::Vec<super::UnionidConflict>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for OperatorAccount {
            fn default() -> Self {
                Self {
                    avatar_url: Ok(Default::default()),
                    created_at: Err("no value supplied for created_at".to_string()),
                    external_id: Ok(Default::default()),
                    id: Err("no value supplied for id".to_string()),
                    identities: Err("no value supplied for identities".to_string()),
                    last_login_at: Err(
                        "no value supplied for last_login_at".to_string(),
                    ),
                    nickname: Ok(Default::default()),
                    phone: Ok(Default::default()),
                    status: Err("no value supplied for status".to_string()),
                    unionid_conflicts: Ok(Default::default()),
                }
            }
        }
        impl OperatorAccount {
            pub fn avatar_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.avatar_url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for avatar_url: {e}")
                    });
                self
            }
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn external_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.external_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for external_id: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn identities<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Identity>>,
                T::Error: ::std::fmt::Display,
            {
                self.identities = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for identities: {e}")
                    });
                self
            }
            pub fn last_login_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.last_login_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for last_login_at: {e}")
                    });
                self
            }
            pub fn nickname<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.nickname = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for nickname: {e}")
                    });
                self
            }
            pub fn phone<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Phone>>,
                T::Error: ::std::fmt::Display,
            {
                self.phone = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for phone: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::AccountStatus>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn unionid_conflicts<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::UnionidConflict>>,
                T::Error: ::std::fmt::Display,
            {
                self.unionid_conflicts = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for unionid_conflicts: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<OperatorAccount> for super::OperatorAccount {
            type Error = super::error::ConversionError;
            fn try_from(
                value: OperatorAccount,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    avatar_url: value.avatar_url?,
                    created_at: value.created_at?,
                    external_id: value.external_id?,
                    id: value.id?,
                    identities: value.identities?,
                    last_login_at: value.last_login_at?,
                    nickname: value.nickname?,
                    phone: value.phone?,
                    status: value.status?,
                    unionid_conflicts: value.unionid_conflicts?,
                })
            }
        }
        impl ::std::convert::From<super::OperatorAccount> for OperatorAccount {
            fn from(value: super::OperatorAccount) -> Self {
                Self {
                    avatar_url: Ok(value.avatar_url),
                    created_at: Ok(value.created_at),
                    external_id: Ok(value.external_id),
                    id: Ok(value.id),
                    identities: Ok(value.identities),
                    last_login_at: Ok(value.last_login_at),
                    nickname: Ok(value.nickname),
                    phone: Ok(value.phone),
                    status: Ok(value.status),
                    unionid_conflicts: Ok(value.unionid_conflicts),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Phone {
            country_code: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            number: ::std::result::Result<::std::string::String, ::std::string::String>,
            verified_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Phone {
            fn default() -> Self {
                Self {
                    country_code: Err("no value supplied for country_code".to_string()),
                    number: Err("no value supplied for number".to_string()),
                    verified_at: Err("no value supplied for verified_at".to_string()),
                }
            }
        }
        impl Phone {
            pub fn country_code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.country_code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for country_code: {e}")
                    });
                self
            }
            pub fn number<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.number = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for number: {e}")
                    });
                self
            }
            pub fn verified_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.verified_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for verified_at: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Phone> for super::Phone {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Phone,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    country_code: value.country_code?,
                    number: value.number?,
                    verified_at: value.verified_at?,
                })
            }
        }
        impl ::std::convert::From<super::Phone> for Phone {
            fn from(value: super::Phone) -> Self {
                Self {
                    country_code: Ok(value.country_code),
                    number: Ok(value.number),
                    verified_at: Ok(value.verified_at),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct PhoneProof {
            code: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            encrypted_data: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            iv: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            phone_code: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for PhoneProof {
            fn default() -> Self {
                Self {
                    code: Ok(Default::default()),
                    encrypted_data: Ok(Default::default()),
                    iv: Ok(Default::default()),
                    phone_code: Ok(Default::default()),
                }
            }
        }
        impl PhoneProof {
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for code: {e}")
                    });
                self
            }
            pub fn encrypted_data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.encrypted_data = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for encrypted_data: {e}"
                        )
                    });
                self
            }
            pub fn iv<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.iv = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for iv: {e}"));
                self
            }
            pub fn phone_code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.phone_code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for phone_code: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<PhoneProof> for super::PhoneProof {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PhoneProof,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    code: value.code?,
                    encrypted_data: value.encrypted_data?,
                    iv: value.iv?,
                    phone_code: value.phone_code?,
                })
            }
        }
        impl ::std::convert::From<super::PhoneProof> for PhoneProof {
            fn from(value: super::PhoneProof) -> Self {
                Self {
                    code: Ok(value.code),
                    encrypted_data: Ok(value.encrypted_data),
                    iv: Ok(value.iv),
                    phone_code: Ok(value.phone_code),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Problem {
            action: ::std::result::Result<super::ProblemAction, ::std::string::String>,
            code: ::std::result::Result<::std::string::String, ::std::string::String>,
            detail: ::std::result::Result<::std::string::String, ::std::string::String>,
            errors: ::std::result::Result<
                ::std::vec::Vec<super::FieldError>,
                ::std::string::String,
            >,
            request_id: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            retryable: ::std::result::Result<bool, ::std::string::String>,
            status: ::std::result::Result<u16, ::std::string::String>,
            title: ::std::result::Result<::std::string::String, ::std::string::String>,
            type_: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Problem {
            fn default() -> Self {
                Self {
                    action: Err("no value supplied for action".to_string()),
                    code: Err("no value supplied for code".to_string()),
                    detail: Err("no value supplied for detail".to_string()),
                    errors: Ok(Default::default()),
                    request_id: Err("no value supplied for request_id".to_string()),
                    retryable: Err("no value supplied for retryable".to_string()),
                    status: Err("no value supplied for status".to_string()),
                    title: Err("no value supplied for title".to_string()),
                    type_: Err("no value supplied for type_".to_string()),
                }
            }
        }
        impl Problem {
            pub fn action<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::ProblemAction>,
                T::Error: ::std::fmt::Display,
            {
                self.action = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for action: {e}")
                    });
                self
            }
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for code: {e}")
                    });
                self
            }
            pub fn detail<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.detail = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for detail: {e}")
                    });
                self
            }
            pub fn errors<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::FieldError>>,
                T::Error: ::std::fmt::Display,
            {
                self.errors = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for errors: {e}")
                    });
                self
            }
            pub fn request_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.request_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for request_id: {e}")
                    });
                self
            }
            pub fn retryable<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.retryable = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for retryable: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u16>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn title<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.title = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for title: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Problem> for super::Problem {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Problem,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    action: value.action?,
                    code: value.code?,
                    detail: value.detail?,
                    errors: value.errors?,
                    request_id: value.request_id?,
                    retryable: value.retryable?,
                    status: value.status?,
                    title: value.title?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::Problem> for Problem {
            fn from(value: super::Problem) -> Self {
                Self {
                    action: Ok(value.action),
                    code: Ok(value.code),
                    detail: Ok(value.detail),
                    errors: Ok(value.errors),
                    request_id: Ok(value.request_id),
                    retryable: Ok(value.retryable),
                    status: Ok(value.status),
                    title: Ok(value.title),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Readiness {
            status: ::std::result::Result<::std::string::String, ::std::string::String>,
            wechat: ::std::result::Result<
                ::std::vec::Vec<super::AppHealth>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Readiness {
            fn default() -> Self {
                Self {
                    status: Err("no value supplied for status".to_string()),
                    wechat: Err("no value supplied for wechat".to_string()),
                }
            }
        }
        impl Readiness {
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn wechat<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::AppHealth>>,
                T::Error: ::std::fmt::Display,
            {
                self.wechat = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for wechat: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Readiness> for super::Readiness {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Readiness,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    status: value.status?,
                    wechat: value.wechat?,
                })
            }
        }
        impl ::std::convert::From<super::Readiness> for Readiness {
            fn from(value: super::Readiness) -> Self {
                Self {
                    status: Ok(value.status),
                    wechat: Ok(value.wechat),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct RefreshRequest {
            refresh_token: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for RefreshRequest {
            fn default() -> Self {
                Self {
                    refresh_token: Err("no value supplied for refresh_token".to_string()),
                }
            }
        }
        impl RefreshRequest {
            pub fn refresh_token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.refresh_token = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for refresh_token: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<RefreshRequest> for super::RefreshRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: RefreshRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    refresh_token: value.refresh_token?,
                })
            }
        }
        impl ::std::convert::From<super::RefreshRequest> for RefreshRequest {
            fn from(value: super::RefreshRequest) -> Self {
                Self {
                    refresh_token: Ok(value.refresh_token),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Session {
            appid: ::std::result::Result<::std::string::String, ::std::string::String>,
            created_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            current: ::std::result::Result<bool, ::std::string::String>,
            device: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            end_reason: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            ended_at: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
            expires_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            last_used_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            user_agent: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Session {
            fn default() -> Self {
                Self {
                    appid: Err("no value supplied for appid".to_string()),
                    created_at: Err("no value supplied for created_at".to_string()),
                    current: Err("no value supplied for current".to_string()),
                    device: Ok(Default::default()),
                    end_reason: Ok(Default::default()),
                    ended_at: Ok(Default::default()),
                    expires_at: Err("no value supplied for expires_at".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    last_used_at: Err("no value supplied for last_used_at".to_string()),
                    user_agent: Ok(Default::default()),
                }
            }
        }
        impl Session {
            pub fn appid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.appid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for appid: {e}")
                    });
                self
            }
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn current<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.current = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for current: {e}")
                    });
                self
            }
            pub fn device<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.device = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for device: {e}")
                    });
                self
            }
            pub fn end_reason<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.end_reason = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for end_reason: {e}")
                    });
                self
            }
            pub fn ended_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.ended_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for ended_at: {e}")
                    });
                self
            }
            pub fn expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for expires_at: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn last_used_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.last_used_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for last_used_at: {e}")
                    });
                self
            }
            pub fn user_agent<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.user_agent = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for user_agent: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Session> for super::Session {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Session,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    appid: value.appid?,
                    created_at: value.created_at?,
                    current: value.current?,
                    device: value.device?,
                    end_reason: value.end_reason?,
                    ended_at: value.ended_at?,
                    expires_at: value.expires_at?,
                    id: value.id?,
                    last_used_at: value.last_used_at?,
                    user_agent: value.user_agent?,
                })
            }
        }
        impl ::std::convert::From<super::Session> for Session {
            fn from(value: super::Session) -> Self {
                Self {
                    appid: Ok(value.appid),
                    created_at: Ok(value.created_at),
                    current: Ok(value.current),
                    device: Ok(value.device),
                    end_reason: Ok(value.end_reason),
                    ended_at: Ok(value.ended_at),
                    expires_at: Ok(value.expires_at),
                    id: Ok(value.id),
                    last_used_at: Ok(value.last_used_at),
                    user_agent: Ok(value.user_agent),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct SessionKeyCheck {
            current: ::std::result::Result<bool, ::std::string::String>,
        }
        impl ::std::default::Default for SessionKeyCheck {
            fn default() -> Self {
                Self {
                    current: Err("no value supplied for current".to_string()),
                }
            }
        }
        impl SessionKeyCheck {
            pub fn current<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.current = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for current: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<SessionKeyCheck> for super::SessionKeyCheck {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SessionKeyCheck,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { current: value.current? })
            }
        }
        impl ::std::convert::From<super::SessionKeyCheck> for SessionKeyCheck {
            fn from(value: super::SessionKeyCheck) -> Self {
                Self { current: Ok(value.current) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Sessions {
            sessions: ::std::result::Result<
                ::std::vec::Vec<super::Session>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Sessions {
            fn default() -> Self {
                Self {
                    sessions: Err("no value supplied for sessions".to_string()),
                }
            }
        }
        impl Sessions {
            pub fn sessions<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Session>>,
                T::Error: ::std::fmt::Display,
            {
                self.sessions = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for sessions: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Sessions> for super::Sessions {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Sessions,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { sessions: value.sessions? })
            }
        }
        impl ::std::convert::From<super::Sessions> for Sessions {
            fn from(value: super::Sessions) -> Self {
                Self {
                    sessions: Ok(value.sessions),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct SigningKey {
            alg: ::std::result::Result<::std::string::String, ::std::string::String>,
            created_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            kid: ::std::result::Result<::std::string::String, ::std::string::String>,
            since: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
            state: ::std::result::Result<super::SigningKeyState, ::std::string::String>,
            until: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for SigningKey {
            fn default() -> Self {
                Self {
                    alg: Err("no value supplied for alg".to_string()),
                    created_at: Err("no value supplied for created_at".to_string()),
                    kid: Err("no value supplied for kid".to_string()),
                    since: Ok(Default::default()),
                    state: Err("no value supplied for state".to_string()),
                    until: Ok(Default::default()),
                }
            }
        }
        impl SigningKey {
            pub fn alg<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.alg = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for alg: {e}")
                    });
                self
            }
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn kid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.kid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for kid: {e}")
                    });
                self
            }
            pub fn since<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.since = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for since: {e}")
                    });
                self
            }
            pub fn state<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::SigningKeyState>,
                T::Error: ::std::fmt::Display,
            {
                self.state = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for state: {e}")
                    });
                self
            }
            pub fn until<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.until = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for until: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<SigningKey> for super::SigningKey {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SigningKey,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    alg: value.alg?,
                    created_at: value.created_at?,
                    kid: value.kid?,
                    since: value.since?,
                    state: value.state?,
                    until: value.until?,
                })
            }
        }
        impl ::std::convert::From<super::SigningKey> for SigningKey {
            fn from(value: super::SigningKey) -> Self {
                Self {
                    alg: Ok(value.alg),
                    created_at: Ok(value.created_at),
                    kid: Ok(value.kid),
                    since: Ok(value.since),
                    state: Ok(value.state),
                    until: Ok(value.until),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct SigningKeys {
            keys: ::std::result::Result<
                ::std::vec::Vec<super::SigningKey>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for SigningKeys {
            fn default() -> Self {
                Self {
                    keys: Err("no value supplied for keys".to_string()),
                }
            }
        }
        impl SigningKeys {
            pub fn keys<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::SigningKey>>,
                T::Error: ::std::fmt::Display,
            {
                self.keys = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for keys: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<SigningKeys> for super::SigningKeys {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SigningKeys,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { keys: value.keys? })
            }
        }
        impl ::std::convert::From<super::SigningKeys> for SigningKeys {
            fn from(value: super::SigningKeys) -> Self {
                Self { keys: Ok(value.keys) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Stats {
            census: ::std::result::Result<
                ::std::option::Option<super::Census>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Stats {
            fn default() -> Self {
                Self {
                    census: Ok(Default::default()),
                }
            }
        }
        impl Stats {
            pub fn census<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Census>>,
                T::Error: ::std::fmt::Display,
            {
                self.census = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for census: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Stats> for super::Stats {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Stats,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { census: value.census? })
            }
        }
        impl ::std::convert::From<super::Stats> for Stats {
            fn from(value: super::Stats) -> Self {
                Self { census: Ok(value.census) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TokenForm {
            token: ::std::result::Result<::std::string::String, ::std::string::String>,
            token_type_hint: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TokenForm {
            fn default() -> Self {
                Self {
                    token: Err("no value supplied for token".to_string()),
                    token_type_hint: Ok(Default::default()),
                }
            }
        }
        impl TokenForm {
            pub fn token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.token = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for token: {e}")
                    });
                self
            }
            pub fn token_type_hint<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.token_type_hint = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for token_type_hint: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TokenForm> for super::TokenForm {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TokenForm,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    token: value.token?,
                    token_type_hint: value.token_type_hint?,
                })
            }
        }
        impl ::std::convert::From<super::TokenForm> for TokenForm {
            fn from(value: super::TokenForm) -> Self {
                Self {
                    token: Ok(value.token),
                    token_type_hint: Ok(value.token_type_hint),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Tokens {
            access_token: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            account: ::std::result::Result<super::Account, ::std::string::String>,
            expires_in: ::std::result::Result<u64, ::std::string::String>,
            is_new_account: ::std::result::Result<bool, ::std::string::String>,
            refresh_expires_in: ::std::result::Result<u64, ::std::string::String>,
            refresh_token: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            token_type: ::std::result::Result<super::TokenType, ::std::string::String>,
        }
        impl ::std::default::Default for Tokens {
            fn default() -> Self {
                Self {
                    access_token: Err("no value supplied for access_token".to_string()),
                    account: Err("no value supplied for account".to_string()),
                    expires_in: Err("no value supplied for expires_in".to_string()),
                    is_new_account: Err(
                        "no value supplied for is_new_account".to_string(),
                    ),
                    refresh_expires_in: Err(
                        "no value supplied for refresh_expires_in".to_string(),
                    ),
                    refresh_token: Err(
                        "no value supplied for refresh_token".to_string(),
                    ),
                    token_type: Err("no value supplied for token_type".to_string()),
                }
            }
        }
        impl Tokens {
            pub fn access_token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.access_token = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for access_token: {e}")
                    });
                self
            }
            pub fn account<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Account>,
                T::Error: ::std::fmt::Display,
            {
                self.account = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for account: {e}")
                    });
                self
            }
            pub fn expires_in<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.expires_in = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for expires_in: {e}")
                    });
                self
            }
            pub fn is_new_account<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.is_new_account = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for is_new_account: {e}"
                        )
                    });
                self
            }
            pub fn refresh_expires_in<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.refresh_expires_in = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for refresh_expires_in: {e}"
                        )
                    });
                self
            }
            pub fn refresh_token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.refresh_token = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for refresh_token: {e}")
                    });
                self
            }
            pub fn token_type<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::TokenType>,
                T::Error: ::std::fmt::Display,
            {
                self.token_type = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for token_type: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Tokens> for super::Tokens {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Tokens,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    access_token: value.access_token?,
                    account: value.account?,
                    expires_in: value.expires_in?,
                    is_new_account: value.is_new_account?,
                    refresh_expires_in: value.refresh_expires_in?,
                    refresh_token: value.refresh_token?,
                    token_type: value.token_type?,
                })
            }
        }
        impl ::std::convert::From<super::Tokens> for Tokens {
            fn from(value: super::Tokens) -> Self {
                Self {
                    access_token: Ok(value.access_token),
                    account: Ok(value.account),
                    expires_in: Ok(value.expires_in),
                    is_new_account: Ok(value.is_new_account),
                    refresh_expires_in: Ok(value.refresh_expires_in),
                    refresh_token: Ok(value.refresh_token),
                    token_type: Ok(value.token_type),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct UnionidConflict {
            account_id: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            appid: ::std::result::Result<::std::string::String, ::std::string::String>,
            openid: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for UnionidConflict {
            fn default() -> Self {
                Self {
                    account_id: Err("no value supplied for account_id".to_string()),
                    appid: Err("no value supplied for appid".to_string()),
                    openid: Err("no value supplied for openid".to_string()),
                }
            }
        }
        impl UnionidConflict {
            pub fn account_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.account_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for account_id: {e}")
                    });
                self
            }
            pub fn appid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.appid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for appid: {e}")
                    });
                self
            }
            pub fn openid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.openid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for openid: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<UnionidConflict> for super::UnionidConflict {
            type Error = super::error::ConversionError;
            fn try_from(
                value: UnionidConflict,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    account_id: value.account_id?,
                    appid: value.appid?,
                    openid: value.openid?,
                })
            }
        }
        impl ::std::convert::From<super::UnionidConflict> for UnionidConflict {
            fn from(value: super::UnionidConflict) -> Self {
                Self {
                    account_id: Ok(value.account_id),
                    appid: Ok(value.appid),
                    openid: Ok(value.openid),
                }
            }
        }
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
}
#[derive(Clone, Debug)]
/**Client for wxlogin

Login service for WeChat Mini Programs: exchanges the code of `wx.login`, keeps accounts and sessions, and issues tokens that every backend can verify.

Version: 0.1.0*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::Credentials,
}
impl Client {
    /// Create a new client.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new(baseurl: &str, inner: crate::Credentials) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        let client = {
            let dur = ::std::time::Duration::from_secs(15u64);
            reqwest::ClientBuilder::new().connect_timeout(dur).timeout(dur)
        };
        #[cfg(target_arch = "wasm32")]
        let client = reqwest::ClientBuilder::new();
        Self::new_with_client(baseurl, client.build().unwrap(), inner)
    }
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: crate::Credentials,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
impl ClientInfo<crate::Credentials> for Client {
    fn api_version() -> &'static str {
        "0.1.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::Credentials {
        &self.inner
    }
}
impl ClientHooks<crate::Credentials> for &Client {}
impl Client {
    /**List the public keys

For backends that verify access tokens by themselves: check the signature with the key that the token's `kid`
names, the algorithm, `typ` (`at+jwt`), `iss`, `aud` and `exp`.

Sends a `GET` request to `/.well-known/jwks.json`

```ignore
let response = client.get_jwks()
    .send()
    .await;
```*/
    pub fn get_jwks(&self) -> builder::GetJwks<'_> {
        builder::GetJwks::new(self)
    }
    /**Search accounts

The accounts that fit every filter, page by page; without a filter, all of them. Pages stay in order while
accounts come and go: none is shown twice, none that was there all the time is left out.

Sends a `GET` request to `/admin/v1/accounts`

Arguments:
- `appid`: The mini program that `openid` is of.
- `cursor`: `next_cursor` of the page before.
- `limit`: How many at the most: 1 to 100, 20 where nothing is said.
- `openid`: The person in a mini program: in `appid`, or in any that is configured.
- `phone`: The phone number in E.164: `+8613800138000`. In a URL its `+` is written as `%2B`.
- `status`: `active` or `suspended`.
- `unionid`: The person across mini programs.
```ignore
let response = client.search_accounts()
    .appid(appid)
    .cursor(cursor)
    .limit(limit)
    .openid(openid)
    .phone(phone)
    .status(status)
    .unionid(unionid)
    .send()
    .await;
```*/
    pub fn search_accounts(&self) -> builder::SearchAccounts<'_> {
        builder::SearchAccounts::new(self)
    }
    /**Show an account

The account as the person sees it, with `unionid_conflicts`: other accounts that may be the same person's. Who
looked is in the audit log.

Sends a `GET` request to `/admin/v1/accounts/{id}`

Arguments:
- `id`: The account's id.
```ignore
let response = client.get_account()
    .id(id)
    .send()
    .await;
```*/
    pub fn get_account(&self) -> builder::GetAccount<'_> {
        builder::GetAccount::new(self)
    }
    /**Erase an account

Removes the account with its identities, phone number and sessions. The audit log keeps that it was erased, and
nothing of what it was. A later login of the same person makes a new account.

Sends a `DELETE` request to `/admin/v1/accounts/{id}`

Arguments:
- `id`: The account's id.
```ignore
let response = client.erase_account()
    .id(id)
    .send()
    .await;
```*/
    pub fn erase_account(&self) -> builder::EraseAccount<'_> {
        builder::EraseAccount::new(self)
    }
    /**Export an account

Everything that is held about it.

Sends a `GET` request to `/admin/v1/accounts/{id}/export`

Arguments:
- `id`: The account's id.
```ignore
let response = client.export_account()
    .id(id)
    .send()
    .await;
```*/
    pub fn export_account(&self) -> builder::ExportAccount<'_> {
        builder::ExportAccount::new(self)
    }
    /**Merge an account into another

For two accounts that are one person's. The account of the path is no more afterwards: its sessions end, and its
identities log in to the account `into`, which also gets its phone number, name, picture and external id where it
has none of its own. It cannot be undone. All or nothing.

Sends a `POST` request to `/admin/v1/accounts/{id}/merge`

Arguments:
- `id`: The account that is merged into the other one.
- `body`
```ignore
let response = client.merge_account()
    .id(id)
    .body(body)
    .send()
    .await;
```*/
    pub fn merge_account(&self) -> builder::MergeAccount<'_> {
        builder::MergeAccount::new(self)
    }
    /**Restore a suspended account

It may log in again. The sessions that suspension ended stay ended.

Sends a `POST` request to `/admin/v1/accounts/{id}/restore`

Arguments:
- `id`: The account's id.
```ignore
let response = client.restore_account()
    .id(id)
    .send()
    .await;
```*/
    pub fn restore_account(&self) -> builder::RestoreAccount<'_> {
        builder::RestoreAccount::new(self)
    }
    /**List the sessions of an account

The live ones, the oldest first.

Sends a `GET` request to `/admin/v1/accounts/{id}/sessions`

Arguments:
- `id`: The account's id.
```ignore
let response = client.list_account_sessions()
    .id(id)
    .send()
    .await;
```*/
    pub fn list_account_sessions(&self) -> builder::ListAccountSessions<'_> {
        builder::ListAccountSessions::new(self)
    }
    /**End all sessions of an account

Its tokens are refused from now on; it may log in again.

Sends a `DELETE` request to `/admin/v1/accounts/{id}/sessions`

Arguments:
- `id`: The account's id.
```ignore
let response = client.end_account_sessions()
    .id(id)
    .send()
    .await;
```*/
    pub fn end_account_sessions(&self) -> builder::EndAccountSessions<'_> {
        builder::EndAccountSessions::new(self)
    }
    /**End one session of an account

One device is logged out; the others stay.

Sends a `DELETE` request to `/admin/v1/accounts/{id}/sessions/{session_id}`

Arguments:
- `id`: The account's id.
- `session_id`: The session's id.
```ignore
let response = client.end_account_session()
    .id(id)
    .session_id(session_id)
    .send()
    .await;
```*/
    pub fn end_account_session(&self) -> builder::EndAccountSession<'_> {
        builder::EndAccountSession::new(self)
    }
    /**Suspend an account

Its sessions end at once, and it does not log in any more. A second time changes nothing.

Sends a `POST` request to `/admin/v1/accounts/{id}/suspend`

Arguments:
- `id`: The account's id.
```ignore
let response = client.suspend_account()
    .id(id)
    .send()
    .await;
```*/
    pub fn suspend_account(&self) -> builder::SuspendAccount<'_> {
        builder::SuspendAccount::new(self)
    }
    /**List API keys

Who has one, what it allows, and since when; never the keys.

Sends a `GET` request to `/admin/v1/api-keys`

```ignore
let response = client.list_api_keys()
    .send()
    .await;
```*/
    pub fn list_api_keys(&self) -> builder::ListApiKeys<'_> {
        builder::ListApiKeys::new(self)
    }
    /**Make an API key

For a backend that introspects tokens, or for an operator. The key is answered this once; what is kept is its
SHA-256.

Sends a `POST` request to `/admin/v1/api-keys`

```ignore
let response = client.create_api_key()
    .body(body)
    .send()
    .await;
```*/
    pub fn create_api_key(&self) -> builder::CreateApiKey<'_> {
        builder::CreateApiKey::new(self)
    }
    /**Remove an API key

It is refused from now on; by other replicas within seconds. One of the configuration is removed there.

Sends a `DELETE` request to `/admin/v1/api-keys/{name}`

Arguments:
- `name`: The API key's name.
```ignore
let response = client.remove_api_key()
    .name(name)
    .send()
    .await;
```*/
    pub fn remove_api_key(&self) -> builder::RemoveApiKey<'_> {
        builder::RemoveApiKey::new(self)
    }
    /**Read the audit log

The events that fit every filter, newest first, page by page. Pages stay in order while events are added: none is
shown twice.

Sends a `GET` request to `/admin/v1/audit`

Arguments:
- `account`: Events on this account: its id.
- `action`: Events of this kind, such as `login_failed`.
- `actor`: Events by this actor: `person`, `wechat`, `service`, or `api_key:NAME`.
- `appid`: Events in this mini program.
- `code`: Events refused with this problem, such as `code_invalid`.
- `cursor`: `next_cursor` of the page before.
- `ip`: Events from this address, by its pseudonym.
- `limit`: How many at the most: 1 to 100, 20 where nothing is said.
- `since`: Events not before this time (RFC 3339).
- `until`: Events before this time (RFC 3339).
```ignore
let response = client.list_audit_events()
    .account(account)
    .action(action)
    .actor(actor)
    .appid(appid)
    .code(code)
    .cursor(cursor)
    .ip(ip)
    .limit(limit)
    .since(since)
    .until(until)
    .send()
    .await;
```*/
    pub fn list_audit_events(&self) -> builder::ListAuditEvents<'_> {
        builder::ListAuditEvents::new(self)
    }
    /**List the signing keys

Which key signs, which one follows, and what became of the others.

Sends a `GET` request to `/admin/v1/keys`

```ignore
let response = client.list_signing_keys()
    .send()
    .await;
```*/
    pub fn list_signing_keys(&self) -> builder::ListSigningKeys<'_> {
        builder::ListSigningKeys::new(self)
    }
    /**Replace the key of refresh tokens

For where it has leaked: whoever has it makes refresh tokens for anybody. Every refresh token that is about is
refused from now on, and people log in anew, which asks nothing of them. Access tokens are good until they expire.

Sends a `POST` request to `/admin/v1/keys/replace-refresh-key`

```ignore
let response = client.replace_refresh_key()
    .send()
    .await;
```*/
    pub fn replace_refresh_key(&self) -> builder::ReplaceRefreshKey<'_> {
        builder::ReplaceRefreshKey::new(self)
    }
    /**Rotate the signing keys

The next key takes over; the one that signed is believed until its last token has expired. Keys rotate by
themselves as well. Within 6 minutes of the last rotation the next key is not known to every verifier yet, and
the answer is `rate_limited`.

Sends a `POST` request to `/admin/v1/keys/rotate`

```ignore
let response = client.rotate_signing_keys()
    .send()
    .await;
```*/
    pub fn rotate_signing_keys(&self) -> builder::RotateSigningKeys<'_> {
        builder::RotateSigningKeys::new(self)
    }
    /**Retire a signing key at once

For a key that is compromised. Its tokens are refused here from now on, by other replicas within seconds, and by
local verifiers as soon as they fetch the JWKS anew. Where it was the key that signs, the next one takes over.
People stay logged in: their next refresh answers a token of the new key.

Sends a `POST` request to `/admin/v1/keys/{kid}/retire`

Arguments:
- `kid`: The key's id.
```ignore
let response = client.retire_signing_key()
    .kid(kid)
    .send()
    .await;
```*/
    pub fn retire_signing_key(&self) -> builder::RetireSigningKey<'_> {
        builder::RetireSigningKey::new(self)
    }
    /**Show statistics

How many accounts and live sessions there are, as of the last time that the service has counted them.

Sends a `GET` request to `/admin/v1/stats`

```ignore
let response = client.get_stats()
    .send()
    .await;
```*/
    pub fn get_stats(&self) -> builder::GetStats<'_> {
        builder::GetStats::new(self)
    }
    /**Is the process alive?

Depends on nothing else: restart the process when this does not answer.

Sends a `GET` request to `/livez`

```ignore
let response = client.get_liveness()
    .send()
    .await;
```*/
    pub fn get_liveness(&self) -> builder::GetLiveness<'_> {
        builder::GetLiveness::new(self)
    }
    /**Is the service ready?

Whether the store answers, and has answered with the keys since the start. Send no traffic while this answers
503; it recovers by itself. How WeChat does is told besides, and changes nothing.

Sends a `GET` request to `/readyz`

```ignore
let response = client.get_readiness()
    .send()
    .await;
```*/
    pub fn get_readiness(&self) -> builder::GetReadiness<'_> {
        builder::GetReadiness::new(self)
    }
    /**Introspect an access token

Whether the token is good at this very moment, and whose it is (RFC 7662). Logout, suspension and every other end
of a session are seen at once. What is not good is `{"active": false}`, whatever the reason: unknown, malformed,
expired, revoked. A refresh token is never active: it is for this service alone.

Needs an API key with the scope `introspect`.

Sends a `POST` request to `/v1/introspect`

```ignore
let response = client.introspect_token()
    .body(body)
    .send()
    .await;
```*/
    pub fn introspect_token(&self) -> builder::IntrospectToken<'_> {
        builder::IntrospectToken::new(self)
    }
    /**Log in

Exchanges a code of `wx.login` at WeChat, finds or makes the account, and answers tokens. With `encrypted_data`
and `iv`, or the `phone_code`, of the getPhoneNumber button the phone number is verified and bound in the same
call. All or nothing: where a part fails, no account, session or phone number is written.

A code works once. Send each request with a fresh code; when in doubt (a timeout, say), call `wx.login` again
instead of repeating the request.

Sends a `POST` request to `/v1/login`

```ignore
let response = client.login()
    .body(body)
    .send()
    .await;
```*/
    pub fn login(&self) -> builder::Login<'_> {
        builder::Login::new(self)
    }
    /**Log out

Ends the session of the access token, or with `all` every session of the account. Refreshing and every call to
this service see it at once; backends that verify access tokens by themselves see it when the token expires.

Sends a `POST` request to `/v1/logout`

```ignore
let response = client.logout()
    .body(body)
    .send()
    .await;
```*/
    pub fn logout(&self) -> builder::Logout<'_> {
        builder::Logout::new(self)
    }
    /**Show my account

The account of the access token, as it is now.

Sends a `GET` request to `/v1/me`

```ignore
let response = client.get_me()
    .send()
    .await;
```*/
    pub fn get_me(&self) -> builder::GetMe<'_> {
        builder::GetMe::new(self)
    }
    /**Cancel my account

Erases the account with its identities, phone number and sessions, on all devices. It cannot be undone. A later
login makes a new account, with another id.

Sends a `DELETE` request to `/v1/me`

```ignore
let response = client.cancel_me()
    .send()
    .await;
```*/
    pub fn cancel_me(&self) -> builder::CancelMe<'_> {
        builder::CancelMe::new(self)
    }
    /**Change my profile

Sets or clears nickname and picture. WeChat hands neither out any more: a profile is what the person chose in
the mini program, and never required.

`wx.request` cannot send PATCH: from a mini program, send POST with the header `X-HTTP-Method-Override: PATCH`.

Sends a `PATCH` request to `/v1/me`

```ignore
let response = client.update_me()
    .body(body)
    .send()
    .await;
```*/
    pub fn update_me(&self) -> builder::UpdateMe<'_> {
        builder::UpdateMe::new(self)
    }
    /**Decrypt WeChat data

For encrypted data other than the phone number: steps of `wx.getWeRunData`, group ids of `wx.getGroupEnterInfo`.
The watermark is checked: the data are of this mini program, and not old. Nothing of them is kept.

The data open under one `session_key` only. Call `wx.login` first, then ask for the data, and send the code with
them; without it the key of the last login is tried, and `session_key_stale` says that WeChat has another one by
now.

Sends a `POST` request to `/v1/me/decrypt`

```ignore
let response = client.decrypt_data()
    .body(body)
    .send()
    .await;
```*/
    pub fn decrypt_data(&self) -> builder::DecryptData<'_> {
        builder::DecryptData::new(self)
    }
    /**Export my data

Everything that is held about the account: the account itself, its sessions, and what the audit log has on it.
What operators did is in it, and not which of them, nor from where.

Sends a `GET` request to `/v1/me/export`

```ignore
let response = client.export_me()
    .send()
    .await;
```*/
    pub fn export_me(&self) -> builder::ExportMe<'_> {
        builder::ExportMe::new(self)
    }
    /**Bind my phone number

Takes what the getPhoneNumber button gave: its code (`phone_code`), or its `encrypted_data` and `iv`. The number
takes the place of the one that the account has.

Encrypted data open under one `session_key` only. Call `wx.login` first, then let the person tap, and send the code
of that `wx.login` with the data; without it the key of the last login is tried, and `session_key_stale` says
that WeChat has another one by now. `phone_code` needs none of this.

Sends a `PUT` request to `/v1/me/phone`

```ignore
let response = client.set_my_phone()
    .body(body)
    .send()
    .await;
```*/
    pub fn set_my_phone(&self) -> builder::SetMyPhone<'_> {
        builder::SetMyPhone::new(self)
    }
    /**Remove my phone number

The account forgets it. Where it has none, nothing happens.

Sends a `DELETE` request to `/v1/me/phone`

```ignore
let response = client.remove_my_phone()
    .send()
    .await;
```*/
    pub fn remove_my_phone(&self) -> builder::RemoveMyPhone<'_> {
        builder::RemoveMyPhone::new(self)
    }
    /**Check my session key

Asks WeChat (checksession) whether the `session_key` that is kept from the last login still is the current one: by
that a mini program knows whether encrypted data can be sent without a new `wx.login`. The key itself never
leaves this service.

Sends a `POST` request to `/v1/me/session-key/check`

```ignore
let response = client.check_my_session_key()
    .send()
    .await;
```*/
    pub fn check_my_session_key(&self) -> builder::CheckMySessionKey<'_> {
        builder::CheckMySessionKey::new(self)
    }
    /**Reset my session key

Has WeChat replace the `session_key` (resetusersessionkey): whatever was encrypted under the old one does not open
any more. Needs the current key to be kept; otherwise `session_key_stale`.

Sends a `POST` request to `/v1/me/session-key/reset`

```ignore
let response = client.reset_my_session_key()
    .send()
    .await;
```*/
    pub fn reset_my_session_key(&self) -> builder::ResetMySessionKey<'_> {
        builder::ResetMySessionKey::new(self)
    }
    /**List my sessions

Where the account is logged in: the live sessions, the oldest first. An account has 20 at the most (by default);
a login beyond that ends the oldest.

Sends a `GET` request to `/v1/me/sessions`

```ignore
let response = client.list_my_sessions()
    .send()
    .await;
```*/
    pub fn list_my_sessions(&self) -> builder::ListMySessions<'_> {
        builder::ListMySessions::new(self)
    }
    /**End one of my sessions

Logs a device out from afar; the current session may be ended as well.

Sends a `DELETE` request to `/v1/me/sessions/{id}`

Arguments:
- `id`: The session's id.
```ignore
let response = client.end_my_session()
    .id(id)
    .send()
    .await;
```*/
    pub fn end_my_session(&self) -> builder::EndMySession<'_> {
        builder::EndMySession::new(self)
    }
    /**Revoke a token

Ends the session that an access token or a refresh token is of (RFC 7009). Holding the token is all that
authorises: mini programs are public clients. A token that is unknown, or over already, is answered alike.

Sends a `POST` request to `/v1/revoke`

```ignore
let response = client.revoke_token()
    .body(body)
    .send()
    .await;
```*/
    pub fn revoke_token(&self) -> builder::RevokeToken<'_> {
        builder::RevokeToken::new(self)
    }
    /**Refresh the tokens

Answers a new access token and a new refresh token; the one presented is used up. A repeat of the immediately
preceding token within the grace window (60 seconds by default), after a lost reply say, answers the same
successor. Anything older, or later, is taken for theft and ends the session.

Sends a `POST` request to `/v1/token/refresh`

```ignore
let response = client.refresh_token()
    .body(body)
    .send()
    .await;
```*/
    pub fn refresh_token(&self) -> builder::RefreshToken<'_> {
        builder::RefreshToken::new(self)
    }
    /**Verify an access token

Forward authentication for gateways (nginx `auth_request`, Traefik, Caddy, APISIX): 204 with the identity in
headers, 401 without a good token, 403 for a suspended account. Sees revocation at once.

Sends a `GET` request to `/v1/verify`

```ignore
let response = client.verify_token()
    .send()
    .await;
```*/
    pub fn verify_token(&self) -> builder::VerifyToken<'_> {
        builder::VerifyToken::new(self)
    }
}
/// Types for composing operation parameters.
#[allow(clippy::all)]
pub mod builder {
    use super::types;
    #[allow(unused_imports)]
    use super::{
        encode_path, ByteStream, ClientInfo, ClientHooks, Error, OperationInfo,
        RequestBuilderExt, ResponseValue,
    };
    /**Builder for [`Client::get_jwks`]

[`Client::get_jwks`]: super::Client::get_jwks*/
    #[derive(Debug, Clone)]
    pub struct GetJwks<'a> {
        client: &'a super::Client,
    }
    impl<'a> GetJwks<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/.well-known/jwks.json`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Jwks>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/.well-known/jwks.json", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_jwks",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::search_accounts`]

[`Client::search_accounts`]: super::Client::search_accounts*/
    #[derive(Debug, Clone)]
    pub struct SearchAccounts<'a> {
        client: &'a super::Client,
        appid: Result<Option<::std::string::String>, String>,
        cursor: Result<Option<::std::string::String>, String>,
        limit: Result<Option<i64>, String>,
        openid: Result<Option<::std::string::String>, String>,
        phone: Result<Option<::std::string::String>, String>,
        status: Result<Option<types::AccountStatus>, String>,
        unionid: Result<Option<::std::string::String>, String>,
    }
    impl<'a> SearchAccounts<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                appid: Ok(None),
                cursor: Ok(None),
                limit: Ok(None),
                openid: Ok(None),
                phone: Ok(None),
                status: Ok(None),
                unionid: Ok(None),
            }
        }
        pub fn appid<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.appid = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for appid failed"
                        .to_string()
                });
            self
        }
        pub fn cursor<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.cursor = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for cursor failed"
                        .to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i64>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `i64` for limit failed".to_string());
            self
        }
        pub fn openid<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.openid = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for openid failed"
                        .to_string()
                });
            self
        }
        pub fn phone<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.phone = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for phone failed"
                        .to_string()
                });
            self
        }
        pub fn status<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::AccountStatus>,
        {
            self.status = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `AccountStatus` for status failed".to_string()
                });
            self
        }
        pub fn unionid<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.unionid = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for unionid failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/admin/v1/accounts`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::AccountPage>, Error<types::Problem>> {
            let Self { client, appid, cursor, limit, openid, phone, status, unionid } = self;
            let appid = appid.map_err(Error::InvalidRequest)?;
            let cursor = cursor.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let openid = openid.map_err(Error::InvalidRequest)?;
            let phone = phone.map_err(Error::InvalidRequest)?;
            let status = status.map_err(Error::InvalidRequest)?;
            let unionid = unionid.map_err(Error::InvalidRequest)?;
            let url = format!("{}/admin/v1/accounts", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("appid", &appid))
                .query(&progenitor_client::QueryParam::new("cursor", &cursor))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .query(&progenitor_client::QueryParam::new("openid", &openid))
                .query(&progenitor_client::QueryParam::new("phone", &phone))
                .query(&progenitor_client::QueryParam::new("status", &status))
                .query(&progenitor_client::QueryParam::new("unionid", &unionid))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "search_accounts",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_account`]

[`Client::get_account`]: super::Client::get_account*/
    #[derive(Debug, Clone)]
    pub struct GetAccount<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> GetAccount<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/admin/v1/accounts/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::OperatorAccount>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/admin/v1/accounts/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_account",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::erase_account`]

[`Client::erase_account`]: super::Client::erase_account*/
    #[derive(Debug, Clone)]
    pub struct EraseAccount<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> EraseAccount<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/admin/v1/accounts/{id}`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/admin/v1/accounts/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "erase_account",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::export_account`]

[`Client::export_account`]: super::Client::export_account*/
    #[derive(Debug, Clone)]
    pub struct ExportAccount<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> ExportAccount<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/admin/v1/accounts/{id}/export`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::AccountExport>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/admin/v1/accounts/{}/export", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "export_account",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::merge_account`]

[`Client::merge_account`]: super::Client::merge_account*/
    #[derive(Debug, Clone)]
    pub struct MergeAccount<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
        body: Result<types::builder::MergeRequest, String>,
    }
    impl<'a> MergeAccount<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::MergeRequest>,
            <V as std::convert::TryInto<types::MergeRequest>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `MergeRequest` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::MergeRequest,
            ) -> types::builder::MergeRequest,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/admin/v1/accounts/{id}/merge`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::OperatorAccount>, Error<types::Problem>> {
            let Self { client, id, body } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::MergeRequest::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/admin/v1/accounts/{}/merge", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "merge_account",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::restore_account`]

[`Client::restore_account`]: super::Client::restore_account*/
    #[derive(Debug, Clone)]
    pub struct RestoreAccount<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> RestoreAccount<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/admin/v1/accounts/{id}/restore`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::OperatorAccount>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/admin/v1/accounts/{}/restore", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "restore_account",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_account_sessions`]

[`Client::list_account_sessions`]: super::Client::list_account_sessions*/
    #[derive(Debug, Clone)]
    pub struct ListAccountSessions<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> ListAccountSessions<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/admin/v1/accounts/{id}/sessions`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Sessions>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/admin/v1/accounts/{}/sessions", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_account_sessions",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::end_account_sessions`]

[`Client::end_account_sessions`]: super::Client::end_account_sessions*/
    #[derive(Debug, Clone)]
    pub struct EndAccountSessions<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> EndAccountSessions<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/admin/v1/accounts/{id}/sessions`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/admin/v1/accounts/{}/sessions", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "end_account_sessions",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::end_account_session`]

[`Client::end_account_session`]: super::Client::end_account_session*/
    #[derive(Debug, Clone)]
    pub struct EndAccountSession<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
        session_id: Result<::std::string::String, String>,
    }
    impl<'a> EndAccountSession<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                session_id: Err("session_id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        pub fn session_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.session_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for session_id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/admin/v1/accounts/{id}/sessions/{session_id}`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client, id, session_id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let session_id = session_id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/admin/v1/accounts/{}/sessions/{}", client.baseurl, encode_path(& id
                .to_string()), encode_path(& session_id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "end_account_session",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::suspend_account`]

[`Client::suspend_account`]: super::Client::suspend_account*/
    #[derive(Debug, Clone)]
    pub struct SuspendAccount<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> SuspendAccount<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/admin/v1/accounts/{id}/suspend`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::OperatorAccount>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/admin/v1/accounts/{}/suspend", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "suspend_account",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_api_keys`]

[`Client::list_api_keys`]: super::Client::list_api_keys*/
    #[derive(Debug, Clone)]
    pub struct ListApiKeys<'a> {
        client: &'a super::Client,
    }
    impl<'a> ListApiKeys<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/admin/v1/api-keys`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ApiKeys>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/admin/v1/api-keys", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_api_keys",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::create_api_key`]

[`Client::create_api_key`]: super::Client::create_api_key*/
    #[derive(Debug, Clone)]
    pub struct CreateApiKey<'a> {
        client: &'a super::Client,
        body: Result<types::builder::CreateApiKeyRequest, String>,
    }
    impl<'a> CreateApiKey<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreateApiKeyRequest>,
            <V as std::convert::TryInto<
                types::CreateApiKeyRequest,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `CreateApiKeyRequest` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::CreateApiKeyRequest,
            ) -> types::builder::CreateApiKeyRequest,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/admin/v1/api-keys`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::CreatedApiKey>, Error<types::Problem>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| {
                    types::CreateApiKeyRequest::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/admin/v1/api-keys", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "create_api_key",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::remove_api_key`]

[`Client::remove_api_key`]: super::Client::remove_api_key*/
    #[derive(Debug, Clone)]
    pub struct RemoveApiKey<'a> {
        client: &'a super::Client,
        name: Result<::std::string::String, String>,
    }
    impl<'a> RemoveApiKey<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                name: Err("name was not initialized".to_string()),
            }
        }
        pub fn name<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.name = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for name failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/admin/v1/api-keys/{name}`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client, name } = self;
            let name = name.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/admin/v1/api-keys/{}", client.baseurl, encode_path(& name
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "remove_api_key",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_audit_events`]

[`Client::list_audit_events`]: super::Client::list_audit_events*/
    #[derive(Debug, Clone)]
    pub struct ListAuditEvents<'a> {
        client: &'a super::Client,
        account: Result<Option<::std::string::String>, String>,
        action: Result<Option<::std::string::String>, String>,
        actor: Result<Option<::std::string::String>, String>,
        appid: Result<Option<::std::string::String>, String>,
        code: Result<Option<::std::string::String>, String>,
        cursor: Result<Option<::std::string::String>, String>,
        ip: Result<Option<::std::string::String>, String>,
        limit: Result<Option<i64>, String>,
        since: Result<Option<::chrono::DateTime<::chrono::offset::Utc>>, String>,
        until: Result<Option<::chrono::DateTime<::chrono::offset::Utc>>, String>,
    }
    impl<'a> ListAuditEvents<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                account: Ok(None),
                action: Ok(None),
                actor: Ok(None),
                appid: Ok(None),
                code: Ok(None),
                cursor: Ok(None),
                ip: Ok(None),
                limit: Ok(None),
                since: Ok(None),
                until: Ok(None),
            }
        }
        pub fn account<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.account = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for account failed"
                        .to_string()
                });
            self
        }
        pub fn action<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.action = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for action failed"
                        .to_string()
                });
            self
        }
        pub fn actor<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.actor = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for actor failed"
                        .to_string()
                });
            self
        }
        pub fn appid<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.appid = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for appid failed"
                        .to_string()
                });
            self
        }
        pub fn code<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.code = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for code failed"
                        .to_string()
                });
            self
        }
        pub fn cursor<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.cursor = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for cursor failed"
                        .to_string()
                });
            self
        }
        pub fn ip<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.ip = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for ip failed"
                        .to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i64>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `i64` for limit failed".to_string());
            self
        }
        pub fn since<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
        {
            self.since = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: chrono :: DateTime < :: chrono :: offset :: Utc >` for since failed"
                        .to_string()
                });
            self
        }
        pub fn until<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
        {
            self.until = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: chrono :: DateTime < :: chrono :: offset :: Utc >` for until failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/admin/v1/audit`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::AuditPage>, Error<types::Problem>> {
            let Self {
                client,
                account,
                action,
                actor,
                appid,
                code,
                cursor,
                ip,
                limit,
                since,
                until,
            } = self;
            let account = account.map_err(Error::InvalidRequest)?;
            let action = action.map_err(Error::InvalidRequest)?;
            let actor = actor.map_err(Error::InvalidRequest)?;
            let appid = appid.map_err(Error::InvalidRequest)?;
            let code = code.map_err(Error::InvalidRequest)?;
            let cursor = cursor.map_err(Error::InvalidRequest)?;
            let ip = ip.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let since = since.map_err(Error::InvalidRequest)?;
            let until = until.map_err(Error::InvalidRequest)?;
            let url = format!("{}/admin/v1/audit", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("account", &account))
                .query(&progenitor_client::QueryParam::new("action", &action))
                .query(&progenitor_client::QueryParam::new("actor", &actor))
                .query(&progenitor_client::QueryParam::new("appid", &appid))
                .query(&progenitor_client::QueryParam::new("code", &code))
                .query(&progenitor_client::QueryParam::new("cursor", &cursor))
                .query(&progenitor_client::QueryParam::new("ip", &ip))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .query(&progenitor_client::QueryParam::new("since", &since))
                .query(&progenitor_client::QueryParam::new("until", &until))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_audit_events",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_signing_keys`]

[`Client::list_signing_keys`]: super::Client::list_signing_keys*/
    #[derive(Debug, Clone)]
    pub struct ListSigningKeys<'a> {
        client: &'a super::Client,
    }
    impl<'a> ListSigningKeys<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/admin/v1/keys`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::SigningKeys>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/admin/v1/keys", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_signing_keys",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::replace_refresh_key`]

[`Client::replace_refresh_key`]: super::Client::replace_refresh_key*/
    #[derive(Debug, Clone)]
    pub struct ReplaceRefreshKey<'a> {
        client: &'a super::Client,
    }
    impl<'a> ReplaceRefreshKey<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `POST` request to `/admin/v1/keys/replace-refresh-key`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/admin/v1/keys/replace-refresh-key", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "replace_refresh_key",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::rotate_signing_keys`]

[`Client::rotate_signing_keys`]: super::Client::rotate_signing_keys*/
    #[derive(Debug, Clone)]
    pub struct RotateSigningKeys<'a> {
        client: &'a super::Client,
    }
    impl<'a> RotateSigningKeys<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `POST` request to `/admin/v1/keys/rotate`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::SigningKeys>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/admin/v1/keys/rotate", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "rotate_signing_keys",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::retire_signing_key`]

[`Client::retire_signing_key`]: super::Client::retire_signing_key*/
    #[derive(Debug, Clone)]
    pub struct RetireSigningKey<'a> {
        client: &'a super::Client,
        kid: Result<::std::string::String, String>,
    }
    impl<'a> RetireSigningKey<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                kid: Err("kid was not initialized".to_string()),
            }
        }
        pub fn kid<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.kid = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for kid failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/admin/v1/keys/{kid}/retire`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::SigningKeys>, Error<types::Problem>> {
            let Self { client, kid } = self;
            let kid = kid.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/admin/v1/keys/{}/retire", client.baseurl, encode_path(& kid
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "retire_signing_key",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_stats`]

[`Client::get_stats`]: super::Client::get_stats*/
    #[derive(Debug, Clone)]
    pub struct GetStats<'a> {
        client: &'a super::Client,
    }
    impl<'a> GetStats<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/admin/v1/stats`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Stats>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/admin/v1/stats", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_stats",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_liveness`]

[`Client::get_liveness`]: super::Client::get_liveness*/
    #[derive(Debug, Clone)]
    pub struct GetLiveness<'a> {
        client: &'a super::Client,
    }
    impl<'a> GetLiveness<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/livez`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Health>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/livez", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_liveness",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_readiness`]

[`Client::get_readiness`]: super::Client::get_readiness*/
    #[derive(Debug, Clone)]
    pub struct GetReadiness<'a> {
        client: &'a super::Client,
    }
    impl<'a> GetReadiness<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/readyz`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Readiness>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/readyz", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_readiness",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::introspect_token`]

[`Client::introspect_token`]: super::Client::introspect_token*/
    #[derive(Debug, Clone)]
    pub struct IntrospectToken<'a> {
        client: &'a super::Client,
        body: Result<types::builder::TokenForm, String>,
    }
    impl<'a> IntrospectToken<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::TokenForm>,
            <V as std::convert::TryInto<types::TokenForm>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `TokenForm` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::TokenForm) -> types::builder::TokenForm,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/introspect`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Introspection>, Error<types::Problem>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::TokenForm::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/introspect", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .form_urlencoded(&body)?
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "introspect_token",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::login`]

[`Client::login`]: super::Client::login*/
    #[derive(Debug, Clone)]
    pub struct Login<'a> {
        client: &'a super::Client,
        body: Result<types::builder::LoginRequest, String>,
    }
    impl<'a> Login<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::LoginRequest>,
            <V as std::convert::TryInto<types::LoginRequest>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `LoginRequest` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::LoginRequest,
            ) -> types::builder::LoginRequest,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/login`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Tokens>, Error<types::Problem>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| {
                    types::LoginRequest::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/login", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "login",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                502u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::logout`]

[`Client::logout`]: super::Client::logout*/
    #[derive(Debug, Clone)]
    pub struct Logout<'a> {
        client: &'a super::Client,
        body: Result<types::builder::LogoutRequest, String>,
    }
    impl<'a> Logout<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::LogoutRequest>,
            <V as std::convert::TryInto<types::LogoutRequest>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `LogoutRequest` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::LogoutRequest,
            ) -> types::builder::LogoutRequest,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/logout`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| {
                    types::LogoutRequest::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/logout", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "logout",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_me`]

[`Client::get_me`]: super::Client::get_me*/
    #[derive(Debug, Clone)]
    pub struct GetMe<'a> {
        client: &'a super::Client,
    }
    impl<'a> GetMe<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/me`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Account>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/me", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_me",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::cancel_me`]

[`Client::cancel_me`]: super::Client::cancel_me*/
    #[derive(Debug, Clone)]
    pub struct CancelMe<'a> {
        client: &'a super::Client,
    }
    impl<'a> CancelMe<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `DELETE` request to `/v1/me`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/me", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "cancel_me",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::update_me`]

[`Client::update_me`]: super::Client::update_me*/
    #[derive(Debug, Clone)]
    pub struct UpdateMe<'a> {
        client: &'a super::Client,
        body: Result<crate::ProfileChange, String>,
    }
    impl<'a> UpdateMe<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Err("body was not initialized".to_string()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<crate::ProfileChange>,
        {
            self.body = value
                .try_into()
                .map_err(|_| {
                    "conversion to `crate :: ProfileChange` for body failed".to_string()
                });
            self
        }
        ///Sends a `PATCH` request to `/v1/me`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Account>, Error<types::Problem>> {
            let Self { client, body } = self;
            let body = body.map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/me", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .patch(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "update_me",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::decrypt_data`]

[`Client::decrypt_data`]: super::Client::decrypt_data*/
    #[derive(Debug, Clone)]
    pub struct DecryptData<'a> {
        client: &'a super::Client,
        body: Result<types::builder::DecryptRequest, String>,
    }
    impl<'a> DecryptData<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::DecryptRequest>,
            <V as std::convert::TryInto<
                types::DecryptRequest,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `DecryptRequest` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::DecryptRequest,
            ) -> types::builder::DecryptRequest,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/me/decrypt`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Decrypted>, Error<types::Problem>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| {
                    types::DecryptRequest::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/me/decrypt", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "decrypt_data",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                502u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::export_me`]

[`Client::export_me`]: super::Client::export_me*/
    #[derive(Debug, Clone)]
    pub struct ExportMe<'a> {
        client: &'a super::Client,
    }
    impl<'a> ExportMe<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/me/export`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::AccountExport>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/me/export", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "export_me",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::set_my_phone`]

[`Client::set_my_phone`]: super::Client::set_my_phone*/
    #[derive(Debug, Clone)]
    pub struct SetMyPhone<'a> {
        client: &'a super::Client,
        body: Result<types::builder::PhoneProof, String>,
    }
    impl<'a> SetMyPhone<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::PhoneProof>,
            <V as std::convert::TryInto<types::PhoneProof>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `PhoneProof` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::PhoneProof,
            ) -> types::builder::PhoneProof,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PUT` request to `/v1/me/phone`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Account>, Error<types::Problem>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::PhoneProof::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/me/phone", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .put(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "set_my_phone",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                422u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                502u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::remove_my_phone`]

[`Client::remove_my_phone`]: super::Client::remove_my_phone*/
    #[derive(Debug, Clone)]
    pub struct RemoveMyPhone<'a> {
        client: &'a super::Client,
    }
    impl<'a> RemoveMyPhone<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `DELETE` request to `/v1/me/phone`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/me/phone", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "remove_my_phone",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::check_my_session_key`]

[`Client::check_my_session_key`]: super::Client::check_my_session_key*/
    #[derive(Debug, Clone)]
    pub struct CheckMySessionKey<'a> {
        client: &'a super::Client,
    }
    impl<'a> CheckMySessionKey<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `POST` request to `/v1/me/session-key/check`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::SessionKeyCheck>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/me/session-key/check", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "check_my_session_key",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                502u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::reset_my_session_key`]

[`Client::reset_my_session_key`]: super::Client::reset_my_session_key*/
    #[derive(Debug, Clone)]
    pub struct ResetMySessionKey<'a> {
        client: &'a super::Client,
    }
    impl<'a> ResetMySessionKey<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `POST` request to `/v1/me/session-key/reset`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/me/session-key/reset", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "reset_my_session_key",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                409u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                502u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_my_sessions`]

[`Client::list_my_sessions`]: super::Client::list_my_sessions*/
    #[derive(Debug, Clone)]
    pub struct ListMySessions<'a> {
        client: &'a super::Client,
    }
    impl<'a> ListMySessions<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/me/sessions`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Sessions>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/me/sessions", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_my_sessions",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::end_my_session`]

[`Client::end_my_session`]: super::Client::end_my_session*/
    #[derive(Debug, Clone)]
    pub struct EndMySession<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
    }
    impl<'a> EndMySession<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/v1/me/sessions/{id}`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/me/sessions/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "end_my_session",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::revoke_token`]

[`Client::revoke_token`]: super::Client::revoke_token*/
    #[derive(Debug, Clone)]
    pub struct RevokeToken<'a> {
        client: &'a super::Client,
        body: Result<types::builder::TokenForm, String>,
    }
    impl<'a> RevokeToken<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::TokenForm>,
            <V as std::convert::TryInto<types::TokenForm>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `TokenForm` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::TokenForm) -> types::builder::TokenForm,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/revoke`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::TokenForm::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/revoke", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .form_urlencoded(&body)?
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "revoke_token",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::empty(response)),
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::refresh_token`]

[`Client::refresh_token`]: super::Client::refresh_token*/
    #[derive(Debug, Clone)]
    pub struct RefreshToken<'a> {
        client: &'a super::Client,
        body: Result<types::builder::RefreshRequest, String>,
    }
    impl<'a> RefreshToken<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::RefreshRequest>,
            <V as std::convert::TryInto<
                types::RefreshRequest,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `RefreshRequest` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::RefreshRequest,
            ) -> types::builder::RefreshRequest,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/token/refresh`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Tokens>, Error<types::Problem>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| {
                    types::RefreshRequest::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/token/refresh", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "refresh_token",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                413u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                415u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                429u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::verify_token`]

[`Client::verify_token`]: super::Client::verify_token*/
    #[derive(Debug, Clone)]
    pub struct VerifyToken<'a> {
        client: &'a super::Client,
    }
    impl<'a> VerifyToken<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/verify`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/verify", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "verify_token",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    pub use self::super::Client;
}
