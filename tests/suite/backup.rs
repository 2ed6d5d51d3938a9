//! A deployment moves from one backend to another, and nobody notices.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use wxlogin_backup::{BackupReader, BackupWriter, Lock, Unlock};
use wxlogin_domain::account::{Account, LinkedIdentity};
use wxlogin_domain::copy::{AccountCopy, CopyItem};
use wxlogin_domain::external_id::ExternalId;
use wxlogin_domain::id::AccountId;
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_sandbox::DEFAULT_APPID;
use wxlogin_tests::database::DatabaseServer;
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::{Program, command, directory, environment, run};

/// How many people there are besides those who log in.
const PEOPLE: u32 = 10_000;
/// Who logs in.
const USERS: [&str; 3] = ["ann", "ben", "cem"];

const RECIPIENT: &str = "age1lgtawt058m7ssdxmwgp7fjzgzvllxfskgu9fa5jceg33g6y3t43qh5ydld";
const IDENTITY: &str = "AGE-SECRET-KEY-1UD8LE0UCLJNZFTCDDT76TP9QADF5GDMM58XALXNYL6VYR54PJ28QNQC8ES";

on_each_database! { start:
    a_deployment_moves_there_and_back,
}

/// A deployment that can be on any store.
struct Deployment {
    directory: TempDir,
    platform: Platform,
}

/// Where it is.
#[derive(Clone)]
struct Place(String);

impl Deployment {
    async fn new() -> Self {
        Self {
            directory: directory(),
            platform: Platform::start().await,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// A directory that is not there yet.
    fn embedded(&self, name: &str) -> Place {
        Place(format!("surrealkv://{}", self.path(name).display()))
    }

    fn environment(&self, place: &Place) -> BTreeMap<&'static str, String> {
        let mut environment = environment(&self.platform.url, self.directory.path());
        environment.insert("WXLOGIN_STORE", place.0.clone());
        environment
    }

    fn serve(&self, place: &Place) -> Program {
        Program::serve(self.directory.path(), &self.environment(place))
    }

    /// What a command prints, and what it says besides; it has to succeed.
    fn run(&self, place: &Place, arguments: &[&str]) -> (String, String) {
        let output = run(self.directory.path(), arguments, &self.environment(place));
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        texts(output)
    }

    /// What a command says that has to fail.
    fn complaint(&self, place: &Place, arguments: &[&str]) -> String {
        let output = run(self.directory.path(), arguments, &self.environment(place));
        assert!(!output.status.success(), "{arguments:?}: {output:?}");
        texts(output).1
    }

    /// Copies from one place to the other without a file, encrypted on its way.
    fn pipe(&self, from: &Place, to: &Place) {
        std::fs::write(self.path("identity"), IDENTITY).expect("a file");
        let mut backup = command(
            self.directory.path(),
            &["backup", "-", "--recipient", RECIPIENT],
            &self.environment(from),
        );
        let backup = backup.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut backup = backup.spawn().expect("it starts");
        let mut restore = command(
            self.directory.path(),
            &["restore", "-", "--identity", "identity"],
            &self.environment(to),
        );
        let restored = restore
            .stdin(backup.stdout.take().expect("a pipe"))
            .output()
            .expect("it runs");
        assert!(backup.wait().expect("it ends").success());
        assert!(restored.status.success(), "{restored:?}");
    }

    /// Everything that is at a place.
    fn everything(&self, place: &Place, name: &str) -> BTreeSet<String> {
        self.run(place, &["backup", name]);
        everything_in(&self.path(name))
    }

    /// Logs everybody in; answers their tokens.
    async fn log_in(&self, service: &Program) -> Vec<Value> {
        let mut tokens = Vec::new();
        for user in USERS {
            let code = self.platform.code(user).await;
            tokens.push(service.api().login(&code).await.ok().body);
        }
        tokens
    }

    /// Whoever was logged in is: refreshes everybody, and sees that they are who they were.
    async fn go_on(&self, service: &Program, tokens: &[Value]) -> Vec<Value> {
        let mut refreshed = Vec::new();
        for (user, old) in USERS.into_iter().zip(tokens) {
            let verified = service.api().get_as("/v1/me", text(old, "/access_token")).await.ok();
            assert_eq!(verified.text("/id"), text(old, "/account/id"), "{user}");
            let new = service.api().refresh(text(old, "/refresh_token")).await.ok();
            assert_eq!(new.text("/account/id"), text(old, "/account/id"), "{user}");
            let again = service.api().login(&self.platform.code(user).await).await.ok();
            assert_eq!(again.body["is_new_account"], false, "{user}");
            assert_eq!(again.text("/account/id"), text(old, "/account/id"), "{user}");
            refreshed.push(new.body);
        }
        refreshed
    }

    /// What `accounts export` says of those who log in, but for the log, which tells of the exports themselves.
    fn exports(&self, place: &Place, tokens: &[Value]) -> Vec<Value> {
        let export = |tokens: &Value| {
            let (export, _) = self.run(place, &["accounts", "export", text(tokens, "/account/id")]);
            let mut export: Value = serde_json::from_str(&export).expect("JSON");
            let audit = export.as_object_mut().expect("an object").remove("audit");
            assert!(audit.is_some(), "{export}");
            export
        };
        tokens.iter().map(export).collect()
    }
}

fn texts(output: Output) -> (String, String) {
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_else(|| panic!("{pointer} in {value}"))
}

/// The items of a backup in no order: that within a kind is each store's own, as is that of an account's unionids.
fn everything_in(path: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(path).expect("a backup");
    let lines: Vec<&str> = text.lines().collect();
    let items = lines[1..lines.len() - 1].iter().map(|line| {
        let mut item: Value = serde_json::from_str(line).expect("JSON");
        if let Some(unionids) = item.pointer_mut("/account/unionids").and_then(Value::as_array_mut) {
            unionids.sort_by_key(Value::to_string);
        }
        item.to_string()
    });
    items.collect()
}

fn person(number: u32) -> CopyItem {
    let at = Timestamp::from_unix_seconds(1_769_614_976);
    let mut random = [0; 10];
    random[6..].copy_from_slice(&number.to_be_bytes());
    let unionid = UnionId::parse(&format!("u-{number}")).expect("a unionid");
    let identity = WechatIdentity {
        app: AppId::parse(DEFAULT_APPID).expect("an appid"),
        openid: OpenId::parse(&format!("o-{number}")).expect("an openid"),
        unionid: Some(unionid.clone()),
    };
    let account = Account {
        external_id: ExternalId::parse(&format!("customer {number}")).ok(),
        identities: vec![LinkedIdentity {
            identity,
            first_seen_at: at,
            unionid_conflict: None,
        }],
        ..Account::new(AccountId::new(at, random), at)
    };
    let copy = AccountCopy {
        account,
        unionids: vec![unionid],
        sessions: Vec::new(),
    };
    copy.into()
}

/// The backup of a deployment with many more people in it.
fn grow(from: &Path, to: &Path) {
    let input = BufReader::new(File::open(from).expect("a backup"));
    let mut reader = BackupReader::open(input, &Unlock::none()).expect("a backup");
    let output = File::create_new(to).expect("a file");
    let mut writer =
        BackupWriter::begin(output, &Lock::Open, reader.created_at(), reader.program()).expect("it is begun");
    for number in 0..PEOPLE {
        writer.write(&person(number)).expect("it is written");
    }
    while let Some(item) = reader.next_item().expect("an item") {
        writer.write(&item).expect("it is written");
    }
    writer
        .finish()
        .expect("it is written")
        .0
        .flush()
        .expect("it is written");
}

/// From an embedded store to a server and back, each time with everything, and everybody stays logged in.
async fn a_deployment_moves_there_and_back(server: &dyn DatabaseServer) {
    let deployment = Deployment::new().await;
    let first = deployment.embedded("first");
    let mut service = deployment.serve(&first);
    let tokens = deployment.log_in(&service).await;
    assert!(service.stop().success());
    deployment.run(&first, &["backup", "small"]);
    grow(&deployment.path("small"), &deployment.path("large"));

    let second = deployment.embedded("second");
    let (_, said) = deployment.run(&second, &["restore", "large"]);
    assert!(said.contains(&format!("{} accounts", PEOPLE + 3)), "{said}");
    let before = everything_in(&deployment.path("large"));
    assert!(before.len() > PEOPLE as usize);
    assert_eq!(deployment.everything(&second, "of-second"), before);

    let third = Place(server.new_database());
    deployment.pipe(&second, &third);
    assert_eq!(deployment.everything(&third, "of-third"), before);
    let mut service = deployment.serve(&third);
    let tokens = deployment.go_on(&service, &tokens).await;
    assert!(service.stop().success());
    let exports = deployment.exports(&third, &tokens);

    let fourth = deployment.embedded("fourth");
    let before = deployment.everything(&third, "of-third-again");
    deployment.run(&fourth, &["restore", "of-third-again"]);
    assert_eq!(deployment.everything(&fourth, "of-fourth"), before);
    assert_eq!(deployment.exports(&fourth, &tokens), exports);
    let mut service = deployment.serve(&fourth);
    deployment.go_on(&service, &tokens).await;
    assert!(service.stop().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_done_is_told_with_what_to_do() {
    let deployment = Deployment::new().await;
    let (first, second) = (deployment.embedded("first"), deployment.embedded("second"));
    let refused = deployment.complaint(&first, &["backup", "file"]);
    assert!(refused.contains("no store yet"), "{refused}");
    let mut service = deployment.serve(&first);
    let refused = deployment.complaint(&first, &["backup", "file"]);
    assert!(refused.contains("stop the service first"), "{refused}");
    assert!(service.stop().success());

    std::fs::write(deployment.path("passphrase"), "correct horse\n").expect("a file");
    let locked = ["backup", "file", "--passphrase-file", "passphrase"];
    deployment.run(&first, &locked);
    let refused = deployment.complaint(&first, &locked);
    assert!(refused.contains("is not overwritten"), "{refused}");
    let refused = deployment.complaint(&second, &["restore", "file"]);
    assert!(refused.contains("none was given"), "{refused}");
    let unlock = ["restore", "file", "--passphrase-file", "passphrase"];
    let refused = deployment.complaint(&first, &unlock);
    assert!(refused.contains("is not empty"), "{refused}");
    deployment.run(&second, &unlock);

    deployment.run(&second, &["backup", "open"]);
    let text = std::fs::read(deployment.path("open")).expect("a backup");
    std::fs::write(deployment.path("cut"), &text[..text.len() - 1]).expect("a file");
    let third = deployment.embedded("third");
    let refused = deployment.complaint(&third, &["restore", "cut"]);
    assert!(refused.contains("was cut short"), "{refused}");
    let mut environment = deployment.environment(&third);
    // Base64 of `another key of tests, 32 bytes..`.
    let another = "YW5vdGhlciBrZXkgb2YgdGVzdHMsIDMyIGJ5dGVzLi4=";
    environment.insert("WXLOGIN_MASTER_KEY", another.into());
    let refused = run(deployment.directory.path(), &["restore", "open"], &environment);
    assert!(!refused.status.success());
    let (_, refused) = texts(refused);
    assert!(refused.contains("WXLOGIN_MASTER_KEY"), "{refused}");
    // Nothing was written: it is a first start.
    assert!(!deployment.path("third").exists());
}
