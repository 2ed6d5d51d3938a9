//! A plot: each operation as a share of its ceiling, and logins by the number of accounts.

use std::fmt::{self, Write as _};

use super::targets::{self, Aim};
use crate::measured::{Measured, Operation, Subject};

const WIDTH: f64 = 860.0;
/// Where bars begin: left of it are their names.
const LEFT: f64 = 160.0;
/// How long a bar of the whole is.
const WHOLE: f64 = 360.0;
const ROW: f64 = 30.0;
const BAR: f64 = 18.0;
/// Room above the bars of a part, for what it is called.
const HEADING: f64 = 56.0;
/// Room below them, for what the axis says.
const FOOT: f64 = 30.0;
/// What the axis is divided into.
const DIVISIONS: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// On light paper and on dark: where the reader's system says that it is dark, the ink is light.
const STYLE: &str = "<style>\
text{font:13px system-ui,sans-serif;fill:#333}\
.heading{font-weight:600;font-size:15px}\
.tick{font-size:11px}\
.bar{fill:#4a7fb5}\
.axis{stroke:#888;stroke-width:1}\
.aim{stroke:#c8553d;stroke-width:2}\
@media (prefers-color-scheme:dark){text{fill:#ddd}}\
</style>";

/// A bar, its name on the left and its figure on the right.
struct Bar {
    name: String,
    /// Of the whole length.
    share: f64,
    figure: String,
    /// Where a mark stands, as a share too.
    aim: Option<f64>,
}

/// The plot.
pub fn svg(measured: &Measured) -> String {
    let mut text = String::new();
    // Writing to a text does not fail.
    let _ = write(measured, &mut text);
    text
}

fn shares(measured: &Measured) -> Vec<Bar> {
    let targets = targets::shares(measured);
    targets
        .iter()
        .map(|target| {
            let ceiling = target.ceiling.map_or("", |(name, _)| name);
            let reached = target.reached();
            Bar {
                name: target.what.clone(),
                share: reached,
                figure: format!("{:.0} % of {ceiling}", reached * 100.0),
                aim: match target.aim {
                    Aim::Share(share) => Some(share),
                    Aim::Times(_) | Aim::AtMost(..) => None,
                },
            }
        })
        .collect()
}

/// With the highest of the rates, which is the whole.
fn logins(measured: &Measured) -> (Vec<Bar>, f64) {
    let login = |accounts| measured.best(Subject::Service, Operation::Login, Some(accounts));
    let rates: Vec<(u64, f64)> = measured
        .starts
        .iter()
        .filter_map(|start| Some((start.accounts, login(start.accounts)?.tally.rate)))
        .collect();
    let highest = rates.iter().map(|(_, rate)| *rate).fold(1.0, f64::max);
    let bar = |(accounts, rate)| Bar {
        name: format!("{accounts} accounts"),
        share: rate / highest,
        figure: format!("{rate:.0}"),
        aim: None,
    };
    (rates.into_iter().map(bar).collect(), highest)
}

fn write(measured: &Measured, to: &mut String) -> fmt::Result {
    let store = measured.store.name();
    let (shares, (logins, highest)) = (shares(measured), logins(measured));
    let below = height(&shares);
    let whole = below + height(&logins);
    write!(
        to,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {whole}" role="img">{STYLE}"#
    )?;
    let heading = format!("Rates on {store}, as shares of their ceilings; the mark is the aim");
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    part(&heading, &shares, &percent, 0.0, to)?;
    let heading = format!("Logins a second on {store}, by the number of accounts");
    part(&heading, &logins, &|share| format!("{:.0}", share * highest), below, to)?;
    writeln!(to, "</svg>")
}

fn height(bars: &[Bar]) -> f64 {
    bars.iter().map(|_| ROW).sum::<f64>() + HEADING + FOOT
}

fn part(heading: &str, bars: &[Bar], said: &dyn Fn(f64) -> String, top: f64, to: &mut String) -> fmt::Result {
    write!(
        to,
        r#"<text class="heading" x="16" y="{}">{heading}</text>"#,
        top + 28.0
    )?;
    let (mut y, axis) = (top + HEADING, top + HEADING - 8.0);
    for bar in bars {
        let (middle, length) = (y + 14.0, bar.share.clamp(0.0, 1.3) * WHOLE);
        let (name, figure) = (&bar.name, &bar.figure);
        write!(
            to,
            r#"<text x="{}" y="{middle}" text-anchor="end">{name}</text>"#,
            LEFT - 10.0
        )?;
        write!(
            to,
            r#"<rect class="bar" x="{LEFT}" y="{y}" width="{length:.1}" height="{BAR}"/>"#
        )?;
        if let Some(aim) = bar.aim {
            let x = LEFT + aim * WHOLE;
            let (from, until) = (y - 3.0, y + BAR + 3.0);
            write!(
                to,
                r#"<line class="aim" x1="{x:.1}" x2="{x:.1}" y1="{from}" y2="{until}"/>"#
            )?;
        }
        // Beside the bar and its mark, whichever is longer.
        let beside = LEFT + length.max(bar.aim.unwrap_or(0.0) * WHOLE) + 8.0;
        write!(to, r#"<text x="{beside:.1}" y="{middle}">{figure}</text>"#)?;
        y += ROW;
    }
    let right = LEFT + WHOLE;
    write!(
        to,
        r#"<path class="axis" fill="none" d="M{LEFT} {axis} V{y} H{right}"/>"#
    )?;
    for share in DIVISIONS {
        let (x, below, said) = (LEFT + share * WHOLE, y + 16.0, said(share));
        write!(
            to,
            r#"<text class="tick" x="{x}" y="{below}" text-anchor="middle">{said}</text>"#
        )?;
    }
    Ok(())
}
