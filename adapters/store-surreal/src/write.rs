//! Sending writes, so that what is known of accounts stays true.

use std::borrow::Cow;

use surrealdb::IndexedResults;
use surrealdb::types::Variables;
use wxlogin_domain::ports::store::StoreError;

use crate::failure::{Failure, root_cause};
use crate::known::{Scope, Written};
use crate::open::SurrealStore;

impl SurrealStore {
    /// Sends a write; `read` reads the answer, and says what the write leaves behind.
    ///
    /// What is known would be wrong if nobody heard how a write ended. So where something is known the write goes on
    /// when whoever asked for it gives up.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        script: impl Into<Cow<'static, str>>,
        variables: Variables,
        scopes: &[Scope],
        read: impl FnOnce(IndexedResults) -> Result<(T, Written), Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let (db, script) = (self.db.clone(), script.into());
        let writing = self.known.as_ref().map(|known| known.begin(scopes));
        let sending = async move {
            let response = db.query(script).bind_all(variables).await;
            response.map_err(Failure::from).and_then(root_cause).and_then(read)
        };
        let Some(writing) = writing else {
            return sending.await.map(|(answer, _)| answer);
        };
        let sent = tokio::spawn(async move {
            let sent = sending.await;
            let (answer, written) = match sent {
                Ok((answer, written)) => (Ok(answer), written),
                Err(failure) => (Err(failure), Written::default()),
            };
            writing.end(written);
            answer
        });
        sent.await
            .unwrap_or_else(|_| Err(StoreError::Unavailable("a write was broken off".into()).into()))
    }
}
