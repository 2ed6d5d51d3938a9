//! All that changes while the stand-in runs. One lock guards it; see [`crate::sandbox`].

use std::collections::HashMap;
use std::time::Duration;

use crate::access_token::AccessTokens;
use crate::bounded::BoundedMap;
use crate::calls::Calls;
use crate::clock::Clock;
use crate::code::{Codes, Login};
use crate::config::{SandboxConfig, SandboxPush};
use crate::entropy::{self, EntropyError};
use crate::fault::Faults;
use crate::journal::Journal;
use crate::phone::{Phone, PhoneGiven};
use crate::quota::Quotas;
use crate::session_key::{Rotation, SessionKey, SessionKeys};
use crate::user::UserName;

/// Users with a setting of their own.
const MOST_USERS: usize = 10_000;

/// Real login codes have 32 characters of `A-Z a-z 0-9`.
const LOGIN_CODE_LENGTH: usize = 32;

/// Real phone codes have 64 hexadecimal digits.
const PHONE_CODE_BYTES: usize = 32;

pub(crate) struct State {
    pub(crate) clock: Clock,
    pub(crate) session_keys: SessionKeys,
    pub(crate) login_codes: Codes<Login>,
    pub(crate) phone_codes: Codes<PhoneGiven>,
    pub(crate) access_tokens: AccessTokens,
    pub(crate) quotas: Quotas,
    pub(crate) faults: Faults,
    pub(crate) calls: Calls,
    pub(crate) journal: Journal,
    /// The apps' push settings made at run time, by appid.
    pub(crate) push: HashMap<String, SandboxPush>,
    without_unionid: BoundedMap<UserName, ()>,
}

impl State {
    pub(crate) fn new(config: &SandboxConfig) -> Self {
        Self {
            clock: Clock::default(),
            session_keys: SessionKeys::new(),
            login_codes: Codes::new(),
            phone_codes: Codes::new(),
            access_tokens: AccessTokens::new(),
            quotas: Quotas::new(),
            faults: Faults::of(&config.scenario),
            calls: Calls::default(),
            journal: Journal::default(),
            push: HashMap::new(),
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
        let code = entropy::alphanumeric(LOGIN_CODE_LENGTH)?;
        let login = Login { user, session_key };
        let now = self.clock.now();
        self.login_codes.issue(code.clone(), appid, login, lifetime, now);
        Ok(code)
    }

    /// The user agrees to give a phone number: a code for it.
    pub(crate) fn give_phone(
        &mut self,
        appid: &str,
        user: &UserName,
        phone: Phone,
        lifetime: Duration,
    ) -> Result<String, EntropyError> {
        let code = entropy::hexadecimal::<PHONE_CODE_BYTES>()?;
        let now = self.clock.now();
        let given = PhoneGiven {
            openid: user.openid(appid),
            phone,
            at: now,
        };
        self.phone_codes.issue(code.clone(), appid, given, lifetime, now);
        Ok(code)
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
