//! Reading a backup.

use std::io::{BufRead, Cursor, Read};

use sha2::{Digest as _, Sha256};
use wxlogin_domain::copy::CopyItem;
use wxlogin_domain::key_ring::KeyRing;
use wxlogin_domain::timestamp::Timestamp;

use crate::lock::{BEGINNING, Damaged, Unlock};
use crate::turn::Turns;
use crate::wire::{End, Header, HeaderStart, Line, WireError};
use crate::writer::hexadecimal;
use crate::{Counts, FORMAT, MAX_LINE, VERSION};

/// Why a file is not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The input does not give it.
    #[error("the file cannot be read")]
    Io(#[source] std::io::Error),
    /// It is something else.
    #[error("the file is no backup of wxlogin")]
    NotABackup,
    /// A later release wrote it.
    #[error("the backup is of format {found}, of a later release; this one reads up to {VERSION}")]
    NewerVersion {
        /// The version of its format.
        found: u32,
    },
    /// It is encrypted, to a passphrase.
    #[error("the backup is encrypted with a passphrase, and none was given")]
    NeedsPassphrase,
    /// It is encrypted, to somebody's public key.
    #[error("the backup is encrypted to recipients, and no identity was given")]
    NeedsIdentity,
    /// The key does not fit.
    #[error("the backup is encrypted with another passphrase, or to other recipients")]
    WrongKey,
    /// A key was given for a file that anybody could have written.
    #[error("the file is not encrypted, though a key to open it was given: see that it is the right file")]
    NotEncrypted,
    /// Opening it would take too long.
    #[error("the backup's passphrase is made to be so slow to try that it is not tried")]
    TooMuchWork,
    /// Encrypted in some other way.
    #[error("the file is encrypted in a way that this release does not know")]
    UnknownEncryption,
    /// The encryption tells that it is not as it was written.
    #[error("the backup was cut short or altered: it does not open as it was encrypted")]
    Damaged,
    /// It ends too early.
    #[error("the backup was cut short: it ends after line {line}, without its last line")]
    CutShort {
        /// The last line that is whole.
        line: u64,
    },
    /// A line is no JSON, or not that of a backup.
    #[error("line {line} of the backup is malformed, at column {column}")]
    Malformed {
        /// Which line.
        line: u64,
        /// Where in it.
        column: usize,
    },
    /// A field holds what it must not.
    #[error("line {line} of the backup: `{field}` does not hold what it should")]
    BadField {
        /// Which line.
        line: u64,
        /// Which field.
        field: &'static str,
    },
    /// An item of no known kind.
    #[error("line {line} of the backup is of a kind that this release does not know: {kind:?}")]
    UnknownKind {
        /// Which line.
        line: u64,
        /// What it says that it is, the beginning of it.
        kind: String,
    },
    /// A line is too long.
    #[error("line {line} of the backup is longer than {} MiB", MAX_LINE >> 20)]
    TooLong {
        /// Which line.
        line: u64,
    },
    /// An item stands in the wrong place.
    #[error("line {line} of the backup is not where it belongs: accounts come first, the key ring last and once")]
    OutOfOrder {
        /// Which line.
        line: u64,
    },
    /// Something follows the end.
    #[error("something follows the last line of the backup, line {line}")]
    MoreAfterTheEnd {
        /// The last line.
        line: u64,
    },
    /// There are more items than the last line says, or fewer.
    #[error("the backup was altered: it does not hold what its last line counts")]
    WrongCounts,
    /// The checksum is that of other bytes.
    #[error("the backup was altered: its checksum does not fit")]
    WrongChecksum,
}

impl From<std::io::Error> for ReadError {
    fn from(error: std::io::Error) -> Self {
        match error.get_ref() {
            Some(inner) if inner.is::<Damaged>() => Self::Damaged,
            _ => Self::Io(error),
        }
    }
}

/// How much of an unknown kind's name is told.
const MOST_TOLD: usize = 40;

/// Reads a backup, item by item. What it has answered is only to be believed when it has answered that there is nothing
/// more: [`examine`] a file before anything of it is used.
pub struct BackupReader<'a> {
    input: Box<dyn BufRead + Send + 'a>,
    digest: Sha256,
    counts: Counts,
    turns: Turns,
    /// How many lines were read.
    line: u64,
    created_at: Timestamp,
    program: String,
    is_over: bool,
}

impl<'a> BackupReader<'a> {
    /// Begins to read a backup, encrypted or not.
    ///
    /// # Errors
    /// When it is none, or does not open with these keys.
    pub fn open<R: BufRead + Send + 'a>(mut input: R, unlock: &Unlock) -> Result<Self, ReadError> {
        let mut beginning = Vec::with_capacity(BEGINNING.len());
        input
            .by_ref()
            .take(BEGINNING.len() as u64)
            .read_to_end(&mut beginning)?;
        let is_encrypted = beginning == BEGINNING;
        let input = Cursor::new(beginning).chain(input);
        let input: Box<dyn BufRead + Send + 'a> = match (is_encrypted, unlock.is_none()) {
            (true, _) => unlock.open(input)?,
            (false, true) => Box::new(input),
            (false, false) => return Err(ReadError::NotEncrypted),
        };
        let mut reader = Self {
            input,
            digest: Sha256::new(),
            counts: Counts::default(),
            turns: Turns::new(),
            line: 0,
            created_at: Timestamp::from_unix_millis(0),
            program: String::new(),
            is_over: false,
        };
        reader.read_header()?;
        Ok(reader)
    }

    /// When it was made.
    #[must_use]
    pub fn created_at(&self) -> Timestamp {
        self.created_at
    }

    /// Which release made it.
    #[must_use]
    pub fn program(&self) -> &str {
        &self.program
    }

    /// The next item; none at the end, when all that was answered before is known to be as it was written.
    ///
    /// # Errors
    /// When the file is not a whole backup.
    pub fn next_item(&mut self) -> Result<Option<CopyItem>, ReadError> {
        if self.is_over {
            return Ok(None);
        }
        let text = self.read_line()?;
        let line = self.line;
        let item = match serde_json::from_slice(&text).map_err(|error| malformed(line, &error))? {
            Line::Item(item) => item.map_err(|error| bad_field(line, error))?,
            Line::End(end) => {
                self.end(&end)?;
                return Ok(None);
            }
            Line::Unknown(kind) => {
                let kind = kind.chars().take(MOST_TOLD).collect();
                return Err(ReadError::UnknownKind { line, kind });
            }
        };
        if !self.turns.take(&item) {
            return Err(ReadError::OutOfOrder { line });
        }
        self.digest.update(&text);
        self.counts.add(&item);
        Ok(Some(item))
    }

    /// What was read so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    fn read_header(&mut self) -> Result<(), ReadError> {
        let text = self.read_line().map_err(|error| match error {
            ReadError::CutShort { .. } | ReadError::TooLong { .. } => ReadError::NotABackup,
            error => error,
        })?;
        let start: HeaderStart = serde_json::from_slice(&text).map_err(|_| ReadError::NotABackup)?;
        if start.format != FORMAT {
            return Err(ReadError::NotABackup);
        }
        if start.version > VERSION {
            return Err(ReadError::NewerVersion { found: start.version });
        }
        if start.version != VERSION {
            return Err(ReadError::NotABackup);
        }
        let header: Header = serde_json::from_slice(&text).map_err(|error| malformed(1, &error))?;
        self.created_at = header.created_at().map_err(|error| bad_field(1, error))?;
        self.program = header.program;
        self.digest.update(&text);
        Ok(())
    }

    /// A whole line, with its end.
    fn read_line(&mut self) -> Result<Vec<u8>, ReadError> {
        let mut text = Vec::new();
        let most = MAX_LINE as u64 + 1;
        self.input.by_ref().take(most).read_until(b'\n', &mut text)?;
        if text.len() > MAX_LINE {
            return Err(ReadError::TooLong { line: self.line + 1 });
        }
        if text.last() != Some(&b'\n') {
            return Err(ReadError::CutShort { line: self.line });
        }
        self.line += 1;
        Ok(text)
    }

    fn end(&mut self, end: &End) -> Result<(), ReadError> {
        if !self.input.fill_buf()?.is_empty() {
            return Err(ReadError::MoreAfterTheEnd { line: self.line });
        }
        // Counts tell more than a checksum, so they are looked at first.
        if end.counts() != self.counts {
            return Err(ReadError::WrongCounts);
        }
        if end.sha256 != hexadecimal(std::mem::take(&mut self.digest)) {
            return Err(ReadError::WrongChecksum);
        }
        self.is_over = true;
        Ok(())
    }
}

/// What the library for JSON says would repeat what stands in the line.
fn malformed(line: u64, error: &serde_json::Error) -> ReadError {
    ReadError::Malformed {
        line,
        column: error.column(),
    }
}

fn bad_field(line: u64, error: WireError) -> ReadError {
    ReadError::BadField {
        line,
        field: error.field,
    }
}

/// What a whole backup holds.
#[derive(Debug)]
pub struct Examined {
    /// When it was made.
    pub created_at: Timestamp,
    /// Which release made it.
    pub program: String,
    /// How many things of each kind.
    pub counts: Counts,
    /// The signing keys, where it has them.
    pub key_ring: Option<KeyRing>,
}

/// Reads a file from its beginning to its end, as the first of two passes: nothing of it is used before all of it is
/// known to be as it was written.
///
/// # Errors
/// When it is not a whole backup.
pub fn examine<R: BufRead + Send>(input: R, unlock: &Unlock) -> Result<Examined, ReadError> {
    let mut reader = BackupReader::open(input, unlock)?;
    let mut key_ring = None;
    while let Some(item) = reader.next_item()? {
        if let CopyItem::KeyRing(ring) = item {
            key_ring = Some(*ring);
        }
    }
    Ok(Examined {
        created_at: reader.created_at,
        counts: reader.counts,
        program: reader.program,
        key_ring,
    })
}
