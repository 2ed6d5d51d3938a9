//! Session keys that are kept for a while after a login, so that data encrypted under them can still be opened.

use std::sync::Arc;
use std::time::Duration;

use crate::account::Account;
use crate::identity::{AppId, OpenId, WechatIdentity};
use crate::ports::session_key_cache::SessionKeyCache;
use crate::ports::session_key_sealer::SessionKeySealer;
use crate::session_key::SessionKey;
use crate::timestamp::Timestamp;

/// Keeps session keys sealed, in memory: the current one and the one before, so that a `wx.login` too early does not break
/// data that are on their way.
#[derive(Clone)]
pub struct SessionKeyVault {
    /// Where they wait.
    pub cache: Arc<dyn SessionKeyCache>,
    /// Seals them.
    pub sealer: Arc<dyn SessionKeySealer>,
    /// For how long. WeChat does not tell how long a key lives; one that is gone here asks for a `wx.login`.
    pub ttl: Duration,
}

impl SessionKeyVault {
    /// Keeps a key that WeChat has just named.
    pub async fn keep(&self, identity: &WechatIdentity, key: &SessionKey, now: Timestamp) {
        let sealed = self.sealer.seal(&identity.app, &identity.openid, key);
        let until = now.plus(self.ttl);
        let (app, openid) = (&identity.app, &identity.openid);
        self.cache.keep(app, openid, sealed, now, until).await;
    }

    /// The keys that are kept, the current one first. One that does not open any more is passed over.
    pub async fn kept(&self, app: &AppId, openid: &OpenId, now: Timestamp) -> Vec<SessionKey> {
        let sealed = self.cache.kept(app, openid, now).await;
        let open = |sealed| self.sealer.open(app, openid, sealed);
        sealed.iter().filter_map(open).collect()
    }

    /// Forgets the keys of an identity.
    pub async fn forget(&self, identity: &WechatIdentity) {
        self.cache.forget(&identity.app, &identity.openid).await;
    }

    /// Forgets the keys of an account that is no more.
    pub async fn forget_account(&self, account: &Account) {
        for linked in &account.identities {
            self.forget(&linked.identity).await;
        }
    }
}
