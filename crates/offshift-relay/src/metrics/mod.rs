//! What a relay shows of itself to its operator's monitoring, in OpenMetrics text.
//!
//! ```text
//! relay --Snapshot--> turn (each five minutes: rounded, shifted, delayed) --\
//!       --Snapshot--> text (each scrape: the relay's own state, exact) ------+--> text
//! ```
//! Whoever scrapes more often sees no more: what people do moves only at a turn.
//!
//! Never: a label that is not a variant of an enum; a number of what people do as it is; a metric outside [`METRICS`].

pub mod http;

mod coarse;
mod table;

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, MetricEncoder, NoLabelSet, text},
    metrics::{MetricType, exemplar::Exemplar},
    registry,
};

pub use coarse::{Rule, SPACE_STEP_MIN, STRAIN_STEP, USE_WINDOWS, WINDOW_SECONDS, rounded};
pub use table::{
    Kind, Label, METRICS, Metric, Outcome, PREFIX, Reading, Reason, Series, State, Unit,
};

use crate::{
    counts::{Counts, Mark},
    server::Running,
    store::{Statistics, Store},
};
use coarse::Coarse;

/// What a relay is like at one moment.
#[derive(Clone, Default)]
pub struct Snapshot {
    /// Its counters and marks.
    pub counts: Counts,
    /// Its store.
    pub statistics: Statistics,
    /// Connections at the moment.
    pub connections: u64,
    /// Bytes of memory that the process holds.
    pub memory_bytes: u64,
    /// The most that it may.
    pub memory_max: u64,
    /// How near it is to that.
    pub pressure: State,
}

impl Snapshot {
    /// Of a relay that serves.
    pub fn of<S: Store>(running: &Running<S>) -> Self {
        let gauges = running.gauges();
        Self {
            counts: running.counts().clone(),
            statistics: running.store().statistics(),
            connections: gauges.connections,
            memory_bytes: gauges.memory_bytes,
            memory_max: gauges.memory_max,
            pressure: gauges.pressure.into(),
        }
    }
}

type Look = Box<dyn Fn() -> Snapshot + Send + Sync>;

/// All metrics of one relay.
pub struct Registry {
    published: Arc<Published>,
    registry: registry::Registry,
}

/// What is shown, and where it comes from.
struct Published {
    look: Look,
    turned: Mutex<Turned>,
}

/// What the last turn left.
#[derive(Default)]
struct Turned {
    windows: u64,
    coarse: BTreeMap<Reading, Coarse>,
    refused_full: u64,
    is_refusing: bool,
}

impl Registry {
    /// Over a relay that can be looked at. Nothing coarse is shown before the first [`Registry::turn`].
    pub fn new(look: impl Fn() -> Snapshot + Send + Sync + 'static) -> Self {
        let published = Published { look: Box::new(look), turned: Mutex::default() };
        let published = Arc::new(published);
        let mut registry = registry::Registry::with_prefix(PREFIX);
        registry.register_collector(Box::new(published.clone()));
        Self { published, registry }
    }

    /// Of a relay that serves. Keeps nothing of it alive.
    pub fn of<S: Store>(running: &Arc<Running<S>>) -> Self {
        let running = Arc::downgrade(running);
        Self::new(move || running.upgrade().map_or_else(Snapshot::default, |r| Snapshot::of(&r)))
    }

    /// Ends a window; to be called every [`WINDOW_SECONDS`]. `shift` gives an unpredictable number each time.
    pub fn turn(&self, shift: impl FnMut() -> u64) {
        let now = (self.published.look)();
        self.published.turned().turn(&now, shift);
    }

    /// All of it as OpenMetrics text.
    ///
    /// # Errors
    /// Only those of writing into a text: none.
    pub fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

impl Published {
    fn turned(&self) -> MutexGuard<'_, Turned> {
        self.turned.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turned {
    fn turn(&mut self, now: &Snapshot, mut shift: impl FnMut() -> u64) {
        for metric in METRICS.iter().filter(|metric| metric.rule != Rule::Exact) {
            for series in metric.series {
                if metric.rule.looks(self.windows) {
                    self.look(metric, series.reading, now, shift());
                }
            }
        }
        self.is_refusing = now.statistics.refused_full > self.refused_full;
        self.refused_full = now.statistics.refused_full;
        self.windows = self.windows.wrapping_add(1);
    }

    fn look(&mut self, metric: &Metric, reading: Reading, now: &Snapshot, shift: u64) {
        let (value, most) = (exact(reading, now).unwrap_or(0), most(reading, now));
        let coarse = self.coarse.entry(reading).or_default();
        let step = metric.rule.step(most);
        *coarse = coarse.next(metric.rule, value, step, shift, metric.kind == Kind::Counter);
    }

    /// What is shown of a series (OS-OPS-003).
    fn shown(&self, metric: &Metric, reading: Reading, now: &Snapshot) -> Option<u64> {
        match (metric.rule, reading) {
            (_, Reading::Refusing) => Some(self.is_refusing.into()),
            (Rule::Exact, _) => exact(reading, now),
            _ => Some(self.coarse.get(&reading).copied().unwrap_or_default().shown()),
        }
    }
}

/// The true value; nothing, where it did not happen yet.
fn exact(reading: Reading, now: &Snapshot) -> Option<u64> {
    let counts = &now.counts;
    let age = |mark| counts.age(mark, SystemTime::now()).map(|age| age.as_secs());
    match reading {
        Reading::Count(what) => Some(counts.of(what)),
        Reading::Connections => Some(now.connections),
        Reading::DiskUsed => Some(now.statistics.stored_bytes),
        Reading::DiskMax => Some(now.statistics.stored_bytes_max),
        Reading::MemoryUsed => Some(now.memory_bytes),
        Reading::MemoryMax => Some(now.memory_max),
        Reading::Pressure(pressure) => Some(u64::from(now.pressure == pressure)),
        Reading::Damaged => Some(now.statistics.damaged),
        Reading::Refusing => None,
        Reading::Started => {
            let since = counts.last(Mark::Started)?.duration_since(UNIX_EPOCH).ok()?;
            Some(since.as_secs())
        }
        Reading::CertificateAge => age(Mark::CertificateIssued),
        Reading::CheckAge => age(Mark::CheckPassed),
        Reading::CheckFailing => {
            Some(counts.is_failing(Mark::CheckPassed, Mark::CheckFailed).into())
        }
        Reading::ReloadFailing => {
            Some(counts.is_failing(Mark::Reloaded, Mark::ReloadFailed).into())
        }
    }
}

/// All the room there is for what is read.
const fn most(reading: Reading, now: &Snapshot) -> u64 {
    match reading {
        Reading::DiskUsed => now.statistics.stored_bytes_max,
        Reading::MemoryUsed => now.memory_max,
        _ => 0,
    }
}

impl Collector for Published {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let now = (self.look)();
        let turned = self.turned();
        for metric in METRICS {
            let unit = metric.registry_unit();
            let kind = metric.registry_kind();
            let mut encoder =
                encoder.encode_descriptor(metric.name, metric.help, unit.as_ref(), kind)?;
            for series in metric.series {
                let Some(value) = turned.shown(metric, series.reading, &now) else { continue };
                match &series.label {
                    Some(label) => metric.put(encoder.encode_family(label)?, value)?,
                    None => metric.put_alone(&mut encoder, value)?,
                }
            }
        }
        Ok(())
    }
}

impl Metric {
    const fn registry_kind(&self) -> MetricType {
        match self.kind {
            Kind::Counter => MetricType::Counter,
            Kind::Gauge => MetricType::Gauge,
        }
    }

    const fn registry_unit(&self) -> Option<registry::Unit> {
        match self.unit {
            Unit::None => None,
            Unit::Bytes => Some(registry::Unit::Bytes),
            Unit::Seconds => Some(registry::Unit::Seconds),
        }
    }

    fn put(&self, mut encoder: MetricEncoder<'_>, value: u64) -> fmt::Result {
        self.put_alone(&mut encoder, value)
    }

    fn put_alone(&self, encoder: &mut MetricEncoder<'_>, value: u64) -> fmt::Result {
        const NONE: Option<&Exemplar<NoLabelSet, u64>> = None;
        match self.kind {
            Kind::Counter => encoder.encode_counter(&value, NONE),
            Kind::Gauge => encoder.encode_gauge(&value),
        }
    }
}

impl fmt::Debug for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Published(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::Count;

    fn registry(counts: &Counts, connections: u64) -> Registry {
        let now = Snapshot { counts: counts.clone(), connections, ..Snapshot::default() };
        Registry::new(move || now.clone())
    }

    fn value(text: &str, series: &str) -> Option<u64> {
        let line = text.lines().find(|line| line.split(' ').next() == Some(series))?;
        line.rsplit(' ').next()?.parse().ok()
    }

    #[test]
    fn os_ops_002_the_text_names_every_metric_and_no_other() {
        let text = registry(&Counts::default(), 0).text().unwrap();
        let named: Vec<_> = text
            .lines()
            .filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next())
            .map(str::to_owned)
            .collect();
        let listed: Vec<_> = METRICS.iter().map(Metric::family_name).collect();
        assert_eq!(named, listed);
        assert!(text.ends_with("# EOF\n"), "OpenMetrics ends so");
    }

    #[test]
    fn os_ops_003_what_people_do_moves_only_at_a_turn_and_an_hour_late() {
        let counts = Counts::default();
        let registry = registry(&counts, 149);
        counts.add_many(Count::Deposited, 5_000);
        counts.add_many(Count::RefusedToken, 150);
        let shown = |series: &str| value(&registry.text().unwrap(), series);
        let refused = "offshift_relay_refused_total{reason=\"Token\"}";
        assert_eq!(shown("offshift_relay_deposits_total"), Some(0));
        registry.turn(|| 0);
        assert_eq!(shown(refused), Some(100));
        for _ in 0..12 {
            assert_eq!(shown("offshift_relay_deposits_total"), Some(0));
            assert_eq!(shown("offshift_relay_connections"), Some(0));
            registry.turn(|| 0);
        }
        assert_eq!(shown("offshift_relay_deposits_total"), Some(5_000));
        assert_eq!(shown("offshift_relay_connections"), Some(100));
    }

    #[test]
    fn the_relays_own_state_is_exact_and_absent_until_it_is_known() {
        let counts = Counts::default();
        let registry = registry(&counts, 0);
        let shown = |series: &str| value(&registry.text().unwrap(), series);
        assert_eq!(shown("offshift_relay_self_check_age_seconds"), None);
        counts.add(Count::DiskFailed);
        counts.mark(Mark::CheckPassed);
        counts.mark(Mark::ReloadFailed);
        assert_eq!(shown("offshift_relay_disk_failures_total"), Some(1));
        assert!(shown("offshift_relay_self_check_age_seconds").is_some_and(|age| age < 60));
        assert_eq!(shown("offshift_relay_self_check_failing"), Some(0));
        assert_eq!(shown("offshift_relay_reload_failing"), Some(1));
        assert_eq!(shown("offshift_relay_pressure{state=\"Calm\"}"), Some(1));
        assert_eq!(shown("offshift_relay_pressure{state=\"Tight\"}"), Some(0));
    }

    #[test]
    fn a_full_store_is_told_in_the_next_window_and_forgotten_in_the_one_after() {
        let refused = Arc::new(std::sync::atomic::AtomicU64::new(0));
        let seen = refused.clone();
        let registry = Registry::new(move || {
            let refused_full = seen.load(std::sync::atomic::Ordering::Relaxed);
            let statistics = Statistics { refused_full, ..Statistics::default() };
            Snapshot { statistics, ..Snapshot::default() }
        });
        let shown = || value(&registry.text().unwrap(), "offshift_relay_store_refusing");
        registry.turn(|| 0);
        refused.store(3, std::sync::atomic::Ordering::Relaxed);
        assert_eq!(shown(), Some(0), "only at a turn");
        registry.turn(|| 0);
        assert_eq!(shown(), Some(1));
        registry.turn(|| 0);
        assert_eq!(shown(), Some(0));
    }
}
