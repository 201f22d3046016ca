//! The inputs of admission: a room as plain data, and commits of byzantine members, made of the bytes.
//!
//! ```text
//! bytes -> one instruction after the other -> data of a commit, whom it adds and removes -> the rules
//! ```
//! Taken means: something was allowed. Whatever the bytes are, nobody comes in by fewer vouches of distinct branches
//! than the terms ask for, counted here anew: by what was signed in this run, not by the code under test.

use std::{collections::BTreeSet, sync::OnceLock};

use super::input::{DAY_MS, Input};
use offshift_protocol::admission::{
    TrialCommit, TrialRoom, key_for_testing, sign_for_testing,
    signed::{Met, Statement},
    terms::{binding, fresh, terms_hash},
};
use offshift_wire::{
    MemberId, Position, RelayId, RoomId, UnixMillis,
    admission::{Act, Approval, CommitData, DeviceLink, Motion, RejoinProof, Vouch},
    link::RelayLink,
    room::{MemberInfo, Policy, Terms},
    standing::{Method, Origin, Row, RowNumber, Standing, State, Voucher},
};

const NOW: u64 = 1_790_000_000_000 + 100 * DAY_MS;
const ROOM: RoomId = RoomId::from_bytes([5; 16]);
/// Commits of one input: enough to sever, lift and come back.
const STEPS_MAX: usize = 12;
const PEOPLE: u8 = 12;

fn keys() -> &'static [MemberId] {
    static KEYS: OnceLock<Vec<MemberId>> = OnceLock::new();
    KEYS.get_or_init(|| (0..PEOPLE).map(|number| key_for_testing(&[number; 32])).collect())
}

fn id(number: u8) -> MemberId {
    keys()[usize::from(number % PEOPLE)]
}

fn identity(number: u8, inbox: &[u8]) -> Vec<u8> {
    let handle = format!("m{number}").parse().expect("a handle");
    let inbox = inbox.to_vec().into();
    MemberInfo { handle, applied_at: UnixMillis(1), inbox }.encode()
}

/// 0, 1, 2 are founders; 3 and 4 came in by vouches; 5 is the second device of 3; the others stand outside.
fn start(inbox: &[u8]) -> TrialRoom {
    let early = UnixMillis(NOW - 95 * DAY_MS);
    let row = |number, origin| Row {
        key: id(number),
        joined_at: early,
        state: State::Member,
        left_at: None,
        origin,
    };
    let vouched = |branch, by: [u32; 2]| Origin::Vouched {
        branch: RowNumber(branch),
        needed: 2,
        vouchers: by
            .map(|by| Voucher { by: RowNumber(by), method: Method::InPerson, at: early })
            .to_vec(),
    };
    let rows = vec![
        row(0, Origin::Founder),
        row(1, Origin::Founder),
        row(2, Origin::Founder),
        row(3, vouched(0, [0, 1])),
        row(4, vouched(1, [1, 2])),
        row(5, Origin::Device { of: RowNumber(3) }),
    ];
    let relay = RelayLink::new("relay.example", 4433, RelayId::from_bytes([1; 32]));
    let policy = Policy {
        suite: 3,
        name: "night shift".parse().expect("a name"),
        relay: relay.expect("a link"),
        founding: false,
        organizers: vec![id(0), id(1)],
        terms: fresh(),
        coming: None,
        revision: 0,
        standing: [0; 32],
    };
    let identities = (0..6).map(|number| identity(number, inbox)).collect();
    TrialRoom { room: ROOM, policy, standing: Standing { rows }, identities }
}

/// A newcomer: key, identity, key package hash.
type Added = (MemberId, Vec<u8>, [u8; 32]);

/// What a member truly signed for somebody: voucher, newcomer's key, key package.
type Said = (MemberId, MemberId, [u8; 32], Vouch);

struct Run<'a> {
    input: Input<'a>,
    inbox: &'a [u8],
    room: TrialRoom,
    now: u64,
    said: Vec<Said>,
}

/// Runs the bytes; `inbox` is an inbox card that can be used.
pub(super) fn run(data: &[u8], inbox: &[u8]) -> bool {
    let (input, room) = (Input(data), start(inbox));
    let mut run = Run { input, inbox, room, now: NOW, said: Vec::new() };
    let mut taken = false;
    for _ in 0..STEPS_MAX {
        if run.input.0.is_empty() {
            break;
        }
        taken |= run.step();
    }
    taken
}

impl Run<'_> {
    fn step(&mut self) -> bool {
        let days = [0, 0, 0, 1, 3, 7, 14, 90][usize::from(self.input.below(8))];
        self.now += days * DAY_MS;
        let at =
            if self.input.below(8) == 0 { self.input.time(self.now) } else { UnixMillis(self.now) };
        let (act, adds, removes) = self.act();
        let mut data = CommitData { signed_at: at, act: act.clone() }.encode();
        if self.input.below(16) == 0 && !data.is_empty() {
            let place = usize::from(self.input.byte()) % data.len();
            data[place] ^= self.input.byte();
        }
        let position = Position::new(self.now.saturating_mul(1000));
        let committer = u32::from(self.input.below(PEOPLE));
        let commit = TrialCommit { committer, data, adds, removes, position };
        let Ok(after) = self.room.judge(&commit) else { return false };
        self.hold(&commit, &after);
        self.room = after;
        true
    }

    fn newcomer(&mut self) -> Added {
        let number = self.input.below(PEOPLE);
        (id(number), identity(number, self.inbox), [self.input.below(3); 32])
    }

    fn act(&mut self) -> (Act, Vec<Added>, Vec<u32>) {
        let kind = self.input.below(12);
        let adds = match kind {
            1..=4 | 9 | 10 => vec![self.newcomer()],
            _ if self.input.below(16) == 0 => vec![self.newcomer(), self.newcomer()],
            _ => Vec::new(),
        };
        let removes = match kind {
            6 | 7 | 9 => {
                (0..1 + self.input.below(3)).map(|_| u32::from(self.input.below(PEOPLE))).collect()
            }
            5 if self.input.below(8) == 0 => vec![u32::from(self.input.below(PEOPLE))],
            _ => Vec::new(),
        };
        let removed: BTreeSet<MemberId> = removes
            .iter()
            .filter_map(|row| self.room.standing.rows.get(*row as usize))
            .map(|row| row.key)
            .collect();
        let act = match kind {
            0 => Act::Keys,
            1 => Act::Found(vec![adds[0].0]),
            2..=4 => Act::Admit(self.vouches(adds[0].0, Some(adds[0].2))),
            5 => {
                let member = id(self.input.byte());
                Act::Confirm(member, self.vouches(member, None))
            }
            6 => Act::Sever(self.approvals(&Motion::Sever(removed.into_iter().collect()))),
            7 => match removed.first() {
                Some(person) if self.input.below(2) == 0 => {
                    Act::Recall(self.approvals(&Motion::Recall(*person)))
                }
                _ => Act::Stop,
            },
            9 => {
                let signed_at = self.input.time(self.now);
                let words = Statement::rejoin(&ROOM, &adds[0].0, &adds[0].2, signed_at);
                let signature = sign_for_testing(&[self.input.below(PEOPLE); 32], &words);
                Act::Rejoin(RejoinProof { signed_at, signature })
            }
            10 => {
                let (by, signed_at) = (self.input.below(PEOPLE), self.input.time(self.now));
                let words = Statement::device(&ROOM, &adds[0].0, &adds[0].2, &id(by), signed_at);
                let signature = sign_for_testing(&[by; 32], &words);
                Act::Device(DeviceLink { by: id(by), signed_at, signature })
            }
            _ => {
                let motion = self.motion();
                let approvals = self.approvals(&motion);
                Act::Decide(motion, approvals)
            }
        };
        (act, adds, removes)
    }

    fn motion(&mut self) -> Motion {
        let who = id(self.input.byte());
        match self.input.below(5) {
            0 => Motion::NameOrganizer(who),
            1 => Motion::DropOrganizer(who),
            2 => Motion::Lift(who),
            _ => Motion::Terms(self.terms()),
        }
    }

    fn terms(&mut self) -> Terms {
        let mut terms = *binding(&self.room.policy, UnixMillis(self.now));
        match self.input.below(5) {
            0 => terms.vouches = u32::from(self.input.below(5)),
            1 => terms.probation_ms = u64::from(self.input.below(9)) * DAY_MS,
            2 => terms.vouch_budget = u32::from(self.input.below(9)),
            3 => terms.calls = self.input.below(2) == 0,
            _ => terms.recall = u32::from(self.input.below(6)),
        }
        terms
    }

    /// New vouches, true or bent, and ones that were given before.
    fn vouches(&mut self, whom: MemberId, package: Option<[u8; 32]>) -> Vec<Vouch> {
        (0..self.input.below(5)).map(|_| self.vouch(whom, package)).collect()
    }

    fn vouch(&mut self, whom: MemberId, package: Option<[u8; 32]>) -> Vouch {
        if self.input.below(8) == 0 && !self.said.is_empty() {
            let at = usize::from(self.input.byte()) % self.said.len();
            return self.said[at].3.clone();
        }
        let (voucher, strange) = (self.input.below(PEOPLE), self.input.below(8));
        let subject = if strange == 1 { id(self.input.byte()) } else { whom };
        let package = package.map(|package| if strange == 2 { [9; 32] } else { package });
        let room = if strange == 3 { RoomId::from_bytes([6; 16]) } else { ROOM };
        let (met_at, signed_at) = (self.input.time(self.now), self.input.time(self.now));
        let method = if self.input.below(4) == 0 { Method::Call } else { Method::InPerson };
        let terms = terms_hash(binding(&self.room.policy, UnixMillis(self.now)));
        let met = Met { method, met_at, signed_at, terms };
        let by = id(voucher);
        let words = match &package {
            Some(package) => Statement::vouch(&room, &subject, package, &by, &met),
            None => Statement::revouch(&room, &subject, &by, &met),
        };
        let signer = if strange == 4 { self.input.below(PEOPLE) } else { voucher };
        let signature = sign_for_testing(&[signer; 32], &words);
        let mut vouch = Vouch { by, method, met_at, signed_at, terms, signature };
        if let Some(package) = package.filter(|_| room == ROOM && signer == voucher) {
            self.said.push((by, subject, package, vouch.clone()));
        }
        match strange {
            5 => vouch.by = id(self.input.byte()),
            6 => vouch.signature[usize::from(self.input.below(64))] ^= self.input.byte(),
            7 => vouch.met_at = self.input.time(self.now),
            _ => {}
        }
        vouch
    }

    fn approvals(&mut self, motion: &Motion) -> Vec<Approval> {
        let count = self.input.below(4);
        let approval = |run: &mut Self| {
            let (by, signed_at) = (run.input.below(PEOPLE), run.input.time(run.now));
            let revision =
                run.room.policy.revision.saturating_sub(u64::from(run.input.below(8) == 0));
            let words = Statement::approval(&ROOM, revision, &id(by), signed_at, motion);
            Approval { by: id(by), signed_at, signature: sign_for_testing(&[by; 32], &words) }
        };
        (0..count).map(|_| approval(self)).collect()
    }

    /// What no commit may lead to.
    fn hold(&self, commit: &TrialCommit, after: &TrialRoom) {
        let before = &self.room.standing.rows;
        let is_in =
            |rows: &[Row], key| rows.iter().any(|row| row.key == key && row.state == State::Member);
        let data = CommitData::decode(&commit.data).expect("it was allowed");
        let came = after.standing.rows.iter().filter(|row| is_in(&after.standing.rows, row.key));
        for row in came.filter(|row| !is_in(before, row.key)) {
            let old = before.iter().find(|old| old.key == row.key).map(|old| old.state);
            assert!(matches!(old, None | Some(State::Lifted)), "who was put out came back");
            match &data.act {
                Act::Device(link) => assert!(is_in(before, link.by), "a stranger's device"),
                Act::Admit(vouches) => {
                    let package = commit.adds[0].2;
                    let needed = binding(&self.room.policy, data.signed_at).vouches;
                    let branches = self.branches_for(row.key, package, vouches);
                    assert!(needed >= 2 && branches >= needed as usize, "too few vouches");
                }
                _ => panic!("nobody comes in by another act after the founding"),
            }
        }
        let terms = after.policy.terms;
        assert!(terms.vouches >= 2 && terms.probation_ms >= DAY_MS && terms.recall >= 3);
        assert!(!after.policy.founding && after.policy.revision >= self.room.policy.revision);
    }

    /// Of how many branches the members are who truly said this for the newcomer.
    fn branches_for(&self, key: MemberId, package: [u8; 32], vouches: &[Vouch]) -> usize {
        let rows = &self.room.standing.rows;
        let said = |vouch: &&Vouch| {
            self.said.iter().any(|(by, whom, of, words)| {
                (*by, *whom, *of) == (vouch.by, key, package) && words == *vouch
            })
        };
        let branch = |vouch: &Vouch| {
            let at =
                rows.iter().position(|row| row.key == vouch.by && row.state == State::Member)?;
            match &rows[at].origin {
                Origin::Founder => u32::try_from(at).ok(),
                Origin::Vouched { branch, .. } => Some(branch.0),
                Origin::Device { .. } => None,
            }
        };
        vouches.iter().filter(said).filter_map(branch).collect::<BTreeSet<u32>>().len()
    }
}
