//! Each rule by itself: the commit that breaks it, and its twin that does not.

use offshift_wire::{
    Life, MemberId, Position, UnixMillis,
    room::{CommitData, MemberInfo, Policy},
};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use crate::{
    card::Application,
    context::{Context, OutboxSequence},
    limits::COMMIT_SKEW_MS,
    room::{
        check::{
            CommitFacts, Epoch, Newcomer, PathLeaf, RoomChange, Rule, Rules, check, check_joined,
        },
        id::Suite,
        key_package::inspect,
        roster::{Leaf, Roster},
        tests::world::{START, relay},
    },
};

/// A room of an organizer (leaf 0), another (1) and an ordinary founder (2); a newcomer stands outside.
struct Stage {
    roster: Roster,
    policy: Policy,
    rules: Rules,
    newcomer: Newcomer,
    leaves: Vec<Leaf>,
}

fn id(number: u8) -> MemberId {
    MemberId::from_bytes([number; 32])
}

fn info(handle: &str) -> MemberInfo {
    let (mut rng, mut outbox) = (ChaCha20Rng::seed_from_u64(1), OutboxSequence::new());
    let mut ctx = Context { now: START, rng: &mut rng, outbox: &mut outbox };
    let application = Application::new(&mut ctx, &relay(), handle, None).unwrap();
    let public = application.card().key_package(Suite::Classical).unwrap();
    inspect(Suite::Classical, public).unwrap().1
}

fn stage() -> Stage {
    let leaf = |index: u32, number, handle: &str| Leaf {
        index,
        id: id(number),
        identity: info(handle).encode(),
    };
    let leaves = vec![leaf(0, 1, "ada"), leaf(1, 2, "bo"), leaf(2, 3, "cy")];
    Stage {
        roster: Roster::new(leaves.iter().cloned().map(Some)).unwrap(),
        policy: Policy {
            suite: 3,
            name: "night shift".parse().unwrap(),
            relay: relay(),
            founding: true,
            founders: vec![id(1), id(2), id(3)],
            organizers: vec![id(1), id(2)],
            epoch_age_ms: 1,
            message_life: Life::D7,
            commit_life: Life::D7,
            disappear_ms: 0,
            vouches: 2,
            probation_ms: 1,
            vouch_budget: 3,
        },
        rules: Rules::new(),
        newcomer: Newcomer { id: id(9), identity: info("di").encode(), plain: true },
        leaves,
    }
}

impl Stage {
    fn keys(&self, committer: u32) -> CommitFacts {
        let leaf = self.leaves.iter().find(|leaf| leaf.index == committer);
        let path =
            leaf.map(|leaf| PathLeaf { id: leaf.id, identity: leaf.identity.clone(), plain: true });
        CommitFacts {
            committer,
            data: CommitData { signed_at: START }.encode(),
            newcomers: Vec::new(),
            removed: Vec::new(),
            policies: Vec::new(),
            by_reference: false,
            other_kind: false,
            path,
        }
    }

    fn removal(&self, committer: u32) -> CommitFacts {
        CommitFacts { removed: vec![2], ..self.keys(committer) }
    }

    fn add(&self, committer: u32, newcomer: Newcomer) -> CommitFacts {
        let mut after = self.policy.clone();
        after.founders.push(newcomer.id);
        CommitFacts {
            newcomers: vec![newcomer],
            policies: vec![Some(after)],
            ..self.keys(committer)
        }
    }

    fn newcomer(&self) -> Newcomer {
        let Newcomer { id, identity, plain } = &self.newcomer;
        Newcomer { id: *id, identity: identity.clone(), plain: *plain }
    }

    fn check(&self, commit: &CommitFacts) -> Result<RoomChange, Rule> {
        let epoch = Epoch { roster: &self.roster, policy: &self.policy, rules: &self.rules };
        check(&epoch, commit, Position::new(START.0 * 1000))
    }

    fn twin(&self, commit: &CommitFacts) {
        assert!(self.check(commit).is_ok(), "the twin is allowed");
    }
}

#[test]
fn os_roo_004_only_a_leaf_of_the_epoch_commits() {
    let stage = stage();
    stage.twin(&stage.keys(2));
    assert_eq!(stage.check(&stage.keys(7)), Err(Rule::NotAMember));
}

#[test]
fn os_ord_006_a_commit_is_signed_within_two_hours_of_its_position() {
    let stage = stage();
    for (signed_at, allowed) in [
        (START.0 - COMMIT_SKEW_MS, true),
        (START.0 - COMMIT_SKEW_MS - 1, false),
        (START.0 + COMMIT_SKEW_MS, true),
        (START.0 + COMMIT_SKEW_MS + 1, false),
    ] {
        let data = CommitData { signed_at: UnixMillis(signed_at) }.encode();
        let commit = CommitFacts { data, ..stage.keys(0) };
        let expected = if allowed { Ok(RoomChange::Keys) } else { Err(Rule::CommitTime) };
        assert_eq!(stage.check(&commit), expected);
    }
}

#[test]
fn os_pol_010_a_commit_carries_the_data_of_this_version() {
    let stage = stage();
    stage.twin(&stage.keys(0));
    for data in [Vec::new(), b"anything".to_vec(), [stage.keys(0).data, vec![0x18, 1]].concat()] {
        assert_eq!(stage.check(&CommitFacts { data, ..stage.keys(0) }), Err(Rule::CommitData));
    }
}

#[test]
fn os_pol_011_a_proposal_by_reference_is_refused() {
    let stage = stage();
    stage.twin(&stage.removal(0));
    let commit = CommitFacts { by_reference: true, ..stage.removal(0) };
    assert_eq!(stage.check(&commit), Err(Rule::LooseProposal));
}

#[test]
fn os_pol_012_a_proposal_of_another_kind_is_refused() {
    let stage = stage();
    stage.twin(&stage.keys(0));
    let commit = CommitFacts { other_kind: true, ..stage.keys(0) };
    assert_eq!(stage.check(&commit), Err(Rule::ProposalKind));
}

#[test]
fn os_pol_013_a_commit_changes_one_thing() {
    let stage = stage();
    stage.twin(&stage.removal(0));
    let two = CommitFacts { removed: vec![1, 2], ..stage.keys(0) };
    assert_eq!(stage.check(&two), Err(Rule::OneChange));
    let both = CommitFacts { removed: vec![2], ..stage.add(0, stage.newcomer()) };
    assert_eq!(stage.check(&both), Err(Rule::OneChange));
    let nothing = CommitFacts { path: None, ..stage.keys(0) };
    assert_eq!(stage.check(&nothing), Err(Rule::OneChange));
}

#[test]
fn os_pol_014_a_committer_keeps_key_identity_and_capabilities() {
    let stage = stage();
    stage.twin(&stage.keys(0));
    let own = &stage.leaves[0];
    let leaf =
        |id, identity: &[u8], plain| Some(PathLeaf { id, identity: identity.to_vec(), plain });
    for path in [
        leaf(id(8), &own.identity, true),
        leaf(own.id, &info("other").encode(), true),
        leaf(own.id, &own.identity, false),
    ] {
        assert_eq!(stage.check(&CommitFacts { path, ..stage.keys(0) }), Err(Rule::LeafChanged));
    }
}

#[test]
fn os_pol_020_outside_the_founding_phase_nobody_is_added() {
    let mut stage = stage();
    stage.twin(&stage.add(0, stage.newcomer()));
    stage.policy.founding = false;
    assert_eq!(stage.check(&stage.add(0, stage.newcomer())), Err(Rule::NotFounding));
    let plain = CommitFacts { policies: Vec::new(), ..stage.add(0, stage.newcomer()) };
    assert_eq!(stage.check(&plain), Err(Rule::NotFounding));
}

#[test]
fn os_pol_021_only_a_founding_organizer_adds() {
    let stage = stage();
    stage.twin(&stage.add(1, stage.newcomer()));
    assert_eq!(stage.check(&stage.add(2, stage.newcomer())), Err(Rule::AddByOther));
}

#[test]
fn os_pol_022_a_newcomer_has_the_identity_of_a_founder() {
    let stage = stage();
    stage.twin(&stage.add(0, stage.newcomer()));
    let branched = MemberInfo { branch: Some(id(1)), ..info("di") };
    let no_inbox = MemberInfo { inbox: b"nothing".as_slice().into(), ..info("di") };
    for identity in [branched.encode(), no_inbox.encode(), b"anything".to_vec()] {
        let newcomer = Newcomer { identity, ..stage.newcomer() };
        assert_eq!(stage.check(&stage.add(0, newcomer)), Err(Rule::MemberInfo));
    }
}

#[test]
fn os_pol_023_a_newcomer_has_a_key_package_of_the_one_form() {
    let stage = stage();
    stage.twin(&stage.add(0, stage.newcomer()));
    let newcomer = Newcomer { plain: false, ..stage.newcomer() };
    assert_eq!(stage.check(&stage.add(0, newcomer)), Err(Rule::KeyPackage));
}

#[test]
fn os_pol_024_a_room_has_at_most_eight_founders_removed_ones_included() {
    let mut stage = stage();
    stage.policy.founders.extend((20..24).map(id));
    assert_eq!(stage.policy.founders.len(), 7);
    stage.twin(&stage.add(0, stage.newcomer()));
    stage.policy.founders.push(id(24));
    assert_eq!(stage.check(&stage.add(0, stage.newcomer())), Err(Rule::TooManyFounders));
}

#[test]
fn os_pol_025_a_key_that_was_in_the_room_does_not_come_back() {
    let mut stage = stage();
    stage.twin(&stage.add(0, stage.newcomer()));
    stage.policy.founders.push(stage.newcomer.id);
    assert_eq!(stage.check(&stage.add(0, stage.newcomer())), Err(Rule::FounderTwice));
}

#[test]
fn os_pol_026_two_members_never_go_by_one_handle() {
    let stage = stage();
    stage.twin(&stage.add(0, stage.newcomer()));
    let newcomer = Newcomer { identity: info("ADA").encode(), ..stage.newcomer() };
    assert_eq!(stage.check(&stage.add(0, newcomer)), Err(Rule::HandleTaken));
}

#[test]
fn os_pol_026_two_newcomers_of_one_commit_never_go_by_one_handle() {
    let stage = stage();
    let both = |handle: &str| {
        let mut commit = stage.add(0, stage.newcomer());
        let identity = info(handle).encode();
        commit.newcomers.push(Newcomer { id: id(8), identity, plain: true });
        commit.policies[0].as_mut().unwrap().founders.push(id(8));
        commit
    };
    stage.twin(&both("ed"));
    assert_eq!(stage.check(&both("Di")), Err(Rule::HandleTaken));
}

#[test]
fn os_pol_022_a_handle_that_shows_less_than_it_holds_is_refused() {
    let stage = stage();
    stage.twin(&stage.add(0, stage.newcomer()));
    let hidden = MemberInfo { handle: "ada\u{ad}".parse().unwrap(), ..info("di") };
    let newcomer = Newcomer { identity: hidden.encode(), ..stage.newcomer() };
    assert_eq!(stage.check(&stage.add(0, newcomer)), Err(Rule::MemberInfo));
}

#[test]
fn os_pol_040_a_welcome_into_a_room_where_two_look_alike_is_refused() {
    for (handle, sound) in [("cy", true), ("BO", false), ("bo\u{ad}", false)] {
        let mut stage = stage();
        let named = MemberInfo { handle: handle.parse().unwrap(), ..info("cy") };
        stage.leaves[2].identity = named.encode();
        let leaves = stage.leaves.iter().cloned().map(Some);
        stage.roster = Roster::new(leaves).unwrap();
        let epoch = Epoch { roster: &stage.roster, policy: &stage.policy, rules: &stage.rules };
        assert_eq!(check_joined(&epoch, Suite::Classical, 0).is_ok(), sound);
    }
}

#[test]
fn os_pol_027_the_policy_changes_by_its_newcomers_only() {
    let stage = stage();
    let twin = stage.add(0, stage.newcomer());
    stage.twin(&twin);
    let after = twin.policies[0].clone().unwrap();
    let mut organizer = after.clone();
    organizer.organizers.push(stage.newcomer.id);
    stage.twin(&CommitFacts { policies: vec![Some(organizer)], ..stage.add(0, stage.newcomer()) });
    let wrong = [
        Policy { name: "day shift".parse().unwrap(), ..after.clone() },
        Policy { vouches: 1, ..after.clone() },
        Policy { epoch_age_ms: 2, ..after.clone() },
        Policy { founding: false, ..after.clone() },
        Policy { founders: stage.policy.founders.clone(), ..after.clone() },
        Policy { organizers: vec![id(1)], ..after.clone() },
        Policy { organizers: vec![id(1), id(2), id(3)], ..after },
    ];
    for policy in wrong.into_iter().map(Some).chain([None]) {
        let commit = CommitFacts { policies: vec![policy], ..stage.add(0, stage.newcomer()) };
        assert_eq!(stage.check(&commit), Err(Rule::PolicyChange));
    }
    let alone = CommitFacts { policies: vec![Some(stage.policy.clone())], ..stage.keys(0) };
    assert_eq!(stage.check(&alone), Err(Rule::PolicyChange));
    let without = CommitFacts { policies: Vec::new(), ..stage.add(0, stage.newcomer()) };
    assert_eq!(stage.check(&without), Err(Rule::PolicyChange));
}

#[test]
fn os_pol_028_a_room_of_several_names_two_organizers() {
    let mut stage = stage();
    stage.twin(&stage.add(0, stage.newcomer()));
    stage.policy.organizers.pop();
    assert_eq!(stage.check(&stage.add(0, stage.newcomer())), Err(Rule::TooFewOrganizers));
}

#[test]
fn os_pol_030_only_an_organizer_removes_and_only_who_is_there() {
    let stage = stage();
    assert_eq!(stage.check(&stage.removal(1)), Ok(RoomChange::Removed(2)));
    let by_founder = CommitFacts { removed: vec![1], ..stage.keys(2) };
    assert_eq!(stage.check(&by_founder), Err(Rule::RemoveByOther));
    let nobody = CommitFacts { removed: vec![9], ..stage.keys(0) };
    assert_eq!(stage.check(&nobody), Err(Rule::NotAMember));
}

#[test]
fn os_pol_040_whoever_joins_checks_what_every_epoch_keeps() {
    let sound = stage();
    let joined = |stage: &Stage, suite, welcomer| {
        let epoch = Epoch { roster: &stage.roster, policy: &stage.policy, rules: &stage.rules };
        check_joined(&epoch, suite, welcomer)
    };
    assert_eq!(joined(&sound, Suite::Classical, 0), Ok(()), "the twin");
    assert_eq!(joined(&sound, Suite::XWing, 0), Err(Rule::Welcome), "another suite");
    assert_eq!(joined(&sound, Suite::Classical, 2), Err(Rule::Welcome), "by no organizer");
    assert_eq!(joined(&sound, Suite::Classical, 7), Err(Rule::Welcome), "by nobody");
    let broken: [fn(&mut Policy); 5] = [
        |policy| policy.vouches = 1,
        |policy| policy.organizers = vec![id(1)],
        |policy| policy.founders = vec![id(1), id(2)],
        |policy| policy.organizers = vec![id(1), id(7)],
        |policy| policy.founders.extend((30..40).map(id)),
    ];
    for breaks in broken {
        let mut stage = stage();
        breaks(&mut stage.policy);
        assert_eq!(joined(&stage, Suite::Classical, 0), Err(Rule::Welcome));
    }
}
