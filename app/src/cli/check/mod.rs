//! `wxlogin check`: a line per finding, each with its remedy.

mod cache;
mod finding;
mod issuer;
mod platform;
mod storage;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{load, loaded};
use crate::config::{Config, Mode};
use crate::wiring::{self, WiringError};

use finding::Finding;

/// Examine configuration, certificate, storage, message push, shared cache, WeChat credentials, clock and issuer
#[derive(Debug, Args)]
pub struct Check {
    /// Leave out what needs the network: a shared cache, WeChat, the clock and the issuer
    #[arg(long)]
    offline: bool,
}

impl Check {
    pub(super) async fn run(self, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
        let config = loaded!(load(file, None, Mode::Serve));
        let mut report = Report::default();
        let apps = config.apps.len();
        let issuer = &config.tokens.issuer;
        report.tell(&Finding::good(format!("configuration: {apps} app(s), issuer {issuer}")));
        if let Some(tls) = &config.server.tls {
            report.tell(&issuer::certificate(tls, issuer));
        }
        if let Some(finding) = unsupported(&config) {
            report.tell(&finding);
        }
        report.tell(&storage::storage(&config).await);
        for app in &config.apps {
            report.tell(&platform::push(app));
        }
        if self.offline {
            report.tell(&Finding::open(
                "a shared cache, WeChat, the clock and the issuer were left out (--offline)",
            ));
        } else {
            if let Some(finding) = cache::cache(&config.cache).await {
                report.tell(&finding);
            }
            for app in &config.apps {
                for finding in platform::platform(&config, app).await {
                    report.tell(&finding);
                }
            }
            report.tell(&issuer::issuer(&config).await);
        }
        Ok(report.code())
    }
}

/// Tells findings as they come: the next one may take its time.
#[derive(Default)]
struct Report {
    has_failed: bool,
}

impl Report {
    fn tell(&mut self, finding: &Finding) {
        println!("{finding}");
        self.has_failed |= matches!(finding, Finding::Bad { .. });
    }

    fn code(&self) -> ExitCode {
        if self.has_failed {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }
}

/// What the configuration asks for and `serve` would refuse.
fn unsupported(config: &Config) -> Option<Finding> {
    wiring::refuse_unsupported(config).err().as_ref().map(not_in_this_build)
}

/// The error itself says what can be had instead.
fn not_in_this_build(error: &WiringError) -> Finding {
    Finding::bad(error.to_string(), "change that setting, as it says")
}
