//! Attacks on rooms: by their relay (RO-01, 02, 04, 05), by a fake profile (EI-35, 38, 40), by who was expelled
//! (EM-50, 51), by a malicious organizer (MI-72); and what a crash may not lose (PT-63).

use offshift_protocol::{
    Change, Effect,
    room::{
        Care, Content, Forbidden, Invitee, JoinRefused, RoomEvent, Rule, SendRefused, Skipped, Suite,
    },
};
use offshift_wire::{Address, Position, SizeClass};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

use crate::company::{Company, NOW, Person, text};

fn skipped(person: &Person) -> Vec<Skipped> {
    let why = |event: &RoomEvent| match event {
        RoomEvent::Skipped { why, .. } => Some(*why),
        _ => None,
    };
    person.events.iter().filter_map(why).collect()
}

#[test]
fn ro_01_no_device_ever_answers_by_itself() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::Classical);
    let (_, effects) = company.people[0]
        .with(|ctx, room| room.as_mut().unwrap().handle_send(ctx, text("hello"), Care::Ordinary).unwrap());
    let deposits = effects.iter().filter(|effect| matches!(effect, Effect::Deposit(_))).count();
    assert_eq!(deposits, 1, "the control: one message is one deposit");
    company.people[0].run(effects);
    let before: usize = company.tap.values().map(Vec::len).sum();
    company.remove(0, "Cleo");
    company.settle();
    let after: usize = company.tap.values().map(Vec::len).sum();
    assert_eq!(company.people[1].texts(), ["hello"]);
    assert_eq!(after - before, 2, "the message and the commit; reading them deposits nothing");
}

#[test]
fn ro_02_a_commit_and_a_text_have_sizes_of_the_same_five_classes() {
    for suite in Suite::ALL {
        let mut company = Company::of(&["Ana", "Ben", "Cleo"], suite);
        let address = company.address(0);
        company.remove(0, "Cleo");
        company.settle();
        let commit = company.log(&address).remove(0).1;
        company.send(0, &"a".repeat(commit.class().bytes() - 400));
        company.settle();
        let next = company.address(0);
        let text = company.log(&next).remove(0).1;
        assert_eq!(text.class(), commit.class(), "a text can look like a commit");
        for envelope in company.tap.values().flatten().map(|(_, envelope)| envelope) {
            assert!(SizeClass::exactly(envelope.bytes().len()).is_some());
        }
        let (one, other) = (&commit.bytes()[..64], &text.bytes()[..64]);
        assert!(one.iter().zip(other).filter(|(a, b)| a == b).count() < 16, "and shares no header");
    }
}

#[test]
fn ro_04_a_forged_welcome_leads_nowhere() {
    let mut company = Company::of(&["Ana", "Ben"], Suite::Classical);
    company.people.push(Person::new("Cleo", 31));
    company.meet(0, 2);
    // The ghost knows Cleo's inbox, as a relay might, and invites from a room of its own.
    let mut ghost = Company::of(&["Ghost", "Ghoul"], Suite::Classical);
    let card = company.people[0].met[0].1.card().clone();
    let (application, _) = {
        ghost.people.push(Person::new("Zoe", 32));
        ghost.meet(0, 2);
        ghost.people[0].met.remove(0)
    };
    let invitee = Invitee { card: &card, application: &application, organizer: false };
    let effects = ghost.people[0]
        .with(|ctx, room| room.as_mut().unwrap().handle_add_founder(ctx, &invitee).unwrap());
    ghost.people[0].run(effects);
    ghost.settle();
    let inbox = company.people[2].met[0].0.inbox().source().access.address();
    let forged = ghost.log(&inbox);
    assert_eq!(forged.len(), 1, "the ghost's Welcome lies in Cleo's inbox");
    let at = company.append(inbox, forged[0].1.clone());
    let led = company.hand_inbox(2, 0, at, &forged[0].1);
    assert!(matches!(led, Some(Err(JoinRefused::NotFromContact))));
    assert!(company.people[2].room.is_none());
    let (application, contact) = company.people[0].met.remove(0);
    let invitee = Invitee { card: contact.card(), application: &application, organizer: false };
    let effects = company.people[0]
        .with(|ctx, room| room.as_mut().unwrap().handle_add_founder(ctx, &invitee).unwrap());
    company.people[0].run(effects);
    company.settle();
    assert_eq!(company.people[2].names(), ["Ana", "Ben", "Cleo"], "the twin: Ana's own Welcome");
}

#[test]
fn ro_04_a_forged_add_changes_no_roster() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::Classical);
    let address = company.address(0);
    // From outside: another room's envelope, all the relay can come by.
    let other = Company::of(&["Ghost", "Ghoul"], Suite::Classical);
    let foreign = other.tap.values().flatten().next().unwrap().1.clone();
    company.append(address, foreign);
    // From inside: an ordinary member adds the ghost.
    let ghost = Person::new("Ghost", 33).application();
    let package = ghost.card().key_package(Suite::Classical).unwrap().to_vec();
    let envelopes = company.people[2].with(|ctx, room| {
        let room = room.as_mut().unwrap();
        room.dangerous_commit_for_testing(ctx, Forbidden::Add(package.clone()), NOW).unwrap()
    });
    for envelope in envelopes {
        company.append(address, envelope);
    }
    company.settle();
    for person in &company.people[..2] {
        assert_eq!(person.names(), ["Ana", "Ben", "Cleo"]);
        assert_eq!(skipped(person), [Skipped::NotSealed, Skipped::Refused(Rule::AddByOther)]);
    }
    let envelopes = company.people[1].with(|ctx, room| {
        let room = room.as_mut().unwrap();
        room.dangerous_commit_for_testing(ctx, Forbidden::Add(package), NOW).unwrap()
    });
    for envelope in envelopes {
        company.append(address, envelope);
    }
    company.read_one(0);
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
    assert_eq!(skipped(&company.people[1]), [Skipped::Repeated]);
    // A restarted device has forgotten hashes, but not generations.
    let id = company.people[1].room().id();
    company.people[1].reload(id);
    company.append(address, envelope.clone());
    company.settle();
    assert_eq!(company.people[1].texts(), ["once"]);
    assert_eq!(skipped(&company.people[1]), [Skipped::Repeated, Skipped::Repeated]);
    let elsewhere = other.address(0);
    other.append(elsewhere, envelope);
    other.settle();
    assert!(other.people[1].texts().is_empty());
    assert_eq!(skipped(&other.people[1]), [Skipped::NotSealed]);
    other.send(0, "the twin");
    other.settle();
    assert_eq!(other.people[1].texts(), ["the twin"]);
}

#[test]
fn ei_35_what_was_said_before_joining_stays_closed() {
    let mut company = Company::of(&["Ana", "Ben"], Suite::XWing);
    company.send(0, "before Cleo");
    company.send(1, "also before Cleo");
    company.settle();
    let before = company.address(0);
    company.people.push(Person::new("Cleo", 41));
    company.meet(0, 2);
    let (application, contact) = company.people[0].met.remove(0);
    let invitee = Invitee { card: contact.card(), application: &application, organizer: true };
    let effects = company.people[0]
        .with(|ctx, room| room.as_mut().unwrap().handle_add_founder(ctx, &invitee).unwrap());
    company.people[0].run(effects);
    company.settle();
    company.send(0, "with Cleo");
    company.settle();
    assert_eq!(company.people[2].texts(), ["with Cleo"], "the twin: what is said afterwards");
    // Cleo has the relay's whole tap, and tries each entry at either address.
    let now = company.address(2);
    let mut cleo = company.people[2].copy(42);
    for (_, envelope) in company.log(&before) {
        for address in [before, now] {
            cleo.hand(&address, Position::new(u64::MAX / 2), &envelope);
            let id = cleo.room().id();
            cleo.reload(id);
        }
    }
    assert_eq!(cleo.texts(), ["with Cleo"]);
    assert!(skipped(&cleo).iter().all(|why| *why == Skipped::NotSealed));
}

#[test]
fn ei_38_words_repeated_under_a_new_generation_are_dropped() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::Classical);
    // Every member can compute every sender's ratchet. The rogue here speaks with a copy of Ana's device, whose
    // randomness gives the same message id for the second use of her ratchet.
    let address = company.address(0);
    let mut rogue = company.people[0].copy(51);
    for generation in 0..2 {
        rogue.rng = ChaCha20Rng::seed_from_u64(52);
        let words = if generation == 0 { "transfer it" } else { "transfer it twice" };
        let (_, effects) =
            rogue.with(|ctx, room| room.as_mut().unwrap().handle_send(ctx, text(words), Care::Ordinary).unwrap());
        rogue.run(effects);
    }
    for outgoing in std::mem::take(&mut rogue.waiting).into_values() {
        company.append(address, outgoing.envelope);
    }
    while company.read_one(1) {}
    assert_eq!(company.people[1].texts(), ["transfer it"], "the first is read: the twin");
    assert_eq!(skipped(&company.people[1]), [Skipped::RepeatedMessage]);
    let named =
        |event: &RoomEvent| matches!(event, RoomEvent::Skipped { by: Some(by), .. } if by == "Ana");
    assert!(company.people[1].events.iter().any(named), "and its sender is named");
}

#[test]
fn ei_40_malformed_content_names_its_sender_and_disturbs_nobody() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::Classical);
    let address = company.address(0);
    let id = [&[0x0a, 16][..], &[7; 16]].concat();
    let contents: Vec<Vec<u8>> = vec![
        vec![0xff; 40],
        vec![0x0a, 3, 1, 2, 3],
        [&id[..], &[0x12, 0]].concat(),
        [&id[..], &[0x12, 4, 0x0a, 2, 0xff, 0xfe]].concat(),
        [&id[..], &[0x12, 5, 0x0a, 1, b'x', 0x12, 1]].concat(),
        [&id[..], &[0x12, 0xff, 0xff, 0xff, 0xff, 0x7f]].concat(),
    ];
    let count = contents.len();
    for content in contents {
        let envelopes = company.people[2].with(|ctx, room| {
            room.as_mut().unwrap().dangerous_content_for_testing(ctx, &content).unwrap()
        });
        for envelope in envelopes {
            company.append(address, envelope);
        }
    }
    company.send(0, "the twin");
    company.settle();
    for person in &company.people[..2] {
        assert_eq!(person.texts(), ["the twin"], "others are delivered");
        assert_eq!(skipped(person), vec![Skipped::Malformed; count]);
        let named = |event: &&RoomEvent| matches!(event, RoomEvent::Skipped { by: Some(by), .. } if by == "Cleo");
        assert_eq!(person.events.iter().filter(named).count(), count, "the sender is named");
    }
    let twin = company.log(&address).len();
    assert_eq!(twin, count + 1, "and nothing was answered");
    let unknown = [&id[..], &[0xfa, 0x01, 1, 9]].concat();
    let envelopes = company.people[2].with(|ctx, room| {
        room.as_mut().unwrap().dangerous_content_for_testing(ctx, &unknown).unwrap()
    });
    company.append(address, envelopes[0].clone());
    company.settle();
    let kept = |event: &RoomEvent| matches!(event, RoomEvent::Message(m) if m.content == Content::Unknown(unknown.clone().into()));
    assert!(company.people[0].events.iter().any(kept), "the twin: a later kind is no damage");
}

/// Ana, Ben and Cleo; Cleo's device as it was in the room; then Ben removed her and people talked on.
fn expelled() -> (Company, Person, Address) {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::XWing);
    company.send(0, "with Cleo");
    company.settle();
    let cleo = company.people[2].copy(61);
    let before = company.address(2);
    company.remove(1, "Cleo");
    company.settle();
    company.send(0, "without Cleo");
    company.send(1, "indeed");
    company.settle();
    (company, cleo, before)
}

/// OS-CHA-002.
#[test]
fn em_50_who_was_removed_decrypts_nothing_after_the_commit() {
    let (company, mut cleo, before) = expelled();
    assert_eq!(company.people[0].texts(), ["with Cleo", "without Cleo", "indeed"], "the twin");
    assert_eq!(cleo.texts(), ["with Cleo"]);
    let now = company.address(0);
    for (_, envelope) in company.log(&now) {
        for address in [now, before] {
            cleo.hand(&address, Position::new(u64::MAX / 2), &envelope);
            let id = cleo.room().id();
            cleo.reload(id);
        }
    }
    assert_eq!(cleo.texts(), ["with Cleo"]);
    let held = |key: &String| key.contains("pending") || key.contains("part/");
    assert!(!cleo.vault.keys().any(held), "nothing of the next epoch lies in the old vault");
}

/// OS-CHA-002.
#[test]
fn em_51_old_capabilities_name_no_new_address_and_the_old_channel_is_void() {
    let (mut company, mut cleo, before) = expelled();
    let now = company.address(0);
    assert_ne!(now, before);
    let (_, effects) =
        cleo.with(|ctx, room| room.as_mut().unwrap().handle_send(ctx, text("still here"), Care::Ordinary).unwrap());
    cleo.run(effects);
    for outgoing in std::mem::take(&mut cleo.waiting).into_values() {
        assert_eq!(outgoing.to.address(), before, "all that the old secrets can name");
        company.append(before, outgoing.envelope.clone());
        company.append(now, outgoing.envelope);
    }
    for (at, envelope) in company.log(&before) {
        company.people[0].hand(&before, at, &envelope);
    }
    company.settle();
    assert_eq!(company.people[0].texts(), ["with Cleo", "without Cleo", "indeed"]);
    assert_eq!(skipped(&company.people[0]), [Skipped::NotSealed], "even where a relay lets it in");
    company.send(1, "the twin");
    company.settle();
    assert_eq!(company.people[0].texts().last().unwrap(), "the twin");
}

#[test]
fn em_51_a_removal_by_somebody_who_may_not_is_skipped_by_all() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::Classical);
    let address = company.address(0);
    let ana = company.people[0].room().own_id();
    let envelopes = company.people[2].with(|ctx, room| {
        let room = room.as_mut().unwrap();
        room.dangerous_commit_for_testing(ctx, Forbidden::Remove(ana), NOW).unwrap()
    });
    for envelope in envelopes {
        company.append(address, envelope);
    }
    company.settle();
    for person in &company.people[..2] {
        assert_eq!(skipped(person), [Skipped::Refused(Rule::RemoveByOther)]);
        assert_eq!(person.names().len(), 3);
    }
    company.remove(1, "Cleo");
    company.settle();
    assert_eq!(company.people[0].names(), ["Ana", "Ben"], "the twin: by an organizer");
}

#[test]
fn pt_63_a_room_writes_what_it_deposits_before_it_deposits() {
    let mut company = Company::of(&["Ana", "Ben"], Suite::Classical);
    let mut dice = ChaCha20Rng::seed_from_u64(71);
    for count in 0..20 {
        let words = format!("{count} {}", dice.next_u32());
        let (_, effects) = company.people[0]
            .with(|ctx, room| room.as_mut().unwrap().handle_send(ctx, text(&words), Care::Ordinary).unwrap());
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

#[test]
fn mi_72_a_commit_that_opens_for_some_only_names_its_author_to_the_others() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::XWing);
    let (address, epoch) = (company.address(0), company.people[0].room().epoch());
    let ben = company.people[1].room().own_id();
    let envelopes = company.people[0].with(|ctx, room| {
        let room = room.as_mut().unwrap();
        room.dangerous_unreadable_commit_for_testing(ctx, ben, NOW).unwrap()
    });
    for envelope in envelopes {
        company.append(address, envelope);
    }
    while company.read_one(1) || company.read_one(2) {}
    assert_eq!(company.people[2].room().epoch(), epoch + 1, "the twin: it opens for Cleo");
    assert_eq!(company.people[1].room().is_stranded(), Some("Ana"));
    let told = |event: &RoomEvent| matches!(event, RoomEvent::Stranded { by } if by == "Ana");
    assert!(company.people[1].events.iter().any(told));
    let refused = company.people[1].with(|ctx, room| {
        room.as_mut().unwrap().handle_send(ctx, text("hello?"), Care::Ordinary).map(|_| ()).unwrap_err()
    });
    assert_eq!(refused, SendRefused::Stranded);
}
