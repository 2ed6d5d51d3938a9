//! The service under test, with a verb for everything that a client does.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use poem::test::TestClient;
use serde_json::{Value, json};
use wxlogin::config::{ApiKey, CacheUrl, Config, MasterKey};
use wxlogin::services::Services;
use wxlogin::wiring::{Cache, Connections, Foundations, api, services};
use wxlogin_domain::api_key::{ApiKeyName, Scope};
use wxlogin_domain::housekeeping::Round;
use wxlogin_domain::ports::clock::FixedClock;
use wxlogin_domain::ports::code_exchange::CodeExchange;
use wxlogin_domain::ports::entropy::RepeatableEntropy;
use wxlogin_domain::ports::phone_exchange::PhoneExchange;
use wxlogin_domain::ports::session_key_checks::SessionKeyChecks;
use wxlogin_domain::timestamp::Timestamp;

use crate::call::Call;
use crate::peer::{AtPeer, Peer};
use crate::privacy::Privacy;
use crate::reply::Reply;
use crate::secrets::Secrets;
use crate::store::MoodyStore;
use crate::token::part;
use crate::wechat::{Condition, KeysAtWechat, code_of, people, taps};
use crate::{documented, form, rate_headers};

/// 2026-01-28T15:42:56Z: when all tests begin.
pub const NOW: i64 = 1_769_614_976;
/// The app of [`Config::for_testing`].
pub const APPID: &str = "wx00000000000000a1";

/// The API key of [`Config::for_testing`], which has all scopes.
pub const API_KEY: &str = "test-api-key-test-api-key-test-api-key";

/// An API key of [`Setup::with_callers`], which allows introspection alone.
pub const INTROSPECT_KEY: &str = "orders-key-orders-key-orders-key-orders";
/// An API key of [`Setup::with_callers`], which allows the operators' part alone.
pub const ADMIN_KEY: &str = "operator-key-operator-key-operator-key";

/// What a service under test is made of. Of clones that are started, each is a replica of the others.
#[derive(Clone)]
pub struct Setup {
    pub config: Config,
    pub wechat: Arc<dyn CodeExchange>,
    pub phone: Arc<dyn PhoneExchange>,
    pub checks: Arc<dyn SessionKeyChecks>,
    pub health: Arc<Condition>,
    pub store: Arc<MoodyStore>,
    pub clock: Arc<FixedClock>,
    pub entropy: Arc<RepeatableEntropy>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            config: Config::for_testing(),
            wechat: Arc::new(people()),
            phone: Arc::new(taps()),
            checks: Arc::new(KeysAtWechat::default()),
            health: Arc::default(),
            store: Arc::default(),
            clock: Arc::new(FixedClock::at(Timestamp::from_unix_seconds(NOW))),
            entropy: Arc::default(),
        }
    }
}

impl Setup {
    pub fn with_wechat(wechat: impl CodeExchange + 'static) -> Self {
        Self {
            wechat: Arc::new(wechat),
            ..Self::default()
        }
    }

    pub fn with_config(change: impl FnOnce(&mut Config)) -> Self {
        let mut setup = Self::default();
        change(&mut setup.config);
        setup
    }

    /// With two more API keys, each for one scope: `orders` and `operator`.
    pub fn with_callers() -> Self {
        Self::with_config(|config| {
            for (name, key, scope) in [
                ("orders", INTROSPECT_KEY, Scope::Introspect),
                ("operator", ADMIN_KEY, Scope::Admin),
            ] {
                config.api_keys.push(ApiKey {
                    name: ApiKeyName::parse(name).expect("it is a name"),
                    key: key.into(),
                    scopes: [scope].into(),
                });
            }
        })
    }

    pub async fn start(self) -> TestApp {
        let clock = Arc::<FixedClock>::clone(&self.clock);
        let cache = match self.config.cache {
            CacheUrl::Memory => Cache::by_clock(&self.config, clock),
            CacheUrl::Redis(_) => Cache::open(&self.config, &MasterKey::for_testing())
                .await
                .expect("this build has it"),
        };
        let foundations = Foundations {
            store: Arc::<MoodyStore>::clone(&self.store),
            wechat: Connections {
                code_exchange: self.wechat,
                phone_exchange: self.phone,
                session_key_checks: self.checks,
                health: Arc::<Condition>::clone(&self.health),
            },
            cache,
            clock: Arc::<FixedClock>::clone(&self.clock),
            entropy: self.entropy,
        };
        let services = services(&self.config, &MasterKey::for_testing(), foundations)
            .await
            .expect("the parts come together");
        TestApp {
            client: TestClient::new(AtPeer(api(&self.config, &services))),
            services,
            clock: self.clock,
            store: self.store,
            health: self.health,
            secrets: Secrets::of(&self.config),
            privacy: Privacy::default(),
            logins: AtomicU32::new(0),
        }
    }
}

/// A service under test.
pub struct TestApp {
    client: TestClient<AtPeer>,
    /// The use cases, for what the program does beside the requests.
    pub services: Services,
    pub clock: Arc<FixedClock>,
    pub store: Arc<MoodyStore>,
    pub health: Arc<Condition>,
    secrets: Secrets,
    privacy: Privacy,
    logins: AtomicU32,
}

/// What a person has after logging in.
#[derive(Clone)]
pub struct LoggedIn {
    pub access: String,
    pub refresh: String,
    pub account: String,
    pub session: String,
}

impl From<&Reply> for LoggedIn {
    fn from(reply: &Reply) -> Self {
        assert_eq!(reply.status, 200, "tokens were expected: {reply:?}");
        let body = reply.json();
        let text = |value: &Value| value.as_str().expect("it is a text").to_owned();
        let access = text(&body["access_token"]);
        Self {
            session: text(&part(&access, 1)["sid"]),
            access,
            refresh: text(&body["refresh_token"]),
            account: text(&body["account"]["id"]),
        }
    }
}

impl TestApp {
    /// One app, a WeChat that knows everybody.
    pub async fn new() -> Self {
        Setup::default().start().await
    }

    /// Sends a call, and checks of the answer what holds for every answer.
    pub async fn send(&self, call: Call) -> Reply {
        self.secrets.note_request(&call);
        self.privacy.note_request(&call);
        let mut request = self.client.request(call.method.clone(), call.path.clone());
        for (name, value) in &call.headers {
            request = request.header(name, value.clone());
        }
        if let Some(peer) = call.peer {
            request = request.data(Peer(peer));
        }
        let response = request.body(call.body.clone()).send().await.0;
        let reply = Reply::read(response).await;
        form::check(&reply);
        rate_headers::check(&call, &reply);
        documented::check(&call, &reply);
        self.secrets.check(&call, &reply);
        self.privacy.check(&call, &reply);
        reply
    }

    pub fn advance(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// `POST /v1/login` with this body.
    pub async fn login(&self, body: Value) -> Reply {
        self.send(Call::post("/v1/login").json(&body)).await
    }

    /// `POST /v1/login` with a code of that person, never the same twice.
    pub async fn login_of(&self, person: &str) -> Reply {
        let number = self.logins.fetch_add(1, Ordering::SeqCst) + 1;
        self.login(json!({ "code": code_of(person, number) })).await
    }

    /// Logs a person in, which has to succeed.
    pub async fn logged_in(&self, person: &str) -> LoggedIn {
        (&self.login_of(person).await).into()
    }

    /// `POST /v1/token/refresh`
    pub async fn refresh(&self, token: &str) -> Reply {
        let body = json!({ "refresh_token": token });
        self.send(Call::post("/v1/token/refresh").json(&body)).await
    }

    /// Refreshes, which has to succeed.
    pub async fn refreshed(&self, token: &str) -> LoggedIn {
        (&self.refresh(token).await).into()
    }

    /// `GET /v1/me`
    pub async fn me(&self, access: &str) -> Reply {
        self.send(Call::get("/v1/me").bearer(access)).await
    }

    /// `PATCH /v1/me`
    pub async fn change_me(&self, access: &str, body: Value) -> Reply {
        self.send(Call::patch("/v1/me").bearer(access).json(&body)).await
    }

    /// `GET /v1/verify`
    pub async fn verify(&self, access: &str) -> Reply {
        self.send(Call::get("/v1/verify").bearer(access)).await
    }

    /// `POST /v1/logout` without a body.
    pub async fn logout(&self, access: &str) -> Reply {
        self.send(Call::post("/v1/logout").bearer(access)).await
    }

    /// `POST /v1/logout` with this body.
    pub async fn logout_with(&self, access: &str, body: Value) -> Reply {
        self.send(Call::post("/v1/logout").bearer(access).json(&body)).await
    }

    /// `PUT /v1/me/phone`
    pub async fn set_phone(&self, access: &str, body: Value) -> Reply {
        self.send(Call::put("/v1/me/phone").bearer(access).json(&body)).await
    }

    /// `DELETE /v1/me/phone`
    pub async fn remove_phone(&self, access: &str) -> Reply {
        self.send(Call::delete("/v1/me/phone").bearer(access)).await
    }

    /// `POST /v1/me/decrypt`
    pub async fn decrypt(&self, access: &str, body: Value) -> Reply {
        self.send(Call::post("/v1/me/decrypt").bearer(access).json(&body)).await
    }

    /// `POST /v1/me/session-key/check`
    pub async fn check_session_key(&self, access: &str) -> Reply {
        self.send(Call::post("/v1/me/session-key/check").bearer(access)).await
    }

    /// `POST /v1/me/session-key/reset`
    pub async fn reset_session_key(&self, access: &str) -> Reply {
        self.send(Call::post("/v1/me/session-key/reset").bearer(access)).await
    }

    /// `GET /v1/me/export`
    pub async fn export(&self, access: &str) -> Reply {
        self.send(Call::get("/v1/me/export").bearer(access)).await
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Call::get(path)).await
    }

    /// `POST /v1/revoke` without a hint.
    pub async fn revoke(&self, token: &str) -> Reply {
        self.send(Call::post("/v1/revoke").form(&[("token", token)])).await
    }

    /// `POST /v1/introspect` without a hint, by a caller who may.
    pub async fn introspect(&self, token: &str) -> Reply {
        self.operate(Call::post("/v1/introspect").form(&[("token", token)]))
            .await
    }

    /// Whether introspection finds a token good.
    pub async fn is_active(&self, token: &str) -> bool {
        let reply = self.introspect(token).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()["active"] == true
    }

    /// `GET /v1/me/sessions`
    pub async fn sessions(&self, access: &str) -> Reply {
        self.send(Call::get("/v1/me/sessions").bearer(access)).await
    }

    /// `DELETE /v1/me/sessions/{id}`
    pub async fn end_session(&self, access: &str, id: &str) -> Reply {
        self.send(Call::delete(&format!("/v1/me/sessions/{id}")).bearer(access))
            .await
    }

    /// A call with the API key of the configuration, which allows everything.
    pub async fn operate(&self, call: Call) -> Reply {
        self.send(call.bearer(API_KEY)).await
    }

    /// `GET /admin/v1/…`
    pub async fn admin_get(&self, rest: &str) -> Reply {
        self.operate(Call::get(&format!("/admin/v1/{rest}"))).await
    }

    /// `POST /admin/v1/…` without a body.
    pub async fn admin_post(&self, rest: &str) -> Reply {
        self.operate(Call::post(&format!("/admin/v1/{rest}"))).await
    }

    /// `DELETE /admin/v1/…`
    pub async fn admin_delete(&self, rest: &str) -> Reply {
        self.operate(Call::delete(&format!("/admin/v1/{rest}"))).await
    }

    /// The events of the audit log that a query such as `action=login_failed` finds, newest first.
    pub async fn audit(&self, query: &str) -> Vec<Value> {
        let reply = self.admin_get(&format!("audit?{query}")).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.list("events")
    }

    /// What an operator does to an account.
    pub async fn suspend(&self, account: &str) {
        let reply = self.admin_post(&format!("accounts/{account}/suspend")).await;
        assert_eq!(reply.status, 200, "{reply:?}");
    }

    /// What an operator does to a suspended account.
    pub async fn restore(&self, account: &str) {
        let reply = self.admin_post(&format!("accounts/{account}/restore")).await;
        assert_eq!(reply.status, 200, "{reply:?}");
    }

    /// What an operator does to an account that is to be forgotten.
    pub async fn erase(&self, account: &str) {
        let reply = self.admin_delete(&format!("accounts/{account}")).await;
        assert_eq!(reply.status, 204, "{reply:?}");
    }

    /// `POST /admin/v1/accounts/{from}/merge`
    pub async fn merge(&self, from: &str, body: Value) -> Reply {
        let call = Call::post(&format!("/admin/v1/accounts/{from}/merge"));
        self.operate(call.json(&body)).await
    }

    /// The account as operators see it.
    pub async fn account(&self, id: &str) -> Value {
        let reply = self.admin_get(&format!("accounts/{id}")).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()
    }

    /// Whoever was erased by another way than a call that says whom: no answer may name them any more.
    pub fn note_erased(&self, account: &str) {
        self.privacy.note_erased(account);
    }

    /// The `kid` of the key that does this: `next`, `active`, `retiring` or `retired`; the newest where there are more.
    pub async fn kid(&self, state: &str) -> String {
        let keys = self.admin_get("keys").await.list("keys");
        let key = keys.iter().rev().find(|key| key["state"] == state);
        let key = key.unwrap_or_else(|| panic!("no key is {state}: {keys:?}"));
        key["kid"].as_str().expect("it is a text").to_owned()
    }

    /// `POST /admin/v1/keys/rotate`
    pub async fn rotate(&self) -> Reply {
        self.admin_post("keys/rotate").await
    }

    /// `POST /admin/v1/keys/{kid}/retire`
    pub async fn retire(&self, kid: &str) -> Reply {
        self.admin_post(&format!("keys/{kid}/retire")).await
    }

    /// `POST /admin/v1/api-keys`
    pub async fn make_api_key(&self, name: &str, scopes: &[&str]) -> Reply {
        let body = json!({ "name": name, "scopes": scopes });
        self.operate(Call::post("/admin/v1/api-keys").json(&body)).await
    }

    /// Makes an API key, which has to succeed.
    pub async fn api_key(&self, name: &str, scopes: &[&str]) -> String {
        let reply = self.make_api_key(name, scopes).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        reply.json()["key"].as_str().expect("it is a text").to_owned()
    }

    /// What the program does every few seconds: writes when sessions were used.
    pub async fn write_uses(&self) {
        let written = self.services.last_use.write(&*self.store).await;
        written.expect("the store answers");
    }

    /// What the program does all the time: sweeps and counts, once through everything.
    pub async fn keep_house(&self) {
        while self.services.housekeeper.step().await.expect("the store answers") == Round::GoesOn {}
    }
}
