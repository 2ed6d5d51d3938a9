//! Transactions, put together out of parts.
//!
//! The modules that know a part add it as a method: accounts, telephone numbers, sessions, the log. The parts of one
//! transaction name different variables, or the same ones with the same values.

use surrealdb::types::{SurrealValue, Variables};

use crate::failure::{Failure, STALE, root_cause};
use crate::open::SurrealStore;

/// A transaction that was not sent yet.
pub(crate) struct Transaction {
    script: String,
    variables: Variables,
}

impl Transaction {
    pub(crate) fn new() -> Self {
        let empty = Self {
            script: "BEGIN;".into(),
            variables: Variables::new(),
        };
        empty.with("stale", STALE)
    }

    /// Adds statements.
    pub(crate) fn then(mut self, statements: &str) -> Self {
        self.script.push_str(statements);
        self
    }

    /// Adds statements where they are needed.
    pub(crate) fn then_if(self, are_needed: bool, statements: &str) -> Self {
        if are_needed { self.then(statements) } else { self }
    }

    /// Says what a variable means.
    pub(crate) fn with(mut self, name: &str, value: impl SurrealValue) -> Self {
        self.variables.insert(name, value);
        self
    }

    pub(crate) async fn commit(self, store: &SurrealStore) -> Result<(), Failure> {
        let Self { mut script, variables } = self;
        script.push_str("COMMIT;");
        let response = store.db.query(script).bind(variables).await?;
        root_cause(response).map(drop)
    }
}
