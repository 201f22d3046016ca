//! People of a room, in words and as JSON.

use offshift_client::{
    ApplicantView, MemberView, Method, OriginView, PastMemberView, RoomView, State, Why, words_of,
};
use serde_json::{Value, json};

use super::short;
use crate::{
    failure::{self, Failure},
    plain,
    screen::Screen,
    when,
};

/// A member: what they are and what does not count yet; below, how they came in, and the person's own note.
pub(crate) fn member(one: &MemberView, screen: &Screen) -> String {
    let you = if one.is_you { " (you)" } else { "" };
    let mut parts = vec![format!("{}{you}", screen.strong(&plain::line(&one.handle)))];
    if one.is_organizer {
        parts.push("organizer".to_owned());
    }
    let came_in = origin(one);
    let below = match &one.origin {
        OriginView::Vouched(_) => {
            parts.push(match one.branch.as_str() {
                "" => "branch of a founder who left".to_owned(),
                branch => format!("branch of {}", plain::line(branch)),
            });
            format!("\n    {came_in}")
        }
        OriginView::Founder | OriginView::DeviceOf { .. } => {
            parts.push(came_in);
            String::new()
        }
    };
    if one.is_under_review {
        parts.push("under review".to_owned());
    } else if let Some(until) = one.probation_until {
        parts.push(format!("new until {}", when::day(until)));
    }
    let note = one.note.as_deref().map(note).unwrap_or_default();
    format!("  {}{below}{note}", parts.join(", "))
}

/// How somebody came in.
pub(crate) fn origin(one: &MemberView) -> String {
    match &one.origin {
        OriginView::Founder => "founder".to_owned(),
        OriginView::DeviceOf { handle, .. } => format!("second phone of {}", plain::line(handle)),
        OriginView::Vouched(vouchers) => {
            let words = vouchers.iter().map(|one| by(&one.handle, one.method));
            format!("vouched for by {}", words.collect::<Vec<_>>().join(" and "))
        }
    }
}

fn by(handle: &str, method: Method) -> String {
    format!("{} ({})", plain::line(handle), words_of(method))
}

fn note(text: &str) -> String {
    format!("\n    note: {}", plain::lines(text, "          "))
}

/// Who is not in the room any more, on one line.
pub(crate) fn past(one: &PastMemberView) -> String {
    let how = match one.state {
        State::Stopped => "phone stopped",
        State::Lifted => "put out, may be vouched for again",
        State::Severed | State::Member => "put out",
    };
    let left = one.left_at.map(|at| format!(" on {}", when::day(at))).unwrap_or_default();
    let note = one.note.as_deref().map(note).unwrap_or_default();
    let handle = if one.handle.is_empty() {
        "(handle unknown here)".into()
    } else {
        plain::line(&one.handle)
    };
    format!(
        "  {handle}, {how}{left}, was in since {}, number {}{note}",
        when::day(one.joined_at),
        short(&one.id.hex())
    )
}

/// Who waits, who said what about them, and what is missing.
pub(crate) fn applicant(one: &ApplicantView, room: &RoomView, screen: &Screen) -> String {
    let mut lines = vec![format!(
        "{}, number {}, waits until {}",
        screen.strong(&plain::line(&one.handle)),
        short(&one.id.hex()),
        when::day(one.until)
    )];
    lines.extend(words_for(one).into_iter().map(|line| format!("  {line}")));
    lines.push(format!("  {}", readiness(one, room)));
    lines.join("\n")
}

/// Who vouches for them, and who is against it.
pub(crate) fn words_for(one: &ApplicantView) -> Vec<String> {
    let vouches = one.vouches.iter().map(|vouch| {
        let void =
            vouch.refused.as_ref().map(|why| format!(". It does not count: {}", failure::why(why)));
        format!(
            "{} vouches for them: {}, {}{}",
            plain::line(&vouch.handle),
            words_of(vouch.method),
            when::day(vouch.met_at),
            void.unwrap_or_default()
        )
    });
    let objections = one.objections.iter().map(|objection| {
        let handle = plain::line(&objection.handle);
        match objection.reason.as_str() {
            "" => format!("{handle} is against it"),
            reason => format!("{handle} is against it: {}", plain::lines(reason, "    ")),
        }
    });
    vouches.chain(objections).collect()
}

/// Whether an organizer can let them in, and what to do next.
pub(crate) fn readiness(one: &ApplicantView, room: &RoomView) -> String {
    match &one.missing {
        Some(missing) => format!("Not yet: {}.", failure::why(missing)),
        None => format!(
            "An organizer can let them in: offshift room admit {} {}",
            plain::word(&room.name),
            plain::word(&one.handle)
        ),
    }
}

/// What an organizer is told whose device refuses an admission.
pub(crate) fn not_ready(missing: &Why, one: &ApplicantView, room: &RoomView) -> Failure {
    Failure::fixable(
        format!("{} can't be let in yet: {}", plain::line(&one.handle), failure::why(missing)),
        format!("offshift room applicants {}", plain::word(&room.name)),
    )
}

pub(crate) fn member_json(one: &MemberView) -> Value {
    let origin = match &one.origin {
        OriginView::Founder => json!({ "origin": "founder" }),
        OriginView::DeviceOf { member, handle } => {
            json!({ "origin": "device", "of": member.hex(), "of_handle": handle })
        }
        OriginView::Vouched(vouchers) => {
            let by = |one: &offshift_client::VoucherView| json!({ "member": one.member.hex(), "handle": one.handle, "method": method(one.method) });
            json!({ "origin": "vouched", "vouchers": vouchers.iter().map(by).collect::<Vec<_>>() })
        }
    };
    let mut value = json!({
        "member": one.id.hex(), "handle": one.handle, "you": one.is_you, "organizer": one.is_organizer,
        "branch": one.branch, "joined_at_ms": one.joined_at.0,
        "probation_until_ms": one.probation_until.map(|at| at.0), "under_review": one.is_under_review,
        "note": one.note,
    });
    merge(&mut value, origin);
    value
}

pub(crate) fn past_json(one: &PastMemberView) -> Value {
    let state = match one.state {
        State::Member => "member",
        State::Stopped => "stopped",
        State::Severed => "severed",
        State::Lifted => "lifted",
    };
    json!({
        "past": one.id.hex(), "handle": one.handle, "state": state, "joined_at_ms": one.joined_at.0,
        "left_at_ms": one.left_at.map(|at| at.0), "note": one.note,
    })
}

pub(crate) fn applicant_json(one: &ApplicantView) -> Value {
    let vouch = |vouch: &offshift_client::VouchView| {
        json!({
            "by": vouch.by.hex(), "handle": vouch.handle, "method": method(vouch.method),
            "met_at_ms": vouch.met_at.0, "refused": vouch.refused.as_ref().map(|why| &why.sentence),
        })
    };
    let objection = |one: &offshift_client::ObjectionView| json!({ "handle": one.handle, "reason": one.reason });
    json!({
        "applicant": one.id.hex(), "handle": one.handle, "until_ms": one.until.0, "missing": one.missing.as_ref().map(|why| &why.sentence),
        "vouches": one.vouches.iter().map(vouch).collect::<Vec<_>>(),
        "objections": one.objections.iter().map(objection).collect::<Vec<_>>(),
    })
}

pub(crate) const fn method(method: Method) -> &'static str {
    match method {
        Method::InPerson => "in_person",
        Method::Call => "call",
    }
}

/// Adds the fields of one object to another.
pub(crate) fn merge(to: &mut Value, from: Value) {
    if let (Value::Object(to), Value::Object(from)) = (to, from) {
        to.extend(from);
    }
}
