//! From names to settings: exact ones, and nearly right ones for messages.

use super::settings::{Setting, settings};

/// How a value stands under a key: as itself, or as the path of a file that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Inline,
    InFile,
}

/// The setting of that name in the environment.
pub(super) fn by_env(name: &str) -> Option<(&'static Setting, Form)> {
    find(name, "_FILE", |setting| setting.env)
}

/// The setting of that path in the file.
pub(super) fn by_toml(path: &str) -> Option<(&'static Setting, Form)> {
    find(path, "_file", |setting| setting.toml)
}

fn find(
    name: &str,
    file_suffix: &str,
    name_of: impl Fn(&Setting) -> Option<&'static str>,
) -> Option<(&'static Setting, Form)> {
    let named = |wanted: &str| settings().iter().find(|setting| name_of(setting) == Some(wanted));
    let inline = named(name).map(|setting| (setting, Form::Inline));
    inline.or_else(|| {
        let setting = named(name.strip_suffix(file_suffix)?).filter(|setting| setting.secret)?;
        Some((setting, Form::InFile))
    })
}

/// Whether that is the name of a table `[name]` of the file.
pub(super) fn is_section(name: &str) -> bool {
    starts_a_path(name, ".")
}

/// Whether that is the name of repeated tables `[[name]]` of the file.
pub(super) fn is_repeated(name: &str) -> bool {
    starts_a_path(name, "[].")
}

fn starts_a_path(name: &str, separator: &str) -> bool {
    let paths = settings().iter().filter_map(|setting| setting.toml);
    paths
        .filter_map(|path| path.strip_prefix(name))
        .any(|rest| rest.starts_with(separator))
}

/// The known environment name that is most like an unknown one.
pub(super) fn nearest_env(unknown: &str) -> String {
    // Compared without what all of them share, which would make everything alike.
    let bare = |name: &str| name.trim_start_matches("WXLOGIN_").to_owned();
    let names = names(|setting| setting.env, "_FILE");
    // The file form of what is no secret is meant for the setting itself.
    let inline = unknown.strip_suffix("_FILE").unwrap_or(unknown);
    most_alike(names, |name| {
        likeness(&bare(unknown), &bare(name)).max(0.9 * likeness(&bare(inline), &bare(name)))
    })
}

/// The known path in the file that is most like an unknown one, written for people.
pub(super) fn nearest_toml(unknown: &str) -> String {
    let last = |path: &str| path.rsplit('.').next().unwrap_or(path).to_owned();
    let paths = names(|setting| setting.toml, "_file");
    // A known key in the wrong table counts as nearly right.
    let nearest = most_alike(paths, |path| {
        likeness(unknown, path).max(0.9 * likeness(&last(unknown), &last(path)))
    });
    match nearest.split_once("[].") {
        Some((table, key)) => format!("{key} in [[{table}]]"),
        None => nearest,
    }
}

fn names(name_of: impl Fn(&Setting) -> Option<&'static str>, file_suffix: &str) -> Vec<String> {
    let mut names = Vec::new();
    for setting in settings() {
        if let Some(name) = name_of(setting) {
            names.push(name.to_owned());
            if setting.secret {
                names.push(format!("{name}{file_suffix}"));
            }
        }
    }
    names
}

fn likeness(one: &str, other: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(&one.to_lowercase(), &other.to_lowercase())
}

fn most_alike(names: Vec<String>, likeness: impl Fn(&str) -> f64) -> String {
    let best = names
        .into_iter()
        .max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    best.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings::{APP_SECRET, STORE};

    #[test]
    fn secrets_alone_have_a_file_form() {
        assert_eq!(by_env("WXLOGIN_SECRET_FILE"), Some((&APP_SECRET, Form::InFile)));
        assert_eq!(by_toml("apps[].secret_file"), Some((&APP_SECRET, Form::InFile)));
        assert_eq!(by_toml("store_file"), Some((&STORE, Form::InFile)));
        assert_eq!(by_env("WXLOGIN_LISTEN_FILE"), None);
        assert_eq!(by_env("WXLOGIN_SECRET_FILE_FILE"), None);
    }

    #[test]
    fn nearest_names() {
        for (unknown, nearest) in [
            ("WXLOGIN_ACESS_TTL", "WXLOGIN_ACCESS_TTL"),
            ("WXLOGIN_APP_ID", "WXLOGIN_APPID"),
            ("WXLOGIN_LISTEN_FILE", "WXLOGIN_LISTEN"),
            ("WXLOGIN_MASTERKEY_FILE", "WXLOGIN_MASTER_KEY_FILE"),
            ("WXLOGIN_", "WXLOGIN_LOG"),
        ] {
            assert_eq!(nearest_env(unknown), nearest, "{unknown}");
        }
        for (unknown, nearest) in [
            ("lisen", "listen"),
            ("access_ttl", "tokens.access_ttl"),
            ("token.access_ttl", "tokens.access_ttl"),
            ("server.listen", "listen"),
            ("app[].appid", "appid in [[apps]]"),
            ("apps[].scret", "secret in [[apps]]"),
        ] {
            assert_eq!(nearest_toml(unknown), nearest, "{unknown}");
        }
    }
}
