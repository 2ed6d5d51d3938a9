//! Writing a backup.

use std::fmt::Write as _;
use std::io::{BufWriter, Write};

use sha2::{Digest as _, Sha256};
use wxlogin_domain::copy::CopyItem;
use wxlogin_domain::timestamp::Timestamp;

use crate::lock::{Lock, Locked};
use crate::turn::Turns;
use crate::wire::{End, Header, item_line};
use crate::{Counts, FORMAT, MAX_LINE, VERSION};

/// Why a backup is not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The output does not take it.
    #[error("the backup cannot be written")]
    Io(#[from] std::io::Error),
    /// There are no recipients.
    #[error("without a recipient nobody could open the backup")]
    NobodyCouldOpen,
    /// An item is too large for a line.
    #[error("an account or another item takes more than {} MiB", MAX_LINE >> 20)]
    TooLong,
    /// Accounts come first, the key ring last.
    #[error("the store gave its items in another order than it has to")]
    OutOfOrder,
}

/// Writes a backup, item by item.
pub struct BackupWriter<W: Write> {
    output: Locked<BufWriter<W>>,
    digest: Sha256,
    counts: Counts,
    turns: Turns,
}

impl<W: Write> BackupWriter<W> {
    /// Begins a backup. `program` is the release that makes it.
    ///
    /// # Errors
    /// When the output does not take it, or nobody could open it.
    pub fn begin(output: W, lock: &Lock, created_at: Timestamp, program: &str) -> Result<Self, WriteError> {
        let mut writer = Self {
            output: lock.close(BufWriter::new(output))?,
            digest: Sha256::new(),
            counts: Counts::default(),
            turns: Turns::new(),
        };
        let header = Header::new(FORMAT, VERSION, created_at, program);
        let mut line = serde_json::to_vec(&header).map_err(std::io::Error::from)?;
        line.push(b'\n');
        writer.put(&line)?;
        Ok(writer)
    }

    /// Writes an item: accounts first, the key ring last.
    ///
    /// # Errors
    /// When it is not its turn, is too large, or the output does not take it.
    pub fn write(&mut self, item: &CopyItem) -> Result<(), WriteError> {
        if !self.turns.take(item) {
            return Err(WriteError::OutOfOrder);
        }
        let line = item_line(item).map_err(std::io::Error::from)?;
        if line.len() > MAX_LINE {
            return Err(WriteError::TooLong);
        }
        self.put(&line)?;
        self.counts.add(item);
        Ok(())
    }

    /// What was written so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Writes the last line, without which the file is refused, and all that is still in memory.
    ///
    /// # Errors
    /// When the output does not take it.
    pub fn finish(self) -> Result<(W, Counts), WriteError> {
        let Self {
            mut output,
            digest,
            counts,
            ..
        } = self;
        let end = End::new(counts, hexadecimal(digest));
        output.write_all(&end.line().map_err(std::io::Error::from)?)?;
        let output = output
            .finish()?
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)?;
        Ok((output, counts))
    }

    fn put(&mut self, line: &[u8]) -> Result<(), WriteError> {
        self.digest.update(line);
        self.output.write_all(line)?;
        Ok(())
    }
}

/// The digest, as `sha256sum` prints it.
pub(crate) fn hexadecimal(digest: Sha256) -> String {
    digest.finalize().iter().fold(String::new(), |mut text, byte| {
        // A String takes everything.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
