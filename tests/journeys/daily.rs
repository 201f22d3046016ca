//! Journey 4: daily life. Messages, replies, marks, take-backs, announcements, search on the device, a photo, and that
//! messages disappear. (The page's part: tests/browser/daily.rs.)

use std::{fs, io::Cursor, path::Path};

use image::{DynamicImage, ImageFormat, RgbImage};
use offshift_tests::people::{Program, found};
use serde_json::Value;

use crate::{
    past::{Past, days_pass},
    stage::{ROOM, Stage, Stopwatch, done, news, number, refused, says},
};

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

const PLACE: &[u8] = b"canary: where it was taken, and when";

/// A photo of 40 by 30 points that says in its Exif where it was taken.
fn photo(path: &Path) {
    let mut jpeg = Cursor::new(Vec::new());
    let points =
        RgbImage::from_fn(40, 30, |x, _| image::Rgb([if x < 20 { 10 } else { 240 }, 80, 90]));
    DynamicImage::ImageRgb8(points).write_to(&mut jpeg, ImageFormat::Jpeg).unwrap();
    let said = [b"Exif\0\0", PLACE].concat();
    let length = u16::try_from(said.len() + 2).unwrap().to_be_bytes();
    let (start, rest) = jpeg.get_ref().split_at(2);
    fs::write(path, [start, &[0xff, 0xe1], &length, &said, rest].concat()).unwrap();
}

fn holds(file: &Path, words: &[u8]) -> bool {
    fs::read(file).unwrap().windows(words.len()).any(|window| window == words)
}

#[test]
fn journey_4_a_photo_comes_to_who_asks_for_it_and_does_not_say_where_it_was_taken() {
    let stage = Stage::new();
    let [ana, ben, cleo] = stage.founded();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rota.jpg");
    photo(&path);
    assert!(holds(&path, PLACE), "the control");
    let watch = Stopwatch::start();
    let sent = done(&ana, &["file", "send", ROOM, path.to_str().unwrap(), "--caption", "The rota"]);
    let id = sent.event("file_sent").unwrap()["id"].as_str().unwrap().to_owned();
    let told = done(&ben, &["inbox"]).lines;
    let told = told.iter().find(|line| line["kind"] == "file").unwrap();
    assert_eq!((&told["id"], &told["from"]), (&Value::from(id.clone()), &Value::from("ana")));
    for person in [&ben, &cleo] {
        done(person, &["inbox"]);
        let to = folder.path().join(if std::ptr::eq(person, &ben) { "bens" } else { "cleos" });
        fs::create_dir(&to).unwrap();
        done(person, &["file", "get", ROOM, &id[..8], "--to", to.to_str().unwrap()]);
        let saved = fs::read_dir(&to).unwrap().next().unwrap().unwrap().path();
        let picture = image::open(&saved).unwrap();
        assert_eq!((picture.width(), picture.height()), (40, 30));
        assert!(!holds(&saved, PLACE) && !holds(&saved, b"Exif"), "it says nothing else");
    }
    watch.stop("journey 4, the photo");
}

/// What a person finds of a room, by reading and by searching.
fn finds(who: &Program, word: &str) -> [Vec<String>; 2] {
    [done(who, &["read", ROOM]).texts(), done(who, &["search", word]).texts()]
        .map(|texts| texts.into_iter().filter(|text| text.contains(word)).collect())
}

/// PT-61 has what is left of it in the file.
#[tokio::test(flavor = "multi_thread")]
async fn journey_4_after_seven_days_messages_are_gone_on_every_device() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Past::days_ago(8);
    let relay = clock.relay();
    let ana = clock.person(folder.path(), "ana", &relay.link()).await;
    let ben = clock.person(folder.path(), "ben", &relay.link()).await;
    let room = found(ROOM, &[&ana, &ben]).await;
    ana.sends(room, "first: gate four at six").await;
    ben.has_read(room, 1).await;
    days_pass(&clock, 6, [&ana, &ben], room, "week").await;
    let is_there = |texts: Vec<String>| texts.iter().any(|text| text.starts_with("first:"));
    assert!(is_there(ana.texts(room).await) && is_there(ben.texts(room).await), "the twin");
    days_pass(&clock, 2, [&ana, &ben], room, "later").await;
    assert_eq!(clock.behind_ms(), 0, "it is today");
    for person in [ana, ben] {
        person.client.close().await;
        let program = Program::existing(&person.directory);
        let found = tokio::task::spawn_blocking(move || {
            [finds(&program, "first:"), finds(&program, "week, day 6,")]
        });
        let [gone, kept] = found.await.unwrap();
        assert_eq!(gone, [Vec::<String>::new(), Vec::new()]);
        assert!(kept.iter().all(|texts| texts.len() == 2), "the twin: {kept:?}");
    }
}
