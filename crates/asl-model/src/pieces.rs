//! Work on many things at once, where the machine has several processors.

use std::ops::Range;
use std::thread;

/// From so many things on threads are worth their start.
const WORTH_THREADS: usize = 4_000;

/// Divides so many things among the processors, and returns what the work makes of each piece, in order. WebAssembly has
/// one processor here.
pub(crate) fn in_pieces<T: Send>(count: usize, work: impl Fn(Piece) -> T + Sync) -> Vec<T> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let of = if count < WORTH_THREADS { 1 } else { processors };
    let work = &work;
    thread::scope(|scope| {
        let others: Vec<_> = (1..of)
            .map(|index| {
                let piece = Piece { index, of };
                (piece, thread::Builder::new().spawn_scoped(scope, move || work(piece)))
            })
            .collect();
        let mut done = vec![work(Piece { index: 0, of })];
        for (piece, thread) in others {
            done.push(match thread {
                Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                Err(_) => work(piece),
            });
        }
        done
    })
}

/// One of several pieces.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    index: usize,
    of: usize,
}

impl Piece {
    /// Returns this piece of a list.
    pub(crate) fn of<T>(self, list: &[T]) -> &[T] {
        let end = |index: usize| list.len() * index / self.of;
        let range: Range<usize> = end(self.index)..end(self.index + 1);
        &list[range]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_thing_is_in_one_piece_and_the_order_stays() {
        for count in [0, 1, WORTH_THREADS - 1, WORTH_THREADS, WORTH_THREADS + 7] {
            let list: Vec<usize> = (0..count).collect();
            let pieces = in_pieces(count, |piece| piece.of(&list).to_vec());
            assert_eq!(pieces.concat(), list);
        }
    }
}
