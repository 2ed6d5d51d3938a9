//! Encryption, in the format of [age](https://age-encryption.org/v1), which other tools read and write too: to a
//! passphrase, or to the public keys of whoever may restore.

use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::str::FromStr;

use age::{DecryptError, Decryptor, Encryptor, scrypt, x25519};
use secrecy::SecretString;

use crate::reader::ReadError;
use crate::writer::WriteError;

/// What an encrypted file begins with, whatever its version.
pub(crate) const BEGINNING: &[u8] = b"age-encryption.org/";

/// How hard a passphrase is to guess: about a second and 256 MiB for each try. Fixed, so that a file that was made on a
/// fast machine opens on a slow one.
#[cfg(not(test))]
const WORK_FACTOR: u8 = 18;
/// The tests are not about guessing.
#[cfg(test)]
const WORK_FACTOR: u8 = 8;
/// The most that a file may ask for: 1 GiB, so that a forged one does not take all memory there is.
const MAX_WORK_FACTOR: u8 = 20;

/// The text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No recipient.
    #[error("not a recipient: age1 and 58 more letters and digits, as age-keygen prints it")]
    Recipient,
    /// Not identities.
    #[error("not a file of identities: lines of AGE-SECRET-KEY-1…, as age-keygen writes it")]
    Identities,
    /// An empty passphrase.
    #[error("the passphrase is empty")]
    EmptyPassphrase,
}

/// The public key of somebody who may restore.
#[derive(Clone)]
pub struct Recipient(x25519::Recipient);

impl FromStr for Recipient {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        text.parse().map(Self).map_err(|_| KeyError::Recipient)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({})", self.0)
    }
}

/// What keeps a backup from other people's eyes.
pub enum Lock {
    /// Nothing.
    Open,
    /// A passphrase.
    Passphrase(SecretString),
    /// Who may open it: one is enough. Without any nobody could.
    Recipients(Vec<Recipient>),
}

impl Lock {
    /// A passphrase that is not empty.
    ///
    /// # Errors
    /// When it is.
    pub fn passphrase(text: &str) -> Result<Self, KeyError> {
        passphrase(text).map(Self::Passphrase)
    }

    /// The writer of what is to be read through this lock.
    pub(crate) fn close<W: Write>(&self, output: W) -> Result<Locked<W>, WriteError> {
        let encryptor = match self {
            Self::Open => return Ok(Locked::Open(output)),
            Self::Passphrase(passphrase) => {
                let mut recipient = scrypt::Recipient::new(passphrase.clone());
                recipient.set_work_factor(WORK_FACTOR);
                Encryptor::with_recipients(std::iter::once(&recipient as _))
            }
            Self::Recipients(recipients) => {
                Encryptor::with_recipients(recipients.iter().map(|recipient| &recipient.0 as _))
            }
        };
        let encryptor = encryptor.map_err(|_| WriteError::NobodyCouldOpen)?;
        Ok(Locked::Closed(Box::new(encryptor.wrap_output(output)?)))
    }
}

fn passphrase(text: &str) -> Result<SecretString, KeyError> {
    if text.is_empty() {
        return Err(KeyError::EmptyPassphrase);
    }
    Ok(text.into())
}

/// An output behind a lock.
pub(crate) enum Locked<W: Write> {
    Open(W),
    Closed(Box<age::stream::StreamWriter<W>>),
}

impl<W: Write> Locked<W> {
    /// Writes what is left; without it a locked file does not open.
    pub(crate) fn finish(self) -> std::io::Result<W> {
        match self {
            Self::Open(output) => Ok(output),
            Self::Closed(stream) => stream.finish(),
        }
    }
}

impl<W: Write> Write for Locked<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Open(output) => output.write(bytes),
            Self::Closed(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Open(output) => output.flush(),
            Self::Closed(stream) => stream.flush(),
        }
    }
}

/// The keys that a backup is opened with, should it be locked. Shows none of them.
#[derive(Default)]
pub struct Unlock {
    passphrase: Option<SecretString>,
    identities: Vec<Box<dyn age::Identity + Send + Sync>>,
}

impl Unlock {
    /// No keys: for a file that is not encrypted.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// A passphrase.
    ///
    /// # Errors
    /// When it is empty.
    pub fn passphrase(text: &str) -> Result<Self, KeyError> {
        Ok(Self {
            passphrase: Some(passphrase(text)?),
            identities: Vec::new(),
        })
    }

    /// Private keys, one to a line; comments and empty lines are passed over.
    ///
    /// # Errors
    /// When the text has another line, or none.
    pub fn identities(text: &str) -> Result<Self, KeyError> {
        let file = age::IdentityFile::from_buffer(text.as_bytes()).map_err(|_| KeyError::Identities)?;
        let identities = file.into_identities().map_err(|_| KeyError::Identities)?;
        if identities.is_empty() {
            return Err(KeyError::Identities);
        }
        Ok(Self {
            passphrase: None,
            identities,
        })
    }

    /// Whether there is any key.
    pub(crate) fn is_none(&self) -> bool {
        self.passphrase.is_none() && self.identities.is_empty()
    }

    /// The reader of what is in a locked file.
    pub(crate) fn open<'a, R: BufRead + Send + 'a>(&self, input: R) -> Result<Box<dyn BufRead + Send + 'a>, ReadError> {
        let decryptor = Decryptor::new_buffered(input).map_err(refusal)?;
        let opened = if decryptor.is_scrypt() {
            let passphrase = self.passphrase.as_ref().ok_or(ReadError::NeedsPassphrase)?;
            let mut identity = scrypt::Identity::new(passphrase.clone());
            identity.set_max_work_factor(MAX_WORK_FACTOR);
            decryptor.decrypt(std::iter::once(&identity as _))
        } else {
            if self.identities.is_empty() {
                return Err(ReadError::NeedsIdentity);
            }
            let identities = self.identities.iter().map(|identity| &**identity as &dyn age::Identity);
            decryptor.decrypt(identities)
        };
        Ok(Box::new(BufReader::new(Checked(opened.map_err(refusal)?))))
    }
}

impl fmt::Debug for Unlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unlock(***)")
    }
}

impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lock(***)")
    }
}

fn refusal(error: DecryptError) -> ReadError {
    match error {
        DecryptError::Io(error) => match error.kind() {
            std::io::ErrorKind::UnexpectedEof | std::io::ErrorKind::InvalidData => ReadError::Damaged,
            _ => ReadError::Io(error),
        },
        DecryptError::NoMatchingKeys | DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
            ReadError::WrongKey
        }
        DecryptError::ExcessiveWork { .. } => ReadError::TooMuchWork,
        DecryptError::UnknownFormat => ReadError::UnknownEncryption,
        _ => ReadError::Damaged,
    }
}

/// Tells what does not open from what cannot be read.
struct Checked<R>(R);

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(room).map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidData | std::io::ErrorKind::UnexpectedEof => std::io::Error::other(Damaged),
            _ => error,
        })
    }
}

/// Some part of an encrypted file is not what was written.
#[derive(Debug, thiserror::Error)]
#[error("it does not open: it was cut short or altered")]
pub(crate) struct Damaged;

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &[u8] = b"what nobody else may read";

    fn locked(lock: &Lock) -> Vec<u8> {
        let mut output = lock.close(Vec::new()).unwrap();
        output.write_all(TEXT).unwrap();
        output.finish().unwrap()
    }

    fn opened(file: &[u8], unlock: &Unlock) -> Result<Vec<u8>, ReadError> {
        let mut text = Vec::new();
        unlock.open(file)?.read_to_end(&mut text)?;
        Ok(text)
    }

    #[test]
    fn a_passphrase_opens_what_it_locked() {
        let file = locked(&Lock::passphrase("correct horse").unwrap());
        assert!(file.starts_with(BEGINNING));
        let right = Unlock::passphrase("correct horse").unwrap();
        assert_eq!(opened(&file, &right).unwrap(), TEXT);
        let wrong = opened(&file, &Unlock::passphrase("battery").unwrap());
        assert!(matches!(wrong, Err(ReadError::WrongKey)), "{wrong:?}");
        let none = opened(&file, &Unlock::none());
        assert!(matches!(none, Err(ReadError::NeedsPassphrase)), "{none:?}");
    }

    #[test]
    fn each_recipient_opens_it_alone() {
        let keys = [(); 3].map(|()| x25519::Identity::generate());
        let lock = Lock::Recipients(keys[..2].iter().map(|key| Recipient(key.to_public())).collect());
        let file = locked(&lock);
        let unlock = |key: &x25519::Identity| {
            use secrecy::ExposeSecret as _;
            let text = format!("# created: today\n\n{}\n", key.to_string().expose_secret());
            Unlock::identities(&text).unwrap()
        };
        for key in &keys[..2] {
            assert_eq!(opened(&file, &unlock(key)).unwrap(), TEXT);
        }
        let stranger = opened(&file, &unlock(&keys[2]));
        assert!(matches!(stranger, Err(ReadError::WrongKey)), "{stranger:?}");
        let none = opened(&file, &Unlock::passphrase("correct horse").unwrap());
        assert!(matches!(none, Err(ReadError::NeedsIdentity)), "{none:?}");
    }

    #[test]
    fn whatever_byte_is_altered_or_missing_it_does_not_open() {
        let key = x25519::Identity::generate();
        let file = locked(&Lock::Recipients(vec![Recipient(key.to_public())]));
        let unlock = Unlock {
            passphrase: None,
            identities: vec![Box::new(key)],
        };
        for place in 0..file.len() {
            let mut altered = file.clone();
            altered[place] ^= 1;
            assert!(opened(&altered, &unlock).is_err(), "byte {place}");
            assert!(opened(&file[..place], &unlock).is_err(), "{place} bytes");
        }
        assert_eq!(opened(&file, &unlock).unwrap(), TEXT);
    }

    /// Seven digits of work would take hours, and all memory.
    #[test]
    fn a_file_does_not_set_us_to_work_for_hours() {
        let file = locked(&Lock::passphrase("correct horse").unwrap());
        let line = file.split(|byte| *byte == b'\n').nth(1).unwrap();
        let asks_too_much = [&line[..line.len() - 1], b"40"].concat();
        let text = [
            BEGINNING,
            b"v1\n",
            &asks_too_much,
            &file[BEGINNING.len() + 3 + line.len()..],
        ]
        .concat();
        let refused = opened(&text, &Unlock::passphrase("correct horse").unwrap());
        assert!(matches!(refused, Err(ReadError::TooMuchWork)), "{refused:?}");
    }

    #[test]
    fn what_is_no_key_is_refused() {
        assert_eq!("age1".parse::<Recipient>().unwrap_err(), KeyError::Recipient);
        for bad in ["", "# nothing\n", "AGE-SECRET-KEY-1", "correct horse"] {
            assert_eq!(Unlock::identities(bad).unwrap_err(), KeyError::Identities, "{bad}");
        }
        assert_eq!(Lock::passphrase("").unwrap_err(), KeyError::EmptyPassphrase);
        assert_eq!(Unlock::passphrase("").unwrap_err(), KeyError::EmptyPassphrase);
        let nobody = Lock::Recipients(Vec::new()).close(Vec::new()).err();
        assert!(matches!(nobody, Some(WriteError::NobodyCouldOpen)));
    }
}
