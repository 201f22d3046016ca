//! Journey 4: daily life. Messages, replies, marks, take-backs, announcements, search on the device, a photo, and that
//! messages disappear. (The page's part: tests/browser/daily.rs.)

use serde_json::Value;

use crate::stage::{ROOM, Stage, Stopwatch, done, news, number, refused, says};

fn line(run: &[Value], text: &str) -> Value {
    let found = run.iter().find(|line| line["text"].as_str().is_some_and(|t| t.contains(text)));
    found.unwrap_or_else(|| panic!("no {text:?} in {run:?}")).clone()
}

#[test]
fn journey_4_people_write_answer_mark_edit_take_back_and_find_again() {
    let stage = Stage::new();
    let people = stage.founded();
    let [ana, ben, cleo] = &people;
    let watch = Stopwatch::start();
    says(ana, "Who comes on Tuesday, @ben?");
    let asked = done(ben, &["inbox"]).lines;
    let asked = line(&asked, "Tuesday");
    assert_eq!(asked["mentions_you"], true);
    let id = asked["id"].as_str().unwrap();
    done(ben, &["send", ROOM, "I do.", "--reply-to", &id[..8]]);
    done(ben, &["react", ROOM, &id[..8], "👍"]);
    done(ben, &["edit", ROOM, &number(ben, "I do."), "I do. Gladly."]);
    says(ben, "The wrong room, sorry.");
    done(cleo, &["inbox"]);
    done(ben, &["take-back", ROOM, &number(ben, "The wrong room")]);
    done(ana, &["inbox"]);
    done(ana, &["pin", ROOM, &number(ana, "Gladly")]);
    done(cleo, &["inbox"]);

    let read = done(cleo, &["read", ROOM]).lines;
    let question = line(&read, "Tuesday");
    assert_eq!(question["reactions"][0]["mark"], "👍");
    assert_eq!(question["reactions"][0]["by"][0], "ben");
    let answer = line(&read, "Gladly");
    assert_eq!((&answer["reply_to"], &answer["edited"]), (&question["id"], &Value::Bool(true)));
    assert_eq!(answer["pinned"], true);
    assert!(read.iter().any(|line| line["kind"] == "taken_back" && line["text"].is_null()));
    assert!(!format!("{read:?}").contains("wrong room"), "its words are gone");

    done(ana, &["announce", ROOM, "The vote is on Friday."]);
    assert!(!refused(cleo, &["announce", ROOM, "The vote is off."]).is_empty());
    assert_eq!(news(ben).last().unwrap(), "The vote is on Friday.");
    done(ana, &["plan", "make", ROOM, "Picket", "--at", "2033-05-01 05:00", "--place", "Gate 3"]);
    done(ben, &["inbox"]);
    done(ben, &["plan", "call-off", ROOM, &number(ben, "Picket")]);
    done(cleo, &["inbox"]);
    let plans = done(cleo, &["plan", "list", ROOM]).lines;
    let plan = plans.iter().find(|line| line["kind"] == "plan").unwrap();
    assert_eq!(plan["plan"]["is_called_off"], true);

    for person in &people {
        done(person, &["inbox"]);
        assert_eq!(done(person, &["search", "gladly"]).texts(), ["I do. Gladly."]);
        assert!(done(person, &["search", "wrong"]).texts().is_empty());
    }
    watch.stop("journey 4");
}
