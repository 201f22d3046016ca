//! What only tests may do: break one rule while keeping all others (N11: behind the feature `for-testing`).

use offshift_wire::{Envelope, MemberId, UnixMillis};

use super::{
    check::Rule,
    intent::Invite,
    key_package::{inspect, seed},
    mls::Plan,
    state::Room,
};
use crate::{bug::Bug, context::Context};

/// A commit that the rules may forbid.
pub enum Forbidden {
    /// Fresh keys only.
    Keys,
    /// The removal of a member.
    Remove(MemberId),
    /// A newcomer with this key package, named a founder.
    Add(Vec<u8>),
}

impl Room {
    /// Envelopes with a content that the room itself would never write.
    ///
    /// # Errors
    /// [`Bug`].
    pub fn dangerous_content_for_testing(
        &mut self,
        ctx: &mut Context<'_>,
        content: &[u8],
    ) -> Result<Vec<Envelope>, Bug> {
        let message = self.mls.seal(seed(ctx.rng), content)?;
        self.dangerous_message_for_testing(ctx, &message)
    }

    /// Envelopes with any bytes in the place of an MLS message.
    ///
    /// # Errors
    /// [`Bug`].
    pub fn dangerous_message_for_testing(
        &self,
        ctx: &mut Context<'_>,
        message: &[u8],
    ) -> Result<Vec<Envelope>, Bug> {
        let channel = self.channel.as_ref().ok_or(Bug("no channel"))?;
        channel.seal(ctx.rng, message).map_err(|_| Bug("sealing"))
    }

    /// Envelopes with a commit that no rule was asked about. The room itself forgets it.
    ///
    /// # Errors
    /// [`Bug`].
    pub fn dangerous_commit_for_testing(
        &mut self,
        ctx: &mut Context<'_>,
        what: Forbidden,
        signed_at: UnixMillis,
    ) -> Result<Vec<Envelope>, Bug> {
        let plan = self.forbidden(what).map_err(|_| Bug("no such plan"))?;
        let savepoint = self.mls.savepoint();
        let prepared = self.mls.stage(seed(ctx.rng), plan, signed_at);
        self.mls.rollback(savepoint)?;
        self.dangerous_message_for_testing(ctx, &prepared?.commit)
    }

    /// Envelopes with a commit of fresh keys that opens for everyone but one member.
    ///
    /// # Errors
    /// [`Bug`].
    pub fn dangerous_unreadable_commit_for_testing(
        &mut self,
        ctx: &mut Context<'_>,
        victim: MemberId,
        signed_at: UnixMillis,
    ) -> Result<Vec<Envelope>, Bug> {
        let leaf = self.roster.find(&victim).map(|(leaf, _)| leaf.index);
        self.mls.sabotage_for_testing(leaf);
        let made = self.dangerous_commit_for_testing(ctx, Forbidden::Keys, signed_at);
        self.mls.sabotage_for_testing(None);
        made
    }

    fn forbidden(&self, what: Forbidden) -> Result<Plan, Rule> {
        match what {
            Forbidden::Keys => Ok(Plan::Keys),
            Forbidden::Remove(id) => {
                let leaf = self.roster.find(&id).map(|(leaf, _)| leaf.index);
                leaf.map(Plan::Remove).ok_or(Rule::NotAMember)
            }
            Forbidden::Add(key_package) => {
                inspect(self.suite(), &key_package)?;
                self.plan_add(&[Invite {
                    key_package: key_package.into(),
                    inbox: bytes::Bytes::new(),
                    from: zeroize::Zeroizing::new([0; 32]),
                    organizer: false,
                }])
            }
        }
    }
}
