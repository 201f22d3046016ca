//! The page and the engine behind it, with histories of years: what a person waits for.
//!
//! `cargo build --release -p offshift -p offshift-relay && cargo bench -p offshift-tests --bench page`
//!
//! - first render: from the beginning of a load to the frame in which the newest messages of a room of 10,000 stand;
//! - from page to page: from Enter on one page to the frame on another member's page, beside the relay's own delivery
//!   (one deposit to whoever follows) and the same between two engines without a page; one run, one machine;
//! - search of 100,000 messages, by the library and by the page;
//! - memory of `offshift daemon` with ten rooms.
//!
//! With names behind `--` only these: `memory`, `engines`, `pages`, `search`.
//!
//! Histories are copies of one message behind some of their own (a hook for tests). Read the ratios; the other figures are of this machine.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss
)]

use std::{
    path::Path,
    time::{Duration, Instant},
};

use offshift_client::{Care, Position, RoomId};
use offshift_link::{Fetching, Link};
use offshift_tests::{
    browser::Browser,
    flood::memory_of,
    people::{Person, Program, found},
    relay::{BinaryRelay, Mailbox, connect, next_number, numbered},
};

const RENDERED: u64 = 10_000;
const SEARCHED: u64 = 100_000;
/// More than a screen shows, so that what is rendered is of its own.
const NEWEST: usize = 120;
const LOADS: usize = 15;
const ROUNDS: u64 = 60;
const SEARCHES: usize = 15;
const ROOMS: usize = 10;
/// What opening needed is given back meanwhile.
const SETTLE: Duration = Duration::from_secs(3);

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(run());
}

async fn run() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let relay = BinaryRelay::start(&folder.path().join("relay"));
    if is_wanted("memory") {
        memory(&folder.path().join("rooms"), &relay).await;
    }
    if is_wanted("engines") {
        from_engine_to_engine(&folder.path().join("engines"), &relay).await;
    }
    if is_wanted("pages") {
        from_page_to_page(&folder.path().join("pages"), &relay).await;
    }
    if is_wanted("search") {
        searches(&folder.path().join("search"), &relay).await;
    }
}

fn is_wanted(part: &str) -> bool {
    let mut names = std::env::args().skip(1).filter(|name| !name.starts_with('-')).peekable();
    names.peek().is_none() || names.any(|name| name == part)
}

/// Two people and their room.
async fn night(folder: &Path, relay: &BinaryRelay) -> (Person, Person, RoomId) {
    let ana = Person::new(folder, "ana", relay.link()).await;
    let ben = Person::new(folder, "ben", relay.link()).await;
    let room = found("Night", &[&ana, &ben]).await;
    (ana, ben, room)
}

async fn from_engine_to_engine(folder: &Path, relay: &BinaryRelay) {
    let (ana, ben, room) = night(folder, relay).await;
    engines(&ana, &ben, room, &mut Delivery::begin(relay, 1).await).await;
}

async fn from_page_to_page(folder: &Path, relay: &BinaryRelay) {
    let (ana, ben, room) = night(folder, relay).await;
    fill(&ana, room, RENDERED).await;
    ben.settled().await;
    ana.client.close().await;
    ben.client.close().await;
    pages(&ana, &ben, room, &mut Delivery::begin(relay, 2).await).await;
}

async fn searches(folder: &Path, relay: &BinaryRelay) {
    let (ana, _ben, room) = night(folder, relay).await;
    fill(&ana, room, SEARCHED).await;
    search(&ana, room).await;
    ana.client.close().await;
    search_of_the_page(&ana).await;
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Copies of what was said, so many that the room has this count, then some messages of their own.
async fn fill(person: &Person, room: RoomId, count: u64) {
    let client = &person.client;
    client.send(room, "who takes the shift on Tuesday?", None, Care::Ordinary).await.unwrap();
    person.settled().await;
    client.fill_for_testing(room, count).await.unwrap();
    for number in 0..NEWEST {
        let text = format!("message {number}: and who on day {}?", number % 7);
        client.send(room, &text, None, Care::Ordinary).await.unwrap();
    }
    person.settled().await;
}

/// The relay's own delivery: from one deposit to whoever follows the mailbox, by links alone.
struct Delivery {
    writes: Link,
    mailbox: Mailbox,
    fetching: Fetching,
    number: u64,
    _reads: Link,
}

impl Delivery {
    async fn begin(relay: &BinaryRelay, seed: u64) -> Self {
        let (writes, reads) = (connect(relay.link()).await, connect(relay.link()).await);
        let mailbox = Mailbox::channel(seed);
        let fetching = mailbox.fetch(&reads, Position::START, true).await;
        Self { writes, mailbox, fetching, number: 0, _reads: reads }
    }

    async fn once(&mut self) -> Duration {
        let (link, number) = (&self.writes, self.number);
        let capability = self.mailbox.prove_deposit(link).await.unwrap();
        let deposits = link.deposits();
        self.number += 1;
        let began = Instant::now();
        let receipt = deposits.deposit(capability, offshift_wire::Life::H1, numbered(number));
        assert_eq!(next_number(&mut self.fetching).await, number);
        let took = began.elapsed();
        receipt.await.unwrap();
        took
    }
}

/// From one engine to another. Each round has a delivery of the relay beside it: what sleeps between rounds sleeps for
/// both.
async fn engines(ana: &Person, ben: &Person, room: RoomId, relays: &mut Delivery) {
    let mut stream = ben.client.messages_from(room, Position::START);
    let (mut times, mut deliveries) = (Vec::new(), Vec::new());
    for number in 0..ROUNDS {
        deliveries.push(relays.once().await);
        let began = Instant::now();
        ana.client.send(room, &format!("round {number}"), None, Care::Ordinary).await.unwrap();
        stream.next().await.unwrap();
        times.push(began.elapsed());
        ana.settled().await;
    }
    beside("from engine to engine", times, deliveries);
}

fn beside(what: &str, times: Vec<Duration>, deliveries: Vec<Duration>) {
    let (time, delivery) = (median(times), median(deliveries));
    let ratio = time.as_secs_f64() / delivery.as_secs_f64();
    let (time, delivery) = (ms(time), ms(delivery));
    println!("{what:<38} {time:>8.2} ms   the relay's own {delivery:.2} ms   ratio {ratio:.1}");
}

/// Tells when the first message stood on the page, and keeps the time of each one that comes.
const WATCH: &str = "
    window.came = {};
    const look = () => {
        const last = [...document.querySelectorAll('li.message .text')].pop();
        if (!last) return;
        window.came[last.innerText] ??= performance.timeOrigin + performance.now();
        window.first ??= performance.now();
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
";

async fn pages(ana: &Person, ben: &Person, room: RoomId, relays: &mut Delivery) {
    let Some(browser) = Browser::start().await else { return };
    let (_anas, url) = Program::existing(&ana.directory).opens();
    browser.each_page_begins_with(WATCH);
    browser.goto(&url).await;
    browser.reads("Night").await;
    first_render(&browser, room).await;
    let anas = browser.tab().await;
    let (_bens, url) = Program::existing(&ben.directory).opens();
    // A window of its own: what is in front of nobody is not drawn.
    let bens = browser.client().new_window(false).await.unwrap().handle;
    browser.to_tab(&bens).await;
    browser.goto(&url).await;
    browser.reads("Night").await;
    to_room(&browser, room).await;
    browser.script(WATCH).await;
    let (mut times, mut deliveries, mut calls) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..ROUNDS {
        let text = format!("from page to page {number}");
        browser.to_tab(&anas).await;
        deliveries.push(relays.once().await);
        calls.push(call_of(&browser).await);
        let sent = browser.script(&sends(&text)).await.as_f64().unwrap();
        browser.to_tab(&bens).await;
        browser.until("the message", &format!("return !!window.came['{text}']")).await;
        let came = browser.script(&format!("return window.came['{text}']")).await;
        times.push(Duration::from_secs_f64((came.as_f64().unwrap() - sent).max(0.0) / 1e3));
    }
    beside("from page to page", times, deliveries);
    println!("a page's call of what costs nothing     {:>8.2} ms", ms(median(calls)));
}

/// A page's question to its own engine that needs no disk and no relay: the browser's own share of a call.
async fn call_of(browser: &Browser) -> Duration {
    let took = browser.script_later(&asks("here", "{}")).await;
    Duration::from_secs_f64(took["ms"].as_f64().unwrap() / 1e3)
}

async fn to_room(browser: &Browser, room: RoomId) {
    browser.script(&format!("location.hash = '#/room/{}'", room.hex())).await;
    browser.until("messages", "return document.querySelectorAll('li.message').length > 5").await;
}

async fn first_render(browser: &Browser, room: RoomId) {
    to_room(browser, room).await;
    let (mut paints, mut stands) = (Vec::new(), Vec::new());
    for _ in 0..LOADS {
        browser.client().refresh().await.unwrap();
        browser.until("messages", "return window.first > 0").await;
        let time = async |script| {
            Duration::from_secs_f64(browser.script(script).await.as_f64().unwrap() / 1e3)
        };
        let paint = "return performance.getEntriesByName('first-contentful-paint')[0].startTime";
        browser.until("a paint", "return performance.getEntriesByType('paint').length > 1").await;
        paints.push(time(paint).await);
        stands.push(time("return window.first").await);
    }
    println!("first paint of the page                 {:>8.1} ms", ms(median(paints)));
    println!("the room of {RENDERED:>6} stands on it      {:>8.1} ms", ms(median(stands)));
}

/// Writes and presses Enter; gives when.
fn sends(text: &str) -> String {
    format!(
        "const area = document.getElementById('composer');
         area.value = '{text}';
         area.dispatchEvent(new Event('input', {{ bubbles: true }}));
         area.form.requestSubmit();
         return performance.timeOrigin + performance.now();"
    )
}

const WORDS: [(&str, &str); 2] =
    [("rare words", "message 77:"), ("frequent words", "shift tuesday")];

async fn search(person: &Person, room: RoomId) {
    for (what, words) in WORDS {
        let mut times = Vec::new();
        for _ in 0..SEARCHES {
            let began = Instant::now();
            let found = person.client.search(words, Some(room), 50).await.unwrap();
            times.push(began.elapsed());
            assert!(!found.is_empty());
        }
        println!("search of {SEARCHED:>7}, {what:<16}    {:>8.1} ms", ms(median(times)));
    }
}

/// From the page's question to the answer in its hands, by the engine that serves it.
async fn search_of_the_page(person: &Person) {
    let Some(browser) = Browser::start().await else { return };
    let (_engine, url) = Program::existing(&person.directory).opens();
    browser.goto(&url).await;
    browser.reads("Night").await;
    for (what, words) in WORDS {
        let mut times = Vec::new();
        for _ in 0..SEARCHES {
            let params = format!("{{ words: '{words}', room: null, limit: 50 }}");
            let found = browser.script_later(&asks("search", &params)).await;
            assert!(found["count"].as_u64().unwrap() > 0);
            times.push(Duration::from_secs_f64(found["ms"].as_f64().unwrap() / 1e3));
        }
        println!("the same from the page, {what:<16}{:>6.1} ms", ms(median(times)));
    }
}

/// Calls the engine as the page does; gives how long it took and how much was in the answer.
fn asks(verb: &str, params: &str) -> String {
    format!(
        "const done = arguments[arguments.length - 1], began = performance.now();
         const tab = sessionStorage.getItem('offshift-tab');
         fetch('/rpc', {{
             method: 'POST',
             headers: {{ 'Content-Type': 'application/json', 'Offshift-Tab': tab }},
             body: JSON.stringify({{ jsonrpc: '2.0', id: 1, method: '{verb}', params: {params} }}),
         }}).then(answer => answer.json()).then(
             answer => done({{ ms: performance.now() - began, count: answer.result?.length ?? 0 }}));"
    )
}

async fn memory(folder: &Path, relay: &BinaryRelay) {
    let ana = Person::new(folder, "ana", relay.link()).await;
    let ben = Person::new(folder, "ben", relay.link()).await;
    for number in 0..ROOMS {
        found(&format!("Room {number}"), &[&ana, &ben]).await;
    }
    ana.settled().await;
    ana.client.close().await;
    let program = Program::existing(&ana.directory);
    let mut engine = program.start(&["daemon"]);
    engine.next("running");
    tokio::time::sleep(SETTLE).await;
    let bytes = memory_of(engine.pid());
    println!("memory of an engine with {ROOMS} rooms      {:>8.1} MB", bytes as f64 / 1e6);
}
