//! Inboxes: mailboxes of one device, for first contact.
//!
//! ```text
//! envelope -> seal::open (newest keys first) -> part -> whole -> InboxMessage, and who sealed it
//! ```
//! Keys rotate weekly, and old private halves are erased one retention period later: from then on nobody, not
//! even this device, opens what was sealed to them. But the keys that a leaf of a room names are pinned: members reach
//! each other by them for as long as the leaf lives (OS-INB-009). What has been seen is remembered for as long as the
//! keys that opened it exist, so a relay can't have it handled twice (RO-05).

mod public;
mod record;

use std::collections::BTreeMap;

use offshift_access::{DepositKey, Descriptor, FetchKey, Kind};
use offshift_wire::{Envelope, Life, Position, UnixMillis, inbox::InboxMessage, link::RelayLink};
use zeroize::Zeroizing;

pub use public::{InboxCard, NotTheOwner};

use crate::{
    access::{DepositAccess, FetchAccess},
    context::Context,
    derive::hash,
    effect::{Change, Effects, EffectsBuilder, Outgoing, Source},
    ids::ApplicationId,
    limits::{
        INBOX_GENERATIONS_MAX, INBOX_KEYS_AGE_MS, INBOX_RETENTION_MS, INBOX_SEEN_MAX,
        INBOX_SENDERS_MAX,
    },
    parts::{Assembly, Part},
    seal::{self, DhPrivateKey, DhPublicKey, InboxPrivate, SealRefused, random},
};

/// Why an entry gave no message. Nothing is shown and nothing is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InboxDrop {
    /// It does not open with any key that this inbox has.
    #[error("the envelope does not open")]
    DoesNotOpen,
    /// It was handled before.
    #[error("the envelope was handled before")]
    Seen,
    /// It lies at or before a position that was handled.
    #[error("the position was handled before")]
    Stale,
    /// It is one part of a message; others are still to come.
    #[error("other parts are still to come")]
    Part,
    /// It opens, but what is inside is no message.
    #[error("what is inside is no message")]
    Malformed,
}

/// A message, and who sealed it.
pub struct Received {
    /// What it says.
    pub message: InboxMessage,
    /// Whoever holds this key.
    pub sender: DhPublicKey,
}

/// What an entry led to.
#[must_use = "what was seen must be recorded"]
pub struct Handled {
    /// The message, or why there is none.
    pub outcome: Result<Received, InboxDrop>,
    /// Marks the entry as handled. Execute it after what the message caused is persisted: a crash in between
    /// hands the message over again, none is lost.
    pub changes: Vec<Change>,
}

struct Generation {
    keys: InboxPrivate,
    made: UnixMillis,
    retired: Option<UnixMillis>,
    /// A leaf of a room names these: they are neither replaced nor erased.
    pinned: bool,
}

/// An envelope's place in the window of what was seen.
struct Seen {
    position: Position,
    /// When the keys were made that opened it.
    made: UnixMillis,
}

/// A mailbox of this device.
pub struct Inbox {
    id: ApplicationId,
    relay: RelayLink,
    fetch: FetchAccess,
    deposit: DepositAccess,
    /// Newest first.
    generations: Vec<Generation>,
    /// What was recorded as handled.
    after: Position,
    /// What was handled.
    latest: Position,
    seen: BTreeMap<[u8; 32], Seen>,
    waiting: BTreeMap<DhPublicKey, Assembly>,
}

impl Inbox {
    /// A fresh inbox at `relay`. It exists nowhere yet: a relay has no record of empty mailboxes.
    pub(crate) fn new(ctx: &mut Context<'_>, id: ApplicationId, relay: RelayLink) -> Self {
        let (fetch, deposit) = (random(ctx.rng), random(ctx.rng));
        let current = Generation::new(InboxPrivate::generate(ctx.rng), ctx.now);
        Self::with(id, relay, fetch, deposit, vec![current])
    }

    fn with(
        id: ApplicationId,
        relay: RelayLink,
        fetch: Zeroizing<[u8; 32]>,
        deposit: Zeroizing<[u8; 32]>,
        generations: Vec<Generation>,
    ) -> Self {
        let descriptor = Descriptor::new(
            Kind::Inbox,
            FetchKey::from_seed(&fetch).public(),
            DepositKey::from_seed(&deposit).public(),
        );
        Self {
            id,
            relay,
            fetch: FetchAccess::new(descriptor, fetch),
            deposit: DepositAccess::new(descriptor, deposit),
            generations,
            after: Position::START,
            latest: Position::START,
            seen: BTreeMap::new(),
            waiting: BTreeMap::new(),
        }
    }

    /// Whose inbox it is.
    pub const fn id(&self) -> ApplicationId {
        self.id
    }

    /// What to follow.
    pub fn source(&self) -> Source {
        Source { access: self.fetch.clone(), relay: self.relay.clone(), after: self.after }
    }

    /// Its public side, with the keys of now.
    ///
    /// # Errors
    /// A bug: an inbox always has keys.
    pub fn card(&self) -> Result<InboxCard, SealRefused> {
        let newest = self.generations.first().ok_or(SealRefused::Bug("inbox without keys"))?;
        Ok(InboxCard::new(self.relay.clone(), self.deposit.clone(), newest.keys.public()))
    }

    /// The key that others know its owner by: to send from.
    ///
    /// # Errors
    /// A bug: an inbox always has keys.
    pub fn sender_key(&self) -> Result<&DhPrivateKey, SealRefused> {
        let newest = self.generations.first().ok_or(SealRefused::Bug("inbox without keys"))?;
        Ok(&newest.keys.dh)
    }

    /// The private half of a DH key of this inbox's, if it still has it.
    pub(crate) fn private_key(&self, public: &DhPublicKey) -> Option<&DhPrivateKey> {
        self.generations.iter().map(|g| &g.keys.dh).find(|dh| dh.public() == *public)
    }

    /// Keeps the keys with this public half for as long as the room lasts into which they brought their owner
    /// (OS-INB-009). All others are retired; no new ones are made. None: these keys are not here any more.
    pub(crate) fn pin(&mut self, now: UnixMillis, public: &DhPublicKey) -> Option<Change> {
        let at = self.generations.iter().position(|g| g.keys.dh.public() == *public)?;
        for other in &mut self.generations {
            other.retired = other.retired.or(Some(now));
        }
        let pinned = Generation { retired: None, pinned: true, ..self.generations.remove(at) };
        self.generations.insert(0, pinned);
        Some(Change::Put { key: inbox_key(&self.id), value: self.record() })
    }

    /// What is in an envelope that came by another way than through the mailbox, and who sealed it. Nothing is
    /// remembered of it.
    pub(crate) fn open_beside(&self, envelope: &Envelope) -> Option<Received> {
        let opened = self.generations.iter().find_map(|g| seal::open(&g.keys, envelope).ok())?;
        let part = Part::decode(&opened.body).ok()?;
        let whole = Assembly::new().handle_part(Position::START, part).ok()?.whole?;
        let message = InboxMessage::decode(bytes::Bytes::copy_from_slice(&whole)).ok()?;
        Some(Received { message, sender: opened.sender })
    }

    /// Handles the next entry of the mailbox, in the order of positions.
    pub fn handle_entry(&mut self, position: Position, envelope: &Envelope) -> Handled {
        if position <= self.latest {
            return Handled { outcome: Err(InboxDrop::Stale), changes: Vec::new() };
        }
        self.latest = position;
        let mut builder = EffectsBuilder::<()>::new();
        let outcome = self.open(&mut builder, position, envelope);
        self.advance(&mut builder);
        Handled { outcome, changes: changes_of(builder) }
    }

    fn open(
        &mut self,
        builder: &mut EffectsBuilder<()>,
        position: Position,
        envelope: &Envelope,
    ) -> Result<Received, InboxDrop> {
        let name = hash(&[envelope.as_ref()]);
        // OS-INB-002.
        if self.seen.contains_key(&name) {
            return Err(InboxDrop::Seen);
        }
        // Newest first (OS-INB-001).
        let (opened, made) = self
            .generations
            .iter()
            .find_map(|g| seal::open(&g.keys, envelope).ok().map(|opened| (opened, g.made)))
            .ok_or(InboxDrop::DoesNotOpen)?;
        self.remember(builder, name, Seen { position, made });
        let part = Part::decode(&opened.body).map_err(|_| InboxDrop::Malformed)?;
        let whole = self.assemble(position, opened.sender, part)?;
        let message = InboxMessage::decode(bytes::Bytes::copy_from_slice(&whole))
            .map_err(|_| InboxDrop::Malformed)?;
        Ok(Received { message, sender: opened.sender })
    }

    /// Parts are gathered for each sender apart, so that nobody completes another's message (OS-INB-007).
    fn assemble(
        &mut self,
        position: Position,
        sender: DhPublicKey,
        part: Part,
    ) -> Result<Zeroizing<Vec<u8>>, InboxDrop> {
        let mut assembly = self.waiting.remove(&sender).unwrap_or_default();
        let taken = assembly.handle_part(position, part);
        if !assembly.positions().is_empty() {
            self.waiting.insert(sender, assembly);
        }
        while self.waiting.len() > INBOX_SENDERS_MAX {
            let oldest = self.waiting.iter().min_by_key(|(_, a)| a.positions().into_iter().min());
            let Some(oldest) = oldest.map(|(sender, _)| *sender) else { break };
            self.waiting.remove(&oldest);
        }
        taken.map_err(|_| InboxDrop::Malformed)?.whole.ok_or(InboxDrop::Part)
    }

    fn remember(&mut self, builder: &mut EffectsBuilder<()>, name: [u8; 32], seen: Seen) {
        builder.put(self.seen_key(&name), record::seen_record(&seen));
        self.seen.insert(name, seen);
        if self.seen.len() > INBOX_SEEN_MAX {
            let oldest = self.seen.iter().min_by_key(|(_, seen)| seen.position);
            if let Some(oldest) = oldest.map(|(name, _)| *name) {
                self.seen.remove(&oldest);
                builder.delete(self.seen_key(&oldest));
            }
        }
    }

    /// Records how far the mailbox is handled: up to before the first part that still waits. Waiting parts are
    /// in memory only, so after a restart they are fetched again; that they were seen must then be forgotten.
    fn advance(&mut self, builder: &mut EffectsBuilder<()>) {
        let waiting = self.waiting.values().flat_map(Assembly::positions).min();
        let after = waiting.map_or(self.latest, |p| Position::new(p.value().saturating_sub(1)));
        if after > self.after {
            self.after = after;
            let value = Zeroizing::new(after.value().to_be_bytes().to_vec());
            builder.put(format!("{}/after", inbox_key(&self.id)), value);
        }
    }

    /// Makes new keys when those in use are a week old, and erases those that were retired one retention
    /// period ago, with what they opened (OS-INB-003, OS-INB-004).
    ///
    /// The event is the announcement, to be sent from the key that contacts know.
    pub fn handle_tick(&mut self, ctx: &mut Context<'_>) -> Effects<Announcement> {
        let mut builder = EffectsBuilder::new();
        let now = ctx.now;
        let is_old = |g: &Generation| !g.pinned && now >= g.made.plus_ms(INBOX_KEYS_AGE_MS);
        let due = self.generations.first().is_none_or(is_old);
        if due {
            self.rotate(ctx, &mut builder);
        }
        let erased = self.erase(now, &mut builder);
        if due || erased {
            builder.put(inbox_key(&self.id), self.record());
        }
        builder.build()
    }

    fn rotate(&mut self, ctx: &mut Context<'_>, builder: &mut EffectsBuilder<Announcement>) {
        if let Some(current) = self.generations.first_mut() {
            current.retired = Some(ctx.now);
        }
        let keys = InboxPrivate::generate(ctx.rng);
        let public = keys.public();
        self.generations.insert(0, Generation::new(keys, ctx.now));
        let message = InboxMessage::Keys { kem: public.kem.encode(), dh: *public.dh.as_bytes() };
        builder.event(Announcement { message });
    }

    fn erase(&mut self, now: UnixMillis, builder: &mut EffectsBuilder<Announcement>) -> bool {
        let before = self.generations.len();
        let kept = |g: &Generation| {
            g.retired.is_none_or(|retired| now < retired.plus_ms(INBOX_RETENTION_MS))
        };
        self.generations.retain(kept);
        self.generations.truncate(INBOX_GENERATIONS_MAX);
        let alive: Vec<UnixMillis> = self.generations.iter().map(|g| g.made).collect();
        let gone: Vec<_> = self
            .seen
            .iter()
            .filter(|(_, seen)| !alive.contains(&seen.made))
            .map(|(name, _)| *name)
            .collect();
        for name in gone {
            self.seen.remove(&name);
            builder.delete(self.seen_key(&name));
        }
        self.generations.len() != before
    }

    /// When [`Self::handle_tick`] has something to do.
    pub fn deadline(&self) -> UnixMillis {
        let due = |g: &Generation| match g.retired {
            None if g.pinned => UnixMillis(u64::MAX),
            None => g.made.plus_ms(INBOX_KEYS_AGE_MS),
            Some(retired) => retired.plus_ms(INBOX_RETENTION_MS),
        };
        self.generations.iter().map(due).min().unwrap_or_default()
    }

    /// The deposits that tell `to` the keys of now, sealed from the key before them, which `to` knows.
    ///
    /// # Errors
    /// [`SealRefused`].
    pub fn announce(
        &self,
        ctx: &mut Context<'_>,
        to: &InboxCard,
        announcement: &Announcement,
        life: Life,
    ) -> Result<Vec<Outgoing>, SealRefused> {
        let before = self.generations.get(1).or_else(|| self.generations.first());
        let from = before.ok_or(SealRefused::Bug("inbox without keys"))?;
        to.send(ctx, &from.keys.dh, &announcement.message, life)
    }

    fn seen_key(&self, name: &[u8; 32]) -> String {
        format!("{}/seen/{}", inbox_key(&self.id), data_encoding::HEXLOWER.encode(name))
    }
}

impl Generation {
    const fn new(keys: InboxPrivate, made: UnixMillis) -> Self {
        Self { keys, made, retired: None, pinned: false }
    }
}

/// New keys of an inbox, to be told to those who know the old ones.
pub struct Announcement {
    message: InboxMessage,
}

/// The key of an inbox's record; its other records' keys begin with it and a slash.
pub fn inbox_key(id: &ApplicationId) -> String {
    format!("inbox/{}", id.hex())
}

fn changes_of(builder: EffectsBuilder<()>) -> Vec<Change> {
    let persist = builder.build().into_iter().next();
    match persist {
        Some(crate::effect::Effect::Persist(changes)) => changes,
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
