//! The keys with which operators and other backends call the service.

use std::collections::BTreeSet;

use secrecy::{ExposeSecret, SecretString};
use wxlogin_domain::api_key::{ApiKeyName, Scope};

use super::fault::{Faults, Flaw, Reported, quoted};
use super::raw::{Group, Raw};
use super::settings::{ADMIN_KEYS, API_KEY, API_KEY_NAME, API_KEY_SCOPES};

/// One API key. Names are unique, and so are keys.
#[derive(Debug, Clone)]
pub struct ApiKey {
    /// Who uses it: 1 to 64 of `A-Z a-z 0-9 _ . -`.
    pub name: ApiKeyName,
    /// The key: at least 32 visible characters of ASCII.
    pub key: SecretString,
    /// What it allows.
    pub scopes: BTreeSet<Scope>,
}

fn parse_scope(text: &str) -> Result<Scope, Flaw> {
    Scope::parse(text).ok_or_else(|| {
        let problem = format!("{} is not a scope", quoted(text));
        Flaw::new(problem, "write admin, introspect or both")
    })
}

const SHORTEST: usize = 32;

impl ApiKey {
    /// A key called `test` with all scopes: `test-api-key-test-api-key-test-api-key`.
    ///
    /// # Panics
    /// Never: the name is one.
    #[must_use]
    pub fn for_testing() -> Self {
        Self {
            name: ApiKeyName::parse("test").expect("it is a name"),
            key: "test-api-key-test-api-key-test-api-key".into(),
            scopes: Scope::ALL.into(),
        }
    }

    /// A key for the process itself, which nobody else has ever seen.
    #[must_use]
    pub fn internal(name: ApiKeyName, key: SecretString) -> Self {
        Self {
            name,
            key,
            scopes: Scope::ALL.into(),
        }
    }

    fn read(group: &Group, faults: &mut Faults) -> Result<Self, Reported> {
        let name = group.required(&API_KEY_NAME, faults, |text| {
            let flaw = |_| Flaw::new(format!("{} is not a name for a key", quoted(text)), NAME_REMEDY);
            ApiKeyName::parse(text).map_err(flaw)
        });
        let key = group.secret(&API_KEY, faults, check_key);
        let scopes = group.list(&API_KEY_SCOPES, faults, parse_scope);
        let key = key.and_then(|key| {
            let flaw = Flaw::new("is missing", KEY_REMEDY);
            key.ok_or_else(|| group.report_missing(&API_KEY, flaw, faults))
        });
        let scopes = scopes?;
        if scopes.is_empty() {
            let remedy = "write scopes = [\"introspect\"], [\"admin\"] or both";
            return Err(faults.report(group.key(&API_KEY_SCOPES), Flaw::new("allows nothing", remedy)));
        }
        Ok(Self {
            name: name?,
            key: key?,
            scopes: scopes.into_iter().collect(),
        })
    }
}

const NAME_REMEDY: &str = "a name is 1 to 64 characters of A-Z a-z 0-9 _ . -";
const KEY_REMEDY: &str = "make one with: openssl rand -hex 32";

/// Keys travel in headers, so they are visible ASCII.
fn check_key(text: &str) -> Result<(), Flaw> {
    if text.len() < SHORTEST {
        Err(Flaw::new(format!("is shorter than {SHORTEST} characters"), KEY_REMEDY))
    } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Err(Flaw::new("has a blank or a character beyond ASCII in it", KEY_REMEDY))
    } else {
        Ok(())
    }
}

/// A key and where it is written. Messages about it use the place: what looks like a name in `WXLOGIN_ADMIN_KEYS` may
/// be a piece of a key with a comma in it.
struct Placed {
    place: String,
    key: ApiKey,
}

/// The keys of the file, and those of the environment: added to them, or in the place of the one with their name.
pub(super) fn read(raw: &Raw, faults: &mut Faults) -> Result<Vec<ApiKey>, Reported> {
    let in_file = keys_of_file(&raw.api_keys, faults);
    let in_environment = admin_keys(&raw.top, faults);
    let mut keys = in_file?;
    for later in in_environment? {
        match keys.iter_mut().find(|earlier| earlier.key.name == later.key.name) {
            Some(replaced) => *replaced = later,
            None => keys.push(later),
        }
    }
    all_differ(&keys, faults)?;
    Ok(keys.into_iter().map(|placed| placed.key).collect())
}

fn keys_of_file(groups: &[Group], faults: &mut Faults) -> Result<Vec<Placed>, Reported> {
    let mut keys: Vec<Placed> = Vec::new();
    let mut outcome = Ok(());
    for group in groups {
        match ApiKey::read(group, faults) {
            Ok(key) => {
                if let Some(earlier) = keys.iter().find(|earlier| earlier.key.name == key.name) {
                    let problem = format!("{} is also the name of {}", quoted(key.name.as_str()), earlier.place);
                    outcome = Err(faults.report(group.key(&API_KEY_NAME), Flaw::new(problem, "rename one of them")));
                }
                let place = group.place().to_owned();
                keys.push(Placed { place, key });
            }
            Err(reported) => outcome = Err(reported),
        }
    }
    outcome.map(|()| keys)
}

/// `name:key,name2:key2`.
fn admin_keys(top: &Group, faults: &mut Faults) -> Result<Vec<Placed>, Reported> {
    let mut names = BTreeSet::new();
    let mut entry = 0;
    top.list(&ADMIN_KEYS, faults, |text| {
        entry += 1;
        let in_entry = |problem: &str, remedy: &str| Flaw::new(format!("entry {entry} {problem}"), remedy);
        let Some((name, key)) = text.split_once(':') else {
            return Err(in_entry(
                "is not of the form NAME:KEY",
                "separate entries by commas, and use none in a key",
            ));
        };
        let name = ApiKeyName::parse(name).map_err(|_| in_entry("has no proper name", NAME_REMEDY))?;
        if !names.insert(name.clone()) {
            return Err(in_entry("has the name of an earlier one", "rename one of them"));
        }
        check_key(key).map_err(|flaw| flaw.of_part(&format!("the key of entry {entry}")))?;
        Ok(Placed {
            place: format!("{} entry {entry}", top.key(&ADMIN_KEYS)),
            key: ApiKey {
                name,
                key: key.into(),
                scopes: Scope::ALL.into(),
            },
        })
    })
}

/// A caller may show the key alone, which then says who it is.
fn all_differ(keys: &[Placed], faults: &mut Faults) -> Result<(), Reported> {
    let mut outcome = Ok(());
    for (index, later) in keys.iter().enumerate() {
        let key = later.key.key.expose_secret();
        let earlier = keys[..index]
            .iter()
            .find(|earlier| earlier.key.key.expose_secret() == key);
        if let Some(earlier) = earlier {
            let problem = format!("has the same key as {}", earlier.place);
            let flaw = Flaw::new(problem, "give each caller a key of its own");
            outcome = Err(faults.report(later.place.as_str(), flaw));
        }
    }
    outcome
}
