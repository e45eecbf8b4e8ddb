//! Colours taken from the words of a prompt.

use fastrand::Rng;

use super::fingerprint::Fingerprint;
use super::noise::between;

/// Red, green and blue, each 0 … 1.
pub type Rgb = [f32; 3];

/// The colours of one picture.
pub struct Palette {
    pub zenith: Rgb,
    pub horizon: Rgb,
    pub sun: Rgb,
    pub far: Rgb,
    pub near: Rgb,
    pub night: bool,
}

/// Words that suggest a hue, in degrees.
const HUES: [(&str, f32); 38] = [
    ("red", 4.0),
    ("fox", 18.0),
    ("sunset", 14.0),
    ("dusk", 22.0),
    ("sunrise", 30.0),
    ("dawn", 338.0),
    ("cat", 32.0),
    ("fire", 12.0),
    ("autumn", 24.0),
    ("orange", 28.0),
    ("desert", 34.0),
    ("sand", 38.0),
    ("gold", 44.0),
    ("yellow", 50.0),
    ("meadow", 90.0),
    ("grass", 100.0),
    ("green", 130.0),
    ("forest", 145.0),
    ("jungle", 140.0),
    ("tree", 135.0),
    ("mint", 160.0),
    ("teal", 176.0),
    ("lake", 190.0),
    ("ice", 195.0),
    ("snow", 205.0),
    ("winter", 208.0),
    ("sea", 205.0),
    ("ocean", 212.0),
    ("blue", 218.0),
    ("sky", 214.0),
    ("bottle", 196.0),
    ("mountain", 225.0),
    ("space", 250.0),
    ("galaxy", 265.0),
    ("violet", 272.0),
    ("purple", 282.0),
    ("pink", 332.0),
    ("rose", 345.0),
];

const NIGHT: [&str; 8] = ["night", "dark", "moon", "star", "space", "galaxy", "midnight", "nebula"];

impl Palette {
    /// The colours that a text suggests; any text gives some.
    pub fn of(text: &str) -> Self {
        let text = text.to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).collect();
        let means =
            |seen: &str, word: &str| seen.strip_prefix(word).is_some_and(|end| matches!(end, "" | "s"));
        let mut random = Rng::with_seed(Fingerprint::new().add(text.as_bytes()).seed());
        let any = between(&mut random, 0.0, 360.0);
        let hue_of = |seen: &&str| HUES.iter().find(|(word, _)| means(seen, word)).map(|(_, hue)| *hue);
        let hue = words.iter().find_map(hue_of).unwrap_or(any);
        let shift = turn(hue, between(&mut random, 24.0, 58.0), between(&mut random, 0.0, 1.0) < 0.5);
        let night = words.iter().any(|seen| NIGHT.iter().any(|word| means(seen, word)));
        if night {
            return Self {
                zenith: hsl(hue + shift, 0.48, 0.09),
                horizon: hsl(hue, 0.50, 0.38),
                sun: hsl(hue + 30.0, 0.60, 0.90),
                far: hsl(hue, 0.38, 0.28),
                near: hsl(hue + shift, 0.45, 0.05),
                night,
            };
        }
        Self {
            zenith: hsl(hue + shift, 0.52, 0.55),
            horizon: hsl(hue, 0.72, 0.86),
            sun: hsl(hue + shift * 0.4, 0.92, 0.94),
            far: hsl(hue, 0.46, 0.72),
            near: hsl(hue + shift, 0.52, 0.16),
            night,
        }
    }

    /// A grey level as a colour of this palette, dark to light.
    pub fn tint(&self, level: f32) -> Rgb {
        if level < 0.5 {
            mix(self.near, self.zenith, level * 2.0)
        } else {
            mix(self.zenith, self.sun, level * 2.0 - 1.0)
        }
    }
}

/// How far the hue of the upper sky is from the lower sky's. A sky becomes green only over green land.
fn turn(hue: f32, distance: f32, back: bool) -> f32 {
    let shift = if back { -distance } else { distance };
    let green = |hue: f32| (70.0..178.0).contains(&hue.rem_euclid(360.0));
    if green(hue + shift) && !green(hue) { -shift } else { shift }
}

/// Interpolates between two colours.
pub fn mix(from: Rgb, to: Rgb, share: f32) -> Rgb {
    std::array::from_fn(|i| from[i] + (to[i] - from[i]) * share)
}

fn hsl(hue: f32, saturation: f32, lightness: f32) -> Rgb {
    let reach = saturation * lightness.min(1.0 - lightness);
    [0.0, 8.0, 4.0].map(|offset: f32| {
        let at = (offset + hue.rem_euclid(360.0) / 30.0) % 12.0;
        lightness - reach * (at - 3.0).min(9.0 - at).clamp(-1.0, 1.0)
    })
}
