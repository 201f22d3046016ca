//! DA-83: frames that no honest client sends, on every kind of stream (OS-REL-001).

use bytes::BytesMut;
use offshift_tests::{
    raw::{RawPeer, RawStream},
    relay::{LibraryRelay, Mailbox, numbered},
};
use offshift_wire::{
    Life, Position,
    code::{Close, Refusal, Role},
    limits::{FRAME_MAX, VERSION},
    relay::{CapabilityId, Request, Response},
};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};

const NOTHING: CapabilityId = CapabilityId(999);

fn frame(request: &Request) -> Vec<u8> {
    let mut frame = BytesMut::new();
    request.put_frame(&mut frame);
    frame.to_vec()
}

fn with_prefix(body: &[u8]) -> Vec<u8> {
    let mut frame = u32::try_from(body.len()).unwrap().to_be_bytes().to_vec();
    frame.extend_from_slice(body);
    frame
}

/// What must end a stream as malformed, whatever the stream carries.
fn broken() -> Vec<(&'static str, Vec<u8>)> {
    let deposit =
        frame(&Request::Deposit { capability: NOTHING, life: Life::H1, envelope: numbered(1) });
    let mut nested = vec![0x1a; 2000];
    nested.truncate(1000);
    let mut random = TestRunner::deterministic();
    let bytes = proptest::collection::vec(proptest::num::u8::ANY, 64..65);
    let mut broken = vec![
        ("empty", 0_u32.to_be_bytes().to_vec()),
        ("oversized", u32::try_from(FRAME_MAX + 1).unwrap().to_be_bytes().to_vec()),
        ("huge", u32::MAX.to_be_bytes().to_vec()),
        ("nested", with_prefix(&nested)),
        ("no request", with_prefix(&[0x7a, 0])),
        ("a deposit of another size", with_prefix(&deposit[4..deposit.len() - 1])),
    ];
    for _ in 0..20 {
        let body: Vec<u8> = bytes.new_tree(&mut random).unwrap().current();
        broken.push(("random", with_prefix(&body)));
    }
    broken
}

/// Frames that are sound but have no place on the stream.
fn misplaced(allowed: &[&str]) -> Vec<(&'static str, Vec<u8>)> {
    let after = Position::START;
    let all = [
        ("hello", Request::Hello { version: VERSION }),
        ("prove", Request::Prove { role: Role::Fetch, descriptor: [1; 66], proof: [1; 64] }),
        ("release", Request::Release { capability: NOTHING, positions: vec![after] }),
        ("fetch", Request::Fetch { capability: NOTHING, after, follow: true }),
        (
            "deposit",
            Request::Deposit { capability: NOTHING, life: Life::H1, envelope: numbered(1) },
        ),
    ];
    let of = |(name, request): &(&'static str, Request)| (*name, frame(request));
    all.iter().filter(|(name, _)| !allowed.contains(name)).map(of).collect()
}

async fn still_serves(relay: &LibraryRelay) {
    let (link, mailbox) = (relay.connect().await, Mailbox::inbox(30));
    mailbox.deposit(&link, numbered(1)).await.unwrap();
    assert!(!mailbox.read_all(&link).await.is_empty());
}

/// OS-REL-001.
#[tokio::test]
async fn da_83_broken_frames_instead_of_hello_close_the_connection() {
    let relay = LibraryRelay::in_memory();
    for (name, bytes) in broken().into_iter().chain(misplaced(&["hello"])) {
        let peer = RawPeer::connect(relay.running.address()).await;
        let mut first = peer.open().await;
        first.send_bytes(&bytes).await;
        assert_eq!(peer.close_code().await, u64::from(Close::Malformed.number()), "{name}");
    }
    still_serves(&relay).await;
}

/// OS-REL-001.
#[tokio::test]
async fn da_83_broken_frames_on_the_control_stream_close_the_connection() {
    let relay = LibraryRelay::in_memory();
    for (name, bytes) in broken().into_iter().chain(misplaced(&["prove", "release"])) {
        let (peer, mut control) = RawPeer::greeted(relay.running.address()).await;
        control.send_bytes(&bytes).await;
        assert_eq!(peer.close_code().await, u64::from(Close::Malformed.number()), "{name}");
    }
    still_serves(&relay).await;
}

/// OS-REL-001.
#[tokio::test]
async fn da_83_broken_frames_on_any_other_stream_reset_it_alone() {
    let relay = LibraryRelay::in_memory();
    let (peer, mut control) = RawPeer::greeted(relay.running.address()).await;
    let first = broken().into_iter().chain(misplaced(&["deposit", "fetch"]));
    for (name, bytes) in first {
        let mut stream = peer.open().await;
        stream.send_bytes(&bytes).await;
        assert_eq!(stream.reset_code().await, Some(Close::Malformed.number().into()), "{name}");
    }
    answers(&mut control).await;
}

/// OS-REL-001.
#[tokio::test]
async fn da_83_broken_frames_behind_a_deposit_or_a_fetch_reset_the_stream() {
    let relay = LibraryRelay::in_memory();
    let (peer, mut control) = RawPeer::greeted(relay.running.address()).await;
    let mailbox = Mailbox::inbox(31);
    let binding = peer.binding(*relay.running.relay());
    let proof = *mailbox.fetch.prove(&mailbox.address(), &binding).as_bytes();
    let descriptor = mailbox.descriptor.encode();
    control.send(&Request::Prove { role: Role::Fetch, descriptor, proof }).await;
    let Some(Response::Granted { capability }) = control.answer().await else { panic!("granted") };
    let fetch = Request::Fetch { capability, after: Position::START, follow: true };
    let deposit = Request::Deposit { capability, life: Life::H1, envelope: numbered(1) };
    for (first, allowed) in [(&deposit, &["deposit"][..]), (&fetch, &[])] {
        for (name, bytes) in broken().into_iter().chain(misplaced(allowed)) {
            let mut stream = peer.open().await;
            stream.send(first).await;
            stream.send_bytes(&bytes).await;
            let code = stream.reset_code().await;
            assert_eq!(code, Some(Close::Malformed.number().into()), "{name}");
        }
    }
    answers(&mut control).await;
}

/// The twin: an honest request is answered, here with an honest no.
async fn answers(control: &mut RawStream) {
    control.send(&Request::Release { capability: NOTHING, positions: vec![Position::START] }).await;
    assert_eq!(control.answer().await, Some(Response::Refused(Refusal::NoCapability)));
}

/// OS-REL-001.
#[tokio::test]
async fn da_83_a_frame_cut_short_by_the_end_of_its_stream_is_malformed() {
    let relay = LibraryRelay::in_memory();
    let (peer, mut control) = RawPeer::greeted(relay.running.address()).await;
    let whole =
        frame(&Request::Deposit { capability: NOTHING, life: Life::H1, envelope: numbered(1) });
    let mut stream = peer.open().await;
    stream.send_bytes(&whole[..whole.len() - 1]).await;
    stream.send.finish().unwrap();
    assert_eq!(stream.reset_code().await, Some(Close::Malformed.number().into()));
    let mut stream = peer.open().await;
    stream.send_bytes(&whole).await;
    stream.send.finish().unwrap();
    let refused = Some(Response::Refused(Refusal::NoCapability));
    assert_eq!(stream.answer().await, refused, "the twin: the whole frame is answered");
    answers(&mut control).await;
}

#[tokio::test]
async fn os_rel_002_an_unknown_version_is_refused_by_name() {
    let relay = LibraryRelay::in_memory();
    for version in [0, VERSION + 1, u32::MAX] {
        let peer = RawPeer::connect(relay.running.address()).await;
        peer.open().await.send(&Request::Hello { version }).await;
        assert_eq!(peer.close_code().await, u64::from(Close::Version.number()));
    }
    RawPeer::greeted(relay.running.address()).await;
}
