//! Changes that this device wants of a room, and the one that is on its way.
//!
//! An intent outlives the commit that carries it: when another commit wins, it is staged again in the next
//! epoch if it still makes sense there.

use std::collections::VecDeque;

use bytes::Bytes;
use offshift_wire::{
    Malformed, MemberId, UnixMillis,
    admission::{Act, CommitData},
};
use zeroize::Zeroizing;

use crate::{
    context::OutboxId,
    record::{Reader, Writer},
};

const RECORD: u8 = 1;

/// Somebody to add, with what is needed to send the Welcome afterwards.
pub(super) struct Invite {
    pub(super) key_package: Bytes,
    /// The newcomer's inbox card.
    pub(super) inbox: Bytes,
    /// The private DH key by which the newcomer knows this device.
    pub(super) from: Zeroizing<[u8; 32]>,
    /// Envelopes of those who vouched, to go with the Welcome.
    pub(super) introductions: Vec<Bytes>,
}

/// A change that this device wants.
pub(super) struct Intent {
    pub(super) act: Act,
    pub(super) adds: Vec<Invite>,
    pub(super) removes: Vec<MemberId>,
}

/// The own commit that is on its way.
pub(super) struct Pending {
    pub(super) intent: Intent,
    pub(super) signed_at: UnixMillis,
    /// SHA-256 of the commit's MLS message: how it is recognised when it is read back.
    pub(super) hash: [u8; 32],
    pub(super) welcome: Option<Zeroizing<Vec<u8>>>,
    pub(super) outbox: Vec<OutboxId>,
}

impl Intent {
    /// An act that neither adds nor removes.
    pub(super) const fn of(act: Act) -> Self {
        Self { act, adds: Vec::new(), removes: Vec::new() }
    }

    /// Whether it puts somebody out.
    pub(super) const fn puts_out(&self) -> bool {
        matches!(self.act, Act::Sever(_) | Act::Recall(_) | Act::Stop)
    }

    pub(super) const fn is_keys(&self) -> bool {
        matches!(self.act, Act::Keys)
    }
}

fn write(writer: Writer, intent: &Intent) -> Writer {
    let act = CommitData { signed_at: UnixMillis(0), act: intent.act.clone() };
    writer
        .bytes(&act.encode())
        .list(&intent.adds, |w, invite| {
            w.bytes(&invite.key_package)
                .bytes(&invite.inbox)
                .fixed(&*invite.from)
                .list(&invite.introductions, |w, one| w.bytes(one))
        })
        .list(&intent.removes, |w, id| w.fixed(id.as_bytes()))
}

fn read(reader: &mut Reader<'_>) -> Result<Intent, Malformed> {
    Ok(Intent {
        act: CommitData::decode(reader.bytes()?)?.act,
        adds: reader.list(|r| {
            Ok(Invite {
                key_package: Bytes::copy_from_slice(r.bytes()?),
                inbox: Bytes::copy_from_slice(r.bytes()?),
                from: Zeroizing::new(r.fixed()?),
                introductions: r.list(|r| Ok(Bytes::copy_from_slice(r.bytes()?)))?,
            })
        })?,
        removes: reader.list(|r| Ok(MemberId::from_bytes(r.fixed()?)))?,
    })
}

/// All intents that wait, as one record.
pub(super) fn encode_all(intents: &VecDeque<Intent>) -> Zeroizing<Vec<u8>> {
    Writer::new(RECORD).list(intents, write).done()
}

/// The intents of a record.
pub(super) fn decode_all(bytes: &[u8]) -> Result<Vec<Intent>, Malformed> {
    let mut reader = Reader::new(bytes, RECORD)?;
    let intents = reader.list(read)?;
    reader.done()?;
    Ok(intents)
}

impl Pending {
    /// What the commit says.
    pub(super) fn data(&self) -> CommitData {
        CommitData { signed_at: self.signed_at, act: self.intent.act.clone() }
    }

    pub(super) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let welcome = self.welcome.as_ref().map_or(&[][..], |welcome| welcome.as_slice());
        write(Writer::new(RECORD), &self.intent)
            .u64(self.signed_at.0)
            .fixed(&self.hash)
            .bytes(welcome)
            .list(&self.outbox, |w, id| w.u64(id.value()))
            .done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes, RECORD)?;
        let pending = Self {
            intent: read(&mut reader)?,
            signed_at: UnixMillis(reader.u64()?),
            hash: reader.fixed()?,
            welcome: Some(Zeroizing::new(reader.bytes()?.to_vec())).filter(|w| !w.is_empty()),
            outbox: reader.list(|r| Ok(OutboxId::from_value(r.u64()?)))?,
        };
        reader.done()?;
        Ok(pending)
    }
}
