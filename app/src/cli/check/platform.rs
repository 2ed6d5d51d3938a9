//! Whether WeChat accepts the apps, and what time it is there.

use std::time::Duration;

use wxlogin_domain::ports::clock::Clock as _;

use super::Finding;
use crate::config::{App, Config};
use crate::system_clock::SystemClock;
use crate::wiring::{self, ProbeError, Probed};

/// Verifiers allow tokens 30 seconds of clock difference.
const MAX_CLOCK_OFFSET: Duration = Duration::from_secs(30);

/// What the app's message push is set up for; a token or key of the wrong form is a fault of the configuration.
pub(super) fn push(app: &App) -> Finding {
    let push = |how: &str| format!("app {}: message push: {how}", app.appid);
    match (&app.push_token, &app.push_aes_key) {
        (None, _) => Finding::open(push("not set up: what people take back in WeChat does not arrive here")),
        (Some(_), None) => Finding::open(push(
            "in the clear; set push_aes_key and choose 安全模式 in the console to have messages encrypted",
        )),
        (Some(_), Some(_)) => Finding::good(push("encrypted (安全模式)")),
    }
}

/// Asks WeChat for an `access_token` of the app, and for the time on the way.
pub(super) async fn platform(config: &Config, app: &App) -> Vec<Finding> {
    let appid = &app.appid;
    match wiring::probe(&config.wechat, app).await {
        Ok(probed) => {
            let mut findings = vec![Finding::good(format!("app {appid}: WeChat accepts its credentials"))];
            findings.extend(clock(&probed));
            findings
        }
        Err(ProbeError::Refused { errcode, errmsg }) => vec![refused(app, errcode, &errmsg)],
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

fn refused(app: &App, errcode: i64, errmsg: &str) -> Finding {
    let what = format!("app {}: WeChat refuses with errcode {errcode}: {errmsg}", app.appid);
    let remedy = wiring::remedy(errcode).unwrap_or("WeChat is busy: try again in a minute");
    match wiring::seen_address(errcode, errmsg) {
        Some(address) => Finding::bad(what, format!("{remedy}. Here it is {address}")),
        None => Finding::bad(what, remedy),
    }
}

/// The offset against the `Date` of WeChat's answer, where it has one.
fn clock(probed: &Probed) -> Option<Finding> {
    let theirs = probed.date?;
    let ours = SystemClock.now();
    let offset = ours.since(theirs).max(theirs.since(ours));
    let what = format!("clock: {} s off WeChat's", offset.as_secs());
    Some(if offset <= MAX_CLOCK_OFFSET {
        Finding::good(what)
    } else {
        Finding::bad(what, "set this machine's clock by NTP: tokens are judged by it")
    })
}
