//! A scenario on each database that services can share: one named test per scenario and database.

/// Makes the tests `postgres::…` and `surrealdb::…` of scenarios that are given a server, a shared one by `start` or one
/// of their own by `private`.
macro_rules! on_each_database {
    ($whose:ident: $($scenario:ident),+ $(,)?) => {
        on_each_database! { @on postgres, Postgres, "PostgreSQL", $whose: $($scenario)+ }
        on_each_database! { @on surrealdb, Surreal, "the SurrealDB server", $whose: $($scenario)+ }
    };
    (@on $database:ident, $server:ident, $name:literal, $whose:ident: $($scenario:ident)+) => {
        mod $database {
            use std::borrow::Borrow as _;

            use wxlogin_throwaway::{$server, required};

            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $scenario() {
                    if let Some(server) = required($server::$whose(), $name) {
                        let server: &$server = server.borrow();
                        Box::pin(super::$scenario(server)).await;
                    }
                }
            )+
        }
    };
}
