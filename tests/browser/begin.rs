//! Journeys 2 and 6 where people look: three people meet and found a room; a lost phone is stopped, and its owner goes on.

use offshift_tests::night::Night;

use crate::door::{meet, same_words};

#[tokio::test(flavor = "multi_thread")]
async fn journey_2_three_people_meet_on_their_pages_and_found_a_room() {
    let Some(mut night) = Night::begin().await else { return };
    for name in ["dee", "eli", "fay"] {
        night.newcomer(name).await;
    }
    meet(&night, "dee", "eli", None).await;
    meet(&night, "dee", "fay", None).await;
    meet(&night, "eli", "fay", None).await;

    let dee = night.of("dee").await;
    dee.script("location.hash = '#/found'").await;
    dee.write("Name of the room", "Depot").await;
    for name in ["eli", "fay"] {
        dee.press(name).await;
    }
    dee.press_in("#main", "Who founds it with you", "Found a room").await;
    dee.reads("At least one of them must be an organizer, too.").await;
    dee.press("eli is an organizer, too").await;
    dee.press_in("#main", "Who founds it with you", "Found a room").await;
    dee.reads("Nobody has written here yet.").await;
    dee.types("#composer", "Hello, all.").await;
    dee.press("Send").await;
    for name in ["eli", "fay"] {
        let page = night.of(name).await;
        page.press_in(".rooms", "Depot", "Depot").await;
        page.reads("Hello, all.").await;
        page.press("People").await;
        page.reads("3 people are in the room").await;
        let organizers = "return [...document.querySelectorAll('.person')]
            .filter(e => e.innerText.includes('Organizer'))
            .map(e => e.querySelector('strong').innerText)";
        assert_eq!(page.script(organizers).await, serde_json::json!(["dee", "eli"]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_6_a_lost_phone_is_stopped_on_a_page_and_its_owner_goes_on_with_another() {
    let Some(mut night) = Night::begin().await else { return };
    night.newcomer("ben-2").await;
    link(&night, "ben", "ben-2").await;
    let second = night.talk_of("ben-2").await;
    second.types("#composer", "From my second phone.").await;
    second.press("Send").await;

    let ana = night.talk_of("ana").await;
    ana.reads("From my second phone.").await;
    let ana = night.at("ana", "/people").await;
    ana.press("What you can do about ben").await;
    ana.press("Stop that phone").await;
    ana.reads("Its owner goes on with: ben-2.").await;
    ana.reads("It cannot erase what that phone already has.").await;
    ana.press("Stop that phone").await;
    ana.reads("The phone of ben is stopped.").await;

    night.talk_of("ben").await.reads("You were put out. You read nothing new here.").await;
    night.says("ben-2", "The first one is stopped.").await;
    night.talk_of("ana").await.reads("The first one is stopped.").await;
    let lost = night.talk_of("ben").await;
    assert!(!lost.text().await.contains("The first one is stopped."));
    let people = night.at("ana", "/people").await;
    people.reads("3 people are in the room").await;
    assert!(!people.text().await.contains("To be vouched for again"), "nobody is to blame");
}

/// The first phone shows a code, and the second uses it: both are one person then.
async fn link(night: &Night, first: &str, second: &str) {
    let page = night.at(first, "/people").await;
    page.press("Link my other phone").await;
    page.press("Show a code").await;
    page.press("Type it instead").await;
    let code = page.find("code.code").await.text().await.unwrap();
    let page = night.of(second).await;
    page.script("location.hash = '#/meet'").await;
    page.press("Use their code").await;
    page.write("The code", &code).await;
    page.press("Go on").await;
    page.reads("This code links a device. Link it to yours?").await;
    page.press("Link my other phone").await;
    same_words(night, first, second).await;
    night.of(first).await.reads(&format!("Linked with {second}")).await;
    let page = night.of(second).await;
    page.reads("Both devices are you now.").await;
    page.reads("Night").await;
}
