//! `wxlogin dev`: everything on one machine, with nothing configured.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use secrecy::SecretString;
use wxlogin_domain::identity::AppId;

use super::development::{self, OrMake};
use super::{load, loaded};
use crate::config::{App, Config, MasterKey, Mode};
use crate::logging;
use crate::playground::Playground;
use crate::server::{Bound, Stop};
use crate::wiring::{self, SandboxApp, SandboxConfig, SandboxPush};

/// Everything on this machine, with nothing configured
#[derive(Debug, Args)]
pub struct Dev {
    /// Address to listen on, loopback only; also `WXLOGIN_LISTEN`
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,

    /// Address of the stand-in WeChat platform
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8090")]
    sandbox_listen: SocketAddr,
}

impl Dev {
    pub(super) async fn run(self, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
        let mut config = loaded!(load(file, self.listen, Mode::Dev));
        logging::start(&config.log);
        anyhow::ensure!(
            self.sandbox_listen.ip().is_loopback(),
            "--sandbox-listen: `wxlogin dev` listens on loopback only, and {} is not; `wxlogin sandbox` may listen \
             anywhere",
            self.sandbox_listen
        );
        let master_key = match config.master_key.clone() {
            Some(key) => key,
            None => development::master_key(OrMake::Yes)?,
        };
        config.api_keys.push(development::admin_key(OrMake::Yes)?);
        let bound = Bound::bind(config.server.listen, "--listen or WXLOGIN_LISTEN").await?;
        config.tokens.listens_on(config.server.listen, bound.address);
        add_default_app(&mut config)?;
        let stop = Stop::on_signals()?;
        if config.wechat.url_is_configured {
            announce(bound.address, None, &config);
            let playground = Playground::without_stand_in(&config);
            super::serve::serve(bound, &config, &master_key, stop, |api| playground.before(api)).await?;
        } else {
            refuse_production(&config, &master_key)?;
            add_push(&mut config);
            let sandbox = Bound::bind(self.sandbox_listen, "--sandbox-listen").await?;
            config.wechat.url = format!("http://{}", sandbox.address).parse()?;
            announce(bound.address, Some(sandbox.address), &config);
            let stand_in = Arc::new(wiring::sandbox(stand_in(&config, bound.address)));
            let playground = Playground::with_stand_in(&config, Arc::clone(&stand_in));
            let platform = sandbox.serve(stand_in, None, stop.clone());
            let service = super::serve::serve(bound, &config, &master_key, stop, |api| playground.before(api));
            tokio::try_join!(platform, service)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Whoever reaches the stand-in logs in as anybody: its tokens must be good for nothing else. A `.env` that is meant for
/// `wxlogin serve` would make them good in production.
fn refuse_production(config: &Config, master_key: &MasterKey) -> anyhow::Result<()> {
    anyhow::ensure!(
        master_key.is_development(),
        "WXLOGIN_MASTER_KEY: this is no development key, and `wxlogin dev` would sign tokens for anybody with what it \
         seals; leave it out here, or set WXLOGIN_WECHAT_URL to log in at WeChat itself"
    );
    // The configuration lets http be on loopback only.
    let issuer: url::Url = config.tokens.issuer.parse()?;
    anyhow::ensure!(
        issuer.scheme() == "http",
        "WXLOGIN_ISSUER: {issuer} is not this machine, and `wxlogin dev` would issue tokens for anybody in its name; leave \
         it out here, or set WXLOGIN_WECHAT_URL to log in at WeChat itself"
    );
    Ok(())
}

/// Where no mini program is configured, that of the stand-in.
pub(super) fn add_default_app(config: &mut Config) -> anyhow::Result<()> {
    if config.apps.is_empty() {
        config.apps.push(App {
            appid: AppId::parse(wiring::SANDBOX_APPID)?,
            secret: SecretString::from(wiring::SANDBOX_SECRET),
            name: None,
            push_token: None,
            push_aes_key: None,
        });
    }
    Ok(())
}

/// Where nothing is said of message push, that of the stand-in.
fn add_push(config: &mut Config) {
    for app in config.apps.iter_mut().filter(|app| app.push_token.is_none()) {
        app.push_token = Some(wiring::SANDBOX_PUSH_TOKEN.into());
        app.push_aes_key = Some(wiring::SANDBOX_PUSH_AES_KEY.into());
    }
}

/// A stand-in that knows these apps, and pushes to this service.
fn stand_in(config: &Config, service: SocketAddr) -> SandboxConfig {
    let app = |app: &App| {
        let known = SandboxApp::new(app.appid.to_string(), app.secret.clone());
        let Some(token) = &app.push_token else { return known };
        let mut push = SandboxPush::new(
            format!("http://{service}/v1/wechat/{}/events", app.appid),
            token.clone(),
        );
        push.aes_key.clone_from(&app.push_aes_key);
        known.with_push(push)
    };
    SandboxConfig {
        apps: config.apps.iter().map(app).collect(),
        ..SandboxConfig::default()
    }
}

/// What a person at a terminal wants to know first.
fn announce(service: SocketAddr, sandbox: Option<SocketAddr>, config: &Config) {
    let appid = config.apps.first().map_or("", |app| app.appid.as_str());
    println!(
        "wxlogin dev\n\
         \n  service        http://{service}\
         \n  playground     http://{service}/playground\
         \n  API reference  http://{service}/docs"
    );
    if let Some(sandbox) = sandbox {
        println!("  WeChat         http://{sandbox}/sandbox   (a stand-in; nothing leaves this machine)");
        println!(
            "\nLog in:\n\n  {}\n",
            login_command(service, sandbox, appid, config.apps.len() == 1)
        );
    }
    println!(
        "Operate it, from this directory: `wxlogin accounts list --dev`, `wxlogin audit --dev`, `wxlogin keys list --dev`.\n\
         Its API key, with all scopes, is in {}.\n",
        development::ADMIN_KEY_FILE
    );
    println!(
        "For production: `wxlogin serve` with WXLOGIN_APPID, WXLOGIN_SECRET, WXLOGIN_MASTER_KEY\n\
         (openssl rand -base64 32) and WXLOGIN_ISSUER (your https address); `wxlogin check` examines them.\n\
         The keys under ./data are for development only, and `serve` refuses them."
    );
}

/// The stand-in's answer is the body of a login, so the one pipes into the other.
fn login_command(service: SocketAddr, sandbox: SocketAddr, appid: &str, only_app: bool) -> String {
    let login = format!("curl -s http://{service}/v1/login -H 'Content-Type: application/json' -d @-");
    let code = format!(r#"curl -s http://{sandbox}/sandbox/code -d '{{"appid":"{appid}","user":"alice"}}'"#);
    if only_app {
        format!("{code} | {login}")
    } else {
        // Several apps: the login has to say which one.
        format!(r#"{code} | sed 's/{{/{{"appid":"{appid}",/' | {login}"#)
    }
}
