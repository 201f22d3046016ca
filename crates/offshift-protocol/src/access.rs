//! The access keys of a mailbox as a device keeps them: its descriptor and the seed of one of its keys.

use offshift_access::{DepositKey, Descriptor, FetchKey};
use offshift_wire::{Address, Malformed};
use zeroize::Zeroizing;

/// Bytes of an encoded access: a descriptor and a seed.
pub const ACCESS_BYTES: usize = 66 + 32;

macro_rules! access {
    ($(#[$doc:meta])* $name:ident, $key:ident) => {
        $(#[$doc])*
        ///
        /// `Clone`: it is written into records and effects beside the state that owns it.
        #[derive(Clone)]
        pub struct $name {
            descriptor: Descriptor,
            seed: Zeroizing<[u8; 32]>,
        }

        impl $name {
            /// The access to the mailbox of `descriptor` by the key of `seed`.
            pub const fn new(descriptor: Descriptor, seed: Zeroizing<[u8; 32]>) -> Self {
                Self { descriptor, seed }
            }

            /// The rules of the mailbox.
            pub const fn descriptor(&self) -> &Descriptor {
                &self.descriptor
            }

            /// Which mailbox.
            pub fn address(&self) -> Address {
                self.descriptor.address()
            }

            /// The key that proves the right.
            pub fn key(&self) -> $key {
                $key::from_seed(&self.seed)
            }

            /// The secret seed of that key, for whoever is to share the right.
            pub const fn seed(&self) -> &Zeroizing<[u8; 32]> {
                &self.seed
            }

            /// Its bytes: descriptor, seed.
            pub fn encode(&self) -> Zeroizing<Vec<u8>> {
                let mut bytes = Zeroizing::new(Vec::with_capacity(ACCESS_BYTES));
                bytes.extend_from_slice(&self.descriptor.encode());
                bytes.extend_from_slice(&*self.seed);
                bytes
            }

            /// The access with these bytes.
            ///
            /// # Errors
            /// [`Malformed`] when the length or the descriptor is wrong.
            pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
                let (descriptor, seed) =
                    bytes.split_first_chunk::<66>().ok_or(Malformed("access"))?;
                let seed: [u8; 32] = seed.try_into().map_err(|_| Malformed("access"))?;
                Ok(Self::new(Descriptor::decode(descriptor)?, Zeroizing::new(seed)))
            }
        }
    };
}

access! {
    /// The right to read a mailbox (and, of an inbox, to release).
    FetchAccess, FetchKey
}

access! {
    /// The right to append to a mailbox.
    DepositAccess, DepositKey
}

#[cfg(test)]
mod tests {
    use super::*;
    use offshift_access::Kind;

    #[test]
    fn an_access_survives_being_written_and_read() {
        let (fetch, deposit) = (FetchKey::from_seed(&[1; 32]), DepositKey::from_seed(&[2; 32]));
        let descriptor = Descriptor::new(Kind::Channel, fetch.public(), deposit.public());
        let access = DepositAccess::new(descriptor, Zeroizing::new([2; 32]));
        let bytes = access.encode();
        let read = DepositAccess::decode(&bytes).unwrap();
        assert_eq!(read.address(), access.address());
        assert!(read.key().public() == deposit.public());
        assert!(DepositAccess::decode(&bytes[1..]).is_err());
    }
}
