//! What is written is read again.

use proptest::prelude::*;
use wxlogin_backup::{BackupReader, BackupWriter, Counts, Lock, Unlock, examine};
use wxlogin_domain::copy::CopyItem;
use wxlogin_domain::timestamp::Timestamp;

use crate::arbitrary::items;

/// A backup of these items.
pub fn written(items: &[CopyItem]) -> (Vec<u8>, Counts) {
    let at = Timestamp::from_unix_millis(1_769_614_976_120);
    let mut writer = BackupWriter::begin(Vec::new(), &Lock::Open, at, "0.1.0").unwrap();
    for item in items {
        writer.write(item).unwrap();
    }
    writer.finish().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_again(items in items()) {
        let (file, counts) = written(&items);
        let mut reader = BackupReader::open(&*file, &Unlock::none()).unwrap();
        let mut read = Vec::new();
        while let Some(item) = reader.next_item().unwrap() {
            read.push(item);
        }
        prop_assert!(reader.next_item().unwrap().is_none());
        prop_assert_eq!(&read, &items);
        prop_assert_eq!(reader.counts(), counts);
        let examined = examine(&*file, &Unlock::none()).unwrap();
        prop_assert_eq!(examined.counts, counts);
        let ring = items.into_iter().find_map(|item| match item {
            CopyItem::KeyRing(ring) => Some(*ring),
            _ => None,
        });
        prop_assert_eq!(examined.key_ring, ring);
        // One kind of file, whatever was read and written before.
        prop_assert_eq!(&written(&read).0, &file);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>(), text in "\\PC*\n?") {
        for input in [&bytes, text.as_bytes()] {
            prop_assert!(examine(input, &Unlock::none()).is_err());
        }
    }

    #[test]
    fn no_line_makes_it_panic(line in "\\{\"(account|push|api_key|event|key_ring|end|x)\":\\PC*\\}") {
        let (file, _) = written(&[]);
        let header = file.split_inclusive(|byte| *byte == b'\n').next().unwrap();
        let text = [header, line.as_bytes(), b"\n"].concat();
        prop_assert!(examine(&*text, &Unlock::none()).is_err());
    }

    #[test]
    fn whatever_is_altered_it_is_refused(items in items(), place in any::<prop::sample::Index>(), with in 1..=255_u8) {
        let (mut file, _) = written(&items);
        let place = place.index(file.len());
        file[place] ^= with;
        prop_assert!(examine(&*file, &Unlock::none()).is_err(), "byte {}", place);
    }

    #[test]
    fn wherever_it_is_cut_it_is_refused(items in items(), place in any::<prop::sample::Index>()) {
        let (file, _) = written(&items);
        prop_assert!(examine(&file[..place.index(file.len())], &Unlock::none()).is_err());
    }
}
