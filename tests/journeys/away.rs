//! Journey 7: three weeks away. The device catches up, or comes back by itself; what is gone is said in words and dates.

use std::path::PathBuf;

use offshift_client::RoomId;
use offshift_relay::store::memory::MemoryStore;
use offshift_tests::{
    browser::Browser,
    people::{Person, Program, found, until},
    relay::LibraryRelay,
};

use crate::{
    past::{Past, days_pass},
    stage::{ROOM, Stopwatch, done, news},
};

const WEEKS_3: u64 = 21;
const DAYS_3: u64 = 3;

/// Three weeks for those who stayed, and where the closed profile of cleo is, who was away.
struct Weeks {
    _relay: LibraryRelay<MemoryStore>,
    ana: Person,
    _ben: Person,
    cleo: PathBuf,
    room: RoomId,
    _folder: tempfile::TempDir,
}

async fn three_weeks() -> Weeks {
    let folder = tempfile::tempdir().unwrap();
    let clock = Past::days_ago(WEEKS_3 + DAYS_3);
    let relay = clock.relay();
    let ana = clock.person(folder.path(), "ana", &relay.link()).await;
    let ben = clock.person(folder.path(), "ben", &relay.link()).await;
    let cleo = clock.person(folder.path(), "cleo", &relay.link()).await;
    let room = found(ROOM, &[&ana, &ben, &cleo]).await;
    let stay = [&ana, &ben];

    // Three days: everything still lies at the relay.
    cleo.client.close().await;
    days_pass(&clock, DAYS_3, stay, room, "short").await;
    let cleo = clock.reopened(cleo).await;
    cleo.settled().await;
    assert_eq!(cleo.texts(room).await, ana.texts(room).await, "caught up, nothing is gone");
    assert_eq!(cleo.client.room(room).await.unwrap().gap_from, None);
    cleo.client.close().await;

    // Three weeks: the relay has forgotten the way to the present.
    days_pass(&clock, WEEKS_3, stay, room, "long").await;
    assert_eq!(clock.behind_ms(), 0, "it is today");
    let cleo = cleo.directory;
    Weeks { _relay: relay, ana, _ben: ben, cleo, room, _folder: folder }
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_7_who_was_three_weeks_away_comes_back_by_itself_and_is_told_what_is_gone() {
    let weeks = three_weeks().await;
    let watch = Stopwatch::start();
    let cleo = Program::existing(&weeks.cleo);
    let (cleo, returned) = tokio::task::spawn_blocking(move || {
        let back = (0..3).find_map(|_| done(&cleo, &["inbox"]).event("returned").cloned());
        (cleo, back.expect("it comes back by itself"))
    })
    .await
    .unwrap();
    watch.stop("journey 7, the return");
    assert!(returned["gap_from_ms"].as_u64().unwrap() < returned["gap_to_ms"].as_u64().unwrap());
    weeks.ana.sends(weeks.room, "Welcome back, cleo.").await;
    let read = tokio::task::spawn_blocking(move || news(&cleo)).await.unwrap();
    assert_eq!(read.last().unwrap(), "Welcome back, cleo.");
    assert!(
        !read.iter().any(|text| text.starts_with("long, day 1,")),
        "that is gone, and was said"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_7_on_the_page_one_reads_what_is_gone_and_goes_on() {
    let Some(browser) = Browser::start().await else { return };
    let weeks = three_weeks().await;
    let cleo = Program::existing(&weeks.cleo);
    let (_engine, url) = tokio::task::spawn_blocking(move || cleo.opens()).await.unwrap();
    browser.goto(&url).await;
    browser.press_in(".rooms", ROOM, ROOM).await;
    browser.reads("You were away. Some messages from").await;
    let said = browser.text().await;
    let said = said.lines().find(|line| line.starts_with("You were away.")).unwrap();
    assert!(said.ends_with("are not available.") && said.contains(|c: char| c.is_ascii_digit()));
    weeks.ana.sends(weeks.room, "Welcome back, cleo.").await;
    browser.reads("Welcome back, cleo.").await;
    assert!(!browser.text().await.contains("long, day 1,"));
    // It stands until the person has read it, however often the page is loaded.
    browser.client().refresh().await.unwrap();
    browser.reads("You were away.").await;
    browser.press_in(".banner", "You were away.", "Close").await;
    browser.reads_no_more("You were away.").await;
    browser.types("#composer", "I am back.").await;
    browser.press("Send").await;
    let (ana, room) = (&weeks.ana, weeks.room);
    let back = |texts: Vec<String>| texts.iter().any(|text| text == "I am back.").then_some(());
    until(ana, "the answer", || async { back(ana.texts(room).await) }).await;
}
