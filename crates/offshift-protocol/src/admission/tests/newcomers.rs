//! Who is added besides by vouches: founders, devices, members who come back; and what each newcomer must be.

use offshift_wire::{UnixMillis, admission::Act, room::MemberInfo, standing::Origin};

use super::stage::{
    DAY, HOUR, NOW, Offer, START, Stage, earlier, founding, id, info, newcomer, offer, row, stage,
};
use crate::{
    admission::{Newcomer, RoomChange, Rule},
    limits::{COMMIT_SKEW_MS, DEVICE_LINK_LIFE_MS, FOUNDING_LIFE_MS, REJOIN_LIFE_MS},
};

/// A founder, an applicant with vouches and a second device, each being this newcomer.
fn each(whom: &Newcomer) -> [(Stage, Offer); 3] {
    let room = stage();
    let vouches = [1, 2].map(|one| room.vouch(one, whom)).to_vec();
    let adds = vec![whom.clone()];
    let admit = Offer { adds: adds.clone(), ..offer(1, Act::Admit(vouches)) };
    let link = room.link(3, whom, earlier(HOUR));
    let device = Offer { adds: adds.clone(), ..offer(3, Act::Device(link)) };
    let found = Offer { adds, ..founding().founders(1, &[9], &[]) };
    [(founding(), found), (room.clone(), admit), (room, device)]
}

fn refused(whom: &Newcomer, rule: Rule) {
    for (stage, offer) in each(whom) {
        assert_eq!(stage.refuses(&offer), Some(rule));
    }
}

#[test]
fn os_pol_020_outside_the_founding_phase_nobody_is_added_without_vouches() {
    let room = founding();
    let allowed = room.allows(&room.founders(1, &[9], &[]));
    assert!(allowed.change == RoomChange::Founded(vec![id(9)]) && allowed.policy.founding);
    let closed = room.with(|stage| stage.policy.founding = false);
    assert_eq!(closed.refuses(&closed.founders(1, &[9], &[])), Some(Rule::NotFounding));
}

#[test]
fn os_pol_020_the_founding_phase_ends_after_a_week() {
    let room = founding();
    let end = START.plus_ms(FOUNDING_LIFE_MS);
    let early = UnixMillis(START.0 - COMMIT_SKEW_MS);
    for (at, expected) in [
        (end, None),
        (end.plus_ms(1), Some(Rule::NotFounding)),
        (early, None),
        (UnixMillis(early.0 - 1), Some(Rule::NotFounding)),
    ] {
        assert_eq!(room.refuses(&Offer { at, ..room.founders(1, &[9], &[]) }), expected);
    }
}

#[test]
fn os_pol_021_only_a_founding_organizer_adds_founders() {
    let room = founding();
    room.allows(&room.founders(2, &[9], &[]));
    assert_eq!(room.refuses(&room.founders(3, &[9], &[])), Some(Rule::AddByOther));
    let device = room.with(|stage| {
        stage.standing.rows[1].origin =
            Origin::Device { of: offshift_wire::standing::RowNumber(0) };
    });
    assert_eq!(device.refuses(&device.founders(2, &[9], &[])), Some(Rule::AddByOther));
}

#[test]
fn os_pol_022_a_newcomer_has_a_valid_identity() {
    for (stage, offer) in each(&newcomer(9)) {
        stage.allows(&offer);
    }
    let no_inbox = MemberInfo { inbox: b"nothing".as_slice().into(), ..info("di") };
    let hidden = MemberInfo { handle: "m1\u{ad}".parse().unwrap(), ..info("di") };
    for identity in [no_inbox.encode(), hidden.encode(), b"anything".to_vec(), Vec::new()] {
        refused(&Newcomer { identity, ..newcomer(9) }, Rule::MemberInfo);
    }
}

#[test]
fn os_pol_023_a_newcomer_has_a_key_package_of_the_one_form() {
    refused(&Newcomer { plain: false, ..newcomer(9) }, Rule::KeyPackage);
    let stage = stage();
    let mut offer = stage.rejoining(1, 5);
    stage.allows(&offer);
    offer.adds[0].plain = false;
    assert_eq!(stage.refuses(&offer), Some(Rule::KeyPackage));
}

#[test]
fn os_pol_024_a_room_has_at_most_eight_founders_removed_ones_included() {
    let room = founding();
    room.allows(&room.founders(1, &[20, 21, 22, 23, 24], &[]));
    let nine = room.founders(1, &[20, 21, 22, 23, 24, 25], &[]);
    assert_eq!(room.refuses(&nine), Some(Rule::TooManyFounders));
    let full = room.after(&room.founders(1, &[20, 21, 22, 23, 24], &[]));
    assert_eq!(full.refuses(&full.founders(1, &[25], &[])), Some(Rule::TooManyFounders));
    let severed = full.after(&Offer { at: START, ..full.severing(1, &[20], Vec::new()) });
    assert_eq!(severed.refuses(&severed.founders(1, &[25], &[])), Some(Rule::TooManyFounders));
}

#[test]
fn os_pol_025_a_key_that_is_or_was_in_the_room_is_not_added() {
    let same = Newcomer { identity: info("di").encode(), ..newcomer(2) };
    refused(&same, Rule::KeyTwice);
    let room = founding();
    let mut twice = room.founders(1, &[9, 9], &[]);
    twice.adds[1].identity = info("di").encode();
    assert_eq!(room.refuses(&twice), Some(Rule::KeyTwice));
}

#[test]
fn os_pol_026_two_members_never_go_by_one_handle() {
    for handle in ["m1", "M1"] {
        refused(&Newcomer { identity: info(handle).encode(), ..newcomer(9) }, Rule::HandleTaken);
    }
}

#[test]
fn os_pol_026_two_newcomers_of_one_commit_never_go_by_one_handle() {
    let room = founding();
    let both = |handle: &str| {
        let mut offer = room.founders(1, &[8, 9], &[]);
        offer.adds[1].identity = info(handle).encode();
        offer
    };
    room.allows(&both("ed"));
    assert_eq!(room.refuses(&both("M8")), Some(Rule::HandleTaken));
}

#[test]
fn os_pol_027_founders_become_organizers_by_name_and_once() {
    let room = founding();
    let allowed = room.allows(&room.founders(1, &[8, 9], &[9]));
    assert!(allowed.policy.organizers == [id(1), id(2), id(9)]);
    let origins: Vec<_> =
        allowed.standing.rows.iter().skip(3).map(|row| row.origin.clone()).collect();
    assert!(origins == [Origin::Founder, Origin::Founder]);
    for organizers in [&[3][..], &[7], &[2], &[9, 9], &[9, 1]] {
        let offer = room.founders(1, &[8, 9], organizers);
        assert_eq!(room.refuses(&offer), Some(Rule::PolicyChange));
    }
}

#[test]
fn os_pol_028_a_room_is_founded_with_two_organizers() {
    let room = founding().with(|stage| stage.policy.organizers.truncate(1));
    assert_eq!(room.refuses(&room.founders(1, &[9], &[])), Some(Rule::TooFewOrganizers));
    room.allows(&room.founders(1, &[9], &[9]));
}

#[test]
fn os_adm_050_only_another_organizer_brings_a_member_back() {
    let stage = stage();
    let allowed = stage.allows(&stage.rejoining(1, 5));
    assert!(allowed.change == RoomChange::Rejoined(id(5)));
    assert!(allowed.policy == stage.policy && allowed.standing == stage.standing);
    stage.allows(&stage.rejoining(1, 6));
    assert_eq!(stage.refuses(&stage.rejoining(3, 5)), Some(Rule::RejoinOther));
    assert_eq!(stage.refuses(&stage.rejoining(1, 1)), Some(Rule::RejoinOther), "not itself");
}

#[test]
fn os_adm_050_who_comes_back_is_the_same_person() {
    let stage = stage();
    let mut other = stage.rejoining(1, 5);
    other.adds[0].identity = info("m5x").encode();
    assert_eq!(stage.refuses(&other), Some(Rule::RejoinOther));
    let mut key = stage.rejoining(1, 5);
    key.adds[0].id = id(9);
    assert_eq!(stage.refuses(&key), Some(Rule::RejoinOther));
    let mut leaf = stage.rejoining(1, 5);
    leaf.removes = vec![3];
    assert_eq!(stage.refuses(&leaf), Some(Rule::RejoinOther));
    let stopped = stage.after(&Offer { removes: vec![5], ..offer(1, Act::Stop) });
    assert_eq!(stopped.refuses(&stage.rejoining(1, 5)), Some(Rule::NotAMember));
}

#[test]
fn os_adm_051_a_wish_to_come_back_is_good_for_seven_days() {
    let stage = stage();
    let ahead = NOW.plus_ms(COMMIT_SKEW_MS);
    for (at, expected) in [
        (earlier(REJOIN_LIFE_MS), None),
        (earlier(REJOIN_LIFE_MS + 1), Some(Rule::RejoinProof)),
        (ahead, None),
        (ahead.plus_ms(1), Some(Rule::RejoinProof)),
    ] {
        let act = Act::Rejoin(stage.proof(5, [77; 32], at));
        assert_eq!(stage.refuses(&Offer { act, ..stage.rejoining(1, 5) }), expected);
    }
}

#[test]
fn os_adm_060_only_a_persons_own_device_links_another() {
    let stage = stage();
    let allowed = stage.allows(&stage.linking(4));
    assert!(allowed.change == RoomChange::DeviceAdded(id(9)));
    let row = allowed.standing.rows.last().unwrap();
    assert!(row.origin == Origin::Device { of: offshift_wire::standing::RowNumber(3) });
    assert_eq!(row.joined_at, NOW);
    let by_device = stage.allows(&stage.linking(6));
    let row = by_device.standing.rows.last().unwrap();
    assert!(row.origin == Origin::Device { of: offshift_wire::standing::RowNumber(3) });
    let by_organizer = Offer { by: 1, ..stage.linking(4) };
    assert_eq!(stage.refuses(&by_organizer), Some(Rule::DeviceByOther));
    let stranger = Offer { by: 1, ..stage.linking(8) };
    assert_eq!(stage.refuses(&stranger), Some(Rule::DeviceByOther));
    let room = stage.without(5);
    assert_eq!(room.refuses(&Offer { by: 1, ..room.linking(5) }), Some(Rule::DeviceByOther));
}

#[test]
fn os_adm_061_a_link_is_good_for_a_day() {
    let stage = stage();
    let ahead = NOW.plus_ms(COMMIT_SKEW_MS);
    for (at, expected) in [
        (earlier(DEVICE_LINK_LIFE_MS), None),
        (earlier(DEVICE_LINK_LIFE_MS + 1), Some(Rule::DeviceLink)),
        (ahead, None),
        (ahead.plus_ms(1), Some(Rule::DeviceLink)),
    ] {
        let act = Act::Device(stage.link(4, &newcomer(9), at));
        assert_eq!(stage.refuses(&Offer { act, ..stage.linking(4) }), expected);
    }
}

#[test]
fn os_adm_062_a_person_has_at_most_three_devices_at_a_time() {
    let of = Origin::Device { of: offshift_wire::standing::RowNumber(3) };
    let third = stage().with(|stage| stage.standing.rows.push(row(7, START.plus_ms(DAY), of)));
    stage().allows(&stage().linking(4));
    assert_eq!(third.refuses(&third.linking(4)), Some(Rule::TooManyDevices));
    assert_eq!(third.refuses(&third.linking(6)), Some(Rule::TooManyDevices));
    third.allows(&third.linking(3));
    let stopped = third.after(&Offer { removes: vec![7], ..offer(1, Act::Stop) });
    stopped.allows(&stopped.linking(4));
}
