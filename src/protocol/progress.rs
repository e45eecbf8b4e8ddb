//! Reads progress from log lines: tqdm bars, and the plain counters of ComfyUI and its nodes.

use crate::json::number;
use crate::text::find;
use std::borrow::Cow;

/// The progress in one line of the log. Numbers that the line does not have are `None`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Steps done.
    pub step: f64,
    /// Steps in total.
    pub total: Option<f64>,
    /// 0 to 100.
    pub percent: Option<f64>,
    /// Seconds since the bar began.
    pub elapsed_seconds: Option<f64>,
    /// Seconds that the bar expects to take.
    pub remaining_seconds: Option<f64>,
    /// Steps per second.
    pub rate: Option<f64>,
}

/// Reads a log line; `None` if it has no progress.
///
/// A tqdm bar is `desc:  45%|████▌     | 9/20 [00:03<00:04,  2.51it/s]`, or `9it [00:03, 2.51it/s]` if the total is
/// not known (format: tqdm's `format_meter`). These are read as well: `step 9/20`, `9 of 20 steps`, `progress: 45%`.
/// If a bar has redrawn a line with carriage returns, the last drawing counts.
///
/// ```
/// use viewcomfy_wasm::protocol::progress;
///
/// let read = progress::parse(" 45%|████▌     | 9/20 [00:03<00:04,  2.51it/s]");
/// assert_eq!(read.map(|progress| (progress.step, progress.total)), Some((9.0, Some(20.0))));
/// assert_eq!(progress::parse("got prompt"), None);
/// ```
pub fn parse(line: &str) -> Option<Progress> {
    if !may_tell(line) {
        return None;
    }
    let drawn = without_ansi(last_drawing(line));
    tqdm(&drawn).or_else(|| counter(&drawn))
}

/// Most lines contain nothing with which progress is written, and are not read further.
fn may_tell(line: &str) -> bool {
    memchr::memchr3(b'/', b'%', b'[', line.as_bytes()).is_some() || find(line, " of ").is_some()
}

/// What the line shows after all carriage returns.
fn last_drawing(line: &str) -> &str {
    let line = line.trim_ascii_end();
    memchr::memrchr(b'\r', line.as_bytes()).map_or(line, |at| around(line, at).1)
}

fn tqdm(line: &str) -> Option<Progress> {
    let (before, timing) = around(line, memchr::memrchr(b'[', line.as_bytes())?);
    let timing = &timing[..memchr::memchr(b']', timing.as_bytes())?];
    let mut figures = timing.split([',', '<']);
    let elapsed = clock(figures.next()?)?;
    let remaining = if memchr::memchr(b'<', timing.as_bytes()).is_some() { figures.next() } else { None };
    let bar = memchr::memrchr(b'|', before.as_bytes());
    let counts = bar.map_or(before, |at| around(before, at).1).trim_ascii();
    let (step, total) = match memchr::memchr(b'/', counts.as_bytes()) {
        Some(at) => {
            let (step, total) = around(counts, at);
            (amount(step)?, Some(amount(total)?))
        }
        None => (amount(counts.rsplit(' ').next()?.strip_suffix("it")?)?, None),
    };
    Some(Progress {
        step,
        total,
        percent: percent(step, total),
        elapsed_seconds: Some(elapsed),
        remaining_seconds: remaining.and_then(clock),
        rate: figures.next().and_then(rate),
    })
}

/// A number as bars write it. Python's `nan` and `inf` say nothing.
fn decimal(text: &str) -> Option<f64> {
    number::decimal(text).filter(|figure| figure.is_finite())
}

/// The text before and after the ASCII character at `at`.
fn around(text: &str, at: usize) -> (&str, &str) {
    (&text[..at], &text[at + 1..])
}

/// `step 9/20`, `9 of 20 steps`, `progress: 45%`.
fn counter(line: &str) -> Option<Progress> {
    let lower = line.to_ascii_lowercase();
    if !["step", "progress", "frame", "tile", "sampling"].iter().any(|word| find(&lower, word).is_some()) {
        return None;
    }
    let words: Vec<&str> =
        lower.split([' ', ':', '(', ')', ',', '[', ']', '=']).filter(|w| !w.is_empty()).collect();
    let pair = words
        .iter()
        .find_map(|word| word.split_once('/'))
        .or_else(|| words.windows(3).find(|three| three[1] == "of").map(|three| (three[0], three[2])));
    let (step, total) = match pair {
        Some((step, total)) => (decimal(step)?, decimal(total)?),
        None => (words.iter().find_map(|word| word.strip_suffix('%')).and_then(decimal)?, 100.0),
    };
    let plausible = (0.0..=total).contains(&step);
    plausible.then(|| Progress {
        step,
        total: Some(total),
        percent: percent(step, Some(total)),
        elapsed_seconds: None,
        remaining_seconds: None,
        rate: None,
    })
}

fn percent(step: f64, total: Option<f64>) -> Option<f64> {
    total.filter(|total| *total > 0.0).map(|total| (step / total * 100.0).clamp(0.0, 100.0))
}

/// `MM:SS` or `H:MM:SS`, with days before it if a bar is that old; `None` for `?`.
fn clock(text: &str) -> Option<f64> {
    let mut parts = text.trim_ascii().split(':');
    let mut next = || parts.next().map(decimal);
    let (first, second, third) = (next()??, next()??, next());
    let (hours, minutes, seconds) = match third {
        Some(seconds) => (first, second, seconds?),
        None => (0.0, first, second),
    };
    (next().is_none() && seconds >= 0.0).then_some((hours * 60.0 + minutes) * 60.0 + seconds)
}

/// A count, with the unit prefixes that tqdm's `unit_scale` writes (`1.21M`).
fn amount(text: &str) -> Option<f64> {
    let text = text.trim_ascii().trim_end_matches('B');
    let factor = match text.as_bytes().last()? {
        b'k' | b'K' => 1e3,
        b'M' => 1e6,
        b'G' => 1e9,
        b'T' => 1e12,
        _ => 1.0,
    };
    let digits = if factor > 1.0 { &text[..text.len() - 1] } else { text };
    decimal(digits).filter(|count| *count >= 0.0).map(|count| count * factor)
}

/// `2.51it/s`, or the inverse of `1.30s/it`.
fn rate(text: &str) -> Option<f64> {
    let text = text.trim_ascii();
    let (amount_text, per) = around(text, memchr::memchr(b'/', text.as_bytes())?);
    if per == "s" {
        return amount(amount_text.trim_end_matches(|c: char| c.is_ascii_lowercase() && c != 'k'));
    }
    let seconds = decimal(amount_text.strip_suffix('s')?)?;
    (seconds > 0.0).then(|| 1.0 / seconds)
}

/// Drops terminal colour and cursor codes (`ESC [ … letter`).
fn without_ansi(text: &str) -> Cow<'_, str> {
    if memchr::memchr(0x1b, text.as_bytes()).is_none() {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('\u{1b}');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let code_end = part.find(|c: char| c.is_ascii_alphabetic()).map_or(part.len(), |at| at + 1);
        out.push_str(&part[code_end..]);
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// step, total, percent, elapsed, remaining, rate.
    type Figures = (f64, Option<f64>, Option<f64>, Option<f64>, Option<f64>, Option<f64>);

    fn figures(line: &str) -> Option<Figures> {
        let p = parse(line)?;
        Some((p.step, p.total, p.percent, p.elapsed_seconds, p.remaining_seconds, p.rate))
    }

    #[test]
    fn tqdm_bars_are_read() {
        let nine = Some((9.0, Some(20.0), Some(45.0), Some(3.0), Some(4.0), Some(2.51)));
        assert_eq!(figures(" 45%|████▌     | 9/20 [00:03<00:04,  2.51it/s]"), nine);
        assert_eq!(
            figures("\r  0%|  | 0/20 [00:00<?, ?it/s]\r 45%|████▌| 9/20 [00:03<00:04,  2.51it/s]\r"),
            nine
        );
        assert_eq!(figures("\u{1b}[32mSampling:  45%|#| 9/20 [00:03<00:04,  2.51it/s]\u{1b}[0m"), nine);
        let start = Some((0.0, Some(20.0), Some(0.0), Some(0.0), None, None));
        assert_eq!(figures("  0%|          | 0/20 [00:00<?, ?it/s]"), start);
        let slow = Some((1.0, Some(4.0), Some(25.0), Some(3725.0), Some(10.0), Some(0.5)));
        assert_eq!(figures("25%|##5| 1/4 [1:02:05<00:10, 2.00s/it]"), slow);
    }

    #[test]
    fn bars_without_a_total_and_scaled_units_are_read() {
        assert_eq!(figures("9it [00:03,  2.5it/s]"), Some((9.0, None, None, Some(3.0), None, Some(2.5))));
        let download = figures("model:  50%|█████     | 1.5G/3.0G [00:10<00:10, 150MB/s]");
        assert_eq!(download, Some((1.5e9, Some(3e9), Some(50.0), Some(10.0), Some(10.0), Some(1.5e8))));
    }

    #[test]
    fn python_s_words_tell_nothing() {
        assert_eq!(figures("| 7/42 [NaN:03<00:04, 2.5it/s]"), None);
        assert_eq!(figures("| NaN/42 [00:03<00:04, 2.5it/s]"), None);
        let seven = Some((7.0, Some(14.0), Some(50.0), Some(3.0), None, None));
        assert_eq!(figures("| 7/14 [00:03<NaN:04, NaNit/s]"), seven);
        assert_eq!(figures("| 7/14 [00:03<Infinity:04, 0s/it]"), seven);
    }

    #[test]
    fn plain_counters_are_read() {
        for line in ["Step 5/20", "step: 5 of 20", "Sampling (5/20)"] {
            assert_eq!(figures(line), Some((5.0, Some(20.0), Some(25.0), None, None, None)), "{line}");
        }
        assert_eq!(figures("Progress: 45%"), Some((45.0, Some(100.0), Some(45.0), None, None, None)));
    }

    #[test]
    fn other_lines_tell_no_progress() {
        for line in [
            "",
            "\r",
            "got prompt",
            "Prompt executed in 12.34 seconds",
            "Requested to load SD1ClipModel",
            "[INFO] 1/2 models at 10:30",
            "loaded completely 5/7 [lowvram]",
            "step 30/20",
            "9/20 [aa<bb]",
            "http://host/steps/of [x]",
            "é/ü [00:03<00:04, 1it/s]",
        ] {
            assert_eq!(figures(line), None, "{line}");
        }
    }
}
