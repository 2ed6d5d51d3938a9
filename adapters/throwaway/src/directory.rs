//! Directories of one's own.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

/// Makes a new directory. Whoever asks for it removes it.
pub(crate) fn new() -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("wxlogin-throwaway-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        match std::fs::create_dir(&path) {
            Ok(()) => return path,
            // Left by an earlier process of this number, on a machine that went down under it.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => panic!("{} cannot be made: {error}", path.display()),
        }
    }
}
