//! A file's chunks, as whoever writes to its mailbox can lay them there.
//!
//! Whatever the bytes are: lengths add up to the file's, and an envelope opens as a chunk only if it is one, whole and
//! unchanged. Taken means: a chunk was opened.

use offshift_protocol::file::{Cut, FileMailbox};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::input::Input;

/// Runs the bytes: a length, a chunk of it, and what happens to its envelope.
pub(super) fn run(data: &[u8]) -> bool {
    let mut input = Input(data);
    let length = (0..8).fold(0_u64, |sum, _| sum << 8 | u64::from(input.byte()));
    // Mostly lengths that a file may have.
    let length = if input.below(4) == 0 { length } else { length % 600_000 };
    let Some(cut) = Cut::of(length) else { return false };
    let whole: u64 = (0..cut.count()).map(|at| cut.length(at).unwrap() as u64).sum();
    assert_eq!(whole, length, "nothing is left over");
    assert!(cut.length(cut.count()).is_none() && cut.class(cut.count() - 1).is_some());
    let index = u16::try_from(input.index(usize::from(cut.count()))).unwrap();
    let bytes = vec![input.byte(); cut.length(index).unwrap()];
    let mailbox = FileMailbox::new(&[input.below(2); 32], cut);
    let mut rng = ChaCha20Rng::seed_from_u64(25);
    assert!(mailbox.seal(&mut rng, cut.count(), &bytes).is_err(), "no such chunk");
    let sealed = mailbox.seal(&mut rng, index, &bytes).ok().unwrap();
    let mut bent = sealed.bytes().to_vec();
    let (at, by) = (input.index(bent.len()), input.byte());
    bent[at] ^= by;
    let opened = mailbox.open(&bent.try_into().expect("its size is the same"));
    assert_eq!(opened.is_some(), by == 0, "changed, so none");
    // Under another file's key, or as another file's length, it is none either.
    assert!(FileMailbox::new(&[9; 32], cut).open(&sealed).is_none());
    let other = Cut::of(length.wrapping_add(1)).filter(|_| cut.count() == index + 1);
    assert!(other.is_none_or(|other| FileMailbox::new(&[0; 32], other).open(&sealed).is_none()));
    opened.is_some_and(|chunk| chunk.index == index && *chunk.bytes == bytes)
}
