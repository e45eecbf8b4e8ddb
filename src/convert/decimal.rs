//! Decimal numbers, exact where floats are not.

use std::fmt;

/// A number with a fixed number of decimals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decimal {
    units: i128,
    scale: u32,
}

/// The most decimals that are kept.
pub const MAX_DECIMALS: u32 = 12;

impl Decimal {
    pub const ZERO: Self = Self { units: 0, scale: 0 };
    pub const ONE: Self = Self { units: 1, scale: 0 };

    /// Reads a JSON number without exponent and with few decimals; none for others.
    pub fn parse(literal: &str) -> Option<Self> {
        let (whole, decimals) = literal.split_once('.').unwrap_or((literal, ""));
        let scale = u32::try_from(decimals.len()).ok().filter(|scale| *scale <= MAX_DECIMALS)?;
        let units = [whole, decimals].concat().parse().ok()?;
        Some(Self { units, scale }).filter(|number| number.units.unsigned_abs() < 1 << 100)
    }

    /// A float with this many decimals, as JavaScript's `toFixed` rounds it: at most [`MAX_DECIMALS`]. None for floats of
    /// 2^53 and beyond.
    pub fn fixed(float: f64, decimals: u32) -> Option<Self> {
        let bits = float.abs().to_bits();
        let fraction = i128::from(bits & ((1 << 52) - 1) | 1 << 52);
        let shift = 1075_u64.checked_sub(bits >> 52).filter(|shift| *shift > 0)?;
        let scaled = (0..decimals.min(MAX_DECIMALS)).fold(fraction, |scaled, _| scaled * 10);
        // Halves go away from zero. Beyond 127 bits nothing is left.
        let units = ((scaled >> (shift - 1).min(127)) + 1) >> 1;
        Some(Self { units: if float < 0.0 { -units } else { units }, scale: decimals })
    }

    pub fn clamped(self, min: Option<Self>, max: Option<Self>) -> Self {
        let low = min.filter(|min| self.is_less(*min)).unwrap_or(self);
        max.filter(|max| max.is_less(low)).unwrap_or(low)
    }

    /// The nearest of `from`, `from` ± `step`, `from` ± 2 `step` …; halves go up.
    pub fn on_step(self, from: Self, step: Self) -> Option<Self> {
        let scale = self.scale.max(from.scale).max(step.scale);
        let (value, from, step) = (self.at(scale)?, from.at(scale)?, step.at(scale)?);
        if step <= 0 {
            return Some(self);
        }
        let steps = (2 * (value - from) + step).div_euclid(2 * step);
        Some(Self { units: from + steps * step, scale })
    }

    fn is_less(self, other: Self) -> bool {
        let scale = self.scale.max(other.scale);
        self.at(scale).zip(other.at(scale)).is_some_and(|(a, b)| a < b)
    }

    /// The units at a larger scale; `None` for more than can be counted with: a few such numbers may be added.
    fn at(self, scale: u32) -> Option<i128> {
        let units = self.units.checked_mul(10_i128.checked_pow(scale - self.scale)?)?;
        Some(units).filter(|units| units.unsigned_abs() < 1 << 124)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let digits = format!("{:0width$}", self.units.unsigned_abs(), width = self.scale as usize + 1);
        let (whole, decimals) = digits.split_at(digits.len() - self.scale as usize);
        let decimals = decimals.trim_end_matches('0');
        let point = if decimals.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{decimals}")
    }
}
