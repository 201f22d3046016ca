//! Tokens that the relay made for its own check and has not seen again: who spends one is the relay itself.
//!
//! A peer can't know one of them, as they went nowhere but to the check.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use offshift_access::{Binding, SpentId, Unspent};
use offshift_wire::RelayId;

use crate::limits::OWN_TOKENS;

/// The last [`OWN_TOKENS`] of them.
#[derive(Default)]
pub(super) struct Own(Mutex<VecDeque<[u8; 16]>>);

impl Own {
    pub(super) fn add(&self, batch: &[Unspent]) {
        // The name does not depend on the connection: this one is none.
        let nowhere = Binding::new(RelayId::from_bytes([0; 32]), [0; 32]);
        let mut own = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        own.extend(batch.iter().map(|token| SpentId::of(&token.spend(&nowhere)).0));
        let too_many = own.len().saturating_sub(OWN_TOKENS);
        own.drain(..too_many);
    }

    /// Whether all are; they are not from then on.
    pub(super) fn take(&self, ids: &[[u8; 16]]) -> bool {
        let mut own = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let all = ids.iter().all(|id| own.contains(id));
        if all {
            own.retain(|id| !ids.contains(id));
        }
        all
    }
}
