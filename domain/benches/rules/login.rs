//! Whose account a login belongs to.

use std::hint::black_box;

use criterion::{BatchSize, Criterion};
use wxlogin_domain::audit::{AuditAction, AuditEvent};
use wxlogin_domain::id::{AccountId, EventId, SessionId};
use wxlogin_domain::login_rules::{KnownAccounts, LoginRecord, decide};
use wxlogin_domain::origin::Origin;

use crate::sample::{POLICY, account, at, identity};

pub fn decided(criterion: &mut Criterion) {
    let login = login();
    let returning = KnownAccounts {
        by_identity: Some(account()),
        by_unionid: Some(account()),
        with_phone: Vec::new(),
    };
    for (name, known) in [("first", KnownAccounts::default()), ("returning", returning)] {
        criterion.bench_function(&format!("login, decided, {name}"), |bencher| {
            bencher.iter_batched(
                || known.clone(),
                |known| decide(known, black_box(&login)),
                BatchSize::SmallInput,
            );
        });
    }
}

fn login() -> LoginRecord {
    LoginRecord {
        identity: identity(),
        phone: None,
        device: None,
        client: None,
        new_account: AccountId::from_bytes([9; 16]),
        session: SessionId::from_bytes([5; 16]),
        policy: POLICY,
        at: at(100),
        event: AuditEvent::new(&Origin::service(), AuditAction::LoginSucceeded, at(100), [3; 10]),
        conflict_event: EventId::from_bytes([4; 16]),
        phone_event: EventId::from_bytes([6; 16]),
    }
}
