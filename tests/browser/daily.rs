//! Journey 4 where people look: what one writes on a page stands on another member's page, in every kind.

use offshift_tests::{browser::Browser, night::Night, people::PASSPHRASE};

#[tokio::test(flavor = "multi_thread")]
async fn journey_4_what_one_says_in_every_kind_stands_on_the_page_of_another() {
    let Some(night) = Night::begin().await else { return };
    words(&night).await;
    poll(&night).await;
    plan(&night).await;
    announcement(&night).await;
    photo(&night).await;
    search(&night).await;
    lock(&night).await;
}

async fn words(night: &Night) {
    night.says("ana", "Who comes on Tuesday, @ben?").await;
    let ben = night.talk_of("ben").await;
    ben.reads("Who comes on Tuesday").await;
    ben.find(".mentions-you").await;
    ben.press_in(".message", "Tuesday", "Answer this message").await;
    ben.types("#composer", "I do.").await;
    ben.press("Send").await;

    let ana = night.talk_of("ana").await;
    ana.reads("I do.").await;
    let quoted = ana.find(".message .quote").await.text().await.unwrap();
    assert!(quoted.contains("Who comes on Tuesday"), "{quoted}");
    ana.press_in(".message", "I do.", "More").await;
    ana.press("React with 👍").await;

    let ben = night.of("ben").await;
    ben.until("the mark", "return document.querySelector('.reaction')?.innerText.includes('👍')")
        .await;
    ben.press_in(".message.own", "I do.", "More").await;
    ben.press("Edit").await;
    ben.types("#composer", " Gladly.").await;
    ben.press("Send").await;
    night.says("ben", "The wrong room.").await;

    let ana = night.of("ana").await;
    ana.reads("I do. Gladly.").await;
    ana.reads("edited").await;
    ana.reads("The wrong room.").await;
    ana.press_in(".message", "Gladly", "More").await;
    ana.press("Pin to the top").await;

    let ben = night.of("ben").await;
    ben.press_in(".message", "The wrong room.", "More").await;
    ben.press("Take back").await;
    ben.reads("It cannot erase what they already have.").await;
    ben.press("Take back").await;
    ben.reads("You took this message back.").await;
    ben.until("the pin", "return document.querySelector('.pins')?.innerText.includes('Gladly')")
        .await;

    let ana = night.of("ana").await;
    ana.reads("This message was taken back.").await;
    ana.reads_no_more("The wrong room.").await;
}

async fn adds(page: &Browser, what: &str) {
    page.press("Add a file, a poll or a plan").await;
    page.press(what).await;
}

async fn poll(night: &Night) {
    let ana = night.talk_of("ana").await;
    adds(ana, "Ask a poll").await;
    ana.write("Your question", "Do we strike?").await;
    ana.write("Answer 1", "Yes, on Monday").await;
    ana.write("Answer 2", "No").await;
    ana.press("Ask").await;
    let ben = night.talk_of("ben").await;
    ben.reads("Do we strike?").await;
    ben.press_in(".poll", "Do we strike?", "Yes, on Monday").await;
    ben.press_in(".poll", "Do we strike?", "Answer").await;
    let ana = night.of("ana").await;
    ana.reads("1 person has answered.").await;
    ana.press_in(".message", "Do we strike?", "More").await;
    ana.press("Close the poll").await;
    ana.reads("Answers after that do not count.").await;
    ana.press("Close the poll").await;
    night.of("ben").await.reads("Closed. 1 person answered.").await;
}

async fn plan(night: &Night) {
    let ana = night.talk_of("ana").await;
    adds(ana, "Make a plan").await;
    ana.write("What", "Picket").await;
    ana.write("Where", "Gate 3").await;
    ana.press("Tell the room").await;
    let ben = night.at("ben", "/plans").await;
    ben.reads("Gate 3").await;
    let ana = night.talk_of("ana").await;
    ana.press_in(".message", "Gate 3", "More").await;
    ana.press("Call it off").await;
    ana.reads("Call off \"Picket\"?").await;
    ana.press("Call it off").await;
    night.talk_of("ben").await.reads("Called off").await;
}

async fn announcement(night: &Night) {
    let ana = night.talk_of("ana").await;
    adds(ana, "Announce").await;
    ana.write("What everybody must know", "The vote is on Friday.").await;
    ana.press("Announce it").await;
    let ben = night.of("ben").await;
    ben.reads("The vote is on Friday.").await;
    ben.find(".message.kind-announcement").await;
}

/// A photo that says where it was taken is let fall on the conversation; what arrives is a picture, and says nothing.
async fn photo(night: &Night) {
    let ana = night.talk_of("ana").await;
    ana.script_later(DROPS_A_PHOTO).await;
    ana.reads("place, time and camera are taken out of it").await;
    ana.write("Words that go with it", "The new rota").await;
    ana.press("Send it").await;
    let ben = night.talk_of("ben").await;
    ben.reads("The new rota").await;
    ben.press_in(".file-card", "rota", "Get it").await;
    ben.press_in(".file-card", "rota", "Look at it").await;
    let painted = "return document.querySelector('dialog img.whole')?.naturalWidth === 40";
    ben.until("the picture", painted).await;
    ben.press("Close").await;
}

const DROPS_A_PHOTO: &str = "
    const done = arguments[arguments.length - 1];
    const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 30 });
    canvas.getContext('2d').fillRect(5, 5, 20, 10);
    canvas.toBlob(blob => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([blob], 'rota.png', { type: 'image/png' }));
        const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
        document.querySelector('.talk').dispatchEvent(drop);
        done(true);
    }, 'image/png');
";

async fn search(night: &Night) {
    let ben = night.of("ben").await;
    ben.script("location.hash = '#/search'").await;
    ben.write("Words", "gladly").await;
    ben.reads("1 message found").await;
    ben.find(".found-list .hit").await.click().await.unwrap();
    ben.find(".talk .message.own").await;
}

/// What was begun is kept; locked, nothing of the room is on the page, and a wrong passphrase changes nothing.
async fn lock(night: &Night) {
    let ana = night.talk_of("ana").await;
    ana.types("#composer", "what I began").await;
    ana.press("Lock now").await;
    ana.reads("Type your passphrase to open your rooms.").await;
    let locked = ana.script("return document.documentElement.outerHTML").await;
    for secret in ["Night", "Gladly", "ben", "what I began"] {
        assert!(!locked.as_str().unwrap().contains(secret), "the locked page says {secret}");
    }
    ana.write("Passphrase", "not these plain words").await;
    ana.press("Open").await;
    ana.until("why not", "return document.querySelector('.wrong')?.innerText.length > 10").await;
    ana.write("Passphrase", PASSPHRASE).await;
    ana.press("Open").await;
    ana.until("the draft", "return document.querySelector('#composer')?.value === 'what I began'")
        .await;
}
