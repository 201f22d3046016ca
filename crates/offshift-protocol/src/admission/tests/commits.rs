//! What every commit keeps, whatever it does.

use offshift_wire::{MemberId, admission::Act, room::Policy};

use super::stage::{NOW, Offer, earlier, id, info, newcomer, offer, stage};
use crate::{
    admission::{CommitFacts, PathLeaf, RoomChange, Rule},
    limits::COMMIT_SKEW_MS,
};

fn keys(by: u8) -> Offer {
    offer(by, Act::Keys)
}

#[test]
fn os_roo_004_only_a_leaf_of_the_epoch_commits() {
    let stage = stage();
    assert!(stage.allows(&keys(3)).change == RoomChange::Keys);
    assert!(stage.allows(&keys(6)).change == RoomChange::Keys);
    assert_eq!(stage.refuses(&keys(9)), Some(Rule::NotAMember));
}

#[test]
fn os_pol_001_what_is_allowed_depends_on_nothing_but_the_epoch_and_the_commit() {
    let stage = stage();
    let offer = stage.admission(1, &[1, 2]);
    assert!(stage.judge(&offer) == stage.clone().judge(&offer.clone()));
    assert!(stage.judge(&keys(9)) == stage.judge(&keys(9)));
}

#[test]
fn os_ord_006_a_commit_is_signed_within_two_hours_of_its_position() {
    let stage = stage();
    let commit = stage.commit(&keys(1));
    for (at, expected) in [
        (NOW.0 - COMMIT_SKEW_MS, None),
        (NOW.0 - COMMIT_SKEW_MS - 1, Some(Rule::CommitTime)),
        (NOW.0 + COMMIT_SKEW_MS, None),
        (NOW.0 + COMMIT_SKEW_MS + 1, Some(Rule::CommitTime)),
    ] {
        let at = offshift_wire::UnixMillis(at);
        assert_eq!(stage.check_at(&commit, at).err(), expected);
    }
}

#[test]
fn os_pol_010_a_commit_carries_the_data_of_this_version() {
    let stage = stage();
    let sound = stage.commit(&keys(1));
    assert!(stage.check(&sound).is_ok());
    for data in [Vec::new(), b"anything".to_vec(), [sound.data.as_slice(), &[0x78, 1]].concat()] {
        let commit = CommitFacts { data, ..sound.clone() };
        assert_eq!(stage.check(&commit).err(), Some(Rule::CommitData));
    }
}

#[test]
fn os_pol_011_a_proposal_by_reference_is_refused() {
    let stage = stage();
    let sound = stage.commit(&stage.severing(1, &[5], Vec::new()));
    assert!(stage.check(&sound).is_ok());
    let commit = CommitFacts { by_reference: true, ..sound };
    assert_eq!(stage.check(&commit).err(), Some(Rule::LooseProposal));
}

#[test]
fn os_pol_012_a_proposal_of_another_kind_is_refused() {
    let stage = stage();
    let commit = CommitFacts { other_kind: true, ..stage.commit(&keys(1)) };
    assert_eq!(stage.check(&commit).err(), Some(Rule::ProposalKind));
}

/// Every act with the proposals of every other: nothing is done besides what is said.
#[test]
fn os_pol_013_a_commit_does_what_its_act_says_and_nothing_besides() {
    let stage = stage();
    let admission = stage.admission(1, &[1, 2]);
    let removal = stage.severing(1, &[5], Vec::new());
    let stop = Offer { removes: vec![5], ..offer(1, Act::Stop) };
    let returning = stage.rejoining(1, 5);
    let device = stage.linking(3);
    let decision = stage.terms(|terms| terms.vouches = 3);
    for twin in [&admission, &removal, &stop, &returning, &device, &decision] {
        stage.allows(twin);
    }
    let add = |offer: &Offer| Offer { adds: vec![newcomer(8)], ..offer.clone() };
    let also = |offer: &Offer| {
        let mut more = offer.clone();
        more.adds.push(newcomer(8));
        more
    };
    let remove = |offer: &Offer| Offer { removes: vec![3], ..offer.clone() };
    let bare = |offer: &Offer| Offer { adds: Vec::new(), removes: Vec::new(), ..offer.clone() };
    let found = Offer { removes: vec![3], ..stage.founders(1, &[8], &[]) };
    let recall = offer(1, Act::Recall(Vec::new()));
    let confirm = offer(1, Act::Confirm(id(5), Vec::new()));
    let wrong = [
        add(&keys(1)),
        remove(&keys(1)),
        found,
        stage.founders(1, &[], &[]),
        also(&admission),
        remove(&admission),
        bare(&admission),
        add(&removal),
        bare(&removal),
        add(&stop),
        bare(&stop),
        Offer { removes: vec![3, 5], ..stop.clone() },
        bare(&recall),
        add(&recall),
        add(&confirm),
        remove(&confirm),
        add(&decision),
        remove(&decision),
        also(&returning),
        bare(&returning),
        Offer { removes: vec![5, 3], ..returning.clone() },
        Offer { removes: Vec::new(), ..returning.clone() },
        Offer { adds: Vec::new(), ..returning.clone() },
        also(&device),
        remove(&device),
        bare(&device),
    ];
    for (at, offer) in wrong.iter().enumerate() {
        assert_eq!(stage.refuses(offer), Some(Rule::OneChange), "{at}");
    }
}

#[test]
fn os_pol_014_a_committer_keeps_key_identity_and_capabilities() {
    let stage = stage();
    let sound = stage.commit(&keys(1));
    let own = sound.path.clone().unwrap();
    let leaf = |id: MemberId, identity: &[u8], plain| {
        Some(PathLeaf { id, identity: identity.to_vec(), plain })
    };
    for path in [
        leaf(id(8), &own.identity, true),
        leaf(own.id, &info("other").encode(), true),
        leaf(own.id, &own.identity, false),
        None,
    ] {
        let commit = CommitFacts { path, ..sound.clone() };
        assert_eq!(stage.check(&commit).err(), Some(Rule::LeafChanged));
    }
}

#[test]
fn os_roo_004_only_a_leaf_of_the_epoch_is_removed() {
    let stage = stage();
    let mut commit = stage.commit(&stage.severing(1, &[5], Vec::new()));
    commit.removed = vec![40];
    assert_eq!(stage.check(&commit).err(), Some(Rule::NotAMember));
}

/// Each field of the policy, by one organizer alone, in a commit that is allowed otherwise (MI-70).
#[test]
fn os_pol_027_mi_70_the_policy_after_a_commit_is_the_one_that_its_act_leads_to() {
    let stage = stage();
    let sound = stage.commit(&stage.admission(1, &[1, 2]));
    let after = sound.policies[0].clone().unwrap();
    let changes: [fn(&mut Policy); 14] = [
        |policy| policy.suite = 0x4d,
        |policy| policy.name = "day shift".parse().unwrap(),
        |policy| {
            policy.relay = offshift_wire::link::RelayLink::new(
                "relay.example",
                1,
                offshift_wire::RelayId::from_bytes([2; 32]),
            )
            .unwrap()
        },
        |policy| policy.founding = true,
        |policy| policy.organizers.push(id(3)),
        |policy| policy.organizers.truncate(1),
        |policy| policy.terms.vouches = 1,
        |policy| policy.terms.probation_ms = 0,
        |policy| policy.terms.vouch_budget = 20,
        |policy| policy.terms.message_life = offshift_wire::Life::D30,
        |policy| policy.terms.epoch_age_ms += 1,
        |policy| {
            policy.coming =
                Some(offshift_wire::room::ComingTerms { terms: policy.terms, binds_at: NOW })
        },
        |policy| policy.revision += 1,
        |policy| policy.standing = [0; 32],
    ];
    for (at, change) in changes.iter().enumerate() {
        let mut other = after.clone();
        change(&mut other);
        let commit = CommitFacts { policies: vec![Some(other.clone())], ..sound.clone() };
        assert_eq!(stage.check(&commit).err(), Some(Rule::PolicyChange), "{at}");
        let alone = CommitFacts { policies: vec![Some(other)], ..stage.commit(&keys(1)) };
        assert_eq!(stage.check(&alone).err(), Some(Rule::PolicyChange), "{at}");
    }
    for policies in [
        Vec::new(),
        vec![None],
        vec![Some(stage.policy.clone())],
        vec![Some(after.clone()), Some(after)],
    ] {
        let commit = CommitFacts { policies, ..sound.clone() };
        assert_eq!(stage.check(&commit).err(), Some(Rule::PolicyChange));
    }
}

#[test]
fn os_pol_027_a_commit_that_changes_no_policy_proposes_none() {
    let stage = stage();
    let sound = stage.commit(&keys(1));
    assert!(stage.check(&sound).is_ok());
    for policies in [vec![Some(stage.policy.clone())], vec![None]] {
        let commit = CommitFacts { policies, ..sound.clone() };
        assert_eq!(stage.check(&commit).err(), Some(Rule::PolicyChange));
    }
}

#[test]
fn each_rule_says_something_else_to_people() {
    use Rule::*;
    let all = [
        NotAMember,
        CommitData,
        CommitTime,
        LooseProposal,
        ProposalKind,
        OneChange,
        LeafChanged,
        NotFounding,
        AddByOther,
        MemberInfo,
        KeyPackage,
        TooManyFounders,
        KeyTwice,
        HandleTaken,
        PolicyChange,
        TooFewOrganizers,
        RemoveByOther,
        Welcome,
        AdmitByOther,
        TooFewVouches,
        TooFewBranches,
        VouchTwice,
        VoucherUnknown,
        VoucherOnProbation,
        VouchBudget,
        VouchTime,
        VouchTerms,
        VouchMethod,
        VouchSignature,
        Denied,
        RoomFull,
        NotUnderReview,
        TooFewApprovals,
        ApprovalBy,
        ApprovalTime,
        ApprovalSignature,
        RecallBranches,
        TermsFloor,
        MotionEmpty,
        OrganizerUnfit,
        RemovedInPart,
        RejoinOther,
        RejoinProof,
        DeviceByOther,
        DeviceLink,
        TooManyDevices,
    ];
    let sentences: std::collections::BTreeSet<_> = all.iter().map(|rule| rule.sentence()).collect();
    assert_eq!(sentences.len(), all.len());
    assert!(sentences.iter().all(|sentence| sentence.len() > 10));
}

#[test]
fn os_ord_006_times_near_the_beginning_and_the_end_of_time_are_judged_too() {
    let stage = stage();
    for at in [0, 1, u64::MAX / 1000] {
        let at = offshift_wire::UnixMillis(at);
        let late = Offer { at, ..stage.admission(1, &[1, 2]) };
        assert!(stage.judge(&late).is_err());
    }
    assert!(stage.judge(&Offer { at: earlier(0), ..keys(1) }).is_ok());
}
