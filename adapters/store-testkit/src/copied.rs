//! What to copy: everything that a store can hold, made without a store.

use wxlogin_domain::account::{Account, AccountStatus, AvatarUrl, LinkedIdentity, Nickname, Profile};
use wxlogin_domain::api_key::{ApiKey, ApiKeyDigest, ApiKeyName, Scope};
use wxlogin_domain::audit::{AuditAction, AuditEvent, IpPseudonym};
use wxlogin_domain::client_kind::ClientKind;
use wxlogin_domain::copy::{AccountCopy, CopyItem, HonouredPush};
use wxlogin_domain::external_id::ExternalId;
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::identity::{AppId, UnionId, WechatIdentity};
use wxlogin_domain::key_ring::KeyRing;
use wxlogin_domain::origin::Actor;
use wxlogin_domain::push::MessageHash;
use wxlogin_domain::session::{DeviceName, EndReason, Generation, Session, SessionRef};

use crate::cases::keys::{keys_in_every_state, sealed};
use crate::sample::{APP_ONE, APP_TWO, NUMBER, POLICY, at, end, event, identity, next, phone, unique};

/// Somebody with these identities and nothing else.
pub(crate) fn person(identities: &[WechatIdentity], seconds: i64) -> AccountCopy {
    let linked = identities.iter().map(|identity| LinkedIdentity {
        identity: identity.clone(),
        first_seen_at: at(seconds),
        unionid_conflict: None,
    });
    let account = Account {
        identities: linked.collect(),
        ..Account::new(AccountId::new(at(seconds), unique()), at(seconds))
    };
    let unionids = identities.iter().filter_map(|identity| identity.unionid.clone());
    let mut unionids: Vec<UnionId> = unionids.collect();
    unionids.dedup();
    AccountCopy {
        account,
        unionids,
        sessions: Vec::new(),
    }
}

/// A session of an account, under the first of its identities.
pub(crate) fn session(copy: &AccountCopy, seconds: i64) -> Session {
    let id = SessionRef {
        account: copy.account.id,
        session: SessionId::new(at(seconds), unique()),
    };
    let identity = copy.account.identities[0].identity.clone();
    Session::begin(id, identity, None, None, at(seconds), &POLICY)
}

/// Somebody of whom everything is known, with a session of every kind.
pub(crate) fn person_with_everything() -> AccountCopy {
    let identities = [
        identity(APP_ONE, "o-everything_1", Some("u-everything")),
        identity(APP_TWO, "o-everything_2", None),
    ];
    let mut copy = person(&identities, 0);
    copy.account.last_login_at = at(77);
    copy.account.external_id = ExternalId::parse("客户/17 'x\" ⟩`\\").ok();
    copy.account.phone = Some(phone(NUMBER, 9));
    copy.account.profile = Profile {
        nickname: Nickname::parse("名字 'x\" ⟩`\\").ok(),
        avatar_url: AvatarUrl::parse("https://thirdwx.qlogo.cn/a.png?x=%27").ok(),
    };
    copy.account.identities[1].first_seen_at = at(33);
    for before in ["u-before-everything", "u-before_that"] {
        copy.unionids.push(UnionId::parse(before).unwrap());
    }
    let rotated = next(&next(&session(&copy, 10), 20), 30);
    let described = Session {
        identity: identities[1].clone(),
        device: DeviceName::parse("小明的手机").ok(),
        client: ClientKind::restore("WeChat 8.0 (iOS)"),
        ..session(&copy, 11)
    };
    let often_rotated = Session {
        generation: Generation(u32::MAX),
        ..session(&copy, 12)
    };
    copy.sessions = vec![session(&copy, 9), rotated, described, often_rotated];
    for (reason, seconds) in [
        (EndReason::Logout, 40),
        (EndReason::RefreshTokenReused, 41),
        (EndReason::Suspended, 42),
        (EndReason::TokenRevoked, 43),
        (EndReason::Displaced, 44),
        (EndReason::EndedByOperator, 45),
    ] {
        let over = session(&copy, seconds).ended(end(reason, seconds + 5));
        copy.sessions.push(over);
    }
    copy
}

/// Somebody who is suspended, and whose unionid another account has.
fn suspended_person(rival: AccountId) -> AccountCopy {
    let mut copy = person(&[identity(APP_ONE, "o-suspended", None)], 1);
    copy.account.status = AccountStatus::Suspended;
    copy.account.phone = Some(phone(NUMBER, 8));
    copy.account.identities[0].unionid_conflict = Some(rival);
    copy
}

/// Keys of every kind and in every state.
pub(crate) fn ring() -> KeyRing {
    KeyRing {
        version: 17,
        signing: keys_in_every_state(),
        refresh_mac: sealed(1),
    }
}

/// A message that was honoured. Its hash is no UTF-8 and holds zeros.
pub(crate) fn push(number: u8) -> HonouredPush {
    let mut hash = [0xff; 32];
    (hash[0], hash[31]) = (0, number);
    HonouredPush {
        hash: MessageHash(hash),
        at: at(i64::from(number)),
    }
}

/// An API key of this name.
pub(crate) fn api_key(name: &str) -> ApiKey {
    let mut digest = [0x80; 32];
    digest[0] = 0;
    ApiKey {
        name: ApiKeyName::parse(name).unwrap(),
        digest: ApiKeyDigest(digest),
        scopes: vec![Scope::Introspect],
        created_at: Some(at(3)),
    }
}

/// An event with all that an event can say.
fn event_with_everything(copy: &AccountCopy) -> AuditEvent {
    AuditEvent {
        actor: Actor::ApiKey("ops".into()),
        code: Some("invalid_request".into()),
        detail: Some("客户 'x\" ⟩`\\".into()),
        request_id: Some("request-1".into()),
        ip: Some(IpPseudonym("pseudonym".into())),
        ..event(AuditAction::SessionEnded, 70)
            .on_session(copy.sessions[0].id)
            .in_app(&AppId::parse(APP_ONE).unwrap())
    }
}

/// One of everything that a store can hold, in the order in which copies are made.
pub(crate) fn everything() -> Vec<CopyItem> {
    let rich = person_with_everything();
    let suspended = suspended_person(rich.account.id);
    let plain = person(&[identity(APP_TWO, "o-plain", Some("u-plain"))], 2);
    let told = event_with_everything(&rich);
    let keys = [
        ApiKey {
            scopes: vec![Scope::Admin, Scope::Introspect],
            created_at: None,
            ..api_key("B.b-b_1")
        },
        ApiKey {
            scopes: Vec::new(),
            ..api_key("a")
        },
    ];
    let mut items: Vec<CopyItem> = [rich, suspended, plain].map(CopyItem::from).into();
    items.extend([1, 2].map(|number| CopyItem::Push(push(number))));
    items.extend(keys.map(CopyItem::ApiKey));
    let events = [event(AuditAction::LoginFailed, 60), told];
    items.extend(events.map(|event| CopyItem::Event(Box::new(event))));
    items.push(CopyItem::KeyRing(Box::new(ring())));
    items
}
