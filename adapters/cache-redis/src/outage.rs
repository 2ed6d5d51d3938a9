//! What the log says of outages.

use std::time::Duration;

use tokio::time::Instant;

/// How much time lies between two outages that are told. Where Redis comes and goes, the log is not to fill.
const QUIET: Duration = Duration::from_secs(60);
/// How much of an error is told.
const MAX_CHARS: usize = 200;

/// Tells of an outage once when it begins and once when it is over.
#[derive(Debug, Default)]
pub(crate) struct Outage {
    is_under_way: bool,
    /// Whether the log knows of the one that is under way.
    is_told: bool,
    told_at: Option<Instant>,
}

impl Outage {
    /// Redis cannot be used, for this reason.
    pub(crate) fn begins(&mut self, reason: &str) {
        let is_quiet = self.told_at.is_none_or(|told| told.elapsed() >= QUIET);
        if !std::mem::replace(&mut self.is_under_way, true) && is_quiet {
            self.told_at = Some(Instant::now());
            self.is_told = true;
            let reason = bounded(reason);
            tracing::warn!(
                reason,
                "Redis cannot be used: until it can, session keys are not kept and each replica counts requests alone"
            );
        }
    }

    /// It can.
    pub(crate) fn ends(&mut self) {
        self.is_under_way = false;
        if std::mem::take(&mut self.is_told) {
            tracing::info!("Redis can be used again");
        }
    }
}

/// The beginning of an error: whoever wrote it did not write it for a log of ours.
pub(crate) fn bounded(error: &str) -> String {
    error.chars().take(MAX_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// When it is told, of an outage that is over every so many seconds.
    async fn told(lasting: u64) -> Vec<u64> {
        let mut outage = Outage::default();
        let mut told = Vec::new();
        for second in 0..150 {
            let was_told = outage.is_told;
            outage.begins("for a test");
            if outage.is_told && !was_told {
                told.push(second);
            }
            if (second + 1) % lasting == 0 {
                outage.ends();
                assert!(!outage.is_told);
            }
            tokio::time::advance(Duration::from_secs(1)).await;
        }
        told
    }

    #[tokio::test(start_paused = true)]
    async fn an_outage_is_told_once_and_many_once_a_minute() {
        assert_eq!(told(150).await, [0]);
        assert_eq!(told(70).await, [0, 70, 140]);
        assert_eq!(told(1).await, [0, 60, 120]);
    }

    #[test]
    fn errors_are_bounded() {
        assert_eq!(bounded("short"), "short");
        assert_eq!(bounded(&"密".repeat(500)).chars().count(), MAX_CHARS);
    }
}
