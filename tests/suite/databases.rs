//! A scenario on each database that services can share: one named test per scenario and database.

/// Makes the tests `postgres::…` of scenarios that are given a server, a shared one by `start` or one
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
    };
}
