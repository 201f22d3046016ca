//! Journey 3: two members of different branches meet the worker, words match, an organizer admits; the newcomer
//! writes the first message.

use serde_json::{Value, json};

use crate::stage::{ROOM, Stage, Stopwatch, done, listed, meet, members, news, refused, says};

/// Who vouched, by the alphabet.
fn handles(vouches: &Value) -> Vec<&str> {
    let mut handles: Vec<&str> =
        vouches.as_array().unwrap().iter().map(|one| one["handle"].as_str().unwrap()).collect();
    handles.sort_unstable();
    handles
}

#[test]
fn journey_3_a_newcomer_is_met_vouched_for_admitted_and_writes_the_first_message() {
    let stage = Stage::new();
    let [ana, ben, cleo] = stage.founded();
    says(&ana, "Before dee.");
    let dee = stage.person("dee");

    let watch = Stopwatch::start();
    meet(&ana, &dee, &[]);
    meet(&cleo, &dee, &["--like", "ana"]);
    let first = done(&ana, &["vouch", ROOM, "dee"]);
    assert!(first.event("vouched").unwrap()["missing"].as_str().unwrap().contains("vouch"));
    let early = refused(&ben, &["room", "admit", ROOM, "dee", "--yes"]);
    assert!(early.contains("more members must vouch first"), "{early}");
    done(&cleo, &["vouch", ROOM, "dee"]);
    let waiting = listed(&ben, &["room", "applicants", ROOM], "applicant").remove(0);
    assert_eq!(waiting["handle"], "dee");
    assert_eq!(waiting["missing"], json!(null));
    assert_eq!(handles(&waiting["vouches"]), ["ana", "cleo"]);
    assert!(
        done(&dee, &["room", "list"]).lines.is_empty(),
        "an applicant learns nothing of the room"
    );
    done(&ben, &["room", "admit", ROOM, "dee", "--yes"]);
    let came_in = done(&dee, &["inbox"]);
    assert_eq!(came_in.event("room").unwrap()["name"], ROOM);
    says(&dee, "Hello, I am dee.");
    assert_eq!(news(&ana).last().unwrap(), "Hello, I am dee.");
    watch.stop("journey 3");

    assert!(came_in.texts().is_empty(), "nothing from before");
    assert_eq!(news(&dee), ["Hello, I am dee."]);
    let seen = done(&cleo, &["inbox"]);
    let joined = seen.event("joined").expect("everybody is told who came in");
    assert_eq!(handles(&joined["vouchers"]), ["ana", "cleo"]);
    let rows = listed(&cleo, &["members", ROOM], "member");
    let row = rows.iter().find(|row| row["handle"] == "dee").unwrap();
    assert_eq!(row["origin"], "vouched");
    assert!(["ana", "cleo"].contains(&row["branch"].as_str().unwrap()), "of the first voucher");
    assert!(row["probation_until_ms"].is_u64());
}

#[test]
fn os_cli_014_without_a_terminal_nobody_is_let_in_or_put_out_unless_the_script_says_yes() {
    let stage = Stage::new();
    let [ana, ben, cleo] = stage.founded();
    for asked in [
        &["sever", ROOM, "cleo"][..],
        &["recall", ROOM, "cleo"],
        &["phone", "stop", ROOM, "cleo"],
        &["policy", "propose", ROOM, "vouches=3"],
    ] {
        let why = refused(&ana, asked);
        assert!(why.contains("nothing was done"), "{why}");
    }
    assert_eq!(members(&ben), ["ana", "ben", "cleo"]);
    done(&ana, &["sever", ROOM, "cleo", "--yes"]);
    assert_eq!(members(&ben), ["ana", "ben"], "the twin");
    assert!(done(&cleo, &["inbox"]).event("you_were_removed").is_some());
}

#[test]
fn os_cli_014_an_objection_stops_a_script_and_everybody_reads_it() {
    let stage = Stage::new();
    let [ana, ben, cleo] = stage.founded();
    let dee = stage.person("dee");
    meet(&ana, &dee, &[]);
    meet(&cleo, &dee, &["--like", "ana"]);
    done(&ana, &["vouch", ROOM, "dee"]);
    done(&cleo, &["vouch", ROOM, "dee"]);
    done(&cleo, &["inbox"]);
    done(&ben, &["room", "object", ROOM, "dee", "I know no dee"]);
    let why = refused(&ana, &["room", "admit", ROOM, "dee", "--yes"]);
    assert!(why.contains("object"), "{why}");
    let waiting = listed(&cleo, &["room", "applicants", ROOM], "applicant").remove(0);
    assert_eq!(waiting["objections"], json!([{ "handle": "ben", "reason": "I know no dee" }]));
    done(&ana, &["room", "admit", ROOM, "dee", "--yes", "--despite-objections"]);
    assert!(members(&ben).contains(&"dee".to_owned()), "it binds nobody");
}
