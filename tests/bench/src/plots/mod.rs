//! Draws the figures of a report as SVG: what was measured in full colour, its limit in grey, its goal dashed.

mod chart;

use std::{path::Path, process::ExitCode};

use chart::{Axis, Bar, Bars, Chart, Line, Look};

use crate::report::{Report, Row, Section};

/// Draws what the JSON has; a figure without its section is left as it is.
pub(crate) fn draw(json: &Path, folder: &Path) -> ExitCode {
    let report = match Report::read(json) {
        Ok(report) if !report.sections.is_empty() => report,
        Ok(_) => {
            eprintln!("{} holds nothing. First: offshift-bench all", json.display());
            return ExitCode::from(1);
        }
        Err(error) => {
            eprintln!("{}: {error}", json.display());
            return ExitCode::from(1);
        }
    };
    if let Err(error) = std::fs::create_dir_all(folder) {
        eprintln!("{}: {error}", folder.display());
        return ExitCode::from(3);
    }
    let charts = [deposits, delivery, latency, hour, mailboxes, idle, restart, commits];
    for chart in charts.into_iter().filter_map(|chart| chart(&report)) {
        println!("{}", chart.draw(folder).display());
    }
    for bars in [goals, brokers].into_iter().filter_map(|bars| bars(&report)) {
        println!("{}", bars.draw(folder).display());
    }
    ExitCode::SUCCESS
}

/// A series of a section, or one of what stands beside it.
struct Series<'a> {
    section: &'a Section,
    name: &'a str,
}

impl<'a> Series<'a> {
    fn rows(&self) -> impl Iterator<Item = (f64, &'a Row)> {
        let of = |row: &'a Row| {
            let point = row.point.as_ref().filter(|point| point.series == self.name)?;
            Some((point.x, row))
        };
        self.section.rows.iter().filter_map(of)
    }

    fn values(&self) -> Vec<(f64, f64)> {
        self.rows().map(|(x, row)| (x, row.value)).collect()
    }

    /// What stands beside it, times this.
    fn beside(&self, times: f64) -> Vec<(f64, f64)> {
        let beside = |(x, row): (f64, &Row)| Some((x, row.beside.first()?.value * times));
        self.rows().filter_map(beside).collect()
    }
}

fn series<'a>(section: &'a Section, name: &'a str) -> Series<'a> {
    Series { section, name }
}

fn deposits(report: &Report) -> Option<Chart> {
    let section = report.section("deposits")?;
    let mut lines = Vec::new();
    for (name, look, bare) in [
        ("1 KiB", Look::First, Look::Limit),
        ("4 KiB", Look::Second, Look::Quiet),
        ("64 KiB", Look::Third, Look::Quiet),
    ] {
        let series = series(section, name);
        lines.push(Line::new(format!("relay, {name}"), look, series.values()));
        lines.push(Line::new(format!("bare quinn, {name}"), bare, series.beside(1.0)));
    }
    let goal = series(section, "1 KiB").beside(0.6).into_iter().filter(|(x, _)| *x > 100.0);
    lines.push(Line::new("goal, 1 KiB: 0.6 of bare", Look::Goal, goal.collect()));
    Some(Chart {
        file: "deposits.svg",
        title: "Durable deposits, each depositor waits for its receipt",
        x: Axis::log("depositors"),
        y: Axis::log("deposits per second"),
        lines,
    })
}

fn delivery(report: &Report) -> Option<Chart> {
    let series = series(report.section("delivery")?, "followers");
    Some(Chart {
        file: "delivery.svg",
        title: "One channel of 1 KiB envelopes to all its followers",
        x: Axis::log("followers"),
        y: Axis::log("deliveries per second"),
        lines: vec![
            Line::new("relay", Look::First, series.values()),
            Line::new("bare quinn push", Look::Limit, series.beside(1.0)),
            Line::new("goal: 0.8 of bare", Look::Goal, series.beside(0.8)),
        ],
    })
}

fn latency(report: &Report) -> Option<Chart> {
    let section = report.section("brokers")?;
    let mut lines = Vec::new();
    for (name, look) in [("p50", Look::First), ("p99", Look::Second), ("p99.9", Look::Third)] {
        let series = series(section, name);
        let ms = |points: Vec<(f64, f64)>| points.into_iter().map(|(x, y)| (x, y / 1e3)).collect();
        lines.push(Line::new(format!("relay, {name}"), look, ms(series.values())));
        lines.push(Line::new(format!("bare store, {name}"), Look::Quiet, ms(series.beside(1.0))));
    }
    Some(Chart {
        file: "latency.svg",
        title: "From the moment it was due to the follower's hands (open loop)",
        x: Axis::plain("load, % of the relay's capacity"),
        y: Axis::log("milliseconds"),
        lines,
    })
}

fn hour(report: &Report) -> Option<Chart> {
    let section = report.section("hour")?;
    let ms = |name| series(section, name).values().into_iter().map(|(x, y)| (x, y / 1e3)).collect();
    let mut lines: Vec<Line> = [("p50", Look::First), ("p99", Look::Second)]
        .map(|(name, look)| Line::new(format!("{name}, milliseconds"), look, ms(name)))
        .into();
    let memory = series(section, "memory").values();
    lines.push(Line::new("the relay's memory, MiB", Look::Third, memory));
    Some(Chart {
        file: "hour.svg",
        title: "An hour of mixed load at half of what the relay can do",
        x: Axis::plain("minutes"),
        y: Axis::log("milliseconds, MiB"),
        lines,
    })
}

fn mailboxes(report: &Report) -> Option<Chart> {
    let section = report.section("mailboxes")?;
    let (store, relay) = (series(section, "store"), series(section, "relay"));
    Some(Chart {
        file: "mailboxes.svg",
        title: "What a deposit costs among ever more mailboxes",
        x: Axis::log("mailboxes"),
        y: Axis::plain("CPU for a deposit, microseconds"),
        lines: vec![
            Line::new("through the relay", Look::First, relay.values()),
            Line::new("goal: within 20 %", Look::Goal, relay.beside(1.2)),
            Line::new("by the store", Look::Second, store.values()),
        ],
    })
}

fn idle(report: &Report) -> Option<Chart> {
    let series = series(report.section("idle")?, "idle");
    Some(Chart {
        file: "idle.svg",
        title: "Memory of a follower who only waits",
        x: Axis::log("followers connected"),
        y: Axis::plain("KiB of resident memory for each"),
        lines: vec![
            Line::new("relay", Look::First, series.values()),
            Line::new("bare quinn", Look::Limit, series.beside(1.0)),
            Line::new("goal: 1.15 of bare", Look::Goal, series.beside(1.15)),
        ],
    })
}

fn restart(report: &Report) -> Option<Chart> {
    let series = series(report.section("restart")?, "restart");
    Some(Chart {
        file: "restart.svg",
        title: "From start to the first envelope in a reader's hands",
        x: Axis::log("GB of 1 KiB envelopes that lie there"),
        y: Axis::log("seconds"),
        lines: vec![
            Line::new("relay's store", Look::First, series.values()),
            Line::new("reading the files once", Look::Limit, series.beside(1.0)),
            Line::new("goal: twice that", Look::Goal, series.beside(2.0)),
        ],
    })
}

fn commits(report: &Report) -> Option<Chart> {
    let section = report.section("commits")?;
    let mut lines = Vec::new();
    for (suite, commit, welcome) in
        [("XWing", Look::First, Look::Second), ("Classical", Look::Third, Look::Fourth)]
    {
        for (part, look) in [("Welcome", welcome), ("commit", commit)] {
            let name = format!("{suite}, admission, in life: {part}");
            let points = series(section, &name).values();
            lines.push(Line::new(format!("{part}, {suite}"), look, points));
        }
    }
    Some(Chart {
        file: "commits.svg",
        title: "Letting one more in, a room in life",
        x: Axis::log("members"),
        y: Axis::log("bytes"),
        lines,
    })
}

/// How far each goal is: 1 is the goal, longer is better.
fn goals(report: &Report) -> Option<Bars> {
    let mut bars = Vec::new();
    for (section, row) in report.goals() {
        let goal = row.goal?;
        let value = row.ratio().unwrap_or(row.value);
        let (met, told) = match goal.bound {
            crate::report::Bound::RatioAtLeast => (value / goal.limit, "of"),
            crate::report::Bound::RatioAtMost => (goal.limit / value, "times"),
            crate::report::Bound::ValueAtMost => (goal.limit / row.value, ""),
        };
        let number = crate::report::number;
        let beside = row.beside.first().map_or("", |beside| beside.what.as_str());
        let value = if told.is_empty() { row.value } else { value };
        let unit = if told.is_empty() { row.unit.as_str() } else { told };
        let (value, limit) = (number(value), number(goal.limit));
        let label = format!("{}: {}", section.name, row.name);
        let told = format!("{value} {unit} {beside} (goal {limit})").replace("  ", " ");
        bars.push(Bar { label, value: met, told, is_good: row.met() == Some(true) });
    }
    (!bars.is_empty()).then_some(Bars {
        file: "goals.svg",
        title: "Goals: the dashed line is the goal, longer is better",
        bars,
        goal: Some(1.0),
    })
}

fn brokers(report: &Report) -> Option<Bars> {
    let section = report.section("brokers")?;
    let row = series(section, "relay").rows().last()?.1;
    let bar = |label: &str, value: f64, is_good: bool| Bar {
        label: label.to_owned(),
        value,
        told: format!("{} /s", crate::report::number(value)),
        is_good,
    };
    let mut bars = vec![bar("relay", row.value, true)];
    bars.extend(row.beside.iter().map(|beside| bar(&beside.what, beside.value, false)));
    Some(Bars {
        file: "brokers.svg",
        title: "Stored, then delivered, 1 KiB, 256 under way (what each one's storing means: see the table)",
        bars,
        goal: None,
    })
}
