//! Transactions, put together out of parts.
//!
//! The modules that know a part add it as a method: accounts, telephone numbers, sessions, the log. The parts of one
//! transaction name different variables, or the same ones with the same values.

use surrealdb::types::{SurrealValue, Variables};

use crate::failure::{Failure, STALE};
use crate::known::{Scope, Written};
use crate::open::SurrealStore;

/// A transaction that was not sent yet.
pub(crate) struct Transaction {
    script: String,
    variables: Variables,
    scopes: Vec<Scope>,
    written: Written,
}

impl Transaction {
    pub(crate) fn new() -> Self {
        let empty = Self {
            script: "BEGIN;".into(),
            variables: Variables::new(),
            scopes: Vec::new(),
            written: Written::default(),
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

    /// Says what it is about.
    pub(crate) fn about(mut self, scope: Scope) -> Self {
        self.scopes.push(scope);
        self
    }

    /// Says what it leaves behind.
    pub(crate) fn leaving(mut self, written: Written) -> Self {
        self.written = written;
        self
    }

    pub(crate) async fn commit(self, store: &SurrealStore) -> Result<(), Failure> {
        let Self {
            mut script,
            variables,
            scopes,
            written,
        } = self;
        script.push_str("COMMIT;");
        store.write(script, variables, &scopes, |_| Ok(((), written))).await
    }
}
