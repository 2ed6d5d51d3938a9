//! `wxlogin accounts`: operator's work on accounts.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand};
use reqwest::Method;
use serde_json::{Value, json};

use super::import::Import;
use super::operator::{AdminApi, Reach, print, print_line, segment, with_admin_api};
use super::{load, loaded};

/// Operator's work on accounts
#[derive(Debug, Args)]
pub struct Accounts {
    #[command(flatten)]
    reach: Reach,

    #[command(subcommand)]
    command: AccountsCommand,
}

#[derive(Debug, Subcommand)]
enum AccountsCommand {
    #[command(flatten)]
    Admin(AdminCommand),
    Import(Import),
}

/// What is asked of the admin API.
#[derive(Debug, Subcommand)]
enum AdminCommand {
    /// List the accounts that fit, one JSON object per line
    List {
        #[command(flatten)]
        filter: Filter,
        /// Only accounts of this status: active or suspended
        #[arg(long)]
        status: Option<String>,
        /// How many at the most
        #[arg(long, default_value_t = 1000)]
        limit: usize,
    },
    /// Show an account
    Show(Who),
    /// Suspend an account: its sessions end at once, and it does not log in any more
    Suspend(Who),
    /// Let a suspended account log in again
    Restore(Who),
    /// Merge an account into another, which has everything afterwards; for two accounts that are one person's
    Merge {
        #[command(flatten)]
        who: Who,
        /// The account that is left
        #[arg(long, value_name = "ID")]
        into: String,
        /// Which of the two prevails where both have something that an account has once, such as an identity in one mini
        /// program: the id of the one or the other
        #[arg(long, value_name = "ID")]
        keep: Option<String>,
        /// Really: it cannot be undone
        #[arg(long, required = true)]
        yes: bool,
    },
    /// Erase an account with its identities, phone number and sessions
    Delete {
        #[command(flatten)]
        who: Who,
        /// Really: it cannot be undone
        #[arg(long, required = true)]
        yes: bool,
    },
    /// Print everything that is held about an account, as JSON
    Export(Who),
    /// List the live sessions of an account, one JSON object per line
    Sessions(Who),
    /// End the sessions of an account
    EndSessions {
        #[command(flatten)]
        who: Who,
        /// Only this one
        #[arg(long, value_name = "ID")]
        session: Option<String>,
    },
}

/// None may be empty: a variable of the shell that was not set would mean everybody.
#[derive(Debug, Args)]
struct Filter {
    /// The person in a mini program
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    openid: Option<String>,

    /// The mini program that the openid is of; without it, any that is configured
    #[arg(long, requires = "openid", value_parser = NonEmptyStringValueParser::new())]
    appid: Option<String>,

    /// The person across mini programs
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    unionid: Option<String>,

    /// The phone number in E.164: +8613800138000
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    phone: Option<String>,
}

/// Which account: by its id, or by what leads to one account only
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("who").required(true).multiple(true).args(["id", "openid", "unionid", "phone"])))]
struct Who {
    /// The account's id
    #[arg(conflicts_with_all = ["openid", "unionid", "phone"])]
    id: Option<String>,

    #[command(flatten)]
    filter: Filter,
}

impl Accounts {
    pub(super) async fn run(self, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
        let config = loaded!(load(file, None, self.reach.mode()));
        let command = match self.command {
            AccountsCommand::Admin(command) => command,
            AccountsCommand::Import(import) => return import.run(&self.reach, config).await,
        };
        with_admin_api(&self.reach, config, async |api| run(api, command).await).await?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn run(api: &AdminApi, command: AdminCommand) -> anyhow::Result<()> {
    match command {
        AdminCommand::List { filter, status, limit } => each(api, &filter, status.as_deref(), limit, print_line).await,
        AdminCommand::Show(who) => show(&api.get(&path(api, &who, "").await?).await?),
        AdminCommand::Suspend(who) => show(&api.post(&path(api, &who, "/suspend").await?).await?),
        AdminCommand::Restore(who) => show(&api.post(&path(api, &who, "/restore").await?).await?),
        AdminCommand::Export(who) => show(&api.get(&path(api, &who, "/export").await?).await?),
        AdminCommand::Merge {
            who,
            into,
            keep,
            yes: _,
        } => {
            let path = path(api, &who, "/merge").await?;
            let mut body = json!({ "into": into });
            if let Some(keep) = keep {
                body["keep"] = keep.into();
            }
            show(&api.call(Method::POST, &path, Some(body)).await?)
        }
        AdminCommand::Delete { who, yes: _ } => {
            api.delete(&path(api, &who, "").await?).await?;
            Ok(())
        }
        AdminCommand::Sessions(who) => {
            let answer = api.get(&path(api, &who, "/sessions").await?).await?;
            for session in answer["sessions"].as_array().into_iter().flatten() {
                print_line(session)?;
            }
            Ok(())
        }
        AdminCommand::EndSessions { who, session } => {
            let mut path = path(api, &who, "/sessions").await?;
            if let Some(session) = session {
                path = format!("{path}/{}", segment(&session)?);
            }
            api.delete(&path).await?;
            Ok(())
        }
    }
}

fn show(value: &Value) -> anyhow::Result<()> {
    print(format_args!("{}\n", serde_json::to_string_pretty(value)?))
}

/// The accounts that fit.
async fn each(
    api: &AdminApi,
    filter: &Filter,
    status: Option<&str>,
    limit: usize,
    each: impl FnMut(&Value) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let filters = [
        ("openid", filter.openid.as_deref()),
        ("appid", filter.appid.as_deref()),
        ("unionid", filter.unionid.as_deref()),
        ("phone", filter.phone.as_deref()),
        ("status", status),
    ];
    api.each("/admin/v1/accounts", &filters, "accounts", limit, each).await
}

/// The path of an account, which is looked for where its id is not given.
async fn path(api: &AdminApi, who: &Who, rest: &str) -> anyhow::Result<String> {
    let id = match &who.id {
        Some(id) => segment(id)?.to_owned(),
        None => find(api, &who.filter).await?,
    };
    Ok(format!("/admin/v1/accounts/{id}{rest}"))
}

/// How many accounts are named where several fit.
const MOST_NAMED: usize = 100;

async fn find(api: &AdminApi, filter: &Filter) -> anyhow::Result<String> {
    let mut ids = Vec::new();
    each(api, filter, None, MOST_NAMED, |account| {
        ids.extend(account["id"].as_str().map(str::to_owned));
        Ok(())
    })
    .await?;
    match ids.as_slice() {
        [] => anyhow::bail!("no account fits"),
        [id] => Ok(id.clone()),
        several => anyhow::bail!("several accounts fit; name one by its id:\n  {}", several.join("\n  ")),
    }
}
