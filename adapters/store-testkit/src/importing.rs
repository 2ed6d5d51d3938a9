//! Users of a business, and importing them.

use std::sync::Arc;

use wxlogin_domain::account::Nickname;
use wxlogin_domain::audit::AuditAction;
use wxlogin_domain::external_id::ExternalId;
use wxlogin_domain::identity::WechatIdentity;
use wxlogin_domain::import::ImportService;
use wxlogin_domain::import_rules::{Imported, ImportedUser, plan};
use wxlogin_domain::origin::{Actor, Origin};
use wxlogin_domain::phone_number::{PhoneNumber, PhonePolicy};
use wxlogin_domain::ports::clock::FixedClock;
use wxlogin_domain::ports::entropy::Entropy;
use wxlogin_domain::ports::import_store::ImportAct;
use wxlogin_domain::ports::store::Store;

use crate::StoreUnderTest;
use crate::sample::{at, event, new_account_id, unique};

/// Draws what nobody else in this process draws.
struct Draws;

impl Entropy for Draws {
    fn fill(&self, buffer: &mut [u8]) {
        for (byte, drawn) in buffer.iter_mut().rev().zip(unique().into_iter().rev()) {
            *byte = drawn;
        }
    }
}

/// Somebody whom the business knows, of whom it says no more.
pub(crate) fn user(identity: WechatIdentity, external_id: &str) -> ImportedUser {
    ImportedUser {
        identity,
        external_id: ExternalId::parse(external_id).unwrap(),
        phone: None,
        nickname: None,
    }
}

/// Somebody of whom it says all.
pub(crate) fn described(identity: WechatIdentity, external_id: &str, number: &str, nickname: &str) -> ImportedUser {
    ImportedUser {
        phone: PhoneNumber::parse(number).ok(),
        nickname: Nickname::parse(nickname).ok(),
        ..user(identity, external_id)
    }
}

/// Imports a piece.
pub(crate) async fn imported(
    store: &StoreUnderTest,
    users: &[ImportedUser],
    phones: PhonePolicy,
    seconds: i64,
) -> Vec<Imported> {
    let service = ImportService {
        store: Arc::<dyn Store>::clone(store),
        phones,
        entropy: Arc::new(Draws),
        clock: Arc::new(FixedClock::at(at(seconds))),
    };
    let origin = Origin::service().by(Actor::ApiKey("command-line".into()));
    let outcomes = service.import(&origin, users).await.expect("the store imports users");
    assert_eq!(outcomes.len(), users.len());
    outcomes
}

/// What an import would write, as things stand.
pub(crate) async fn act_on(
    store: &StoreUnderTest,
    users: &[ImportedUser],
    phones: PhonePolicy,
    seconds: i64,
) -> ImportAct {
    let known = store
        .known_users(users, phones)
        .await
        .expect("the store reads accounts");
    let plan = plan(users, known, phones, at(seconds), &mut new_account_id);
    ImportAct {
        made: plan.made,
        changed: plan.changed,
        unionids: plan.unionids,
        phones,
        event: event(AuditAction::AccountsImported, seconds),
    }
}
