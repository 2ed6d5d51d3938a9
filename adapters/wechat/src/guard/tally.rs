//! How the calls went, in numbers.

use wxlogin_domain::ports::platform_health::CallCount;

use super::verdict::Verdict;
use crate::api::Api;

/// Counts since the start.
#[derive(Debug, Default)]
pub(super) struct Tally([Counts; Api::ALL.len()]);

#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    ok: u64,
    refused: u64,
    failed: u64,
    not_sent: u64,
}

impl Tally {
    pub(super) fn ended(&mut self, api: Api, verdict: Verdict) {
        let counts = &mut self.0[api.index()];
        match verdict {
            Verdict::Ok => counts.ok += 1,
            Verdict::Refused { .. } => counts.refused += 1,
            Verdict::Failed => counts.failed += 1,
        }
    }

    pub(super) fn not_sent(&mut self, api: Api) {
        self.0[api.index()].not_sent += 1;
    }

    /// Those that are nought too: a counter that appears with its first failure shows no rise.
    pub(super) fn counts(&self) -> Vec<CallCount> {
        let of_each = |api: Api| {
            let counts = self.0[api.index()];
            [
                ("ok", counts.ok),
                ("refused", counts.refused),
                ("failed", counts.failed),
                ("not_sent", counts.not_sent),
            ]
            .map(|(outcome, count)| CallCount {
                api: api.name(),
                outcome,
                count,
            })
        };
        Api::ALL.into_iter().flat_map(of_each).collect()
    }
}
