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

    /// Every fenced block.
    fn blocks(&self) -> impl Iterator<Item = &str> {
        // Fences alternate: what is before an opening one is prose, what is before a closing one is a block.
        self.text
            .split("\n```")
            .skip(1)
            .step_by(2)
            .filter_map(|fenced| fenced.split_once('\n').map(|(_, block)| block))
    }
}
