//! What a run has found, for people and for programs.

mod plot;
mod table;
mod targets;

use std::fs;
use std::path::Path;

use anyhow::Context as _;

use crate::measured::Measured;

/// Prints the tables; into a directory, where there is one, it puts them too, with the raw figures and the plot.
///
/// # Errors
/// When the directory cannot be written to.
pub fn publish(measured: &Measured, out: Option<&Path>) -> anyhow::Result<()> {
    let tables = table::markdown(measured);
    print!("{tables}");
    let Some(out) = out else {
        return Ok(());
    };
    let name = measured.store.name();
    let raw = serde_json::to_string_pretty(measured)? + "\n";
    let files = [
        (format!("load-{name}.md"), tables),
        (format!("load-{name}.json"), raw),
        (format!("load-{name}.svg"), plot::svg(measured)),
    ];
    fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    for (file, text) in files {
        let path = out.join(file);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
