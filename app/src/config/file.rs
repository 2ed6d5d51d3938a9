//! The configuration file.

use std::path::Path;

use super::fault::{Faults, Flaw, Reported};
use super::lookup;
use super::raw::{Entries, Entry, Group, Layer, kind};

/// What the file says.
#[derive(Default)]
pub(super) struct File {
    pub(super) top: Entries,
    pub(super) apps: Vec<Group>,
    pub(super) api_keys: Vec<Group>,
}

/// Reads the file. What cannot be read counts as not there, besides being a fault.
pub(super) fn read(path: &Path, faults: &mut Faults) -> File {
    let mut reader = Reader {
        path: path.display().to_string(),
        faults,
    };
    match parse(path) {
        Ok(table) => reader.document(table),
        Err(flaw) => {
            let mut file = File::default();
            file.top.lack(reader.faults.report(reader.path, flaw));
            file
        }
    }
}

fn parse(path: &Path) -> Result<toml::Table, Flaw> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        let problem = format!("cannot be read: {error}");
        Flaw::new(problem, "name a configuration file that this process may read")
    })?;
    toml::from_str(&text).map_err(|error| {
        // Not the error's own `Display`: that repeats the line, which may hold a secret.
        let start = error.span().map_or(0, |span| span.start);
        let before = text.get(..start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        let problem = format!("is not TOML at line {line}, column {column}: {}", error.message());
        Flaw::new(problem, "correct that line; texts stand in quotes")
    })
}

struct Reader<'a> {
    path: String,
    faults: &'a mut Faults,
}

impl Reader<'_> {
    fn document(&mut self, table: toml::Table) -> File {
        let mut file = File::default();
        for (name, value) in table {
            let outcome = if lookup::is_section(&name) {
                self.section(&name, value, &mut file.top)
            } else if lookup::is_repeated(&name) {
                let groups = if name == "apps" {
                    &mut file.apps
                } else {
                    &mut file.api_keys
                };
                self.tables(&name, value).map(|tables| *groups = tables)
            } else {
                self.value(&mut file.top, &name, self.shown(&name), value);
                Ok(())
            };
            if let Err(reported) = outcome {
                file.top.lack(reported);
            }
        }
        file
    }

    /// `[tokens]` and its like.
    fn section(&mut self, name: &str, value: toml::Value, entries: &mut Entries) -> Result<(), Reported> {
        let toml::Value::Table(table) = value else {
            let problem = format!("expected a table, found {}", kind(&value));
            let flaw = Flaw::new(problem, format!("write [{name}] and its keys below"));
            return Err(self.faults.report(self.shown(name), flaw));
        };
        for (key, value) in table {
            let path = format!("{name}.{key}");
            self.value(entries, &path, self.shown(&path), value);
        }
        Ok(())
    }

    /// `[[apps]]` and its like.
    fn tables(&mut self, name: &str, value: toml::Value) -> Result<Vec<Group>, Reported> {
        let Ok(tables) = value.try_into::<Vec<toml::Table>>() else {
            let flaw = Flaw::new("expected tables", format!("write [[{name}]] above the keys of each"));
            return Err(self.faults.report(self.shown(name), flaw));
        };
        let mut groups = Vec::new();
        for (index, table) in tables.into_iter().enumerate() {
            let place = self.shown(&format!("[[{name}]] #{}", index + 1));
            let mut entries = Entries::default();
            for (key, value) in table {
                self.value(
                    &mut entries,
                    &format!("{name}[].{key}"),
                    format!("{place} {key}"),
                    value,
                );
            }
            groups.push(Group::of_a_table(entries, place));
        }
        Ok(groups)
    }

    fn value(&mut self, entries: &mut Entries, path: &str, shown: String, value: toml::Value) {
        let Some((setting, form)) = lookup::by_toml(path) else {
            return self.unknown(path, shown, value);
        };
        let entry = Entry {
            key: shown,
            layer: Layer::File,
            form,
            value,
        };
        entries.add(setting, entry, self.faults);
    }

    /// Reports what nobody knows, key by key where it is a table: the key may be right and its table wrong.
    fn unknown(&mut self, path: &str, shown: String, value: toml::Value) {
        match value {
            toml::Value::Table(table) if !table.is_empty() => {
                for (key, value) in table {
                    self.unknown(&format!("{path}.{key}"), format!("{shown}.{key}"), value);
                }
            }
            toml::Value::Array(members) if members.first().is_some_and(toml::Value::is_table) => {
                for (index, member) in members.into_iter().enumerate() {
                    let toml::Value::Table(table) = member else { continue };
                    for (key, value) in table {
                        let shown = self.shown(&format!("[[{path}]] #{} {key}", index + 1));
                        self.unknown(&format!("{path}[].{key}"), shown, value);
                    }
                }
            }
            _ => {
                let remedy = format!("did you mean {}?", lookup::nearest_toml(path));
                self.faults.report(shown, Flaw::new("is not a setting", remedy));
            }
        }
    }

    /// The key as messages name it.
    fn shown(&self, key: &str) -> String {
        format!("{}: {key}", self.path)
    }
}
