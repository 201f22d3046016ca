//! A room on one device: its state, its records, and what they say.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bytes::Bytes;
use offshift_wire::{
    Address, Malformed, MemberId, MessageId, Position, RoomId, UnixMillis,
    link::RelayLink,
    room::{Policy, Terms},
    standing::Standing,
    token::IssuerKey,
};
use zeroize::Zeroizing;

use super::{
    board::Board,
    event::RoomEvent,
    id::Suite,
    intent::{Intent, Pending},
    mls::Mls,
    rejoin::Returns,
    roster::Roster,
    send::is_quiet,
    tickets::Tickets,
    watch::{
        Watch,
        gaps::Heard,
        mark::{MarkKey, Name, Tag},
    },
};
use crate::{
    admission::{Epoch, Rules, Table, terms},
    bug::Bug,
    channel::Channel,
    context::OutboxId,
    effect::{EffectsBuilder, Source},
    limits::{EPOCH_MESSAGES_MAX, SEEN_ENVELOPES_MAX, THROWN_AWAY_MAX},
    parts::Assembly,
};

pub(super) type Builder = EffectsBuilder<RoomEvent>;

/// Why a room is over for this device.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum End {
    Stranded(String),
    Removed(String),
    /// The vault is older than the world.
    RolledBack,
    /// This leaf is over, for an organizer adds this device again.
    Lost,
}

/// An own message whose place in the log is not known yet.
pub(super) struct Sending {
    pub(super) id: MessageId,
    /// Without its number, which it gets with its place in an epoch.
    pub(super) content: Bytes,
    /// `None`: it waits to be encrypted.
    pub(super) way: Option<OnItsWay>,
}

/// An own message in the outbox or at the relay.
pub(super) struct OnItsWay {
    /// SHA-256 of its MLS message.
    pub(super) hash: [u8; 32],
    pub(super) outbox: Vec<OutboxId>,
}

/// Where this device is in the log of the epoch.
#[derive(Default)]
pub(super) struct Log {
    pub(super) after: Position,
    pub(super) assembly: Assembly,
    pub(super) seen: SeenEnvelopes,
    /// Message ids of each sender in this epoch.
    pub(super) ids: BTreeMap<u32, BTreeSet<MessageId>>,
    /// What was heard of each sender.
    pub(super) heard: BTreeMap<u32, Heard>,
    /// Own envelopes of this epoch that may have left this device.
    pub(super) names: BTreeSet<Name>,
    /// Own commits that were too far from their time where they stood, and were thrown away.
    pub(super) thrown_away: VecDeque<ThrownAway>,
}

/// An own commit that may still bind the others, if somebody deposits it again when its time has come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct ThrownAway {
    /// SHA-256 of its MLS message.
    pub(super) hash: [u8; 32],
    pub(super) signed_at: UnixMillis,
}

/// Hashes of the latest envelopes that opened.
#[derive(Default)]
pub(super) struct SeenEnvelopes {
    pub(super) order: VecDeque<[u8; 32]>,
    pub(super) set: BTreeSet<[u8; 32]>,
}

impl SeenEnvelopes {
    pub(super) fn contains(&self, hash: &[u8; 32]) -> bool {
        self.set.contains(hash)
    }

    pub(super) fn insert(&mut self, hash: [u8; 32]) {
        if self.set.insert(hash) {
            self.order.push_back(hash);
        }
        if self.order.len() > SEEN_ENVELOPES_MAX
            && let Some(oldest) = self.order.pop_front()
        {
            self.set.remove(&oldest);
        }
    }
}

/// Whether a message id is the first of its sender in this epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IdSeen {
    First,
    Repeated,
    TooMany,
}

impl Log {
    pub(super) fn throw_away(&mut self, commit: ThrownAway) {
        self.thrown_away.push_back(commit);
        if self.thrown_away.len() > THROWN_AWAY_MAX {
            self.thrown_away.pop_front();
        }
    }

    pub(super) fn note_id(&mut self, sender: u32, id: MessageId) -> IdSeen {
        let ids = self.ids.entry(sender).or_default();
        if ids.contains(&id) {
            IdSeen::Repeated
        } else if ids.len() >= EPOCH_MESSAGES_MAX {
            IdSeen::TooMany
        } else {
            ids.insert(id);
            IdSeen::First
        }
    }
}

/// A room on this device.
pub struct Room {
    pub(super) id: RoomId,
    pub(super) mls: Mls,
    pub(super) mark: MarkKey,
    pub(super) rules: Rules,
    /// The private DH key of the inbox that the own leaf names: from it everything to other members' inboxes is sealed.
    pub(super) identity: Zeroizing<[u8; 32]>,
    pub(super) roster: Roster,
    pub(super) policy: Policy,
    pub(super) standing: Standing,
    /// What was said about who is to come in, stay or go.
    pub(super) board: Board,
    /// Handles of all whom this device saw in the room.
    pub(super) handles: BTreeMap<MemberId, String>,
    /// `None` once this device was removed.
    pub(super) channel: Option<Channel>,
    pub(super) log: Log,
    /// What is kept beside the log, for a relay may lie.
    pub(super) watch: Watch,
    /// Who comes back.
    pub(super) returns: Returns,
    /// The position of the latest record in the history; keeps them rising over epochs.
    pub(super) history: Position,
    pub(super) epoch_began: UnixMillis,
    /// What was shown last, of all epochs (OS-ORD-013).
    pub(super) shown: VecDeque<Tag>,
    /// Whether anybody wrote in this epoch.
    pub(super) active: bool,
    pub(super) sending: BTreeMap<u64, Sending>,
    pub(super) sent_in_epoch: usize,
    pub(super) pending: Option<Pending>,
    pub(super) intents: VecDeque<Intent>,
    pub(super) end: Option<End>,
    /// Own commits of this epoch that stood too far from their time.
    pub(super) mistimed: u32,
    /// Before this no fresh keys are asked for.
    pub(super) rekey_after: UnixMillis,
    /// What there is for those who come in. Not kept.
    pub(super) tickets: Tickets,
    pub(super) present_relay: Option<RelayLink>,
    /// What the relay gave this device. Not kept.
    pub(super) issuer_key: Option<IssuerKey>,
    pub(super) journal: u32,
    /// Whether the whole group must be written with the next effects.
    pub(super) rebase: bool,
}

impl Room {
    pub(super) fn with_group(
        mls: Mls,
        identity: Zeroizing<[u8; 32]>,
        standing: Standing,
        rules: Rules,
        epoch_began: UnixMillis,
    ) -> Result<Self, Malformed> {
        let bug = |_: Bug| Malformed("group");
        // A Welcome may have lain for long: what its commit says of this member is the latest sign of an organizer.
        let joined = Table(&standing).find(&mls.key().id()).map(|(_, row)| row.joined_at);
        let since = joined.unwrap_or_default().min(epoch_began);
        Ok(Self {
            watch: Watch::new(mls.epoch(), mls.authenticator(), since),
            returns: Returns::default(),
            id: mls.room_id().map_err(bug)?,
            roster: mls.roster()?,
            policy: mls.policy()?,
            channel: Some(mls.channel().map_err(bug)?),
            mark: MarkKey::of(mls.key()),
            mls,
            identity,
            standing,
            board: Board::default(),
            handles: BTreeMap::new(),
            rules,
            log: Log::default(),
            history: Position::START,
            shown: VecDeque::new(),
            epoch_began,
            active: false,
            sending: BTreeMap::new(),
            sent_in_epoch: 0,
            pending: None,
            intents: VecDeque::new(),
            end: None,
            mistimed: 0,
            rekey_after: UnixMillis(0),
            tickets: Tickets::NotNeeded,
            issuer_key: None,
            present_relay: None,
            journal: 0,
            rebase: true,
        })
    }

    /// Its name among this device's rooms.
    pub const fn id(&self) -> RoomId {
        self.id
    }

    /// Its name for people.
    pub fn name(&self) -> &str {
        self.policy.name.as_str()
    }

    /// Its rules.
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The terms that bind at this time.
    pub fn terms(&self, at: UnixMillis) -> &Terms {
        terms::binding(&self.policy, at)
    }

    /// How everybody came in, and what became of them.
    pub const fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Its suite.
    pub const fn suite(&self) -> Suite {
        self.mls.suite()
    }

    /// The number of its epoch.
    pub fn epoch(&self) -> u64 {
        self.mls.epoch()
    }

    /// The relay that keeps its channels.
    pub const fn relay(&self) -> &RelayLink {
        &self.policy.relay
    }

    /// The channel of this epoch; `None` once this device was removed.
    pub fn address(&self) -> Option<&Address> {
        self.channel.as_ref().map(Channel::address)
    }

    /// This device's name in it.
    pub fn own_id(&self) -> MemberId {
        self.mls.key().id()
    }

    /// Who made the commit at which this device lost the room, if it did.
    pub fn is_stranded(&self) -> Option<&str> {
        match &self.end {
            Some(End::Stranded(by)) => Some(by),
            _ => None,
        }
    }

    /// Whether this device was removed.
    pub const fn is_removed(&self) -> bool {
        matches!(self.end, Some(End::Removed(_)))
    }

    /// Own messages whose place in the log is not known yet, in order.
    pub fn waiting(&self) -> Vec<(MessageId, Bytes)> {
        let stands = |one: &Sending| self.watch.lost.is_none() && self.has_stood(one);
        let shown = self.sending.values().filter(|one| !is_quiet(&one.content) && !stands(one));
        shown.map(|one| (one.id, one.content.clone())).collect()
    }

    /// Whether an own change is on its way or waits for one.
    pub fn is_changing(&self) -> bool {
        self.pending.is_some() || !self.intents.is_empty()
    }

    /// What to follow; `None` when the room is over for this device.
    pub fn source(&self) -> Option<Source> {
        let channel = self.channel.as_ref().filter(|_| self.end.is_none())?;
        Some(Source {
            access: channel.fetch(),
            relay: self.policy.relay.clone(),
            after: self.log.after,
        })
    }

    pub(super) const fn epoch_now(&self) -> Epoch<'_> {
        let Self { id: room, roster, policy, standing, rules, .. } = self;
        Epoch { room, roster, policy, standing, rules }
    }

    /// The place of the next record in the history.
    pub(super) fn next_history(&mut self, position: Position) -> Position {
        self.history = position.max(Position::new(self.history.value().saturating_add(1)));
        self.history
    }
}
