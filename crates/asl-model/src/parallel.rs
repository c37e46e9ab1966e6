//! Work on many things at once, where the machine has several processors. WebAssembly has one here.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// From so many things on threads are worth their start.
const WORTH_THREADS: usize = 1_000;

/// So many things are handed out at a time: few enough that the processors end together.
const IN_A_PIECE: usize = 200;

/// Returns what the work makes of each piece of a list, in order. Of a long one every processor takes the next piece as
/// soon as it is done with one; a short one is one piece.
pub(crate) fn in_pieces<T: Sync, M: Send>(list: &[T], work: impl Fn(&[T]) -> M + Sync) -> Vec<M> {
    if cfg!(target_family = "wasm") || list.len() < WORTH_THREADS {
        return vec![work(list)];
    }
    let pieces: Vec<&[T]> = list.chunks(IN_A_PIECE).collect();
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(piece) = pieces.get(index) else { return done };
            done.push((index, work(piece)));
        }
    };
    let processors = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let mut done = thread::scope(|scope| {
        // What a thread that cannot be started would have done is done by the others.
        let start = |_| thread::Builder::new().spawn_scoped(scope, take).ok();
        let others: Vec<_> = (1..processors).filter_map(start).collect();
        let mut done = take();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_thing_is_in_one_piece_and_the_order_stays() {
        for count in [0, 1, WORTH_THREADS - 1, WORTH_THREADS, WORTH_THREADS + 7] {
            let list: Vec<usize> = (0..count).collect();
            assert_eq!(in_pieces(&list, <[usize]>::to_vec).concat(), list);
        }
    }
}
