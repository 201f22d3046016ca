//! `offshift alarms`: what went wrong, and what to do

use offshift_client::{AlarmKind, AlarmView};
use serde_json::{Value, json};

use super::wording;
use crate::{engine::Client, failure::Failure, plain, screen::Screen, when};

pub(crate) async fn run(client: &Client, screen: &Screen) -> Result<(), Failure> {
    let alarms = client.alarms().await?;
    if alarms.is_empty() {
        screen.say("No alarm. That is good.");
    }
    for alarm in &alarms {
        screen.tell(&words(alarm, screen), &alarm_json(alarm));
    }
    Ok(())
}

/// An alarm can't be overlooked: a mark, what it is, and what to do.
pub(super) fn words(alarm: &AlarmView, screen: &Screen) -> String {
    let room = alarm.room.as_ref().map(|(_, name)| format!("[{}] ", plain::line(name)));
    let times = if alarm.count > 1 { format!(", {} times", alarm.count) } else { String::new() };
    let sentence = wording::sentence(&plain::line(&alarm.sentence));
    let what = format!("!! ALARM {}{sentence}", room.unwrap_or_default());
    format!(
        "{} {}\n   What to do: {}",
        screen.strong(&what),
        screen.faint(&format!("({}{times})", when::ago(alarm.at))),
        alarm.advice
    )
}

pub(super) fn alarm_json(alarm: &AlarmView) -> Value {
    json!({
        "event": "alarm", "alarm": alarm.kind.name(), "at_ms": alarm.at.0, "count": alarm.count,
        "room": alarm.room.as_ref().map(|(id, _)| id.hex()),
        "room_name": alarm.room.as_ref().map(|(_, name)| name),
        "sentence": alarm.sentence, "advice": alarm.advice,
        "evidence": alarm.evidence.as_deref().map(hex),
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use offshift_client::UnixMillis;

    use super::*;

    #[test]
    fn os_cli_008_an_alarm_says_what_it_is_and_what_to_do_and_steers_nothing() {
        let alarm = AlarmView {
            at: UnixMillis(u64::MAX),
            count: 2,
            room: None,
            kind: AlarmKind::Gap,
            sentence: "2 messages of \u{1b}[2Jeve are missing".to_owned(),
            advice: AlarmKind::Gap.advice().into(),
            evidence: Some(vec![0x0a, 0xff]),
            who: "\u{1b}[2Jeve".to_owned(),
            number: 2,
            why: None,
        };
        let screen = Screen::new(true);
        assert_eq!(
            words(&alarm, &screen),
            format!(
                "!! ALARM 2 messages of \u{fffd}[2Jeve are missing. (just now, 2 times)\n   What to do: {}",
                AlarmKind::Gap.advice()
            )
        );
        let object = alarm_json(&alarm);
        assert_eq!(
            (object["alarm"].as_str(), object["evidence"].as_str()),
            (Some("gap"), Some("0aff"))
        );
    }
}
