//! What is wrong with a configuration, told so that the reader can mend it.

use std::fmt;

/// One thing that is wrong: where, what, and what to do about it. Never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    key: String,
    problem: String,
    remedy: String,
}

impl Fault {
    /// The setting as the user wrote it: `WXLOGIN_LISTEN`, `.env: WXLOGIN_LISTEN`, `wxlogin.toml: listen`.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// What is wrong with it.
    #[must_use]
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// What to do.
    #[must_use]
    pub fn remedy(&self) -> &str {
        &self.remedy
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.key, self.problem, self.remedy)
    }
}

/// All that is wrong with a configuration, so that one start tells everything. Shows one line per fault.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// The faults in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Fault> {
        self.0.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes a fault down. The answer stands where a value would have stood.
    pub(super) fn report(&mut self, key: impl Into<String>, flaw: Flaw) -> Reported {
        self.0.push(flaw.at(key));
        Reported(())
    }

    /// Takes down what was found elsewhere, if anything was.
    pub(super) fn extend(&mut self, faults: Vec<Fault>) -> Option<Reported> {
        let reported = (!faults.is_empty()).then_some(Reported(()));
        self.0.extend(faults);
        reported
    }
}

impl<'a> IntoIterator for &'a Faults {
    type Item = &'a Fault;
    type IntoIter = std::slice::Iter<'a, Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// Proof that a missing value is accounted for: only [`Faults`] makes it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reported(());

/// What is wrong with a value, before it is known under which key the user wrote it.
#[derive(Debug)]
pub(super) struct Flaw {
    problem: String,
    remedy: String,
}

impl Flaw {
    pub(super) fn new(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }

    /// The same, said of a part of the value.
    pub(super) fn of_part(self, part: &str) -> Self {
        Self {
            problem: format!("{part} {}", self.problem),
            ..self
        }
    }

    /// The same, where the key is said by somebody else.
    pub(super) fn into_text(self) -> String {
        format!("{}; {}", self.problem, self.remedy)
    }

    /// The fault that it is under that key.
    pub(super) fn at(self, key: impl Into<String>) -> Fault {
        Fault {
            key: one_line(&key.into()),
            problem: self.problem,
            remedy: self.remedy,
        }
    }
}

/// Keys of the file may hold any character; a line break would forge another fault.
fn one_line(key: &str) -> String {
    let escaped = key.chars().map(|c| match c {
        c if c.is_control() => c.escape_default().to_string(),
        c => c.to_string(),
    });
    escaped.collect()
}

/// The value in quotes, for messages about settings that are not secret. Still, people paste secrets into the wrong
/// line: what looks like one is not repeated.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    if looks_secret(text) {
        return "the value".to_owned();
    }
    match text.char_indices().nth(LONGEST) {
        None => format!("{text:?}"),
        Some((cut, _)) => format!("{:?}…", &text[..cut]),
    }
}

/// A path in quotes. The secret itself, set where the path of its file belongs, is not repeated.
pub(super) fn quoted_path(path: &str) -> String {
    const RUN: usize = 20;
    if has_run(path, RUN, |c| matches!(c, '+' | '=')) || path.contains('@') {
        return "the file that it names".to_owned();
    }
    format!("{path:?}")
}

/// Key material is a long run of letters and digits (hexadecimal, base64), a URL with credentials has an `@`.
fn looks_secret(text: &str) -> bool {
    const RUN: usize = 24;
    has_run(text, RUN, |c| matches!(c, '+' | '/' | '=')) || text.contains('@')
}

fn has_run(text: &str, length: usize, is_also_part: impl Fn(char) -> bool) -> bool {
    let mut runs = text.split(|c: char| !c.is_ascii_alphanumeric() && !is_also_part(c));
    runs.any(|run| run.len() >= length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_secret_is_not_repeated() {
        for harmless in [
            "15 bananas",
            "wx4f4bc4dec97d474b",
            "gh_97417a04a28d",
            "http://login.example",
        ] {
            assert_eq!(quoted(harmless), format!("{harmless:?}"));
        }
        for secret in ["0123456789abcdef0123456789abcdef", "https://root:pass@db"] {
            assert_eq!(quoted(secret), "the value");
        }
        for path in ["/run/secrets/wxlogin_master_key", "./data/secret.txt", "C:\\secrets\\x"] {
            assert_eq!(quoted_path(path), format!("{path:?}"));
        }
        for secret in [
            "0123456789abcdef0123456789abcdef",
            "AAECAwQFBgcICQ/LDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        ] {
            assert_eq!(quoted_path(secret), "the file that it names");
        }
        assert_eq!(quoted(&"- ".repeat(40)), format!("{:?}…", "- ".repeat(30)));
    }
}
