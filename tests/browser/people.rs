//! Whoever they are and whatever they use: the keyboard alone, a small screen, other scripts, other eyes (WCAG 2.2 AA).

use fantoccini::key::Key;
use offshift_tests::{browser::Browser, night::Night, people::PASSPHRASE};

/// The screens, by their places, and what stands on each once it is there.
const SCREENS: [(&str, &str); 12] = [
    ("#/", "h1"),
    ("#/meet", ".way"),
    ("#/found", "h1"),
    ("#/search", "input"),
    ("#/alarms", "h1"),
    ("#/settings", "h2"),
    ("#/room/ROOM", ".message"),
    ("#/room/ROOM/people", ".person"),
    ("#/room/ROOM/door", "h2"),
    ("#/room/ROOM/plans", ".page"),
    ("#/room/ROOM/files", ".page"),
    ("#/room/ROOM/rules", ".page"),
];

/// Visits each screen.
async fn visits(night: &Night, mut look: impl AsyncFnMut(&Browser, &str)) {
    for (place, mark) in SCREENS {
        let page = night.of("ana").await;
        let place = place.replace("ROOM", &night.room.hex());
        page.script(&format!("location.hash = '{place}'")).await;
        page.find(&format!("#main {mark}")).await;
        look(page, &place).await;
    }
}

async fn one_of_each(night: &Night) {
    night.says("ana", "Who comes on Tuesday, @ben?").await;
    night
        .says(
            "ben",
            "I do. See https://example.org/a-very-long-address/that/does/not/break/anywhere",
        )
        .await;
    let cleo = &night.cleo.client;
    let options = vec!["Yes".to_owned(), "No".to_owned()];
    cleo.poll(night.room, "Do we strike?", options, false).await.unwrap();
    cleo.announce(night.room, "The vote is on Friday.").await.unwrap();
    night.talk_of("ana").await.reads("Do we strike?").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_screen_breaks_a_rule_of_accessibility_in_light_dark_or_high_contrast() {
    let Some(night) = Night::begin().await else { return };
    one_of_each(&night).await;
    let mut broken = Vec::new();
    for wish in [
        [("prefers-color-scheme", "light"), ("prefers-contrast", "no-preference")],
        [("prefers-color-scheme", "dark"), ("prefers-contrast", "no-preference")],
        [("prefers-color-scheme", "dark"), ("prefers-contrast", "more")],
    ] {
        night.of("ana").await.prefers(&wish);
        visits(&night, async |page, place| {
            let found = page.broken_rules().await;
            broken.extend(found.into_iter().map(|rule| format!("{wish:?} {place}: {rule}")));
        })
        .await;
    }
    let page = night.of("ana").await;
    page.press("Lock now").await;
    page.reads("Type your passphrase").await;
    broken.extend(page.broken_rules().await);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn at_360_pixels_and_from_right_to_left_nothing_leaves_the_screen() {
    let Some(night) = Night::begin().await else { return };
    one_of_each(&night).await;
    night.says("ben", "مرحبا بالجميع، من يأتي يوم الثلاثاء؟").await;
    let ana = night.talk_of("ana").await;
    ana.reads("مرحبا").await;
    let own_direction = "return [...document.querySelectorAll('.text')]
        .filter(e => e.innerText.includes('مرحبا')).map(e => getComputedStyle(e).direction)";
    assert_eq!(ana.script(own_direction).await, serde_json::json!(["rtl"]));
    ana.resize(360, 640);
    let mut wide = Vec::new();
    for direction in ["ltr", "rtl"] {
        ana.script(&format!("document.documentElement.dir = '{direction}'")).await;
        visits(&night, async |page, place| {
            let width = page.script("return document.scrollingElement.scrollWidth").await;
            if width.as_u64().unwrap() > 360 {
                wide.push(format!("{direction} {place}: {width}"));
            }
        })
        .await;
    }
    assert!(wide.is_empty(), "wider than the screen: {wide:?}");
}

/// Walks with the tab key until the focus is on what has this name; each stop on the way must be seen.
async fn tabs_to(page: &Browser, name: &str) {
    let focused = "const e = document.activeElement;
        const style = getComputedStyle(e);
        const is_seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
        const name = (e.getAttribute('aria-label') ?? e.innerText ?? '').trim().split('\\n')[0];
        return [name, is_seen || e === document.body]";
    for _ in 0..80 {
        page.presses(&Key::Tab.to_string()).await;
        let at = page.script(focused).await;
        assert_eq!(at[1], true, "the focus can't be seen at {at}");
        if at[0].as_str().unwrap().starts_with(name) {
            return;
        }
    }
    panic!("the tab key does not reach {name}");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_keyboard_alone_one_unlocks_reads_writes_marks_and_locks() {
    let Some(night) = Night::begin().await else { return };
    night.says("ben", "Who comes on Tuesday?").await;
    let ana = night.of("ana").await;
    let enter = Key::Enter.to_string();
    tabs_to(ana, "Skip to the content").await;
    tabs_to(ana, "Night").await;
    ana.presses(&enter).await;
    ana.reads("Who comes on Tuesday?").await;
    ana.until("the place to write", "return document.activeElement?.id === 'composer'").await;
    ana.presses(&format!("I do.{enter}")).await;
    ana.reads("I do.").await;
    ana.presses(&Key::Escape.to_string()).await;
    tabs_to(ana, "Lock now").await;
    ana.presses(&enter).await;
    ana.reads("Type your passphrase").await;
    ana.presses(&format!("{PASSPHRASE}{enter}")).await;
    ana.reads("Night").await;
    ana.script("document.activeElement.blur()").await;
    ana.presses("?").await;
    ana.reads("Go to where you write").await;
    ana.presses(&Key::Escape.to_string()).await;
    ana.reads_no_more("Go to where you write").await;
    night.talk_of("ben").await.reads("I do.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_loaded_again_goes_on_where_it_was() {
    let Some(night) = Night::begin().await else { return };
    night.says("ana", "Who comes on Tuesday?").await;
    let ana = night.of("ana").await;
    ana.client().refresh().await.unwrap();
    ana.reads("Who comes on Tuesday?").await;
    night.says("ana", "And on Friday?").await;
}
