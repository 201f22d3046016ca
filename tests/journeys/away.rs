//! Journey 7: three weeks away. The device catches up, or comes back by itself; what is gone is said in words and dates.
//!
//! The binaries have no clock that a test could turn. So the weeks pass for the others, who use the client library, and
//! for the relay; they begin three weeks ago and end now. Who was away opens the profile with the real binary.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use offshift_client::{Client, RoomId};
use offshift_link::RelayIdentity;
use offshift_relay::store::{
    clock::{Clock, SystemClock},
    memory::MemoryStore,
};
use offshift_tests::{
    people::{Person, Program, found, passphrase},
    relay::LibraryRelay,
};
use offshift_wire::{UnixMillis, link::RelayLink};

use crate::stage::{ROOM, Stopwatch, done, news};

const DAY_MS: u64 = 86_400_000;
const WEEKS_3: u64 = 21;
const DAYS_3: u64 = 3;

/// A clock that runs as the machine's does, but begins some days ago. Clones show the same time.
#[derive(Clone)]
struct Past {
    began_ms: u64,
    behind_ms: Arc<AtomicU64>,
}

impl Past {
    fn days_ago(days: u64) -> Self {
        Self { began_ms: days * DAY_MS, behind_ms: Arc::new(AtomicU64::new(days * DAY_MS)) }
    }

    fn behind_ms(&self) -> u64 {
        self.behind_ms.load(Ordering::SeqCst)
    }

    fn a_day_passes(&self) {
        self.behind_ms.fetch_sub(DAY_MS, Ordering::SeqCst);
    }

    fn now(&self) -> UnixMillis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        UnixMillis(u64::try_from(since.as_millis()).unwrap() - self.behind_ms())
    }

    /// A new profile that lives by this clock.
    async fn person(&self, folder: &Path, name: &'static str, relay: &RelayLink) -> Person {
        let person = Person::new(folder, name, relay).await;
        self.reopened(person).await
    }

    async fn reopened(&self, person: Person) -> Person {
        person.client.close().await;
        let clock = self.clone();
        let opened = Client::open_with_clock_for_testing(
            &person.directory,
            passphrase(),
            Arc::new(move || clock.now()),
        );
        Person { client: opened.await.unwrap(), ..person }
    }
}

impl Clock for Past {
    fn wall(&self) -> UnixMillis {
        self.now()
    }

    fn steady(&self) -> Duration {
        SystemClock.steady() + Duration::from_millis(self.began_ms - self.behind_ms())
    }
}

/// Days pass; on each, both who stay write to each other.
async fn days_pass(clock: &Past, days: u64, stay: [&Person; 2], room: RoomId, what: &str) {
    for day in 1..=days {
        clock.a_day_passes();
        for person in stay {
            person.sends(room, &format!("{what}, day {day}, {}", person.name)).await;
        }
        for person in stay {
            person.settled().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_7_who_was_three_weeks_away_comes_back_by_itself_and_is_told_what_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Past::days_ago(WEEKS_3 + DAYS_3);
    let store = MemoryStore::with_clock(1 << 30, Arc::new(clock.clone()));
    let identity = RelayIdentity::generate().unwrap();
    let relay = LibraryRelay::with(&offshift_tests::relay::config(), identity, Arc::new(store));
    let ana = clock.person(folder.path(), "ana", &relay.link()).await;
    let ben = clock.person(folder.path(), "ben", &relay.link()).await;
    let cleo = clock.person(folder.path(), "cleo", &relay.link()).await;
    let room = found(ROOM, &[&ana, &ben, &cleo]).await;
    let stay = [&ana, &ben];

    // Three days: everything still lies at the relay.
    cleo.client.close().await;
    days_pass(&clock, DAYS_3, stay, room, "short").await;
    let cleo = clock.reopened(cleo).await;
    cleo.settled().await;
    assert_eq!(cleo.texts(room).await, ana.texts(room).await, "caught up, nothing is gone");
    cleo.client.close().await;

    // Three weeks: the relay has forgotten the way to the present.
    days_pass(&clock, WEEKS_3, stay, room, "long").await;
    assert_eq!(clock.behind_ms(), 0, "it is today");
    let watch = Stopwatch::start();
    let cleo = Program::existing(&cleo.directory);
    let (cleo, returned) = tokio::task::spawn_blocking(move || {
        let back = (0..3).find_map(|_| done(&cleo, &["inbox"]).event("returned").cloned());
        (cleo, back.expect("it comes back by itself"))
    })
    .await
    .unwrap();
    watch.stop("journey 7, the return");
    assert!(returned["gap_from_ms"].as_u64().unwrap() < returned["gap_to_ms"].as_u64().unwrap());
    ana.sends(room, "Welcome back, cleo.").await;
    let read = tokio::task::spawn_blocking(move || news(&cleo)).await.unwrap();
    assert_eq!(read.last().unwrap(), "Welcome back, cleo.");
    assert!(
        !read.iter().any(|text| text.starts_with("long, day 1,")),
        "that is gone, and was said"
    );
}
