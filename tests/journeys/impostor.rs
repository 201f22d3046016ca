//! Journey 5: somebody is not who they say. They are put out, those whom they brought in are reviewed, what they could
//! read is reported, and the keys are new.

use std::{thread, time::Instant};

use serde_json::json;

use crate::stage::{ROOM, Stage, Stopwatch, done, listed, members, news, refused, says};

#[test]
fn journey_5_an_impostor_is_put_out_of_reach_and_those_they_brought_in_are_reviewed() {
    let stage = Stage::new();
    // ben and ana are organizers; cleo is the impostor, and has vouched for dee.
    let [ana, ben, cleo] = stage.founded();
    let dee = stage.person("dee");
    stage.admitted(&dee, &ana, &cleo, &ben, "ana");
    says(&dee, "one");
    says(&ben, "two");
    for person in [&ana, &ben, &cleo, &dee] {
        done(person, &["inbox"]);
    }

    let watch = Stopwatch::start();
    let mut online = [&ben, &cleo, &dee].map(|person| person.start(&["watch"]));
    for screen in &mut online {
        screen.next("watching");
    }
    let began = Instant::now();
    let severed = done(&ana, &["sever", ROOM, "cleo", "--yes"]);
    assert_eq!(severed.event("severed").unwrap()["state"], "done");
    let [bens, cleos, dees] = online;
    thread::scope(|scope| {
        for (mut screen, event) in
            [(bens, "removed"), (dees, "removed"), (cleos, "you_were_removed")]
        {
            scope.spawn(move || {
                screen.next(event);
                assert_eq!(screen.terminate(), Some(0));
            });
        }
    });
    eprintln!(
        "journey 5: out of reach of all online devices after {:.1} s",
        began.elapsed().as_secs_f64()
    );

    let report = done(&ana, &["exposure", ROOM, "cleo"]);
    let report = report.event("exposure").unwrap();
    assert_eq!(report["messages"], 2);
    assert_eq!(report["review"], json!(["dee"]));
    assert!(report["until_ms"].is_u64());
    says(&ana, "cleo is out. Ask me in person.");
    watch.stop("journey 5, up to the next message");

    assert_eq!(news(&ben), ["cleo is out. Ask me in person."]);
    assert_eq!(news(&dee), ["cleo is out. Ask me in person."]);
    assert!(news(&cleo).is_empty(), "who was put out reads nothing more");
    refused(&cleo, &["send", ROOM, "why?"]);

    // Nobody is put out by cascade; dee is vouched for again by one whose word counts.
    assert_eq!(members(&ana), ["ana", "ben", "dee"]);
    let review = listed(&ben, &["review", ROOM], "member").remove(0);
    assert_eq!((&review["handle"], &review["under_review"]), (&json!("dee"), &json!(true)));
    refused(&ana, &["review", ROOM, "--confirm", "dee", "--yes"]);
    done(&ben, &["vouch", ROOM, "dee", "--again"]);
    done(&ana, &["review", ROOM, "--confirm", "dee", "--yes"]);
    assert!(listed(&ben, &["review", ROOM], "member").is_empty());
    let past = listed(&dee, &["members", ROOM], "past").remove(0);
    assert_eq!((&past["handle"], &past["state"]), (&json!("cleo"), &json!("severed")));
}

#[test]
fn journey_5_when_an_organizer_is_the_impostor_members_recall_them() {
    let stage = Stage::new();
    let [ana, ben, cleo] = stage.founded();
    let dan = stage.person("dan");
    // A fourth founder, so that three can recall one.
    crate::stage::meet(&ana, &dan, &[]);
    done(&ana, &["room", "add", ROOM, "dan"]);
    for person in [&ben, &cleo, &dan] {
        done(person, &["inbox"]);
    }
    for (person, approvals) in [(&ana, 1), (&cleo, 2)] {
        let step = done(person, &["recall", ROOM, "ben", "--yes"]);
        let step = step.event("recalled").unwrap();
        assert_eq!((&step["state"], &step["approvals"]), (&json!("waiting"), &json!(approvals)));
    }
    assert_eq!(members(&dan).len(), 4, "two are not enough");
    let motion = listed(&dan, &["policy", "show", ROOM], "motion").remove(0);
    let number = motion["motion"].as_str().unwrap();
    done(&dan, &["policy", "approve", ROOM, &number[..6], "--yes"]);
    assert!(done(&ben, &["inbox"]).event("you_were_removed").is_some());
    assert_eq!(members(&cleo), ["ana", "cleo", "dan"]);
}
