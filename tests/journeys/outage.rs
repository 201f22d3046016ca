//! Journey 8: the relay is down, the network bad, the laptop closed in the middle of sending. Messages wait, in order, and
//! are sent once.

use std::time::{Duration, Instant};

use offshift_tests::{
    browser::Browser,
    people::{Program, run_of},
    relay::BinaryRelay,
    wire_proxy::{Fate, WireProxy},
};

use crate::stage::{ROOM, Stage, Stopwatch, done, meet, news};

fn numbered(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("message {number}")).collect()
}

/// Writes while nothing goes out.
fn waits(who: &Program, text: &str) {
    let run = who.run(&["send", ROOM, text]);
    assert_eq!(run.code(), 0, "{}", run.error);
    assert!(run.event("waiting").is_some() && run.event("sent").is_none(), "{text} waits");
}

#[test]
fn journey_8_what_is_written_while_the_relay_is_down_waits_in_order_and_is_sent_once() {
    let mut stage = Stage::new();
    let [ana, ben, cleo] = stage.founded();
    let (data, at) = (stage.relay_data(), stage.relay_address());
    stage.stop_relay();
    for text in numbered(3) {
        waits(&ana, &text);
    }
    let told = ana.reads(&["send", ROOM, "message 3"]);
    assert!(told.contains("Waiting"), "{told}");
    let watch = Stopwatch::start();
    stage.relay = Some(BinaryRelay::start_at(&data, at));
    done(&ana, &["inbox"]);
    watch.stop("journey 8, all of it goes out");
    for person in [&ben, &cleo] {
        assert_eq!(news(person), numbered(4), "in order, once");
    }
    a_laptop_is_closed(&ana, &[&ben, &cleo]);
}

/// In the middle of sending. Whether the message was there already, nobody can tell; it is there once or not at all.
fn a_laptop_is_closed(ana: &Program, others: &[&Program]) {
    let began = Instant::now();
    done(ana, &["send", ROOM, "message 4"]);
    let half = began.elapsed() / 2;
    let mut child = ana.command(&["send", ROOM, "message 5"]).spawn().unwrap();
    std::thread::sleep(half);
    let _ = child.kill();
    let told = run_of(child.wait_with_output().unwrap());
    let is_told = told.event("sent").is_some() || told.event("waiting").is_some();
    done(ana, &["send", ROOM, "message 6"]);
    let both = ["message 4", "message 5", "message 6"];
    let without = ["message 4", "message 6"];
    for person in others {
        let read = news(person);
        assert!(read == both || (!is_told && read == without), "{read:?}");
        assert!(news(person).is_empty());
    }
}

/// Loses, doubles and delays, otherwise each time alike: see network/loss.rs.
fn bad_network(number: usize) -> Fate {
    let mut hash = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    match (hash ^ (hash >> 31)) % 100 {
        0..12 => Fate::Drop,
        12..24 => Fate::Twice,
        24..40 => Fate::Delay(Duration::from_millis(9)),
        _ => Fate::Pass,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_8_over_a_bad_network_everything_comes_once_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let relay = BinaryRelay::start(&folder.path().join("relay"));
    let policy = Box::new(|number: usize, _: &_| bad_network(number));
    let proxy = WireProxy::with_policy(relay.address(), policy).await;
    let link = offshift_tests::relay::link_at(proxy.address(), *relay.link().relay());
    let [ana, ben] = ["ana", "ben"].map(|name| Program::new(folder.path(), name, &link));
    meet(&ana, &ben, &[]);
    done(&ana, &["room", "found", ROOM, "--with", "ben", "--organizer", "ben"]);
    done(&ben, &["inbox"]);
    for (at, text) in numbered(6).iter().enumerate() {
        let who = if at % 2 == 0 { &ana } else { &ben };
        done(who, &["inbox"]);
        done(who, &["send", ROOM, text]);
    }
    for person in [&ana, &ben] {
        done(person, &["inbox"]);
        assert_eq!(done(person, &["read", ROOM]).texts(), numbered(6));
    }
    assert!(proxy.recorded().len() > 100, "all of it went over the bad network");
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_8_on_the_page_a_message_waits_and_is_sent_when_the_relay_is_back() {
    let Some(browser) = Browser::start().await else { return };
    let mut stage = Stage::new();
    let [ana, ben, _] = stage.founded();
    let (data, at) = (stage.relay_data(), stage.relay_address());
    let (_engine, url) = ana.opens();
    browser.goto(&url).await;
    browser.reads("Connected").await;
    browser.press_in(".rooms", ROOM, ROOM).await;
    stage.stop_relay();
    browser.reads("No connection. Messages wait.").await;
    browser.types("#composer", "Into the dark").await;
    browser.press("Send").await;
    browser.find(".message.waiting").await;
    stage.relay = Some(BinaryRelay::start_at(&data, at));
    browser.until("its end", "return !document.querySelector('.message.waiting')").await;
    browser.find(".message.own .sent").await;
    assert_eq!(news(&ben), ["Into the dark"]);
}
