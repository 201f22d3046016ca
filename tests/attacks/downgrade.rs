//! A downgrade: an older version of the protocol, or another suite of a room (RO-15).

use bytes::BytesMut;
use offshift_link::{Link, LinkError, Listener, Options, RelayIdentity};
use offshift_protocol::room::{Forbidden, Rule, Suite};
use offshift_tests::relay::{link_at, loopback};
use offshift_wire::{
    limits::VERSION,
    relay::{Request, Response},
    room::Policy,
};

use crate::company::Company;

/// How a device takes a relay, with the key of its link, that says to speak this version.
async fn connecting_to(version: u32) -> Result<(), LinkError> {
    let listener = Listener::bind(loopback(), RelayIdentity::generate().unwrap()).unwrap();
    let link = link_at(listener.address().unwrap(), *listener.relay());
    let relay = tokio::spawn(async move {
        let peer = listener.accept().await.unwrap().accept().await.unwrap();
        let mut control = peer.next_stream().await.unwrap();
        let hello = Request::decode(control.reader.next().await.unwrap().unwrap()).unwrap();
        assert!(matches!(hello, Request::Hello { version: VERSION }), "it offers one version");
        let mut frame = BytesMut::new();
        Response::Hello { version }.put_frame(&mut frame);
        control.writer.write(frame.freeze()).await.unwrap();
        let more = peer.next_stream().await;
        assert!(more.is_none(), "nothing more is said to it");
    });
    let connected = Link::connect(&link, Options::default()).await.map(drop);
    relay.await.unwrap();
    connected
}

#[tokio::test]
async fn ro_15_a_relay_of_another_version_gets_no_connection() {
    assert_eq!(connecting_to(VERSION).await, Ok(()), "the twin");
    for other in [0, VERSION - 1, VERSION + 1, u32::MAX].into_iter().filter(|v| *v != VERSION) {
        assert_eq!(connecting_to(other).await, Err(LinkError::Incompatible), "{other}");
    }
}

#[test]
fn ro_15_no_organizer_changes_the_suite_of_a_room() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::XWing);
    let policy = company.people[0].room().policy().clone();
    for suite in [Suite::Classical.number().into(), 0, 0xffff] {
        let policy = Some(Policy { suite, ..policy.clone() });
        company.all_refuse(0, Forbidden { policy, ..Forbidden::keys() }, Rule::PolicyChange);
    }
    assert_eq!(company.people[2].room().suite(), Suite::XWing);
    let epoch = company.people[2].room().epoch();
    company.commits(0, Forbidden::keys());
    company.settle();
    assert_eq!(company.people[2].room().epoch(), epoch + 1, "the twin");
}

/// A card has key packages of each suite: the organizer adds with that of the weaker one.
#[test]
fn ro_15_a_newcomer_is_added_with_keys_of_the_rooms_suite_or_not_at_all() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::XWing);
    let eve = company.newcomer("Eve");
    company.meet(0, eve);
    let card = company.people[eve].applications[0].card();
    let weaker = card.key_package(Suite::Classical).unwrap().to_vec();
    let what = Forbidden { adds: vec![weaker], ..Forbidden::keys() };
    let now = company.clock.now();
    let made = company.people[0]
        .with(|ctx, room| room.unwrap().dangerous_commit_for_testing(ctx, what, now).is_ok());
    assert!(!made, "MLS itself has no such commit");
    assert!(company.people[eve].room.is_none());
    company.let_in([0, 1], eve);
    assert_eq!(company.people[eve].room().suite(), Suite::XWing, "the twin");
}
