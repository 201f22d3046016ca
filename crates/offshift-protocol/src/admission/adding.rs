//! Who comes in: founders, newcomers with vouches, a person's other devices, members who come back; and who is
//! vouched for again.

use std::collections::BTreeSet;

use offshift_wire::{
    MemberId,
    admission::{DeviceLink, RejoinProof, Vouch},
    limits::{STANDING_ROWS_MAX, VOUCHES_MAX},
    room::{MemberInfo, Policy},
    standing::{Origin, Row, RowNumber, Standing, State, Voucher},
};

use super::{
    decide::{Allowed, Case, RoomChange},
    facts::Newcomer,
    rule::Rule,
    signed::Statement,
    standing::Table,
    terms::binding,
    vouch::{Subject, check_vouches},
};
use crate::{
    card::handle,
    inbox::InboxCard,
    limits::{DEVICE_LINK_LIFE_MS, DEVICES_MAX, FOUNDING_LIFE_MS, ORGANIZERS_MIN, REJOIN_LIFE_MS},
};

pub(super) fn found(
    case: &Case<'_>,
    organizers: &[MemberId],
    newcomers: &[Newcomer],
) -> Result<Allowed, Rule> {
    let (epoch, table) = (case.epoch, case.table());
    if !(epoch.policy.founding && case.is_current(table.began(), FOUNDING_LIFE_MS)) {
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
    if Table(&standing).roots() > epoch.rules.founders_max() {
        return Err(Rule::TooManyFounders);
    }
    let ids: Vec<MemberId> = newcomers.iter().map(|newcomer| newcomer.id).collect();
    for organizer in organizers {
        if !ids.contains(organizer) || policy.organizers.contains(organizer) {
            return Err(Rule::PolicyChange);
        }
        policy.organizers.push(*organizer);
    }
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

pub(super) fn admit(
    case: &Case<'_>,
    newcomer: &Newcomer,
    vouches: &[Vouch],
) -> Result<Allowed, Rule> {
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
    // The branch of the first voucher (OS-ADM-071). It is for life: a key that comes back under another would make two
    // branches of one (OS-ADM-072).
    let descent = before.map(|(number, _)| number).or(vouchers.first().map(|first| first.by));
    let branch = descent.map(|number| table.branch(number)).ok_or(Rule::TooFewVouches)?;
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

pub(super) fn confirm(
    case: &Case<'_>,
    member: &MemberId,
    vouches: &[Vouch],
) -> Result<Allowed, Rule> {
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
    if more.iter().any(|new| before.iter().any(|old| old.by == new.by)) {
        return Err(Rule::VouchTwice);
    }
    let vouchers: Vec<Voucher> = table.sound(before).chain(more).collect();
    check_enough(table, vouchers.iter().map(|voucher| voucher.by), *needed)?;
    if vouchers.len() > VOUCHES_MAX {
        return Err(Rule::RoomFull);
    }
    let mut standing = case.epoch.standing.clone();
    if let Some(row) = row_mut(&mut standing, number) {
        row.origin = Origin::Vouched { branch: *branch, needed: *needed, vouchers };
    }
    Ok(case.with(RoomChange::Confirmed(*member), case.epoch.policy.clone(), standing))
}

pub(super) fn rejoin(
    case: &Case<'_>,
    newcomer: &Newcomer,
    old: &MemberId,
    proof: &RejoinProof,
) -> Result<Allowed, Rule> {
    let (epoch, id) = (case.epoch, &newcomer.id);
    let before = epoch.roster.find(old).ok_or(Rule::NotAMember)?.0;
    if !case.is_organizer() || *id == case.by || id != old || newcomer.identity != before.identity {
        return Err(Rule::RejoinOther);
    }
    if !newcomer.plain {
        return Err(Rule::KeyPackage);
    }
    let statement = Statement::rejoin(epoch.room, id, &newcomer.package, proof.signed_at);
    if !(case.is_current(proof.signed_at, REJOIN_LIFE_MS)
        && statement.is_signed(id, &proof.signature))
    {
        return Err(Rule::RejoinProof);
    }
    Ok(case.unchanged(RoomChange::Rejoined(*id)))
}

pub(super) fn device(
    case: &Case<'_>,
    newcomer: &Newcomer,
    link: &DeviceLink,
) -> Result<Allowed, Rule> {
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
    if !(case.is_current(*signed_at, DEVICE_LINK_LIFE_MS) && statement.is_signed(linker, signature))
    {
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

fn row_mut(standing: &mut Standing, number: RowNumber) -> Option<&mut Row> {
    usize::try_from(number.0).ok().and_then(|at| standing.rows.get_mut(at))
}
