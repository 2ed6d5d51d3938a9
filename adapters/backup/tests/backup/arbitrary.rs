//! Anything that a store can hold.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use wxlogin_domain::account::{Account, AccountStatus, AvatarUrl, LinkedIdentity, Nickname, Profile};
use wxlogin_domain::api_key::{ApiKey, ApiKeyDigest, ApiKeyName, Scope};
use wxlogin_domain::audit::{AuditAction, AuditEvent, IpPseudonym};
use wxlogin_domain::client_kind::ClientKind;
use wxlogin_domain::copy::{AccountCopy, CopyItem, HonouredPush};
use wxlogin_domain::external_id::ExternalId;
use wxlogin_domain::id::{AccountId, EventId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, UnionId, WechatIdentity};
use wxlogin_domain::key_ring::{KeyId, KeyRing, KeyState, PublicKey, Sealed, SigningKey};
use wxlogin_domain::origin::Actor;
use wxlogin_domain::phone_number::{PhoneNumber, VerifiedPhone};
use wxlogin_domain::push::MessageHash;
use wxlogin_domain::session::{DeviceName, EndReason, Generation, Session, SessionEnd, SessionRef};
use wxlogin_domain::timestamp::Timestamp;

/// The items of a backup, in their order.
pub fn items() -> impl Strategy<Value = Vec<CopyItem>> {
    let others = prop_oneof![
        push().prop_map(CopyItem::Push),
        api_key().prop_map(CopyItem::ApiKey),
        event().prop_map(|event| CopyItem::Event(Box::new(event))),
    ];
    let ring = key_ring().prop_map(|ring| CopyItem::KeyRing(Box::new(ring)));
    (vec(account(), 0..4), vec(others, 0..6), option::of(ring)).prop_map(|(accounts, others, ring)| {
        let accounts = accounts.into_iter().map(CopyItem::from);
        accounts.chain(others).chain(ring).collect()
    })
}

fn text() -> impl Strategy<Value = Box<str>> {
    any::<String>().prop_map(String::into_boxed_str)
}

fn time() -> impl Strategy<Value = Timestamp> {
    prop_oneof![any::<i64>(), 1_700_000_000_000..1_900_000_000_000_i64].prop_map(Timestamp::from_unix_millis)
}

fn app() -> impl Strategy<Value = AppId> {
    "wx[0-9a-f]{16}".prop_map(|text| AppId::parse(&text).unwrap())
}

fn unionid() -> impl Strategy<Value = UnionId> {
    "[A-Za-z0-9_-]{1,128}".prop_map(|text| UnionId::parse(&text).unwrap())
}

fn identity() -> impl Strategy<Value = WechatIdentity> {
    let openid = "[A-Za-z0-9_-]{1,128}".prop_map(|text| OpenId::parse(&text).unwrap());
    (app(), openid, option::of(unionid())).prop_map(|(app, openid, unionid)| WechatIdentity { app, openid, unionid })
}

fn external_id() -> impl Strategy<Value = ExternalId> {
    ".{1,128}".prop_filter_map("blanks or control characters", |text| ExternalId::parse(&text).ok())
}

fn account_id() -> impl Strategy<Value = AccountId> {
    any::<[u8; 16]>().prop_map(AccountId::from_bytes)
}

fn session_id() -> impl Strategy<Value = SessionId> {
    any::<[u8; 16]>().prop_map(SessionId::from_bytes)
}

fn linked() -> impl Strategy<Value = LinkedIdentity> {
    (identity(), time(), option::of(account_id())).prop_map(|(identity, first_seen_at, unionid_conflict)| {
        LinkedIdentity {
            identity,
            first_seen_at,
            unionid_conflict,
        }
    })
}

fn phone() -> impl Strategy<Value = VerifiedPhone> {
    ("[0-9]{3,12}", select(vec![1_u16, 86, 852]), time()).prop_map(|(rest, country_code, verified_at)| VerifiedPhone {
        number: PhoneNumber::restore(&format!("+{country_code}{rest}"), country_code).unwrap(),
        verified_at,
    })
}

fn profile() -> impl Strategy<Value = Profile> {
    let nickname = any::<String>().prop_map(|text| Nickname::parse(&text).ok());
    let avatar = "[a-z0-9%?=&'\"名]{0,40}".prop_map(|path| AvatarUrl::parse(&format!("https://a.example/{path}")).ok());
    (nickname, option::of(avatar)).prop_map(|(nickname, avatar_url)| Profile {
        nickname,
        avatar_url: avatar_url.flatten(),
    })
}

fn session_end() -> impl Strategy<Value = SessionEnd> {
    let reasons = vec![
        EndReason::Logout,
        EndReason::RefreshTokenReused,
        EndReason::Suspended,
        EndReason::TokenRevoked,
        EndReason::Displaced,
        EndReason::EndedByOperator,
    ];
    (select(reasons), time()).prop_map(|(reason, at)| SessionEnd { reason, at })
}

fn session(account: AccountId) -> impl Strategy<Value = Session> {
    let device = any::<String>().prop_map(|text| DeviceName::parse(&text).ok());
    let client = any::<String>().prop_map(|text| ClientKind::restore(&text));
    let said = (session_id(), identity(), device, client);
    let times = (time(), time(), time(), time(), time());
    (said, times, any::<u32>(), option::of(session_end())).prop_map(move |(said, times, generation, end)| Session {
        id: SessionRef {
            account,
            session: said.0,
        },
        identity: said.1,
        device: said.2,
        client: said.3,
        created_at: times.0,
        last_used_at: times.1,
        expires_at: times.2,
        generation: Generation(generation),
        rotated_at: times.3,
        idle_expires_at: times.4,
        end,
    })
}

fn account() -> impl Strategy<Value = AccountCopy> {
    let status = select(vec![AccountStatus::Active, AccountStatus::Suspended]);
    account_id().prop_flat_map(move |id| {
        let person = (profile(), option::of(phone()), option::of(external_id()));
        let links = (vec(linked(), 0..3), vec(unionid(), 0..3), vec(session(id), 0..3));
        (status.clone(), time(), time(), person, links).prop_map(
            move |(status, created_at, last_login_at, person, links)| AccountCopy {
                account: Account {
                    id,
                    status,
                    created_at,
                    last_login_at,
                    profile: person.0,
                    phone: person.1,
                    external_id: person.2,
                    identities: links.0,
                },
                unionids: links.1,
                sessions: links.2,
            },
        )
    })
}

fn push() -> impl Strategy<Value = HonouredPush> {
    (any::<[u8; 32]>(), time()).prop_map(|(hash, at)| HonouredPush {
        hash: MessageHash(hash),
        at,
    })
}

fn api_key() -> impl Strategy<Value = ApiKey> {
    let name =
        "[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}".prop_filter_map("a reserved name", |text| ApiKeyName::parse(&text).ok());
    let scopes = vec(select(Scope::ALL.to_vec()), 0..3);
    (name, any::<[u8; 32]>(), scopes, option::of(time())).prop_map(|(name, digest, scopes, created_at)| ApiKey {
        name,
        digest: ApiKeyDigest(digest),
        scopes,
        created_at,
    })
}

fn event() -> impl Strategy<Value = AuditEvent> {
    let actor = prop_oneof![
        Just(Actor::Person),
        Just(Actor::Wechat),
        Just(Actor::Service),
        Just(Actor::ApiKey("command-line".into())),
        "[a-z]{1,20}".prop_map(|name| Actor::ApiKey(name.into())),
    ];
    let session = (account_id(), session_id()).prop_map(|(account, session)| SessionRef { account, session });
    let about = (option::of(account_id()), option::of(session), option::of(app()));
    let texts = (
        option::of(text()),
        option::of(text()),
        option::of(text()),
        option::of(text()),
    );
    let action = select(AuditAction::ALL.to_vec());
    (any::<[u8; 16]>(), time(), action, actor, about, texts).prop_map(|(id, at, action, actor, about, texts)| {
        AuditEvent {
            id: EventId::from_bytes(id),
            at,
            action,
            actor,
            account: about.0,
            session: about.1,
            app: about.2,
            code: texts.0,
            detail: texts.1,
            request_id: texts.2,
            ip: texts.3.map(IpPseudonym),
        }
    })
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..300)
}

fn signing_key() -> impl Strategy<Value = SigningKey> {
    let public = prop_oneof![
        bytes().prop_map(|x| PublicKey::Ed25519 { x }),
        (bytes(), bytes()).prop_map(|(x, y)| PublicKey::P256 { x, y }),
        (bytes(), bytes()).prop_map(|(n, e)| PublicKey::Rsa { n, e }),
    ];
    let private = || bytes().prop_map(Sealed);
    let state = prop_oneof![
        (private(), time()).prop_map(|(private, published_at)| KeyState::Next { private, published_at }),
        (private(), time()).prop_map(|(private, since)| KeyState::Active { private, since }),
        time().prop_map(|until| KeyState::Retiring { until }),
        time().prop_map(|at| KeyState::Retired { at }),
    ];
    (text(), public, time(), state).prop_map(|(id, public, created_at, state)| SigningKey {
        id: KeyId(id),
        public,
        created_at,
        state,
    })
}

fn key_ring() -> impl Strategy<Value = KeyRing> {
    (any::<u64>(), vec(signing_key(), 0..4), bytes()).prop_map(|(version, signing, refresh_mac)| KeyRing {
        version,
        signing,
        refresh_mac: Sealed(refresh_mac),
    })
}
