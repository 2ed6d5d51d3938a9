//! Tables in Markdown.

use std::fmt::{self, Write as _};

use super::targets::{self, Aim, Target};
use crate::drive::count;
use crate::measured::{Measured, Point, Start};

/// What the tables do not say of themselves.
const REMARKS: &str = "\
Everything ran on the same processors: the service, whoever asks, and a stand-in platform that answers `jscode2session` \
at once, or after the latency that is given. Rates are requests a second; p50 and p99 are microseconds until the answer; \
CPU is the time that the server's process was on a processor, in microseconds a request. A login is one of anybody among \
the accounts; a first login makes an account.
";

/// A load that does not disturb.
const QUIET: f64 = 0.3;

/// All tables.
pub fn markdown(measured: &Measured) -> String {
    let mut text = String::new();
    // Writing to a text does not fail.
    let _ = write(measured, &mut text);
    text
}

fn write(measured: &Measured, to: &mut String) -> fmt::Result {
    writeln!(to, "# Load on {}\n\n{REMARKS}", measured.store.name())?;
    if measured.others > QUIET {
        let others = measured.others;
        writeln!(
            to,
            "**Other programs had the processors too (load {others:.1} before the run): the rates say little.**\n"
        )?;
    }
    writeln!(to, "| aim | measured | ceiling | | aimed at | reached |")?;
    writeln!(to, "|---|---:|---|---:|---:|---:|")?;
    for target in targets::all(measured) {
        aim(&target, to)?;
    }
    let signatures = measured.signatures;
    writeln!(
        to,
        "\n| Ed25519 on this machine | one processor | two |\n|---|---:|---:|"
    )?;
    let (one, two) = (signatures.verified_on_one, signatures.verified_on_two);
    writeln!(to, "| verified, a second | {one:.0} | {two:.0} |")?;
    let (one, two) = (signatures.signed_on_one, signatures.signed_on_two);
    writeln!(to, "| signed, a second | {one:.0} | {two:.0} |")?;
    if let Some(commits) = measured.commits {
        writeln!(to, "\nDurable commits of the store itself, a second: {commits:.0}.")?;
    }
    if let Some(restored) = measured.restored {
        let rows = 2.0 * restored;
        writeln!(to, "\nRows a second in large commits (`wxlogin restore`): {rows:.0}.")?;
    }
    writeln!(
        to,
        "\n| accounts | ready after, ms | memory idle, MB | after load, MB | at most, MB |"
    )?;
    writeln!(to, "|---:|---:|---:|---:|---:|")?;
    for start in &measured.starts {
        footprint(start, to)?;
    }
    writeln!(
        to,
        "\n| asked | what | accounts | latency, ms | connections | rate | p50 | p99 | CPU | failed |"
    )?;
    writeln!(to, "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|")?;
    for point in &measured.points {
        figure(point, to)?;
    }
    let failed = measured.points.iter().filter_map(|point| point.tally.failure.as_ref());
    for failure in failed {
        writeln!(to, "\nNot hoped for: `{failure}`")?;
    }
    Ok(())
}

fn aim(target: &Target, to: &mut String) -> fmt::Result {
    let (ceiling, rate) = target
        .ceiling
        .map_or(("", String::new()), |(name, rate)| (name, format!("{rate:.0}")));
    let said = |share: f64| match target.aim {
        Aim::Share(_) => format!("{:.0} %", share * 100.0),
        Aim::Times(_) => format!("{share:.2} times"),
        Aim::AtMost(_, unit) => format!("{share:.0} {unit}"),
    };
    let (sign, aimed) = match target.aim {
        Aim::Share(least) => ("≥", least),
        Aim::Times(most) | Aim::AtMost(most, _) => ("≤", most),
    };
    let (what, measured) = (&target.what, target.measured);
    let verdict = if target.is_met() { "yes" } else { "**no**" };
    let (aimed, reached) = (said(aimed), said(target.reached()));
    writeln!(
        to,
        "| {what} | {measured:.0} | {ceiling} | {rate} | {sign} {aimed} | {reached}, {verdict} |"
    )
}

fn footprint(start: &Start, to: &mut String) -> fmt::Result {
    let mebibytes = |kibibytes| count(kibibytes) / 1024.0;
    let (accounts, ready) = (start.accounts, start.ready_millis);
    let (idle, loaded) = (mebibytes(start.idle.resident), mebibytes(start.loaded.resident));
    let peak = mebibytes(start.loaded.peak);
    writeln!(to, "| {accounts} | {ready:.0} | {idle:.0} | {loaded:.0} | {peak:.0} |")
}

fn figure(point: &Point, to: &mut String) -> fmt::Result {
    let Point {
        accounts,
        latency,
        tally,
        ..
    } = point;
    writeln!(
        to,
        "| {} | {} | {accounts} | {latency} | {} | {:.0} | {:.0} | {:.0} | {:.1} | {} |",
        point.subject.name(),
        point.operation.name(),
        tally.connections,
        tally.rate,
        tally.p50_micros,
        tally.p99_micros,
        tally.processor_micros,
        tally.failed,
    )
}
