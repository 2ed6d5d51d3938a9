//! `wxlogin audit`: reading the audit log.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::operator::{Reach, print_line, with_admin_api};
use super::{load, loaded};

/// Read the audit log, newest first, one JSON object per line
#[derive(Debug, Args)]
pub struct Audit {
    #[command(flatten)]
    reach: Reach,

    /// Events on this account: its id
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    account: Option<String>,

    /// Events of this kind, such as `login_failed`
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    action: Option<String>,

    /// Events in this mini program
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    appid: Option<String>,

    /// Events by this actor: person, wechat, service, or `api_key:NAME`
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    actor: Option<String>,

    /// Events refused with this problem, such as `code_invalid`
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    code: Option<String>,

    /// Events from this address, by its pseudonym
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    ip: Option<String>,

    /// Events not before this time (RFC 3339)
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    since: Option<String>,

    /// Events before this time (RFC 3339)
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    until: Option<String>,

    /// How many at the most
    #[arg(long, default_value_t = 100)]
    limit: usize,
}

impl Audit {
    pub(super) async fn run(self, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
        let config = loaded!(load(file, None, self.reach.mode()));
        let filters = [
            ("account", self.account.as_deref()),
            ("action", self.action.as_deref()),
            ("appid", self.appid.as_deref()),
            ("actor", self.actor.as_deref()),
            ("code", self.code.as_deref()),
            ("ip", self.ip.as_deref()),
            ("since", self.since.as_deref()),
            ("until", self.until.as_deref()),
        ];
        with_admin_api(&self.reach, config, async |api| {
            api.each("/admin/v1/audit", &filters, "events", self.limit, print_line)
                .await?;
            Ok(ExitCode::SUCCESS)
        })
        .await
    }
}
