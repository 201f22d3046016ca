//! What two organizers decide: approvals, terms with their floors and delay, organizers, lifting.

use offshift_wire::{
    Life, MemberId, UnixMillis,
    admission::{Act, Motion},
    limits::ORGANIZER_KEYS_MAX,
    room::Terms,
    standing::{Origin, State},
};

use super::stage::{DAY, NOW, Offer, Stage, earlier, id, offer, row, stage};
use crate::{
    admission::{
        RoomChange, Rule,
        terms::{binding, fresh, hold_floors, loosens},
    },
    limits::{
        APPROVAL_LIFE_MS, BUDGET_MAX, COMMIT_SKEW_MS, EPOCH_AGE_MAX_MS, EPOCH_AGE_MIN_MS,
        LOOSEN_DELAY_MS, PROBATION_MAX_MS, PROBATION_MIN_MS, PROBATION_MS, RECALL_MAX, RECALL_MIN,
        REJOIN_MAX_MS, VOUCHES_CEILING, VOUCHES_FLOOR,
    },
};

fn decide(by: u8, stage: &Stage, motion: Motion, approvers: &[u8]) -> Offer {
    let approvals = stage.approvals(approvers, &motion);
    offer(by, Act::Decide(motion, approvals))
}

#[test]
fn os_adm_020_mi_70_one_organizer_decides_nothing() {
    let stage = stage();
    let severed = stage.without(5);
    let tighter = Terms { vouches: 3, ..stage.policy.terms };
    for motion in [Motion::Terms(tighter), Motion::NameOrganizer(id(3)), Motion::Lift(id(5))] {
        let alone = decide(1, &severed, motion.clone(), &[]);
        assert_eq!(severed.refuses(&alone), Some(Rule::TooFewApprovals));
        let allowed = severed.allows(&decide(2, &severed, motion.clone(), &[1]));
        assert!(allowed.change == RoomChange::Decided(motion));
        assert_eq!(allowed.policy.revision, severed.policy.revision + 1);
    }
}

#[test]
fn os_adm_021_only_organizers_decide_and_each_once() {
    let stage = stage();
    let motion = || Motion::NameOrganizer(id(3));
    stage.allows(&decide(1, &stage, motion(), &[2]));
    for (by, approvers) in [(3, &[1, 2][..]), (1, &[3]), (1, &[1]), (1, &[2, 2]), (1, &[2, 9])] {
        assert_eq!(stage.refuses(&decide(by, &stage, motion(), approvers)), Some(Rule::ApprovalBy));
    }
}

#[test]
fn os_adm_022_an_approval_is_good_for_seven_days() {
    let stage = stage();
    let motion = Motion::NameOrganizer(id(3));
    let ahead = NOW.plus_ms(COMMIT_SKEW_MS);
    for (signed_at, expected) in [
        (earlier(APPROVAL_LIFE_MS), None),
        (earlier(APPROVAL_LIFE_MS + 1), Some(Rule::ApprovalTime)),
        (ahead, None),
        (ahead.plus_ms(1), Some(Rule::ApprovalTime)),
    ] {
        let approvals = vec![stage.approval(2, signed_at, &motion)];
        let offer = offer(1, Act::Decide(motion.clone(), approvals));
        assert_eq!(stage.refuses(&offer), expected);
    }
}

#[test]
fn os_adm_023_an_approval_is_good_for_one_revision() {
    let stage = stage();
    let named = stage.after(&decide(1, &stage, Motion::NameOrganizer(id(3)), &[2]));
    let dropped = named.after(&decide(1, &named, Motion::DropOrganizer(id(3)), &[2]));
    let old = decide(1, &stage, Motion::NameOrganizer(id(3)), &[2]);
    assert_eq!(dropped.refuses(&old), Some(Rule::ApprovalSignature));
    dropped.allows(&decide(1, &dropped, Motion::NameOrganizer(id(3)), &[2]));
}

#[test]
fn os_adm_020_where_organizers_are_gone_members_name_one() {
    let one = stage().with(|stage| stage.policy.organizers.truncate(1));
    let none = stage().with(|stage| stage.policy.organizers.clear());
    let name = |stage: &Stage, by, approvers: &[u8]| {
        decide(by, stage, Motion::NameOrganizer(id(3)), approvers)
    };
    for room in [&one, &none] {
        assert!(room.allows(&name(room, 2, &[4, 5])).policy.organizers.contains(&id(3)));
        assert_eq!(room.refuses(&name(room, 1, &[2])), Some(Rule::TooFewApprovals));
        assert_eq!(room.refuses(&name(room, 2, &[4, 6])), Some(Rule::ApprovalBy));
        let terms = Motion::Terms(Terms { vouches: 3, ..room.policy.terms });
        assert!(room.judge(&decide(1, room, terms, &[2, 3])).is_err(), "nothing else");
        let terms = Motion::Terms(Terms { vouches: 3, ..room.policy.terms });
        assert_eq!(room.refuses(&decide(2, room, terms, &[4, 3])), Some(Rule::ApprovalBy));
    }
    let stage = stage();
    assert_eq!(stage.refuses(&name(&stage, 2, &[4, 5])), Some(Rule::ApprovalBy));
}

fn holds(change: impl FnOnce(&mut Terms)) -> bool {
    let mut terms = fresh();
    change(&mut terms);
    hold_floors(&terms)
}

#[test]
fn os_adm_030_mi_70_floors_and_ceilings_of_each_field() {
    assert!(holds(|_| {}));
    for (count, held) in [
        (VOUCHES_FLOOR, true),
        (VOUCHES_FLOOR - 1, false),
        (VOUCHES_CEILING, true),
        (VOUCHES_CEILING + 1, false),
    ] {
        assert_eq!(holds(|terms| terms.vouches = count), held);
    }
    for (ms, held) in [
        (PROBATION_MIN_MS, true),
        (PROBATION_MIN_MS - 1, false),
        (PROBATION_MAX_MS, true),
        (PROBATION_MAX_MS + 1, false),
    ] {
        assert_eq!(holds(|terms| terms.probation_ms = ms), held);
    }
    for (count, held) in [(1, true), (0, false), (BUDGET_MAX, true), (BUDGET_MAX + 1, false)] {
        assert_eq!(holds(|terms| terms.vouch_budget = count), held);
    }
    for (count, held) in
        [(RECALL_MIN, true), (RECALL_MIN - 1, false), (RECALL_MAX, true), (RECALL_MAX + 1, false)]
    {
        assert_eq!(holds(|terms| terms.recall = count), held);
    }
    for (ms, held) in [(0, true), (REJOIN_MAX_MS, true), (REJOIN_MAX_MS + 1, false)] {
        assert_eq!(holds(|terms| terms.rejoin_ms = ms), held);
    }
    for (ms, held) in [
        (EPOCH_AGE_MIN_MS, true),
        (EPOCH_AGE_MIN_MS - 1, false),
        (EPOCH_AGE_MAX_MS, true),
        (EPOCH_AGE_MAX_MS + 1, false),
    ] {
        assert_eq!(holds(|terms| terms.epoch_age_ms = ms), held);
    }
    assert!(holds(|terms| (terms.message_life, terms.commit_life) = (Life::D30, Life::D30)));
    assert!(holds(|terms| (terms.message_life, terms.commit_life) = (Life::H1, Life::H1)));
    assert!(holds(|terms| terms.calls = true) && holds(|terms| terms.disappear_ms = u64::MAX));
}

#[test]
fn os_adm_030_mi_70_no_approval_goes_beyond_the_floors() {
    let stage = stage();
    stage.allows(&stage.terms(|terms| terms.vouches = 3));
    let offer = stage.terms(|terms| terms.vouches = 1);
    assert_eq!(stage.refuses(&offer), Some(Rule::TermsFloor));
    let all = decide(1, &stage, Motion::Terms(Terms { recall: 2, ..fresh() }), &[2]);
    assert_eq!(stage.refuses(&all), Some(Rule::TermsFloor));
}

#[test]
fn os_adm_031_a_motion_that_changes_nothing_is_refused() {
    let stage = stage();
    let severed = stage.without(5);
    for motion in [
        Motion::Terms(stage.policy.terms),
        Motion::NameOrganizer(id(2)),
        Motion::DropOrganizer(id(3)),
        Motion::Lift(id(3)),
        Motion::Lift(id(9)),
        Motion::Sever(vec![id(3)]),
        Motion::Recall(id(3)),
    ] {
        let offer = decide(1, &severed, motion, &[2]);
        assert_eq!(severed.refuses(&offer), Some(Rule::MotionEmpty));
    }
    for state in [State::Stopped, State::Lifted, State::Member] {
        let room = severed.clone().with(|stage| stage.row(5).state = state);
        let offer = decide(1, &room, Motion::Lift(id(5)), &[2]);
        assert_eq!(room.refuses(&offer), Some(Rule::MotionEmpty));
    }
    let allowed = severed.allows(&decide(1, &severed, Motion::Lift(id(5)), &[2]));
    let lifted: Vec<_> = allowed.standing.rows.iter().map(|row| row.state).collect();
    assert_eq!(lifted[4], State::Lifted);
    assert_eq!(lifted.iter().filter(|state| **state == State::Member).count(), 5);
}

#[test]
fn os_adm_032_an_organizer_is_a_trusted_member_by_a_first_device() {
    let stage = stage();
    let name = |number| Motion::NameOrganizer(id(number));
    let allowed = stage.allows(&decide(1, &stage, name(5), &[2]));
    assert!(allowed.policy.organizers == [id(1), id(2), id(5)]);
    for unfit in [6, 9] {
        let offer = decide(1, &stage, name(unfit), &[2]);
        assert_eq!(stage.refuses(&offer), Some(Rule::OrganizerUnfit));
    }
    for (joined_at, expected) in
        [(earlier(PROBATION_MS), None), (earlier(PROBATION_MS - 1), Some(Rule::OrganizerUnfit))]
    {
        let room = stage.clone().with(|stage| stage.row(5).joined_at = joined_at);
        assert_eq!(room.refuses(&decide(1, &room, name(5), &[2])), expected);
    }
    let severed = stage.without(3);
    for unfit in [3, 5] {
        let offer = decide(1, &severed, name(unfit), &[2]);
        assert_eq!(severed.refuses(&offer), Some(Rule::OrganizerUnfit), "severed, under review");
    }
}

#[test]
fn os_adm_032_a_room_has_at_most_64_organizers() {
    for (count, expected) in
        [(ORGANIZER_KEYS_MAX - 1, None), (ORGANIZER_KEYS_MAX, Some(Rule::OrganizerUnfit))]
    {
        let room = stage().with(|stage| {
            let more = stage.policy.organizers.len()..count;
            let key = |n: usize| MemberId::from_bytes([u8::try_from(n).unwrap(); 32]);
            stage.policy.organizers.extend(more.map(key));
        });
        let offer = decide(1, &room, Motion::NameOrganizer(id(3)), &[2]);
        assert_eq!(room.refuses(&offer), expected);
    }
}

#[test]
fn os_pol_028_two_organizers_stay() {
    let stage = stage();
    let drop_two = decide(1, &stage, Motion::DropOrganizer(id(2)), &[2]);
    assert_eq!(stage.refuses(&drop_two), Some(Rule::TooFewOrganizers));
    let three = stage.after(&decide(1, &stage, Motion::NameOrganizer(id(3)), &[2]));
    let allowed = three.allows(&decide(1, &three, Motion::DropOrganizer(id(2)), &[3]));
    assert!(allowed.policy.organizers == [id(1), id(3)]);
}

#[test]
fn os_adm_034_each_field_that_lets_more_in_loosens_and_no_other_does() {
    let before = Terms { vouches: 3, recall: 4, ..fresh() };
    let loosened: [fn(&mut Terms); 6] = [
        |terms| terms.vouches -= 1,
        |terms| terms.probation_ms -= 1,
        |terms| terms.vouch_budget += 1,
        |terms| terms.calls = true,
        |terms| terms.recall += 1,
        |terms| terms.rejoin_ms += 1,
    ];
    for change in loosened {
        let mut after = before;
        change(&mut after);
        assert!(loosens(&before, &after));
        assert!(!loosens(&after, &before), "and the way back does not");
    }
    let neutral: [fn(&mut Terms); 5] = [
        |_| {},
        |terms| terms.epoch_age_ms += 1,
        |terms| terms.message_life = Life::D30,
        |terms| terms.commit_life = Life::D30,
        |terms| terms.disappear_ms = 5,
    ];
    for change in neutral {
        let mut after = before;
        change(&mut after);
        assert!(!loosens(&before, &after) && !loosens(&after, &before));
    }
    let calls = Terms { calls: true, ..before };
    assert!(!loosens(&calls, &calls));
}

#[test]
fn os_adm_034_what_loosens_waits_three_days_and_what_tightens_binds_at_once() {
    let stage = stage();
    let tight = stage.after(&stage.terms(|terms| terms.vouches = 3));
    assert_eq!((tight.policy.terms.vouches, tight.policy.coming), (3, None));
    let loose = tight.after(&tight.terms(|terms| terms.vouches = 2));
    assert_eq!(loose.policy.terms.vouches, 3);
    let coming = loose.policy.coming.unwrap();
    assert_eq!((coming.terms.vouches, coming.binds_at), (2, NOW.plus_ms(LOOSEN_DELAY_MS)));
    for (at, vouches) in
        [(coming.binds_at.0 - 1, 3), (coming.binds_at.0, 2), (coming.binds_at.0 + 1, 2)]
    {
        assert_eq!(binding(&loose.policy, UnixMillis(at)).vouches, vouches);
    }
}

#[test]
fn os_adm_034_what_loosens_in_one_field_waits_as_a_whole() {
    let stage = stage();
    let both = stage.after(&stage.terms(|terms| (terms.vouches, terms.calls) = (3, true)));
    assert_eq!(both.policy.terms, stage.policy.terms);
    assert!(both.policy.coming.is_some_and(|coming| coming.terms.vouches == 3));
}

#[test]
fn os_adm_034_a_second_motion_neither_shortens_the_delay_nor_smuggles_it() {
    let stage = stage().with(|stage| stage.policy.terms.vouches = 3);
    let began = stage.after(&stage.terms(|terms| terms.vouches = 2));
    let later = |room: &Stage, terms: Terms, days| {
        let at = NOW.plus_ms(days * DAY);
        let approvals = vec![room.approval(2, at, &Motion::Terms(terms))];
        Offer { at, ..offer(1, Act::Decide(Motion::Terms(terms), approvals)) }
    };
    let loose = Terms { vouches: 2, ..stage.policy.terms };
    let again = began.after(&later(&began, loose, 1));
    let binds_at = again.policy.coming.map(|coming| coming.binds_at);
    assert_eq!(binds_at, Some(NOW.plus_ms(DAY + LOOSEN_DELAY_MS)));
    let neutral = Terms { disappear_ms: 5, ..stage.policy.terms };
    let other = began.after(&later(&began, neutral, 1));
    assert_eq!((other.policy.terms, other.policy.coming), (neutral, None), "the loosening is gone");
    let withdrawn = began.after(&later(&began, stage.policy.terms, 1));
    assert_eq!((withdrawn.policy.terms, withdrawn.policy.coming), (stage.policy.terms, None));
    let after = Terms { disappear_ms: 5, ..loose };
    let bound = began.after(&later(&began, after, 4));
    assert_eq!((bound.policy.terms, bound.policy.coming), (after, None), "it binds by then");
    let same = later(&began, loose, 4);
    assert_eq!(began.refuses(&same), Some(Rule::MotionEmpty), "binding already");
    let edge = Offer { at: NOW.plus_ms(LOOSEN_DELAY_MS), ..later(&began, loose, 3) };
    assert_eq!(began.refuses(&edge), Some(Rule::MotionEmpty));
}

#[test]
fn os_adm_070_the_hash_of_terms_differs_with_each_field() {
    let changes: [fn(&mut Terms); 11] = [
        |_| {},
        |terms| terms.vouches += 1,
        |terms| terms.probation_ms += 1,
        |terms| terms.vouch_budget += 1,
        |terms| terms.calls = true,
        |terms| terms.recall += 1,
        |terms| terms.rejoin_ms += 1,
        |terms| terms.epoch_age_ms += 1,
        |terms| terms.message_life = Life::D30,
        |terms| terms.commit_life = Life::D30,
        |terms| terms.disappear_ms = 1,
    ];
    let hashes: std::collections::BTreeSet<_> = changes
        .iter()
        .map(|change| {
            let mut terms = fresh();
            change(&mut terms);
            crate::admission::terms::terms_hash(&terms)
        })
        .collect();
    assert_eq!(hashes.len(), changes.len());
}

#[test]
fn os_adm_006_trust_is_asked_of_rows_that_are_there() {
    let stage = stage().with(|stage| stage.standing.rows.push(row(7, NOW, Origin::Founder)));
    let (table, terms) = (stage.table(), fresh());
    let trusted = |row| table.is_trusted(offshift_wire::standing::RowNumber(row), NOW, &terms);
    assert_eq!([0, 3, 5, 6, 7].map(trusted), [true, true, false, true, false]);
}
