use std::fmt::Write as _;
use std::io::Cursor;

use wxlogin_domain::account::Nickname;

use super::*;
use crate::config::Config;

/// Rows as they are read, or what is wrong with the file.
fn read(text: &[u8], format: Option<Format>) -> String {
    let rows = match rows(Cursor::new(text.to_vec()), format, Apps::of(&Config::for_testing())) {
        Ok(rows) => rows,
        Err(error) => return format!("    refused: {error:#}\n"),
    };
    let mut shown = String::new();
    for row in rows {
        let Row { line, user } = row.expect("it is read");
        match user {
            Ok(user) => {
                let identity = user.identity;
                let unionid = identity.unionid.map(|unionid| unionid.to_string());
                let phone = user.phone.map(|phone| phone.to_string());
                let nickname = user.nickname.as_ref().map(Nickname::as_str);
                let said = [unionid.as_deref(), phone.as_deref(), nickname].map(|text| text.unwrap_or("-"));
                let (app, openid, id) = (identity.app, identity.openid, user.external_id);
                writeln!(shown, "    {line}: {app} {openid} = {id}; {}", said.join(" ")).unwrap();
            }
            Err(fault) => writeln!(shown, "    {line}: refused: {fault}").unwrap(),
        }
    }
    shown
}

fn table(files: &[(&str, &[u8])]) -> String {
    let mut table = String::new();
    for (name, text) in files {
        write!(table, "{name}\n{}", read(text, None)).unwrap();
    }
    table
}

#[test]
fn csv_table() {
    let table = table(&[
        ("all columns", b"appid,openid,external_id,unionid,phone,nickname\nwx00000000000000a1,o1,1,u1,+8613800138000,Ann\n"),
        ("what is not known is empty", b"appid,openid,external_id,unionid,phone,nickname\nwx00000000000000a1,o1,1,,,\n"),
        ("the least, in another order", b"external_id,openid\n1,o1\n2,o2"),
        ("as a spreadsheet saves it", "\u{feff}openid,external_id,nickname\r\no1,001,\"小明, \"\"明\"\"\"\r\n\r\no2,002,小红\r\n".as_bytes()),
        ("a name over two lines", b"openid,external_id,nickname\no1,1,\"a\nb\"\no2,2,c\n"),
        ("blanks in the header", b"openid , external_id\no1,1\n"),
        ("phone numbers", b"openid,external_id,phone\no1,1,13800138000\no2,2,+852 6123 4567\no3,3,61234567\no4,4,1380013800x\no5,5,86 13800138000\n"),
        ("ids", "openid,external_id\n,1\no1,\no1 ,1\no1, 1\no1,客户 17\no1,\"a\tb\"\n".as_bytes()),
        ("other fields", b"appid,openid,external_id,unionid,nickname\nwx4f4bc4dec97d474b,o1,1,,\nwx,o1,1,,\n,o1,1,u 1,\n,o1,1,,\x07\n"),
        ("more or fewer fields", b"openid,external_id\no1\no2,2,3\no3,3\n"),
        ("not UTF-8", b"openid,external_id,nickname\no1,1,\xd0\xa1\xc3\xf7\no2,2,Ann\n"),
        ("a header alone", b"openid,external_id\n"),
        ("nothing", b""),
        ("no header", b"o1,1\no2,2\n"),
        ("a header that lacks one", b"openid,phone\no1,\n"),
        ("a column twice", b"openid,external_id,openid\no1,1,o1\n"),
        ("what is blank is empty", b"openid,external_id,nickname\no1,1, \n o2,  ,x\n"),
        ("a quote that is not closed", b"openid,external_id,nickname\no1,1,Ann\n\no2,2,\"Ben\no3,3,Cyd\n"),
        ("a quote that is, at the end", b"openid,external_id,nickname\no1,1,\"Ann\n\""),
        ("a header that is not UTF-8", b"openid,external_id,\xff\n"),
    ]);
    insta::assert_snapshot!(table);
}

#[test]
fn json_lines_table() {
    let long = format!(
        "{{\"openid\":\"o1\",\"external_id\":\"{}\"}}\n{{\"openid\":\"o2\",\"external_id\":2}}",
        "x".repeat(200_000)
    );
    let table = table(&[
        ("all fields", br#"{"appid":"wx00000000000000a1","openid":"o1","external_id":"1","unionid":"u1","phone":"+8613800138000","nickname":"Ann"}"#),
        ("the least, with blank lines", b"\n{\"openid\":\"o1\",\"external_id\":\"1\"}\n\n {\"external_id\":\"2\",\"openid\":\"o2\"} \r\n"),
        ("null is absent", br#"{"openid":"o1","external_id":"1","phone":null,"appid":null}"#),
        ("numbers", b"{\"openid\":\"o1\",\"external_id\":10023,\"phone\":13800138000}\n{\"openid\":\"o1\",\"external_id\":1.5}"),
        ("with a byte order mark", "\u{feff}{\"openid\":\"o1\",\"external_id\":\"1\"}".as_bytes()),
        ("wrong types", b"{\"openid\":[\"o1\"],\"external_id\":\"1\"}\n{\"openid\":\"o1\",\"external_id\":true}"),
        ("what is missing", b"{\"openid\":\"o1\"}\n{\"external_id\":\"1\"}\n{}"),
        ("unknown fields", br#"{"openid":"o1","external_id":"1","open_id":"o1"}"#),
        ("a field twice", br#"{"openid":"o1","external_id":1,"openid":"o2"}"#),
        ("not JSON", b"{\"openid\":\"o1\"\n{\"openid\":\"o2\",\"external_id\":\"2\"}\n\"o3\"\n\xff"),
        ("an array", b"[{\"openid\":\"o1\",\"external_id\":\"1\"}]"),
        ("a line that is too long", long.as_bytes()),
    ]);
    insta::assert_snapshot!(table);
}

/// Behind it all the rest is one field, however much that is.
#[test]
fn a_quote_that_is_never_closed_ends_the_reading() {
    let text = b"openid,external_id\no1,1\no2,\"2\n";
    let endless = Cursor::new(text.to_vec()).chain(std::io::repeat(b'x'));
    let mut rows = rows(
        BufReader::new(endless),
        Some(Format::Csv),
        Apps::of(&Config::for_testing()),
    )
    .unwrap();
    assert!(rows.next().unwrap().unwrap().user.is_ok());
    let error = rows.next().unwrap().err().unwrap();
    assert_eq!(
        format!("{error:#}"),
        "line 3: a row is longer than 65536 bytes: is a quote not closed?"
    );
}

#[test]
fn the_format_that_is_named_prevails() {
    let text = b"{\"openid\":\"o1\",\"external_id\":\"1\"}";
    assert!(read(text, Some(Format::Csv)).contains("refused"));
    let text = b"openid,external_id\no1,1\n";
    assert!(read(text, Some(Format::Jsonl)).contains("not a JSON object"));
}

#[test]
fn of_several_apps_one_has_to_be_named() {
    let mut config = Config::for_testing();
    config.apps.push(config.apps[0].clone());
    let text = Cursor::new(b"openid,external_id\no1,1\n".to_vec());
    let mut rows = rows(text, None, Apps::of(&config)).unwrap();
    let fault = rows.next().unwrap().unwrap().user.unwrap_err();
    assert_eq!(
        fault.to_string(),
        "appid: it is missing, and several mini programs are configured"
    );
}
