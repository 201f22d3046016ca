//! Random deeds by honest and byzantine members: the rules and the model of them agree on each, and on the room after.

use std::collections::{BTreeMap, BTreeSet};

use offshift_wire::{
    MemberId,
    admission::{Approval, Vouch as RealVouch},
    standing::{Origin, Row, State},
};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::{
    chances::{NAMES, name, named, number},
    deeds::{Deed, Model, Motion, Name, Vouch, Word, vouch_sentence},
    stage::{DAY, HOUR, START, Stage, founding, id},
};
use crate::admission::Rule;

/// The same room twice, and what was signed in it.
pub(super) struct World {
    pub(super) rng: ChaCha20Rng,
    pub(super) stage: Stage,
    pub(super) model: Model,
    pub(super) now: u64,
    /// Vouches that were given, to be shown again.
    pub(super) given: Vec<(Name, Option<u8>, Vouch, RealVouch)>,
    pub(super) approved: Vec<(Motion, Word, Approval)>,
    pub(super) lifted: BTreeSet<Name>,
    pub(super) severed: BTreeSet<Name>,
    pub(super) judged: BTreeMap<Option<Rule>, u32>,
}

impl World {
    fn new(seed: u64) -> Self {
        let stage = founding();
        let founders = || (1..=3).map(name);
        let model = Model {
            inside: (1..=3).map(|n| (name(n), format!("m{n}"))).collect(),
            branch: founders().map(|one| (one.clone(), one)).collect(),
            joined: founders().map(|one| (one, START.0)).collect(),
            organizers: (1..=2).map(name).collect(),
            terms: named(&stage.policy.terms),
            revision: stage.policy.revision,
            founding: true,
            began: START.0,
            ..Model::default()
        };
        Self {
            rng: ChaCha20Rng::seed_from_u64(seed),
            stage,
            model,
            now: START.0 + HOUR,
            given: Vec::new(),
            approved: Vec::new(),
            lifted: BTreeSet::new(),
            severed: BTreeSet::new(),
            judged: BTreeMap::new(),
        }
    }

    fn step(&mut self) {
        self.now += match self.below(10) {
            0 if !self.model.founding => 10 * DAY,
            1..4 => DAY,
            _ => HOUR,
        };
        let (by, deed, offer) = self.deed();
        let expected = self.model.judge(&by, self.now, &deed);
        let found = self.stage.judge(&offer);
        *self.judged.entry(found.as_ref().err().copied()).or_default() += 1;
        match (expected, found) {
            (Ok(model), Ok(allowed)) => {
                self.stage.policy = allowed.policy;
                self.stage.standing = allowed.standing;
                self.model = model;
                self.learn_handles(&deed);
                self.note_severed(&deed);
                assert_eq!(self.shown(), self.modelled(), "{by}: {deed:?}");
                self.hold(&deed);
            }
            (Err(broken), Err(rule)) => {
                assert!(broken.contains(&rule), "{rule:?}, not {broken:?}: {by}: {deed:?}");
            }
            (Ok(_), Err(rule)) => panic!("only the rules refuse, by {rule:?}: {by}: {deed:?}"),
            (Err(broken), Ok(_)) => panic!("only the model refuses, by {broken:?}: {by}: {deed:?}"),
        }
    }

    fn learn_handles(&mut self, deed: &Deed) {
        let who = match deed {
            Deed::Found(who, _) => who.clone(),
            Deed::Admit(who, _) | Deed::Device(who, _) => vec![who.clone()],
            _ => Vec::new(),
        };
        for one in who {
            let (row, _) = self.stage.table().find(&id(number(&one.name))).unwrap();
            self.stage.handles.retain(|(of, _)| *of != row.0);
            self.stage.handles.push((row.0, one.handle));
        }
    }

    fn note_severed(&mut self, deed: &Deed) {
        if let Deed::Decide(Motion::Lift(name), _) = deed {
            self.severed.remove(name);
            self.lifted.insert(name.clone());
        }
        if let Deed::Sever(gone, _) | Deed::Recall(gone, _) = deed {
            self.severed.extend(gone.iter().cloned());
        }
    }

    /// What nobody may ever see broken, counted anew from the deed and the standing.
    fn hold(&self, deed: &Deed) {
        let rows = &self.stage.standing.rows;
        for row in rows.iter().filter(|row| row.state == State::Member) {
            assert!(!self.severed.iter().any(|name| id(number(name)) == row.key), "a severed key");
            if let Origin::Device { of } = &row.origin {
                assert!(!matches!(rows[of.0 as usize].origin, Origin::Device { .. }));
            }
        }
        let admitted = match deed {
            Deed::Admit(who, vouches) => Some((who, vouches)),
            _ => None,
        };
        if let Some((who, vouches)) = admitted {
            let honest = vouches.iter().filter(|vouch| {
                vouch.signed
                    == (vouch.by.clone(), vouch_sentence(&who.name, Some(who.package), vouch))
            });
            let roots: BTreeSet<_> = honest.map(|vouch| &self.model.branch[&vouch.by]).collect();
            let needed = self.model.needed[&who.name];
            assert!(needed >= 2 && roots.len() as u64 >= needed, "distinct branches");
        }
        let terms = &self.stage.policy.terms;
        assert!(terms.vouches >= 2 && terms.probation_ms >= DAY && terms.recall >= 3);
    }

    /// Who is inside, who leads, what binds, who is under review, what became of the others: as it really is.
    fn shown(&self) -> String {
        let (table, policy) = (self.stage.table(), &self.stage.policy);
        let key = |id: &MemberId| (1..=NAMES).map(name).find(|name| self::id(number(name)) == *id);
        let by = |holds: &dyn Fn(&Row) -> bool| -> BTreeSet<Name> {
            self.stage
                .standing
                .rows
                .iter()
                .filter(|row| holds(row))
                .filter_map(|row| key(&row.key))
                .collect()
        };
        let states = [State::Member, State::Stopped, State::Severed, State::Lifted];
        let states = states.map(|state| by(&|row| row.state == state));
        let review = by(&|row| table.is_under_review(row));
        let roots = table.roots();
        let organizers: BTreeSet<_> = policy.organizers.iter().filter_map(key).collect();
        let coming = policy.coming.map(|coming| (named(&coming.terms), coming.binds_at.0));
        let terms = named(&policy.terms);
        let (founding, revision) = (policy.founding, policy.revision);
        format!(
            "{states:?} {review:?} {roots} {organizers:?} {terms:?} {coming:?} {founding} {revision}"
        )
    }

    fn modelled(&self) -> String {
        let model = &self.model;
        let fate = |fate| -> BTreeSet<Name> {
            model
                .fate
                .iter()
                .filter(|(_, one)| **one == fate)
                .map(|(name, _)| name.clone())
                .collect()
        };
        let inside: BTreeSet<Name> = model.inside.keys().cloned().collect();
        let states = [inside.clone(), fate("stopped"), fate("severed"), fate("lifted")];
        let review: BTreeSet<Name> = inside.into_iter().filter(|one| model.reviewed(one)).collect();
        let roots = model.branch.values().collect::<BTreeSet<_>>().len();
        let Model { organizers, terms, coming, founding, revision, .. } = model;
        format!(
            "{states:?} {review:?} {roots} {organizers:?} {terms:?} {coming:?} {founding} {revision}"
        )
    }
}

#[test]
fn ei_32_random_deeds_of_byzantine_members_are_judged_as_the_model_says() {
    let mut judged: BTreeMap<Option<Rule>, u32> = BTreeMap::new();
    for seed in 0..30 {
        let mut world = World::new(seed);
        (0..120).for_each(|_| world.step());
        for (rule, count) in world.judged {
            *judged.entry(rule).or_default() += count;
        }
    }
    // What was never reached was never compared.
    assert!(judged.len() > 34 && judged[&None] > 600, "{judged:?}");
}
