//! Which code and which tests bear which requirement, and which tests mount which attack.
//!
//! ```text
//! proto/spec/*.md        **OS-MBX-001** A descriptor MUST ...   -> requirements ─┐
//! proto/spec/attacks.md  | RO-01 | ... | ... | yes |            -> attacks ──────┤
//! crates/*/src           // ... (OS-MBX-001)                    -> code places ──┼─> proto/spec/coverage.md
//! crates, tests          fn os_mbx_001_...(), // RO-01          -> tests ────────┘
//! ```
//!
//! Never: a line number in the page, or it would be stale after every edit; a row that a person typed.

mod ids;
mod page;
mod places;
mod results;
mod spec;
mod tree;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
};

pub use results::{Outcome, RESULTS, Results};
pub use tree::{Source, files, root, sources};

use crate::{
    places::Place,
    spec::{Attack, Requirement},
};

/// The page that is generated.
pub const PAGE: &str = "proto/spec/coverage.md";

/// Where each id stands.
type Places = BTreeMap<String, Vec<Place>>;

/// All that the page shows.
pub struct Coverage {
    requirements: Vec<Requirement>,
    attacks: Vec<Attack>,
    code: Places,
    tests: Places,
    /// Tests, by file and name, that speak of a twin or a control.
    controlled: BTreeSet<(String, String)>,
}

impl Coverage {
    /// Reads the specification and all sources.
    pub fn of_the_project() -> io::Result<Self> {
        let (mut code, mut tests) = (Places::new(), Places::new());
        let mut controlled = BTreeSet::new();
        for source in sources("crates")?.iter().chain(&sources("tests")?) {
            // The tests of this very crate cite ids without testing what they stand for.
            if !source.path.starts_with("tests/table/") {
                places::in_code(source, &mut code);
                places::in_tests(source, &mut tests);
                places::with_control(source, &mut controlled);
            }
        }
        let (requirements, attacks) = (spec::requirements()?, spec::attacks()?);
        Ok(Self { requirements, attacks, code, tests, controlled })
    }

    /// Everything that is wrong, one sentence each.
    pub fn faults(&self) -> Vec<String> {
        let all = [
            self.without_code(),
            self.without_test(),
            self.unknown(),
            self.attacks_astray(),
            self.attacks_without_control(),
        ];
        all.concat()
    }

    /// Requirements that no code cites.
    pub fn without_code(&self) -> Vec<String> {
        let gaps = self.requirements.iter().filter(|r| !self.code.contains_key(&r.id));
        gaps.map(|r| format!("{}: no comment in crates/*/src cites it", r.id)).collect()
    }

    /// Requirements that no test bears.
    pub fn without_test(&self) -> Vec<String> {
        let gaps = self.requirements.iter().filter(|r| !self.tests.contains_key(&r.id));
        gaps.map(|r| format!("{}: no test bears it", r.id)).collect()
    }

    /// Ids that stand in code or tests and that nothing defines, and ids that two places define.
    pub fn unknown(&self) -> Vec<String> {
        let rows = self.attacks.iter().map(|a| &a.id);
        let defined: Vec<_> = self.requirements.iter().map(|r| &r.id).chain(rows).collect();
        let count = |id: &str| defined.iter().filter(|d| **d == id).count();
        let twice = defined.iter().filter(|id| count(id) > 1);
        let mut found: Vec<_> = twice.map(|id| format!("{id}: defined twice")).collect();
        for (id, places) in self.code.iter().chain(&self.tests).filter(|(id, _)| count(id) == 0) {
            let at = places.first().map_or("", |place| &place.path);
            found.push(format!("{id}: cited in {at}, defined nowhere"));
        }
        found
    }

    /// Attacks that are said to be built and have no test, or have one and are said not to be built.
    pub fn attacks_astray(&self) -> Vec<String> {
        let astray = self.attacks.iter().filter(|a| a.built != self.tests.contains_key(&a.id));
        let say = |a: &Attack| match a.built {
            true => format!("{}: no test mounts it", a.id),
            false => format!("{}: tests mount it, but attacks.md says that it is not built", a.id),
        };
        astray.map(say).collect()
    }

    /// The page, as it should be.
    pub fn page(&self) -> String {
        page::write(self)
    }

    /// Whether the page on disk is that.
    pub fn is_on_disk(&self) -> io::Result<bool> {
        Ok(fs::read_to_string(root().join(PAGE))? == self.page())
    }
}
