//! A malicious organizer: changes the rules alone (MI-70), expels half the room alone (MI-71), commits what only some
//! can open (MI-72), edits words of others (MI-73).

use offshift_protocol::{
    admission::signed::Statement,
    card::Method,
    room::{
        Care, Forbidden, Motion, Policy, RoomEvent, RoomState, Rule, SendRefused, Skipped, Suite,
        Terms,
    },
};
use offshift_wire::{
    Life, MemberId, UnixMillis,
    admission::{Act, Approval, Vouch},
};

use crate::{
    company::{Company, DAY_MS, HOUR_MS, text},
    vouches::{admission, word},
};

/// Four founders, of whom Ana and Ben are organizers; the founding is over.
pub(crate) fn settled() -> Company {
    let mut company = Company::of(&["Ana", "Ben", "Cleo", "Dan"], Suite::Classical);
    let dee = company.newcomer("Dee");
    company.let_in([0, 1], dee);
    company
}

fn terms(company: &Company) -> Terms {
    *company.people[0].room().terms(company.clock.now())
}

/// A member's word for a motion, at this revision, given now.
fn approval(company: &Company, by: usize, revision: u64, motion: &Motion) -> Approval {
    let (room, signed_at) = (company.people[by].room(), company.clock.now());
    let own = room.own_id();
    let statement = Statement::approval(&room.id(), revision, &own, signed_at, motion);
    Approval { by: own, signed_at, signature: room.sign_for_testing(&statement) }
}

fn revision(company: &Company) -> u64 {
    company.people[0].room().policy().revision
}

fn decides(motion: Motion, approvals: Vec<Approval>) -> Forbidden {
    Forbidden { act: Act::Decide(motion, approvals), ..Forbidden::keys() }
}

/// Two organizers ask for it, each on their own device.
pub(crate) fn both_propose(company: &mut Company, motion: &Motion) {
    for organizer in [0, 1] {
        let motion = motion.clone();
        company.people[organizer].asks(|ctx, room| room.handle_propose(ctx, motion)).unwrap();
        company.settle();
    }
}

#[test]
fn mi_70_no_organizer_alone_changes_terms_or_organizers() {
    let mut company = settled();
    let strict = Terms { vouches: 3, ..terms(&company) };
    both_propose(&mut company, &Motion::Terms(strict));
    let dan = company.people[3].id();
    both_propose(&mut company, &Motion::NameOrganizer(dan));
    let (before, cleo) = (terms(&company), company.people[2].id());
    let motions = [
        Motion::Terms(Terms { vouches: 2, ..before }),
        Motion::Terms(Terms { message_life: Life::D30, ..before }),
        Motion::Terms(Terms { disappear_ms: 0, commit_life: Life::D30, ..before }),
        Motion::Terms(Terms { vouches: 4, ..before }),
        Motion::NameOrganizer(cleo),
        Motion::DropOrganizer(dan),
    ];
    for motion in motions {
        company.all_refuse(0, decides(motion.clone(), Vec::new()), Rule::TooFewApprovals);
        let (revision, number) = (revision(&company), 0);
        let own = approval(&company, number, revision, &motion);
        company.all_refuse(0, decides(motion.clone(), vec![own]), Rule::ApprovalBy);
        let member = approval(&company, 2, revision, &motion);
        company.all_refuse(0, decides(motion, vec![member]), Rule::ApprovalBy);
    }
    both_propose(&mut company, &Motion::NameOrganizer(cleo));
    assert_eq!(company.people[2].room().policy().organizers.len(), 4, "the twin: two together");
}

#[test]
fn mi_70_nobody_reopens_the_founding_or_writes_the_policy() {
    let mut company = settled();
    let (policy, dan) = (company.people[0].room().policy().clone(), company.people[3].id());
    let mut organizers = policy.organizers.clone();
    organizers.push(dan);
    let mine = vec![policy.organizers[0]];
    let policies = [
        Policy { founding: true, ..policy.clone() },
        Policy { organizers, ..policy.clone() },
        Policy { organizers: mine, ..policy.clone() },
        Policy { terms: Terms { vouches: 3, ..policy.terms }, ..policy.clone() },
        Policy { revision: policy.revision + 1, ..policy.clone() },
        Policy { standing: [9; 32], ..policy.clone() },
        Policy { name: "day shift".parse().unwrap(), ..policy.clone() },
    ];
    for policy in policies {
        let forbidden = Forbidden { policy: Some(policy.clone()), ..Forbidden::keys() };
        company.all_refuse(0, forbidden, Rule::PolicyChange);
        // With the word of the other organizer for something else, too.
        let motion = Motion::NameOrganizer(dan);
        let ben = approval(&company, 1, revision(&company), &motion);
        let forbidden = Forbidden { policy: Some(policy), ..decides(motion, vec![ben]) };
        if !is_what_was_decided(&forbidden, &company, dan) {
            company.all_refuse(0, forbidden, Rule::PolicyChange);
        }
    }
    let epoch = company.people[1].room().epoch();
    company.commits(0, Forbidden::keys());
    company.settle();
    assert_eq!(company.people[1].room().epoch(), epoch + 1, "the twin: one that writes no policy");
}

/// Whether a forbidden policy is by chance the one that the motion leads to.
fn is_what_was_decided(what: &Forbidden, company: &Company, dan: MemberId) -> bool {
    let before = company.people[0].room().policy();
    let mut after = Policy { revision: before.revision + 1, ..before.clone() };
    after.organizers.push(dan);
    what.policy.as_ref() == Some(&after)
}

#[test]
fn mi_70_floors_hold_whatever_both_organizers_sign() {
    let mut company = settled();
    let before = terms(&company);
    let floors = [
        Terms { vouches: 1, ..before },
        Terms { vouches: 0, ..before },
        Terms { vouches: 9, ..before },
        Terms { probation_ms: DAY_MS - 1, ..before },
        Terms { probation_ms: 91 * DAY_MS, ..before },
        Terms { vouch_budget: 21, ..before },
        Terms { vouch_budget: 0, ..before },
        Terms { recall: 2, ..before },
        Terms { recall: 10, ..before },
        Terms { rejoin_ms: 91 * DAY_MS, ..before },
        Terms { epoch_age_ms: HOUR_MS - 1, ..before },
        Terms { epoch_age_ms: 8 * DAY_MS, ..before },
    ];
    for terms in floors {
        let motion = Motion::Terms(terms);
        let ben = approval(&company, 1, revision(&company), &motion);
        company.all_refuse(0, decides(motion, vec![ben]), Rule::TermsFloor);
    }
    let lawful = Terms { vouches: 3, ..before };
    both_propose(&mut company, &Motion::Terms(lawful));
    assert_eq!(terms(&company).vouches, 3, "the twin: within the floors, and tighter at once");
}

#[test]
fn mi_70_what_loosens_admission_is_seen_at_once_and_binds_after_its_delay() {
    let mut company = settled();
    let before = terms(&company);
    both_propose(&mut company, &Motion::Terms(Terms { probation_ms: DAY_MS, ..before }));
    assert_eq!(terms(&company).probation_ms, before.probation_ms, "not yet");
    let told = |event: &RoomEvent| matches!(event, RoomEvent::TermsWillChange { .. });
    assert!(company.people[3].saw(told), "and everybody is told");
    // Dee came in this hour: under the coming terms her word would count after a day.
    company.clock.pass_ms(2 * DAY_MS);
    let eve = company.newcomer("Eve");
    let vouches = vec![word(&company, 1, eve), word(&company, 4, eve)];
    let forbidden = admission(&company, eve, vouches);
    company.all_refuse(0, forbidden, Rule::VoucherOnProbation);
    company.clock.pass_ms(DAY_MS + HOUR_MS);
    assert_eq!(terms(&company).probation_ms, DAY_MS, "now it binds");
    company.vouch(2, eve).unwrap();
    company.vouch(4, eve).unwrap();
    company.settle();
    company.admit(0, eve).unwrap();
    company.settle();
    assert!(company.people[eve].room.is_some());
}

fn severs(removes: Vec<MemberId>, approvals: Vec<Approval>) -> Forbidden {
    Forbidden { act: Act::Sever(approvals), removes, ..Forbidden::keys() }
}

#[test]
fn mi_71_no_organizer_expels_several_alone() {
    let mut company = settled();
    let ids = |company: &Company, who: &[usize]| -> Vec<MemberId> {
        let mut ids: Vec<_> = who.iter().map(|at| company.people[*at].id()).collect();
        ids.sort();
        ids
    };
    let half = ids(&company, &[1, 2, 3]);
    company.all_refuse(0, severs(half.clone(), Vec::new()), Rule::TooFewApprovals);
    let own = approval(&company, 0, revision(&company), &Motion::Sever(half.clone()));
    company.all_refuse(0, severs(half.clone(), vec![own]), Rule::ApprovalBy);
    // Ben's word for two of them does not do for three.
    let fewer = Motion::Sever(ids(&company, &[2, 3]));
    let ben = approval(&company, 1, revision(&company), &fewer);
    company.all_refuse(0, severs(half, vec![ben]), Rule::ApprovalSignature);
    let stops = Forbidden { act: Act::Stop, removes: ids(&company, &[2, 3]), ..Forbidden::keys() };
    company.all_refuse(0, stops, Rule::OneChange);
    company.sever(0, &["Cleo", "Dan"]);
    company.settle();
    assert_eq!(company.people[1].names().len(), 5, "one organizer's wish waits");
    company.sever(1, &["Cleo", "Dan"]);
    company.settle();
    assert_eq!(company.people[0].names().len(), 3, "the twin: two organizers");
}

#[test]
fn mi_71_three_members_of_two_branches_recall_the_organizer_who_expels() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo", "Dan", "Eli"], Suite::Classical);
    company.sever(0, &["Ben"]);
    company.settle();
    let ana = company.people[0].id();
    for member in [2, 3] {
        company.people[member].asks(|ctx, room| room.handle_recall(ctx, ana)).unwrap();
        company.settle();
    }
    assert!(!company.people[0].room().is_removed(), "two are not enough");
    company.people[4].asks(|ctx, room| room.handle_recall(ctx, ana)).unwrap();
    company.settle();
    assert!(company.people[0].room().is_removed(), "three are");
    assert_eq!(company.people[2].names(), ["Cleo", "Dan", "Eli"]);
}

#[test]
fn mi_72_a_commit_that_opens_for_some_only_names_its_author_and_the_room_recovers() {
    let mut company =
        Company::of_organizers(&["Ana", "Ben", "Cleo", "Dan"], 3, Suite::XWing, &[0; 4]);
    let (address, epoch) = (company.address(0), company.people[0].room().epoch());
    let (dan, now) = (company.people[3].id(), company.clock.now());
    let envelopes = company.people[0].with(|ctx, room| {
        room.unwrap().dangerous_unreadable_commit_for_testing(ctx, dan, now).unwrap()
    });
    for envelope in envelopes {
        company.append(address, envelope);
    }
    company.settle();
    assert_eq!(company.people[2].room().epoch(), epoch + 1, "the twin: it opens for Cleo");
    assert_eq!(company.people[3].room().state(), RoomState::Stranded { by: "Ana".into() });
    assert!(
        company.people[3].saw(|event| matches!(event, RoomEvent::Stranded { by } if by == "Ana"))
    );
    let refused = company.people[3]
        .asks(|ctx, room| room.handle_send(ctx, text("hello?"), Care::Ordinary))
        .unwrap_err();
    assert_eq!(refused, SendRefused::Stranded);
    // The others are organizers too: Dan's device asks one after another, and is let back in.
    company.people[0].away = true;
    company.pass(4 * HOUR_MS);
    assert_eq!(company.people[3].room().state(), RoomState::Open, "the room recovers");
    assert!(company.people[3].saw(|event| matches!(event, RoomEvent::Returned { .. })));
    company.send(2, "welcome back");
    company.settle();
    assert_eq!(company.people[3].texts(), ["welcome back"]);
}

/// Ana admits by the words of Cleo and Dan, of which one was edited.
fn an_edited_vouch_is_refused(edit: impl FnOnce(&mut Vouch, &Company)) {
    let mut company = settled();
    let eve = company.newcomer("Eve");
    company.meet(0, eve);
    let mut vouches = vec![word(&company, 2, eve), word(&company, 3, eve)];
    edit(&mut vouches[0], &company);
    let forbidden = admission(&company, eve, vouches);
    company.all_refuse(0, forbidden, Rule::VouchSignature);
    company.let_in([0, 2], eve);
}

#[test]
fn mi_73_a_vouch_in_the_name_of_another_is_refused() {
    an_edited_vouch_is_refused(|vouch, company| vouch.by = company.people[1].id());
}

#[test]
fn mi_73_a_vouch_with_another_method_is_refused() {
    an_edited_vouch_is_refused(|vouch, _| vouch.method = Method::Call);
}

#[test]
fn mi_73_a_vouch_with_another_time_of_meeting_is_refused() {
    an_edited_vouch_is_refused(|vouch, _| vouch.met_at = UnixMillis(vouch.met_at.0 - 1));
}

#[test]
fn mi_73_a_vouch_with_another_time_of_signing_is_refused() {
    an_edited_vouch_is_refused(|vouch, _| vouch.signed_at = vouch.signed_at.plus_ms(1));
}

#[test]
fn mi_73_a_vouch_under_other_terms_is_refused() {
    an_edited_vouch_is_refused(|vouch, _| vouch.terms[31] ^= 1);
}

#[test]
fn mi_73_a_vouch_with_another_signature_is_refused() {
    an_edited_vouch_is_refused(|vouch, _| vouch.signature[63] ^= 1);
}

#[test]
fn mi_73_a_vouch_made_up_by_the_organizer_is_refused() {
    an_edited_vouch_is_refused(|vouch, company| {
        let signed = approval(company, 0, 0, &Motion::Recall(vouch.by));
        vouch.signature = signed.signature;
    });
}

/// Ana names Dan an organizer by the word of Ben, which was edited.
fn an_edited_approval_is_refused(edit: impl FnOnce(&mut Approval, &Company), rule: Rule) {
    let mut company = settled();
    let motion = Motion::NameOrganizer(company.people[3].id());
    let mut ben = approval(&company, 1, revision(&company), &motion);
    edit(&mut ben, &company);
    company.all_refuse(0, decides(motion.clone(), vec![ben]), rule);
    both_propose(&mut company, &motion);
    assert_eq!(company.people[2].room().policy().organizers.len(), 3, "the twin");
}

#[test]
fn mi_73_an_approval_in_the_name_of_another_is_refused() {
    let edit = |one: &mut Approval, company: &Company| one.by = company.people[2].id();
    an_edited_approval_is_refused(edit, Rule::ApprovalSignature);
}

#[test]
fn mi_73_an_approval_with_another_time_is_refused() {
    let edit = |one: &mut Approval, _: &Company| one.signed_at = one.signed_at.plus_ms(1);
    an_edited_approval_is_refused(edit, Rule::ApprovalSignature);
}

#[test]
fn mi_73_an_approval_with_another_signature_is_refused() {
    let edit = |one: &mut Approval, _: &Company| one.signature[0] ^= 1;
    an_edited_approval_is_refused(edit, Rule::ApprovalSignature);
}

#[test]
fn mi_73_an_approval_of_another_motion_is_refused() {
    let edit = |one: &mut Approval, company: &Company| {
        let other = Motion::NameOrganizer(company.people[2].id());
        *one = approval(company, 1, revision(company), &other);
    };
    an_edited_approval_is_refused(edit, Rule::ApprovalSignature);
}

#[test]
fn mi_73_an_approval_of_another_revision_is_refused() {
    let edit = |one: &mut Approval, company: &Company| {
        let motion = Motion::NameOrganizer(company.people[3].id());
        *one = approval(company, 1, revision(company) + 1, &motion);
    };
    an_edited_approval_is_refused(edit, Rule::ApprovalSignature);
}

#[test]
fn mi_73_an_approval_that_is_too_old_is_refused() {
    let mut company = settled();
    let motion = Motion::NameOrganizer(company.people[3].id());
    let ben = approval(&company, 1, revision(&company), &motion);
    company.clock.pass_ms(7 * DAY_MS + 1);
    company.all_refuse(0, decides(motion.clone(), vec![ben]), Rule::ApprovalTime);
    both_propose(&mut company, &motion);
    assert_eq!(company.people[2].room().policy().organizers.len(), 3, "the twin");
}

/// The relay is on Ana's side: it repeats Ben's old word, and holds back everything that Ben says now.
#[test]
fn mi_73_a_relay_that_repeats_old_words_helps_no_organizer() {
    let mut company = settled();
    let (motion, tap) = (Motion::NameOrganizer(company.people[3].id()), company.relay.tap().len());
    let asked = motion.clone();
    company.people[1].asks(|ctx, room| room.handle_propose(ctx, asked)).unwrap();
    company.settle();
    let said: Vec<_> = company.relay.tap().split_off(tap);
    // Meanwhile both change the terms: Ben's word was for an older revision.
    let before = terms(&company);
    both_propose(&mut company, &Motion::Terms(Terms { vouches: 3, ..before }));
    company.people[1].away = true;
    let now = company.address(0);
    for (_, envelope) in said {
        company.append(now, envelope);
    }
    company.settle();
    let asked = motion.clone();
    company.people[0].asks(|ctx, room| room.handle_propose(ctx, asked)).unwrap();
    company.settle();
    let organizers = |company: &Company| company.people[2].room().policy().organizers.len();
    assert_eq!(organizers(&company), 2, "Ana's own device waits for a second word");
    assert!(company.people[2].skipped().contains(&Skipped::NotSealed));
    company.people[1].away = false;
    company.settle();
    company.people[1].asks(|ctx, room| room.handle_propose(ctx, motion)).unwrap();
    company.settle();
    assert_eq!(organizers(&company), 3, "the twin: Ben's word of now");
}
