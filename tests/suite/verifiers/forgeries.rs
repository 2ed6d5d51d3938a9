//! Everything that looks like a token and is none, each under a name.

use jsonwebtoken::Algorithm;
use serde_json::{Map, Value, json};

use super::issuer::{Key, pem, sign_with_secret, unsigned};

/// Who the tokens are from and for, and the key that is published.
pub struct Setting<'a> {
    pub issuer: &'a str,
    /// The one algorithm that is configured.
    pub name: &'a str,
    pub algorithm: Algorithm,
    /// The published key of that algorithm.
    pub key: &'a Key,
    /// A published key of another algorithm, as while the configuration is being changed.
    pub other: &'a Key,
    /// A second issuer with keys of its own.
    pub stranger: &'a str,
}

impl Setting<'_> {
    /// The header of a good token.
    pub fn header(&self) -> Value {
        json!({ "typ": "at+jwt", "alg": self.name, "kid": self.key.jwk["kid"] })
    }

    /// The claims of a good token, for this account.
    pub fn claims(&self, account: &str) -> Value {
        let now = jsonwebtoken::get_current_timestamp();
        json!({
            "iss": self.issuer, "aud": self.issuer, "sub": account, "sid": "a session", "client_id": "wx0000000000000001",
            "iat": now, "exp": now + 900, "jti": "a token",
        })
    }

    /// A good token.
    pub fn good(&self, account: &str) -> String {
        self.key.sign(&self.header(), &self.claims(account))
    }

    /// Every forgery by its name, which is the account where it has one.
    pub fn forgeries(&self) -> Vec<(&'static str, String)> {
        let mut all = self.misfits();
        all.extend(self.false_headers());
        all.extend(self.false_claims());
        all.extend(self.false_signatures());
        all
    }

    /// A good token and something else in its header, well signed.
    fn false_headers(&self) -> Vec<(&'static str, String)> {
        let now = |name: &'static str, member: &str, value: Value| {
            let token = self.key.sign(&with(self.header(), member, value), &self.claims(name));
            (name, token)
        };
        vec![
            now("typ of an id token", "typ", "JWT".into()),
            now("typ of nothing", "typ", Value::Null),
            now("typ that is a number", "typ", 1.into()),
            now("kid of nobody", "kid", "nobody".into()),
            now("kid that is a path", "kid", "../../../../dev/null".into()),
            now("kid that is a query", "kid", "' OR 1=1 --".into()),
            now("kid of another key", "kid", self.other.jwk["kid"].clone()),
            now("kid of nothing", "kid", Value::Null),
            now("kid that is a list", "kid", json!(["nobody"])),
            now("alg that is another one", "alg", "HS512".into()),
        ]
    }

    /// A good token and something else in its claims, well signed.
    fn false_claims(&self) -> Vec<(&'static str, String)> {
        let now = jsonwebtoken::get_current_timestamp();
        let one = |name: &'static str, member: &str, value: Value| {
            let token = self.key.sign(&self.header(), &with(self.claims(name), member, value));
            (name, token)
        };
        vec![
            one("iss of a stranger", "iss", self.stranger.into()),
            one("iss with more behind it", "iss", format!("{}/", self.issuer).into()),
            one("iss of nothing", "iss", Value::Null),
            one("aud of a stranger", "aud", self.stranger.into()),
            one(
                "aud of strangers",
                "aud",
                json!([self.stranger, "https://elsewhere.example"]),
            ),
            one("aud with more behind it", "aud", format!("{}/", self.issuer).into()),
            one("aud of nothing", "aud", Value::Null),
            one("exp a minute ago", "exp", (now - 60).into()),
            one("exp long ago", "exp", 1.into()),
            one("exp of nothing", "exp", Value::Null),
            one("exp that is a text", "exp", "never".into()),
            one("nbf in two minutes", "nbf", (now + 120).into()),
            one("sub of nothing", "sub", Value::Null),
            one("sub that is a number", "sub", 1.into()),
        ]
    }

    /// Signatures that are not those of the published key.
    fn false_signatures(&self) -> Vec<(&'static str, String)> {
        let signed = |name: &'static str, key: &Key| (name, key.sign(&self.header(), &self.claims(name)));
        let mac = |name: &'static str, alg: &str, secret: &[u8]| {
            let header = with(self.header(), "alg", alg.into());
            (name, sign_with_secret(secret, &header, &self.claims(name)))
        };
        let none = |name: &'static str, alg: &str| {
            let header = with(self.header(), "alg", alg.into());
            (name, format!("{}.", unsigned(&header, &self.claims(name))))
        };
        let thief = Key::new(self.algorithm, "nobody");
        let carried = |name: &'static str, member: &str, value: Value| {
            let header = with(with(self.header(), "kid", "nobody".into()), member, value);
            (name, thief.sign(&header, &self.claims(name)))
        };
        let other = {
            let alg = with(self.header(), "alg", self.other.jwk["alg"].clone());
            let header = with(alg, "kid", self.other.jwk["kid"].clone());
            let name = "another algorithm, whose key is published";
            (name, self.other.sign(&header, &self.claims(name)))
        };
        let good = self.good("changed afterwards");
        let (message, signature) = good.rsplit_once('.').expect("three parts");
        let changed = unsigned(&self.header(), &self.claims("other claims under its signature"));
        let jwk = self.key.jwk.to_string();
        let stranger = format!("{}/.well-known/jwks.json", self.stranger);
        vec![
            ("changed signature", format!("{message}.{}", altered(signature))),
            ("other claims", format!("{changed}.{signature}")),
            ("no signature", format!("{message}.")),
            (
                "half a signature",
                format!("{message}.{}", &signature[..signature.len() / 2]),
            ),
            signed("signed by a thief under our kid", &thief),
            carried("jwk of the thief", "jwk", thief.jwk.clone()),
            carried("jku of the thief", "jku", stranger.clone().into()),
            carried("x5u of the thief", "x5u", stranger.into()),
            none("alg none", "none"),
            none("alg None", "None"),
            none("alg of nothing", ""),
            none("right alg and no signature", self.name),
            mac("HMAC with the public key", "HS256", &self.key.public),
            mac(
                "HMAC with the public key in PEM",
                "HS256",
                pem("PUBLIC KEY", &self.key.public).as_bytes(),
            ),
            mac("HMAC with the public key in JSON", "HS256", jwk.as_bytes()),
            mac("HMAC with nothing", "HS256", b""),
            mac("HMAC under the right alg", self.name, &self.key.public),
            other,
        ]
    }

    /// What is no JWT at all.
    fn misfits(&self) -> Vec<(&'static str, String)> {
        let good = self.good("a part too many");
        let (message, signature) = good.rsplit_once('.').expect("three parts");
        let list = self.key.sign(&self.header(), &json!([self.issuer]));
        let header = self.key.sign(&json!("at+jwt"), &self.claims("a header that is a text"));
        vec![
            ("garbage", "garbage".to_owned()),
            ("dots", "..".to_owned()),
            ("two parts", message.to_owned()),
            ("four parts", format!("{good}.{signature}")),
            ("a refresh token", format!("wxr_{signature}")),
            ("no base64", format!("%%%.%%%.{signature}")),
            ("claims that are a list", list),
            ("a header that is a text", header),
            ("a long one", "a".repeat(100_000)),
        ]
    }
}

/// With one member changed, or without it where the value is null.
fn with(object: Value, member: &str, value: Value) -> Value {
    let Value::Object(mut members) = object else {
        panic!("{object} has no members")
    };
    if value.is_null() {
        members.remove(member);
    } else {
        members.insert(member.to_owned(), value);
    }
    Value::Object(Map::from_iter(members))
}

/// With its first character changed, all of whose bits count.
fn altered(signature: &str) -> String {
    let first = if signature.starts_with('A') { 'B' } else { 'A' };
    format!("{first}{}", &signature[1..])
}
