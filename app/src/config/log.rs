//! What is logged.

use tracing_subscriber::EnvFilter;

use super::fault::{Faults, Flaw, Reported, quoted};
use super::raw::Group;
use super::settings::LOG;

/// What is logged: directives that [`EnvFilter`] understands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFilter(Box<str>);

impl Default for LogFilter {
    /// Everyday business and worse.
    fn default() -> Self {
        Self("info".into())
    }
}

impl LogFilter {
    /// Warnings and errors.
    #[must_use]
    pub fn warnings() -> Self {
        Self("warn".into())
    }

    /// Warnings and errors.
    #[must_use]
    pub fn for_testing() -> Self {
        Self::warnings()
    }

    /// The directives as they were written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn read(group: &Group, faults: &mut Faults) -> Result<Self, Reported> {
        group.required(&LOG, faults, |text| {
            let flaw = |problem: &str, remedy: String| Flaw::new(format!("{} {problem}", quoted(text)), remedy);
            if EnvFilter::builder().parse(text).is_err() {
                let remedy = "write a level (error, warn, info, debug, trace) or TARGET=LEVEL, comma-separated";
                return Err(flaw("is not a log filter", remedy.to_owned()));
            }
            // A misspelt level is a well-formed filter: for a module of that name, and silent about all others.
            match text.split(',').find_map(misspelt_level) {
                Some(level) => Err(flaw("names no level", format!("did you mean {level}?"))),
                None => Ok(Self(text.into())),
            }
        })
    }
}

fn misspelt_level(directive: &str) -> Option<&'static str> {
    const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];
    let word = directive.trim().to_lowercase();
    if LEVELS.contains(&word.as_str()) {
        return None;
    }
    if word == "warning" {
        return Some("warn");
    }
    LEVELS
        .into_iter()
        .find(|level| strsim::damerau_levenshtein(&word, level) == 1)
}
