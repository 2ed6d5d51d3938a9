//! The file, piece by piece.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::thread::JoinHandle;

use anyhow::Context as _;
use clap::ValueEnum;
use tokio::sync::mpsc;
use wxlogin_domain::ports::import_store::MAX_PIECE;

use super::csv_rows::CsvRows;
use super::json_lines::JsonLines;
use super::row::{Apps, Row};
use crate::cli::copying::is_dash;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Comma-separated values, with a header
    Csv,
    /// JSON, one object per line
    Jsonl,
}

/// What some programs put before a text in UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// How many pieces are read ahead.
const AHEAD: usize = 2;

type Rows = Box<dyn Iterator<Item = anyhow::Result<Row>> + Send>;

/// Pieces of a file. It is read on a thread of its own: whoever waits for standard input can be interrupted, and the store
/// and the reader work side by side.
pub(super) struct Pieces {
    first: Option<Vec<Row>>,
    read: mpsc::Receiver<anyhow::Result<Vec<Row>>>,
    reader: Option<JoinHandle<()>>,
}

impl Pieces {
    /// Begins to read a file: what is no table is told before anything is opened for it.
    pub(super) async fn of(path: &Path, format: Option<Format>, apps: Apps) -> anyhow::Result<Self> {
        let input: Box<dyn Read + Send> = if is_dash(path) {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(path).with_context(|| format!("cannot read {}", path.display()))?)
        };
        let name = path.display().to_string();
        let (sender, read) = mpsc::channel(AHEAD);
        let reader = std::thread::spawn(move || {
            // Nobody listens any more where the import was cut short.
            let _ = match rows(BufReader::new(input), format, apps) {
                Ok(rows) => send(rows, &sender),
                Err(error) => sender.blocking_send(Err(error.context(name))),
            };
        });
        let mut pieces = Self {
            first: None,
            read,
            reader: Some(reader),
        };
        pieces.first = pieces.next().await?;
        Ok(pieces)
    }

    /// The next piece; none at the end.
    pub(super) async fn next(&mut self) -> anyhow::Result<Option<Vec<Row>>> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        let piece = self.read.recv().await.transpose()?;
        if piece.is_none()
            && let Some(reader) = self.reader.take()
        {
            // A reader that panicked has not come to the end.
            anyhow::ensure!(reader.join().is_ok(), "the file was not read to its end");
        }
        Ok(piece)
    }
}

type Sender = mpsc::Sender<anyhow::Result<Vec<Row>>>;
type Unsent = mpsc::error::SendError<anyhow::Result<Vec<Row>>>;

fn send(rows: Rows, sender: &Sender) -> Result<(), Unsent> {
    let mut piece = Vec::with_capacity(MAX_PIECE);
    for row in rows {
        match row {
            Ok(row) => piece.push(row),
            Err(error) => return sender.blocking_send(Err(error)),
        }
        if piece.len() == MAX_PIECE {
            sender.blocking_send(Ok(std::mem::replace(&mut piece, Vec::with_capacity(MAX_PIECE))))?;
        }
    }
    if piece.is_empty() {
        return Ok(());
    }
    sender.blocking_send(Ok(piece))
}

/// The rows of a file.
pub(super) fn rows(
    mut input: impl BufRead + Send + 'static,
    format: Option<Format>,
    apps: Apps,
) -> anyhow::Result<Rows> {
    if input.fill_buf()?.starts_with(BYTE_ORDER_MARK) {
        input.consume(BYTE_ORDER_MARK.len());
    }
    let mut bytes = input.fill_buf()?.iter().copied();
    let first = bytes.find(|byte| !byte.is_ascii_whitespace());
    anyhow::ensure!(
        first != Some(b'['),
        "it is one JSON array: write one object per line, without brackets and commas around them"
    );
    let told = if first == Some(b'{') {
        Format::Jsonl
    } else {
        Format::Csv
    };
    Ok(match format.unwrap_or(told) {
        Format::Csv => Box::new(CsvRows::begin(input, apps)?),
        Format::Jsonl => Box::new(JsonLines::new(input, apps).map(|row| Ok(row?))),
    })
}

#[cfg(test)]
mod tests;
