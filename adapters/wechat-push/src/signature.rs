//! The platform's signatures: SHA-1 over the sorted, joined parts, one of which is the app's token.

use sha1::{Digest, Sha1};
use subtle::ConstantTimeEq;

const LENGTH: usize = 40;

/// Whether a signature is made of these parts. Takes the same time wherever they differ.
pub(crate) fn fits<'a>(signature: &str, parts: impl Iterator<Item = &'a str>) -> bool {
    of(parts).ct_eq(signature.as_bytes()).into()
}

/// Lowercase hexadecimal.
pub(crate) fn of<'a>(parts: impl Iterator<Item = &'a str>) -> [u8; LENGTH] {
    let mut parts: Vec<&str> = parts.collect();
    parts.sort_unstable();
    let mut digest = Sha1::new();
    for part in parts {
        digest.update(part);
    }
    let mut text = [0; LENGTH];
    for (digits, byte) in text.chunks_exact_mut(2).zip(digest.finalize()) {
        digits[0] = digit(byte >> 4);
        digits[1] = digit(byte & 15);
    }
    text
}

fn digit(value: u8) -> u8 {
    b"0123456789abcdef"[usize::from(value)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The platform's own example of a URL check.
    const SIGNATURE: &str = "f464b24fc39322e44b38aa78f5edd27bd1441696";
    const PARTS: [&str; 3] = ["AAAAA", "1714036504", "1514711492"];

    #[test]
    fn the_platforms_example_fits_in_any_order() {
        for [a, b, c] in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            assert!(fits(SIGNATURE, [PARTS[a], PARTS[b], PARTS[c]].into_iter()));
        }
        assert_eq!(of(PARTS.into_iter()), SIGNATURE.as_bytes());
    }

    #[test]
    fn nothing_else_fits() {
        let upper = SIGNATURE.to_uppercase();
        for signature in [
            "",
            " ",
            &upper,
            &SIGNATURE[..39],
            &format!("{SIGNATURE}0"),
            &format!(" {SIGNATURE}"),
            &format!("0{}", &SIGNATURE[1..]),
            &SIGNATURE.replace('6', "7"),
            "签名",
        ] {
            assert!(!fits(signature, PARTS.into_iter()), "{signature:?}");
        }
        for parts in [
            ["AAAAB", "1714036504", "1514711492"],
            ["AAAAA", "1714036505", "1514711492"],
            ["AAAAA", "1714036504", ""],
        ] {
            assert!(!fits(SIGNATURE, parts.into_iter()), "{parts:?}");
        }
    }
}
