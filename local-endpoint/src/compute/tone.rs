//! A short chord as a WAV file, its pitch from the ink.

use std::f32::consts::TAU;

const RATE: u32 = 22_050;
const SECONDS: f32 = 1.6;

/// Mono, 16 bits.
pub fn wav(ink: u64) -> Vec<u8> {
    // Within two octaves of semitones above A2.
    let root = 110.0 * 2f32.powf((ink % 24) as f32 / 12.0);
    let chord = [1.0, if ink & (1 << 40) == 0 { 1.25 } else { 1.2 }, 1.5, 2.0];
    let count = (RATE as f32 * SECONDS) as u32;
    let length = count * 2;
    let mut bytes = Vec::with_capacity(44 + length as usize);
    bytes.extend_from_slice(b"RIFF");
    bytes.extend_from_slice(&(36 + length).to_le_bytes());
    bytes.extend_from_slice(b"WAVEfmt ");
    bytes.extend_from_slice(&16u32.to_le_bytes());
    for field in [1u16, 1] {
        bytes.extend_from_slice(&field.to_le_bytes());
    }
    bytes.extend_from_slice(&RATE.to_le_bytes());
    bytes.extend_from_slice(&(RATE * 2).to_le_bytes());
    for field in [2u16, 16] {
        bytes.extend_from_slice(&field.to_le_bytes());
    }
    bytes.extend_from_slice(b"data");
    bytes.extend_from_slice(&length.to_le_bytes());
    for index in 0..count {
        let at = index as f32 / RATE as f32;
        let fade = (at * 30.0).min(1.0) * (1.0 - at / SECONDS).powi(2);
        let sum: f32 = chord.iter().map(|ratio| (TAU * root * ratio * at).sin()).sum();
        bytes.extend_from_slice(&((sum / 4.0 * fade * 24_000.0) as i16).to_le_bytes());
    }
    bytes
}
