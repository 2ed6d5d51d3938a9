use std::io::{Read as _, Write as _};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use clap::Parser as _;
use wxlogin_domain::account::{Account, LinkedIdentity};
use wxlogin_domain::api_key::{ApiKey, ApiKeyDigest, ApiKeyName, Scope};
use wxlogin_domain::copy::{AccountCopy, HonouredPush};
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, WechatIdentity};
use wxlogin_domain::ports::copy_store::Export;
use wxlogin_domain::ports::store::Store;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::push::MessageHash;
use wxlogin_domain::session::{Session, SessionRef};
use wxlogin_domain::timestamp::Timestamp;

use super::*;
use crate::cli::{Cli, backup};
use crate::wiring::{Foundations, Lock, WiringError};

const ACCOUNTS: u16 = 1_300;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(1_769_614_976 + seconds)
}

/// Somebody with sessions.
fn person(config: &Config, number: u16) -> AccountCopy {
    let mut random = [0; 10];
    random[8..].copy_from_slice(&number.to_be_bytes());
    let id = AccountId::new(at(0), random);
    let identity = WechatIdentity {
        app: AppId::parse("wx00000000000000a1").unwrap(),
        openid: OpenId::parse(&format!("o{number}")).unwrap(),
        unionid: None,
    };
    let session = |seconds: u8| {
        random[0] = seconds;
        let id = SessionRef {
            account: id,
            session: SessionId::new(at(seconds.into()), random),
        };
        let policy = config.tokens.session_policy();
        Session::begin(id, identity.clone(), None, None, at(seconds.into()), &policy)
    };
    AccountCopy {
        sessions: (0..3).map(session).collect(),
        account: Account {
            identities: vec![LinkedIdentity {
                identity: identity.clone(),
                first_seen_at: at(0),
                unionid_conflict: None,
            }],
            ..Account::new(id, at(0))
        },
        unionids: Vec::new(),
    }
}

/// What a service leaves behind: keys, and here many people.
async fn deployment() -> (Config, Arc<dyn Store>) {
    let config = Config::for_testing();
    let store = OpenStore::in_memory().store;
    start(&config, &store).await.unwrap();
    let people: Vec<CopyItem> = (0..ACCOUNTS).map(|number| person(&config, number).into()).collect();
    for piece in people.chunks(MAX_PIECE) {
        store.import(piece).await.unwrap();
    }
    let others = [
        CopyItem::Push(HonouredPush {
            hash: MessageHash([7; 32]),
            at: at(1),
        }),
        CopyItem::ApiKey(ApiKey {
            name: ApiKeyName::parse("orders").unwrap(),
            digest: ApiKeyDigest([8; 32]),
            scopes: vec![Scope::Introspect],
            created_at: Some(at(2)),
        }),
    ];
    store.import(&others).await.unwrap();
    (config, store)
}

/// Starts the use cases of a service.
async fn start(config: &Config, store: &Arc<dyn Store>) -> Result<(), WiringError> {
    let master_key = config.master_key.clone().unwrap();
    let foundations = Foundations::new(config, &master_key, Arc::clone(store)).await?;
    wiring::services(config, &master_key, foundations).await.map(drop)
}

async fn everything(store: &dyn CopyStore) -> Vec<CopyItem> {
    let mut export = store.export().await.unwrap();
    let mut items = Vec::new();
    while let Some(piece) = export.next().await.unwrap() {
        items.extend(piece);
    }
    items
}

/// A file with a backup of a store.
async fn backup_of(store: &dyn Store, lock: &Lock) -> File {
    let mut file = tempfile::tempfile().unwrap();
    backup::copy(store, &mut file, lock).await.unwrap();
    file.rewind().unwrap();
    file
}

fn said(error: &anyhow::Error) -> String {
    format!("{error:#}")
}

const SOMEWHERE: StoreUrl = StoreUrl::Memory;

#[tokio::test]
async fn a_store_is_copied_into_another_where_the_service_goes_on() {
    let (config, store) = deployment().await;
    let file = backup_of(&*store, &Lock::Open).await;
    let mut backup = Proven::of(file, Unlock::none()).unwrap();
    backup.opens_under(&MasterKey::for_testing(), &config).unwrap();
    let other = OpenStore::in_memory().store;
    let counts = fill(&SOMEWHERE, &*other, &mut backup).await.unwrap();
    assert_eq!(counts.accounts, u64::from(ACCOUNTS));
    assert_eq!(counts.sessions, u64::from(ACCOUNTS) * 3);
    assert_eq!(everything(&*other).await, everything(&*store).await);
    start(&config, &other).await.unwrap();
    assert_eq!(other.key_ring().await, store.key_ring().await);
}

#[tokio::test]
async fn an_encrypted_backup_needs_its_key() {
    const PUBLIC: &str = "age1lgtawt058m7ssdxmwgp7fjzgzvllxfskgu9fa5jceg33g6y3t43qh5ydld";
    const PRIVATE: &str = "AGE-SECRET-KEY-1UD8LE0UCLJNZFTCDDT76TP9QADF5GDMM58XALXNYL6VYR54PJ28QNQC8ES";
    let (_, store) = deployment().await;
    let lock = Lock::Recipients(vec![PUBLIC.parse().unwrap()]);
    let mut file = backup_of(&*store, &lock).await;
    let mut text = Vec::new();
    file.read_to_end(&mut text).unwrap();
    assert!(!text.windows(7).any(|bytes| bytes == b"account"));
    let again = || {
        let mut copy = tempfile::tempfile().unwrap();
        copy.write_all(&text).unwrap();
        copy.rewind().unwrap();
        copy
    };
    let refused = Proven::of(again(), Unlock::none()).err().unwrap();
    assert!(said(&refused).contains("no identity was given"), "{refused:#}");
    let mut backup = Proven::of(again(), Unlock::identities(PRIVATE).unwrap()).unwrap();
    let other = OpenStore::in_memory().store;
    fill(&SOMEWHERE, &*other, &mut backup).await.unwrap();
    assert_eq!(everything(&*other).await, everything(&*store).await);
}

#[tokio::test]
async fn a_store_that_holds_something_is_not_filled() {
    let (_, store) = deployment().await;
    let mut backup = Proven::of(backup_of(&*store, &Lock::Open).await, Unlock::none()).unwrap();
    let before = everything(&*store).await;
    let url = StoreUrl::SurrealKv {
        path: "data/wxlogin".into(),
    };
    let refused = fill(&url, &*store, &mut backup).await.unwrap_err();
    insta::assert_snapshot!(said(&refused), @"the store surrealkv://data/wxlogin is not empty, and a backup is restored into an empty one only. Name a new one with WXLOGIN_STORE, or, where this one is of a restore that was cut short or is not needed any more, remove the directory data/wxlogin");
    assert_eq!(everything(&*store).await, before);
}

#[tokio::test]
async fn another_master_key_is_told_before_anything_is_written() {
    let (config, store) = deployment().await;
    let backup = Proven::of(backup_of(&*store, &Lock::Open).await, Unlock::none()).unwrap();
    let refused = backup
        .opens_under(&MasterKey::development([9; 20]), &config)
        .unwrap_err();
    insta::assert_snapshot!(said(&refused), @"WXLOGIN_MASTER_KEY: the keys in the backup do not open under it; set the key that the service had when the backup was made. Nothing was written");
}

#[tokio::test]
async fn what_is_not_a_whole_backup_of_a_deployment_is_refused() {
    let (_, store) = deployment().await;
    let cut = backup_of(&*store, &Lock::Open).await;
    let length = cut.metadata().unwrap().len();
    cut.set_len(length - 100).unwrap();
    let refused = Proven::of(cut, Unlock::none()).err().unwrap();
    assert!(said(&refused).contains("cut short"), "{refused:#}");
    let mut keyless = tempfile::tempfile().unwrap();
    wiring::begin_backup(&mut keyless, &Lock::Open)
        .unwrap()
        .finish()
        .unwrap();
    keyless.rewind().unwrap();
    let refused = Proven::of(keyless, Unlock::none()).err().unwrap();
    assert!(said(&refused).contains("no signing keys"), "{refused:#}");
}

#[tokio::test]
async fn there_is_no_backup_of_nothing_nor_of_half_a_store() {
    let empty = OpenStore::in_memory().store;
    let refused = backup::copy(&*empty, Vec::new(), &Lock::Open).await.unwrap_err();
    assert!(said(&refused).contains("nothing in the store"), "{refused:#}");
    let somebody = person(&Config::for_testing(), 1);
    empty.import(&[somebody.into()]).await.unwrap();
    let refused = backup::copy(&*empty, Vec::new(), &Lock::Open).await.unwrap_err();
    assert!(said(&refused).contains("cut short"), "{refused:#}");
}

/// Everybody would be logged out by new keys, and nobody would know why.
#[tokio::test]
async fn the_service_does_not_start_on_half_a_store() {
    let config = Config::for_testing();
    let store = OpenStore::in_memory().store;
    store.import(&[person(&config, 1).into()]).await.unwrap();
    let refused = start(&config, &store).await.unwrap_err();
    insta::assert_snapshot!(refused, @"WXLOGIN_STORE: the store holds accounts and no keys: a restore into it was cut short. Empty the store and restore the backup again");
    assert_eq!(store.key_ring().await, Ok(None));
}

/// A store that notes what it is given, and fails at some of it.
#[derive(Default)]
struct Failing {
    /// For how many calls, from which on.
    unavailable: std::ops::Range<usize>,
    pieces: Mutex<Vec<Vec<CopyItem>>>,
    calls: Mutex<usize>,
}

#[async_trait]
impl CopyStore for Failing {
    async fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(true)
    }

    async fn export(&self) -> Result<Box<dyn Export>, StoreError> {
        Err(StoreError::Unavailable("it is not read".into()))
    }

    async fn import(&self, items: &[CopyItem]) -> Result<(), StoreError> {
        let mut calls = self.calls.lock().unwrap();
        *calls += 1;
        if self.unavailable.contains(&*calls) {
            return Err(StoreError::Unavailable("too slow".into()));
        }
        self.pieces.lock().unwrap().push(items.to_vec());
        Ok(())
    }
}

#[tokio::test]
async fn pieces_are_small_and_in_order_and_the_keys_come_alone_and_last() {
    let (_, store) = deployment().await;
    let mut backup = Proven::of(backup_of(&*store, &Lock::Open).await, Unlock::none()).unwrap();
    let other = Failing {
        unavailable: 2..4,
        ..Failing::default()
    };
    fill(&SOMEWHERE, &other, &mut backup).await.unwrap();
    let pieces = other.pieces.into_inner().unwrap();
    assert_eq!(pieces.concat(), everything(&*store).await, "each once, in order");
    let (last, others) = pieces.split_last().unwrap();
    assert!(matches!(last.as_slice(), [CopyItem::KeyRing(_)]), "{last:?}");
    assert!(
        others.len() > usize::from(ACCOUNTS) * 4 / (ROWS + 4),
        "{}",
        others.len()
    );
    let rows = |piece: &Vec<CopyItem>| piece.iter().map(rows_of).sum::<usize>();
    assert!(
        others
            .iter()
            .all(|piece| rows(piece) < ROWS + 4 && piece.len() <= MAX_PIECE)
    );
}

#[tokio::test]
async fn a_store_that_stays_away_is_told_with_what_to_do() {
    let (_, store) = deployment().await;
    let mut backup = Proven::of(backup_of(&*store, &Lock::Open).await, Unlock::none()).unwrap();
    let other = Failing {
        unavailable: 3..usize::MAX,
        ..Failing::default()
    };
    let url = StoreUrl::SurrealKv {
        path: "data/wxlogin".into(),
    };
    let refused = fill(&url, &other, &mut backup).await.unwrap_err();
    insta::assert_snapshot!(said(&refused), @"the restore was cut short, and the store surrealkv://data/wxlogin holds a part of the backup, with which the service does not start. To begin anew, remove the directory data/wxlogin: the store is unavailable: too slow");
    let pieces = other.pieces.into_inner().unwrap().concat();
    assert!(
        !pieces.iter().any(|item| matches!(item, CopyItem::KeyRing(_))),
        "no keys"
    );
}

/// Whoever makes a backup has to know what else to keep.
#[test]
fn the_help_says_what_is_in_it() {
    let help = Cli::try_parse_from(["wxlogin", "backup", "--help"])
        .unwrap_err()
        .to_string();
    assert!(help.contains("Not in it: the master key"), "{help}");
}

#[test]
fn arguments() {
    let key = "age1lgtawt058m7ssdxmwgp7fjzgzvllxfskgu9fa5jceg33g6y3t43qh5ydld";
    let parses = |arguments: &[&str]| Cli::try_parse_from([&["wxlogin"], arguments].concat()).is_ok();
    assert!(parses(&["backup", "-"]));
    assert!(parses(&[
        "backup",
        "file",
        "--recipient",
        key,
        "--recipient",
        key,
        "--dev"
    ]));
    assert!(parses(&["backup", "file", "--passphrase-file", "secret"]));
    assert!(!parses(&["backup"]));
    assert!(!parses(&["backup", "file", "--recipient", "age1nobody"]));
    assert!(!parses(&[
        "backup",
        "file",
        "--recipient",
        key,
        "--passphrase-file",
        "secret"
    ]));
    assert!(parses(&["restore", "-", "--identity", "file"]));
    assert!(!parses(&[
        "restore",
        "file",
        "--identity",
        "file",
        "--passphrase-file",
        "secret"
    ]));
}
