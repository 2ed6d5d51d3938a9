//! `wxlogin sandbox`: the stand-in WeChat platform alone.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use secrecy::SecretString;

use crate::config::LogFilter;
use crate::logging;
use crate::server::{Bound, Stop};
use crate::wiring::{self, SandboxApp, SandboxConfig};

/// The stand-in WeChat platform alone, as a server for other people's tests
#[derive(Debug, Args)]
pub struct SandboxCommand {
    /// Address to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8090")]
    listen: SocketAddr,

    /// An app that the platform knows; may be given several times. Without it: one app, whose appid and secret are
    /// printed
    #[arg(long = "app", value_name = "APPID:SECRET", value_parser = app)]
    apps: Vec<(String, SecretString)>,

    /// What the platform does from the start: the JSON that POST /sandbox/scenario takes
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
}

fn app(text: &str) -> Result<(String, SecretString), String> {
    match text.split_once(':') {
        Some((appid, secret)) if !appid.is_empty() && !secret.is_empty() => Ok((appid.into(), secret.into())),
        _ => Err("APPID:SECRET is expected".into()),
    }
}

impl SandboxCommand {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        logging::start(&LogFilter::default());
        let mut config = SandboxConfig::default();
        let is_default = self.apps.is_empty();
        if !is_default {
            config.apps = self
                .apps
                .into_iter()
                .map(|(appid, secret)| SandboxApp::new(appid, secret))
                .collect();
        }
        if let Some(path) = &self.scenario {
            let flaw = || format!("--scenario: {}", path.display());
            let text = std::fs::read_to_string(path).with_context(flaw)?;
            config = config.with_scenario(&text).with_context(flaw)?;
        }
        let bound = Bound::bind(self.listen, "--listen").await?;
        println!(
            "wxlogin sandbox: a stand-in for the WeChat platform\n\n  WXLOGIN_WECHAT_URL=http://{0}\n  help: \
             http://{0}/sandbox",
            bound.address
        );
        if is_default {
            println!("  appid {}, secret {}", wiring::SANDBOX_APPID, wiring::SANDBOX_SECRET);
        }
        println!(
            "  message push: token {}, EncodingAESKey {}",
            wiring::SANDBOX_PUSH_TOKEN,
            wiring::SANDBOX_PUSH_AES_KEY
        );
        bound.serve(wiring::sandbox(config), None, Stop::on_signals()?).await?;
        Ok(ExitCode::SUCCESS)
    }
}
