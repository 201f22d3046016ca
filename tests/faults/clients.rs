//! Faults of a device: what `offshift send` said is sent, or waits, reaches the other member once and in order.

use std::{
    collections::BTreeSet,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use offshift_tests::{
    people::{Program, Run, meet_programs, run_of},
    relay::{binary, loopback},
};
use offshift_wire::link::RelayLink;

use crate::{
    chance::Chance,
    disk::{DiskImage, Journal, a_cut_drops_what_was_not_flushed},
    harm::{Harm, harm},
    programs::{Around, RelayProcess, outcome},
    report::Row,
    wall::{DAY_S, Wall},
};

/// Ana writes, Bob reads, both with the real program.
pub(crate) struct Pair {
    ana: Program,
    bob: Program,
    next: u64,
    told: BTreeSet<u64>,
    tried: BTreeSet<u64>,
    shown: Vec<Option<u64>>,
    /// As of the last time that both had everything.
    settled: (usize, Harm),
    /// How long one takes here, undisturbed: faults are spread over that time and a little more.
    whole: Duration,
}

impl Pair {
    /// In a room, with everything read. Ana's profile may lie on a disk of its own.
    pub(crate) fn new(of_ana: &Path, of_bob: &Path, link: &RelayLink) -> Self {
        let (ana, bob) = (Program::new(of_ana, "ana", link), Program::new(of_bob, "bob", link));
        meet_programs(&ana, &bob);
        assert_eq!(ana.run(&["room", "found", "Night", "--with", "bob"]).code(), 0);
        assert_eq!(bob.run(&["inbox"]).code(), 0);
        let (told, tried, shown) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        let (settled, whole) = ((0, Harm::default()), Duration::ZERO);
        let mut pair = Self { ana, bob, next: 0, told, tried, shown, settled, whole };
        let began = Instant::now();
        assert!(pair.says(&Around::default()), "undisturbed, it is sent");
        pair.whole = began.elapsed();
        pair
    }

    /// The next message: its number, and the command that sends it.
    fn message(&mut self, around: &Around) -> (u64, Command) {
        self.next += 1;
        self.tried.insert(self.next);
        let text = format!("text {}", self.next);
        let command = self.ana.command(&["send", "Night", &text]);
        (self.next, around.wrap(&command))
    }

    /// Writes down what the program said of it.
    fn heard(&mut self, number: u64, run: &Run) -> bool {
        assert!(!run.error.contains("panicked"), "{}", run.error);
        let told = run.event("sent").is_some() || run.event("waiting").is_some();
        if told {
            self.told.insert(number);
        }
        told
    }

    /// Sends one undisturbed by this test; whether the program said that it is safe.
    fn says(&mut self, around: &Around) -> bool {
        let (number, mut command) = self.message(around);
        let run = run_of(outcome(command.spawn().unwrap()));
        self.heard(number, &run)
    }

    /// Sends one; `fault` happens in the middle of it, and says whether it fell on a program at work.
    fn disturbed(
        &mut self,
        chance: &mut Chance,
        around: &Around,
        fault: impl FnOnce(&mut std::process::Child) -> bool,
    ) -> bool {
        let (number, mut command) = self.message(around);
        let mut child = command.spawn().unwrap();
        std::thread::sleep(chance.time(self.whole * 5 / 4));
        let was_at_work = child.try_wait().unwrap().is_none();
        let struck = fault(&mut child);
        let run = run_of(outcome(child));
        self.heard(number, &run);
        was_at_work && struck
    }

    /// The fault is over: one is sent undisturbed, and the time for it counts.
    fn recovers(&mut self, row: &mut Row, over: Instant) {
        let deadline = Instant::now() + Duration::from_secs(30);
        while !self.says(&Around::default()) {
            assert!(Instant::now() < deadline, "the program does not send any more");
        }
        row.recovered_since(over);
    }

    /// Both get everything; what was told so far is compared.
    fn settle(&mut self) {
        assert_eq!(self.ana.run(&["inbox"]).code(), 0);
        let read = self.bob.run(&["inbox"]);
        assert_eq!(read.code(), 0, "{}", read.error);
        let number = |text: String| text.strip_prefix("text ")?.parse::<u64>().ok();
        self.shown.extend(read.texts().into_iter().map(number));
        self.settled = (self.told.len(), harm(&self.told, &self.tried, &self.shown));
    }

    /// Runs the rounds of a kind, and settles after each part of them.
    fn rounds(
        &mut self,
        mut row: Row,
        chance: &mut Chance,
        mut round: impl FnMut(&mut Self, &mut Chance, &mut Row),
    ) -> Row {
        let (told, before) = self.settled;
        for rounds in chance.sessions() {
            for _ in 0..rounds {
                round(self, chance, &mut row);
                row.tried += 1;
            }
            self.settle();
        }
        let (all, after) = self.settled;
        row.told = all - told;
        row.harm = after.since(before);
        row
    }
}

fn kill(child: &mut std::process::Child) -> bool {
    let _ = child.kill();
    true
}

pub(crate) fn killed(pair: &mut Pair, mut chance: Chance) -> Row {
    let row = Row::new("client: kill -9 while it sends");
    pair.rounds(row, &mut chance, |pair, chance, row| {
        row.struck += usize::from(pair.disturbed(chance, &Around::default(), kill));
        let over = Instant::now();
        pair.recovers(row, over);
    })
}

pub(crate) fn relay_killed(
    pair: &mut Pair,
    relay: &mut Option<RelayProcess>,
    data: &Path,
    mut chance: Chance,
) -> Row {
    let row = Row::new("client: its relay is killed while it sends");
    pair.rounds(row, &mut chance, |pair, chance, row| {
        let at = relay.as_ref().expect("it runs").address();
        let mut over = Instant::now();
        let struck = pair.disturbed(chance, &Around::default(), |_| {
            relay.take().expect("it runs").kill();
            over = Instant::now();
            *relay = Some(RelayProcess::up(data, at));
            true
        });
        row.struck += usize::from(struck);
        pair.recovers(row, over);
    })
}

pub(crate) fn mad_clock(pair: &mut Pair, mut chance: Chance) -> Row {
    const KIND: &str = "client: clock jumps by up to a day";
    let folder = chance.folder("wall");
    std::fs::create_dir_all(&folder).unwrap();
    let wall = match Wall::new(&folder) {
        Ok(wall) => wall,
        Err(why) => return Row::skipped(KIND, why),
    };
    let around = Around { wall: Some(wall.clone()), ..Around::default() };
    pair.rounds(Row::new(KIND), &mut chance, |pair, chance, row| {
        let ahead = i64::try_from(chance.below(2 * 86_400)).unwrap() - DAY_S;
        row.struck += usize::from(pair.disturbed(chance, &around, |_| {
            wall.turn(ahead);
            true
        }));
        // And one that finds it turned.
        pair.says(&around);
        wall.turn(0);
        let over = Instant::now();
        pair.recovers(row, over);
    })
}

/// What the program takes of its own for one message, KiB, is somewhere in here.
const MEMORY_KIB: std::ops::Range<u64> = (4 << 10)..(110 << 10);

/// Under each cap from far too little to enough for its threads a program starts, or says why not and ends. Gives how many
/// starts failed for want of a thread.
pub(crate) fn starts_or_ends(folder: &Path) -> usize {
    let start = |kib: u64| {
        let mut command = Command::new(binary("offshift"));
        command
            .args(["--json", "--lang", "en", "--profile"])
            .arg(folder.join("nobody"))
            .arg("status");
        let capped = Around { memory_kib: Some(kib), ..Around::default() };
        run_of(outcome(capped.wrap(&command).spawn().unwrap()))
    };
    let runs = (MEMORY_KIB.start / 2..MEMORY_KIB.start * 5).step_by(256).map(start);
    runs.filter(|run| run.error.contains("the system gave no resources to run")).count()
}

pub(crate) fn memory_capped(pair: &mut Pair, mut chance: Chance) -> Row {
    let row = Row::new("client: cap on its memory while it sends");
    pair.rounds(row, &mut chance, |pair, chance, row| {
        // The first in any case too little for the passphrase's derivation.
        let width = if row.tried == 0 { 60 << 10 } else { MEMORY_KIB.end - MEMORY_KIB.start };
        let memory_kib = MEMORY_KIB.start + chance.below(width);
        let capped = Around { memory_kib: Some(memory_kib), ..Around::default() };
        row.struck += usize::from(!pair.says(&capped));
        let over = Instant::now();
        pair.recovers(row, over);
    })
}

/// A profile on a disk of its own, with somebody to write to.
pub(crate) struct OnDisk {
    pub(crate) pair: Pair,
    disk: DiskImage,
}

impl OnDisk {
    /// Or why there can be none here.
    pub(crate) fn new(folder: &Path, link: &RelayLink) -> Result<Self, String> {
        let mut disk = DiskImage::new(&folder.join("disk"), 64, Journal::Writeback)?;
        a_cut_drops_what_was_not_flushed(&mut disk);
        let pair = Pair::new(&disk.path(), &folder.join("bob"), link);
        Ok(Self { pair, disk })
    }

    pub(crate) fn without_power(&mut self, mut chance: Chance) -> Row {
        let (row, disk) = (Row::new("client: power cut while it sends (ext4)"), &mut self.disk);
        self.pair.rounds(row, &mut chance, |pair, chance, row| {
            row.struck += usize::from(pair.disturbed(chance, &Around::default(), kill));
            disk.cut_power();
            let over = Instant::now();
            pair.recovers(row, over);
        })
    }

    pub(crate) fn disk_full(&mut self, mut chance: Chance) -> Row {
        let (row, disk) = (Row::new("client: disk full while it sends"), &self.disk);
        self.pair.rounds(row, &mut chance, |pair, chance, row| {
            let but = chance.index(3) * 2_048;
            pair.disturbed(chance, &Around::default(), |_| {
                disk.fill(but);
                true
            });
            // The last block of the vault may have room for a few.
            row.struck += usize::from((0..9).any(|_| !pair.says(&Around::default())));
            disk.free();
            let over = Instant::now();
            pair.recovers(row, over);
        })
    }

    pub(crate) fn read_only(&mut self, mut chance: Chance) -> Row {
        const KIND: &str = "client: disk turns read-only while it sends";
        let (mut why, disk) = (None, &mut self.disk);
        let mut row = self.pair.rounds(Row::new(KIND), &mut chance, |pair, chance, row| {
            pair.disturbed(chance, &Around::default(), |child| {
                why = disk.turn_read_only(child.id()).err();
                true
            });
            row.struck += usize::from(!pair.says(&Around::default()));
            disk.unmount();
            disk.mount().expect("it mounts again");
            let over = Instant::now();
            pair.recovers(row, over);
        });
        row.skipped = why;
        row
    }
}

/// A relay for clients, and its link.
pub(crate) fn relay(data: &Path) -> (Option<RelayProcess>, RelayLink) {
    let relay = RelayProcess::up(data, loopback());
    let link = relay.link.clone();
    (Some(relay), link)
}
