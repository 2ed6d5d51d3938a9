//! `wxlogin check`: a line per finding, each with its remedy.

use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;

use super::{load, loaded};
use crate::config::{App, Config, Mode, Tls};
use crate::server;
use crate::wiring::{self, OpenStore, ProbeError, Probed, WiringError};

/// Verifiers allow tokens 30 seconds of clock difference.
const MAX_CLOCK_OFFSET: Duration = Duration::from_secs(30);

/// Examine configuration, clock, storage and WeChat credentials
#[derive(Debug, Args)]
pub struct Check {
    /// Leave out what needs the network: WeChat and the clock
    #[arg(long)]
    offline: bool,
}

/// One thing that was looked at.
enum Finding {
    Good(String),
    Bad { what: String, remedy: String },
}

impl Finding {
    fn bad(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Bad {
            what: what.into(),
            remedy: remedy.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Good(what) => write!(f, "ok    {what}"),
            Self::Bad { what, remedy } => write!(f, "FAIL  {what}\n      -> {remedy}"),
        }
    }
}

impl Check {
    pub(super) async fn run(self, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
        let config = loaded!(load(file, None, Mode::Serve));
        println!(
            "ok    configuration: {} app(s), issuer {}",
            config.apps.len(),
            config.tokens.issuer
        );
        let mut findings: Vec<_> = config.server.tls.as_ref().map(certificate).into_iter().collect();
        findings.extend(unsupported(&config));
        findings.push(storage(&config).await);
        for finding in &findings {
            println!("{finding}");
        }
        if self.offline {
            println!("--    WeChat and the clock were left out (--offline)");
        } else {
            for app in &config.apps {
                for finding in platform(&config, app).await {
                    println!("{finding}");
                    findings.push(finding);
                }
            }
        }
        let failed = findings.iter().any(|finding| matches!(finding, Finding::Bad { .. }));
        Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

/// Whether the certificate can be served.
fn certificate(tls: &Tls) -> Finding {
    match server::prove_certificate(tls) {
        Ok(()) => Finding::Good("TLS: the certificate and its key belong together".to_owned()),
        Err(error) => Finding::bad(
            format!("TLS: {error:#}"),
            "see that WXLOGIN_TLS_CERT and WXLOGIN_TLS_KEY name the files of one certificate, in PEM",
        ),
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

/// Opens the store, asks it something, and tries the master key on its keys.
async fn storage(config: &Config) -> Finding {
    if !OpenStore::exists(&config.store) {
        return Finding::Good("storage: there is none yet; it is made at the first start".to_owned());
    }
    let open = match OpenStore::open(&config.store).await {
        Ok(open) => open,
        Err(error @ WiringError::NotInThisBuild { .. }) => return not_in_this_build(&error),
        Err(error) => {
            return Finding::bad(
                format!("storage: {:#}", anyhow::Error::new(error)),
                "stop the service that uses the store, or check the path and its permissions",
            );
        }
    };
    let examined = async {
        open.store.ping().await?;
        match (open.store.key_ring().await?, &config.master_key) {
            (Some(ring), Some(master_key)) => {
                wiring::prove_master_key(config, master_key, &ring)?;
                Ok("storage: it answers, and its keys open under the master key")
            }
            _ => Ok("storage: it answers; keys are made at the first start"),
        }
    }
    .await;
    open.close().await;
    match examined {
        Ok(what) => Finding::Good(what.to_owned()),
        Err(error @ WiringError::WrongMasterKey(_)) => {
            Finding::bad("storage: the master key is not that of the store", error.to_string())
        }
        Err(error) => Finding::bad(
            format!("storage: {:#}", anyhow::Error::new(error)),
            "see that the store is up and writable",
        ),
    }
}

/// Asks WeChat for an `access_token` of the app, and for the time on the way.
async fn platform(config: &Config, app: &App) -> Vec<Finding> {
    let appid = &app.appid;
    match wiring::probe(&config.wechat, app).await {
        Ok(probed) => {
            let mut findings = vec![Finding::Good(format!("app {appid}: WeChat accepts its credentials"))];
            findings.extend(clock(&probed));
            findings
        }
        Err(ProbeError::Refused { errcode, errmsg }) => vec![Finding::bad(
            format!("app {appid}: WeChat refuses with errcode {errcode}: {errmsg}"),
            wiring::remedy(errcode).unwrap_or("WeChat is busy: try again in a minute"),
        )],
        Err(error @ ProbeError::Unreachable) => vec![Finding::bad(
            format!("app {appid}: {error}"),
            format!(
                "see that this machine may connect to {} (DNS, firewall, proxy, CA certificates)",
                config.wechat.url
            ),
        )],
        Err(error @ ProbeError::BadResponse) => vec![Finding::bad(
            format!("app {appid}: {error}"),
            format!("see that WXLOGIN_WECHAT_URL, now {}, is WeChat's", config.wechat.url),
        )],
    }
}

/// The offset against the `Date` of WeChat's answer, where it has one.
fn clock(probed: &Probed) -> Option<Finding> {
    use wxlogin_domain::ports::clock::Clock as _;
    let theirs = probed.date?;
    let ours = crate::system_clock::SystemClock.now();
    let offset = ours.since(theirs).max(theirs.since(ours));
    let what = format!("clock: {} s off WeChat's", offset.as_secs());
    Some(if offset <= MAX_CLOCK_OFFSET {
        Finding::Good(what)
    } else {
        Finding::bad(what, "set this machine's clock by NTP: tokens are judged by it")
    })
}
