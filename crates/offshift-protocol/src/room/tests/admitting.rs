//! A newcomer's way into a room by vouches, as people live it.

use crate::{
    card::{Contact, Method, Purpose},
    limits::VOUCH_LIFE_MS,
    room::{
        ChangeRefused, Content, JoinRefused, JoinRequest, Room, RoomEvent, Rule, Suite,
        members::Came, tests::world::World,
    },
};

fn words(world: &World, at: usize) -> Vec<String> {
    world.devices[at].texts().into_iter().map(|(_, _, text)| text).collect()
}

/// Dee was vouched for by these members, and everybody read it.
fn vouched(world: &mut World, by: &[usize]) -> usize {
    let dee = world.newcomer("dee", 77);
    for at in by {
        world.vouch(*at, dee).unwrap();
        world.settle();
    }
    dee
}

#[test]
fn ei_35_os_adm_001_os_joi_030_a_newcomer_vouched_by_two_branches_comes_in_reads_nothing_old_and_writes()
 {
    for suite in Suite::ALL {
        let mut world = World::founded(&["ada", "bo", "cy"], suite, 1);
        world.send(0, "before");
        let dee = vouched(&mut world, &[1, 2]);
        let seen = world.devices[0].room().applicants(world.now);
        assert_eq!((seen.len(), seen[0].vouches.len(), seen[0].handle.as_str()), (1, 2, "dee"));
        assert_eq!(seen[0].ready, Ok(()));
        world.admit(0, dee).unwrap();
        world.settle();
        world.assert_converged();
        assert_eq!(world.devices[0].room().members(world.now).len(), 4);
        assert!(world.devices[0].room().applicants(world.now).is_empty(), "no applicant any more");
        world.send(dee, "hello");
        world.settle();
        assert_eq!(words(&world, 0), ["before", "hello"]);
        assert_eq!(words(&world, dee), ["hello"]);
    }
}

#[test]
fn everybody_sees_who_vouched_who_objected_and_who_came_in_by_whom() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    let dee = vouched(&mut world, &[1, 2]);
    let applicant = world.key_of(dee);
    let long = "a".repeat(513);
    let refused = world.ask(0, |ctx, room| room.handle_object(ctx, applicant, &long));
    assert_eq!(refused, Err(ChangeRefused::Reason), "nobody could read it");
    world.ask(0, |ctx, room| room.handle_object(ctx, applicant, "not from the plant")).unwrap();
    world.settle();
    for at in 0..3 {
        world.restart(at);
        let seen = world.devices[at].room().applicants(world.now);
        assert_eq!(seen[0].objections, [("ada".to_owned(), "not from the plant".to_owned())]);
        let names: Vec<_> = seen[0].vouches.iter().map(|one| one.handle.as_str()).collect();
        assert!(names.contains(&"bo") && names.contains(&"cy"));
    }
    world.admit(0, dee).unwrap();
    world.settle();
    let member = world.devices[dee].room().members(world.now).into_iter().find(|m| m.own).unwrap();
    let Came::Vouched(by) = &member.came else { panic!("by vouches") };
    assert_eq!(by.len(), 2);
    assert!(member.probation_until.is_some() && !member.under_review);
    let told = |event: &RoomEvent| matches!(event, RoomEvent::Joined { handle, vouchers, .. } if handle == "dee" && vouchers.len() == 2);
    assert!(world.devices[2].events.iter().any(told));
}

#[test]
fn ei_31_os_adm_002_one_vouch_is_not_enough_on_the_organizers_own_device() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    let dee = vouched(&mut world, &[1]);
    let seen = world.devices[0].room().applicants(world.now);
    assert_eq!(seen[0].ready, Err(Rule::TooFewVouches));
    let before = world.devices[0].records();
    assert!(world.admit(0, dee) == Err(ChangeRefused::Rule(Rule::TooFewVouches)));
    assert!(world.devices[0].records() == before);
    world.vouch(2, dee).unwrap();
    world.settle();
    assert!(world.admit(2, dee) == Err(ChangeRefused::Rule(Rule::AdmitByOther)));
    assert!(world.admit(0, dee) == Ok(()), "the twin");
}

#[test]
fn os_joi_001_a_vouch_that_would_not_count_is_not_given() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    let dee = vouched(&mut world, &[1, 2]);
    world.admit(0, dee).unwrap();
    world.settle();
    let eve = world.newcomer("eve", 78);
    let refused = world.vouch(dee, eve);
    assert!(refused == Err(ChangeRefused::Rule(Rule::VoucherOnProbation)));
    let again = world.newcomer("Ada", 79);
    assert!(world.vouch(1, again) == Err(ChangeRefused::Rule(Rule::HandleTaken)));
    assert!(world.vouch(1, eve) == Ok(()), "the twin");
}

#[test]
fn os_mee_023_a_contact_of_another_meeting_is_not_vouched_for() {
    let mut world = World::founded(&["ada", "bo"], Suite::Classical, 1);
    let dee = world.newcomer("dee", 77);
    let (mine, device) = world.meet_for(0, dee, Purpose::Device, crate::card::Method::InPerson);
    let introduce = crate::room::Introduce { contact: &device, application: &mine };
    let refused = world.ask(0, |ctx, room| room.handle_vouch(ctx, &introduce));
    assert!(refused == Err(ChangeRefused::OtherMeeting));
}

#[test]
fn os_joi_022_an_applicant_goes_from_the_board_when_the_vouches_have_expired() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    vouched(&mut world, &[1, 2]);
    world.now = world.now.plus_ms(VOUCH_LIFE_MS + 1);
    super::interleave::rekey(&mut world, 0);
    world.settle();
    for at in 0..3 {
        assert!(world.devices[at].room().applicants(world.now).is_empty());
        assert!(!world.devices[at].vault.keys().any(|key| key.contains("/board/")));
    }
}

#[test]
fn ei_36_os_joi_002_who_is_not_admitted_gets_no_byte_of_the_room() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    let dee = vouched(&mut world, &[1, 2]);
    let inbox = world.waiting(dee).application.inbox().source().access.address();
    assert!(!world.logs.logs.contains_key(&inbox), "two vouched, and nothing was deposited");
    world.admit(0, dee).unwrap();
    world.settle_channel();
    assert!(world.logs.logs.contains_key(&inbox), "the twin: the Welcome");
}

/// A member says something that its own program would not say.
fn say(world: &mut World, at: usize, content: Content) {
    world.ask(at, |ctx, room| room.say(ctx, content)).unwrap();
    world.settle();
}

#[test]
fn os_joi_020_a_word_that_is_not_its_authors_or_not_signed_is_not_kept() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    let dee = vouched(&mut world, &[1]);
    let key = world.key_of(dee);
    let bos = world.devices[0].room().board.applicants[&key].vouches.values().next().cloned();
    let bos = bos.unwrap();
    let of = |world: &World| world.devices[0].room().applicants(world.now)[0].vouches.len();
    say(&mut world, 2, Content::Vouched(bos.clone()));
    assert_eq!(of(&world), 1, "another's word");
    let mut forged = bos;
    forged.vouch.by = world.id_of("cy");
    say(&mut world, 2, Content::Vouched(forged));
    assert_eq!(of(&world), 1, "not signed by its author");
    world.vouch(2, dee).unwrap();
    world.settle();
    assert_eq!(of(&world), 2, "the twin");
}

#[test]
fn os_joi_010_a_founder_is_brought_in_by_who_was_met_as_a_person() {
    let met_for = [
        (Some(Purpose::Meet), Ok(())),
        (Some(Purpose::Device), Err(JoinRefused::NotFromContact)),
        (None, Err(JoinRefused::NotFromContact)),
    ];
    for (purpose, joined) in met_for {
        let mut world = World::founded(&["ada", "bo"], Suite::Classical, 1);
        let cy = world.add(0, "cy", 99);
        world.settle_channel();
        let (now, rules) = (world.now, world.rules);
        let (welcome, waiting, sender) = world.taken_welcome(cy);
        let met = purpose.map(|purpose| {
            let (id, card) = (waiting.contacts[0].id(), waiting.contacts[0].card().clone());
            Contact::new(id, waiting.application.id(), card, purpose, (Method::InPerson, now))
        });
        let contacts: Vec<_> = met.iter().collect();
        let request = JoinRequest {
            welcome: &welcome,
            application: &waiting.application,
            contacts: &contacts,
            sender: &sender,
            rules,
        };
        let found = world.devices[cy].with(now, |ctx, _| Room::join(ctx, &request).map(|_| ()));
        assert_eq!(found, joined);
    }
}
