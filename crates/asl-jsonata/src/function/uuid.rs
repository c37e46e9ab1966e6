//! `$uuid()`.

use serde_json::Value as Json;

use super::Dice;

/// Returns a random UUID of version 4.
pub(super) fn uuid(dice: &Dice) -> Json {
    let (high, low) = (dice.throw(), dice.throw());
    let version = (high & !0xF000) | 0x4000;
    let variant = (low & !(0b11 << 62)) | (0b10 << 62);
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        version >> 32,
        (version >> 16) & 0xFFFF,
        version & 0xFFFF,
        variant >> 48,
        variant & 0xFFFF_FFFF_FFFF
    )
    .into()
}
