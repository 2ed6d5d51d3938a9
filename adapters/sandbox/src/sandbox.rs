//! The handle to a stand-in platform.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use poem::endpoint::BoxEndpoint;
use poem::{EndpointExt as _, Response, Route};

use crate::config::SandboxConfig;
use crate::push::{NoPostman, Postman};
use crate::state::State;
use crate::{control, platform};

/// A stand-in platform: cheap to clone, and all clones are the same platform.
///
/// Everything is in memory and lasts as long as the last clone or endpoint.
#[derive(Clone)]
pub struct Sandbox {
    inner: Arc<Inner>,
}

struct Inner {
    config: SandboxConfig,
    state: Mutex<State>,
    postman: OnceLock<Postman>,
}

impl Sandbox {
    /// A platform on which nothing has happened yet.
    #[must_use]
    pub fn new(config: SandboxConfig) -> Self {
        Self {
            inner: Arc::new(Inner {
                state: Mutex::new(State::new(&config)),
                config,
                postman: OnceLock::new(),
            }),
        }
    }

    /// The platform's endpoints and the control endpoints, with their paths from the root:
    /// `/sns/jscode2session`, `/cgi-bin/stable_token`, `/wxa/…` and `/sandbox/…`.
    ///
    /// Who can reach it can do anything with it, and needs no secret to do so: it is to be
    /// served where only tests and developers are.
    #[must_use]
    pub fn endpoint(&self) -> BoxEndpoint<'static, Response> {
        control::add_to(platform::add_to(Route::new(), self), self)
            .catch_all_error(control::explain)
            .boxed()
    }

    pub(crate) fn config(&self) -> &SandboxConfig {
        &self.inner.config
    }

    /// Who carries pushes, hired by the first of them: most stand-ins push nothing.
    pub(crate) fn postman(&self) -> Result<Postman, NoPostman> {
        if let Some(postman) = self.inner.postman.get() {
            return Ok(postman.clone());
        }
        let postman = Postman::new()?;
        Ok(self.inner.postman.get_or_init(|| postman).clone())
    }

    /// The state, for this thread alone; not `Send`, so that no await can come between.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        // Nothing leaves the state half changed, so a panic elsewhere would not spoil it.
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("config", &self.inner.config)
            .finish_non_exhaustive()
    }
}
