//! The last requests and what each was answered, for whoever watches. Nothing in it is good for anything: what is secret
//! at WeChat is masked, and of a code there is the beginning, by which people tell one from another.

use std::collections::VecDeque;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::platform::Api;
use crate::scenario::Step;

const MOST_ENTRIES: usize = 100;

/// Longer texts are a stranger's, and must not fill the memory.
const LONGEST_TEXT: usize = 128;

const SECRET: [&str; 4] = ["secret", "session_key", "access_token", "signature"];

/// What is good for one exchange.
const CODES: [&str; 2] = ["js_code", "code"];

/// Characters of a code.
const BEGINNING: usize = 6;

const MASK: &str = "••••••";

/// One request that has reached the platform.
#[derive(Clone, Serialize)]
pub(crate) struct Entry {
    pub(crate) api: Api,
    pub(crate) method: String,
    /// The parameters, those of the query and those of the body.
    pub(crate) asked: Map<String, Value>,
    /// Nothing where a fault has spoiled the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) answer: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) fault: Option<Step>,
}

/// An entry with its number: the first request has 1, and no two have the same.
#[derive(Clone, Serialize)]
pub(crate) struct Numbered {
    number: u64,
    #[serde(flatten)]
    entry: Entry,
}

/// Requests in the order of their arrival.
#[derive(Default)]
pub(crate) struct Journal {
    entries: VecDeque<Numbered>,
    noted: u64,
}

impl Journal {
    pub(crate) fn note(&mut self, mut entry: Entry) {
        entry.method = beginning(&entry.method, LONGEST_TEXT);
        if self.entries.len() == MOST_ENTRIES {
            self.entries.pop_front();
        }
        self.noted += 1;
        self.entries.push_back(Numbered {
            number: self.noted,
            entry,
        });
    }

    /// What is still there, the oldest first.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Numbered> {
        self.entries.iter()
    }
}

/// A member as it may be shown.
pub(crate) fn shown(name: &str, value: &Value) -> Value {
    if SECRET.contains(&name) {
        return MASK.into();
    }
    match value {
        Value::String(text) if CODES.contains(&name) => format!("{}{MASK}", beginning(text, BEGINNING)).into(),
        Value::String(text) => beginning(text, LONGEST_TEXT).into(),
        Value::Array(_) | Value::Object(_) => MASK.into(),
        _ => value.clone(),
    }
}

fn beginning(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

/// The platform's own answer, as it may be shown.
pub(crate) fn shown_answer(answer: &Value) -> Value {
    let Some(members) = answer.as_object() else {
        return answer.clone();
    };
    members
        .iter()
        .map(|(name, value)| {
            let is_secret = SECRET.contains(&&**name);
            (name.clone(), if is_secret { MASK.into() } else { value.clone() })
        })
        .collect::<Map<_, _>>()
        .into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn entry() -> Entry {
        Entry {
            api: Api::Jscode2session,
            method: "GET".to_owned(),
            asked: Map::new(),
            answer: None,
            fault: None,
        }
    }

    #[test]
    fn the_memory_is_bounded_and_numbers_go_on() {
        let mut journal = Journal::default();

        for _ in 0..MOST_ENTRIES + 5 {
            journal.note(entry());
        }

        let numbers: Vec<u64> = journal.entries().map(|entry| entry.number).collect();
        assert_eq!(numbers.len(), MOST_ENTRIES);
        assert_eq!((numbers[0], numbers.last()), (6, Some(&105)));
    }

    #[test]
    fn a_long_method_is_cut() {
        let mut journal = Journal::default();

        journal.note(Entry {
            method: "M".repeat(1000),
            ..entry()
        });

        assert_eq!(journal.entries().next().unwrap().entry.method.len(), LONGEST_TEXT);
    }

    #[test]
    fn what_is_secret_or_long_is_not_kept() {
        assert_eq!(shown("secret", &json!("s")), MASK);
        assert_eq!(shown("appid", &json!("wx1")), "wx1");
        assert_eq!(shown("appid", &json!(["x"])), MASK);
        assert_eq!(shown("js_code", &json!("0123456789")), "012345••••••");
        assert_eq!(shown("code", &json!("é".repeat(1000))), "éééééé••••••");
        let long = shown("openid", &json!("é".repeat(1000)));
        assert_eq!(long.as_str().unwrap().chars().count(), LONGEST_TEXT);
        let answer = json!({"session_key": "k", "openid": "o", "phone_info": {"phoneNumber": "1"}});
        let expected = json!({"session_key": MASK, "openid": "o", "phone_info": {"phoneNumber": "1"}});
        assert_eq!(shown_answer(&answer), expected);
    }
}
