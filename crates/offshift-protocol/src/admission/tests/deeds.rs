//! What people do and sign, in the words of the model: names instead of keys, sentences instead of signed bytes.

use std::collections::{BTreeMap, BTreeSet};

pub(super) const HOUR: u64 = 3_600_000;
pub(super) const DAY: u64 = 24 * HOUR;

pub(super) type Name = String;
/// A number for each term by its name.
pub(super) type Terms = BTreeMap<&'static str, u64>;
/// Who signed, and which sentence.
pub(super) type Signed = (Name, String);

#[derive(Clone, Debug)]
pub(super) struct Newcomer {
    pub(super) name: Name,
    pub(super) handle: String,
    pub(super) package: u8,
    pub(super) plain: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Vouch {
    pub(super) by: Name,
    pub(super) call: bool,
    pub(super) met: u64,
    pub(super) at: u64,
    pub(super) terms: Terms,
    pub(super) signed: Signed,
}

/// An approval, the link of a device, the wish to come back.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) by: Name,
    pub(super) at: u64,
    pub(super) signed: Signed,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Motion {
    Sever(BTreeSet<Name>),
    Recall(Name),
    Terms(Terms),
    Organizer(Name),
    Drop(Name),
    Lift(Name),
}

#[derive(Clone, Debug)]
pub(super) enum Deed {
    Keys,
    Found(Vec<Newcomer>, Vec<Name>),
    Admit(Newcomer, Vec<Vouch>),
    Confirm(Name, Vec<Vouch>),
    Sever(Vec<Name>, Vec<Word>),
    Stop(Name),
    Recall(Vec<Name>, Vec<Word>),
    Decide(Motion, Vec<Word>),
    Rejoin(Name, Newcomer, Word),
    Device(Newcomer, Word),
}

pub(super) fn vouch_sentence(whom: &str, package: Option<u8>, vouch: &Vouch) -> String {
    let Vouch { by, call, met, at, terms, .. } = vouch;
    format!("{by} met {whom} {package:?} call {call} at {met}, signs at {at} under {terms:?}")
}

pub(super) fn motion_sentence(revision: u64, by: &str, at: u64, motion: &Motion) -> String {
    format!("{by} is for {motion:?} at {at} in {revision}")
}

pub(super) fn link_sentence(by: &str, at: u64, device: &Newcomer) -> String {
    format!("{by} owns {} {} at {at}", device.name, device.package)
}

pub(super) fn wish_sentence(at: u64, back: &Newcomer) -> String {
    format!("{} comes back with {} at {at}", back.name, back.package)
}

/// A room.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    /// Who is in the room, by which handle.
    pub(super) inside: BTreeMap<Name, String>,
    /// The root of everyone who ever was inside.
    pub(super) branch: BTreeMap<Name, Name>,
    pub(super) owner: BTreeMap<Name, Name>,
    pub(super) joined: BTreeMap<Name, u64>,
    pub(super) left: BTreeMap<Name, u64>,
    /// What became of those who are not inside.
    pub(super) fate: BTreeMap<Name, &'static str>,
    /// For whom, by whom, when it was used.
    pub(super) used: BTreeSet<(Name, Name, u64)>,
    pub(super) needed: BTreeMap<Name, u64>,
    pub(super) organizers: BTreeSet<Name>,
    pub(super) terms: Terms,
    pub(super) coming: Option<(Terms, u64)>,
    pub(super) revision: u64,
    pub(super) founding: bool,
    pub(super) began: u64,
}
