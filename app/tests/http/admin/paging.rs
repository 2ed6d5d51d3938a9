//! Pages of accounts and of the audit log, while both change.

use std::collections::HashSet;

use crate::app::TestApp;
use crate::reply::Reply;

fn next_of(reply: &Reply) -> Option<String> {
    reply
        .json()
        .get("next_cursor")
        .map(|cursor| cursor.as_str().unwrap().to_owned())
}

async fn people(app: &TestApp, prefix: &str, count: usize) -> Vec<String> {
    let mut accounts = Vec::new();
    for number in 0..count {
        app.advance(1);
        accounts.push(app.logged_in(&format!("{prefix}{number}")).await.account);
    }
    accounts
}

#[tokio::test]
async fn pages_have_the_length_that_was_asked_for() {
    let app = TestApp::new().await;
    let accounts = people(&app, "person", 45).await;
    for (query, lengths) in [
        ("limit=10", vec![10, 10, 10, 10, 5]),
        ("limit=45", vec![45]),
        ("limit=44", vec![44, 1]),
        ("limit=100", vec![45]),
        ("", vec![20, 20, 5]),
        ("status=active&limit=30", vec![30, 15]),
    ] {
        let (mut found, mut pages) = (Vec::new(), Vec::new());
        let mut cursor = String::new();
        loop {
            let page = app.admin_get(&format!("accounts?{query}&cursor={cursor}")).await;
            let ids = page.texts("accounts", "id");
            pages.push(ids.len());
            found.extend(ids);
            match next_of(&page) {
                Some(next) => cursor = next,
                None => break,
            }
        }
        assert_eq!(pages, lengths, "{query}");
        assert_eq!(found, accounts, "{query}");
    }
}

#[tokio::test]
async fn pages_stay_in_order_while_accounts_come_and_go() {
    let app = TestApp::new().await;
    let accounts = people(&app, "person", 45).await;
    let mut erased = HashSet::new();
    let mut found: Vec<String> = Vec::new();
    let mut cursor = String::new();
    for number in 0.. {
        let page = app.admin_get(&format!("accounts?limit=10&cursor={cursor}")).await;
        found.extend(page.texts("accounts", "id"));
        let Some(next) = next_of(&page) else { break };
        people(&app, &format!("late{number}x"), 1).await;
        // One that was shown, the very one that the next page begins after, and one that is still to come.
        for index in [number * 10, number * 10 + 9, number * 10 + 15] {
            if let Some(account) = accounts.get(index) {
                erased.insert(account.clone());
                let reply = app.admin_delete(&format!("accounts/{account}")).await;
                assert!(matches!(reply.status, 204 | 404), "{reply:?}");
            }
        }
        cursor = next;
    }
    let distinct: HashSet<&String> = found.iter().collect();
    assert_eq!(distinct.len(), found.len(), "none is shown twice");
    assert!(found.is_sorted(), "in the order in which they came to be");
    let stayed = accounts.iter().filter(|account| !erased.contains(*account));
    for account in stayed {
        assert!(distinct.contains(account), "{account} was there all the time");
    }
    assert!(erased.len() >= 8, "{}", erased.len());
}

#[tokio::test]
async fn a_search_by_openid_has_pages_too() {
    let app = TestApp::new().await;
    let accounts = people(&app, "person", 3).await;
    let found = app
        .admin_get(&format!("accounts?openid=o-person1&cursor={}", accounts[0]))
        .await;
    assert_eq!(found.texts("accounts", "id"), [accounts[1].as_str()]);
    let found = app
        .admin_get(&format!("accounts?openid=o-person1&cursor={}", accounts[1]))
        .await;
    assert!(found.list("accounts").is_empty());
}

#[tokio::test]
async fn pages_of_the_audit_log_show_no_event_twice_while_more_come() {
    let app = TestApp::new().await;
    people(&app, "person", 23).await;
    let before: HashSet<String> = app
        .audit("limit=100")
        .await
        .iter()
        .map(|event| event["id"].to_string())
        .collect();
    assert_eq!(before.len(), 23);
    let (mut found, mut cursor) = (Vec::new(), String::new());
    for number in 0.. {
        let page = app.admin_get(&format!("audit?limit=5&cursor={cursor}")).await;
        let ids: Vec<String> = page
            .list("events")
            .iter()
            .map(|event| event["id"].to_string())
            .collect();
        assert!(ids.len() <= 5);
        found.extend(ids);
        let Some(next) = next_of(&page) else { break };
        people(&app, &format!("late{number}x"), 1).await;
        cursor = next;
    }
    let mut newest_first = found.clone();
    newest_first.sort_by(|one, other| other.cmp(one));
    assert_eq!(found, newest_first);
    assert_eq!(found.into_iter().collect::<HashSet<_>>(), before);
}

#[tokio::test]
async fn a_filter_holds_on_every_page_of_the_audit_log() {
    let app = TestApp::new().await;
    let accounts = people(&app, "person", 6).await;
    for account in &accounts {
        app.admin_get(&format!("accounts/{account}")).await;
    }
    let mut cursor = String::new();
    let mut shown = Vec::new();
    loop {
        let page = app
            .admin_get(&format!("audit?action=account_viewed&limit=2&cursor={cursor}"))
            .await;
        shown.extend(page.texts("events", "account_id"));
        match next_of(&page) {
            Some(next) => cursor = next,
            None => break,
        }
    }
    shown.reverse();
    assert_eq!(shown, accounts);
}
