//! Coming into a room, and back to it: what is refused at the door.

use bytes::Bytes;
use offshift_wire::{
    MemberId, RoomId, UnixMillis,
    admission::{Act, CommitData},
    inbox::{InboxMessage, Introduction, WelcomeBytes},
    room::Policy,
};

use crate::room::{
    JoinRefused, JoinRequest, Room, Rule, Suite,
    key_package::{inspect, seed},
    mls::Plan,
    tests::world::{Device, Waiting, World},
};
use crate::{admission::Table, room::tests::world::with_founder};
use crate::{card::Application, seal::DhPublicKey};

/// A Welcome that the member makes past all rules, for somebody whom it met.
fn welcome(world: &mut World, by: usize, newcomer: &[u8]) -> WelcomeBytes {
    let now = world.now;
    let (id, _) = inspect(Suite::Classical, newcomer).unwrap();
    world.devices[by].with(now, |ctx, room| {
        let room = room.as_mut().unwrap();
        let standing = with_founder(room.standing(), id, now);
        let policy = Policy { standing: Table(&standing).hash(), ..room.policy().clone() };
        let package = room.mls.key_package(newcomer).unwrap();
        let data = CommitData { signed_at: now, act: Act::Found(Vec::new()) };
        let plan = Plan { data, adds: vec![package], removes: Vec::new(), policy: Some(policy) };
        let welcome = room.mls.stage(seed(ctx.rng), plan).unwrap().welcome.unwrap();
        WelcomeBytes {
            welcome: welcome.to_vec().into(),
            standing: standing.encode().into(),
            introductions: Vec::new(),
            ticket: bytes::Bytes::new(),
            relay: None,
        }
    })
}

fn join(
    world: &mut World,
    with: &dyn Fn(WelcomeBytes) -> WelcomeBytes,
    by: usize,
) -> Result<(), JoinRefused> {
    let at = world.devices.len();
    world.devices.push(Device::new("di", 77));
    let (_, contact) = world.meet(by, at);
    let newcomer = contact.card().key_package(Suite::Classical).unwrap().to_vec();
    let bytes = with(welcome(world, by, &newcomer));
    let waiting = world.waiting(at);
    let address = waiting.application.inbox().source().access.address();
    let Waiting { application, contacts, .. } = world.inboxes.remove(&address).unwrap();
    let sender = contacts[0].card().inbox().keys().dh;
    let contacts: Vec<_> = contacts.iter().collect();
    let (now, rules) = (world.now, world.rules);
    let request = JoinRequest {
        welcome: &bytes,
        application: &application,
        contacts: &contacts,
        sender: &sender,
        rules,
    };
    world.devices[at].with(now, |ctx, _| Room::join(ctx, &request).map(|_| ()))
}

#[test]
fn os_pol_040_a_welcome_by_an_organizer_leads_in_and_one_by_another_member_does_not() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 8);
    assert_eq!(join(&mut world, &|bytes| bytes, 0), Ok(()), "the twin");
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 8);
    assert_eq!(join(&mut world, &|bytes| bytes, 2), Err(JoinRefused::Rule(Rule::Welcome)));
}

#[test]
fn os_pol_040_a_damaged_welcome_leads_nowhere() {
    let damages: [&dyn Fn(Vec<u8>) -> Vec<u8>; 5] = [
        &|_| Vec::new(),
        &|bytes| bytes[..bytes.len() / 2].to_vec(),
        &|bytes| [bytes, vec![0]].concat(),
        &|mut bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            bytes
        },
        &|_| b"anything else".to_vec(),
    ];
    for damage in damages {
        let mut world = World::founded(&["ada", "bo"], Suite::Classical, 8);
        let damaged = |whole: WelcomeBytes| WelcomeBytes {
            welcome: damage(whole.welcome.to_vec()).into(),
            ..whole
        };
        assert!(matches!(join(&mut world, &damaged, 0), Err(JoinRefused::Malformed(_))));
    }
}

#[test]
fn os_pol_040_a_welcome_opens_with_its_own_application_only() {
    let mut world = World::founded(&["ada", "bo"], Suite::Classical, 8);
    let other = world.devices[1].application(UnixMillis(5));
    let other = other.card().key_package(Suite::Classical).unwrap().to_vec();
    let foreign = welcome(&mut world, 0, &other);
    let mut world = World::founded(&["ada", "bo"], Suite::Classical, 8);
    let refused = join(&mut world, &|_| foreign.clone(), 0);
    assert!(matches!(refused, Err(JoinRefused::Malformed(_))));
}

#[test]
fn a_damaged_record_is_refused_and_says_what_to_do() {
    let mut world = World::founded(&["ada", "bo"], Suite::Classical, 8);
    world.send(0, "words");
    let device = &world.devices[0];
    let id = device.room().id();
    let load = |vault: &std::collections::BTreeMap<String, Vec<u8>>| {
        let records = vault.iter().map(|(key, value)| (key.as_str(), value.as_slice()));
        Room::load(id, records, world.rules).map(|_| ())
    };
    assert!(load(&device.vault).is_ok(), "the twin");
    let keys: Vec<_> =
        device.vault.keys().filter(|key| key.starts_with("room/")).cloned().collect();
    for key in keys {
        for keep in [0, 1, 7, 60] {
            let mut vault = device.vault.clone();
            let value = vault.get_mut(&key).unwrap();
            value.truncate(keep.min(value.len() - 1));
            assert!(load(&vault).is_err(), "a cut record is refused");
        }
    }
    let mut vault = device.vault.clone();
    vault.remove(&format!("room/{}/base", id.hex()));
    let refused = load(&vault).unwrap_err().to_string();
    assert!(refused.contains("restore the profile"), "with a next step");
}

/// Dee, admitted by the vouches of bo and cy, before she opens her Welcome.
struct Vouched {
    world: World,
    dee: usize,
    welcome: WelcomeBytes,
    waiting: Waiting,
    sender: DhPublicKey,
    /// The cards by which dee knows bo and cy.
    cards: [Application; 2],
}

impl Vouched {
    fn new() -> Self {
        let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 8);
        let dee = world.newcomer("dee", 77);
        let cards = [1, 2].map(|by| world.vouch_with(by, dee).unwrap());
        world.settle_channel();
        world.admit(0, dee).unwrap();
        world.settle_channel();
        let (welcome, waiting, sender) = world.taken_welcome(dee);
        Self { world, dee, welcome, waiting, sender, cards }
    }

    /// An envelope from one whom dee met, which says this.
    fn introduction(&mut self, from: usize, room: RoomId, member: MemberId) -> Bytes {
        let to = self.waiting.application.card().inbox();
        let message = InboxMessage::Introduction(Introduction { room, member });
        let from = self.cards[from].shown_key().unwrap();
        let now = self.world.now;
        let sealed =
            self.world.devices[0].with(now, |ctx, _| to.seal(ctx, from, &message).unwrap());
        sealed[0].bytes().clone()
    }

    fn join(&mut self) -> Result<(), JoinRefused> {
        let contacts: Vec<_> = self.waiting.contacts.iter().collect();
        let request = JoinRequest {
            welcome: &self.welcome,
            application: &self.waiting.application,
            contacts: &contacts,
            sender: &self.sender,
            rules: self.world.rules,
        };
        let now = self.world.now;
        self.world.devices[self.dee].with(now, |ctx, _| Room::join(ctx, &request).map(|_| ()))
    }
}

/// Two introductions: who of those whom dee met says which room and which member.
type Said = [(usize, RoomId, MemberId); 2];

/// With these introductions in the Welcome it is refused.
fn refused_with(introductions: impl FnOnce(&mut Vouched) -> Vec<Bytes>) {
    let mut vouched = Vouched::new();
    vouched.welcome.introductions = introductions(&mut vouched);
    assert_eq!(vouched.join(), Err(JoinRefused::Introductions));
}

#[test]
fn os_joi_012_a_welcome_by_vouches_needs_two_of_those_whom_the_newcomer_met() {
    assert_eq!(Vouched::new().join(), Ok(()), "the twin");
    refused_with(|_| Vec::new());
    refused_with(|one| one.welcome.introductions[..1].to_vec());
    refused_with(|one| vec![one.welcome.introductions[0].clone(); 2]);
    // Dee met only one of the two who vouched.
    let mut stranger = Vouched::new();
    stranger.waiting.contacts.truncate(1);
    assert_eq!(stranger.join(), Err(JoinRefused::Introductions));
}

#[test]
fn os_joi_012_an_introduction_names_this_room_and_a_member_who_vouched() {
    let ids = |one: &Vouched| ["ada", "bo", "cy"].map(|handle| one.world.id_of(handle));
    let with = |of: fn(RoomId, [MemberId; 3]) -> Said| {
        move |one: &mut Vouched| {
            let (room, ids) = (one.world.devices[0].room().id(), ids(one));
            of(room, ids).map(|(from, room, id)| one.introduction(from, room, id)).to_vec()
        }
    };
    let mut twin = Vouched::new();
    twin.welcome.introductions =
        with(|room, [_, bo, cy]| [(0, room, bo), (1, room, cy)])(&mut twin);
    assert_eq!(twin.join(), Ok(()), "the twin");
    refused_with(with(|room, [_, bo, cy]| [(0, RoomId::from_bytes([9; 16]), bo), (1, room, cy)]));
    refused_with(with(|room, [ada, bo, _]| [(0, room, bo), (1, room, ada)]));
    // One person whom dee met does not stand for two.
    refused_with(with(|room, [_, bo, cy]| [(0, room, bo), (0, room, cy)]));
    refused_with(with(|room, [_, bo, _]| [(0, room, bo), (1, room, bo)]));
}

#[test]
fn os_joi_013_a_welcome_by_vouches_is_sealed_by_the_member_who_signed_it() {
    let mut vouched = Vouched::new();
    vouched.sender = vouched.waiting.contacts[0].card().inbox().keys().dh;
    assert_eq!(vouched.join(), Err(JoinRefused::NotFromContact), "bo is met, but did not sign");
}

#[test]
fn os_joi_014_an_application_whose_inbox_keys_are_gone_leads_nowhere() {
    let mut vouched = Vouched::new();
    for weeks in 1..4 {
        let now = vouched.world.now.plus_ms(weeks * 7 * 24 * 3_600_000);
        let device = &mut vouched.world.devices[vouched.dee];
        let inbox = vouched.waiting.application.inbox_mut();
        let _ = device.with(now, |ctx, _| inbox.handle_tick(ctx));
    }
    assert!(!vouched.waiting.application.is_open());
    assert_eq!(vouched.join(), Err(JoinRefused::TooOld));
}
