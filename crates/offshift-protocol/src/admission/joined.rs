//! What every epoch keeps, checked again by whoever joins it (OS-POL-040).

use std::collections::BTreeSet;

use offshift_wire::{
    MemberId,
    standing::{Origin, Row, RowNumber, State},
};

use super::{facts::Epoch, rule::Rule, standing::Table, terms::hold_floors};
use crate::{
    card::handle,
    limits::{DEVICES_MAX, ORGANIZERS_MIN, VOUCHES_FLOOR},
    room::Suite,
};

/// Whether tree, policy and standing fit each other and the rules. `welcomer` is the leaf that signed,
/// `own` the leaf of whoever joins.
pub(crate) fn check_joined(
    epoch: &Epoch<'_>,
    suite: Suite,
    welcomer: u32,
    own: u32,
) -> Result<(), Rule> {
    let (policy, table) = (epoch.policy, Table(epoch.standing));
    let (welcomer, _) = epoch.roster.at(welcomer).ok_or(Rule::Welcome)?;
    let (own, _) = epoch.roster.at(own).ok_or(Rule::Welcome)?;
    let sound = policy.standing == table.hash()
        && policy.suite == u32::from(suite.number())
        && hold_floors(&policy.terms)
        && policy.coming.is_none_or(|coming| hold_floors(&coming.terms))
        && members_are_rows(epoch)
        && handles_differ(epoch)
        && table.rows().all(|(number, row)| row_is_sound(epoch, number, row))
        && organizers_are_fit(epoch)
        && may_welcome(epoch, &welcomer.id, &own.id);
    if sound { Ok(()) } else { Err(Rule::Welcome) }
}

/// The leaves are the rows of members, one for one.
fn members_are_rows(epoch: &Epoch<'_>) -> bool {
    let rows = &epoch.standing.rows;
    let keys: BTreeSet<&MemberId> = rows.iter().map(|row| &row.key).collect();
    let members: BTreeSet<&MemberId> =
        rows.iter().filter(|row| row.state == State::Member).map(|row| &row.key).collect();
    let leaves: BTreeSet<&MemberId> = epoch.roster.iter().map(|(leaf, _)| &leaf.id).collect();
    keys.len() == rows.len() && members == leaves
}

fn handles_differ(epoch: &Epoch<'_>) -> bool {
    let plain = epoch.roster.iter().all(|(_, info)| handle(info.handle.as_str()).is_ok());
    let handles = epoch.roster.iter().map(|(_, info)| info.handle.as_str().to_lowercase());
    plain && handles.collect::<BTreeSet<_>>().len() == epoch.roster.iter().count()
}

fn row_is_sound(epoch: &Epoch<'_>, number: RowNumber, row: &Row) -> bool {
    let table = Table(epoch.standing);
    match &row.origin {
        Origin::Founder => table.roots() <= epoch.rules.founders_max(),
        Origin::Device { of } => {
            let is_first = |row: &Row| !matches!(row.origin, Origin::Device { .. });
            table.at(*of).is_some_and(is_first) && table.devices(*of).count() <= DEVICES_MAX
        }
        Origin::Vouched { branch, needed, vouchers } => {
            let people: BTreeSet<RowNumber> = vouchers.iter().map(|voucher| voucher.by).collect();
            let known = |by: &RowNumber| *by != number && table.at(*by).is_some();
            !epoch.policy.founding
                && table.at(*branch).is_some()
                && table.branch(*branch) == *branch
                && *needed >= VOUCHES_FLOOR
                && people.len() == vouchers.len()
                && people.iter().all(known)
                && u32::try_from(table.branches(people)).is_ok_and(|found| found >= *needed)
        }
    }
}

fn organizers_are_fit(epoch: &Epoch<'_>) -> bool {
    let table = Table(epoch.standing);
    let first_device =
        |id: &MemberId| table.member(id).is_some_and(|(number, _)| table.person(number) == number);
    let enough = !epoch.policy.founding || epoch.policy.organizers.len() >= ORGANIZERS_MIN;
    enough && epoch.policy.organizers.iter().all(first_device)
}

/// An organizer; a second device is welcomed by another of the same person, too.
fn may_welcome(epoch: &Epoch<'_>, welcomer: &MemberId, own: &MemberId) -> bool {
    let table = Table(epoch.standing);
    let person = |id| table.member(id).map(|(number, _)| table.person(number));
    let is_linked =
        table.find(own).is_some_and(|(_, row)| matches!(row.origin, Origin::Device { .. }));
    epoch.policy.organizers.contains(welcomer) || (is_linked && person(own) == person(welcomer))
}
