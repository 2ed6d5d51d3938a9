//! A file that appears whole or not at all, and never in the place of another.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tempfile::NamedTempFile;

/// A file in the making, under a name of its own beside the one that it gets. Gone when dropped.
pub(super) struct NewFile {
    file: NamedTempFile,
    path: PathBuf,
}

impl NewFile {
    /// Begins a file, for this user's eyes only.
    ///
    /// # Errors
    /// When there is something of that name, or the directory cannot be written.
    pub(super) fn begin(path: &Path) -> anyhow::Result<Self> {
        let name = path
            .file_name()
            .with_context(|| format!("{} is no name of a file", path.display()))?;
        anyhow::ensure!(
            path.symlink_metadata().is_err(),
            "{} is there already, and is not overwritten",
            path.display()
        );
        let mut prefix = OsString::from(".");
        prefix.push(name);
        let file = tempfile::Builder::new()
            .prefix(&prefix)
            .suffix(".part")
            .tempfile_in(directory(path))
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self {
            file,
            path: path.to_owned(),
        })
    }

    /// What to write to.
    pub(super) fn output(&self) -> io::Result<File> {
        self.file.as_file().try_clone()
    }

    /// Gives it its name, when all of it is on the disk.
    ///
    /// # Errors
    /// When something of that name has come to be meanwhile, or the disk is full.
    pub(super) fn keep(self) -> anyhow::Result<()> {
        let Self { file, path } = self;
        let failed = || format!("cannot write {}", path.display());
        file.as_file().sync_all().with_context(failed)?;
        file.persist_noclobber(&path)
            .map_err(|error| error.error)
            .with_context(failed)?;
        // The name is in the directory, which is written for itself.
        File::open(directory(&path))
            .and_then(|directory| directory.sync_all())
            .with_context(failed)
    }
}

fn directory(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn names(directory: &Path) -> Vec<OsString> {
        let entries = std::fs::read_dir(directory).unwrap();
        entries.map(|entry| entry.unwrap().file_name()).collect()
    }

    #[test]
    fn it_appears_when_it_is_whole_and_for_its_owner_alone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("backup");
        let new = NewFile::begin(&path).unwrap();
        new.output().unwrap().write_all(b"whole").unwrap();
        assert!(!path.exists());
        new.keep().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"whole");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(names(directory.path()), ["backup"]);
    }

    #[test]
    fn nothing_is_left_of_what_was_given_up() {
        let directory = tempfile::tempdir().unwrap();
        drop(NewFile::begin(&directory.path().join("backup")).unwrap());
        assert!(names(directory.path()).is_empty());
    }

    #[test]
    fn what_is_there_stays() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("backup");
        let new = NewFile::begin(&path).unwrap();
        std::fs::write(&path, "somebody else's").unwrap();
        let refused = NewFile::begin(&path).err().unwrap();
        assert!(refused.to_string().contains("not overwritten"), "{refused}");
        assert!(new.keep().is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "somebody else's");
        assert_eq!(names(directory.path()), ["backup"]);
        for bad in ["", "/", ".."] {
            assert!(NewFile::begin(Path::new(bad)).is_err(), "{bad}");
        }
    }
}
