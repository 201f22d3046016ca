//! PT-61: what is past its room's time is not shown, then is not there any more, for anybody.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use offshift_client::{Client, RoomId, UnixMillis, seized_for_testing};
use offshift_tests::{
    people::{Person, found, passphrase, soon},
    relay::LibraryRelay,
};

const DAY_MS: u64 = 24 * 3_600_000;
/// The rooms' time where nobody chose another.
const WEEK_MS: u64 = 7 * DAY_MS;
const HEARD: &str = "canary of the others: gate four at six";
const OWN: &str = "canary of one's own: gate five at seven";

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    u64::try_from(since.as_millis()).unwrap()
}

async fn opened_at(directory: &Path, ms: u64) -> Client {
    let clock = Arc::new(move || UnixMillis(ms));
    Client::open_with_clock_for_testing(directory, passphrase(), clock).await.unwrap()
}

async fn texts(client: &Client, room: RoomId) -> Vec<String> {
    let history = client.history(room).await.unwrap();
    history.into_iter().filter_map(|message| message.text).collect()
}

/// What somebody with the passphrase finds in a file: both canaries, keys of days, steps of a journal.
#[derive(Debug, PartialEq, Eq, Default)]
struct Found {
    canaries: usize,
    days: usize,
    steps: usize,
}

fn found_in(file: &Path) -> Found {
    let Ok(all) = seized_for_testing(&fs::read(file).unwrap(), &passphrase()) else {
        return Found::default();
    };
    let has = |canary: &str| {
        let bytes = canary.as_bytes();
        all.iter().any(|(_, value)| value.windows(bytes.len()).any(|window| window == bytes))
    };
    let named = |part: &str| all.iter().filter(|(name, _)| name.contains(part)).count();
    Found {
        canaries: [HEARD, OWN].into_iter().filter(|canary| has(canary)).count(),
        days: named("day/"),
        steps: named("/journal/"),
    }
}

/// Ana's closed profile with a message of Bob's and one of her own, her relay gone; and when the day of both is over.
async fn anas_week(folder: &Path) -> (PathBuf, RoomId, u64) {
    let relay = LibraryRelay::in_memory();
    let ana = Person::new(folder, "ana", &relay.link()).await;
    let bob = Person::new(folder, "bob", &relay.link()).await;
    let room = found("Night", &[&ana, &bob]).await;
    bob.sends(room, HEARD).await;
    ana.has_read(room, 1).await;
    ana.sends(room, OWN).await;
    let last = ana.client.history(room).await.unwrap().pop().unwrap().at.0;
    ana.client.set_draft(room, OWN).await.unwrap();
    ana.client.close().await;
    bob.client.close().await;
    (ana.directory, room, (last / DAY_MS + 1) * DAY_MS)
}

#[tokio::test(flavor = "multi_thread")]
async fn pt_61_os_cli_020_os_cli_021_a_weeks_messages_are_gone_from_the_file_and_from_what_a_disk_keeps()
 {
    let folder = tempfile::tempdir().unwrap();
    let (directory, room, day_over) = anas_week(folder.path()).await;
    let (vault, image) = (directory.join("vault"), folder.path().join("image"));
    // What a disk keeps of a file that was removed.
    fs::hard_link(&vault, &image).unwrap();

    // The control: until its day is wholly past, all of it is there.
    let ana = opened_at(&directory, day_over + WEEK_MS - DAY_MS - 1).await;
    assert_eq!(texts(&ana, room).await, [HEARD, OWN]);
    ana.close().await;
    let there = found_in(&vault);
    assert_eq!(there.canaries, 2);
    assert!(there.days > 0 && there.steps > 0, "{there:?}");

    // A moment before the day is past its time, nothing is shown, and nothing is removed.
    let ana = opened_at(&directory, day_over + WEEK_MS - 1).await;
    assert!(now() < day_over - 1, "but for a test that runs over midnight");
    assert_eq!(texts(&ana, room).await, Vec::<String>::new());
    assert!(ana.search("canary", None, 10).await.unwrap().is_empty());
    assert_eq!(ana.room(room).await.unwrap().unread, 0);
    ana.close().await;
    assert_eq!(found_in(&vault).canaries, 2);

    let ana = opened_at(&directory, day_over + WEEK_MS).await;
    soon("the removal", async {
        while found_in(&vault) != Found::default() {
            ana.rooms().await.unwrap();
        }
    })
    .await;
    assert_eq!(ana.draft(room).await.unwrap(), "", "drafts of that age go with it");
    ana.close().await;
    assert_eq!(found_in(&image), Found::default(), "the old file opens for nobody");
    assert_eq!(fs::read(&image).unwrap()[..512], [0; 512]);
    let ana = opened_at(&directory, day_over + WEEK_MS + DAY_MS).await;
    assert_eq!(texts(&ana, room).await, Vec::<String>::new());
}
