//! Rooms and seals, without any relay: `cargo bench -p offshift-tests --bench rooms`.
//!
//! Times beside a plain ChaCha20-Poly1305 over the same bytes in the same run; ratios count, not absolute figures.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chacha20poly1305::{ChaCha20Poly1305, KeyInit, aead::Aead};
use offshift_protocol::{
    Change, Context, Effect, Effects, OutboxSequence,
    card::{Application, Contact, Method},
    meeting::{Meeting, MeetingEvent},
    room::{
        Care, Content, Forbidden, FoundRequest, Invitee, JoinRequest, Room, RoomEvent, Rules,
        Suite, Text,
    },
    seal::{self, InboxPrivate},
};
use offshift_wire::{
    Address, Envelope, Position, RelayId, SizeClass, UnixMillis, inbox::InboxMessage,
    link::RelayLink,
};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

const NOW: UnixMillis = UnixMillis(1_790_000_000_000);
const MESSAGES: u32 = 640;

fn link() -> RelayLink {
    RelayLink::new("relay.example", 4433, RelayId::from_bytes([9; 32])).unwrap()
}

fn rules() -> Rules {
    Rules::with_founders_max_for_testing(256)
}

/// A device, with what it wrote to its vault counted.
struct Device {
    name: String,
    rng: ChaCha20Rng,
    outbox: OutboxSequence,
    room: Option<Room>,
    met: Option<(Application, Contact)>,
    written: usize,
}

impl Device {
    fn new(number: usize) -> Self {
        Self {
            name: format!("member {number}"),
            rng: ChaCha20Rng::seed_from_u64(number as u64 + 1),
            outbox: OutboxSequence::new(),
            room: None,
            met: None,
            written: 0,
        }
    }

    fn with<T>(&mut self, act: impl FnOnce(&mut Context<'_>, &mut Option<Room>) -> T) -> T {
        let mut ctx = Context { now: NOW, rng: &mut self.rng, outbox: &mut self.outbox };
        act(&mut ctx, &mut self.room)
    }

    fn application(&mut self) -> Application {
        let name = self.name.clone();
        self.with(|ctx, _| Application::new(ctx, &link(), &name).unwrap())
    }

    /// Takes effects; gives the envelopes that leave.
    fn run<E>(&mut self, effects: Effects<E>) -> Vec<(Address, Envelope)> {
        let mut out = Vec::new();
        for effect in effects {
            match effect {
                Effect::Persist(changes) => {
                    for change in changes {
                        if let Change::Put { key, value } = change
                            && !key.starts_with("outbox/")
                        {
                            self.written += key.len() + value.len();
                        }
                    }
                }
                Effect::Deposit(one) => out.push((one.to.address(), one.envelope)),
                _ => {}
            }
        }
        out
    }

    fn room(&mut self) -> &mut Room {
        self.room.as_mut().unwrap()
    }

    fn send(&mut self, words: &str) -> Vec<(Address, Envelope)> {
        let content = Content::Text(Text::new(words, None).unwrap());
        let (_, effects) = self.with(|ctx, room| {
            room.as_mut().unwrap().handle_send(ctx, content, Care::Ordinary).unwrap()
        });
        self.run(effects)
    }

    fn read(
        &mut self,
        at: u64,
        address: &Address,
        envelope: &Envelope,
    ) -> Vec<(Address, Envelope)> {
        let position = Position::new(NOW.0 * 1000 + at);
        let effects = self.with(|ctx, room| {
            room.as_mut().unwrap().handle_entry(ctx, address, position, envelope)
        });
        self.run(effects)
    }
}

/// Two devices meet.
fn meet(one: &mut Device, other: &mut Device) -> (Application, Contact) {
    let (mine, theirs) = (one.application(), other.application());
    let (mut shown, effects) = one.with(|ctx, _| Meeting::show(ctx, &link(), mine));
    let code = shown.code().to_string().parse().ok().unwrap();
    let (mut scanned, more) = other.with(|ctx, _| Meeting::scan(ctx, code, theirs)).ok().unwrap();
    let mut log = one.run::<MeetingEvent>(effects);
    log.extend(other.run::<MeetingEvent>(more));
    let mut at = 0;
    while at < log.len() {
        let ((address, envelope), position) = (log[at].clone(), Position::new(at as u64 + 1));
        at += 1;
        let effects = one.with(|ctx, _| shown.handle_entry(ctx, &address, position, &envelope));
        log.extend(one.run(effects));
        let effects = other.with(|ctx, _| scanned.handle_entry(ctx, &address, position, &envelope));
        log.extend(other.run(effects));
    }
    let confirmed = one.with(|ctx, _| shown.confirm(ctx, Method::InPerson)).ok().unwrap();
    let theirs = other.with(|ctx, _| scanned.confirm(ctx, Method::InPerson)).ok().unwrap();
    other.met = Some((theirs.application.unwrap(), theirs.contact));
    (confirmed.application.unwrap(), confirmed.contact)
}

/// A room of `count`; the first `real` of them have devices here.
struct Company {
    devices: Vec<Device>,
    at: u64,
    founding: Founding,
}

/// What founding took.
struct Founding {
    commit_bytes: usize,
    welcome_bytes: usize,
    join: Duration,
}

impl Company {
    fn new(suite: Suite, count: usize, real: usize) -> Self {
        let mut devices: Vec<Device> = (0..count).map(Device::new).collect();
        let (founder, others) = devices.split_first_mut().unwrap();
        let mine = founder.application();
        let mut met = Vec::new();
        let mut absent = Vec::new();
        for other in &mut *others {
            if met.len() + 1 < real {
                met.push(meet(founder, other));
            } else {
                absent.push(other.application());
            }
        }
        let present = met.iter().map(|(application, contact)| (contact.card(), application));
        let invitees: Vec<_> = present
            .chain(absent.iter().map(|theirs| (theirs.card(), &mine)))
            .enumerate()
            .map(|(at, (card, application))| Invitee { card, application, organizer: at == 0 })
            .collect();
        let name = "night shift".parse().unwrap();
        let request = FoundRequest {
            name,
            relay: link(),
            suite,
            mine: &mine,
            invitees: &invitees,
            rules: rules(),
        };
        let (room, effects) = founder.with(|ctx, _| Room::found(ctx, &request)).unwrap();
        founder.room = Some(room);
        let commit = founder.run(effects);
        let mut welcomes = Vec::new();
        for ((address, envelope), at) in commit.iter().zip(1..) {
            welcomes.extend(founder.read(at, address, envelope));
        }
        let commit_bytes = commit.iter().map(|(_, envelope)| envelope.bytes().len()).sum();
        let founding = welcome(others, &welcomes, commit_bytes);
        devices.retain(|device| device.room.is_some());
        Self { devices, at: 100, founding }
    }

    /// The time to make a commit of fresh keys, its bytes, and the time to take it.
    fn rekey(&mut self, by: usize) -> (Duration, usize, usize, Duration) {
        self.at += 1000;
        let address = *self.devices[by].room().address().unwrap();
        let started = Instant::now();
        let envelopes = self.devices[by].with(|ctx, room| {
            let room = room.as_mut().unwrap();
            room.dangerous_commit_for_testing(ctx, Forbidden::keys(), NOW).unwrap()
        });
        let made = started.elapsed();
        let bytes = envelopes.iter().map(|envelope| envelope.bytes().len()).sum();
        let mut took = Duration::ZERO;
        let mut readers = 0;
        for (who, device) in self.devices.iter_mut().enumerate() {
            if who == by {
                continue;
            }
            let started = Instant::now();
            for (envelope, at) in envelopes.iter().zip(0..) {
                device.read(self.at + at, &address, envelope);
            }
            took += started.elapsed();
            readers += 1;
        }
        // The author's room was told nothing: it can't go on. Only its readers can.
        self.devices.swap_remove(by);
        (made, bytes, envelopes.len(), took / readers.max(1))
    }
}

fn welcome(
    others: &mut [Device],
    welcomes: &[(Address, Envelope)],
    commit_bytes: usize,
) -> Founding {
    let mut founding = Founding { commit_bytes, welcome_bytes: 0, join: Duration::ZERO };
    let mut by_inbox: BTreeMap<Address, Vec<&Envelope>> = BTreeMap::new();
    for (address, envelope) in welcomes {
        by_inbox.entry(*address).or_default().push(envelope);
    }
    for device in others {
        let Some((mut application, contact)) = device.met.take() else { continue };
        let address = application.inbox().source().access.address();
        let envelopes = &by_inbox[&address];
        founding.welcome_bytes = envelopes.iter().map(|envelope| envelope.bytes().len()).sum();
        for (envelope, at) in envelopes.iter().zip(1..) {
            let handled = application.inbox_mut().handle_entry(Position::new(at), envelope);
            let Ok(received) = handled.outcome else { continue };
            let InboxMessage::Welcome(welcome) = &received.message else { continue };
            let request = JoinRequest {
                welcome,
                application: &application,
                contacts: &[&contact],
                sender: &received.sender,
                rules: rules(),
            };
            let started = Instant::now();
            let (room, effects) = device.with(|ctx, _| Room::join(ctx, &request)).unwrap();
            founding.join = started.elapsed();
            device.room = Some(room);
            device.run::<RoomEvent>(effects);
        }
    }
    founding
}

fn us(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// Plain ChaCha20-Poly1305 over so many bytes.
fn plain(bytes: usize) -> Duration {
    let cipher = ChaCha20Poly1305::new(&[7; 32].into());
    let data = vec![5; bytes];
    let rounds = (1 << 24) / bytes.max(1) as u32 + 1;
    let started = Instant::now();
    for _ in 0..rounds {
        std::hint::black_box(cipher.encrypt(&[0; 12].into(), data.as_slice()).unwrap());
    }
    started.elapsed() / rounds
}

fn messages(suite: Suite, count: usize) {
    let mut company = Company::new(suite, count, 2);
    let words = "w".repeat(200);
    let (mut sending, mut settling, mut receiving) =
        (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let before: Vec<usize> = company.devices.iter().map(|device| device.written).collect();
    for at in 0..u64::from(MESSAGES) {
        let started = Instant::now();
        let (address, envelope) = company.devices[0].send(&words).remove(0);
        sending += started.elapsed();
        let started = Instant::now();
        company.devices[0].read(1000 + at, &address, &envelope);
        settling += started.elapsed();
        let started = Instant::now();
        company.devices[1].read(1000 + at, &address, &envelope);
        receiving += started.elapsed();
    }
    let written = |who: usize| (company.devices[who].written - before[who]) / MESSAGES as usize;
    let baseline = plain(1024);
    println!(
        "{suite:?} {count:>4} members: send {:>7.0} us, settle {:>6.0} us, receive {:>7.0} us ({:>4.0} x plain); \
         written per message: author {:>6} B, reader {:>6} B",
        us(sending / MESSAGES),
        us(settling / MESSAGES),
        us(receiving / MESSAGES),
        receiving.as_secs_f64() / f64::from(MESSAGES) / baseline.as_secs_f64(),
        written(0),
        written(1),
    );
}

fn commits(suite: Suite, count: usize, real: usize) {
    let mut company = Company::new(suite, count, real);
    let (cold, cold_bytes, cold_parts, cold_take) = company.rekey(0);
    let warm = (company.devices.len() > 4).then(|| {
        for _ in 0..company.devices.len() / 2 {
            company.rekey(0);
        }
        company.rekey(0)
    });
    println!(
        "{suite:?} {count:>4} members: founding commit {:>8} B, Welcome {:>8} B, join {:>8.0} us",
        company.founding.commit_bytes,
        company.founding.welcome_bytes,
        us(company.founding.join)
    );
    println!(
        "     first commit of fresh keys: make {:>8.0} us, {cold_bytes:>7} B in {cold_parts}, take {:>8.0} us",
        us(cold),
        us(cold_take)
    );
    if let Some((make, bytes, parts, take)) = warm {
        println!(
            "     in a tree where half committed: make {:>8.0} us, {bytes:>7} B in {parts}, take {:>8.0} us",
            us(make),
            us(take)
        );
    }
}

/// Outer seals are made here and opened by reading: what opens and is no message costs the opening alone.
fn outer(company: &mut Company, class: SizeClass) -> (Duration, Duration) {
    let rounds = ((1 << 24) / class.bytes()).min(500) as u32;
    let address = *company.devices[0].room().address().unwrap();
    let body = vec![9; class.bytes() - 24 - 16 - 40];
    let started = Instant::now();
    let sealed: Vec<Envelope> = (0..rounds)
        .map(|_| {
            company.devices[0].with(|ctx, room| {
                let room = room.as_ref().unwrap();
                room.dangerous_message_for_testing(ctx, &body).unwrap().remove(0)
            })
        })
        .collect();
    let sealing = started.elapsed() / rounds;
    let started = Instant::now();
    for envelope in &sealed {
        company.at += 1;
        company.devices[1].read(company.at, &address, envelope);
    }
    (sealing, started.elapsed() / rounds)
}

fn sealed(class: SizeClass) -> (Duration, Duration) {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let (to, from) = (InboxPrivate::generate(&mut rng), InboxPrivate::generate(&mut rng));
    let (public, rounds) = (to.public(), 50);
    // The smallest envelope has no room beside an X-Wing ciphertext.
    let body = vec![9; class.bytes().saturating_sub(1300).max(1)];
    let started = Instant::now();
    let all: Vec<_> =
        (0..rounds).map(|_| seal::seal(&mut rng, &public, &from.dh, &body).unwrap()).collect();
    let sealing = started.elapsed() / rounds;
    let started = Instant::now();
    for envelope in &all {
        std::hint::black_box(seal::open(&to, envelope).ok().unwrap());
    }
    (sealing, started.elapsed() / rounds)
}

fn seals() {
    let mut company = Company::new(Suite::Classical, 2, 2);
    for class in SizeClass::ALL {
        let baseline = us(plain(class.bytes()));
        let (outer_seal, outer_open) = outer(&mut company, class);
        let (seal, open) = sealed(class);
        println!(
            "{:>7} B: plain {baseline:>6.1} us | outer seal {:>6.1} us ({:.1} x), read and passed over {:>6.1} us \
             ({:.1} x) | sealed sender: seal {:>6.0} us, open {:>6.0} us",
            class.bytes(),
            us(outer_seal),
            us(outer_seal) / baseline,
            us(outer_open),
            us(outer_open) / baseline,
            us(seal),
            us(open)
        );
    }
}

fn main() {
    println!("messages of 200 characters, {MESSAGES} in one epoch");
    for suite in Suite::ALL {
        for count in [2, 10, 50, 150] {
            messages(suite, count);
        }
    }
    println!("\ncommits");
    for suite in Suite::ALL {
        for (count, real) in [(2, 2), (10, 10), (50, 50), (150, 2)] {
            commits(suite, count, real);
        }
    }
    println!("\nseals");
    seals();
}
