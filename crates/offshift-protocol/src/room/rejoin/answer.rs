//! The organizer's end: who is added again by itself, who waits for a person, who hears nothing.

use offshift_wire::{
    MemberId, UnixMillis,
    admission::{Act, CommitData},
    inbox::Rejoin,
};

use super::{Done, Returns, proof_in};
use crate::{
    admission::{Case, CommitFacts, RoomChange, decide},
    context::Context,
    derive::hash,
    effect::Effects,
    limits::RETURNING_MAX,
    room::{
        errors::ChangeRefused,
        event::RoomEvent,
        intent::{Intent, Invite},
        mls::facts::newcomer,
        state::{Builder, Room},
    },
    seal::DhPublicKey,
};

/// A member who wants to come back after so long that a person is to decide.
#[derive(Clone, PartialEq, Eq)]
pub struct Returning {
    /// Who.
    pub id: MemberId,
    /// Under which handle.
    pub handle: String,
    /// The last that the member's device says that it knows of the room.
    pub absent_since: UnixMillis,
}

impl Returns {
    /// Whether this wish is one that was granted, or older than one that was (EM-52, OS-REJ-007).
    fn is_answered(&self, member: &MemberId, package: &[u8; 32], signed_at: UnixMillis) -> bool {
        let done = self.done.get(member);
        done.is_some_and(|done| done.package == *package || signed_at <= done.signed_at)
    }
}

impl Room {
    /// Handles the wish of a member to be added again, if this device is an organizer's. Nobody else is answered.
    pub fn handle_rejoin(
        &mut self,
        ctx: &mut Context<'_>,
        sender: &DhPublicKey,
        wish: &Rejoin,
    ) -> Effects<RoomEvent> {
        let Some((member, intent)) = self.wish_of(ctx.now, sender, wish) else {
            return Effects::none();
        };
        let absent_ms = ctx.now.since_ms(wish.last.time());
        // OS-REJ-005.
        if absent_ms > self.terms(ctx.now).rejoin_ms {
            return self.ask_person(member, wish);
        }
        // What is refused here is asked for again, of another organizer.
        self.handle_change(ctx, intent).unwrap_or_else(|_| Effects::none())
    }

    /// Whose wish it is, and what would grant it (OS-REJ-006); `None`: it is no wish of a member, or it was granted.
    fn wish_of(
        &self,
        now: UnixMillis,
        sender: &DhPublicKey,
        wish: &Rejoin,
    ) -> Option<(MemberId, Intent)> {
        self.check_alive().ok()?;
        let package = self.mls.key_package(&wish.key_package).ok()?;
        let one = newcomer(&package, self.suite());
        // By the key that signs, not by the first leaf with this inbox: somebody may have put another's card into its own.
        let member = Some(one.id).filter(|id| wish.room == self.id && *id != self.own_id())?;
        let data = CommitData { signed_at: now, act: Act::Rejoin(wish.proof.clone()) };
        let case = Case { epoch: &self.epoch_now(), by: self.own_id(), at: now };
        let allowed = self.is_inbox_of(&member, sender)
            && decide(&case, &data.act, std::slice::from_ref(&one), &[member]).is_ok();
        let is_new = !self.returns.is_answered(&member, &one.package, wish.proof.signed_at);
        let intent = self.intent_for(member, wish, data.act)?;
        (allowed && is_new && !self.is_granting(&member)).then_some((member, intent))
    }

    fn intent_for(&self, member: MemberId, wish: &Rejoin, act: Act) -> Option<Intent> {
        let (_, info) = self.roster.find(&member)?;
        let invite = Invite {
            key_package: wish.key_package.clone(),
            inbox: info.inbox.clone(),
            from: self.identity.clone(),
            introductions: Vec::new(),
        };
        Some(Intent { act, adds: vec![invite], removes: vec![member] })
    }

    fn is_granting(&self, member: &MemberId) -> bool {
        let pending = self.pending.as_ref().map(|pending| &pending.intent);
        let grants = |intent: &Intent| {
            matches!(intent.act, Act::Rejoin(_)) && intent.removes.contains(member)
        };
        self.intents.iter().chain(pending).any(grants)
    }

    fn ask_person(&mut self, member: MemberId, wish: &Rejoin) -> Effects<RoomEvent> {
        let mut builder = Builder::new();
        let is_new = !self.returns.waiting.contains_key(&member);
        if is_new && self.returns.waiting.len() >= RETURNING_MAX {
            return Effects::none();
        }
        self.returns.waiting.insert(member, wish.clone());
        self.write_returns(&mut builder);
        if let Some(one) = self.returning().into_iter().find(|one| is_new && one.id == member) {
            builder.event(RoomEvent::WantsBack(one));
        }
        builder.build()
    }

    /// Members who wait for a person's word to come back.
    pub fn returning(&self) -> Vec<Returning> {
        let waiting = self.returns.waiting.iter();
        let one = |(id, wish): (&MemberId, &Rejoin)| {
            let (_, info) = self.roster.find(id)?;
            let handle = info.handle.as_str().to_owned();
            Some(Returning { id: *id, handle, absent_since: wish.last.time() })
        };
        waiting.filter_map(one).collect()
    }

    /// Lets a member come back who was away for long.
    ///
    /// # Errors
    /// [`ChangeRefused`]; nothing changed.
    pub fn handle_confirm_return(
        &mut self,
        ctx: &mut Context<'_>,
        member: MemberId,
    ) -> Result<Effects<RoomEvent>, ChangeRefused> {
        let wish = self.returns.waiting.get(&member).ok_or(ChangeRefused::NoSuchMember)?;
        let act = Act::Rejoin(wish.proof.clone());
        let intent = self.intent_for(member, wish, act).ok_or(ChangeRefused::NoSuchMember)?;
        self.handle_change(ctx, intent)
    }

    /// A commit stands: whoever it brings back waits no more, and an older wish of the same member is void.
    pub(in crate::room) fn note_return(
        &mut self,
        builder: &mut Builder,
        facts: &CommitFacts,
        change: &RoomChange,
    ) {
        let (RoomChange::Rejoined(member), Ok(data)) = (change, CommitData::decode(&facts.data))
        else {
            return;
        };
        let (Some(proof), [one]) = (proof_in(&data), facts.newcomers.as_slice()) else { return };
        let done = Done { package: one.package, signed_at: proof.signed_at };
        self.returns.done.insert(*member, done);
        self.returns.waiting.remove(member);
        self.write_returns(builder);
        self.forget_word(member);
        let handle = self.roster.find(member).map(|(_, info)| info.handle.as_str().to_owned());
        builder.event(RoomEvent::Rejoined { member: *member, handle: handle.unwrap_or_default() });
    }

    /// Whether an own wish to bring somebody back makes no sense any more: somebody else did.
    pub(in crate::room) fn is_granted(&self, intent: &Intent) -> bool {
        let (Act::Rejoin(proof), [member], [invite]) =
            (&intent.act, intent.removes.as_slice(), intent.adds.as_slice())
        else {
            return false;
        };
        self.returns.is_answered(member, &hash(&[&invite.key_package]), proof.signed_at)
    }

    /// Those who left are forgotten.
    pub(in crate::room) fn prune_returns(&mut self, builder: &mut Builder) {
        let roster = &self.roster;
        let before = self.returns.done.len() + self.returns.waiting.len();
        self.returns.done.retain(|id, _| roster.find(id).is_some());
        self.returns.waiting.retain(|id, _| roster.find(id).is_some());
        if self.returns.done.len() + self.returns.waiting.len() != before {
            self.write_returns(builder);
        }
    }
}
