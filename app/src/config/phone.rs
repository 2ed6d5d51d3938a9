//! Whose a phone number is.

use wxlogin_domain::phone_number::PhonePolicy;

use super::fault::{Faults, Flaw, Reported, quoted};
use super::raw::Group;
use super::settings::PHONE_POLICY;

pub(super) fn read(group: &Group, faults: &mut Faults) -> Result<PhonePolicy, Reported> {
    group.required(&PHONE_POLICY, faults, |text| match text {
        "shared" => Ok(PhonePolicy::Shared),
        "unique" => Ok(PhonePolicy::Unique),
        _ => Err(Flaw::new(
            format!("{} is not a policy for phone numbers", quoted(text)),
            "write shared or unique",
        )),
    })
}
