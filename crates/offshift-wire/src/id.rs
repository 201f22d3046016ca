//! Names and orders: types instead of `u64` and `[u8; 32]`.
//!
//! `Debug` of a name prints no byte of it, so that no log line can (N7).

use std::fmt;

use data_encoding::HEXLOWER;

use crate::Malformed;

macro_rules! opaque {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; $bytes]);

        impl $name {
            /// The name with these bytes.
            pub const fn from_bytes(bytes: [u8; $bytes]) -> Self {
                Self(bytes)
            }

            /// Its bytes.
            pub const fn as_bytes(&self) -> &[u8; $bytes] {
                &self.0
            }

            /// Its lower-case hex, as used in keys of records.
            pub fn hex(&self) -> String {
                HEXLOWER.encode(&self.0)
            }

            /// The name with this lower-case hex.
            ///
            /// # Errors
            /// [`Malformed`] when it is anything else.
            pub fn from_hex(hex: &str) -> Result<Self, Malformed> {
                let bytes = HEXLOWER.decode(hex.as_bytes()).map_err(|_| Malformed("hex name"))?;
                bytes.try_into().map(Self).map_err(|_| Malformed("hex name"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}

opaque! {
    /// The self-certifying name of a mailbox: SHA-256 over its descriptor (OS-MBX-001).
    Address, 32
}

opaque! {
    /// The pinned identity of a relay: SHA-256 over its Ed25519 identity key's SubjectPublicKeyInfo.
    RelayId, 32
}

opaque! {
    /// A member of a room: the public signature key of the member's leaf, which never changes.
    MemberId, 32
}

opaque! {
    /// A room: the MLS group id. Known to its members only.
    RoomId, 16
}

opaque! {
    /// A message: chosen by its author, inside the signed content.
    MessageId, 16
}

opaque! {
    /// A motion at one revision of a room's policy: a hash, the same on every device.
    MotionId, 32
}

/// The order of an envelope in its mailbox: strictly rising, never reused (OS-MBX-010).
///
/// The value is the relay's clock in microseconds since 1970, or one more than its predecessor's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Position(u64);

impl Position {
    /// Before every envelope.
    pub const START: Self = Self(0);

    /// The position with this value.
    pub const fn new(value: u64) -> Self {
        Self(value)
    }

    /// Its value.
    pub const fn value(self) -> u64 {
        self.0
    }

    /// The time at which the relay says it stored the envelope.
    pub const fn time(self) -> UnixMillis {
        UnixMillis(self.0 / 1000)
    }

    /// The first position that may follow this one at `now`: max(previous + 1, microseconds).
    ///
    /// `None` after the last of 2^64, some 584,000 years from 1970.
    pub fn next(self, now: UnixMillis) -> Option<Self> {
        Some(Self(self.0.checked_add(1)?.max(now.0.saturating_mul(1000))))
    }
}

/// A time in milliseconds since 1970, UTC, without leap seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct UnixMillis(pub u64);

impl UnixMillis {
    /// This time and `ms` more; stays at the end of time.
    #[must_use]
    pub const fn plus_ms(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds since `earlier`, 0 if that is later.
    pub const fn since_ms(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_rises_when_the_clock_stands_still_or_jumps_back() {
        let now = UnixMillis(1_000);
        let first = Position::START.next(now).unwrap();
        assert_eq!(first.value(), 1_000_000);
        assert_eq!(first.next(now).unwrap().value(), 1_000_001);
        assert_eq!(first.next(UnixMillis(0)).unwrap().value(), 1_000_001);
        assert_eq!(Position::new(u64::MAX).next(now), None);
    }

    #[test]
    fn debug_of_a_name_shows_no_byte_of_it() {
        assert_eq!(format!("{:?}", Address::from_bytes([7; 32])), "Address(..)");
    }

    #[test]
    fn a_name_survives_hex() {
        let id = RoomId::from_bytes([0xa7; 16]);
        assert_eq!(RoomId::from_hex(&id.hex()), Ok(id));
        assert!(RoomId::from_hex(&id.hex().to_uppercase()).is_err());
        assert!(RoomId::from_hex("07").is_err());
    }
}
