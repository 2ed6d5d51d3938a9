//! A scenario on each database that services can share: one named test per scenario and database.

/// Makes the tests `postgres::…` and `surrealdb::…` of scenarios that are given a server, a shared one by `start` or one
/// of their own by `private`.
macro_rules! on_each_database {
    ($whose:ident: $($scenario:ident),+ $(,)?) => {
        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $scenario() {
                    use std::borrow::Borrow as _;

                    let server = wxlogin_throwaway::Postgres::$whose();
                    if let Some(server) = wxlogin_throwaway::required(server, "PostgreSQL") {
                        let server: &wxlogin_throwaway::Postgres = server.borrow();
                        Box::pin(super::$scenario(server)).await;
                    }
                }
            )+
        }

        mod surrealdb {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $scenario() {
                    use std::borrow::Borrow as _;

                    let server = wxlogin_throwaway::Surreal::$whose();
                    if let Some(server) = wxlogin_throwaway::required(server, "the SurrealDB server") {
                        let server: &wxlogin_throwaway::Surreal = server.borrow();
                        Box::pin(super::$scenario(server)).await;
                    }
                }
            )+
        }
    };
}
