//! Where a configuration comes from, and how the layers are put over one another.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use super::dotenv;
use super::fault::{Fault, Faults, Flaw};
use super::file;
use super::lookup::Form;
use super::raw::{Entries, Entry, Group, Layer, Raw};
use super::settings;

use super::variables;

/// The texts that a configuration is made of, apart from the process that they come from.
#[derive(Clone, Default)]
pub struct Sources {
    /// The configuration file that `--config` names. Where it names none, `WXLOGIN_CONFIG` may.
    pub file: Option<PathBuf>,
    /// What the file `.env` says, where there is one.
    pub dotenv: Option<String>,
    /// The environment.
    pub env: BTreeMap<String, String>,
    /// The address that `--listen` names.
    pub listen: Option<String>,
    /// What of the process could not be read; told together with the other faults.
    pub unreadable: Vec<Fault>,
}

impl Sources {
    /// The sources of this process: the file that `--config` names, `.env` in the working directory, the environment,
    /// which is not changed.
    #[must_use]
    pub fn from_process(config_flag: Option<PathBuf>) -> Self {
        let mut sources = Self {
            file: config_flag,
            ..Self::default()
        };
        match read_dotenv(Path::new(".env")) {
            Ok(text) => sources.dotenv = text,
            Err(flaw) => sources.unreadable.push(flaw.at(".env")),
        }
        sources.take_variables(std::env::vars_os());
        sources
    }

    fn take_variables(&mut self, variables: impl IntoIterator<Item = (OsString, OsString)>) {
        for (name, value) in variables {
            let name = name.to_string_lossy().into_owned();
            if !variables::is_ours(&name) {
                continue;
            }
            if let Ok(value) = value.into_string() {
                self.env.insert(name, value);
            } else {
                let flaw = Flaw::new("is not UTF-8 text", "write it in UTF-8");
                self.unreadable.push(flaw.at(name));
            }
        }
    }

    /// Reads and merges all layers.
    pub(super) fn merge(self, faults: &mut Faults) -> Raw {
        let unreadable = faults.extend(self.unreadable);
        let dotenv = self.dotenv.as_deref().unwrap_or_default();
        let dotenv = dotenv::read(dotenv, faults);
        let env = self.env.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let env = variables::read(Layer::Environment, env, faults);
        let mut variables = dotenv;
        variables.overlay(env);

        let path = variables.take(&settings::CONFIG);
        let path = path.and_then(|entry| Some(PathBuf::from(entry.value.as_str()?)));
        let file = self.file.or(path);
        let file = file.map(|path| file::read(&path, faults)).unwrap_or_default();

        let mut top = Entries::defaults();
        top.overlay(file.top);
        top.overlay(variables);
        if let Some(reported) = unreadable {
            top.lack(reported);
        }
        if let Some(listen) = self.listen {
            let mut flags = Entries::default();
            let entry = Entry {
                key: "--listen".to_owned(),
                layer: Layer::Flag,
                form: Form::Inline,
                value: listen.into(),
            };
            flags.add(&settings::LISTEN, entry, faults);
            top.overlay(flags);
        }
        Raw {
            top: Group::of_the_program(top),
            apps: file.apps,
            api_keys: file.api_keys,
        }
    }
}

/// Shows which settings there are, not their values: some are secret.
impl fmt::Debug for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sources")
            .field("file", &self.file)
            .field("dotenv", &self.dotenv.is_some())
            .field("env", &self.env.keys())
            .field("listen", &self.listen)
            .field("unreadable", &self.unreadable)
            .finish()
    }
}

fn read_dotenv(path: &Path) -> Result<Option<String>, Flaw> {
    // A directory of that name is somebody else's, such as a Python environment.
    if !path.is_file() {
        return Ok(None);
    }
    std::fs::read_to_string(path).map(Some).map_err(|error| {
        let problem = format!("cannot be read: {error}");
        Flaw::new(problem, "make it readable to this process, or remove it")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dotenv_of_the_working_directory() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(".env");
        assert!(matches!(read_dotenv(&path), Ok(None)));

        std::fs::write(&path, "WXLOGIN_LOG=debug\n").unwrap();
        assert!(matches!(read_dotenv(&path), Ok(Some(text)) if text == "WXLOGIN_LOG=debug\n"));

        std::fs::write(&path, b"WXLOGIN_LOG=\xff\n").unwrap();
        assert!(read_dotenv(&path).is_err());

        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        assert!(matches!(read_dotenv(&path), Ok(None)));
    }

    #[test]
    fn this_process_can_be_read() {
        let sources = Sources::from_process(Some("wxlogin.toml".into()));
        assert_eq!(sources.file, Some("wxlogin.toml".into()));
        assert!(sources.env.keys().all(|name| variables::is_ours(name)));
    }

    #[cfg(unix)]
    #[test]
    fn variables_that_are_not_text() {
        use std::os::unix::ffi::OsStringExt as _;

        let not_text = || OsString::from_vec(b"\xff".to_vec());
        let mut sources = Sources::default();
        sources.take_variables([
            (OsString::from("WXLOGIN_LOG"), not_text()),
            (OsString::from("WXLOGIN_LISTEN"), OsString::from("127.0.0.1:80")),
            (OsString::from("OTHER"), not_text()),
            (not_text(), OsString::from("x")),
        ]);
        assert_eq!(sources.env.keys().collect::<Vec<_>>(), ["WXLOGIN_LISTEN"]);
        assert_eq!(sources.unreadable.len(), 1);
        assert_eq!(sources.unreadable[0].key(), "WXLOGIN_LOG");
    }
}
