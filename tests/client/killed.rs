//! PT-63: the process is killed at any point.

use std::{collections::BTreeSet, time::Duration};

use offshift_tests::{
    people::{run_of, two_in_a_room},
    relay::BinaryRelay,
};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

const ROUNDS: usize = 24;

#[test]
fn pt_63_os_cli_001_killed_at_random_points_it_loses_nothing_that_it_reported_and_sends_nothing_twice()
 {
    let folder = tempfile::tempdir().unwrap();
    let relay = BinaryRelay::start(&folder.path().join("relay"));
    let (ana, bob) = two_in_a_room(folder.path(), relay.link());

    let mut rng = ChaCha20Rng::from_seed([63; 32]);
    // How long one takes here, undisturbed: kills are spread over that time and a little more.
    let started = std::time::Instant::now();
    assert!(bob.run(&["send", "Night", "text 0"]).event("sent").is_some());
    let whole_us = u64::try_from(started.elapsed().as_micros()).unwrap();
    let mut reported = vec!["text 0".to_owned()];
    let mut killed = 0;
    for round in 1..ROUNDS {
        let text = format!("text {round}");
        let mut child = bob.command(&["send", "Night", &text]).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(rng.next_u64() % (whole_us * 5 / 4)));
        let _ = child.kill();
        let run = run_of(child.wait_with_output().unwrap());
        killed += usize::from(run.status.code().is_none());
        if run.event("sent").is_some() || run.event("waiting").is_some() {
            reported.push(text);
        }
    }
    assert!(killed > 0, "the kills hit");
    let bobs = bob.run(&["inbox"]);
    assert_eq!(bobs.code(), 0, "{}", bobs.error);
    let anas = ana.run(&["inbox"]).texts();
    assert_eq!(anas, bobs.texts(), "both read the same");
    let once: BTreeSet<&String> = anas.iter().collect();
    assert_eq!(once.len(), anas.len(), "nothing is sent twice");
    let number = |text: &String| text.strip_prefix("text ").unwrap().parse::<usize>().unwrap();
    let numbers: Vec<_> = anas.iter().map(number).collect();
    assert!(numbers.is_sorted(), "in the order of sending: {numbers:?}");
    assert!(reported.iter().all(|text| anas.contains(text)), "nothing reported is lost");
}
