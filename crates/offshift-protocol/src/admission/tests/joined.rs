//! What whoever joins checks again: one condition after the other (OS-POL-040).

use offshift_wire::standing::{Origin, RowNumber, State, Voucher};

use super::stage::{NOW, Stage, founding, id, row, stage, vouched};
use crate::{
    admission::{Rule, check_joined},
    room::Suite,
};

/// The member at row `own` joins by the member at row `welcomer`.
fn joins(stage: &Stage, welcomer: u32, own: u32) -> bool {
    let roster = stage.roster();
    let joined = check_joined(&stage.epoch(&roster), Suite::Classical, welcomer, own);
    assert!(joined.is_ok() || joined == Err(Rule::Welcome));
    joined.is_ok()
}

fn refused(change: impl FnOnce(&mut Stage)) {
    assert!(joins(&stage(), 0, 4), "the twin");
    assert!(!joins(&stage().with(change), 0, 4));
}

fn vouchers(stage: &mut Stage, number: u8) -> &mut Vec<Voucher> {
    match &mut stage.row(number).origin {
        Origin::Vouched { vouchers, .. } => vouchers,
        _ => panic!("vouched"),
    }
}

#[test]
fn os_pol_040_the_policy_names_the_standing_that_came() {
    let mut stage = stage();
    assert!(joins(&stage, 0, 4));
    stage.policy.standing[0] ^= 1;
    assert!(!joins(&stage, 0, 4));
}

#[test]
fn os_pol_040_the_suite_is_that_of_the_policy() {
    refused(|stage| stage.policy.suite = 0x4d);
}

#[test]
fn os_pol_040_os_adm_030_terms_and_coming_terms_hold_the_floors() {
    refused(|stage| stage.policy.terms.vouches = 1);
    let loose = stage().coming(NOW, |terms| terms.vouches = 1);
    assert!(!joins(&loose, 0, 4));
    assert!(joins(&stage().coming(NOW, |terms| terms.vouches = 3), 0, 4));
}

#[test]
fn os_pol_040_leaves_are_the_rows_of_members_one_for_one() {
    let sound = stage();
    for (state, own) in [(State::Stopped, 4), (State::Severed, 4), (State::Lifted, 4)] {
        let other = sound.clone().with(|stage| stage.row(4).state = state);
        let roster = sound.roster();
        assert!(
            check_joined(&other.epoch(&roster), Suite::Classical, 0, own).is_err(),
            "a leaf more"
        );
    }
    let fewer = sound.clone().with(|stage| stage.row(6).state = State::Stopped);
    assert!(joins(&fewer, 0, 4));
    let roster = fewer.roster();
    assert!(check_joined(&sound.epoch(&roster), Suite::Classical, 0, 4).is_err(), "a leaf fewer");
}

#[test]
fn os_pol_040_a_key_has_one_row() {
    refused(|stage| {
        let mut twin = row(5, NOW, vouched(1, &[1, 2], NOW));
        twin.state = State::Severed;
        stage.standing.rows.push(twin);
    });
}

#[test]
fn os_pol_040_a_welcome_into_a_room_where_two_look_alike_is_refused() {
    for (handle, sound) in [("cy", true), ("M2", false), ("m2", false), ("m2\u{ad}", false)] {
        let mut stage = stage();
        stage.handles.push((2, handle.to_owned()));
        assert_eq!(joins(&stage, 0, 4), sound, "{handle}");
    }
}

#[test]
fn os_pol_040_a_room_has_at_most_eight_roots() {
    let more = |count: u8| {
        move |stage: &mut Stage| {
            (20..20 + count).for_each(|n| stage.standing.rows.push(row(n, NOW, Origin::Founder)));
        }
    };
    assert!(joins(&stage().with(more(5)), 0, 4));
    refused(more(6));
}

#[test]
fn os_pol_040_a_device_is_of_a_first_device_and_one_of_three() {
    let of = |row| Origin::Device { of: RowNumber(row) };
    refused(|stage| stage.row(6).origin = of(99));
    refused(|stage| stage.row(6).origin = of(5));
    let more = |count: u8| {
        move |stage: &mut Stage| {
            (20..20 + count).for_each(|n| stage.standing.rows.push(row(n, NOW, of(3))));
        }
    };
    assert!(joins(&stage().with(more(1)), 0, 4));
    refused(more(2));
    refused(|stage| stage.standing.rows.push(row(20, NOW, of(5))));
}

#[test]
fn os_pol_040_nobody_has_vouches_while_the_founding_is_open() {
    refused(|stage| stage.policy.founding = true);
    assert!(joins(&founding(), 0, 2));
}

#[test]
fn os_pol_040_a_branch_is_a_root() {
    let branch = |of| move |stage: &mut Stage| stage.row(5).origin = vouched(of, &[1, 2], NOW);
    assert!(joins(&stage().with(branch(2)), 0, 4));
    refused(branch(99));
    refused(branch(3));
}

#[test]
fn os_pol_040_os_adm_072_a_founder_who_came_back_is_a_root() {
    let back = stage().with(|stage| stage.row(3).origin = vouched(2, &[0, 1], NOW));
    assert!(joins(&back, 0, 4));
}

#[test]
fn os_pol_040_an_admission_needed_two_vouches_at_least_and_had_them() {
    let needed = |count| {
        move |stage: &mut Stage| match &mut stage.row(5).origin {
            Origin::Vouched { needed, .. } => *needed = count,
            _ => panic!("vouched"),
        }
    };
    assert!(joins(&stage().with(needed(2)), 0, 4));
    refused(needed(1));
    refused(needed(3));
    refused(|stage| vouchers(stage, 5).truncate(1));
    refused(|stage| vouchers(stage, 5).clear());
}

#[test]
fn os_pol_040_vouchers_are_other_people_each_once_of_distinct_branches() {
    let by =
        |rows: &'static [u32]| move |stage: &mut Stage| stage.row(5).origin = vouched(1, rows, NOW);
    assert!(joins(&stage().with(by(&[1, 2, 3])), 0, 4));
    refused(by(&[1, 2, 2]));
    refused(by(&[1, 2, 4]));
    refused(by(&[1, 2, 99]));
    refused(by(&[0, 3]));
}

#[test]
fn os_pol_040_organizers_are_members_by_a_first_device() {
    for unfit in [6, 8] {
        refused(|stage| stage.policy.organizers.push(id(unfit)));
    }
    let severed = stage().without(3);
    assert!(joins(&severed, 0, 4));
    assert!(!joins(&severed.with(|stage| stage.policy.organizers.push(id(3))), 0, 4));
}

#[test]
fn os_pol_040_os_pol_028_a_room_that_is_founded_has_two_organizers() {
    let alone = |stage: Stage| stage.with(|stage| stage.policy.organizers.truncate(1));
    assert!(joins(&founding(), 0, 2));
    assert!(!joins(&alone(founding()), 0, 2));
    assert!(joins(&alone(stage()), 0, 4), "removals may leave one");
}

#[test]
fn os_pol_040_an_organizer_welcomes_or_the_persons_own_device() {
    let stage = stage();
    assert!(joins(&stage, 1, 4) && joins(&stage, 1, 5));
    assert!(!joins(&stage, 2, 4), "by no organizer");
    assert!(!joins(&stage, 2, 5), "a device, by somebody else");
    assert!(joins(&stage, 3, 5), "a device, by its person");
    assert!(!joins(&stage, 5, 3), "a first device, by the second");
    assert!(!joins(&stage, 9, 4) && !joins(&stage, 0, 9), "by nobody, or as nobody");
}
