//! Every metric that a relay shows: the only list there is. Dashboards, alerts and the specification are checked
//! against it.
//!
//! A label is a variant of an enum without content, and its encoding is derived: an enum that holds anything does not
//! compile as a label, nor does a text.
//!
//! ```compile_fail
//! let _ = offshift_relay::metrics::Label::Reason(String::from("of somebody"));
//! ```
//!
//! Never: deliveries and followers. One deposit to a large room is many deliveries at once: no step is coarse enough.

use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelSetEncoder};

use super::coarse::Rule;
use crate::{counts::Count, pressure::Pressure};

/// What all names begin with.
pub const PREFIX: &str = "offshift_relay";

/// What kind of number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It only rises; its name ends in `_total`.
    Counter,
    /// It rises and falls.
    Gauge,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// The thing itself.
    None,
    /// Bytes.
    Bytes,
    /// Seconds.
    Seconds,
}

/// One metric.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    /// Its name without prefix, unit and `_total`.
    pub name: &'static str,
    /// Its kind.
    pub kind: Kind,
    /// Its unit.
    pub unit: Unit,
    /// How coarsely it is shown.
    pub rule: Rule,
    /// What it tells, for whoever reads the dashboard.
    pub help: &'static str,
    /// Its series.
    pub series: &'static [Series],
}

/// One series of a metric.
#[derive(Debug, Clone, Copy)]
pub struct Series {
    /// What tells it apart from its sisters.
    pub label: Option<Label>,
    /// What it shows.
    pub reading: Reading,
}

/// What is read from the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// A counter.
    Count(Count),
    /// Connections at the moment.
    Connections,
    /// Bytes of slices.
    DiskUsed,
    /// The cap on them.
    DiskMax,
    /// Bytes of memory that the process holds.
    MemoryUsed,
    /// The most that it may.
    MemoryMax,
    /// Whether the pressure is this.
    Pressure(State),
    /// Damaged records met since the start.
    Damaged,
    /// Whether a deposit was refused for want of room in the window before.
    Refusing,
    /// Unix time of the start.
    Started,
    /// Seconds since the certificate was issued.
    CertificateAge,
    /// Seconds since the relay's own check last worked.
    CheckAge,
    /// Whether the last one failed.
    CheckFailing,
    /// Whether the settings on disk were refused at the last reload.
    ReloadFailing,
}

/// What tells the series of one metric apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// Why it was turned away.
    Reason(Reason),
    /// How near the limit it is.
    State(State),
    /// How it went.
    Result(Outcome),
}

/// Why something was turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EncodeLabelValue)]
pub enum Reason {
    /// All places for connections were taken.
    Places,
    /// Too many connections from one network.
    Prefix,
    /// No credit.
    Credit,
    /// The store or the mailbox is full.
    Full,
    /// Too much at once.
    Busy,
    /// No such ticket, or its allowance is used.
    Ticket,
    /// A token that is no longer, or never was, good.
    Token,
}

/// How near the limit of memory the relay is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, EncodeLabelValue)]
pub enum State {
    /// It takes everything.
    #[default]
    Calm,
    /// It takes nobody new from where many come from, and no new mailbox.
    Tight,
    /// It takes no deposit.
    Full,
}

/// How the relay's own check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EncodeLabelValue)]
pub enum Outcome {
    /// It worked.
    Passed,
    /// It did not.
    Failed,
}

impl From<Pressure> for State {
    fn from(pressure: Pressure) -> Self {
        match pressure {
            Pressure::Calm => Self::Calm,
            Pressure::Tight => Self::Tight,
            Pressure::Full => Self::Full,
        }
    }
}

#[derive(EncodeLabelSet)]
struct ReasonLabel {
    reason: Reason,
}

#[derive(EncodeLabelSet)]
struct StateLabel {
    state: State,
}

#[derive(EncodeLabelSet)]
struct ResultLabel {
    result: Outcome,
}

impl Label {
    /// Its name and its value.
    pub fn text(self) -> (&'static str, String) {
        match self {
            Self::Reason(reason) => ("reason", format!("{reason:?}")),
            Self::State(state) => ("state", format!("{state:?}")),
            Self::Result(result) => ("result", format!("{result:?}")),
        }
    }
}

impl EncodeLabelSet for Label {
    fn encode(&self, encoder: &mut LabelSetEncoder<'_>) -> std::fmt::Result {
        match *self {
            Self::Reason(reason) => ReasonLabel { reason }.encode(encoder),
            Self::State(state) => StateLabel { state }.encode(encoder),
            Self::Result(result) => ResultLabel { result }.encode(encoder),
        }
    }
}

impl Metric {
    /// Its name with prefix and unit: that of all its series together.
    pub fn family_name(&self) -> String {
        let unit = match self.unit {
            Unit::None => "",
            Unit::Bytes => "_bytes",
            Unit::Seconds => "_seconds",
        };
        format!("{PREFIX}_{}{unit}", self.name)
    }

    /// Its whole name, as it stands in an expression of a dashboard.
    pub fn full_name(&self) -> String {
        let total = if self.kind == Kind::Counter { "_total" } else { "" };
        self.family_name() + total
    }
}

const fn one(reading: Reading) -> Series {
    Series { label: None, reading }
}

const fn refused(reason: Reason, what: Count) -> Series {
    Series { label: Some(Label::Reason(reason)), reading: Reading::Count(what) }
}

const fn state(state: State) -> Series {
    Series { label: Some(Label::State(state)), reading: Reading::Pressure(state) }
}

const fn check(result: Outcome, what: Count) -> Series {
    Series { label: Some(Label::Result(result)), reading: Reading::Count(what) }
}

const fn gauge(name: &'static str, help: &'static str, series: &'static [Series]) -> Metric {
    Metric { name, kind: Kind::Gauge, unit: Unit::None, rule: Rule::Exact, help, series }
}

const fn counter(
    name: &'static str,
    rule: Rule,
    help: &'static str,
    series: &'static [Series],
) -> Metric {
    Metric { name, kind: Kind::Counter, unit: Unit::None, rule, help, series }
}

const fn of(unit: Unit, rule: Rule, metric: Metric) -> Metric {
    Metric { unit, rule, ..metric }
}

/// All of them (OS-OPS-002).
pub const METRICS: &[Metric] = &[
    // What the relay is like: exact, as nobody's act moves it one by one.
    of(
        Unit::Seconds,
        Rule::Exact,
        gauge("started_time", "Unix time of the start", &[one(Reading::Started)]),
    ),
    gauge(
        "pressure",
        "1 for the state that the relay is in: Calm takes everything, Tight no new mailbox, Full no deposit",
        &[state(State::Calm), state(State::Tight), state(State::Full)],
    ),
    gauge(
        "store_refusing",
        "1 when a deposit was refused for want of room in the five minutes before",
        &[one(Reading::Refusing)],
    ),
    gauge(
        "store_damaged_records",
        "Damaged records on disk met since the start; they are never served",
        &[one(Reading::Damaged)],
    ),
    counter(
        "disk_failures",
        Rule::Exact,
        "Times that the disk refused; nothing was acknowledged then",
        &[one(Reading::Count(Count::DiskFailed))],
    ),
    of(
        Unit::Seconds,
        Rule::Exact,
        gauge(
            "certificate_age",
            "Since the certificate was issued; a new one comes every two days, this one ends after seven",
            &[one(Reading::CertificateAge)],
        ),
    ),
    counter(
        "self_checks",
        Rule::Exact,
        "Deposits and fetches of the relay's own, through its front door",
        &[check(Outcome::Passed, Count::CheckPassed), check(Outcome::Failed, Count::CheckFailed)],
    ),
    gauge("self_check_failing", "1 when the last one failed", &[one(Reading::CheckFailing)]),
    of(
        Unit::Seconds,
        Rule::Exact,
        gauge("self_check_age", "Since the last one that worked", &[one(Reading::CheckAge)]),
    ),
    gauge(
        "reload_failing",
        "1 when the settings on disk were refused at the last reload; the old ones go on",
        &[one(Reading::ReloadFailing)],
    ),
    // Room: in hundredths of all there is, never finer than 64 MiB, each five minutes.
    of(
        Unit::Bytes,
        Rule::Space,
        gauge("disk_used", "Disk taken by envelopes, coarse", &[one(Reading::DiskUsed)]),
    ),
    of(
        Unit::Bytes,
        Rule::Exact,
        gauge("disk_max", "The most they may take, as set", &[one(Reading::DiskMax)]),
    ),
    of(
        Unit::Bytes,
        Rule::Space,
        gauge("memory_used", "Memory that the relay holds, coarse", &[one(Reading::MemoryUsed)]),
    ),
    of(
        Unit::Bytes,
        Rule::Exact,
        gauge("memory_max", "The most that it may, as set", &[one(Reading::MemoryMax)]),
    ),
    // What is turned away: in hundreds, each five minutes.
    counter(
        "refused",
        Rule::Strain,
        "What was turned away, coarse",
        &[
            refused(Reason::Places, Count::RefusedPlaces),
            refused(Reason::Prefix, Count::RefusedPrefix),
            refused(Reason::Credit, Count::RefusedCredit),
            refused(Reason::Full, Count::RefusedFull),
            refused(Reason::Busy, Count::RefusedBusy),
            refused(Reason::Ticket, Count::RefusedTicket),
            refused(Reason::Token, Count::RefusedToken),
        ],
    ),
    counter(
        "retries",
        Rule::Strain,
        "First packets that had to prove their address, coarse",
        &[one(Reading::Count(Count::Retried))],
    ),
    counter(
        "misbehaved",
        Rule::Strain,
        "Connections closed because the peer broke a rule, coarse",
        &[one(Reading::Count(Count::Misbehaved))],
    ),
    // What people do: each hour, an hour late.
    of(
        Unit::None,
        Rule::Use(50),
        gauge("connections", "Connections, in fifties, an hour late", &[one(Reading::Connections)]),
    ),
    counter(
        "deposits",
        Rule::Use(1_000),
        "Envelopes taken, in thousands, an hour late",
        &[one(Reading::Count(Count::Deposited))],
    ),
    counter(
        "token_batches",
        Rule::Use(1_000),
        "Batches of tokens issued, in thousands, an hour late",
        &[one(Reading::Count(Count::Issued))],
    ),
    counter(
        "tokens_spent",
        Rule::Use(1_000),
        "Tokens taken, in thousands, an hour late",
        &[one(Reading::Count(Count::Spent))],
    ),
];
