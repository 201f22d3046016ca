//! Letting in and putting out, by the size of the room: `cargo bench -p offshift-tests --bench door`.
//!
//! ```text
//! machines: bytes of the commit and the Welcome; ms on the committer, on a receiver, on the newcomer
//! relay:    an in-process relay, a connection for each device: seconds from the command to the last who has applied it
//! ```
//! The machines are the protocol's, without vaults: Argon2 and files would be measured instead. Trees: "just founded" is
//! one commit that added everybody, so that only the founder's path has keys; "in life" is the same tree after one
//! member in eight, evenly spread, has made fresh keys. Blank nodes make commits long (RFC 9420, section 7.4).
//!
//! X-Wing goes to 150 members only: a Welcome of 500 has 1.3 MB and more, and rooms of that size are told to take the
//! classical suite.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]

use std::{
    env,
    sync::Arc,
    time::{Duration, Instant},
};

use offshift_access::{EnvelopeHash, FetchKey};
use offshift_link::{FetchItem, Link, Options};
use offshift_protocol::{
    Context, Effects, Outgoing,
    room::{ChangeRefused, Room, RoomEvent, Rules, Suite},
};
use offshift_tests::{
    relay::LibraryRelay,
    world::{Device, Founding, World},
};
use offshift_wire::{Address, Envelope, Position, UnixMillis, code::Role, inbox::InboxMessage};

/// What a change took.
#[derive(Default)]
struct Took {
    stage: Duration,
    apply: Duration,
    receive: Duration,
    join: Duration,
    message: usize,
    envelopes: usize,
    envelope_bytes: usize,
    welcome: usize,
    standing: usize,
    introductions: usize,
    welcome_envelope_bytes: usize,
}

type Change<'a> =
    &'a dyn Fn(&mut Context<'_>, &mut Room) -> Result<Effects<RoomEvent>, ChangeRefused>;

fn bytes(envelopes: &[Outgoing]) -> usize {
    envelopes.iter().map(|one| one.envelope.bytes().len()).sum()
}

fn change(device: &mut Device, now: UnixMillis, act: Change<'_>) -> Vec<Outgoing> {
    let effects = device.with(now, |ctx, room| act(ctx, room.as_mut().unwrap()).unwrap());
    device.deposits(effects)
}

/// One change, by the machines alone: the first device commits, all others read.
fn timed(world: &mut World, newcomer: Option<usize>, act: Change<'_>) -> Took {
    let (now, address) = (world.now, *world.devices[0].room().address().unwrap());
    let mut took = Took::default();
    let started = Instant::now();
    let commit = change(&mut world.devices[0], now, act);
    took.stage = started.elapsed();
    let envelopes: Vec<Envelope> = commit.iter().map(|one| one.envelope.clone()).collect();
    took.message = world.devices[0].room().message_bytes_for_testing(&envelopes).unwrap();
    (took.envelopes, took.envelope_bytes) = (commit.len(), bytes(&commit));
    let base = now.0 * 1000 + world.step;
    let read = |device: &mut Device| {
        let started = Instant::now();
        let mut out = Vec::new();
        for (envelope, at) in envelopes.iter().zip(1..) {
            out.extend(device.read(now, &address, Position::new(base + at), envelope));
        }
        (started.elapsed(), out)
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
        joins(world, newcomer, &welcome, &mut took);
    }
    world.step += 1000;
    world.follow_all();
    took
}

/// The newcomer opens what came and comes in.
fn joins(world: &mut World, newcomer: usize, welcome: &[Outgoing], took: &mut Took) {
    took.welcome_envelope_bytes = bytes(welcome);
    let started = Instant::now();
    let message = world.welcomed(newcomer, welcome).expect("they come in");
    took.join = started.elapsed();
    if let InboxMessage::Welcome(all) = message {
        (took.welcome, took.standing) = (all.welcome.len(), all.standing.len());
        took.introductions = all.introductions.iter().map(bytes::Bytes::len).sum();
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn print(what: &str, took: &Took) {
    println!(
        "    {what:<28} commit {:>7} B ({} envelopes, {:>7} B) | committer: stage {:>6.1} ms, apply {:>6.1} ms | receiver {:>6.1} ms",
        took.message,
        took.envelopes,
        took.envelope_bytes,
        ms(took.stage),
        ms(took.apply),
        ms(took.receive)
    );
    if took.welcome > 0 {
        println!(
            "    {:<28} Welcome {:>7} B + standing {:>6} B + introductions {:>5} B (envelopes {:>7} B) | newcomer {:>6.1} ms",
            "",
            took.welcome,
            took.standing,
            took.introductions,
            took.welcome_envelope_bytes,
            ms(took.join)
        );
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

fn machines(suite: Suite, founders: usize) {
    let step = if founders > 50 { 8 } else { 1 };
    let mut world = World::new(1, Rules::with_founders_max_for_testing(512));
    let founding = Founding { suite, founders, organizers: 2 };
    let is_here = |at: usize| at < 2 || at.is_multiple_of(step);
    world.founded_among(&founding, is_here).unwrap();
    println!("{suite:?}, {founders} members");
    print("admission, just founded", &admission(&mut world));
    let absent = founders - 1;
    for at in (0..founders).filter(|at| is_here(*at) && at % 8 == 0) {
        world.act(at, |ctx, room| room.handle_keys_for_testing(ctx)).unwrap();
        world.run().unwrap();
    }
    print("admission, in life", &admission(&mut world));
    print("severing one, in life", &severing(&mut world, absent));
}

/// What the relay's part needs of a source of entries.
struct Follower {
    device: Device,
    link: Link,
    address: Address,
}

impl Follower {
    async fn connect(relay: &LibraryRelay, device: Device) -> Self {
        let link = Link::connect(&relay.link(), Options::default()).await.unwrap();
        let address = *device.room().address().unwrap();
        Self { device, link, address }
    }

    /// Reads until the room is in the next epoch. When that was.
    async fn follow(mut self, now: UnixMillis, ready: tokio::sync::mpsc::Sender<()>) -> Instant {
        let access = self.device.room().source().unwrap().access;
        let key: FetchKey = access.key();
        let proof = key.prove(&self.address, &self.link.binding());
        let capability = self.link.prove(Role::Fetch, access.descriptor(), &proof).await.unwrap();
        let mut fetching = self.link.fetch(capability, Position::START, true).await.unwrap();
        ready.send(()).await.unwrap();
        let (before, mut position) = (self.device.room().epoch(), Position::START);
        while self.device.room().epoch() == before {
            let item = fetching.next().await.unwrap().unwrap();
            if let FetchItem::Entry { envelope, .. } = item {
                // The relay's time is today's, the room's is the world's: positions are the world's here.
                position = position.next(now.plus_ms(1)).unwrap();
                self.device.read(now, &self.address, position, &envelope);
            }
        }
        Instant::now()
    }
}

async fn deposit(link: &Link, outgoing: &Outgoing) {
    let (address, key) = (outgoing.to.address(), outgoing.to.key());
    let proof = key.prove(&address, &link.binding());
    let capability = link.prove(Role::Deposit, outgoing.to.descriptor(), &proof).await.unwrap();
    let named = EnvelopeHash::of(&outgoing.envelope);
    let receipt =
        link.deposits().deposit(capability, outgoing.life, outgoing.envelope.clone()).await;
    link.relay_key().verify(address, named, receipt.unwrap()).expect("the relay signed it");
}

/// Over a relay: from the organizer's command to the last device that has applied it.
async fn online(suite: Suite, founders: usize, severs: bool) {
    let mut world = World::new(1, Rules::with_founders_max_for_testing(512));
    world.founded(&Founding { suite, founders, organizers: 2 }).unwrap();
    let newcomer = world.device("newcomer");
    let applicant = world.vouched(newcomer, &[0, 1]).unwrap();
    world.run().unwrap();
    let now = world.now;
    let last = world.devices[founders - 1].id();
    let mut devices = std::mem::take(&mut world.devices);
    devices.truncate(if severs { founders - 1 } else { founders });
    let relay = Arc::new(LibraryRelay::in_memory());
    let mut organizer = devices.remove(0);
    let own = Link::connect(&relay.link(), Options::default()).await.unwrap();
    let (ready, mut all_ready) = tokio::sync::mpsc::channel(founders);
    let mut followers = Vec::new();
    for device in devices {
        let follower = Follower::connect(&relay, device).await;
        followers.push(tokio::spawn(follower.follow(now, ready.clone())));
    }
    for _ in &followers {
        all_ready.recv().await.unwrap();
    }
    let started = Instant::now();
    let commit = change(&mut organizer, now, &|ctx, room| {
        if severs {
            room.handle_sever(ctx, &[last]).map(|(_, all)| all)
        } else {
            room.handle_admit(ctx, applicant)
        }
    });
    for one in &commit {
        deposit(&own, one).await;
    }
    let taken = started.elapsed();
    let mut until = started;
    for follower in followers {
        until = until.max(follower.await.unwrap());
    }
    println!(
        "{suite:?}, {founders} members, {}: at the relay after {:.3} s, the last of the online devices after {:.3} s",
        if severs { "severing" } else { "admission" },
        taken.as_secs_f64(),
        until.duration_since(started).as_secs_f64()
    );
}

fn main() {
    let only = env::var("OFFSHIFT_DOOR_MEMBERS").ok().and_then(|text| text.parse().ok());
    let sizes = [(Suite::XWing, 150), (Suite::Classical, 500)];
    let all = sizes.iter().flat_map(|(suite, most)| {
        [10, 50, 150, 500].map(|count| (*suite, count)).into_iter().filter(|(_, at)| at <= most)
    });
    let all: Vec<(Suite, usize)> =
        all.filter(|(_, count)| only.is_none_or(|most: usize| *count <= most)).collect();
    for (suite, count) in &all {
        machines(*suite, *count);
    }
    println!("\nover a relay on this machine, a connection for each device");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for (suite, count) in &all {
        for severs in [false, true] {
            runtime.block_on(online(*suite, *count, severs));
        }
    }
}
