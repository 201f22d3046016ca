//! A fake profile that gathers vouches which don't count (EI-31), or has one organizer's device on its side, and the
//! relay besides (EI-32).

use offshift_protocol::{
    admission::{
        signed::{Met, Statement},
        terms,
    },
    card::Method,
    room::{Forbidden, Motion, RoomId, Rule, Skipped, Suite, Terms},
};
use offshift_wire::{
    UnixMillis,
    admission::{Act, DeviceLink, RejoinProof, Vouch},
};
use sha2::{Digest, Sha256};

use crate::company::{Company, DAY_MS};

/// Four founders, of whom Ana and Ben are organizers.
pub(crate) fn founded() -> Company {
    Company::of(&["Ana", "Ben", "Cleo", "Dan"], Suite::Classical)
}

fn package_hash(company: &Company, newcomer: usize) -> [u8; 32] {
    Sha256::digest(company.package_of(newcomer)).into()
}

/// A member's word for a newcomer, given now, whatever the member's own device would say to it.
pub(crate) fn word(company: &Company, by: usize, newcomer: usize) -> Vouch {
    let room = company.people[by].room().id();
    word_at(company, by, newcomer, company.clock.now(), &room)
}

fn word_at(
    company: &Company,
    by: usize,
    newcomer: usize,
    met_at: UnixMillis,
    room: &RoomId,
) -> Vouch {
    let (member, now) = (company.people[by].room(), company.clock.now());
    let terms = terms::terms_hash(member.terms(now));
    let met = Met { method: Method::InPerson, met_at, signed_at: met_at, terms };
    let (key, own) = (company.key_of(newcomer), member.own_id());
    let statement = Statement::vouch(room, &key, &package_hash(company, newcomer), &own, &met);
    let signature = member.sign_for_testing(&statement);
    let Met { method, met_at, signed_at, terms } = met;
    Vouch { by: own, method, met_at, signed_at, terms, signature }
}

/// An organizer lets a newcomer in with these words, whatever they are worth.
pub(crate) fn admission(company: &Company, newcomer: usize, vouches: Vec<Vouch>) -> Forbidden {
    let adds = vec![company.package_of(newcomer)];
    Forbidden { act: Act::Admit(vouches), adds, ..Forbidden::keys() }
}

/// Ana is on the infiltrator's side: what she commits is refused by all, for this rule. With the words of two honest
/// members of two branches, the same newcomer comes in.
fn refused_then_let_in(
    company: &mut Company,
    newcomer: usize,
    vouches: Vec<Vouch>,
    rule: Rule,
    honest: [usize; 2],
) {
    let forbidden = admission(company, newcomer, vouches);
    company.all_refuse(0, forbidden, rule);
    assert!(company.people[newcomer].room.is_none());
    company.let_in(honest, newcomer);
}

#[test]
fn ei_31_one_vouch_is_refused_by_every_device() {
    let mut company = founded();
    let eve = company.newcomer("Eve");
    let vouches = vec![word(&company, 0, eve)];
    refused_then_let_in(&mut company, eve, vouches, Rule::TooFewVouches, [0, 1]);
}

#[test]
fn ei_31_vouches_of_one_branch_are_refused_by_every_device() {
    let mut company = founded();
    let dee = company.newcomer("Dee");
    company.let_in([0, 1], dee);
    company.clock.pass_ms(8 * DAY_MS);
    let eve = company.newcomer("Eve");
    let vouches = vec![word(&company, 0, eve), word(&company, dee, eve)];
    refused_then_let_in(&mut company, eve, vouches, Rule::TooFewBranches, [1, dee]);
}

#[test]
fn ei_31_one_vouch_twice_is_refused_by_every_device() {
    let mut company = founded();
    let eve = company.newcomer("Eve");
    let vouch = word(&company, 2, eve);
    let later =
        word_at(&company, 2, eve, company.clock.now().plus_ms(1), &company.people[2].room().id());
    for twice in [vec![vouch.clone(), vouch.clone()], vec![vouch, later]] {
        let forbidden = admission(&company, eve, twice);
        company.all_refuse(0, forbidden, Rule::VouchTwice);
    }
    company.let_in([0, 2], eve);
}

#[test]
fn ei_31_a_vouch_from_a_probationer_is_refused_by_every_device() {
    let mut company = founded();
    let dee = company.newcomer("Dee");
    company.let_in([0, 1], dee);
    company.clock.pass_ms(6 * DAY_MS);
    let eve = company.newcomer("Eve");
    let vouches = vec![word(&company, 1, eve), word(&company, dee, eve)];
    let forbidden = admission(&company, eve, vouches);
    company.all_refuse(0, forbidden, Rule::VoucherOnProbation);
    company.clock.pass_ms(2 * DAY_MS);
    company.let_in([1, dee], eve);
}

#[test]
fn ei_31_a_vouch_over_budget_is_refused_by_every_device() {
    let mut company = founded();
    for name in ["Dee", "Eve", "Fay"] {
        let newcomer = company.newcomer(name);
        company.let_in([0, 2], newcomer);
    }
    let gus = company.newcomer("Gus");
    let vouches = vec![word(&company, 2, gus), word(&company, 1, gus)];
    refused_then_let_in(&mut company, gus, vouches, Rule::VouchBudget, [1, 3]);
}

#[test]
fn ei_31_an_expired_vouch_is_refused_by_every_device() {
    let mut company = founded();
    let eve = company.newcomer("Eve");
    company.vouch(1, eve).unwrap();
    company.vouch(2, eve).unwrap();
    company.settle();
    let key = company.key_of(eve);
    let read = company.people[0].vouches_read(&key, Suite::Classical);
    let vouches: Vec<_> = read.into_iter().map(|one| one.vouch).collect();
    assert_eq!(vouches.len(), 2, "sound while they are fresh");
    company.clock.pass_ms(14 * DAY_MS + 1);
    let forbidden = admission(&company, eve, vouches);
    company.all_refuse(0, forbidden, Rule::VouchTime);
    let fay = company.newcomer("Fay");
    company.let_in([1, 2], fay);
}

#[test]
fn ei_31_a_vouch_for_another_key_is_refused_by_every_device() {
    let mut company = founded();
    let (dee, eve) = (company.newcomer("Dee"), company.newcomer("Eve"));
    for newcomer in [dee, eve] {
        company.meet(0, newcomer);
    }
    let vouches = vec![word(&company, 1, dee), word(&company, 2, dee)];
    refused_then_let_in(&mut company, eve, vouches, Rule::VouchSignature, [1, 2]);
}

#[test]
fn ei_31_a_vouch_for_another_room_is_refused_by_every_device() {
    let mut company = founded();
    let eve = company.newcomer("Eve");
    company.meet(0, eve);
    let (now, elsewhere) = (company.clock.now(), RoomId::from_bytes([7; 16]));
    let vouches = [1, 2].map(|by| word_at(&company, by, eve, now, &elsewhere));
    refused_then_let_in(&mut company, eve, vouches.to_vec(), Rule::VouchSignature, [1, 2]);
}

#[test]
fn ei_31_a_vouch_under_another_policy_is_refused_by_every_device() {
    let mut company = founded();
    let eve = company.newcomer("Eve");
    company.meet(0, eve);
    let vouches = [1, 2].map(|by| word(&company, by, eve));
    let terms =
        Terms { probation_ms: 10 * DAY_MS, ..*company.people[0].room().terms(company.clock.now()) };
    for organizer in [0, 1] {
        let motion = Motion::Terms(terms);
        company.people[organizer].asks(|ctx, room| room.handle_propose(ctx, motion)).unwrap();
        company.settle();
    }
    assert_eq!(company.people[3].room().terms(company.clock.now()).probation_ms, 10 * DAY_MS);
    refused_then_let_in(&mut company, eve, vouches.to_vec(), Rule::VouchTerms, [1, 2]);
}

#[test]
fn ei_31_the_word_of_somebody_outside_is_refused_by_every_device() {
    let mut company = founded();
    let (mallory, eve) = (company.newcomer("Mallory"), company.newcomer("Eve"));
    let elsewhere = company.person("Eva", 0);
    company.meet(0, eve);
    company.found_beside(mallory, elsewhere, Suite::Classical);
    company.settle();
    let vouches = vec![word(&company, 1, eve), word(&company, mallory, eve)];
    let forbidden = admission(&company, eve, vouches);
    company.commits(0, forbidden);
    company.settle();
    for at in [1, 2, 3] {
        assert_eq!(company.people[at].skipped(), [Skipped::Refused(Rule::VoucherUnknown)]);
    }
    company.let_in([1, 2], eve);
}

/// What one organizer's device can try once newcomers come by vouches only.
fn tries(company: &Company, ana: usize, eve: usize) -> Vec<(Forbidden, Rule)> {
    let (room, now) = (company.people[ana].room(), company.clock.now());
    let adds = || vec![company.package_of(eve)];
    let key = company.key_of(eve);
    let found = Forbidden { act: Act::Found(Vec::new()), adds: adds(), ..Forbidden::keys() };
    let named = Forbidden { act: Act::Found(vec![key]), adds: adds(), ..Forbidden::keys() };
    let proof = RejoinProof { signed_at: now, signature: [0; 64] };
    let cleo = company.id_of(ana, "Cleo");
    let swapped = Forbidden {
        act: Act::Rejoin(proof),
        adds: adds(),
        removes: vec![cleo],
        ..Forbidden::keys()
    };
    let ben = company.id_of(ana, "Ben");
    let link = DeviceLink { by: ben, signed_at: now, signature: [0; 64] };
    let device = Forbidden { act: Act::Device(link), adds: adds(), ..Forbidden::keys() };
    let own = DeviceLink { by: room.own_id(), signed_at: now, signature: [0; 64] };
    let unsigned = Forbidden { act: Act::Device(own), adds: adds(), ..Forbidden::keys() };
    let quietly = Forbidden { adds: adds(), ..Forbidden::keys() };
    let beside =
        Forbidden { act: Act::Stop, adds: adds(), removes: vec![cleo], ..Forbidden::keys() };
    vec![
        (admission(company, eve, Vec::new()), Rule::TooFewVouches),
        (admission(company, eve, vec![word(company, ana, eve)]), Rule::TooFewVouches),
        (found, Rule::NotFounding),
        (named, Rule::NotFounding),
        (swapped, Rule::RejoinOther),
        (device, Rule::DeviceByOther),
        (unsigned, Rule::DeviceLink),
        (quietly, Rule::OneChange),
        (beside, Rule::OneChange),
    ]
}

#[test]
fn ei_32_an_organizer_alone_adds_nobody_once_the_founding_is_over() {
    let mut company = founded();
    let dee = company.newcomer("Dee");
    company.let_in([0, 1], dee);
    let eve = company.newcomer("Eve");
    company.meet(0, eve);
    for (forbidden, rule) in tries(&company, 0, eve) {
        company.all_refuse(0, forbidden, rule);
    }
    assert!(company.people[eve].room.is_none());
    company.let_in([0, 2], eve);
}

#[test]
fn ei_32_an_organizer_alone_adds_nobody_once_a_week_is_over() {
    let mut company = founded();
    let (dee, eve) = (company.newcomer("Dee"), company.newcomer("Eve"));
    company.add_founder(0, dee, false).unwrap();
    company.settle();
    assert_eq!(company.people[1].names().len(), 5, "the twin: within the week");
    company.clock.pass_ms(7 * DAY_MS + 1);
    company.meet(0, eve);
    let (forbidden, rule) = tries(&company, 0, eve).swap_remove(2);
    company.all_refuse(0, forbidden, rule);
}

/// With the organizer's device, the relay and the applicant on one side: the relay repeats, holds back and gives out
/// whatever it likes, and has what the organizer's device has.
#[test]
fn ei_32_an_organizer_and_the_relay_together_add_nobody() {
    let mut company = founded();
    let eve = company.newcomer("Eve");
    company.meet(0, eve);
    // Ben vouched for Dee. The organizer tries his words for Eve, the relay repeats them in every later epoch.
    let dee = company.newcomer("Dee");
    company.vouch(1, dee).unwrap();
    company.vouch(2, dee).unwrap();
    company.settle();
    let key = company.key_of(dee);
    let stolen = company.people[0].vouches_read(&key, Suite::Classical);
    let tap = company.relay.tap();
    company.admit(0, dee).unwrap();
    company.settle();
    for (_, envelope) in tap {
        let now = company.address(1);
        company.append(now, envelope);
    }
    company.settle();
    for person in &mut company.people {
        person.events.clear();
    }
    let mut vouches: Vec<_> = stolen.into_iter().map(|one| one.vouch).collect();
    vouches.push(word(&company, 0, eve));
    let forbidden = admission(&company, eve, vouches);
    company.all_refuse(0, forbidden, Rule::VouchSignature);
    // A day later nothing has changed.
    company.clock.pass_ms(DAY_MS);
    let vouches = vec![word(&company, 0, eve)];
    let forbidden = admission(&company, eve, vouches);
    company.all_refuse(0, forbidden, Rule::TooFewVouches);
    assert!(company.people[eve].room.is_none());
    company.let_in([0, 2], eve);
}

/// The relay shows the organizer's forged admission to one device alone: nobody else is there to disagree.
#[test]
fn ei_32_a_forged_admission_that_is_shown_to_one_device_alone_is_refused_by_it() {
    let names = ["Ana", "Ben", "Cleo", "Dan"];
    let mut company = Company::of_organizers(&names, 2, Suite::Classical, &[0, 0, 0, 1]);
    let eve = company.newcomer("Eve");
    company.meet(0, eve);
    let (address, now) = (company.address(3), company.clock.now());
    let what = admission(&company, eve, vec![word(&company, 0, eve)]);
    let envelopes = company.people[0]
        .with(|ctx, room| room.unwrap().dangerous_commit_for_testing(ctx, what, now).unwrap());
    for envelope in envelopes {
        company.put(1, address, envelope);
    }
    company.settle();
    assert_eq!(company.people[3].skipped(), [Skipped::Refused(Rule::TooFewVouches)]);
    assert_eq!(company.people[1].skipped(), [], "the others were shown nothing");
    assert_eq!(company.address(3), company.address(1), "Dan stays with them");
    company.let_in([0, 2], eve);
    assert_eq!(company.people[3].names().len(), 5, "the twin: an admission that all may see");
}
