//! `/admin/v1/accounts`

use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use wxlogin_domain::account::AccountStatus;
use wxlogin_domain::accounts::{AccountSearch, AccountsService};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::{AppId, OpenId, UnionId};
use wxlogin_domain::phone_number::PhoneNumber;
use wxlogin_domain::ports::account_store::AccountPage;

use super::account_wire::OperatorAccountBody;
use crate::http::Tag;
use crate::http::api_key::{API_KEY_CODES, Admin, Caller};
use crate::http::export_wire::AccountExportBody;
use crate::http::problem::{Code, Problem, ProblemSet, Refused, text};
use crate::http::query::RawQuery;

/// A page of accounts.
#[derive(Object)]
#[oai(rename = "AccountPage", skip_serializing_if_is_none)]
pub struct AccountPageBody {
    /// The accounts, in the order in which they came to be. A page may have fewer than `limit`, and still not be the
    /// last.
    accounts: Vec<OperatorAccountBody>,
    /// Where the next page begins: the `cursor` to ask for it with. Absent on the last page.
    next_cursor: Option<String>,
}

impl From<AccountPage> for AccountPageBody {
    fn from(page: AccountPage) -> Self {
        Self {
            accounts: page.accounts.into_iter().map(OperatorAccountBody::from).collect(),
            next_cursor: page.next.map(|next| next.to_string()),
        }
    }
}

/// What a search can answer besides accounts.
pub struct SearchProblems;

impl ProblemSet for SearchProblems {
    const CODES: &'static [&'static [Code]] = &[&[
        Code::InvalidRequest,
        Code::Unauthorized,
        Code::TokenInvalid,
        Code::InsufficientScope,
        Code::StoreUnavailable,
    ]];
}

/// What a call on one account can answer besides success.
pub struct AccountProblems;

impl ProblemSet for AccountProblems {
    const CODES: &'static [&'static [Code]] = &[&API_KEY_CODES, &[Code::NotFound]];
}

/// No account of that id is there.
pub fn no_such_account() -> Problem {
    Problem::new(Code::NotFound).with_detail(text("没有这个账号。", "There is no such account."))
}

/// The account that a path names.
///
/// # Errors
/// What is no id is nobody's.
pub fn account_id(text: &str) -> Result<AccountId, Problem> {
    AccountId::parse(text).map_err(|_| no_such_account())
}

/// The answer of erasing an account.
#[derive(ApiResponse)]
pub enum AccountErased {
    /// It is gone, and its sessions have ended.
    #[oai(status = 204)]
    Done,
}

/// Work on accounts.
#[derive(Clone)]
pub struct AccountsApi {
    service: AccountsService,
}

impl AccountsApi {
    /// Served by this service.
    pub fn new(service: AccountsService) -> Self {
        Self { service }
    }
}

#[OpenApi]
impl AccountsApi {
    /// Search accounts
    ///
    /// The accounts that fit every filter, page by page; without a filter, all of them. Pages stay in order while
    /// accounts come and go: none is shown twice, none that was there all the time is left out.
    #[expect(clippy::too_many_arguments, reason = "one argument is one parameter of the document")]
    #[oai(
        path = "/admin/v1/accounts",
        method = "get",
        operation_id = "searchAccounts",
        tag = "Tag::Admin"
    )]
    async fn search(
        &self,
        caller: Caller<Admin>,
        query: RawQuery,
        /// The person in a mini program: in `appid`, or in any that is configured.
        #[oai(name = "openid")]
        _openid: Query<Option<String>>,
        /// The mini program that `openid` is of.
        #[oai(name = "appid")]
        _appid: Query<Option<String>>,
        /// The person across mini programs.
        #[oai(name = "unionid")]
        _unionid: Query<Option<String>>,
        /// The phone number in E.164: `+8613800138000`. In a URL its `+` is written as `%2B`.
        #[oai(name = "phone")]
        _phone: Query<Option<String>>,
        /// `active` or `suspended`.
        #[oai(name = "status")]
        _status: Query<Option<String>>,
        /// `next_cursor` of the page before.
        #[oai(name = "cursor")]
        _cursor: Query<Option<String>>,
        /// How many at the most: 1 to 100, 20 where nothing is said.
        #[oai(name = "limit")]
        _limit: Query<Option<String>>,
    ) -> Result<Json<AccountPageBody>, Refused<SearchProblems>> {
        let search = read_search(&query)?;
        let page = self
            .service
            .search(&search, &caller.origin)
            .await
            .map_err(Problem::from)?;
        Ok(Json(page.into()))
    }

    /// Show an account
    ///
    /// The account as the person sees it, with `unionid_conflicts`: other accounts that may be the same person's. Who
    /// looked is in the audit log.
    #[oai(
        path = "/admin/v1/accounts/:id",
        method = "get",
        operation_id = "getAccount",
        tag = "Tag::Admin"
    )]
    async fn show(
        &self,
        caller: Caller<Admin>,
        /// The account's id.
        id: Path<String>,
    ) -> Result<Json<OperatorAccountBody>, Refused<AccountProblems>> {
        let id = account_id(&id.0)?;
        let account = self.service.show(id, &caller.origin).await.map_err(Problem::from)?;
        Ok(Json(account.ok_or_else(no_such_account)?.into()))
    }

    /// Suspend an account
    ///
    /// Its sessions end at once, and it does not log in any more. A second time changes nothing.
    #[oai(
        path = "/admin/v1/accounts/:id/suspend",
        method = "post",
        operation_id = "suspendAccount",
        tag = "Tag::Admin"
    )]
    async fn suspend(
        &self,
        caller: Caller<Admin>,
        /// The account's id.
        id: Path<String>,
    ) -> Result<Json<OperatorAccountBody>, Refused<AccountProblems>> {
        let id = account_id(&id.0)?;
        let account = self.service.suspend(id, &caller.origin).await.map_err(Problem::from)?;
        Ok(Json(account.ok_or_else(no_such_account)?.into()))
    }

    /// Restore a suspended account
    ///
    /// It may log in again. The sessions that suspension ended stay ended.
    #[oai(
        path = "/admin/v1/accounts/:id/restore",
        method = "post",
        operation_id = "restoreAccount",
        tag = "Tag::Admin"
    )]
    async fn restore(
        &self,
        caller: Caller<Admin>,
        /// The account's id.
        id: Path<String>,
    ) -> Result<Json<OperatorAccountBody>, Refused<AccountProblems>> {
        let id = account_id(&id.0)?;
        let account = self.service.restore(id, &caller.origin).await.map_err(Problem::from)?;
        Ok(Json(account.ok_or_else(no_such_account)?.into()))
    }

    /// Erase an account
    ///
    /// Removes the account with its identities, phone number and sessions. The audit log keeps that it was erased, and
    /// nothing of what it was. A later login of the same person makes a new account.
    #[oai(
        path = "/admin/v1/accounts/:id",
        method = "delete",
        operation_id = "eraseAccount",
        tag = "Tag::Admin"
    )]
    async fn erase(
        &self,
        caller: Caller<Admin>,
        /// The account's id.
        id: Path<String>,
    ) -> Result<AccountErased, Refused<AccountProblems>> {
        let id = account_id(&id.0)?;
        if self.service.erase(id, &caller.origin).await.map_err(Problem::from)? {
            Ok(AccountErased::Done)
        } else {
            Err(no_such_account().into())
        }
    }

    /// Export an account
    ///
    /// Everything that is held about it.
    #[oai(
        path = "/admin/v1/accounts/:id/export",
        method = "get",
        operation_id = "exportAccount",
        tag = "Tag::Admin"
    )]
    async fn export(
        &self,
        caller: Caller<Admin>,
        /// The account's id.
        id: Path<String>,
    ) -> Result<Json<AccountExportBody>, Refused<AccountProblems>> {
        let id = account_id(&id.0)?;
        let export = self.service.export(id, &caller.origin).await.map_err(Problem::from)?;
        let export = export.ok_or_else(no_such_account)?;
        Ok(Json(AccountExportBody::for_operators(export)))
    }
}

fn read_search(query: &RawQuery) -> Result<AccountSearch, Problem> {
    let shape = || text("格式不对", "it is not of the right form");
    let search = query.read(|parameters| AccountSearch {
        app: parameters.parsed("appid", shape(), AppId::parse),
        openid: parameters.parsed("openid", shape(), OpenId::parse),
        unionid: parameters.parsed("unionid", shape(), UnionId::parse),
        phone: parameters.parsed(
            "phone",
            text(
                "应为 E.164 格式，加号写作 %2B，如 %2B8613800138000",
                "a number in E.164 is expected, the + written as %2B: %2B8613800138000",
            ),
            PhoneNumber::parse,
        ),
        status: parameters.parsed(
            "status",
            text("应为 active 或 suspended", "active or suspended is expected"),
            |word| AccountStatus::parse(word).ok_or(()),
        ),
        after: parameters.cursor(AccountId::parse),
        limit: parameters.limit(),
    })?;
    if search.app.is_some() && search.openid.is_none() {
        let reason = text("appid 要和 openid 一起使用", "it comes together with appid");
        return Err(Problem::invalid_field("openid", reason));
    }
    Ok(search)
}
