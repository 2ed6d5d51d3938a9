//! `wxlogin serve`: the real service.

use std::convert::identity;
use std::path::PathBuf;
use std::pin::pin;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use poem::{Endpoint, Response};
use tokio::time::timeout;

use super::{load, loaded};
use crate::background::Background;
use crate::config::{Config, MasterKey, Mode};
use crate::http::Front;
use crate::server::{Bound, Stop};
use crate::{logging, opening, wiring};

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
        serve(bound, &config, &master_key, Stop::on_signals()?, identity).await?;
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

/// A store that is there opens within this, and nobody notices: who comes before waits, as with any listener.
const HEAD_START: Duration = Duration::from_millis(500);

/// Serves until told to stop: drains, then closes the store. While the store cannot be reached, that is told to whoever
/// comes. What `before` makes of the API is what listens.
pub(super) async fn serve<E: Endpoint<Output = Response> + 'static>(
    bound: Bound,
    config: &Config,
    master_key: &MasterKey,
    stop: Stop,
    before: impl FnOnce(Front) -> E,
) -> anyhow::Result<()> {
    wiring::refuse_unsupported(config)?;
    warn_of_pushes_in_the_clear(config);
    let (address, tls) = (bound.address, config.server.tls.clone());
    let front = Front::new(wiring::waiting(config));
    // On the heap: a store is opened once, and its future would be carried along by all that follow.
    let mut opening = Box::pin(opening::open(config, master_key));
    let early = timeout(HEAD_START, &mut opening).await;
    let mut serving = pin!(bound.serve(before(front.clone()), tls, stop));
    let opened = if let Ok(opened) = early {
        opened?
    } else {
        tracing::info!(%address, "listening before the store is open");
        tokio::select! {
            opened = opening => opened?,
            // Told to stop, or there is no certificate.
            served = &mut serving => return ended(served),
        }
    };
    front.hand_over(wiring::api(config, &opened.services));
    drop(front);
    tracing::info!(%address, issuer = &*config.tokens.issuer, "listening");
    let background = Background::start(&opened.services);
    let served = serving.await;
    opened.close(background).await;
    ended(served)
}

fn ended(served: anyhow::Result<()>) -> anyhow::Result<()> {
    if served.is_ok() {
        tracing::info!("stopped");
    }
    served
}
