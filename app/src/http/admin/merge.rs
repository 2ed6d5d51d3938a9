//! `POST /admin/v1/accounts/{id}/merge`

use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use wxlogin_domain::accounts::AccountsService;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::AppId;
use wxlogin_domain::merge_rules::{MergeOutcome, MergeRefusal};

use super::account_wire::OperatorAccountBody;
use super::accounts::{account_id, no_such_account};
use crate::http::Tag;
use crate::http::api_key::{API_KEY_CODES, Admin, Caller};
use crate::http::body::{BODY_CODES, Fields, FromBody, JsonBody};
use crate::http::problem::{Code, Problem, ProblemSet, Refused, Text, text};

/// Which account it is merged into.
#[derive(Object)]
#[oai(rename = "MergeRequest", deny_unknown_fields)]
pub struct MergeSchema {
    /// The account that is left.
    into: String,
    /// Which of the two prevails where both have something that an account has once: the id of the one or the other.
    /// Needed where both have an identity in the same mini program, or external ids that differ.
    keep: Option<String>,
}

/// The body, read. The account of the path is not known yet, so `keep` is judged later.
pub struct MergeBody {
    into: Option<AccountId>,
    keep: Option<AccountId>,
}

impl FromBody for MergeBody {
    type Schema = MergeSchema;

    fn read(fields: &mut Fields) -> Self {
        let into = fields.required_text("into");
        let keep = fields.text("keep");
        Self {
            into: read_id(fields, "into", Some(into).filter(|into| !into.is_empty())),
            keep: read_id(fields, "keep", keep),
        }
    }
}

fn read_id(fields: &mut Fields, field: &str, id: Option<String>) -> Option<AccountId> {
    let id = AccountId::parse(&id?);
    if id.is_err() {
        fields.refuse(field, text("应为账号 id", "the id of an account is expected"));
    }
    id.ok()
}

/// What a merge can answer besides the account that is left.
pub struct MergeProblems;

impl ProblemSet for MergeProblems {
    const CODES: &'static [&'static [Code]] = &[&API_KEY_CODES, &BODY_CODES, &[Code::NotFound, Code::MergeConflict]];
}

fn refused(refusal: MergeRefusal) -> Problem {
    let conflict = |detail: Text| Problem::new(Code::MergeConflict).with_detail(detail);
    match refusal {
        MergeRefusal::SameAccount => Problem::invalid_field(
            "into",
            text("不能把账号合并到它自己", "an account cannot be merged into itself"),
        ),
        MergeRefusal::SameApps(apps) => {
            let apps: Vec<&str> = apps.iter().map(AppId::as_str).collect();
            let apps = apps.join(", ");
            conflict(Text::made(
                format!(
                    "两个账号在同一个小程序（{apps}）里各有一个身份。用 keep 写明保留哪个账号的身份，另一个身份将被删除。"
                ),
                format!(
                    "Both accounts have an identity in the same mini program ({apps}). Say with keep whose identity stays; \
                     the other one is forgotten."
                ),
            ))
        }
        MergeRefusal::ExternalIds => conflict(text(
            "两个账号的 external_id 不同。用 keep 写明保留哪个账号的。",
            "The accounts have external ids that differ. Say with keep whose stays.",
        )),
        MergeRefusal::Suspended => conflict(text(
            "两个账号中有一个已停用。合并既不解除停用，也不扩大停用：先停用或恢复其中一个。",
            "One of the accounts is suspended. A merge neither lifts nor spreads that: suspend or restore one of them first.",
        )),
    }
}

/// Merging accounts.
#[derive(Clone)]
pub struct MergeApi {
    service: AccountsService,
}

impl MergeApi {
    /// Served by this service.
    pub fn new(service: AccountsService) -> Self {
        Self { service }
    }
}

#[OpenApi]
impl MergeApi {
    /// Merge an account into another
    ///
    /// For two accounts that are one person's. The account of the path is no more afterwards: its sessions end, and its
    /// identities log in to the account `into`, which also gets its phone number, name, picture and external id where it
    /// has none of its own. It cannot be undone. All or nothing.
    #[oai(
        path = "/admin/v1/accounts/:id/merge",
        method = "post",
        operation_id = "mergeAccount",
        tag = "Tag::Admin"
    )]
    async fn merge(
        &self,
        caller: Caller<Admin>,
        /// The account that is merged into the other one.
        id: Path<String>,
        body: JsonBody<MergeBody>,
    ) -> Result<Json<OperatorAccountBody>, Refused<MergeProblems>> {
        let from = account_id(&id.0)?;
        // Without it the fields' faults never let it come so far.
        let into = body.0.into.ok_or(Problem::new(Code::InvalidRequest))?;
        let keep = body.0.keep;
        if keep.is_some_and(|keep| keep != from && keep != into) {
            let reason = text("应为两个账号之一的 id", "the id of one of the two accounts is expected");
            return Err(Problem::invalid_field("keep", reason).into());
        }
        let outcome = self.service.merge(from, into, keep, &caller.origin).await;
        match outcome.map_err(Problem::from)? {
            MergeOutcome::Merged(account) => {
                tracing::info!(%from, %into, "an account was merged into another");
                Ok(Json((*account).into()))
            }
            MergeOutcome::Refused(refusal) => Err(refused(refusal).into()),
            MergeOutcome::NoFrom => Err(no_such_account().into()),
            MergeOutcome::NoInto => {
                let reason = text("没有这个账号", "there is no such account");
                Err(Problem::invalid_field("into", reason).into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::http::problem::Language;

    #[test]
    fn refusals_in_both_languages() {
        let app = |number| AppId::parse(&format!("wx000000000000000{number}")).unwrap();
        let mut table = String::new();
        for refusal in [
            MergeRefusal::SameAccount,
            MergeRefusal::SameApps(vec![app(1), app(2)]),
            MergeRefusal::ExternalIds,
            MergeRefusal::Suspended,
        ] {
            writeln!(table, "{refusal:?}").unwrap();
            for language in [Language::Chinese, Language::English] {
                let problem = refused(refusal.clone()).to_json(language, "id");
                writeln!(table, "    {} {}", problem["code"], problem["detail"]).unwrap();
                for error in problem["errors"].as_array().into_iter().flatten() {
                    writeln!(table, "    {error}").unwrap();
                }
            }
        }
        insta::assert_snapshot!(table);
    }
}
