//! What a machine is given from outside: the time, randomness and the next number of the outbox.

use offshift_wire::UnixMillis;
use rand_core::CryptoRng;

/// The arguments that every `handle_*` takes: nothing in this crate finds them by itself (N1).
pub struct Context<'a> {
    /// The time of this device's clock.
    pub now: UnixMillis,
    /// Randomness for keys, nonces and ids.
    pub rng: &'a mut dyn CryptoRng,
    /// Numbers this device's deposits in their order.
    pub outbox: &'a mut OutboxSequence,
}

/// The place of a deposit in this device's outbox: deposits leave in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OutboxId(u64);

const PREFIX: &str = "outbox/";

impl OutboxId {
    /// The key of its record in the vault. Keys sort as ids do.
    pub fn key(self) -> String {
        format!("{PREFIX}{:016x}", self.0)
    }

    pub(crate) const fn value(self) -> u64 {
        self.0
    }

    pub(crate) const fn from_value(value: u64) -> Self {
        Self(value)
    }

    /// The id whose record has this key.
    pub fn from_key(key: &str) -> Option<Self> {
        let digits = key.strip_prefix(PREFIX).filter(|digits| digits.len() == 16)?;
        u64::from_str_radix(digits, 16).ok().map(Self).filter(|id| id.key() == key)
    }
}

/// Hands out [`OutboxId`]s, each once.
#[derive(Debug)]
pub struct OutboxSequence(u64);

impl OutboxSequence {
    /// The sequence of a new vault.
    pub const fn new() -> Self {
        Self(0)
    }

    /// The sequence that goes on above all these: the ids of a vault's outbox, and the highest that the vault
    /// ever had. Records of machines name deposits by their ids, so none is given out twice.
    pub fn resume(stored: impl IntoIterator<Item = OutboxId>) -> Self {
        Self(stored.into_iter().map(|id| id.0.saturating_add(1)).max().unwrap_or(0))
    }

    /// The next id. An outbox of 2^64 deposits is beyond any device.
    pub const fn next(&mut self) -> OutboxId {
        let id = OutboxId(self.0);
        self.0 = self.0.saturating_add(1);
        id
    }
}

impl Default for OutboxSequence {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resumed_sequence_goes_on_above_the_highest_stored_id() {
        let mut first = OutboxSequence::new();
        let ids = [first.next(), first.next(), first.next()];
        let mut second = OutboxSequence::resume([ids[1], ids[0]]);
        assert_eq!(second.next(), ids[2]);
    }

    #[test]
    fn only_the_exact_key_names_an_id() {
        let id = OutboxId(0xab);
        assert_eq!(OutboxId::from_key(&id.key()), Some(id));
        for wrong in ["outbox/", "outbox/+0000000000000ab", "outbox/00000000000000AB", "room/1"] {
            assert_eq!(OutboxId::from_key(wrong), None);
        }
    }
}
