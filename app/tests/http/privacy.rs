//! What no answer may tell of people: where they are, who they were, in the audit log who they are, and to one person
//! who another one is.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Mutex;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poem::http::{Method, header};
use serde_json::Value;

use crate::call::Call;
use crate::reply::Reply;
use crate::secrets::FIXED_PAGES;

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
    /// Openids and unionids, and the accounts that have or had them.
    identities: BTreeMap<String, BTreeSet<String>>,
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
        known.check_of_others(call, reply, &body);
        let events = events(call, &body).to_string();
        for detail in known.people.values().flatten() {
            assert!(!events.contains(detail), "{detail} is in the audit log: {events}");
        }
        known.note_erasure(call, reply);
    }

    /// An account is erased.
    pub fn note_erased(&self, id: &str) {
        self.0.lock().unwrap().erase(id);
    }
}

impl Known {
    /// Finds accounts, wherever they are in a body.
    fn learn(&mut self, body: &Value) {
        if let (Some(id), Some(identities)) = (body["id"].as_str(), body["identities"].as_array()) {
            assert!(!self.erased.contains_key(id), "an erased account is shown: {body}");
            let fields = [&body["phone"]["number"], &body["nickname"], &body["avatar_url"]];
            let of_wechat = identities.iter().flat_map(|who| [&who["openid"], &who["unionid"]]);
            for name in of_wechat.clone().filter_map(Value::as_str) {
                let holders = self.identities.entry(name.to_owned()).or_default();
                holders.insert(id.to_owned());
            }
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

    /// Whoever calls with a token of their own gets nobody else's openid or unionid.
    fn check_of_others(&self, call: &Call, reply: &Reply, body: &Value) {
        let is_for_operators = call.resource().starts_with("/admin/") || call.resource() == "/v1/introspect";
        if is_for_operators || FIXED_PAGES.contains(&call.resource()) {
            return;
        }
        let own = [&body["id"], &body["account"]["id"]]
            .into_iter()
            .find_map(Value::as_str);
        let own = own.map(str::to_owned).or_else(|| account_of_token(call));
        let text = String::from_utf8_lossy(&reply.body);
        let is_own = |holders: &BTreeSet<String>| own.as_ref().is_some_and(|own| holders.contains(own));
        for (name, _) in self.identities.iter().filter(|(_, holders)| !is_own(holders)) {
            let is_in_body = text.contains(&format!("\"{name}\""));
            let is_in_headers = reply.headers.values().any(|value| value == name);
            assert!(
                !is_in_body && !is_in_headers,
                "{name} is told to somebody else: {reply:?}"
            );
        }
    }

    fn note_erasure(&mut self, call: &Call, reply: &Reply) {
        if call.method != Method::DELETE || reply.status != 204 {
            return;
        }
        let by_owner = || account_of_token(call).filter(|_| call.resource() == "/v1/me");
        let by_operator = call.resource().strip_prefix("/admin/v1/accounts/");
        let by_operator = by_operator.filter(|id| !id.contains('/')).map(str::to_owned);
        if let Some(id) = by_operator.or_else(by_owner) {
            self.erase(&id);
        }
    }

    fn erase(&mut self, id: &str) {
        let details = self.people.remove(id).unwrap_or_default();
        self.erased.insert(id.to_owned(), details);
    }
}

/// Whose access token a call carries, if it has the form of one.
fn account_of_token(call: &Call) -> Option<String> {
    let authorization = call.headers.iter().find(|(name, _)| *name == header::AUTHORIZATION);
    let token = authorization?.1.to_str().ok()?.strip_prefix("Bearer ")?;
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    claims["sub"].as_str().map(str::to_owned)
}

/// The events in an answer.
fn events(call: &Call, body: &Value) -> Value {
    if call.resource() == "/admin/v1/audit" {
        body.clone()
    } else {
        body["audit"].clone()
    }
}
