//! A room that is founded and ready to write in, with its relay.
#![allow(clippy::unwrap_used)]

use offshift_client::{Founding, RoomId, Suite};
use tempfile::TempDir;

use crate::{
    people::{Person, found, meet},
    relay::LibraryRelay,
};

/// A room of three: Ana and Bob are organizers, Carol is not.
pub struct Three {
    /// She founded it.
    pub ana: Person,
    /// An organizer, too.
    pub bob: Person,
    /// No organizer.
    pub carol: Person,
    /// The room.
    pub room: RoomId,
    /// What passes its messages.
    pub relay: LibraryRelay,
    /// Where the profiles lie.
    pub folder: TempDir,
}

impl Three {
    /// All three met, and are in.
    pub async fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let relay = LibraryRelay::in_memory();
        let ana = Person::new(folder.path(), "ana", &relay.link()).await;
        let bob = Person::new(folder.path(), "bob", &relay.link()).await;
        let carol = Person::new(folder.path(), "carol", &relay.link()).await;
        let (bobs, carols) = (meet(&ana, &bob).await.0, meet(&ana, &carol).await.0);
        let founding = Founding {
            name: "Night".to_owned(),
            members: vec![bobs, carols],
            organizers: vec![bobs],
            suite: Suite::Classical,
            relay: None,
        };
        let room = ana.client.found(founding).await.unwrap();
        for person in [&ana, &bob, &carol] {
            person.is_in(room).await;
            person.settled().await;
        }
        Self { ana, bob, carol, room, relay, folder }
    }
}

/// A room of Ana and Ben, both of them organizers.
pub async fn two_in_a_room() -> (TempDir, LibraryRelay, Person, Person, RoomId) {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let ben = Person::new(folder.path(), "ben", &relay.link()).await;
    let room = found("Night", &[&ana, &ben]).await;
    (folder, relay, ana, ben, room)
}
