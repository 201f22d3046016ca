//! Journeys 3 and 5 where people look: a newcomer is met, vouched for and let in; then put out.

use offshift_tests::night::Night;

#[tokio::test(flavor = "multi_thread")]
async fn journeys_3_and_5_a_newcomer_is_met_vouched_for_let_in_and_put_out_on_pages_alone() {
    let Some(mut night) = Night::begin().await else { return };
    night.newcomer("dee").await;
    meet(&night, "ana", None).await;
    vouch(&night, "ana").await;
    meet(&night, "ben", Some("ana")).await;
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

/// A member shows a code; dee photographs the screen. Both compare the words.
async fn meet(night: &Night, member: &str, like: Option<&str>) {
    let page = to_meeting(night, member).await;
    page.press("Show a code").await;
    let picture = night.folder().join(format!("{member}.png"));
    let png = page.find(".qr").await.screenshot().await.unwrap();
    std::fs::write(&picture, png).unwrap();

    let dee = to_meeting(night, "dee").await;
    if let Some(like) = like {
        dee.press("More ways").await;
        dee.write("I am new, and meet one more member of the room of:", like).await;
    }
    dee.press("Use their code").await;
    dee.types("input[type=file]", picture.to_str().unwrap()).await;
    dee.until("the code", "return document.querySelector('textarea')?.value.length > 20").await;
    dee.press("Go on").await;
    let words = "return document.querySelector('.three-words')?.innerText";
    dee.until("the words", "return !!document.querySelector('.three-words')").await;
    let of_dee = dee.script(words).await;
    let page = night.of(member).await;
    page.until("the words", "return !!document.querySelector('.three-words')").await;
    assert_eq!(page.script(words).await, of_dee, "both screens show the same words");
    page.press("Yes, the same").await;
    page.reads("You met dee").await;
    let dee = night.of("dee").await;
    dee.press("Yes, the same").await;
    dee.reads(&format!("You met {member}")).await;
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
