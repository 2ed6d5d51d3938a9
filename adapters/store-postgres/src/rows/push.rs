//! The row of a message that WeChat pushed: that it was honoured, and not whom it was about.

use sqlx::postgres::PgRow;
use wxlogin_domain::copy::HonouredPush;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::push::MessageHash;

use super::{Columns as _, unreadable};

pub(crate) fn honoured(row: &PgRow) -> Result<HonouredPush, StoreError> {
    let hash = row.column::<&[u8]>("hash")?.try_into();
    Ok(HonouredPush {
        hash: MessageHash(hash.map_err(|_| unreadable("a message's hash"))?),
        at: row.time("at")?,
    })
}
