//! Terms: what a room may decide, what binds when, and what loosens admission.

use offshift_wire::{
    Life, UnixMillis,
    room::{Policy, Terms},
};

use crate::{
    derive::hash,
    limits::{
        BUDGET_MAX, COMMIT_LIFE, DISAPPEAR_MS, EPOCH_AGE_MAX_MS, EPOCH_AGE_MIN_MS, EPOCH_AGE_MS,
        LIFE_MAX, MESSAGE_LIFE, PROBATION_MAX_MS, PROBATION_MIN_MS, PROBATION_MS, RECALL_MAX,
        RECALL_MIN, REJOIN_MAX_MS, REJOIN_MS, VOUCH_BUDGET, VOUCHES_CEILING, VOUCHES_FLOOR,
    },
};

/// The terms of a new room.
pub const fn fresh() -> Terms {
    Terms {
        vouches: VOUCHES_FLOOR,
        probation_ms: PROBATION_MS,
        vouch_budget: VOUCH_BUDGET,
        calls: false,
        recall: RECALL_MIN,
        rejoin_ms: REJOIN_MS,
        epoch_age_ms: EPOCH_AGE_MS,
        message_life: MESSAGE_LIFE,
        commit_life: COMMIT_LIFE,
        disappear_ms: DISAPPEAR_MS,
        only_organizers_post: false,
    }
}

/// The terms that bind a commit signed at this time (OS-ADM-033).
pub fn binding(policy: &Policy, at: UnixMillis) -> &Terms {
    match &policy.coming {
        Some(coming) if at >= coming.binds_at => &coming.terms,
        _ => &policy.terms,
    }
}

/// The hash by which vouches name terms.
pub fn terms_hash(terms: &Terms) -> [u8; 32] {
    hash(&[b"offshift terms v1", &terms.encode()])
}

/// Whether terms lie within what is compiled in (OS-ADM-030).
pub fn hold_floors(terms: &Terms) -> bool {
    (VOUCHES_FLOOR..=VOUCHES_CEILING).contains(&terms.vouches)
        && (PROBATION_MIN_MS..=PROBATION_MAX_MS).contains(&terms.probation_ms)
        && (1..=BUDGET_MAX).contains(&terms.vouch_budget)
        && (RECALL_MIN..=RECALL_MAX).contains(&terms.recall)
        && terms.rejoin_ms <= REJOIN_MAX_MS
        && (EPOCH_AGE_MIN_MS..=EPOCH_AGE_MAX_MS).contains(&terms.epoch_age_ms)
        && within(terms.message_life, LIFE_MAX)
        && within(terms.commit_life, LIFE_MAX)
}

fn within(life: Life, most: Life) -> bool {
    life.number() <= most.number()
}

/// Whether the change lets somebody in, or keep a place, who could not before (OS-ADM-034).
pub fn loosens(before: &Terms, after: &Terms) -> bool {
    after.vouches < before.vouches
        || after.probation_ms < before.probation_ms
        || after.vouch_budget > before.vouch_budget
        || (after.calls && !before.calls)
        || after.recall > before.recall
        || after.rejoin_ms > before.rejoin_ms
}
