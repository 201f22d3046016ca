//! What is not allowed, and what is too long: read, and not kept.

use offshift_wire::{
    Envelope, MessageId,
    content::{Message, Text},
};

use super::world::{World, text};
use crate::{
    limits::KEPT_BYTES_MAX,
    room::{Content, RoomEvent, Skipped, Suite, key_package::seed},
};

/// Cy, who is no organizer, seals what Cy's program wants: the parts that come of each content, sealed twice.
fn seals(world: &mut World, contents: &[Vec<u8>]) -> Vec<[Vec<Envelope>; 2]> {
    let now = world.now;
    world.devices[2].with(now, |ctx, room| {
        let room = room.as_mut().unwrap();
        let mut seal = |content: &Vec<u8>| {
            let message = room.mls.seal(seed(ctx.rng), content).unwrap();
            let channel = room.channel.as_ref().unwrap();
            [(); 2].map(|()| channel.seal(ctx.rng, &message).unwrap())
        };
        contents.iter().map(&mut seal).collect()
    })
}

fn reads(world: &mut World, envelopes: &[Envelope]) {
    let (now, address) = (world.now, *world.devices[0].room().address().unwrap());
    for envelope in envelopes {
        world.logs.append(now, address, envelope.clone());
        while world.read_one(1, usize::MAX) {}
    }
}

fn message(sequence: u32, content: Content) -> Vec<u8> {
    let id = MessageId::from_bytes([u8::try_from(sequence).unwrap() + 1; 16]);
    Message { id, sequence, content }.encode().unwrap()
}

fn skipped(world: &World) -> Vec<Skipped> {
    let why = |event: &RoomEvent| match event {
        RoomEvent::Skipped { why, .. } => Some(*why),
        _ => None,
    };
    world.devices[1].events.iter().filter_map(why).collect()
}

fn announcement() -> Content {
    Content::Announcement(Text::new("fire", None).unwrap())
}

fn words(world: &World) -> Vec<String> {
    world.devices[1].texts().into_iter().map(|(_, _, text)| text).collect()
}

#[test]
fn os_cnt_010_what_is_not_allowed_leaves_no_gap_and_is_not_read_a_second_time() {
    let founded = || World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    let contents = [message(0, announcement()), message(1, text("hello"))];
    let mut world = founded();
    let sealed = seals(&mut world, &contents);
    reads(&mut world, &sealed[0][0]);
    // The same words in another envelope: their key is used up.
    reads(&mut world, &sealed[0][1]);
    assert_eq!(skipped(&world), [Skipped::NotAllowed, Skipped::Repeated]);
    world.restart(1);
    reads(&mut world, &sealed[0][1]);
    reads(&mut world, &sealed[1][0]);
    assert_eq!(skipped(&world).last(), Some(&Skipped::Repeated), "nor after a restart");
    assert_eq!(words(&world), ["hello"]);
    assert!(world.alarms(1).is_empty(), "nothing is missing");
    let mut other = founded();
    let sealed = seals(&mut other, &contents);
    reads(&mut other, &sealed[1][0]);
    assert_eq!(other.alarms(1).len(), 1, "the twin: withheld, it is a gap");
}

#[test]
fn os_roo_021_of_a_message_that_is_too_long_the_name_alone_is_kept() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    // A kind that nobody knows, of so many bytes.
    let unknown = |sequence: u32, bytes: usize| {
        let id = MessageId::from_bytes([u8::try_from(sequence).unwrap() + 1; 16]);
        let mut content = Message { id, sequence, content: announcement() }.name_alone().to_vec();
        content.extend_from_slice(&[0xfa, 0x01]);
        let mut length = bytes;
        while length >= 0x80 {
            content.push(u8::try_from(length & 0x7f).unwrap() | 0x80);
            length >>= 7;
        }
        content.push(u8::try_from(length).unwrap());
        content.extend(std::iter::repeat_n(7, bytes));
        content
    };
    let kept = |world: &World| world.devices[1].records().values().map(Vec::len).sum::<usize>();
    let sealed = seals(&mut world, &[unknown(0, KEPT_BYTES_MAX / 2), unknown(1, 2_000_000)]);
    let before = kept(&world);
    reads(&mut world, &sealed[0][0]);
    assert!(kept(&world) > before + KEPT_BYTES_MAX / 2, "the twin: kept whole");
    let before = kept(&world);
    reads(&mut world, &sealed[1][0]);
    assert!(kept(&world) < before + KEPT_BYTES_MAX, "not in the history, nor in the journal");
    let shown = |event: &&RoomEvent| matches!(event, RoomEvent::Message(one) if matches!(one.content, Content::Unknown(_)));
    assert_eq!(world.devices[1].events.iter().filter(shown).count(), 2, "and both are shown");
    world.restart(1);
    let sealed = seals(&mut world, &[message(2, text("later"))]);
    reads(&mut world, &sealed[0][0]);
    assert_eq!(words(&world), ["later"], "the group goes on");
}
