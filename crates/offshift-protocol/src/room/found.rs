//! Founding a room, and coming into one by a Welcome.
//!
//! ```text
//! own row: founder  -> the Welcome is sealed by somebody whom this device met
//!          device   -> ... by the person's own other device, which it met as such
//!          vouched  -> ... by the member who signed it; and two of the introductions that came with it are from
//!                      people whom this device met, name this room, and name members who vouched
//! ```
//! So whoever would lure a newcomer into a room of their own needs two of the people whom the newcomer met in person.

use std::collections::BTreeSet;

use offshift_wire::{
    Envelope, MemberId, Position,
    inbox::{InboxMessage, Introduction, WelcomeBytes},
    link::RelayLink,
    room::{Policy, RoomName},
    standing::{Origin, Row, RowNumber, Standing, State, Voucher},
};
use zeroize::Zeroizing;

use super::{
    commit::{Invitee, founding},
    errors::{ChangeRefused, FoundRefused, JoinRefused},
    event::RoomEvent,
    id::{Suite, random_room_id},
    intent::Intent,
    key_package::{PrivateKeys, inspect, seed},
    mls::{Mls, RoomKey},
    state::{Builder, Room},
};
use crate::{
    admission::{Rule, Rules, Table, check_joined, terms},
    bug::Bug,
    card::{Application, Contact, Purpose},
    context::Context,
    effect::Effects,
    ids::ContactId,
    inbox::InboxCard,
    limits::{ORGANIZERS_MIN, VOUCHES_FLOOR},
    seal::DhPublicKey,
};

/// What a room is to be.
pub struct FoundRequest<'a> {
    /// Its name.
    pub name: RoomName,
    /// The relay that keeps its channels.
    pub relay: RelayLink,
    /// Its suite, for ever.
    pub suite: Suite,
    /// The founder's own identity in it: an application made for this room alone.
    pub mine: &'a Application,
    /// The others. The founder is an organizer; at least one of these must be another.
    pub invitees: &'a [Invitee<'a>],
    /// The rules.
    pub rules: Rules,
}

impl Room {
    /// Founds a room. The others are in it when the commit that adds them is read back; then their Welcomes
    /// are sent.
    ///
    /// # Errors
    /// [`FoundRefused`].
    pub fn found(
        ctx: &mut Context<'_>,
        request: &FoundRequest<'_>,
    ) -> Result<(Self, Effects<RoomEvent>), FoundRefused> {
        let organizers = request.invitees.iter().filter(|invitee| invitee.organizer).count();
        if organizers + 1 < ORGANIZERS_MIN {
            return Err(FoundRefused::TooFewOrganizers);
        }
        let intent = founding(request.suite, request.invitees)?.ok_or(FoundRefused::Suite)?;
        let mut room = Self::found_alone(ctx, request)?;
        let mut builder = Builder::new();
        room.begin(ctx, &mut builder, intent).map_err(|refused| match refused {
            ChangeRefused::Rule(rule) => FoundRefused::Rule(rule),
            ChangeRefused::Bug(bug) => bug.into(),
            _ => Bug("founding").into(),
        })?;
        Ok((room, builder.build()))
    }

    fn begin(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        intent: Intent,
    ) -> Result<(), ChangeRefused> {
        if let Some(source) = self.source() {
            builder.follow(source);
        }
        self.note_handles(builder);
        self.stage(ctx, builder, intent)?.map_err(ChangeRefused::Rule)?;
        self.finish(builder);
        Ok(())
    }

    fn found_alone(
        ctx: &mut Context<'_>,
        request: &FoundRequest<'_>,
    ) -> Result<Self, FoundRefused> {
        let suite = request.suite;
        let public = request.mine.card().key_package(suite).ok_or(FoundRefused::Suite)?;
        let (id, info) = inspect(suite, public).map_err(FoundRefused::Rule)?;
        let keys = own_keys(request.mine, suite).ok_or(FoundRefused::Suite)?;
        let founder = Row {
            key: id,
            joined_at: ctx.now,
            state: State::Member,
            left_at: None,
            origin: Origin::Founder,
        };
        let standing = Standing { rows: vec![founder] };
        let policy = Policy {
            suite: u32::from(suite.number()),
            name: request.name.clone(),
            relay: request.relay.clone(),
            founding: true,
            organizers: vec![id],
            terms: terms::fresh(),
            coming: None,
            revision: 0,
            standing: Table(&standing).hash(),
        };
        let identity = identity_of(request.mine).ok_or(Bug("a fresh inbox without its keys"))?;
        let (room_id, seed) = (random_room_id(ctx.rng), seed(ctx.rng));
        let mls = Mls::found(seed, &room_id, suite, keys, &info, &policy)?;
        Self::with_group(mls, identity, standing, request.rules, ctx.now)
            .map_err(|_| Bug("founding a room").into())
    }
}

fn own_keys(application: &Application, suite: Suite) -> Option<RoomKey> {
    let private = application.key_package(suite)?;
    PrivateKeys::decode(private).ok().map(|keys| keys.key)
}

/// The private DH key of the inbox that the application's leaf names (OS-JOI-014).
fn identity_of(application: &Application) -> Option<Zeroizing<[u8; 32]>> {
    application.shown_key().map(|key| Zeroizing::new(*key.seed()))
}

/// What brings this device into a room.
pub struct JoinRequest<'a> {
    /// The bytes of the inbox message.
    pub welcome: &'a WelcomeBytes,
    /// The application that they answer.
    pub application: &'a Application,
    /// To whom that application was shown, each at a meeting.
    pub contacts: &'a [&'a Contact],
    /// Who sealed the inbox message.
    pub sender: &'a DhPublicKey,
    /// The rules.
    pub rules: Rules,
}

impl Room {
    /// Comes into a room. Everything that the members hold is checked once more (OS-POL-040). Afterwards the
    /// application's inbox is to be pinned and its key packages are to be erased.
    ///
    /// # Errors
    /// [`JoinRefused`].
    pub fn join(
        ctx: &mut Context<'_>,
        request: &JoinRequest<'_>,
    ) -> Result<(Self, Effects<RoomEvent>), JoinRefused> {
        if request.contacts.iter().any(|one| one.application() != request.application.id()) {
            return Err(JoinRefused::NotFromContact);
        }
        let (mls, welcomer, suite) = open_welcome(request)?;
        let (leaves_are_plain, own_leaf) = (mls.leaves_are_plain(), mls.own_leaf());
        let standing = Standing::decode(&request.welcome.standing)?;
        let identity = identity_of(request.application).ok_or(JoinRefused::TooOld)?;
        let mut room = Self::with_group(mls, identity, standing, request.rules, ctx.now)?;
        check_joined(&room.epoch_now(), suite, welcomer, own_leaf).map_err(JoinRefused::Rule)?;
        if !leaves_are_plain {
            return Err(JoinRefused::Rule(Rule::Welcome));
        }
        room.check_own(request.application, own_leaf)?;
        room.check_met(request, welcomer)?;
        let mut builder = Builder::new();
        room.log.after = Position::START;
        if let Some(source) = room.source() {
            builder.follow(source);
        }
        room.note_handles(&mut builder);
        builder.event(RoomEvent::KeysChanged { epoch: room.epoch() });
        room.finish(&mut builder);
        Ok((room, builder.build()))
    }

    /// Whether the own leaf is the one that was applied with.
    fn check_own(&self, application: &Application, own_leaf: u32) -> Result<(), JoinRefused> {
        let suite = self.suite();
        let public = application.card().key_package(suite).ok_or(JoinRefused::NotYours)?;
        let (id, info) = inspect(suite, public).map_err(JoinRefused::Rule)?;
        let own = self.roster.at(own_leaf);
        let is_own = own.is_some_and(|(leaf, found)| leaf.id == id && *found == info);
        if is_own { Ok(()) } else { Err(JoinRefused::NotYours) }
    }

    /// Whether this Welcome comes by the word of those whom this device met.
    fn check_met(&self, request: &JoinRequest<'_>, welcomer: u32) -> Result<(), JoinRefused> {
        let table = Table(&self.standing);
        let (number, row) = table.member(&self.own_id()).ok_or(JoinRefused::NotYours)?;
        let by = |purpose| met(request, purpose, request.sender).is_some();
        let may_add = match &row.origin {
            // OS-JOI-010.
            Origin::Founder => by(Purpose::Meet),
            // OS-JOI-011.
            Origin::Device { .. } => by(Purpose::Device) && self.is_own(number, welcomer),
            Origin::Vouched { vouchers, .. } => {
                self.check_introductions(request, vouchers)?;
                self.is_sealed_by(request.sender, welcomer)
            }
        };
        if may_add { Ok(()) } else { Err(JoinRefused::NotFromContact) }
    }

    /// Whether the leaf is a device of the same person.
    fn is_own(&self, number: RowNumber, leaf: u32) -> bool {
        let table = Table(&self.standing);
        let other = self.roster.at(leaf).and_then(|(leaf, _)| table.member(&leaf.id));
        other.is_some_and(|(other, _)| table.person(other) == table.person(number))
    }

    /// Whether the sender is the owner of the inbox that this leaf names (OS-JOI-013).
    fn is_sealed_by(&self, sender: &DhPublicKey, leaf: u32) -> bool {
        let inbox = self.roster.at(leaf).and_then(|(_, info)| InboxCard::decode(&info.inbox).ok());
        inbox.is_some_and(|inbox| inbox.keys().dh == *sender)
    }

    /// Two people whom this device met must say that they vouched in this room, each as another member (OS-JOI-012).
    fn check_introductions(
        &self,
        request: &JoinRequest<'_>,
        vouchers: &[Voucher],
    ) -> Result<(), JoinRefused> {
        let (mut people, mut members) = (BTreeSet::new(), BTreeSet::new());
        let introductions = request.welcome.introductions.iter();
        for (contact, member) in introductions.filter_map(|bytes| introduced(request, bytes)) {
            let vouched = member.room == self.id && self.is_voucher(&member.member, vouchers);
            if vouched && !people.contains(&contact) && members.insert(member.member) {
                people.insert(contact);
            }
        }
        let enough = u32::try_from(people.len()).is_ok_and(|count| count >= VOUCHES_FLOOR);
        if enough { Ok(()) } else { Err(JoinRefused::Introductions) }
    }

    fn is_voucher(&self, member: &MemberId, vouchers: &[Voucher]) -> bool {
        let row = Table(&self.standing).member(member).map(|(number, _)| number);
        row.is_some_and(|row| vouchers.iter().any(|voucher| voucher.by == row))
    }
}

/// Who of those who were met sealed this introduction, and what it says.
fn introduced(request: &JoinRequest<'_>, bytes: &[u8]) -> Option<(ContactId, Introduction)> {
    let envelope = Envelope::try_from(bytes.to_vec()).ok()?;
    let received = request.application.inbox().open_beside(&envelope)?;
    let InboxMessage::Introduction(introduction) = received.message else { return None };
    met(request, Purpose::Meet, &received.sender).map(|contact| (contact.id(), introduction))
}

/// Who of those who were met for this holds this key.
fn met<'a>(request: &JoinRequest<'a>, purpose: Purpose, by: &DhPublicKey) -> Option<&'a Contact> {
    let is = |one: &Contact| one.purpose() == purpose && one.is_known_as(by);
    request.contacts.iter().copied().find(|one| is(one))
}

/// Which suite a Welcome is for, it says itself; the application has keys for each.
fn open_welcome(request: &JoinRequest<'_>) -> Result<(Mls, u32, Suite), JoinRefused> {
    let suite = Mls::suite_of_welcome(&request.welcome.welcome)?;
    let private = request.application.key_package(suite).ok_or(JoinRefused::NotYours)?;
    let keys = PrivateKeys::decode(private)?;
    let (mls, welcomer) = Mls::join(&request.welcome.welcome, keys.storage, suite, keys.key)?;
    Ok((mls, welcomer, suite))
}
