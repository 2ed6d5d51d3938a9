//! Which app a control endpoint is about.

use super::refusal::Refusal;
use crate::config::SandboxConfig;

/// The app of this appid; without an appid the only app there is.
pub(super) fn appid<'a>(config: &'a SandboxConfig, asked: Option<&str>) -> Result<&'a str, Refusal> {
    let app = match (asked, config.apps.as_slice()) {
        (Some(appid), _) => config
            .app(appid)
            .ok_or_else(|| Refusal::bad_request("appid: the stand-in was started without such an app"))?,
        (None, [only]) => only,
        (None, _) => {
            return Err(Refusal::bad_request(
                "appid: needed, because the stand-in was not started with exactly one app",
            ));
        }
    };
    Ok(&app.appid)
}
