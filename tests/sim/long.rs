//! Many seeds of trouble: a few in each ordinary run, those that failed once for ever, ten thousand by command.
//!
//! ```text
//! seed -> image of its suite -> live -> ok | "seed 7: Plain, step 312: device 4 reads another order"
//! ```
//! The worlds share nothing but the disks that they start from, so they run side by side on as many threads as there are
//! processors; within a world there is one.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    thread,
    time::Instant,
};

use crate::{
    founded::image,
    number,
    trouble::{MEMBERS, ORGANIZERS, STEPS, Temper, Trouble, live, suite_of},
};

/// Relays of each world: one keeps the room, and all keep inboxes.
const RELAYS: u8 = 3;

/// Seeds that failed once.
const FAILED: &str = include_str!("seeds.txt");

/// What all seeds of a run came to.
#[derive(Default)]
struct Tally {
    seeds: u64,
    failed: Vec<String>,
    tempers: BTreeMap<Temper, u64>,
    done: BTreeMap<&'static str, usize>,
    epochs: u64,
    said: usize,
    restarts: u64,
    returned: u64,
    probed: u64,
    refused: usize,
    alarms: u64,
    fullest: (usize, &'static str),
    vault_bytes: usize,
}

impl Tally {
    fn note(&mut self, seed: u64, lived: Result<Trouble, String>) {
        self.seeds += 1;
        match lived {
            Ok(trouble) => self.note_good(&trouble),
            Err(broken) => {
                println!("seed {seed}: {broken}");
                self.failed.push(format!("seed {seed}: {broken}"));
            }
        }
    }

    fn note_good(&mut self, trouble: &Trouble) {
        let oracle = &trouble.world.oracle;
        *self.tempers.entry(trouble.temper).or_default() += 1;
        for (what, count) in &trouble.done {
            *self.done.entry(what).or_default() += count;
        }
        self.epochs += oracle.latest();
        self.said += oracle.said();
        self.restarts += oracle.restarts;
        self.returned += oracle.returned;
        self.probed += oracle.probed;
        self.alarms += oracle.alarms;
        self.refused += oracle.refused.values().sum::<usize>();
        self.fullest = self.fullest.max(oracle.fullest);
        self.vault_bytes = self.vault_bytes.max(oracle.vault_bytes);
    }

    fn print(&self) {
        println!("{} seeds of {MEMBERS} members x {STEPS} steps: {:?}", self.seeds, self.tempers);
        println!("  steps: {:?}", self.done);
        println!(
            "  {} words, {} epochs, {} starts from disk, {} came back into the room, {} alarms",
            self.said, self.epochs, self.restarts, self.returned, self.alarms
        );
        println!(
            "  {} commits refused by a rule, {} refusals compared byte for byte; fullest limit: {} % of {}; largest vault {} KiB",
            self.refused,
            self.probed,
            self.fullest.0,
            self.fullest.1,
            self.vault_bytes >> 10
        );
    }
}

/// One seed; a panic is a failure like any other.
fn one(seed: u64) -> Result<Trouble, String> {
    let lived = catch_unwind(AssertUnwindSafe(|| {
        let image = image(suite_of(seed), MEMBERS - 1, ORGANIZERS, RELAYS);
        live(image.get().unwrap().as_ref()?, seed)
    }));
    lived.unwrap_or_else(|_| Err("a panic; its text is above".to_owned()))
}

/// Resident memory of this process.
fn resident_mib() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = text.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok());
    (pages.unwrap_or_default() * 4096) >> 20
}

fn many(from: u64, count: u64, threads: u64) -> Tally {
    let (tally, next, begun) = (Mutex::new(Tally::default()), AtomicU64::new(from), Instant::now());
    let work = || {
        loop {
            let seed = next.fetch_add(1, SeqCst);
            if seed >= from + count {
                return;
            }
            let lived = one(seed);
            let mut tally = tally.lock().unwrap();
            tally.note(seed, lived);
            if tally.seeds.is_multiple_of(100) {
                let rate =
                    f64::from(u32::try_from(tally.seeds).unwrap()) / begun.elapsed().as_secs_f64();
                println!(
                    "{} of {count} seeds, {} failed, {rate:.2} in a second, {} MiB; go on with OFFSHIFT_SIM_FROM={}",
                    tally.seeds,
                    tally.failed.len(),
                    resident_mib(),
                    from + tally.seeds.saturating_sub(threads)
                );
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    tally.into_inner().unwrap()
}

fn hold(tally: &Tally) {
    tally.print();
    assert!(tally.failed.is_empty(), "{} failed:\n{}", tally.failed.len(), tally.failed.join("\n"));
}

#[test]
fn thirty_members_in_trouble_keep_every_invariant() {
    let (one, rounds) = (number("OFFSHIFT_SIM_SEED"), number("OFFSHIFT_SIM_ROUNDS"));
    let count = if one.is_some() { 1 } else { rounds.unwrap_or(2) };
    hold(&many(one.unwrap_or(1), count, 1));
}

/// Each line of the file: a seed, and why it is there.
#[test]
fn seeds_that_failed_once_hold_for_ever() {
    let mut tally = Tally::default();
    for line in FAILED.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let seed = line.split_whitespace().next().and_then(|seed| seed.parse().ok());
        let seed = seed.expect("a seed in front of each line");
        tally.note(seed, one(seed));
    }
    hold(&tally);
}

/// What the project is accepted by.
#[test]
#[ignore = "long; its own command: see the head of main.rs"]
fn ten_thousand_seeds() {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let threads = number("OFFSHIFT_SIM_THREADS").unwrap_or(u64::try_from(processors).unwrap());
    let from = number("OFFSHIFT_SIM_FROM").unwrap_or(1);
    let until = number("OFFSHIFT_SIM_SEEDS").unwrap_or(10_000) + 1;
    hold(&many(from, until.saturating_sub(from), threads));
}
