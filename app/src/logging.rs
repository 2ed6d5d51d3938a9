//! Logs: for people on a terminal, JSON lines anywhere else.

use std::io::IsTerminal as _;

use tracing::{Level, Metadata};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, fmt};

use crate::config::LogFilter;

/// Starts logging to standard error. A second call changes nothing.
pub fn start(filter: &LogFilter) {
    let chosen = EnvFilter::new(filter.as_str());
    let layer = if std::io::stderr().is_terminal() {
        fmt::layer().with_writer(std::io::stderr).with_target(false).boxed()
    } else {
        fmt::layer()
            .with_writer(std::io::stderr)
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .boxed()
    };
    let registry = tracing_subscriber::registry().with(layer.with_filter(filter_fn(may_speak)).with_filter(chosen));
    // It fails only where logging was started before.
    let _ = registry.try_init();
}

/// At their lower levels libraries log URLs, headers and stored values: credentials. Whatever the configured level is,
/// only warnings and errors of theirs are heard.
fn may_speak(metadata: &Metadata<'_>) -> bool {
    let most = match metadata.target().split("::").next().unwrap_or_default() {
        own if own.starts_with("wxlogin") => Level::TRACE,
        // Warns at every orderly shutdown that it has nothing left to do.
        "surrealkv" => Level::ERROR,
        _ => Level::WARN,
    };
    *metadata.level() <= most
}
