//! Query parameters, read one by one, so that every fault is told at once and by name.

use std::collections::BTreeSet;

use poem::{FromRequest, Request, RequestBody};
use wxlogin_domain::timestamp::Timestamp;

use super::problem::{FieldErrors, Problem, Text, text};

/// How many there are on a page where nobody says.
const DEFAULT_LIMIT: usize = 20;
/// How many there are on a page at the most.
pub const MAX_LIMIT: usize = 100;

/// The parameters of a request, as they came. Handlers list theirs besides, for the document.
pub struct RawQuery(String);

impl<'a> FromRequest<'a> for RawQuery {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self(request.uri().query().unwrap_or_default().to_owned()))
    }
}

impl RawQuery {
    /// Reads the parameters.
    ///
    /// # Errors
    /// Names every parameter that is unknown, repeated or wrong: a misspelt filter that was passed over would list
    /// everybody.
    pub fn read<T>(&self, read: impl FnOnce(&mut Parameters) -> T) -> Result<T, Problem> {
        let pairs = url::form_urlencoded::parse(self.0.as_bytes());
        let mut parameters = Parameters {
            left: pairs
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
            errors: FieldErrors::default(),
        };
        let found = read(&mut parameters);
        parameters.finish().map(|()| found)
    }
}

/// Parameters, taken out one after the other. What is left over at the end is unknown.
pub struct Parameters {
    left: Vec<(String, String)>,
    errors: FieldErrors,
}

impl Parameters {
    /// A parameter, parsed. An empty one is wrong: somebody meant to say something.
    pub fn parsed<T, E>(&mut self, name: &str, reason: Text, parse: impl FnOnce(&str) -> Result<T, E>) -> Option<T> {
        let mut values = Vec::new();
        self.left.retain(|(found, value)| {
            let is_it = found == name;
            if is_it {
                values.push(value.clone());
            }
            !is_it
        });
        if values.len() > 1 {
            self.errors
                .refuse(name, text("出现了不止一次", "it is there more than once"));
            return None;
        }
        let value = values.pop()?;
        if value.is_empty() {
            self.errors.refuse(name, text("不能为空", "it is empty"));
            return None;
        }
        let parsed = parse(&value).ok();
        if parsed.is_none() {
            self.errors.refuse(name, reason);
        }
        parsed
    }

    /// Where the page begins: `next_cursor` of the page before. None and an empty one are the first page, so that a loop
    /// need not tell them apart.
    pub fn cursor<T, E>(&mut self, parse: impl FnOnce(&str) -> Result<T, E>) -> Option<T> {
        let reason = text(
            "应为上一页返回的 next_cursor",
            "the next_cursor of the page before is expected",
        );
        self.left.retain(|(name, value)| name != "cursor" || !value.is_empty());
        self.parsed("cursor", reason, parse)
    }

    /// How many there are on a page.
    pub fn limit(&mut self) -> usize {
        let reason = text("应为 1 至 100 的整数", "a whole number from 1 to 100 is expected");
        let parse = |text: &str| {
            text.parse()
                .ok()
                .filter(|limit| (1..=MAX_LIMIT).contains(limit))
                .ok_or(())
        };
        self.parsed("limit", reason, parse).unwrap_or(DEFAULT_LIMIT)
    }

    /// A moment, in RFC 3339.
    pub fn moment(&mut self, name: &str) -> Option<Timestamp> {
        let reason = text(
            "应为 RFC 3339 时间，如 2026-01-28T15:42:56Z；时区里的加号写作 %2B",
            "a time in RFC 3339 is expected, such as 2026-01-28T15:42:56Z; a + in it is written as %2B",
        );
        self.parsed(name, reason, Timestamp::parse)
    }

    fn finish(mut self) -> Result<(), Problem> {
        let unknown: BTreeSet<String> = self
            .left
            .iter()
            .map(|(name, _)| super::body::printable(name))
            .take(10)
            .collect();
        for name in unknown {
            self.errors
                .refuse(&name, text("没有这个参数", "there is no such parameter"));
        }
        self.errors.told()
    }
}
