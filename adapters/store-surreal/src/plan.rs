//! How the engine goes about the reads that must stay quick however much there is: its plans, asked for with `EXPLAIN`.
//!
//! A page names its range of ids inside of `type::record(…)`: that is the one form of a range for which the engine stops
//! at the `LIMIT`. Of any other it reads all the rest of the table and throws away what is too much.

use std::time::Duration;

use crate::open::{Location, SurrealStore};
use crate::{audit, erase, phones, pushes, search, sweep};

async fn plan(store: &SurrealStore, query: &str) -> String {
    let mut response = store
        .db
        .query(format!("EXPLAIN {query}"))
        .bind(("gone", crate::id::schema()))
        .bind(("account_key", "a"))
        .bind(("number", "+86"))
        .bind(("after", "b"))
        .bind(("end", "c"))
        .bind(("before", 5))
        .bind(("limit", 7))
        .await
        .unwrap();
    response.take::<Option<String>>(0).unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_end_with_their_page() {
    let store = SurrealStore::open(&Location::Memory, Duration::from_secs(30))
        .await
        .unwrap();
    for query in [
        search::ALL,
        search::WITH_PHONE,
        audit::ALL,
        audit::OF_ACCOUNT,
        sweep::NEXT,
    ] {
        let plan = plan(&store, query).await;
        assert!(
            plan.contains("DynamicScan") && plan.contains("limit: $limit]"),
            "{query}: {plan}"
        );
        assert!(!plan.contains("Limit ["), "{query}: {plan}");
    }
    let oldest = plan(&store, audit::OLDEST).await;
    assert!(oldest.contains("direction: Backward, limit: $limit"), "{oldest}");
    assert!(!oldest.contains("Sort"), "{oldest}");
    let unionids = plan(&store, erase::UNIONIDS).await;
    assert!(unionids.contains("IndexScan"), "{unionids}");
    let holders = plan(&store, &phones::holders("$number")).await;
    assert!(
        holders.contains("DynamicScan") && holders.contains("limit: 2]"),
        "{holders}"
    );
    assert!(!holders.contains("Limit ["), "{holders}");
    let messages = plan(&store, pushes::OLDEST).await;
    assert!(
        messages.contains("access: <5, direction: Forward, limit: $limit"),
        "{messages}"
    );
    assert!(!messages.contains("Sort"), "{messages}");
}
