//! What two organizers decide together: terms, organizers, and that a denial is lifted.

use offshift_wire::{
    admission::{Approval, Motion},
    limits::ORGANIZER_KEYS_MAX,
    room::{ComingTerms, Policy, Terms},
    standing::{Row, State},
};

use super::{
    approval::check_organizers,
    decide::{Allowed, Case, RoomChange},
    rule::Rule,
    terms::{binding, hold_floors, loosens},
};
use crate::limits::{LOOSEN_DELAY_MS, ORGANIZERS_MIN};

pub(super) fn carry(
    case: &Case<'_>,
    motion: &Motion,
    approvals: &[Approval],
) -> Result<Allowed, Rule> {
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
    // Last, so that whoever asks for what nobody can have hears it before others are asked.
    check_organizers(case, motion, approvals)?;
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
