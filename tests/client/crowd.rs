//! Thirty people in one room, over a real relay: several change it at once while all of them write.

use std::{collections::BTreeSet, future::Future, path::Path, sync::Arc};

use offshift_client::{Founding, RoomId, RoomView, Suite};
use offshift_tests::{
    people::{Person, meet, soon},
    relay::LibraryRelay,
};
use offshift_wire::link::RelayLink;
use tokio::task::JoinSet;

/// Who founds, who comes with the founding, who is added afterwards, all at once.
const ORGANIZERS: usize = 4;
const FOUNDERS: usize = 26;
const PEOPLE: usize = FOUNDERS + ORGANIZERS;

const NAMES: [&str; PEOPLE] = [
    "ada", "ben", "cleo", "dana", "edo", "fay", "gus", "hana", "ivo", "jana", "kai", "lea", "milo",
    "nora", "ole", "pia", "quin", "rosa", "sam", "tara", "udo", "vera", "wim", "xena", "yara",
    "zoe", "abel", "bela", "cora", "dov",
];

type Crowd = Vec<Arc<Person>>;

/// Runs the same for all at the same time, and gives what each gave, in their order.
async fn all<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    crowd: &[Arc<Person>],
    act: impl Fn(usize, Arc<Person>) -> F,
) -> Vec<T> {
    let mut tasks = JoinSet::new();
    for (index, person) in crowd.iter().enumerate() {
        let act = act(index, Arc::clone(person));
        tasks.spawn(async move { (index, act.await) });
    }
    let mut done: Vec<_> = tasks.join_all().await;
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, given)| given).collect()
}

async fn people(folder: &Path, link: &RelayLink) -> Crowd {
    let mut crowd = Vec::new();
    for name in NAMES {
        crowd.push(Arc::new(Person::in_a_crowd(folder, name, link, PEOPLE).await));
    }
    crowd
}

/// The first meets everybody of the founding and founds the room, with the next few as organizers.
async fn found_by_first(crowd: &[Arc<Person>]) -> RoomId {
    let first = &crowd[0];
    let mut members = Vec::new();
    for other in &crowd[1..FOUNDERS] {
        members.push(meet(first, other).await.0);
    }
    let organizers = members[..ORGANIZERS - 1].to_vec();
    let founding = Founding {
        name: "Everybody".to_owned(),
        members,
        organizers,
        suite: Suite::XWing,
        relay: None,
    };
    let room = first.client.found(founding).await.unwrap();
    all(&crowd[..FOUNDERS], move |_, person| async move { person.is_in(room).await }).await;
    room
}

/// Waits until somebody's room has everybody in it.
async fn has_everybody(person: Arc<Person>, room: RoomId) -> RoomView {
    soon("everybody", async {
        let mut events = person.client.events();
        loop {
            match person.client.room(room).await {
                Ok(view) if view.members.len() == PEOPLE => return view,
                _ => drop(events.next().await.expect("the client runs")),
            }
        }
    })
    .await
}

/// Four organizers add somebody at the same time while twenty-six people write: each addition lands,
/// each message is there once, in one order for all.
#[tokio::test(flavor = "multi_thread")]
async fn thirty_people_race_changes_and_messages_and_agree() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let crowd = people(folder.path(), &relay.link()).await;
    let room = found_by_first(&crowd).await;
    let mut newcomers = Vec::new();
    for index in 0..ORGANIZERS {
        newcomers.push(meet(&crowd[index], &crowd[FOUNDERS + index]).await.0);
    }
    all(&crowd[..FOUNDERS], |index, person| {
        let newcomer = newcomers.get(index).copied();
        async move {
            if let Some(contact) = newcomer {
                person.client.add_founder(room, contact, false).await.unwrap();
            }
            for number in 0..2 {
                person.sends(room, &format!("{} {number}", person.name)).await;
            }
        }
    })
    .await;

    let views = all(&crowd, move |_, person| has_everybody(person, room)).await;
    assert!(views.iter().all(|view| view.address == views[0].address), "one channel for all");
    let written = 2 * FOUNDERS;
    let read = all(&crowd[..FOUNDERS], move |_, person| async move {
        person.has_read(room, written).await;
        person.texts(room).await
    })
    .await;
    assert_eq!(read[0].iter().collect::<BTreeSet<_>>().len(), written, "each once");
    assert!(read.iter().all(|texts| *texts == read[0]), "one order for all");
    for name in &NAMES[..FOUNDERS] {
        let place = |number| read[0].iter().position(|text| *text == format!("{name} {number}"));
        assert!(place(0) < place(1), "each writer's own order");
    }
    for newcomer in &crowd[FOUNDERS..] {
        newcomer.settled().await;
        let texts = newcomer.texts(room).await;
        assert!(read[0].ends_with(&texts), "a newcomer reads what came after them");
    }
}
