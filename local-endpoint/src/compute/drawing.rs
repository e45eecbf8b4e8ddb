//! The picture that stands in for a model's: layered hills under a sun, colours from the text, shapes from the seed.

use fastrand::Rng;
use image::{Rgb as Pixel, RgbImage};

use super::noise::{between, noise};
use super::palette::{Palette, Rgb, mix};

/// What to draw.
pub struct Scene<'a> {
    pub width: u32,
    pub height: u32,
    /// Chooses the colours.
    pub text: &'a str,
    /// Chooses the shapes.
    pub seed: u64,
    /// 0 … 1 through one cycle of an animation.
    pub phase: f32,
}

struct Ridge {
    seed: u64,
    base: f32,
    reach: f32,
    frequency: f32,
    colour: Rgb,
    drift: f32,
}

struct Sun {
    x: f32,
    y: f32,
    radius: f32,
}

/// Draws a scene; the same scene gives the same picture.
pub fn draw(scene: &Scene) -> RgbImage {
    let palette = Palette::of(scene.text);
    let mut random = Rng::with_seed(scene.seed);
    let turn = (scene.phase * std::f32::consts::TAU).sin();
    let sun = Sun {
        x: between(&mut random, 0.2, 0.8),
        y: between(&mut random, 0.2, 0.42) + 0.04 * turn,
        radius: between(&mut random, 0.06, 0.13),
    };
    let clouds = random.u64(..);
    let ridges = ridges(&palette, &mut random);
    let sky = Sky { palette: &palette, sun, clouds };
    let (width, height) = (scene.width.max(1), scene.height.max(1));
    let aspect = width as f32 / height as f32;
    let mut picture = RgbImage::new(width, height);
    for x in 0..width {
        let column = sky.column(x as f32 / height as f32, aspect);
        let crests: Vec<f32> =
            ridges.iter().map(|ridge| ridge.crest(column.across + ridge.drift * turn)).collect();
        for y in 0..height {
            let down = y as f32 / height as f32;
            let cover = |crest: f32| ((down - crest) * height as f32 + 0.5).clamp(0.0, 1.0);
            // A pixel that a nearer ridge covers completely needs no colour.
            let nearest = crests.iter().rposition(|crest| cover(*crest) == 1.0);
            let mut colour = if nearest.is_none() { sky.colour(&column, down) } else { [0.0; 3] };
            for (ridge, crest) in ridges.iter().zip(&crests).skip(nearest.unwrap_or(0)) {
                let mist = ((down - crest) * 1.1).clamp(0.0, 0.275);
                colour = mix(colour, mix(ridge.colour, palette.horizon, mist), cover(*crest));
            }
            picture.put_pixel(x, y, Pixel(colour.map(|part| (part.clamp(0.0, 1.0) * 255.0 + 0.5) as u8)));
        }
    }
    picture
}

fn ridges(palette: &Palette, random: &mut Rng) -> Vec<Ridge> {
    let count = random.usize(4..7);
    (0..count)
        .map(|index| {
            let depth = (index + 1) as f32 / count as f32;
            Ridge {
                seed: random.u64(..),
                base: 0.42 + 0.48 * depth + between(random, -0.03, 0.03),
                reach: between(random, 0.06, 0.15) * (1.1 - 0.4 * depth),
                frequency: between(random, 1.6, 3.4),
                colour: mix(palette.far, palette.near, depth),
                drift: 0.05 * depth,
            }
        })
        .collect()
}

impl Ridge {
    fn crest(&self, across: f32) -> f32 {
        let at = across * self.frequency;
        let shape = noise(self.seed, at)
            + 0.42 * noise(self.seed ^ 1, at * 2.3)
            + 0.16 * noise(self.seed ^ 2, at * 5.9)
            + 0.05 * noise(self.seed ^ 3, at * 15.0);
        self.base - self.reach * shape
    }
}

struct Sky<'a> {
    palette: &'a Palette,
    sun: Sun,
    clouds: u64,
}

/// What the pixels of one column of the sky have in common.
struct Column {
    across: f32,
    /// Distance from the sun's middle.
    aside: f32,
    /// How far the cloud bands are shifted here.
    shift: f32,
}

impl Sky<'_> {
    fn column(&self, across: f32, aspect: f32) -> Column {
        Column { across, aside: across - self.sun.x * aspect, shift: noise(self.clouds ^ 1, across * 1.7) }
    }

    fn colour(&self, column: &Column, down: f32) -> Rgb {
        let palette = self.palette;
        let mut colour = mix(palette.zenith, palette.horizon, (down * 1.5).min(1.0).powf(1.2));
        let band = noise(self.clouds, down * 9.0 + column.shift)
            * noise(self.clouds ^ 2, column.across * 2.4 + down);
        colour = mix(colour, palette.sun, (band * 0.34).clamp(0.0, 0.22));
        let distance = column.aside.hypot(down - self.sun.y);
        let glow = (1.0 - distance / (self.sun.radius * 4.5)).clamp(0.0, 1.0).powi(2) * 0.55;
        colour = mix(colour, palette.sun, glow);
        let disc = ((self.sun.radius - distance) * 220.0).clamp(0.0, 1.0);
        colour = mix(colour, palette.sun, disc);
        if palette.night && disc == 0.0 {
            return mix(colour, [1.0; 3], star(self.clouds, column.across, down));
        }
        colour
    }
}

/// The brightness of a star here: some cells of a fine grid have one.
fn star(seed: u64, across: f32, down: f32) -> f32 {
    const CELLS: f32 = 46.0;
    let (column, row) = ((across * CELLS).floor(), (down * CELLS).floor());
    let mut random = Rng::with_seed(seed ^ ((column as u64) << 32 | row as u64));
    if between(&mut random, 0.0, 1.0) > 0.16 {
        return 0.0;
    }
    let (x, y) = (column + between(&mut random, 0.2, 0.8), row + between(&mut random, 0.2, 0.8));
    let distance = ((across * CELLS - x).powi(2) + (down * CELLS - y).powi(2)).sqrt();
    (1.0 - distance / between(&mut random, 0.05, 0.13)).clamp(0.0, 1.0)
}
