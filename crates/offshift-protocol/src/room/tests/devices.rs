//! Several devices of one person in one room.

use crate::{
    card::{Contact, Method, Purpose},
    ids::ContactId,
    room::{
        ChangeRefused, Introduce, JoinRefused, JoinRequest, Room, RoomEvent, Rule, Suite,
        members::Came, tests::world::World,
    },
};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

/// A member links another device, which goes by this handle.
pub(super) fn link(
    world: &mut World,
    by: usize,
    handle: &str,
) -> (usize, Result<(), ChangeRefused>) {
    let device = world.newcomer(handle, 500 + world.devices.len() as u64);
    let (application, contact) = world.meet_for(by, device, Purpose::Device, Method::InPerson);
    let introduce = Introduce { contact: &contact, application: &application };
    (device, world.ask(by, |ctx, room| room.handle_device(ctx, &introduce)))
}

#[test]
fn os_adm_062_a_person_links_two_more_devices_and_no_fourth() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::XWing, 1);
    let (second, linked) = link(&mut world, 2, "cy 2");
    assert_eq!(linked, Ok(()));
    world.settle();
    let (third, linked) = link(&mut world, second, "cy 3");
    assert_eq!(linked, Ok(()), "by any device of the person");
    world.settle();
    world.assert_converged();
    let cy = world.id_of("cy");
    for at in [second, third] {
        let members = world.devices[0].room().members(world.now);
        let own = world.devices[at].room().own_id();
        let member = members.iter().find(|member| member.id == own).unwrap();
        assert!(member.came == Came::Device(cy));
        assert!(member.branch.as_ref().unwrap().founder == cy);
    }
    let told = |e: &RoomEvent| matches!(e, RoomEvent::DeviceJoined { handle, of, .. } if handle == "cy 2" && of == "cy");
    assert!(world.devices[0].events.iter().any(told));
    let (_, linked) = link(&mut world, 2, "cy 4");
    assert_eq!(linked, Err(ChangeRefused::Rule(Rule::TooManyDevices)));
    world.send(third, "from the third");
    world.settle();
    assert_eq!(world.devices[0].texts().len(), 1);
}

#[test]
fn os_adm_005_os_joi_032_another_device_vouches_for_nobody_and_goes_with_its_person() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    let (second, linked) = link(&mut world, 2, "cy 2");
    linked.unwrap();
    world.settle();
    let dee = world.newcomer("dee", 77);
    assert_eq!(world.vouch(second, dee), Err(ChangeRefused::Rule(Rule::VoucherUnknown)));
    assert_eq!(world.vouch(2, dee), Ok(()), "the twin");
    let id = world.id_of("cy 2");
    world.ask(0, |ctx, room| room.handle_sever(ctx, &[id])).unwrap();
    world.settle();
    assert!(world.devices[2].room().is_removed() && world.devices[second].room().is_removed());
}

#[test]
fn a_stopped_device_leaves_the_others_of_its_person() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    let (second, linked) = link(&mut world, 2, "cy 2");
    linked.unwrap();
    world.settle();
    let id = world.devices[2].room().own_id();
    world.ask(0, |ctx, room| room.handle_stop(ctx, id)).unwrap();
    world.settle();
    assert!(world.devices[2].room().is_removed() && !world.devices[second].room().is_removed());
    world.assert_converged();
}

#[test]
fn ei_34_os_joi_011_who_was_met_as_a_person_takes_nobody_in_as_a_device() {
    for (purpose, joined) in
        [(Purpose::Meet, Err(JoinRefused::NotFromContact)), (Purpose::Device, Ok(()))]
    {
        let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
        let (at, linked) = link(&mut world, 2, "dee");
        linked.unwrap();
        world.settle_channel();
        let (now, rules) = (world.now, world.rules);
        let (welcome, waiting, sender) = world.taken_welcome(at);
        let met = &waiting.contacts[0];
        let id = ContactId::random(&mut ChaCha20Rng::seed_from_u64(5));
        let application = waiting.application.id();
        let as_met =
            Contact::new(id, application, met.card().clone(), purpose, (Method::InPerson, now));
        let request = JoinRequest {
            welcome: &welcome,
            application: &waiting.application,
            contacts: &[&as_met],
            sender: &sender,
            rules,
        };
        let found = world.devices[at].with(now, |ctx, _| Room::join(ctx, &request).map(|_| ()));
        assert_eq!(found, joined);
    }
}

#[test]
fn os_adm_061_a_link_that_waits_a_day_for_its_commit_is_dropped_by_its_rule() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    // Another commit is on its way, so the link waits; then a day goes by.
    super::interleave::rekey(&mut world, 2);
    let (device, linked) = link(&mut world, 2, "cy 2");
    linked.unwrap();
    world.now = world.now.plus_ms(25 * 3_600_000);
    world.settle();
    let dropped = |e: &RoomEvent| matches!(e, RoomEvent::ChangeDropped(Rule::DeviceLink));
    assert!(world.devices[2].events.iter().any(dropped));
    assert!(world.devices[device].room.is_none());
}
