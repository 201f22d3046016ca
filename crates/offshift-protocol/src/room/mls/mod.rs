//! The MLS group of a room: OpenMLS with our primitives, our randomness and our storage.
//!
//! ```text
//! log bytes -> handle() -> Message | Commit (staged, with the facts that the rules read) | Refused
//! own wish  -> stage()  -> commit bytes, Welcome bytes; nothing is applied before it is read back
//! ```
//! Never: a public message, an external commit, a past epoch's secret, a lifetime that a clock could end.

pub(crate) mod crypto;
pub(crate) mod facts;
mod form;
mod provider;
pub(crate) mod storage;
mod stranded;

use offshift_wire::{
    Malformed, RoomId,
    admission::CommitData,
    room::{MemberInfo, Policy},
};
use openmls::{
    framing::errors::{MessageDecryptionError, SecretTreeError},
    group::ValidationError,
    prelude::{
        GroupId, KeyPackage, KeyPackageIn, LeafNodeIndex, MlsGroup, MlsMessageBodyIn, MlsMessageIn,
        PrivateMessageIn, ProcessMessageError, ProcessedMessageContent, ProtocolVersion, Sender,
        StageCommitError, StagedCommit, StagedWelcome,
        tls_codec::{DeserializeBytes as _, Serialize as _},
    },
};
use zeroize::Zeroizing;

use self::{
    crypto::{Crypto, Seed},
    storage::{Snapshot, Storage},
};
pub(crate) use self::{
    form::{
        capabilities, ciphersuite, create_config, extensions, join_config, lifetime, policy_in,
    },
    provider::{Provider, RoomKey},
};
use super::{id::Suite, roster::Roster};
use crate::{
    admission::{CommitFacts, Rule},
    bug::Bug,
    channel::{self, Channel, ChannelSecrets},
    derive::hash,
};

/// What a commit is to hold. Fresh keys for its author are always part of it.
pub(crate) struct Plan {
    /// Its authenticated data.
    pub(crate) data: CommitData,
    /// Whom it adds.
    pub(crate) adds: Vec<KeyPackage>,
    /// Which leaves it removes.
    pub(crate) removes: Vec<u32>,
    /// The policy after it; `None`: as before.
    pub(crate) policy: Option<Policy>,
}

/// A commit that is prepared but not applied.
pub(crate) struct Prepared {
    pub(crate) commit: Zeroizing<Vec<u8>>,
    pub(crate) welcome: Option<Zeroizing<Vec<u8>>>,
}

/// What the bytes of a log entry are.
pub(crate) enum Handled {
    /// A member's message.
    Message { sender: u32, plaintext: Zeroizing<Vec<u8>> },
    /// A member's commit that MLS accepts.
    Commit { facts: CommitFacts, staged: Box<StagedCommit> },
    /// A member's commit whose secrets for this device don't open.
    Unreadable { facts: CommitFacts },
    /// A message whose key was used before, or one of this device's that is not on its way any more.
    Repeated,
    /// It breaks a rule before a commit is even staged.
    Refused(Rule),
    /// No message of this room and epoch.
    Malformed,
}

/// The group as it was before a step.
pub(crate) struct Savepoint(Snapshot);

/// The group of one room, on one device.
pub(crate) struct Mls {
    provider: Provider,
    group: MlsGroup,
    key: RoomKey,
    suite: Suite,
}

impl Mls {
    /// A new group with one member.
    pub(crate) fn found(
        seed: Seed,
        id: &RoomId,
        suite: Suite,
        key: RoomKey,
        info: &MemberInfo,
        policy: &Policy,
    ) -> Result<Self, Bug> {
        let provider = Provider::new(Storage::default(), Some(seed));
        let group = MlsGroup::new_with_group_id(
            &provider,
            &key,
            &create_config(suite, policy)?,
            GroupId::from_slice(id.as_bytes()),
            key.credential(info),
        )
        .map_err(|_| Bug("founding a group"))?;
        provider.crypto.set_seed(None);
        Ok(Self { provider, group, key, suite })
    }

    /// For which suite a Welcome is.
    pub(crate) fn suite_of_welcome(welcome: &[u8]) -> Result<Suite, Malformed> {
        const BAD: Malformed = Malformed("welcome");
        let message = MlsMessageIn::tls_deserialize_exact_bytes(welcome).map_err(|_| BAD)?;
        let MlsMessageBodyIn::Welcome(welcome) = message.extract() else { return Err(BAD) };
        Suite::ALL.into_iter().find(|suite| ciphersuite(*suite) == welcome.ciphersuite()).ok_or(BAD)
    }

    /// The group that a Welcome leads into, and the leaf of whoever signed it. `storage` holds the private
    /// half of the key package.
    pub(crate) fn join(
        welcome: &[u8],
        storage: Storage,
        suite: Suite,
        key: RoomKey,
    ) -> Result<(Self, u32), Malformed> {
        const BAD: Malformed = Malformed("welcome");
        let message = MlsMessageIn::tls_deserialize_exact_bytes(welcome).map_err(|_| BAD)?;
        let MlsMessageBodyIn::Welcome(welcome) = message.extract() else { return Err(BAD) };
        let provider = Provider::new(storage, None);
        let staged = StagedWelcome::build_from_welcome(&provider, &join_config(), welcome)
            .and_then(|builder| builder.skip_lifetime_validation().build())
            .map_err(|_| BAD)?;
        let signer = staged.welcome_sender_index().u32();
        let group = staged.into_group(&provider).map_err(|_| BAD)?;
        if group.ciphersuite() != ciphersuite(suite) {
            return Err(BAD);
        }
        Ok((Self { provider, group, key, suite }, signer))
    }

    /// The group in a record.
    pub(crate) fn load(
        record: &[u8],
        id: &RoomId,
        suite: Suite,
        key: RoomKey,
    ) -> Result<Self, Malformed> {
        let provider = Provider::new(Storage::decode(record)?, None);
        let group = load_group(&provider, id).map_err(|_| Malformed("group record"))?;
        Ok(Self { provider, group, key, suite })
    }

    /// From now on what is sealed to this member's leaf does not open; `None`: all is well again.
    #[cfg(any(test, feature = "for-testing"))]
    pub(crate) fn sabotage_for_testing(&self, victim: Option<u32>) {
        let leaf = |member: &openmls::prelude::Member| Some(member.index.u32()) == victim;
        let key = self.group.members().find(leaf).map(|member| member.encryption_key);
        self.provider.crypto.sabotage_for_testing(key);
    }

    /// The group itself, for tests that break rules.
    #[cfg(test)]
    pub(crate) fn group_for_testing(&mut self) -> (&mut MlsGroup, &Provider, &RoomKey) {
        (&mut self.group, &self.provider, &self.key)
    }

    /// The group as a record.
    pub(crate) fn encode(&self) -> Zeroizing<Vec<u8>> {
        self.provider.storage.encode()
    }

    pub(crate) fn savepoint(&self) -> Savepoint {
        Savepoint(self.provider.storage.snapshot())
    }

    /// Undoes whatever happened since the savepoint (N9).
    pub(crate) fn rollback(&mut self, savepoint: Savepoint) -> Result<(), Bug> {
        self.provider.storage.restore(savepoint.0);
        self.group = load_group(&self.provider, &self.room_id()?)?;
        Ok(())
    }

    pub(crate) fn room_id(&self) -> Result<RoomId, Bug> {
        let id = self.group.group_id().as_slice().try_into().map_err(|_| Bug("group id"))?;
        Ok(RoomId::from_bytes(id))
    }

    pub(crate) const fn key(&self) -> &RoomKey {
        &self.key
    }

    pub(crate) const fn suite(&self) -> Suite {
        self.suite
    }

    pub(crate) fn epoch(&self) -> u64 {
        self.group.epoch().as_u64()
    }

    pub(crate) fn own_leaf(&self) -> u32 {
        self.group.own_leaf_index().u32()
    }

    pub(crate) fn policy(&self) -> Result<Policy, Malformed> {
        policy_in(self.group.extensions())
    }

    /// Everyone in this epoch's tree.
    pub(crate) fn roster(&self) -> Result<Roster, Malformed> {
        Roster::new(self.group.members().map(|member| facts::leaf(&member)))
    }

    /// Whether each leaf declares exactly what this version does, and nothing besides.
    pub(crate) fn leaves_are_plain(&self) -> bool {
        self.group.treesync().full_leaves().all(|(_, leaf)| facts::is_plain(leaf, self.suite))
    }

    /// What two members compare to know that they are in one epoch (OS-CKP-010).
    pub(crate) fn authenticator(&self) -> [u8; 32] {
        hash(&[b"offshift checkpoint v1", self.group.epoch_authenticator().as_slice()])
    }

    /// The channel of this epoch (OS-CHA-001).
    pub(crate) fn channel(&self) -> Result<Channel, Bug> {
        let export = |context: &[u8]| {
            let secret = self
                .group
                .export_secret(&self.provider.crypto, channel::LABEL, context, 32)
                .map(Zeroizing::new)
                .map_err(|_| Bug("exporter"))?;
            let secret = <[u8; 32]>::try_from(secret.as_slice()).map_err(|_| Bug("exporter"))?;
            Ok(Zeroizing::new(secret))
        };
        let [fetch, deposit, envelope] = channel::CONTEXTS;
        Ok(Channel::new(ChannelSecrets {
            fetch: export(fetch)?,
            deposit: export(deposit)?,
            envelope: export(envelope)?,
        }))
    }

    /// Encrypts a message; the own ratchet moves on by one generation.
    pub(crate) fn seal(&mut self, seed: Seed, plaintext: &[u8]) -> Result<Zeroizing<Vec<u8>>, Bug> {
        self.provider.crypto.set_seed(Some(seed));
        let sealed = self.group.create_message(&self.provider, &self.key, plaintext);
        self.provider.crypto.set_seed(None);
        let sealed = sealed.map_err(|_| Bug("encrypting"))?;
        sealed.to_bytes().map(Zeroizing::new).map_err(|_| Bug("encoding"))
    }

    /// Moves the own ratchet on as [`Self::seal`] did, when a journal is replayed. What it makes is thrown
    /// away, so its randomness is of no matter.
    pub(crate) fn skip_own(&mut self) -> Result<(), Bug> {
        self.seal(Zeroizing::new([0; 32]), b"").map(|_| ())
    }

    /// Prepares a commit. Nothing changes for anybody before it is read back as the first valid one.
    pub(crate) fn stage(&mut self, seed: Seed, plan: Plan) -> Result<Prepared, Bug> {
        self.provider.crypto.set_seed(Some(seed));
        let prepared = self.stage_seeded(plan);
        self.provider.crypto.set_seed(None);
        prepared
    }

    fn stage_seeded(&mut self, plan: Plan) -> Result<Prepared, Bug> {
        const BAD: Bug = Bug("building a commit");
        self.group.set_aad(plan.data.encode());
        let mut builder = self
            .group
            .commit_builder()
            .consume_proposal_store(false)
            .force_self_update(true)
            .propose_removals(plan.removes.into_iter().map(LeafNodeIndex::new))
            .propose_adds(plan.adds);
        if let Some(policy) = plan.policy {
            let extensions = extensions(&policy)?;
            builder = builder.propose_group_context_extensions(extensions).map_err(|_| BAD)?;
        }
        let (commit, welcome, _) = builder
            .load_psks(&self.provider.storage)
            .and_then(|b| {
                b.build(&self.provider.crypto, &self.provider.crypto, &self.key, |_| true)
            })
            .map_err(|_| BAD)?
            .stage_commit(&self.provider)
            .map_err(|_| BAD)?
            .into_messages();
        let encode = |message: openmls::prelude::MlsMessageOut| {
            message.tls_serialize_detached().map(Zeroizing::new).map_err(|_| BAD)
        };
        Ok(Prepared { commit: encode(commit)?, welcome: welcome.map(encode).transpose()? })
    }

    /// The facts of the own prepared commit.
    pub(crate) fn pending_facts(&self, data: &CommitData) -> Option<CommitFacts> {
        let staged = self.group.pending_commit()?;
        Some(facts::of_staged(staged, self.own_leaf(), &data.encode(), self.suite))
    }

    /// Applies the own prepared commit.
    pub(crate) fn merge_own(&mut self) -> Result<(), Bug> {
        self.group.merge_pending_commit(&self.provider).map_err(|_| Bug("merging an own commit"))
    }

    /// Throws the own prepared commit away.
    pub(crate) fn clear_own(&mut self) -> Result<(), Bug> {
        self.group
            .clear_pending_commit(&self.provider.storage)
            .map_err(|_| Bug("clearing a commit"))
    }

    /// Applies another member's commit, and throws an own prepared one away.
    pub(crate) fn merge(&mut self, staged: StagedCommit) -> Result<(), Bug> {
        self.group.merge_staged_commit(&self.provider, staged).map_err(|_| Bug("merging a commit"))
    }

    /// A key package that MLS accepts, from bytes.
    pub(crate) fn key_package(&self, bytes: &[u8]) -> Result<KeyPackage, Malformed> {
        parse_key_package(&self.provider.crypto, bytes)
    }

    /// What the bytes of a log entry are. The group may have moved on: the caller rolls back what it
    /// refuses.
    pub(crate) fn handle(&mut self, bytes: &[u8]) -> Handled {
        let Ok(message) = MlsMessageIn::tls_deserialize_exact_bytes(bytes) else {
            return Handled::Malformed;
        };
        match message.extract() {
            MlsMessageBodyIn::PrivateMessage(message) => self.handle_private(message),
            // Only from outside, or from a member who breaks the rule of private handshakes (OS-ROO-004).
            MlsMessageBodyIn::PublicMessage(_) => Handled::Refused(Rule::NotAMember),
            _ => Handled::Malformed,
        }
    }

    fn handle_private(&mut self, message: PrivateMessageIn) -> Handled {
        if message.group_id() != self.group.group_id() || message.epoch() != self.group.epoch() {
            return Handled::Malformed;
        }
        let again = message.clone();
        match self.group.process_message(&self.provider, message) {
            Ok(processed) => self.handled(processed),
            Err(ProcessMessageError::InvalidCommit(StageCommitError::UpdatePathError(error)))
                if stranded::is_for_one_member(&error) =>
            {
                self.unreadable(again)
            }
            Err(ProcessMessageError::ValidationError(ValidationError::UnableToDecrypt(
                MessageDecryptionError::SecretTreeError(SecretTreeError::SecretReuseError),
            ))) => Handled::Repeated,
            Err(_) => Handled::Malformed,
        }
    }

    fn handled(&self, processed: openmls::prelude::ProcessedMessage) -> Handled {
        let Sender::Member(sender) = *processed.sender() else {
            return Handled::Refused(Rule::NotAMember);
        };
        let aad = processed.aad().to_vec();
        match processed.into_content() {
            ProcessedMessageContent::ApplicationMessage(message) => Handled::Message {
                sender: sender.u32(),
                plaintext: Zeroizing::new(message.into_bytes()),
            },
            ProcessedMessageContent::StagedCommitMessage(staged) => {
                let facts = facts::of_staged(&staged, sender.u32(), &aad, self.suite);
                Handled::Commit { facts, staged }
            }
            ProcessedMessageContent::OwnPrivateMessage => Handled::Repeated,
            ProcessedMessageContent::ProposalMessage(_) => Handled::Refused(Rule::LooseProposal),
            _ => Handled::Refused(Rule::NotAMember),
        }
    }

    /// Processes the commit once more to see what it would have done.
    fn unreadable(&mut self, message: PrivateMessageIn) -> Handled {
        let aad = message.aad().to_vec();
        self.provider.crypto.start_tap();
        let again = self.group.process_message(&self.provider, message);
        let plaintext = self.provider.crypto.stop_tap().unwrap_or_default();
        if again.is_ok() {
            return Handled::Malformed;
        }
        match stranded::facts(&self.provider.crypto, &plaintext, &aad, self.suite) {
            Some(facts) => Handled::Unreadable { facts },
            None => Handled::Malformed,
        }
    }
}

fn load_group(provider: &Provider, id: &RoomId) -> Result<MlsGroup, Bug> {
    MlsGroup::load(&provider.storage, &GroupId::from_slice(id.as_bytes()))
        .ok()
        .flatten()
        .ok_or(Bug("group record"))
}

/// A key package that MLS accepts, from bytes.
pub(crate) fn parse_key_package(crypto: &Crypto, bytes: &[u8]) -> Result<KeyPackage, Malformed> {
    let package =
        KeyPackageIn::tls_deserialize_exact_bytes(bytes).map_err(|_| Malformed("key package"))?;
    package.validate(crypto, ProtocolVersion::Mls10).map_err(|_| Malformed("key package"))
}
