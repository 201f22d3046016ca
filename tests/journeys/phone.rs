//! Journey 6: a phone is lost or taken. It is stopped from any organizer's device; its owner comes back, by meeting
//! and vouches, or goes on with a second phone.

use crate::stage::{ROOM, Stage, Stopwatch, done, link, listed, members, news, says};

#[test]
fn journey_6_a_lost_phone_is_stopped_and_its_owner_comes_back_by_meeting_and_vouches() {
    let stage = Stage::new();
    let [ana, ben, cleo] = stage.founded();
    let dee = stage.person("dee");
    stage.admitted(&dee, &ana, &cleo, &ben, "ana");
    let watch = Stopwatch::start();
    done(&ben, &["phone", "stop", ROOM, "dee", "--yes"]);
    says(&ana, "dee's phone is gone.");
    let lost = done(&dee, &["inbox"]);
    assert!(lost.event("you_were_removed").is_some() && lost.texts().is_empty());
    let again = stage.person_again("dee");
    stage.admitted(&again, &ana, &cleo, &ben, "ana");
    says(&again, "It is me, with a new phone.");
    watch.stop("journey 6, by vouches");
    assert_eq!(news(&cleo), ["dee's phone is gone.", "It is me, with a new phone."]);
    assert!(news(&dee).is_empty(), "the lost phone reads nothing");
    assert_eq!(members(&ana), ["ana", "ben", "cleo", "dee"]);
    assert!(
        listed(&ana, &["review", ROOM], "member").is_empty(),
        "nobody is to blame for a lost phone"
    );
}

#[test]
fn journey_6_who_has_linked_a_second_phone_goes_on_with_it() {
    let stage = Stage::new();
    let [ana, ben, cleo] = stage.founded();
    let second = stage.person("cleo-2");
    let watch = Stopwatch::start();
    link(&cleo, &second);
    assert_eq!(listed(&second, &["room", "list"], "room")[0]["name"], ROOM);
    says(&second, "From my second phone.");
    assert_eq!(listed(&second, &["phone", "list", ROOM], "phone").len(), 2);
    done(&ana, &["inbox"]);
    done(&ana, &["phone", "stop", ROOM, "cleo", "--yes"]);
    says(&second, "The first is stopped.");
    watch.stop("journey 6, by a second phone");
    assert_eq!(news(&ben), ["From my second phone.", "The first is stopped."]);
    let first = done(&cleo, &["inbox"]);
    assert!(first.event("you_were_removed").is_some());
    assert!(!first.texts().contains(&"The first is stopped.".to_owned()));
    assert_eq!(members(&ben), ["ana", "ben", "cleo-2"]);
}
