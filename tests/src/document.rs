//! Documents whose code is run as it stands.

use std::path::Path;

/// A document of this repository.
pub struct Document {
    name: &'static str,
    text: String,
}

impl Document {
    /// Reads it; `name` is its path below the root.
    #[must_use]
    pub fn open(name: &'static str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self { name, text }
    }

    /// The fenced block that names `file`, with a colon after it, in its first line.
    #[must_use]
    pub fn block(&self, file: &str) -> &str {
        let name = format!("{file}:");
        self.blocks()
            .find(|block| {
                block
                    .lines()
                    .next()
                    .is_some_and(|first| first.replace('`', "").contains(&name))
            })
            .unwrap_or_else(|| panic!("{} has no {file}", self.name))
    }

    /// The fenced blocks of a language, in their order.
    pub fn blocks_in(&self, language: &str) -> impl Iterator<Item = &str> {
        let fenced = self.fenced().filter(move |(named, _)| *named == language);
        fenced.map(|(_, block)| block)
    }

    /// Every fenced block.
    fn blocks(&self) -> impl Iterator<Item = &str> {
        self.fenced().map(|(_, block)| block)
    }

    /// Every fenced block, and the language that it is said to be in.
    fn fenced(&self) -> impl Iterator<Item = (&str, &str)> {
        // Fences alternate: what is before an opening one is prose, what is before a closing one is a block.
        self.text
            .split("\n```")
            .skip(1)
            .step_by(2)
            .filter_map(|fenced| fenced.split_once('\n'))
    }
}
