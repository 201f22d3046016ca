//! What each act leads to: the policy and the standing after it, or the rule that it breaks.

use std::collections::BTreeSet;

use offshift_wire::{
    MemberId, UnixMillis,
    admission::{Act, Approval, DeviceLink, Motion, RejoinProof, Vouch},
    limits::{ORGANIZER_KEYS_MAX, STANDING_ROWS_MAX, VOUCHES_MAX},
    room::{ComingTerms, MemberInfo, Policy, Terms},
    standing::{Origin, Row, RowNumber, Standing, State},
};

use super::{
    approval::{check_members, check_organizers},
    facts::{Epoch, Newcomer},
    rule::Rule,
    signed::Statement,
    standing::Table,
    terms::{binding, hold_floors, loosens},
    vouch::{Subject, check_vouches},
};
use crate::{
    card::handle,
    inbox::InboxCard,
    limits::{
        COMMIT_SKEW_MS, DEVICE_LINK_LIFE_MS, DEVICES_MAX, LOOSEN_DELAY_MS, ORGANIZERS_MIN,
        REJOIN_LIFE_MS,
    },
};

/// Who wants something, when, and in which epoch.
pub(crate) struct Case<'a> {
    pub(crate) epoch: &'a Epoch<'a>,
    /// The committer.
    pub(crate) by: MemberId,
    /// When the commit was signed.
    pub(crate) at: UnixMillis,
}

/// What an allowed commit leads to.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Allowed {
    pub(crate) change: RoomChange,
    pub(crate) policy: Policy,
    pub(crate) standing: Standing,
}

/// What an allowed commit does, for people.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum RoomChange {
    Keys,
    Founded(Vec<MemberId>),
    Admitted(MemberId),
    Confirmed(MemberId),
    Severed(Vec<MemberId>),
    Stopped(MemberId),
    Recalled(Vec<MemberId>),
    Decided(Motion),
    Rejoined(MemberId),
    DeviceAdded(MemberId),
}

/// What an act of this case, with these newcomers and removals, leads to.
pub(crate) fn decide(
    case: &Case<'_>,
    act: &Act,
    newcomers: &[Newcomer],
    removed: &[MemberId],
) -> Result<Allowed, Rule> {
    match (act, newcomers, removed) {
        (Act::Keys, [], []) => Ok(case.unchanged(RoomChange::Keys)),
        (Act::Found(organizers), [_, ..], []) => found(case, organizers, newcomers),
        (Act::Admit(vouches), [newcomer], []) => admit(case, newcomer, vouches),
        (Act::Confirm(member, vouches), [], []) => confirm(case, member, vouches),
        (Act::Sever(approvals), [], [_, ..]) => sever(case, removed, approvals),
        (Act::Recall(approvals), [], [_, ..]) => recall(case, removed, approvals),
        (Act::Stop, [], [device]) => stop(case, device),
        (Act::Decide(motion, approvals), [], []) => carry(case, motion, approvals),
        (Act::Rejoin(proof), [newcomer], [old]) => rejoin(case, newcomer, old, proof),
        (Act::Device(link), [newcomer], []) => device(case, newcomer, link),
        _ => Err(Rule::OneChange),
    }
}

impl<'a> Case<'a> {
    pub(super) const fn table(&self) -> Table<'a> {
        Table(self.epoch.standing)
    }

    fn is_organizer(&self) -> bool {
        self.epoch.policy.organizers.contains(&self.by)
    }

    fn unchanged(&self, change: RoomChange) -> Allowed {
        let Epoch { policy, standing, .. } = *self.epoch;
        Allowed { change, policy: policy.clone(), standing: standing.clone() }
    }

    /// This standing, and the policy that names it.
    fn with(&self, change: RoomChange, policy: Policy, standing: Standing) -> Allowed {
        let policy = Policy { standing: Table(&standing).hash(), ..policy };
        Allowed { change, policy, standing }
    }

    fn row(&self, key: MemberId, origin: Origin) -> Row {
        Row { key, joined_at: self.at, state: State::Member, left_at: None, origin }
    }
}

fn found(
    case: &Case<'_>,
    organizers: &[MemberId],
    newcomers: &[Newcomer],
) -> Result<Allowed, Rule> {
    let (epoch, table) = (case.epoch, case.table());
    if !epoch.policy.founding {
        return Err(Rule::NotFounding);
    }
    let by = table.member(&case.by).ok_or(Rule::NotAMember)?.1;
    if !(case.is_organizer() && by.origin == Origin::Founder) {
        return Err(Rule::AddByOther);
    }
    let (mut policy, mut standing) = (epoch.policy.clone(), epoch.standing.clone());
    let mut handles = BTreeSet::new();
    for newcomer in newcomers {
        if !handles.insert(check_newcomer(case, newcomer)?) {
            return Err(Rule::HandleTaken);
        }
        if Table(&standing).find(&newcomer.id).is_some() {
            return Err(Rule::KeyTwice);
        }
        standing.rows.push(case.row(newcomer.id, Origin::Founder));
    }
    let founders = standing.rows.iter().filter(|row| row.origin == Origin::Founder).count();
    if founders > epoch.rules.founders_max() {
        return Err(Rule::TooManyFounders);
    }
    let ids: Vec<MemberId> = newcomers.iter().map(|newcomer| newcomer.id).collect();
    if organizers.iter().any(|id| !ids.contains(id)) {
        return Err(Rule::PolicyChange);
    }
    policy.organizers.extend(organizers);
    if policy.organizers.len() < ORGANIZERS_MIN {
        return Err(Rule::TooFewOrganizers);
    }
    Ok(case.with(RoomChange::Founded(ids), policy, standing))
}

/// The newcomer's handle, as handles are compared.
fn check_newcomer(case: &Case<'_>, newcomer: &Newcomer) -> Result<String, Rule> {
    let info = MemberInfo::decode(&newcomer.identity).map_err(|_| Rule::MemberInfo)?;
    // A card with a handle that shows less than it holds is refused at a meeting, but a leaf need not come of one.
    handle(info.handle.as_str()).map_err(|_| Rule::MemberInfo)?;
    InboxCard::decode(&info.inbox).map_err(|_| Rule::MemberInfo)?;
    if !newcomer.plain {
        return Err(Rule::KeyPackage);
    }
    if case.epoch.roster.has_handle(info.handle.as_str()) {
        return Err(Rule::HandleTaken);
    }
    Ok(info.handle.as_str().to_lowercase())
}

fn admit(case: &Case<'_>, newcomer: &Newcomer, vouches: &[Vouch]) -> Result<Allowed, Rule> {
    let (epoch, table, terms) = (case.epoch, case.table(), binding(case.epoch.policy, case.at));
    if !case.is_organizer() {
        return Err(Rule::AdmitByOther);
    }
    check_newcomer(case, newcomer)?;
    let before = table.find(&newcomer.id);
    match before.map(|(_, row)| row.state) {
        None if epoch.standing.rows.len() >= STANDING_ROWS_MAX => return Err(Rule::RoomFull),
        None | Some(State::Lifted) => {}
        Some(State::Severed) => return Err(Rule::Denied),
        Some(State::Member | State::Stopped) => return Err(Rule::KeyTwice),
    }
    let subject = Subject::Applicant(&newcomer.id, &newcomer.package);
    let vouchers = check_vouches(case, subject, vouches)?;
    check_enough(table, vouchers.iter().map(|voucher| voucher.by), terms.vouches)?;
    let branch = vouchers.first().map(|first| table.branch(first.by)).ok_or(Rule::TooFewVouches)?;
    let origin = Origin::Vouched { branch, needed: terms.vouches, vouchers };
    let row = case.row(newcomer.id, origin);
    let mut standing = epoch.standing.clone();
    match before.and_then(|(number, _)| row_mut(&mut standing, number)) {
        Some(old) => *old = row,
        None => standing.rows.push(row),
    }
    let policy = Policy { founding: false, ..epoch.policy.clone() };
    Ok(case.with(RoomChange::Admitted(newcomer.id), policy, standing))
}

/// Enough people of enough branches.
fn check_enough(
    table: Table<'_>,
    vouchers: impl Iterator<Item = RowNumber> + Clone,
    needed: u32,
) -> Result<(), Rule> {
    let needed = usize::try_from(needed).unwrap_or(usize::MAX);
    if vouchers.clone().count() < needed {
        return Err(Rule::TooFewVouches);
    }
    if table.branches(vouchers) < needed { Err(Rule::TooFewBranches) } else { Ok(()) }
}

fn confirm(case: &Case<'_>, member: &MemberId, vouches: &[Vouch]) -> Result<Allowed, Rule> {
    let table = case.table();
    if !case.is_organizer() {
        return Err(Rule::AdmitByOther);
    }
    let (number, row) = table.member(member).ok_or(Rule::NotAMember)?;
    let Origin::Vouched { branch, needed, vouchers: before } = &row.origin else {
        return Err(Rule::NotUnderReview);
    };
    if !table.is_under_review(row) {
        return Err(Rule::NotUnderReview);
    }
    let more = check_vouches(case, Subject::Member(member), vouches)?;
    if more.is_empty() || before.len() + more.len() > VOUCHES_MAX {
        return Err(Rule::TooFewVouches);
    }
    if more.iter().any(|new| before.iter().any(|old| old.by == new.by)) {
        return Err(Rule::VouchTwice);
    }
    let sound: Vec<RowNumber> =
        table.sound(before).chain(more.iter().map(|voucher| voucher.by)).collect();
    check_enough(table, sound.iter().copied(), *needed)?;
    let vouchers = [before.as_slice(), &more].concat();
    let mut standing = case.epoch.standing.clone();
    if let Some(row) = row_mut(&mut standing, number) {
        row.origin = Origin::Vouched { branch: *branch, needed: *needed, vouchers };
    }
    Ok(case.with(RoomChange::Confirmed(*member), case.epoch.policy.clone(), standing))
}

fn sever(case: &Case<'_>, removed: &[MemberId], approvals: &[Approval]) -> Result<Allowed, Rule> {
    if !case.is_organizer() {
        return Err(Rule::RemoveByOther);
    }
    let people = check_people(case, removed)?;
    if people > 1 || !approvals.is_empty() {
        check_organizers(case, &Motion::Sever(sorted(removed)), approvals)?;
    }
    Ok(remove(case, RoomChange::Severed(removed.to_vec()), removed, State::Severed))
}

fn recall(case: &Case<'_>, removed: &[MemberId], approvals: &[Approval]) -> Result<Allowed, Rule> {
    let table = case.table();
    let person = removed.iter().filter_map(|id| table.member(id)).next();
    let person = person.and_then(|(number, _)| table.at(table.person(number)));
    let person = person.ok_or(Rule::NotAMember)?;
    if check_people(case, removed)? != 1 {
        return Err(Rule::OneChange);
    }
    check_members(case, &Motion::Recall(person.key), approvals)?;
    Ok(remove(case, RoomChange::Recalled(removed.to_vec()), removed, State::Severed))
}

/// How many people these are. Each goes with all devices, and no committer goes alone.
fn check_people(case: &Case<'_>, removed: &[MemberId]) -> Result<usize, Rule> {
    let table = case.table();
    let rows = removed.iter().map(|id| table.member(id).map(|(number, _)| table.person(number)));
    let people: BTreeSet<RowNumber> = rows.collect::<Option<_>>().ok_or(Rule::NotAMember)?;
    let left = |row: &Row| !removed.contains(&row.key);
    if people.iter().flat_map(|person| table.devices(*person)).any(left) {
        return Err(Rule::RemovedInPart);
    }
    Ok(people.len())
}

fn stop(case: &Case<'_>, device: &MemberId) -> Result<Allowed, Rule> {
    if !case.is_organizer() {
        return Err(Rule::RemoveByOther);
    }
    case.table().member(device).ok_or(Rule::NotAMember)?;
    Ok(remove(case, RoomChange::Stopped(*device), &[*device], State::Stopped))
}

fn remove(case: &Case<'_>, change: RoomChange, removed: &[MemberId], state: State) -> Allowed {
    let mut standing = case.epoch.standing.clone();
    let gone = |row: &&mut Row| row.state == State::Member && removed.contains(&row.key);
    for row in standing.rows.iter_mut().filter(gone) {
        (row.state, row.left_at) = (state, Some(case.at));
    }
    let mut policy = case.epoch.policy.clone();
    policy.organizers.retain(|id| !removed.contains(id));
    case.with(change, policy, standing)
}

fn carry(case: &Case<'_>, motion: &Motion, approvals: &[Approval]) -> Result<Allowed, Rule> {
    check_organizers(case, motion, approvals)?;
    let (mut policy, mut standing) = (case.epoch.policy.clone(), case.epoch.standing.clone());
    match motion {
        Motion::Terms(terms) => change_terms(case, &mut policy, terms)?,
        Motion::NameOrganizer(id) => {
            let number = case.table().member(id).ok_or(Rule::OrganizerUnfit)?.0;
            let fit = case.table().is_trusted(number, case.at, binding(&policy, case.at));
            if !fit || policy.organizers.len() >= ORGANIZER_KEYS_MAX {
                return Err(Rule::OrganizerUnfit);
            }
            if policy.organizers.contains(id) {
                return Err(Rule::MotionEmpty);
            }
            policy.organizers.push(*id);
        }
        Motion::DropOrganizer(id) => {
            let before = policy.organizers.len();
            policy.organizers.retain(|one| one != id);
            if policy.organizers.len() == before {
                return Err(Rule::MotionEmpty);
            }
            if policy.organizers.len() < ORGANIZERS_MIN {
                return Err(Rule::TooFewOrganizers);
            }
        }
        Motion::Lift(id) => {
            let severed = |row: &&mut Row| row.key == *id && row.state == State::Severed;
            let row = standing.rows.iter_mut().find(severed).ok_or(Rule::MotionEmpty)?;
            row.state = State::Lifted;
        }
        Motion::Sever(_) | Motion::Recall(_) => return Err(Rule::MotionEmpty),
    }
    policy.revision = policy.revision.saturating_add(1);
    Ok(case.with(RoomChange::Decided(motion.clone()), policy, standing))
}

/// What loosens admission is seen by everybody at once, and binds after its delay.
fn change_terms(case: &Case<'_>, policy: &mut Policy, terms: &Terms) -> Result<(), Rule> {
    let before = *binding(policy, case.at);
    if !hold_floors(terms) {
        return Err(Rule::TermsFloor);
    }
    let pending = policy.coming.is_some_and(|coming| case.at < coming.binds_at);
    if before == *terms && !pending {
        return Err(Rule::MotionEmpty);
    }
    if loosens(&before, terms) {
        let binds_at = case.at.plus_ms(LOOSEN_DELAY_MS);
        (policy.terms, policy.coming) = (before, Some(ComingTerms { terms: *terms, binds_at }));
    } else {
        (policy.terms, policy.coming) = (*terms, None);
    }
    Ok(())
}

fn rejoin(
    case: &Case<'_>,
    newcomer: &Newcomer,
    old: &MemberId,
    proof: &RejoinProof,
) -> Result<Allowed, Rule> {
    let (epoch, id) = (case.epoch, &newcomer.id);
    let before = epoch.roster.find(old).ok_or(Rule::NotAMember)?.0;
    if !case.is_organizer() || id != old || newcomer.identity != before.identity {
        return Err(Rule::RejoinOther);
    }
    if !newcomer.plain {
        return Err(Rule::KeyPackage);
    }
    let statement = Statement::rejoin(epoch.room, id, &newcomer.package, proof.signed_at);
    let current = is_current(proof.signed_at, case.at, REJOIN_LIFE_MS);
    if !(current && statement.is_signed(id, &proof.signature)) {
        return Err(Rule::RejoinProof);
    }
    Ok(case.unchanged(RoomChange::Rejoined(*id)))
}

fn device(case: &Case<'_>, newcomer: &Newcomer, link: &DeviceLink) -> Result<Allowed, Rule> {
    let (epoch, table) = (case.epoch, case.table());
    let (by, _) = table.member(&link.by).ok_or(Rule::DeviceByOther)?;
    if link.by != case.by {
        return Err(Rule::DeviceByOther);
    }
    check_newcomer(case, newcomer)?;
    if table.find(&newcomer.id).is_some() {
        return Err(Rule::KeyTwice);
    }
    if epoch.standing.rows.len() >= STANDING_ROWS_MAX {
        return Err(Rule::RoomFull);
    }
    let DeviceLink { by: linker, signed_at, signature } = link;
    let statement =
        Statement::device(epoch.room, &newcomer.id, &newcomer.package, linker, *signed_at);
    let current = is_current(*signed_at, case.at, DEVICE_LINK_LIFE_MS);
    if !(current && statement.is_signed(linker, signature)) {
        return Err(Rule::DeviceLink);
    }
    let person = table.person(by);
    if table.devices(person).count() >= DEVICES_MAX {
        return Err(Rule::TooManyDevices);
    }
    let mut standing = epoch.standing.clone();
    standing.rows.push(case.row(newcomer.id, Origin::Device { of: person }));
    Ok(case.with(RoomChange::DeviceAdded(newcomer.id), epoch.policy.clone(), standing))
}

/// Signed before it is used, and not too long before.
fn is_current(signed_at: UnixMillis, at: UnixMillis, life_ms: u64) -> bool {
    signed_at <= at.plus_ms(COMMIT_SKEW_MS) && at <= signed_at.plus_ms(life_ms)
}

/// Keys in the order in which a motion names them.
pub(crate) fn sorted(keys: &[MemberId]) -> Vec<MemberId> {
    keys.iter().copied().collect::<BTreeSet<_>>().into_iter().collect()
}

fn row_mut(standing: &mut Standing, number: RowNumber) -> Option<&mut Row> {
    usize::try_from(number.0).ok().and_then(|at| standing.rows.get_mut(at))
}
