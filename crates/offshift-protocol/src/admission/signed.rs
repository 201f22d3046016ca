//! What members sign with their room keys, byte by byte (OS-ADM-070).
//!
//! ```text
//! SignContent (RFC 9420, section 5.1.2) = label<V> "MLS 1.0 offshift ... v1" || content<V>
//! ```
//! The same construction as MLS's own signatures with labels that MLS does not have, so that no signature of one
//! kind is one of another. Every content begins with the room: a word given in one room says nothing in another.

use ed25519_dalek::{Signature, VerifyingKey};
use offshift_wire::{
    MemberId, RoomId, UnixMillis,
    admission::{Motion, SignatureBytes},
    standing::Method,
};
use openmls::prelude::{VLBytes, tls_codec::Serialize as _};

/// What a signature is over.
pub struct Statement(Vec<u8>);

/// What a vouch says, without who says it.
#[derive(Clone, Copy)]
pub struct Met {
    /// How.
    pub method: Method,
    /// When.
    pub met_at: UnixMillis,
    /// When it was signed.
    pub signed_at: UnixMillis,
    /// The hash of the terms.
    pub terms: [u8; 32],
}

impl Statement {
    /// "I met the applicant with this key and this key package, and vouch for them."
    pub fn vouch(
        room: &RoomId,
        applicant: &MemberId,
        package: &[u8; 32],
        by: &MemberId,
        met: &Met,
    ) -> Self {
        let parts: [&[u8]; 4] = [room.as_bytes(), applicant.as_bytes(), package, by.as_bytes()];
        Self::new("offshift vouch v1", &[parts.concat(), met.bytes()].concat())
    }

    /// "I met this member, and vouch for them again."
    pub fn revouch(room: &RoomId, member: &MemberId, by: &MemberId, met: &Met) -> Self {
        let parts: [&[u8]; 3] = [room.as_bytes(), member.as_bytes(), by.as_bytes()];
        Self::new("offshift revouch v1", &[parts.concat(), met.bytes()].concat())
    }

    /// "I am for this motion, at this revision of the policy."
    pub fn approval(
        room: &RoomId,
        revision: u64,
        by: &MemberId,
        signed_at: UnixMillis,
        motion: &Motion,
    ) -> Self {
        let (revision, signed_at) = (revision.to_be_bytes(), signed_at.0.to_be_bytes());
        let motion = motion.encode();
        let parts: [&[u8]; 5] = [room.as_bytes(), &revision, by.as_bytes(), &signed_at, &motion];
        Self::new("offshift approval v1", &parts.concat())
    }

    /// "This key is another device of mine."
    pub fn device(
        room: &RoomId,
        device: &MemberId,
        package: &[u8; 32],
        by: &MemberId,
        signed_at: UnixMillis,
    ) -> Self {
        let signed_at = signed_at.0.to_be_bytes();
        let parts: [&[u8]; 5] =
            [room.as_bytes(), device.as_bytes(), package, by.as_bytes(), &signed_at];
        Self::new("offshift device v1", &parts.concat())
    }

    /// "Add me again, with this key package."
    pub fn rejoin(
        room: &RoomId,
        member: &MemberId,
        package: &[u8; 32],
        signed_at: UnixMillis,
    ) -> Self {
        let signed_at = signed_at.0.to_be_bytes();
        let parts: [&[u8]; 4] = [room.as_bytes(), member.as_bytes(), package, &signed_at];
        Self::new("offshift rejoin v1", &parts.concat())
    }

    fn new(label: &str, content: &[u8]) -> Self {
        let label = VLBytes::from(format!("MLS 1.0 {label}").into_bytes());
        let content = VLBytes::from(content);
        // Both are far shorter than what a variable-size vector holds, so neither fails.
        let mut bytes = label.tls_serialize_detached().unwrap_or_default();
        bytes.extend(content.tls_serialize_detached().unwrap_or_default());
        Self(bytes)
    }

    /// The bytes that are signed.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether this key signed it. Strict: no second signature for the same words, no key of small order.
    pub fn is_signed(&self, by: &MemberId, signature: &SignatureBytes) -> bool {
        VerifyingKey::from_bytes(by.as_bytes())
            .is_ok_and(|key| key.verify_strict(&self.0, &Signature::from_bytes(signature)).is_ok())
    }
}

impl Met {
    fn bytes(&self) -> Vec<u8> {
        let (met_at, signed_at) = (self.met_at.0.to_be_bytes(), self.signed_at.0.to_be_bytes());
        let parts: [&[u8]; 4] = [&[self.method.number()], &met_at, &signed_at, &self.terms];
        parts.concat()
    }
}
