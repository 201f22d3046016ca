//! Weeks that pass: the binaries have no clock that a test could turn. So time passes for people of the client library and
//! for their relay; it begins some time ago and ends now, when a profile is opened with the real binary.

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
    people::{Person, passphrase},
    relay::LibraryRelay,
};
use offshift_wire::{UnixMillis, link::RelayLink};

const DAY_MS: u64 = 86_400_000;

/// A clock that runs as the machine's does, but begins some days ago. Clones show the same time.
#[derive(Clone)]
pub(crate) struct Past {
    began_ms: u64,
    behind_ms: Arc<AtomicU64>,
}

impl Past {
    pub(crate) fn days_ago(days: u64) -> Self {
        Self { began_ms: days * DAY_MS, behind_ms: Arc::new(AtomicU64::new(days * DAY_MS)) }
    }

    pub(crate) fn behind_ms(&self) -> u64 {
        self.behind_ms.load(Ordering::SeqCst)
    }

    fn a_day_passes(&self) {
        self.behind_ms.fetch_sub(DAY_MS, Ordering::SeqCst);
    }

    fn now(&self) -> UnixMillis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        UnixMillis(u64::try_from(since.as_millis()).unwrap() - self.behind_ms())
    }

    /// A relay that lives by this clock.
    pub(crate) fn relay(&self) -> LibraryRelay<MemoryStore> {
        let store = MemoryStore::with_clock(1 << 30, Arc::new(self.clone()));
        let identity = RelayIdentity::generate().unwrap();
        LibraryRelay::with(&offshift_tests::relay::config(), identity, Arc::new(store))
    }

    /// A new profile that lives by this clock.
    pub(crate) async fn person(
        &self,
        folder: &Path,
        name: &'static str,
        relay: &RelayLink,
    ) -> Person {
        let person = Person::new(folder, name, relay).await;
        self.reopened(person).await
    }

    pub(crate) async fn reopened(&self, person: Person) -> Person {
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
pub(crate) async fn days_pass(
    clock: &Past,
    days: u64,
    stay: [&Person; 2],
    room: RoomId,
    what: &str,
) {
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
