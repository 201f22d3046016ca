//! Random deeds of honest and byzantine members, each in both languages: the model's and that of the rules.

use std::collections::{BTreeMap, BTreeSet};

use offshift_wire::{
    MemberId, UnixMillis,
    admission::{Act, Approval, DeviceLink, Motion as RealMotion, RejoinProof, Vouch as RealVouch},
    room::Terms as RealTerms,
    standing::Method,
};
use rand_core::Rng as _;

use super::{
    against_model::World,
    deeds::{
        Deed, Model, Motion, Name, Newcomer, Terms, Vouch, Word, link_sentence, motion_sentence,
        vouch_sentence, wish_sentence,
    },
    stage::{DAY, HOUR, Offer, Words, id, info, newcomer, offer, sign},
};
use crate::admission::{Newcomer as RealNewcomer, signed::Statement, terms::terms_hash};

pub(super) const NAMES: u8 = 24;

pub(super) fn name(number: u8) -> Name {
    format!("k{number}")
}

pub(super) fn number(name: &Name) -> u8 {
    name.trim_start_matches('k').parse().unwrap()
}

pub(super) fn named(terms: &RealTerms) -> Terms {
    BTreeMap::from([
        ("vouches", terms.vouches.into()),
        ("probation", terms.probation_ms),
        ("budget", terms.vouch_budget.into()),
        ("calls", terms.calls.into()),
        ("recall", terms.recall.into()),
        ("rejoin", terms.rejoin_ms),
        ("age", terms.epoch_age_ms),
        ("disappear", terms.disappear_ms),
    ])
}

fn real(terms: &Terms) -> RealTerms {
    RealTerms {
        vouches: u32::try_from(terms["vouches"]).unwrap(),
        probation_ms: terms["probation"],
        vouch_budget: u32::try_from(terms["budget"]).unwrap(),
        calls: terms["calls"] == 1,
        recall: u32::try_from(terms["recall"]).unwrap(),
        rejoin_ms: terms["rejoin"],
        epoch_age_ms: terms["age"],
        disappear_ms: terms["disappear"],
        ..crate::admission::terms::fresh()
    }
}

fn real_motion(motion: &Motion) -> RealMotion {
    let key = |name: &Name| id(number(name));
    match motion {
        Motion::Sever(names) => {
            let keys: BTreeSet<MemberId> = names.iter().map(key).collect();
            RealMotion::Sever(keys.into_iter().collect())
        }
        Motion::Recall(name) => RealMotion::Recall(key(name)),
        Motion::Terms(terms) => RealMotion::Terms(real(terms)),
        Motion::Organizer(name) => RealMotion::NameOrganizer(key(name)),
        Motion::Drop(name) => RealMotion::DropOrganizer(key(name)),
        Motion::Lift(name) => RealMotion::Lift(key(name)),
    }
}

impl World {
    pub(super) fn below(&mut self, count: u64) -> u64 {
        self.rng.next_u64() % count.max(1)
    }

    /// Once in so many times.
    fn once_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn any(&mut self) -> Name {
        let number = 1 + self.below(NAMES.into());
        name(u8::try_from(number).unwrap())
    }

    fn one_of(&mut self, names: impl IntoIterator<Item = Name>) -> Name {
        let names: Vec<Name> = names.into_iter().collect();
        if names.is_empty() || self.once_in(40) {
            return self.any();
        }
        let at = self.below(names.len() as u64);
        names[usize::try_from(at).unwrap()].clone()
    }

    fn member(&mut self) -> Name {
        self.one_of(self.model.inside.keys().cloned().collect::<Vec<_>>())
    }

    fn organizer(&mut self) -> Name {
        self.one_of(self.model.organizers.clone())
    }

    fn first_device(&mut self) -> Name {
        let owner = &self.model.owner;
        let firsts = self.model.inside.keys().filter(|name| !owner.contains_key(*name));
        self.one_of(firsts.cloned().collect::<Vec<_>>())
    }

    fn outsider(&mut self) -> Name {
        let inside = &self.model.inside;
        let outside: Vec<Name> =
            (1..=NAMES).map(name).filter(|name| !inside.contains_key(name)).collect();
        self.one_of(outside)
    }

    fn newcomer(&mut self, name: Name) -> Newcomer {
        let own = number(&name);
        let other = if self.once_in(15) { self.any() } else { name.clone() };
        let handle = format!("{}{}", if self.once_in(15) { "M" } else { "m" }, number(&other));
        let package = if self.once_in(15) { own ^ 64 } else { own };
        Newcomer { name, handle, package, plain: !self.once_in(30) }
    }

    fn real_newcomer(who: &Newcomer) -> RealNewcomer {
        let (of, identity) = (number(&who.name), info(&who.handle).encode());
        RealNewcomer { identity, package: [who.package; 32], plain: who.plain, ..newcomer(of) }
    }

    /// A time up to so many days ago; now and then just ahead of the skew.
    fn lately(&mut self, days: u64) -> u64 {
        match self.below(12) {
            0 => self.now + HOUR,
            1 => self.now + 3 * HOUR,
            _ => self.now.saturating_sub(self.rng.next_u64() % (days * DAY)),
        }
    }

    fn some_terms(&mut self) -> Terms {
        let mut terms = self.model.bound(self.now).clone();
        for _ in 0..=self.below(2) {
            let (term, value) = match self.below(9) {
                0 => ("vouches", 1 + self.below(3)),
                1 => ("probation", self.below(9) * DAY),
                2 => ("budget", self.below(7)),
                3 => ("calls", self.below(2)),
                4 => ("recall", 2 + self.below(3)),
                5 => ("rejoin", self.below(4) * 30 * DAY),
                6 => ("age", self.below(9) * DAY),
                _ => ("disappear", self.below(3)),
            };
            terms.insert(term, value);
        }
        terms
    }

    fn vouch(&mut self, whom: &Name, package: Option<u8>) -> (Vouch, RealVouch) {
        let old = self.given.iter().filter(|(of, what, ..)| of == whom && *what == package);
        let old: Vec<_> = old.map(|(.., vouch, real)| (vouch.clone(), real.clone())).collect();
        if !old.is_empty() && self.once_in(4) {
            let at = usize::try_from(self.below(old.len() as u64)).unwrap();
            return old[at].clone();
        }
        let by = self.first_device();
        let days = if self.once_in(6) { 16 } else { 2 };
        let met = self.lately(days);
        let at = if self.once_in(15) { met.saturating_sub(1) } else { self.now.max(met) };
        let strange = self.once_in(20);
        let terms = if strange { self.some_terms() } else { self.model.bound(self.now).clone() };
        let call = self.once_in(8);
        let signer = if self.once_in(20) { self.any() } else { by.clone() };
        let mut said = Vouch { by, call, met, at, terms, signed: Default::default() };
        said.signed = (signer.clone(), vouch_sentence(whom, package, &said));
        let words = Words {
            room: self.stage.room,
            subject: id(number(whom)),
            package: package.map(|package| [package; 32]),
            by: id(number(&said.by)),
            method: if call { Method::Call } else { Method::InPerson },
            met_at: UnixMillis(met),
            signed_at: UnixMillis(at),
            terms: terms_hash(&real(&said.terms)),
        };
        let mut real_vouch = words.signed(number(&signer));
        if self.once_in(20) {
            self.bend(&mut said, &mut real_vouch);
        }
        self.given.push((whom.clone(), package, said.clone(), real_vouch.clone()));
        (said, real_vouch)
    }

    fn bend(&mut self, said: &mut Vouch, bent: &mut RealVouch) {
        match self.below(5) {
            0 => {
                said.by = self.first_device();
                bent.by = id(number(&said.by));
            }
            1 => {
                (said.call, bent.method) =
                    (!said.call, if said.call { Method::InPerson } else { Method::Call })
            }
            2 => (said.met, bent.met_at) = (said.met - 1, UnixMillis(said.met - 1)),
            3 => (said.at, bent.signed_at) = (said.at + 1, UnixMillis(said.at + 1)),
            _ => {
                said.terms = self.some_terms();
                bent.terms = terms_hash(&real(&said.terms));
            }
        }
    }

    fn vouches(&mut self, whom: &Name, package: Option<u8>) -> (Vec<Vouch>, Vec<RealVouch>) {
        let count = match self.below(10) {
            0 => self.below(3),
            1..5 => self.model.bound(self.now)["vouches"],
            _ => self.model.bound(self.now)["vouches"] + 1,
        };
        let count = if package.is_none() { 1 + self.below(2) } else { count };
        (0..count).map(|_| self.vouch(whom, package)).unzip()
    }

    fn approver(&mut self, by: &Name, motion: &Motion, used: &BTreeSet<Name>) -> Name {
        let Model { organizers, inside, owner, .. } = &self.model;
        let of_members = organizers.len() < 2 || matches!(motion, Motion::Recall(_));
        let firsts = inside.keys().filter(|name| !owner.contains_key(*name)).cloned();
        let all: BTreeSet<Name> = if of_members { firsts.collect() } else { organizers.clone() };
        self.one_of(
            all.into_iter().filter(|one| one != by && !used.contains(one)).collect::<Vec<_>>(),
        )
    }

    fn approvals(&mut self, by: &Name, motion: &Motion, many: u64) -> (Vec<Word>, Vec<Approval>) {
        let mut both: Vec<(Word, Approval)> = Vec::new();
        for _ in 0..many {
            let old = self.approved.iter().filter(|(of, ..)| of == motion);
            let old: Vec<_> = old.map(|(_, word, real)| (word.clone(), real.clone())).collect();
            if !old.is_empty() && self.once_in(5) {
                both.push(old[usize::try_from(self.below(old.len() as u64)).unwrap()].clone());
                continue;
            }
            let used: BTreeSet<Name> = both.iter().map(|(word, _)| word.by.clone()).collect();
            let who = self.approver(by, motion, &used);
            let days = if self.once_in(6) { 9 } else { 2 };
            let at = self.lately(days);
            let about = if self.once_in(25) { Motion::Lift(who.clone()) } else { motion.clone() };
            let revision = self.model.revision.saturating_sub(u64::from(self.once_in(25)));
            let signed = (who.clone(), motion_sentence(revision, &who, at, &about));
            let key = id(number(&who));
            let words = Statement::approval(
                &self.stage.room,
                revision,
                &key,
                UnixMillis(at),
                &real_motion(&about),
            );
            let signature = sign(number(&who), &words);
            let word = Word { by: who, at, signed };
            let approval = Approval { by: key, signed_at: UnixMillis(at), signature };
            self.approved.push((motion.clone(), word.clone(), approval.clone()));
            both.push((word, approval));
        }
        both.into_iter().unzip()
    }

    /// All devices of some people, or nearly.
    fn devices(&mut self, by: &Name, people: u64) -> Vec<Name> {
        let mut gone = BTreeSet::new();
        for _ in 0..people {
            let mut first = self.first_device();
            if first == *by {
                first = self.first_device();
            }
            let owner = &self.model.owner;
            let inside = self.model.inside.keys();
            gone.extend(inside.filter(|name| owner.get(*name) == Some(&first)).cloned());
            gone.insert(first);
        }
        if self.once_in(12) {
            gone.pop_first();
        }
        if gone.is_empty() {
            gone.insert(self.any());
        }
        gone.into_iter().collect()
    }

    fn motion(&mut self) -> Motion {
        match self.below(8) {
            0..3 => Motion::Terms(self.some_terms()),
            3 | 4 => Motion::Organizer(self.first_device()),
            5 => Motion::Drop(self.organizer()),
            6 => Motion::Lift(self.outsider()),
            _ => Motion::Recall(self.member()),
        }
    }

    /// What somebody does, in both languages.
    pub(super) fn deed(&mut self) -> (Name, Deed, Offer) {
        let mut by = self.organizer();
        let founding = if self.model.founding { 4 } else { 1 };
        let (deed, offer) = match self.below(40) {
            0 => (Deed::Keys, offer(0, Act::Keys)),
            roll if roll < founding => self.founding(),
            1..17 => self.admission(),
            17..20 => self.confirmation(),
            20 | 21 => self.severing(&by),
            22 => self.stopping(),
            23 => {
                by = self.first_device();
                self.recall(&by)
            }
            24..33 => self.decision(&by),
            33..36 => self.returning(),
            _ => {
                by = self.member();
                self.device(&by)
            }
        };
        if self.once_in(15) {
            by = self.member();
        }
        let offer = Offer { by: number(&by), at: UnixMillis(self.now), ..offer };
        (by, deed, offer)
    }

    fn founding(&mut self) -> (Deed, Offer) {
        let names: Vec<Name> = (0..=self.below(3)).map(|_| self.outsider()).collect();
        let who: Vec<Newcomer> = names.into_iter().map(|name| self.newcomer(name)).collect();
        let some = usize::from(self.once_in(3));
        let mut named: Vec<Name> = who.iter().map(|one| one.name.clone()).take(some).collect();
        if self.once_in(12) {
            named.push(self.any());
        }
        let act = Act::Found(named.iter().map(|name| id(number(name))).collect());
        let adds = who.iter().map(Self::real_newcomer).collect();
        (Deed::Found(who, named), Offer { adds, ..offer(0, act) })
    }

    fn admission(&mut self) -> (Deed, Offer) {
        let name = self.outsider();
        let who = self.newcomer(name);
        let (vouches, real) = self.vouches(&who.name, Some(who.package));
        let adds = vec![Self::real_newcomer(&who)];
        (Deed::Admit(who, vouches), Offer { adds, ..offer(0, Act::Admit(real)) })
    }

    fn confirmation(&mut self) -> (Deed, Offer) {
        let reviewed = self.model.inside.keys().filter(|one| self.model.reviewed(one));
        let whom = self.one_of(reviewed.cloned().collect::<Vec<_>>());
        let (vouches, real) = self.vouches(&whom, None);
        let act = Act::Confirm(id(number(&whom)), real);
        (Deed::Confirm(whom, vouches), offer(0, act))
    }

    fn severing(&mut self, by: &Name) -> (Deed, Offer) {
        let (people, many) = (1 + self.below(2), self.below(2));
        let gone = self.devices(by, people);
        let motion = Motion::Sever(gone.iter().cloned().collect());
        let (words, real) = self.approvals(by, &motion, many);
        let removes = gone.iter().map(number).collect();
        (Deed::Sever(gone, words), Offer { removes, ..offer(0, Act::Sever(real)) })
    }

    fn stopping(&mut self) -> (Deed, Offer) {
        let device = self.member();
        let removes = vec![number(&device)];
        (Deed::Stop(device), Offer { removes, ..offer(0, Act::Stop) })
    }

    fn recall(&mut self, by: &Name) -> (Deed, Offer) {
        let people = 1 + u64::from(self.once_in(10));
        let gone = self.devices(by, people);
        let first = &gone[0];
        let person = self.model.owner.get(first).unwrap_or(first).clone();
        let (words, real) = self.approvals(by, &Motion::Recall(person), 2);
        let removes = gone.iter().map(number).collect();
        (Deed::Recall(gone, words), Offer { removes, ..offer(0, Act::Recall(real)) })
    }

    fn decision(&mut self, by: &Name) -> (Deed, Offer) {
        let motion = self.motion();
        let many = if self.model.organizers.len() < 2 { 2 } else { 1 };
        let (words, real) = self.approvals(by, &motion, many);
        let act = Act::Decide(real_motion(&motion), real);
        (Deed::Decide(motion, words), offer(0, act))
    }

    fn returning(&mut self) -> (Deed, Offer) {
        let old = self.member();
        let name = if self.once_in(12) { self.any() } else { old.clone() };
        let mut who = self.newcomer(name);
        if let Some(handle) = self.model.inside.get(&who.name).filter(|_| who.package < 64) {
            who.handle.clone_from(handle);
        }
        let (wish, signature) = self.wish(&who);
        let proof = RejoinProof { signed_at: UnixMillis(wish.at), signature };
        let (adds, removes) = (vec![Self::real_newcomer(&who)], vec![number(&old)]);
        (Deed::Rejoin(old, who, wish), Offer { adds, removes, ..offer(0, Act::Rejoin(proof)) })
    }

    fn device(&mut self, by: &Name) -> (Deed, Offer) {
        let name = self.outsider();
        let who = self.newcomer(name);
        let linker = if self.once_in(15) { self.any() } else { by.clone() };
        let days = if self.once_in(6) { 2 } else { 1 };
        let at = self.lately(days);
        let other = if self.once_in(15) { self.newcomer(by.clone()) } else { who.clone() };
        let signed = (linker.clone(), link_sentence(&linker, at, &other));
        let (key, device) = (id(number(&linker)), id(number(&other.name)));
        let (room, package) = (&self.stage.room, [other.package; 32]);
        let words = Statement::device(room, &device, &package, &key, UnixMillis(at));
        let signature = sign(number(&linker), &words);
        let link = DeviceLink { by: key, signed_at: UnixMillis(at), signature };
        let adds = vec![Self::real_newcomer(&who)];
        let word = Word { by: linker, at, signed };
        (Deed::Device(who, word), Offer { adds, ..offer(0, Act::Device(link)) })
    }

    fn wish(&mut self, who: &Newcomer) -> (Word, [u8; 64]) {
        let days = if self.once_in(6) { 9 } else { 2 };
        let at = self.lately(days);
        let signer = if self.once_in(15) { self.any() } else { who.name.clone() };
        let sentence = wish_sentence(at, who);
        let words = Statement::rejoin(
            &self.stage.room,
            &id(number(&who.name)),
            &[who.package; 32],
            UnixMillis(at),
        );
        let signature = sign(number(&signer), &words);
        (Word { by: who.name.clone(), at, signed: (signer, sentence) }, signature)
    }
}
