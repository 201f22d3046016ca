//! Cards: what a device hands over at a meeting, made afresh each time.
//!
//! ```text
//! Application (private halves: inbox, key packages) -> Card (public) -> bytes that the other device keeps
//! ```
//! Nothing public in a card stands in a second one, so two rooms can't be searched for the same person (EI-37). One
//! card may be shown to several people, who are to vouch into one room.

mod contact;

use bytes::Bytes;
use offshift_wire::{
    Malformed, UnixMillis,
    card::CardBytes,
    limits::CARD_BYTES_MAX,
    link::RelayLink,
    room::{Handle, MemberInfo},
};
use zeroize::Zeroizing;

pub use contact::{Contact, Purpose};
pub use offshift_wire::standing::Method;

use crate::{
    context::Context,
    effect::{Change, EffectsBuilder},
    ids::ApplicationId,
    inbox::{Inbox, InboxCard},
    limits::HANDLE_CHARS_MAX,
    record::{Reader, Writer},
    room::{Suite, key_package},
    seal::DhPrivateKey,
};

const VERSION: u8 = 1;

/// A card, checked. It keeps the bytes that came: they are what was compared.
#[derive(Clone)]
pub struct Card {
    bytes: Bytes,
    handle: Handle,
    inbox: InboxCard,
    key_packages: Vec<(Suite, Bytes)>,
}

impl Card {
    /// The card of these bytes.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(bytes: Bytes) -> Result<Self, Malformed> {
        if bytes.len() > CARD_BYTES_MAX {
            return Err(Malformed("card"));
        }
        let card = CardBytes::decode(&bytes)?;
        Ok(Self {
            handle: handle(&card.handle)?,
            inbox: InboxCard::from_wire(&card.inbox)?,
            key_packages: key_packages(card.key_packages)?,
            bytes,
        })
    }

    /// The card of these bytes, if its key packages are usable and say the same as the card: what a person
    /// sees at the meeting is what a room will show (OS-MEE-013).
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn verify(bytes: Bytes) -> Result<Self, Malformed> {
        let card = Self::decode(bytes)?;
        for suite in Suite::ALL {
            let public = card.key_package(suite).ok_or(Malformed("key packages"))?;
            let (_, info) =
                key_package::inspect(suite, public).map_err(|_| Malformed("key packages"))?;
            if info.handle != card.handle || info.inbox != card.inbox.encode() {
                return Err(Malformed("key packages"));
            }
        }
        Ok(card)
    }

    /// Its bytes, as they came.
    pub const fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The proposed handle.
    pub const fn handle(&self) -> &Handle {
        &self.handle
    }

    /// How to reach its owner.
    pub const fn inbox(&self) -> &InboxCard {
        &self.inbox
    }

    /// The MLS KeyPackage for rooms of this suite. Whoever adds its owner checks it.
    pub fn key_package(&self, suite: Suite) -> Option<&Bytes> {
        self.key_packages.iter().find(|(of, _)| *of == suite).map(|(_, bytes)| bytes)
    }
}

/// A handle that a person may propose: 1 to 32 characters on one line.
///
/// # Errors
/// [`Malformed`] when it is longer, or holds what steers a terminal.
pub fn handle(text: &str) -> Result<Handle, Malformed> {
    if text.chars().count() > HANDLE_CHARS_MAX || text.contains(is_invisible) {
        return Err(Malformed("handle"));
    }
    text.parse()
}

/// Characters that show nothing (Unicode's Default_Ignorable_Code_Point, and interlinear annotation): with them two
/// handles look alike that are not.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// At most one key package for each suite that this build knows; others are passed over.
fn key_packages(list: Vec<(u32, Bytes)>) -> Result<Vec<(Suite, Bytes)>, Malformed> {
    let mut known: Vec<(Suite, Bytes)> = Vec::new();
    for (number, bytes) in list {
        let Ok(suite) = Suite::try_from(number) else { continue };
        if known.iter().any(|(of, _)| *of == suite) {
            return Err(Malformed("key packages"));
        }
        known.push((suite, bytes));
    }
    Ok(known)
}

/// Why no card was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ApplyRefused {
    /// The handle is not one.
    #[error("a handle is 1 to 32 plain characters on one line; choose another")]
    Handle,
    /// Ours to mend.
    #[error("bug: {0}")]
    Bug(&'static str),
}

/// The private halves of one card, good for one room.
pub struct Application {
    id: ApplicationId,
    card: Card,
    inbox: Inbox,
    key_packages: Vec<(Suite, Zeroizing<Vec<u8>>)>,
}

impl Application {
    /// A fresh inbox at `relay` and fresh keys for every suite, under the proposed `handle`.
    ///
    /// # Errors
    /// [`ApplyRefused`].
    pub fn new(
        ctx: &mut Context<'_>,
        relay: &RelayLink,
        proposed: &str,
    ) -> Result<Self, ApplyRefused> {
        let name = handle(proposed).map_err(|_| ApplyRefused::Handle)?;
        let id = ApplicationId::random(ctx.rng);
        let inbox = Inbox::new(ctx, id, relay.clone());
        let inbox_card = inbox.card().map_err(|_| ApplyRefused::Bug("inbox"))?;
        let info =
            MemberInfo { handle: name.clone(), applied_at: ctx.now, inbox: inbox_card.encode() };
        let (mut public, mut private) = (Vec::new(), Vec::new());
        for suite in Suite::ALL {
            let made = key_package::create(ctx, suite, &info)
                .map_err(|_| ApplyRefused::Bug("key package"))?;
            public.push((u32::from(suite.number()), Bytes::from(made.public)));
            private.push((suite, made.private));
        }
        let bytes = CardBytes {
            handle: name.as_str().to_owned(),
            inbox: inbox_card.to_wire(),
            key_packages: public,
        }
        .encode();
        let card = Card::decode(bytes).map_err(|_| ApplyRefused::Bug("card"))?;
        Ok(Self { id, card, inbox, key_packages: private })
    }

    /// Its name on this device.
    pub const fn id(&self) -> ApplicationId {
        self.id
    }

    /// What the other person has.
    pub const fn card(&self) -> &Card {
        &self.card
    }

    /// The inbox that came with it.
    pub const fn inbox(&self) -> &Inbox {
        &self.inbox
    }

    /// The inbox, to handle its entries.
    pub const fn inbox_mut(&mut self) -> &mut Inbox {
        &mut self.inbox
    }

    /// The private half of the key package for rooms of this suite.
    pub fn key_package(&self, suite: Suite) -> Option<&[u8]> {
        self.key_packages.iter().find(|(of, _)| *of == suite).map(|(_, private)| private.as_slice())
    }

    /// Forgets the key packages, once one has brought this device into a room: what was sealed to them can't
    /// be opened again. Gives what to persist.
    pub fn erase_key_packages(&mut self) -> Change {
        self.key_packages.clear();
        Change::Put { key: self.id.key(), value: self.record() }
    }

    /// Keeps the inbox keys that the card names, once they stand in a leaf of a room (OS-INB-009). Gives what to
    /// persist. None: they are too old and erased, so the card is of no use any more.
    pub fn pin_inbox(&mut self, now: UnixMillis) -> Option<Change> {
        let shown = self.card.inbox.keys().dh;
        self.inbox.pin(now, &shown)
    }

    /// Whether it may still be shown to somebody: it has not brought its owner into a room, and its inbox opens what is
    /// sealed to the card.
    pub fn is_open(&self) -> bool {
        !self.key_packages.is_empty() && self.shown_key().is_some()
    }

    /// The private DH key by which whoever has the card knows its owner, if it is not erased yet.
    pub(crate) fn shown_key(&self) -> Option<&DhPrivateKey> {
        self.inbox.private_key(&self.card.inbox.keys().dh)
    }

    /// Its record, without the inbox.
    pub(crate) fn record(&self) -> Zeroizing<Vec<u8>> {
        Writer::new(VERSION)
            .bytes(&self.card.bytes)
            .list(&self.key_packages, |writer, (suite, private)| {
                writer.u64(u64::from(suite.number())).bytes(private)
            })
            .done()
    }

    /// Writes it and its inbox.
    pub fn put<E>(&self, builder: &mut EffectsBuilder<E>) {
        builder.put(self.id.key(), self.record());
        self.inbox.put(builder);
    }

    /// The application of this record and its inbox.
    ///
    /// # Errors
    /// [`Malformed`] when the record is damaged.
    pub fn load(inbox: Inbox, record: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(record, VERSION)?;
        let card = Card::decode(Bytes::copy_from_slice(reader.bytes()?))?;
        let key_packages = reader.list(|reader| {
            let suite = u32::try_from(reader.u64()?).map_err(|_| Malformed("suite"))?;
            Ok((Suite::try_from(suite)?, Zeroizing::new(reader.bytes()?.to_vec())))
        })?;
        reader.done()?;
        Ok(Self { id: inbox.id(), card, inbox, key_packages })
    }
}

#[cfg(test)]
mod tests;
