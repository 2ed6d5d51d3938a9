//! Load on a server: each connection asks again as soon as it has its answer, until the time is over.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use hdrhistogram::Histogram;
use serde::Serialize;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use crate::connection::{Answer, Connection};
use crate::process::Process;

/// The longest time that is told apart, in nanoseconds: a minute.
const LONGEST: u64 = 60_000_000_000;

/// One who asks.
pub trait Caller: Send + 'static {
    /// Writes the next request; answers false where there is nothing left to ask.
    fn ask(&mut self, request: &mut Vec<u8>) -> bool;

    /// Hears the answer; answers whether it is the one that was hoped for.
    fn hear(&mut self, answer: &Answer<'_>) -> bool;
}

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub struct Tally {
    /// How many connections there were.
    pub connections: usize,
    /// How many requests were answered well.
    pub answered: u64,
    /// How many were not.
    pub failed: u64,
    /// What one of those was answered.
    pub failure: Option<String>,
    /// Requests a second.
    pub rate: f64,
    /// Half of the answers came within so many microseconds.
    pub p50_micros: f64,
    /// All but one of a hundred did.
    pub p99_micros: f64,
    /// Processor time of the server's process for a request, in microseconds.
    pub processor_micros: f64,
}

/// What one connection has seen.
struct Seen<C> {
    caller: C,
    latencies: Histogram<u64>,
    failed: u64,
    failure: Option<String>,
    last: Instant,
}

/// Lets each caller ask on a connection of its own, first unmeasured for a moment, then measured; gives the callers back.
///
/// # Errors
/// When a connection cannot be had or its server has ended.
pub async fn drive<C: Caller>(
    server: (SocketAddr, Process),
    callers: Vec<C>,
    measured: Duration,
) -> anyhow::Result<(Tally, Vec<C>)> {
    let (address, process) = server;
    let connections = callers.len();
    let mut opened = Vec::with_capacity(connections);
    for caller in callers {
        let connection = Connection::open(address).await;
        opened.push((
            connection.with_context(|| format!("nobody listens on {address}"))?,
            caller,
        ));
    }
    let from = Instant::now() + (measured / 10).min(Duration::from_millis(500));
    let until = from + measured;
    let mut asking = JoinSet::new();
    for (connection, caller) in opened {
        asking.spawn(ask_and_ask(connection, caller, from, until));
    }
    tokio::time::sleep_until(from).await;
    let busy_before = process.busy()?;
    let mut seen = Vec::with_capacity(connections);
    while let Ok(Some(one)) = timeout_at(until, asking.join_next()).await {
        seen.push(one??);
    }
    let busy = process.busy()?.saturating_sub(busy_before);
    while let Some(one) = asking.join_next().await {
        seen.push(one??);
    }
    sum(seen, from, busy)
}

async fn ask_and_ask<C: Caller>(
    mut connection: Connection,
    mut caller: C,
    from: Instant,
    until: Instant,
) -> anyhow::Result<Seen<C>> {
    let mut latencies = Histogram::new_with_bounds(1_000, LONGEST, 3)?;
    let (mut failed, mut failure) = (0, None);
    let mut request = Vec::with_capacity(4096);
    let mut started = Instant::now();
    while started < until {
        request.clear();
        if !caller.ask(&mut request) {
            break;
        }
        let answer = connection.exchange(&request).await?;
        let is_good = caller.hear(&answer);
        let now = Instant::now();
        if !is_good {
            failed += 1;
            failure.get_or_insert_with(|| shown(&answer));
        } else if started >= from {
            latencies.saturating_record(u64::try_from((now - started).as_nanos()).unwrap_or(LONGEST));
        }
        started = now;
    }
    Ok(Seen {
        caller,
        latencies,
        failed,
        failure,
        last: started,
    })
}

fn shown(answer: &Answer<'_>) -> String {
    let body: String = String::from_utf8_lossy(answer.body).chars().take(200).collect();
    format!("{} {body}", answer.status)
}

fn sum<C>(seen: Vec<Seen<C>>, from: Instant, busy: Duration) -> anyhow::Result<(Tally, Vec<C>)> {
    let mut latencies = Histogram::new_with_bounds(1_000, LONGEST, 3)?;
    let mut callers = Vec::with_capacity(seen.len());
    let (mut failed, mut failure, mut last) = (0, None, from);
    for one in seen {
        latencies.add(&one.latencies)?;
        failed += one.failed;
        failure = failure.or(one.failure);
        last = last.max(one.last);
        callers.push(one.caller);
    }
    let answered = latencies.len();
    let tally = Tally {
        connections: callers.len(),
        answered,
        failed,
        failure,
        rate: ratio(count(answered), (last - from).as_secs_f64()),
        p50_micros: count(latencies.value_at_quantile(0.5)) / 1e3,
        p99_micros: count(latencies.value_at_quantile(0.99)) / 1e3,
        processor_micros: ratio(busy.as_secs_f64() * 1e6, count(answered)),
    };
    Ok((tally, callers))
}

/// A number of things, for calculating.
#[expect(clippy::cast_precision_loss, reason = "what is counted here is far below 2^52")]
pub fn count(number: u64) -> f64 {
    number as f64
}

/// A quotient; of nothing by nothing, nothing.
pub fn ratio(dividend: f64, divisor: f64) -> f64 {
    if divisor > 0.0 { dividend / divisor } else { 0.0 }
}
