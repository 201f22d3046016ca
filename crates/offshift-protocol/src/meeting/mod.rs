//! Meetings: how two devices learn each other's keys, face to face.
//!
//! ```text
//!  shower                          scanner
//!  show() -> code    ~~ QR ~~>     scan(code)
//!  Waiting           <-- Commit    Committed          SHA-256(label || nonce_b || card_b)
//!  Answered          Answer -->    Compared: words    card_a, nonce_a
//!  Compared: words   <-- Reveal                       card_b, nonce_b
//!  confirm() -> Contact            confirm() -> Contact
//! ```
//! Each writes in its own mailbox and reads both, so a second scanner is seen by all. Anything out of this
//! order ends the meeting on both screens (OS-MEE-010). A contact is made by a person who compared the words,
//! never by a code alone.
//!
//! Never: a card that is shown before the other side is bound; a second try with the same code.

mod code;
mod machine;
mod record;
mod rendezvous;
mod words;

use offshift_wire::{
    Address, Position, UnixMillis,
    link::RelayLink,
    meeting::{CommitHash, Nonce, Tag},
    room::Handle,
};

pub use code::{BadCode, BadDeviceCode, DeviceCode, MeetingCode};
pub use words::{Shown, Words, words};

use crate::{
    card::{Application, Card, Contact, Method, Purpose},
    channel::Channel,
    context::{Context, OutboxId},
    effect::{Effects, EffectsBuilder, Source},
    ids::{ApplicationId, ContactId, MeetingId},
    limits::MEETING_LIFE_MS,
};

/// Which side of a meeting a device is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Shows the code.
    Shower,
    /// Scans or types it.
    Scanner,
}

impl Role {
    const fn name(self) -> &'static str {
        match self {
            Self::Shower => "shower",
            Self::Scanner => "scanner",
        }
    }
}

/// What a meeting tells the person.
#[derive(Clone, PartialEq, Eq)]
pub enum MeetingEvent {
    /// Both have shown their cards: compare the words, then confirm or abort.
    WordsReady {
        /// The words that the other screen must show, too.
        words: Words,
        /// The handle that the other proposes.
        peer: Handle,
    },
    /// The meeting is over without a contact. Why the other side ended it is its word only.
    Aborted {
        /// Why.
        reason: AbortReason,
        /// Whether the other side ended it.
        by_peer: bool,
    },
    /// The time is over.
    Expired,
}

/// Why a meeting was ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum AbortReason {
    /// A person stopped it.
    #[error(
        "it was stopped; if the words differed, somebody may be listening: meet again with a new code"
    )]
    Stopped,
    /// Another device used the same code.
    #[error(
        "the code was used by another device too; show a new code where nobody else can see it"
    )]
    SecondScanner,
    /// Something was said out of its turn, twice, or in the wrong mailbox.
    #[error("something was said out of turn; meet again with a new code")]
    OutOfTurn,
    /// Something in the mailboxes is not part of any meeting.
    #[error(
        "the relay passed on something that is no part of a meeting; meet again with a new code"
    )]
    Garbled,
    /// The card is not the one that was committed to.
    #[error(
        "the other device showed another card than it had promised; meet again with a new code"
    )]
    BrokenCommit,
    /// The card is not usable.
    #[error("the other device's card is not usable; update both programs, then meet again")]
    BadCard,
    /// The time was over.
    #[error("the code was too old; show a new code")]
    Expired,
    /// A later version's reason.
    #[error("the other device stopped; meet again with a new code")]
    Other,
}

/// A meeting under way.
pub struct Meeting {
    id: MeetingId,
    role: Role,
    code: MeetingCode,
    tag: Tag,
    nonce: Nonce,
    mine: Mine,
    stage: Stage,
    ends: UnixMillis,
    scanner: Log,
    shower: Log,
    /// Own deposits, to be taken back if the meeting ends.
    outbox: Vec<OutboxId>,
}

/// What this device shows of itself.
pub enum Mine {
    /// A card that nobody has seen.
    Fresh(Box<Application>),
    /// The card that somebody has already: both are to vouch into one room.
    Again(ApplicationId, Box<Card>),
}

impl Mine {
    /// The card of an application that was shown before. None: it was used, or is too old (OS-MEE-024).
    pub fn again(application: &Application) -> Option<Self> {
        let card = || Box::new(application.card().clone());
        application.is_open().then(|| Self::Again(application.id(), card()))
    }

    fn id(&self) -> ApplicationId {
        match self {
            Self::Fresh(application) => application.id(),
            Self::Again(id, _) => *id,
        }
    }

    fn card(&self) -> &Card {
        match self {
            Self::Fresh(application) => application.card(),
            Self::Again(_, card) => card,
        }
    }
}

impl From<Application> for Mine {
    fn from(application: Application) -> Self {
        Self::Fresh(Box::new(application))
    }
}

/// One of the two mailboxes, and how far it was read.
struct Log {
    channel: Channel,
    after: Position,
    /// Envelopes of which a second copy is passed over: own ones that were deposited, and those that were read.
    known: Vec<[u8; 32]>,
}

enum Stage {
    /// Shower: nobody has come.
    Waiting,
    /// Scanner: bound, and waiting for the shower's card.
    Committed,
    /// Shower: has shown its card to the one who is bound to this.
    Answered { peer: Tag, commit: CommitHash },
    /// Both: people compare the words.
    Compared(Box<Peer>),
    /// Nothing more happens.
    Over,
}

/// What the other side showed.
struct Peer {
    tag: Tag,
    nonce: Nonce,
    card: Card,
}

/// A confirmed meeting.
pub struct Confirmed {
    /// Who was met.
    pub contact: Contact,
    /// The application that they have, with the inbox to follow. None: it was shown before, and is here already.
    pub application: Option<Application>,
    /// To be executed.
    pub effects: Effects<MeetingEvent>,
}

/// There are no words to confirm: not yet, or no longer. The meeting is given back as it was.
pub struct NoWords(pub Box<Meeting>);

impl Meeting {
    /// Shows a code for meeting at `relay`.
    pub fn show(
        ctx: &mut Context<'_>,
        relay: &RelayLink,
        mine: impl Into<Mine>,
    ) -> (Self, Effects<MeetingEvent>) {
        Self::show_for(ctx, Purpose::Meet, relay, mine.into())
    }

    /// Shows a code for linking another device of the same person.
    pub fn show_device(
        ctx: &mut Context<'_>,
        relay: &RelayLink,
        mine: impl Into<Mine>,
    ) -> (Self, Effects<MeetingEvent>) {
        Self::show_for(ctx, Purpose::Device, relay, mine.into())
    }

    fn show_for(
        ctx: &mut Context<'_>,
        purpose: Purpose,
        relay: &RelayLink,
        mine: Mine,
    ) -> (Self, Effects<MeetingEvent>) {
        let ends = ctx.now.plus_ms(MEETING_LIFE_MS);
        let code = MeetingCode::generate(ctx.rng, purpose, relay.clone(), ends);
        let meeting = Self::new(ctx, Role::Shower, code, mine);
        let effects = meeting.begin(EffectsBuilder::new());
        (meeting, effects)
    }

    /// Meets whoever shows `code`.
    ///
    /// # Errors
    /// [`BadCode::Expired`] when the code is surely dead.
    pub fn scan(
        ctx: &mut Context<'_>,
        code: MeetingCode,
        mine: impl Into<Mine>,
    ) -> Result<(Self, Effects<MeetingEvent>), BadCode> {
        if code.is_surely_dead(ctx.now) {
            return Err(BadCode::Expired);
        }
        Ok(Self::scan_for(ctx, code, mine.into()))
    }

    /// Meets the own device that shows `code`.
    ///
    /// # Errors
    /// [`BadDeviceCode::Expired`] when the code is surely dead.
    pub fn scan_device(
        ctx: &mut Context<'_>,
        code: DeviceCode,
        mine: impl Into<Mine>,
    ) -> Result<(Self, Effects<MeetingEvent>), BadDeviceCode> {
        if code.0.is_surely_dead(ctx.now) {
            return Err(BadDeviceCode::Expired);
        }
        Ok(Self::scan_for(ctx, code.0, mine.into()))
    }

    fn scan_for(
        ctx: &mut Context<'_>,
        code: MeetingCode,
        mine: Mine,
    ) -> (Self, Effects<MeetingEvent>) {
        let mut meeting = Self::new(ctx, Role::Scanner, code, mine);
        let mut builder = EffectsBuilder::new();
        meeting.commit(ctx, &mut builder);
        let effects = meeting.begin(builder);
        (meeting, effects)
    }

    fn new(ctx: &mut Context<'_>, role: Role, code: MeetingCode, mine: Mine) -> Self {
        let (mut tag, mut nonce) = ([0; 16], [0; 32]);
        ctx.rng.fill_bytes(&mut tag);
        ctx.rng.fill_bytes(&mut nonce);
        let log = |role| Log::new(rendezvous::mailbox(&code, role));
        Self {
            id: MeetingId::random(ctx.rng),
            role,
            tag,
            nonce,
            mine,
            stage: match role {
                Role::Shower => Stage::Waiting,
                Role::Scanner => Stage::Committed,
            },
            ends: ctx.now.plus_ms(MEETING_LIFE_MS),
            scanner: log(Role::Scanner),
            shower: log(Role::Shower),
            outbox: Vec::new(),
            code,
        }
    }

    fn begin(&self, mut builder: EffectsBuilder<MeetingEvent>) -> Effects<MeetingEvent> {
        builder.put(self.id.key(), self.record());
        for source in self.sources() {
            builder.follow(source);
        }
        builder.build()
    }

    /// Its name on this device.
    pub const fn id(&self) -> MeetingId {
        self.id
    }

    /// Which side this device is on.
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The code: the shower shows it.
    pub const fn code(&self) -> &MeetingCode {
        &self.code
    }

    /// Whether it is over: nothing more happens, and its record is erased.
    pub const fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Over)
    }

    /// The two mailboxes to follow, after a restart too.
    pub fn sources(&self) -> [Source; 2] {
        [&self.scanner, &self.shower].map(|log| Source {
            access: log.channel.fetch(),
            relay: self.code.relay().clone(),
            after: log.after,
        })
    }

    /// The addresses of the two mailboxes.
    pub const fn addresses(&self) -> [Address; 2] {
        [*self.scanner.channel.address(), *self.shower.channel.address()]
    }

    /// The mailbox that the other one writes in.
    pub const fn their_mailbox(&self) -> &Address {
        match self.role {
            Role::Shower => self.scanner.channel.address(),
            Role::Scanner => self.shower.channel.address(),
        }
    }

    /// The words, and the other's handle, once both have shown their cards.
    pub fn words(&self) -> Option<(Words, &Handle)> {
        let Stage::Compared(peer) = &self.stage else { return None };
        let mine = Shown { card: self.mine.card().bytes(), nonce: &self.nonce };
        let theirs = Shown { card: peer.card.bytes(), nonce: &peer.nonce };
        let (a, b) = match self.role {
            Role::Shower => (mine, theirs),
            Role::Scanner => (theirs, mine),
        };
        Some((words(self.code.purpose(), self.code.secret(), a, b), peer.card.handle()))
    }

    /// When [`Self::handle_tick`] has something to do.
    pub fn deadline(&self) -> Option<UnixMillis> {
        (!self.is_over()).then_some(self.ends)
    }

    /// The person says that both screens show the same words (OS-MEE-021), and how the two met. All that follows is one
    /// step (OS-MEE-022).
    ///
    /// # Errors
    /// [`NoWords`] when no words are shown, or their time is over.
    pub fn confirm(mut self, ctx: &mut Context<'_>, method: Method) -> Result<Confirmed, NoWords> {
        if ctx.now >= self.ends {
            return Err(NoWords(Box::new(self)));
        }
        let peer = match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Compared(peer) => peer,
            stage => return Err(NoWords(Box::new(Self { stage, ..self }))),
        };
        let id = ContactId::random(ctx.rng);
        let (purpose, met) = (self.code.purpose(), (method, ctx.now));
        let contact = Contact::new(id, self.mine.id(), peer.card, purpose, met);
        let mut builder = EffectsBuilder::new();
        builder.put(id.key(), contact.encode());
        self.leave(&mut builder);
        // What was shown before may have moved on since: its records are not written again.
        let application = match self.mine {
            Mine::Fresh(application) => Some(*application),
            Mine::Again(..) => None,
        };
        if let Some(application) = &application {
            application.put(&mut builder);
            builder.follow(application.inbox().source());
        }
        Ok(Confirmed { contact, application, effects: builder.build() })
    }

    /// Erases the record and stops reading.
    fn leave(&self, builder: &mut EffectsBuilder<MeetingEvent>) {
        builder.delete(self.id.key());
        for address in self.addresses() {
            builder.unfollow(address);
        }
    }
}

impl Log {
    const fn new(channel: Channel) -> Self {
        Self { channel, after: Position::START, known: Vec::new() }
    }
}

#[cfg(test)]
mod tests;
