//! A fake profile that is in, or would be: it reads and writes what it should not (EI-35 to 38, 40), floods (EI-39),
//! and races every commit (EI-41). How it gets in is attacked in `meeting.rs` and `vouches.rs`.

use std::collections::BTreeSet;

use offshift_protocol::{
    card::Method,
    room::{Care, Content, Forbidden, Motion, RoomEvent, Rule, Skipped, Suite},
};
use offshift_wire::{
    MemberId, MessageId, Position, UnixMillis,
    admission::{Act, Approval, Vouch},
    card::InboxCardBytes,
    content::{Approved, Message, Objection, Vouched},
};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

use crate::{
    company::{Company, text},
    vouches::founded,
};

#[test]
fn ei_35_what_was_said_before_joining_stays_closed() {
    for by_vouches in [false, true] {
        let mut company = Company::of(&["Ana", "Ben"], Suite::XWing);
        company.send(0, "before Cleo");
        company.send(1, "also before Cleo");
        company.settle();
        let before = company.address(0);
        let cleo = company.newcomer("Cleo");
        if by_vouches {
            company.let_in([0, 1], cleo);
        } else {
            company.add_founder(0, cleo, true).unwrap();
            company.settle();
        }
        company.send(0, "with Cleo");
        company.settle();
        assert_eq!(
            company.people[cleo].texts(),
            ["with Cleo"],
            "the twin: what is said afterwards"
        );
        // Cleo has the relay's whole tap, and tries each entry at either address.
        let now = company.address(cleo);
        let mut copy = company.people[cleo].copy(42);
        for (_, envelope) in company.relay.tap() {
            for address in [before, now] {
                copy.hand(&address, Position::new(u64::MAX / 2), &envelope);
                let id = copy.room().id();
                copy.reload(id);
            }
        }
        assert_eq!(copy.texts(), ["with Cleo"]);
    }
}

#[test]
fn ei_36_an_applicant_holds_no_byte_of_the_room() {
    let mut company = founded();
    let eve = company.newcomer("Eve");
    company.vouch(0, eve).unwrap();
    company.vouch(2, eve).unwrap();
    company.people[1]
        .asks(|ctx, room| room.handle_object(ctx, MemberId::from_bytes([1; 32]), ""))
        .unwrap_err();
    company.settle();
    let key = company.key_of(eve);
    assert_eq!(
        company.people[3].vouches_read(&key, Suite::Classical).len(),
        2,
        "the room talks of Eve"
    );
    // All that a device of Eve's ever had: its inbox, and the two cards that it was shown.
    let inbox = company.people[eve].applications[0].inbox().source().access.address();
    assert!(company.log(&inbox).is_empty(), "nothing was sent to Eve");
    let shown: Vec<u8> =
        company.people[eve].contacts.iter().flat_map(|one| one.card().bytes().to_vec()).collect();
    let holds = |bytes: &[u8]| shown.windows(bytes.len()).any(|window| window == bytes);
    assert!(holds(b"Ana") && holds(b"Cleo"), "the control: whom Eve met, Eve knows");
    let room = company.people[0].room();
    let members = room.members(company.clock.now());
    assert!(!holds(b"night shift") && !holds(room.id().as_bytes()));
    for member in &members {
        assert!(!holds(member.id.as_bytes()), "a key of the room");
        let inbox = InboxCardBytes::decode(&member.info.inbox).unwrap();
        assert!(!holds(&inbox.dh), "an inbox that a leaf names");
    }
    assert!(!holds(b"Ben") && !holds(b"Dan"), "whom Eve did not meet");
    assert!(!holds(company.address(0).as_bytes()));
    company.admit(0, eve).unwrap();
    company.settle();
    assert!(!company.log(&inbox).is_empty(), "the twin: the Welcome");
    assert_eq!(company.people[eve].names().len(), 5);
}

/// Every run of eight bytes.
fn runs(bytes: &[u8]) -> BTreeSet<[u8; 8]> {
    bytes.windows(8).map(|window| window.try_into().unwrap()).collect()
}

/// What stands in the tree and the standing of a room about one member.
fn public_of(company: &Company, who: usize) -> BTreeSet<[u8; 8]> {
    let (own, room) = (company.people[who].id(), company.people[who].room());
    let members = room.members(company.clock.now());
    let member = members.iter().find(|member| member.id == own).unwrap();
    let row = room.standing().rows.iter().find(|row| row.key == own).unwrap();
    runs(&[member.info.encode(), row.key.as_bytes().to_vec()].concat())
}

#[test]
fn ei_37_one_newcomer_in_two_rooms_shares_no_public_value() {
    let mut here = Company::of(&["Ana", "Ben"], Suite::Classical);
    let mut there = Company::of(&["Kim", "Lou"], Suite::Classical);
    let dee = here.newcomer("Dee");
    here.let_in([0, 1], dee);
    // The same device goes on: its randomness is where the first room left it.
    let fox = there.newcomer("Fox");
    there.people[fox].rng = here.people[dee].rng.clone();
    there.let_in([0, 1], fox);
    here.send(dee, "good morning");
    there.send(fox, "good morning");
    here.settle();
    there.settle();
    let (one, other) = (public_of(&here, dee), public_of(&there, fox));
    // What any two members of any two rooms share is form, not identity.
    let form: BTreeSet<_> =
        public_of(&here, 0).intersection(&public_of(&there, 1)).copied().collect();
    let shared: Vec<_> = one.intersection(&other).filter(|run| !form.contains(*run)).collect();
    assert!(shared.is_empty(), "{shared:?}");
    assert!(
        one.intersection(&public_of(&here, dee)).count() > 40,
        "the control: the same card would show"
    );
    let tap = |company: &Company| -> BTreeSet<[u8; 8]> {
        company
            .relay
            .tap()
            .iter()
            .flat_map(|(to, envelope)| {
                let mut all = runs(to.as_bytes());
                all.extend(
                    envelope
                        .bytes()
                        .chunks_exact(8)
                        .map(|eight| <[u8; 8]>::try_from(eight).unwrap()),
                );
                all
            })
            .collect()
    };
    assert_eq!(tap(&here).intersection(&tap(&there)).count(), 0, "nor do the envelopes");
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
        rogue.asks(|ctx, room| room.handle_send(ctx, text(words), Care::Ordinary)).unwrap();
    }
    for outgoing in std::mem::take(&mut rogue.waiting).into_values() {
        company.append(address, outgoing.envelope);
    }
    while company.read_one(1) {}
    assert_eq!(company.people[1].texts(), ["transfer it"], "the first is read: the twin");
    assert_eq!(company.people[1].skipped(), [Skipped::RepeatedMessage]);
    let named =
        |event: &RoomEvent| matches!(event, RoomEvent::Skipped { by: Some(by), .. } if by == "Ana");
    assert!(company.people[1].saw(named), "and its sender is named");
}

#[test]
fn ei_39_a_flood_before_a_removal_is_counted_and_the_removal_lands() {
    const FLOOD: usize = 300;
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::Classical);
    // What every member has: the right to deposit in the channel of this epoch.
    company.send(2, "hello");
    let access = company.people[2].waiting.values().next().unwrap().to.clone();
    company.settle();
    let (old, mut dice) = (company.address(0), ChaCha20Rng::seed_from_u64(39));
    let mut garbage = || {
        let mut bytes = vec![0; 1024];
        dice.fill_bytes(&mut bytes);
        bytes
    };
    let before: usize = company.people[1].vault.values().map(Vec::len).sum();
    for number in 0..FLOOD {
        let mut bytes = garbage();
        if number % 3 == 0 {
            // Some of it looks like what was there.
            bytes = company.relay.tap().last().unwrap().1.bytes().to_vec();
            bytes[500] ^= 1;
        }
        company.deposits(2, &access, bytes);
    }
    company.send(1, "amid the flood");
    company.sever(0, &["Cleo"]);
    company.deposit_all(0);
    company.deposits(2, &access, garbage());
    company.settle();
    for at in [0, 1] {
        let person = &company.people[at];
        assert_eq!(person.names(), ["Ana", "Ben"], "the removal lands");
        let skipped = person.skipped();
        assert_eq!(skipped.len(), FLOOD, "what doesn't open is counted");
        assert!(skipped.iter().all(|why| *why == Skipped::NotSealed));
        assert_eq!(person.texts(), ["hello", "amid the flood"], "the twin: what opens is read");
    }
    let after: usize = company.people[1].vault.values().map(Vec::len).sum();
    assert!(after < before + 20_000, "and leaves nothing in the vault: {before} {after}");
    // The flood goes on where nobody reads.
    company.deposits(2, &access, garbage());
    company.settle();
    assert_ne!(company.address(0), old);
    assert_eq!(company.people[1].skipped().len(), FLOOD);
}

fn message(content: Content) -> Vec<u8> {
    Message { id: MessageId::from_bytes([7; 16]), sequence: 0, content }.encode().unwrap()
}

/// One content of each kind about the room, well formed and false.
fn false_words(cleo: MemberId, now: UnixMillis) -> Vec<Content> {
    let vouch = Vouch {
        by: cleo,
        method: Method::InPerson,
        met_at: now,
        signed_at: now,
        terms: [2; 32],
        signature: [3; 64],
    };
    let approval = Approval { by: cleo, signed_at: now, signature: [3; 64] };
    let key_package = b"package".as_slice().into();
    let introduction = b"envelope".as_slice().into();
    vec![
        Content::Vouched(Vouched { key_package, vouch: vouch.clone(), introduction }),
        Content::Revouched(cleo, vouch),
        Content::Objection(Objection { applicant: cleo, reason: "x".into() }),
        Content::Approved(Approved { motion: Motion::Recall(cleo), revision: 9, approval }),
        Content::Present(UnixMillis(u64::MAX)),
    ]
}

#[test]
fn ei_40_malformed_content_names_its_sender_and_disturbs_nobody() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::Classical);
    let address = company.address(0);
    let (cleo, now) = (company.people[2].id(), company.clock.now());
    let id = [&[0x0a, 16][..], &[7; 16]].concat();
    let mut contents: Vec<Vec<u8>> = vec![
        vec![0xff; 40],
        vec![0x0a, 3, 1, 2, 3],
        [&id[..], &[0x12, 0]].concat(),
        [&id[..], &[0x12, 4, 0x0a, 2, 0xff, 0xfe]].concat(),
        [&id[..], &[0x12, 5, 0x0a, 1, b'x', 0x12, 1]].concat(),
        [&id[..], &[0x12, 0xff, 0xff, 0xff, 0xff, 0x7f]].concat(),
    ];
    // One of each kind, cut in its last field.
    let words = false_words(cleo, now).into_iter().take(4).map(message);
    contents.extend(words.map(|mut bytes| {
        bytes.truncate(bytes.len() - 1);
        bytes
    }));
    let count = contents.len();
    for content in contents {
        let envelopes = company.people[2]
            .with(|ctx, room| room.unwrap().dangerous_content_for_testing(ctx, &content).unwrap());
        for envelope in envelopes {
            company.append(address, envelope);
        }
    }
    company.send(0, "the twin");
    company.settle();
    for person in &company.people[..2] {
        assert_eq!(person.texts(), ["the twin"], "others are delivered");
        assert_eq!(person.skipped(), vec![Skipped::Malformed; count]);
        let named = |event: &&RoomEvent| matches!(event, RoomEvent::Skipped { by: Some(by), .. } if by == "Cleo");
        assert_eq!(person.events.iter().filter(named).count(), count, "the sender is named");
    }
    assert_eq!(company.log(&address).len(), count + 1, "and nothing was answered");
    let unknown = [&id[..], &[0xfa, 0x01, 1, 9]].concat();
    let envelopes = company.people[2]
        .with(|ctx, room| room.unwrap().dangerous_content_for_testing(ctx, &unknown).unwrap());
    company.append(address, envelopes[0].clone());
    company.settle();
    let kept = |event: &RoomEvent| matches!(event, RoomEvent::Message(m) if m.content == Content::Unknown(unknown.clone().into()));
    assert!(company.people[0].saw(kept), "the twin: a later kind is no damage");
}

#[test]
fn ei_40_false_words_about_the_room_are_answered_by_nobody_and_kept_by_nobody() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::Classical);
    let (address, now) = (company.address(0), company.clock.now());
    let cleo = company.people[2].id();
    for (number, content) in (1..).zip(false_words(cleo, now)) {
        let id = MessageId::from_bytes([number; 16]);
        let bytes = Message { id, sequence: u32::from(number) - 1, content }.encode().unwrap();
        let envelopes = company.people[2]
            .with(|ctx, room| room.unwrap().dangerous_content_for_testing(ctx, &bytes).unwrap());
        for envelope in envelopes {
            company.append(address, envelope);
        }
    }
    company.settle();
    for person in &company.people[..2] {
        assert!(person.room().applicants(now).is_empty());
        assert!(person.room().motions(now).is_empty());
        assert!(!person.room().is_stale(now.plus_ms(1)));
    }
    assert_eq!(company.log(&address).len(), 5, "nothing was answered");
    let dee = company.newcomer("Dee");
    company.vouch(0, dee).unwrap();
    company.settle();
    assert_eq!(company.people[1].room().applicants(now).len(), 1, "the twin: a true word is kept");
}

/// Cleo's device re-keys whenever somebody commits, and the relay always takes hers first, four times in a row. It adds
/// commits that no rule allows.
#[test]
fn ei_41_an_honest_commit_outlives_lost_races_and_lands_within_five_tries() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::Classical);
    let ben = company.people[1].id();
    company.sever(0, &["Cleo"]);
    for race in 1..5 {
        let epoch = company.people[0].room().epoch();
        let out =
            Forbidden { act: Act::Sever(Vec::new()), removes: vec![ben], ..Forbidden::keys() };
        company.commits(2, out);
        company.people[2].asks(|ctx, room| room.handle_keys_for_testing(ctx)).unwrap();
        company.deposit_all(2);
        // Ana's own commit of this epoch comes too late.
        company.deposit_all(0);
        while company.people[0].room().epoch() == epoch {
            assert!(company.read_one(0));
        }
        for at in [1, 2] {
            while company.people[at].room().epoch() == epoch {
                assert!(company.read_one(at));
            }
        }
        assert!(company.people[0].room().is_changing(), "the wish stays: race {race}");
        assert_eq!(company.people[0].names().len(), 3);
    }
    company.settle();
    let refused = Skipped::Refused(Rule::RemoveByOther);
    for at in [0, 1] {
        assert_eq!(company.people[at].names(), ["Ana", "Ben"], "it lands at the fifth try");
        let skipped = company.people[at].skipped();
        assert_eq!(skipped.iter().filter(|why| **why == refused).count(), 4, "by all alike");
        assert!(!company.people[at].saw(|event| matches!(event, RoomEvent::ChangeDropped(_))));
    }
    assert!(company.people[2].room().is_removed());

    // The twin: against nobody's races it lands with the first try.
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::Classical);
    let epoch = company.people[0].room().epoch();
    company.sever(0, &["Cleo"]);
    company.settle();
    assert_eq!(company.people[1].room().epoch(), epoch + 1);
    assert_eq!(company.people[1].names(), ["Ana", "Ben"]);
}

/// Cleo's device, ahead of everybody by a chain of commits: each stands before anyone else has read the one before it. So
/// every try of Ana's comes too late until the chain ends; nothing but what a member may deposit bounds its length.
#[test]
fn ei_41_an_honest_commit_outlives_a_chain_of_commits() {
    const CHAIN: u64 = 12;
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::Classical);
    let epoch = company.people[0].room().epoch();
    for link in 1..=CHAIN {
        company.people[2].asks(|ctx, room| room.handle_keys_for_testing(ctx)).unwrap();
        company.deposit_all(2);
        while company.people[2].room().epoch() < epoch + link {
            assert!(company.read_one(2));
        }
    }
    company.sever(0, &["Cleo"]);
    company.settle();
    for at in [0, 1] {
        assert_eq!(company.people[at].room().epoch(), epoch + CHAIN + 1);
        assert_eq!(company.people[at].names(), ["Ana", "Ben"]);
        assert_eq!(company.people[at].skipped(), []);
    }
    assert!(company.people[2].room().is_removed());
}
