//! What people read at the door, word for word. Numbers stand as `NUMBER`, days as `DAY`.

use offshift_tests::people::Program;

use crate::stage::{ROOM, Stage, done, meet, says};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// What somebody reads, with all that is another one each time made the same.
fn reads(who: &Program, arguments: &[&str]) -> String {
    // Said on a slow machine.
    let slow = |line: &&str| *line != "Trying to reach the relay...";
    let masked: Vec<String> = who.reads(arguments).lines().filter(slow).map(mask).collect();
    masked.join("\n")
}

fn mask(line: &str) -> String {
    let mut words: Vec<String> = line.split(' ').map(number).collect();
    for at in 1..words.len() {
        let month = words[at].trim_matches(|c: char| !c.is_alphabetic()).to_owned();
        if MONTHS.contains(&month.as_str()) && words[at - 1].parse::<u8>().is_ok() {
            words[at] = words[at].replace(&month, "DAY");
            words[at - 1] = String::new();
        }
    }
    words.join(" ").replace("  DAY", " DAY")
}

fn number(word: &str) -> String {
    let hex = word.trim_matches([',', ':', '.']);
    let is_number = hex.len() == 6 && hex.chars().all(|c| c.is_ascii_hexdigit());
    if is_number { word.replace(hex, "NUMBER") } else { word.to_owned() }
}

#[test]
fn what_people_read_when_somebody_comes_in_and_is_put_out() {
    let stage = Stage::new();
    let founders = stage.founded();
    somebody_comes_in_and_is_put_out(&founders, &stage.person("dee"));
}

/// OS-RPC-013: also what happens while no command runs is told.
#[test]
fn what_people_read_is_the_same_where_engines_run() {
    let stage = Stage::new();
    let founders = stage.founded();
    let dee = stage.person("dee");
    // Not for cleo: her engine would know at once that she is put out.
    let _engines = [&founders[0], &founders[1], &dee].map(|who| {
        let mut engine = who.start(&["daemon"]);
        engine.next("running");
        engine
    });
    somebody_comes_in_and_is_put_out(&founders, &dee);
}

fn somebody_comes_in_and_is_put_out([ana, ben, cleo]: &[Program; 3], dee: &Program) {
    assert_eq!(
        reads(ana, &["room", "applicants", ROOM]),
        "Nobody waits to come in. Next, when you met somebody: offshift vouch Night PERSON"
    );
    meet(ana, dee, &[]);
    meet(cleo, dee, &["--like", "ana"]);
    assert_eq!(
        reads(ana, &["vouch", ROOM, "dee"]),
        "You vouch for dee in \"Night\". Everybody in it sees that.\n\
         Not yet: more members must vouch first."
    );
    assert_eq!(
        reads(ben, &["room", "applicants", ROOM]),
        "dee, number NUMBER, waits until DAY\n  \
           ana vouches for them: met in person, DAY\n  \
           Not yet: more members must vouch first."
    );
    assert_eq!(
        reads(ben, &["room", "admit", ROOM, "dee", "--yes"]),
        "offshift: dee can't be let in yet: more members must vouch first. \
         Next: offshift room applicants Night"
    );
    assert_eq!(
        reads(cleo, &["vouch", ROOM, "dee"]),
        "You vouch for dee in \"Night\". Everybody in it sees that.\n\
         An organizer can let them in: offshift room admit Night dee"
    );
    assert_eq!(
        reads(ben, &["room", "admit", ROOM, "dee", "--yes"]),
        "dee is let into \"Night\". They read what comes from now on, nothing from before."
    );
    assert_eq!(
        reads(dee, &["inbox"]),
        "[Night] you are in this room. Only people in it can read it."
    );
    says(dee, "Hello.");
    done(ana, &["inbox"]);
    put_out(ana, cleo);
}

fn put_out(ana: &Program, cleo: &Program) {
    assert_eq!(
        reads(ana, &["sever", ROOM, "cleo"]),
        "Put cleo out of \"Night\":\n  \
           cleo will read nothing new, on any phone. For who is online that takes\n    \
             seconds.\n  \
           Their keys can't come back until two organizers allow it.\n  \
           They vouched for dee. Nobody is put out for that, but others may have to\n    \
             vouch again.\n  \
           Everybody sees that you did it.\n  \
           It cannot erase what they already have.\n\
         offshift: nobody is here to say yes, so nothing was done. Next: the same command with --yes"
    );
    assert_eq!(
        reads(ana, &["sever", ROOM, "cleo", "--yes"]),
        "cleo is out of \"Night\". It cannot erase what they already have.\n\
         Next: offshift exposure Night cleo, then: offshift review Night\n\
         [Night] to be vouched for again: dee.\n    \
             See: offshift review Night"
    );
    assert_eq!(
        reads(ana, &["exposure", ROOM, "cleo"]),
        "cleo could read on DAY.\n\
         They have 1 message of DAY.\n\
         They vouched for dee.\n\
         To be vouched for again: dee.\n\
         It cannot erase what they already have."
    );
    assert_eq!(
        reads(cleo, &["send", ROOM, "why?"]).lines().last().unwrap(),
        "offshift: you were put out of this room before that; nothing was sent. \
         Next: offshift inbox"
    );
    assert_eq!(reads(ana, &["alarms"]), "No alarm. That is good.");
}
