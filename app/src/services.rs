//! The use cases, each given the ports that it works with. Names no adapter: those come from [`wiring`](crate::wiring).

use std::sync::Arc;

use wxlogin_domain::accounts::AccountsService;
use wxlogin_domain::api_key::{ApiKey, ApiKeyDigest};
use wxlogin_domain::api_keys::ApiKeyService;
use wxlogin_domain::apps::Apps;
use wxlogin_domain::audit::Scribe;
use wxlogin_domain::authenticate::Authenticator;
use wxlogin_domain::housekeeping::Housekeeper;
use wxlogin_domain::introspect::IntrospectService;
use wxlogin_domain::issue::TokenIssuer;
use wxlogin_domain::keys::KeyService;
use wxlogin_domain::last_use::LastUse;
use wxlogin_domain::login::LoginService;
use wxlogin_domain::logout::LogoutService;
use wxlogin_domain::me::MeService;
use wxlogin_domain::my_session_key::MySessionKeyService;
use wxlogin_domain::my_sessions::MySessionsService;
use wxlogin_domain::phone::PhoneService;
use wxlogin_domain::ports::access_tokens::AccessTokens;
use wxlogin_domain::ports::clock::Clock;
use wxlogin_domain::ports::code_exchange::CodeExchange;
use wxlogin_domain::ports::entropy::Entropy;
use wxlogin_domain::ports::ip_pseudonyms::IpPseudonyms;
use wxlogin_domain::ports::key_holder::KeyHolder;
use wxlogin_domain::ports::key_maker::KeyMaker;
use wxlogin_domain::ports::phone_exchange::PhoneExchange;
use wxlogin_domain::ports::platform_health::PlatformHealth;
use wxlogin_domain::ports::push_messages::PushMessages;
use wxlogin_domain::ports::rate_limits::RateLimits;
use wxlogin_domain::ports::refresh_tokens::RefreshTokens;
use wxlogin_domain::ports::session_key_cache::SessionKeyCache;
use wxlogin_domain::ports::session_key_checks::SessionKeyChecks;
use wxlogin_domain::ports::session_key_sealer::SessionKeySealer;
use wxlogin_domain::ports::store::Store;
use wxlogin_domain::ports::user_data_cipher::UserDataCipher;
use wxlogin_domain::push_events::PushEventService;
use wxlogin_domain::refresh::RefreshService;
use wxlogin_domain::revoke::RevokeService;
use wxlogin_domain::session_keys::SessionKeyVault;
use wxlogin_domain::user_data_reader::UserDataReader;

use crate::config::{self, Config};

/// The use cases.
#[derive(Clone)]
pub struct Services {
    /// Logging in.
    pub login: LoginService,
    /// Refreshing.
    pub refresh: RefreshService,
    /// Logging out.
    pub logout: LogoutService,
    /// Ending the session of a token.
    pub revoke: RevokeService,
    /// One's own account.
    pub me: MeService,
    /// The telephone number of one's own account.
    pub phone: PhoneService,
    /// Opening what WeChat encrypted for the mini program.
    pub reader: UserDataReader,
    /// The session key of one's own.
    pub my_session_key: MySessionKeyService,
    /// The sessions of one's own account.
    pub my_sessions: MySessionsService,
    /// Believing access tokens.
    pub authenticator: Authenticator,
    /// Telling others whether to believe them.
    pub introspect: IntrospectService,
    /// The keys to publish.
    pub access_tokens: Arc<dyn AccessTokens>,
    /// Operators' work on accounts.
    pub accounts: AccountsService,
    /// Operators' work on signing keys, and looking after them.
    pub keys: KeyService,
    /// Letting in whoever holds an API key.
    pub api_keys: ApiKeyService,
    /// Honouring what WeChat pushes.
    pub push_events: PushEventService,
    /// How often somebody may ask.
    pub rate_limits: Arc<dyn RateLimits>,
    /// How WeChat does.
    pub platform_health: Arc<dyn PlatformHealth>,
    /// Sweeping and counting.
    pub housekeeper: Housekeeper,
    /// When sessions were used, to be written.
    pub last_use: Arc<LastUse>,
    /// Where everything is kept: for reading the audit log, and to see whether it is there.
    pub store: Arc<dyn Store>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws request ids.
    pub entropy: Arc<dyn Entropy>,
}

/// What the use cases work with.
#[derive(Clone)]
pub struct Ports {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// WeChat, for the codes of `wx.login`.
    pub code_exchange: Arc<dyn CodeExchange>,
    /// WeChat, for the codes of the getPhoneNumber button.
    pub phone_exchange: Arc<dyn PhoneExchange>,
    /// WeChat, for session keys.
    pub session_key_checks: Arc<dyn SessionKeyChecks>,
    /// How WeChat does.
    pub platform_health: Arc<dyn PlatformHealth>,
    /// Recognises what WeChat pushes.
    pub push_messages: Arc<dyn PushMessages>,
    /// Opens WeChat's encrypted data.
    pub cipher: Arc<dyn UserDataCipher>,
    /// Where session keys wait.
    pub session_key_cache: Arc<dyn SessionKeyCache>,
    /// Seals them.
    pub session_key_sealer: Arc<dyn SessionKeySealer>,
    /// Counts requests.
    pub rate_limits: Arc<dyn RateLimits>,
    /// Signs and recognises access tokens.
    pub access_tokens: Arc<dyn AccessTokens>,
    /// Makes and recognises refresh tokens.
    pub refresh_tokens: Arc<dyn RefreshTokens>,
    /// Names addresses for the audit log.
    pub pseudonyms: Arc<dyn IpPseudonyms>,
    /// Makes keys.
    pub key_maker: Arc<dyn KeyMaker>,
    /// Holds the keys in use.
    pub key_holder: Arc<dyn KeyHolder>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws ids.
    pub entropy: Arc<dyn Entropy>,
}

impl Ports {
    fn scribe(&self) -> Scribe {
        Scribe {
            entropy: Arc::clone(&self.entropy),
            pseudonyms: Arc::clone(&self.pseudonyms),
        }
    }

    fn store<P: ?Sized>(&self, as_port: fn(Arc<dyn Store>) -> Arc<P>) -> Arc<P> {
        as_port(Arc::clone(&self.store))
    }
}

impl Services {
    /// The use cases of a configuration, on these ports.
    #[must_use]
    pub fn new(config: &Config, ports: Ports) -> Self {
        let apps = Apps::new(config.apps.iter().map(|app| app.appid.clone()).collect());
        let issuer = TokenIssuer {
            policy: config.tokens.token_policy(),
            access_tokens: Arc::clone(&ports.access_tokens),
            refresh_tokens: Arc::clone(&ports.refresh_tokens),
            entropy: Arc::clone(&ports.entropy),
        };
        let last_use = Arc::new(LastUse::default());
        let reader = reader(config, &ports);
        let authenticator = authenticator(config, &ports, &last_use);
        Self {
            login: login(config, &ports, apps.clone(), reader.clone(), issuer.clone()),
            refresh: refresh(config, &ports, issuer),
            logout: LogoutService {
                sessions: ports.store(|store| store),
                scribe: ports.scribe(),
                clock: Arc::clone(&ports.clock),
            },
            revoke: revoke(config, &ports),
            me: MeService {
                accounts: ports.store(|store| store),
            },
            phone: phone(config, &ports, reader.clone()),
            my_session_key: my_session_key(&ports, reader.vault.clone()),
            my_sessions: MySessionsService {
                sessions: ports.store(|store| store),
                scribe: ports.scribe(),
                clock: Arc::clone(&ports.clock),
            },
            introspect: IntrospectService {
                authenticator: authenticator.clone(),
            },
            authenticator,
            accounts: accounts(&ports, apps.clone(), reader.vault.clone()),
            push_events: push_events(&ports, apps, reader.vault.clone()),
            reader,
            keys: keys(config, &ports),
            api_keys: api_keys(config, &ports),
            housekeeper: housekeeper(config, &ports),
            last_use,
            rate_limits: ports.rate_limits,
            platform_health: ports.platform_health,
            access_tokens: ports.access_tokens,
            store: ports.store,
            clock: ports.clock,
            entropy: ports.entropy,
        }
    }
}

fn authenticator(config: &Config, ports: &Ports, last_use: &Arc<LastUse>) -> Authenticator {
    Authenticator {
        access_tokens: Arc::clone(&ports.access_tokens),
        policy: config.tokens.token_policy(),
        sessions: ports.store(|store| store),
        accounts: ports.store(|store| store),
        last_use: Arc::clone(last_use),
        clock: Arc::clone(&ports.clock),
    }
}

fn reader(config: &Config, ports: &Ports) -> UserDataReader {
    UserDataReader {
        code_exchange: Arc::clone(&ports.code_exchange),
        cipher: Arc::clone(&ports.cipher),
        vault: SessionKeyVault {
            cache: Arc::clone(&ports.session_key_cache),
            sealer: Arc::clone(&ports.session_key_sealer),
            ttl: config.wechat.session_key_ttl,
        },
        max_age: config.wechat.watermark_max_age,
        clock: Arc::clone(&ports.clock),
    }
}

fn login(config: &Config, ports: &Ports, apps: Apps, reader: UserDataReader, issuer: TokenIssuer) -> LoginService {
    LoginService {
        apps,
        reader,
        phone_exchange: Arc::clone(&ports.phone_exchange),
        phone_policy: config.phone_policy,
        accounts: ports.store(|store| store),
        audit: ports.store(|store| store),
        scribe: ports.scribe(),
        issuer,
        sessions: config.tokens.session_policy(),
        clock: Arc::clone(&ports.clock),
        entropy: Arc::clone(&ports.entropy),
    }
}

fn phone(config: &Config, ports: &Ports, reader: UserDataReader) -> PhoneService {
    PhoneService {
        exchange: Arc::clone(&ports.phone_exchange),
        reader,
        accounts: ports.store(|store| store),
        policy: config.phone_policy,
        scribe: ports.scribe(),
        clock: Arc::clone(&ports.clock),
    }
}

fn my_session_key(ports: &Ports, vault: SessionKeyVault) -> MySessionKeyService {
    MySessionKeyService {
        vault,
        checks: Arc::clone(&ports.session_key_checks),
        audit: ports.store(|store| store),
        scribe: ports.scribe(),
        clock: Arc::clone(&ports.clock),
    }
}

fn push_events(ports: &Ports, apps: Apps, vault: SessionKeyVault) -> PushEventService {
    PushEventService {
        apps,
        messages: Arc::clone(&ports.push_messages),
        pushes: ports.store(|store| store),
        vault,
        scribe: ports.scribe(),
        clock: Arc::clone(&ports.clock),
    }
}

fn refresh(config: &Config, ports: &Ports, issuer: TokenIssuer) -> RefreshService {
    RefreshService {
        accounts: ports.store(|store| store),
        sessions: ports.store(|store| store),
        issuer,
        policy: config.tokens.session_policy(),
        scribe: ports.scribe(),
        clock: Arc::clone(&ports.clock),
    }
}

fn revoke(config: &Config, ports: &Ports) -> RevokeService {
    RevokeService {
        access_tokens: Arc::clone(&ports.access_tokens),
        policy: config.tokens.token_policy(),
        refresh_tokens: Arc::clone(&ports.refresh_tokens),
        sessions: ports.store(|store| store),
        scribe: ports.scribe(),
        clock: Arc::clone(&ports.clock),
    }
}

fn accounts(ports: &Ports, apps: Apps, vault: SessionKeyVault) -> AccountsService {
    AccountsService {
        accounts: ports.store(|store| store),
        sessions: ports.store(|store| store),
        audit: ports.store(|store| store),
        apps,
        vault,
        scribe: ports.scribe(),
        clock: Arc::clone(&ports.clock),
    }
}

fn keys(config: &Config, ports: &Ports) -> KeyService {
    KeyService {
        store: ports.store(|store| store),
        maker: Arc::clone(&ports.key_maker),
        holder: Arc::clone(&ports.key_holder),
        policy: config.tokens.key_policy(),
        scribe: ports.scribe(),
        clock: Arc::clone(&ports.clock),
    }
}

fn api_keys(config: &Config, ports: &Ports) -> ApiKeyService {
    ApiKeyService::new(
        ports.store(|store| store),
        config.api_keys.iter().map(api_key).collect(),
        ports.scribe(),
        Arc::clone(&ports.clock),
        Arc::clone(&ports.entropy),
    )
}

/// A configured key, as the service knows it: by its digest.
fn api_key(key: &config::ApiKey) -> ApiKey {
    ApiKey {
        name: key.name.clone(),
        digest: ApiKeyDigest::of(&key.key),
        scopes: key.scopes.iter().copied().collect(),
        created_at: None,
    }
}

fn housekeeper(config: &Config, ports: &Ports) -> Housekeeper {
    Housekeeper::new(
        ports.store(|store| store),
        ports.store(|store| store),
        ports.store(|store| store),
        ports.store(|store| store),
        config.audit.retention,
        Arc::clone(&ports.clock),
    )
}
