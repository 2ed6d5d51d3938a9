//! What no answer may tell of people: where they are, who they were, and in the audit log who they are.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Mutex;

use poem::http::{Method, header};
use serde_json::Value;

use crate::call::Call;
use crate::reply::Reply;

/// Shorter texts are found anywhere by chance.
const SHORTEST: usize = 6;

/// What went to and fro.
#[derive(Default)]
pub struct Privacy(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// Addresses and `User-Agent` headers.
    origins: BTreeSet<String>,
    /// Openids, unionids, phone numbers, profiles, by the account's id.
    people: BTreeMap<String, BTreeSet<String>>,
    /// The same of accounts that are erased.
    erased: BTreeMap<String, BTreeSet<String>>,
}

impl Privacy {
    /// Where a request comes from.
    pub fn note_request(&self, call: &Call) {
        let origins = &mut self.0.lock().unwrap().origins;
        origins.extend(call.peer.map(|peer| peer.to_string()));
        for (name, value) in &call.headers {
            let value = value.to_str().unwrap_or_default();
            if *name == "x-forwarded-for" {
                let hops = value.split(',').filter_map(|hop| hop.trim().parse::<IpAddr>().ok());
                origins.extend(hops.map(|hop| hop.to_string()));
            } else if *name == header::USER_AGENT && value.len() >= SHORTEST {
                origins.insert(value.to_owned());
            }
        }
    }

    /// Checks an answer.
    pub fn check(&self, call: &Call, reply: &Reply) {
        let mut known = self.0.lock().unwrap();
        let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
        known.learn(&body);
        let text = format!("{:?} {}", reply.headers, String::from_utf8_lossy(&reply.body));
        for origin in &known.origins {
            assert!(!text.contains(origin), "{origin} is in {text}");
        }
        for detail in known.erased.values().flatten() {
            assert!(!text.contains(detail), "{detail} of an erased account is in {text}");
        }
        let events = events(call, &body).to_string();
        for detail in known.people.values().flatten() {
            assert!(!events.contains(detail), "{detail} is in the audit log: {events}");
        }
        known.note_erasure(call, reply);
    }
}

impl Known {
    /// Finds accounts, wherever they are in a body.
    fn learn(&mut self, body: &Value) {
        if let (Some(id), Some(identities)) = (body["id"].as_str(), body["identities"].as_array()) {
            assert!(!self.erased.contains_key(id), "an erased account is shown: {body}");
            let fields = [&body["phone"]["number"], &body["nickname"], &body["avatar_url"]];
            let of_wechat = identities.iter().flat_map(|who| [&who["openid"], &who["unionid"]]);
            let details = fields.into_iter().chain(of_wechat).filter_map(Value::as_str);
            let details: BTreeSet<String> = details
                .filter(|text| text.len() >= SHORTEST)
                .map(str::to_owned)
                .collect();
            // Whoever was erased may come back, as somebody new.
            for erased in self.erased.values_mut() {
                erased.retain(|detail| !details.contains(detail));
            }
            self.people.entry(id.to_owned()).or_default().extend(details);
        }
        match body {
            Value::Array(values) => values.iter().for_each(|value| self.learn(value)),
            Value::Object(fields) => fields.values().for_each(|value| self.learn(value)),
            _ => {}
        }
    }

    fn note_erasure(&mut self, call: &Call, reply: &Reply) {
        let Some(id) = call.resource().strip_prefix("/admin/v1/accounts/") else {
            return;
        };
        if call.method == Method::DELETE && reply.status == 204 && !id.contains('/') {
            let details = self.people.remove(id).unwrap_or_default();
            self.erased.insert(id.to_owned(), details);
        }
    }
}

/// The events in an answer.
fn events(call: &Call, body: &Value) -> Value {
    if call.resource() == "/admin/v1/audit" {
        body.clone()
    } else {
        body["audit"].clone()
    }
}
