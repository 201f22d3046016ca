//! Sealing and opening by the size of the envelope, beside a plain ChaCha20-Poly1305 over the same bytes.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use chacha20poly1305::{ChaCha20Poly1305, KeyInit, aead::Aead};
use offshift_protocol::{
    room::{Rules, Suite},
    seal::{self, InboxPrivate},
};
use offshift_tests::world::{Founding, World};
use offshift_wire::{Envelope, Position, SizeClass};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use crate::{
    Bench,
    load::micros,
    report::{Row, Section},
};

/// What an envelope of a room needs besides its body.
const OUTER: usize = 24 + 16 + 40;
/// What a sealed sender needs besides its body; the smallest envelope has no room for that.
const INBOX: usize = 1_300;

pub(crate) fn run(bench: &Bench, section: &mut Section) {
    section.say("read and passed over: opens, and holds no message; sealed sender: to an inbox, X-Wing and Noise");
    let mut world = pair();
    for class in SizeClass::ALL {
        let bytes = class.bytes();
        let rounds = bench.pick(((1 << 23) / bytes).min(400), 3) as u32;
        let plain = micros(plain(bytes, rounds));
        let mut add = |what: &str, took: Duration| {
            let name = format!("{:>3} KiB: {what}", bytes >> 10);
            let row = Row::new(name, micros(took), "us").beside("plain AEAD", plain);
            section.add(row.at(what, bytes as f64));
        };
        let (sealing, reading) = outer(&mut world, class, rounds);
        add("room, seal", sealing);
        add("room, read and pass over", reading);
        if bytes > INBOX {
            let (sealing, opening) = inbox(class, bench.pick(40, 2));
            add("sealed sender, seal", sealing);
            add("sealed sender, open", opening);
        }
    }
}

/// A room of two, in the classical suite.
pub(crate) fn pair() -> World {
    let mut world = World::new(1, Rules::with_founders_max_for_testing(8));
    let founding = Founding { suite: Suite::Classical, founders: 2, organizers: 2 };
    world.founded(&founding).unwrap();
    world
}

/// Plain ChaCha20-Poly1305 over so many bytes.
pub(crate) fn plain(bytes: usize, rounds: u32) -> Duration {
    let (cipher, data) = (ChaCha20Poly1305::new(&[7; 32].into()), vec![5; bytes]);
    let began = Instant::now();
    for _ in 0..rounds {
        black_box(cipher.encrypt(&[0; 12].into(), data.as_slice()).unwrap());
    }
    began.elapsed() / rounds
}

/// Outer seals are made here and opened by reading: what opens and is no message costs the opening alone.
fn outer(world: &mut World, class: SizeClass, rounds: u32) -> (Duration, Duration) {
    let (now, address) = (world.now, *world.devices[0].room().address().unwrap());
    let body = vec![9; class.bytes() - OUTER];
    let began = Instant::now();
    let sealed: Vec<Envelope> = (0..rounds)
        .map(|_| {
            world.devices[0].with(now, |ctx, room| {
                room.as_ref().unwrap().dangerous_message_for_testing(ctx, &body).unwrap().remove(0)
            })
        })
        .collect();
    let sealing = began.elapsed() / rounds;
    assert!(sealed.iter().all(|envelope| envelope.class() == class));
    let began = Instant::now();
    for envelope in &sealed {
        world.step += 1;
        let position = Position::new(now.0 * 1000 + world.step);
        world.devices[1].read(now, &address, position, envelope);
    }
    (sealing, began.elapsed() / rounds)
}

fn inbox(class: SizeClass, rounds: u32) -> (Duration, Duration) {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let (to, from) = (InboxPrivate::generate(&mut rng), InboxPrivate::generate(&mut rng));
    let (public, body) = (to.public(), vec![9; class.bytes() - INBOX]);
    let began = Instant::now();
    let all: Vec<_> =
        (0..rounds).map(|_| seal::seal(&mut rng, &public, &from.dh, &body).unwrap()).collect();
    let sealing = began.elapsed() / rounds;
    let began = Instant::now();
    for envelope in &all {
        black_box(seal::open(&to, envelope).ok().unwrap());
    }
    (sealing, began.elapsed() / rounds)
}
