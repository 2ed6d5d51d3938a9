//! CSV, as spreadsheets and databases write it (RFC 4180), in UTF-8.

use std::io::{Chain, Read};

use anyhow::Context as _;
use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};

use super::row::{Apps, FIELDS, Fault, Row, Said, position};

const LINE_FEED: &[u8] = b"\n";

/// The rows of a table.
pub(super) struct CsvRows<R> {
    reader: Reader<Chain<R, &'static [u8]>>,
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
            .from_reader(input.chain(LINE_FEED));
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

/// What ends a line of other systems is a part of its last field here.
fn without_carriage_return(field: &[u8]) -> &[u8] {
    field.strip_suffix(b"\r").unwrap_or(field)
}

impl<R: Read> Iterator for CsvRows<R> {
    type Item = anyhow::Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut record = ByteRecord::new();
        loop {
            match self.reader.read_byte_record(&mut record) {
                Ok(false) => return None,
                Ok(true) if record.len() == 1 && without_carriage_return(&record[0]).is_empty() => {}
                Ok(true) => break,
                Err(error) => return Some(Err(error.into())),
            }
        }
        // Each record ends with a line feed; the position that it has itself is before the blank lines above it.
        let within = record.iter().flatten().filter(|byte| **byte == b'\n').count() as u64;
        Some(Ok(Row {
            line: self.reader.position().line().saturating_sub(1 + within),
            user: self.said(&record).and_then(|said| self.apps.user(said)),
        }))
    }
}
