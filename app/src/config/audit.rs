//! How long the audit log goes back.

use std::time::Duration;

use super::duration;
use super::fault::{Faults, Reported};
use super::raw::Group;
use super::settings::AUDIT_RETENTION;

/// How long the audit log goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audit {
    /// How long events are kept.
    pub retention: Duration,
}

impl Audit {
    /// Half a year.
    #[must_use]
    pub fn for_testing() -> Self {
        Self {
            retention: Duration::from_secs(180 * 86_400),
        }
    }

    pub(super) fn read(group: &Group, faults: &mut Faults) -> Result<Self, Reported> {
        Ok(Self {
            retention: group.required(&AUDIT_RETENTION, faults, |text| duration::parse(text, "1d", "3650d"))?,
        })
    }
}
