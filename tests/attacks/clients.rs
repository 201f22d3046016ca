//! The same lies before the real client library: a fork (RO-07), a withheld message (RO-06) and removal (RO-08), a
//! profile that was put back from a copy (PT-62). Only their clock is turned.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use offshift_client::{AlarmKind, Care, Client, Founding, RoomId, Suite};
use offshift_tests::{
    liar::{Door, HandClock, Liar},
    people::{Person, meet, passphrase, soon, until},
};
use offshift_wire::UnixMillis;
use tempfile::TempDir;

use crate::company::HOUR_MS;

/// Somebody, and the face of the relay that they see. A device makes many connections, so those of one face are online
/// while those of the other are not.
struct Seat {
    person: Option<Person>,
    name: &'static str,
    directory: PathBuf,
    face: usize,
}

impl Seat {
    /// This person opens their profile.
    async fn opens(&mut self, clock: &HandClock) -> &Person {
        let client = opened(&self.directory, clock).await;
        let (name, directory) = (self.name, self.directory.clone());
        self.person.insert(Person { name, client, directory })
    }
}

/// People at a relay with two faces, in a room of which all are organizers.
struct Night {
    _folder: TempDir,
    clock: HandClock,
    relay: Liar,
    door: Door,
    seats: Vec<Seat>,
    room: RoomId,
}

async fn opened(directory: &Path, clock: &HandClock) -> Client {
    let clock = clock.clone();
    let now = Arc::new(move || clock.now());
    Client::open_with_clock_for_testing(directory, passphrase(), now).await.unwrap()
}

fn machine_clock() -> HandClock {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    HandClock::at(UnixMillis(u64::try_from(since.as_millis()).unwrap()))
}

impl Night {
    /// The first two see the first face of the relay, the others the second.
    async fn begins(names: &[&'static str]) -> Self {
        let clock = machine_clock();
        let relay = Liar::new(&clock, &[0, 0]);
        let (door, folder) = (Door::of(&relay).await, tempfile::tempdir().unwrap());
        let mut people: Vec<Person> = Vec::new();
        for name in names {
            let person = Person::new(folder.path(), name, door.link()).await;
            person.client.close().await;
            let client = opened(&person.directory, &clock).await;
            people.push(Person { client, ..person });
        }
        let mut members = Vec::new();
        for other in &people[1..] {
            members.push(meet(&people[0], other).await.0);
        }
        let (organizers, suite) = (members.clone(), Suite::Classical);
        let founding = Founding { name: "Night".into(), members, organizers, suite, relay: None };
        let room = people[0].client.found(founding).await.unwrap();
        for person in &people {
            person.is_in(room).await;
            person.settled().await;
        }
        let seat = |(number, person): (usize, Person)| Seat {
            name: person.name,
            directory: person.directory.clone(),
            face: usize::from(number > 1),
            person: Some(person),
        };
        let seats = people.into_iter().enumerate().map(seat).collect();
        Self { _folder: folder, clock, relay, door, seats, room }
    }

    /// Those of this face are online, and nobody else.
    async fn sees(&mut self, face: usize) {
        self.door.leads_to(face);
        for seat in &mut self.seats {
            if let Some(person) = seat.person.take() {
                person.client.close().await;
            }
        }
        for seat in self.seats.iter_mut().filter(|seat| seat.face == face) {
            seat.opens(&self.clock).await;
        }
        for _ in 0..2 {
            for person in self.seats.iter().filter_map(|seat| seat.person.as_ref()) {
                person.settled().await;
            }
        }
    }

    /// Half days pass; whoever sees one of these faces is online once in each.
    async fn pass_half_days(&mut self, count: usize, faces: &[usize]) {
        for _ in 0..count {
            self.clock.pass_ms(13 * HOUR_MS);
            for face in faces {
                self.sees(*face).await;
            }
        }
    }

    /// This person comes online, and nobody waits for all to be read.
    async fn opens(&mut self, who: usize) -> &Person {
        let seat = &mut self.seats[who];
        self.door.leads_to(seat.face);
        seat.opens(&self.clock).await
    }

    /// Cleo writes while the relay can't be reached, then it can; how many of her messages waited.
    async fn writes_unheard(&mut self, text: &str) -> usize {
        let room = self.room;
        self.door.shut(true);
        let client = &self.opens(2).await.client;
        client.send(room, text, None, Care::Ordinary).await.unwrap();
        let waiting = client.room(room).await.unwrap().waiting;
        self.door.shut(false);
        waiting
    }

    fn person(&self, who: usize) -> &Person {
        self.seats[who].person.as_ref().unwrap()
    }

    async fn alarms(&self, who: usize) -> Vec<AlarmKind> {
        let alarms = self.person(who).client.alarms().await.unwrap();
        alarms.into_iter().map(|alarm| alarm.kind).collect()
    }

    /// Whether this person's device takes a message.
    async fn takes(&self, who: usize, care: Care) -> bool {
        self.person(who).client.send(self.room, "hello?", None, care).await.is_ok()
    }

    async fn severs(&self, who: usize, name: &str) {
        let (client, room) = (&self.person(who).client, self.room);
        let members = client.members(room).await.unwrap();
        let id = members.into_iter().find(|member| member.handle == name).unwrap().id;
        client.sever(room, &[id]).await.unwrap();
        soon("the removal", async {
            let mut events = client.events();
            while client.members(room).await.unwrap().iter().any(|one| one.id == id) {
                events.next().await.expect("the client runs");
            }
        })
        .await;
        self.person(who).settled().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ro_07_real_clients_of_a_forked_room_raise_alarm_in_both_halves() {
    let mut night = Night::begins(&["ana", "ben", "cleo", "dan", "eli"]).await;
    night.relay.part_all(true);
    for (face, who) in [(0, 0), (1, 2)] {
        night.sees(face).await;
        night.severs(who, "eli").await;
    }
    night.relay.part_all(false);
    // Each device tells two of the three others daily, chosen at random: within days all have heard of the other half.
    let mut told = BTreeSet::new();
    for _ in 0..14 {
        night.clock.pass_ms(13 * HOUR_MS);
        for (face, half) in [(0, [0, 1]), (1, [2, 3])] {
            night.sees(face).await;
            for who in half {
                if night.alarms(who).await.contains(&AlarmKind::Fork) {
                    assert!(!night.takes(who, Care::Ordinary).await, "and sends nothing");
                    told.insert(who);
                }
            }
        }
        if told.len() == 4 {
            // A person who compared with others may write again: it takes that word, and nothing less.
            let (room, person) = (night.room, night.person(3));
            person.client.go_on(room).await.unwrap();
            assert!(night.takes(3, Care::Ordinary).await, "who says so goes on");
            return;
        }
    }
    panic!("only {told:?} were told");
}

#[tokio::test(flavor = "multi_thread")]
async fn ro_07_real_clients_of_one_room_raise_no_alarm() {
    let mut night = Night::begins(&["ana", "ben", "cleo", "dan", "eli"]).await;
    night.sees(0).await;
    night.severs(0, "eli").await;
    night.pass_half_days(4, &[0, 1]).await;
    for (face, who) in [(0, 0), (1, 2), (1, 3)] {
        night.sees(face).await;
        assert_eq!(night.alarms(who).await, [], "{}", night.seats[who].name);
        assert!(night.takes(who, Care::Sensitive).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ro_06_ro_08_a_real_client_that_is_kept_in_the_dark_says_so() {
    let mut night = Night::begins(&["ana", "ben", "cleo"]).await;
    let room = night.room;
    night.sees(0).await;
    night.person(0).sends(room, "one").await;
    // One message is kept from Cleo; the next one shows it.
    night.relay.part_all(true);
    night.person(0).sends(room, "two").await;
    night.relay.part_all(false);
    night.person(0).sends(room, "three").await;
    night.person(1).has_read(room, 3).await;
    assert_eq!(night.alarms(1).await, [], "the twin: Ben was shown everything");
    night.sees(1).await;
    assert_eq!(night.person(2).texts(room).await, ["one", "three"]);
    assert_eq!(night.alarms(2).await, [AlarmKind::Gap]);
    // From now on Cleo is shown nothing.
    night.relay.part_all(true);
    night.pass_half_days(2, &[1]).await;
    assert!(night.takes(2, Care::Sensitive).await, "the control: not at once");
    night.pass_half_days(2, &[1]).await;
    until(night.person(2), "the alarm", async || {
        night.alarms(2).await.contains(&AlarmKind::Stale).then_some(())
    })
    .await;
    assert!(!night.takes(2, Care::Sensitive).await);
    assert!(night.takes(2, Care::Ordinary).await);
}

/// A relay that never says where the log ends is told of after two days by a program that runs all the while, also in a
/// room where each hears of each every day.
#[tokio::test(flavor = "multi_thread")]
async fn ro_06_os_ckp_018_a_real_client_that_is_never_told_where_the_log_ends_says_so() {
    const PATIENCE_HOURS: u64 = 48;
    let mut night = Night::begins(&["ana", "ben", "cleo"]).await;
    let room = night.room;
    night.sees(0).await;
    night.person(0).sends(room, "one").await;
    night.sees(1).await;
    assert_eq!(night.person(2).texts(room).await, ["one"]);
    let address = night.person(2).client.room(room).await.unwrap().address.unwrap();
    night.relay.part(address);
    night.relay.keep_endless(1, address);
    night.sees(0).await;
    night.person(0).sends(room, "two").await;
    // Ana's device tells Cleo's how many words it has sent, as each does daily.
    night.pass_half_days(2, &[0]).await;
    assert_eq!(night.alarms(1).await, [], "the twin: Ben was shown everything");
    night.opens(2).await;
    let (clock, ana, cleo) = (&night.clock, night.person(0), night.person(2));
    let begun = clock.now();
    soon("the alarm", async {
        while !is_told_of_it(cleo).await {
            clock.pass_ms(HOUR_MS);
            // Ana goes on writing; in that time Cleo's device does what is due, in most of these hours.
            ana.sends(room, "and more").await;
        }
    })
    .await;
    let told_after = clock.now().since_ms(begun) / HOUR_MS;
    assert!(told_after >= PATIENCE_HOURS, "told after {told_after} hours: it may be slow");
    let shown = cleo.texts(room).await;
    assert!(shown.iter().all(|text| text == "one"), "{shown:?}");
}

/// Whether it is told that words are missing, or that the room went on.
async fn is_told_of_it(person: &Person) -> bool {
    let alarms = person.client.alarms().await.unwrap();
    alarms.iter().any(|alarm| matches!(alarm.kind, AlarmKind::Gap | AlarmKind::Behind))
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pt_62_a_profile_put_back_from_a_copy_sends_nothing_until_it_is_let_back_in() {
    let mut night = Night::begins(&["ana", "ben", "cleo"]).await;
    let (room, directory) = (night.room, night.seats[2].directory.clone());
    let kept = directory.with_extension("kept");
    night.sees(1).await;
    night.person(2).sends(room, "one").await;
    night.sees(0).await;
    copy(&directory, &kept);
    // The twin: the profile itself goes on as if nothing were.
    night.sees(1).await;
    night.person(2).sends(room, "two").await;
    assert_eq!(night.alarms(2).await, []);
    night.sees(0).await;
    std::fs::remove_dir_all(&directory).unwrap();
    copy(&kept, &directory);
    night.sees(1).await;
    assert_eq!(night.alarms(2).await, [AlarmKind::RolledBack]);
    assert!(!night.takes(2, Care::Ordinary).await);
    night.pass_half_days(1, &[1, 0, 1]).await;
    night.person(2).sends(room, "three").await;
    night.sees(0).await;
    assert_eq!(night.person(0).texts(room).await, ["one", "two", "three"]);
}

/// An old copy that is opened where the relay can't be reached, and written in: its words lie in its outbox before it
/// can know that it is old.
#[tokio::test(flavor = "multi_thread")]
async fn pt_62_os_rbk_005_what_waits_in_an_old_copy_does_not_leave_before_the_log_was_read() {
    let mut night = Night::begins(&["ana", "ben", "cleo"]).await;
    let (room, directory) = (night.room, night.seats[2].directory.clone());
    let kept = directory.with_extension("kept");
    night.sees(1).await;
    night.person(2).sends(room, "one").await;
    night.sees(0).await;
    copy(&directory, &kept);
    // The twin: what waited in the profile of now leaves as soon as the relay is there.
    assert_eq!(night.writes_unheard("two").await, 1);
    until(night.person(2), "the message", async || {
        let views = night.person(2).client.rooms().await.unwrap();
        views.iter().all(|view| view.waiting == 0).then_some(())
    })
    .await;
    night.sees(0).await;
    std::fs::remove_dir_all(&directory).unwrap();
    copy(&kept, &directory);
    let before = night.relay.tap().len();
    assert_eq!(night.writes_unheard("a second time").await, 1);
    let address = night.person(2).client.room(room).await.unwrap().address.unwrap();
    until(night.person(2), "the alarm", async || {
        night.alarms(2).await.contains(&AlarmKind::RolledBack).then_some(())
    })
    .await;
    let deposits = night.relay.tap().split_off(before);
    assert!(deposits.iter().all(|(to, _)| *to != address), "nothing left for the room");
}
