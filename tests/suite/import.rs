//! The users of a business, imported by the program.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Output, Stdio};

use reqwest::StatusCode;
use serde_json::{Value, json};
use tempfile::TempDir;
use wxlogin_tests::client::http_client;
use wxlogin_tests::database::DatabaseServer;
use wxlogin_tests::lines::Lines;
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::{ADMIN_KEY, Program, command, directory, run, shared_environment};

/// How many users there are in a large file.
const USERS: usize = 5_000;
/// Where a row is that is refused: when that is told, so many are imported.
const REFUSED: usize = 1_700;

on_each_database! { start:
    it_runs_beside_the_service,
}

struct Deployment {
    directory: TempDir,
    platform: Platform,
    environment: BTreeMap<&'static str, String>,
}

impl Deployment {
    async fn new() -> Self {
        let (directory, platform) = (directory(), Platform::start().await);
        let store = format!("surrealkv://{}", directory.path().join("store").display());
        let environment = shared_environment(&platform.url, directory.path(), &store);
        Self {
            directory,
            platform,
            environment,
        }
    }

    fn serve(&self) -> Program {
        Program::serve(self.directory.path(), &self.environment)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        run(self.directory.path(), arguments, &self.environment)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("a file");
    }

    /// What an import says, and whether all rows were good.
    fn import(&self, arguments: &[&str]) -> (String, bool) {
        let output = self.run(&[&["accounts", "import"], arguments].concat());
        assert!(output.stdout.is_empty(), "{output:?}");
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        (said, output.status.success())
    }

    /// All accounts of the store, by the openid of their first identity.
    fn accounts(&self, name: &str) -> BTreeMap<String, Value> {
        assert!(self.run(&["backup", name]).status.success());
        let text = std::fs::read_to_string(self.path(name)).expect("a backup");
        let items = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let accounts = items.filter_map(|mut item| Some(item.get_mut("account")?.take()));
        let by_openid = |account: Value| {
            let openid = account["identities"][0]["openid"]
                .as_str()
                .expect("an openid")
                .to_owned();
            (openid, account)
        };
        accounts.map(by_openid).collect()
    }
}

/// What the last line counts.
fn summary(said: &str) -> &str {
    let last = said.lines().last().unwrap_or_default();
    last.split_once(" rows: ").map_or(last, |(_, counts)| counts)
}

/// Whoever was imported before the first start of the service is nobody new, and known to every backend.
#[tokio::test(flavor = "multi_thread")]
async fn an_imported_user_logs_in_and_is_known_everywhere() {
    let mut deployment = Deployment::new().await;
    deployment
        .environment
        .insert("WXLOGIN_TOKEN_CLAIMS", "external_id".into());
    let openid = deployment.platform.openid("ann").await;
    let users = format!("external_id,nickname,openid,phone\n客户17,小明,{openid},13800138000\n");
    deployment.write("users.csv", &users);
    let (said, is_good) = deployment.import(&["users.csv"]);
    assert!(is_good, "{said}");
    assert_eq!(summary(&said), "1 made, 0 completed, 0 joined, 0 unchanged, 0 refused.");

    let service = deployment.serve();
    let api = service.api();
    let login = api.login(&deployment.platform.code("ann").await).await.ok();
    assert_eq!(login.body["is_new_account"], false);
    assert_eq!(login.text("/account/external_id"), "客户17");
    assert_eq!(login.text("/account/nickname"), "小明");
    assert_eq!(login.text("/account/phone/number"), "+8613800138000");
    let token = login.text("/access_token");
    let introspected = http_client()
        .post(api.url("/v1/introspect"))
        .bearer_auth(ADMIN_KEY)
        .form(&[("token", token)]);
    let introspected: Value = introspected
        .send()
        .await
        .expect("it answers")
        .json()
        .await
        .expect("JSON");
    assert_eq!(introspected["external_id"], "客户17");
    let verified = http_client().get(api.url("/v1/verify")).bearer_auth(token).send().await;
    let verified = verified.expect("it answers");
    assert_eq!(verified.status(), StatusCode::NO_CONTENT);
    assert_eq!(verified.headers()["x-external-id"], "%E5%AE%A2%E6%88%B717");
    let stranger = api.login(&deployment.platform.code("ben").await).await.ok();
    assert_eq!(stranger.body["is_new_account"], true);
    let (said, is_good) = deployment.import(&["users.csv"]);
    assert!(!is_good && said.contains("stop the service first"), "{said}");
}

fn users() -> String {
    let mut text = "openid,external_id,unionid,nickname\n".to_owned();
    for number in 1..=USERS {
        let unionid = if number == REFUSED {
            "no unionid"
        } else {
            &format!("u-{number}")
        };
        writeln!(text, "o-{number},{number},{unionid},用户{number}").expect("a string takes everything");
    }
    text
}

/// SIGKILL in the middle: what was imported is whole, and the second run does the rest and touches nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn a_killed_import_is_finished_by_the_next_one() {
    let deployment = Deployment::new().await;
    let (users, rest) = {
        let users = users();
        // It does not get all of it: it is killed while it waits for more.
        let end = users.match_indices('\n').nth(USERS - 1000).expect("so many lines").0;
        (users.clone(), users[..end].to_owned())
    };
    deployment.write("users.csv", &users);
    let mut killed = command(
        deployment.directory.path(),
        &["accounts", "import", "-"],
        &deployment.environment,
    )
    .stdin(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .expect("it starts");
    let output = Lines::default();
    output.follow(killed.stderr.take().expect("a pipe"));
    let mut input = killed.stdin.take().expect("a pipe");
    let writing = std::thread::spawn(move || {
        // It does not read to the end.
        let _ = input.write_all(rest.as_bytes());
        input
    });
    let refused = format!("line {}: unionid: ", REFUSED + 1);
    let told = output.wait_for(|line| line.starts_with(&refused).then_some(()));
    assert!(told.is_some(), "{:#?}", output.all());
    killed.kill().expect("it is killed");
    killed.wait().expect("it ends");
    drop(writing.join().expect("it is written"));

    let before = deployment.accounts("before");
    assert!((REFUSED - 1..USERS).contains(&before.len()), "{}", before.len());
    let (said, is_good) = deployment.import(&["users.csv"]);
    let made = USERS - 1 - before.len();
    let unchanged = before.len();
    let expected = format!("{made} made, 0 completed, 0 joined, {unchanged} unchanged, 1 refused.");
    assert_eq!((summary(&said), is_good), (expected.as_str(), false), "{said}");
    let after = deployment.accounts("after");
    assert_eq!(after.len(), USERS - 1);
    for (openid, account) in &after {
        assert_eq!(account["external_id"].as_str(), openid.strip_prefix("o-"));
        assert!(before.get(openid).is_none_or(|before| before == account), "{openid}");
    }
    let (said, _) = deployment.import(&["users.csv"]);
    let unchanged = USERS - 1;
    let expected = format!("0 made, 0 completed, 0 joined, {unchanged} unchanged, 1 refused.");
    assert_eq!(summary(&said), expected);
    assert_eq!(deployment.accounts("again"), after);
    let log = deployment.run(&["audit", "--action", "accounts_imported"]);
    let log = String::from_utf8(log.stdout).expect("UTF-8");
    assert!(
        log.lines().count() <= USERS / 500 + 2,
        "only what was written is told: {log}"
    );
    assert!(log.contains("api_key:command-line"), "{log}");
    assert!(!log.contains("o-1") && !log.contains("用户"), "{log}");
}

/// What is no table of users is told before a store is made for it.
#[tokio::test(flavor = "multi_thread")]
async fn another_file_makes_no_store() {
    let deployment = Deployment::new().await;
    deployment.write("users.csv", "openid,phone\no-1,\n");
    let (said, is_good) = deployment.import(&["users.csv"]);
    assert!(!is_good && said.contains("no column external_id"), "{said}");
    assert!(!deployment.path("store").exists());
}

/// What is wrong is told by line, column and reason, and never what the row says.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_is_told_and_the_rest_is_imported() {
    let deployment = Deployment::new().await;
    let mut users = String::new();
    for user in [
        json!({ "openid": "o-1", "external_id": 1, "phone": "13800138000" }),
        json!({ "openid": "o-1", "external_id": "another" }),
        json!({ "openid": "o-2", "external_id": "canary-id ", "nickname": "canary" }),
        json!({ "openid": "o-3", "external_id": "3", "phone": "+8613800138000" }),
        json!({ "openid": "o-4", "external_id": "4", "appid": "wx00000000000000ff" }),
        json!({ "openid": "canary/openid", "external_id": "5" }),
    ] {
        writeln!(users, "{user}").expect("a string takes everything");
    }
    users += "canary, not JSON\n";
    for number in 0..200 {
        writeln!(users, "{{\"external_id\":{number}}}").expect("a string takes everything");
    }
    deployment.write("users.jsonl", &users);
    let mut environment = deployment.environment.clone();
    environment.insert("WXLOGIN_PHONE_POLICY", "unique".into());
    let import = |arguments: &[&str]| {
        let arguments = [&["accounts", "import", "users.jsonl"], arguments].concat();
        let output = run(deployment.directory.path(), &arguments, &environment);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    let dry = import(&["--dry-run"]);
    assert!(!deployment.path("store").exists(), "a dry run makes nothing");
    let said = import(&[]);
    let place = deployment.environment["WXLOGIN_STORE"].as_str();
    let same = |said: &str| {
        said.replace(place, "STORE")
            .replace("Would import", "Imported")
            .replace("Imported into", "into")
    };
    assert_eq!(same(&dry), same(&said));
    let shown: Vec<&str> = said.lines().take(7).collect();
    insta::assert_snapshot!(shown.join("\n"));
    assert_eq!(said.lines().filter(|line| line.starts_with("line ")).count(), 100);
    assert!(said.contains("\nand 106 more rows\n"), "{said}");
    assert_eq!(
        summary(&said),
        "1 made, 0 completed, 0 joined, 0 unchanged, 206 refused."
    );
    assert!(!said.contains("canary") && !said.contains("138"), "{said}");

    for (arguments, complaint) in [
        (&["nothing.csv"][..], "cannot read nothing.csv"),
        (
            &["users.jsonl", "--service", "http://127.0.0.1:1"],
            "works on the store itself",
        ),
        (&["users.jsonl", "--format", "csv"], "the header"),
    ] {
        let (said, is_good) = deployment.import(arguments);
        assert!(!is_good && said.contains(complaint), "{said}");
    }
}

/// On a database server people log in while they are imported, and each has one account.
async fn it_runs_beside_the_service(server: &dyn DatabaseServer) {
    let mut deployment = Deployment::new().await;
    deployment.environment.insert("WXLOGIN_STORE", server.new_database());
    let service = deployment.serve();
    let names: Vec<String> = (0..40).map(|number| format!("user{number}")).collect();
    let mut users = "openid,external_id\n".to_owned();
    for name in &names {
        writeln!(users, "{},{name}", deployment.platform.openid(name).await).expect("a string takes everything");
    }
    deployment.write("users.csv", &users);
    let (api, platform) = (service.api(), &deployment.platform);
    let logins = async {
        let mut new = 0;
        for name in &names {
            let login = api.login(&platform.code(name).await).await.ok();
            new += usize::from(login.body["is_new_account"] == true);
        }
        new
    };
    let importing = tokio::task::block_in_place(|| {
        let arguments = ["accounts", "import", "users.csv"];
        command(deployment.directory.path(), &arguments, &deployment.environment)
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts")
    });
    let new = logins.await;
    let output = tokio::task::block_in_place(|| importing.wait_with_output().expect("it ends"));
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(output.status.success(), "{said}");
    let expected = format!(
        "{} made, {new} completed, 0 joined, 0 unchanged, 0 refused.",
        names.len() - new
    );
    assert_eq!(summary(&said), expected);
    for name in &names {
        let login = api.login(&platform.code(name).await).await.ok();
        assert_eq!(login.body["is_new_account"], false);
        assert_eq!(login.text("/account/external_id"), name);
    }
}
