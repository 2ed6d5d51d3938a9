//! What a program writes, line by line.

use std::io::{BufRead as _, BufReader, Read};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// Far beyond any start; only a program that does not start at all takes so long.
const START_DEADLINE: Duration = Duration::from_secs(60);

/// The lines that a program wrote, as they come.
#[derive(Clone, Default)]
pub struct Lines(Arc<(Mutex<Output>, Condvar)>);

#[derive(Default)]
struct Output {
    lines: Vec<String>,
    /// Streams that have not ended.
    open: usize,
}

impl Lines {
    /// Reads a stream to its end, on a thread of its own.
    pub fn follow(&self, stream: impl Read + Send + 'static) {
        self.change(|output| output.open += 1);
        let lines = self.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                lines.change(|output| output.lines.push(line));
            }
            lines.change(|output| output.open -= 1);
        });
    }

    fn change(&self, change: impl FnOnce(&mut Output)) {
        let (output, changed) = &*self.0;
        change(&mut output.lock().expect("a lock"));
        changed.notify_all();
    }

    /// What `find` finds in a line; waits for it while the program lives.
    pub fn wait_for<T>(&self, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        let (output, changed) = &*self.0;
        let found = |output: &Output| output.lines.iter().find_map(|line| find(line));
        let output = output.lock().expect("a lock");
        let (output, _) = changed
            .wait_timeout_while(output, START_DEADLINE, |output| {
                output.open > 0 && found(output).is_none()
            })
            .expect("a lock");
        found(&output)
    }

    /// Everything so far.
    #[must_use]
    pub fn all(&self) -> Vec<String> {
        self.0.0.lock().expect("a lock").lines.clone()
    }
}
