//! Files that are refused, each with what is wrong with it and where.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use wxlogin_backup::{BackupReader, BackupWriter, Lock, ReadError, Unlock, WriteError, examine};
use wxlogin_domain::audit::{AuditAction, AuditEvent};
use wxlogin_domain::copy::{CopyItem, HonouredPush};
use wxlogin_domain::origin::Origin;
use wxlogin_domain::push::MessageHash;
use wxlogin_domain::timestamp::Timestamp;

const FILE: &str = include_str!("version-1.jsonl");

fn refusal(text: &str) -> String {
    match examine(text.as_bytes(), &Unlock::none()) {
        Ok(examined) => format!("accepted: {}", examined.counts),
        Err(error) => error.to_string(),
    }
}

/// The lines, with a last one that fits them but for what `counts` says.
fn ended(lines: &str, counts: &str) -> String {
    let digest = Sha256::digest(lines.as_bytes());
    let digest = digest
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    format!("{lines}{{\"end\":{{{counts},\"sha256\":\"{digest}\"}}}}\n")
}

const NOTHING: &str = r#""accounts":0,"sessions":0,"pushes":0,"api_keys":0,"events":0,"key_rings":0"#;

fn header() -> &'static str {
    FILE.split_inclusive('\n').next().unwrap()
}

#[test]
fn faults_table() {
    let lines: Vec<&str> = FILE.split_inclusive('\n').collect();
    let body = lines[..lines.len() - 1].concat();
    let with_line = |line: &str| format!("{}{line}\n", header());
    let push = lines[3];
    let mut table = String::new();
    for (what, text) in [
        ("as it is", FILE.to_owned()),
        ("empty, but whole", ended(header(), NOTHING)),
        ("nothing", String::new()),
        ("something else", "PK\u{3}\u{4}".into()),
        ("another JSON", "{\"format\":\"other\",\"version\":1}\n".into()),
        ("a list", "[]\n".into()),
        (
            "newer",
            header().replace("\"version\":1", "\"version\":2,\"more\":true"),
        ),
        ("version 0", header().replace("\"version\":1", "\"version\":0")),
        (
            "a header with more in it",
            header().replace("\"version\":1", "\"version\":1,\"more\":true"),
        ),
        ("a header of no time", header().replace("2026", "last year")),
        ("without the last line", body.clone()),
        ("without the last line feed", FILE.trim_end().to_owned()),
        ("cut in a line", FILE[..body.len() - 10].to_owned()),
        ("only a header", header().to_owned()),
        ("no JSON", with_line("secret")),
        ("no object", with_line("[1]")),
        ("an empty line", with_line("")),
        ("an empty object", with_line("{}")),
        (
            "two in one line",
            with_line("{\"push\":{\"hash\":\"\",\"at\":\"\"},\"end\":1}"),
        ),
        ("an unknown kind", with_line("{\"quota\":{\"secret\":1}}")),
        (
            "an unknown kind of a long name",
            with_line(&format!("{{\"{}\":1}}", "quota".repeat(50))),
        ),
        ("an unknown field", body.replace("\"hash\":", "\"secret\":1,\"hash\":")),
        ("a missing field", body.replace("\"status\":\"active\",", "")),
        (
            "another type",
            body.replace("\"generation\":3", "\"generation\":\"secret\""),
        ),
        ("no openid", body.replace("oGZUI0egBJY1zhBYw2KhdUfwVJJE", "a secret")),
        ("no time", body.replace("2026-01-28T15:42:56.009Z", "secret")),
        ("no base64", body.replace("BwcHBwcH", "secret!!")),
        ("too short a hash", body.replace("BwcHBwcH", "")),
        ("an unknown action", body.replace("login_failed", "secret")),
        ("an account after a push", [header(), push, lines[1]].concat()),
        ("a push after the key ring", [header(), lines[6], push].concat()),
        ("two key rings", [header(), lines[6], lines[6]].concat()),
        ("more after the end", format!("{FILE}{push}")),
        ("an empty line after the end", format!("{FILE}\n")),
        (
            "fewer than counted",
            ended(header(), &NOTHING.replace("\"pushes\":0", "\"pushes\":1")),
        ),
        ("more than counted", ended(&[header(), push].concat(), NOTHING)),
        ("another checksum", FILE.replace("\"0.1.0\"", "\"0.1.1\"")),
        ("a line was left out", FILE.replace(push, "")),
    ] {
        writeln!(table, "{what}: {}", refusal(&text)).unwrap();
    }
    // What stands in a file may be somebody's: it is not told.
    assert!(!table.contains("secret"), "{table}");
    insta::assert_snapshot!(table);
}

#[test]
fn a_line_without_end_takes_no_more_memory_than_a_line_may() {
    let endless = std::io::BufReader::new(std::io::repeat(b'x'));
    let refused = BackupReader::open(endless, &Unlock::none()).err();
    assert!(matches!(refused, Some(ReadError::NotABackup)), "{refused:?}");
    let endless = std::io::Read::chain(header().as_bytes(), std::io::BufReader::new(std::io::repeat(b' ')));
    let refused = examine(endless, &Unlock::none()).err();
    assert!(matches!(refused, Some(ReadError::TooLong { line: 2 })), "{refused:?}");
}

#[test]
fn a_key_for_an_open_file_is_refused() {
    let unlock = Unlock::passphrase("correct horse").unwrap();
    let refused = examine(FILE.as_bytes(), &unlock).err();
    assert!(matches!(refused, Some(ReadError::NotEncrypted)), "{refused:?}");
}

/// An input that fails is told from one that ends.
#[test]
fn an_input_that_fails_is_told() {
    struct Failing;
    impl std::io::Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk"))
        }
    }
    let input = std::io::Read::chain(header().as_bytes(), std::io::BufReader::new(Failing));
    let refused = examine(input, &Unlock::none()).err();
    assert!(matches!(refused, Some(ReadError::Io(_))), "{refused:?}");
}

/// A store that keeps no order would make a file that nobody reads.
#[test]
fn what_would_not_be_read_is_not_written() {
    let at = Timestamp::from_unix_seconds(1_769_614_976);
    let mut writer = BackupWriter::begin(Vec::new(), &Lock::Open, at, "0.1.0").unwrap();
    let push = CopyItem::Push(HonouredPush {
        hash: MessageHash([7; 32]),
        at,
    });
    writer.write(&push).unwrap();
    let mut reader = BackupReader::open(FILE.as_bytes(), &Unlock::none()).unwrap();
    let account = reader.next_item().unwrap().unwrap();
    let refused = writer.write(&account).unwrap_err();
    assert!(matches!(refused, WriteError::OutOfOrder), "{refused:?}");
    let mut writer = BackupWriter::begin(Vec::new(), &Lock::Open, at, "0.1.0").unwrap();
    let event = AuditEvent::new(&Origin::service(), AuditAction::KeyRetired, at, [1; 10]);
    let event = event.with_detail(&"x".repeat(17 << 20));
    let refused = writer.write(&CopyItem::Event(Box::new(event))).unwrap_err();
    assert!(matches!(refused, WriteError::TooLong), "{refused:?}");
}
