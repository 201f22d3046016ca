//! A relay that shows different people different things, or nothing: missing messages (RO-06), a fork (RO-07), a
//! withheld removal (RO-08), times that are not so (RO-14).

use offshift_protocol::room::{
    Alarm, Care, Forbidden, RoomEvent, RoomState, Rule, SendRefused, Skipped, Suite,
};
use offshift_tests::liar::Held;
use offshift_wire::{Address, admission::Act};

use crate::{
    company::{Company, DAY_MS, HOUR_MS, text},
    person::Person,
};

const MONTH_MS: i64 = 30 * 24 * 3_600_000;

/// Ana and Ben see one face of the relay, Cleo and Dan the other. Three of them are organizers.
fn two_halves() -> Company {
    Company::of_organizers(&["Ana", "Ben", "Cleo", "Dan"], 3, Suite::Classical, &[0, 0, 1, 1])
}

fn alarms(person: &Person) -> Vec<Alarm> {
    let alarm = |event: &RoomEvent| match event {
        RoomEvent::Alarm(alarm) => Some(alarm.clone()),
        _ => None,
    };
    person.events.iter().filter_map(alarm).collect()
}

fn sending(company: &mut Company, who: usize, care: Care) -> Result<(), SendRefused> {
    company.people[who].asks(|ctx, room| room.handle_send(ctx, text("hello?"), care))
}

impl Company {
    fn shows(&mut self, held: Vec<Held>) {
        for one in held {
            self.block_on(self.relay.show(one));
        }
        self.settle();
    }

    fn inboxes_of(&self, who: usize) -> Vec<Address> {
        let all = self.people[who].applications.iter();
        all.map(|one| one.inbox().source().access.address()).collect()
    }
}

fn gap(missing: u32) -> Alarm {
    Alarm::Gap { sender: "Ana".into(), missing }
}

#[test]
fn ro_06_a_message_that_is_withheld_shows_with_the_next_one() {
    let mut company = two_halves();
    let address = company.address(0);
    company.send(0, "one");
    company.settle();
    company.relay.part(address);
    company.send(0, "two");
    company.settle();
    company.relay.unite(&address);
    company.send(0, "three");
    company.settle();
    assert_eq!(company.people[3].texts(), ["one", "three"]);
    assert_eq!(alarms(&company.people[3]), [gap(1)]);
    assert_eq!(alarms(&company.people[1]), [], "the twin: Ben was shown everything");
    assert_eq!(company.people[1].texts(), ["one", "two", "three"]);
}

#[test]
fn ro_06_the_last_message_that_is_withheld_shows_within_the_checkpoint_period() {
    let mut company = two_halves();
    let address = company.address(0);
    company.send(0, "one");
    company.settle();
    company.pass(HOUR_MS);
    company.relay.part(address);
    company.send(0, "six o'clock");
    company.settle();
    company.relay.unite(&address);
    // Ana's device says daily to two others, chosen at random, how much it wrote.
    company.pass(3 * DAY_MS);
    for missed in [2, 3] {
        assert_eq!(company.people[missed].texts(), ["one"]);
    }
    let told = [2, 3].into_iter().filter(|at| alarms(&company.people[*at]).contains(&gap(1)));
    assert!(told.count() >= 1, "a device of that half says so");
    assert!(!alarms(&company.people[1]).contains(&gap(1)), "the twin: Ben was shown it");
}

#[test]
fn ro_06_reordered_messages_show_as_a_gap_and_are_read_when_they_come() {
    let mut company = two_halves();
    let address = company.address(0);
    company.relay.part(address);
    for words in ["one", "two", "three"] {
        company.send(0, words);
        company.settle();
    }
    let mut held = company.relay.take_held();
    held.reverse();
    company.shows(held);
    assert_eq!(company.people[3].texts(), ["three", "two", "one"]);
    assert_eq!(alarms(&company.people[3]), [gap(2)]);
    assert_eq!(alarms(&company.people[1]), [], "the twin: in order");
}

/// Each half gets another commit as the end of the same epoch.
fn forked() -> Company {
    let mut company = two_halves();
    company.relay.part(company.address(0));
    for who in [0, 2] {
        company.people[who].asks(|ctx, room| room.handle_keys_for_testing(ctx)).unwrap();
    }
    company.settle();
    let [one, other] = [0, 2].map(|who| company.people[who].room().epoch());
    assert_eq!(one, other);
    assert_ne!(company.address(0), company.address(2));
    company
}

#[test]
fn ro_07_a_forked_room_raises_alarm_in_both_halves_which_stop_writing() {
    let mut company = forked();
    company.pass(3 * DAY_MS);
    for who in 0..4 {
        let is_fork = |alarm: &Alarm| matches!(alarm, Alarm::Fork { .. });
        assert!(alarms(&company.people[who]).iter().any(is_fork), "{who}");
        assert!(matches!(company.people[who].room().state(), RoomState::Forked { .. }));
        for care in [Care::Ordinary, Care::Sensitive] {
            assert_eq!(sending(&mut company, who, care), Err(SendRefused::Forked));
        }
    }
}

#[test]
fn ro_07_a_room_that_is_not_forked_raises_none() {
    let mut company = two_halves();
    company.people[0].asks(|ctx, room| room.handle_keys_for_testing(ctx)).unwrap();
    company.pass(3 * DAY_MS);
    for who in 0..4 {
        assert_eq!(alarms(&company.people[who]), [], "{who}");
        assert_eq!(sending(&mut company, who, Care::Sensitive), Ok(()));
        company.settle();
    }
    assert_eq!(company.people[3].texts().len(), 4);
}

/// Ana's device and the relay work together: she makes two commits, it shows each half one.
#[test]
fn ro_07_mi_72_an_organizer_and_the_relay_that_fork_a_room_are_found_out() {
    let mut company = two_halves();
    let (address, dan) = (company.address(0), company.people[3].id());
    let now = company.clock.now();
    company.people[0].away = true;
    for (face, removes) in [(0, vec![dan]), (1, Vec::new())] {
        let act = if removes.is_empty() { Act::Keys } else { Act::Sever(Vec::new()) };
        let policy = (!removes.is_empty()).then(|| company.policy_without(0, dan));
        let what = Forbidden { act, adds: Vec::new(), removes, policy };
        let envelopes = company.people[0]
            .with(|ctx, room| room.unwrap().dangerous_commit_for_testing(ctx, what, now).unwrap());
        for envelope in envelopes {
            company.put(face, address, envelope);
        }
    }
    company.settle();
    assert_eq!(company.people[1].names().len(), 3, "Ben believes that Dan is out");
    assert_eq!(company.people[3].names().len(), 4, "Dan believes that he is in");
    company.pass(3 * DAY_MS);
    for who in [1, 2] {
        assert!(matches!(company.people[who].room().state(), RoomState::Forked { .. }), "{who}");
    }
    // Ben's device has nothing to say to Dan's any more; that organizers are silent is what Dan's device tells.
    assert!(alarms(&company.people[3]).contains(&Alarm::Stale));
    assert_eq!(sending(&mut company, 3, Care::Sensitive), Err(SendRefused::Stale));
}

/// Ana severs Eli; the relay keeps this, and everything that comes after it, from Dan.
fn withheld(inboxes_too: bool) -> Company {
    let names = ["Ana", "Ben", "Cleo", "Dan", "Eli"];
    let mut company = Company::of_organizers(&names, 3, Suite::Classical, &[0, 0, 0, 1, 0]);
    company.pass(2 * HOUR_MS);
    company.relay.part(company.address(0));
    let inboxes = company.inboxes_of(3);
    inboxes.into_iter().filter(|_| inboxes_too).for_each(|inbox| company.relay.part(inbox));
    company.sever(0, &["Eli"]);
    company.settle();
    assert_eq!(company.people[3].names().len(), 5, "Dan knows nothing of it");
    company
}

#[test]
fn ro_08_who_is_kept_from_a_removal_says_so_after_48_hours_and_sends_nothing_sensitive() {
    let mut company = withheld(true);
    company.pass(40 * HOUR_MS);
    assert_eq!(sending(&mut company, 3, Care::Sensitive), Ok(()), "the control: not at once");
    company.pass(12 * HOUR_MS);
    assert!(alarms(&company.people[3]).contains(&Alarm::Stale));
    assert_eq!(sending(&mut company, 3, Care::Sensitive), Err(SendRefused::Stale));
    assert_eq!(sending(&mut company, 3, Care::Ordinary), Ok(()));
    for who in [0, 1, 2] {
        assert!(!alarms(&company.people[who]).contains(&Alarm::Stale), "the twin: {who}");
        assert_eq!(sending(&mut company, who, Care::Sensitive), Ok(()));
    }
}

#[test]
fn ro_08_who_is_kept_from_the_channel_only_hears_of_it_through_the_inbox() {
    let mut company = withheld(false);
    company.pass(3 * DAY_MS);
    let events = alarms(&company.people[3]);
    assert!(events.contains(&Alarm::Behind), "{events:?}");
    let back = |event: &RoomEvent| matches!(event, RoomEvent::Returned { .. });
    assert!(company.people[3].saw(back), "an organizer's device lets it back in");
    assert!(!company.people[3].names().contains(&"Eli".to_owned()));
}

/// The relay turns its clock, and repeats what organizers said: it signs nothing of theirs anew.
#[test]
fn ro_08_old_words_of_organizers_make_nothing_fresh() {
    let mut company = withheld(true);
    let (address, tap) = (company.address(3), company.relay.tap());
    company.pass(47 * HOUR_MS);
    for (to, envelope) in tap.into_iter().filter(|(to, _)| *to == address) {
        company.put(1, to, envelope);
    }
    company.pass(5 * HOUR_MS);
    assert!(alarms(&company.people[3]).contains(&Alarm::Stale));
    assert_eq!(sending(&mut company, 3, Care::Sensitive), Err(SendRefused::Stale));
}

#[test]
fn ro_14_a_commit_that_is_served_after_its_time_binds_nobody() {
    for (hours, binds) in [(1, true), (3, false)] {
        let mut company = two_halves();
        company.relay.part(company.address(0));
        company.sever(0, &["Ben"]);
        company.settle();
        let held = company.relay.take_held();
        company.clock.pass_ms(hours * HOUR_MS);
        company.shows(held);
        let out = !company.people[3].names().contains(&"Ben".to_owned());
        assert_eq!(out, binds, "after {hours} hours; the twin is within two");
        let refused = company.people[3].skipped().contains(&Skipped::Refused(Rule::CommitTime));
        assert_eq!(refused, !binds);
    }
}

#[test]
fn ro_14_an_envelope_that_is_served_after_the_epoch_of_its_keys_does_not_open() {
    let mut company = two_halves();
    let address = company.address(0);
    company.relay.part(address);
    company.send(0, "meet at six");
    company.settle();
    let held = company.relay.take_held();
    company.relay.unite(&address);
    company.people[1].asks(|ctx, room| room.handle_keys_for_testing(ctx)).unwrap();
    company.settle();
    let now = company.address(3);
    for one in held {
        company.put(1, now, one.deposit.envelope);
    }
    company.settle();
    assert!(company.people[3].texts().is_empty());
    assert_eq!(company.people[3].skipped(), [Skipped::NotSealed]);
    assert_eq!(alarms(&company.people[3]), []);
    company.send(0, "meet at seven");
    company.settle();
    assert_eq!(company.people[3].texts(), ["meet at seven"], "the twin");
}

#[test]
fn ro_14_a_relay_whose_clock_is_wrong_by_30_days_changes_no_room() {
    for ahead_ms in [MONTH_MS, -MONTH_MS] {
        let mut company = Company::at_a_relay_ahead(ahead_ms, &["Ana", "Ben", "Cleo", "Dan"]);
        let before = company.people[0].room().epoch();
        company.moves_to_face(1);
        company.sever(0, &["Cleo"]);
        company.settle();
        let dropped =
            |event: &RoomEvent| matches!(event, RoomEvent::ChangeDropped(Rule::CommitTime));
        assert!(company.people[0].saw(dropped), "Ana is told");
        for person in &company.people {
            assert_eq!((person.room().epoch(), person.names().len()), (before, 4));
        }
        company.send(1, "still here");
        company.settle();
        assert_eq!(company.people[3].texts(), ["still here"], "nothing expires, and people talk");
        assert!(!company.people[3].room().is_stale(company.clock.now()));
    }
    let mut company = Company::at_a_relay_ahead(0, &["Ana", "Ben", "Cleo", "Dan"]);
    company.moves_to_face(1);
    company.sever(0, &["Cleo"]);
    company.settle();
    assert_eq!(company.people[3].names().len(), 3, "the twin: at the right time");
}

#[test]
fn ro_14_a_vouch_lives_as_long_as_its_own_times_say() {
    let mut company = Company::at_a_relay_ahead(-MONTH_MS, &["Ana", "Ben", "Cleo", "Dan"]);
    let (eve, fay) = (company.newcomer("Eve"), company.newcomer("Fay"));
    company.moves_to_face(1);
    company.vouch(0, eve).unwrap();
    company.vouch(2, eve).unwrap();
    company.settle();
    let now = company.clock.now();
    let until = company.people[3].room().applicants(now)[0].until;
    assert_eq!(until, now.plus_ms(14 * DAY_MS), "by the vouches, not by the relay");
    company.moves_to_face(0);
    company.settle();
    company.admit(0, eve).unwrap();
    company.settle();
    assert_eq!(company.people[3].names().len(), 5, "the twin: counted by their own times");
    company.vouch(0, fay).unwrap();
    company.vouch(2, fay).unwrap();
    company.settle();
    company.pass(14 * DAY_MS + 1);
    assert!(company.people[3].room().applicants(company.clock.now()).is_empty());
    company.admit(0, fay).unwrap_err();
    assert!(company.people[fay].room.is_none());
}
