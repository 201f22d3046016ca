//! Attacks on rooms by their relay (RO-01, 02, 04, 05), and what a crash may not lose (PT-63).

use offshift_protocol::{
    Change, Effect,
    room::{Care, Content, Forbidden, JoinRefused, Rule, Skipped, Suite},
};
use offshift_wire::{
    MessageId, SizeClass, UnixMillis,
    admission::Act,
    content::{File, Message, Vouched},
    link::RelayLink,
};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

use crate::{
    company::{Company, text},
    vouches::word,
};

#[test]
fn ro_01_no_device_ever_answers_by_itself() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::Classical);
    let (_, effects) = company.people[0]
        .with(|ctx, room| room.unwrap().handle_send(ctx, text("hello"), Care::Ordinary).unwrap());
    let deposits = effects.iter().filter(|effect| matches!(effect, Effect::Deposit(_))).count();
    assert_eq!(deposits, 1, "the control: one message is one deposit");
    company.people[0].run(effects);
    let before = company.relay.tap().len();
    company.sever(0, &["Cleo"]);
    company.settle();
    assert_eq!(company.people[1].texts(), ["hello"]);
    let deposited = company.relay.tap().len() - before;
    assert_eq!(deposited, 2, "the message and the commit; reading them deposits nothing");
}

#[test]
fn ro_01_who_reads_of_an_applicant_or_a_motion_answers_nothing() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::Classical);
    let dee = company.newcomer("Dee");
    company.vouch(0, dee).unwrap();
    company.vouch(1, dee).unwrap();
    let before = company.relay.tap().len();
    company.settle();
    assert_eq!(company.relay.tap().len() - before, 2, "two vouches, and nobody admits by itself");
    company.admit(0, dee).unwrap();
    company.settle();
    assert_eq!(company.people[dee].names().len(), 4, "the twin: Ana does");
}

#[test]
fn ro_02_a_commit_and_a_text_have_sizes_of_the_same_five_classes() {
    for suite in Suite::ALL {
        let mut company = Company::of(&["Ana", "Ben", "Cleo"], suite);
        let address = company.address(0);
        company.sever(0, &["Cleo"]);
        company.settle();
        let commit = company.log(&address).remove(0).1;
        company.send(0, &"a".repeat(commit.class().bytes() - 400));
        company.settle();
        let next = company.address(0);
        let text = company.log(&next).remove(0).1;
        assert_eq!(text.class(), commit.class(), "a text can look like a commit");
        let photo = photo(&company.people[0].link, (commit.class().bytes() - 700).min(8 << 10));
        company.people[0].asks(|ctx, room| room.handle_send(ctx, photo, Care::Ordinary)).unwrap();
        company.send(0, "hi");
        company.settle();
        let log = company.log(&next);
        assert_eq!(log[1].1.class(), commit.class(), "and so does a photo");
        assert_ne!(log[2].1.class(), commit.class(), "the control: a word has another size");
        for (_, envelope) in company.relay.tap() {
            assert!(SizeClass::exactly(envelope.bytes().len()).is_some());
        }
        let (one, other) = (&commit.bytes()[..64], &text.bytes()[..64]);
        assert!(one.iter().zip(other).filter(|(a, b)| a == b).count() < 16, "and shares no header");
    }
}

/// A photo whose picture of itself has so many bytes.
fn photo(relay: &RelayLink, preview: usize) -> Content {
    Content::File(Box::new(File {
        name: "rota.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        bytes: 500_000,
        sha256: [1; 32],
        key: [2; 32],
        relay: relay.clone(),
        until: UnixMillis(4_000_000_000_000),
        caption: String::new(),
        preview: vec![3; preview].into(),
    }))
}

#[test]
fn ro_04_a_forged_welcome_leads_nowhere() {
    let mut company = Company::of(&["Ana", "Ben"], Suite::Classical);
    let cleo = company.newcomer("Cleo");
    company.meet(0, cleo);
    // The ghost knows Cleo's card, as a relay with a leaked code might, and invites from a room of its own.
    let ghost = company.person("Ghost", 0);
    let ghoul = company.person("Ghoul", 0);
    let stolen = company.people[0].contacts.last().unwrap().clone();
    company.found_beside(ghost, ghoul, Suite::Classical);
    company.settle();
    company.add_stolen(ghost, &stolen);
    company.settle();
    assert_eq!(company.people[cleo].turned_down, [JoinRefused::NotFromContact]);
    assert!(company.people[cleo].room.is_none());
    company.add_founder(0, cleo, false).unwrap();
    company.settle();
    assert_eq!(company.people[cleo].names(), ["Ana", "Ben", "Cleo"], "the twin: Ana's own Welcome");
}

/// Mallory met Eve, and has a room with an accomplice who did not: the accomplice vouches all the same.
#[test]
fn ro_04_a_room_of_one_false_friend_and_accomplices_lures_nobody() {
    let mut company = Company::of(&["Ana", "Ben"], Suite::Classical);
    let eve = company.newcomer("Eve");
    let (mallory, ghoul) = (company.person("Mallory", 0), company.person("Ghoul", 0));
    company.found_beside(mallory, ghoul, Suite::Classical);
    company.settle();
    company.vouch(mallory, eve).unwrap();
    company.settle();
    let key = company.key_of(eve);
    let said = company.people[ghoul].vouches_read(&key, Suite::Classical).remove(0);
    let vouch = word(&company, ghoul, eve);
    let content = Content::Vouched(Vouched { vouch, ..said });
    let id = MessageId::from_bytes([7; 16]);
    let bytes = Message { id, sequence: 0, content }.encode().unwrap();
    let envelopes = company.people[ghoul]
        .with(|ctx, room| room.unwrap().dangerous_content_for_testing(ctx, &bytes).unwrap());
    let address = company.address(ghoul);
    for envelope in envelopes {
        company.append(address, envelope);
    }
    company.settle();
    company.admit(mallory, eve).unwrap();
    company.settle();
    assert_eq!(company.people[mallory].names().len(), 3, "the false room takes Eve in");
    assert_eq!(company.people[eve].turned_down, [JoinRefused::Introductions]);
    assert!(company.people[eve].room.is_none(), "but Eve's device does not come");
    company.let_in([0, 1], eve);
    assert_eq!(company.people[eve].names(), ["Ana", "Ben", "Eve"], "the twin: two whom Eve met");
}

#[test]
fn ro_04_a_forged_add_changes_no_roster() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::Classical);
    let address = company.address(0);
    // From outside: another room's envelope, all the relay can come by.
    let other = Company::of(&["Ghost", "Ghoul"], Suite::Classical);
    let (_, foreign) = other.relay.tap().remove(0);
    company.append(address, foreign);
    company.settle();
    for person in &company.people {
        assert_eq!(person.skipped(), [Skipped::NotSealed]);
    }
    // From inside: an ordinary member adds the ghost.
    let ghost = company.newcomer("Ghost");
    company.meet(2, ghost);
    let adds = vec![company.package_of(ghost)];
    let add = Forbidden { act: Act::Found(Vec::new()), adds, ..Forbidden::keys() };
    company.all_refuse(2, add, Rule::AddByOther);
    assert!(company.people[ghost].room.is_none());
    company.add_founder(1, ghost, false).unwrap();
    company.settle();
    assert_eq!(company.people[0].names().len(), 4, "the twin: the same by an organizer");
}

#[test]
fn ro_05_an_envelope_replayed_into_the_same_or_another_mailbox_is_shown_once() {
    let mut company = Company::of(&["Ana", "Ben"], Suite::Classical);
    let mut other = Company::of(&["Eve", "Ben"], Suite::Classical);
    company.send(0, "once");
    company.settle();
    let address = company.address(0);
    let (_, envelope) = company.log(&address).remove(0);
    company.append(address, envelope.clone());
    company.settle();
    assert_eq!(company.people[1].texts(), ["once"]);
    assert_eq!(company.people[1].skipped(), [Skipped::Repeated]);
    // A restarted device has forgotten hashes, but not generations.
    let id = company.people[1].room().id();
    company.people[1].reload(id);
    company.append(address, envelope.clone());
    company.settle();
    assert_eq!(company.people[1].texts(), ["once"]);
    assert_eq!(company.people[1].skipped(), [Skipped::Repeated, Skipped::Repeated]);
    let elsewhere = other.address(0);
    other.append(elsewhere, envelope);
    other.settle();
    assert!(other.people[1].texts().is_empty());
    assert_eq!(other.people[1].skipped(), [Skipped::NotSealed]);
    other.send(0, "the twin");
    other.settle();
    assert_eq!(other.people[1].texts(), ["the twin"]);
}

#[test]
fn ro_05_a_welcome_or_a_vouch_that_is_replayed_changes_nothing() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::Classical);
    let dee = company.newcomer("Dee");
    company.let_in([0, 1], dee);
    let inbox = company.people[dee].applications[0].inbox().source().access.address();
    let tap = company.relay.tap();
    let before: Vec<_> = company.people.iter().map(|person| person.room().epoch()).collect();
    for (address, envelope) in tap {
        let now = company.address(0);
        let to = if address == inbox { inbox } else { now };
        company.append(to, envelope);
    }
    company.settle();
    let after: Vec<_> = company.people.iter().map(|person| person.room().epoch()).collect();
    assert_eq!(before, after);
    assert!(company.people[0].room().applicants(company.clock.now()).is_empty());
    company.send(0, "the twin");
    company.settle();
    assert_eq!(company.people[dee].texts(), ["the twin"]);
}

#[test]
fn pt_63_a_room_writes_what_it_deposits_before_it_deposits() {
    let mut company = Company::of(&["Ana", "Ben"], Suite::Classical);
    let mut dice = ChaCha20Rng::seed_from_u64(71);
    for count in 0..20 {
        let words = format!("{count} {}", dice.next_u32());
        let (_, effects) = company.people[0].with(|ctx, room| {
            room.unwrap().handle_send(ctx, text(&words), Care::Ordinary).unwrap()
        });
        let all: Vec<_> = effects.iter().collect();
        let Effect::Persist(changes) = all[0] else { panic!("persist comes first") };
        for effect in &all[1..] {
            let Effect::Deposit(out) = effect else { panic!("then the deposit") };
            let kept =
                |change: &Change| matches!(change, Change::Put { key, .. } if *key == out.id.key());
            assert!(changes.iter().any(kept));
        }
        company.people[0].run(effects);
        company.settle();
    }
    assert_eq!(company.people[1].texts().len(), 20);
}
