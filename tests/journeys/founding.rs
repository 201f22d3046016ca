//! Journey 2: three people in one room meet pairwise and found a room.

use serde_json::json;

use crate::stage::{ROOM, Stage, Stopwatch, done, listed, meet, members, news, refused, says};

#[test]
fn journey_2_three_people_meet_pairwise_and_found_a_room() {
    let stage = Stage::new();
    let watch = Stopwatch::start();
    let [ana, ben, cleo] = ["ana", "ben", "cleo"].map(|name| stage.person(name));
    meet(&ana, &ben, &[]);
    meet(&ana, &cleo, &[]);
    meet(&ben, &cleo, &[]);
    let alone = refused(&ana, &["room", "found", ROOM, "--with", "ben", "--with", "cleo"]);
    assert!(alone.contains("second organizer"), "{alone}");
    done(&ana, &["room", "found", ROOM, "--with", "ben", "--with", "cleo", "--organizer", "ben"]);
    for person in [&ben, &cleo] {
        assert_eq!(done(person, &["inbox"]).event("room").unwrap()["name"], ROOM);
    }
    says(&ana, "Hello, all.");
    assert_eq!([news(&ben), news(&cleo)], [["Hello, all."], ["Hello, all."]]);
    watch.stop("journey 2");
    for person in [&ana, &ben, &cleo] {
        assert_eq!(members(person), ["ana", "ben", "cleo"]);
        let rows = listed(person, &["members", ROOM], "member");
        let organizers: Vec<_> =
            rows.iter().map(|row| row["organizer"].as_bool().unwrap()).collect();
        assert_eq!(organizers, [true, true, false]);
        assert!(rows.iter().all(|row| row["origin"] == json!("founder")));
    }
}
