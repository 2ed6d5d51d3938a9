//! Who asks for what.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::connection::Answer;
use crate::drive::Caller;
use crate::platform;
use crate::request;

/// Numbers that no two callers get.
pub type Numbers = Arc<AtomicU64>;

/// Which users log in.
#[derive(Clone)]
pub enum Users {
    /// Anyone of the first so many, each as likely as another.
    Anyone(u64),
    /// One after the other, and the first of so many again after the last.
    InTurn(Numbers, u64),
}

impl Users {
    fn pick(&self, number: u64) -> u64 {
        match self {
            Self::Anyone(of) => scattered(number) % (*of).max(1),
            Self::InTurn(turns, of) => turns.fetch_add(1, Ordering::Relaxed) % (*of).max(1),
        }
    }
}

/// A number that looks like no neighbour of it (the finaliser of `SplitMix64`): users come in no order, and yet every run
/// has the same ones.
fn scattered(number: u64) -> u64 {
    let mut mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The tokens of a session.
pub struct Tokens {
    /// For the backends.
    pub access: String,
    /// For the next pair.
    pub refresh: String,
}

impl Tokens {
    fn of(answer: &Answer<'_>) -> Option<Self> {
        let member = |name| answer.member(name).map(str::to_owned);
        Some(Self {
            access: member("access_token").filter(|_| answer.status == 200)?,
            refresh: member("refresh_token")?,
        })
    }
}

/// Logs in, somebody each time.
pub struct Login {
    /// Who.
    pub users: Users,
    /// Each code is sent once.
    pub codes: Numbers,
    /// How long the platform takes.
    pub latency: Duration,
    /// How many more; none where the time alone decides.
    pub left: Option<u64>,
    /// What was answered, where it is wanted.
    pub gathered: Option<Vec<Tokens>>,
}

impl Caller for Login {
    fn ask(&mut self, request: &mut Vec<u8>) -> bool {
        if let Some(left) = &mut self.left {
            if *left == 0 {
                return false;
            }
            *left -= 1;
        }
        let number = self.codes.fetch_add(1, Ordering::Relaxed);
        let code = platform::code(self.users.pick(number), number, self.latency);
        request::post_json("/v1/login", &format!(r#"{{"code":"{code}"}}"#), request);
        true
    }

    fn hear(&mut self, answer: &Answer<'_>) -> bool {
        match &mut self.gathered {
            None => answer.status == 200,
            Some(gathered) => Tokens::of(answer).map(|tokens| gathered.push(tokens)).is_some(),
        }
    }
}

/// Refreshes sessions in turn, and keeps the access tokens, which nobody has seen yet.
pub struct Refresh {
    /// The sessions' refresh tokens; the one that waits longest comes next.
    pub sessions: VecDeque<String>,
    /// The access tokens.
    pub gathered: Vec<String>,
}

impl Caller for Refresh {
    fn ask(&mut self, request: &mut Vec<u8>) -> bool {
        let Some(token) = self.sessions.pop_front() else {
            return false;
        };
        request::post_json(
            "/v1/token/refresh",
            &format!(r#"{{"refresh_token":"{token}"}}"#),
            request,
        );
        true
    }

    fn hear(&mut self, answer: &Answer<'_>) -> bool {
        let tokens = Tokens::of(answer);
        tokens
            .map(|tokens| {
                self.sessions.push_back(tokens.refresh);
                self.gathered.push(tokens.access);
            })
            .is_some()
    }
}

/// Presents access tokens that were never presented before.
pub struct VerifyNew {
    /// The tokens.
    pub tokens: Vec<String>,
}

impl Caller for VerifyNew {
    fn ask(&mut self, request: &mut Vec<u8>) -> bool {
        let token = self.tokens.pop();
        token.map(|token| request::verify(&token, request)).is_some()
    }

    fn hear(&mut self, answer: &Answer<'_>) -> bool {
        answer.status == 204
    }
}

/// Sends the same requests in turn.
pub struct Repeat {
    /// All requests, one after the other.
    requests: Arc<[Vec<u8>]>,
    turns: Range<usize>,
    /// What the answer is.
    status: u16,
}

impl Repeat {
    /// Callers that share requests, and begin at different ones.
    pub fn callers(number: usize, requests: Vec<Vec<u8>>, status: u16) -> Vec<Self> {
        let requests: Arc<[_]> = requests.into();
        let apart = requests.len() / number.max(1);
        let caller = |place| Self {
            requests: Arc::clone(&requests),
            turns: place * apart..usize::MAX,
            status,
        };
        (0..number).map(caller).collect()
    }
}

impl Caller for Repeat {
    fn ask(&mut self, request: &mut Vec<u8>) -> bool {
        let turn = self.turns.next().and_then(|turn| turn.checked_rem(self.requests.len()));
        turn.map(|turn| request.extend_from_slice(&self.requests[turn]))
            .is_some()
    }

    fn hear(&mut self, answer: &Answer<'_>) -> bool {
        answer.status == self.status && (answer.status != 200 || !answer.body.starts_with(br#"{"active":false"#))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn anyone_is_nearly_everyone_in_the_end() {
        let picked: HashSet<u64> = (0..1000).map(|number| Users::Anyone(100).pick(number)).collect();
        assert_eq!(picked.len(), 100);
        assert!(picked.iter().all(|user| *user < 100));
    }

    #[test]
    fn whoever_is_in_turn_comes_once_a_round() {
        let users = Users::InTurn(Arc::default(), 3);
        let picked: Vec<u64> = (0..7).map(|number| users.pick(number)).collect();
        assert_eq!(picked, [0, 1, 2, 0, 1, 2, 0]);
    }
}
