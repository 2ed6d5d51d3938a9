//! Opening encrypted user data with the right key: that of a fresh code, or the one kept from the last login.

use std::sync::Arc;
use std::time::Duration;

use crate::code::JsCode;
use crate::identity::WechatIdentity;
use crate::phone_number::VerifiedPhone;
use crate::ports::clock::Clock;
use crate::ports::code_exchange::{CodeExchange, CodeExchangeError};
use crate::ports::user_data_cipher::{OpenError, UserDataCipher};
use crate::session_key::SessionKey;
use crate::session_keys::SessionKeyVault;
use crate::timestamp::Timestamp;
use crate::user_data::{EncryptedData, UserData, UserDataError};

/// Why data were not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// WeChat did not vouch for the code.
    #[error(transparent)]
    Exchange(#[from] CodeExchangeError),
    /// The code is another person's.
    #[error("the code is another person's")]
    CodeOfAnother,
    /// The data cannot be believed.
    #[error(transparent)]
    UserData(#[from] UserDataError),
}

/// Reads what WeChat encrypted for the mini program.
#[derive(Clone)]
pub struct UserDataReader {
    /// WeChat.
    pub code_exchange: Arc<dyn CodeExchange>,
    /// Opens data.
    pub cipher: Arc<dyn UserDataCipher>,
    /// The keys of earlier logins.
    pub vault: SessionKeyVault,
    /// How old data may be.
    pub max_age: Duration,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

impl UserDataReader {
    /// Data of any kind, of a person who is logged in; with a fresh code, or else with the key of the last login.
    ///
    /// # Errors
    /// Says why they are not believed.
    pub async fn read_any(
        &self,
        who: &WechatIdentity,
        data: &EncryptedData,
        code: Option<&JsCode>,
    ) -> Result<UserData, ReadError> {
        let fresh = self.fresh_key(who, code).await?;
        let now = self.clock.now();
        let opened = self
            .open(who, fresh.as_ref(), now, |key| self.cipher.open_any(key, data))
            .await?;
        opened.watermark.check(&who.app, now, self.max_age)?;
        Ok(opened)
    }

    /// The telephone number of a person who is logged in; with a fresh code, or else with the key of the last login.
    ///
    /// # Errors
    /// Says why it is not believed.
    pub async fn read_phone(
        &self,
        who: &WechatIdentity,
        data: &EncryptedData,
        code: Option<&JsCode>,
    ) -> Result<VerifiedPhone, ReadError> {
        let fresh = self.fresh_key(who, code).await?;
        let now = self.clock.now();
        Ok(self.phone_under(who, fresh.as_ref(), data, now).await?)
    }

    /// A telephone number under the key of this very exchange, or the one kept before it.
    ///
    /// # Errors
    /// Says why it is not believed.
    pub async fn phone_under(
        &self,
        who: &WechatIdentity,
        fresh: Option<&SessionKey>,
        data: &EncryptedData,
        now: Timestamp,
    ) -> Result<VerifiedPhone, UserDataError> {
        self.open(who, fresh, now, |key| self.cipher.open_phone(key, data))
            .await?
            .verified(&who.app, now, self.max_age)
    }

    /// The key that a fresh code brings, which is kept from now on.
    async fn fresh_key(&self, who: &WechatIdentity, code: Option<&JsCode>) -> Result<Option<SessionKey>, ReadError> {
        let Some(code) = code else { return Ok(None) };
        let exchanged = self.code_exchange.exchange(&who.app, code).await?;
        if exchanged.identity.openid != who.openid {
            return Err(ReadError::CodeOfAnother);
        }
        self.vault.keep(who, &exchanged.session_key, self.clock.now()).await;
        Ok(Some(exchanged.session_key))
    }

    /// Tries the keys that there are. What went wrong is told by where the keys came from, never by how the data failed
    /// to open: under a fresh key the data are no good; under kept ones, it is the keys that are old.
    async fn open<T: Send>(
        &self,
        who: &WechatIdentity,
        fresh: Option<&SessionKey>,
        now: Timestamp,
        open: impl Fn(&SessionKey) -> Result<T, OpenError> + Send,
    ) -> Result<T, UserDataError> {
        if let Some(opened) = fresh.and_then(|key| open(key).ok()) {
            return Ok(opened);
        }
        let kept = self.vault.kept(&who.app, &who.openid, now).await;
        let opened = kept.iter().find_map(|key| open(key).ok());
        opened.ok_or(match fresh {
            Some(_) => UserDataError::DecryptionFailed,
            None => UserDataError::SessionKeyStale,
        })
    }
}
