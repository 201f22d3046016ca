//! Vouches: each rule of them, and the cases of EI-31 by the names of their rules.

use offshift_wire::{
    UnixMillis,
    admission::{Act, Vouch},
    limits::{STANDING_ROWS_MAX, VOUCHES_MAX},
    standing::{Method, Origin, RowNumber, State},
};

use super::stage::{
    DAY, HOUR, NOW, Offer, START, Stage, Words, earlier, id, info, newcomer, offer, row, stage,
    vouched,
};
use crate::{
    admission::{RoomChange, Rule, terms::terms_hash},
    limits::{COMMIT_SKEW_MS, PROBATION_MS, VOUCH_LIFE_MS, VOUCH_WINDOW_MS},
};

/// 9 is admitted by these vouches.
fn by(vouches: Vec<Vouch>) -> Offer {
    Offer { adds: vec![newcomer(9)], ..offer(1, Act::Admit(vouches)) }
}

/// 9 is admitted by 2 and by 1, who signed other words.
fn with(stage: &Stage, change: impl FnOnce(&mut Words)) -> Offer {
    let mut words = stage.words(1, &newcomer(9));
    change(&mut words);
    by(vec![words.signed(1), stage.vouch(2, &newcomer(9))])
}

#[test]
fn os_adm_001_ei_32_only_an_organizer_admits() {
    let stage = stage();
    let allowed = stage.allows(&stage.admission(1, &[1, 2]));
    assert!(allowed.change == RoomChange::Admitted(id(9)));
    assert_eq!(stage.refuses(&stage.admission(3, &[1, 2])), Some(Rule::AdmitByOther));
    assert_eq!(stage.refuses(&stage.admission(4, &[1, 2])), Some(Rule::AdmitByOther));
}

#[test]
fn os_adm_002_ei_31_ei_32_one_vouch_is_too_few_and_none_is_fewer() {
    let stage = stage();
    stage.allows(&stage.admission(1, &[1, 2]));
    assert_eq!(stage.refuses(&stage.admission(1, &[1])), Some(Rule::TooFewVouches));
    assert_eq!(stage.refuses(&stage.admission(1, &[2])), Some(Rule::TooFewVouches));
    assert_eq!(stage.refuses(&stage.admission(1, &[])), Some(Rule::TooFewVouches));
}

#[test]
fn os_adm_002_the_terms_say_how_many() {
    let stage = stage().with(|stage| stage.policy.terms.vouches = 3);
    assert_eq!(stage.refuses(&stage.admission(1, &[1, 2])), Some(Rule::TooFewVouches));
    let allowed = stage.allows(&stage.admission(1, &[1, 2, 3]));
    let row = allowed.standing.rows.last().unwrap();
    assert!(
        matches!(&row.origin, Origin::Vouched { needed: 3, vouchers, .. } if vouchers.len() == 3)
    );
}

#[test]
fn os_adm_003_ei_31_two_of_one_branch_are_one() {
    let stage = stage();
    assert_eq!(stage.refuses(&stage.admission(1, &[1, 4])), Some(Rule::TooFewBranches));
    stage.allows(&stage.admission(1, &[4, 5]));
    stage.allows(&stage.admission(1, &[1, 4, 5]));
}

#[test]
fn os_adm_003_five_vouches_of_two_branches_are_not_three() {
    let stage = stage().with(|stage| stage.policy.terms.vouches = 3);
    assert_eq!(stage.refuses(&stage.admission(1, &[1, 4, 2, 5])), Some(Rule::TooFewBranches));
}

#[test]
fn os_adm_004_ei_31_one_person_vouches_once() {
    let stage = stage();
    assert_eq!(stage.refuses(&stage.admission(1, &[1, 1])), Some(Rule::VouchTwice));
    assert_eq!(stage.refuses(&stage.admission(1, &[1, 2, 1])), Some(Rule::VouchTwice));
}

#[test]
fn os_adm_005_only_members_vouch() {
    let stage = stage();
    assert_eq!(stage.refuses(&stage.admission(1, &[1, 8])), Some(Rule::VoucherUnknown));
    let severed = stage.without(2);
    assert_eq!(severed.refuses(&stage.admission(1, &[1, 2])), Some(Rule::VoucherUnknown));
    for state in [State::Stopped, State::Lifted, State::Severed] {
        let gone = stage.clone().with(|stage| stage.row(5).state = state);
        assert_eq!(gone.refuses(&stage.admission(1, &[1, 5])), Some(Rule::VoucherUnknown));
    }
    stage.allows(&stage.admission(1, &[1, 5]));
}

#[test]
fn os_adm_005_a_second_device_does_not_vouch() {
    let stage = stage();
    assert_eq!(stage.refuses(&stage.admission(1, &[6, 2])), Some(Rule::VoucherUnknown));
    stage.allows(&stage.admission(1, &[4, 2]));
}

#[test]
fn os_adm_006_ei_31_who_is_on_probation_does_not_vouch() {
    for (joined_at, expected) in [
        (earlier(PROBATION_MS), None),
        (earlier(PROBATION_MS - 1), Some(Rule::VoucherOnProbation)),
        (NOW, Some(Rule::VoucherOnProbation)),
    ] {
        let stage = stage().with(|stage| stage.row(5).joined_at = joined_at);
        assert_eq!(stage.refuses(&stage.admission(1, &[1, 5])), expected);
    }
}

#[test]
fn os_adm_006_founders_have_no_probation() {
    let stage = stage().with(|stage| stage.row(2).joined_at = NOW);
    stage.allows(&stage.admission(1, &[1, 2]));
}

#[test]
fn os_adm_006_os_adm_041_who_is_under_review_does_not_vouch() {
    let stage = stage();
    stage.allows(&stage.admission(1, &[1, 5]));
    let severed = stage.without(3);
    assert_eq!(severed.refuses(&severed.admission(1, &[1, 5])), Some(Rule::VoucherOnProbation));
}

#[test]
fn os_adm_007_ei_31_ei_42_a_member_has_three_vouches_in_ninety_days() {
    let used = |count: u32, at: UnixMillis| {
        stage().with(|stage| {
            for number in 0..count {
                let number = 20 + u8::try_from(number).unwrap();
                stage.standing.rows.push(row(number, at, vouched(0, &[0, 2], at)));
            }
        })
    };
    for (count, at, expected) in [
        (2, earlier(DAY), None),
        (3, earlier(DAY), Some(Rule::VouchBudget)),
        (3, earlier(VOUCH_WINDOW_MS - 1), Some(Rule::VouchBudget)),
        (3, earlier(VOUCH_WINDOW_MS), None),
        (4, earlier(0), Some(Rule::VouchBudget)),
    ] {
        let stage = used(count, at);
        assert_eq!(stage.refuses(&stage.admission(2, &[1, 2])), expected, "{count}");
        assert_eq!(stage.refuses(&stage.admission(2, &[2, 5])), Some(Rule::TooFewBranches));
    }
    let stage = used(3, earlier(DAY)).with(|stage| stage.policy.terms.vouch_budget = 4);
    stage.allows(&stage.admission(2, &[1, 2]));
}

#[test]
fn os_adm_008_ei_31_a_vouch_is_good_for_fourteen_days_after_the_meeting() {
    let stage = stage();
    for (met_at, expected) in
        [(earlier(VOUCH_LIFE_MS), None), (earlier(VOUCH_LIFE_MS + 1), Some(Rule::VouchTime))]
    {
        assert_eq!(stage.refuses(&with(&stage, |words| words.met_at = met_at)), expected);
    }
}

#[test]
fn os_adm_008_a_vouch_is_signed_after_the_meeting_and_before_it_is_used() {
    let stage = stage();
    let hour = earlier(HOUR);
    let ahead = NOW.plus_ms(COMMIT_SKEW_MS);
    for (met_at, signed_at, expected) in [
        (hour, hour, None),
        (hour.plus_ms(1), hour, Some(Rule::VouchTime)),
        (hour, ahead, None),
        (ahead, ahead, None),
        (hour, ahead.plus_ms(1), Some(Rule::VouchTime)),
    ] {
        let offer = with(&stage, |words| (words.met_at, words.signed_at) = (met_at, signed_at));
        assert_eq!(stage.refuses(&offer), expected);
    }
}

#[test]
fn os_adm_009_ei_31_a_vouch_of_other_terms_does_not_count() {
    let stage = stage();
    let other = stage.clone().with(|stage| stage.policy.terms.recall = 4);
    let offer = with(&stage, |words| words.terms = terms_hash(&other.policy.terms));
    assert_eq!(stage.refuses(&offer), Some(Rule::VouchTerms));
    assert_eq!(other.refuses(&stage.admission(1, &[1, 2])), Some(Rule::VouchTerms));
}

#[test]
fn os_adm_009_os_adm_033_from_when_terms_bind_vouches_name_them() {
    for (binds_at, old_counts) in [(NOW.plus_ms(1), true), (NOW, false), (earlier(1), false)] {
        let stage = stage().coming(binds_at, |terms| terms.vouch_budget = 4);
        let new = terms_hash(&stage.policy.coming.unwrap().terms);
        let old = stage.refuses(&stage.admission(1, &[1, 2]));
        assert_eq!(old, (!old_counts).then_some(Rule::VouchTerms));
        let words = |by| Words { terms: new, ..stage.words(by, &newcomer(9)) }.signed(by);
        let fresh = stage.refuses(&by(vec![words(1), words(2)]));
        assert_eq!(fresh, old_counts.then_some(Rule::VouchTerms));
    }
}

#[test]
fn os_adm_010_a_call_counts_only_where_the_terms_say_so() {
    let stage = stage();
    let call = |stage: &Stage| with(stage, |words| words.method = Method::Call);
    assert_eq!(stage.refuses(&call(&stage)), Some(Rule::VouchMethod));
    let open = stage.with(|stage| stage.policy.terms.calls = true);
    let allowed = open.allows(&call(&open));
    let Origin::Vouched { vouchers, .. } = &allowed.standing.rows.last().unwrap().origin else {
        panic!("vouched");
    };
    let methods: Vec<_> = vouchers.iter().map(|voucher| voucher.method).collect();
    assert_eq!(methods, [Method::Call, Method::InPerson]);
}

#[test]
fn os_adm_011_ei_31_a_vouch_for_another_key_package_or_room_does_not_count() {
    let stage = stage();
    let wrong: [fn(&mut Words); 4] = [
        |words| words.subject = id(8),
        |words| words.package = Some([8; 32]),
        |words| words.package = None,
        |words| words.room = offshift_wire::RoomId::from_bytes([6; 16]),
    ];
    for change in wrong {
        assert_eq!(stage.refuses(&with(&stage, change)), Some(Rule::VouchSignature));
    }
    stage.allows(&with(&stage, |_| {}));
}

#[test]
fn os_adm_012_em_52_em_53_a_severed_key_stays_out_until_two_organizers_lift_it() {
    let room = stage().after(&stage().admission(1, &[1, 2]));
    let fresh = |stage: &Stage| {
        let words = |by| stage.words(by, &newcomer(9)).signed(by);
        let mut offer = by(vec![words(1), words(2)]);
        offer.adds[0].identity = info("di").encode();
        offer
    };
    assert_eq!(room.refuses(&fresh(&room)), Some(Rule::KeyTwice));
    let severed = room.after(&Offer { at: earlier(DAY), ..room.severing(1, &[9], Vec::new()) });
    assert_eq!(severed.refuses(&fresh(&severed)), Some(Rule::Denied));
    let alone = offer(1, Act::Decide(offshift_wire::admission::Motion::Lift(id(9)), Vec::new()));
    assert_eq!(severed.refuses(&alone), Some(Rule::TooFewApprovals));
    let lifted = severed.after(&severed.decision(offshift_wire::admission::Motion::Lift(id(9))));
    let back = lifted.after(&fresh(&lifted));
    assert_eq!(back.standing.rows.len(), room.standing.rows.len(), "in its old row");
    assert!(back.table().member(&id(9)).is_some());
}

#[test]
fn os_adm_008_em_52_a_vouch_from_before_the_severing_does_not_count_again() {
    let severed = |left_at| {
        let gone = row(9, earlier(50 * DAY), vouched(0, &[0, 1], earlier(50 * DAY)));
        stage().with(|stage| {
            stage.standing.rows.push(gone);
            let row = stage.row(9);
            (row.state, row.left_at) = (State::Lifted, Some(left_at));
        })
    };
    let met_at = earlier(2 * HOUR);
    let stage = severed(met_at);
    stage.allows(&stage.admission(1, &[1, 2]));
    let stage = severed(met_at.plus_ms(1));
    assert_eq!(stage.refuses(&stage.admission(1, &[1, 2])), Some(Rule::VouchTime));
}

#[test]
fn os_adm_013_a_room_has_a_last_row() {
    let full = |rows: usize| {
        let mut stage = stage();
        let gone =
            offshift_wire::standing::Row { state: State::Stopped, ..row(0, NOW, Origin::Founder) };
        for number in stage.standing.rows.len()..rows {
            let mut key = [0; 32];
            key[..8].copy_from_slice(&number.to_be_bytes());
            let key = offshift_wire::MemberId::from_bytes(key);
            stage.standing.rows.push(offshift_wire::standing::Row { key, ..gone.clone() });
        }
        stage.settled()
    };
    let room = full(STANDING_ROWS_MAX - 1);
    room.allows(&room.admission(1, &[1, 2]));
    room.allows(&room.linking(3));
    let room = full(STANDING_ROWS_MAX);
    assert_eq!(room.refuses(&room.admission(1, &[1, 2])), Some(Rule::RoomFull));
    assert_eq!(room.refuses(&room.linking(3)), Some(Rule::RoomFull));
}

#[test]
fn os_adm_014_only_a_member_under_review_is_confirmed() {
    let stage = stage();
    let confirm = |stage: &Stage, member, by: &[u8]| {
        let vouches = by.iter().map(|one| stage.revouch(*one, member)).collect();
        offer(1, Act::Confirm(id(member), vouches))
    };
    assert_eq!(stage.refuses(&confirm(&stage, 5, &[1])), Some(Rule::NotUnderReview));
    let severed = stage.without(3);
    let allowed = severed.allows(&confirm(&severed, 5, &[1]));
    assert!(allowed.change == RoomChange::Confirmed(id(5)));
    assert_eq!(severed.refuses(&confirm(&severed, 1, &[2])), Some(Rule::NotUnderReview));
    assert_eq!(severed.refuses(&confirm(&severed, 6, &[1])), Some(Rule::NotUnderReview));
    assert_eq!(severed.refuses(&confirm(&severed, 3, &[1])), Some(Rule::NotAMember));
    let by_member = Offer { by: 4, ..confirm(&severed, 5, &[1]) };
    assert_eq!(severed.refuses(&by_member), Some(Rule::AdmitByOther));
}

#[test]
fn os_adm_014_the_confirmed_rest_on_those_who_are_left_and_the_new_ones() {
    let severed = stage().without(3);
    let revouch = |stage: &Stage, one| vec![stage.revouch(one, 5)];
    let confirm = |stage: &Stage, one| offer(1, Act::Confirm(id(5), revouch(stage, one)));
    let none = offer(1, Act::Confirm(id(5), Vec::new()));
    assert_eq!(severed.refuses(&none), Some(Rule::TooFewVouches));
    assert_eq!(severed.refuses(&confirm(&severed, 2)), Some(Rule::VouchTwice));
    assert_eq!(severed.refuses(&confirm(&severed, 5)), Some(Rule::VoucherOnProbation));
    let confirmed = severed.after(&confirm(&severed, 1));
    let (_, row) = confirmed.table().find(&id(5)).unwrap();
    assert!(!confirmed.table().is_under_review(row));
    let Origin::Vouched { branch, needed, vouchers } = &row.origin else { panic!("vouched") };
    assert_eq!((branch.0, *needed), (1, 2));
    assert_eq!(vouchers.iter().map(|one| one.by.0).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(vouchers.last().map(|one| one.at), Some(NOW));
    confirmed.allows(&Offer { by: 2, ..confirmed.admission(2, &[1, 5]) });
}

#[test]
fn os_adm_014_a_vouch_of_the_same_branch_does_not_confirm() {
    let room = stage().with(|stage| {
        let early = earlier(50 * DAY);
        stage.standing.rows.push(row(7, early, vouched(1, &[1, 2], early)));
    });
    let severed = room.without(3).with(|stage| {
        // 7 is confirmed already, so its word counts; but it is of branch 1, as is 2, who is left.
        if let Origin::Vouched { vouchers, .. } = &mut stage.row(7).origin {
            vouchers[1].by = RowNumber(0);
        }
    });
    let confirm = |by: &[u8]| {
        let vouches = by.iter().map(|one| severed.revouch(*one, 5)).collect();
        offer(1, Act::Confirm(id(5), vouches))
    };
    assert_eq!(severed.refuses(&confirm(&[7])), Some(Rule::TooFewBranches));
    severed.allows(&confirm(&[7, 1]));
}

#[test]
fn os_adm_013_a_row_has_room_for_sixteen_vouchers() {
    let crowd = |count: usize| {
        stage().without(3).with(|stage| {
            let early = START;
            let mut by = vec![1, 2];
            for number in 0..count {
                let number = u8::try_from(20 + number).unwrap();
                by.push(u32::try_from(stage.standing.rows.len()).unwrap());
                stage.standing.rows.push(row(number, early, vouched(1, &[0, 1], early)));
            }
            stage.row(5).origin = vouched(1, &by, early);
        })
    };
    for (more, expected) in [(VOUCHES_MAX - 2, None), (VOUCHES_MAX - 1, Some(Rule::RoomFull))] {
        let stage = crowd(more);
        let confirm = offer(1, Act::Confirm(id(5), vec![stage.revouch(1, 5)]));
        assert_eq!(stage.refuses(&confirm), expected);
    }
}

#[test]
fn os_adm_008_a_revouch_is_of_a_meeting_after_the_member_came_in() {
    let met_at = earlier(2 * HOUR);
    for (joined_at, expected) in [(met_at, None), (met_at.plus_ms(1), Some(Rule::VouchTime))] {
        let stage = stage().without(3).with(|stage| stage.row(5).joined_at = joined_at);
        let confirm = offer(1, Act::Confirm(id(5), vec![stage.revouch(1, 5)]));
        assert_eq!(stage.refuses(&confirm), expected);
    }
}

#[test]
fn os_adm_071_a_newcomer_is_of_the_branch_of_the_first_voucher() {
    let stage = stage();
    for (vouchers, expected) in [([1, 2], 0), ([2, 1], 1), ([5, 1], 1), ([4, 3], 0), ([3, 5], 2)] {
        let allowed = stage.allows(&stage.admission(1, &vouchers));
        let row = allowed.standing.rows.last().unwrap();
        assert!(matches!(row.origin, Origin::Vouched { branch, .. } if branch.0 == expected));
        assert_eq!((row.joined_at, row.left_at, row.state), (NOW, None, State::Member));
        assert!(row.key == id(9));
    }
}

#[test]
fn os_adm_072_who_comes_back_is_of_the_same_branch_as_before() {
    let lifted = |number: u8| {
        stage().without(number).with(|stage| {
            stage.row(number).state = State::Lifted;
        })
    };
    for (number, branch) in [(3, 2), (5, 1), (4, 0)] {
        let stage = lifted(number);
        let whom = newcomer(number);
        let vouches = [1, 2].map(|one| stage.vouch(one, &whom)).to_vec();
        let back = stage.after(&Offer { adds: vec![whom], ..offer(1, Act::Admit(vouches)) });
        let (at, row) = back.table().member(&id(number)).unwrap();
        assert_eq!(back.table().branch(at), RowNumber(branch), "{number}");
        assert_eq!(row.left_at, None);
        assert_eq!(back.table().roots(), 3, "no founder becomes more, and none fewer");
        assert!(!back.table().is_trusted(at, NOW, &back.policy.terms), "on probation again");
    }
}

#[test]
fn os_pol_020_the_first_admission_ends_the_founding() {
    let stage = stage().with(|stage| stage.policy.founding = true);
    assert!(!stage.allows(&stage.admission(1, &[1, 2])).policy.founding);
    assert!(stage.allows(&stage.linking(3)).policy.founding);
}
