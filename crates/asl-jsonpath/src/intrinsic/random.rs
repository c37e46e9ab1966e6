//! The generator of `java.util.Random`, which Step Functions draws seeded numbers from.
//!
//! A linear congruential generator of 48 bits, as the Java class library documents it.

const MULTIPLIER: u64 = 0x5_DEEC_E66D;
const MASK: u64 = (1 << 48) - 1;

pub(super) struct JavaRandom(u64);

impl JavaRandom {
    pub(super) fn new(seed: i64) -> JavaRandom {
        JavaRandom((seed.cast_unsigned() ^ MULTIPLIER) & MASK)
    }

    /// Returns the next `bits` random bits, at most 32 of them.
    fn bits(&mut self, bits: u32) -> i64 {
        self.0 = self.0.wrapping_mul(MULTIPLIER).wrapping_add(11) & MASK;
        (self.0 >> (48 - bits)).cast_signed()
    }

    /// Returns a number from 0 up to, and not including, `bound`, as `nextInt` does. Bounds of more than 31 bits, which
    /// it does not have, draw twice.
    pub(super) fn below(&mut self, bound: i64) -> i64 {
        let Ok(small) = i32::try_from(bound) else {
            return ((self.bits(31) << 32) | self.bits(32)) % bound;
        };
        if small & (small - 1) == 0 {
            return (bound * self.bits(31)) >> 31;
        }
        loop {
            let bits = self.bits(31);
            let remainder = bits % bound;
            // The last, incomplete run of remainders would be drawn too often.
            if bits - remainder + (bound - 1) <= i64::from(i32::MAX) {
                return remainder;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::JavaRandom;

    #[test]
    fn draws_what_java_draws() {
        let draw = |seed, bound| {
            let mut random = JavaRandom::new(seed);
            [(); 5].map(|()| random.below(bound))
        };
        assert_eq!(draw(42, 10), [0, 3, 8, 4, 0]);
        assert_eq!(draw(0, 100), [60, 48, 29, 47, 15]);
    }

    #[test]
    fn stays_below_the_bound() {
        for bound in [1, 2, 7, 64, (1 << 31) - 1, 1 << 31, (1 << 32) - 1] {
            let mut random = JavaRandom::new(bound);
            for _ in 0..100 {
                assert!((0..bound).contains(&random.below(bound)));
            }
        }
    }
}
