//! Members who write, commit, read and crash in any order agree in the end (OS-ORD-001, OS-ORD-002, OS-ORD-003, OS-POL-001).

use std::collections::{BTreeMap, BTreeSet};

use offshift_wire::{MemberId, admission::Motion};
use proptest::prelude::*;

use crate::room::{
    RoomEvent, Suite,
    state::Builder,
    tests::world::{START, World},
};

/// One move of one member.
#[derive(Debug, Clone, Copy)]
enum Move {
    Write,
    Rekey,
    Deposit,
    /// The relay has it, the receipt is lost with the process.
    DepositAndCrash,
    Read,
    /// Only so many effects are executed, then the process dies.
    ReadAndCrash(usize),
    Crash,
    /// It reaches the relay, but the device does not know: it may take it back, or deposit it again.
    Leak,
    /// The relay deposits an old envelope again, of this epoch or of another.
    Replay(usize),
}

fn moves() -> impl Strategy<Value = Move> {
    prop_oneof![
        4 => Just(Move::Write),
        2 => Just(Move::Rekey),
        8 => Just(Move::Deposit),
        1 => Just(Move::DepositAndCrash),
        12 => Just(Move::Read),
        1 => (0_usize..4).prop_map(Move::ReadAndCrash),
        1 => Just(Move::Crash),
        1 => Just(Move::Leak),
        1 => (0_usize..1000).prop_map(Move::Replay),
    ]
}

fn act(world: &mut World, at: usize, step: Move, written: &mut Vec<(usize, String)>) {
    match step {
        Move::Write => {
            let words = format!("{at}: {}", written.len());
            world.send(at, &words);
            written.push((at, words));
        }
        Move::Rekey => rekey(world, at),
        Move::Deposit => drop(world.deposit_one(at)),
        Move::DepositAndCrash => {
            let record =
                world.devices[at].waiting.first_key_value().map(|(id, o)| (id.key(), o.encode()));
            world.deposit_one(at);
            if let Some((key, value)) = record {
                world.devices[at].vault.insert(key, value.to_vec());
            }
            world.restart(at);
        }
        Move::Read => drop(world.read_one(at, usize::MAX)),
        Move::ReadAndCrash(keep) => {
            world.read_one(at, keep);
            world.restart(at);
        }
        Move::Crash => world.restart(at),
        Move::Leak => {
            let first = world.devices[at].waiting.values().next();
            let first = first.map(|one| (one.to.address(), one.envelope.clone()));
            first.map(|(to, envelope)| world.logs.append(world.now, to, envelope));
        }
        Move::Replay(which) => {
            let all: Vec<_> =
                world.logs.logs.values().flatten().map(|(_, one)| one.clone()).collect();
            let to = world.devices[at].room().address().copied();
            let old = (!all.is_empty()).then(|| all[which % all.len()].clone());
            to.zip(old).map(|(to, old)| world.logs.append(world.now, to, old));
        }
    }
}

pub(super) fn rekey(world: &mut World, at: usize) {
    let now = world.now;
    let effects = world.devices[at].with(now, |ctx, room| {
        let (room, mut builder) = (room.as_mut().unwrap(), Builder::new());
        room.want_keys(ctx, &mut builder).unwrap();
        room.finish(&mut builder);
        builder.build()
    });
    world.devices[at].execute(effects, usize::MAX);
}

fn assert_all_read_all(world: &World, written: &[(usize, String)]) {
    let read = |at: usize| -> Vec<String> {
        world.devices[at].texts().into_iter().map(|(_, _, text)| text).collect()
    };
    let first = read(0);
    assert_eq!(first.len(), written.len(), "each message stands exactly once");
    assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), first.len());
    for at in 0..world.devices.len() {
        assert_eq!(read(at), first, "everyone reads the same in the same order");
        let mine = |(by, words): &(usize, String)| (*by == at).then(|| words.clone());
        let wrote: Vec<_> = written.iter().filter_map(mine).collect();
        let stands: Vec<_> = first.iter().filter(|words| wrote.contains(words)).cloned().collect();
        assert_eq!(stands, wrote, "each author's messages keep their order");
    }
}

/// OS-CKP-001, OS-RBK-002: whatever crashed, was taken back or came twice, nobody is told of an attack.
fn assert_no_alarm(world: &World) {
    for device in &world.devices {
        let alarm = |event: &&RoomEvent| matches!(event, RoomEvent::Alarm(_));
        assert!(!device.events.iter().any(|event| alarm(&event)), "{}", device.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn os_ord_001_any_interleaving_of_writing_committing_and_crashing_converges(
        seed in 0_u64..1_000_000,
        steps in prop::collection::vec((0_usize..4, moves()), 20..160),
    ) {
        let mut world = World::founded(&["ada", "bo", "cy", "di"], Suite::Classical, seed);
        let mut written = Vec::new();
        for (at, step) in steps {
            act(&mut world, at, step, &mut written);
        }
        world.settle();
        world.assert_converged();
        assert_all_read_all(&world, &written);
        assert_no_alarm(&world);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn os_ord_005_founders_added_in_a_race_with_crashes_all_come_in(
        seed in 0_u64..1_000_000,
        steps in prop::collection::vec((0_usize..2, moves()), 10..80),
        adds in prop::collection::vec((0_usize..80, 0_usize..2), 1..4),
    ) {
        let mut world = World::founded(&["ada", "bo"], Suite::Classical, seed);
        let mut written = Vec::new();
        let count = adds.len();
        for (turn, (at, step)) in steps.into_iter().enumerate() {
            for (number, (_, by)) in adds.iter().enumerate().filter(|(_, (when, _))| *when == turn) {
                world.add(*by, &format!("newcomer {number}"), seed + number as u64);
            }
            act(&mut world, at, step, &mut written);
            if turn % 5 == 0 {
                world.read_inboxes();
            }
        }
        let missing = count - (world.devices.len() - 2);
        world.settle();
        world.assert_converged();
        prop_assert_eq!(world.devices[0].room().members(START).len(), 2 + count - missing);
        prop_assert!(world.devices.iter().all(|device| device.room.is_some()));
        prop_assert_eq!(world.devices[0].texts(), world.devices[1].texts());
        prop_assert_eq!(world.devices[0].texts().len(), written.len());
    }
}

#[test]
fn os_ord_001_thirty_members_who_all_commit_at_once_agree_on_one_commit_at_a_time() {
    let names: Vec<String> = (0..30).map(|at| format!("member {at}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut world = World::founded(&names, Suite::Classical, 7);
    let mut written = Vec::new();
    let before = world.devices[0].room().epoch();
    for round in 0..2 {
        for at in 0..30 {
            act(&mut world, at, Move::Write, &mut written);
            rekey(&mut world, at);
        }
        let first = world.roll(30);
        for at in 0..30 {
            while world.deposit_one((first + at) % 30) {}
        }
        world.settle();
        world.assert_converged();
        assert_eq!(world.devices[0].room().epoch(), before + round + 1, "one of thirty won");
    }
    assert_all_read_all(&world, &written);
}

/// What members do about newcomers and each other.
#[derive(Debug, Clone, Copy)]
enum Word {
    Vouch(usize),
    Object(usize),
    Admit(usize),
    Name(usize),
}

fn words() -> impl Strategy<Value = Word> {
    prop_oneof![
        4 => (0_usize..2).prop_map(Word::Vouch),
        1 => (0_usize..2).prop_map(Word::Object),
        3 => (0_usize..2).prop_map(Word::Admit),
        1 => (2_usize..4).prop_map(Word::Name),
    ]
}

/// A member says or asks something. The rules of the moment may be against it.
fn say(
    world: &mut World,
    at: usize,
    word: Word,
    newcomers: &[(usize, MemberId)],
    founders: &[MemberId],
) {
    let _ = match word {
        Word::Vouch(who) if world.devices[newcomers[who].0].room.is_none() => {
            world.vouch(at, newcomers[who].0)
        }
        Word::Object(who) => {
            world.ask(at, |ctx, room| room.handle_object(ctx, newcomers[who].1, "no"))
        }
        Word::Admit(who) => world.ask(at, |ctx, room| room.handle_admit(ctx, newcomers[who].1)),
        Word::Name(who) => {
            let motion = Motion::NameOrganizer(founders[who]);
            world.ask(at, |ctx, room| room.handle_propose(ctx, motion)).map(drop)
        }
        Word::Vouch(_) => Ok(()),
    };
}

/// The board as its records say it.
fn board(world: &World, at: usize) -> BTreeMap<String, Vec<u8>> {
    let vault = world.devices[at].vault.iter().filter(|(key, _)| key.contains("/board/"));
    vault.map(|(key, value)| (key.clone(), value.clone())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 100, ..ProptestConfig::default() })]

    #[test]
    fn os_adm_001_vouches_admissions_and_motions_in_a_race_with_crashes_end_alike_everywhere(
        seed in 0_u64..1_000_000,
        steps in prop::collection::vec((0_usize..4, moves()), 20..100),
        said in prop::collection::vec((0_usize..100, 0_usize..4, words()), 4..24),
    ) {
        let mut world = World::founded(&["ada", "bo", "cy", "di"], Suite::Classical, seed);
        let founders = ["ada", "bo", "cy", "di"].map(|handle| world.id_of(handle));
        let newcomers: Vec<_> = ["eve", "fay"]
            .iter()
            .zip(9000..)
            .map(|(name, seed)| {
                let at = world.newcomer(name, seed);
                (at, world.key_of(at))
            })
            .collect();
        let mut written = Vec::new();
        for (turn, (at, step)) in steps.into_iter().enumerate() {
            for (_, by, word) in said.iter().filter(|(when, ..)| *when == turn) {
                say(&mut world, *by, *word, &newcomers, &founders);
            }
            act(&mut world, at, step, &mut written);
            if turn % 5 == 0 {
                world.read_inboxes();
            }
        }
        world.settle();
        for (who, _) in newcomers.iter().filter(|(at, _)| world.devices[*at].room.is_none()).copied().collect::<Vec<_>>() {
            for by in 0..4 {
                let _ = world.vouch(by, who);
            }
            world.settle();
            world.admit(0, who).unwrap();
            world.settle();
        }
        world.assert_converged();
        prop_assert_eq!(world.devices[0].room().members(world.now).len(), 6);
        let standing = world.devices[0].room().standing().encode();
        for at in 0..world.devices.len() {
            prop_assert!(world.devices[at].room().standing().encode() == standing);
        }
        for at in 0..4 {
            prop_assert!(board(&world, at) == board(&world, 0), "who crashed and who did not read the same board");
            world.restart(at);
            prop_assert_eq!(world.devices[at].room().applicants(world.now).len(), 0);
            prop_assert_eq!(world.devices[at].texts(), world.devices[0].texts());
        }
        prop_assert_eq!(world.devices[0].texts().len(), written.len());
    }
}
