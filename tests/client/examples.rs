//! The examples of the client library do what they say.

#[path = "../../crates/offshift-client/examples/bot.rs"]
mod bot;
#[path = "../../crates/offshift-client/examples/story.rs"]
mod story;

use bot::Bot;
use offshift_client::{Care, RoomId};
use offshift_tests::{
    people::{Person, found, soon, until},
    relay::LibraryRelay,
};

#[tokio::test(flavor = "multi_thread")]
async fn the_story_of_two_people_is_told_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let link = relay.link().to_string();
    let said = soon("the end of the story", story::tell(folder.path(), &link)).await.unwrap();
    assert_eq!(said, ["ana: hello ben", "ben: hello ana"]);
}

/// Asks, and waits for the answer with the number `nth`.
async fn asks(person: &Person, room: RoomId, question: &str, nth: usize) {
    let asked = person.client.send(room, question, None, Care::Ordinary).await.unwrap();
    let answer = until(person, "the answer", || async {
        let history = person.client.history(room).await.unwrap();
        history.into_iter().filter(|message| !message.own).nth(nth)
    })
    .await;
    assert_eq!(answer.text.as_deref(), Some("Tuesday at 7."));
    assert_eq!(answer.reply_to, Some(asked));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bot_answers_each_question_once_also_those_asked_while_it_was_away() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let robot = Person::new(folder.path(), "robot", &relay.link()).await;
    let room = found("Night", &[&ana, &robot]).await;
    let bot = Bot { question: "when do we meet?".to_owned(), answer: "Tuesday at 7.".to_owned() };
    tokio::select! {
        ended = bot.run(&robot.client, room) => panic!("the bot ended: {ended:?}"),
        () = asks(&ana, room, "Hello. When do we meet?", 0) => {}
    }
    ana.sends(room, "Thanks.").await;
    robot.client.close().await;
    let asked = async {
        let robot = Person { client: reopen(&robot).await, ..robot };
        tokio::select! {
            ended = bot.run(&robot.client, room) => panic!("the bot ended: {ended:?}"),
            () = asks(&ana, room, "And when do we meet? I forgot.", 1) => {}
        }
    };
    asked.await;
    let answers = ana.client.history(room).await.unwrap();
    assert_eq!(answers.iter().filter(|message| !message.own).count(), 2);
}

async fn reopen(person: &Person) -> offshift_client::Client {
    let passphrase = offshift_tests::people::passphrase();
    offshift_client::Client::open(&person.directory, passphrase).await.unwrap()
}

#[test]
fn the_bot_has_less_than_a_hundred_lines() {
    let text = include_str!("../../crates/offshift-client/examples/bot.rs");
    assert!(text.lines().count() < 100);
}
