//! The file `.env`. Only its variables of this program count; the rest is other programs' business.
//!
//! As everywhere, `$NAME` in it stands for another variable: values with a `$` belong in single quotes.

use std::cell::Cell;
use std::io::Read;
use std::rc::Rc;

use super::fault::{Faults, Flaw, Reported};
use super::raw::{Entries, Layer};
use super::variables;

/// Reads the settings out of the text of a `.env` file.
pub(super) fn read(text: &str, faults: &mut Faults) -> Entries {
    // The parser takes blanks at the end of an unterminated last line for the start of an endless one.
    let text = format!("{}\n", text.trim_start_matches('\u{feff}').trim_end());
    let lines: Vec<&str> = text.lines().collect();
    let done = Rc::new(Cell::new(0));
    let reader = LineByLine {
        rest: text.as_bytes(),
        done: Rc::clone(&done),
    };
    let mut variables: Vec<(String, String)> = Vec::new();
    let mut before = 0;
    let mut unread = None;
    for variable in dotenvy::from_read_iter(reader) {
        let taken = before..done.get().min(lines.len());
        before = taken.end;
        match variable {
            Ok((name, _)) if variables.iter().any(|(other, _)| *other == name) && variables::is_ours(&name) => {
                faults.report(
                    format!(".env: {name}"),
                    Flaw::new("is set twice", "keep one of the lines"),
                );
            }
            Ok(variable) => variables.push(variable),
            // The error itself repeats the line, which may hold a secret.
            Err(_) => unread = report_malformed(taken.start, &lines[taken], faults).or(unread),
        }
    }
    let variables = variables.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let mut entries = variables::read(Layer::DotEnv, variables, faults);
    if let Some(reported) = unread {
        entries.lack(reported);
    }
    entries
}

/// Says which line cannot be read, where it is one of ours.
fn report_malformed(lines_before: usize, lines: &[&str], faults: &mut Faults) -> Option<Reported> {
    let is_statement = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let first = lines.iter().position(is_statement)?;
    let mut statement = lines.iter().filter(|line| is_statement(line));
    statement.any(|line| line.contains("WXLOGIN_")).then(|| {
        let problem = "is not of the form NAME=VALUE";
        let remedy = "put a value with blanks, quotes, $ or # in single quotes, and close every quote";
        let key = format!(".env: line {}", lines_before + first + 1);
        faults.report(key, Flaw::new(problem, remedy))
    })
}

/// Hands out one line at a time and counts them, so that an error can be placed.
struct LineByLine<'a> {
    rest: &'a [u8],
    done: Rc<Cell<usize>>,
}

impl Read for LineByLine<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let line = self.rest.iter().position(|byte| *byte == b'\n').map(|end| end + 1);
        let length = line.unwrap_or(self.rest.len()).min(buffer.len());
        buffer[..length].copy_from_slice(&self.rest[..length]);
        if Some(length) == line {
            self.done.set(self.done.get() + 1);
        }
        self.rest = &self.rest[length..];
        Ok(length)
    }
}
