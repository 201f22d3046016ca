//! A relay that gives members different issuer keys, to tell by their tokens who deposits (RO-09).

use std::{path::PathBuf, sync::Arc, time::Duration};

use offshift_access::TicketCode;
use offshift_client::{
    AlarmKind, AlarmView, Care, Client, Founding, LinkError, RoomId, Suite, Synced, TicketState,
};
use offshift_relay::{counts::Count, office::Terms};
use offshift_tests::{
    liar::{Door, HandClock, Liar},
    people::{Person, meet, passphrase, soon, until},
};
use offshift_wire::{UnixMillis, code::Refusal, token::Period};
use tempfile::TempDir;
use tokio::time::timeout;

use crate::company::{DAY_MS, HOUR_MS};

/// Times that people are given to notice. One is enough, on a quiet machine always.
const ROUNDS_MAX: usize = 4;

/// How long one of them is online each time.
const PATIENCE: Duration = Duration::from_secs(8);

/// Three people in a room. The first two see the first face of the relay, Cleo the second.
struct Night {
    _folder: TempDir,
    clock: HandClock,
    relay: Liar,
    door: Door,
    seats: Vec<(&'static str, PathBuf)>,
    open: Vec<(usize, Person)>,
    room: RoomId,
}

/// So long after the beginning of this week.
fn clock_at(ms: u64) -> HandClock {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let now = UnixMillis(u64::try_from(since.as_millis()).unwrap());
    HandClock::at(Period::at(now).begins().plus_ms(ms))
}

async fn opened(directory: &std::path::Path, clock: &HandClock) -> Client {
    let clock = clock.clone();
    let now = Arc::new(move || clock.now());
    Client::open_with_clock_for_testing(directory, passphrase(), now).await.unwrap()
}

async fn person(folder: &std::path::Path, name: &'static str, clock: &HandClock) -> Person {
    let directory = folder.join(name);
    Client::create(&directory, name, passphrase()).await.unwrap().close().await;
    Person { name, client: opened(&directory, clock).await, directory }
}

impl Night {
    /// Ana and Ben found the room with Ana's ticket; Cleo comes in at this face, with a share of it.
    async fn begins(clock: HandClock, cleos: usize) -> Self {
        let relay = Liar::with_tickets(&clock, 2);
        let (door, folder) = (Door::of(&relay).await, tempfile::tempdir().unwrap());
        let expires = clock.now().plus_ms(60 * DAY_MS);
        let terms = Terms { seats: 9, daily_batches: 50, expires };
        let ticket = relay.face(0).running.office().new_ticket(terms).await.unwrap();
        relay.share_tickets().await;
        let code = TicketCode { link: door.link().clone(), ticket }.to_string();
        let ana = person(folder.path(), "ana", &clock).await;
        let ben = person(folder.path(), "ben", &clock).await;
        let cleo = person(folder.path(), "cleo", &clock).await;
        ana.client.add_relay(&code).await.unwrap();
        let with_ben = meet(&ana, &ben).await.0;
        let with_cleo = meet(&ana, &cleo).await.0;
        let founding = Founding {
            name: "Night".into(),
            members: vec![with_ben],
            organizers: vec![with_ben],
            suite: Suite::Classical,
            relay: None,
        };
        let room = ana.client.found(founding).await.unwrap();
        ben.is_in(room).await;
        cleo.client.close().await;
        ana.client.add_founder(room, with_cleo, false).await.unwrap();
        until(&ana, "the third founder", async || {
            let members = ana.client.members(room).await.unwrap();
            (members.len() == 3).then_some(())
        })
        .await;
        ana.settled().await;
        let seats = [&ana, &ben, &cleo].map(|one| (one.name, one.directory.clone())).into();
        let open = vec![(0, ana), (1, ben)];
        let mut night = Self { _folder: folder, clock, relay, door, seats, open, room };
        night.sees(cleos, &[2]).await;
        night.person(2).is_in(night.room).await;
        night.person(2).settled().await;
        night
    }

    /// These are online, and see this face.
    async fn sees(&mut self, face: usize, who: &[usize]) {
        self.door.leads_to(face);
        for (_, person) in self.open.drain(..) {
            person.client.close().await;
        }
        for seat in who {
            let (name, directory) = self.seats[*seat].clone();
            let client = opened(&directory, &self.clock).await;
            self.open.push((*seat, Person { name, client, directory }));
        }
    }

    fn person(&self, who: usize) -> &Person {
        &self.open.iter().find(|(seat, _)| *seat == who).unwrap().1
    }

    /// Half a day passes; all are online once in it.
    async fn half_a_day(&mut self, cleos: usize) {
        self.clock.pass_ms(13 * HOUR_MS);
        self.sees(0, &[0, 1]).await;
        self.person(0).settled().await;
        self.person(1).settled().await;
        self.buys(0, 2).await;
        self.sees(cleos, &[2]).await;
        self.buys(cleos, 1).await;
    }

    /// An hour passes, in which all who are online buy what has become due while they were away.
    async fn buys(&mut self, face: usize, batches: u64) {
        let issued = |night: &Self| night.relay.face(face).running.counts().of(Count::Issued);
        let wanted = issued(self) + batches;
        for (_, person) in &self.open {
            person.client.relays().await.unwrap();
        }
        self.clock.pass_ms(HOUR_MS);
        soon("the batches", async {
            while issued(self) < wanted {
                for (_, person) in &self.open {
                    // Their devices look at the clock again.
                    person.client.relays().await.unwrap();
                }
                // Whoever did not reach the relay tries again some minutes later.
                self.clock.pass_ms(100);
                tokio::task::yield_now().await;
            }
        })
        .await;
    }

    /// Two days pass, in which only these are online: each tells the others where it stands. (A device looks once in each
    /// half day what is due, for its clock stands in between: the first look only draws the time.)
    async fn passes(&mut self, face: usize, who: &[usize]) {
        for _ in 0..4 {
            self.clock.pass_ms(13 * HOUR_MS);
            self.sees(face, who).await;
            for seat in who {
                self.person(*seat).settled().await;
            }
        }
    }

    /// These speak, for two days and again, until those have heard it and raise the alarm: a device that goes offline in
    /// the middle of a checkpoint tells the rest when it comes back, which may be a day later.
    async fn warns(&mut self, speakers: (usize, &[usize]), hearers: (usize, &[usize])) {
        for _ in 0..ROUNDS_MAX {
            self.passes(speakers.0, speakers.1).await;
            self.sees(hearers.0, hearers.1).await;
            let mut told = 0;
            for who in hearers.1 {
                let alarm = until(self.person(*who), "the alarm", async || self.alarm(*who).await);
                told += usize::from(timeout(PATIENCE, alarm).await.is_ok());
            }
            if told == hearers.1.len() {
                return;
            }
        }
        panic!("nobody noticed in {ROUNDS_MAX} times two days");
    }

    async fn alarm(&self, who: usize) -> Option<AlarmView> {
        let alarms = self.person(who).client.alarms().await.unwrap();
        alarms.into_iter().find(|alarm| alarm.kind == AlarmKind::IssuerKeys)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ro_09_os_tok_042_two_issuer_keys_are_caught_by_checkpoints_and_the_odd_ones_tokens_stay_unused()
 {
    let mut night = Night::begins(clock_at(DAY_MS), 1).await;
    assert!(night.alarm(2).await.is_none(), "before anybody has compared");
    night.warns((0, &[0, 1]), (1, &[2])).await;
    let alarm = night.alarm(2).await.unwrap();
    assert!(alarm.sentence.contains("different keys for tokens"));
    assert!(alarm.advice.contains("found the room again at another relay"));
    assert_eq!(
        alarm.evidence.unwrap().len(),
        32 + 2 * 100,
        "the key, and two statements signed by it"
    );
    // A connection that was paid for before goes on; a new one is not paid for by these.
    night.sees(1, &[2]).await;
    let spent = night.relay.face(1).running.counts().of(Count::Spent);
    let cleo = night.person(2);
    cleo.client.send(night.room, "not by these", None, Care::Ordinary).await.unwrap();
    let synced = soon("the end of a sync", cleo.client.sync()).await.unwrap();
    assert_eq!(synced, Synced::Away(LinkError::Refused(Refusal::NoCredit)));
    let state = cleo.client.relays().await.unwrap()[0].ticket;
    assert_eq!(state, TicketState::Distrusted);
    assert_eq!(night.relay.face(1).running.counts().of(Count::Spent), spent, "unused");
    assert_eq!(cleo.client.room(night.room).await.unwrap().waiting, 1, "and nothing is lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn ro_09_os_tok_042_the_others_are_told_too_when_the_odd_one_speaks_first() {
    let mut night = Night::begins(clock_at(DAY_MS), 1).await;
    night.warns((1, &[2]), (0, &[0, 1])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ro_09_control_an_honest_relay_raises_no_alarm_also_over_the_turn_of_the_week() {
    let mut night = Night::begins(clock_at(6 * DAY_MS), 0).await;
    let before = Period::at(night.clock.now());
    for _ in 0..5 {
        night.half_a_day(0).await;
        assert!(night.alarm(2).await.is_none());
    }
    assert_eq!(Period::at(night.clock.now()), before.next());
    let issued = night.relay.face(0).running.counts().of(Count::Issued);
    assert!(issued >= 6, "batches of both weeks: {issued}");
    night.sees(0, &[0, 1, 2]).await;
    night.person(2).sends(night.room, "all is well").await;
    for who in 0..3 {
        assert!(night.alarm(who).await.is_none());
    }
}
