//! What tokens say and how long they live.

use std::net::SocketAddr;
use std::time::Duration;

use wxlogin_domain::key_ring::{Algorithm, KeyPolicy};
use wxlogin_domain::session::SessionPolicy;
use wxlogin_domain::token::{ExtraClaims, TokenPolicy};

use super::fault::{Faults, Flaw, Reported, quoted};
use super::raw::Group;
use super::settings::{
    ACCESS_TTL, AUDIENCE, ISSUER, KEY_ROTATION, MAX_SESSIONS, REFRESH_GRACE, REFRESH_TTL, SESSION_TTL, Setting,
    TOKEN_ALG, TOKEN_CLAIMS,
};
use super::{Mode, base_url, duration};

/// What tokens say and how long they live.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// `iss`, exactly as it was written.
    pub issuer: Box<str>,
    /// `aud`, exactly as it was written.
    pub audience: Box<str>,
    /// Life of an access token.
    pub access_ttl: Duration,
    /// Idle limit of a session.
    pub refresh_ttl: Duration,
    /// Absolute limit of a session.
    pub session_ttl: Duration,
    /// How long the previous refresh token may be repeated.
    pub refresh_grace: Duration,
    /// How many live sessions an account may have.
    pub max_sessions: usize,
    /// How access tokens are signed.
    pub algorithm: Algorithm,
    /// How long a signing key signs.
    pub key_rotation: Duration,
    /// What access tokens claim beyond the usual.
    pub extra_claims: ExtraClaims,
}

impl Tokens {
    /// The defaults, issued by `https://login.example`.
    #[must_use]
    pub fn for_testing() -> Self {
        let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
        let days = |days: u64| minutes(24 * 60 * days);
        Self {
            issuer: "https://login.example".into(),
            audience: "https://login.example".into(),
            access_ttl: minutes(15),
            refresh_ttl: days(30),
            session_ttl: days(180),
            refresh_grace: minutes(1),
            max_sessions: 20,
            algorithm: Algorithm::EdDsa,
            key_rotation: days(90),
            extra_claims: ExtraClaims::default(),
        }
    }

    /// Tells that the service was to listen on `asked` and does listen on `bound`: they differ where any free port was
    /// asked for, and an issuer that was derived from the one is then derived from the other.
    pub fn listens_on(&mut self, asked: SocketAddr, bound: SocketAddr) {
        let (derived, real) = (format!("http://{asked}"), format!("http://{bound}"));
        for name in [&mut self.issuer, &mut self.audience] {
            if **name == *derived {
                *name = real.clone().into();
            }
        }
    }

    /// What the domain asks about access tokens.
    #[must_use]
    pub fn token_policy(&self) -> TokenPolicy {
        TokenPolicy {
            issuer: self.issuer.clone(),
            audience: self.audience.clone(),
            access_ttl: self.access_ttl,
            extra: self.extra_claims,
        }
    }

    /// What the domain asks about sessions.
    #[must_use]
    pub fn session_policy(&self) -> SessionPolicy {
        SessionPolicy {
            refresh_ttl: self.refresh_ttl,
            session_ttl: self.session_ttl,
            refresh_grace: self.refresh_grace,
            max_per_account: self.max_sessions,
        }
    }

    /// What the domain asks about signing keys.
    #[must_use]
    pub fn key_policy(&self) -> KeyPolicy {
        KeyPolicy {
            algorithm: self.algorithm,
            rotation_age: self.key_rotation,
            access_ttl: self.access_ttl,
        }
    }

    /// `listen` is what the issuer defaults to in dev mode.
    pub(super) fn read(
        group: &Group,
        mode: Mode,
        listen: Result<SocketAddr, Reported>,
        faults: &mut Faults,
    ) -> Result<Self, Reported> {
        let issuer = issuer(group, mode, listen, faults);
        let audience = group.parsed(&AUDIENCE, faults, audience);
        let lives = Lives::read(group, faults);
        let max_sessions = group.required(&MAX_SESSIONS, faults, max_sessions);
        let algorithm = group.required(&TOKEN_ALG, faults, algorithm);
        let key_rotation = group.required(&KEY_ROTATION, faults, |text| life(text, "1h", "3650d"));
        let claims = group.list(&TOKEN_CLAIMS, faults, claim);
        let (issuer, lives, claims) = (issuer?, lives?, claims?);
        Ok(Self {
            audience: audience?.unwrap_or_else(|| issuer.clone()),
            issuer,
            access_ttl: lives.access,
            refresh_ttl: lives.refresh,
            session_ttl: lives.session,
            refresh_grace: lives.grace,
            max_sessions: max_sessions?,
            algorithm: algorithm?,
            key_rotation: key_rotation?,
            extra_claims: ExtraClaims {
                openid: claims.contains(&Claim::Openid),
                unionid: claims.contains(&Claim::Unionid),
                external_id: claims.contains(&Claim::ExternalId),
            },
        })
    }
}

fn issuer(
    group: &Group,
    mode: Mode,
    listen: Result<SocketAddr, Reported>,
    faults: &mut Faults,
) -> Result<Box<str>, Reported> {
    // Compared byte by byte by whoever verifies a token, so what was written is kept, not what a parser makes of it.
    let issuer = group.parsed(&ISSUER, faults, |text| {
        base_url::parse(text, "https://login.example.com")?;
        Ok(Box::from(text))
    })?;
    match (issuer, mode) {
        (Some(issuer), _) => Ok(issuer),
        (None, Mode::Dev) => Ok(format!("http://{}", listen?).into()),
        (None, Mode::Serve) => {
            let remedy = "set it, or issuer in the configuration file, to the public URL of this service, as https://login.example.com";
            Err(group.report_missing(&ISSUER, Flaw::new("is missing", remedy), faults))
        }
    }
}

fn audience(text: &str) -> Result<Box<str>, Flaw> {
    const LONGEST: usize = 255;
    if text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(text.into());
    }
    let problem = format!("{} is not an audience", quoted(text));
    Err(Flaw::new(
        problem,
        format!("write a name or URL without blanks, at most {LONGEST} characters of ASCII"),
    ))
}

fn max_sessions(text: &str) -> Result<usize, Flaw> {
    let number = text.parse().ok().filter(|number| (1..=100).contains(number));
    number.ok_or_else(|| {
        let problem = format!("{} is not a number of sessions", quoted(text));
        Flaw::new(problem, "write a whole number from 1 to 100")
    })
}

fn algorithm(text: &str) -> Result<Algorithm, Flaw> {
    Algorithm::parse(text).ok_or_else(|| {
        let names = Algorithm::ALL.map(Algorithm::as_str).join(", ");
        Flaw::new(
            format!("{} is not a signature algorithm", quoted(text)),
            format!("write one of {names}"),
        )
    })
}

#[derive(PartialEq)]
enum Claim {
    Openid,
    Unionid,
    ExternalId,
}

fn claim(text: &str) -> Result<Claim, Flaw> {
    match text {
        "openid" => Ok(Claim::Openid),
        "unionid" => Ok(Claim::Unionid),
        "external_id" => Ok(Claim::ExternalId),
        _ => Err(Flaw::new(
            format!("{} is not an extra claim", quoted(text)),
            "write one or more of openid, unionid, external_id",
        )),
    }
}

struct Lives {
    access: Duration,
    refresh: Duration,
    session: Duration,
    grace: Duration,
}

impl Lives {
    fn read(group: &Group, faults: &mut Faults) -> Result<Self, Reported> {
        let access = group.required(&ACCESS_TTL, faults, |text| life(text, "10s", "24h"));
        let refresh = group.required(&REFRESH_TTL, faults, |text| life(text, "10s", "3650d"));
        let session = group.required(&SESSION_TTL, faults, |text| life(text, "10s", "3650d"));
        let grace = group.required(&REFRESH_GRACE, faults, |text| life(text, "1s", "10m"));
        let lives = Self {
            access: access?,
            refresh: refresh?,
            session: session?,
            grace: grace?,
        };
        let rules = [
            (
                lives.grace < lives.access,
                REFRESH_GRACE,
                "is not shorter than",
                ACCESS_TTL,
            ),
            (
                lives.access < lives.refresh,
                ACCESS_TTL,
                "is not shorter than",
                REFRESH_TTL,
            ),
            (
                lives.refresh <= lives.session,
                REFRESH_TTL,
                "is longer than",
                SESSION_TTL,
            ),
        ];
        let mut outcome = Ok(lives);
        for (_, one, relation, other) in rules.into_iter().filter(|(holds, ..)| !holds) {
            let (key, value) = (group.key(&other), shown(group, &other));
            let problem = format!("{} {relation} {key}, which is {value}", shown(group, &one));
            outcome = Err(faults.report(group.key(&one), Flaw::new(problem, "change one of them")));
        }
        outcome
    }
}

/// Tokens count in whole seconds.
fn life(text: &str, shortest: &str, longest: &str) -> Result<Duration, Flaw> {
    let life = duration::parse(text, shortest, longest)?;
    if life.subsec_nanos() == 0 {
        return Ok(life);
    }
    Err(Flaw::new(
        format!("{} is not a number of whole seconds", quoted(text)),
        "write whole seconds",
    ))
}

/// `60s`, or `60s (the default)`.
fn shown(group: &Group, setting: &Setting) -> String {
    let remark = if group.is_default(setting) {
        " (the default)"
    } else {
        ""
    };
    format!("{}{remark}", group.peek(setting).unwrap_or_default())
}
