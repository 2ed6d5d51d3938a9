//! What the platform says of session keys.

use std::fmt::Write as _;

use crate::fixture::{KEY, NEW_KEY, app, connect, openid, refusal, session_key, shown, well_reply};
use crate::server::{Reply, Server};

/// What the platform answers, by a name.
type Case = (&'static str, fn() -> Reply);

const CASES: &[Case] = &[
    ("wrong signature", || refusal(87009, "invalid signature")),
    ("unknown user", || refusal(40003, "invalid openid")),
    ("system busy", || refusal(-1, "system error")),
    ("too frequent", || refusal(45011, "api minute-quota reach limit")),
    ("nothing in it", || Reply::Json("{}".into())),
    ("of another user", || {
        Reply::Json(format!(
            r#"{{"errcode":0,"openid":"oAnother","session_key":"{NEW_KEY}"}}"#
        ))
    }),
    ("closed", || Reply::Raw(Vec::new())),
];

#[tokio::test]
async fn answers() {
    let mut table = String::new();
    for (name, reply) in CASES {
        let server = Server::start(|request, _| match request.api() {
            "stable_token" => well_reply(request),
            _ => reply(),
        })
        .await;
        let checks = connect(server.url()).session_key_checks;
        let is_current = match checks.is_current(&app(), &openid(), &session_key()).await {
            Ok(is_current) => is_current.to_string(),
            Err(failure) => format!("{failure:?}"),
        };
        let reset = shown(&checks.reset(&app(), &openid(), &session_key()).await);
        writeln!(table, "{name:<16} {is_current:<36} {reset}").unwrap();
        let sent = server.all_received();
        assert!(sent.iter().all(|request| !request.query.contains(&KEY[..20])));
    }
    insta::assert_snapshot!(table);
}
