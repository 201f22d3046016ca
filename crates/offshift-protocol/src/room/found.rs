//! Founding a room, and coming into one.

use offshift_wire::{
    Position,
    link::RelayLink,
    room::{Policy, RoomName},
};

use super::{
    check::{Epoch, Rule, Rules, check_joined},
    commit::Invitee,
    errors::{ChangeRefused, FoundRefused, JoinRefused},
    event::RoomEvent,
    id::{Suite, random_room_id},
    intent::Intent,
    key_package::{PrivateKeys, inspect, seed},
    mls::{Mls, RoomKey},
    state::{Builder, Room},
};
use crate::{
    bug::Bug,
    card::{Application, Contact},
    context::Context,
    effect::Effects,
    limits::{
        COMMIT_LIFE, EPOCH_AGE_MS, MESSAGE_LIFE, ORGANIZERS_MIN, PROBATION_MS, VOUCH_BUDGET,
        VOUCHES_FLOOR,
    },
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
    pub welcome: &'a [u8],
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
        let invites = request.invitees.iter().map(|invitee| invitee.invite(request.suite));
        let invites: Option<Vec<_>> = invites.collect::<Result<_, Bug>>()?;
        let mut room = Self::found_alone(ctx, request)?;
        let intent = Intent::Add(invites.ok_or(FoundRefused::Suite)?);
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
        let policy = Policy {
            suite: u32::from(suite.number()),
            name: request.name.clone(),
            relay: request.relay.clone(),
            founding: true,
            founders: vec![id],
            organizers: vec![id],
            epoch_age_ms: EPOCH_AGE_MS,
            message_life: MESSAGE_LIFE,
            commit_life: COMMIT_LIFE,
            disappear_ms: 0,
            vouches: VOUCHES_FLOOR,
            probation_ms: PROBATION_MS,
            vouch_budget: VOUCH_BUDGET,
        };
        let (room_id, seed) = (random_room_id(ctx.rng), seed(ctx.rng));
        let mls = Mls::found(seed, &room_id, suite, keys, &info, &policy)?;
        Self::with_group(mls, request.rules, ctx.now).map_err(|_| Bug("founding a room").into())
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
        let mut room = Self::with_group(mls, request.rules, ctx.now)?;
        let epoch = Epoch { roster: &room.roster, policy: &room.policy, rules: &room.rules };
        check_joined(&epoch, suite, welcomer).map_err(JoinRefused::Rule)?;
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
    let suite = Mls::suite_of_welcome(request.welcome)?;
    let private = request.application.key_package(suite).ok_or(JoinRefused::NotYours)?;
    let keys = PrivateKeys::decode(private)?;
    let (mls, welcomer) = Mls::join(request.welcome, keys.storage, suite, keys.key)?;
    Ok((mls, welcomer, suite))
}

fn own_keys(application: &Application, suite: Suite) -> Option<RoomKey> {
    let private = application.key_package(suite)?;
    PrivateKeys::decode(private).ok().map(|keys| keys.key)
}
