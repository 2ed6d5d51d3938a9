//! The configuration as a whole: what is accepted, what is refused and how that is told.

mod good;
mod layers;
mod refused_sources;
mod refused_values;
mod secrecy;

use super::{Config, Faults, Mode, Sources};

const SECRET: &str = "0123456789abcdef0123456789abcdef";
const OTHER_SECRET: &str = "fedcba9876543210fedcba9876543210";
const MASTER_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const ADMIN_KEY: &str = "0123456789abcdefghijklmnopqrstuv";

/// The least that `wxlogin serve` asks for.
const LEAST: [(&str, &str); 4] = [
    ("WXLOGIN_APPID", "wx00000000000000a1"),
    ("WXLOGIN_SECRET", SECRET),
    ("WXLOGIN_ISSUER", "https://login.example"),
    ("WXLOGIN_MASTER_KEY", MASTER_KEY),
];

/// Sources in the making, with a directory for the files that they name.
struct Given {
    sources: Sources,
    directory: tempfile::TempDir,
}

impl Given {
    fn nothing() -> Self {
        Self {
            sources: Sources::default(),
            directory: tempfile::tempdir().unwrap(),
        }
    }

    /// What a service needs, in the environment.
    fn the_least() -> Self {
        LEAST
            .iter()
            .fold(Self::nothing(), |given, (name, value)| given.env(name, value))
    }

    fn env(mut self, name: &str, value: &str) -> Self {
        self.sources.env.insert(name.to_owned(), value.to_owned());
        self
    }

    fn dotenv(mut self, text: &str) -> Self {
        self.sources.dotenv = Some(text.to_owned());
        self
    }

    fn toml(mut self, text: &str) -> Self {
        self.sources.file = Some(self.path("wxlogin.toml").into());
        self.file("wxlogin.toml", text)
    }

    /// A file with some text. Elsewhere, `DIR` in a value stands for its directory.
    fn file(self, name: &str, text: &str) -> Self {
        std::fs::write(self.path(name), text.replace("DIR", &self.path(""))).unwrap();
        self
    }

    fn path(&self, name: &str) -> String {
        self.directory.path().join(name).display().to_string()
    }

    fn load(mut self, mode: Mode) -> Result<Config, Faults> {
        let directory = self.path("");
        for value in self.sources.env.values_mut() {
            *value = value.replace("DIR", &directory);
        }
        Config::load(self.sources, mode)
    }

    fn serve(self) -> Config {
        self.load(Mode::Serve).unwrap_or_else(|faults| panic!("{faults}"))
    }

    fn dev(self) -> Config {
        self.load(Mode::Dev).unwrap_or_else(|faults| panic!("{faults}"))
    }

    /// What is wrong, without the directory's name, which differs from run to run.
    fn refused(self, mode: Mode) -> String {
        let directory = self.path("");
        let faults = self.load(mode).expect_err("refused");
        faults.to_string().replace(&directory, "")
    }
}

/// The faults of each value of one setting in the environment, the least that is needed beside it.
fn of_values(name: &str, values: &[&str]) -> String {
    let refused = |value: &&str| Given::the_least().env(name, value).refused(Mode::Serve);
    values.iter().map(refused).collect::<Vec<_>>().join("\n")
}

/// The faults of a file, the least that is needed beside it in the environment.
fn of_toml(text: &str) -> String {
    Given::the_least().toml(text).refused(Mode::Serve)
}
