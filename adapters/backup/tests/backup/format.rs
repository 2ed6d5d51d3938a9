//! The file as it is: a change of it shows here, and needs a new version of the format.

use wxlogin_backup::{BackupReader, Unlock, examine};
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

use crate::round_trip::written;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_unix_millis(1_769_614_976_000 + millis)
}

fn identity() -> WechatIdentity {
    WechatIdentity {
        app: AppId::parse("wx0000000000000001").unwrap(),
        openid: OpenId::parse("oGZUI0egBJY1zhBYw2KhdUfwVJJE").unwrap(),
        unionid: UnionId::parse("oT8FLuAeB1ylSlLPR2vIzlhyCcmI").ok(),
    }
}

fn session() -> Session {
    Session {
        id: SessionRef {
            account: AccountId::from_bytes([1; 16]),
            session: SessionId::from_bytes([2; 16]),
        },
        identity: identity(),
        device: DeviceName::parse("小明的手机").ok(),
        client: ClientKind::restore("WeChat 8.0 (iOS)"),
        created_at: at(0),
        last_used_at: at(1),
        expires_at: at(2),
        generation: Generation(3),
        rotated_at: at(4),
        idle_expires_at: at(5),
        end: Some(SessionEnd {
            reason: EndReason::Logout,
            at: at(6),
        }),
    }
}

fn account() -> AccountCopy {
    let session = session();
    AccountCopy {
        account: Account {
            id: session.id.account,
            status: AccountStatus::Suspended,
            created_at: at(0),
            last_login_at: at(100),
            profile: Profile {
                nickname: Nickname::parse("名字").ok(),
                avatar_url: AvatarUrl::parse("https://thirdwx.qlogo.cn/a.png").ok(),
            },
            phone: Some(VerifiedPhone {
                number: PhoneNumber::parse("+8613800138000").unwrap(),
                verified_at: at(7),
            }),
            external_id: ExternalId::parse("customer 17").ok(),
            identities: vec![LinkedIdentity {
                identity: identity(),
                first_seen_at: at(8),
                unionid_conflict: Some(AccountId::from_bytes([9; 16])),
            }],
        },
        unionids: vec![
            UnionId::parse("oT8FLuAeB1ylSlLPR2vIzlhyCcmI").unwrap(),
            UnionId::parse("one-of-before").unwrap(),
        ],
        sessions: vec![
            session.clone(),
            Session {
                device: None,
                client: None,
                end: None,
                ..session
            },
        ],
    }
}

fn key_ring() -> KeyRing {
    let key = |id: &str, public, state| SigningKey {
        id: KeyId(id.into()),
        public,
        created_at: at(0),
        state,
    };
    let private = || Sealed(vec![0, 0xff, 1]);
    let ed25519 = || PublicKey::Ed25519 { x: vec![1; 4] };
    KeyRing {
        version: 4,
        signing: vec![
            key("a", ed25519(), KeyState::Retired { at: at(1) }),
            key(
                "b",
                PublicKey::P256 { x: vec![1], y: vec![2] },
                KeyState::Retiring { until: at(2) },
            ),
            key(
                "c",
                PublicKey::Rsa {
                    n: vec![3],
                    e: vec![1, 0, 1],
                },
                KeyState::Active {
                    private: private(),
                    since: at(3),
                },
            ),
            key(
                "d",
                ed25519(),
                KeyState::Next {
                    private: private(),
                    published_at: at(4),
                },
            ),
        ],
        refresh_mac: Sealed(vec![5, 6]),
    }
}

fn items() -> Vec<CopyItem> {
    let bare = AccountCopy {
        account: Account::new(AccountId::from_bytes([9; 16]), at(0)),
        unionids: Vec::new(),
        sessions: Vec::new(),
    };
    let event = AuditEvent {
        id: EventId::from_bytes([3; 16]),
        at: at(10),
        action: AuditAction::LoginFailed,
        actor: Actor::ApiKey("ops".into()),
        account: Some(AccountId::from_bytes([1; 16])),
        session: Some(session().id),
        app: AppId::parse("wx0000000000000001").ok(),
        code: Some("account_suspended".into()),
        detail: Some("more".into()),
        request_id: Some("request-1".into()),
        ip: Some(IpPseudonym("ip_3fXq0bM2Jc9TZkWd".into())),
    };
    vec![
        account().into(),
        bare.into(),
        CopyItem::Push(HonouredPush {
            hash: MessageHash([7; 32]),
            at: at(9),
        }),
        CopyItem::ApiKey(ApiKey {
            name: ApiKeyName::parse("orders").unwrap(),
            digest: ApiKeyDigest([8; 32]),
            scopes: Scope::ALL.into(),
            created_at: Some(at(11)),
        }),
        CopyItem::Event(Box::new(event)),
        CopyItem::KeyRing(Box::new(key_ring())),
    ]
}

#[test]
fn a_backup_is_these_lines() {
    let (file, counts) = written(&items());
    let text = String::from_utf8(file).unwrap();
    insta::assert_snapshot!(text);
    let examined = examine(text.as_bytes(), &Unlock::none()).unwrap();
    assert_eq!(examined.counts, counts);
    assert_eq!((examined.created_at, &*examined.program), (at(120), "0.1.0"));
}

/// A file of the first release that wrote any: whatever becomes of the program, it reads it.
#[test]
fn version_1_is_read() {
    let file = include_str!("version-1.jsonl");
    let mut reader = BackupReader::open(file.as_bytes(), &Unlock::none()).unwrap();
    let mut read = Vec::new();
    while let Some(item) = reader.next_item().unwrap() {
        read.push(item);
    }
    assert_eq!(read, items());
}
