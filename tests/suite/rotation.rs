//! Signing keys rotate under load, and nobody notices: two services on one store, and verifiers of another library that
//! keep the JWKS for as long as its header says.

use std::collections::{BTreeSet, VecDeque};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use secrecy::SecretString;
use serde_json::json;
use wxlogin::config::{Config, MasterKey, StoreUrl};
use wxlogin::services::Services;
use wxlogin::wiring::{Foundations, OpenStore, api, services};
use wxlogin_domain::identity::AppId;
use wxlogin_domain::ports::clock::Clock;
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_sandbox::{DEFAULT_APPID, DEFAULT_SECRET};
use wxlogin_tests::client::Api;
use wxlogin_tests::platform::Platform;
use wxlogin_tests::serving::Serving;

const ISSUER: &str = "https://login.example";
/// How much time passes between two looks.
const STEP: u64 = 30;
/// A replica looks at the store so many steps after the other one: as late as it may.
const LAG: u64 = 2;
/// How often keys rotate.
const ROTATION: Duration = Duration::from_secs(3600);
const ROTATIONS: usize = 3;
/// Logins at a time, at each of the two services.
const LOGINS: usize = 3;

/// A clock that both services go by.
struct SharedClock(AtomicI64);

impl Clock for SharedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_millis(self.0.load(Ordering::SeqCst))
    }
}

impl SharedClock {
    fn advance(&self, seconds: u64) {
        let millis = i64::try_from(seconds * 1000).expect("a small number");
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

/// One of the two services.
struct Replica {
    services: Services,
    api: Api,
    _serving: Serving,
}

impl Replica {
    async fn start(open: &OpenStore, platform: &Platform, clock: &Arc<SharedClock>) -> Self {
        let mut config = Config::for_testing();
        config.tokens.issuer = ISSUER.into();
        config.tokens.audience = ISSUER.into();
        config.tokens.key_rotation = ROTATION;
        config.wechat.url = platform.url.parse().expect("a URL");
        config.wechat.timeout = Duration::from_secs(30);
        config.apps[0].appid = AppId::parse(DEFAULT_APPID).expect("an appid");
        config.apps[0].secret = SecretString::from(DEFAULT_SECRET);
        let master_key = MasterKey::for_testing();
        let foundations = Foundations {
            clock: Arc::<SharedClock>::clone(clock),
            ..Foundations::new(&config, &master_key, open.store.clone())
                .await
                .expect("the parts come together")
        };
        let services = services(&config, &master_key, foundations)
            .await
            .expect("the parts come together");
        let serving = Serving::start(api(&config, &services)).await;
        Self {
            services,
            api: Api::new(serving.url.clone()),
            _serving: serving,
        }
    }

    async fn log_in(&self, platform: &Platform, user: String) -> String {
        let code = platform.code(&user).await;
        let tokens = self.api.login(&code).await.ok();
        let refreshed = self.api.refresh(tokens.text("/refresh_token")).await.ok();
        refreshed.text("/access_token").to_owned()
    }
}

/// jose, which caches the JWKS of one of the services.
struct Verifier {
    node: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Verifier {
    fn start(replica: &Replica) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("jose");
        assert!(
            folder.join("node_modules/jose").exists(),
            "the library is not installed: tests/run --tools"
        );
        let mut node = Command::new("node")
            .arg(folder.join("cached.mjs"))
            .args([&replica.api.url("/.well-known/jwks.json"), ISSUER, "EdDSA"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node runs");
        Self {
            questions: node.stdin.take().expect("a pipe"),
            answers: BufReader::new(node.stdout.take().expect("a pipe")),
            node,
        }
    }

    fn verify(&mut self, token: &str, now: Timestamp) -> String {
        let question = json!({ "now": now.unix_seconds(), "token": token });
        writeln!(self.questions, "{question}").expect("it listens");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("it answers");
        answer.trim().to_owned()
    }
}

impl Drop for Verifier {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.node.kill();
        let _ = self.node.wait();
    }
}

/// Two services on one store, and the time that both go by.
struct Deployment {
    platform: Platform,
    clock: Arc<SharedClock>,
    replicas: [Replica; 2],
}

impl Deployment {
    async fn start() -> Self {
        let platform = Platform::start().await;
        let clock = Arc::new(SharedClock(AtomicI64::new(1_769_614_976_000)));
        let open = OpenStore::open(&StoreUrl::Memory).await.expect("a store");
        let replicas = [
            Replica::start(&open, &platform, &clock).await,
            Replica::start(&open, &platform, &clock).await,
        ];
        Self {
            platform,
            clock,
            replicas,
        }
    }
}

/// The key that signed an access token.
pub fn kid(token: &str) -> String {
    use base64::Engine as _;
    let header = token.split('.').next().unwrap_or_default();
    let header = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(header)
        .expect("base64url");
    let header: serde_json::Value = serde_json::from_slice(&header).expect("JSON");
    header["kid"].as_str().expect("a kid").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_token_is_refused_while_keys_rotate_under_load() {
    let Deployment {
        platform,
        clock,
        replicas,
    } = Box::pin(Deployment::start()).await;
    let mut verifiers = [Verifier::start(&replicas[0]), Verifier::start(&replicas[1])];
    let access_ttl = Config::for_testing().tokens.access_ttl;

    let mut kids = BTreeSet::new();
    // Tokens that have not expired, and when they do.
    let mut live: VecDeque<(Timestamp, String)> = VecDeque::new();
    let mut verified = 0_usize;
    let mut step = 0;
    while kids.len() <= ROTATIONS {
        clock.advance(STEP);
        step += 1;
        assert!(step < 1000, "keys rotate by themselves");
        let tend = async {
            replicas[0].services.keys.tend().await.expect("the keys are kept");
            if step % LAG == 0 {
                replicas[1].services.keys.tend().await.expect("the keys are kept");
            }
        };
        // The keys change while people log in.
        let logins = join_all((0..2 * LOGINS).map(|number| {
            // So many people that nobody has more sessions than an account may have.
            let user = format!("user-{number}-{}", step % 5);
            replicas[number % 2].log_in(&platform, user)
        }));
        let ((), tokens) = tokio::join!(tend, logins);
        let now = clock.now();
        kids.extend(tokens.iter().map(|token| kid(token)));
        live.extend(tokens.into_iter().map(|token| (now.plus(access_ttl), token)));
        while live.front().is_some_and(|(expires, _)| *expires <= now) {
            live.pop_front();
        }
        // The newest, and the oldest that are still good.
        let newest = live.iter().rev().take(2 * LOGINS);
        for (_, token) in newest.chain(live.iter().take(LOGINS)) {
            for verifier in &mut verifiers {
                assert_eq!(verifier.verify(token, now), "good", "step {step}, {}", kid(token));
                verified += 1;
            }
        }
        for replica in &replicas {
            for (_, token) in [live.front(), live.back()].into_iter().flatten() {
                let answer = replica.api.get_as("/v1/verify", token).await;
                assert!(answer.status.is_success(), "step {step}: {answer:?}");
            }
        }
    }
    assert!(verified > 1000, "{verified} tokens were verified");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retired_key_dies_at_once_here_and_with_the_next_jwks_elsewhere() {
    let Deployment {
        platform,
        clock,
        replicas,
    } = Box::pin(Deployment::start()).await;
    let mut verifier = Verifier::start(&replicas[0]);
    let token = replicas[0].log_in(&platform, "alice".into()).await;
    assert_eq!(verifier.verify(&token, clock.now()), "good");

    let compromised = wxlogin_domain::key_ring::KeyId(kid(&token).into());
    let origin = wxlogin_domain::origin::Origin::service();
    replicas[0]
        .services
        .keys
        .retire(&origin, &compromised)
        .await
        .expect("it can be retired");
    let refused = replicas[0].api.get_as("/v1/verify", &token).await;
    assert_eq!(refused.status, 401);
    // The other one learns of it when it looks, which it does every few seconds.
    assert!(replicas[1].api.get_as("/v1/verify", &token).await.status.is_success());
    replicas[1].services.keys.tend().await.expect("the keys are kept");
    assert_eq!(replicas[1].api.get_as("/v1/verify", &token).await.status, 401);

    // The key that took over was published long before: nobody has to fetch anything to believe its tokens.
    let next = replicas[1].log_in(&platform, "alice".into()).await;
    assert_ne!(kid(&next), kid(&token));
    assert_eq!(verifier.verify(&next, clock.now()), "good");
    assert_eq!(verifier.verify(&token, clock.now()), "good", "its JWKS is older");
    clock.advance(300);
    assert_eq!(verifier.verify(&next, clock.now()), "good");
    assert_ne!(verifier.verify(&token, clock.now()), "good");
}
