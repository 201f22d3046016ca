//! Founding a room, and coming into one.

use offshift_wire::{
    Position,
    inbox::WelcomeBytes,
    link::RelayLink,
    room::{Policy, RoomName},
    standing::{Origin, Row, Standing, State},
};

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
    card::{Application, Contact},
    context::Context,
    effect::Effects,
    limits::ORGANIZERS_MIN,
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

/// What brings this device into a room.
pub struct JoinRequest<'a> {
    /// The bytes of the inbox message.
    pub welcome: &'a WelcomeBytes,
    /// The application that they answer.
    pub application: &'a Application,
    /// For whom that application was made.
    pub contact: &'a Contact,
    /// Who sealed the inbox message.
    pub sender: &'a DhPublicKey,
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
        let (room_id, seed) = (random_room_id(ctx.rng), seed(ctx.rng));
        let mls = Mls::found(seed, &room_id, suite, keys, &info, &policy)?;
        Self::with_group(mls, standing, request.rules, ctx.now)
            .map_err(|_| Bug("founding a room").into())
    }

    /// Comes into a room. Everything that the members hold is checked once more (OS-POL-040).
    ///
    /// # Errors
    /// [`JoinRefused`].
    pub fn join(
        ctx: &mut Context<'_>,
        request: &JoinRequest<'_>,
    ) -> Result<(Self, Effects<RoomEvent>), JoinRefused> {
        if *request.sender != request.contact.card().inbox().keys().dh
            || request.contact.application() != request.application.id()
        {
            return Err(JoinRefused::NotFromContact);
        }
        let (mls, welcomer, suite) = open_welcome(request)?;
        let (leaves_are_plain, own_leaf) = (mls.leaves_are_plain(), mls.own_leaf());
        let standing = Standing::decode(&request.welcome.standing)?;
        let mut room = Self::with_group(mls, standing, request.rules, ctx.now)?;
        check_joined(&room.epoch_now(), suite, welcomer).map_err(JoinRefused::Rule)?;
        if !leaves_are_plain {
            return Err(JoinRefused::Rule(Rule::Welcome));
        }
        let public = request.application.card().key_package(suite).ok_or(JoinRefused::NotYours)?;
        let (id, info) = inspect(suite, public).map_err(JoinRefused::Rule)?;
        let own = room.roster.at(own_leaf);
        if !own.is_some_and(|(leaf, found)| leaf.id == id && *found == info) {
            return Err(JoinRefused::NotYours);
        }
        let mut builder = Builder::new();
        room.log.after = Position::START;
        if let Some(source) = room.source() {
            builder.follow(source);
        }
        builder.event(RoomEvent::KeysChanged { epoch: room.epoch() });
        room.finish(&mut builder);
        Ok((room, builder.build()))
    }
}

/// Which suite a Welcome is for, it says itself; the application has keys for each.
fn open_welcome(request: &JoinRequest<'_>) -> Result<(Mls, u32, Suite), JoinRefused> {
    let suite = Mls::suite_of_welcome(&request.welcome.welcome)?;
    let private = request.application.key_package(suite).ok_or(JoinRefused::NotYours)?;
    let keys = PrivateKeys::decode(private)?;
    let (mls, welcomer) = Mls::join(&request.welcome.welcome, keys.storage, suite, keys.key)?;
    Ok((mls, welcomer, suite))
}

fn own_keys(application: &Application, suite: Suite) -> Option<RoomKey> {
    let private = application.key_package(suite)?;
    PrivateKeys::decode(private).ok().map(|keys| keys.key)
}
