//! `offshift alarms`: what went wrong, and what to do

use offshift_client::AlarmView;
use serde_json::{Value, json};

use super::wording::{self, known};
use crate::{
    engine::Client,
    failure::{self, Failure},
    plain,
    screen::Screen,
    when,
    words::{self, Arg, say},
};

pub(crate) async fn run(client: &Client, screen: &Screen) -> Result<(), Failure> {
    let alarms = client.alarms().await?;
    if alarms.is_empty() {
        screen.say(&say!("alarm-none"));
    }
    for alarm in &alarms {
        screen.tell(&words(alarm, screen), &alarm_json(alarm));
    }
    Ok(())
}

/// An alarm can't be overlooked: a mark, what it is, and what to do.
pub(super) fn words(alarm: &AlarmView, screen: &Screen) -> String {
    words_with(alarm, &sentence(alarm), screen)
}

/// The same, told in another sentence.
pub(super) fn words_with(alarm: &AlarmView, sentence: &str, screen: &Screen) -> String {
    let room = alarm.room.as_ref().map(|(_, name)| format!("[{}] ", plain::line(name)));
    let sentence = format!("{}{sentence}", room.unwrap_or_default());
    let advice = words::of_kind("alarm-advice-", alarm.kind.name(), &[]);
    let advice = advice.unwrap_or_else(|| plain::line(&alarm.advice));
    format!(
        "{} {}\n   {}",
        screen.strong(&say!("alarm-line", sentence = sentence)),
        screen.faint(&say!("alarm-when", ago = when::ago(alarm.at), count = alarm.count)),
        say!("alarm-what-to-do", advice = advice)
    )
}

/// What went wrong, in the person's language.
fn sentence(alarm: &AlarmView) -> String {
    let room = alarm.room.as_ref().map(|(_, name)| plain::line(name));
    let args = [
        ("who", Arg::from(plain::line(&alarm.who))),
        ("known", Arg::from(known(&alarm.who))),
        ("room", Arg::from(room.unwrap_or_else(|| say!("alarm-some-room")))),
        ("count", Arg::from(alarm.number)),
        ("why", Arg::from(alarm.why.as_ref().map(failure::why).unwrap_or_default())),
    ];
    words::of_kind("alarm-", alarm.kind.name(), &args)
        .unwrap_or_else(|| wording::sentence(&plain::line(&alarm.sentence)))
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
    use offshift_client::{AlarmKind, UnixMillis};

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
                "!! ALARM 2 messages of \u{fffd}[2Jeve in a room are missing here. (just now, 2 times)\n   What to do: {}",
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
