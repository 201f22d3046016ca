//! What only tests may do: break one rule while keeping all others (N11: behind the feature `for-testing`).

use offshift_wire::{
    Envelope, MemberId, Position, UnixMillis,
    admission::{Act, CommitData, SignatureBytes, Vouch},
    room::{MemberInfo, Policy},
};

use std::collections::BTreeSet;

use super::{
    commit::{Invitee, invite},
    errors::ChangeRefused,
    event::RoomEvent,
    id::Suite,
    intent::{Intent, Pending},
    key_package::{self, PrivateKeys, seed},
    mls::{Plan, RoomKey, crypto::Crypto, facts::newcomer, parse_key_package},
    state::{Builder, Room, SeenEnvelopes},
    watch::Watch,
};
use crate::{
    admission::signed::Statement,
    bug::Bug,
    card::Application,
    context::Context,
    derive::hash,
    effect::{Change, Effect, Effects},
    limits::{
        BOARD_APPLICANTS_MAX, BOARD_MOTIONS_MAX, BOARD_REVIEWS_MAX, EPOCH_MESSAGES_MAX,
        INTENTS_MAX, JOURNAL_STEPS_MAX, OWN_ENVELOPES_MAX, PART_SETS_MAX, PAST_EPOCHS_MAX,
        SEEN_ENVELOPES_MAX, SHOWN_MAX, THROWN_AWAY_MAX, UNSETTLED_MAX,
    },
    parts::{Assembly, PART_COUNT_MAX},
};
use zeroize::Zeroizing;

const JOURNAL_MAX: usize = JOURNAL_STEPS_MAX as usize;

impl SeenEnvelopes {
    fn held_for_testing(&self) -> usize {
        self.order.len().max(self.set.len())
    }
}

impl Watch {
    /// Past epochs, and what is kept of what people say.
    fn held_for_testing(&self) -> [usize; 2] {
        let words = self.claims.len() + self.ahead.len() + self.signs.len();
        [self.past.len(), words + self.accusers.len() + self.doubted.len()]
    }
}

/// A commit that the rules may forbid: any act, any proposals, any policy.
pub struct Forbidden {
    /// What it says that it does.
    pub act: Act,
    /// Key packages that it adds.
    pub adds: Vec<Vec<u8>>,
    /// Members whom it removes.
    pub removes: Vec<MemberId>,
    /// The policy after it; `None`: it proposes none.
    pub policy: Option<Policy>,
}

impl Forbidden {
    /// Fresh keys only: nothing that is forbidden.
    pub const fn keys() -> Self {
        Self { act: Act::Keys, adds: Vec::new(), removes: Vec::new(), policy: None }
    }
}

impl Application {
    /// The key and the hash of the key package with which it would come into a room of this suite.
    pub fn newcomer_for_testing(&self, suite: Suite) -> Option<(MemberId, [u8; 32])> {
        let bytes = self.card().key_package(suite)?;
        let package = parse_key_package(&Crypto::default(), bytes).ok()?;
        let one = newcomer(&package, suite);
        Some((one.id, one.package))
    }

    /// Signs anything with the key that it would have in a room of this suite.
    pub fn sign_for_testing(&self, suite: Suite, statement: &Statement) -> Option<SignatureBytes> {
        let keys = PrivateKeys::decode(self.key_package(suite)?).ok()?;
        Some(keys.key.sign_statement(statement))
    }
}

impl Room {
    /// Signs anything with the own key in the room.
    pub fn sign_for_testing(&self, statement: &Statement) -> SignatureBytes {
        self.mls.key().sign_statement(statement)
    }

    /// A key package with the own signature key, as for a wish to come back.
    ///
    /// # Errors
    /// [`Bug`].
    pub fn key_package_for_testing(
        &self,
        ctx: &mut Context<'_>,
        info: &MemberInfo,
    ) -> Result<Vec<u8>, Bug> {
        let key = RoomKey::from_seed(&Zeroizing::new(*self.mls.key().seed()));
        Ok(key_package::create_for(ctx, self.suite(), info, key)?.public)
    }

    /// Wants fresh keys, whether the epoch is old or not.
    ///
    /// # Errors
    /// [`ChangeRefused`]; nothing changed.
    pub fn handle_keys_for_testing(
        &mut self,
        ctx: &mut Context<'_>,
    ) -> Result<Effects<RoomEvent>, ChangeRefused> {
        self.handle_change(ctx, Intent { act: Act::Keys, adds: Vec::new(), removes: Vec::new() })
    }

    /// Admits the owner of a card by any vouches, without a board. The rules are asked as ever.
    ///
    /// # Errors
    /// [`ChangeRefused`]; nothing changed.
    pub fn handle_admit_for_testing(
        &mut self,
        ctx: &mut Context<'_>,
        vouches: Vec<Vouch>,
        invitee: &Invitee<'_>,
    ) -> Result<Effects<RoomEvent>, ChangeRefused> {
        let made = invite(self.suite(), invitee.card, invitee.application)?;
        let adds = vec![made.ok_or(ChangeRefused::Suite)?];
        let act = Act::Admit(vouches);
        self.handle_change(ctx, Intent { act, adds, removes: Vec::new() })
    }

    /// A hash of all that this room would write now, but for how far it has read.
    pub fn state_for_testing(&mut self) -> [u8; 32] {
        let after = std::mem::replace(&mut self.log.after, Position::START);
        let mut builder = Builder::new();
        builder.put(self.key("base"), self.encode_base());
        self.log.after = after;
        self.write_watch(&mut builder);
        self.write_past(&mut builder);
        self.write_returns(&mut builder);
        self.write_intents(&mut builder);
        let pending = self.pending.as_ref().map(Pending::encode);
        builder.put(self.key("pending"), pending.unwrap_or_default());
        self.sending.keys().for_each(|order| self.write_sending(&mut builder, *order));
        self.board.entries().into_iter().for_each(|one| self.write_entry(&mut builder, one));
        let changes = builder.build().into_iter().filter_map(|effect| match effect {
            Effect::Persist(changes) => Some(changes),
            _ => None,
        });
        let parts = changes.flatten().map(|change| match change {
            Change::Put { key, value } => hash(&[key.as_bytes(), &value]),
            Change::Delete { key } => hash(&[key.as_bytes()]),
        });
        hash(&[&parts.collect::<Vec<_>>().concat()])
    }

    /// How much of what peers can feed is held, beside the limit that it has (N6).
    pub fn held_for_testing(&self) -> [(&'static str, usize, usize); 14] {
        let (watch, board, log) = (self.watch.held_for_testing(), &self.board, &self.log);
        let people = self.standing.rows.len();
        let most = |sizes: &mut dyn Iterator<Item = usize>| sizes.max().unwrap_or_default();
        [
            ("envelopes seen", log.seen.held_for_testing(), SEEN_ENVELOPES_MAX),
            ("messages of one", most(&mut log.ids.values().map(BTreeSet::len)), EPOCH_MESSAGES_MAX),
            ("own envelopes", log.names.len(), OWN_ENVELOPES_MAX),
            ("thrown away", log.thrown_away.len(), THROWN_AWAY_MAX),
            ("parts", log.assembly.positions().len(), PART_SETS_MAX * PART_COUNT_MAX),
            ("unsettled", self.sending.len(), UNSETTLED_MAX),
            ("changes", self.intents.len(), INTENTS_MAX + 2),
            ("applicants", board.applicants.len(), BOARD_APPLICANTS_MAX),
            ("reviews", board.reviews.len(), BOARD_REVIEWS_MAX),
            ("motions", board.motions.len(), BOARD_MOTIONS_MAX),
            ("journal", self.journal.try_into().unwrap_or(usize::MAX), JOURNAL_MAX),
            ("messages shown", self.shown.len(), SHOWN_MAX),
            ("past epochs", watch[0], PAST_EPOCHS_MAX),
            ("words of people", watch[1], 5 * people),
        ]
    }

    /// How long the MLS message in these envelopes of the present channel is.
    pub fn message_bytes_for_testing(&self, envelopes: &[Envelope]) -> Option<usize> {
        let (channel, mut assembly) = (self.channel.as_ref()?, Assembly::new());
        let whole = envelopes.iter().zip(1..).find_map(|(envelope, at)| {
            let part = channel.open(envelope)?;
            assembly.handle_part(Position::new(at), part).ok()?.whole
        });
        whole.map(|whole| whole.len())
    }

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
        let plan = self.forbidden(what, signed_at)?;
        let savepoint = self.mls.savepoint();
        let prepared = self.mls.stage(seed(ctx.rng), plan);
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
        let made = self.dangerous_commit_for_testing(ctx, Forbidden::keys(), signed_at);
        self.mls.sabotage_for_testing(None);
        made
    }

    fn forbidden(&self, what: Forbidden, signed_at: UnixMillis) -> Result<Plan, Bug> {
        let packages = what.adds.iter().map(|bytes| self.mls.key_package(bytes));
        let adds = packages.collect::<Result<_, _>>().map_err(|_| Bug("key package"))?;
        let leaves = what.removes.iter().map(|id| self.roster.find(id).map(|(leaf, _)| leaf.index));
        let removes = leaves.collect::<Option<_>>().ok_or(Bug("no such member"))?;
        let data = CommitData { signed_at, act: what.act };
        Ok(Plan { data, adds, removes, policy: what.policy })
    }
}
