//! `wxlogin audit`: reading the audit log.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::operator::{Reach, path_with, print, with_admin_api};
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

    /// Events by this actor: person, service, or `api_key:NAME`
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
        with_admin_api(&self.reach, config, async |api| {
            let (mut left, mut cursor) = (self.limit, None::<String>);
            while left > 0 {
                let page = api.get(&self.path(left, cursor.as_deref())).await?;
                for event in page["events"].as_array().into_iter().flatten() {
                    print(format_args!("{event}\n"))?;
                    left = left.saturating_sub(1);
                }
                match page["next_cursor"].as_str() {
                    Some(next) => cursor = Some(next.to_owned()),
                    None => break,
                }
            }
            Ok(ExitCode::SUCCESS)
        })
        .await
    }

    fn path(&self, limit: usize, cursor: Option<&str>) -> String {
        path_with(
            "/admin/v1/audit",
            &[
                ("account", self.account.as_deref()),
                ("action", self.action.as_deref()),
                ("appid", self.appid.as_deref()),
                ("actor", self.actor.as_deref()),
                ("code", self.code.as_deref()),
                ("ip", self.ip.as_deref()),
                ("since", self.since.as_deref()),
                ("until", self.until.as_deref()),
                ("cursor", cursor),
                ("limit", Some(&limit.min(100).to_string())),
            ],
        )
    }
}
