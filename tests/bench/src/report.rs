//! What was measured: rows with what stands beside them, as a table on the screen and as JSON.
//!
//! ```text
//! workload -> Section { rows, words } -> Report { one section for each workload } -> JSON
//!                    \-> one line of the table at once
//! ```
//! A section is measured in one go, its limits with it, so its ratios stand by themselves. Running some workloads
//! again replaces their sections in the file and leaves the others.

use std::{
    fmt, io,
    path::Path,
    time::{Duration, SystemTime},
};

use serde::{Deserialize, Serialize};

/// What a figure is held against.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Beside {
    pub(crate) what: String,
    pub(crate) value: f64,
}

/// What a goal is about: the value, or its ratio to the first thing beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Bound {
    RatioAtLeast,
    RatioAtMost,
    ValueAtMost,
}

/// A goal of the design.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Goal {
    pub(crate) bound: Bound,
    pub(crate) limit: f64,
}

/// Where a row stands in a plot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Point {
    pub(crate) series: String,
    pub(crate) x: f64,
}

/// One figure.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) value: f64,
    pub(crate) unit: String,
    pub(crate) beside: Vec<Beside>,
    pub(crate) goal: Option<Goal>,
    pub(crate) point: Option<Point>,
}

impl Row {
    pub(crate) fn new(name: impl Into<String>, value: f64, unit: &str) -> Self {
        let (name, unit) = (name.into(), unit.to_owned());
        // JSON has no word for what is no number.
        let value = if value.is_finite() { value } else { 0.0 };
        Self { name, value, unit, beside: Vec::new(), goal: None, point: None }
    }

    /// What was measured in the same run, in the same unit. A goal's ratio is to the first.
    pub(crate) fn beside(mut self, what: &str, value: f64) -> Self {
        self.beside.push(Beside { what: what.to_owned(), value });
        self
    }

    pub(crate) fn goal(self, bound: Bound, limit: f64) -> Self {
        Self { goal: Some(Goal { bound, limit }), ..self }
    }

    /// Its place in a plot.
    pub(crate) fn at(self, series: &str, x: f64) -> Self {
        Self { point: Some(Point { series: series.to_owned(), x }), ..self }
    }

    /// The value over what stands beside it.
    pub(crate) fn ratio(&self) -> Option<f64> {
        self.beside.first().map(|beside| self.value / beside.value)
    }

    /// Whether the goal is met; `None` without a goal.
    pub(crate) fn met(&self) -> Option<bool> {
        let goal = self.goal?;
        Some(match goal.bound {
            Bound::RatioAtLeast => self.ratio()? >= goal.limit,
            Bound::RatioAtMost => self.ratio()? <= goal.limit,
            Bound::ValueAtMost => self.value <= goal.limit,
        })
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limit = number(self.limit);
        match self.bound {
            Bound::RatioAtLeast => write!(f, "goal: ratio at least {limit}"),
            Bound::RatioAtMost => write!(f, "goal: ratio at most {limit}"),
            Bound::ValueAtMost => write!(f, "goal: at most {limit}"),
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "  {:<56} {:>10} {:<8}", self.name, number(self.value), self.unit)?;
        for beside in &self.beside {
            let ratio = number(self.value / beside.value);
            write!(f, "  | {} {}: {ratio}", beside.what, number(beside.value))?;
        }
        if let (Some(goal), Some(met)) = (self.goal, self.met()) {
            write!(f, "  [{goal}: {}]", if met { "met" } else { "MISSED" })?;
        }
        Ok(())
    }
}

/// Three digits that count, and thousands apart.
pub(crate) fn number(value: f64) -> String {
    let size = value.abs();
    if !value.is_finite() {
        return "-".to_owned();
    }
    if size < 10.0 {
        return format!("{value:.2}");
    }
    if size < 100.0 {
        return format!("{value:.1}");
    }
    let digits = format!("{value:.0}");
    let mut apart = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digit != '-' && (digits.len() - at).is_multiple_of(3) && !apart.ends_with('-')
        {
            apart.push(',');
        }
        apart.push(digit);
    }
    apart
}

/// What one workload gave.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Section {
    pub(crate) name: String,
    pub(crate) about: String,
    /// Seconds since 1970 when it began.
    pub(crate) at: u64,
    pub(crate) seconds: f64,
    /// With few rounds: a figure of this says that the path works, not how fast.
    pub(crate) quick: bool,
    pub(crate) words: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

impl Section {
    /// An empty one, announced on the screen.
    pub(crate) fn begin(name: &str, about: &str, quick: bool) -> Self {
        println!("\n{name}: {about}");
        let (name, about, at) = (name.to_owned(), about.to_owned(), now());
        Self { name, about, at, quick, ..Self::default() }
    }

    /// One more figure.
    pub(crate) fn add(&mut self, row: Row) {
        println!("{row}");
        self.rows.push(row);
    }

    /// What must be known to read the figures.
    pub(crate) fn say(&mut self, words: impl Into<String>) {
        let words = words.into();
        println!("  ({words})");
        self.words.push(words);
    }

    pub(crate) fn end(&mut self, took: Duration) {
        self.seconds = took.as_secs_f64();
        println!("  ({:.0} s)", self.seconds);
    }
}

fn now() -> u64 {
    SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_secs()
}

/// The machine, in words that name nobody.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Machine {
    pub(crate) cores: usize,
    pub(crate) memory_gib: u64,
    pub(crate) system: String,
}

impl Machine {
    pub(crate) fn this() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
        let kib = memory.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok());
        let system = std::env::consts::OS.to_owned();
        Self { cores, memory_gib: kib.unwrap_or(0).div_ceil(1 << 20), system }
    }
}

/// Everything that was measured, section by section.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) machine: Machine,
    pub(crate) sections: Vec<Section>,
}

impl Report {
    /// What lies in `file`; nothing when there is none yet.
    pub(crate) fn read(file: &Path) -> io::Result<Self> {
        match std::fs::read(file) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::other),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    pub(crate) fn write(&self, file: &Path) -> io::Result<()> {
        let json = serde_json::to_vec_pretty(self).map_err(io::Error::other)?;
        std::fs::write(file, json)
    }

    /// Puts a section in place of an earlier one of its name; `order` is that of the workloads.
    pub(crate) fn put(&mut self, section: Section, order: &[&str]) {
        self.machine = Machine::this();
        self.sections.retain(|one| one.name != section.name);
        self.sections.push(section);
        self.sections.sort_by_key(|one| order.iter().position(|name| *name == one.name));
    }

    pub(crate) fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.name == name)
    }

    /// All rows that have a goal.
    pub(crate) fn goals(&self) -> Vec<(&Section, &Row)> {
        let rows = self.sections.iter().flat_map(|one| one.rows.iter().map(move |row| (one, row)));
        rows.filter(|(_, row)| row.goal.is_some()).collect()
    }

    /// The goals, all together: how far each is.
    pub(crate) fn print_goals(&self) {
        let goals = self.goals();
        let met = goals.iter().filter(|(_, row)| row.met() == Some(true)).count();
        println!("\ngoals: {met} of {} met", goals.len());
        for (section, row) in goals {
            println!("{row}  ({})", section.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_at_a_glance() {
        for (value, written) in [
            (0.123_4, "0.12"),
            (12.34, "12.3"),
            (999.4, "999"),
            (1_234.0, "1,234"),
            (1_234_567.8, "1,234,568"),
            (-1_234.0, "-1,234"),
            (f64::NAN, "-"),
        ] {
            assert_eq!(number(value), written);
        }
    }

    #[test]
    fn a_goal_is_of_the_ratio_or_of_the_value() {
        let row = || Row::new("deposits", 60.0, "/s").beside("bare", 100.0).beside("peer", 10.0);
        assert_eq!(row().met(), None);
        assert_eq!(row().goal(Bound::RatioAtLeast, 0.6).met(), Some(true));
        assert_eq!(row().goal(Bound::RatioAtLeast, 0.61).met(), Some(false));
        assert_eq!(row().goal(Bound::RatioAtMost, 0.5).met(), Some(false));
        assert_eq!(row().goal(Bound::ValueAtMost, 60.0).met(), Some(true));
    }

    #[test]
    fn a_section_measured_again_takes_its_own_place() {
        let mut report = Report::default();
        let named = |name: &str, at| Section { name: name.to_owned(), at, ..Section::default() };
        for (name, at) in [("b", 1), ("a", 1), ("b", 2)] {
            report.put(named(name, at), &["a", "b"]);
        }
        let all: Vec<_> = report.sections.iter().map(|one| (one.name.as_str(), one.at)).collect();
        assert_eq!(all, [("a", 1), ("b", 2)]);
    }
}
