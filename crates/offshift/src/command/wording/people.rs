//! People of a room, in words and as JSON.

use offshift_client::{
    ApplicantView, MemberView, Method, OriginView, PastMemberView, RoomView, State, Why,
};
use serde_json::{Value, json};

use super::short;
use crate::{
    failure::{self, Failure},
    plain,
    screen::Screen,
    when,
    words::{self, say},
};

/// A member: what they are and what does not count yet; below, how they came in, and the person's own note.
pub(crate) fn member(one: &MemberView, screen: &Screen) -> String {
    let handle = screen.strong(&plain::line(&one.handle));
    let mut parts = vec![if one.is_you { say!("member-you", handle = handle) } else { handle }];
    if one.is_organizer {
        parts.push(say!("member-organizer"));
    }
    let came_in = origin(one);
    let below = match &one.origin {
        OriginView::Vouched(_) => {
            parts.push(match one.branch.as_str() {
                "" => say!("member-branch-of-nobody"),
                branch => say!("member-branch", founder = plain::line(branch)),
            });
            format!("\n    {came_in}")
        }
        OriginView::Founder | OriginView::DeviceOf { .. } => {
            parts.push(came_in);
            String::new()
        }
    };
    if one.is_under_review {
        parts.push(say!("member-under-review"));
    } else if let Some(until) = one.probation_until {
        parts.push(say!("member-new-until", day = when::day(until)));
    }
    let note = one.note.as_deref().map(note).unwrap_or_default();
    format!("  {}{below}{note}", words::list(parts))
}

/// How somebody came in.
pub(crate) fn origin(one: &MemberView) -> String {
    match &one.origin {
        OriginView::Founder => say!("member-founder"),
        OriginView::DeviceOf { handle, .. } => {
            say!("member-second-phone", handle = plain::line(handle))
        }
        OriginView::Vouched(vouchers) => {
            let words = vouchers.iter().map(|one| by(&one.handle, one.method));
            say!("member-vouched-for", vouchers = words::list_and(words))
        }
    }
}

/// Who gave their word, and how they met.
pub(crate) fn by(handle: &str, method: Method) -> String {
    say!("member-met", handle = plain::line(handle), method = met(method))
}

/// How two people met.
pub(crate) fn met(method: Method) -> String {
    match method {
        Method::InPerson => say!("method-in_person"),
        Method::Call => say!("method-call"),
    }
}

fn note(text: &str) -> String {
    format!("\n    {}", say!("member-note", text = plain::lines(text, "          ")))
}

/// Who is not in the room any more, on one line.
pub(crate) fn past(one: &PastMemberView) -> String {
    let how = match one.state {
        State::Stopped => say!("past-stopped"),
        State::Lifted => say!("past-lifted"),
        State::Severed | State::Member => say!("past-severed"),
    };
    let handle = match plain::line(&one.handle) {
        handle if handle.is_empty() => say!("past-unknown"),
        handle => handle,
    };
    let (since, number) = (when::day(one.joined_at), short(&one.id.hex()));
    let line = match one.left_at.map(when::day) {
        Some(left) => say!(
            "past-line-left",
            handle = handle,
            how = how,
            left = left,
            since = since,
            number = number
        ),
        None => say!("past-line", handle = handle, how = how, since = since, number = number),
    };
    format!("  {line}{}", one.note.as_deref().map(note).unwrap_or_default())
}

/// Who waits, who said what about them, and what is missing.
pub(crate) fn applicant(one: &ApplicantView, room: &RoomView, screen: &Screen) -> String {
    let mut lines = vec![say!(
        "applicant-line",
        handle = screen.strong(&plain::line(&one.handle)),
        number = short(&one.id.hex()),
        day = when::day(one.until)
    )];
    lines.extend(words_for(one).into_iter().map(|line| format!("  {line}")));
    lines.push(format!("  {}", readiness(one, room)));
    lines.join("\n")
}

/// Who vouches for them, and who is against it.
pub(crate) fn words_for(one: &ApplicantView) -> Vec<String> {
    let vouches = one.vouches.iter().map(|vouch| {
        let (handle, method) = (plain::line(&vouch.handle), met(vouch.method));
        let day = when::day(vouch.met_at);
        match vouch.refused.as_ref().map(failure::why) {
            None => say!("applicant-vouch", handle = handle, method = method, day = day),
            Some(why) => say!(
                "applicant-vouch-refused",
                handle = handle,
                method = method,
                day = day,
                why = why
            ),
        }
    });
    let objections = one.objections.iter().map(|objection| {
        let handle = plain::line(&objection.handle);
        match objection.reason.as_str() {
            "" => say!("applicant-objection", handle = handle),
            reason => say!(
                "applicant-objection-why",
                handle = handle,
                reason = plain::lines(reason, "    ")
            ),
        }
    });
    vouches.chain(objections).collect()
}

/// Whether an organizer can let them in, and what to do next.
pub(crate) fn readiness(one: &ApplicantView, room: &RoomView) -> String {
    match &one.missing {
        Some(missing) => say!("applicant-not-yet", why = failure::why(missing)),
        None => say!(
            "applicant-ready",
            room_word = plain::word(&room.name),
            person_word = plain::word(&one.handle)
        ),
    }
}

/// What an organizer is told whose device refuses an admission.
pub(crate) fn not_ready(missing: &Why, one: &ApplicantView, room: &RoomView) -> Failure {
    Failure::fixable(
        say!("applicant-not-ready", handle = plain::line(&one.handle), why = failure::why(missing)),
        say!("applicant-not-ready-next", room_word = plain::word(&room.name)),
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
        "applicant": one.id.hex(), "handle": one.handle, "contact": one.contact.map(|id| id.hex()), "until_ms": one.until.0, "missing": one.missing.as_ref().map(|why| &why.sentence),
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
