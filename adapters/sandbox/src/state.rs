//! All that changes while the stand-in runs. One lock guards it; see [`crate::sandbox`].

use std::time::Duration;

use crate::access_token::AccessTokens;
use crate::bounded::BoundedMap;
use crate::calls::Calls;
use crate::clock::Clock;
use crate::code::{Codes, Login};
use crate::entropy::EntropyError;
use crate::fault::Faults;
use crate::session_key::{Rotation, SessionKey, SessionKeys};
use crate::user::UserName;

/// Users with a setting of their own.
const MOST_USERS: usize = 10_000;

pub(crate) struct State {
    pub(crate) clock: Clock,
    pub(crate) session_keys: SessionKeys,
    pub(crate) codes: Codes,
    pub(crate) access_tokens: AccessTokens,
    pub(crate) faults: Faults,
    pub(crate) calls: Calls,
    without_unionid: BoundedMap<UserName, ()>,
}

impl State {
    pub(crate) fn new() -> Self {
        Self {
            clock: Clock::default(),
            session_keys: SessionKeys::new(),
            codes: Codes::new(),
            access_tokens: AccessTokens::default(),
            faults: Faults::default(),
            calls: Calls::new(),
            without_unionid: BoundedMap::new(MOST_USERS),
        }
    }

    /// `wx.login` on the user's phone: a code, and perhaps a new session key.
    pub(crate) fn log_in(
        &mut self,
        appid: &str,
        user: UserName,
        rotation: Rotation,
        lifetime: Duration,
    ) -> Result<String, EntropyError> {
        let session_key = self.session_key(appid, &user, rotation)?;
        let now = self.clock.now();
        let login = Login {
            appid: appid.to_owned(),
            user,
            session_key,
        };
        self.codes.issue(login, lifetime, now)
    }

    pub(crate) fn session_key(
        &mut self,
        appid: &str,
        user: &UserName,
        rotation: Rotation,
    ) -> Result<SessionKey, EntropyError> {
        self.session_keys.key(appid, &user.openid(appid), rotation)
    }

    /// The user's unionid, unless it is switched off for this user, as if the app were bound to
    /// no Open Platform account.
    pub(crate) fn unionid(&self, user: &UserName) -> Option<String> {
        match self.without_unionid.get(user) {
            Some(()) => None,
            None => Some(user.unionid()),
        }
    }

    pub(crate) fn send_unionid(&mut self, user: UserName, send: bool) {
        if send {
            self.without_unionid.remove(&user);
        } else {
            self.without_unionid.insert(user, ());
        }
    }
}
