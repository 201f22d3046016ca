//! The stream of a room's messages: lossless for readers that are slow, that stop and that come back.

use offshift_client::{Care, ClientError, Event, Position, RoomId};
use offshift_tests::{
    founded::two_in_a_room,
    people::{Person, next, soon},
};

/// Each is two events for its author: more than a client keeps for a slow reader, and many pages of a stream.
const MANY: usize = 520;

fn numbered(from: usize, to: usize) -> Vec<String> {
    (from..to).map(|number| format!("message {number}")).collect()
}

async fn says_all(person: &Person, room: RoomId, texts: &[String]) {
    for text in texts {
        person.client.send(room, text, None, Care::Ordinary).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cli_015_a_stream_gives_what_is_there_and_what_comes_once_and_in_order() {
    let (_folder, _relay, ana, ben, room) = two_in_a_room().await;
    says_all(&ana, room, &numbered(0, 50)).await;
    ben.has_read(room, 50).await;
    let mut stream = ben.client.messages_from(room, Position::START);
    let mut texts = Vec::new();
    for number in 0..100 {
        if number == 40 {
            // While the reader is in the middle of a page.
            says_all(&ana, room, &numbered(50, 100)).await;
        }
        texts.push(soon("a message", stream.next()).await.unwrap().text.unwrap());
    }
    assert_eq!(texts, numbered(0, 100));
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cli_015_a_reader_that_was_too_slow_for_events_loses_no_message() {
    let (_folder, _relay, ana, _ben, room) = two_in_a_room().await;
    let mut events = ana.client.events();
    let mut stream = ana.client.messages_from(room, Position::START);
    says_all(&ana, room, &numbered(0, MANY - 1)).await;
    ana.sends(room, &format!("message {}", MANY - 1)).await;
    let missed = next(&mut events, |event| match event {
        Event::Missed { count } => Some(count),
        _ => None,
    });
    assert!(missed.await > 0, "the control: events alone were lost");
    for text in numbered(0, MANY) {
        assert_eq!(soon("a message", stream.next()).await.unwrap().text, Some(text));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cli_015_a_stream_goes_on_behind_its_position_after_a_restart() {
    let (_folder, _relay, ana, ben, room) = two_in_a_room().await;
    says_all(&ana, room, &numbered(0, 5)).await;
    let mut stream = ben.client.messages_from(room, Position::START);
    for _ in 0..3 {
        soon("a message", stream.next()).await.unwrap();
    }
    let position = stream.position();
    ben.client.mark_read(room, position).await.unwrap();
    let ben = ben.reopened().await;
    assert_eq!(ben.client.read_up_to(room).await.unwrap(), position);
    let mut stream = ben.client.messages_from(room, position);
    for text in numbered(3, 5) {
        assert_eq!(soon("a message", stream.next()).await.unwrap().text, Some(text));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_with_its_client_and_says_so_where_there_is_no_such_room() {
    let (_folder, _relay, ana, _ben, room) = two_in_a_room().await;
    let unknown = RoomId::from_bytes([9; 16]);
    let mut nowhere = ana.client.messages_from(unknown, Position::START);
    assert_eq!(nowhere.next().await.unwrap_err(), ClientError::UnknownRoom);
    let mut stream = ana.client.messages_from(room, Position::START);
    let (ended, ()) = tokio::join!(soon("the end", stream.next()), ana.client.close());
    assert_eq!(ended.unwrap_err(), ClientError::Closed);
}
