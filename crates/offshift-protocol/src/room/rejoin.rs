//! Coming back: a device that lost the room is added again, with the same key and identity, by an organizer's device.
//!
//! ```text
//! stranded, rolled back, lost -> Rejoin (signed, a fresh key package) -> one organizer after another, each hour
//!     organizer: absent not too long? -> commit: remove the old leaf, add the new one -> Welcome to the leaf's inbox
//!                           \-> waits until the person says so
//! Welcome -> the group anew; the history, the room's id and what was not sent yet stay
//! ```
//! Never: an answer to somebody who is not in the roster; a Welcome of somebody who was not asked.

mod answer;
mod record;

use std::collections::BTreeMap;

use bytes::Bytes;
use offshift_wire::{
    MemberId, Position, UnixMillis,
    admission::{CommitData, RejoinProof},
    card::InboxCardBytes,
    inbox::{InboxMessage, Rejoin, WelcomeBytes},
    standing::Standing,
};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::{
    errors::JoinRefused,
    event::RoomEvent,
    key_package::{self, PrivateKeys},
    mls::{Mls, RoomKey},
    send::deposit_into,
    state::{Builder, End, Log, Room},
};
use crate::{
    admission::{Rule, check_joined, signed::Statement},
    bug::Bug,
    context::Context,
    derive::hash,
    effect::Effects,
    limits::{REJOIN_LIFE_MS, REJOIN_RENEW_MS, REJOIN_RETRY_MS},
    seal::DhPublicKey,
};

pub use answer::Returning;

/// Why a device wants to be added again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A commit binds the others that doesn't open here.
    Stranded,
    /// Its vault is older than what it wrote.
    RolledBack,
    /// The room seems to have gone on without it.
    Lost,
}

/// What this device knows of those who come back, itself included.
#[derive(Default)]
pub(super) struct Returns {
    asking: Option<Asking>,
    /// The latest return of each member.
    done: BTreeMap<MemberId, Done>,
    /// Who waits for a person's word.
    waiting: BTreeMap<MemberId, Rejoin>,
}

/// An own wish to come back.
struct Asking {
    keys: Keys,
    public: Bytes,
    /// Those of the days before: whoever is slow may still answer them.
    older: Vec<Keys>,
    next_at: UnixMillis,
    asked: Vec<MemberId>,
}

/// The private halves of a key package, and when it was made.
struct Keys {
    private: Zeroizing<Vec<u8>>,
    made: UnixMillis,
}

/// A return that stands in a log.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Done {
    /// The hash of its key package.
    package: [u8; 32],
    /// When the wish was signed.
    signed_at: UnixMillis,
}

impl Room {
    /// Why this device wants to be added again, if it does.
    pub const fn wants_rejoin(&self) -> Option<Why> {
        match &self.end {
            Some(End::Stranded(_)) => Some(Why::Stranded),
            Some(End::RolledBack) => Some(Why::RolledBack),
            Some(End::Lost) => Some(Why::Lost),
            Some(End::Removed(_)) => None,
            None if self.watch.lost.is_some() => Some(Why::Lost),
            None => None,
        }
    }

    pub(super) fn asking_deadline(&self) -> Option<UnixMillis> {
        let next = self.returns.asking.as_ref().map_or(UnixMillis(0), |asking| asking.next_at);
        self.wants_rejoin().map(|_| next)
    }

    /// Asks an organizer to be added again, each hour another one (OS-REJ-002).
    pub(super) fn ask_back(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
    ) -> Result<(), Bug> {
        if self.asking_deadline().is_none_or(|at| ctx.now < at) {
            return Ok(());
        }
        let mut asking = match self.returns.asking.take() {
            Some(asking) if ctx.now.since_ms(asking.keys.made) < REJOIN_RENEW_MS => asking,
            before => self.new_asking(ctx, before)?,
        };
        asking.next_at = ctx.now.plus_ms(REJOIN_RETRY_MS);
        let organizer = self.choose(ctx.rng, &asking.asked);
        if let Some(organizer) = organizer.filter(|id| !asking.asked.contains(id)) {
            asking.asked.push(organizer);
        }
        let request = InboxMessage::Rejoin(self.request(ctx.now, &asking.public));
        self.returns.asking = Some(asking);
        self.write_returns(builder);
        let Some((_, info)) = organizer.and_then(|id| self.roster.find(&id)) else { return Ok(()) };
        let life = self.terms(ctx.now).commit_life;
        deposit_into(ctx, builder, &info.inbox, &self.identity, &request, life)
    }

    pub(super) fn forget_asking(&mut self, builder: &mut Builder) {
        if self.returns.asking.take().is_some() {
            self.write_returns(builder);
        }
    }

    /// A fresh key package: the one before may have been granted by somebody whose Welcome never came.
    fn new_asking(&self, ctx: &mut Context<'_>, before: Option<Asking>) -> Result<Asking, Bug> {
        let (_, info) = self.roster.find(&self.own_id()).ok_or(Bug("no own leaf"))?;
        let key = RoomKey::from_seed(&Zeroizing::new(*self.mls.key().seed()));
        let made = key_package::create_for(ctx, self.suite(), info, key)?;
        let now = ctx.now;
        let asked = before.as_ref().map(|before| before.asked.clone()).unwrap_or_default();
        let older =
            before.into_iter().flat_map(|before| before.older.into_iter().chain([before.keys]));
        Ok(Asking {
            keys: Keys { private: made.private, made: now },
            public: Bytes::from(made.public),
            older: older.filter(|keys| now.since_ms(keys.made) < REJOIN_LIFE_MS).collect(),
            next_at: now,
            asked,
        })
    }

    /// An organizer who was not asked yet; after all were, any.
    fn choose(&self, rng: &mut dyn CryptoRng, asked: &[MemberId]) -> Option<MemberId> {
        let own = self.own_id();
        let others = self.policy.organizers.iter().copied();
        let others: Vec<MemberId> =
            others.filter(|id| *id != own && self.roster.find(id).is_some()).collect();
        let fresh: Vec<MemberId> =
            others.iter().copied().filter(|id| !asked.contains(id)).collect();
        let from = if fresh.is_empty() { others } else { fresh };
        let count = u64::try_from(from.len()).ok().filter(|count| *count > 0)?;
        usize::try_from(rng.next_u64() % count).ok().and_then(|at| from.get(at).copied())
    }

    fn request(&self, now: UnixMillis, package: &Bytes) -> Rejoin {
        let statement = Statement::rejoin(&self.id, &self.own_id(), &hash(&[package]), now);
        let signature = self.mls.key().sign_statement(&statement);
        Rejoin {
            room: self.id,
            key_package: package.clone(),
            epoch: self.mls.epoch(),
            last: self.last_read(),
            proof: RejoinProof { signed_at: now, signature },
        }
    }

    /// The last that this device knows of the room.
    pub(super) fn last_read(&self) -> Position {
        self.log.after.max(Position::new(self.epoch_began.0.saturating_mul(1000)))
    }

    /// Comes back by the Welcome that answers. Everything is checked as at the first time, and that it is the same room
    /// (OS-REJ-010).
    ///
    /// # Errors
    /// [`JoinRefused`]; nothing changed.
    pub fn return_with(
        &mut self,
        ctx: &mut Context<'_>,
        welcome: &WelcomeBytes,
        sender: &DhPublicKey,
    ) -> Result<Effects<RoomEvent>, JoinRefused> {
        let asking = self.returns.asking.as_ref().ok_or(JoinRefused::NotYours)?;
        if Mls::suite_of_welcome(&welcome.welcome)? != self.suite() {
            return Err(JoinRefused::NotYours);
        }
        let (mls, welcomer, since) = self.open(asking, &welcome.welcome)?;
        let (plain, own_leaf) = (mls.leaves_are_plain(), mls.own_leaf());
        let standing = Standing::decode(&welcome.standing)?;
        let identity = self.identity.clone();
        let there = Self::with_group(mls, identity, standing, self.rules, ctx.now)?;
        check_joined(&there.epoch_now(), self.suite(), welcomer, own_leaf)
            .map_err(JoinRefused::Rule)?;
        if !(plain && self.goes_on(&there)) {
            return Err(JoinRefused::Rule(Rule::Welcome));
        }
        if !self.is_asked(asking, &there, welcomer, sender) {
            return Err(JoinRefused::NotFromContact);
        }
        if !self.is_self(&there, own_leaf) {
            return Err(JoinRefused::NotYours);
        }
        Ok(self.come_back(ctx, there, since)?)
    }

    /// The group that the Welcome leads to, who signed it, and when the wish was made that it answers.
    fn open(&self, asking: &Asking, welcome: &[u8]) -> Result<(Mls, u32, UnixMillis), JoinRefused> {
        let mut refused = JoinRefused::NotYours;
        for one in std::iter::once(&asking.keys).chain(&asking.older) {
            let keys = PrivateKeys::decode(&one.private)?;
            match Mls::join(welcome, keys.storage, self.suite(), keys.key) {
                Ok((mls, welcomer)) => return Ok((mls, welcomer, one.made)),
                Err(why) => refused = why.into(),
            }
        }
        Err(refused)
    }

    /// Whether it is this room, later: everybody who was in it is in its standing, in the same row.
    fn goes_on(&self, there: &Self) -> bool {
        let rows = self.standing.rows.iter();
        there.id == self.id
            && there.mls.epoch() > self.mls.epoch()
            && there.standing.rows.len() >= self.standing.rows.len()
            && rows.zip(&there.standing.rows).all(|(one, other)| one.key == other.key)
    }

    /// Whether an organizer made it who was asked, whom this device knew, and who sealed it.
    fn is_asked(&self, asking: &Asking, there: &Self, welcomer: u32, sender: &DhPublicKey) -> bool {
        let Some((leaf, info)) = there.roster.at(welcomer) else { return false };
        let known = self.roster.find(&leaf.id);
        let sealed =
            InboxCardBytes::decode(&info.inbox).is_ok_and(|card| card.dh == *sender.as_bytes());
        sealed
            && asking.asked.contains(&leaf.id)
            && there.policy.organizers.contains(&leaf.id)
            && known.is_some_and(|(known, _)| known.identity == leaf.identity)
    }

    fn is_self(&self, there: &Self, own_leaf: u32) -> bool {
        let (own, new) = (self.roster.find(&self.own_id()), there.roster.at(own_leaf));
        let (Some((own, _)), Some((new, _))) = (own, new) else { return false };
        own.id == new.id && own.identity == new.identity
    }

    /// The group anew; what people have said and what waits to be sent stay.
    fn come_back(
        &mut self,
        ctx: &mut Context<'_>,
        there: Self,
        since: UnixMillis,
    ) -> Result<Effects<RoomEvent>, Bug> {
        let mut builder = Builder::new();
        let gap = (self.last_read().time(), ctx.now);
        self.suspend(&mut builder);
        let Self { mls, roster, policy, standing, channel, .. } = there;
        (self.mls, self.roster, self.policy, self.standing) = (mls, roster, policy, standing);
        (self.channel, self.log, self.end) = (channel, Log::default(), None);
        (self.epoch_began, self.active, self.sent_in_epoch) = (ctx.now, false, 0);
        (self.mistimed, self.rebase) = (0, true);
        self.returns.asking = None;
        self.write_returns(&mut builder);
        self.note_handles(&mut builder);
        self.prune_board(&mut builder, ctx.now);
        self.watch.come_back(since, ctx.now);
        self.enter_epoch(&mut builder);
        if let Some(source) = self.source() {
            builder.follow(source);
        }
        builder.event(RoomEvent::KeysChanged { epoch: self.epoch() });
        builder.event(RoomEvent::Returned { gap });
        for id in self.dispatch(ctx, &mut builder)? {
            builder.event(RoomEvent::Resent(id));
        }
        self.finish(&mut builder);
        Ok(builder.build())
    }

    /// An organizer adds this device again: this leaf is over, the Welcome to the next one comes through the inbox.
    pub(super) fn step_aside(&mut self, builder: &mut Builder, position: Position) {
        self.log.after = position;
        self.end = Some(End::Lost);
        self.suspend(builder);
    }
}

/// The wish in a commit, if it is one that brings somebody back.
pub(super) fn proof_in(data: &CommitData) -> Option<&RejoinProof> {
    match &data.act {
        offshift_wire::admission::Act::Rejoin(proof) => Some(proof),
        _ => None,
    }
}
