//! What the service says of itself: the OpenAPI document, the reference, a page for every problem.

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::json;
use wxlogin::http::problem::Code;

use crate::app::TestApp;
use crate::documented::DOCUMENT;

#[tokio::test]
async fn the_document_is_served_as_the_program_prints_it() {
    let app = TestApp::new().await;
    let reply = app.get("/openapi.json").await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert_eq!(reply.text(), wxlogin::http::openapi_json());
}

#[test]
fn every_operation_says_which_problems_it_answers() {
    let mut table = String::new();
    for (path, item) in DOCUMENT["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            writeln!(table, "{} {path}", method.to_uppercase()).unwrap();
            for (status, answer) in operation["responses"].as_object().unwrap() {
                let description = answer["description"].as_str().unwrap();
                let codes: Vec<&str> = description
                    .split('`')
                    .filter(|word| Code::parse(word).is_some())
                    .collect();
                writeln!(table, "    {status} {}", codes.join(", ")).unwrap();
            }
        }
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn the_reference_is_one_page_that_loads_nothing() {
    let app = TestApp::new().await;
    let reply = app.get("/docs").await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
    let page = reply.text();
    assert!(page.contains("<title>wxlogin API</title>"));
    assert!(page.len() > 1_000_000, "the style and the scripts are in it");
    let policy = reply.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'sha256-"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    // The scripts hold arbitrary text; what the page itself asks a browser to load stands between them.
    let mut markup = String::new();
    for piece in page.split("<script") {
        markup.push_str(piece.split_once("</script>").map_or(piece, |(_, rest)| rest));
    }
    for loading in [
        " src=",
        "href=\"/",
        "href=\"http",
        "<img",
        "<iframe",
        "@import",
        "url(http",
        "url(//",
        "url(\"http",
        "url('http",
    ] {
        assert!(!markup.contains(loading), "{loading}");
    }
    for opening in page.match_indices("<script").map(|(at, _)| &page[at..]) {
        let tag = opening.split('>').next().unwrap();
        assert!(!tag.contains("src"), "{}", &tag[..tag.len().min(200)]);
    }
}

#[tokio::test]
async fn the_reference_shows_the_document_that_is_served() {
    let app = TestApp::new().await;
    let page = app.get("/docs").await;
    assert!(page.text().contains("url: 'openapi.json'"));
    assert_eq!(app.get("/openapi.json").await.json(), *DOCUMENT);
}

#[tokio::test]
async fn every_problem_has_a_page() {
    let app = TestApp::new().await;
    for code in Code::ALL {
        let reply = app.get(&format!("/problems/{}", code.as_str())).await;
        assert_eq!(reply.status, 200, "{}", code.as_str());
        assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
        for part in [code.as_str(), code.entry().action.as_str()] {
            assert!(reply.text().contains(part), "{} {part}", code.as_str());
        }
        for loading in ["src=", "href=", "http:", "https:", "<script"] {
            assert!(!reply.text().contains(loading), "{} {loading}", code.as_str());
        }
    }
    assert_snapshot!(app.get("/problems/session_key_stale").await.text());
}

#[tokio::test]
async fn a_problem_that_does_not_exist_has_none() {
    let app = TestApp::new().await;
    for name in [
        "nothing",
        "INTERNAL",
        "internal%20",
        "%3Cscript%3E",
        "%00",
        "..%2flivez",
    ] {
        assert_eq!(
            app.get(&format!("/problems/{name}")).await.code(),
            "not_found",
            "{name}"
        );
    }
    assert_json_snapshot!(app.get("/problems/nothing").await.shown());
}

#[tokio::test]
async fn the_type_of_a_problem_leads_to_its_page() {
    let app = TestApp::new().await;
    let problem = app.login(json!({})).await.json();
    assert_eq!(app.get(problem["type"].as_str().unwrap()).await.status, 200);
}
