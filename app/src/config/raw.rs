//! Values as the user wrote them, each with the key under which it was written, layers already merged.

use std::collections::BTreeMap;

use secrecy::SecretString;

use super::fault::{Faults, Flaw, Reported, quoted_path};
use super::lookup::Form;
use super::settings::{self, Fallback, Setting, Shape};

/// Where a value comes from. The order of the layers is the order of the calls in [`super::sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layer {
    Default,
    File,
    DotEnv,
    Environment,
    Flag,
}

/// One value. Has no `Debug`: it may be a secret.
pub(super) struct Entry {
    /// The key as the user wrote it, for messages.
    pub(super) key: String,
    pub(super) layer: Layer,
    pub(super) form: Form,
    pub(super) value: toml::Value,
}

/// The values of one layer, later of all layers, by [`Setting::id`].
#[derive(Default)]
pub(super) struct Entries {
    values: BTreeMap<&'static str, Entry>,
    /// Set where a part of the layer could not be read: what is missing may stand there.
    unread: Option<Reported>,
}

impl Entries {
    /// What holds where nobody says anything.
    pub(super) fn defaults() -> Self {
        let mut values = BTreeMap::new();
        for setting in settings::settings() {
            if let Fallback::Text(text) = setting.fallback {
                let entry = Entry {
                    key: setting.preferred_name().to_owned(),
                    layer: Layer::Default,
                    form: Form::Inline,
                    value: text.into(),
                };
                values.insert(setting.id(), entry);
            }
        }
        Self { values, unread: None }
    }

    /// Adds a value to its layer. A second value of a setting in one layer leaves open which is meant.
    pub(super) fn add(&mut self, setting: &Setting, entry: Entry, faults: &mut Faults) {
        if let Some(first) = self.values.get(setting.id()) {
            let problem = format!("set together with {}", first.key);
            faults.report(entry.key, Flaw::new(problem, "keep one of them"));
        } else {
            self.values.insert(setting.id(), entry);
        }
    }

    /// Puts a later layer over this one.
    pub(super) fn overlay(&mut self, later: Self) {
        self.values.extend(later.values);
        self.unread = later.unread.or(self.unread);
    }

    /// Remembers that there is more, which could not be read.
    pub(super) fn lack(&mut self, reported: Reported) {
        self.unread = Some(reported);
    }

    /// Takes a value out.
    pub(super) fn take(&mut self, setting: &Setting) -> Option<Entry> {
        self.values.remove(setting.id())
    }
}

/// All values there are.
pub(super) struct Raw {
    pub(super) top: Group,
    pub(super) apps: Vec<Group>,
    pub(super) api_keys: Vec<Group>,
}

/// Values that belong together: those of the program, or those of one table of an array.
pub(super) struct Group {
    entries: Entries,
    /// `wxlogin.toml: [[apps]] #2`; none for the values of the program.
    place: Option<String>,
}

impl Group {
    pub(super) fn of_the_program(entries: Entries) -> Self {
        Self { entries, place: None }
    }

    pub(super) fn of_a_table(entries: Entries, place: String) -> Self {
        Self {
            entries,
            place: Some(place),
        }
    }

    /// Where the group stands, for messages about the whole of it.
    pub(super) fn place(&self) -> &str {
        self.place.as_deref().unwrap_or_default()
    }

    pub(super) fn has(&self, setting: &Setting) -> bool {
        self.entry(setting).is_some()
    }

    /// Whether the user said nothing about it.
    pub(super) fn is_default(&self, setting: &Setting) -> bool {
        self.entry(setting).is_none_or(|entry| entry.layer == Layer::Default)
    }

    /// The key as the user wrote it, or would.
    pub(super) fn key(&self, setting: &Setting) -> String {
        match (self.entry(setting), &self.place) {
            (Some(entry), _) => entry.key.clone(),
            (None, Some(place)) => format!("{place} {}", setting.last_key()),
            (None, None) => setting.preferred_name().to_owned(),
        }
    }

    /// The inline text, for comparisons and messages that must not fail.
    pub(super) fn peek(&self, setting: &Setting) -> Option<&str> {
        self.entry(setting)?.value.as_str()
    }

    /// The value as `parse` understands it.
    pub(super) fn parsed<T>(
        &self,
        setting: &Setting,
        faults: &mut Faults,
        parse: impl FnOnce(&str) -> Result<T, Flaw>,
    ) -> Result<Option<T>, Reported> {
        let Some(entry) = self.entry(setting) else {
            return Ok(None);
        };
        let text = entry.text(setting);
        let value = text.and_then(|text| parse(&text));
        value.map(Some).map_err(|flaw| faults.report(entry.key.as_str(), flaw))
    }

    /// The value of a setting without which there is nothing to do.
    pub(super) fn required<T>(
        &self,
        setting: &Setting,
        faults: &mut Faults,
        parse: impl FnOnce(&str) -> Result<T, Flaw>,
    ) -> Result<T, Reported> {
        let value = self.parsed(setting, faults, parse)?;
        value.ok_or_else(|| {
            let problem = format!("is missing ({})", setting.meaning);
            self.report_missing(setting, Flaw::new(problem, "add it"), faults)
        })
    }

    /// Takes down that a setting is missing, unless it may stand in what could not be read.
    pub(super) fn report_missing(&self, setting: &Setting, flaw: Flaw, faults: &mut Faults) -> Reported {
        let unread = self.entries.unread;
        unread.unwrap_or_else(|| faults.report(self.key(setting), flaw))
    }

    /// Takes down that `set` is set and `missing`, which belongs to it, is not.
    pub(super) fn report_half(&self, set: &Setting, missing: &Setting, faults: &mut Faults) -> Reported {
        // Named as it would be written beside the other.
        let missing = match self.entry(set) {
            Some(entry) if entry.layer == Layer::File && self.place.is_some() => Some(missing.last_key()),
            Some(entry) if entry.layer == Layer::File => missing.toml,
            _ => missing.env,
        };
        let missing = missing.unwrap_or_default();
        let flaw = Flaw::new(
            format!("is set without {missing}"),
            format!("set {missing}, too, or neither"),
        );
        let unread = self.entries.unread;
        unread.unwrap_or_else(|| faults.report(self.key(set), flaw))
    }

    /// A secret whose shape `check` accepts.
    pub(super) fn secret(
        &self,
        setting: &Setting,
        faults: &mut Faults,
        check: impl FnOnce(&str) -> Result<(), Flaw>,
    ) -> Result<Option<SecretString>, Reported> {
        self.parsed(setting, faults, |text| {
            check(text)?;
            Ok(SecretString::from(text))
        })
    }

    /// The members of a list, each as `parse` understands it. An absent list is empty.
    pub(super) fn list<T>(
        &self,
        setting: &Setting,
        faults: &mut Faults,
        mut parse: impl FnMut(&str) -> Result<T, Flaw>,
    ) -> Result<Vec<T>, Reported> {
        let Some(entry) = self.entry(setting) else {
            return Ok(Vec::new());
        };
        let members = entry
            .members(setting)
            .map_err(|flaw| faults.report(entry.key.as_str(), flaw))?;
        let mut values = Vec::new();
        let mut reported = None;
        for member in members {
            match parse(&member) {
                Ok(value) => values.push(value),
                Err(flaw) => reported = Some(faults.report(entry.key.as_str(), flaw)),
            }
        }
        reported.map_or(Ok(values), Err)
    }

    fn entry(&self, setting: &Setting) -> Option<&Entry> {
        self.entries.values.get(setting.id())
    }
}

impl Entry {
    fn text(&self, setting: &Setting) -> Result<String, Flaw> {
        let text = match (&self.value, self.form) {
            (toml::Value::String(text), Form::Inline) => text.clone(),
            (toml::Value::String(path), Form::InFile) => text_of_file(path)?,
            (toml::Value::Integer(number), Form::Inline) if setting.shape == Shape::Number => number.to_string(),
            (other, _) if setting.shape == Shape::Number => {
                let problem = format!("expected a number, found {}", kind(other));
                return Err(Flaw::new(problem, "write a whole number, without quotes"));
            }
            (other, _) => {
                let problem = format!("expected text, found {}", kind(other));
                return Err(Flaw::new(problem, "put the value in quotes"));
            }
        };
        if text.is_empty() {
            Err(Flaw::new("is empty", "give it a value or remove it"))
        } else if text.trim() != text {
            let problem = "begins or ends with a blank or a line break";
            Err(Flaw::new(problem, "remove that, it was probably copied along"))
        } else {
            Ok(text)
        }
    }

    fn members(&self, setting: &Setting) -> Result<Vec<String>, Flaw> {
        let toml::Value::Array(members) = &self.value else {
            if self.layer == Layer::File && self.form == Form::Inline {
                let problem = format!("expected an array, found {}", kind(&self.value));
                return Err(Flaw::new(problem, "write it as [\"…\", \"…\"]"));
            }
            let text = self.text(setting)?;
            return Ok(text.split(',').map(|member| member.trim().to_owned()).collect());
        };
        let text = |member: &toml::Value| {
            let Some(text) = member.as_str() else {
                let problem = format!("expected texts in the array, found {}", kind(member));
                return Err(Flaw::new(problem, "put each member in quotes"));
            };
            Ok(text.to_owned())
        };
        members.iter().map(text).collect()
    }
}

/// Reads a secret out of its file. Editors and `echo` end files with a line break that is not part of it.
fn text_of_file(path: &str) -> Result<String, Flaw> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        let problem = format!("{} cannot be read: {error}", quoted_path(path));
        Flaw::new(problem, "name a file that this process may read")
    })?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    if text.is_empty() {
        let problem = format!("{} is empty", quoted_path(path));
        return Err(Flaw::new(problem, "put the value into that file"));
    }
    Ok(text.to_owned())
}

/// What a TOML value is, in words.
pub(super) fn kind(value: &toml::Value) -> &'static str {
    match value {
        toml::Value::String(_) => "text",
        toml::Value::Integer(_) => "a number",
        toml::Value::Float(_) => "a decimal number",
        toml::Value::Boolean(_) => "true or false",
        toml::Value::Datetime(_) => "a date",
        toml::Value::Array(_) => "an array",
        toml::Value::Table(_) => "a table",
    }
}
