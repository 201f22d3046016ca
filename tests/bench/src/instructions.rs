//! Instructions of the pure crates by callgrind: unlike times, they hold from run to run and from machine to machine of
//! one kind.
//!
//! ```text
//! parent: valgrind --tool=callgrind [this program] --child counted WHAT ROUNDS     with some rounds, and with none
//! child:  sets up, does it ROUNDS times
//! ```

use std::{
    hint::black_box,
    process::{Command, ExitCode},
};

use bytes::BytesMut;
use offshift_protocol::{
    room::{Care, Content, Text},
    seal::{self, InboxPrivate},
};
use offshift_tests::{relay::numbered, world::World};
use offshift_wire::{
    Envelope, Life, Position, frame,
    relay::{CapabilityId, Request},
};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use crate::{
    Bench, process,
    report::{Row, Section},
    seals::{pair, plain},
};

/// What is counted, and how many rounds make the setting-up small.
const COUNTED: [(&str, u32); 8] = [
    ("plain AEAD over 1 KiB", 50),
    ("wire: a deposit frame of 1 KiB, decoded", 200),
    ("room: seal 1 KiB", 50),
    ("room: a message is sent", 20),
    ("room: a message is sent and received", 20),
    ("room: fresh keys, sent and received by two", 4),
    ("inbox: seal 4 KiB", 10),
    ("inbox: seal and open 4 KiB", 10),
];

pub(crate) fn run(bench: &Bench, section: &mut Section) {
    if Command::new("valgrind").arg("--version").output().is_err() {
        section.say("valgrind is absent: Debian package valgrind");
        return;
    }
    section.say("thousands of instructions each, setting up not counted");
    let mut aead = None;
    for (what, rounds) in &COUNTED[..bench.pick(COUNTED.len(), 2)] {
        let (with, without) = (counted(what, *rounds), counted(what, 0));
        let (Some(with), Some(without)) = (with, without) else {
            section.say(format!("callgrind could not run this: {what}"));
            continue;
        };
        let each = with.saturating_sub(without) as f64 / f64::from(*rounds) / 1e3;
        let beside = *aead.get_or_insert(each);
        section.add(Row::new(*what, each, "k").beside("plain AEAD over 1 KiB", beside));
    }
}

/// Instructions of a child that does this so many times.
fn counted(what: &str, rounds: u32) -> Option<u64> {
    let child = process::again(&["counted", what, &rounds.to_string()]);
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    let output = valgrind.arg(child.get_program()).args(child.get_args()).output().ok()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().find(|line| line.contains("Collected"))?;
    output.status.success().then(|| line.rsplit(' ').next()?.parse().ok())?
}

/// Does what the parent counts.
pub(crate) fn child(words: &[&str]) -> ExitCode {
    let [what, rounds] = words else { return ExitCode::from(2) };
    let rounds = rounds.parse().unwrap();
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    match COUNTED.iter().position(|(name, _)| name == what).unwrap() {
        // `plain` divides by its rounds.
        0 => drop((0..rounds).map(|_| plain(1_024, 1)).max()),
        1 => frames(rounds),
        at @ 2..=5 => in_room(&mut pair(), at, rounds),
        at => {
            let (to, from) = (InboxPrivate::generate(&mut rng), InboxPrivate::generate(&mut rng));
            let (public, body) = (to.public(), vec![9; 2_800]);
            for _ in 0..rounds {
                let sealed = seal::seal(&mut rng, &public, &from.dh, &body).unwrap();
                if at == 7 {
                    black_box(seal::open(&to, &sealed).ok().unwrap());
                }
            }
        }
    }
    ExitCode::SUCCESS
}

fn frames(rounds: u32) {
    let mut bytes = BytesMut::new();
    let (capability, life) = (CapabilityId(1), Life::H1);
    Request::Deposit { capability, life, envelope: numbered(1) }.put_frame(&mut bytes);
    for _ in 0..rounds {
        let body = frame::take(&mut bytes.clone()).unwrap().unwrap();
        black_box(Request::decode(body).unwrap());
    }
}

fn in_room(world: &mut World, at: usize, rounds: u32) {
    let (now, address) = (world.now, *world.devices[0].room().address().unwrap());
    for round in 0..u64::from(rounds) {
        let envelopes: Vec<Envelope> = match at {
            2 => {
                let sealed = world.devices[0].with(now, |ctx, room| {
                    room.as_ref().unwrap().dangerous_message_for_testing(ctx, &[9; 900])
                });
                drop(black_box(sealed.unwrap()));
                continue;
            }
            5 => {
                world.act(0, |ctx, room| room.handle_keys_for_testing(ctx)).unwrap();
                world.run().unwrap();
                continue;
            }
            _ => {
                let content = Content::Text(Text::new(&"w".repeat(200), None).unwrap());
                let effects = world.devices[0].with(now, |ctx, room| {
                    room.as_mut().unwrap().handle_send(ctx, content, Care::Ordinary).unwrap().1
                });
                world.devices[0].deposits(effects).into_iter().map(|one| one.envelope).collect()
            }
        };
        if at == 4 {
            let position = Position::new(now.0 * 1000 + 1_000_000 + round);
            world.devices[1].read(now, &address, position, &envelopes[0]);
        }
    }
}
