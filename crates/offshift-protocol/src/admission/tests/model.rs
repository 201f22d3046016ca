//! The rules once more, from the specification, with names for keys: which could refuse a deed, or the room after it.

use std::collections::BTreeSet;

use super::deeds::{
    DAY, Deed, HOUR, Model, Motion, Name, Newcomer, Terms, Vouch, Word, link_sentence,
    motion_sentence, vouch_sentence, wish_sentence,
};
use crate::admission::Rule;

type Broken = BTreeSet<Rule>;
const SKEW: u64 = 2 * HOUR;
const FLOORS: [(&str, u64, u64); 6] = [
    ("vouches", 2, 8),
    ("probation", DAY, 90 * DAY),
    ("budget", 1, 20),
    ("recall", 3, 9),
    ("rejoin", 0, 90 * DAY),
    ("age", HOUR, 7 * DAY),
];

fn need(broken: &mut Broken, holds: bool, rule: Rule) {
    if !holds {
        broken.insert(rule);
    }
}

impl Model {
    pub(super) fn bound(&self, at: u64) -> &Terms {
        self.coming.as_ref().filter(|(_, from)| at >= *from).map_or(&self.terms, |(terms, _)| terms)
    }

    fn person(&self, name: &Name) -> Name {
        self.owner.get(name).unwrap_or(name).clone()
    }

    fn roots(&self, names: &BTreeSet<Name>) -> u64 {
        names.iter().filter_map(|name| self.branch.get(name)).collect::<BTreeSet<_>>().len() as u64
    }

    /// Those of whom the member's place still rests.
    fn sound(&self, whom: &Name) -> BTreeSet<Name> {
        let of = self.used.iter().filter(|(for_whom, ..)| for_whom == whom).map(|(_, by, _)| by);
        of.filter(|by| self.fate.get(*by) != Some(&"severed")).cloned().collect()
    }

    pub(super) fn reviewed(&self, name: &Name) -> bool {
        let needed = self.needed.get(name).filter(|_| self.inside.contains_key(name));
        needed.is_some_and(|needed| self.roots(&self.sound(name)) < *needed)
    }

    fn trusted(&self, name: &Name, at: u64) -> bool {
        let served = at >= self.joined.get(name).unwrap_or(&0) + self.bound(at)["probation"];
        let vouched = self.needed.contains_key(name);
        self.inside.contains_key(name)
            && !self.owner.contains_key(name)
            && (!vouched || served && !self.reviewed(name))
    }

    fn greet(&self, who: &Newcomer, broken: &mut Broken) {
        need(broken, who.plain, Rule::KeyPackage);
        let taken = self.inside.values().any(|one| one.eq_ignore_ascii_case(&who.handle));
        need(broken, !taken, Rule::HandleTaken);
    }

    fn enter(&mut self, who: &Newcomer, at: u64, root: &Name) {
        self.inside.insert(who.name.clone(), who.handle.clone());
        self.branch.entry(who.name.clone()).or_insert_with(|| root.clone());
        self.joined.insert(who.name.clone(), at);
        self.left.remove(&who.name);
        self.fate.remove(&who.name);
    }

    fn weigh(&self, whom: &Name, package: Option<u8>, vouches: &[Vouch], at: u64, b: &mut Broken) {
        let mut once = BTreeSet::new();
        let since = self.left.get(whom).or(self.joined.get(whom));
        let terms = self.bound(at);
        for vouch in vouches {
            let Vouch { by, call, met, at: said, .. } = vouch;
            need(b, once.insert(by), Rule::VouchTwice);
            let first = self.inside.contains_key(by) && !self.owner.contains_key(by);
            need(b, first, Rule::VoucherUnknown);
            let sentence = vouch_sentence(whom, package, vouch);
            need(b, vouch.signed == (by.clone(), sentence), Rule::VouchSignature);
            need(b, vouch.terms == *terms, Rule::VouchTerms);
            need(b, !call || terms["calls"] == 1, Rule::VouchMethod);
            let timely = met <= said && *said <= at + SKEW && at <= met + 14 * DAY;
            need(b, timely && since.is_none_or(|since| met >= since), Rule::VouchTime);
            need(b, self.trusted(by, at), Rule::VoucherOnProbation);
            let recent = |(_, of, when): &&(Name, Name, u64)| of == by && at < when + 90 * DAY;
            let spent = self.used.iter().filter(recent).count() as u64;
            need(b, spent < terms["budget"], Rule::VouchBudget);
        }
    }

    fn enough(&self, by: &BTreeSet<Name>, needed: u64, broken: &mut Broken) {
        need(broken, by.len() as u64 >= needed, Rule::TooFewVouches);
        need(broken, self.roots(by) >= needed, Rule::TooFewBranches);
    }

    fn approve(
        &self,
        by: &Name,
        at: u64,
        motion: &Motion,
        words: &[Word],
        is_recall: bool,
        b: &mut Broken,
    ) {
        let mut all = BTreeSet::from([by.clone()]);
        for word in words {
            need(b, all.insert(word.by.clone()), Rule::ApprovalBy);
            need(b, word.at <= at + SKEW && at <= word.at + 7 * DAY, Rule::ApprovalTime);
            let sentence = motion_sentence(self.revision, &word.by, word.at, motion);
            need(b, word.signed == (word.by.clone(), sentence), Rule::ApprovalSignature);
        }
        let orphaned = self.organizers.len() < 2 && matches!(motion, Motion::Organizer(_));
        if orphaned || is_recall {
            need(b, all.iter().all(|one| self.trusted(one, at)), Rule::ApprovalBy);
            need(b, all.len() as u64 >= self.bound(at)["recall"], Rule::TooFewApprovals);
            need(b, self.roots(&all) >= 2, Rule::RecallBranches);
        } else {
            need(b, all.is_subset(&self.organizers), Rule::ApprovalBy);
            need(b, all.len() >= 2, Rule::TooFewApprovals);
        }
    }

    /// The people of these devices; they leave with all that they have.
    fn expel(&mut self, by: &Name, at: u64, gone: &[Name], broken: &mut Broken) -> BTreeSet<Name> {
        need(broken, gone.iter().all(|name| self.inside.contains_key(name)), Rule::NotAMember);
        let people: BTreeSet<Name> = gone.iter().map(|name| self.person(name)).collect();
        let theirs = |name: &&Name| people.contains(&self.person(name));
        let whole = self.inside.keys().filter(theirs).all(|name| gone.contains(name));
        need(broken, whole && !gone.contains(by), Rule::RemovedInPart);
        let all = self.branch.keys().filter(theirs).cloned();
        let fresh = all.filter(|name| self.fate.get(name) != Some(&"severed"));
        for name in fresh.collect::<Vec<_>>() {
            self.fate.insert(name.clone(), "severed");
            self.left.entry(name.clone()).or_insert(at);
            self.inside.remove(&name);
            self.organizers.remove(&name);
        }
        people
    }

    /// The room after the deed, or every rule that it breaks.
    pub(super) fn judge(&self, by: &Name, at: u64, deed: &Deed) -> Result<Self, Broken> {
        let (mut after, b) = (self.clone(), &mut Broken::new());
        need(b, self.inside.contains_key(by), Rule::NotAMember);
        let leads = self.organizers.contains(by);
        match deed {
            Deed::Keys => {}
            Deed::Found(who, organizers) => after.found(self, by, at, who, organizers, b),
            Deed::Admit(who, vouches) => {
                need(b, leads, Rule::AdmitByOther);
                self.greet(who, b);
                let fate = self.fate.get(&who.name);
                need(b, fate != Some(&"severed"), Rule::Denied);
                let here = self.inside.contains_key(&who.name) || fate == Some(&"stopped");
                need(b, !here, Rule::KeyTwice);
                self.weigh(&who.name, Some(who.package), vouches, at, b);
                let by: BTreeSet<Name> = vouches.iter().map(|vouch| vouch.by.clone()).collect();
                self.enough(&by, self.bound(at)["vouches"], b);
                let root = vouches.first().and_then(|one| self.branch.get(&one.by));
                after.enter(who, at, root.unwrap_or(&who.name));
                after.owner.remove(&who.name);
                after.needed.insert(who.name.clone(), self.bound(at)["vouches"]);
                after.used.retain(|(whom, ..)| *whom != who.name);
                after.used.extend(by.into_iter().map(|by| (who.name.clone(), by, at)));
                after.founding = false;
            }
            Deed::Confirm(whom, vouches) => {
                need(b, leads, Rule::AdmitByOther);
                need(b, self.inside.contains_key(whom), Rule::NotAMember);
                need(b, self.reviewed(whom), Rule::NotUnderReview);
                self.weigh(whom, None, vouches, at, b);
                let before =
                    |one: &Vouch| self.used.iter().any(|(w, by, _)| w == whom && *by == one.by);
                need(b, !vouches.iter().any(before), Rule::VouchTwice);
                let sound = self.sound(whom);
                after.used.retain(|(w, by, _)| w != whom || sound.contains(by));
                after.used.extend(vouches.iter().map(|one| (whom.clone(), one.by.clone(), at)));
                let all = vouches.iter().map(|one| one.by.clone()).chain(sound).collect();
                self.enough(&all, *self.needed.get(whom).unwrap_or(&0), b);
                need(b, all.len() <= 16, Rule::RoomFull);
            }
            Deed::Sever(gone, words) => {
                need(b, leads, Rule::RemoveByOther);
                let people = after.expel(by, at, gone, b);
                if people.len() > 1 || !words.is_empty() {
                    let motion = Motion::Sever(gone.iter().cloned().collect());
                    self.approve(by, at, &motion, words, false, b);
                }
            }
            Deed::Stop(device) => {
                need(b, leads, Rule::RemoveByOther);
                need(b, self.inside.contains_key(device), Rule::NotAMember);
                need(b, device != by, Rule::RemovedInPart);
                after.inside.remove(device);
                after.organizers.remove(device);
                after.fate.insert(device.clone(), "stopped");
                after.left.insert(device.clone(), at);
            }
            Deed::Recall(gone, words) => {
                let people: Vec<Name> = after.expel(by, at, gone, b).into_iter().collect();
                need(b, people.len() == 1, Rule::OneChange);
                let motion = Motion::Recall(people.first().cloned().unwrap_or_default());
                self.approve(by, at, &motion, words, true, b);
            }
            Deed::Decide(motion, words) => {
                self.approve(by, at, motion, words, false, b);
                after.carry(self, at, motion, b);
            }
            Deed::Rejoin(old, who, wish) => {
                let handle = self.inside.get(old);
                need(b, handle.is_some(), Rule::NotAMember);
                let same = *old == who.name && handle == Some(&who.handle);
                need(b, leads && old != by && same, Rule::RejoinOther);
                need(b, who.plain, Rule::KeyPackage);
                let timely = wish.at <= at + SKEW && at <= wish.at + 7 * DAY;
                let said = wish.signed == (who.name.clone(), wish_sentence(wish.at, who));
                need(b, timely && said, Rule::RejoinProof);
            }
            Deed::Device(who, link) => {
                need(b, link.by == *by && self.inside.contains_key(by), Rule::DeviceByOther);
                self.greet(who, b);
                need(b, !self.branch.contains_key(&who.name), Rule::KeyTwice);
                let timely = link.at <= at + SKEW && at <= link.at + DAY;
                let said = link.signed == (link.by.clone(), link_sentence(&link.by, link.at, who));
                need(b, timely && said, Rule::DeviceLink);
                let (person, root) = (self.person(by), self.branch.get(by).unwrap_or(by));
                let has = self.inside.keys().filter(|name| self.person(name) == person).count();
                need(b, has < 3, Rule::TooManyDevices);
                after.enter(who, at, root);
                after.owner.insert(who.name.clone(), person);
            }
        }
        if b.is_empty() { Ok(after) } else { Err(b.clone()) }
    }

    fn found(
        &mut self,
        was: &Self,
        by: &Name,
        at: u64,
        who: &[Newcomer],
        named: &[Name],
        b: &mut Broken,
    ) {
        let timely = was.began <= at + SKEW && at <= was.began + 7 * DAY;
        need(b, was.founding && timely, Rule::NotFounding);
        let founder = !was.needed.contains_key(by) && !was.owner.contains_key(by);
        need(b, founder && was.organizers.contains(by), Rule::AddByOther);
        need(b, !who.is_empty(), Rule::OneChange);
        for one in who {
            self.greet(one, b);
            need(b, !self.branch.contains_key(&one.name), Rule::KeyTwice);
            self.enter(one, at, &one.name);
        }
        let roots: BTreeSet<Name> = self.branch.keys().cloned().collect();
        need(b, self.roots(&roots) <= 8, Rule::TooManyFounders);
        for name in named {
            let new = who.iter().any(|one| one.name == *name);
            need(b, new && self.organizers.insert(name.clone()), Rule::PolicyChange);
        }
        need(b, self.organizers.len() >= 2, Rule::TooFewOrganizers);
    }

    fn carry(&mut self, was: &Self, at: u64, motion: &Motion, b: &mut Broken) {
        match motion {
            Motion::Sever(_) | Motion::Recall(_) => need(b, false, Rule::MotionEmpty),
            Motion::Terms(terms) => {
                let held = FLOORS.iter().all(|(t, min, max)| (min..=max).contains(&&terms[t]));
                need(b, held, Rule::TermsFloor);
                let bound = was.bound(at).clone();
                let pending = was.coming.as_ref().is_some_and(|(_, from)| at < *from);
                need(b, *terms != bound || pending, Rule::MotionEmpty);
                let fewer = ["vouches", "probation"].iter().any(|t| terms[t] < bound[t]);
                let more = ["budget", "calls", "recall", "rejoin"];
                let loose = fewer || more.iter().any(|t| terms[t] > bound[t]);
                let later = loose.then(|| (terms.clone(), at + 3 * DAY));
                (self.terms, self.coming) = (if loose { bound } else { terms.clone() }, later);
            }
            Motion::Organizer(name) => {
                need(b, was.trusted(name, at), Rule::OrganizerUnfit);
                need(b, self.organizers.insert(name.clone()), Rule::MotionEmpty);
            }
            Motion::Drop(name) => {
                need(b, self.organizers.remove(name), Rule::MotionEmpty);
                need(b, self.organizers.len() >= 2, Rule::TooFewOrganizers);
            }
            Motion::Lift(name) => {
                need(b, was.fate.get(name) == Some(&"severed"), Rule::MotionEmpty);
                self.fate.insert(name.clone(), "lifted");
            }
        }
        self.revision += 1;
    }
}
