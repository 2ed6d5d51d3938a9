//! What a person changes of the own account.

use serde::{Deserialize, Serialize};

/// Changes of the profile: `None` leaves what is there, `Some(None)` clears it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProfileChange {
    /// The name to show: 1 to 64 characters without control characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nickname: Option<Option<String>>,
    /// The picture to show: an http or https URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<Option<String>>,
}
