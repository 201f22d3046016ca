//! What only tests may do: ask the rules about a commit that no MLS group ever made (N11: behind `for-testing`).

use ed25519_dalek::{Signer as _, SigningKey};
use offshift_wire::{
    MemberId, Position, RoomId,
    admission::{CommitData, SignatureBytes},
    room::Policy,
    standing::{Row, RowNumber, Standing, State},
};

use super::{
    Case, CommitFacts, Epoch, Newcomer, PathLeaf, Rule, Rules, Table, check, decide,
    signed::Statement,
};
use crate::room::roster::{Leaf, Roster};

/// A room as plain data: the leaf of a member is its row.
#[derive(Clone)]
pub struct TrialRoom {
    /// Its id.
    pub room: RoomId,
    /// Its policy; which standing it names is set by itself.
    pub policy: Policy,
    /// Its standing.
    pub standing: Standing,
    /// The identity of each row's leaf.
    pub identities: Vec<Vec<u8>>,
}

/// A commit as plain data. It proposes the policy that its act leads to.
pub struct TrialCommit {
    /// The row of the committer.
    pub committer: u32,
    /// The authenticated data.
    pub data: Vec<u8>,
    /// Key, identity and key package hash of each newcomer.
    pub adds: Vec<(MemberId, Vec<u8>, [u8; 32])>,
    /// Rows of those who are removed.
    pub removes: Vec<u32>,
    /// Where it stands.
    pub position: Position,
}

impl TrialRoom {
    /// The room after the commit.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn judge(&self, commit: &TrialCommit) -> Result<Self, Rule> {
        let Self { room, standing, identities, .. } = self;
        let policy = Policy { standing: Table(standing).hash(), ..self.policy.clone() };
        let rows = Table(standing).rows().zip(identities);
        let members = rows.filter(|((_, row), _)| row.state == State::Member);
        let leaf = |((number, row), identity): ((RowNumber, &Row), &Vec<u8>)| {
            Some(Leaf { index: number.0, id: row.key, identity: identity.clone() })
        };
        let roster = Roster::new(members.map(leaf)).map_err(|_| Rule::MemberInfo)?;
        let rules = &Rules::new();
        let epoch = Epoch { room, roster: &roster, policy: &policy, standing, rules };
        let facts = facts(&epoch, commit);
        let allowed = check(&epoch, &facts, commit.position)?;
        let mut identities = identities.clone();
        identities.resize(allowed.standing.rows.len(), Vec::new());
        for newcomer in facts.newcomers {
            let row = Table(&allowed.standing).find(&newcomer.id);
            let at = row.and_then(|(number, _)| usize::try_from(number.0).ok());
            if let Some(identity) = at.and_then(|at| identities.get_mut(at)) {
                *identity = newcomer.identity;
            }
        }
        let (policy, standing) = (allowed.policy, allowed.standing);
        Ok(Self { room: *room, policy, standing, identities })
    }
}

fn facts(epoch: &Epoch<'_>, commit: &TrialCommit) -> CommitFacts {
    let newcomer = |(id, identity, package): &(MemberId, Vec<u8>, [u8; 32])| Newcomer {
        id: *id,
        identity: identity.clone(),
        package: *package,
        plain: true,
    };
    let newcomers: Vec<Newcomer> = commit.adds.iter().map(newcomer).collect();
    let committer = epoch.roster.at(commit.committer).map(|(leaf, _)| leaf);
    let path = committer.map(|leaf| PathLeaf {
        id: leaf.id,
        identity: leaf.identity.clone(),
        plain: true,
    });
    let after = CommitData::decode(&commit.data).ok().zip(committer).and_then(|(data, leaf)| {
        let removed = commit.removes.iter().filter_map(|row| epoch.roster.at(*row));
        let removed: Vec<MemberId> = removed.map(|(leaf, _)| leaf.id).collect();
        let case = Case { epoch, by: leaf.id, at: data.signed_at };
        decide(&case, &data.act, &newcomers, &removed).ok()
    });
    let changed = after.map(|after| after.policy).filter(|after| after != epoch.policy);
    CommitFacts {
        committer: commit.committer,
        data: commit.data.clone(),
        newcomers,
        removed: commit.removes.clone(),
        policies: changed.map(Some).into_iter().collect(),
        by_reference: false,
        other_kind: false,
        path,
    }
}

/// The key of this seed.
pub fn key_for_testing(seed: &[u8; 32]) -> MemberId {
    MemberId::from_bytes(SigningKey::from_bytes(seed).verifying_key().to_bytes())
}

/// The words, signed by the key of this seed.
pub fn sign_for_testing(seed: &[u8; 32], words: &Statement) -> SignatureBytes {
    SigningKey::from_bytes(seed).sign(words.bytes()).to_bytes()
}
