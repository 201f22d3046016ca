//! DA-86 on the real programs: files cut short and with bits turned. Refused with a sentence, or all that is sound is there.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use offshift_tests::{
    people::{Program, meet_programs},
    relay::loopback,
};
use offshift_wire::SizeClass;

use crate::{
    chance::Chance,
    harm::{Harm, harm},
    load::{Load, connected, works_again},
    programs::{Around, RelayProcess},
    report::Row,
};

/// Of a slice: its header, and a record of 1 KiB.
const HEADER: u64 = 40;
const RECORD: u64 = 96 + 1_024 + 16;

/// What was done to one file.
struct Damage {
    path: PathBuf,
    sound: Vec<u8>,
    /// From where on it is cut off; none: one bit is turned.
    cut_at: Option<u64>,
}

impl Damage {
    /// Cuts a file of this folder, or turns a bit in it.
    fn of_one_in(folder: &Path, chance: &mut Chance) -> Self {
        let mut files = Vec::new();
        all_files(folder, &mut files);
        files.retain(|path| fs::metadata(path).unwrap().len() > 0);
        files.sort();
        let path = files[chance.index(files.len())].clone();
        let sound = fs::read(&path).unwrap();
        let mut bytes = sound.clone();
        let at = chance.index(bytes.len());
        let cut_at = (chance.index(2) == 0).then_some(at as u64);
        match cut_at {
            Some(_) => bytes.truncate(at),
            None => bytes[at] ^= 1 << chance.index(8),
        }
        fs::write(&path, bytes).unwrap();
        Self { path, sound, cut_at }
    }

    fn mend(&self) {
        fs::write(&self.path, &self.sound).unwrap();
    }

    /// How many envelopes of 1 KiB lay in the bytes that are gone.
    fn costs(&self) -> usize {
        let records = |len: u64| len.saturating_sub(HEADER) / RECORD;
        let is_slice = self.path.extension().is_some_and(|ending| ending == "slice");
        let gone = match self.cut_at {
            _ if !is_slice => 0,
            Some(at) => records(self.sound.len() as u64) - records(at),
            None => 1,
        };
        usize::try_from(gone).unwrap()
    }
}

fn all_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all_files(&path, found);
        } else if path.is_file() {
            found.push(path);
        }
    }
}

/// Of programs that do not run.
fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    assert!(Command::new("cp").arg("-a").args([from, to]).status().unwrap().success());
}

pub(crate) async fn of_the_relay(mut chance: Chance) -> Row {
    let mut row = Row::new("relay: a file cut or a bit turned");
    let (sound, data) = (chance.folder("sound"), chance.folder("data"));
    let relay = RelayProcess::up(&sound, loopback());
    let (at, mut load) = (relay.address(), Load::new(2, &[SizeClass::K1]));
    load.start(&relay.link);
    assert!(load.reaches(200, Duration::from_secs(30)).await);
    load.stop().await;
    works_again(&relay.link, 0).await;
    relay.stop();
    row.told = load.told();
    let (mut refused, mut cost) = (0, 0);
    for _ in 0..chance.rounds {
        copy(&sound, &data);
        let damage = Damage::of_one_in(&data.join("store"), &mut chance);
        row.tried += 1;
        row.struck += 1;
        match RelayProcess::start(&data, at, &Around::default()) {
            Ok(relay) => {
                let harm = load.harm(&connected(&relay.link).await).await;
                cost += harm.lost.min(damage.costs());
                row.harm += Harm { lost: harm.lost.saturating_sub(damage.costs()), ..harm };
                relay.kill();
            }
            Err(why) => {
                let says_what_to_do = why.code.is_some() && why.said.trim().len() > 20;
                assert!(says_what_to_do && !why.said.contains("panicked"), "{why:?}");
                refused += 1;
                // A refusal touches nothing.
                damage.mend();
                let over = Instant::now();
                let relay = RelayProcess::up(&data, at);
                row.recovered_since(over);
                row.harm += load.harm(&connected(&relay.link).await).await;
                relay.kill();
            }
        }
    }
    row.note = format!(
        "{refused} starts refused with a sentence; {cost} envelopes went with the bytes they lay in"
    );
    row
}

/// Two profiles and their relay, as they are copied for each round.
struct Stage {
    folder: PathBuf,
}

impl Stage {
    fn data(&self) -> PathBuf {
        self.folder.join("relay")
    }

    fn ana(&self) -> Program {
        Program::existing(&self.folder.join("ana"))
    }

    fn bob(&self) -> Program {
        Program::existing(&self.folder.join("bob"))
    }
}

const SAID_BEFORE: u64 = 3;

pub(crate) fn of_a_vault(mut chance: Chance) -> Row {
    let mut row = Row::new("client: its vault cut or a bit turned");
    let (sound, damaged) = (chance.folder("sound"), chance.folder("damaged"));
    fs::create_dir_all(&sound).unwrap();
    let stage = Stage { folder: sound.clone() };
    let relay = RelayProcess::up(&stage.data(), loopback());
    let at = relay.address();
    let (ana, bob) =
        (Program::new(&sound, "ana", &relay.link), Program::new(&sound, "bob", &relay.link));
    meet_programs(&ana, &bob);
    assert_eq!(ana.run(&["room", "found", "Night", "--with", "bob"]).code(), 0);
    assert_eq!(bob.run(&["inbox"]).code(), 0);
    for number in 1..=SAID_BEFORE {
        assert!(ana.run(&["send", "Night", &format!("text {number}")]).event("sent").is_some());
    }
    relay.stop();
    let (mut refused, mut rolled_back) = (0, 0);
    for _ in 0..chance.rounds {
        copy(&sound, &damaged);
        let stage = Stage { folder: damaged.clone() };
        let relay = RelayProcess::up(&stage.data(), at);
        let damage = Damage::of_one_in(&stage.folder.join("ana"), &mut chance);
        row.tried += 1;
        let mut told: BTreeSet<u64> = (1..=SAID_BEFORE).collect();
        let tried: BTreeSet<u64> = (1..=SAID_BEFORE + 1).collect();
        let run = stage.ana().run(&["send", "Night", &format!("text {}", SAID_BEFORE + 1)]);
        assert!(!run.error.contains("panicked"), "{}", run.error);
        if run.event("sent").is_some() {
            told.insert(SAID_BEFORE + 1);
        } else if run.event("waiting").is_some() {
            // Whole records cut off the end: noticed at the relay (PT-62), and nothing leaves until an organizer took
            // the device back.
            rolled_back += 1;
        } else {
            assert!(run.error.trim().len() > 20 && run.code() > 0, "no sentence: {}", run.error);
            refused += 1;
        }
        row.struck += 1;
        if run.code() != 0 && stage.ana().run(&["inbox"]).code() != 0 {
            damage.mend();
            let over = Instant::now();
            assert_eq!(stage.ana().run(&["inbox"]).code(), 0, "a refusal touches nothing");
            row.recovered_since(over);
        }
        let read = stage.bob().run(&["inbox"]);
        assert_eq!(read.code(), 0, "{}", read.error);
        let number = |text: String| text.strip_prefix("text ")?.parse::<u64>().ok();
        let shown: Vec<_> = read.texts().into_iter().map(number).collect();
        row.told += told.len();
        row.harm += harm(&told, &tried, &shown);
        relay.kill();
    }
    row.note = format!("{refused} refused with a sentence, {rolled_back} wait to be taken back");
    row
}
