//! A meeting of two devices, and somebody who has photographed the code: writes into both mailboxes what the bytes say,
//! repeats, bends, withholds and lets time pass.
//!
//! Whatever the bytes are: a device shows words once and never after it ended the meeting, and where both show the same
//! words, each has the other. Taken means: both show the same words.

use std::collections::BTreeMap;

use bytes::Bytes;
use offshift_protocol::{
    Change, Context, Effect, Effects, OutboxSequence,
    card::Application,
    ids::MeetingId,
    meeting::{Meeting, MeetingEvent},
};
use offshift_wire::{
    Address, Envelope, Position, RelayId, UnixMillis,
    link::RelayLink,
    meeting::{MeetingEntry, Say},
};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::{
    NOW,
    input::Input,
    rendezvous::{Side, Stolen, commit},
};

const STEPS_MAX: usize = 24;

/// Both have begun; nobody has read anything.
pub(super) struct Start {
    code: String,
    mallory: Bytes,
    shower: (MeetingId, Vec<u8>),
    scanner: (MeetingId, Vec<u8>),
    log: Vec<(Address, Envelope)>,
}

/// What a meeting wrote down and deposits.
type Kept = (BTreeMap<String, Vec<u8>>, Vec<(Address, Envelope)>, Vec<MeetingEvent>);

fn kept(effects: Effects<MeetingEvent>) -> Kept {
    let (mut vault, mut log, mut events) = (BTreeMap::new(), Vec::new(), Vec::new());
    for effect in effects {
        match effect {
            Effect::Persist(changes) => {
                for change in changes {
                    if let Change::Put { key, value } = change {
                        vault.insert(key, value.to_vec());
                    }
                }
            }
            Effect::Deposit(out) => log.push((out.to.address(), out.envelope)),
            Effect::Event(event) => events.push(event),
            _ => {}
        }
    }
    (vault, log, events)
}

impl Start {
    pub(super) fn new() -> Self {
        let (mut rng, mut outbox) = (ChaCha20Rng::seed_from_u64(22), OutboxSequence::new());
        let mut ctx = Context { now: NOW, rng: &mut rng, outbox: &mut outbox };
        let link = RelayLink::new("relay.example", 4433, RelayId::from_bytes([9; 32])).unwrap();
        let [ana, ben, mallory] =
            ["Ana", "Ben", "Mallory"].map(|name| Application::new(&mut ctx, &link, name).unwrap());
        let (shower, effects) = Meeting::show(&mut ctx, &link, ana);
        let (code, (mut vault, mut log, _)) = (shower.code().to_string(), kept(effects));
        let scanned = Meeting::scan(&mut ctx, code.parse().ok().unwrap(), ben);
        let (scanner, effects) = scanned.ok().unwrap();
        let (more, said, _) = kept(effects);
        log.extend(said);
        vault.extend(more);
        let mut record = |one: &Meeting| (one.id(), vault.remove(&one.id().key()).unwrap());
        let (shower, scanner) = (record(&shower), record(&scanner));
        let mallory = Bytes::copy_from_slice(mallory.card().bytes());
        Self { code: code.to_string(), mallory, shower, scanner, log }
    }
}

/// One of the two devices.
struct Device {
    id: MeetingId,
    record: Vec<u8>,
    meeting: Meeting,
    words: usize,
    is_over: bool,
}

impl Device {
    fn new((id, record): &(MeetingId, Vec<u8>)) -> Self {
        let meeting = Meeting::load(*id, record).map_err(drop).expect("what it wrote it can read");
        Self { id: *id, record: record.clone(), meeting, words: 0, is_over: false }
    }

    fn took(&mut self, effects: Effects<MeetingEvent>) -> Vec<(Address, Envelope)> {
        let (mut vault, log, events) = kept(effects);
        if let Some(record) = vault.remove(&self.id.key()) {
            self.record = record;
        }
        for event in events {
            match event {
                MeetingEvent::WordsReady { .. } => {
                    assert!(!self.is_over, "no words after the end");
                    self.words += 1;
                }
                MeetingEvent::Aborted { .. } | MeetingEvent::Expired => self.is_over = true,
            }
        }
        assert!(self.words <= 1, "words are shown once");
        if self.is_over {
            assert!(self.meeting.words().is_none(), "a meeting that is over has no words");
        }
        log
    }
}

struct Run<'a> {
    input: Input<'a>,
    start: &'a Start,
    stolen: Stolen,
    devices: [Device; 2],
    log: Vec<(Address, Envelope)>,
    next: [usize; 2],
    now: UnixMillis,
    rng: ChaCha20Rng,
    outbox: OutboxSequence,
}

/// Runs the bytes.
pub(super) fn run(data: &[u8], start: &Start) -> bool {
    let mut run = Run {
        input: Input(data),
        start,
        stolen: Stolen::from_code(&start.code),
        devices: [Device::new(&start.shower), Device::new(&start.scanner)],
        log: start.log.clone(),
        next: [0, 0],
        now: NOW,
        rng: ChaCha20Rng::seed_from_u64(23),
        outbox: OutboxSequence::new(),
    };
    for _ in 0..STEPS_MAX {
        if run.input.is_over() {
            break;
        }
        run.step();
    }
    let words = [0, 1].map(|at| run.devices[at].meeting.words());
    let [Some((one, of_shower)), Some((other, of_scanner))] = words else { return false };
    let is_same = one == other;
    if is_same {
        assert!(of_shower.as_str() == "Ben" && of_scanner.as_str() == "Ana", "each has the other");
    }
    is_same
}

impl Run<'_> {
    fn step(&mut self) {
        match self.input.below(8) {
            0 | 1 => {
                self.reads(0);
                self.reads(1);
            }
            2 => {
                let who = usize::from(self.input.below(2));
                self.reads(who);
            }
            3 => self.says(),
            4 => self.echoes(),
            5 => self.bends(),
            6 => {
                self.now = self.input.time(self.now.0).max(self.now).min(self.now.plus_ms(700_000));
                for who in [0, 1] {
                    self.asks(who, |ctx, meeting| meeting.handle_tick(ctx));
                }
            }
            _ => {
                let who = usize::from(self.input.below(2));
                let device = &mut self.devices[who];
                if !device.is_over {
                    let loaded = Meeting::load(device.id, &device.record);
                    device.meeting = loaded.map_err(drop).expect("what it wrote it can read");
                }
            }
        }
    }

    fn asks(
        &mut self,
        who: usize,
        ask: impl FnOnce(&mut Context<'_>, &mut Meeting) -> Effects<MeetingEvent>,
    ) {
        let mut ctx = Context { now: self.now, rng: &mut self.rng, outbox: &mut self.outbox };
        let device = &mut self.devices[who];
        let effects = ask(&mut ctx, &mut device.meeting);
        let said = device.took(effects);
        self.log.extend(said);
    }

    fn reads(&mut self, who: usize) {
        let Some((address, envelope)) = self.log.get(self.next[who]).cloned() else { return };
        self.next[who] += 1;
        let position = Position::new(self.next[who] as u64);
        self.asks(who, |ctx, meeting| meeting.handle_entry(ctx, &address, position, &envelope));
    }

    fn side(&mut self) -> Side {
        if self.input.below(2) == 0 { Side::Scanner } else { Side::Shower }
    }

    /// Mallory says something of her own.
    fn says(&mut self) {
        let (side, tag) = (self.side(), self.input.byte());
        let (nonce, card) = ([self.input.byte(); 32], self.start.mallory.clone());
        let commit = match self.input.below(2) {
            0 => commit(&nonce, &card),
            _ => self.last_commit().unwrap_or([7; 32]),
        };
        let say = match self.input.below(4) {
            0 => Say::Commit(commit),
            1 => Say::Answer { commit, nonce, card },
            2 => Say::Reveal { nonce, card },
            _ => Say::Abort(u32::from(self.input.byte())),
        };
        let number = self.log.len() as u64;
        let envelope = self.stolen.seal(side, number, tag, say);
        self.log.push((self.stolen.address(side), envelope));
    }

    fn last_commit(&self) -> Option<[u8; 32]> {
        self.log.iter().rev().find_map(|(_, envelope)| {
            match self.stolen.open(Side::Scanner, envelope)? {
                Say::Commit(commit) => Some(commit),
                _ => None,
            }
        })
    }

    /// What somebody said, again: under another tag, from the other side, or with a byte changed.
    fn echoes(&mut self) {
        let at = self.input.index(self.log.len());
        let Some((_, envelope)) = self.log.get(at).cloned() else { return };
        let opened = [Side::Scanner, Side::Shower]
            .into_iter()
            .find_map(|side| self.stolen.open_entry(side, &envelope));
        let Some(entry) = opened else { return };
        let mut bytes = entry.encode().to_vec();
        let place = self.input.index(bytes.len());
        bytes[place] ^= self.input.byte();
        let Ok(entry) = MeetingEntry::decode(&bytes) else { return };
        let (side, number) = (self.side(), self.log.len() as u64);
        let envelope = self.stolen.seal_entry(side, number, &entry);
        self.log.push((self.stolen.address(side), envelope));
    }

    /// The relay repeats an envelope, perhaps bent.
    fn bends(&mut self) {
        let at = self.input.index(self.log.len());
        let Some((address, envelope)) = self.log.get(at).cloned() else { return };
        let mut bytes = envelope.bytes().to_vec();
        let place = self.input.index(bytes.len());
        bytes[place] ^= self.input.byte();
        self.log.push((address, bytes.try_into().expect("its size is the same")));
    }
}
