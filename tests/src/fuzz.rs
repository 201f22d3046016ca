//! Every decoder of bytes from outside, as a function of bytes: whether it takes them. It must never panic.
//!
//! `tests/fuzz` feeds them what a fuzzer finds; the ordinary tests replay the corpus, cut and bent.
//!
//! What it takes, it must write again in a way that it takes: a function panics when that fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "fuzz/admission.rs"]
mod admission;
#[path = "fuzz/chunks.rs"]
mod chunks;
#[path = "fuzz/input.rs"]
mod input;
#[path = "fuzz/log.rs"]
mod log;
#[path = "fuzz/meeting.rs"]
mod meeting;
#[path = "fuzz/rendezvous.rs"]
pub mod rendezvous;
#[path = "fuzz/tokens.rs"]
mod tokens;

use std::cell::RefCell;

use bytes::{Bytes, BytesMut};
use offshift_access::{Descriptor, Receipted};
use offshift_protocol::{
    Context, Effect, Effects, OutboxSequence,
    card::{Application, Card, Contact, Method},
    inbox::InboxCard,
    meeting::{Meeting, MeetingCode, MeetingEvent},
    parts::Part,
    room::{FoundRequest, Invitee, JoinRequest, Room, RoomEvent, Rules, Suite, key_package},
    seal::{self, DhPrivateKey, InboxPrivate, KemPrivateKey},
};
use offshift_wire::{
    Address, Envelope, Life, Position, RelayId, SizeClass, UnixMillis,
    admission::CommitData,
    card::CardBytes,
    content, frame,
    inbox::InboxMessage,
    link::RelayLink,
    meeting::{MeetingEntry, Say},
    receipt::{Against, Evidence},
    relay::{Request, Response},
    room::{MemberInfo, Policy},
    standing::Standing,
};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use zeroize::Zeroizing;

/// A target takes bytes and says whether they were taken.
pub type Target = fn(&[u8]) -> bool;

/// All targets by name. Each has a file in `tests/fuzz/fuzz_targets` and a folder in `tests/fuzz/corpus`.
pub const TARGETS: [(&str, Target); 27] = [
    ("admission", admission_run),
    ("card", card),
    ("card_verified", card_verified),
    ("commit_data", commit_data),
    ("content", content_message),
    ("descriptor", descriptor),
    ("evidence", evidence),
    ("file_chunk", chunks::run),
    ("frame", frame_bytes),
    ("inbox_body", inbox_body),
    ("inbox_card", inbox_card),
    ("inbox_message", inbox_message),
    ("key_package", key_package_bytes),
    ("meeting_code", meeting_code),
    ("meeting_entry", meeting_entry),
    ("meeting_run", meeting_run),
    ("member_info", member_info),
    ("policy", policy),
    ("relay_link", relay_link),
    ("request", request),
    ("response", response),
    ("room_entry", room_entry),
    ("room_log", room_log),
    ("sealed_envelope", sealed_envelope),
    ("standing", standing),
    ("token_run", tokens::run),
    ("welcome", welcome),
];

/// Runs one target.
pub fn run(name: &str, data: &[u8]) {
    let target = TARGETS.iter().find(|(of, _)| *of == name).expect("a target");
    (target.1)(data);
}

fn request(data: &[u8]) -> bool {
    let Ok(request) = Request::decode(Bytes::copy_from_slice(data)) else { return false };
    let mut buffer = BytesMut::new();
    request.put_frame(&mut buffer);
    let body = frame::take(&mut buffer).unwrap().unwrap();
    assert!(Request::decode(body).unwrap() == request);
    true
}

fn response(data: &[u8]) -> bool {
    let Ok(response) = Response::decode(Bytes::copy_from_slice(data)) else { return false };
    let mut buffer = BytesMut::new();
    response.put_frame(&mut buffer);
    let body = frame::take(&mut buffer).unwrap().unwrap();
    assert!(Response::decode(body).unwrap() == response);
    true
}

/// What somebody shows to prove that a relay contradicts itself. Taken means: the relay signed it.
fn evidence(data: &[u8]) -> bool {
    let Ok(evidence) = Evidence::decode(data) else { return false };
    assert!(Evidence::decode(&evidence.encode()).as_ref() == Ok(&evidence));
    let signed = Receipted::verify(evidence.receipt).is_ok();
    match evidence.against {
        Against::Other(other) => signed && Receipted::verify(other).is_ok(),
        Against::Shown(_) | Against::PassedBy(_) => signed,
    }
}

/// A stream of frames, to its end or the first that is malformed.
fn frame_bytes(data: &[u8]) -> bool {
    let mut buffer = BytesMut::from(data);
    loop {
        match frame::take(&mut buffer) {
            Ok(Some(_)) => {}
            Ok(None) => return buffer.is_empty(),
            Err(_) => return false,
        }
    }
}

fn relay_link(data: &[u8]) -> bool {
    let Some(link) = parse::<RelayLink>(data) else { return false };
    assert!(link.to_string().parse() == Ok(link));
    true
}

fn meeting_code(data: &[u8]) -> bool {
    let Some(code) = parse::<MeetingCode>(data) else { return false };
    let again: MeetingCode = code.to_string().parse().ok().unwrap();
    assert_eq!(again.to_string(), code.to_string());
    assert_eq!(again.to_qr_text(), code.to_qr_text());
    true
}

fn parse<T: std::str::FromStr>(data: &[u8]) -> Option<T> {
    std::str::from_utf8(data).ok()?.parse().ok()
}

fn descriptor(data: &[u8]) -> bool {
    let Ok(bytes) = data.try_into() else { return false };
    let Ok(descriptor) = Descriptor::decode(&bytes) else { return false };
    assert_eq!(descriptor.encode(), bytes);
    true
}

fn card(data: &[u8]) -> bool {
    let Ok(card) = Card::decode(Bytes::copy_from_slice(data)) else { return false };
    assert_eq!(card.bytes(), data);
    let wire = CardBytes::decode(data).unwrap();
    assert!(CardBytes::decode(&wire.encode()) == Ok(wire));
    true
}

fn card_verified(data: &[u8]) -> bool {
    Card::verify(Bytes::copy_from_slice(data)).is_ok()
}

fn inbox_card(data: &[u8]) -> bool {
    let Ok(card) = InboxCard::decode(data) else { return false };
    assert!(InboxCard::decode(&card.encode()).is_ok());
    true
}

fn key_package_bytes(data: &[u8]) -> bool {
    Suite::ALL.into_iter().any(|suite| key_package::inspect(suite, data).is_ok())
}

fn inbox_message(data: &[u8]) -> bool {
    let Ok(message) = InboxMessage::decode(Bytes::copy_from_slice(data)) else { return false };
    assert!(InboxMessage::decode(message.encode()) == Ok(message));
    true
}

fn content_message(data: &[u8]) -> bool {
    let Ok(message) = content::Message::decode(Bytes::copy_from_slice(data)) else { return false };
    if let Ok(bytes) = message.encode() {
        assert!(content::Message::decode(bytes.into()) == Ok(message));
    }
    true
}

fn member_info(data: &[u8]) -> bool {
    MemberInfo::decode(data).is_ok_and(|info| info.encode() == data)
}

fn policy(data: &[u8]) -> bool {
    Policy::decode(data).is_ok_and(|policy| policy.encode() == data)
}

fn standing(data: &[u8]) -> bool {
    Standing::decode(data).is_ok_and(|standing| standing.encode() == data)
}

/// Commits of byzantine members, one after the other. Taken means: one was allowed.
fn admission_run(data: &[u8]) -> bool {
    FIXTURE.with_borrow(|fixture| admission::run(data, &fixture.ana.card().inbox().encode()))
}

fn commit_data(data: &[u8]) -> bool {
    CommitData::decode(data).is_ok_and(|commit| commit.encode() == data)
}

fn meeting_entry(data: &[u8]) -> bool {
    let Ok(entry) = MeetingEntry::decode(data) else { return false };
    if let Say::Answer { card, .. } | Say::Reveal { card, .. } = &entry.say {
        let _ = Card::decode(card.clone());
    }
    assert!(MeetingEntry::decode(&entry.encode()) == Ok(entry));
    true
}

/// An envelope as it comes from a relay: the bytes, and zeros up to the next size.
fn sealed_envelope(data: &[u8]) -> bool {
    let Some(envelope) = envelope(data) else { return false };
    seal::open(&recipient(), &envelope).is_ok()
}

/// What somebody who has the card can put under the seal.
fn inbox_body(data: &[u8]) -> bool {
    let from = DhPrivateKey::from_seed(&Zeroizing::new([3; 32]));
    let to = recipient();
    let Ok(sealed) = seal::seal(&mut rng(), &to.public(), &from, data) else { return false };
    let opened = seal::open(&to, &sealed).expect("what was sealed opens");
    assert_eq!(opened.body.as_slice(), data);
    Part::decode(&opened.body).is_ok()
}

fn envelope(data: &[u8]) -> Option<Envelope> {
    let class = SizeClass::holding(data.len())?;
    let mut bytes = data.to_vec();
    bytes.resize(class.bytes(), 0);
    bytes.try_into().ok()
}

/// The keys to which the corpus is sealed.
pub fn recipient() -> InboxPrivate {
    InboxPrivate {
        kem: KemPrivateKey::from_seed(&Zeroizing::new([1; 32])),
        dh: DhPrivateKey::from_seed(&Zeroizing::new([2; 32])),
    }
}

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(20)
}

/// A Welcome from somebody who was met, as it comes out of the inbox.
fn welcome(data: &[u8]) -> bool {
    let message = InboxMessage::decode(Bytes::copy_from_slice(data));
    let Ok(InboxMessage::Welcome(welcome)) = message else { return false };
    FIXTURE.with_borrow_mut(|fixture| {
        let request = JoinRequest {
            welcome: &welcome,
            application: &fixture.bens,
            contacts: &[&fixture.ana],
            sender: &fixture.ana.card().inbox().keys().dh,
            rules: Rules::new(),
        };
        let mut outbox = OutboxSequence::new();
        let mut ctx = Context { now: NOW, rng: &mut fixture.rng, outbox: &mut outbox };
        Room::join(&mut ctx, &request).is_ok()
    })
}

/// What a member can put under the outer seal. Taken means: it was not passed over.
fn room_entry(data: &[u8]) -> bool {
    FIXTURE.with_borrow_mut(|fixture| {
        let mut outbox = OutboxSequence::new();
        let mut ctx = Context { now: NOW, rng: &mut fixture.rng, outbox: &mut outbox };
        let sealed = fixture.room.dangerous_message_for_testing(&mut ctx, data);
        let Ok(sealed) = sealed else { return false };
        let address = *fixture.room.address().expect("a member");
        let mut taken = true;
        for envelope in sealed {
            fixture.at += 1;
            let position = Position::new(fixture.at);
            let effects = fixture.room.handle_entry(&mut ctx, &address, position, &envelope);
            taken &=
                !effects.iter().any(|one| matches!(one, Effect::Event(RoomEvent::Skipped { .. })));
        }
        assert_eq!(*fixture.room.address().expect("a member"), address, "no stranger's commit");
        taken
    })
}

/// A meeting and somebody who has its code, one deed after the other.
fn meeting_run(data: &[u8]) -> bool {
    MEETING.with(|start| meeting::run(data, start))
}

/// A room's log and its readers, one deed after the other.
fn room_log(data: &[u8]) -> bool {
    LOG.with(|start| log::run(data, start))
}

const NOW: UnixMillis = UnixMillis(1_790_000_000_000);

/// Ana and Ben have met; Ana has founded a room and not yet read its log.
struct Fixture {
    rng: ChaCha20Rng,
    bens: Application,
    ana: Contact,
    room: Room,
    at: u64,
}

thread_local! {
    static MEETING: meeting::Start = meeting::Start::new();
    static LOG: log::Start = log::Start::new();
    static FIXTURE: RefCell<Fixture> = RefCell::new(Fixture::new());
}

impl Fixture {
    fn new() -> Self {
        let (mut rng, mut outbox) = (rng(), OutboxSequence::new());
        let mut ctx = Context { now: NOW, rng: &mut rng, outbox: &mut outbox };
        let link = RelayLink::new("relay.example", 4433, RelayId::from_bytes([9; 32])).unwrap();
        let apply = |ctx: &mut Context<'_>, name| Application::new(ctx, &link, name).unwrap();
        let [own, anas, bens] = ["Ana", "Ana", "Ben"].map(|name| apply(&mut ctx, name));
        let (of_ana, of_ben, bens) = meet(&mut ctx, &link, anas, bens);
        let invitees = [Invitee { card: of_ana.0.card(), application: &of_ana.1, organizer: true }];
        let (room, _) = found(&mut ctx, &link, &own, &invitees);
        Self { rng, bens, ana: of_ben, room, at: 1 }
    }
}

/// A room that somebody founds with these people.
fn found(
    ctx: &mut Context<'_>,
    link: &RelayLink,
    mine: &Application,
    invitees: &[Invitee<'_>],
) -> (Room, Effects<RoomEvent>) {
    let request = FoundRequest {
        name: "night shift".parse().unwrap(),
        relay: link.clone(),
        suite: Suite::Classical,
        mine,
        invitees,
        rules: Rules::new(),
    };
    Room::found(ctx, &request).ok().unwrap()
}

/// What Ana keeps of Ben, with her application, and what Ben keeps of Ana, with his.
fn meet(
    ctx: &mut Context<'_>,
    link: &RelayLink,
    anas: Application,
    bens: Application,
) -> ((Contact, Application), Contact, Application) {
    let (mut a, effects) = Meeting::show(ctx, link, anas);
    let mut log = deposits(effects);
    let code = a.code().to_string().parse().ok().unwrap();
    let (mut b, effects) = Meeting::scan(ctx, code, bens).ok().unwrap();
    log.extend(deposits(effects));
    let mut at = 0;
    while at < log.len() {
        let (address, envelope) = log[at].clone();
        at += 1;
        let position = Position::new(at as u64);
        log.extend(deposits(a.handle_entry(ctx, &address, position, &envelope)));
        log.extend(deposits(b.handle_entry(ctx, &address, position, &envelope)));
    }
    let a = a.confirm(ctx, Method::InPerson).ok().unwrap();
    let b = b.confirm(ctx, Method::InPerson).ok().unwrap();
    ((a.contact, a.application.unwrap()), b.contact, b.application.unwrap())
}

fn deposits(effects: Effects<MeetingEvent>) -> Vec<(Address, Envelope)> {
    effects
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Deposit(out) if out.life == Life::H1 => Some((out.to.address(), out.envelope)),
            _ => None,
        })
        .collect()
}
