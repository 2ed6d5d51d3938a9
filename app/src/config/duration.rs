//! Durations: `90s`, `15m`, `2h`, `30d`.

use std::time::Duration;

use super::fault::{Flaw, quoted};

/// A duration of at least `shortest` and at most `longest`.
///
/// One number and one unit, lower case: in a longer grammar `15M` would be fifteen months.
pub(super) fn parse(text: &str, shortest: &str, longest: &str) -> Result<Duration, Flaw> {
    let Some(duration) = unbounded(text) else {
        let problem = format!("{} is not a duration", quoted(text));
        return Err(Flaw::new(problem, "write it as 90s, 15m, 2h or 30d"));
    };
    let bound = |text: &str| unbounded(text).unwrap_or_default();
    if duration < bound(shortest) || duration > bound(longest) {
        let problem = format!("{} is out of range", quoted(text));
        return Err(Flaw::new(
            problem,
            format!("write a duration from {shortest} to {longest}"),
        ));
    }
    Ok(duration)
}

fn unbounded(text: &str) -> Option<Duration> {
    let unit = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(unit);
    let number: u64 = number.parse().ok()?;
    let seconds = |each: u64| number.checked_mul(each).map(Duration::from_secs);
    match unit {
        "ms" => Some(Duration::from_millis(number)),
        "s" => seconds(1),
        "m" => seconds(60),
        "h" => seconds(60 * 60),
        "d" => seconds(24 * 60 * 60),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_durations() {
        for (text, seconds) in [
            ("90s", 90),
            ("15m", 900),
            ("2h", 7200),
            ("30d", 2_592_000),
            ("5000ms", 5),
        ] {
            assert_eq!(
                parse(text, "1s", "365d").unwrap(),
                Duration::from_secs(seconds),
                "{text}"
            );
        }
    }

    #[test]
    fn bad_durations() {
        for text in [
            "",
            "15",
            "m",
            "0s",
            "-1s",
            "+1s",
            "1.5h",
            "15M",
            "15 m",
            "1h30m",
            "15 bananas",
            "400d",
            "15µs",
            "١s",
            "99999999999999999999s",
            "18446744073709551615d",
            "18446744073709551615s",
        ] {
            assert!(parse(text, "1s", "365d").is_err(), "{text}");
        }
    }
}
