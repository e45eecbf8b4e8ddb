//! A short chord as a WAV file, its pitch chosen by the seed.

use std::f32::consts::TAU;
use std::io::Cursor;

use hound::{SampleFormat, WavSpec, WavWriter};

use super::output::Failure;

const SPEC: WavSpec =
    WavSpec { channels: 1, sample_rate: 22_050, bits_per_sample: 16, sample_format: SampleFormat::Int };
const SECONDS: f32 = 1.6;

/// Mono, 16 bits.
pub fn wav(seed: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    write(&mut bytes, seed).map_err(|error| Failure::new("OSError", &error.to_string()))?;
    Ok(bytes)
}

fn write(bytes: &mut Vec<u8>, seed: u64) -> hound::Result<()> {
    // Within two octaves of semitones above A2.
    let root = 110.0 * 2f32.powf((seed % 24) as f32 / 12.0);
    let chord = [1.0, if seed & (1 << 40) == 0 { 1.25 } else { 1.2 }, 1.5, 2.0];
    let rate = SPEC.sample_rate as f32;
    let mut writer = WavWriter::new(Cursor::new(bytes), SPEC)?;
    for index in 0..(rate * SECONDS) as u32 {
        let at = index as f32 / rate;
        let fade = (at * 30.0).min(1.0) * (1.0 - at / SECONDS).powi(2);
        let sum: f32 = chord.iter().map(|ratio| (TAU * root * ratio * at).sin()).sum();
        writer.write_sample((sum / 4.0 * fade * 24_000.0) as i16)?;
    }
    writer.finalize()
}
