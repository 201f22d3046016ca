//! What this thread has verified, for worlds in which many devices read the same signature (N11: behind the feature
//! `for-testing`, and off until a test asks for it).
//!
//! ```text
//! key (32) | signature (64) | data -> SHA-256 -> verified before? -> true, without the curve
//! ```
//! Never: a signature that did not verify.

use std::{cell::RefCell, collections::HashSet};

use crate::derive::hash;

/// More than one world sees; then it begins anew.
const KEPT: usize = 1 << 14;

thread_local! {
    static VERIFIED: RefCell<Option<HashSet<[u8; 32]>>> = const { RefCell::new(None) };
}

/// From now on each signature that holds is verified once on this thread, whichever device reads it. Whether one holds
/// depends on nothing else than what is compared here.
pub fn remember_signatures_for_testing() {
    VERIFIED.with_borrow_mut(|all| {
        all.get_or_insert_default();
    });
}

/// Asks `verify`, if nobody on this thread did so before.
pub(super) fn once<E>(
    (public, signature, data): (&[u8; 32], &[u8], &[u8]),
    verify: impl FnOnce() -> Result<(), E>,
) -> Result<(), E> {
    if VERIFIED.with_borrow(Option::is_none) || signature.len() != 64 {
        return verify();
    }
    let name = hash(&[public, signature, data]);
    let is_known = |all: &Option<HashSet<_>>| all.as_ref().is_some_and(|all| all.contains(&name));
    if VERIFIED.with_borrow(is_known) {
        return Ok(());
    }
    verify()?;
    VERIFIED.with_borrow_mut(|all| {
        if let Some(all) = all {
            if all.len() >= KEPT {
                all.clear();
            }
            all.insert(name);
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_is_verified_once_and_what_does_not_each_time() {
        let mut asked = 0;
        let mut ask = |data: &[u8], holds: Result<(), ()>| {
            once((&[1; 32], &[2; 64], data), || {
                asked += 1;
                holds
            })
        };
        assert_eq!(ask(b"a", Ok(())).and(ask(b"a", Ok(()))), Ok(()));
        remember_signatures_for_testing();
        for _ in 0..3 {
            assert_eq!(ask(b"b", Err(())), Err(()));
            assert_eq!(ask(b"a", Ok(())), Ok(()));
        }
        assert_eq!(asked, 2 + 3 + 1);
    }
}
