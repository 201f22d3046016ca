//! A room as plain data, with real keys, and what its members sign.
//!
//! Member `n` has the key of seed `[n; 32]` and the handle `m{n}`. 1, 2 and 3 are the founders, 1 and 2 the organizers;
//! 4 came in by 1 and 2, 5 by 2 and 3, both long ago; 6 is the second device of 4; 9 stands outside.

use std::sync::OnceLock;

use ed25519_dalek::{Signer as _, SigningKey};
use offshift_wire::{
    MemberId, Position, RelayId, RoomId, UnixMillis,
    admission::{
        Act, Approval, CommitData, DeviceLink, Motion, RejoinProof, SignatureBytes, Vouch,
    },
    link::RelayLink,
    room::{ComingTerms, MemberInfo, Policy, Terms},
    standing::{Method, Origin, Row, RowNumber, Standing, State, Voucher},
};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use crate::{
    admission::{
        Allowed, Case, CommitFacts, Epoch, Newcomer, PathLeaf, Rule, Rules, Table, check, decide,
        signed::{Met, Statement},
        terms::{fresh, terms_hash},
    },
    card::Application,
    context::{Context, OutboxSequence},
    room::roster::{Leaf, Roster},
};

pub(super) const START: UnixMillis = UnixMillis(1_790_000_000_000);

pub(super) const DAY: u64 = 24 * 3_600_000;
pub(super) const HOUR: u64 = 3_600_000;
/// Long after all founders and members came in.
pub(super) const NOW: UnixMillis = START.plus_ms(100 * DAY);

fn relay() -> RelayLink {
    RelayLink::new("relay.example", 4433, RelayId::from_bytes([1; 32])).unwrap()
}

/// Every key that a test may name, by its number.
fn ids() -> &'static [MemberId] {
    static IDS: OnceLock<Vec<MemberId>> = OnceLock::new();
    IDS.get_or_init(|| {
        let key = |number| SigningKey::from_bytes(&[number; 32]).verifying_key().to_bytes();
        (0..=255).map(key).map(MemberId::from_bytes).collect()
    })
}

pub(super) fn id(number: u8) -> MemberId {
    ids()[usize::from(number)]
}

pub(super) fn sign(number: u8, statement: &Statement) -> SignatureBytes {
    SigningKey::from_bytes(&[number; 32]).sign(statement.bytes()).to_bytes()
}

pub(super) fn earlier(ms: u64) -> UnixMillis {
    UnixMillis(NOW.0 - ms)
}

pub(super) fn info(handle: &str) -> MemberInfo {
    static INBOX: OnceLock<Vec<u8>> = OnceLock::new();
    let inbox = INBOX.get_or_init(|| {
        let (mut rng, mut outbox) = (ChaCha20Rng::seed_from_u64(1), OutboxSequence::new());
        let mut ctx = Context { now: START, rng: &mut rng, outbox: &mut outbox };
        Application::new(&mut ctx, &relay(), "a").unwrap().card().inbox().encode().to_vec()
    });
    MemberInfo {
        handle: handle.parse().unwrap(),
        applied_at: START,
        inbox: inbox.as_slice().to_vec().into(),
    }
}

pub(super) fn newcomer(number: u8) -> Newcomer {
    Newcomer {
        id: id(number),
        identity: info(&format!("m{number}")).encode(),
        package: [number; 32],
        plain: true,
    }
}

#[derive(Clone)]
pub(super) struct Stage {
    pub(super) room: RoomId,
    pub(super) policy: Policy,
    pub(super) standing: Standing,
    pub(super) rules: Rules,
    /// Handles that are not `m{n}`, by row.
    pub(super) handles: Vec<(u32, String)>,
}

/// What somebody commits.
#[derive(Clone)]
pub(super) struct Offer {
    pub(super) by: u8,
    pub(super) at: UnixMillis,
    pub(super) act: Act,
    pub(super) adds: Vec<Newcomer>,
    pub(super) removes: Vec<u8>,
}

pub(super) fn offer(by: u8, act: Act) -> Offer {
    Offer { by, at: NOW, act, adds: Vec::new(), removes: Vec::new() }
}

/// What a voucher signs, field by field.
#[derive(Clone)]
pub(super) struct Words {
    pub(super) room: RoomId,
    pub(super) subject: MemberId,
    /// `None`: for a member under review.
    pub(super) package: Option<[u8; 32]>,
    pub(super) by: MemberId,
    pub(super) method: Method,
    pub(super) met_at: UnixMillis,
    pub(super) signed_at: UnixMillis,
    pub(super) terms: [u8; 32],
}

impl Words {
    pub(super) fn signed(&self, signer: u8) -> Vouch {
        let Self { method, met_at, signed_at, terms, .. } = *self;
        let met = Met { method, met_at, signed_at, terms };
        let statement = match &self.package {
            Some(package) => Statement::vouch(&self.room, &self.subject, package, &self.by, &met),
            None => Statement::revouch(&self.room, &self.subject, &self.by, &met),
        };
        let signature = sign(signer, &statement);
        Vouch { by: self.by, method, met_at, signed_at, terms, signature }
    }
}

pub(super) fn row(number: u8, joined_at: UnixMillis, origin: Origin) -> Row {
    Row { key: id(number), joined_at, state: State::Member, left_at: None, origin }
}

/// Admitted at that time by the vouches of these rows.
pub(super) fn vouched(branch: u32, by: &[u32], at: UnixMillis) -> Origin {
    let voucher = |by: &u32| Voucher { by: RowNumber(*by), method: Method::InPerson, at };
    Origin::Vouched {
        branch: RowNumber(branch),
        needed: 2,
        vouchers: by.iter().map(voucher).collect(),
    }
}

pub(super) fn stage() -> Stage {
    let early = START.plus_ms(DAY);
    let rows = vec![
        row(1, START, Origin::Founder),
        row(2, START, Origin::Founder),
        row(3, START, Origin::Founder),
        row(4, early, vouched(0, &[0, 1], early)),
        row(5, early, vouched(1, &[1, 2], early)),
        row(6, early, Origin::Device { of: RowNumber(3) }),
    ];
    let policy = Policy {
        suite: 3,
        name: "night shift".parse().unwrap(),
        relay: relay(),
        founding: false,
        organizers: vec![id(1), id(2)],
        terms: fresh(),
        coming: None,
        revision: 7,
        standing: [0; 32],
    };
    Stage {
        room: RoomId::from_bytes([5; 16]),
        policy,
        standing: Standing { rows },
        rules: Rules::new(),
        handles: Vec::new(),
    }
    .settled()
}

/// A room in its founding phase: only the three founders, and it is the second hour.
pub(super) fn founding() -> Stage {
    let mut stage = stage();
    stage.policy.founding = true;
    stage.standing.rows.truncate(3);
    stage.settled()
}

impl Stage {
    /// With the policy naming this standing.
    pub(super) fn settled(mut self) -> Self {
        self.policy.standing = Table(&self.standing).hash();
        self
    }

    pub(super) fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self.settled()
    }

    pub(super) fn row(&mut self, number: u8) -> &mut Row {
        self.standing.rows.iter_mut().find(|row| row.key == id(number)).unwrap()
    }

    /// This member was severed yesterday, by the rule itself.
    pub(super) fn without(&self, number: u8) -> Self {
        let by = if number == 1 { 2 } else { 1 };
        let mut removal = Offer { at: earlier(DAY), ..offer(by, Act::Sever(Vec::new())) };
        removal.removes = match number {
            4 => vec![4, 6],
            other => vec![other],
        };
        self.after(&removal)
    }

    pub(super) fn table(&self) -> Table<'_> {
        Table(&self.standing)
    }

    pub(super) fn roster(&self) -> Roster {
        let leaves = self.table().rows().filter(|(_, row)| row.state == State::Member);
        let leaves = leaves.map(|(number, row)| {
            let own = self.handles.iter().find(|(row, _)| *row == number.0);
            let nth = ids().iter().position(|id| *id == row.key).unwrap_or_default();
            let handle = own.map_or_else(|| format!("m{nth}"), |(_, handle)| handle.clone());
            Some(Leaf { index: number.0, id: row.key, identity: info(&handle).encode() })
        });
        Roster::new(leaves).unwrap()
    }

    pub(super) fn epoch<'a>(&'a self, roster: &'a Roster) -> Epoch<'a> {
        Epoch {
            room: &self.room,
            roster,
            policy: &self.policy,
            standing: &self.standing,
            rules: &self.rules,
        }
    }

    fn leaf(&self, number: u8) -> u32 {
        self.table().find(&id(number)).map_or(99, |(row, _)| row.0)
    }

    pub(super) fn decide(&self, offer: &Offer) -> Result<Allowed, Rule> {
        let roster = self.roster();
        let case = Case { epoch: &self.epoch(&roster), by: id(offer.by), at: offer.at };
        let removed: Vec<_> = offer.removes.iter().map(|number| id(*number)).collect();
        decide(&case, &offer.act, &offer.adds, &removed)
    }

    /// The commit, as its author would make it.
    pub(super) fn commit(&self, offer: &Offer) -> CommitFacts {
        let roster = self.roster();
        let path = roster.find(&id(offer.by)).map(|(leaf, _)| PathLeaf {
            id: leaf.id,
            identity: leaf.identity.clone(),
            plain: true,
        });
        let after = self.decide(offer).ok().map(|allowed| allowed.policy);
        let changed = after.filter(|after| *after != self.policy);
        CommitFacts {
            committer: self.leaf(offer.by),
            data: CommitData { signed_at: offer.at, act: offer.act.clone() }.encode(),
            newcomers: offer.adds.clone(),
            removed: offer.removes.iter().map(|number| self.leaf(*number)).collect(),
            policies: changed.map(Some).into_iter().collect(),
            by_reference: false,
            other_kind: false,
            path,
        }
    }

    pub(super) fn check_at(&self, commit: &CommitFacts, at: UnixMillis) -> Result<Allowed, Rule> {
        let roster = self.roster();
        check(&self.epoch(&roster), commit, Position::new(at.0 * 1000))
    }

    pub(super) fn check(&self, commit: &CommitFacts) -> Result<Allowed, Rule> {
        self.check_at(commit, NOW)
    }

    pub(super) fn judge(&self, offer: &Offer) -> Result<Allowed, Rule> {
        self.check_at(&self.commit(offer), offer.at)
    }

    /// The rule that the offer breaks.
    pub(super) fn refuses(&self, offer: &Offer) -> Option<Rule> {
        self.judge(offer).err()
    }

    /// The twin: allowed.
    pub(super) fn allows(&self, offer: &Offer) -> Allowed {
        self.judge(offer).unwrap_or_else(|rule| panic!("refused by {rule:?}"))
    }

    /// The room after an allowed offer.
    pub(super) fn after(&self, offer: &Offer) -> Self {
        let Allowed { policy, standing, .. } = self.allows(offer);
        Self { policy, standing, ..self.clone() }
    }

    pub(super) fn words(&self, by: u8, whom: &Newcomer) -> Words {
        Words {
            room: self.room,
            subject: whom.id,
            package: Some(whom.package),
            by: id(by),
            method: Method::InPerson,
            met_at: earlier(2 * HOUR),
            signed_at: earlier(HOUR),
            terms: terms_hash(&self.policy.terms),
        }
    }

    pub(super) fn vouch(&self, by: u8, whom: &Newcomer) -> Vouch {
        self.words(by, whom).signed(by)
    }

    pub(super) fn revouch(&self, by: u8, member: u8) -> Vouch {
        Words { package: None, ..self.words(by, &newcomer(member)) }.signed(by)
    }

    /// The organizer admits 9 by the vouches of these.
    pub(super) fn admission(&self, by: u8, vouchers: &[u8]) -> Offer {
        let whom = newcomer(9);
        let vouches = vouchers.iter().map(|one| self.vouch(*one, &whom)).collect();
        Offer { adds: vec![whom], ..offer(by, Act::Admit(vouches)) }
    }

    pub(super) fn approval(&self, by: u8, signed_at: UnixMillis, motion: &Motion) -> Approval {
        let words =
            Statement::approval(&self.room, self.policy.revision, &id(by), signed_at, motion);
        Approval { by: id(by), signed_at, signature: sign(by, &words) }
    }

    pub(super) fn approvals(&self, by: &[u8], motion: &Motion) -> Vec<Approval> {
        by.iter().map(|one| self.approval(*one, earlier(HOUR), motion)).collect()
    }

    /// One organizer commits the motion that the other approved.
    pub(super) fn decision(&self, motion: Motion) -> Offer {
        let approvals = self.approvals(&[2], &motion);
        offer(1, Act::Decide(motion, approvals))
    }

    pub(super) fn terms(&self, change: impl FnOnce(&mut Terms)) -> Offer {
        let mut terms = self.policy.terms;
        change(&mut terms);
        self.decision(Motion::Terms(terms))
    }

    pub(super) fn link(&self, by: u8, device: &Newcomer, signed_at: UnixMillis) -> DeviceLink {
        let words = Statement::device(&self.room, &device.id, &device.package, &id(by), signed_at);
        DeviceLink { by: id(by), signed_at, signature: sign(by, &words) }
    }

    /// `by` brings in 9 as another device.
    pub(super) fn linking(&self, by: u8) -> Offer {
        let device = newcomer(9);
        let link = self.link(by, &device, earlier(HOUR));
        Offer { adds: vec![device], ..offer(by, Act::Device(link)) }
    }

    pub(super) fn proof(&self, member: u8, package: [u8; 32], at: UnixMillis) -> RejoinProof {
        let words = Statement::rejoin(&self.room, &id(member), &package, at);
        RejoinProof { signed_at: at, signature: sign(member, &words) }
    }

    /// An organizer brings the member back with fresh keys.
    pub(super) fn rejoining(&self, by: u8, member: u8) -> Offer {
        let fresh = Newcomer { package: [77; 32], ..newcomer(member) };
        let act = Act::Rejoin(self.proof(member, fresh.package, earlier(HOUR)));
        Offer { adds: vec![fresh], removes: vec![member], ..offer(by, act) }
    }

    pub(super) fn founders(&self, by: u8, who: &[u8], organizers: &[u8]) -> Offer {
        let act = Act::Found(organizers.iter().map(|one| id(*one)).collect());
        let adds = who.iter().map(|one| newcomer(*one)).collect();
        Offer { at: START.plus_ms(HOUR), adds, ..offer(by, act) }
    }

    pub(super) fn severing(&self, by: u8, who: &[u8], approvals: Vec<Approval>) -> Offer {
        Offer { removes: who.to_vec(), ..offer(by, Act::Sever(approvals)) }
    }

    pub(super) fn coming(mut self, binds_at: UnixMillis, change: impl FnOnce(&mut Terms)) -> Self {
        let mut terms = self.policy.terms;
        change(&mut terms);
        self.policy.coming = Some(ComingTerms { terms, binds_at });
        self
    }
}
