//! An operator's fault is told once, with its remedy, and not again by every login of the next ten minutes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use wxlogin_domain::identity::AppId;

use crate::api::Api;
use crate::errcode;
use crate::wire::Refusal;

/// For so long a fault that was told is not told again.
const QUIET: Duration = Duration::from_secs(10 * 60);
/// Bounds the memory. There are some dozen numbers; only a platform out of its mind has more.
const MAX_FAULTS: usize = 256;

/// The faults of an app that were told.
#[derive(Debug, Default)]
pub(crate) struct Remedies(Mutex<Told>);

#[derive(Debug, Default)]
struct Told(HashMap<i64, Fault>);

#[derive(Debug)]
struct Fault {
    told_at: Instant,
    held_back: u64,
}

impl Remedies {
    /// Tells of a fault and its remedy, if it is time to.
    pub(crate) fn tell(&self, app: &AppId, api: Api, refusal: &Refusal, remedy: &str) {
        let errcode = refusal.errcode;
        let due = {
            let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            told.due(errcode, Instant::now())
        };
        if let Some(held_back) = due {
            let seen_address = errcode::seen_address(errcode, &refusal.errmsg).map(tracing::field::display);
            let (api, errmsg) = (api.name(), refusal.errmsg.as_str());
            tracing::error!(%app, api, errcode, errmsg, seen_address, remedy, held_back, "WeChat refuses the app");
        }
    }
}

impl Told {
    /// If it is time to tell of a fault: how often it was not told since the last time.
    fn due(&mut self, errcode: i64, now: Instant) -> Option<u64> {
        if let Some(fault) = self.0.get_mut(&errcode) {
            if now.duration_since(fault.told_at) < QUIET {
                fault.held_back += 1;
                return None;
            }
            let held_back = fault.held_back;
            *fault = Fault {
                told_at: now,
                held_back: 0,
            };
            return Some(held_back);
        }
        if self.0.len() >= MAX_FAULTS {
            self.make_room();
        }
        let fault = Fault {
            told_at: now,
            held_back: 0,
        };
        self.0.insert(errcode, fault);
        Some(0)
    }

    fn make_room(&mut self) {
        let oldest = self.0.iter().min_by_key(|(_, fault)| fault.told_at);
        if let Some(errcode) = oldest.map(|(errcode, _)| *errcode) {
            self.0.remove(&errcode);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_every_ten_minutes_with_the_number_of_times_it_was_not() {
        let (mut told, start) = (Told::default(), Instant::now());
        assert_eq!(told.due(40125, start), Some(0));
        for _ in 0..7 {
            assert_eq!(told.due(40125, start), None);
        }
        assert_eq!(told.due(40164, start), Some(0), "another fault");
        assert_eq!(told.due(40125, start + QUIET), Some(7));
        assert_eq!(told.due(40125, start + QUIET), None);
        assert_eq!(told.due(40125, start + 2 * QUIET), Some(1));
    }

    #[test]
    fn so_many_faults_are_remembered_and_the_oldest_goes_first() {
        let (mut told, mut now) = (Told::default(), Instant::now());
        for errcode in 0..5000 {
            now += Duration::from_millis(1);
            assert_eq!(told.due(errcode, now), Some(0));
        }
        assert_eq!(told.0.len(), MAX_FAULTS);
        assert_eq!(told.due(4999, now), None);
    }
}
