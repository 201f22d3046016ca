//! Attack -> test -> what came out of it the last time: read from what `cargo test` prints.
//!
//! ```text
//! cargo test -- names...            "test rooms::ro_01_... ... ok"  ─┐
//! cargo test -- --ignored names...  "test sim::ei_42_... ... ok"    ─┴─> proto/spec/attacks-results.md
//! ```
//! The page says what was so on a day. No check depends on it: a test that was added since has no result yet.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    process::Command,
    time::{SystemTime, UNIX_EPOCH},
};

use crate::{Coverage, places::Place, root, spec::Attack};

/// Where the results stand.
pub const RESULTS: &str = "proto/spec/attacks-results.md";

const INTRODUCTION: &str = "<!-- Written by `cargo run -p offshift-table -- --results`. Do not edit. -->
# What came out of mounting the attacks

Each row of [attacks.md](attacks.md), the tests that mount it, and their latest result. The command above runs
`cargo test --workspace --no-fail-fast` with the names of these tests, and again with `--ignored` for those that take
long; with files behind it, it reads what such runs printed. *not run* is said of a test that asks for something that the machine did not have, or that is newer than the run.
";

/// What became of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Passed,
    NotRun,
    Failed,
}

impl Outcome {
    const fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::NotRun => "not run",
            Self::Failed => "**FAILED**",
        }
    }
}

/// The outcomes of tests by the names of their functions.
#[derive(Default)]
pub struct Results(BTreeMap<String, Outcome>);

impl Results {
    /// Adds what a run of `cargo test` printed. Where several tests have one name, the worst of them counts; a test that was
    /// left out in one run may have been run in another.
    pub fn read(&mut self, printed: &str) {
        let mut one = BTreeMap::new();
        for line in printed.lines() {
            let Some((path, end)) = line.strip_prefix("test ").and_then(|l| l.split_once(" ... "))
            else {
                continue;
            };
            let path = path.split(" - ").next().unwrap_or(path);
            let name = path.rsplit("::").next().unwrap_or(path).to_owned();
            let outcome = match end.split([',', ' ']).next() {
                Some("ok") => Outcome::Passed,
                Some("ignored") => Outcome::NotRun,
                _ => Outcome::Failed,
            };
            let worst = one.entry(name).or_insert(outcome);
            *worst = (*worst).max(outcome);
        }
        for (name, outcome) in one {
            let known = self.0.entry(name).or_insert(outcome);
            *known = match (*known, outcome) {
                (Outcome::NotRun, new) => new,
                (old, Outcome::NotRun) => old,
                (old, new) => old.max(new),
            };
        }
    }

    /// Runs all tests that bear rows, the long ones as well; prints what they print.
    ///
    /// # Errors
    /// When cargo can't be run.
    pub fn of_a_run(coverage: &Coverage) -> io::Result<Self> {
        let mut results = Self::default();
        let names: BTreeSet<_> = coverage.attack_tests().collect();
        for more in [&[][..], &["--ignored"][..]] {
            let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
            cargo.current_dir(root()).args(["test", "--workspace", "--no-fail-fast", "--"]);
            let output = cargo.args(more).args(&names).output()?;
            let printed = String::from_utf8_lossy(&output.stdout);
            print!("{printed}");
            results.read(&printed);
        }
        Ok(results)
    }

    fn of(&self, name: &str) -> Outcome {
        self.0.get(name).copied().unwrap_or(Outcome::NotRun)
    }
}

impl Coverage {
    /// The names of all tests that mount attacks.
    pub fn attack_tests(&self) -> impl Iterator<Item = &str> {
        let places = self.attacks.iter().flat_map(|attack| self.mounting(attack));
        places.filter_map(|place| place.item.as_deref())
    }

    fn mounting(&self, attack: &Attack) -> impl Iterator<Item = &Place> {
        self.tests.get(&attack.id).into_iter().flatten().filter(|place| place.item.is_some())
    }

    /// Rows of which no test has a twin that goes well or a control that fails, by its own words: what can't fail shows
    /// nothing.
    pub fn attacks_without_control(&self) -> Vec<String> {
        let bare = self.attacks.iter().filter(|attack| attack.built).filter(|attack| {
            !self.mounting(attack).any(|place| {
                place.item.as_deref().is_some_and(|item| {
                    self.controlled.contains(&(place.path.clone(), item.to_owned()))
                })
            })
        });
        bare.map(|attack| format!("{}: no test of it says its twin or its control", attack.id))
            .collect()
    }

    /// The page of results of this day.
    pub fn results_page(&self, results: &Results) -> String {
        let outcomes = |attack: &Attack| -> Vec<_> {
            let items = self.mounting(attack).filter_map(|place| place.item.as_deref());
            items.map(|name| results.of(name)).collect()
        };
        let is_green = |attack: &&Attack| {
            let all = outcomes(attack);
            all.contains(&Outcome::Passed) && !all.contains(&Outcome::Failed)
        };
        let green = self.attacks.iter().filter(is_green).count();
        let mut page = INTRODUCTION.to_owned();
        page +=
            &format!("\nLast run: {}. {green} of {} rows green.\n", today(), self.attacks.len());
        page += "\n| row | attack | result | tests |\n|---|---|---|---|\n";
        for attack in &self.attacks {
            let all = outcomes(attack);
            let passed = all.iter().filter(|outcome| **outcome == Outcome::Passed).count();
            let tests = self.mounting(attack).map(|place| {
                let name = place.item.as_deref().unwrap_or_default();
                format!("`{}`: {name} ({})", place.path, results.of(name).word())
            });
            let tests = tests.collect::<Vec<_>>().join("<br>");
            let Attack { id, does, .. } = attack;
            page += &format!("| {id} | {does} | {passed} of {} passed | {tests} |\n", all.len());
        }
        page
    }
}

/// The day, by this machine's clock, in UTC (the civil calendar of H. Hinnant, "chrono-compatible low-level date
/// algorithms").
fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    date(seconds / 86_400)
}

fn date(days: u64) -> String {
    let shifted = days.saturating_add(719_468);
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_of_one_name_counts_and_what_was_left_out_is_looked_up_in_the_other_run() {
        let mut results = Results::default();
        results.read(
            "running 4 tests\ntest a::ro_01_x ... ok\ntest b::ro_01_x ... FAILED\ntest long ... ignored, hours\ntest ro_02 - should panic ... ok\n",
        );
        assert_eq!(results.of("ro_01_x"), Outcome::Failed);
        assert_eq!(results.of("long"), Outcome::NotRun);
        assert_eq!(results.of("ro_02"), Outcome::Passed);
        assert_eq!(results.of("nobody"), Outcome::NotRun);
        results.read("test long ... ok\n");
        assert_eq!(results.of("long"), Outcome::Passed);
        results.read("test long ... ignored\n");
        assert_eq!(results.of("long"), Outcome::Passed);
    }

    #[test]
    fn days_are_dates() {
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(date(19_782), "2024-02-29");
        assert_eq!(date(20_779), "2026-11-22");
    }
}
