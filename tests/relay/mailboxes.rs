//! What a mailbox does, and what it tells those who may not know. The life classes are walked
//! through in the store's conformance suite; here the relay's maximum.

use std::sync::Arc;

use offshift_link::{Link, LinkError, RelayIdentity};
use offshift_relay::{
    server::Config,
    store::{Store, memory::MemoryStore},
};
use offshift_tests::{
    clock::{DAY_MS, HandClock},
    raw::RawPeer,
    relay::{LibraryRelay, Mailbox, number_of, numbered, numbered_of},
};
use offshift_wire::{
    Life, Position, SizeClass,
    code::{Refusal, Role},
    relay::{CapabilityId, Request, Response},
};

#[tokio::test]
async fn os_mbx_020_every_size_class_comes_out_as_it_went_in() {
    let relay = LibraryRelay::in_memory();
    let (link, mailbox) = (relay.connect().await, Mailbox::inbox(1));
    for (number, class) in (0..).zip(SizeClass::ALL) {
        mailbox.deposit(&link, numbered_of(class, number)).await.unwrap();
    }
    let read = mailbox.read_all(&link).await;
    let classes: Vec<_> = read.iter().map(|(_, envelope)| envelope.class()).collect();
    assert_eq!(classes, SizeClass::ALL);
    assert!(read.is_sorted_by(|(a, _), (b, _)| a < b), "OS-MBX-010: positions rise");
}

#[tokio::test]
async fn os_mbx_011_all_readers_see_one_order() {
    let relay = LibraryRelay::in_memory();
    let mailbox = Arc::new(Mailbox::channel(2));
    let mut depositors = tokio::task::JoinSet::new();
    for depositor in 0..8 {
        let (link, mailbox) = (relay.connect().await, mailbox.clone());
        depositors.spawn(async move {
            for number in 0..20 {
                mailbox.deposit(&link, numbered(depositor * 100 + number)).await.unwrap();
            }
        });
    }
    depositors.join_all().await;
    let one = mailbox.read_all(&relay.connect().await).await;
    let two = mailbox.read_all(&relay.connect().await).await;
    assert_eq!(one.len(), 160);
    assert_eq!(one, two);
    for depositor in 0..8 {
        let own: Vec<_> =
            one.iter().map(|(_, e)| number_of(e)).filter(|n| n / 100 == depositor).collect();
        assert!(own.is_sorted(), "OS-REL-011: each depositor's own order holds");
    }
}

#[tokio::test]
async fn os_mbx_012_a_fetch_starts_behind_the_position_it_names() {
    let relay = LibraryRelay::in_memory();
    let (link, mailbox) = (relay.connect().await, Mailbox::inbox(3));
    let first = mailbox.deposit(&link, numbered(1)).await.unwrap();
    mailbox.deposit(&link, numbered(2)).await.unwrap();
    let mut fetching = mailbox.fetch(&link, first, false).await;
    let item = fetching.next().await.unwrap().unwrap();
    assert!(
        matches!(item, offshift_link::FetchItem::Entry { envelope, .. } if number_of(&envelope) == 2)
    );
}

#[tokio::test]
async fn os_mbx_003_an_inbox_can_be_released_and_a_channel_can_not() {
    let relay = LibraryRelay::in_memory();
    let link = relay.connect().await;
    for (mailbox, may) in [(Mailbox::inbox(4), true), (Mailbox::channel(4), false)] {
        let position = mailbox.deposit(&link, numbered(1)).await.unwrap();
        let kept = mailbox.deposit(&link, numbered(2)).await.unwrap();
        let capability = mailbox.prove_fetch(&link).await.unwrap();
        let released = link.release(capability, vec![position]).await;
        let left: Vec<_> = mailbox.read_all(&link).await.into_iter().map(|(at, _)| at).collect();
        if may {
            assert_eq!((released, left), (Ok(()), vec![kept]));
        } else {
            let denied = Err(LinkError::Refused(Refusal::Denied));
            assert_eq!((released, left), (denied, vec![position, kept]));
        }
    }
}

#[tokio::test]
async fn os_mbx_005_a_capability_is_for_its_role_and_its_connection() {
    let relay = LibraryRelay::in_memory();
    let (one, other, mailbox) = (relay.connect().await, relay.connect().await, Mailbox::inbox(5));
    let deposit = mailbox.prove_deposit(&one).await.unwrap();
    let into = async |link: &Link, capability: CapabilityId| {
        let deposits = link.deposits();
        deposits.deposit(capability, Life::H1, numbered(1)).await
    };
    let none = Err(LinkError::Refused(Refusal::NoCapability));
    assert_eq!(into(&other, deposit).await, none, "another connection");
    let fetch = mailbox.prove_fetch(&one).await.unwrap();
    assert_eq!(into(&one, fetch).await, none, "another role");
    assert!(into(&one, deposit).await.is_ok(), "the twin");
    let mut fetching = one.fetch(deposit, Position::START, false).await.unwrap();
    let answer = fetching.next().await.unwrap();
    assert_eq!(answer, Err(LinkError::Refused(Refusal::NoCapability)), "a depositor can't read");
}

#[tokio::test]
async fn os_mbx_031_a_longer_life_than_the_relay_allows_is_refused() {
    let config = Config { life_max: Life::D1, ..offshift_tests::relay::config() };
    let store = Arc::new(MemoryStore::new(1 << 20));
    let relay = LibraryRelay::with(&config, RelayIdentity::generate().unwrap(), store);
    let (link, mailbox) = (relay.connect().await, Mailbox::inbox(6));
    let capability = mailbox.prove_deposit(&link).await.unwrap();
    let deposits = link.deposits();
    assert!(deposits.deposit(capability, Life::D1, numbered(1)).await.is_ok(), "the twin");
    let refused = deposits.deposit(capability, Life::D3, numbered(2)).await;
    assert_eq!(refused, Err(LinkError::Refused(Refusal::LifeTooLong)));
    assert!(
        deposits.deposit(capability, Life::H1, numbered(3)).await.is_ok(),
        "the stream goes on"
    );
}

/// All that a fetch and a proof say, byte for byte.
async fn everything_said(relay: &LibraryRelay, mailbox: &Mailbox, prove: bool) -> Vec<Vec<u8>> {
    let (peer, mut control) = RawPeer::greeted(relay.running.address()).await;
    let relay_id =
        if prove { *relay.running.relay() } else { offshift_wire::RelayId::from_bytes([0; 32]) };
    let proof = mailbox.fetch.prove(&mailbox.address(), &peer.binding(relay_id));
    let descriptor = mailbox.descriptor.encode();
    let role = Role::Fetch;
    control.send(&Request::Prove { role, descriptor, proof: *proof.as_bytes() }).await;
    let mut said = vec![control.answer_bytes().await.unwrap()];
    let mut fetch = peer.open().await;
    let (capability, after) = (CapabilityId(0), Position::START);
    fetch.send(&Request::Fetch { capability, after, follow: false }).await;
    while let Some(answer) = fetch.answer_bytes().await {
        said.push(answer);
    }
    said
}

/// OS-MBX-006.
#[tokio::test]
async fn ro_16_unknown_empty_expired_and_foreign_mailboxes_answer_alike() {
    let clock = Arc::new(HandClock::default());
    let store = Arc::new(MemoryStore::with_clock(1 << 20, clock.clone()));
    let relay = LibraryRelay::start(store.clone());
    let link = relay.connect().await;
    let [unknown, empty, expired, full] = [10, 11, 12, 13].map(Mailbox::inbox);
    let position = empty.deposit(&link, numbered(1)).await.unwrap();
    let capability = empty.prove_fetch(&link).await.unwrap();
    link.release(capability, vec![position]).await.unwrap();
    expired.deposit(&link, numbered(2)).await.unwrap();
    clock.pass(Life::H1.ms() + 1);
    store.expire().await.unwrap();
    full.deposit(&link, numbered(3)).await.unwrap();

    let nothing = everything_said(&relay, &unknown, true).await;
    assert_eq!(nothing.len(), 2, "granted and caught up");
    assert_eq!(everything_said(&relay, &empty, true).await, nothing);
    assert_eq!(everything_said(&relay, &expired, true).await, nothing);
    assert_ne!(everything_said(&relay, &full, true).await, nothing, "the control: it can fail");

    // Foreign: the prober knows the descriptor but can't prove for it.
    let denied = everything_said(&relay, &unknown, false).await;
    for mailbox in [&empty, &expired, &full] {
        assert_eq!(everything_said(&relay, mailbox, false).await, denied);
    }
    assert_ne!(denied, nothing, "the control");
}

/// OS-MBX-004.
#[tokio::test]
async fn ro_05_a_proof_replayed_on_another_connection_is_denied() {
    let relay = LibraryRelay::in_memory();
    let mailbox = Mailbox::inbox(14);
    let (here, mut control) = RawPeer::greeted(relay.running.address()).await;
    let (_there, mut elsewhere) = RawPeer::greeted(relay.running.address()).await;
    let proof = mailbox.fetch.prove(&mailbox.address(), &here.binding(*relay.running.relay()));
    let descriptor = mailbox.descriptor.encode();
    let request = Request::Prove { role: Role::Fetch, descriptor, proof: *proof.as_bytes() };
    elsewhere.send(&request).await;
    assert_eq!(elsewhere.answer().await, Some(Response::Refused(Refusal::Denied)));
    control.send(&request).await;
    let granted = Response::Granted { capability: CapabilityId(0) };
    assert_eq!(control.answer().await, Some(granted), "the twin: on its own connection");
}

#[tokio::test]
async fn ro_05_an_envelope_deposited_again_is_an_entry_of_its_own() {
    let relay = LibraryRelay::in_memory();
    let (link, one, other) = (relay.connect().await, Mailbox::inbox(15), Mailbox::inbox(16));
    for mailbox in [&one, &one, &other] {
        mailbox.deposit(&link, numbered(7)).await.unwrap();
    }
    let [(first, a), (second, b)] = &one.read_all(&link).await[..] else { panic!("two entries") };
    assert!(first < second && a == b, "readers tell a replay by its bytes, not by its position");
    assert_eq!(other.read_all(&link).await.len(), 1);
}

#[tokio::test]
async fn da_87_positions_rise_and_nothing_goes_early_when_the_clock_jumps_by_a_day() {
    let clock = Arc::new(HandClock::default());
    let store = Arc::new(MemoryStore::with_clock(1 << 20, clock.clone()));
    let relay = LibraryRelay::start(store.clone());
    let (link, mailbox) = (relay.connect().await, Mailbox::inbox(17));
    let day = i64::try_from(DAY_MS).unwrap();
    let mut positions = vec![mailbox.deposit(&link, numbered(0)).await.unwrap()];
    for (number, jump) in [-day, 2 * day, -day].into_iter().enumerate() {
        clock.turn(jump);
        store.expire().await.unwrap();
        let number = u64::try_from(number).unwrap() + 1;
        positions.push(mailbox.deposit(&link, numbered(number)).await.unwrap());
    }
    assert!(positions.is_sorted_by(|a, b| a < b));
    assert_eq!(mailbox.read_all(&link).await.len(), 4, "an hour's life outlasts a day's jump");
    clock.pass(Life::H1.ms() + 1);
    store.expire().await.unwrap();
    assert_eq!(mailbox.read_all(&link).await.len(), 0, "the twin: time does end it");
}
