//! Whatever is put into a channel that no member said: nothing changes (N9).

use bytes::Bytes;
use offshift_wire::{Address, Envelope};
use proptest::prelude::*;

use crate::room::{RoomEvent, Suite, tests::world::World};

/// What somebody without, or with, the channel's keys puts there.
#[derive(Debug, Clone)]
enum Noise {
    /// Random bytes of an envelope's size.
    Random(u8),
    /// An envelope that was read before, with one bit turned.
    BitTurned(usize),
    /// An envelope that was read before.
    Again,
    /// Bytes under the outer seal that are no MLS message.
    Sealed(Vec<u8>),
    /// A member's MLS message, cut or with one bit turned, under a fresh outer seal.
    Bent(usize, bool),
    /// A member's MLS message under a fresh outer seal, a second time.
    Resealed,
}

fn noise() -> impl Strategy<Value = Noise> {
    prop_oneof![
        any::<u8>().prop_map(Noise::Random),
        (0_usize..8192).prop_map(Noise::BitTurned),
        Just(Noise::Again),
        prop::collection::vec(any::<u8>(), 1..400).prop_map(Noise::Sealed),
        (0_usize..4000, any::<bool>()).prop_map(|(at, cut)| Noise::Bent(at, cut)),
        Just(Noise::Resealed),
    ]
}

fn seal(world: &mut World, bytes: &[u8]) -> Envelope {
    let now = world.now;
    world.devices[0].with(now, |ctx, room| {
        room.as_ref().unwrap().channel.as_ref().unwrap().seal(ctx.rng, bytes).unwrap().remove(0)
    })
}

fn bent(message: &[u8], at: usize, cut: bool) -> Vec<u8> {
    let mut bytes = message.to_vec();
    let at = at % bytes.len();
    if cut {
        bytes.truncate(at.max(1))
    } else {
        bytes[at] ^= 1
    }
    bytes
}

fn envelope(world: &mut World, noise: Noise, real: &Envelope, message: &[u8]) -> Envelope {
    match noise {
        Noise::Random(byte) => vec![byte; 1024].try_into().unwrap(),
        Noise::BitTurned(bit) => {
            let mut bytes = real.bytes().to_vec();
            bytes[bit / 8] ^= 1 << (bit % 8);
            Bytes::from(bytes).try_into().unwrap()
        }
        Noise::Again => real.clone(),
        Noise::Sealed(bytes) => seal(world, &bytes),
        Noise::Bent(at, cut) => seal(world, &bent(message, at, cut)),
        Noise::Resealed => seal(world, message),
    }
}

fn last_message(world: &mut World) -> (Address, Envelope, Vec<u8>) {
    let address = *world.devices[0].room().address().unwrap();
    let (_, envelope) = world.logs.logs[&address].last().unwrap().clone();
    let part = world.devices[0].room().channel.as_ref().unwrap().open(&envelope).unwrap();
    let position = offshift_wire::Position::new(1);
    let taken = crate::parts::Assembly::new().handle_part(position, part).unwrap();
    (address, envelope, taken.whole.unwrap().to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 50, ..ProptestConfig::default() })]

    #[test]
    fn os_ord_004_what_is_refused_leaves_records_and_group_as_they_were(
        seed in 0_u64..1000,
        all in prop::collection::vec(noise(), 1..12),
    ) {
        let mut world = World::founded(&["ada", "bo"], Suite::Classical, seed);
        world.send(1, "real");
        world.settle();
        let (address, real, message) = last_message(&mut world);
        for one in all {
            let envelope = envelope(&mut world, one, &real, &message);
            world.logs.append(world.now, address, envelope);
            let records = world.devices[0].records();
            let group = world.devices[0].room().mls.encode();
            world.devices[0].events.clear();
            while world.read_one(0, usize::MAX) {}
            prop_assert!(world.devices[0].records() == records);
            prop_assert!(world.devices[0].room().mls.encode() == group);
            let skipped = |e: &RoomEvent| matches!(e, RoomEvent::Skipped { .. });
            let only_skipped = world.devices[0].events.iter().all(skipped);
            prop_assert!(only_skipped);
            prop_assert!(world.devices[0].waiting.is_empty(), "and nothing is answered");
        }
        world.send(1, "the twin");
        world.settle();
        world.assert_converged();
        prop_assert_eq!(world.devices[0].texts().len(), 2);
    }
}
