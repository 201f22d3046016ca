//! A relay that asks for tickets: who has one writes, whoever they bring in needs no step, and nothing is lost without.

use std::{
    path::Path,
    process::Stdio,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use offshift_access::{Ticket, TicketCode};
use offshift_client::{
    Care, Client, ClientError, Event, Events, Founding, LinkError, RoomId, Suite, Synced,
    TicketState, UnixMillis,
};
use offshift_link::RelayIdentity;
use offshift_relay::{
    counts::Count,
    limits::Limits,
    office::Terms,
    server::Config,
    store::{Deposit, Store, clock::SystemClock, memory::MemoryStore},
};
use offshift_tests::{
    people::{Person, Program, found, meet, meet_like, next, passphrase, run_of, soon, until},
    relay::{LibraryRelay, numbered},
};
use offshift_wire::{Life, code::Refusal, link::RelayLink, relay::Access};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

const CONTACT: &str = "Ada in the back office";
const DAY_MS: u64 = 24 * 3_600_000;

fn relay() -> LibraryRelay {
    let config = Config {
        access: Access::Tickets,
        contact: CONTACT.to_owned(),
        ..offshift_tests::relay::config()
    };
    LibraryRelay::with(
        &config,
        RelayIdentity::generate().unwrap(),
        Arc::new(MemoryStore::new(1 << 30)),
    )
}

fn wall() -> UnixMillis {
    offshift_relay::store::clock::Clock::wall(&SystemClock)
}

async fn ticket(relay: &LibraryRelay, daily_batches: u16) -> Ticket {
    let terms = Terms { seats: 50, daily_batches, expires: wall().plus_ms(30 * DAY_MS) };
    relay.running.office().new_ticket(terms).await.unwrap()
}

fn code(link: &RelayLink, ticket: Ticket) -> String {
    TicketCode { link: link.clone(), ticket }.to_string()
}

/// Waits until a profile hears this of its ticket; gives whom to ask.
async fn hears(events: &mut Events, wanted: TicketState) -> String {
    next(events, |event| match event {
        Event::Ticket { state, contact, .. } if state == wanted => Some(contact),
        _ => None,
    })
    .await
}

/// Somebody whose ticket is good.
async fn with_ticket(folder: &Path, name: &'static str, relay: &LibraryRelay) -> Person {
    let person = without(folder, name).await;
    let mut events = person.client.events();
    let code = code(&relay.link(), ticket(relay, 100).await);
    person.client.add_relay(&code).await.unwrap();
    hears(&mut events, TicketState::Good).await;
    person
}

/// Somebody who has neither ticket nor relay.
async fn without(folder: &Path, name: &'static str) -> Person {
    let directory = folder.join(name);
    let client = Client::create(&directory, name, passphrase()).await.unwrap();
    Person { name, client, directory }
}

async fn state_of(person: &Person) -> TicketState {
    person.client.relays().await.unwrap()[0].ticket
}

/// Founds a room with people whom the first has met; all are in it.
async fn founded(by: &Person, others: &[(&Person, offshift_client::ContactId)]) -> RoomId {
    let members: Vec<_> = others.iter().map(|(_, id)| *id).collect();
    let (organizers, suite, relay) = (members.clone(), Suite::XWing, None);
    let founding = Founding { name: "Night".to_owned(), members, organizers, suite, relay };
    let room = by.client.found(founding).await.unwrap();
    for (person, _) in others {
        person.is_in(room).await;
    }
    room
}

#[tokio::test(flavor = "multi_thread")]
async fn os_tok_035_os_tok_043_two_people_meet_and_write_with_one_ticket_whoever_shows_the_code() {
    let folder = tempfile::tempdir().unwrap();
    let relay = relay();
    let ana = with_ticket(folder.path(), "ana", &relay).await;
    let bob = without(folder.path(), "bob").await;
    let cleo = without(folder.path(), "cleo").await;
    cleo.client.add_relay(&relay.link().to_string()).await.unwrap();
    let with_bob = meet(&ana, &bob).await.0;
    let with_cleo = meet(&cleo, &ana).await.1;
    let room = founded(&ana, &[(&bob, with_bob), (&cleo, with_cleo)]).await;
    bob.sends(room, "my first message, without a step of mine").await;
    cleo.sends(room, "mine, too").await;
    ana.has_read(room, 2).await;
    for person in [&bob, &cleo] {
        assert_eq!(state_of(person).await, TicketState::Good, "{}", person.name);
    }
    assert_eq!(relay.running.counts().of(Count::RefusedToken), 0);
    assert_eq!(relay.running.counts().of(Count::RefusedTicket), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn os_tok_043_a_newcomer_who_is_vouched_for_writes_and_can_share_with_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let relay = relay();
    let ana = with_ticket(folder.path(), "ana", &relay).await;
    let (bob, cleo) = (without(folder.path(), "bob").await, without(folder.path(), "cleo").await);
    let room = found("Night", &[&ana, &bob, &cleo]).await;
    let dee = without(folder.path(), "dee").await;
    let (as_bob, of_bob) = meet(&bob, &dee).await;
    let as_cleo = meet_like(&cleo, &dee, Some(of_bob)).await.0;
    bob.client.vouch(room, as_bob).await.unwrap();
    cleo.client.vouch(room, as_cleo).await.unwrap();
    let applicant = until(&ana, "two vouches", async || {
        let all = ana.client.applicants(room).await.unwrap();
        all.into_iter().find(|one| one.missing.is_none()).map(|one| one.id)
    })
    .await;
    ana.client.admit(room, applicant, false).await.unwrap();
    dee.is_in(room).await;
    dee.sends(room, "hello").await;
    ana.has_read(room, 1).await;
    assert_eq!(state_of(&dee).await, TicketState::Good);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_ticket_is_told_whom_to_ask_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let relay = relay();
    let ana = without(folder.path(), "ana").await;
    let bob = without(folder.path(), "bob").await;
    for person in [&ana, &bob] {
        person.client.add_relay(&relay.link().to_string()).await.unwrap();
    }
    let mut events = ana.client.events();
    let shown = ana.client.meet_show(None, None).await.unwrap();
    bob.client.meet_scan(&shown.code, None).await.unwrap();
    let mut bobs = bob.client.events();
    assert_eq!(hears(&mut bobs, TicketState::Missing).await, CONTACT);
    let away = bob.client.sync().await.unwrap();
    assert_eq!(away, Synced::Away(LinkError::Refused(Refusal::NoCredit)));
    // The ticket comes after the try, and the meeting goes on by itself.
    let late = code(&relay.link(), ticket(&relay, 10).await);
    bob.client.add_ticket(&late).await.unwrap();
    let words = offshift_tests::people::words(&mut events, shown.meeting).await;
    assert_eq!(words.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn tickets_of_other_relays_and_broken_ones_are_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (relay(), relay());
    let ana = without(folder.path(), "ana").await;
    ana.client.add_relay(&here.link().to_string()).await.unwrap();
    let other = code(&there.link(), ticket(&there, 1).await);
    assert_eq!(ana.client.add_ticket(&other).await, Err(ClientError::UnknownRelay));
    let cut = &other[..other.len() - 1];
    assert!(matches!(ana.client.add_relay(cut).await, Err(ClientError::BadTicket(_))));
    let made_up = Ticket::generate(&mut ChaCha20Rng::from_seed([1; 32]));
    let mut events = ana.client.events();
    ana.client.add_ticket(&code(&here.link(), made_up)).await.unwrap();
    assert_eq!(hears(&mut events, TicketState::Refused).await, CONTACT);
    assert_eq!(state_of(&ana).await, TicketState::Refused);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_relay_asks_for_nothing_and_takes_no_ticket() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let ana = without(folder.path(), "ana").await;
    let mut events = ana.client.events();
    let unused = Ticket::generate(&mut ChaCha20Rng::from_seed([1; 32]));
    ana.client.add_relay(&code(&relay.link(), unused)).await.unwrap();
    hears(&mut events, TicketState::Open).await;
    let bob = without(folder.path(), "bob").await;
    let room = found("Night", &[&ana, &bob]).await;
    bob.sends(room, "hello").await;
    assert_eq!(relay.running.counts().of(Count::RefusedTicket), 0);
}

/// A profile whose clock a test turns.
async fn turned(person: Person, ahead: &Arc<AtomicU64>) -> Person {
    person.client.close().await;
    let ahead = Arc::clone(ahead);
    let clock = Arc::new(move || wall().plus_ms(ahead.load(Ordering::SeqCst)));
    let open = Client::open_with_clock_for_testing(&person.directory, passphrase(), clock);
    Person { client: open.await.unwrap(), ..person }
}

#[tokio::test(flavor = "multi_thread")]
async fn os_tok_041_a_wallet_that_runs_dry_waits_says_so_and_goes_on_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let relay = relay();
    let ana = with_ticket(folder.path(), "ana", &relay).await;
    let bob = without(folder.path(), "bob").await;
    let with_bob = meet(&ana, &bob).await.0;
    let room = founded(&ana, &[(&bob, with_bob)]).await;
    bob.sends(room, "to begin with").await;
    // Each connection costs at least a token: a program that is opened for each message runs dry.
    let ahead = Arc::new(AtomicU64::new(0));
    let mut bob = bob;
    let mut sent = 1;
    loop {
        bob = turned(bob, &ahead).await;
        let mut events = bob.client.events();
        bob.client.send(room, &format!("message {sent}"), None, Care::Ordinary).await.unwrap();
        sent += 1;
        assert!(sent < 80, "it never runs dry");
        let is_dry = next(&mut events, |event| match event {
            Event::Sent { .. } => Some(false),
            Event::Ticket { state: TicketState::Refilling, .. } => Some(true),
            _ => None,
        });
        if is_dry.await {
            break;
        }
    }
    assert_eq!(bob.client.room(room).await.unwrap().waiting, 1);
    assert_eq!(
        bob.client.sync().await.unwrap(),
        Synced::Away(LinkError::Refused(Refusal::NoCredit))
    );
    let bob = turned(bob, &ahead).await;
    assert_eq!(bob.client.room(room).await.unwrap().waiting, 1, "kept by the vault");
    // From here on the clock stands, a quarter of an hour later.
    bob.client.close().await;
    let at = Arc::new(AtomicU64::new(wall().plus_ms(16 * 60_000).0));
    let clock = Arc::clone(&at);
    let clock = Arc::new(move || UnixMillis(clock.load(Ordering::SeqCst)));
    let open = Client::open_with_clock_for_testing(&bob.directory, passphrase(), clock);
    let bob = Person { client: open.await.unwrap(), ..bob };
    until(&bob, "a batch", async || (state_of(&bob).await == TicketState::Good).then_some(()))
        .await;
    let waiting = bob.client.room(room).await.unwrap().waiting;
    assert_eq!(waiting, 1, "OS-TOK-047: not in the moment of the purchase");
    at.fetch_add(60_000, Ordering::SeqCst);
    bob.settled().await;
    ana.has_read(room, sent).await;
    let texts = ana.texts(room).await;
    let wanted: Vec<_> = (1..sent).map(|number| format!("message {number}")).collect();
    assert_eq!(texts[1..], wanted, "all, once, in order");
    assert_eq!(relay.running.counts().of(Count::RefusedToken), 0, "no token twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_allowance_that_is_used_up_is_said_and_goes_on_the_next_day() {
    let folder = tempfile::tempdir().unwrap();
    let relay = relay();
    let ana = without(folder.path(), "ana").await;
    let mut events = ana.client.events();
    ana.client.add_relay(&code(&relay.link(), ticket(&relay, 1).await)).await.unwrap();
    hears(&mut events, TicketState::Good).await;
    // Seven hours later the next batch is due, whatever was used; the relay counts by its own day.
    let ahead = Arc::new(AtomicU64::new(7 * 3_600_000));
    let ana = turned(ana, &ahead).await;
    assert_eq!(state_of(&ana).await, TicketState::Good);
    // Not in the moment in which the program starts (OS-TOK-047), but within the hour.
    ahead.store(8 * 3_600_000 + 60_000, Ordering::SeqCst);
    soon("the refusal", async {
        while relay.running.counts().of(Count::RefusedTicket) == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
            assert_eq!(state_of(&ana).await, TicketState::Good);
        }
    })
    .await;
    assert_eq!(state_of(&ana).await, TicketState::Good, "what was bought is good");
}

/// What the relay counted of tokens: spent, refused.
fn tokens(relay: &LibraryRelay) -> (u64, u64) {
    let counts = relay.running.counts();
    (counts.of(Count::Spent), counts.of(Count::RefusedToken))
}

#[tokio::test(flavor = "multi_thread")]
async fn n10_killed_between_taking_a_token_and_its_use_it_spends_none_twice_and_loses_no_message() {
    let folder = tempfile::tempdir().unwrap();
    let relay = relay();
    let (one, other) = (ticket(&relay, 100).await, ticket(&relay, 100).await);
    let (link, path) = (relay.link(), folder.path().to_owned());
    let codes = [code(&link, one), code(&link, other)];
    let reported = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&reported);
    let texts = tokio::task::spawn_blocking(move || {
        let program = |name: &str, code: &String| {
            let program = Program::existing(&path.join(name));
            assert_eq!(program.run(&["start", "--handle", name]).code(), 0);
            let added = program.run(&["relay", "add", code]);
            assert_eq!(added.code(), 0, "{}", added.error);
            assert_eq!(added.event("ticket").unwrap()["state"], "good");
            program
        };
        let (ana, bob) = (program("ana", &codes[0]), program("bob", &codes[1]));
        offshift_tests::people::meet_programs(&ana, &bob);
        assert_eq!(ana.run(&["room", "found", "Night", "--with", "bob"]).code(), 0);
        assert_eq!(bob.run(&["inbox"]).code(), 0);
        let started = std::time::Instant::now();
        assert!(bob.run(&["send", "Night", "text 0"]).event("sent").is_some());
        let whole_us = u64::try_from(started.elapsed().as_micros()).unwrap();
        let mut rng = ChaCha20Rng::from_seed([40; 32]);
        for round in 1..16 {
            let text = format!("text {round}");
            let mut child =
                bob.command(&["send", "Night", &text]).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(Duration::from_micros(rng.next_u64() % whole_us));
            let _ = child.kill();
            let run = run_of(child.wait_with_output().unwrap());
            if run.event("sent").is_some() || run.event("waiting").is_some() {
                kept.lock().unwrap().push(text);
            }
        }
        assert_eq!(bob.run(&["inbox"]).code(), 0);
        ana.run(&["inbox"]).texts()
    })
    .await
    .unwrap();
    assert!(reported.lock().unwrap().iter().all(|text| texts.contains(text)), "nothing is lost");
    let (spent, refused) = tokens(&relay);
    assert!(spent > 2);
    assert_eq!(refused, 0, "a token that was sent once is sent never again");
}

#[tokio::test(flavor = "multi_thread")]
async fn os_tok_040_batches_are_bought_on_connections_that_do_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let relay = relay();
    let ana = with_ticket(folder.path(), "ana", &relay).await;
    let counts = relay.running.counts();
    let before = counts.of(Count::Connected);
    assert_eq!((counts.of(Count::Issued), before), (1, 1), "one purchase is one connection");
    let bob = without(folder.path(), "bob").await;
    meet(&ana, &bob).await;
    assert!(counts.of(Count::Connected) > before && counts.of(Count::Issued) == 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn os_tok_043_whoever_lets_in_without_a_ticket_to_share_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let relay = relay();
    let ana = with_ticket(folder.path(), "ana", &relay).await;
    let (bob, cleo) = (without(folder.path(), "bob").await, without(folder.path(), "cleo").await);
    let room = found("Night", &[&ana, &bob, &cleo]).await;
    let dee = without(folder.path(), "dee").await;
    let (as_bob, of_bob) = meet(&bob, &dee).await;
    let as_cleo = meet_like(&cleo, &dee, Some(of_bob)).await.0;
    bob.client.vouch(room, as_bob).await.unwrap();
    cleo.client.vouch(room, as_cleo).await.unwrap();
    let ready = async || {
        let all = ana.client.applicants(room).await.unwrap();
        all.into_iter().find(|one| one.missing.is_none()).map(|one| one.id)
    };
    let applicant = until(&ana, "two vouches", ready).await;
    let made_up = Ticket::generate(&mut ChaCha20Rng::from_seed([1; 32]));
    let mut events = ana.client.events();
    ana.client.add_ticket(&code(&relay.link(), made_up)).await.unwrap();
    hears(&mut events, TicketState::Refused).await;
    ana.client.admit(room, applicant, false).await.unwrap();
    let without = next(&mut events, |event| match event {
        Event::WithoutTicket { handle, .. } => Some(handle),
        _ => None,
    });
    assert_eq!(without.await, "dee");
    dee.is_in(room).await;
    let mut dees = dee.client.events();
    dee.client.send(room, "waits", None, Care::Ordinary).await.unwrap();
    assert_eq!(hears(&mut dees, TicketState::Missing).await, CONTACT);
    assert_eq!(dee.client.room(room).await.unwrap().waiting, 1);
    // The person's next step, as the words say it.
    let own = code(&relay.link(), ticket(&relay, 10).await);
    dee.client.add_ticket(&own).await.unwrap();
    ana.has_read(room, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ei_39_a_channel_full_of_garbage_costs_the_others_no_credit_and_a_removal_lands() {
    const FLOOD: u64 = 300;
    let folder = tempfile::tempdir().unwrap();
    let relay = relay();
    let ana = with_ticket(folder.path(), "ana", &relay).await;
    let (bob, cleo) = (without(folder.path(), "bob").await, without(folder.path(), "cleo").await);
    let room = found("Night", &[&ana, &bob, &cleo]).await;
    let address = ana.client.room(room).await.unwrap().address.unwrap();
    let before = relay.running.counts().of(Count::RefusedCredit);
    let mut events = bob.client.events();
    // What Cleo's own credit would buy, here without it.
    let garbage = |number| Deposit { address, life: Life::D1, envelope: numbered(number) };
    for number in 0..FLOOD {
        relay.running.store().append(vec![garbage(number)]).await.unwrap();
    }
    let members = ana.client.members(room).await.unwrap();
    let cleos = members.iter().find(|member| member.handle == "cleo").unwrap().id;
    ana.client.sever(room, &[cleos]).await.unwrap();
    until(&bob, "the removal", async || {
        let members = bob.client.members(room).await.unwrap();
        (members.len() == 2).then_some(())
    })
    .await;
    bob.sends(room, "after the flood").await;
    ana.has_read(room, 1).await;
    let mut counted = 0;
    while let Some(event) = events.already_here() {
        counted += u64::from(matches!(event, Event::NotShown { by: None, .. }));
    }
    assert_eq!(counted, FLOOD, "each is counted and skipped");
    assert_eq!(relay.running.counts().of(Count::RefusedCredit), before, "the others have credit");
}

#[tokio::test(flavor = "multi_thread")]
async fn os_tok_034_a_mailbox_that_stays_full_costs_no_token_for_the_tries() {
    let folder = tempfile::tempdir().unwrap();
    let limits = Limits { mailbox_bytes_max: 1 << 20, ..Limits::default() };
    let config = Config { access: Access::Tickets, limits, ..offshift_tests::relay::config() };
    let store = Arc::new(MemoryStore::new(1 << 30));
    let relay = LibraryRelay::with(&config, RelayIdentity::generate().unwrap(), store);
    let ana = with_ticket(folder.path(), "ana", &relay).await;
    let bob = without(folder.path(), "bob").await;
    let room = found("Night", &[&ana, &bob]).await;
    bob.sends(room, "while there is room").await;
    let address = ana.client.room(room).await.unwrap().address.unwrap();
    let garbage = |number| Deposit { address, life: Life::D1, envelope: numbered(number) };
    relay.running.store().append((0..1024).map(garbage).collect()).await.unwrap();
    let counts = relay.running.counts();
    let (spent, refused) = (counts.of(Count::Spent), counts.of(Count::RefusedFull));
    bob.client.send(room, &"too late ".repeat(5_000), None, Care::Ordinary).await.unwrap();
    soon("four refusals", async {
        while counts.of(Count::RefusedFull) < refused + 4 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await;
    assert!(counts.of(Count::Spent) <= spent + 1, "what was paid once is not paid again");
    assert_eq!(bob.client.room(room).await.unwrap().waiting, 1, "and it is kept");
}
