//! JSON, one object per line.

use std::io::{self, BufRead, Read as _};

use serde_json::Value;

use super::row::{Apps, FIELDS, Fault, LONGEST, Row, Said, position};
use crate::members::Members;

/// The rows of lines.
pub(super) struct JsonLines<R> {
    input: R,
    line: u64,
    apps: Apps,
}

impl<R: BufRead> JsonLines<R> {
    pub(super) fn new(input: R, apps: Apps) -> Self {
        Self { input, line: 0, apps }
    }

    /// The next line, or none at the end. Of one that is too long no more than that is kept.
    fn next_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let mut input = (&mut self.input).take(LONGEST + 1);
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        self.line += 1;
        if !line.ends_with(b"\n") {
            self.input.skip_until(b'\n')?;
        }
        Ok(Some(line))
    }

    fn row(&self, line: &[u8]) -> Row {
        let said = if line.len() as u64 > LONGEST {
            Err(Fault::of_all(format!("it is longer than {LONGEST} bytes")))
        } else {
            said(line)
        };
        Row {
            line: self.line,
            user: said.and_then(|said| self.apps.user(said)),
        }
    }
}

fn said(line: &[u8]) -> Result<Said, Fault> {
    let Members { left, repeated } =
        serde_json::from_slice(line).map_err(|_| Fault::of_all("it is not a JSON object"))?;
    let mut said = Said::default();
    for (name, value) in left {
        let unknown = || Fault::of_all(format!("it has a field that is none of {}", FIELDS.join(", ")));
        let field = position(&name).ok_or_else(unknown)?;
        if repeated.contains(&name) {
            return Err(Fault::of(FIELDS[field], "it is there twice"));
        }
        said.0[field] = match value {
            Value::Null => None,
            Value::String(text) => Some(text),
            // Ids are numbers in many databases, and telephone numbers too.
            Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
            _ => return Err(Fault::of(FIELDS[field], "it is not a text")),
        };
    }
    Ok(said)
}

impl<R: BufRead> Iterator for JsonLines<R> {
    type Item = io::Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.next_line() {
                Ok(Some(line)) if line.iter().all(u8::is_ascii_whitespace) => {}
                Ok(Some(line)) => return Some(Ok(self.row(&line))),
                Ok(None) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
