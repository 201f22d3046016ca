//! The counts of all kinds of faults, as a table for people and as JSON for programs.

use std::{
    fmt::Write as _,
    path::PathBuf,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::harm::Harm;

/// What one kind of fault did.
pub(crate) struct Row {
    /// Which.
    pub(crate) kind: &'static str,
    /// How many times it was brought about.
    pub(crate) tried: usize,
    /// How many of them fell on a program at work: it died, refused, or was cut off.
    pub(crate) struck: usize,
    /// What a program said is safe, all rounds together.
    pub(crate) told: usize,
    /// What became of it.
    pub(crate) harm: Harm,
    /// The longest that it took until the program worked again.
    pub(crate) recovery: Duration,
    /// What a reader must know besides.
    pub(crate) note: String,
    /// Why it could not be tried on this machine.
    pub(crate) skipped: Option<String>,
}

impl Row {
    pub(crate) fn new(kind: &'static str) -> Self {
        let (harm, recovery, note) = (Harm::default(), Duration::ZERO, String::new());
        Self { kind, tried: 0, struck: 0, told: 0, harm, recovery, note, skipped: None }
    }

    /// One that this machine does not let us try.
    pub(crate) fn skipped(kind: &'static str, why: String) -> Self {
        eprintln!("SKIPPED {kind}: {why}");
        Self { skipped: Some(why), ..Self::new(kind) }
    }

    /// The program works again, after a fault that ended then.
    pub(crate) fn recovered_since(&mut self, then: Instant) {
        self.recovery = self.recovery.max(then.elapsed());
    }

    fn json(&self) -> Value {
        json!({
            "kind": self.kind,
            "tried": self.tried,
            "struck": self.struck,
            "told": self.told,
            "lost": self.harm.lost,
            "doubled": self.harm.doubled,
            "wrong": self.harm.wrong,
            "disordered": self.harm.disordered,
            "recovery_ms": u64::try_from(self.recovery.as_millis()).unwrap(),
            "note": self.note,
            "skipped": self.skipped,
        })
    }
}

/// The table.
pub(crate) fn table(rows: &[Row]) -> String {
    let mut table = format!(
        "{:<44} {:>6} {:>6} {:>8} {:>5} {:>9} {:>9}  {}\n",
        "fault", "tried", "struck", "told", "lost", "misserved", "back, ms", "note"
    );
    for row in rows {
        let note = row.skipped.as_ref().map_or(row.note.clone(), |why| format!("SKIPPED: {why}"));
        let (told, lost, misserved) = (row.told, row.harm.lost, row.harm.misserved());
        let back = row.recovery.as_millis();
        writeln!(
            table,
            "{:<44} {:>6} {:>6} {told:>8} {lost:>5} {misserved:>9} {back:>9}  {note}",
            row.kind, row.tried, row.struck
        )
        .unwrap();
    }
    table
}

/// Writes the rows beside what was built, and says where.
pub(crate) fn write(rows: &[Row], seed: u64) -> PathBuf {
    let built = offshift_tests::relay::binary("offshift-relay");
    let target = built.ancestors().nth(2).unwrap().to_owned();
    let path = target.join("faults.json");
    let rows: Vec<_> = rows.iter().map(Row::json).collect();
    let report = json!({ "seed": seed, "rows": rows });
    std::fs::write(&path, serde_json::to_string_pretty(&report).unwrap()).unwrap();
    path
}

/// One fault can fall before anything was told, or when the work is done; of so many, not all can.
const ALL_MISS: usize = 10;

/// Nothing that was told is lost, nothing is served twice, wrong or in another order; and each kind struck.
pub(crate) fn hold(rows: &[Row]) {
    for row in rows.iter().filter(|row| row.skipped.is_none()) {
        assert_eq!(row.harm, Harm::default(), "{}", row.kind);
        assert!(row.tried > 0, "{}: it was not tried", row.kind);
    }
    for row in rows.iter().filter(|row| row.tried >= ALL_MISS) {
        assert!(row.told > 0, "{}: nothing was at stake", row.kind);
        assert!(row.struck > 0, "{}: no fault fell on a program at work", row.kind);
    }
    let ran = rows.iter().any(|row| row.skipped.is_none());
    assert!(!ran || rows.iter().any(|row| row.struck > 0 && row.told > 0), "nothing struck at all");
}

#[test]
#[should_panic(expected = "a kind")]
fn the_control_a_single_loss_fails_the_report() {
    let harm = Harm { lost: 1, ..Harm::default() };
    hold(&[Row { tried: 300, struck: 300, told: 90_000, harm, ..Row::new("a kind") }]);
}

#[test]
#[should_panic(expected = "no fault fell")]
fn the_control_a_kind_that_never_struck_fails_the_report() {
    hold(&[Row { tried: 300, told: 90_000, ..Row::new("a kind") }]);
}

#[test]
#[should_panic(expected = "nothing struck at all")]
fn the_control_a_short_run_in_which_nothing_struck_fails_the_report() {
    hold(&[Row { tried: 1, ..Row::new("a kind") }, Row { tried: 2, ..Row::new("another") }]);
}

#[test]
fn a_row_that_was_skipped_says_so_in_the_table() {
    let rows = [Row::skipped("a kind", "nobody may mount here".to_owned())];
    assert!(table(&rows).contains("SKIPPED: nobody may mount here"));
    hold(&rows);
}
