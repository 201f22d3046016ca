//! How load is made and what is read off it: counters, closed loops, and an open loop that nobody's slowness slows.
//!
//! ```text
//! closed: offer -> arrived -> offer ...        what it can do at most
//! open:   a timetable made before; each envelope carries the time at which it was due, and its latency is counted
//!         from there, sent late or not: a stall is felt by all that were due in it (no coordinated omission)
//! ```

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use tokio::{sync::Semaphore, task::JoinSet, time::timeout};

const WARM_UP: Duration = Duration::from_millis(400);
/// What is under way at the end comes within this time, or it is lost.
const DRAIN: Duration = Duration::from_secs(30);

/// Counts what happens between the end of the warm-up and the end of the measured time.
pub(crate) struct Counter {
    count: AtomicU64,
    over: AtomicBool,
}

impl Counter {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self { count: AtomicU64::new(0), over: AtomicBool::new(false) })
    }

    /// So many more; false when it is over.
    pub(crate) fn add(&self, count: u64) -> bool {
        self.count.fetch_add(count, Ordering::Relaxed);
        !self.over.load(Ordering::Relaxed)
    }

    pub(crate) fn so_far(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    pub(crate) fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }

    pub(crate) fn end(&self) {
        self.over.store(true, Ordering::Relaxed);
    }

    pub(crate) async fn per_second(&self, measured: Duration) -> f64 {
        tokio::time::sleep(WARM_UP.min(measured)).await;
        let (before, since) = (self.so_far(), Instant::now());
        tokio::time::sleep(measured).await;
        let rate = (self.so_far() - before) as f64 / since.elapsed().as_secs_f64();
        self.end();
        rate
    }
}

/// What is sorted is asked.
pub(crate) struct Sorted(Vec<f64>);

impl Sorted {
    pub(crate) fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    /// The value below which this share lies.
    pub(crate) fn at(&self, share: f64) -> f64 {
        let last = self.0.len().saturating_sub(1);
        let at = (self.0.len() as f64 * share) as usize;
        self.0.get(at.min(last)).copied().unwrap_or(f64::NAN)
    }

    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    /// They themselves, sorted.
    pub(crate) fn into_values(self) -> Vec<f64> {
        self.0
    }
}

pub(crate) fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// What arrived at followers, and when it should have left.
pub(crate) struct Arrivals {
    base: Instant,
    count: AtomicU64,
    micros: Mutex<Vec<f64>>,
    permits: Vec<Semaphore>,
}

/// Takes an envelope's number and sends it, at once, whoever waits.
pub(crate) type Offer = Box<dyn Fn(u64) + Send + Sync>;

/// What an open loop gave.
pub(crate) struct Felt {
    pub(crate) micros: Sorted,
    /// How late the sender itself was, at the median: what of the above is not the server's.
    pub(crate) sender_late: f64,
    pub(crate) lost: u64,
}

impl Arrivals {
    /// For so many boxes; each has a depositor and a follower.
    pub(crate) fn at(boxes: usize) -> Arc<Self> {
        let permits = (0..boxes).map(|_| Semaphore::new(0)).collect();
        let (count, micros) = (AtomicU64::new(0), Mutex::new(Vec::new()));
        Arc::new(Self { base: Instant::now(), count, micros, permits })
    }

    /// An envelope with this number came out of a box. Numbers are nanoseconds of the timetable; 0 has no time.
    pub(crate) fn arrived(&self, at: usize, number: u64) {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.permits[at].add_permits(1);
        if number > 0 {
            let took = self.base.elapsed().saturating_sub(Duration::from_nanos(number));
            self.micros.lock().unwrap().push(micros(took));
        }
    }

    /// How many came so far.
    pub(crate) fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    /// Arrivals per second when each box always has `window` under way; `around` is called as the measured time begins
    /// and as it ends.
    pub(crate) async fn capacity(
        self: &Arc<Self>,
        offers: &Arc<Vec<Offer>>,
        window: usize,
        time: Duration,
        mut around: impl FnMut(),
    ) -> (f64, u64) {
        let (over, mut loops) = (Arc::new(AtomicBool::new(false)), JoinSet::new());
        for at in 0..offers.len() {
            let (all, offers, over) = (self.clone(), offers.clone(), over.clone());
            loops.spawn(async move { all.closed(&offers[at], at, window, &over).await });
        }
        tokio::time::sleep(WARM_UP.min(time)).await;
        around();
        let (before, since) = (self.count(), Instant::now());
        tokio::time::sleep(time).await;
        around();
        let many = self.count() - before;
        let rate = many as f64 / since.elapsed().as_secs_f64();
        over.store(true, Ordering::Relaxed);
        timeout(DRAIN, loops.join_all()).await.expect("what is under way comes");
        (rate, many)
    }

    async fn closed(&self, offer: &Offer, at: usize, window: usize, over: &AtomicBool) {
        let permits = &self.permits[at];
        permits.forget_permits(usize::MAX >> 4);
        permits.add_permits(window);
        while !over.load(Ordering::Relaxed) {
            permits.acquire().await.unwrap().forget();
            offer(0);
        }
        let all = u32::try_from(window).unwrap();
        permits.acquire_many(all).await.unwrap().forget();
    }

    /// Offers so many per second, at random moments, whatever comes back.
    pub(crate) async fn open_loop(
        self: &Arc<Self>,
        offers: &Arc<Vec<Offer>>,
        rate: f64,
        time: Duration,
    ) -> Felt {
        self.micros.lock().unwrap().clear();
        let before = self.count();
        let (offers, base) = (offers.clone(), self.base);
        let late =
            tokio::task::spawn_blocking(move || keep_timetable(&offers, base, rate, time)).await;
        let late = Sorted::of(late.unwrap());
        let offered = late.len() as u64;
        let all_here = async {
            while self.count() - before < offered {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let _ = timeout(DRAIN, all_here).await;
        let lost = offered - (self.count() - before);
        let micros = Sorted::of(std::mem::take(&mut *self.micros.lock().unwrap()));
        Felt { micros, sender_late: late.at(0.5), lost }
    }
}

/// How late each was offered.
fn keep_timetable(offers: &[Offer], base: Instant, rate: f64, time: Duration) -> Vec<f64> {
    wake_sharply();
    let mut dice = ChaCha20Rng::seed_from_u64(1);
    let (mut due, end) = (base.elapsed(), base.elapsed() + time);
    let mut late = Vec::new();
    for offer in offers.iter().cycle() {
        // Poisson: as independent people write.
        let uniform = (dice.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        due += Duration::from_secs_f64(-(1.0 - uniform).ln() / rate);
        if due >= end {
            break;
        }
        let now = base.elapsed();
        if due > now {
            std::thread::sleep(due - now);
        }
        late.push(micros(base.elapsed().saturating_sub(due)));
        offer(due.as_nanos() as u64);
    }
    late
}

/// Linux lets a sleeping thread sleep 50 us longer than it asked, to save power. Not this one, where that can be set.
fn wake_sharply() {
    if let Ok(thread) = std::fs::read_link("/proc/thread-self")
        && let Some(id) = thread.file_name()
    {
        let _ = std::fs::write(std::path::Path::new("/proc").join(id).join("timerslack_ns"), "1");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_stall_is_felt_by_all_that_were_due_in_it() {
        let arrivals = Arrivals::at(1);
        let (to, from) = std::sync::mpsc::channel();
        let offers: Arc<Vec<Offer>> = Arc::new(vec![Box::new(move |number| {
            to.send(number).unwrap();
        })]);
        let all = arrivals.clone();
        // A server that stands still for 100 ms and is infinitely fast otherwise.
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(100));
            from.into_iter().for_each(|number| all.arrived(0, number));
        });
        let felt = arrivals.open_loop(&offers, 1_000.0, Duration::from_millis(200)).await;
        assert_eq!(felt.lost, 0);
        // Half of them were due while it stood still; a closed loop would have seen one slow answer.
        assert!(felt.micros.len() > 100);
        assert!(felt.micros.at(0.6) > 10_000.0, "{}", felt.micros.at(0.6));
    }

    #[test]
    fn percentiles_are_of_what_was_sorted() {
        let sorted = Sorted::of((0..1_000).rev().map(f64::from).collect());
        assert!((sorted.at(0.5) - 500.0).abs() < 1.0);
        assert!((sorted.at(0.999) - 999.0).abs() < 1.0);
        assert!(Sorted::of(Vec::new()).at(0.5).is_nan());
    }
}
