//! The encryption of messages.
//!
//! ```text
//! base64( AES-256-CBC( random 16 | length 4, big-endian | message | appid | padding 1 to 32 ) )
//! ```

use aes::Aes256;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use wxlogin_domain::identity::AppId;
use wxlogin_domain::ports::push_messages::PushRefusal;
use zeroize::Zeroizing;

use crate::keys::AesKey;

type Decryptor = cbc::Decryptor<Aes256>;

const RANDOM: usize = 16;
/// The platform pads as PKCS#7 does, but to blocks of 32 bytes, twice those of AES.
const PADDED_TO: u8 = 32;

/// The message in `Encrypt`, if it is for this app.
pub(crate) fn open(key: &AesKey, app: &AppId, encrypted: &str) -> Result<Vec<u8>, PushRefusal> {
    let padded = decrypt(key, encrypted).ok_or(PushRefusal::DecryptionFailed)?;
    let (message, made_for) = unpad(&padded).and_then(split).ok_or(PushRefusal::DecryptionFailed)?;
    if made_for != app.as_str().as_bytes() {
        return Err(PushRefusal::OtherApp);
    }
    Ok(message.to_vec())
}

fn decrypt(key: &AesKey, encrypted: &str) -> Option<Zeroizing<Vec<u8>>> {
    let text = STANDARD.decode(encrypted).ok()?;
    let decryptor = Decryptor::new(key.expose().into(), key.iv().into());
    // Refuses what is no whole number of blocks.
    decryptor
        .decrypt_padded_vec::<NoPadding>(&text)
        .ok()
        .map(Zeroizing::new)
}

/// Checked by hand: an unpadder for AES takes 17 to 32 for an error.
fn unpad(padded: &[u8]) -> Option<&[u8]> {
    let padding = *padded.last()?;
    let length = padded.len().checked_sub(padding.into())?;
    let (text, padded_with) = padded.split_at(length);
    let is_padding = (1..=PADDED_TO).contains(&padding) && padded_with.iter().all(|byte| *byte == padding);
    is_padding.then_some(text)
}

/// The message, and for whom it was made.
fn split(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = text.get(RANDOM..)?.split_first_chunk()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

/// The platform's side of it.
#[cfg(test)]
pub(crate) mod sealing {
    use cbc::cipher::BlockModeEncrypt;

    use super::*;

    /// A message as the platform encrypts it.
    pub(crate) fn seal(key: &AesKey, made_for: &str, message: &[u8]) -> String {
        let length = u32::try_from(message.len()).unwrap().to_be_bytes();
        pad_and_encrypt(key, [&[7; RANDOM], &length[..], message, made_for.as_bytes()].concat())
    }

    /// A text of any form, padded as the platform pads.
    pub(crate) fn pad_and_encrypt(key: &AesKey, mut text: Vec<u8>) -> String {
        let padding = PADDED_TO - u8::try_from(text.len() % usize::from(PADDED_TO)).unwrap();
        text.extend(std::iter::repeat_n(padding, padding.into()));
        encrypt(key, &text)
    }

    /// Whole blocks, as they are.
    pub(crate) fn encrypt(key: &AesKey, blocks: &[u8]) -> String {
        let encryptor = cbc::Encryptor::<Aes256>::new(key.expose().into(), key.iv().into());
        STANDARD.encode(encryptor.encrypt_padded_vec::<NoPadding>(blocks))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::sealing::{encrypt, pad_and_encrypt, seal};
    use super::*;
    use crate::example;

    fn app() -> AppId {
        AppId::parse(example::APP).unwrap()
    }

    fn key() -> AesKey {
        AesKey::parse(&app(), &example::AES_KEY.into()).ok().unwrap()
    }

    fn other_key() -> AesKey {
        AesKey::parse(&app(), &"B".repeat(43).into()).ok().unwrap()
    }

    fn open_here(encrypted: &str) -> Result<Vec<u8>, PushRefusal> {
        open(&key(), &app(), encrypted)
    }

    #[test]
    fn opens_the_platforms_example() {
        let padded = decrypt(&key(), example::ENCRYPT).unwrap();
        assert_eq!(padded.last(), Some(&19), "more than a block of AES");
        let message = String::from_utf8(open_here(example::ENCRYPT).unwrap()).unwrap();
        assert!(message.starts_with(r#"{"ToUserName":"gh_97417a04a28d","#), "{message}");
        assert!(
            message.ends_with(r#","Event":"debug_demo","debug_str":"hello world"}"#),
            "{message}"
        );
    }

    #[test]
    fn every_padding_is_taken() {
        // A message of each length up to two blocks: all paddings, twice.
        for length in 0..64 {
            let message = vec![b'm'; length];
            assert_eq!(open_here(&seal(&key(), example::APP, &message)), Ok(message));
        }
    }

    #[test]
    fn made_for_another() {
        for made_for in [
            "",
            "wx4f4bc4dec97d474b",
            "wxba5fad812f8e6fb",
            "wxba5fad812f8e6fb99",
            "\0",
        ] {
            let opened = open_here(&seal(&key(), made_for, b"{}"));
            assert_eq!(opened, Err(PushRefusal::OtherApp), "{made_for:?}");
        }
    }

    #[test]
    fn every_fault_is_one_error() {
        let with_padding = |padding: &[u8]| {
            let length = 96 - padding.len();
            let text = [vec![0; length], padding.to_vec()].concat();
            encrypt(&key(), &text)
        };
        let with_length = |length: u32| {
            let text = [&[7; RANDOM], &length.to_be_bytes()[..], b"message"].concat();
            pad_and_encrypt(&key(), text)
        };
        let table = [
            ("nothing", String::new()),
            ("no base64", "?".into()),
            (
                "base64 of URLs",
                seal(&key(), example::APP, b"{}").replace('+', "-").replace('/', "_") + "_",
            ),
            ("base64 with a blank", format!(" {}", example::ENCRYPT)),
            ("half a block", STANDARD.encode([0; 8])),
            ("a block and a half", STANDARD.encode([0; 24])),
            ("another key", seal(&other_key(), example::APP, b"{}")),
            ("padding of none", with_padding(&[0])),
            ("padding of 33", with_padding(&[33; 33])),
            ("padding of 255", with_padding(&[255; 96])),
            ("padding longer than the text", encrypt(&key(), &[32; 16])),
            ("padding that is uneven", with_padding(&[3, 2, 3])),
            ("padding alone", encrypt(&key(), &[32; 32])),
            ("no length", pad_and_encrypt(&key(), vec![7; RANDOM])),
            ("part of a length", pad_and_encrypt(&key(), vec![7; RANDOM + 3])),
            ("a length too long by one", with_length(8)),
            ("a length far too long", with_length(u32::MAX)),
        ];
        for (name, encrypted) in table {
            assert_eq!(open_here(&encrypted), Err(PushRefusal::DecryptionFailed), "{name}");
        }
        assert_eq!(
            open_here(&with_length(7)),
            Err(PushRefusal::OtherApp),
            "the longest that fits"
        );
    }

    proptest! {
        #[test]
        fn what_was_sealed_is_opened(message in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert_eq!(open_here(&seal(&key(), example::APP, &message)), Ok(message));
        }

        #[test]
        fn what_was_cut_or_changed_is_not_what_it_was(
            message in prop::collection::vec(any::<u8>(), 0..100),
            place in any::<prop::sample::Index>(),
            flip in 1..=255_u8,
        ) {
            let whole = STANDARD.decode(seal(&key(), example::APP, &message)).unwrap();
            let place = place.index(whole.len());
            let cut = open_here(&STANDARD.encode(&whole[..place]));
            prop_assert!(cut.is_err(), "cut at {}", place);
            let mut changed = whole;
            changed[place] ^= flip;
            // The random block counts too: what is changed in it changes the block that follows.
            let opened = open_here(&STANDARD.encode(&changed));
            prop_assert!(opened != Ok(message), "byte {}", place);
        }

        #[test]
        fn no_plaintext_panics(text in prop::collection::vec(any::<u8>(), 0..100)) {
            let _ = open_here(&pad_and_encrypt(&key(), text));
        }

        #[test]
        fn no_ciphertext_panics(
            text in prop::collection::vec(any::<u8>(), 0..100),
            garbage in ".{0,100}|[A-Za-z0-9+/]{0,100}={0,2}",
        ) {
            let _ = open_here(&STANDARD.encode(text));
            let _ = open_here(&garbage);
        }
    }
}
