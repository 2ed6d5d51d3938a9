//! Whose a phone number is.

use super::fault::{Faults, Flaw, Reported, quoted};
use super::raw::Group;
use super::settings::PHONE_POLICY;

/// Whether several accounts may have one phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhonePolicy {
    /// They may: people of one family do share phones.
    Shared,
    /// They may not: a number that another account has is refused.
    Unique,
}

impl PhonePolicy {
    /// The default.
    #[must_use]
    pub fn for_testing() -> Self {
        Self::Shared
    }

    pub(super) fn read(group: &Group, faults: &mut Faults) -> Result<Self, Reported> {
        group.required(&PHONE_POLICY, faults, |text| match text {
            "shared" => Ok(Self::Shared),
            "unique" => Ok(Self::Unique),
            _ => Err(Flaw::new(
                format!("{} is not a policy for phone numbers", quoted(text)),
                "write shared or unique",
            )),
        })
    }
}
