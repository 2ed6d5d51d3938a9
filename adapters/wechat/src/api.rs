//! The calls of the platform that this service makes.

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Api {
    Jscode2session,
    StableToken,
    Getuserphonenumber,
    Checksession,
    Resetusersessionkey,
}

impl Api {
    pub(crate) const ALL: [Self; 5] = [
        Self::Jscode2session,
        Self::StableToken,
        Self::Getuserphonenumber,
        Self::Checksession,
        Self::Resetusersessionkey,
    ];

    /// The platform's name for it: the path's last part.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Jscode2session => "jscode2session",
            Self::StableToken => "stable_token",
            Self::Getuserphonenumber => "getuserphonenumber",
            Self::Checksession => "checksession",
            Self::Resetusersessionkey => "resetusersessionkey",
        }
    }

    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Jscode2session => "/sns/jscode2session",
            Self::StableToken => "/cgi-bin/stable_token",
            Self::Getuserphonenumber => "/wxa/business/getuserphonenumber",
            Self::Checksession => "/wxa/checksession",
            Self::Resetusersessionkey => "/wxa/resetusersessionkey",
        }
    }

    /// Which way it takes.
    pub(crate) const fn line(self) -> Line {
        match self {
            Self::Jscode2session => Line::Login,
            Self::StableToken | Self::Getuserphonenumber | Self::Checksession | Self::Resetusersessionkey => {
                Line::AccessToken
            }
        }
    }

    /// Its place in a table of all of them.
    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}

/// Calls that fail together: a login needs no `access_token`, and is to go on where there is none to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// Codes of `wx.login`.
    Login,
    /// The `access_token`, and whatever needs one.
    AccessToken,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_own_place_and_is_named_as_its_path_ends() {
        for (place, api) in Api::ALL.into_iter().enumerate() {
            assert_eq!(api.index(), place);
            assert_eq!(api.path().rsplit('/').next(), Some(api.name()));
        }
    }
}
