//! CSV, as spreadsheets and databases write it (RFC 4180), in UTF-8.

use std::io::Read;

use anyhow::Context as _;
use csv::{ByteRecord, Reader, ReaderBuilder};

use super::row::{Apps, FIELDS, Fault, Row, Said, position};

/// The rows of a table.
pub(super) struct CsvRows<R> {
    reader: Reader<R>,
    /// Which field each column is.
    columns: Vec<usize>,
    apps: Apps,
}

impl<R: Read> CsvRows<R> {
    /// Reads the header.
    pub(super) fn begin(input: R, apps: Apps) -> anyhow::Result<Self> {
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(input);
        let mut columns: Vec<usize> = Vec::new();
        for name in reader.byte_headers()? {
            let name = str::from_utf8(name).context("the header is not UTF-8")?.trim();
            let field = position(name).with_context(|| {
                format!(
                    "the header names a column {name:?}; the columns are {}",
                    FIELDS.join(", ")
                )
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
            let text = str::from_utf8(text).map_err(|_| Fault::of(FIELDS[*field], "it is not UTF-8"))?;
            said.0[*field] = Some(text.to_owned());
        }
        Ok(said)
    }
}

impl<R: Read> Iterator for CsvRows<R> {
    type Item = anyhow::Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut record = ByteRecord::new();
        match self.reader.read_byte_record(&mut record) {
            Ok(false) => None,
            Ok(true) => Some(Ok(Row {
                line: record.position().map_or(0, csv::Position::line),
                user: self.said(&record).and_then(|said| self.apps.user(said)),
            })),
            Err(error) => Some(Err(error.into())),
        }
    }
}
