//! Letting in and putting out over a relay in this process, a connection for each device: from the organizer's command
//! to the last device that has applied it. All devices share this machine.

use std::{sync::Arc, time::Instant};

use offshift_access::{EnvelopeHash, FetchKey};
use offshift_link::{FetchItem, Link, Options};
use offshift_protocol::{
    Outgoing,
    room::{Rules, Suite},
};
use offshift_tests::{
    relay::LibraryRelay,
    world::{Device, Founding, World},
};
use offshift_wire::{Address, Position, UnixMillis, code::Role};
use tokio::{sync::mpsc, task::JoinSet};

use crate::{
    Bench,
    report::{Row, Section},
};

pub(crate) fn run(bench: &Bench, section: &mut Section) {
    section.say("in the worst tree: just founded, nobody has made fresh keys since");
    let sizes =
        [(Suite::XWing, 10), (Suite::XWing, 50), (Suite::Classical, 50), (Suite::Classical, 150)];
    for (suite, founders) in bench.pick(&sizes[..], &[(Suite::Classical, 3)]) {
        for (severs, what) in [(false, "admission"), (true, "severing")] {
            let [taken, last] = bench.runtime.block_on(online(*suite, *founders, severs));
            let name = format!("{suite:?}, {founders}: {what}, the last device has it");
            section.add(Row::new(name, last, "ms").beside("the relay has it", taken));
        }
    }
}

/// Milliseconds until the relay has signed for all of it, and until the last device has applied it.
async fn online(suite: Suite, founders: usize, severs: bool) -> [f64; 2] {
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
    let (ready, mut all_ready) = mpsc::channel(founders);
    let (count, mut followers) = (devices.len(), JoinSet::new());
    for device in devices {
        let follower = Follower::connect(&relay, device).await;
        followers.spawn(follower.follow(now, ready.clone()));
    }
    for _ in 0..count {
        all_ready.recv().await.unwrap();
    }
    let began = Instant::now();
    let effects = organizer.with(now, |ctx, room| {
        let room = room.as_mut().unwrap();
        if severs {
            room.handle_sever(ctx, &[last]).map(|(_, all)| all).unwrap()
        } else {
            room.handle_admit(ctx, applicant).unwrap()
        }
    });
    for one in &organizer.deposits(effects) {
        deposit(&own, one).await;
    }
    let taken = began.elapsed();
    let until = followers.join_all().await.into_iter().max().unwrap_or(began);
    [taken, until.duration_since(began)].map(|time| time.as_secs_f64() * 1e3)
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
    async fn follow(mut self, now: UnixMillis, ready: mpsc::Sender<()>) -> Instant {
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
