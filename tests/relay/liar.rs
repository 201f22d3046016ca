//! A relay that lies: it holds the identity key of the link and breaks one rule.

use bytes::BytesMut;
use offshift_link::{
    FetchItem, Fetching, Link, LinkError, ListenLimits, Listener, Options, RelayIdentity, Stream,
};
use offshift_tests::relay::{PATIENCE, link_at, loopback, numbered};
use offshift_wire::{
    Position,
    limits::VERSION,
    link::RelayLink,
    relay::{CapabilityId, Request, Response},
};
use tokio::task::JoinHandle;

/// Answers the first stream with Hello `version`, and the second with `entries`.
fn lying_relay(version: u32, entries: Vec<Response>) -> (RelayLink, JoinHandle<()>) {
    let listener =
        Listener::bind(loopback(), RelayIdentity::generate().unwrap(), ListenLimits::default())
            .unwrap();
    let link = link_at(listener.address().unwrap(), *listener.relay());
    let task = tokio::spawn(async move {
        let peer = listener.accept().await.unwrap().accept().await.unwrap();
        let mut kept = Vec::new();
        for answers in [vec![Response::hello(version)], entries] {
            let Some(mut stream) = peer.next_stream().await else { return };
            answer(&mut stream, &answers).await;
            kept.push(stream);
        }
        peer.next_stream().await;
    });
    (link, task)
}

async fn answer(stream: &mut Stream, answers: &[Response]) {
    stream.reader.next().await.unwrap();
    let mut frames = BytesMut::new();
    for answer in answers {
        answer.put_frame(&mut frames);
    }
    stream.writer.write(frames.freeze()).await.unwrap();
}

async fn fetch(entries: &[u64]) -> Vec<Result<u64, LinkError>> {
    let entry = |position: &u64| Response::Entry {
        position: Position::new(*position),
        envelope: numbered(*position),
    };
    let (link, task) = lying_relay(VERSION, entries.iter().map(entry).collect());
    let link = Link::connect(&link, Options::default()).await.unwrap();
    let fetching = link.fetch(CapabilityId(0), Position::new(10), true).await.unwrap();
    let seen = collect(fetching, entries.len()).await;
    drop(link);
    task.await.unwrap();
    seen
}

async fn collect(mut fetching: Fetching, count: usize) -> Vec<Result<u64, LinkError>> {
    let mut seen = Vec::new();
    while seen.len() < count {
        match fetching.next().await {
            Some(Ok(FetchItem::Entry { position, .. })) => seen.push(Ok(position.value())),
            Some(Ok(FetchItem::CaughtUp)) => {}
            Some(Err(error)) => seen.push(Err(error)),
            None => break,
        }
    }
    seen
}

#[tokio::test]
async fn os_lnk_030_a_relay_that_repeats_or_turns_back_is_named() {
    assert_eq!(fetch(&[11, 12, 20]).await, [Ok(11), Ok(12), Ok(20)], "the twin");
    let caught = Err(LinkError::Misbehaved("order of positions"));
    assert_eq!(fetch(&[11, 11]).await, [Ok(11), caught], "RO-05: nothing twice");
    assert_eq!(fetch(&[12, 11, 13]).await, [Ok(12), caught], "and the fetch is over");
    assert_eq!(fetch(&[10]).await, [caught], "what was asked to be left out");
}

#[tokio::test]
async fn a_relay_of_another_version_is_incompatible() {
    let (link, task) = lying_relay(VERSION + 1, Vec::new());
    let error = Link::connect(&link, Options::default()).await.err();
    assert_eq!(error, Some(LinkError::Incompatible));
    task.await.unwrap();
}

/// A deposit stream that was opened ahead of its first deposit was cut off after ten seconds, and every
/// device reconnected for ever: opening a later stream had opened it for the relay.
#[tokio::test]
async fn os_lnk_021_a_stream_is_opened_with_its_first_frame_and_not_before() {
    let listener =
        Listener::bind(loopback(), RelayIdentity::generate().unwrap(), ListenLimits::default())
            .unwrap();
    let link = link_at(listener.address().unwrap(), *listener.relay());
    let relay = tokio::spawn(async move {
        let peer = listener.accept().await.unwrap().accept().await.unwrap();
        let mut control = peer.next_stream().await.unwrap();
        answer(&mut control, &[Response::hello(VERSION)]).await;
        let mut second = peer.next_stream().await.unwrap();
        Request::decode(second.reader.next().await.unwrap().unwrap()).unwrap()
    });
    let link = Link::connect(&link, Options::default()).await.unwrap();
    let _waits = link.deposits();
    let _fetching = link.fetch(CapabilityId(0), Position::START, true).await.unwrap();
    let first = tokio::time::timeout(PATIENCE, relay).await.expect("no silent stream").unwrap();
    assert!(matches!(first, Request::Fetch { .. }));
}
