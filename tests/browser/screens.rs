//! `cargo test -p offshift-tests --test browser -- --ignored screenshots`: PNGs of the main screens, to be looked at, in
//! `target/screenshots/`.

use std::{fs, path::PathBuf};

use offshift_tests::{browser::Browser, night::Night};

/// How it looks: name, size, colours and contrast that the person has set in their system, language.
type Look = (&'static str, (u32, u32), &'static str, &'static str, &'static str);

const LOOKS: [Look; 5] = [
    ("wide", (1280, 800), "light", "no-preference", "en"),
    ("dark", (1280, 800), "dark", "no-preference", "en"),
    ("contrast", (1280, 800), "light", "more", "en"),
    ("phone", (360, 740), "light", "no-preference", "en"),
    ("arabic", (360, 740), "dark", "no-preference", "ar"),
];

const SCREENS: [(&str, &str); 12] = [
    ("home", "#/"),
    ("meet", "#/meet"),
    ("found", "#/found"),
    ("search", "#/search"),
    ("alarms", "#/alarms"),
    ("settings", "#/settings"),
    ("talk", "#/room/ROOM"),
    ("people", "#/room/ROOM/people"),
    ("newcomers", "#/room/ROOM/door"),
    ("plans", "#/room/ROOM/plans"),
    ("files", "#/room/ROOM/files"),
    ("rules", "#/room/ROOM/rules"),
];

fn folder() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let target = test.ancestors().find(|path| path.ends_with("target")).unwrap();
    let folder = target.join("screenshots");
    fs::create_dir_all(&folder).unwrap();
    folder
}

async fn said(night: &Night) {
    night
        .says("ben", "Good evening. The new rota is out: six nights in a row for the whole of B.")
        .await;
    night.says("ana", "Nobody signs it. We meet first, @ben.").await;
    let cleo = &night.cleo.client;
    let options = ["Tuesday", "Wednesday", "Not at all"].map(str::to_owned).to_vec();
    cleo.poll(night.room, "When do we meet?", options, true).await.unwrap();
    let ana = night.talk_of("ana").await;
    ana.press_in(".poll", "When", "Tuesday").await;
    ana.press_in(".poll", "When", "Answer").await;
    ana.press("Add a file, a poll or a plan").await;
    ana.press("Make a plan").await;
    ana.write("What", "Meeting of the night shift").await;
    ana.write("Where", "The back room of the canteen").await;
    ana.press("Tell the room").await;
    ana.reads("back room").await;
    ana.press("Add a file, a poll or a plan").await;
    ana.press("Announce").await;
    ana.write("What everybody must know", "Talk about this only face to face or in here.").await;
    ana.press("Announce it").await;
    ana.reads("only face to face").await;
    ana.press_in(".message", "Nobody signs it", "More").await;
    ana.press("Pin to the top").await;
    let ben = night.talk_of("ben").await;
    ben.press_in(".message", "Nobody signs it", "More").await;
    ben.press("React with ✊").await;
}

async fn shoots(page: &Browser, look: &str, screen: &str) {
    let file = folder().join(format!("{look}-{screen}.png"));
    page.screenshot(&file).await;
    eprintln!("{}", file.display());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "for people to look at"]
async fn screenshots() {
    let night = Night::begin().await.expect("Chromium is installed");
    said(&night).await;
    for (look, (width, height), scheme, contrast, language) in LOOKS {
        let page = night.of("ana").await;
        page.resize(width, height);
        page.prefers(&[("prefers-color-scheme", scheme), ("prefers-contrast", contrast)]);
        speaks(page, language).await;
        for (screen, place) in SCREENS {
            let place = place.replace("ROOM", &night.room.hex());
            page.script(&format!("location.hash = '{place}'")).await;
            page.until(screen, "return !!document.querySelector('#main h1, #main h2')").await;
            // What the screen asks the engine for has come when nothing has changed for a while.
            page.script_later(SETTLES).await;
            shoots(page, look, screen).await;
        }
        boxes(page, look, &night).await;
    }
    speaks(night.of("ana").await, "en").await;
    let page = night.of("ana").await;
    page.script("location.hash = '#/meet'").await;
    page.press("Show a code").await;
    page.find(".qr svg").await;
    shoots(page, "phone", "code").await;
    page.press("Stop").await;
    page.script("location.hash = '#/'").await;
    page.press("Lock now").await;
    page.reads("Type your passphrase").await;
    shoots(page, "phone", "locked").await;
}

/// In the settings, as a person would.
async fn speaks(page: &Browser, language: &str) {
    page.script("location.hash = '#/settings'").await;
    page.find(".settings").await;
    let choose = format!(
        "const select = [...document.querySelectorAll('select')]
            .find(e => [...e.options].some(o => o.value === 'ar'));
        select.value = '{language}';
        select.dispatchEvent(new Event('change'))"
    );
    page.script(&choose).await;
    page.until(language, &format!("return document.documentElement.lang === '{language}'")).await;
}

/// What stands in front of a screen: the end of a profile, and who is put out.
async fn boxes(page: &Browser, look: &str, night: &Night) {
    let people = format!("#/room/{}/people", night.room.hex());
    for (name, place, button) in [
        ("wipe", "#/settings", "#main .quiet.danger"),
        ("several", people.as_str(), "#main .row-acts > button"),
    ] {
        page.script(&format!("location.hash = '{place}'")).await;
        page.find(button).await.click().await.unwrap();
        page.find("dialog[open]").await;
        page.script_later(SETTLES).await;
        shoots(page, look, name).await;
        page.find("dialog[open] .shut").await.click().await.unwrap();
    }
}

const SETTLES: &str = "
    const done = arguments[arguments.length - 1];
    let timer = setTimeout(done, 400);
    new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(done, 400); })
        .observe(document.body, { childList: true, subtree: true });
";
