//! Faults of the relay: killed, without power, on a full or broken disk, short of memory, with a mad clock.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use offshift_link::Link;
use offshift_tests::relay::{Mailbox, link_at, loopback, numbered};
use offshift_wire::{Position, SizeClass, UnixMillis};

use crate::{
    chance::Chance,
    disk::{DiskImage, Journal, a_cut_drops_what_was_not_flushed},
    holes::Hole,
    load::{Load, connected, works_again},
    programs::{Around, RelayProcess},
    report::Row,
    wall::{DAY_S, Wall},
};

const DEPOSITORS: u64 = 4;
const SIZES: [SizeClass; 4] = [SizeClass::K1, SizeClass::K4, SizeClass::K1, SizeClass::K1];

/// Nothing that is waited for here takes longer.
const SOON: Duration = Duration::from_secs(30);

/// MiB of the disks that are filled or cut.
const DISK_MIB: u64 = 96;

/// A relay with its load, for some rounds.
struct Scene {
    data: PathBuf,
    at: SocketAddr,
    relay: Option<RelayProcess>,
    around: Around,
    load: Load,
    probes: u64,
}

impl Scene {
    fn new(data: &Path, around: Around) -> Self {
        let relay = RelayProcess::start(data, loopback(), &around).expect("the relay starts");
        let (at, load) = (relay.address(), Load::new(DEPOSITORS, &SIZES));
        Self { data: data.to_owned(), at, relay: Some(relay), around, load, probes: 0 }
    }

    fn relay(&self) -> &RelayProcess {
        self.relay.as_ref().expect("it runs")
    }

    /// Everybody deposits for a while; returns between any two steps of the relay.
    async fn under_load(&mut self, chance: &mut Chance) {
        self.load.start(&self.relay().link.clone());
        let enough = self.load.told() + 20 + chance.index(150);
        let comes = self.load.reaches(enough, SOON).await;
        assert!(comes, "the load does not come through: {:?}", self.load.errors());
        tokio::time::sleep(chance.time(Duration::from_millis(4))).await;
    }

    async fn killed(&mut self) -> Instant {
        self.relay.take().expect("it runs").kill();
        let began = Instant::now();
        self.load.stop().await;
        began
    }

    fn started(&mut self) {
        let started = RelayProcess::start(&self.data, self.at, &self.around);
        self.relay = Some(started.expect("the relay starts"));
    }

    /// Waits until it works, since the fault was over, and looks at everything.
    async fn checked(&mut self, row: &mut Row, over: Instant) {
        self.probes += 1;
        works_again(&self.relay().link, self.probes).await;
        row.recovered_since(over);
        row.harm += self.load.harm(&self.link().await).await;
    }

    /// Starts it again, and looks at everything.
    async fn back(&mut self, row: &mut Row, over: Instant) {
        self.started();
        self.checked(row, over).await;
        row.tried += 1;
    }

    async fn link(&self) -> Link {
        connected(&self.relay().link).await
    }

    async fn ended(mut self, row: &mut Row) {
        self.load.stop().await;
        row.told += self.load.told();
        self.relay.take().expect("it runs").kill();
    }
}

pub(crate) async fn killed(mut chance: Chance) -> Row {
    let mut row = Row::new("relay: kill -9 under load");
    for (session, rounds) in chance.sessions().into_iter().enumerate() {
        let mut scene = Scene::new(&chance.folder(&session.to_string()), Around::default());
        for _ in 0..rounds {
            scene.under_load(&mut chance).await;
            let over = scene.killed().await;
            scene.back(&mut row, over).await;
            row.struck += 1;
        }
        scene.ended(&mut row).await;
    }
    row
}

pub(crate) async fn without_power(mut chance: Chance) -> Row {
    const KIND: &str = "relay: power cut under load (ext4)";
    let mut row = Row::new(KIND);
    for (session, rounds) in chance.sessions().into_iter().enumerate() {
        let journal = if session % 2 == 0 { Journal::Writeback } else { Journal::Ordered };
        let folder = chance.folder(&session.to_string());
        let mut disk = match DiskImage::new(&folder, DISK_MIB, journal) {
            Ok(disk) => disk,
            Err(why) => return Row::skipped(KIND, why),
        };
        a_cut_drops_what_was_not_flushed(&mut disk);
        let mut scene = Scene::new(&disk.path().join("relay"), Around::default());
        for _ in 0..rounds {
            scene.under_load(&mut chance).await;
            scene.killed().await;
            disk.cut_power();
            let over = Instant::now();
            scene.back(&mut row, over).await;
            row.struck += 1;
        }
        scene.ended(&mut row).await;
    }
    row
}

pub(crate) async fn disk_full(mut chance: Chance) -> Row {
    const KIND: &str = "relay: disk full, and free again";
    let (mut row, mut restarts) = (Row::new(KIND), 0);
    for (session, rounds) in chance.sessions().into_iter().enumerate() {
        let folder = chance.folder(&session.to_string());
        let disk = match DiskImage::new(&folder, DISK_MIB, Journal::Ordered) {
            Ok(disk) => disk,
            Err(why) => return Row::skipped(KIND, why),
        };
        let mut scene = Scene::new(&disk.path().join("relay"), Around::default());
        for round in 0..rounds {
            scene.under_load(&mut chance).await;
            let refused = scene.load.refused();
            // From not one byte to nearly what the relay leaves to others.
            disk.fill([0, 4 << 10, 1 << 20, 12 << 20][chance.index(4)]);
            row.struck += usize::from(scene.load.is_refused(refused, SOON).await);
            row.harm += scene.load.harm(&scene.link().await).await;
            // Or it would fill the disk by itself for good: nothing here expires.
            scene.load.stop().await;
            if round % 4 == 3 {
                scene.killed().await;
                restarts += 1;
                let started = RelayProcess::start(&scene.data, scene.at, &scene.around);
                if let Err(refused) = &started {
                    assert!(refused.code.is_some() && !refused.said.is_empty(), "{refused:?}");
                }
                scene.relay = started.ok();
            }
            disk.free();
            let over = Instant::now();
            if scene.relay.is_none() {
                scene.started();
            }
            scene.checked(&mut row, over).await;
            row.tried += 1;
        }
        scene.ended(&mut row).await;
    }
    row.note = format!("{restarts} of them with a restart on the full disk");
    row
}

pub(crate) async fn read_only(mut chance: Chance) -> Row {
    const KIND: &str = "relay: disk turns read-only under load";
    let (mut row, mut refusals) = (Row::new(KIND), 0);
    for (session, rounds) in chance.sessions().into_iter().enumerate() {
        let folder = chance.folder(&session.to_string());
        let made = DiskImage::new(&folder, DISK_MIB, Journal::Ordered);
        let mut disk = match made {
            Ok(disk) => disk,
            Err(why) => return Row::skipped(KIND, why),
        };
        let mut scene = Scene::new(&disk.path().join("relay"), Around::default());
        for _ in 0..rounds {
            scene.under_load(&mut chance).await;
            let refused = scene.load.refused();
            if let Err(why) = disk.turn_read_only(scene.relay().pid()) {
                return Row::skipped(KIND, why);
            }
            row.struck += usize::from(scene.load.is_refused(refused, SOON).await);
            row.harm += scene.load.harm(&scene.link().await).await;
            scene.killed().await;
            match RelayProcess::start(&scene.data, scene.at, &scene.around) {
                Ok(relay) => relay.kill(),
                Err(refused) => {
                    assert!(refused.code.is_some() && !refused.said.is_empty(), "{refused:?}");
                    refusals += 1;
                }
            }
            disk.unmount();
            disk.mount().expect("it mounts again");
            let over = Instant::now();
            scene.back(&mut row, over).await;
        }
        scene.ended(&mut row).await;
    }
    row.note = format!("{refusals} starts on the read-only disk refused with a sentence");
    row
}

/// What a relay that holds nothing takes of its own, KiB, and how much above it a cap may lie.
const IDLE_KIB: u64 = 52 << 10;
const ABOVE_KIB: u64 = 20 << 10;

pub(crate) async fn memory_capped(mut chance: Chance) -> Row {
    let mut row = Row::new("relay: cap on its memory, under load");
    let mut refusals = 0;
    for (session, rounds) in chance.sessions().into_iter().enumerate() {
        let mut scene = Scene::new(&chance.folder(&session.to_string()), Around::default());
        for _ in 0..rounds {
            scene.killed().await;
            let memory_kib = Some(IDLE_KIB + chance.below(ABOVE_KIB));
            let capped = Around { memory_kib, ..Around::default() };
            match RelayProcess::start(&scene.data, scene.at, &capped) {
                Ok(relay) => {
                    scene.relay = Some(relay);
                    row.struck += usize::from(dies_of_load(&mut scene, &mut chance).await);
                    scene.killed().await;
                }
                Err(_) => refusals += 1,
            }
            let over = Instant::now();
            scene.back(&mut row, over).await;
        }
        scene.ended(&mut row).await;
    }
    row.note = format!("{refusals} did not start under their cap");
    row
}

/// Under each cap from far too little to enough a relay starts, or says why not and ends. Gives how many starts failed for
/// want of a thread.
pub(crate) fn starts_or_ends(folder: &Path) -> usize {
    let caps = (IDLE_KIB / 4..IDLE_KIB + ABOVE_KIB).step_by(512);
    let start = |(number, kib): (usize, u64)| {
        let capped = Around { memory_kib: Some(kib), ..Around::default() };
        RelayProcess::start(&folder.join(number.to_string()), loopback(), &capped)
    };
    let refusals = caps.enumerate().map(start).filter_map(Result::err);
    refusals.filter(|refused| refused.said.contains("can't start threads")).count()
}

/// Readers and depositors come until the relay has no memory left, or for a while.
async fn dies_of_load(scene: &mut Scene, chance: &mut Chance) -> bool {
    let link = scene.relay().link.clone();
    scene.load.start(&link);
    let mut crowd = Vec::new();
    let deadline = Instant::now() + chance.time(Duration::from_secs(2));
    while Instant::now() < deadline && !scene.relay.as_mut().expect("it runs").has_died() {
        let options = offshift_link::Options { time: Duration::from_millis(500) };
        if let Ok(one) = Link::connect(&link, options).await {
            let reader = Mailbox::channel(chance.below(DEPOSITORS));
            let proof = reader.prove_fetch(&one).await;
            let fetching = match proof {
                Ok(capability) => one.fetch(capability, Position::START, true).await.ok(),
                Err(_) => None,
            };
            crowd.push((one, fetching));
        }
    }
    scene.relay.as_mut().expect("it runs").has_died()
}

pub(crate) async fn mad_clock(mut chance: Chance) -> Row {
    const KIND: &str = "relay: clock jumps by up to a day";
    let (mut row, mut restarts) = (Row::new(KIND), 0);
    for (session, rounds) in chance.sessions().into_iter().enumerate() {
        let folder = chance.folder(&session.to_string());
        std::fs::create_dir_all(&folder).unwrap();
        let wall = match Wall::new(&folder) {
            Ok(wall) => wall,
            Err(why) => return Row::skipped(KIND, why),
        };
        the_relay_sees_its_clock(&folder, &wall).await;
        wall.turn(0);
        let around = Around { wall: Some(wall.clone()), ..Around::default() };
        let mut scene = Scene::new(&folder.join("relay"), around);
        for round in 0..rounds {
            scene.under_load(&mut chance).await;
            let over = Instant::now();
            let ahead = i64::try_from(chance.below(2 * 86_400)).unwrap() - DAY_S;
            wall.turn(ahead);
            if round % 3 == 2 {
                scene.killed().await;
                scene.started();
                scene.load.start(&scene.relay().link.clone());
                restarts += 1;
            }
            let enough = scene.load.told() + 30;
            row.struck += usize::from(scene.load.reaches(enough, SOON).await);
            scene.checked(&mut row, over).await;
            scene.load.stop().await;
            row.tried += 1;
        }
        scene.ended(&mut row).await;
    }
    row.note = format!("{restarts} jumps between two runs");
    row
}

/// The control: a relay that starts a day ahead says so in its positions.
async fn the_relay_sees_its_clock(folder: &Path, wall: &Wall) {
    wall.turn(DAY_S);
    let around = Around { wall: Some(wall.clone()), ..Around::default() };
    let relay = RelayProcess::start(&folder.join("control"), loopback(), &around).unwrap();
    let link = connected(&relay.link).await;
    let position = Mailbox::inbox(1).deposit(&link, numbered(1)).await.unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let half_a_day = UnixMillis(u64::try_from(now.as_millis()).unwrap() + 43_200_000);
    assert!(position.time() > half_a_day, "it looks at another clock");
    relay.stop();
}

pub(crate) async fn half_open(mut chance: Chance) -> Row {
    let mut row = Row::new("relay: half-open connections under load");
    let mut left = 0;
    for (session, rounds) in chance.sessions().into_iter().enumerate() {
        let mut scene = Scene::new(&chance.folder(&session.to_string()), Around::default());
        for round in 0..rounds {
            let hole = Hole::before(scene.at).await;
            let through = link_at(hole.address(), *scene.relay().link.relay());
            scene.load.start(&through);
            let enough = scene.load.told() + 20 + chance.index(80);
            assert!(scene.load.reaches(enough, SOON).await, "the load comes through");
            hole.tear(&mut chance);
            // Others are served all the while.
            scene.checked(&mut row, Instant::now()).await;
            tokio::time::sleep(chance.time(Duration::from_millis(300))).await;
            if round % 2 == 0 {
                let told = scene.load.told();
                hole.mend();
                row.struck += usize::from(scene.load.reaches(told + 1, SOON).await);
            } else {
                row.struck += 1;
                left += usize::try_from(DEPOSITORS).unwrap();
            }
            scene.load.stop().await;
            row.harm += scene.load.harm(&scene.link().await).await;
            row.tried += 1;
        }
        scene.ended(&mut row).await;
    }
    row.note = format!("{left} connections left half-open; back: a deposit of somebody else");
    row
}
