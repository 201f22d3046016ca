//! Who comes into a room and who goes, by the client library: real profiles, a real relay.

use std::fs;

use offshift_client::{
    AlarmKind, Care, ClientError, Event, MemberId, MemberView, MessageKind, Method, MotionKind,
    NoteOn, OriginView, Proposal, RoomId, StepView, Term, TermValue,
};
use offshift_tests::{
    people::{Person, found, meet, meet_like, next, until, words},
    relay::LibraryRelay,
};

/// Three founders in a room.
struct Founded {
    folder: tempfile::TempDir,
    relay: LibraryRelay,
    ana: Person,
    ben: Person,
    cleo: Person,
    room: RoomId,
}

impl Founded {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let relay = LibraryRelay::in_memory();
        let ana = Person::new(folder.path(), "ana", &relay.link()).await;
        let ben = Person::new(folder.path(), "ben", &relay.link()).await;
        let cleo = Person::new(folder.path(), "cleo", &relay.link()).await;
        let room = found("Night", &[&ana, &ben, &cleo]).await;
        Self { folder, relay, ana, ben, cleo, room }
    }

    async fn person(&self, name: &'static str) -> Person {
        Person::new(self.folder.path(), name, &self.relay.link()).await
    }

    /// Somebody meets two founders with one card, both vouch, and everyone has read it.
    async fn vouched(&self, name: &'static str) -> Person {
        let dee = self.person(name).await;
        let (to_ben, first) = meet(&self.ben, &dee).await;
        let (to_cleo, _) = meet_like(&self.cleo, &dee, Some(first)).await;
        self.ben.client.vouch(self.room, to_ben).await.unwrap();
        self.cleo.client.vouch(self.room, to_cleo).await.unwrap();
        let two = || async {
            let applicants = self.ana.client.applicants(self.room).await.unwrap();
            applicants.iter().any(|one| one.handle == name && one.vouches.len() == 2).then_some(())
        };
        until(&self.ana, "two vouches", two).await;
        dee
    }

    async fn applicant(&self, name: &str) -> MemberId {
        let applicants = self.ana.client.applicants(self.room).await.unwrap();
        applicants.iter().find(|one| one.handle == name).expect("somebody applies").id
    }

    async fn admitted(&self, name: &'static str) -> Person {
        let dee = self.vouched(name).await;
        let id = self.applicant(name).await;
        self.ana.client.admit(self.room, id, false).await.unwrap();
        dee.is_in(self.room).await;
        for person in [&self.ana, &self.ben, &self.cleo] {
            person.settled().await;
        }
        dee
    }
}

async fn member(person: &Person, room: RoomId, handle: &str) -> Option<MemberView> {
    let members = person.client.members(room).await.unwrap();
    members.into_iter().find(|member| member.handle == handle)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_with_two_vouches_comes_in_and_everyone_sees_by_whom() {
    let all = Founded::new().await;
    all.ana.sends(all.room, "before Dee").await;
    let dee = all.vouched("dee").await;
    assert!(dee.client.rooms().await.unwrap().is_empty(), "nothing before the Welcome");
    let id = all.applicant("dee").await;
    all.ana.client.admit(all.room, id, false).await.unwrap();
    dee.is_in(all.room).await;
    let hello = dee.client.send(all.room, "hello", None, Care::Sensitive).await;
    hello.expect("who has just come in has heard of an organizer");
    for person in [&all.ana, &all.ben, &all.cleo, &dee] {
        person.has_read(all.room, 1).await;
        let seen = until(person, "dee", || member(person, all.room, "dee")).await;
        let OriginView::Vouched(by) = seen.origin else { panic!("by vouches") };
        let mut by: Vec<_> = by.iter().map(|one| (one.handle.as_str(), one.method)).collect();
        by.sort_by_key(|(handle, _)| *handle);
        if person.name != "dee" {
            assert_eq!(by, [("ben", Method::InPerson), ("cleo", Method::InPerson)]);
        }
        assert!(seen.probation_until.is_some() && !seen.is_organizer);
    }
    assert_eq!(dee.texts(all.room).await, ["hello"], "nothing from before");
    // What was said about Dee stands between the messages.
    all.ana.has_read(all.room, 4).await;
    let history = all.ana.client.history(all.room).await.unwrap();
    let sentences: Vec<_> =
        history.iter().filter_map(|one| one.kind.sentence(&one.handle)).collect();
    assert_eq!(
        sentences,
        ["ben vouches for dee (met in person).", "cleo vouches for dee (met in person)."]
    );
    // The card is good for one room.
    let contacts = dee.client.contacts().await.unwrap();
    assert!(contacts.iter().all(|contact| contact.is_used));
    let again = dee.client.meet_show(None, Some(contacts[0].id)).await;
    assert!(matches!(again, Err(ClientError::CardUsed)));
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cli_007_a_meeting_is_vouched_for_in_one_room_only() {
    let all = Founded::new().await;
    let other = found("Day", &[&all.ana, &all.ben]).await;
    let dee = all.person("dee").await;
    let (dee_for_ben, _) = meet(&all.ben, &dee).await;
    all.ben.client.vouch(all.room, dee_for_ben).await.unwrap();
    let elsewhere = all.ben.client.vouch(other, dee_for_ben).await;
    assert_eq!(elsewhere, Err(ClientError::ContactUsed));
    all.ben.client.vouch(all.room, dee_for_ben).await.expect("the twin: the same room again");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_vouch_is_not_enough_and_an_objection_is_asked_about() {
    let all = Founded::new().await;
    let dee = all.person("dee").await;
    let (dee_for_ben, first) = meet(&all.ben, &dee).await;
    all.ben.client.vouch(all.room, dee_for_ben).await.unwrap();
    let waits = || async { all.ana.client.applicants(all.room).await.unwrap().pop() };
    let waiting = until(&all.ana, "an applicant", waits).await;
    assert!(waiting.missing.is_some());
    let to_ben = all.ben.client.applicants(all.room).await.unwrap();
    assert_eq!(to_ben[0].contact, Some(dee_for_ben), "by the key that was compared");
    assert_eq!(waiting.contact, None, "ana did not meet dee");
    let early = all.ana.client.admit(all.room, waiting.id, false).await;
    assert!(matches!(early, Err(ClientError::Refused(_))));
    let (dee_for_cleo, _) = meet_like(&all.cleo, &dee, Some(first)).await;
    all.cleo.client.vouch(all.room, dee_for_cleo).await.unwrap();
    all.cleo.settled().await;
    let mut events = all.ana.client.events();
    all.ben.settled().await;
    all.ben.client.object(all.room, waiting.id, "not from the plant").await.unwrap();
    next(&mut events, |event| match event {
        Event::Objected { by, reason, .. } => {
            assert_eq!((by.as_str(), reason.as_str()), ("ben", "not from the plant"));
            Some(())
        }
        _ => None,
    })
    .await;
    let asked = all.ana.client.admit(all.room, waiting.id, false).await;
    assert_eq!(asked, Err(ClientError::Objections(1)));
    all.ana.client.admit(all.room, waiting.id, true).await.unwrap();
    dee.is_in(all.room).await;
    let history = all.ana.client.history(all.room).await.unwrap();
    let objection = history.iter().find_map(|one| match &one.kind {
        MessageKind::Objection { applicant, .. } => Some(applicant.as_str()),
        _ => None,
    });
    assert_eq!(objection, Some("dee"), "who is in by now is named");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_severed_reads_nothing_more_and_the_exposure_counts_what_they_read() {
    let all = Founded::new().await;
    all.ana.sends(all.room, "before Dee").await;
    let dee = all.admitted("dee").await;
    all.ana.sends(all.room, "with Dee").await;
    all.ben.sends(all.room, "also with Dee").await;
    dee.has_read(all.room, 2).await;
    all.ana.settled().await;
    let id = member(&all.ana, all.room, "dee").await.unwrap().id;
    let before = all.ana.client.exposure(all.room, id).await.unwrap();
    assert_eq!((before.messages, before.until), (2, None));
    let mut dees = dee.client.events();
    let step = all.ana.client.sever(all.room, &[id]).await.unwrap();
    assert_eq!(step, StepView::Committing);
    next(&mut dees, |event| matches!(event, Event::YouWereRemoved { .. }).then_some(())).await;
    all.ana.settled().await;
    all.ana.sends(all.room, "without Dee").await;
    all.ben.settled().await;
    let after = all.ana.client.exposure(all.room, id).await.unwrap();
    assert_eq!((after.handle.as_str(), after.messages, after.unknown), ("dee", 2, 0));
    assert!(after.until.is_some_and(|until| until >= after.from));
    let past = all.ben.client.past_members(all.room).await.unwrap();
    assert_eq!((past.len(), past[0].handle.as_str()), (1, "dee"));
    let dee = dee.reopened().await;
    dee.settled().await;
    assert_eq!(dee.texts(all.room).await, ["with Dee", "also with Dee"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_came_in_by_somebody_severed_is_reviewed_and_vouched_for_again() {
    let all = Founded::new().await;
    let dee = all.admitted("dee").await;
    let bens = member(&all.ana, all.room, "ben").await.unwrap().id;
    all.ana.client.sever(all.room, &[bens]).await.unwrap();
    let reviewed = || async { all.cleo.client.review(all.room).await.unwrap().pop() };
    let reviewed = until(&all.cleo, "a review", reviewed).await;
    assert_eq!(reviewed.handle, "dee");
    let exposure = all.cleo.client.exposure(all.room, bens).await.unwrap();
    assert_eq!((exposure.brought_in, exposure.review), (vec!["dee".into()], vec!["dee".into()]));
    all.ana.client.revouch(all.room, reviewed.id, Method::InPerson).await.unwrap();
    let said = || async {
        let history = all.cleo.client.history(all.room).await.unwrap();
        history.iter().any(|one| matches!(one.kind, MessageKind::Revouched { .. })).then_some(())
    };
    until(&all.cleo, "the word", said).await;
    all.cleo.client.confirm(all.room, reviewed.id).await.unwrap();
    let over = || async { all.ana.client.review(all.room).await.unwrap().is_empty().then_some(()) };
    until(&all.ana, "the end of the review", over).await;
    dee.sends(all.room, "still here").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_members_of_two_branches_recall_an_organizer() {
    let all = Founded::new().await;
    let dan = all.person("dan").await;
    let dans = meet(&all.ana, &dan).await.0;
    all.ana.client.add_founder(all.room, dans, true).await.unwrap();
    dan.is_in(all.room).await;
    let id = until(&all.ana, "dan", || member(&all.ana, all.room, "dan")).await.id;
    let step = all.ana.client.recall(all.room, id).await.unwrap();
    assert_eq!(step, StepView::Waiting { approvals: 1, needed: 3 });
    for (person, approved) in [(&all.ben, 1), (&all.cleo, 2)] {
        let raised = || async {
            let motion = person.client.motions(all.room).await.unwrap().pop()?;
            (motion.approvals.len() == approved).then_some(motion)
        };
        let motion = until(person, "a motion", raised).await;
        assert_eq!(motion.what, MotionKind::Recall("dan".into()));
        person.client.approve(all.room, motion.id).await.unwrap();
    }
    let out = || async { dan.client.room(all.room).await.unwrap().is_removed.then_some(()) };
    until(&dan, "the recall", out).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_put_out_comes_in_again_by_a_new_card_and_new_vouches() {
    let all = Founded::new().await;
    let dee = all.admitted("dee").await;
    all.ana.sends(all.room, "the first time").await;
    dee.has_read(all.room, 1).await;
    let id = member(&all.ana, all.room, "dee").await.unwrap().id;
    all.ana.client.sever(all.room, &[id]).await.unwrap();
    let removed = |is: bool| {
        let dee = &dee;
        move || async move { (dee.client.room(all.room).await.unwrap().is_removed == is).then_some(()) }
    };
    until(&dee, "the removal", removed(true)).await;
    let (dee_for_ben, first) = meet(&all.ben, &dee).await;
    let (dee_for_cleo, _) = meet_like(&all.cleo, &dee, Some(first)).await;
    all.ben.client.vouch(all.room, dee_for_ben).await.unwrap();
    all.cleo.client.vouch(all.room, dee_for_cleo).await.unwrap();
    let ready = || async {
        let applicants = all.ana.client.applicants(all.room).await.unwrap();
        applicants.into_iter().find(|one| one.missing.is_none())
    };
    let ready = until(&all.ana, "two vouches", ready).await;
    assert_ne!(ready.id, id, "a new key");
    all.ana.client.admit(all.room, ready.id, false).await.unwrap();
    until(&dee, "the return", removed(false)).await;
    dee.sends(all.room, "the second time").await;
    let dee = dee.reopened().await;
    dee.settled().await;
    assert_eq!(dee.texts(all.room).await, ["the first time", "the second time"]);
    assert_eq!(all.ana.client.past_members(all.room).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cli_012_a_note_stays_on_its_device_over_a_restart() {
    let all = Founded::new().await;
    let ben = member(&all.ana, all.room, "ben").await.unwrap().id;
    let on = NoteOn::Member(all.room, ben);
    all.ana.client.note(on, "Benjamin from the night shift").await.unwrap();
    assert_eq!(all.ana.client.note(on, &"x".repeat(513)).await, Err(ClientError::BadNote));
    let room = all.room;
    let (ana, cleo) = (all.ana.reopened().await, all.cleo);
    let note = member(&ana, room, "ben").await.unwrap().note;
    assert_eq!(note.as_deref(), Some("Benjamin from the night shift"));
    assert_eq!(member(&cleo, room, "ben").await.unwrap().note, None, "nobody else has it");
    ana.client.note(on, "").await.unwrap();
    assert_eq!(member(&ana, room, "ben").await.unwrap().note, None);
}

/// The first device shows a code for its room, the other scans it, and both say that the words are the same.
async fn link(first: &Person, room: RoomId, other: &Person) -> Result<(), ClientError> {
    let (mut firsts, mut others) = (first.client.events(), other.client.events());
    let shown = first.client.link_show(room).await.unwrap();
    assert!(shown.code.starts_with("offshift:device:"));
    let as_meeting = other.client.meet_scan(&shown.code, None).await;
    assert!(matches!(as_meeting, Err(ClientError::BadCode(_))), "no code for meeting somebody");
    let scanned = other.client.link_scan(&shown.code).await.unwrap();
    assert_eq!(words(&mut firsts, shown.meeting).await, words(&mut others, scanned).await);
    other.client.meet_confirm(scanned, Method::InPerson).await.unwrap();
    first.client.meet_confirm(shown.meeting, Method::InPerson).await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_device_comes_in_by_the_first_and_is_stopped_from_another() {
    let all = Founded::new().await;
    let phone = all.person("ben-phone").await;
    link(&all.ben, all.room, &phone).await.unwrap();
    phone.is_in(all.room).await;
    phone.sends(all.room, "from my phone").await;
    let seen = until(&all.ana, "the phone", || member(&all.ana, all.room, "ben-phone")).await;
    let OriginView::DeviceOf { handle, .. } = &seen.origin else { panic!("a device") };
    assert_eq!(handle, "ben");
    all.ben.settled().await;
    let devices = all.ben.client.devices(all.room).await.unwrap();
    let firsts: Vec<_> = devices.iter().map(|one| (one.is_this, one.is_first)).collect();
    assert_eq!(firsts, [(true, true), (false, false)]);
    let contacts = all.ben.client.contacts().await.unwrap();
    assert!(contacts.iter().any(|one| one.is_own_device && one.is_used));
    // The phone is taken.
    let mut phones = phone.client.events();
    all.ben.client.stop(all.room, seen.id).await.unwrap();
    next(&mut phones, |event| matches!(event, Event::YouWereRemoved { .. }).then_some(())).await;
    let gone = || async { member(&all.ana, all.room, "ben-phone").await.is_none().then_some(()) };
    until(&all.ana, "the removal of the phone", gone).await;
    assert!(member(&all.ana, all.room, "ben").await.is_some(), "the twin: its owner stays");
    assert!(all.ana.client.review(all.room).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_need_two_organizers() {
    let all = Founded::new().await;
    let dee = all.admitted("dee").await;
    let [cleos, dees] = ["cleo", "dee"].map(|handle| member(&all.ana, all.room, handle));
    let both = [cleos.await.unwrap().id, dees.await.unwrap().id];
    let step = all.ana.client.sever(all.room, &both).await.unwrap();
    assert_eq!(step, StepView::Waiting { approvals: 1, needed: 2 });
    let motion = || async { all.ben.client.motions(all.room).await.unwrap().pop() };
    let motion = until(&all.ben, "a motion", motion).await;
    let MotionKind::Sever(mut handles) = motion.what else { panic!("a removal") };
    handles.sort();
    assert_eq!((handles, motion.is_approved_by_you), (vec!["cleo".into(), "dee".into()], false));
    let mut dees = dee.client.events();
    let step = all.ben.client.approve(all.room, motion.id).await.unwrap();
    assert_eq!(step, StepView::Committing);
    next(&mut dees, |event| matches!(event, Event::YouWereRemoved { .. }).then_some(())).await;
    let two =
        || async { (all.ana.client.members(all.room).await.unwrap().len() == 2).then_some(()) };
    until(&all.ana, "the removal of both", two).await;
    let gone = all.ana.client.approve(all.room, motion.id).await;
    assert_eq!(gone, Err(ClientError::UnknownMotion));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_is_changed_by_two_organizers_and_shows_what_is_coming() {
    let all = Founded::new().await;
    let value = |term: Term, text: &str| (term, term.value(text).unwrap());
    let wish = vec![value(Term::Vouches, "3"), value(Term::VouchBudget, "5")];
    let step = all.ana.client.propose(all.room, Proposal::Terms(wish)).await.unwrap();
    assert_eq!(step, StepView::Waiting { approvals: 1, needed: 2 });
    let motion = || async { all.ben.client.motions(all.room).await.unwrap().pop() };
    let motion = until(&all.ben, "a motion", motion).await;
    assert_eq!(motion.what.to_string(), "change the policy: vouches 3, vouch-budget 5");
    let mut bens = all.ben.client.events();
    all.ben.client.approve(all.room, motion.id).await.unwrap();
    next(&mut bens, |event| matches!(event, Event::MotionCarried { .. }).then_some(())).await;
    let policy = all.ben.client.policy(all.room).await.unwrap();
    let of = |wanted: Term| policy.terms.iter().find(|one| one.term == wanted).unwrap();
    let budget = of(Term::VouchBudget).coming.expect("loosening binds later");
    assert_eq!((of(Term::VouchBudget).value, budget.0), (TermValue::Count(3), TermValue::Count(5)));
    assert_eq!(of(Term::Vouches).range, (TermValue::Count(2), TermValue::Count(8)));
    let beyond = vec![value(Term::Vouches, "1")];
    let beyond = all.ana.client.propose(all.room, Proposal::Terms(beyond)).await;
    assert!(matches!(beyond, Err(ClientError::Refused(_))), "the floor holds");
}

#[tokio::test(flavor = "multi_thread")]
async fn pt_62_a_profile_that_was_put_back_is_noticed_and_comes_back_by_itself() {
    let Founded { folder, relay: _relay, ana, ben, cleo, room } = Founded::new().await;
    ana.sends(room, "before").await;
    ben.has_read(room, 1).await;
    let ben = ben.reopened().await;
    ben.client.close().await;
    let (vault, copy) = (ben.directory.join("vault"), folder.path().join("copy"));
    fs::copy(&vault, &copy).unwrap();
    let ben = ben.reopened().await;
    ben.sends(room, "forgotten").await;
    ana.has_read(room, 2).await;
    ben.client.close().await;
    fs::copy(&copy, &vault).unwrap();
    let ben = ben.reopened().await;
    let mut bens = ben.client.events();
    let alarm = || async { ben.client.alarms().await.unwrap().pop() };
    let alarm = until(&ben, "an alarm", alarm).await;
    assert_eq!(
        (alarm.kind, alarm.room.clone()),
        (AlarmKind::RolledBack, Some((room, "Night".into())))
    );
    let back = || async { (!ben.client.room(room).await.unwrap().is_lost).then_some(()) };
    until(&ben, "the return", back).await;
    next(&mut bens, |event| matches!(event, Event::Returned { .. }).then_some(())).await;
    ben.sends(room, "back").await;
    for person in [&ana, &cleo] {
        person.has_read(room, 3).await;
        assert_eq!(person.texts(room).await, ["before", "forgotten", "back"]);
    }
    assert_eq!(ben.texts(room).await, ["before", "back"], "the gap stays");
    let ben = ben.reopened().await;
    let kept = ben.client.alarms().await.unwrap();
    assert!(kept.iter().any(|kept| kept.kind == AlarmKind::RolledBack), "it is kept");
    assert!(ana.client.alarms().await.unwrap().is_empty(), "the twin: nobody else was put back");
}
