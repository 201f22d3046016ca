//! Metrics of a relay: what may be read off them, and by whom.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use offshift_relay::{
    counts::{Count, Counts},
    metrics::{
        METRICS, Registry, Rule, SPACE_STEP_MIN, STRAIN_STEP, Snapshot, USE_WINDOWS,
        http::{self, Door, NoDoor},
        rounded,
    },
    store::Statistics,
};
use offshift_tests::relay::{LibraryRelay, Mailbox, PATIENCE, numbered, relay_command};
use proptest::prelude::*;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpStream, UnixStream},
    task::JoinHandle,
    time::timeout,
};

/// A door to a registry, open as long as this lives.
struct Served {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Served {
    async fn new(registry: Registry) -> Self {
        let door = Door::tcp("127.0.0.1:0".parse().unwrap(), false).await.unwrap();
        let address = door.address().unwrap();
        Self { address, task: tokio::spawn(http::serve(door, Arc::new(registry))) }
    }

    async fn asked(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        rest(&mut stream).await
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn rest(stream: &mut (impl AsyncReadExt + Unpin)) -> String {
    let mut answer = Vec::new();
    let _ = timeout(PATIENCE, stream.read_to_end(&mut answer)).await.expect("bounded");
    String::from_utf8(answer).unwrap()
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: relay\r\n\r\n")
}

fn quiet_registry() -> Registry {
    Registry::new(Snapshot::default)
}

#[tokio::test]
async fn os_ops_001_metrics_are_served_to_this_machine_only_unless_the_host_says_so() {
    let everywhere: SocketAddr = "0.0.0.0:0".parse().unwrap();
    assert_eq!(Door::tcp(everywhere, false).await.err(), Some(NoDoor::BeyondThisMachine));
    let sixth: SocketAddr = "[::]:0".parse().unwrap();
    assert_eq!(Door::tcp(sixth, false).await.err(), Some(NoDoor::BeyondThisMachine));
    assert!(Door::tcp(everywhere, true).await.is_ok(), "the twin: said in so many words");
    assert!(Door::tcp("127.0.0.1:0".parse().unwrap(), false).await.is_ok());
}

#[test]
fn os_ops_001_the_program_does_not_start_with_metrics_for_everybody() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("relay.toml");
    std::fs::write(&settings, "[metrics]\nlisten = \"0.0.0.0:0\"\n").unwrap();
    let refused = relay_command(&["serve", "--dev", "--config", settings.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(78));
    let sentence = String::from_utf8(refused.stderr).unwrap();
    assert!(sentence.contains("beyond_this_machine"), "{sentence}");
}

#[tokio::test]
async fn os_ops_001_only_a_get_of_the_one_path_is_answered() {
    let served = Served::new(quiet_registry()).await;
    let good = served.asked(&get("/metrics")).await;
    assert!(good.starts_with("HTTP/1.1 200 OK\r\n"), "{good}");
    assert!(good.contains("content-type: application/openmetrics-text; version=1.0.0"), "{good}");
    assert!(good.ends_with("# EOF\n"));
    for (request, status) in [
        (get("/"), "404"),
        (get("/metrics/../secret"), "404"),
        (get("/debug/pprof"), "404"),
        ("POST /metrics HTTP/1.1\r\nHost: relay\r\nContent-Length: 0\r\n\r\n".to_owned(), "405"),
        ("DELETE /metrics HTTP/1.1\r\nHost: relay\r\n\r\n".to_owned(), "405"),
        ("not a request\r\n\r\n".to_owned(), "400"),
    ] {
        let answer = served.asked(&request).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{request:?}: {answer}");
        assert!(!answer.contains("offshift_relay"), "{answer}");
    }
}

#[tokio::test]
async fn os_ops_004_a_large_head_and_many_connections_are_cut_off() {
    let served = Served::new(quiet_registry()).await;
    let large =
        format!("GET /metrics HTTP/1.1\r\nHost: relay\r\nX: {}\r\n\r\n", "a".repeat(100_000));
    let answer = served.asked(&large).await;
    assert!(!answer.contains("offshift_relay"), "{answer}");
    // Eight that say nothing: the ninth waits, until they are put out.
    let mut silent = Vec::new();
    for _ in 0..8 {
        silent.push(TcpStream::connect(served.address).await.unwrap());
    }
    let answer = served.asked(&get("/metrics")).await;
    assert!(answer.contains("200 OK"), "served once the silent ones were put out");
    for mut stream in silent {
        assert!(!rest(&mut stream).await.contains("200 OK"));
    }
}

#[tokio::test]
async fn a_unix_socket_serves_its_owner_and_group_and_replaces_one_that_was_left() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("metrics.sock");
    drop(Door::unix(&path).unwrap());
    let door = Door::unix(&path).expect("what was left is replaced");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o660);
    assert_eq!(Door::unix(&path).err(), Some(NoDoor::Taken), "one that serves is not");
    let task = tokio::spawn(http::serve(door, Arc::new(quiet_registry())));
    let mut stream = UnixStream::connect(&path).await.unwrap();
    stream.write_all(get("/metrics").as_bytes()).await.unwrap();
    assert!(rest(&mut stream).await.contains("# EOF"));
    task.abort();
    let file = folder.path().join("file");
    std::fs::write(&file, "kept").unwrap();
    assert!(Door::unix(&file).is_err(), "a file is no socket that was left");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "kept");
}

#[tokio::test]
async fn a_relay_that_serves_shows_its_state_and_nothing_of_a_small_meeting() {
    let relay = LibraryRelay::in_memory();
    let running = Arc::new(relay.running);
    let registry = Registry::of(&running);
    registry.turn(|| 0);
    let before = registry.text().unwrap();
    let link = offshift_tests::relay::link_at(running.address(), *running.relay());
    let mailbox = Mailbox::channel(70);
    let mut links = Vec::new();
    for number in 0..30 {
        let link = offshift_tests::relay::connect(&link).await;
        mailbox.deposit(&link, numbered(number)).await.unwrap();
        links.push(link);
    }
    assert!(running.gauges().connections >= 30, "the control: the meeting takes place");
    for _ in 0..=2 * USE_WINDOWS {
        registry.turn(|| 0);
    }
    let lines = |text: &str| -> Vec<String> {
        let exact = ["_age_seconds", "started_time_seconds", "memory_used"];
        let kept = text.lines().filter(|line| !exact.iter().any(|name| line.contains(name)));
        kept.map(str::to_owned).collect()
    };
    assert_eq!(lines(&before), lines(&registry.text().unwrap()));
}

/// All that people do, from one number for each.
#[derive(Clone, Default)]
struct Doings {
    counts: Counts,
    connections: Arc<AtomicU64>,
    stored: Arc<AtomicU64>,
}

impl Doings {
    fn registry(&self) -> Registry {
        let doings = self.clone();
        Registry::new(move || Snapshot {
            counts: doings.counts.clone(),
            connections: doings.connections.load(Ordering::Relaxed),
            statistics: Statistics {
                stored_bytes: doings.stored.load(Ordering::Relaxed),
                stored_bytes_max: 1 << 30,
                ..Statistics::default()
            },
            ..Snapshot::default()
        })
    }
}

fn after_two_hours(doings: &Doings, shift: u64) -> String {
    let registry = doings.registry();
    for _ in 0..=2 * USE_WINDOWS {
        registry.turn(|| shift);
    }
    registry.text().unwrap()
}

const USES: [Count; 3] = [Count::Deposited, Count::Issued, Count::Spent];
const STRAINS: [Count; 9] = [
    Count::RefusedPlaces,
    Count::RefusedPrefix,
    Count::RefusedCredit,
    Count::RefusedFull,
    Count::RefusedBusy,
    Count::RefusedTicket,
    Count::RefusedToken,
    Count::Retried,
    Count::Misbehaved,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn os_ops_003_below_the_first_step_nothing_moves(
        uses in 0..1_000u64, strains in 0..STRAIN_STEP, connections in 0..50u64,
        stored in 0..SPACE_STEP_MIN, shift in any::<u64>(),
    ) {
        let doings = Doings::default();
        USES.iter().for_each(|what| doings.counts.add_many(*what, uses));
        STRAINS.iter().for_each(|what| doings.counts.add_many(*what, strains));
        doings.connections.store(connections, Ordering::Relaxed);
        doings.stored.store(stored, Ordering::Relaxed);
        // Not published at all, whatever they are.
        doings.counts.add_many(Count::Delivered, uses * 1_000);
        doings.counts.add_many(Count::Connected, uses);
        prop_assert_eq!(after_two_hours(&doings, shift), after_two_hours(&Doings::default(), 0));
    }

    #[test]
    fn os_ops_003_what_is_shown_is_the_same_for_all_that_lie_in_one_step(
        steps in 0..1_000u64, one in 0..100u64, other in 0..100u64, shift in 0..100u64,
    ) {
        let texts = [one, other].map(|within| {
            let doings = Doings::default();
            STRAINS.iter().for_each(|what| doings.counts.add_many(*what, shift + steps * 100 + within));
            after_two_hours(&doings, shift)
        });
        prop_assert_eq!(&texts[0], &texts[1]);
    }

    #[test]
    fn os_ops_003_whole_steps_and_never_more_than_the_truth(
        value in 0..u64::MAX / 2, step in 1..1u64 << 40, shift in any::<u64>(),
    ) {
        let shown = rounded(value, step, shift);
        prop_assert!(shown <= value && shown.is_multiple_of(step) && value - shown < 2 * step);
    }

    #[test]
    fn os_ops_003_whoever_asks_more_often_sees_no_more(moves in prop::collection::vec(0..5_000u64, 1..20)) {
        let doings = Doings::default();
        let registry = doings.registry();
        registry.turn(|| 0);
        let first = registry.text().unwrap();
        for more in moves {
            USES.iter().for_each(|what| doings.counts.add_many(*what, more));
            STRAINS.iter().for_each(|what| doings.counts.add_many(*what, more));
            doings.connections.store(more, Ordering::Relaxed);
            doings.stored.store(more << 20, Ordering::Relaxed);
            prop_assert_eq!(&registry.text().unwrap(), &first);
        }
    }
}

#[test]
fn the_control_more_than_a_step_does_show() {
    let doings = Doings::default();
    doings.counts.add_many(Count::Deposited, 3_000);
    assert_ne!(after_two_hours(&doings, 0), after_two_hours(&Doings::default(), 0));
}

/// Whoever stands right under a step learns of one other act with a chance of one in a step, at no place
/// that can be found.
#[test]
fn os_ops_003_no_single_act_has_a_place_where_it_shows() {
    for under in 100..300u64 {
        let shows =
            (0..100).filter(|shift| rounded(under, 100, *shift) != rounded(under + 1, 100, *shift));
        assert_eq!(shows.count(), 1);
    }
    let control = |value: u64| rounded(value, 100, 0);
    assert!(control(199) != control(200), "the control: without a shift it has one");
}

#[test]
fn os_ops_002_every_metric_is_named_typed_explained_and_of_a_rule() {
    let rules = |wanted: fn(Rule) -> bool| METRICS.iter().filter(|m| wanted(m.rule)).count();
    assert!(rules(|rule| matches!(rule, Rule::Use(step) if step >= 50)) == 4);
    for metric in METRICS {
        let letters = |c: char| c.is_ascii_lowercase() || c == '_';
        assert!(metric.name.chars().all(letters), "{}", metric.name);
        assert!(metric.help.len() > 15 && !metric.help.ends_with('.'), "{}", metric.name);
        assert!(!metric.series.is_empty());
        let many = metric.series.len() > 1;
        assert!(metric.series.iter().all(|series| series.label.is_some() == many));
    }
    let names: std::collections::BTreeSet<_> = METRICS.iter().map(|m| m.full_name()).collect();
    assert_eq!(names.len(), METRICS.len(), "no name twice");
}
