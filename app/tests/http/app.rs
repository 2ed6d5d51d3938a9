//! The service under test, with a verb for everything that a client does.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use poem::Response;
use poem::endpoint::BoxEndpoint;
use poem::test::TestClient;
use serde_json::{Value, json};
use wxlogin::config::{Config, MasterKey};
use wxlogin::wiring::{Foundations, api, services};
use wxlogin_domain::id::AccountId;
use wxlogin_domain::ports::account_store::AccountStore as _;
use wxlogin_domain::ports::clock::{Clock as _, FixedClock};
use wxlogin_domain::ports::code_exchange::CodeExchange;
use wxlogin_domain::ports::entropy::RepeatableEntropy;
use wxlogin_domain::session::{EndReason, SessionEnd};
use wxlogin_domain::timestamp::Timestamp;

use crate::call::Call;
use crate::reply::Reply;
use crate::secrets::Secrets;
use crate::store::MoodyStore;
use crate::wechat::{code_of, people};
use crate::{documented, form};

/// 2026-01-28T15:42:56Z: when all tests begin.
pub const NOW: i64 = 1_769_614_976;
/// The app of [`Config::for_testing`].
pub const APPID: &str = "wx00000000000000a1";

/// What a service under test is made of.
pub struct Setup {
    pub config: Config,
    pub wechat: Arc<dyn CodeExchange>,
    pub store: Arc<MoodyStore>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            config: Config::for_testing(),
            wechat: Arc::new(people()),
            store: Arc::default(),
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

    pub async fn start(self) -> TestApp {
        let clock = Arc::new(FixedClock::at(Timestamp::from_unix_seconds(NOW)));
        let foundations = Foundations {
            store: Arc::<MoodyStore>::clone(&self.store),
            code_exchange: self.wechat,
            clock: Arc::<FixedClock>::clone(&clock),
            entropy: Arc::new(RepeatableEntropy::default()),
        };
        let services = services(&self.config, &MasterKey::for_testing(), foundations)
            .await
            .expect("the parts come together");
        TestApp {
            client: TestClient::new(api(&self.config, &services)),
            clock,
            store: self.store,
            secrets: Secrets::of(&self.config),
            logins: AtomicU32::new(0),
        }
    }
}

/// A service under test.
pub struct TestApp {
    client: TestClient<BoxEndpoint<'static, Response>>,
    pub clock: Arc<FixedClock>,
    pub store: Arc<MoodyStore>,
    secrets: Secrets,
    logins: AtomicU32,
}

/// What a person has after logging in.
#[derive(Clone)]
pub struct LoggedIn {
    pub access: String,
    pub refresh: String,
    pub account: String,
}

impl From<&Reply> for LoggedIn {
    fn from(reply: &Reply) -> Self {
        assert_eq!(reply.status, 200, "tokens were expected: {reply:?}");
        let body = reply.json();
        let text = |value: &Value| value.as_str().expect("it is a text").to_owned();
        Self {
            access: text(&body["access_token"]),
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
        let mut request = self.client.request(call.method.clone(), call.path.clone());
        for (name, value) in &call.headers {
            request = request.header(name, value.clone());
        }
        let response = request.body(call.body.clone()).send().await.0;
        let reply = Reply::read(response).await;
        form::check(&reply);
        documented::check(&call, &reply);
        self.secrets.check(&reply);
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

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Call::get(path)).await
    }

    /// What an operator does to an account.
    pub async fn suspend(&self, account: &str) {
        let end = SessionEnd {
            reason: EndReason::Suspended,
            at: self.clock.now(),
        };
        let id = AccountId::parse(account).expect("it is an account's id");
        self.store
            .suspend(id, end)
            .await
            .expect("the store answers")
            .expect("there is such an account");
    }

    /// What an operator does to a suspended account.
    pub async fn restore(&self, account: &str) {
        let id = AccountId::parse(account).expect("it is an account's id");
        self.store
            .restore(id)
            .await
            .expect("the store answers")
            .expect("there is such an account");
    }
}
