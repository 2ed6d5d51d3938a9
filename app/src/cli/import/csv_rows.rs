//! CSV, as spreadsheets and databases write it (RFC 4180), in UTF-8.

use std::io::{self, Chain, Read};

use anyhow::Context as _;
use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};

use super::row::{Apps, FIELDS, Fault, LONGEST, Row, Said, position};

const LINE_FEED: &[u8] = b"\n";

/// The rows of a table.
pub(super) struct CsvRows<R> {
    reader: Reader<Bounded<Chain<R, &'static [u8]>>>,
    /// Which field each column is.
    columns: Vec<usize>,
    apps: Apps,
}

impl<R: Read> CsvRows<R> {
    /// Reads the header.
    pub(super) fn begin(input: R, apps: Apps) -> anyhow::Result<Self> {
        // A line feed alone ends a record, and the last one too: so lines can be counted.
        let mut reader = ReaderBuilder::new()
            .flexible(true)
            .terminator(Terminator::Any(b'\n'))
            .from_reader(Bounded::new(input.chain(LINE_FEED)));
        let mut columns: Vec<usize> = Vec::new();
        for (number, name) in (1..).zip(reader.byte_headers()?) {
            let name = str::from_utf8(name).context("the header is not UTF-8")?.trim();
            // What it is instead is not said: without a header it is somebody.
            let field = position(name).with_context(|| {
                let known = FIELDS.join(", ");
                format!("the first line is the header, and its column {number} is none of {known}")
            })?;
            anyhow::ensure!(!columns.contains(&field), "the header names the column {name} twice");
            columns.push(field);
        }
        for name in ["openid", "external_id"] {
            let is_named = columns.iter().any(|field| FIELDS[*field] == name);
            anyhow::ensure!(
                is_named,
                "the header names no column {name}; the columns are {}",
                FIELDS.join(", ")
            );
        }
        Ok(Self { reader, columns, apps })
    }

    fn said(&self, record: &ByteRecord) -> Result<Said, Fault> {
        if record.len() != self.columns.len() {
            let (own, header) = (record.len(), self.columns.len());
            return Err(Fault::of_all(format!(
                "it has {own} fields, and the header has {header}"
            )));
        }
        let mut said = Said::default();
        for (field, text) in self.columns.iter().zip(record) {
            let text = str::from_utf8(without_carriage_return(text))
                .map_err(|_| Fault::of(FIELDS[*field], "it is not UTF-8"))?;
            said.0[*field] = Some(text.to_owned());
        }
        Ok(said)
    }
}

/// What is read for one row and no more: behind a quote that is not closed, all the rest of a file is one field.
struct Bounded<R> {
    input: R,
    left: u64,
    is_over: bool,
}

impl<R> Bounded<R> {
    fn new(input: R) -> Self {
        Self {
            input,
            left: LONGEST,
            is_over: false,
        }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            let reason = format!("a row is longer than {LONGEST} bytes: is a quote not closed?");
            return Err(io::Error::other(reason));
        }
        let read = self.input.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        self.is_over = read == 0;
        Ok(read)
    }
}

/// What ends a line of other systems is left at the end of its last field, and taken off all of them.
fn without_carriage_return(field: &[u8]) -> &[u8] {
    field.strip_suffix(b"\r").unwrap_or(field)
}

impl<R: Read> Iterator for CsvRows<R> {
    type Item = anyhow::Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut record = ByteRecord::new();
        loop {
            self.reader.get_mut().left = LONGEST;
            let line = self.reader.position().line();
            match self.reader.read_byte_record(&mut record) {
                Ok(false) => return None,
                Ok(true) if record.len() == 1 && without_carriage_return(&record[0]).is_empty() => {}
                Ok(true) => break,
                Err(error) => return Some(Err(error).with_context(|| format!("line {line}"))),
            }
        }
        // A record ends with a line feed, but for one that only the end of the file ended; the position that it has itself
        // is before the blank lines above it.
        let is_open = self.reader.get_ref().is_over;
        let within = record.iter().flatten().filter(|byte| **byte == b'\n').count() as u64;
        let user = if is_open {
            Err(Fault::of_all("a quote is not closed"))
        } else {
            self.said(&record)
        };
        Some(Ok(Row {
            line: self.reader.position().line() - within - u64::from(!is_open),
            user: user.and_then(|said| self.apps.user(said)),
        }))
    }
}
