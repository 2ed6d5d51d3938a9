//! The database, in this process or on a server: what there is to ask is the same.

use std::borrow::Cow;
use std::pin::Pin;
use std::sync::Arc;

use surrealdb::IndexedResults;
use surrealdb::Surreal;
use surrealdb::engine::local::Db;
use surrealdb::types::{RecordId, SurrealValue, Variables};

use crate::remote::Remote;

/// A database that is connected to.
#[derive(Clone)]
pub(crate) enum Database {
    /// In this process. It is lent, never cloned: to the client a clone is a new session.
    Embedded(Arc<Surreal<Db>>),
    /// On a server.
    Remote(Remote),
}

impl Database {
    /// A query that is not sent yet.
    pub(crate) fn query(&self, script: impl Into<Cow<'static, str>>) -> Query<'_> {
        Query {
            database: self,
            script: script.into(),
            variables: Variables::new(),
        }
    }

    /// The record of an id.
    pub(crate) async fn select<T: SurrealValue>(&self, id: RecordId) -> surrealdb::Result<Option<T>> {
        match self {
            Self::Embedded(db) => db.select(id).await,
            Self::Remote(remote) => remote.ask(async |db| db.select(id).await).await,
        }
    }
}

/// A query that is not sent yet.
#[must_use = "it is sent by awaiting it"]
pub(crate) struct Query<'d> {
    database: &'d Database,
    script: Cow<'static, str>,
    variables: Variables,
}

impl Query<'_> {
    /// Says what a variable means.
    pub(crate) fn bind(mut self, (name, value): (&str, impl SurrealValue)) -> Self {
        self.variables.insert(name, value);
        self
    }

    /// Says what all variables mean.
    pub(crate) fn bind_all(mut self, variables: Variables) -> Self {
        self.variables = variables;
        self
    }

    async fn send(self) -> surrealdb::Result<IndexedResults> {
        let Self {
            database,
            script,
            variables,
        } = self;
        match database {
            Database::Embedded(db) => db.query(script).bind(variables).await,
            Database::Remote(remote) => remote.ask(async |db| db.query(script).bind(variables).await).await,
        }
    }
}

impl<'d> IntoFuture for Query<'d> {
    type Output = surrealdb::Result<IndexedResults>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'd>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
