//! A relay that lies: what a device keeps beside the log to notice it.
//!
//! ```text
//! own marks (mark)           -> RolledBack                 numbers of each author (gaps)  -> Gap
//! checkpoints (checkpoint)   -> Forked | Gap | Behind      signed times (fresh)           -> Stale
//! ```
//! Never: a verdict by the relay's word on time (RO-14); an answer to a checkpoint.

mod checkpoint;
mod fresh;
pub(crate) mod gaps;
pub(crate) mod mark;
mod record;
mod word;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use offshift_wire::{Address, MemberId, UnixMillis, inbox::Checkpoint};
use rand_core::CryptoRng;

pub(super) use word::{is_putting_out, puts_out};

use super::{
    errors::SendRefused,
    event::{Alarm, RoomEvent},
    send::Care,
    state::{Builder, End, Room},
};
use crate::{bug::Bug, context::Context, effect::Effects, limits::DAILY_MS};

/// Where a room stands for this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoomState {
    /// As it should be.
    Open,
    /// A commit binds the others that doesn't open here.
    Stranded {
        /// Who made it.
        by: String,
    },
    /// This device's vault is older than what it wrote.
    RolledBack,
    /// It seems to have gone on without this device.
    Lost,
    /// Somebody says to be in another epoch of the same number: the relay shows different members different logs, or they
    /// lie. Nobody writes, but people can be put out.
    Forked {
        /// Who.
        with: String,
    },
    /// This device was removed.
    Removed {
        /// By whom.
        by: String,
    },
}

/// An epoch that this device was in.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Past {
    epoch: u64,
    authenticator: [u8; 32],
    /// Messages of each author that were read, or told to be missing.
    heard: BTreeMap<MemberId, u32>,
}

/// What a member said of itself, and when it came.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim {
    said: Checkpoint,
    heard_at: UnixMillis,
    /// Since when a word of this member waits: this one, or an earlier one whose place it took.
    waits_since: UnixMillis,
}

/// What is kept beside the log.
pub(crate) struct Watch {
    epoch: u64,
    authenticator: [u8; 32],
    pub(super) past: VecDeque<Past>,
    /// What can't be judged yet, one for each member.
    pub(super) claims: BTreeMap<MemberId, Claim>,
    /// From when on organizers are expected to be heard of.
    since: UnixMillis,
    /// When each organizer was in an epoch that this device knows, as they signed it.
    pub(super) signs: BTreeMap<MemberId, UnixMillis>,
    /// Whether the person was told that no organizer was heard of.
    stale: bool,
    /// People who say to be in another epoch of the same number: at most all who are in the room.
    pub(super) accusers: BTreeSet<MemberId>,
    /// People who said so and are not believed.
    pub(super) doubted: BTreeSet<MemberId>,
    /// Who says to be where the log did not lead in time, one for each member.
    pub(super) ahead: BTreeMap<MemberId, Claim>,
    /// Since when it seems that the room went on without this device.
    pub(super) lost: Option<UnixMillis>,
    /// When the relay last said that there is nothing more.
    pub(super) caught_up: UnixMillis,
    /// How many times in a row the line lived and it did not say so, while somebody's word waited.
    silence: u64,
    /// When the next checkpoints are due; zero: not decided yet.
    checkpoint_at: UnixMillis,
    /// When an organizer's next word is due; zero: not decided yet.
    present_at: UnixMillis,
}

impl Watch {
    pub(super) const fn new(epoch: u64, authenticator: [u8; 32], since: UnixMillis) -> Self {
        Self {
            epoch,
            authenticator,
            past: VecDeque::new(),
            claims: BTreeMap::new(),
            since,
            signs: BTreeMap::new(),
            stale: false,
            accusers: BTreeSet::new(),
            doubted: BTreeSet::new(),
            ahead: BTreeMap::new(),
            lost: None,
            caught_up: since,
            silence: 0,
            checkpoint_at: UnixMillis(0),
            present_at: UnixMillis(0),
        }
    }

    /// This device is back: an organizer answered a wish that was made then.
    pub(super) fn come_back(&mut self, asked_at: UnixMillis, now: UnixMillis) {
        self.claims.clear();
        self.ahead.clear();
        // Of a fork this device was perhaps in the other half: it compares from here on.
        self.accusers.clear();
        self.doubted.clear();
        self.past.clear();
        self.lost = None;
        self.since = self.since.max(asked_at);
        self.caught_up = self.caught_up.max(now);
    }
}

impl Room {
    /// Where it stands for this device.
    pub fn state(&self) -> RoomState {
        match (&self.end, self.is_forked()) {
            (Some(End::Removed(by)), _) => RoomState::Removed { by: by.clone() },
            (Some(End::Stranded(by)), _) => RoomState::Stranded { by: by.clone() },
            (Some(End::RolledBack), _) => RoomState::RolledBack,
            (Some(End::Lost), _) => RoomState::Lost,
            (None, true) => {
                let names: Vec<_> = self.watch.accusers.iter().map(|id| self.name_of(id)).collect();
                RoomState::Forked { with: names.join(", ") }
            }
            (None, false) if self.watch.lost.is_some() => RoomState::Lost,
            (None, false) => RoomState::Open,
        }
    }

    /// Does what is due: fresh keys, checkpoints, an organizer's daily word, a wish to come back.
    pub fn handle_tick(&mut self, ctx: &mut Context<'_>) -> Effects<RoomEvent> {
        let mut builder = Builder::new();
        // What is broken in one of them keeps none of the others from being done.
        let _: [Result<(), Bug>; 4] = [
            self.rekey(ctx, &mut builder),
            self.check_in(ctx, &mut builder),
            self.judge(ctx, &mut builder, false),
            self.ask_back(ctx, &mut builder),
        ];
        self.tell_stale(ctx.now, &mut builder);
        self.finish(&mut builder);
        builder.build()
    }

    /// When [`Self::handle_tick`] has something to do.
    pub fn deadline(&self) -> Option<UnixMillis> {
        let all = [self.rekey_deadline(), self.watch_deadline(), self.asking_deadline()];
        all.into_iter().flatten().min()
    }

    fn watch_deadline(&self) -> Option<UnixMillis> {
        if self.end.is_some() {
            return None;
        }
        let daily = [self.checkpoint_due(), self.present_due(), self.stale_at()];
        daily.into_iter().flatten().min()
    }

    /// The relay says that nothing more lies in this mailbox. To be called when it says so, and about every hour for as
    /// long as the line to it lives.
    pub fn handle_caught_up(
        &mut self,
        ctx: &mut Context<'_>,
        address: &Address,
    ) -> Effects<RoomEvent> {
        if self.address() != Some(address) || self.end.is_some() {
            return Effects::none();
        }
        let mut builder = Builder::new();
        // Commits of this time may have expired: whether the epoch goes on is what an organizer's word tells.
        if self.is_absent(ctx.now) && self.is_stale(ctx.now) {
            self.lose(&mut builder, ctx.now);
        }
        self.watch.caught_up = self.watch.caught_up.max(ctx.now);
        self.watch.silence = 0;
        let _ = self.judge(ctx, &mut builder, true);
        if self.watch.lost.is_none() {
            self.let_stand(&mut builder);
        }
        // What waited for this leaves now.
        let _ = self.dispatch(ctx, &mut builder);
        if !self.intents.is_empty() && !self.is_held(ctx.now) {
            let _ = self.next_change(ctx, &mut builder);
        }
        self.write_watch(&mut builder);
        self.finish(&mut builder);
        builder.build()
    }

    /// The line to the relay lives, and the relay has not said that nothing more lies in this mailbox. To be called about
    /// every hour for as long as that is so: who withholds the end of a log is noticed by that, and a device that was
    /// away is not alarmed (OS-CKP-018).
    pub fn handle_silence(
        &mut self,
        ctx: &mut Context<'_>,
        address: &Address,
    ) -> Effects<RoomEvent> {
        let here = self.address() == Some(address) && self.end.is_none();
        if !here || self.watch.claims.is_empty() {
            return Effects::none();
        }
        let mut builder = Builder::new();
        self.watch.silence += 1;
        let _ = self.judge(ctx, &mut builder, false);
        self.write_watch(&mut builder);
        self.finish(&mut builder);
        builder.build()
    }

    /// It seems that the room went on without this device: what is not on its way yet waits (OS-REJ-001).
    fn lose(&mut self, builder: &mut Builder, now: UnixMillis) {
        if self.watch.lost.is_none() {
            self.watch.lost = Some(now);
            builder.event(RoomEvent::Alarm(Alarm::Behind));
        }
    }

    /// Whether commits may have expired since this device read its log to the end.
    pub(super) fn is_absent(&self, now: UnixMillis) -> bool {
        let read = self.watch.caught_up.max(self.epoch_began);
        now.since_ms(read) > self.terms(now).commit_life.ms()
    }

    /// Whether this device keeps still until it is known where the room is. After an absence longer than commits live,
    /// it first reads: what it committed before that, it would commit into an epoch that the others have left.
    pub(super) fn is_held(&self, now: UnixMillis) -> bool {
        let contact = self.watch.caught_up.max(self.last_read().time());
        let is_away = now.since_ms(contact) > self.terms(now).commit_life.ms();
        self.end.is_some() || is_away || self.watch.lost.is_some()
    }

    pub(super) fn check_alive(&self) -> Result<(), SendRefused> {
        match self.state() {
            RoomState::Open => Ok(()),
            RoomState::Stranded { .. } => Err(SendRefused::Stranded),
            RoomState::RolledBack => Err(SendRefused::RolledBack),
            RoomState::Lost => Err(SendRefused::Lost),
            RoomState::Forked { .. } => Err(SendRefused::Forked),
            RoomState::Removed { .. } => Err(SendRefused::Removed),
        }
    }

    /// The same for what may put somebody out: that goes on in a forked room (OS-CKP-016).
    pub(super) fn check_alive_for(&self, puts_out: bool) -> Result<(), SendRefused> {
        match self.check_alive() {
            Err(SendRefused::Forked) if puts_out => Ok(()),
            checked => checked,
        }
    }

    /// Whether a message may be taken. A lost room takes ordinary ones, for when it is found again.
    pub(super) fn check_care(&self, now: UnixMillis, care: Care) -> Result<(), SendRefused> {
        match (self.check_alive(), care) {
            (Err(SendRefused::Lost), Care::Ordinary) => Ok(()),
            (Ok(()), Care::Sensitive) if self.is_stale(now) => Err(SendRefused::Stale),
            (checked, _) => checked,
        }
    }
}

/// A random time in the second half of the coming day: often enough, and at nobody's beat.
fn next_day(now: UnixMillis, rng: &mut dyn CryptoRng) -> UnixMillis {
    let half = DAILY_MS / 2;
    now.plus_ms(half + rng.next_u64() % half)
}
