//! The public side of an inbox: what others need to deposit into it.

use offshift_access::{Descriptor, Kind};
use offshift_wire::{
    Envelope, Life, Malformed, card::InboxCardBytes, inbox::InboxMessage, link::RelayLink,
};
use zeroize::Zeroizing;

use crate::{
    access::DepositAccess,
    context::Context,
    effect::Outgoing,
    parts,
    seal::{self, DhPrivateKey, DhPublicKey, InboxPublic, KemPublicKey, SealRefused},
};

/// Where and how first envelopes reach one device.
#[derive(Clone)]
pub struct InboxCard {
    relay: RelayLink,
    deposit: DepositAccess,
    keys: InboxPublic,
}

impl InboxCard {
    pub(super) const fn new(relay: RelayLink, deposit: DepositAccess, keys: InboxPublic) -> Self {
        Self { relay, deposit, keys }
    }

    /// Its bytes.
    pub fn encode(&self) -> bytes::Bytes {
        self.to_wire().encode()
    }

    /// The inbox card of these bytes.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        Self::from_wire(&InboxCardBytes::decode(bytes)?)
    }

    pub(crate) fn to_wire(&self) -> InboxCardBytes {
        InboxCardBytes {
            relay: self.relay.clone(),
            descriptor: self.deposit.descriptor().encode(),
            deposit_seed: **self.deposit.seed(),
            kem: self.keys.kem.encode(),
            dh: *self.keys.dh.as_bytes(),
        }
    }

    pub(crate) fn from_wire(card: &InboxCardBytes) -> Result<Self, Malformed> {
        let descriptor = Descriptor::decode(&card.descriptor)?;
        if descriptor.kind() != Kind::Inbox {
            return Err(Malformed("inbox card"));
        }
        let deposit = DepositAccess::new(descriptor, Zeroizing::new(card.deposit_seed));
        // A card that can't be deposited to would make a newcomer whom no Welcome reaches (OS-INB-008).
        if !descriptor.names(&deposit.key()) {
            return Err(Malformed("inbox card"));
        }
        Ok(Self {
            relay: card.relay.clone(),
            deposit,
            keys: InboxPublic {
                kem: KemPublicKey::decode(card.kem.as_slice())?,
                dh: DhPublicKey::decode(&card.dh)?,
            },
        })
    }

    /// At which relay.
    pub const fn relay(&self) -> &RelayLink {
        &self.relay
    }

    /// The right to deposit.
    pub const fn deposit(&self) -> &DepositAccess {
        &self.deposit
    }

    /// The keys to seal to. Who seals with the private half of its DH key is the card's owner.
    pub const fn keys(&self) -> &InboxPublic {
        &self.keys
    }

    /// The deposits that carry `message` from `from` to this inbox. They go into the outbox in this order.
    ///
    /// # Errors
    /// [`SealRefused`].
    pub fn send(
        &self,
        ctx: &mut Context<'_>,
        from: &DhPrivateKey,
        message: &InboxMessage,
        life: Life,
    ) -> Result<Vec<Outgoing>, SealRefused> {
        let envelopes = self.seal(ctx, from, message)?;
        let outgoing = |envelope: Envelope| Outgoing {
            envelope,
            id: ctx.outbox.next(),
            to: self.deposit.clone(),
            relay: self.relay.clone(),
            life,
        };
        Ok(envelopes.into_iter().map(outgoing).collect())
    }

    /// The envelopes that carry `message`, to reach the inbox by whatever way.
    ///
    /// # Errors
    /// [`SealRefused`].
    pub(crate) fn seal(
        &self,
        ctx: &mut Context<'_>,
        from: &DhPrivateKey,
        message: &InboxMessage,
    ) -> Result<Vec<Envelope>, SealRefused> {
        let packed =
            parts::pack(&message.encode(), seal::OVERHEAD).map_err(|_| SealRefused::TooLong)?;
        packed.iter().map(|one| seal::seal(ctx.rng, &self.keys, from, &one.plaintext)).collect()
    }

    /// The same inbox with the keys that its owner announced, if `sender` is its owner (OS-INB-005).
    ///
    /// # Errors
    /// [`NotTheOwner`] when somebody else announced them, or they are not usable.
    pub fn renewed(
        &self,
        sender: &DhPublicKey,
        message: &InboxMessage,
    ) -> Result<Self, NotTheOwner> {
        let InboxMessage::Keys { kem, dh } = message else { return Err(NotTheOwner) };
        if *sender != self.keys.dh {
            return Err(NotTheOwner);
        }
        let keys = InboxPublic {
            kem: KemPublicKey::decode(kem.as_slice()).map_err(|_| NotTheOwner)?,
            dh: DhPublicKey::decode(dh).map_err(|_| NotTheOwner)?,
        };
        Ok(Self { keys, ..self.clone() })
    }
}

/// New keys are taken from their owner only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("these keys were not announced by the owner of the inbox")]
pub struct NotTheOwner;
