//! Journeys 3 and 5 where people look: a newcomer is met, vouched for and let in; then put out.

use offshift_tests::night::Night;

#[tokio::test(flavor = "multi_thread")]
async fn journeys_3_and_5_a_newcomer_is_met_vouched_for_let_in_and_put_out_on_pages_alone() {
    let Some(mut night) = Night::begin().await else { return };
    night.newcomer("dee").await;
    meet(&night, "ana", "dee", None).await;
    vouch(&night, "ana").await;
    meet(&night, "ben", "dee", Some("ana")).await;
    vouch(&night, "ben").await;
    admit(&night).await;
    put_out(&night).await;
}

async fn to_meeting<'a>(night: &'a Night, name: &str) -> &'a offshift_tests::browser::Browser {
    let page = night.of(name).await;
    page.script("location.hash = '#/'").await;
    page.script("location.hash = '#/meet'").await;
    page.reads("Sit together, face to face.").await;
    page
}

/// One shows a code; the other photographs the screen. Both compare the words.
pub(crate) async fn meet(night: &Night, one: &str, other: &str, like: Option<&str>) {
    let page = to_meeting(night, one).await;
    page.press("Show a code").await;
    let picture = night.folder().join(format!("{one}-{other}.png"));
    let png = page.find(".qr").await.screenshot().await.unwrap();
    std::fs::write(&picture, png).unwrap();

    let page = to_meeting(night, other).await;
    if let Some(like) = like {
        page.press("More ways").await;
        page.write("I am new, and meet one more member of the room of:", like).await;
    }
    page.press("Use their code").await;
    page.types("input[type=file]", picture.to_str().unwrap()).await;
    page.until("the code", "return document.querySelector('textarea')?.value.length > 20").await;
    page.press("Go on").await;
    same_words(night, one, other).await;
    night.of(one).await.reads(&format!("You met {other}")).await;
    night.of(other).await.reads(&format!("You met {one}")).await;
}

/// Both see the same three words, and say so.
pub(crate) async fn same_words(night: &Night, one: &str, other: &str) {
    let words = "return document.querySelector('.three-words')?.innerText";
    let page = night.of(other).await;
    page.until("the words", "return !!document.querySelector('.three-words')").await;
    let of_other = page.script(words).await;
    let page = night.of(one).await;
    page.until("the words", "return !!document.querySelector('.three-words')").await;
    assert_eq!(page.script(words).await, of_other, "both screens show the same words");
    page.press("Yes, the same").await;
    night.of(other).await.press("Yes, the same").await;
}

async fn vouch(night: &Night, member: &str) {
    let page = night.of(member).await;
    page.press_in(".card.good", "dee", "Night").await;
    page.reads("Vouch for dee in \"Night\"?").await;
    page.press("Vouch").await;
    page.reads(&format!("{member} vouches: met in person")).await;
}

async fn admit(night: &Night) {
    let ben = night.at("ben", "/door").await;
    ben.reads("Enough members vouch. An organizer can let them in.").await;
    ben.press("Let them in").await;
    ben.reads("They read what comes from now on, nothing from before.").await;
    ben.press("Let them in").await;
    let dee = night.of("dee").await;
    dee.reads("Night").await;
    night.says("dee", "Hello. I am dee.").await;
    night.talk_of("ana").await.reads("Hello. I am dee.").await;
}

async fn put_out(night: &Night) {
    let ana = night.at("ana", "/people").await;
    ana.press_in(".person", "dee", "What you can do about dee").await;
    ana.press("Put out of the room").await;
    ana.reads("It cannot erase what they already have.").await;
    ana.press("Put dee out").await;
    ana.reads("What dee could read").await;
    let count = ana.find(".tile").await.text().await.unwrap();
    assert!(count.starts_with('1'), "one message: {count}");
    let dee = night.talk_of("dee").await;
    dee.reads("You were put out. You read nothing new here.").await;
    night.says("ben", "dee is out").await;
    let dee = night.talk_of("dee").await;
    assert!(!dee.text().await.contains("dee is out"));
}
