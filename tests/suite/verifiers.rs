//! The programs of docs/verify-tokens.md, run as they stand there: each takes the service's tokens and nothing else.

mod forgeries;
mod issuer;
mod node;
mod php;
mod python;
mod rust;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, OnceLock};

use jsonwebtoken::Algorithm;
use serde_json::{Value, json};
use tempfile::TempDir;
use wxlogin_tests::client::http_client;
use wxlogin_tests::document::Document;
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::{Program, directory, environment};

use forgeries::Setting;
use issuer::{ALGORITHMS, Jwks, Key};

const DOCUMENT: &str = "docs/verify-tokens.md";

/// Three tests of a program; `make` answers how to run it, or nothing where its language is not to be had.
macro_rules! tests_of {
    ($make:expr) => {
        #[tokio::test(flavor = "multi_thread")]
        async fn takes_what_the_service_issues() {
            if let Some(verifier) = $make {
                crate::verifiers::takes_what_the_service_issues(&verifier).await;
            }
        }

        #[tokio::test(flavor = "multi_thread")]
        async fn refuses_every_forgery() {
            if let Some(verifier) = $make {
                crate::verifiers::refuses_every_forgery(&verifier).await;
            }
        }

        #[tokio::test(flavor = "multi_thread")]
        async fn fetches_the_keys_once() {
            if let Some(verifier) = $make {
                crate::verifiers::fetches_the_keys_once(&verifier).await;
            }
        }
    };
}
use tests_of;

/// A documented program, ready to be run.
struct Verifier {
    /// Where it is; empty otherwise.
    folder: TempDir,
    command: Box<dyn Fn(&Path) -> Command + Send + Sync>,
}

impl Verifier {
    /// A block of the document as a file of its own, and the command that runs it in its folder.
    fn documented(file: &str, command: impl Fn(&Path) -> Command + Send + Sync + 'static) -> Self {
        let folder = directory();
        let program = Document::open(DOCUMENT).block(file).to_owned();
        std::fs::write(folder.path().join(file), program).expect("a file");
        Self {
            folder,
            command: Box::new(command),
        }
    }

    /// Gives it tokens, with a cache of its own where it keeps one in a file.
    fn run(&self, issuer: &str, algorithm: &str, tokens: &[String]) -> Output {
        let cache = directory();
        self.run_with_cache(&cache.path().join("jwks.json"), issuer, algorithm, tokens)
    }

    fn run_with_cache(&self, cache: &Path, issuer: &str, algorithm: &str, tokens: &[String]) -> Output {
        let mut child = (self.command)(self.folder.path())
            .current_dir(self.folder.path())
            .env("ISSUER", issuer)
            .env("ALGORITHM", algorithm)
            .env("JWKS_CACHE", cache)
            // Loopback needs none, and some of the libraries would ask it.
            .env_remove("http_proxy")
            .env_remove("HTTP_PROXY")
            .env_remove("all_proxy")
            .env_remove("ALL_PROXY")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        // Taken and dropped: that is the end of the input.
        let mut input = child.stdin.take().expect("a pipe");
        let text = tokens.join("\n") + "\n";
        let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
        let output = child.wait_with_output().expect("it ends");
        writer.join().expect("a thread").expect("it reads its input");
        output
    }
}

fn lines(stream: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(stream).lines().map(str::to_owned).collect()
}

fn assert_accepted(output: &Output, accounts: &[&str]) {
    assert!(output.status.success(), "{output:?}");
    assert_eq!(lines(&output.stdout), accounts);
}

/// The names in `forgeries` that were taken for accounts are told by the panic.
fn assert_refused(output: &Output, count: usize) {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(output.stdout.is_empty(), "taken: {:#?}", lines(&output.stdout));
    let errors = lines(&output.stderr);
    let refused = errors.iter().filter(|line| line.starts_with("refused: "));
    assert_eq!(refused.count(), count, "{errors:#?}");
}

/// With the real binary, in every algorithm.
async fn takes_what_the_service_issues(verifier: &Verifier) {
    let platform = Platform::start().await;
    for (name, _) in ALGORITHMS {
        // The issuer has to be known before the service has an address: this one publishes what that one does.
        let published = Arc::new(OnceLock::<Value>::new());
        let source = published.clone();
        let issuer = Jwks::publish(move || source.get().expect("the service runs").clone()).await;
        let directory = directory();
        let mut environment = environment(&platform.url, directory.path());
        environment.insert("WXLOGIN_ISSUER", issuer.url.clone());
        environment.insert("WXLOGIN_TOKEN_ALG", name.into());
        let api = Program::serve(directory.path(), &environment);
        let jwks = http_client().get(api.api().url("/.well-known/jwks.json"));
        let jwks = jwks.send().await.expect("it answers").json().await.expect("JSON");
        published.set(jwks).expect("it was not set");

        let tokens = api.api().login(&platform.code("alice").await).await.ok();
        let (access, refresh) = (tokens.text("/access_token"), tokens.text("/refresh_token"));
        let account = tokens.text("/account/id");
        assert_accepted(&verifier.run(&issuer.url, name, &[access.to_owned()]), &[account]);
        assert_refused(&verifier.run(&issuer.url, name, &[refresh.to_owned()]), 1);
        let other = if name == "EdDSA" { "ES256" } else { "EdDSA" };
        assert_refused(&verifier.run(&issuer.url, other, &[access.to_owned()]), 1);

        // As the document says: what is verified without asking is believed until it expires.
        let logout = api.api().post_as("/v1/logout", access, &json!({})).await;
        assert!(logout.status.is_success());
        assert_accepted(&verifier.run(&issuer.url, name, &[access.to_owned()]), &[account]);
    }
}

/// Whatever can be wrong with a token, in every algorithm.
async fn refuses_every_forgery(verifier: &Verifier) {
    for (name, algorithm) in ALGORITHMS {
        let key = Key::new(algorithm, "ours");
        let other = Key::new(
            if name == "EdDSA" {
                Algorithm::ES256
            } else {
                Algorithm::EdDSA
            },
            "other",
        );
        let keys = json!({ "keys": [key.jwk, other.jwk] });
        let (issuer, stranger) = (
            Jwks::publish(move || keys.clone()).await,
            Jwks::publish(|| json!({})).await,
        );
        let setting = Setting {
            issuer: &issuer.url,
            name,
            algorithm,
            key: &key,
            other: &other,
            stranger: &stranger.url,
        };
        let now = jsonwebtoken::get_current_timestamp();
        let mut expired = setting.claims("within the leeway");
        expired["exp"] = (now - 5).into();
        let mut several = setting.claims("for several");
        several["aud"] = json!(["https://elsewhere.example", issuer.url]);
        let good = [
            setting.good("good"),
            key.sign(&setting.header(), &expired),
            key.sign(&setting.header(), &several),
        ];
        let accepted = verifier.run(&issuer.url, name, &good);
        assert_accepted(&accepted, &["good", "within the leeway", "for several"]);

        let forgeries: Vec<String> = setting.forgeries().into_iter().map(|(_, token)| token).collect();
        assert_refused(&verifier.run(&issuer.url, name, &forgeries), forgeries.len());
        assert_eq!(stranger.fetched(), 0, "an address in a token is not asked");

        // A bad one does no harm to the next, and is an exit code of its own.
        let mixed = [good[0].clone(), forgeries[0].clone(), good[0].clone()];
        let mixed = verifier.run(&issuer.url, name, &mixed);
        assert_eq!(
            (mixed.status.code(), lines(&mixed.stdout).len()),
            (Some(1), 2),
            "{mixed:?}"
        );
    }
    let token = "nobody is asked".to_owned();
    let nobody = verifier.run("http://127.0.0.1:9", "EdDSA", &[token]);
    assert_eq!((nobody.status.code(), nobody.stdout.len()), (Some(1), 0), "{nobody:?}");
}

/// One request for all tokens, and none more for a kid that nobody has.
async fn fetches_the_keys_once(verifier: &Verifier) {
    let key = Key::new(Algorithm::EdDSA, "ours");
    let keys = json!({ "keys": [key.jwk] });
    let issuer = Jwks::publish(move || keys.clone()).await;
    let setting = Setting {
        issuer: &issuer.url,
        name: "EdDSA",
        algorithm: Algorithm::EdDSA,
        key: &key,
        other: &key,
        stranger: &issuer.url,
    };
    let foreign = Key::new(Algorithm::EdDSA, "nobody").sign(
        &json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": "nobody" }),
        &setting.claims("nobody"),
    );
    let good = setting.good("alice");
    let tokens = [&good, &foreign, &good, &foreign, &foreign, &good].map(Clone::clone);
    let output = verifier.run(&issuer.url, "EdDSA", &tokens);
    assert_eq!(lines(&output.stdout), ["alice"; 3], "{output:?}");
    assert_eq!(issuer.fetched(), 1);
}
