//! `GET`, `PATCH` and `DELETE /v1/me`

use poem_openapi::types::MaybeUndefined;
use poem_openapi::{ApiResponse, Object, OpenApi};
use wxlogin_domain::account::{AvatarUrl, Nickname, ProfileChange, ProfileError};
use wxlogin_domain::accounts::AccountsService;
use wxlogin_domain::me::MeService;

use super::Tag;
use super::bearer::{AccessTokenAuth, MY_CODES, People};
use super::body::{BODY_CODES, Fields, FromBody, JsonBody};
use super::came_from::CameFrom;
use super::problem::{Code, Problem, ProblemSet, Refused, Text, text};
use super::wire::AccountBody;
use super::written::Written;

/// Changes of the profile; what is left out stays, null clears.
#[derive(Object)]
#[oai(rename = "ProfileChange", deny_unknown_fields)]
pub struct ProfileSchema {
    /// The name to show: 1 to 64 characters without control characters.
    #[oai(nullable, validator(min_length = 1, max_length = 64))]
    nickname: MaybeUndefined<String>,
    /// The picture to show: an http or https URL.
    #[oai(nullable, validator(min_length = 1, max_length = 1024))]
    avatar_url: MaybeUndefined<String>,
}

/// The body, read.
pub struct ProfileBody(ProfileChange);

impl FromBody for ProfileBody {
    type Schema = ProfileSchema;

    fn read(fields: &mut Fields) -> Self {
        Self(ProfileChange {
            nickname: fields.change("nickname", |name| Nickname::parse(name).map_err(reason)),
            avatar_url: fields.change("avatar_url", |url| AvatarUrl::parse(url).map_err(reason)),
        })
    }
}

fn reason(error: ProfileError) -> Text {
    match error {
        ProfileError::Empty => text("不能为空；要清除请传 null", "it is empty; null clears it"),
        ProfileError::TooLong(most) => Text::made(
            format!("最多 {most} 个字符"),
            format!("it is longer than {most} characters"),
        ),
        ProfileError::ControlCharacter => text("含有控制字符", "it has a control character"),
        ProfileError::NotHttpUrl => text("应为 http 或 https 的 URL", "an http or https URL is expected"),
    }
}

/// What reading the account can answer besides it.
pub struct GetMeProblems;

impl ProblemSet for GetMeProblems {
    const CODES: &'static [&'static [Code]] = &[&MY_CODES];
}

/// What changing the profile can answer besides the account.
pub struct UpdateMeProblems;

impl ProblemSet for UpdateMeProblems {
    const CODES: &'static [&'static [Code]] = &[&MY_CODES, &BODY_CODES];
}

/// What cancelling the account can answer besides success.
pub struct CancelMeProblems;

impl ProblemSet for CancelMeProblems {
    const CODES: &'static [&'static [Code]] = &[&MY_CODES];
}

/// The answer of cancelling the account.
#[derive(ApiResponse)]
pub enum AccountCancelled {
    /// It is gone, and its sessions have ended.
    #[oai(status = 204)]
    Done,
}

/// One's own account.
#[derive(Clone)]
pub struct MeApi {
    people: People,
    service: MeService,
    accounts: AccountsService,
}

impl MeApi {
    /// Served by these services.
    pub fn new(people: People, service: MeService, accounts: AccountsService) -> Self {
        Self {
            people,
            service,
            accounts,
        }
    }
}

#[OpenApi]
impl MeApi {
    /// Show my account
    ///
    /// The account of the access token, as it is now.
    #[oai(path = "/v1/me", method = "get", operation_id = "getMe", tag = "Tag::Account")]
    async fn get_me(&self, auth: AccessTokenAuth) -> Result<Written<AccountBody>, Refused<GetMeProblems>> {
        let session = auth.person(&self.people).await?;
        let account = self.service.account(&session).await.map_err(Problem::from)?;
        // The session was live a moment ago: the account was erased since.
        let account = account.ok_or(Problem::new(Code::SessionRevoked))?;
        Ok(Written(account.into()))
    }

    /// Change my profile
    ///
    /// Sets or clears nickname and picture. WeChat hands neither out any more: a profile is what the person chose in
    /// the mini program, and never required.
    ///
    /// `wx.request` cannot send PATCH: from a mini program, send POST with the header `X-HTTP-Method-Override: PATCH`.
    #[oai(path = "/v1/me", method = "patch", operation_id = "updateMe", tag = "Tag::Account")]
    async fn update_me(
        &self,
        auth: AccessTokenAuth,
        body: JsonBody<ProfileBody>,
    ) -> Result<Written<AccountBody>, Refused<UpdateMeProblems>> {
        let session = auth.person(&self.people).await?;
        let account = self
            .service
            .change_profile(&session, &body.0.0)
            .await
            .map_err(Problem::from)?
            .ok_or(Problem::new(Code::SessionRevoked))?;
        Ok(Written(account.into()))
    }

    /// Cancel my account
    ///
    /// Erases the account with its identities, phone number and sessions, on all devices. It cannot be undone. A later
    /// login makes a new account, with another id.
    #[oai(path = "/v1/me", method = "delete", operation_id = "cancelMe", tag = "Tag::Account")]
    async fn cancel(
        &self,
        auth: AccessTokenAuth,
        origin: CameFrom,
    ) -> Result<AccountCancelled, Refused<CancelMeProblems>> {
        let session = auth.person(&self.people).await?;
        // Whoever else erased it a moment ago did what was wished.
        self.accounts
            .erase(session.id.account, &origin.0)
            .await
            .map_err(Problem::from)?;
        tracing::info!(account = %session.id.account, "an account was cancelled by its owner");
        Ok(AccountCancelled::Done)
    }
}
