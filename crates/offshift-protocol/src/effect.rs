//! What a machine wants done, in the order in which it must happen.
//!
//! ```text
//! Effects = [ Persist(changes) ]  then  Follow | Unfollow | Cancel | Deposit | Event, as they were staged
//! ```
//! Every deposit's bytes are part of that one `Persist` too, under their outbox key: a restart deposits the
//! very same bytes again, and readers drop the second by its hash (OS-ORD-009).

use std::collections::BTreeMap;

use offshift_wire::{Address, Envelope, Life, Malformed, Position, link::RelayLink};
use zeroize::Zeroizing;

use crate::{
    access::{ACCESS_BYTES, DepositAccess, FetchAccess},
    context::OutboxId,
};

/// One change of the vault.
pub enum Change {
    /// Write a record.
    Put {
        /// Its name.
        key: String,
        /// Its bytes.
        value: Zeroizing<Vec<u8>>,
    },
    /// Erase a record.
    Delete {
        /// Its name.
        key: String,
    },
}

/// An envelope that is to be deposited.
pub struct Outgoing {
    /// Its place in the outbox.
    pub id: OutboxId,
    /// Into which mailbox.
    pub to: DepositAccess,
    /// At which relay.
    pub relay: RelayLink,
    /// How long the relay is asked to keep it. A relay that keeps less is asked again for less.
    pub life: Life,
    /// What to deposit.
    pub envelope: Envelope,
}

/// A mailbox to follow.
pub struct Source {
    /// The right to read it.
    pub access: FetchAccess,
    /// At which relay.
    pub relay: RelayLink,
    /// What has been handled: entries up to and including this position are not wanted again.
    pub after: Position,
}

/// One thing to do.
pub enum Effect<E> {
    /// Write these changes, all or none, before anything that follows.
    Persist(Vec<Change>),
    /// Start to read a mailbox, from a position on.
    Follow(Source),
    /// Stop reading a mailbox.
    Unfollow(Address),
    /// Take a deposit out of the outbox if it has not left yet.
    Cancel(OutboxId),
    /// Deposit an envelope.
    Deposit(Outgoing),
    /// Tell the person.
    Event(E),
}

/// Effects in their order. Only an [`EffectsBuilder`] makes them.
#[must_use = "state that is not persisted is lost"]
pub struct Effects<E>(Vec<Effect<E>>);

impl<E> Effects<E> {
    /// Nothing to do.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The effects, to look at.
    pub fn iter(&self) -> std::slice::Iter<'_, Effect<E>> {
        self.0.iter()
    }

    /// The same effects with other events.
    pub fn map<F>(self, mut event: impl FnMut(E) -> F) -> Effects<F> {
        Effects(self.0.into_iter().map(|effect| effect.map(&mut event)).collect())
    }
}

impl<E> Effect<E> {
    fn map<F>(self, event: &mut impl FnMut(E) -> F) -> Effect<F> {
        match self {
            Self::Persist(changes) => Effect::Persist(changes),
            Self::Follow(source) => Effect::Follow(source),
            Self::Unfollow(address) => Effect::Unfollow(address),
            Self::Cancel(id) => Effect::Cancel(id),
            Self::Deposit(outgoing) => Effect::Deposit(outgoing),
            Self::Event(e) => Effect::Event(event(e)),
        }
    }
}

impl<E> IntoIterator for Effects<E> {
    type Item = Effect<E>;
    type IntoIter = std::vec::IntoIter<Effect<E>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, E> IntoIterator for &'a Effects<E> {
    type Item = &'a Effect<E>;
    type IntoIter = std::slice::Iter<'a, Effect<E>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Gathers effects and puts them into their order: one `Persist`, first (N10).
pub struct EffectsBuilder<E> {
    changes: BTreeMap<String, Option<Zeroizing<Vec<u8>>>>,
    rest: Vec<Effect<E>>,
}

impl<E> EffectsBuilder<E> {
    /// A builder with nothing in it.
    pub const fn new() -> Self {
        Self { changes: BTreeMap::new(), rest: Vec::new() }
    }

    /// Write a record. A later change of the same key wins.
    pub fn put(&mut self, key: String, value: Zeroizing<Vec<u8>>) {
        self.changes.insert(key, Some(value));
    }

    /// Erase a record.
    pub fn delete(&mut self, key: String) {
        self.changes.insert(key, None);
    }

    /// Start to read a mailbox.
    pub fn follow(&mut self, source: Source) {
        self.rest.push(Effect::Follow(source));
    }

    /// Stop reading a mailbox.
    pub fn unfollow(&mut self, address: Address) {
        self.rest.push(Effect::Unfollow(address));
    }

    /// Deposit an envelope, and keep its bytes until there is a receipt.
    pub fn deposit(&mut self, outgoing: Outgoing) {
        self.put(outgoing.id.key(), outgoing.encode());
        self.rest.push(Effect::Deposit(outgoing));
    }

    /// Take a deposit back if it has not left, and erase its bytes.
    pub fn cancel(&mut self, id: OutboxId) {
        self.delete(id.key());
        self.rest.push(Effect::Cancel(id));
    }

    /// Tell the person.
    pub fn event(&mut self, event: E) {
        self.rest.push(Effect::Event(event));
    }

    /// Adds what another builder gathered, after what this one has.
    pub fn append(&mut self, other: Self) {
        self.changes.extend(other.changes);
        self.rest.extend(other.rest);
    }

    /// The effects in their order.
    pub fn build(self) -> Effects<E> {
        let changes: Vec<Change> = self.changes.into_iter().map(into_change).collect();
        let persist = (!changes.is_empty()).then_some(Effect::Persist(changes));
        Effects(persist.into_iter().chain(self.rest).collect())
    }
}

impl<E> Default for EffectsBuilder<E> {
    fn default() -> Self {
        Self::new()
    }
}

fn into_change((key, value): (String, Option<Zeroizing<Vec<u8>>>)) -> Change {
    match value {
        Some(value) => Change::Put { key, value },
        None => Change::Delete { key },
    }
}

const OUTGOING_VERSION: u8 = 1;

impl Outgoing {
    /// Its record: version, life, access, length and text of the relay's link, envelope.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let link = self.relay.to_string();
        // A link is at most LINK_TEXT_MAX long, so its length always fits.
        let length = u16::try_from(link.len()).unwrap_or(u16::MAX);
        let mut bytes = Zeroizing::new(Vec::with_capacity(600 + self.envelope.bytes().len()));
        bytes.extend_from_slice(&[OUTGOING_VERSION, self.life.number()]);
        bytes.extend_from_slice(&self.to.encode());
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(link.as_bytes());
        bytes.extend_from_slice(self.envelope.bytes());
        bytes
    }

    /// The deposit of this record.
    ///
    /// # Errors
    /// [`Malformed`] when the record is not one that [`Self::encode`] made.
    pub fn decode(id: OutboxId, bytes: &[u8]) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("outbox record");
        let ([version, life], rest) = bytes.split_first_chunk::<2>().ok_or(BAD)?;
        let (access, rest) = rest.split_at_checked(ACCESS_BYTES).ok_or(BAD)?;
        let (length, rest) = rest.split_first_chunk::<2>().ok_or(BAD)?;
        let (link, envelope) =
            rest.split_at_checked(u16::from_be_bytes(*length).into()).ok_or(BAD)?;
        if *version != OUTGOING_VERSION {
            return Err(BAD);
        }
        Ok(Self {
            id,
            to: DepositAccess::decode(access)?,
            relay: std::str::from_utf8(link).ok().and_then(|text| text.parse().ok()).ok_or(BAD)?,
            life: Life::try_from(u32::from(*life))?,
            envelope: envelope.to_vec().try_into()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::OutboxSequence;
    use offshift_access::{DepositKey, Descriptor, FetchKey, Kind};
    use offshift_wire::RelayId;

    fn outgoing(outbox: &mut OutboxSequence) -> Outgoing {
        let fetch = FetchKey::from_seed(&[1; 32]).public();
        let deposit = DepositKey::from_seed(&[2; 32]).public();
        Outgoing {
            id: outbox.next(),
            to: DepositAccess::new(
                Descriptor::new(Kind::Inbox, fetch, deposit),
                Zeroizing::new([2; 32]),
            ),
            relay: RelayLink::new("relay.example", 4433, RelayId::from_bytes([3; 32])).unwrap(),
            life: Life::D7,
            envelope: vec![9; 1024].try_into().unwrap(),
        }
    }

    #[test]
    fn a_deposit_survives_being_written_and_read() {
        let one = outgoing(&mut OutboxSequence::new());
        let bytes = one.encode();
        let read = Outgoing::decode(one.id, &bytes).unwrap();
        assert_eq!(read.to.address(), one.to.address());
        assert_eq!((read.relay, read.life, read.envelope), (one.relay, one.life, one.envelope));
        for cut in [0, 1, 50, 101, 130, bytes.len() - 1] {
            assert!(Outgoing::decode(one.id, &bytes[..cut]).is_err());
        }
    }

    #[test]
    fn one_persist_comes_first_and_holds_every_deposit() {
        let mut outbox = OutboxSequence::new();
        let mut builder = EffectsBuilder::new();
        builder.event("before");
        let first = outgoing(&mut outbox);
        let id = first.id;
        builder.deposit(first);
        builder.put("late".into(), Zeroizing::new(vec![1]));
        let effects: Vec<_> = builder.build().into_iter().collect();
        let Effect::Persist(changes) = &effects[0] else { panic!("persist comes first") };
        let keys: Vec<_> = changes
            .iter()
            .map(|change| match change {
                Change::Put { key, .. } | Change::Delete { key } => key.clone(),
            })
            .collect();
        assert_eq!(keys, ["late".to_owned(), id.key()]);
        assert_eq!(effects.iter().filter(|e| matches!(e, Effect::Persist(_))).count(), 1);
    }

    #[test]
    fn a_cancelled_deposit_is_erased_too() {
        let mut outbox = OutboxSequence::new();
        let mut builder: EffectsBuilder<()> = EffectsBuilder::new();
        let first = outgoing(&mut outbox);
        let id = first.id;
        builder.cancel(id);
        let effects: Vec<_> = builder.build().into_iter().collect();
        let Effect::Persist(changes) = &effects[0] else { panic!("persist comes first") };
        assert!(matches!(&changes[0], Change::Delete { key } if *key == id.key()));
    }
}
