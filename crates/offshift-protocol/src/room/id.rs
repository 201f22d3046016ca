//! Names in a room that this crate makes.

use offshift_wire::{Malformed, MessageId, RoomId};
use rand_core::CryptoRng;

/// The cryptographic suite of a room: fixed when it is founded, never negotiated (OS-ROO-001).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Suite {
    /// X-Wing (ML-KEM-768 and X25519), ChaCha20-Poly1305, SHA-256, Ed25519.
    XWing,
    /// X25519, ChaCha20-Poly1305, SHA-256, Ed25519: RFC 9420's 0x0003.
    Classical,
}

impl Suite {
    /// Both.
    pub const ALL: [Self; 2] = [Self::XWing, Self::Classical];

    /// Its number: the MLS cipher suite.
    pub const fn number(self) -> u16 {
        match self {
            Self::XWing => 0x004D,
            Self::Classical => 0x0003,
        }
    }
}

impl TryFrom<u32> for Suite {
    type Error = Malformed;

    fn try_from(number: u32) -> Result<Self, Malformed> {
        let found = Self::ALL.into_iter().find(|suite| u32::from(suite.number()) == number);
        found.ok_or(Malformed("suite"))
    }
}

pub(super) fn random_message_id(rng: &mut dyn CryptoRng) -> MessageId {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    MessageId::from_bytes(bytes)
}

pub(super) fn random_room_id(rng: &mut dyn CryptoRng) -> RoomId {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    RoomId::from_bytes(bytes)
}
