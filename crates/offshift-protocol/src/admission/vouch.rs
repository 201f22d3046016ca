//! Vouches: a member's word for one key in one room, good for one admission.

use std::collections::BTreeSet;

use offshift_wire::{
    MemberId, UnixMillis,
    admission::Vouch,
    standing::{Method, RowNumber, Voucher},
};

use super::{
    decide::Case,
    rule::Rule,
    signed::{Met, Statement},
    standing::Table,
    terms::{binding, terms_hash},
};
use crate::limits::{COMMIT_SKEW_MS, VOUCH_LIFE_MS};

/// Whom a vouch is for.
#[derive(Clone, Copy)]
pub(crate) enum Subject<'a> {
    /// Somebody outside, with this key package.
    Applicant(&'a MemberId, &'a [u8; 32]),
    /// A member under review.
    Member(&'a MemberId),
}

/// The vouchers, if each vouch counts and no person vouches twice.
pub(super) fn check_vouches(
    case: &Case<'_>,
    subject: Subject<'_>,
    vouches: &[Vouch],
) -> Result<Vec<Voucher>, Rule> {
    let mut people = BTreeSet::new();
    let mut vouchers = Vec::new();
    for vouch in vouches {
        let by = check_vouch(case, subject, vouch)?;
        if !people.insert(by) {
            return Err(Rule::VouchTwice);
        }
        vouchers.push(Voucher { by, method: vouch.method, at: case.at });
    }
    Ok(vouchers)
}

/// Whose vouch this is, if it counts for the subject at the time of the case.
pub(crate) fn check_vouch(
    case: &Case<'_>,
    subject: Subject<'_>,
    vouch: &Vouch,
) -> Result<RowNumber, Rule> {
    let (table, terms) = (case.table(), binding(case.epoch.policy, case.at));
    let (by, _) = table.member(&vouch.by).ok_or(Rule::VoucherUnknown)?;
    if table.person(by) != by {
        return Err(Rule::VoucherUnknown);
    }
    if !is_signed(case, subject, vouch) {
        return Err(Rule::VouchSignature);
    }
    if vouch.terms != terms_hash(terms) {
        return Err(Rule::VouchTerms);
    }
    if vouch.method == Method::Call && !terms.calls {
        return Err(Rule::VouchMethod);
    }
    if !(is_current(vouch, case.at) && is_fresh(table, subject, vouch)) {
        return Err(Rule::VouchTime);
    }
    if !table.is_trusted(by, case.at, terms) {
        return Err(Rule::VoucherOnProbation);
    }
    let used = u32::try_from(table.vouches_used(by, case.at)).unwrap_or(u32::MAX);
    if used >= terms.vouch_budget {
        return Err(Rule::VouchBudget);
    }
    Ok(by)
}

/// Met, then signed, then used, within 14 days of the meeting; clocks may differ as those of commits may.
fn is_current(vouch: &Vouch, at: UnixMillis) -> bool {
    vouch.met_at <= vouch.signed_at
        && vouch.signed_at <= at.plus_ms(COMMIT_SKEW_MS)
        && at <= vouch.met_at.plus_ms(VOUCH_LIFE_MS)
}

/// Met after what the standing last says of the key: no vouch counts again for one that was severed and may come back.
fn is_fresh(table: Table<'_>, subject: Subject<'_>, vouch: &Vouch) -> bool {
    let (Subject::Applicant(key, _) | Subject::Member(key)) = subject;
    table.find(key).is_none_or(|(_, row)| vouch.met_at >= row.left_at.unwrap_or(row.joined_at))
}

fn is_signed(case: &Case<'_>, subject: Subject<'_>, vouch: &Vouch) -> bool {
    let (room, by) = (case.epoch.room, &vouch.by);
    let Vouch { method, met_at, signed_at, terms, .. } = *vouch;
    let met = Met { method, met_at, signed_at, terms };
    let statement = match subject {
        Subject::Applicant(key, package) => Statement::vouch(room, key, package, by, &met),
        Subject::Member(key) => Statement::revouch(room, key, by, &met),
    };
    statement.is_signed(by, &vouch.signature)
}
