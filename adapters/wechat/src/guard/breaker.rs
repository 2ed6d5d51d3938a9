//! When the platform fails again and again it is left alone for a while, for its good and for that of the callers, who
//! would only wait. Then one call tries whether it is well again.
//!
//! Pure: whoever uses it brings the time and the chance.

use std::time::Duration;

use tokio::time::Instant;
use wxlogin_domain::ports::platform_health::Circuit;

/// So many failures in a row open the circuit.
const FAILURES: u32 = 5;
const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// Before jitter.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// The call that tries ends within the deadline of a call; nobody knows when.
const WHILE_TRYING: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct Breaker {
    state: State,
    /// Counts the states. An outcome counts only in the state that let its call begin: one that comes late says nothing
    /// of the platform as it is now.
    epoch: u64,
}

#[derive(Debug, Clone, Copy)]
enum State {
    Closed { failures: u32 },
    Open { until: Instant, pause: Duration },
    HalfOpen { trying: bool, pause: Duration },
}

/// That a call was let through, and in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pass {
    epoch: u64,
}

/// What an operator wants to know of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transition {
    Opened { failures: u32, pause: Duration },
    StaysOpen { pause: Duration },
    Closed,
}

impl Breaker {
    pub(super) fn new() -> Self {
        Self {
            state: State::Closed { failures: 0 },
            epoch: 0,
        }
    }

    /// Whether a call may begin; otherwise, how long not.
    pub(super) fn examine(&self, now: Instant) -> Result<(), Duration> {
        match self.state {
            State::Open { until, .. } if now < until => Err(until - now),
            State::HalfOpen { trying: true, .. } => Err(WHILE_TRYING),
            State::Closed { .. } | State::Open { .. } | State::HalfOpen { .. } => Ok(()),
        }
    }

    /// A call begins that [`Self::examine`] allows.
    pub(super) fn begin(&mut self) -> Pass {
        match self.state {
            State::Closed { .. } => {}
            State::Open { pause, .. } => self.enter(State::HalfOpen { trying: true, pause }),
            State::HalfOpen { pause, .. } => self.state = State::HalfOpen { trying: true, pause },
        }
        Pass { epoch: self.epoch }
    }

    /// The platform is well.
    pub(super) fn succeeded(&mut self, pass: Pass) -> Option<Transition> {
        if pass.epoch != self.epoch {
            return None;
        }
        match self.state {
            State::Closed { .. } => {
                self.state = State::Closed { failures: 0 };
                None
            }
            State::HalfOpen { .. } => {
                self.enter(State::Closed { failures: 0 });
                Some(Transition::Closed)
            }
            State::Open { .. } => None,
        }
    }

    /// The platform is not well. The jitter is a factor about 1: replicas are not to come back all at once.
    pub(super) fn failed(&mut self, pass: Pass, now: Instant, jitter: f32) -> Option<Transition> {
        if pass.epoch != self.epoch {
            return None;
        }
        match self.state {
            State::Closed { failures } if failures + 1 < FAILURES => {
                self.state = State::Closed { failures: failures + 1 };
                None
            }
            State::Closed { failures } => {
                let pause = self.open(FIRST_PAUSE, now, jitter);
                Some(Transition::Opened {
                    failures: failures + 1,
                    pause,
                })
            }
            State::HalfOpen { pause, .. } => {
                let pause = self.open((pause * 2).min(LONGEST_PAUSE), now, jitter);
                Some(Transition::StaysOpen { pause })
            }
            State::Open { .. } => None,
        }
    }

    /// The call ended without an outcome: where it was the one that tried, another one may.
    pub(super) fn abandoned(&mut self, pass: Pass) {
        if pass.epoch == self.epoch
            && let State::HalfOpen { trying, .. } = &mut self.state
        {
            *trying = false;
        }
    }

    pub(super) fn circuit(&self, now: Instant) -> Circuit {
        match self.state {
            State::Closed { .. } => Circuit::Closed,
            State::Open { until, .. } if now < until => Circuit::Open,
            State::Open { .. } | State::HalfOpen { .. } => Circuit::HalfOpen,
        }
    }

    fn open(&mut self, pause: Duration, now: Instant, jitter: f32) -> Duration {
        let drawn = pause.mul_f32(jitter);
        self.enter(State::Open {
            until: now + drawn,
            pause,
        });
        drawn
    }

    fn enter(&mut self, state: State) {
        self.state = state;
        self.epoch += 1;
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// What happens, in the order of a story. Calls have names, so that they can overlap.
    enum Step {
        Wait(f32),
        Begin(&'static str),
        Succeed(&'static str),
        Fail(&'static str),
        Abandon(&'static str),
        FailInARow(u32),
    }

    fn tell(table: &mut String, title: &str, story: &[Step]) {
        use Step::{Abandon, Begin, Fail, FailInARow, Succeed, Wait};
        writeln!(table, "{title}").unwrap();
        let (mut breaker, start) = (Breaker::new(), Instant::now());
        let mut now = start;
        let mut passes = std::collections::HashMap::new();
        for step in story {
            let what = match *step {
                Wait(seconds) => {
                    now += Duration::from_secs_f32(seconds);
                    format!("{seconds} s pass")
                }
                Begin(call) => match breaker.examine(now) {
                    Ok(()) => {
                        passes.insert(call, breaker.begin());
                        format!("{call} begins")
                    }
                    Err(left) => format!("{call} is refused for {left:?}"),
                },
                Succeed(call) => format!("{call} succeeds: {:?}", breaker.succeeded(passes[call])),
                Fail(call) => format!("{call} fails: {:?}", breaker.failed(passes[call], now, 1.0)),
                Abandon(call) => {
                    breaker.abandoned(passes[call]);
                    format!("{call} is abandoned")
                }
                FailInARow(times) => {
                    let fail = |_| {
                        let pass = breaker.begin();
                        breaker.failed(pass, now, 1.0)
                    };
                    format!("{times} calls fail: {:?}", (0..times).map(fail).last().flatten())
                }
            };
            writeln!(
                table,
                "  {:>5} s  {:<9} {what}",
                (now - start).as_secs_f32(),
                breaker.circuit(now).as_str()
            )
            .unwrap();
        }
    }

    #[test]
    fn transitions() {
        use Step::{Abandon, Begin, Fail, FailInARow, Succeed, Wait};
        let mut table = String::new();
        let well_in_between = [FailInARow(4), Begin("a"), Succeed("a"), FailInARow(4)];
        tell(&mut table, "never five failures in a row", &well_in_between);
        let well_again = [
            FailInARow(5),
            Begin("a"),
            Wait(4.0),
            Begin("a"),
            Wait(1.0),
            Begin("probe"),
            Begin("a"),
            Succeed("probe"),
            Begin("a"),
            Fail("a"),
        ];
        tell(&mut table, "five failures, then it is well again", &well_again);
        let mut stays_ill = vec![FailInARow(5)];
        for pause in [5.0, 10.0, 20.0, 40.0, 60.0, 60.0] {
            stays_ill.extend([Wait(pause), Begin("probe"), Fail("probe")]);
        }
        stays_ill.extend([Wait(60.0), Begin("probe"), Succeed("probe"), FailInARow(5)]);
        tell(
            &mut table,
            "it stays ill, for longer each time, and begins anew",
            &stays_ill,
        );
        let abandoned = [
            FailInARow(5),
            Wait(5.0),
            Begin("probe"),
            Abandon("probe"),
            Begin("next"),
            Succeed("next"),
        ];
        tell(&mut table, "the call that tries is abandoned", &abandoned);
        let late = [
            Begin("late"),
            FailInARow(5),
            Succeed("late"),
            Fail("late"),
            Wait(5.0),
            Begin("probe"),
            Fail("late"),
            Abandon("late"),
            Begin("a"),
            Succeed("probe"),
            Fail("late"),
            FailInARow(4),
        ];
        tell(&mut table, "an outcome that comes late counts no more", &late);
        insta::assert_snapshot!(table);
    }

    #[test]
    fn the_jitter_scales_the_pause_but_not_the_next_one() {
        let (mut breaker, now) = (Breaker::new(), Instant::now());
        for _ in 0..FAILURES {
            let pass = breaker.begin();
            breaker.failed(pass, now, 1.2);
        }
        assert_eq!(breaker.examine(now), Err(FIRST_PAUSE.mul_f32(1.2)));
        let later = now + FIRST_PAUSE.mul_f32(1.2);
        let pass = breaker.begin();
        breaker.failed(pass, later, 0.8);
        assert_eq!(breaker.examine(later), Err((FIRST_PAUSE * 2).mul_f32(0.8)));
    }
}
