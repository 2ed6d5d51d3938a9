//! What a refresh makes of a session.

use std::hint::black_box;

use criterion::{BatchSize, Criterion};
use wxlogin_domain::id::{AccountId, SessionId};
use wxlogin_domain::session::{Session, SessionRef};

use crate::sample::{POLICY, at, identity};

pub fn refreshed(criterion: &mut Criterion) {
    let id = SessionRef {
        account: AccountId::from_bytes([1; 16]),
        session: SessionId::from_bytes([2; 16]),
    };
    let session = Session::begin(id, identity(), None, None, at(0), &POLICY);
    criterion.bench_function("session, refreshed", |bencher| {
        bencher.iter_batched(
            || session.clone(),
            |session| {
                let presented = session.generation;
                session
                    .refresh(black_box(presented), at(60), &POLICY)
                    .expect("it is the current one")
            },
            BatchSize::SmallInput,
        );
    });
}
