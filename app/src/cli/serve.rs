//! `wxlogin serve`: the real service.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;

use super::{load, loaded};
use crate::background::Background;
use crate::config::{Config, MasterKey, Mode};
use crate::logging;
use crate::server::{Bound, Stop};
use crate::wiring::{self, Foundations, OpenStore};

/// The real service
#[derive(Debug, Args)]
pub struct Serve {
    /// Address to listen on; also `WXLOGIN_LISTEN`
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
}

impl Serve {
    pub(super) async fn run(self, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
        let config = loaded!(load(file, self.listen, Mode::Serve));
        logging::start(&config.log);
        let master_key = config
            .master_key
            .clone()
            .context("a checked configuration has a master key")?;
        let bound = Bound::bind(config.server.listen, "WXLOGIN_LISTEN").await?;
        serve(bound, &config, &master_key, Stop::on_signals()?).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The signature of a message in the clear covers a time and a number, and not what it says: whoever has seen one, in the
/// log of a proxy say, can write another, which erases an account.
fn warn_of_pushes_in_the_clear(config: &Config) {
    for app in config
        .apps
        .iter()
        .filter(|app| app.push_token.is_some() && app.push_aes_key.is_none())
    {
        tracing::warn!(
            appid = %app.appid,
            "the message push of this app is in the clear, and its messages can be forged by whoever has seen one: choose \
             安全模式 in the console, and set push_aes_key"
        );
    }
}

/// Serves until told to stop: drains, then closes the store.
pub(super) async fn serve(bound: Bound, config: &Config, master_key: &MasterKey, stop: Stop) -> anyhow::Result<()> {
    wiring::refuse_unsupported(config)?;
    warn_of_pushes_in_the_clear(config);
    let open = OpenStore::open(&config.store).await?;
    let served = async {
        let foundations = Foundations::new(config, open.store.clone())?;
        let services = wiring::services(config, master_key, foundations).await?;
        tracing::info!(address = %bound.address, issuer = &*config.tokens.issuer, "listening");
        let tls = config.server.tls.clone();
        let background = Background::start(&services);
        let served = bound.serve(wiring::api(config, &services), tls, stop).await;
        background.stop().await;
        served
    }
    .await;
    open.close().await;
    if served.is_ok() {
        tracing::info!("stopped");
    }
    served
}
