//! What a room does for its people, one claim at a time.

use crate::room::{RoomEvent, Suite, tests::world::World};

fn words(world: &World, at: usize) -> Vec<String> {
    world.devices[at].texts().into_iter().map(|(_, _, text)| text).collect()
}

#[test]
fn three_people_found_a_room_and_talk_in_both_suites() {
    for suite in Suite::ALL {
        let mut world = World::founded(&["ada", "bo", "cy"], suite, 1);
        world.assert_converged();
        assert_eq!(world.devices[2].room().members().len(), 3);
        for at in 0..3 {
            world.send(at, &format!("from {at}"));
            world.settle();
        }
        for at in 0..3 {
            assert_eq!(words(&world, at), ["from 0", "from 1", "from 2"]);
            let sent = world.devices[at].events.iter().filter(|e| matches!(e, RoomEvent::Sent(_)));
            assert_eq!(sent.count(), 1);
        }
        world.assert_converged();
    }
}

#[test]
fn a_room_is_loaded_as_it_was_left() {
    let mut world = World::founded(&["ada", "bo"], Suite::Classical, 1);
    for count in 0..10 {
        for at in 0..2 {
            world.restart(at);
            world.send(at, &format!("{at} {count}"));
            world.restart(at);
        }
        world.settle();
    }
    world.assert_converged();
    assert_eq!(words(&world, 0), words(&world, 1));
    assert_eq!(words(&world, 0).len(), 20);
}
