//! Accounts as short texts, for tables in tests.

use crate::account::{Account, AccountStatus, AvatarUrl, LinkedIdentity, Nickname};
use crate::external_id::ExternalId;
use crate::id::AccountId;
use crate::identity::{AppId, OpenId, UnionId, WechatIdentity};
use crate::phone_number::{PhoneNumber, VerifiedPhone};
use crate::timestamp::Timestamp;

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(1_769_000_000 + seconds)
}

pub(crate) fn id(number: u8) -> AccountId {
    AccountId::from_bytes([number; 16])
}

/// Reads `1/o1`, `1/o1/u1`, `1/o1/u1!3`, with ` @7` for the second at which it was first seen; without, that is the
/// number of the app.
pub(crate) fn linked(text: &str) -> LinkedIdentity {
    let (text, seen) = text.split_once(" @").unwrap_or((text, &text[..1]));
    let (text, conflict) = match text.split_once('!') {
        Some((text, other)) => (text, Some(id(other.parse().unwrap()))),
        None => (text, None),
    };
    let mut parts = text.split('/');
    let app = format!("wx000000000000000{}", parts.next().unwrap());
    LinkedIdentity {
        identity: WechatIdentity {
            app: AppId::parse(&app).unwrap(),
            openid: OpenId::parse(parts.next().unwrap()).unwrap(),
            unionid: parts.next().map(|unionid| UnionId::parse(unionid).unwrap()),
        },
        first_seen_at: at(seen.parse().unwrap()),
        unionid_conflict: conflict,
    }
}

/// Reads what an account has, after its number: `1/o1, phone 7, name Ann, picture p, external e, suspended, since 1,
/// last 2`.
pub(crate) fn account(number: u8, has: &str) -> Account {
    let mut account = Account::new(id(number), at(0));
    for part in has.split(", ").filter(|part| !part.is_empty()) {
        match part.split_once(' ').unwrap_or((part, "")) {
            ("suspended", _) => account.status = AccountStatus::Suspended,
            ("since", seconds) => account.created_at = at(seconds.parse().unwrap()),
            ("last", seconds) => account.last_login_at = at(seconds.parse().unwrap()),
            ("phone", digit) => {
                account.phone = Some(VerifiedPhone {
                    number: PhoneNumber::parse(&format!("+861380013800{digit}")).unwrap(),
                    verified_at: at(0),
                });
            }
            ("name", name) => account.profile.nickname = Nickname::parse(name).ok(),
            ("picture", name) => {
                account.profile.avatar_url = AvatarUrl::parse(&format!("https://a.example/{name}")).ok();
            }
            ("external", external) => account.external_id = ExternalId::parse(external).ok(),
            _ => account.identities.push(linked(part)),
        }
    }
    account
}

/// Writes what [`account`] reads.
pub(crate) fn shown(account: &Account) -> String {
    let mut parts: Vec<String> = account
        .identities
        .iter()
        .map(|linked| {
            let identity = &linked.identity;
            let unionid = identity
                .unionid
                .as_ref()
                .map(|unionid| format!("/{}", unionid.as_str()));
            let conflict = linked.unionid_conflict.map(|other| format!("!{}", other.to_bytes()[0]));
            format!(
                "{}/{}{}{}",
                &identity.app.as_str()[17..],
                identity.openid,
                unionid.unwrap_or_default(),
                conflict.unwrap_or_default(),
            )
        })
        .collect();
    if account.status == AccountStatus::Suspended {
        parts.push("suspended".into());
    }
    let text = |name: &str, value: Option<&str>| value.map(|value| format!("{name} {value}"));
    let profile = &account.profile;
    parts.extend(text(
        "phone",
        account.phone.as_ref().map(|phone| &phone.number.as_e164()[13..]),
    ));
    parts.extend(text("name", profile.nickname.as_ref().map(Nickname::as_str)));
    parts.extend(text(
        "picture",
        profile.avatar_url.as_ref().map(|url| &url.as_str()[18..]),
    ));
    parts.extend(text("external", account.external_id.as_ref().map(ExternalId::as_str)));
    for (name, seconds) in [("since", account.created_at), ("last", account.last_login_at)] {
        let seconds = seconds.since(at(0)).as_secs();
        if seconds > 0 {
            parts.push(format!("{name} {seconds}"));
        }
    }
    format!("account {}: {}", account.id.to_bytes()[0], parts.join(", "))
}
