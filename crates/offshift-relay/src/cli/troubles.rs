//! What is not as it should be, each with its next step (OS-OPS-112).

use offshift_relay::{
    admin::{Mode, Status, Trouble, Urgency},
    counts::{Counts, Mark},
    server::Running,
    store::embedded::EmbeddedStore,
};

/// Hours after which a certificate should long have been replaced: it is, every two days, and ends after seven.
const CERTIFICATE_HOURS_MAX: u64 = 72;

/// All of a relay, the worst first.
pub(super) fn of(
    status: &Status,
    damaged: u64,
    running: Option<&Running<EmbeddedStore>>,
) -> Vec<Trouble> {
    let mut troubles: Vec<_> =
        [not_running(status), disk(status), damage(damaged), no_ticket(status)]
            .into_iter()
            .chain([memory(status), certificate(status), check(status)])
            .chain([running.and_then(|running| settings(running.counts()))])
            .chain([running.and_then(buffers)])
            .flatten()
            .collect();
    troubles.sort_by_key(|trouble| std::cmp::Reverse(trouble.urgency));
    troubles
}

fn trouble(urgency: Urgency, sentence: impl Into<String>) -> Option<Trouble> {
    Some(Trouble { urgency, sentence: sentence.into() })
}

fn not_running(status: &Status) -> Option<Trouble> {
    if status.running.is_some() {
        return None;
    }
    trouble(
        Urgency::Critical,
        "The relay does not run. Start it: sudo systemctl start offshift-relay, or offshift-relay serve.",
    )
}

fn disk(status: &Status) -> Option<Trouble> {
    let (used, max) = (status.disk_mb.saturating_mul(100), status.disk_mb_max);
    let next = "Raise keep.disk_mb if the disk has room, or wait: it empties by itself as messages expire.";
    if used >= max.saturating_mul(97) {
        return trouble(Urgency::Critical, format!("The space for messages is used up. {next}"));
    }
    if used >= max.saturating_mul(80) {
        return trouble(
            Urgency::Warning,
            format!("The space for messages is nearly used up. {next}"),
        );
    }
    None
}

fn damage(damaged: u64) -> Option<Trouble> {
    if damaged == 0 {
        return None;
    }
    trouble(
        Urgency::Warning,
        "Damaged messages were found on the disk; they are never given out. Look at the health of the disk.",
    )
}

fn no_ticket(status: &Status) -> Option<Trouble> {
    if status.access == Mode::Open || status.tickets_good != Some(0) {
        return None;
    }
    trouble(
        Urgency::Warning,
        "No ticket is good, so nobody new can use this relay. Make one: offshift-relay ticket new.",
    )
}

fn memory(status: &Status) -> Option<Trouble> {
    match status.running.as_ref()?.pressure.as_str() {
        "full" => trouble(
            Urgency::Critical,
            "Memory is used up: nothing new is taken. Raise limits.memory_mb, or lower limits.connections.",
        ),
        "tight" => trouble(
            Urgency::Warning,
            "Memory is short: no new mailboxes are taken. Raise limits.memory_mb, or lower limits.connections.",
        ),
        _ => None,
    }
}

fn certificate(status: &Status) -> Option<Trouble> {
    if status.running.as_ref()?.certificate_hours <= CERTIFICATE_HOURS_MAX {
        return None;
    }
    trouble(
        Urgency::Critical,
        "The relay could not make itself a new certificate. Look at the clock and the log, then restart it.",
    )
}

fn check(status: &Status) -> Option<Trouble> {
    if status.running.as_ref()?.checked?.passed {
        return None;
    }
    trouble(
        Urgency::Critical,
        "The relay's last message to itself did not come back. See why: offshift-relay health.",
    )
}

fn settings(counts: &Counts) -> Option<Trouble> {
    if !counts.is_failing(Mark::Reloaded, Mark::ReloadFailed) {
        return None;
    }
    trouble(
        Urgency::Warning,
        "The settings file has a mistake; the settings before it go on. See where: offshift-relay check.",
    )
}

fn buffers(running: &Running<EmbeddedStore>) -> Option<Trouble> {
    if !running.granted().is_short() {
        return None;
    }
    trouble(
        Urgency::Hint,
        "The system grants small socket buffers; many members at once will be slow. \
         Run: sudo sysctl -w net.core.rmem_max=8388608 net.core.wmem_max=8388608, then restart the relay.",
    )
}

#[cfg(test)]
mod tests {
    use offshift_relay::admin::{Checked, Live, Rounded};

    use super::*;

    fn fine() -> Status {
        let running = Live {
            since: 3600,
            listen: "127.0.0.1:1".parse().unwrap(),
            memory_mb: 20,
            memory_mb_max: 1024,
            pressure: "calm".to_owned(),
            connections: Rounded::of(3),
            certificate_hours: 5,
            checked: Some(Checked { minutes: 1, passed: true }),
        };
        Status {
            running: Some(running),
            link: None,
            access: Mode::Tickets,
            tickets_good: Some(1),
            tickets_over: Some(0),
            envelopes: Rounded::of(0),
            disk_mb: 1,
            disk_mb_max: 100,
            troubles: Vec::new(),
        }
    }

    fn told(change: impl FnOnce(&mut Status)) -> Vec<(Urgency, String)> {
        let mut status = fine();
        change(&mut status);
        let troubles = of(&status, 0, None);
        troubles.into_iter().map(|trouble| (trouble.urgency, trouble.sentence)).collect()
    }

    fn change_live(change: impl FnOnce(&mut Live)) -> impl FnOnce(&mut Status) {
        move |status| change(status.running.as_mut().unwrap())
    }

    #[test]
    fn os_ops_112_each_trouble_is_told_with_its_next_step() {
        use Urgency::{Critical, Warning};
        assert!(told(|_| {}).is_empty(), "the twin");
        let first = |told: Vec<(Urgency, String)>, word: &str| {
            let (urgency, sentence) = told.into_iter().next().expect(word);
            assert!(sentence.contains(word), "{sentence}");
            urgency
        };
        assert_eq!(first(told(|status| status.disk_mb = 80), "keep.disk_mb"), Warning);
        assert_eq!(first(told(|status| status.disk_mb = 98), "keep.disk_mb"), Critical);
        assert_eq!(first(told(|status| status.tickets_good = Some(0)), "ticket new"), Warning);
        assert_eq!(first(told(|status| status.running = None), "serve"), Critical);
        let tight = told(change_live(|live| live.pressure = "tight".into()));
        assert_eq!(first(tight, "memory_mb"), Warning);
        let full = told(change_live(|live| live.pressure = "full".into()));
        assert_eq!(first(full, "memory_mb"), Critical);
        assert_eq!(first(told(change_live(|live| live.certificate_hours = 80)), "clock"), Critical);
        let lost = Checked { minutes: 1, passed: false };
        assert_eq!(first(told(change_live(|live| live.checked = Some(lost))), "health"), Critical);
    }

    #[test]
    fn the_worst_comes_first() {
        let both = told(|status| {
            status.tickets_good = Some(0);
            status.disk_mb = 100;
        });
        assert_eq!(
            both.iter().map(|told| told.0).collect::<Vec<_>>(),
            [Urgency::Critical, Urgency::Warning]
        );
    }
}
