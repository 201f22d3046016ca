//! Motions: what needs the word of several. Putting out one person does not.
//!
//! ```text
//! handle_propose, handle_approve -> enough words with this one? -> commit
//!                                      \-> Content::Approved -> every member's board -> MotionView
//! ```
//! Whoever speaks last commits (OS-JOI-031). Nobody commits because an approval was read (RO-01): where two spoke at once, one of
//! them, or anybody else who may, says so again.

use std::collections::BTreeSet;

use offshift_wire::{
    MemberId, MotionId, UnixMillis,
    admission::{Act, Approval, Motion},
    content::{Approved, Content},
    limits::SEVERED_MAX,
};

use super::{
    board::{Entry, Raised, motion_id},
    errors::ChangeRefused,
    event::RoomEvent,
    intent::Intent,
    state::Room,
    watch::is_putting_out,
};
use crate::{
    admission::{Case, Rule, Table, decide, signed::Statement, terms::binding},
    context::Context,
    effect::Effects,
    limits::{APPROVAL_LIFE_MS, BOARD_APPROVALS_EACH_MAX, ORGANIZERS_MIN},
};

/// How far something is that may need several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is being committed.
    Committing,
    /// Others must approve.
    Waiting {
        /// Words that count now, this member's included.
        approvals: usize,
        /// How many it takes.
        needed: usize,
    },
}

/// A motion as people read it.
#[derive(Clone, PartialEq, Eq)]
pub struct MotionView {
    /// Its name.
    pub id: MotionId,
    /// What is asked for.
    pub motion: Motion,
    /// Whose words count now.
    pub approvals: Vec<(MemberId, String)>,
    /// How many it takes.
    pub needed: usize,
    /// When the first of these words expires.
    pub until: UnixMillis,
}

impl Room {
    /// Puts people out, each with all devices: one by this organizer's word, several by two organizers' words.
    ///
    /// # Errors
    /// [`ChangeRefused`]; nothing changed.
    pub fn handle_sever(
        &mut self,
        ctx: &mut Context<'_>,
        members: &[MemberId],
    ) -> Result<(Step, Effects<RoomEvent>), ChangeRefused> {
        self.move_for(ctx, Motion::Sever(members.to_vec()))
    }

    /// Puts one person out without an organizer: by as many trusted members of two branches as the terms say.
    ///
    /// # Errors
    /// [`ChangeRefused`]; nothing changed.
    pub fn handle_recall(
        &mut self,
        ctx: &mut Context<'_>,
        member: MemberId,
    ) -> Result<(Step, Effects<RoomEvent>), ChangeRefused> {
        self.move_for(ctx, Motion::Recall(member))
    }

    /// Asks for what needs several, and is for it.
    ///
    /// # Errors
    /// [`ChangeRefused`]; nothing changed.
    pub fn handle_propose(
        &mut self,
        ctx: &mut Context<'_>,
        motion: Motion,
    ) -> Result<(Step, Effects<RoomEvent>), ChangeRefused> {
        self.move_for(ctx, motion)
    }

    /// Is for a motion that somebody raised.
    ///
    /// # Errors
    /// [`ChangeRefused`]; nothing changed.
    pub fn handle_approve(
        &mut self,
        ctx: &mut Context<'_>,
        id: MotionId,
    ) -> Result<(Step, Effects<RoomEvent>), ChangeRefused> {
        let raised = self.board.motions.get(&id).ok_or(ChangeRefused::NoSuchMotion)?;
        self.move_for(ctx, raised.motion.clone())
    }

    /// Motions that wait for more words, as far as this device has read them.
    pub fn motions(&self, now: UnixMillis) -> Vec<MotionView> {
        let views = self.board.motions.iter().map(|(id, raised)| {
            let counting = self.words(now, &raised.motion, |_| true);
            MotionView {
                id: *id,
                motion: raised.motion.clone(),
                approvals: counting.iter().map(|one| (one.by, self.name_of(&one.by))).collect(),
                needed: self.needed(now, &raised.motion),
                until: counting.iter().map(expires).min().unwrap_or_default(),
            }
        });
        views.filter(|view| !view.approvals.is_empty()).collect()
    }

    fn move_for(
        &mut self,
        ctx: &mut Context<'_>,
        motion: Motion,
    ) -> Result<(Step, Effects<RoomEvent>), ChangeRefused> {
        self.check_alive_for(is_putting_out(&motion))?;
        let (motion, own) = (self.in_full(motion)?, self.own_id());
        let others = self.words(ctx.now, &motion, |by| *by != own);
        let count = others.len();
        let intent = self.intent_of(&motion, others);
        match self.may(own, ctx.now, &intent) {
            Ok(()) => Ok((Step::Committing, self.handle_change(ctx, intent)?)),
            Err(Rule::TooFewApprovals | Rule::RecallBranches) => {
                let needed = self.needed(ctx.now, &motion);
                let effects = self.approve(ctx, motion)?;
                Ok((Step::Waiting { approvals: count + 1, needed }, effects))
            }
            Err(rule) => Err(ChangeRefused::Rule(rule)),
        }
    }

    /// The motion in the form that everybody signs: people with all their devices, in order (OS-JOI-032).
    fn in_full(&self, motion: Motion) -> Result<Motion, ChangeRefused> {
        let (table, own) = (Table(&self.standing), self.own_id());
        let person = |id: &MemberId| {
            let row = table.member(id).map(|(number, _)| table.person(number));
            row.ok_or(ChangeRefused::NoSuchMember)
        };
        let own = person(&own)?;
        match motion {
            Motion::Sever(ids) => {
                let people: BTreeSet<_> = ids.iter().map(person).collect::<Result<_, _>>()?;
                if people.is_empty() || people.contains(&own) {
                    return Err(ChangeRefused::Rule(Rule::RemovedInPart));
                }
                let keys = people.into_iter().flat_map(|one| table.devices(one)).map(|row| row.key);
                let keys: BTreeSet<MemberId> = keys.collect();
                if keys.len() > SEVERED_MAX {
                    return Err(ChangeRefused::TooManyAtOnce);
                }
                Ok(Motion::Sever(keys.into_iter().collect()))
            }
            Motion::Recall(id) => {
                let person = person(&id)?;
                if person == own {
                    return Err(ChangeRefused::Rule(Rule::RemovedInPart));
                }
                let first = table.at(person).map(|row| row.key);
                first.map(Motion::Recall).ok_or(ChangeRefused::NoSuchMember)
            }
            motion => Ok(motion),
        }
    }

    /// The commit that a motion with these words asks for.
    fn intent_of(&self, motion: &Motion, approvals: Vec<Approval>) -> Intent {
        let table = Table(&self.standing);
        let (act, removes) = match motion {
            Motion::Sever(keys) => (Act::Sever(approvals), keys.clone()),
            Motion::Recall(id) => {
                let person = table.member(id).map(|(number, _)| table.person(number));
                let devices = person.into_iter().flat_map(|one| table.devices(one));
                (Act::Recall(approvals), devices.map(|row| row.key).collect())
            }
            motion => (Act::Decide(motion.clone(), approvals), Vec::new()),
        };
        Intent { act, adds: Vec::new(), removes }
    }

    fn may(&self, by: MemberId, at: UnixMillis, intent: &Intent) -> Result<(), Rule> {
        let case = Case { epoch: &self.epoch_now(), by, at };
        decide(&case, &intent.act, &[], &intent.removes).map(drop)
    }

    /// Words for a motion that would not spoil a commit with them: one that is not sound does (OS-ADM-021).
    fn words(
        &self,
        now: UnixMillis,
        motion: &Motion,
        whose: impl Fn(&MemberId) -> bool,
    ) -> Vec<Approval> {
        let raised = self.board.motions.get(&motion_id(motion, self.policy.revision));
        let words = raised.into_iter().flat_map(|raised| raised.approvals.values());
        let is_sound =
            |word: &&Approval| now <= expires(word) && self.is_fit(&word.by, now, motion);
        words.filter(|word| whose(&word.by)).filter(is_sound).cloned().collect()
    }

    /// Whether this member's word for the motion is one that counts.
    fn is_fit(&self, by: &MemberId, at: UnixMillis, motion: &Motion) -> bool {
        let alone = self.may(*by, at, &self.intent_of(motion, Vec::new()));
        matches!(alone, Ok(()) | Err(Rule::TooFewApprovals | Rule::RecallBranches))
    }

    fn needed(&self, now: UnixMillis, motion: &Motion) -> usize {
        let recall = usize::try_from(binding(&self.policy, now).recall).unwrap_or(usize::MAX);
        let few = self.policy.organizers.len() < ORGANIZERS_MIN;
        match motion {
            Motion::Recall(_) => recall,
            Motion::NameOrganizer(_) if few => recall,
            _ => ORGANIZERS_MIN,
        }
    }

    /// Says that this member is for it, unless that stands already.
    fn approve(
        &mut self,
        ctx: &mut Context<'_>,
        motion: Motion,
    ) -> Result<Effects<RoomEvent>, ChangeRefused> {
        let (own, revision, signed_at) = (self.own_id(), self.policy.revision, ctx.now);
        if !self.words(ctx.now, &motion, |by| *by == own).is_empty() {
            return Ok(Effects::none());
        }
        let statement = Statement::approval(&self.id, revision, &own, signed_at, &motion);
        let signature = self.mls.key().sign_statement(&statement);
        let approval = Approval { by: own, signed_at, signature };
        self.say(ctx, Content::Approved(Approved { motion, revision, approval }))
    }

    pub(super) fn note_approval(
        &self,
        (by, name): (&MemberId, &str),
        at: UnixMillis,
        one: &Approved,
    ) -> Option<(Entry, Option<RoomEvent>)> {
        let Approved { motion, revision, approval } = one;
        let id = motion_id(motion, *revision);
        let statement = Statement::approval(&self.id, *revision, by, approval.signed_at, motion);
        let is_sound = approval.by == *by
            && *revision == self.policy.revision
            && statement.is_signed(by, &approval.signature)
            && self.is_fit(by, at, motion);
        let others = self.board.motions.iter().filter(|(other, _)| **other != id);
        let given = others.filter(|(_, raised)| raised.approvals.contains_key(by)).count();
        if !is_sound || given >= BOARD_APPROVALS_EACH_MAX {
            return None;
        }
        let is_new = !self.board.motions.contains_key(&id);
        let event = RoomEvent::MotionRaised { id, motion: motion.clone(), by: name.to_owned() };
        Some((Entry::Motion(id), is_new.then_some(event)))
    }

    /// Whether a motion is of no use any more.
    pub(super) fn is_moot(&self, raised: &Raised) -> bool {
        let is_out = |id: &MemberId| Table(&self.standing).member(id).is_none();
        raised.revision != self.policy.revision
            || match &raised.motion {
                Motion::Sever(keys) => keys.iter().any(is_out),
                Motion::Recall(id) => is_out(id),
                _ => false,
            }
    }
}

/// Until when a word counts.
pub(super) fn expires(word: &Approval) -> UnixMillis {
    word.signed_at.plus_ms(APPROVAL_LIFE_MS)
}
