//! What the embedded store does in a second, by how many ask at the same time:
//! `cargo bench -p wxlogin-store-surreal`.
//!
//! The directory is a fresh one in the system's folder for temporary files; every write is synced to its disk.

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use tokio::runtime::Runtime;
use tokio::time::Instant;
use wxlogin_domain::audit::{AuditAction, AuditEvent};
use wxlogin_domain::copy::{CopyItem, HonouredPush};
use wxlogin_domain::id::{AccountId, EventId, SessionId};
use wxlogin_domain::identity::{AppId, OpenId, WechatIdentity};
use wxlogin_domain::login_rules::{LoginOutcome, LoginRecord};
use wxlogin_domain::origin::{Actor, Origin};
use wxlogin_domain::ports::account_store::AccountStore as _;
use wxlogin_domain::ports::copy_store::CopyStore as _;
use wxlogin_domain::ports::session_store::SessionStore as _;
use wxlogin_domain::push::MessageHash;
use wxlogin_domain::session::{Refresh, Session, SessionPolicy, SessionRef};
use wxlogin_domain::timestamp::Timestamp;
use wxlogin_store_surreal::{Location, SurrealStore};

const CALLERS: [u64; 3] = [1, 16, 64];

const POLICY: SessionPolicy = SessionPolicy {
    refresh_ttl: Duration::from_secs(30 * 86_400),
    session_ttl: Duration::from_secs(180 * 86_400),
    refresh_grace: Duration::from_secs(60),
    max_per_account: 1_000_000,
};

fn drawn() -> u64 {
    static DRAWN: AtomicU64 = AtomicU64::new(1);
    DRAWN.fetch_add(1, Ordering::Relaxed)
}

fn unique() -> [u8; 10] {
    let mut bytes = [0; 10];
    bytes[2..].copy_from_slice(&drawn().to_be_bytes());
    bytes
}

fn login(openid: &str) -> LoginRecord {
    let at = Timestamp::from_unix_seconds(1_769_000_000);
    LoginRecord {
        identity: WechatIdentity {
            app: AppId::parse("wx0000000000000001").expect("an appid"),
            openid: OpenId::parse(openid).expect("an openid"),
            unionid: None,
        },
        phone: None,
        device: None,
        client: None,
        new_account: AccountId::new(at, unique()),
        session: SessionId::new(at, unique()),
        policy: POLICY,
        at,
        event: AuditEvent::new(
            &Origin::service().by(Actor::Person),
            AuditAction::LoginSucceeded,
            at,
            unique(),
        ),
        conflict_event: EventId::new(at, unique()),
        phone_event: EventId::new(at, unique()),
    }
}

async fn log_in(store: &SurrealStore, openid: &str) -> Session {
    match store.record_login(&login(openid)).await.expect("the store answers") {
        LoginOutcome::Recorded(recorded) => recorded.session,
        other => panic!("the login is recorded: {other:?}"),
    }
}

async fn refresh(store: &SurrealStore, session: Session) -> Session {
    let (generation, at) = (session.generation, session.rotated_at.plus(Duration::from_secs(1)));
    match session.refresh(generation, at, &POLICY) {
        Ok(Refresh::Rotate(next)) => {
            assert!(store.advance_session(&next).await.expect("the store answers"));
            next
        }
        other => panic!("the newest token rotates: {other:?}"),
    }
}

/// Runs `times` steps, shared among callers that each begin with what `begin` answers.
async fn shared<B, S, F>(times: u64, callers: u64, begin: B, step: impl Fn(S) -> F + Copy + Send + 'static) -> Duration
where
    B: AsyncFn() -> S,
    S: Send + 'static,
    F: Future<Output = S> + Send,
{
    let mut states = Vec::new();
    for _ in 0..callers {
        states.push(begin().await);
    }
    let started = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for (number, mut state) in (0..callers).zip(states) {
        let steps = times / callers + u64::from(number < times % callers);
        tasks.spawn(async move {
            for _ in 0..steps {
                state = step(state).await;
            }
        });
    }
    tasks.join_all().await;
    started.elapsed()
}

fn openid() -> String {
    format!("o{}", drawn())
}

fn benches(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let directory = tempfile::tempdir().expect("a directory");
    let location = Location::SurrealKv(directory.path().join("store"));
    let store = runtime.block_on(SurrealStore::open(&location, Duration::from_secs(30)));
    let store = Arc::new(store.expect("the store opens"));

    let mut group = criterion.benchmark_group("surrealkv");
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    group.throughput(Throughput::Elements(1));
    for callers in CALLERS {
        group.bench_with_input(
            BenchmarkId::new("first login", callers),
            &callers,
            |bencher, callers| {
                bencher.iter_custom(|times| {
                    let begin = async || Arc::clone(&store);
                    runtime.block_on(shared(times, *callers, begin, |store: Arc<SurrealStore>| async move {
                        log_in(&store, &openid()).await;
                        store
                    }))
                });
            },
        );
        group.bench_with_input(BenchmarkId::new("login", callers), &callers, |bencher, callers| {
            bencher.iter_custom(|times| {
                let begin = async || {
                    let openid = openid();
                    log_in(&store, &openid).await;
                    (Arc::clone(&store), openid)
                };
                runtime.block_on(shared(times, *callers, begin, |(store, openid)| async move {
                    log_in(&store, &openid).await;
                    (store, openid)
                }))
            });
        });
        group.bench_with_input(BenchmarkId::new("refresh", callers), &callers, |bencher, callers| {
            bencher.iter_custom(|times| {
                let begin = async || (Arc::clone(&store), log_in(&store, &openid()).await);
                runtime.block_on(shared(times, *callers, begin, |(store, session)| async move {
                    let next = refresh(&store, session).await;
                    (store, next)
                }))
            });
        });
        group.bench_with_input(BenchmarkId::new("session", callers), &callers, |bencher, callers| {
            bencher.iter_custom(|times| {
                let begin = async || (Arc::clone(&store), log_in(&store, &openid()).await.id);
                let read = |(store, id): (Arc<SurrealStore>, SessionRef)| async move {
                    black_box(store.session(id).await.expect("the store answers"));
                    (store, id)
                };
                runtime.block_on(shared(times, *callers, begin, read))
            });
        });
    }
    group.finish();

    // The ceiling: rows of two fields each, so many in a durable commit.
    let mut group = criterion.benchmark_group("surrealkv rows");
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    for rows in CALLERS {
        group.throughput(Throughput::Elements(rows));
        group.bench_with_input(BenchmarkId::new("a commit of", rows), &rows, |bencher, rows| {
            bencher.iter_custom(|times| {
                runtime.block_on(async {
                    let started = Instant::now();
                    for _ in 0..times {
                        let items: Vec<CopyItem> = (0..*rows).map(|_| row()).collect();
                        store.import(&items).await.expect("the store answers");
                    }
                    started.elapsed()
                })
            });
        });
    }
    group.finish();
    runtime.block_on(Arc::into_inner(store).expect("nobody else has it").close());
}

fn row() -> CopyItem {
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&drawn().to_be_bytes());
    CopyItem::Push(HonouredPush {
        hash: MessageHash(hash),
        at: Timestamp::from_unix_seconds(0),
    })
}

criterion_group!(store, benches);
criterion_main!(store);
