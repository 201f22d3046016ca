//! Names of records that never leave the device: 16 random bytes each.

use std::fmt;

use data_encoding::HEXLOWER;
use offshift_wire::Malformed;
use rand_core::CryptoRng;

macro_rules! local_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The prefix of the keys of its records.
            pub const PREFIX: &str = $prefix;

            /// A fresh name.
            pub fn random(rng: &mut dyn CryptoRng) -> Self {
                let mut bytes = [0; 16];
                rng.fill_bytes(&mut bytes);
                Self(bytes)
            }

            /// The name with these bytes.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// Its bytes.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }

            /// Its lower-case hex.
            pub fn hex(&self) -> String {
                HEXLOWER.encode(&self.0)
            }

            /// The name with this hex.
            ///
            /// # Errors
            /// [`Malformed`] when it is anything else.
            pub fn from_hex(hex: &str) -> Result<Self, Malformed> {
                let bytes = HEXLOWER.decode(hex.as_bytes()).map_err(|_| Malformed("id"))?;
                bytes.try_into().map(Self).map_err(|_| Malformed("id"))
            }

            /// The key of its record.
            pub fn key(&self) -> String {
                format!("{}{}", Self::PREFIX, self.hex())
            }

            /// The name whose record has this key.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::from_hex(key.strip_prefix(Self::PREFIX)?).ok()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}

local_id! {
    /// One of our cards with its private halves, and the inbox that came with it.
    ApplicationId, "application/"
}

local_id! {
    /// Somebody who was met.
    ContactId, "contact/"
}

local_id! {
    /// A meeting under way.
    MeetingId, "meeting/"
}

local_id! {
    /// A file on its way to the relay or from it, or here.
    TransferId, "file/"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_key_names_a_record() {
        let id = ContactId([7; 16]);
        assert_eq!(ContactId::from_key(&id.key()), Some(id));
        assert_eq!(ContactId::from_hex(&id.hex()), Ok(id));
        for wrong in ["contact/07", "meeting/07070707070707070707070707070707", ""] {
            assert_eq!(ContactId::from_key(wrong), None);
        }
    }
}
