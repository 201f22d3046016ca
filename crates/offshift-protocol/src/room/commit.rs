//! Committing: prepare, deposit, read it back as the first valid one, only then apply it.
//!
//! ```text
//! wish -> staged + recorded + deposited -> first valid in the log? -> applied, Welcome sealed and deposited
//!                                             \-> another won: staged again in the next epoch, if it makes sense
//! ```

use bytes::Bytes;
use offshift_wire::{
    MemberId, Position, UnixMillis,
    admission::{Act, CommitData},
    inbox::{InboxMessage, WelcomeBytes},
    limits::{LINK_TEXT_MAX, TICKET_BYTES_MAX},
    room::MemberInfo,
    standing::Standing,
};
use openmls::prelude::StagedCommit;
use zeroize::Zeroizing;

use super::{
    errors::ChangeRefused,
    event::{How, RoomEvent},
    id::Suite,
    intent::{Intent, Invite, Pending},
    key_package::{inspect, seed},
    log::Skip,
    mls::{Mls, Plan, RoomKey, facts::newcomer},
    send::deposit_into,
    state::{Builder, End, Log, Room, ThrownAway},
    watch::RoomState,
};
use crate::{
    admission::{Allowed, Case, CommitFacts, Newcomer, RoomChange, Rule, Table, check, decide},
    bug::Bug,
    card::{Application, Card},
    context::Context,
    derive::hash,
    effect::Effects,
    limits::{INTENTS_MAX, MISTIMED_MAX, REKEY_SPREAD_MS, WHOLE_BYTES_MAX},
};

/// What the shape of the inbox message and a share of a ticket add to a Welcome, at most.
const WELCOME_FRAME: usize = 256 + TICKET_BYTES_MAX + LINK_TEXT_MAX;

/// Somebody to add: their card, which of ours they have, and whether they are to be an organizer.
pub struct Invitee<'a> {
    /// Their card.
    pub card: &'a Card,
    /// The application of ours that they were shown: by its inbox they know this device.
    pub application: &'a Application,
    /// Whether they become an organizer.
    pub organizer: bool,
}

/// What is needed to add the owner of this card, who knows this device by our application.
pub(super) fn invite(
    suite: Suite,
    card: &Card,
    application: &Application,
) -> Result<Option<Invite>, Bug> {
    let Some(key_package) = card.key_package(suite) else { return Ok(None) };
    let newest = application.inbox().sender_key().map_err(|_| Bug("inbox"))?;
    let from = application.shown_key().unwrap_or(newest);
    Ok(Some(Invite {
        key_package: key_package.clone(),
        inbox: card.inbox().encode(),
        from: Zeroizing::new(*from.seed()),
        introductions: Vec::new(),
    }))
}

impl Room {
    /// Adds a founder, while the founding phase is open.
    ///
    /// # Errors
    /// [`ChangeRefused`]; nothing changed.
    pub fn handle_add_founder(
        &mut self,
        ctx: &mut Context<'_>,
        invitee: &Invitee<'_>,
    ) -> Result<Effects<RoomEvent>, ChangeRefused> {
        let intent = founding(self.suite(), std::slice::from_ref(invitee))?;
        self.handle_change(ctx, intent.ok_or(ChangeRefused::Suite)?)
    }

    /// Fresh keys when the epoch has grown old (OS-ORD-010).
    pub(super) fn rekey(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
    ) -> Result<(), Bug> {
        if self.rekey_deadline().is_none_or(|at| ctx.now < at) {
            return Ok(());
        }
        if self.is_held(ctx.now) {
            self.rekey_after = ctx.now.plus_ms(REKEY_SPREAD_MS);
            return Ok(());
        }
        self.want_keys(ctx, builder)
    }

    pub(super) fn rekey_deadline(&self) -> Option<UnixMillis> {
        let is_open = self.state() == RoomState::Open;
        let due = self.active && is_open && !self.is_changing();
        let age_ms = self.terms(self.epoch_began).epoch_age_ms;
        let old = self.epoch_began.plus_ms(age_ms);
        due.then(|| old.plus_ms(self.rekey_delay_ms()).max(self.rekey_after))
    }

    /// A delay that is random to others and the same at each question: nothing needs to be kept for it.
    fn rekey_delay_ms(&self) -> u64 {
        let mut bytes = Zeroizing::new(b"offshift rekey delay v1".to_vec());
        bytes.extend_from_slice(self.mls.key().seed());
        bytes.extend_from_slice(&self.epoch().to_be_bytes());
        let hash = hash(&[&bytes]);
        let number = hash.first_chunk::<8>().map_or(0, |eight| u64::from_be_bytes(*eight));
        number % REKEY_SPREAD_MS
    }

    pub(super) fn handle_change(
        &mut self,
        ctx: &mut Context<'_>,
        intent: Intent,
    ) -> Result<Effects<RoomEvent>, ChangeRefused> {
        self.check_alive_for(intent.puts_out())?;
        let mut builder = Builder::new();
        // Whoever was away reads first: an epoch that the others have left takes no commit (OS-REJ-003).
        let is_next = self.pending.is_none() && !self.intents.iter().any(|one| self.may_begin(one));
        if !is_next || self.is_held(ctx.now) {
            if self.intents.len() >= INTENTS_MAX {
                return Err(ChangeRefused::TooMany);
            }
            self.intents.push_back(intent);
            self.write_intents(&mut builder);
        } else {
            self.stage(ctx, &mut builder, intent)?.map_err(ChangeRefused::Rule)?;
        }
        self.finish(&mut builder);
        Ok(builder.build())
    }

    /// Stages the first of the waiting changes that is still allowed.
    pub(super) fn next_change(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
    ) -> Result<(), Bug> {
        while self.pending.is_none()
            && let Some(at) = self.intents.iter().position(|one| self.may_begin(one))
            && let Some(intent) = self.intents.remove(at)
        {
            if let Err(rule) = self.stage(ctx, builder, intent)? {
                builder.event(RoomEvent::ChangeDropped(rule));
            }
        }
        self.write_intents(builder);
        Ok(())
    }

    /// Stages a commit for a wish, if the rules that everybody checks allow it now.
    pub(super) fn stage(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        intent: Intent,
    ) -> Result<Result<(), Rule>, Bug> {
        let data = CommitData { signed_at: ctx.now, act: intent.act.clone() };
        let plan = match self.plan(&intent, data) {
            Ok(plan) => plan,
            Err(rule) => return Ok(Err(rule)),
        };
        let savepoint = self.mls.savepoint();
        let staged = self.stage_plan(ctx, builder, intent, plan);
        if !matches!(staged, Ok(Ok(()))) {
            self.mls.rollback(savepoint)?;
        }
        staged
    }

    fn stage_plan(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        intent: Intent,
        plan: Plan,
    ) -> Result<Result<(), Rule>, Bug> {
        let data = plan.data.clone();
        // What MLS itself refuses of a plan that the rules allow is a key package that does not fit its tree.
        let Ok(prepared) = self.mls.stage(seed(ctx.rng), plan) else {
            return Ok(Err(Rule::KeyPackage));
        };
        let facts = self.mls.pending_facts(&data).ok_or(Bug("no staged commit"))?;
        let signed_at = data.signed_at;
        let position = Position::new(signed_at.0.saturating_mul(1000));
        let welcome = prepared.welcome;
        match check(&self.epoch_now(), &facts, position) {
            Ok(allowed) if !fits(&intent, welcome.as_ref(), &allowed) => {
                return Ok(Err(Rule::RoomFull));
            }
            Ok(_) => {}
            Err(rule) => return Ok(Err(rule)),
        }
        let life = self.terms(signed_at).commit_life;
        let outbox = self.deposit(ctx, builder, &prepared.commit, life)?.outbox;
        let hash = hash(&[&prepared.commit]);
        let pending = Pending { intent, signed_at, hash, welcome, outbox };
        builder.put(self.key("pending"), pending.encode());
        self.pending = Some(pending);
        self.rebase = true;
        Ok(Ok(()))
    }

    /// What a commit for this wish must hold, by the rules that everybody checks.
    fn plan(&self, intent: &Intent, data: CommitData) -> Result<Plan, Rule> {
        let mut adds = Vec::new();
        for invite in &intent.adds {
            adds.push(self.mls.key_package(&invite.key_package).map_err(|_| Rule::KeyPackage)?);
        }
        let newcomers: Vec<_> = adds.iter().map(|one| newcomer(one, self.suite())).collect();
        let leaves =
            intent.removes.iter().map(|id| self.roster.find(id).map(|(leaf, _)| leaf.index));
        let removes = leaves.collect::<Option<_>>().ok_or(Rule::NotAMember)?;
        let case = Case { epoch: &self.epoch_now(), by: self.own_id(), at: data.signed_at };
        let Allowed { policy, .. } = decide(&case, &data.act, &newcomers, &intent.removes)?;
        let policy = Some(policy).filter(|after| *after != self.policy);
        Ok(Plan { data, adds, removes, policy })
    }

    /// The own commit was read back.
    pub(super) fn own_commit(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        position: Position,
    ) -> Result<(), Skip> {
        let Some(pending) = self.pending.take() else { return Ok(()) };
        let facts = self.mls.pending_facts(&pending.data()).ok_or(Bug("no staged commit"))?;
        match check(&self.epoch_now(), &facts, position) {
            Ok(allowed) => {
                let events = self.change_events(&facts, &allowed);
                self.note_return(builder, &facts, &allowed.change);
                self.put_off_present(ctx);
                self.mls.merge_own()?;
                self.standing = allowed.standing;
                self.begin_epoch(builder, position, events)?;
                self.welcome(ctx, builder, &pending)?;
                self.resume(ctx, builder, None).map_err(Skip::from)
            }
            Err(rule) => {
                // Everybody skips it alike: it was too long on its way. The wish stays.
                let by = self.roster.handle(self.mls.own_leaf());
                self.mls.clear_own()?;
                self.log.after = position;
                self.rebase = true;
                builder.delete(self.key("pending"));
                // A second copy might come in time, and bind everyone but its author, who threw it away.
                pending.outbox.iter().for_each(|id| builder.cancel(*id));
                let Pending { hash, signed_at, .. } = pending;
                self.log.throw_away(ThrownAway { hash, signed_at });
                let why = super::event::Skipped::Refused(rule);
                builder.event(RoomEvent::Skipped { why, by: Some(by) });
                self.mistimed += 1;
                if self.mistimed < MISTIMED_MAX {
                    self.intents.push_front(pending.intent);
                } else {
                    // Not delay but a wrong clock, here or at the relay: trying on would fill the log.
                    self.rekey_after = ctx.now.plus_ms(REKEY_SPREAD_MS);
                    builder.event(RoomEvent::ChangeDropped(rule));
                }
                // After an absence as long as commits live the others may have left this epoch by a commit that is
                // forgotten, and to read its own words tells a device nothing of them: it waits until it has read to the
                // log's end (OS-REJ-003).
                if self.is_absent(ctx.now) || self.is_held(ctx.now) {
                    self.write_intents(builder);
                    return Ok(());
                }
                self.next_change(ctx, builder).map_err(Skip::from)
            }
        }
    }

    /// Applies another member's commit, the first valid one of this log.
    pub(super) fn apply(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        position: Position,
        facts: &CommitFacts,
        allowed: Allowed,
        staged: StagedCommit,
    ) -> Result<(), Bug> {
        let removed = staged.self_removed();
        if removed && allowed.change == RoomChange::Rejoined(self.own_id()) {
            self.step_aside(builder, position);
            return Ok(());
        }
        let events = self.change_events(facts, &allowed);
        let by = self.roster.handle(facts.committer);
        self.note_return(builder, facts, &allowed.change);
        self.note_commit(ctx.now, facts);
        self.compare_times(ctx.now, builder, position, &by);
        self.mls.merge(staged)?;
        self.standing = allowed.standing;
        if removed {
            self.log.after = position;
            self.end = Some(End::Removed(by.clone()));
            self.abandon(builder);
            self.channel = None;
            self.forget_group(ctx)?;
            builder.event(RoomEvent::YouWereRemoved { by });
            return Ok(());
        }
        let lost = self.pending.take();
        for id in lost.iter().flat_map(|pending| &pending.outbox) {
            builder.cancel(*id);
        }
        self.begin_epoch(builder, position, events)?;
        self.resume(ctx, builder, lost.map(|pending| pending.intent))
    }

    /// An empty group of the same name takes the place of the one that this device was removed from: of its
    /// keys nothing is kept (OS-ORD-011).
    fn forget_group(&mut self, ctx: &mut Context<'_>) -> Result<(), Bug> {
        let own = self.roster.find(&self.own_id()).map(|(_, info)| info.clone());
        let (info, key) = (own.ok_or(Bug("no own leaf"))?, RoomKey::from_seed(&seed(ctx.rng)));
        let suite = self.suite();
        self.mls = Mls::found(seed(ctx.rng), &self.id, suite, key, &info, &self.policy)?;
        self.roster = self.mls.roster().map_err(|_| Bug("an empty group"))?;
        self.log = Log::default();
        self.identity = Zeroizing::new([0; 32]);
        Ok(())
    }

    fn change_events(&self, facts: &CommitFacts, allowed: &Allowed) -> Vec<RoomEvent> {
        let (by, after) = (self.roster.handle(facts.committer), &allowed.standing);
        let mut events = match &allowed.change {
            RoomChange::Severed(members) => self.removed(members, &by, How::Severed),
            RoomChange::Recalled(members) => self.removed(members, &by, How::Recalled),
            RoomChange::Stopped(device) => self.removed(&[*device], &by, How::Stopped),
            RoomChange::Founded(_) | RoomChange::Admitted(_) => {
                facts.newcomers.iter().map(|one| self.joined(one, &by, after)).collect()
            }
            RoomChange::DeviceAdded(member) => {
                let handle = facts.newcomers.first().map(handle_in).unwrap_or_default();
                vec![RoomEvent::DeviceJoined { member: *member, handle, of: by }]
            }
            RoomChange::Confirmed(member) => {
                let handle = self.name_of(member);
                vec![RoomEvent::Confirmed { member: *member, handle, by }]
            }
            RoomChange::Decided(motion) => {
                vec![RoomEvent::MotionCarried { motion: motion.clone(), by }]
            }
            RoomChange::Keys | RoomChange::Rejoined(_) => Vec::new(),
        };
        let reviewed = self.newly_reviewed(after);
        if !reviewed.is_empty() {
            events.push(RoomEvent::ReviewNeeded(reviewed));
        }
        let coming = allowed.policy.coming.filter(|_| allowed.policy.coming != self.policy.coming);
        events.extend(coming.map(|terms| RoomEvent::TermsWillChange { binds_at: terms.binds_at }));
        events
    }

    fn removed(&self, members: &[MemberId], by: &str, how: How) -> Vec<RoomEvent> {
        let rows = members.iter().filter_map(|id| self.roster.find(id));
        rows.map(|(leaf, info)| RoomEvent::Removed {
            member: leaf.id,
            handle: info.handle.as_str().to_owned(),
            by: by.to_owned(),
            how,
        })
        .collect()
    }

    fn joined(&self, newcomer: &Newcomer, by: &str, after: &Standing) -> RoomEvent {
        let vouchers = self.vouchers(Table(after), &newcomer.id);
        let vouchers = vouchers.into_iter().map(|one| (one.handle, one.method)).collect();
        let (member, handle) = (newcomer.id, handle_in(newcomer));
        RoomEvent::Joined { member, handle, by: by.to_owned(), vouchers }
    }

    /// The group has moved on: a new channel, an empty log, nothing of the old epoch kept.
    fn begin_epoch(
        &mut self,
        builder: &mut Builder,
        position: Position,
        events: Vec<RoomEvent>,
    ) -> Result<(), Bug> {
        const BAD: Bug = Bug("a valid commit leads to an invalid room");
        self.leave_epoch(builder);
        self.let_stand(builder);
        if let Some(old) = self.address().copied() {
            builder.unfollow(old);
        }
        for waiting in self.log.assembly.positions() {
            builder.delete(self.part_key(waiting));
        }
        builder.delete(self.key("pending"));
        self.roster = self.mls.roster().map_err(|_| BAD)?;
        self.policy = self.mls.policy().map_err(|_| BAD)?;
        self.channel = Some(self.mls.channel()?);
        self.log = Log::default();
        self.epoch_began = position.time();
        (self.active, self.sent_in_epoch, self.rebase) = (false, 0, true);
        self.mistimed = 0;
        self.enter_epoch(builder);
        if let Some(source) = self.source() {
            builder.follow(source);
        }
        self.note_handles(builder);
        self.prune_board(builder, position.time());
        events.into_iter().for_each(|event| builder.event(event));
        builder.event(RoomEvent::KeysChanged { epoch: self.epoch() });
        Ok(())
    }

    /// Sends again what the commit made void (OS-ORD-002), and goes on with the changes that wait (OS-ORD-005).
    fn resume(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        lost: Option<Intent>,
    ) -> Result<(), Bug> {
        for sending in self.sending.values_mut() {
            for id in sending.way.take().iter().flat_map(|way| &way.outbox) {
                builder.cancel(*id);
            }
        }
        // An epoch that has just begun needs no fresh keys.
        lost.into_iter().for_each(|intent| self.intents.push_front(intent));
        let mut intents = std::mem::take(&mut self.intents);
        intents.retain(|intent| !intent.is_keys() && !self.is_granted(intent));
        self.intents = intents;
        for id in self.dispatch(ctx, builder)? {
            builder.event(RoomEvent::Resent(id));
        }
        self.next_change(ctx, builder)
    }

    /// The Welcome, to each newcomer's inbox, now that the commit stands (OS-ORD-007).
    fn welcome(
        &self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        pending: &Pending,
    ) -> Result<(), Bug> {
        let Some(welcome) = &pending.welcome else { return Ok(()) };
        for invite in &pending.intent.adds {
            let ticket = self.share(ctx.rng, pending, invite);
            self.tell_without_ticket(builder, invite, &ticket);
            let message = InboxMessage::Welcome(WelcomeBytes {
                welcome: Bytes::copy_from_slice(welcome),
                standing: self.standing.encode().into(),
                introductions: invite.introductions.clone(),
                ticket,
                relay: self.present_relay.clone(),
            });
            let life = self.terms(pending.signed_at).commit_life;
            deposit_into(ctx, builder, &invite.inbox, &invite.from, &message, life)?;
        }
        Ok(())
    }
}

/// Whether the Welcomes can be sent: who is added by a commit and can't hear of it would be a leaf for nobody (OS-ORD-012).
fn fits(intent: &Intent, welcome: Option<&Zeroizing<Vec<u8>>>, allowed: &Allowed) -> bool {
    let common = welcome.map_or(0, |bytes| bytes.len()) + allowed.standing.encode().len();
    let introductions = |one: &Invite| one.introductions.iter().map(|one| one.len() + 8).sum();
    let largest: usize = intent.adds.iter().map(introductions).max().unwrap_or(0);
    common + largest + WELCOME_FRAME <= WHOLE_BYTES_MAX
}

/// The wish to add founders; `None`: a card does not fit the suite.
pub(super) fn founding(suite: Suite, invitees: &[Invitee<'_>]) -> Result<Option<Intent>, Bug> {
    let (mut organizers, mut adds) = (Vec::new(), Vec::new());
    for invitee in invitees {
        let invited = invite(suite, invitee.card, invitee.application)?;
        let Some(invite) = invited else { return Ok(None) };
        let Ok((id, _)) = inspect(suite, &invite.key_package) else { return Ok(None) };
        if invitee.organizer {
            organizers.push(id);
        }
        adds.push(invite);
    }
    Ok(Some(Intent { act: Act::Found(organizers), adds, removes: Vec::new() }))
}

/// The handle that a newcomer's leaf says.
fn handle_in(newcomer: &Newcomer) -> String {
    MemberInfo::decode(&newcomer.identity)
        .map(|info| info.handle.as_str().to_owned())
        .unwrap_or_default()
}
