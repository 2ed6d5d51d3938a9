//! `wxlogin accounts`: operator's work on accounts.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand};
use serde_json::Value;

use super::operator::{AdminApi, Reach, path_with, print, segment, with_admin_api};
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
        let command = self.command;
        with_admin_api(&self.reach, config, async |api| run(api, command).await).await?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn run(api: &AdminApi, command: AccountsCommand) -> anyhow::Result<()> {
    match command {
        AccountsCommand::List { filter, status, limit } => list(api, &filter, status.as_deref(), limit).await,
        AccountsCommand::Show(who) => show(&api.get(&path(api, &who, "").await?).await?),
        AccountsCommand::Suspend(who) => show(&api.post(&path(api, &who, "/suspend").await?).await?),
        AccountsCommand::Restore(who) => show(&api.post(&path(api, &who, "/restore").await?).await?),
        AccountsCommand::Export(who) => show(&api.get(&path(api, &who, "/export").await?).await?),
        AccountsCommand::Delete { who, yes: _ } => {
            api.delete(&path(api, &who, "").await?).await?;
            Ok(())
        }
        AccountsCommand::Sessions(who) => {
            let answer = api.get(&path(api, &who, "/sessions").await?).await?;
            for session in answer["sessions"].as_array().into_iter().flatten() {
                print(format_args!("{session}\n"))?;
            }
            Ok(())
        }
        AccountsCommand::EndSessions { who, session } => {
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

/// Page after page.
async fn list(api: &AdminApi, filter: &Filter, status: Option<&str>, limit: usize) -> anyhow::Result<()> {
    let (mut left, mut cursor) = (limit, None::<String>);
    while left > 0 {
        let page = api.get(&search(filter, status, left, cursor.as_deref())).await?;
        for account in page["accounts"].as_array().into_iter().flatten() {
            print(format_args!("{account}\n"))?;
            left = left.saturating_sub(1);
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => break,
        }
    }
    Ok(())
}

fn search(filter: &Filter, status: Option<&str>, limit: usize, cursor: Option<&str>) -> String {
    path_with(
        "/admin/v1/accounts",
        &[
            ("openid", filter.openid.as_deref()),
            ("appid", filter.appid.as_deref()),
            ("unionid", filter.unionid.as_deref()),
            ("phone", filter.phone.as_deref()),
            ("status", status),
            ("cursor", cursor),
            ("limit", Some(&limit.min(100).to_string())),
        ],
    )
}

/// The path of an account, which is looked for where its id is not given.
async fn path(api: &AdminApi, who: &Who, rest: &str) -> anyhow::Result<String> {
    let id = match &who.id {
        Some(id) => segment(id)?.to_owned(),
        None => find(api, &who.filter).await?,
    };
    Ok(format!("/admin/v1/accounts/{id}{rest}"))
}

async fn find(api: &AdminApi, filter: &Filter) -> anyhow::Result<String> {
    let (mut ids, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let page = api.get(&search(filter, None, 100, cursor.as_deref())).await?;
        let found = page["accounts"].as_array().into_iter().flatten();
        ids.extend(found.filter_map(|account| account["id"].as_str().map(str::to_owned)));
        match page["next_cursor"].as_str() {
            Some(next) if ids.len() < 2 => cursor = Some(next.to_owned()),
            _ => break,
        }
    }
    match ids.as_slice() {
        [] => anyhow::bail!("no account fits"),
        [id] => Ok(id.clone()),
        several => anyhow::bail!("several accounts fit; name one by its id:\n  {}", several.join("\n  ")),
    }
}
