//! The first 512 bytes: how the passphrase becomes a key, and the file key sealed under it.
//!
//! ```text
//! 0  magic 16 | version 2 | memory KiB 4 | passes 4 | lanes 4 | salt 16 | file id 16 | nonce 24 | zeros | 464
//! 464 XChaCha20-Poly1305(wrapping key, nonce, AD = bytes 0..464, file key 32) | tag 16 | 512
//! ```

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{AeadInOut, KeyInit, Tag, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::{error::VaultError, passphrase::Passphrase};
use crate::limits::{
    ARGON2_LANES, ARGON2_LANES_MAX, ARGON2_MEMORY_KIB, ARGON2_MEMORY_KIB_MAX, ARGON2_PASSES,
    ARGON2_PASSES_MAX,
};

/// Bytes of a header: one sector.
pub(super) const HEADER_BYTES: usize = 512;

const MAGIC: &[u8; 16] = b"offshift vault\r\n";
const VERSION: u16 = 2;
const SALT: usize = 16;
const SEALED_AT: usize = HEADER_BYTES - 32 - 16;
const ZEROS: usize = SEALED_AT - 16 - 2 - 12 - SALT - 16 - 24;

/// What one try of a passphrase costs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// The cost that `proto/spec/vault.md` states. It is the floor, too: a header that asks for less is refused, so
    /// that no planted file makes a person type their passphrase into a cheap derivation (OS-VLT-003).
    pub(super) const STATED: Self =
        Self { memory_kib: ARGON2_MEMORY_KIB, passes: ARGON2_PASSES, lanes: ARGON2_LANES };

    /// Unit tests open hundreds of vaults; what they test does not depend on the cost.
    #[cfg(test)]
    pub(super) const FOR_TESTING: Self = Self { memory_kib: 8, passes: 1, lanes: 1 };

    #[cfg(test)]
    const FLOOR: Self = Self::FOR_TESTING;
    #[cfg(not(test))]
    const FLOOR: Self = Self::STATED;

    const fn is_acceptable(self) -> bool {
        self.memory_kib >= Self::FLOOR.memory_kib
            && self.memory_kib <= ARGON2_MEMORY_KIB_MAX
            && self.passes >= Self::FLOOR.passes
            && self.passes <= ARGON2_PASSES_MAX
            && self.lanes >= Self::FLOOR.lanes
            && self.lanes <= ARGON2_LANES_MAX
    }
}

/// The key that the passphrase gives, with what it was derived by. Wiped when dropped.
pub(super) struct WrappingKey {
    key: Zeroizing<[u8; 32]>,
    cost: Cost,
    salt: [u8; SALT],
}

impl WrappingKey {
    /// Argon2id (RFC 9106), version 0x13.
    pub(super) fn derive(
        cost: Cost,
        salt: [u8; SALT],
        passphrase: &Passphrase,
    ) -> Result<Self, VaultError> {
        let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32))
            .map_err(|_| VaultError::NotAVault)?;
        #[cfg(test)]
        spent::DERIVED.with_borrow_mut(|derived| derived.push((cost.memory_kib, cost.passes)));
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.bytes(), &salt, &mut *key)
            .map_err(|_| VaultError::Resources)?;
        Ok(Self { key, cost, salt })
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.key).into())
    }
}

/// The key of one vault file's records, and the file's name in them. Wiped when dropped.
pub(super) struct FileKey {
    pub(super) key: Zeroizing<[u8; 32]>,
    pub(super) file: [u8; 16],
}

/// The header of one vault file.
pub(super) struct Header {
    bytes: [u8; HEADER_BYTES],
    cost: Cost,
    salt: [u8; SALT],
    file: [u8; 16],
    nonce: [u8; 24],
}

impl Header {
    /// A salt for a new vault.
    pub(super) fn fresh_salt() -> Result<[u8; SALT], VaultError> {
        random()
    }

    /// A header with a fresh file key.
    pub(super) fn seal(wrapping: &WrappingKey) -> Result<(Self, FileKey), VaultError> {
        let (file, nonce) = (random()?, random()?);
        let key = FileKey { key: Zeroizing::new(random()?), file };
        let mut sealed = Zeroizing::new(*key.key);
        let mut bytes = Vec::with_capacity(HEADER_BYTES);
        bytes.extend_from_slice(&open_part(wrapping.cost, &wrapping.salt, &file, &nonce));
        let tag = wrapping
            .cipher()
            .encrypt_inout_detached(&XNonce::from(nonce), &bytes, sealed.as_mut_slice().into())
            .map_err(|_| VaultError::Bug("sealing a file key"))?;
        bytes.extend_from_slice(&*sealed);
        bytes.extend_from_slice(&tag);
        let bytes = bytes.try_into().map_err(|_| VaultError::Bug("length of a header"))?;
        Ok((Self { bytes, cost: wrapping.cost, salt: wrapping.salt, file, nonce }, key))
    }

    /// The header at the start of a file, and what follows it. Nothing here depends on the passphrase.
    pub(super) fn split(file: &[u8]) -> Result<(Self, &[u8]), VaultError> {
        let (bytes, rest) =
            file.split_first_chunk::<HEADER_BYTES>().ok_or(VaultError::NotAVault)?;
        let mut fields = Fields(bytes);
        if fields.take::<16>()? != *MAGIC {
            return Err(VaultError::NotAVault);
        }
        match u16::from_be_bytes(fields.take()?) {
            VERSION => {}
            version if version > VERSION => return Err(VaultError::Newer),
            _ => return Err(VaultError::NotAVault),
        }
        let cost = Cost {
            memory_kib: u32::from_be_bytes(fields.take()?),
            passes: u32::from_be_bytes(fields.take()?),
            lanes: u32::from_be_bytes(fields.take()?),
        };
        if !cost.is_acceptable() {
            return Err(VaultError::NotAVault);
        }
        let (salt, file, nonce) = (fields.take()?, fields.take()?, fields.take()?);
        Ok((Self { bytes: *bytes, cost, salt, file, nonce }, rest))
    }

    /// The file key, if the wrapping key is the right one.
    pub(super) fn open(&self, wrapping: &WrappingKey) -> Result<FileKey, VaultError> {
        let (open, sealed) = self.bytes.split_at(SEALED_AT);
        let (key, tag) = sealed.split_first_chunk::<32>().ok_or(VaultError::NotAVault)?;
        let mut key = Zeroizing::new(*key);
        let tag = Tag::try_from(tag).map_err(|_| VaultError::NotAVault)?;
        wrapping
            .cipher()
            .decrypt_inout_detached(
                &XNonce::from(self.nonce),
                open,
                key.as_mut_slice().into(),
                &tag,
            )
            .map_err(|_| VaultError::WrongPassphrase)?;
        Ok(FileKey { key, file: self.file })
    }

    pub(super) const fn bytes(&self) -> &[u8; HEADER_BYTES] {
        &self.bytes
    }

    pub(super) const fn cost(&self) -> Cost {
        self.cost
    }

    pub(super) const fn salt(&self) -> [u8; SALT] {
        self.salt
    }
}

fn open_part(cost: Cost, salt: &[u8; SALT], file: &[u8; 16], nonce: &[u8; 24]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEADER_BYTES);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_be_bytes());
    for number in [cost.memory_kib, cost.passes, cost.lanes] {
        bytes.extend_from_slice(&number.to_be_bytes());
    }
    bytes.extend_from_slice(salt);
    bytes.extend_from_slice(file);
    bytes.extend_from_slice(nonce);
    bytes.extend_from_slice(&[0; ZEROS]);
    bytes
}

/// Reads fields of fixed size one after another.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], VaultError> {
        let (field, rest) = self.0.split_first_chunk::<N>().ok_or(VaultError::NotAVault)?;
        self.0 = rest;
        Ok(*field)
    }
}

/// Bytes from the system's generator.
pub(super) fn random<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| VaultError::Resources)?;
    Ok(bytes)
}

/// What derivations this thread has paid for.
#[cfg(test)]
pub(super) mod spent {
    use std::cell::RefCell;

    thread_local! {
        pub(in super::super) static DERIVED: RefCell<Vec<(u32, u32)>> = const { RefCell::new(Vec::new()) };
    }
}
