//! Somebody who was expelled: reads on (EM-50), writes on (EM-51), comes back by what is left (EM-52) or by a friend
//! (EM-53), and looks for the others in a later disk (EM-54).

use offshift_protocol::{
    inbox::InboxCard,
    meeting::{BadCode, Meeting, MeetingCode},
    room::{Care, ChangeRefused, Forbidden, Motion, RoomEvent, Rule, Skipped, Suite, key_package},
};
use offshift_wire::{
    Address, Life, MemberId, Position,
    admission::{Act, DeviceLink, RejoinProof},
    card::InboxCardBytes,
    inbox::{InboxMessage, Rejoin},
};

use crate::{
    company::{Company, DAY_MS, HOUR_MS, text},
    person::Person,
    vouches::{admission, word},
};

/// Ana, Ben and Cleo; Cleo's device as it was in the room; then Ben severed her and people talked on.
fn expelled() -> (Company, Person, Address) {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::XWing);
    company.send(0, "with Cleo");
    company.settle();
    let cleo = company.people[2].copy(61);
    let before = company.address(2);
    company.sever(1, &["Cleo"]);
    company.settle();
    company.send(0, "without Cleo");
    company.send(1, "indeed");
    company.settle();
    (company, cleo, before)
}

/// OS-CHA-002.
#[test]
fn em_50_who_was_severed_decrypts_nothing_after_the_commit() {
    let (company, mut cleo, before) = expelled();
    assert_eq!(company.people[0].texts(), ["with Cleo", "without Cleo", "indeed"], "the twin");
    assert_eq!(cleo.texts(), ["with Cleo"]);
    let now = company.address(0);
    for (_, envelope) in company.relay.tap() {
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

#[test]
fn em_50_who_was_recalled_decrypts_nothing_after_the_commit() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo", "Dan"], Suite::Classical);
    let (old, before) = (company.people[0].copy(62), company.address(0));
    let ana = company.people[0].id();
    for member in [1, 2, 3] {
        company.people[member].asks(|ctx, room| room.handle_recall(ctx, ana)).unwrap();
        company.settle();
    }
    company.send(1, "without Ana");
    company.settle();
    assert_eq!(company.people[3].texts(), ["without Ana"], "the twin");
    let (mut ana, now) = (old, company.address(1));
    for (_, envelope) in company.relay.tap() {
        for address in [now, before] {
            ana.hand(&address, Position::new(u64::MAX / 2), &envelope);
            let id = ana.room().id();
            ana.reload(id);
        }
    }
    assert!(ana.texts().is_empty());
}

/// OS-CHA-002.
#[test]
fn em_51_old_capabilities_name_no_new_address_and_the_old_channel_is_void() {
    let (mut company, mut cleo, before) = expelled();
    let now = company.address(0);
    assert_ne!(now, before);
    cleo.asks(|ctx, room| room.handle_send(ctx, text("still here"), Care::Ordinary)).unwrap();
    for outgoing in std::mem::take(&mut cleo.waiting).into_values() {
        assert_eq!(outgoing.to.address(), before, "all that the old secrets can name");
        // By the old capability into the old channel; by the relay's favour into the new one.
        company.deposits(2, &outgoing.to, outgoing.envelope.bytes().to_vec());
        company.append(now, outgoing.envelope);
    }
    for (at, envelope) in company.log(&before) {
        company.people[0].hand(&before, at, &envelope);
    }
    company.settle();
    assert_eq!(company.people[0].texts(), ["with Cleo", "without Cleo", "indeed"]);
    assert_eq!(company.people[0].skipped(), [Skipped::NotSealed], "even where a relay lets it in");
    company.send(1, "the twin");
    company.settle();
    assert_eq!(company.people[0].texts().last().unwrap(), "the twin");
}

#[test]
fn em_51_a_removal_by_somebody_who_may_not_is_skipped_by_all() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::Classical);
    let ana = company.people[0].id();
    let out = Forbidden { act: Act::Sever(Vec::new()), removes: vec![ana], ..Forbidden::keys() };
    company.all_refuse(2, out, Rule::RemoveByOther);
    company.sever(1, &["Cleo"]);
    company.settle();
    assert_eq!(company.people[0].names(), ["Ana", "Ben"], "the twin: by an organizer");
}

/// Dee came in by the words of Ana and Cleo; Ben severed her. Her device keeps what it had and is told nothing.
struct Out {
    company: Company,
    dee: usize,
    key: MemberId,
}

impl Out {
    fn severed() -> Self {
        let mut company = Company::of(&["Ana", "Ben", "Cleo", "Dan"], Suite::Classical);
        let dee = company.newcomer("Dee");
        company.let_in([0, 2], dee);
        let key = company.people[dee].id();
        company.people[dee].away = true;
        company.clock.pass_ms(HOUR_MS);
        company.sever(1, &["Dee"]);
        company.settle();
        assert_eq!(company.people[0].names().len(), 4);
        Self { company, dee, key }
    }

    /// Dee's device asks Ana's, sealed and signed as ever.
    fn wishes(&mut self, who: usize) {
        let (key, package, room, wish) = self.wish(who);
        let ana = self.company.people[0].id();
        let members = self.company.people[0].room().members(self.company.clock.now());
        let info = members.into_iter().find(|member| member.id == ana).unwrap().info;
        let card = InboxCard::decode(&info.inbox).unwrap();
        let person = &mut self.company.people[who];
        let statement = offshift_protocol::admission::signed::Statement::rejoin(
            &room,
            &key,
            &package,
            wish.proof.signed_at,
        );
        let signature = person.room().sign_for_testing(&statement);
        let proof = RejoinProof { signature, ..wish.proof };
        let message = InboxMessage::Rejoin(Rejoin { proof, ..wish });
        // The card that brought a person in is in the leaf.
        let inbox = person.applications.len() - 1;
        let from = person.applications[if person.newcomer { 0 } else { inbox }]
            .inbox()
            .sender_key()
            .unwrap();
        let mut ctx = offshift_protocol::Context {
            now: person.clock.now(),
            rng: &mut person.rng,
            outbox: &mut person.outbox,
        };
        for out in card.send(&mut ctx, from, &message, Life::D7).unwrap() {
            self.company.deposits(who, &out.to, out.envelope.bytes().to_vec());
        }
        self.company.settle();
    }

    fn wish(
        &mut self,
        who: usize,
    ) -> (MemberId, [u8; 32], offshift_protocol::room::RoomId, Rejoin) {
        use sha2::Digest as _;
        let now = self.company.clock.now();
        let person = &mut self.company.people[who];
        let (key, room, epoch) = (person.id(), person.room().id(), person.room().epoch());
        let suite = person.room().suite();
        let own = person.room().members(now).into_iter().find(|member| member.own).unwrap().info;
        let made =
            person.with(|ctx, room| room.unwrap().key_package_for_testing(ctx, &own)).unwrap();
        assert!(key_package::inspect(suite, &made).is_ok());
        let package = sha2::Sha256::digest(&made).into();
        let proof = RejoinProof { signed_at: now, signature: [0; 64] };
        let last = Position::new(now.0 * 1000);
        (key, package, room, Rejoin { room, key_package: made.into(), epoch, last, proof })
    }
}

#[test]
fn em_52_an_old_vouch_and_an_old_key_package_lead_nowhere() {
    let Out { mut company, dee, key } = Out::severed();
    let read = company.people[0].vouches_read(&key, Suite::Classical);
    let old: Vec<_> = read.into_iter().map(|one| one.vouch).collect();
    assert_eq!(old.len(), 2, "the very words that brought Dee in");
    let forbidden = admission(&company, dee, old);
    company.all_refuse(0, forbidden, Rule::Denied);
    let found = Forbidden {
        act: Act::Found(Vec::new()),
        adds: vec![company.package_of(dee)],
        ..Forbidden::keys()
    };
    company.all_refuse(0, found, Rule::NotFounding);
    let eve = company.newcomer("Eve");
    company.let_in([0, 2], eve);
}

#[test]
fn em_52_an_old_code_and_the_words_for_an_old_key_lead_nowhere_for_a_new_one() {
    let Out { mut company, key, .. } = Out::severed();
    // The code of the meeting at which Dee's card was shown.
    let link = company.relay.link(0);
    let mine = company.people[0].application();
    let (shown, _) = company.people[0].with(|ctx, _| Meeting::show(ctx, &link, mine));
    let code = shown.code().to_string();
    company.clock.pass_ms(2 * HOUR_MS);
    let again = company.newcomer("Dee again");
    let theirs = company.people[again].application();
    let parsed: MeetingCode = code.parse().ok().unwrap();
    let scanned = company.people[again].with(|ctx, _| Meeting::scan(ctx, parsed, theirs).err());
    assert_eq!(scanned, Some(BadCode::Expired));
    // Dee's friend shows a fresh key, and has the old words for the old one.
    let read = company.people[0].vouches_read(&key, Suite::Classical);
    let old = read.into_iter().map(|one| one.vouch).collect();
    let forbidden = admission(&company, again, old);
    company.all_refuse(0, forbidden, Rule::VouchSignature);
    company.let_in([1, 3], again);
}

#[test]
fn em_52_a_wish_to_come_back_is_heard_by_no_device_and_refused_by_all() {
    let mut out = Out::severed();
    let (epoch, dee) = (out.company.people[0].room().epoch(), out.dee);
    out.wishes(dee);
    assert_eq!(out.company.people[0].room().epoch(), epoch, "Ana's device does nothing by itself");
    // A friendly organizer commits it nevertheless.
    let (_, _, _, wish) = out.wish(dee);
    let cleo = out.company.id_of(0, "Cleo");
    for (removes, rule) in [(Vec::new(), Rule::OneChange), (vec![cleo], Rule::RejoinOther)] {
        let (act, adds) = (Act::Rejoin(wish.proof.clone()), vec![wish.key_package.to_vec()]);
        let back = Forbidden { act, adds, removes, policy: None };
        out.company.all_refuse(0, back, rule);
    }
    let (epoch, dan) = (out.company.people[0].room().epoch(), 3);
    out.wishes(dan);
    assert_eq!(out.company.people[1].room().epoch(), epoch + 1, "the twin: Dan may");
    assert!(
        out.company.people[1]
            .saw(|event| matches!(event, RoomEvent::Rejoined { handle, .. } if handle == "Dan"))
    );
}

#[test]
fn em_52_a_second_device_of_the_severed_is_refused_by_every_device() {
    let Out { mut company, dee, key } = Out::severed();
    let phone = company.newcomer("Dee's phone");
    let now = company.clock.now();
    let (device, package) = (company.key_of(phone), company.package_of(phone));
    let hash = <sha2::Sha256 as sha2::Digest>::digest(&package).into();
    let person = company.people[dee].room();
    let statement = offshift_protocol::admission::signed::Statement::device(
        &person.id(),
        &device,
        &hash,
        &key,
        now,
    );
    let link =
        DeviceLink { by: key, signed_at: now, signature: person.sign_for_testing(&statement) };
    let act = Act::Device(link);
    let linked = Forbidden { act, adds: vec![package.clone()], ..Forbidden::keys() };
    company.all_refuse(0, linked, Rule::DeviceByOther);
    // The twin: a member links such a device, signed alike.
    let dan = company.people[3].room();
    let by = dan.own_id();
    let statement = offshift_protocol::admission::signed::Statement::device(
        &dan.id(),
        &device,
        &hash,
        &by,
        now,
    );
    let mut bent = DeviceLink { by, signed_at: now, signature: dan.sign_for_testing(&statement) };
    bent.signature[0] ^= 1;
    let bent = Forbidden { act: Act::Device(bent), adds: vec![package], ..Forbidden::keys() };
    company.all_refuse(3, bent, Rule::DeviceLink);
    company.link_device(3, phone).unwrap();
    company.settle();
    assert!(company.people[0].names().contains(&"Dee's phone".to_owned()));
}

#[test]
fn em_52_all_devices_of_a_severed_person_are_out() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo", "Dan"], Suite::Classical);
    let phone = company.newcomer("Dan's phone");
    company.link_device(3, phone).unwrap();
    company.settle();
    assert!(company.people[phone].room.is_some(), "the twin: both are in");
    let dan = company.people[3].id();
    let out = Forbidden { act: Act::Sever(Vec::new()), removes: vec![dan], ..Forbidden::keys() };
    company.all_refuse(0, out, Rule::RemovedInPart);
    company.sever(0, &["Dan"]);
    company.settle();
    assert_eq!(company.people[0].names(), ["Ana", "Ben", "Cleo"]);
    assert!(company.people[3].room().is_removed() && company.people[phone].room().is_removed());
}

#[test]
fn em_53_a_friendly_organizer_brings_nobody_back_until_two_lift_it() {
    let Out { mut company, dee, key } = Out::severed();
    company.people[dee].away = false;
    company.people[dee].room = None;
    for by in [0, 2] {
        let refused = company.vouch(by, dee).unwrap_err();
        assert_eq!(refused, ChangeRefused::Rule(Rule::Denied), "an honest device says so at once");
    }
    let read = company.people[0].vouches_read(&key, Suite::Classical);
    let old: Vec<_> = read.into_iter().map(|one| one.vouch).collect();
    let fresh = vec![word(&company, 0, dee), word(&company, 2, dee), word(&company, 3, dee)];
    let forbidden = admission(&company, dee, fresh);
    company.all_refuse(0, forbidden, Rule::Denied);
    let alone = Forbidden { act: Act::Decide(Motion::Lift(key), Vec::new()), ..Forbidden::keys() };
    company.all_refuse(0, alone, Rule::TooFewApprovals);
    company.clock.pass_ms(1000);
    for organizer in [0, 1] {
        let lift = Motion::Lift(key);
        company.people[organizer].asks(|ctx, room| room.handle_propose(ctx, lift)).unwrap();
        company.settle();
    }
    let forbidden = admission(&company, dee, old);
    company.all_refuse(0, forbidden, Rule::VouchTime);
    company.let_in([0, 2], dee);
    assert_eq!(company.people[3].names().len(), 5, "the twin: two lifted it, two vouched anew");
}

/// What a later image of the relay's disk and all old secrets tell of who is in the room now.
#[test]
fn em_54_old_secrets_and_a_later_disk_do_not_tell_the_roster() {
    let (mut company, cleo, before) = expelled();
    company.clock.pass_ms(DAY_MS);
    let dee = company.newcomer("Deodata");
    company.let_in([0, 1], dee);
    company.send(dee, "good to be here");
    company.settle();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    company.image(&data);
    let image: Vec<u8> = files(&data);
    let holds = |bytes: &[u8]| image.windows(bytes.len()).any(|window| window == bytes);
    assert!(image.len() > 100_000, "the control: everything lies there");
    let room = company.people[0].room();
    for member in room.members(company.clock.now()) {
        let inbox = InboxCardBytes::decode(&member.info.inbox).unwrap();
        assert!(!holds(member.id.as_bytes()) && !holds(&inbox.dh));
    }
    assert!(!holds(room.id().as_bytes()) && !holds(b"night shift") && !holds(b"Deodata"));
    // Cleo's old device is given all of it, whatever the address.
    let mut cleo = cleo;
    let now = company.address(0);
    for (to, envelope) in company.relay.tap() {
        for address in [to, now, before] {
            cleo.hand(&address, Position::new(u64::MAX / 2), &envelope);
            let id = cleo.room().id();
            cleo.reload(id);
        }
    }
    assert!(!cleo.names().contains(&"Deodata".to_owned()));
    assert_ne!(cleo.room().address(), Some(&now), "nor the address of now");
    // The twin: Ana's secrets of that time are the present ones, and the same disk tells her.
    let mut ana = company.people[0].copy(63);
    let newest = company.log(&now).pop().unwrap();
    ana.hand(&now, newest.0, &newest.1);
    assert!(ana.names().contains(&"Deodata".to_owned()));
    assert_eq!(company.people[0].texts().last().unwrap(), "good to be here");
}

/// All bytes of all files.
fn files(folder: &std::path::Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.extend(std::fs::read(path).unwrap());
        }
    }
    all
}
