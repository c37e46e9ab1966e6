//! `$random(seed)`.

use jlens_core::Error;

use super::{Arguments, Dice, Maybe};

/// Returns a number from 0 up to, but not including, 1: the first one of `java.util.Random` where a seed is given.
pub(super) fn random(call: &Arguments<'_>, dice: &Dice) -> Result<Maybe, Error> {
    let bits = if call.at(0).is_some() {
        java_bits(call.integer(0)?)
    } else {
        dice.throw() >> 11
    };
    Ok(Some(fraction(bits).into()))
}

/// Returns 53 bits as a fraction of 1.
#[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
fn fraction(bits: u64) -> f64 {
    bits as f64 / (1u64 << 53) as f64
}

/// Returns the 53 bits of which `new java.util.Random(seed).nextDouble()` is made. Source: the documentation of
/// `java.util.Random`, which fixes the generator.
fn java_bits(seed: i64) -> u64 {
    const MULTIPLIER: u64 = 0x5_DEEC_E66D;
    const MASK: u64 = (1 << 48) - 1;
    let advance = |state: u64| state.wrapping_mul(MULTIPLIER).wrapping_add(0xB) & MASK;
    let first = advance((seed.cast_unsigned() ^ MULTIPLIER) & MASK);
    let second = advance(first);
    ((first >> 22) << 27) + (second >> 21)
}
