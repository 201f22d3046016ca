//! What a meeting does with each entry: the one order that is right, and an end for everything else.

use offshift_wire::{
    Address, Envelope, Life, Position,
    meeting::{CommitHash, MeetingEntry, Nonce, Say, Tag},
};

use super::{AbortReason, Log, Meeting, MeetingEvent, Peer, Role, Stage, rendezvous};
use crate::{
    card::Card,
    context::Context,
    derive::hash,
    effect::{Effects, EffectsBuilder, Outgoing},
    limits::{MEETING_ENTRIES_MAX, MEETING_LIFE_MS},
};

const COMMIT_LABEL: &[u8] = b"offshift meeting commit v1";
/// The shortest life: a meeting takes minutes.
const LIFE: Life = Life::H1;

type Builder = EffectsBuilder<MeetingEvent>;

/// What the scanner is bound to before it sees anything (OS-MEE-011).
fn commit_hash(nonce: &Nonce, card: &[u8]) -> CommitHash {
    hash(&[COMMIT_LABEL, nonce, card])
}

/// Why an entry ends the meeting, and whether the other side did.
struct End {
    reason: AbortReason,
    by_peer: bool,
}

impl From<AbortReason> for End {
    fn from(reason: AbortReason) -> Self {
        Self { reason, by_peer: false }
    }
}

impl Meeting {
    /// Handles an entry of one of the two mailboxes, in the order of its positions. Entries of other mailboxes
    /// and copies of entries that were read change nothing.
    pub fn handle_entry(
        &mut self,
        ctx: &mut Context<'_>,
        address: &Address,
        position: Position,
        envelope: &Envelope,
    ) -> Effects<MeetingEvent> {
        let Some(role) = self.mailbox_of(address) else { return Effects::none() };
        if self.is_over() || position <= self.log(role).after {
            return Effects::none();
        }
        if ctx.now >= self.ends {
            return self.handle_tick(ctx);
        }
        self.log_mut(role).after = position;
        let mut builder = Builder::new();
        match self.take(ctx, &mut builder, role, envelope) {
            Ok(()) => builder.put(self.id.key(), self.record()),
            Err(end) => self.end(ctx, &mut builder, &end),
        }
        builder.build()
    }

    fn take(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        role: Role,
        envelope: &Envelope,
    ) -> Result<(), End> {
        let name = hash(&[envelope.as_ref()]);
        let log = self.log_mut(role);
        // A copy: devices deposit again after a restart (OS-MEE-016).
        if log.known.contains(&name) {
            return Ok(());
        }
        if log.known.len() >= MEETING_ENTRIES_MAX {
            return Err(AbortReason::OutOfTurn.into());
        }
        log.known.push(name);
        let entry = rendezvous::open(&log.channel, envelope).ok_or(AbortReason::Garbled)?;
        self.turn(ctx, builder, role, entry)
    }

    /// The one order that is right. `role` is whose mailbox it lies in.
    fn turn(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        role: Role,
        entry: MeetingEntry,
    ) -> Result<(), End> {
        let tag = entry.tag;
        match (&self.stage, role, entry.say) {
            (_, _, Say::Abort(number)) => {
                Err(End { reason: AbortReason::from_number(number), by_peer: true })
            }
            // Own envelopes are known by their bytes; these are somebody else's.
            _ if tag == self.tag => Err(AbortReason::OutOfTurn.into()),
            (Stage::Waiting, Role::Scanner, Say::Commit(commit)) => {
                self.answer(ctx, builder, tag, commit)
            }
            (Stage::Committed, Role::Shower, Say::Answer { commit, nonce, card }) => {
                self.check_answer(&commit)?;
                self.compare(ctx, builder, tag, nonce, card)
            }
            (Stage::Answered { peer, commit }, Role::Scanner, Say::Reveal { nonce, card }) => {
                if *peer != tag {
                    return Err(AbortReason::SecondScanner.into());
                }
                if *commit != commit_hash(&nonce, &card) {
                    return Err(AbortReason::BrokenCommit.into());
                }
                self.compare(ctx, builder, tag, nonce, card)
            }
            // Somebody else has the code (OS-MEE-014).
            (_, Role::Scanner, Say::Commit(_)) => Err(AbortReason::SecondScanner.into()),
            _ => Err(AbortReason::OutOfTurn.into()),
        }
    }

    /// Scanner: binds itself.
    pub(super) fn commit(&mut self, ctx: &mut Context<'_>, builder: &mut Builder) {
        let commit = commit_hash(&self.nonce, self.mine.card().bytes());
        self.say(ctx, builder, Say::Commit(commit));
    }

    /// Shower: shows its card to the one who is bound.
    fn answer(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        peer: Tag,
        commit: CommitHash,
    ) -> Result<(), End> {
        self.stage = Stage::Answered { peer, commit };
        let card = self.mine.card().bytes().clone();
        self.say(ctx, builder, Say::Answer { commit, nonce: self.nonce, card });
        Ok(())
    }

    /// Scanner: an answer to another's commit is for another scanner.
    fn check_answer(&self, commit: &CommitHash) -> Result<(), End> {
        if *commit == commit_hash(&self.nonce, self.mine.card().bytes()) {
            return Ok(());
        }
        Err(AbortReason::SecondScanner.into())
    }

    /// Both: the other's card is here. The scanner shows its own now.
    fn compare(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        tag: Tag,
        nonce: Nonce,
        card: bytes::Bytes,
    ) -> Result<(), End> {
        let card = Card::verify(card).map_err(|_| AbortReason::BadCard)?;
        if card.bytes() == self.mine.card().bytes() {
            return Err(AbortReason::OutOfTurn.into());
        }
        self.stage = Stage::Compared(Box::new(Peer { tag, nonce, card }));
        self.ends = ctx.now.plus_ms(MEETING_LIFE_MS);
        if self.role == Role::Scanner {
            let card = self.mine.card().bytes().clone();
            self.say(ctx, builder, Say::Reveal { nonce: self.nonce, card });
        }
        if let Some((words, peer)) = self.words() {
            builder.event(MeetingEvent::WordsReady { words, peer: peer.clone() });
        }
        Ok(())
    }

    /// Ends the meeting when its time is over (OS-MEE-012).
    pub fn handle_tick(&mut self, ctx: &mut Context<'_>) -> Effects<MeetingEvent> {
        let mut builder = Builder::new();
        if !self.is_over() && ctx.now >= self.ends {
            self.end(ctx, &mut builder, &AbortReason::Expired.into());
        }
        builder.build()
    }

    /// The person stops: the words differ, or it is not wanted any more.
    pub fn abort(&mut self, ctx: &mut Context<'_>) -> Effects<MeetingEvent> {
        let mut builder = Builder::new();
        if !self.is_over() {
            self.end(ctx, &mut builder, &AbortReason::Stopped.into());
        }
        builder.build()
    }

    /// Takes back what has not left, tells the other side (unless it said so itself), and erases all (OS-MEE-015).
    fn end(&mut self, ctx: &mut Context<'_>, builder: &mut Builder, end: &End) {
        for id in self.outbox.drain(..) {
            builder.cancel(id);
        }
        if !end.by_peer {
            self.say(ctx, builder, Say::Abort(end.reason.number()));
        }
        self.leave(builder);
        self.stage = Stage::Over;
        builder.event(match end {
            End { reason: AbortReason::Expired, by_peer: false } => MeetingEvent::Expired,
            End { reason, by_peer } => MeetingEvent::Aborted { reason: *reason, by_peer: *by_peer },
        });
    }

    fn say(&mut self, ctx: &mut Context<'_>, builder: &mut Builder, say: Say) {
        let (entry, role) = (MeetingEntry { tag: self.tag, say }, self.role);
        let relay = self.code.relay().clone();
        let log = self.log_mut(role);
        // A valid card fits, and so does all else: see CARD_BYTES_MAX and a test.
        let Some(envelope) = rendezvous::seal(&log.channel, ctx.rng, &entry) else { return };
        log.known.push(hash(&[envelope.as_ref()]));
        let to = log.channel.deposit();
        let id = ctx.outbox.next();
        self.outbox.push(id);
        builder.deposit(Outgoing { id, to, relay, life: LIFE, envelope });
    }

    fn mailbox_of(&self, address: &Address) -> Option<Role> {
        [Role::Scanner, Role::Shower]
            .into_iter()
            .find(|r| self.log(*r).channel.address() == address)
    }

    const fn log(&self, role: Role) -> &Log {
        match role {
            Role::Scanner => &self.scanner,
            Role::Shower => &self.shower,
        }
    }

    const fn log_mut(&mut self, role: Role) -> &mut Log {
        match role {
            Role::Scanner => &mut self.scanner,
            Role::Shower => &mut self.shower,
        }
    }
}

impl AbortReason {
    /// Its number on the wire.
    pub const fn number(self) -> u32 {
        match self {
            Self::Stopped => 1,
            Self::SecondScanner => 2,
            Self::OutOfTurn => 3,
            Self::Garbled => 4,
            Self::BrokenCommit => 5,
            Self::BadCard => 6,
            Self::Expired => 7,
            Self::Other => 0,
        }
    }

    /// The reason with this number.
    pub const fn from_number(number: u32) -> Self {
        match number {
            1 => Self::Stopped,
            2 => Self::SecondScanner,
            3 => Self::OutOfTurn,
            4 => Self::Garbled,
            5 => Self::BrokenCommit,
            6 => Self::BadCard,
            7 => Self::Expired,
            _ => Self::Other,
        }
    }
}
