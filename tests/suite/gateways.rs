//! What every gateway of docs/verify-tokens.md has to do, whichever it is; `nginx.rs` and `caddy.rs` run it.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use poem::Response;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tempfile::TempDir;
use wxlogin_tests::backend::{Arrived, Backend};
use wxlogin_tests::client::http_client;
use wxlogin_tests::document::Document;
use wxlogin_tests::gateway::Gateway;
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::{Program, directory, environment, run};

pub const DOCUMENT: &str = "docs/verify-tokens.md";
const IDENTITY: [&str; 5] = ["X-Account-Id", "X-Session-Id", "X-App-Id", "X-Open-Id", "X-External-Id"];

/// Starts a gateway in front of a login service and a backend, by their `host:port`.
pub type Start = fn(login: &str, backend: &str) -> Gateway;

/// The tests of a gateway, whose command is `$name`.
macro_rules! gateway_tests {
    ($name:literal, $start:expr) => {
        gateway_tests!($name, $start, tells_the_backend_who_it_is);
        gateway_tests!($name, $start, lets_nobody_say_who_they_are);
        gateway_tests!($name, $start, passes_bodies_on);
        gateway_tests!($name, $start, an_outage_is_503);
        gateway_tests!($name, $start, asks_without_the_body);
    };
    ($name:literal, $start:expr, $case:ident) => {
        #[tokio::test(flavor = "multi_thread")]
        async fn $case() {
            if wxlogin_tests::required::has_command($name) {
                crate::gateways::$case($start).await;
            }
        }
    };
}
pub(crate) use gateway_tests;

/// A service, a backend, a gateway in front of both, and somebody who is logged in.
struct House {
    service: Program,
    backend: Backend,
    gateway: Gateway,
    token: String,
    /// What the backend has to be told, in the order of `IDENTITY`.
    identity: [String; 5],
    platform: Platform,
    _directory: TempDir,
}

impl House {
    async fn start(start: Start) -> Self {
        let (platform, directory, backend) = (Platform::start().await, directory(), Backend::start().await);
        let mut environment = environment(&platform.url, directory.path());
        environment.insert("WXLOGIN_TOKEN_CLAIMS", "external_id".into());
        let users = format!("openid,external_id\n{},客户 17\n", platform.openid("alice").await);
        std::fs::write(directory.path().join("users.csv"), users).expect("a file");
        let imported = run(directory.path(), &["accounts", "import", "users.csv"], &environment);
        assert!(imported.status.success(), "{imported:?}");
        let service = Program::serve(directory.path(), &environment);
        let gateway = start(host(&service.url), host(&backend.url));
        let tokens = service.api().login(&platform.code("alice").await).await.ok();
        let token = tokens.text("/access_token").to_owned();
        let verified = http_client().get(service.api().url("/v1/verify")).bearer_auth(&token);
        let verified = verified.send().await.expect("it answers");
        let header = |name: &str| verified.headers()[name].to_str().expect("text").to_owned();
        let identity = IDENTITY.map(header);
        assert_eq!(identity[0], tokens.text("/account/id"));
        assert_eq!(identity[4], "%E5%AE%A2%E6%88%B7%2017");
        Self {
            service,
            backend,
            gateway,
            token,
            identity,
            platform,
            _directory: directory,
        }
    }

    async fn get(&self, path: &str, token: Option<&str>) -> reqwest::Response {
        let request = http_client().get(self.gateway.url(path));
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        request.send().await.expect("the gateway answers")
    }

    /// The one request that has reached the backend since the last time.
    fn arrived(&self) -> Arrived {
        let mut arrived = self.backend.arrived();
        assert_eq!(arrived.len(), 1, "{arrived:#?}");
        arrived.remove(0)
    }

    fn assert_identified(&self, arrived: &Arrived) {
        for (name, value) in IDENTITY.iter().zip(&self.identity) {
            assert_eq!(arrived.header(name), [value], "{name} in {arrived:#?}");
        }
        assert_eq!(namesakes(arrived).len(), IDENTITY.len(), "{arrived:#?}");
    }
}

/// The headers that a backend may take for the identity: CGI and its kin know no difference between `-` and `_`.
fn namesakes(arrived: &Arrived) -> Vec<&str> {
    let names = arrived.headers.iter().map(|(name, _)| name.as_str());
    let plain = |name: &str| name.replace(['_', '.'], "-").to_lowercase();
    let is_identity = |name: &&str| IDENTITY.iter().any(|own| plain(own) == plain(name));
    names.filter(is_identity).collect()
}

fn host(url: &str) -> &str {
    url.trim_start_matches("http://")
}

/// Sends bytes as they are, which no HTTP library would; answers the first line.
fn send(gateway: &Gateway, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(&gateway.address).expect("a connection");
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .expect("a timeout");
    stream.write_all(request).expect("it is sent");
    let (mut answer, mut room) = (Vec::new(), [0; 1024]);
    while !answer.contains(&b'\n') {
        match stream.read(&mut room) {
            Ok(read) if read > 0 => answer.extend_from_slice(&room[..read]),
            _ => break,
        }
    }
    let answer = String::from_utf8_lossy(&answer).into_owned();
    answer.lines().next().unwrap_or_default().to_owned()
}

/// A header in every spelling that somebody may mistake for it.
fn spellings(name: &str) -> Vec<String> {
    let (first, rest) = name.split_once('-').expect("two hyphens");
    let (second, third) = rest.split_once('-').expect("two hyphens");
    let mut all = vec![name.to_owned(), name.to_lowercase(), name.to_uppercase()];
    for (one, two) in [("_", "_"), ("_", "-"), ("-", "_")] {
        let spelt = format!("{first}{one}{second}{two}{third}");
        all.extend([spelt.to_lowercase(), spelt.to_uppercase(), spelt]);
    }
    all
}

/// 401 with its challenge, and the backend hears nothing; a good token is told to it as who that is.
pub async fn tells_the_backend_who_it_is(start: Start) {
    let house = House::start(start).await;
    let strangers = [None, Some("garbage"), Some(&house.token[..house.token.len() - 1])];
    for token in strangers {
        let answer = house.get("/orders?of=mine", token).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{token:?}");
        let challenge = answer.headers()["www-authenticate"].to_str().expect("text");
        assert!(challenge.starts_with("Bearer"), "{challenge}");
        assert_eq!(challenge.contains("invalid_token"), token.is_some(), "{challenge}");
    }
    assert!(house.backend.arrived().is_empty());

    assert_eq!(
        house.get("/orders?of=mine", Some(&house.token)).await.status(),
        StatusCode::OK
    );
    let arrived = house.arrived();
    assert_eq!((&*arrived.method, &*arrived.path), ("GET", "/orders"));
    house.assert_identified(&arrived);

    let logout = house
        .service
        .api()
        .post_as("/v1/logout", &house.token, &json!({}))
        .await;
    assert!(logout.status.is_success());
    let answer = house.get("/orders", Some(&house.token)).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "a logout is seen at once");
    assert!(house.backend.arrived().is_empty());
}

/// Whatever a client says of itself is not passed on, be it logged in, a stranger or in public.
pub async fn lets_nobody_say_who_they_are(start: Start) {
    let house = House::start(start).await;
    let mut smuggled = String::new();
    for name in IDENTITY.into_iter().flat_map(spellings) {
        write!(smuggled, "{name}: mallory\r\n{name}: mallory, too\r\n").expect("a string takes everything");
    }
    let request = |path: &str, more: &str| {
        format!("GET {path} HTTP/1.1\r\nHost: api.example.com\r\n{smuggled}{more}\r\n").into_bytes()
    };
    let token = format!("Authorization: Bearer {}\r\n", house.token);

    let answer = send(&house.gateway, &request("/orders", &token));
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    house.assert_identified(&house.arrived());

    // Nobody for the business, and so told to the backend as nobody.
    let newcomer = house.platform.code("bob").await;
    let newcomer = house.service.api().login(&newcomer).await.ok();
    let unknown = format!("Authorization: Bearer {}\r\n", newcomer.text("/access_token"));
    let answer = send(&house.gateway, &request("/orders", &unknown));
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let arrived = house.arrived();
    assert_eq!(arrived.header("X-Account-Id"), [newcomer.text("/account/id")]);
    let is_smuggled = |(_, value): &(String, String)| value.contains("mallory");
    assert!(!arrived.headers.iter().any(is_smuggled), "{arrived:#?}");

    let answer = send(&house.gateway, &request("/public/prices", &token));
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let arrived = house.arrived();
    assert!(namesakes(&arrived).is_empty(), "{arrived:#?}");

    let answer = send(&house.gateway, &request("/orders", ""));
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    // Paths that are public only to those who do not look twice.
    for path in [
        "/public/../orders",
        "/public/%2e%2e/orders",
        "//public/../orders",
        "/public/..%2forders",
    ] {
        let answer = send(&house.gateway, &request(path, ""));
        let reached = house.backend.arrived();
        let harmless = |arrived: &Arrived| namesakes(arrived).is_empty() && arrived.path.starts_with("/public/");
        assert!(reached.iter().all(harmless), "{path}: {answer}, {reached:#?}");
    }

    // Two tokens: refused, or whoever was verified.
    let two = format!("{token}Authorization: Bearer mallory\r\n");
    let answer = send(&house.gateway, &request("/orders", &two));
    for arrived in house.backend.arrived() {
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        house.assert_identified(&arrived);
    }

    // A header that is named in Connection belongs to this hop alone; what the gateway adds is not the client's to name.
    let connection = format!("Connection: close, {}\r\n{token}", IDENTITY.join(", "));
    let answer = send(&house.gateway, &request("/orders", &connection));
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    house.assert_identified(&house.arrived());
}

/// A body arrives at the backend as it was sent, announced or in chunks.
pub async fn passes_bodies_on(start: Start) {
    let house = House::start(start).await;
    // Larger than what a gateway keeps in memory.
    let body: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let request = http_client()
        .post(house.gateway.url("/orders"))
        .bearer_auth(&house.token);
    let answer = request.body(body.clone()).send().await.expect("the gateway answers");
    assert_eq!(answer.status(), StatusCode::OK);
    let arrived = house.arrived();
    assert_eq!((&*arrived.method, arrived.body == body), ("POST", true));
    house.assert_identified(&arrived);

    let head = format!(
        "PUT /orders HTTP/1.1\r\nHost: api.example.com\r\nAuthorization: Bearer {}\r\nTransfer-Encoding: chunked\r\n\r\n",
        house.token
    );
    let chunks = "5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n";
    let answer = send(&house.gateway, (head + chunks).as_bytes());
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let arrived = house.arrived();
    assert_eq!((&*arrived.method, &*arrived.body), ("PUT", b"hello, world".as_slice()));
    house.assert_identified(&arrived);
}

/// Without wxlogin nobody gets in, and nobody is told that their token is bad.
pub async fn an_outage_is_503(start: Start) {
    let mut house = House::start(start).await;
    assert!(house.service.stop().success());
    for token in [None, Some(&*house.token)] {
        let answer = house.get("/orders", token).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{token:?}");
    }
    assert!(house.backend.arrived().is_empty());
    assert_eq!(house.get("/public/prices", None).await.status(), StatusCode::OK);
}

/// What the login service is asked, and what is made of its answers.
pub async fn asks_without_the_body(start: Start) {
    let login = Backend::answering(|asked| {
        let [token] = asked.header("authorization")[..] else {
            return StatusCode::UNAUTHORIZED.into();
        };
        let status = token
            .trim_start_matches("Bearer ")
            .parse()
            .expect("the status to answer");
        let identity = IDENTITY.map(|name| (name, "somebody"));
        // One that forgets to say a part of it.
        let told = if status == 299 { &identity[..1] } else { &identity[..] };
        let told = told.iter().fold(Response::builder(), |response, (name, value)| {
            response.header(*name, *value)
        });
        told.status(StatusCode::from_u16(status).expect("a status")).finish()
    })
    .await;
    let backend = Backend::start().await;
    let gateway = start(host(&login.url), host(&backend.url));
    let client = http_client();
    for (said, answered) in [(204, 200), (403, 403), (401, 401), (299, 200)] {
        let request = client
            .post(gateway.url("/orders?of=mine"))
            .bearer_auth(said)
            .body("a secret");
        let request = request
            .header("content-type", "text/plain")
            .header("x-http-method-override", "PATCH")
            .header("x-open-id", "mallory");
        let answer = request.send().await.expect("the gateway answers");
        assert_eq!(answer.status(), answered, "{said}");
        let asked = login.arrived();
        assert_eq!(asked.len(), 1, "{asked:#?}");
        assert_eq!((&*asked[0].method, &*asked[0].path), ("GET", "/v1/verify"));
        assert!(asked[0].body.is_empty(), "{asked:#?}");
        assert_eq!(asked[0].header("authorization"), [format!("Bearer {said}")]);
        for length in asked[0].header("content-length") {
            assert_eq!(length, "0", "{asked:#?}");
        }
        assert!(asked[0].header("transfer-encoding").is_empty(), "{asked:#?}");
        let arrived = backend.arrived();
        assert_eq!(arrived.len(), usize::from(answered == 200), "{said}");
        for request in arrived {
            assert_eq!(request.body, b"a secret");
            let told = request.header("x-open-id");
            assert!(
                if said == 299 {
                    !told.contains(&"mallory")
                } else {
                    told == ["somebody"]
                },
                "{request:#?}"
            );
        }
    }
    for said in [500, 503] {
        let answer = client.get(gateway.url("/orders")).bearer_auth(said).send().await;
        let status = answer.expect("the gateway answers").status();
        // Some pass the answer on, some make their own of it.
        assert!(
            status == said || status == StatusCode::SERVICE_UNAVAILABLE,
            "{said}: {status}"
        );
    }
    assert!(backend.arrived().is_empty());
}

/// What no test runs is at the least well formed, and names all that has to be named.
#[test]
fn the_other_configurations_leave_nothing_out() {
    let document = Document::open(DOCUMENT);
    let parsed = |file: &str| -> Value {
        yaml_serde::from_str(document.block(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    };
    let identity = json!(IDENTITY);

    let traefik = parsed("traefik.yml");
    assert_eq!(
        traefik["http"]["middlewares"]["verified"]["forwardAuth"]["authResponseHeaders"],
        identity
    );
    let removed = &traefik["http"]["middlewares"]["anonymous"]["headers"]["customRequestHeaders"];
    let removed: Vec<String> = removed
        .as_object()
        .expect("a map")
        .keys()
        .map(|name| name.to_lowercase())
        .collect();
    for spelt in IDENTITY.into_iter().flat_map(spellings) {
        assert!(removed.contains(&spelt.to_lowercase()), "traefik.yml lets {spelt} pass");
    }
    for router in ["api", "public"] {
        assert_eq!(traefik["http"]["routers"][router]["middlewares"][0], "anonymous");
    }

    let apisix = parsed("apisix.yaml");
    assert_eq!(
        apisix["routes"][0]["plugins"]["forward-auth"]["upstream_headers"],
        identity
    );
    assert_eq!(
        apisix["routes"][1]["plugins"]["proxy-rewrite"]["headers"]["remove"],
        identity
    );
    assert_eq!(
        parsed("config.yaml")["nginx_config"]["http"]["underscores_in_headers"],
        "off"
    );
}
