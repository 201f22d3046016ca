//! Shows what the relay holds: all that it, or whoever takes it, can know.

use std::{
    fmt::Write,
    time::{SystemTime, UNIX_EPOCH},
};

use data_encoding::HEXLOWER;
use offshift_relay::store::{Holding, Store};
use offshift_wire::UnixMillis;
use serde::Serialize;

use super::{
    args,
    data::DataDirectory,
    failure::{Failure, Turn},
    settings,
    threads::runtime,
};

/// One envelope, as far as the relay can see it.
#[derive(Serialize)]
struct Line {
    mailbox: String,
    bytes: usize,
    seconds_left: u64,
    sealed: String,
}

#[derive(Serialize)]
struct Report {
    envelopes: u64,
    envelope_bytes: u64,
    shown: Vec<Line>,
}

/// Opens the store, so the relay must not run, and lists it.
pub(super) fn show(asked: &args::Holdings) -> Result<(), Failure> {
    let data = DataDirectory::of(&asked.at)?;
    if !data.has_store() {
        let sentence = format!("{} holds no relay's data; see --data", data.path().display());
        return Err(Failure::new(Turn::Yours, sentence));
    }
    let store = data.open_store(settings::of(&asked.at)?.settings.keep)?;
    let report = runtime()?.block_on(report(&store, asked.max))?;
    if asked.json {
        let json = serde_json::to_string_pretty(&report);
        let json = json.map_err(|_| Failure::new(Turn::Ours, "can't write JSON; report it"))?;
        super::show(&format!("{json}\n"));
    } else {
        super::show(&text(&report));
    }
    Ok(())
}

async fn report(store: &impl Store, max: usize) -> Result<Report, Failure> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = UnixMillis(u64::try_from(now.as_millis()).unwrap_or(u64::MAX));
    let statistics = store.statistics();
    let shown = store.holdings(max).await?.iter().map(|holding| line(holding, now)).collect();
    store.close().await?;
    let (envelopes, envelope_bytes) = (statistics.envelopes, statistics.envelope_bytes);
    Ok(Report { envelopes, envelope_bytes, shown })
}

fn line(holding: &Holding, now: UnixMillis) -> Line {
    Line {
        mailbox: HEXLOWER.encode(&holding.mailbox),
        bytes: holding.size.bytes(),
        seconds_left: holding.expires.since_ms(now) / 1000,
        sealed: HEXLOWER.encode(&holding.sample),
    }
}

fn text(report: &Report) -> String {
    let mut text = format!(
        "{} sealed envelopes, {} KiB. No names, no texts, no addresses.\n",
        report.envelopes,
        report.envelope_bytes / 1024
    );
    if !report.shown.is_empty() {
        text.push_str("mailbox       size  time left  sealed bytes\n");
    }
    for line in &report.shown {
        let _ = writeln!(
            text,
            "{:<10.10} {:>4} KiB {:>10}  {:.32}...",
            line.mailbox,
            line.bytes / 1024,
            left(line.seconds_left),
            line.sealed
        );
    }
    text
}

/// The largest unit that fits, rounded down.
fn left(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds / 60),
        3600..172_800 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_reads_like_speech() {
        let texts = [5, 65, 7_300, 600_000].map(left);
        assert_eq!(texts, ["5 s", "1 min", "2 h", "6 days"]);
    }
}
