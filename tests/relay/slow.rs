//! DA-81: peers that begin and don't go on. Time is paused, and jumps whenever everybody waits.

use bytes::BytesMut;
use offshift_link::limits::FIRST_FRAME;
use offshift_tests::{
    raw::RawPeer,
    relay::{LibraryRelay, Mailbox, numbered},
};
use offshift_wire::{
    Position,
    code::{Close, Refusal},
    relay::{CapabilityId, Request, Response},
};

const IDLE: u64 = Close::Idle.number() as u64;

async fn still_serves(relay: &LibraryRelay) {
    let link = relay.connect().await;
    Mailbox::inbox(1).deposit(&link, numbered(1)).await.unwrap();
}

/// DA-81.
#[tokio::test(start_paused = true)]
async fn os_lnk_021_a_connection_that_says_nothing_is_closed() {
    let relay = LibraryRelay::in_memory();
    let silent = RawPeer::connect(relay.running.address()).await;
    assert_eq!(silent.close_code().await, IDLE);
    let half = RawPeer::connect(relay.running.address()).await;
    let mut begun = half.open().await;
    begun.send_bytes(&[0, 0]).await;
    assert_eq!(half.close_code().await, IDLE);
    still_serves(&relay).await;
}

/// DA-81.
#[tokio::test(start_paused = true)]
async fn os_lnk_021_a_first_frame_that_comes_slowly_is_answered() {
    let relay = LibraryRelay::in_memory();
    let (peer, mut control) = RawPeer::greeted(relay.running.address()).await;
    let mut frame = BytesMut::new();
    let (capability, after) = (CapabilityId(0), Position::START);
    Request::Fetch { capability, after, follow: false }.put_frame(&mut frame);
    let (half, rest) = frame.split_at(5);
    let mut slow = peer.open().await;
    slow.send_bytes(half).await;
    control.send(&Request::Release { capability, positions: vec![after] }).await;
    let refused = Some(Response::Refused(Refusal::NoCapability));
    assert_eq!(control.answer().await, refused, "the relay has the half");
    tokio::time::sleep(FIRST_FRAME + FIRST_FRAME / 2).await;
    slow.send_bytes(rest).await;
    assert_eq!(slow.answer().await, refused);
}

/// DA-81.
#[tokio::test(start_paused = true)]
async fn os_lnk_021_a_frame_that_does_not_end_is_cut_off_alone() {
    let relay = LibraryRelay::in_memory();
    let (peer, mut control) = RawPeer::greeted(relay.running.address()).await;
    let mut streams = Vec::new();
    for _ in 0..offshift_link::limits::STREAMS_MAX - 1 {
        let mut stream = peer.open().await;
        stream.send_bytes(&[0, 0, 4, 0, 1]).await;
        streams.push(stream);
    }
    for mut stream in streams {
        assert_eq!(stream.reset_code().await, Some(IDLE));
    }
    let (capability, positions) = (CapabilityId(0), vec![Position::START]);
    control.send(&Request::Release { capability, positions }).await;
    let refused = Response::Refused(Refusal::NoCapability);
    assert_eq!(control.answer().await, Some(refused), "the twin: who speaks is answered");
    still_serves(&relay).await;
}
