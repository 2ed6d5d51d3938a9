//! Messages that WeChat pushed.

use async_trait::async_trait;
use wxlogin_domain::ports::push_store::PushStore;
use wxlogin_domain::ports::store::StoreError;
use wxlogin_domain::push::{MessageHash, PushAct, PushEffect, PushOutcome};
use wxlogin_domain::timestamp::Timestamp;

use crate::MemoryStore;

#[async_trait]
impl PushStore for MemoryStore {
    async fn honour(&self, act: &PushAct) -> Result<PushOutcome, StoreError> {
        let mut state = self.state();
        if state.pushes.contains_key(&act.hash) {
            return Ok(PushOutcome::Repeated);
        }
        state.pushes.insert(act.hash, act.at);
        let found = act
            .openid
            .as_ref()
            .and_then(|openid| state.of_identity(&act.app, openid));
        let event = match &found {
            Some(account) => act.event.clone().on_account(account.id),
            None => act.event.clone(),
        };
        if let Some(account) = &found {
            match act.effect.on(account) {
                PushEffect::Erase => drop(state.remove(account.id)),
                PushEffect::Forget(what) => state.put(what.taken_from(account.clone())),
                PushEffect::Record => {}
            }
        }
        state.append(&event);
        Ok(PushOutcome::Honoured(found.map(Box::new)))
    }

    async fn sweep_pushes(&self, before: Timestamp, limit: usize) -> Result<usize, StoreError> {
        let mut state = self.state();
        let mut old: Vec<(Timestamp, MessageHash)> = state
            .pushes
            .iter()
            .filter(|(_, at)| **at < before)
            .map(|(hash, at)| (*at, *hash))
            .collect();
        old.sort_unstable();
        old.truncate(limit);
        for (_, hash) in &old {
            state.pushes.remove(hash);
        }
        Ok(old.len())
    }
}
