//! The lock where people look: it comes by itself, it cuts off what is on its way, and an engine that died gets no passphrase.

use std::{fs, net::TcpListener, process::Command, thread, time::Duration};

use offshift_tests::{
    browser::Browser,
    night::Night,
    people::{PASSPHRASE, Person, Program, found},
    relay::BinaryRelay,
};
use serde_json::json;

const LOCKED: &str = "Type your passphrase to open your rooms.";

/// OS-RPC-010, OS-RPC-011: the page asks again and again, of its own accord, and the lock comes all the same.
#[tokio::test(flavor = "multi_thread")]
async fn os_pag_031_a_page_that_nobody_uses_locks_by_itself_and_shows_nothing_any_more() {
    let Some(browser) = Browser::start().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let relay = BinaryRelay::start(&folder.path().join("relay"));
    let ana = Person::new(folder.path(), "ana", relay.link()).await;
    let ben = Person::new(folder.path(), "ben", relay.link()).await;
    let room = found("Night", &[&ana, &ben]).await;
    ana.client.close().await;
    let program = Program::existing(&ana.directory);
    let mut engine = program.start(&["open", "--no-browser", "--lock-after", "12s"]);
    browser.goto(engine.next("page")["url"].as_str().unwrap()).await;
    browser.press_in(".rooms", "Night", "Night").await;
    browser.types("#composer", "what I began").await;
    ben.sends(room, "gate four at six").await;
    browser.reads("gate four at six").await;
    // What comes puts nothing off: each message makes the page ask.
    let told = tokio::spawn(async move {
        for number in 0.. {
            ben.sends(room, &format!("hello number {number}")).await;
            // As fast as somebody types, and no faster than a busy machine takes.
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    });
    browser.reads(LOCKED).await;
    told.abort();
    let shown = browser.script("return document.documentElement.outerHTML").await;
    for secret in ["Night", "gate four", "hello number", "ben", "what I began"] {
        assert!(!shown.as_str().unwrap().contains(secret), "the locked page says {secret}");
    }
    browser.write("Passphrase", PASSPHRASE).await;
    browser.press("Open").await;
    browser.reads("hello number").await;
    browser
        .until("the draft", "return document.querySelector('#composer')?.value === 'what I began'")
        .await;
}

/// OS-FIL-040. The relay holds its breath meanwhile: what the lock cuts off is not at its end.
#[tokio::test(flavor = "multi_thread")]
async fn os_rpc_009_a_file_that_a_lock_cuts_off_goes_on_when_the_page_is_unlocked() {
    let Some(night) = Night::begin().await else { return };
    let ana = night.talk_of("ana").await;
    signal("-STOP", night.relay.pid());
    ana.script_later(&drops("rota.txt", 600_000)).await;
    ana.reads("This file stays as it is.").await;
    ana.press("Send it").await;
    ana.reads("Sending, 0%").await;
    ana.press("Lock now").await;
    ana.reads(LOCKED).await;
    signal("-CONT", night.relay.pid());
    night.says("ben", "I wait for the rota.").await;
    let ben = night.of("ben").await;
    assert!(!ben.text().await.contains("rota.txt"), "locked, nothing leaves");

    let ana = night.of("ana").await;
    ana.write("Passphrase", PASSPHRASE).await;
    ana.press("Open").await;
    let ben = night.of("ben").await;
    ben.reads("rota.txt").await;
    ben.press_in(".file-card", "rota.txt", "Get it").await;
    ben.reads("On this device").await;
}

/// How many places there are to type or press.
const FIELDS: &str = "return document.querySelectorAll('input, textarea, form, button').length";

fn signal(signal: &str, pid: u32) {
    let sent = Command::new("kill").args([signal, &pid.to_string()]).status().unwrap();
    assert!(sent.success());
}

/// A file of so many bytes is let fall on the conversation.
fn drops(name: &str, bytes: usize) -> String {
    format!(
        "const done = arguments[arguments.length - 1];
        const dataTransfer = new DataTransfer();
        const bytes = new Uint8Array({bytes}).map((_, at) => at % 251);
        dataTransfer.items.add(new File([bytes], {}, {{ type: 'text/plain' }}));
        const drop = new DragEvent('drop', {{ dataTransfer, bubbles: true, cancelable: true }});
        document.querySelector('.talk').dispatchEvent(drop);
        done(true);",
        json!(name)
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_ticked_and_not_sent_goes_with_the_lock() {
    let Some(night) = Night::begin().await else { return };
    let options = vec!["Yes".to_owned(), "No".to_owned()];
    night.cleo.client.poll(night.room, "Do we strike?", options, false).await.unwrap();
    let ana = night.talk_of("ana").await;
    ana.press_in(".poll", "Do we strike?", "Yes").await;
    let ticked = "return document.querySelectorAll('.poll input:checked').length === ";
    ana.until("the tick", &format!("{ticked}1")).await;
    // Drawn anew, it stays: others answer meanwhile.
    let polls = night.cleo.client.history(night.room).await.unwrap();
    night.cleo.client.answer(night.room, polls.last().unwrap().id, vec![1]).await.unwrap();
    ana.reads("1 person has answered.").await;
    ana.until("the tick", &format!("{ticked}1")).await;
    ana.press("Lock now").await;
    ana.reads(LOCKED).await;
    ana.write("Passphrase", PASSPHRASE).await;
    ana.press("Open").await;
    ana.reads("Do we strike?").await;
    ana.until("no tick", &format!("{ticked}0")).await;
}

/// TH-14: whoever takes the port of an engine that died gets nothing, a passphrase least of all.
#[tokio::test(flavor = "multi_thread")]
async fn os_pag_034_when_the_engine_dies_behind_the_lock_screen_no_passphrase_can_be_typed() {
    let Some(mut night) = Night::begin().await else { return };
    let ana = night.talk_of("ana").await;
    ana.press("Lock now").await;
    ana.reads(LOCKED).await;
    ana.write("Passphrase", "half a passphrase").await;
    let at = ana.script("return location.host").await.as_str().unwrap().to_owned();
    night.kill("ana");
    let ana = night.of("ana").await;
    ana.reads("Offshift was closed").await;
    assert_eq!(ana.script(FIELDS).await, 0, "there is nothing to type into");
    let kept = "return document.documentElement.outerHTML + sessionStorage.getItem('offshift-tab')";
    let kept = ana.script(kept).await.as_str().unwrap().to_owned();
    assert!(!kept.contains("half a") && kept.ends_with("null"), "{kept}");

    let (other, asked) = another_program(&at);
    ana.presses(&format!("{PASSPHRASE}\u{e007}")).await;
    ana.script("window.dispatchEvent(new Event('focus')); window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }))").await;
    // The control: what anybody asks there is heard, and before it nothing was.
    ana.goto(&format!("http://{at}/control")).await;
    let heard = asked.recv().unwrap();
    assert!(heard.starts_with("GET /control "), "the page asked: {heard}");
    assert!(fs::exists(night.directory("ana").join("vault")).unwrap());
    drop(other);
}

/// What was asked of the engine fails as it dies: no notice of that comes to the screen that says so.
#[tokio::test(flavor = "multi_thread")]
async fn os_pag_034_a_call_that_dies_with_the_engine_leaves_nothing_on_the_last_screen() {
    let Some(mut night) = Night::begin().await else { return };
    let ana = night.talk_of("ana").await;
    signal("-STOP", night.pid("ana"));
    ana.press("Lock now").await;
    night.kill("ana");
    let ana = night.of("ana").await;
    ana.reads("Offshift was closed").await;
    assert_eq!(ana.script(FIELDS).await, 0, "a notice stands there, with its button");
}

/// Whoever has the port now; tells the first line of each request.
fn another_program(at: &str) -> (thread::JoinHandle<()>, std::sync::mpsc::Receiver<String>) {
    use std::io::{BufRead, BufReader, Write};
    let listener = TcpListener::bind(at).unwrap();
    let (tell, asked) = std::sync::mpsc::channel();
    let served = thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let mut line = String::new();
            let read =
                BufReader::new(&connection).read_line(&mut line).is_ok_and(|bytes| bytes > 0);
            let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi";
            let _ = (&connection).write_all(answer.as_bytes());
            // Browsers also open connections that say nothing.
            if read && tell.send(line).is_err() {
                return;
            }
        }
    });
    (served, asked)
}
