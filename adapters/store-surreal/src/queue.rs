//! Writes that wait for each other and go together.
//!
//! A durable commit costs the same for one row as for many. So writes of one kind are put into a queue, and few workers
//! take all that waits there into one commit: alone where nobody else writes, and in ever larger groups as more do.
//! Nobody waits for a group to fill.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

/// How many workers a queue has: while one waits for the disk, another one reads and decides.
const WORKERS: usize = 2;
/// How many jobs go together at the most.
const GROUP: usize = 64;

/// Somebody who waits for the answer to a job.
pub(crate) struct Waiting<J, A> {
    pub(crate) job: J,
    answer: oneshot::Sender<A>,
}

impl<J, A> Waiting<J, A> {
    /// Answers. Whoever gave up waiting is not told.
    pub(crate) fn answer(self, answer: A) {
        let _ = self.answer.send(answer);
    }
}

/// Jobs that wait for a worker.
pub(crate) struct Queue<J, A>(Mutex<State<J, A>>);

struct State<J, A> {
    waiting: VecDeque<Waiting<J, A>>,
    workers: usize,
}

impl<J, A> Queue<J, A> {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(State {
            waiting: VecDeque::new(),
            workers: 0,
        }))
    }

    fn state(&self) -> MutexGuard<'_, State<J, A>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a job into the queue. Whoever is told so has to see that a worker begins.
    pub(crate) fn put(&self, job: J) -> (oneshot::Receiver<A>, bool) {
        let (answer, receiver) = oneshot::channel();
        let mut state = self.state();
        state.waiting.push_back(Waiting { job, answer });
        let is_worker_wanted = state.workers < WORKERS;
        if is_worker_wanted {
            state.workers += 1;
        }
        (receiver, is_worker_wanted)
    }

    /// What a worker does next; where there is nothing, it ends.
    pub(crate) fn take(&self) -> Option<Vec<Waiting<J, A>>> {
        let mut state = self.state();
        let mut group = Vec::new();
        while group.len() < GROUP
            && let Some(next) = state.waiting.pop_front()
        {
            if !next.answer.is_closed() {
                group.push(next);
            }
        }
        if group.is_empty() {
            state.workers -= 1;
            return None;
        }
        Some(group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_goes_together_and_whoever_gave_up_stays_behind() {
        let queue: Queue<usize, usize> = Queue::new();
        let (first, is_wanted) = queue.put(0);
        assert!(is_wanted);
        let others: Vec<_> = (1..=GROUP).map(|job| queue.put(job)).collect();
        let wanted: Vec<bool> = others.iter().map(|(_, is_wanted)| *is_wanted).collect();
        assert_eq!(wanted.iter().filter(|is_wanted| **is_wanted).count(), WORKERS - 1);
        drop(first);

        let group = queue.take().unwrap();
        let jobs: Vec<usize> = group.iter().map(|waiting| waiting.job).collect();
        assert_eq!(jobs, (1..=GROUP).collect::<Vec<_>>());
        for waiting in group {
            let job = waiting.job;
            waiting.answer(10 * job);
        }
        let answers: Vec<_> = others
            .into_iter()
            .map(|(mut receiver, _)| receiver.try_recv())
            .collect();
        assert_eq!(answers[0], Ok(10));
        for _ in 0..WORKERS {
            assert!(queue.take().is_none());
        }
        assert!(queue.put(1).1, "a new worker is wanted when the old ones have ended");
    }
}
