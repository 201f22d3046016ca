//! Messages and membership changes by the size of the room, on the machines of the protocol alone: no vault, no relay.
//!
//! Trees: *founded* is one commit that added everybody, so that only the founder's path has keys; *in life* is the same
//! tree after some members, spread over it, have made fresh keys (one in eight up to 150 members, 16 above that, for
//! the bench's own time). Blank nodes make commits long (RFC 9420, section 7.4). Rooms this large need the test-only
//! rule that raises the number of founders.

use std::time::{Duration, Instant};

use offshift_protocol::{
    Change, Context, Effect, Effects, Outgoing,
    room::{Care, ChangeRefused, Content, Room, RoomEvent, Rules, Suite, Text},
};
use offshift_tests::world::{Device, Founding, World};
use offshift_wire::{Address, Envelope, Position, UnixMillis, inbox::InboxMessage};

use crate::{
    Bench,
    load::micros,
    report::{Row, Section},
    seals::plain,
};

const FOUNDERS_MAX: usize = 1_024;

fn world_of(suite: Suite, founders: usize, is_here: impl Fn(usize) -> bool) -> World {
    let mut world = World::new(1, Rules::with_founders_max_for_testing(FOUNDERS_MAX));
    world.founded_among(&Founding { suite, founders, organizers: 2 }, is_here).unwrap();
    world
}

pub(crate) fn messages(bench: &Bench, section: &mut Section) {
    let count = bench.pick(640, 4);
    section.say(format!(
        "{count} messages in one epoch; written: what the vault is told to write for each"
    ));
    let plain = micros(plain(1_024, bench.pick(4_000, 2)));
    for suite in Suite::ALL {
        let sizes = bench.pick(&[2, 10, 50, 150, 500][..], &[2, 3]);
        for members in sizes {
            let [send, receive, written_by, written_of] = talk(suite, *members, count);
            let name = |what: &str| format!("{suite:?}, {members} members: {what}");
            let x = *members as f64;
            section.add(
                Row::new(name("send"), send, "us").beside("plain AEAD, 1 KiB", plain).at("send", x),
            );
            section
                .add(Row::new(name("receive"), receive, "us").beside("plain AEAD, 1 KiB", plain));
            section.add(Row::new(name("written by the author"), written_by, "bytes"));
            section.add(Row::new(name("written by a reader"), written_of, "bytes"));
        }
    }
}

/// Microseconds to send and to receive; bytes written by author and reader; each for one message.
fn talk(suite: Suite, members: usize, count: u32) -> [f64; 4] {
    let mut world = world_of(suite, members, |at| at < 2);
    let (now, address) = (world.now, *world.devices[0].room().address().unwrap());
    let (mut sending, mut receiving, mut written) = (Duration::ZERO, Duration::ZERO, [0; 2]);
    for round in 0..u64::from(count) {
        let content = Content::Text(Text::new(&"w".repeat(200), None).unwrap());
        let began = Instant::now();
        let (_, effects) = world.devices[0].with(now, |ctx, room| {
            room.as_mut().unwrap().handle_send(ctx, content, Care::Ordinary).unwrap()
        });
        sending += began.elapsed();
        let (bytes, mut out) = asked(effects);
        written[0] += bytes;
        let envelope = out.remove(0).envelope;
        let position = Position::new(now.0 * 1000 + 1_000_000 + round);
        for (who, wrote) in written.iter_mut().enumerate() {
            let began = Instant::now();
            let effects = world.devices[who].with(now, |ctx, room| {
                room.as_mut().unwrap().handle_entry(ctx, &address, position, &envelope)
            });
            if who == 1 {
                receiving += began.elapsed();
            }
            *wrote += asked(effects).0;
        }
    }
    let each = f64::from(count);
    let [author, reader] = written.map(|bytes| bytes as f64 / each);
    [micros(sending) / each, micros(receiving) / each, author, reader]
}

/// Bytes that go into the vault, the outbox's not counted, and what leaves.
fn asked(effects: Effects<RoomEvent>) -> (usize, Vec<Outgoing>) {
    let (mut written, mut out) = (0, Vec::new());
    for effect in effects {
        match effect {
            Effect::Persist(changes) => {
                for change in changes {
                    if let Change::Put { key, value } = change
                        && !key.starts_with("outbox/")
                    {
                        written += key.len() + value.len();
                    }
                }
            }
            Effect::Deposit(one) => out.push(one),
            _ => {}
        }
    }
    (written, out)
}

/// What a change took.
#[derive(Default)]
struct Took {
    stage: Duration,
    apply: Duration,
    receive: Duration,
    join: Duration,
    commit: usize,
    welcome: usize,
}

type Act<'a> = &'a dyn Fn(&mut Context<'_>, &mut Room) -> Result<Effects<RoomEvent>, ChangeRefused>;

pub(crate) fn commits(bench: &Bench, section: &mut Section) {
    section.say(
        "bytes of the MLS message and of the Welcome with what stands beside it; ms on the author (stage and apply), \
         on a receiver, on the newcomer",
    );
    for suite in Suite::ALL {
        let sizes = bench.pick(&[2, 10, 50, 150, 500, 1_000][..], &[2, 5]);
        for members in sizes {
            changes(section, suite, *members);
        }
    }
}

fn changes(section: &mut Section, suite: Suite, members: usize) {
    let step = match members {
        0..=50 => 1,
        51..=150 => 8,
        more => more / 16,
    };
    let is_here = |at: usize| at < 2 || at.is_multiple_of(step);
    let mut world = world_of(suite, members, is_here);
    let founded = admission(&mut world);
    add(section, suite, members, "admission, just founded", &founded);
    for at in (0..members).filter(|at| is_here(*at) && (step > 1 || at % 8 == 0)) {
        world.act(at, |ctx, room| room.handle_keys_for_testing(ctx)).unwrap();
        world.run().unwrap();
    }
    add(section, suite, members, "admission, in life", &admission(&mut world));
    let keys = timed(&mut world, None, &|ctx, room| room.handle_keys_for_testing(ctx));
    add(section, suite, members, "fresh keys, in life", &keys);
    if members > 2 {
        let severed = severing(&mut world, members - 1);
        add(section, suite, members, "severing one, in life", &severed);
    }
}

fn add(section: &mut Section, suite: Suite, members: usize, what: &str, took: &Took) {
    let name = |part: &str| format!("{suite:?}, {members}: {what}: {part}");
    let (x, series) = (members as f64, |part: &str| format!("{suite:?}, {what}: {part}"));
    let mut row = |part: &str, value: f64, unit: &str| {
        section.add(Row::new(name(part), value, unit).at(&series(part), x));
    };
    row("commit", took.commit as f64, "bytes");
    row("author", micros(took.stage + took.apply) / 1e3, "ms");
    row("receiver", micros(took.receive) / 1e3, "ms");
    if took.welcome > 0 {
        row("Welcome", took.welcome as f64, "bytes");
        row("newcomer", micros(took.join) / 1e3, "ms");
    }
}

fn admission(world: &mut World) -> Took {
    let newcomer = world.device(&format!("newcomer {}", world.devices.len()));
    let applicant = world.vouched(newcomer, &[0, 1]).unwrap();
    world.run().unwrap();
    timed(world, Some(newcomer), &|ctx, room| room.handle_admit(ctx, applicant))
}

fn severing(world: &mut World, member: usize) -> Took {
    let leaf = world.devices[0].room().members(world.now)[member].id;
    timed(world, None, &|ctx, room| room.handle_sever(ctx, &[leaf]).map(|(_, all)| all))
}

fn change(device: &mut Device, now: UnixMillis, act: Act<'_>) -> Vec<Outgoing> {
    let effects = device.with(now, |ctx, room| act(ctx, room.as_mut().unwrap()).unwrap());
    device.deposits(effects)
}

/// One change: the first device commits, all others read.
fn timed(world: &mut World, newcomer: Option<usize>, act: Act<'_>) -> Took {
    let (now, address) = (world.now, *world.devices[0].room().address().unwrap());
    let mut took = Took::default();
    let began = Instant::now();
    let commit = change(&mut world.devices[0], now, act);
    took.stage = began.elapsed();
    let envelopes: Vec<Envelope> = commit.into_iter().map(|one| one.envelope).collect();
    took.commit = world.devices[0].room().message_bytes_for_testing(&envelopes).unwrap();
    let base = now.0 * 1000 + world.step;
    let read = |device: &mut Device| {
        let began = Instant::now();
        let out = read_all(device, now, &address, base, &envelopes);
        (began.elapsed(), out)
    };
    let (apply, welcome) = read(&mut world.devices[0]);
    took.apply = apply;
    let mut readers = 0;
    for device in world.devices.iter_mut().skip(1) {
        if device.is_in() {
            took.receive += read(device).0;
            readers += 1;
        }
    }
    took.receive /= readers.max(1);
    if let Some(newcomer) = newcomer {
        let began = Instant::now();
        let message = world.welcomed(newcomer, &welcome).expect("they come in");
        took.join = began.elapsed();
        if let InboxMessage::Welcome(all) = message {
            let introductions = all.introductions.iter().map(bytes::Bytes::len).sum::<usize>();
            took.welcome = all.welcome.len() + all.standing.len() + introductions;
        }
    }
    world.step += 1000;
    world.follow_all();
    took
}

fn read_all(
    device: &mut Device,
    now: UnixMillis,
    address: &Address,
    base: u64,
    envelopes: &[Envelope],
) -> Vec<Outgoing> {
    let mut out = Vec::new();
    for (envelope, at) in envelopes.iter().zip(1..) {
        out.extend(device.read(now, address, Position::new(base + at), envelope));
    }
    out
}
