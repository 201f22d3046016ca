//! Vouching: a member's word for somebody whom they met, the board on which it stands, and the admission by it.
//!
//! ```text
//! handle_vouch  -> Content::Vouched(key package, vouch, introduction) -> every member's board -> Applicant
//! handle_object -> Content::Objection                                -----^
//! handle_admit  -> Act::Admit with the vouches that count -> commit -> Welcome with their introductions
//! ```
//! An introduction is an envelope for the applicant's inbox that tells this room and the voucher's key in it. It goes
//! through the room and comes to light with the Welcome only, so an applicant learns nothing before (EI-36).
//!
//! Never: an admission because something was read. A person asks for each (OS-JOI-003).

use bytes::Bytes;
use offshift_wire::{
    MemberId, UnixMillis,
    admission::{Act, Vouch},
    content::{Content, Objection, Vouched},
    inbox::{InboxMessage, Introduction},
    limits::REASON_BYTES_MAX,
    room::MemberInfo,
    standing::{Method, State},
};

use super::{
    board::{Applying, Board, Entry, until},
    errors::ChangeRefused,
    event::RoomEvent,
    intent::{Intent, Invite},
    key_package::inspect,
    mls::facts::newcomer,
    state::{Builder, Room},
};
use crate::{
    admission::{
        Case, Newcomer, Rule, Subject, Table, check_vouch, decide,
        signed::{Met, Statement},
        terms::{binding, terms_hash},
    },
    bug::Bug,
    card::{Application, Contact, Purpose},
    context::Context,
    effect::Effects,
    inbox::InboxCard,
    limits::BOARD_VOUCHES_EACH_MAX,
};

/// Somebody who was met, and which of ours they have.
#[derive(Clone, Copy)]
pub struct Introduce<'a> {
    /// Them.
    pub contact: &'a Contact,
    /// Our application that they were shown: by its inbox they know this device.
    pub application: &'a Application,
}

/// Somebody who was vouched for and is not in the room.
#[derive(Clone, PartialEq, Eq)]
pub struct Applicant {
    /// The key that they would have in this room.
    pub id: MemberId,
    /// Their handle.
    pub handle: String,
    /// Who vouches.
    pub vouches: Vec<GivenVouch>,
    /// Who objects, and why.
    pub objections: Vec<(String, String)>,
    /// What every device would say if an organizer admitted them now with the vouches that count.
    pub ready: Result<(), Rule>,
    /// When the last of these vouches expires.
    pub until: UnixMillis,
}

/// A vouch as people read it.
#[derive(Clone, PartialEq, Eq)]
pub struct GivenVouch {
    /// Whose.
    pub by: MemberId,
    /// Under which handle.
    pub handle: String,
    /// How they met.
    pub method: Method,
    /// When.
    pub met_at: UnixMillis,
    /// Whether it counts now, or which rule is against it.
    pub counts: Result<(), Rule>,
}

impl Introduce<'_> {
    /// Whether the two belong together, and what they met for.
    pub(super) fn check(&self, purpose: Purpose) -> Result<(), ChangeRefused> {
        let fits = self.contact.application() == self.application.id();
        if fits && self.contact.purpose() == purpose {
            Ok(())
        } else {
            Err(ChangeRefused::OtherMeeting)
        }
    }
}

impl Room {
    /// Vouches for somebody who was met (OS-JOI-001). Every member reads it.
    ///
    /// # Errors
    /// [`ChangeRefused`]; nothing changed.
    pub fn handle_vouch(
        &mut self,
        ctx: &mut Context<'_>,
        introduce: &Introduce<'_>,
    ) -> Result<Effects<RoomEvent>, ChangeRefused> {
        self.check_alive()?;
        introduce.check(Purpose::Meet)?;
        let contact = introduce.contact;
        let package = contact.card().key_package(self.suite()).ok_or(ChangeRefused::Suite)?;
        let one = self.newcomer(package).map_err(ChangeRefused::Rule)?;
        let info = self.check_applicant(&one).map_err(ChangeRefused::Rule)?;
        let (id, package_hash, by) = (one.id, one.package, self.own_id());
        let vouch = self.sign_vouch(ctx.now, (contact.method(), contact.met_at()), |met| {
            Statement::vouch(&self.id, &id, &package_hash, &by, met)
        });
        self.counts(ctx.now, Subject::Applicant(&id, &package_hash), &vouch)
            .map_err(ChangeRefused::Rule)?;
        let introduction = self.introduction(ctx, introduce.application, &info)?;
        let key_package = package.clone();
        self.say(ctx, Content::Vouched(Vouched { key_package, vouch, introduction }))
    }

    /// The key that somebody who was met would have in this room, if they can come in by that meeting.
    pub fn key_of(&self, contact: &Contact) -> Option<MemberId> {
        if contact.purpose() != Purpose::Meet {
            return None;
        }
        let package = contact.card().key_package(self.suite())?;
        self.newcomer(package).ok().map(|one| one.id)
    }

    /// Says that this member is against letting somebody in. It binds nobody.
    ///
    /// # Errors
    /// [`ChangeRefused`]; nothing changed.
    pub fn handle_object(
        &mut self,
        ctx: &mut Context<'_>,
        applicant: MemberId,
        reason: &str,
    ) -> Result<Effects<RoomEvent>, ChangeRefused> {
        self.check_alive()?;
        if reason.len() > REASON_BYTES_MAX {
            return Err(ChangeRefused::Reason);
        }
        if !self.board.applicants.contains_key(&applicant) {
            return Err(ChangeRefused::NoSuchApplicant);
        }
        self.say(ctx, Content::Objection(Objection { applicant, reason: reason.to_owned() }))
    }

    /// Admits an applicant by the vouches that count (OS-JOI-030). The Welcome leaves when the commit is read back.
    ///
    /// # Errors
    /// [`ChangeRefused`]; nothing changed.
    pub fn handle_admit(
        &mut self,
        ctx: &mut Context<'_>,
        applicant: MemberId,
    ) -> Result<Effects<RoomEvent>, ChangeRefused> {
        self.check_alive()?;
        let applying = self.board.applicants.get(&applicant);
        let applying = applying.ok_or(ChangeRefused::NoSuchApplicant)?;
        let one = self.newcomer(&applying.package).map_err(ChangeRefused::Rule)?;
        let info =
            MemberInfo::decode(&one.identity).map_err(|_| ChangeRefused::Rule(Rule::MemberInfo))?;
        let counting: Vec<&Vouched> = self.counting(ctx.now, applying, &one).collect();
        let act = Act::Admit(counting.iter().map(|one| one.vouch.clone()).collect());
        let invite = Invite {
            key_package: applying.package.clone(),
            inbox: info.inbox,
            from: self.identity.clone(),
            introductions: counting.iter().map(|one| one.introduction.clone()).collect(),
        };
        self.handle_change(ctx, Intent { act, adds: vec![invite], removes: Vec::new() })
    }

    /// Who was vouched for, as far as this device has read it: a member who came later sees later vouches only.
    pub fn applicants(&self, now: UnixMillis) -> Vec<Applicant> {
        let view = |(id, applying)| self.applicant(now, id, applying);
        let applicants = self.board.applicants.iter().filter_map(view);
        applicants.filter(|applicant| now <= applicant.until).collect()
    }

    fn applicant(&self, now: UnixMillis, id: &MemberId, applying: &Applying) -> Option<Applicant> {
        let one = self.newcomer(&applying.package).ok()?;
        let info = MemberInfo::decode(&one.identity).ok()?;
        let subject = Subject::Applicant(&one.id, &one.package);
        let vouch = |(by, given): (&MemberId, &Vouched)| GivenVouch {
            by: *by,
            handle: self.name_of(by),
            method: given.vouch.method,
            met_at: given.vouch.met_at,
            counts: self.counts(now, subject, &given.vouch),
        };
        let objection = |(by, reason): (&MemberId, &String)| (self.name_of(by), reason.clone());
        Some(Applicant {
            id: *id,
            handle: info.handle.as_str().to_owned(),
            vouches: applying.vouches.iter().map(vouch).collect(),
            objections: applying.objections.iter().map(objection).collect(),
            ready: self.ready(now, applying, one.clone()),
            until: applying.vouches.values().map(|one| until(&one.vouch)).max().unwrap_or_default(),
        })
    }

    fn ready(&self, now: UnixMillis, applying: &Applying, one: Newcomer) -> Result<(), Rule> {
        let vouches = self.counting(now, applying, &one).map(|one| one.vouch.clone()).collect();
        let organizers = &self.policy.organizers;
        let by = organizers.iter().find(|id| **id == self.own_id()).or(organizers.first());
        let by = *by.ok_or(Rule::AdmitByOther)?;
        let case = Case { epoch: &self.epoch_now(), by, at: now };
        decide(&case, &Act::Admit(vouches), &[one], &[]).map(drop)
    }

    fn counting<'a>(
        &'a self,
        now: UnixMillis,
        applying: &'a Applying,
        one: &'a Newcomer,
    ) -> impl Iterator<Item = &'a Vouched> {
        let subject = Subject::Applicant(&one.id, &one.package);
        applying
            .vouches
            .values()
            .filter(move |given| self.counts(now, subject, &given.vouch).is_ok())
    }

    pub(super) fn counts(
        &self,
        now: UnixMillis,
        subject: Subject<'_>,
        vouch: &Vouch,
    ) -> Result<(), Rule> {
        let case = Case { epoch: &self.epoch_now(), by: self.own_id(), at: now };
        check_vouch(&case, subject, vouch).map(drop)
    }

    pub(super) fn newcomer(&self, package: &[u8]) -> Result<Newcomer, Rule> {
        inspect(self.suite(), package)?;
        let package = self.mls.key_package(package).map_err(|_| Rule::KeyPackage)?;
        Ok(newcomer(&package, self.suite()))
    }

    /// Whether somebody with this key package could come in at all.
    fn check_applicant(&self, one: &Newcomer) -> Result<MemberInfo, Rule> {
        let info = MemberInfo::decode(&one.identity).map_err(|_| Rule::MemberInfo)?;
        match Table(&self.standing).find(&one.id).map(|(_, row)| row.state) {
            Some(State::Severed) => Err(Rule::Denied),
            Some(State::Member | State::Stopped) => Err(Rule::KeyTwice),
            None | Some(State::Lifted) if self.roster.has_handle(info.handle.as_str()) => {
                Err(Rule::HandleTaken)
            }
            None | Some(State::Lifted) => Ok(info),
        }
    }

    pub(super) fn sign_vouch(
        &self,
        now: UnixMillis,
        (method, met_at): (Method, UnixMillis),
        statement: impl FnOnce(&Met) -> Statement,
    ) -> Vouch {
        let terms = terms_hash(binding(&self.policy, now));
        let signed_at = now.max(met_at);
        let signature =
            self.mls.key().sign_statement(&statement(&Met { method, met_at, signed_at, terms }));
        Vouch { by: self.own_id(), method, met_at, signed_at, terms, signature }
    }

    /// The envelope by which the applicant's device knows that this member is one of those whom it met (OS-JOI-002).
    fn introduction(
        &self,
        ctx: &mut Context<'_>,
        application: &Application,
        applicant: &MemberInfo,
    ) -> Result<Bytes, Bug> {
        let newest = application.inbox().sender_key().map_err(|_| Bug("inbox"))?;
        let from = application.shown_key().unwrap_or(newest);
        let inbox = InboxCard::decode(&applicant.inbox).map_err(|_| Bug("inbox card"))?;
        let introduction = Introduction { room: self.id, member: self.own_id() };
        let message = InboxMessage::Introduction(introduction);
        let sealed = inbox.seal(ctx, from, &message).map_err(|_| Bug("sealing"))?;
        let envelope = sealed.into_iter().next().ok_or(Bug("sealing"))?;
        Ok(envelope.bytes().clone())
    }

    pub(super) fn say(
        &mut self,
        ctx: &mut Context<'_>,
        content: Content,
    ) -> Result<Effects<RoomEvent>, ChangeRefused> {
        let mut builder = Builder::new();
        self.post(ctx, &mut builder, content)?;
        self.finish(&mut builder);
        Ok(builder.build())
    }

    /// Keeps in mind what a message that stands says about the room, if it is sound (OS-JOI-020).
    pub(super) fn note(
        &mut self,
        builder: &mut Builder,
        by: (&MemberId, &str),
        at: UnixMillis,
        content: &Content,
    ) {
        let noted = match content {
            Content::Vouched(one) => self.note_vouch(by, at, one),
            Content::Objection(one) => self.note_objection(by, one),
            Content::Revouched(member, vouch) => self.note_revouch(by.0, at, member, vouch),
            Content::Approved(one) => self.note_approval(by, at, one),
            _ => None,
        };
        let Some((entry, event)) = noted else { return };
        if self.board.put(entry, *by.0, content) {
            self.write_entry(builder, entry);
            event.into_iter().for_each(|event| builder.event(event));
        }
    }

    fn note_vouch(
        &self,
        (by, name): (&MemberId, &str),
        at: UnixMillis,
        one: &Vouched,
    ) -> Option<(Entry, Option<RoomEvent>)> {
        let newcomer = self.newcomer(&one.key_package).ok()?;
        let info = self.check_applicant(&newcomer);
        let subject = Subject::Applicant(&newcomer.id, &newcomer.package);
        // What does not count now may count later, and is shown with its rule. What never can is not kept.
        let counts = self.counts(at, subject, &one.vouch);
        let sound = !matches!(counts, Err(Rule::VouchSignature | Rule::VoucherUnknown));
        // A later word for the same applicant takes the place of the earlier.
        let others = self.board.applicants.iter().filter(|(id, _)| **id != newcomer.id);
        let given = others.filter(|(_, one)| one.vouches.contains_key(by)).count();
        let fits = one.vouch.by == *by && sound && given < BOARD_VOUCHES_EACH_MAX;
        let info = info.ok().filter(|_| fits)?;
        let event = RoomEvent::Applied {
            applicant: newcomer.id,
            handle: info.handle.as_str().to_owned(),
            by: name.to_owned(),
            method: one.vouch.method,
        };
        Some((Entry::Applicant(newcomer.id), Some(event)))
    }

    fn note_objection(
        &self,
        (_, name): (&MemberId, &str),
        one: &Objection,
    ) -> Option<(Entry, Option<RoomEvent>)> {
        let applying = self.board.applicants.get(&one.applicant)?;
        let (_, info) = inspect(self.suite(), &applying.package).ok()?;
        let event = RoomEvent::Objected {
            applicant: one.applicant,
            handle: info.handle.as_str().to_owned(),
            by: name.to_owned(),
            reason: one.reason.clone(),
        };
        Some((Entry::Applicant(one.applicant), Some(event)))
    }

    pub(super) fn write_entry(&self, builder: &mut Builder, entry: Entry) {
        match self.board.encode(entry) {
            Some(record) => builder.put(self.key(&entry.path()), record),
            None => builder.delete(self.key(&entry.path())),
        }
    }

    pub(super) fn erase_board(&mut self, builder: &mut Builder) {
        for entry in self.board.entries() {
            builder.delete(self.key(&entry.path()));
        }
        self.board = Board::default();
    }

    /// Takes from the board what is of no use any more (OS-JOI-022).
    pub(super) fn prune_board(&mut self, builder: &mut Builder, now: UnixMillis) {
        let (own, board) = (Table(&self.standing), &mut self.board);
        let of_member = |by: &MemberId| own.member(by).is_some();
        let mut changed = Vec::new();
        for entry in board.entries() {
            let before = board.words(entry);
            board.retain(entry, now, of_member);
            if board.words(entry) != before {
                changed.push(entry);
            }
        }
        let over: Vec<Entry> =
            self.board.entries().into_iter().filter(|entry| self.is_over(*entry)).collect();
        over.iter().for_each(|entry| self.board.remove(*entry));
        for entry in changed.into_iter().chain(over) {
            self.write_entry(builder, entry);
        }
    }

    fn is_over(&self, entry: Entry) -> bool {
        self.board.words(entry) == 0
            || match entry {
                Entry::Applicant(id) => {
                    let row = Table(&self.standing).find(&id).map(|(_, row)| row.state);
                    matches!(row, Some(State::Member | State::Stopped))
                }
                Entry::Review(id) => self.is_reviewed(&id),
                Entry::Motion(id) => {
                    self.board.motions.get(&id).is_none_or(|raised| self.is_moot(raised))
                }
            }
    }
}
