//! From what a person types to who, or what, is meant.
//!
//! A handle is meant as rooms compare them, whatever its capitals; else the start of a number. Nobody is found by a
//! part of a handle: who takes the handle `ben2` must not be hit, or spared, in place of `ben`.

use offshift_client::{
    ApplicantView, ContactView, MemberView, MessageView, PastMemberView, ReturningView, RoomView,
};

use crate::{engine::Client, failure::Failure, plain, words::say};

/// The shortest start of a number that names somebody.
const NUMBER_MIN: usize = 4;

/// As many messages as one answer holds.
const PAGE: u32 = 500;

/// Who has a handle and a number.
pub(super) trait Person {
    fn handle(&self) -> &str;
    fn number(&self) -> String;
}

macro_rules! person {
    ($($view:ty),*) => {$(
        impl Person for $view {
            fn handle(&self) -> &str {
                &self.handle
            }
            fn number(&self) -> String {
                self.id.hex()
            }
        }
    )*};
}
person!(ApplicantView, ContactView, MemberView, PastMemberView, ReturningView);

/// All whom these words may mean.
pub(super) fn fitting<'a, T: Person>(all: &'a [T], typed: &str) -> Vec<&'a T> {
    let wanted = plain::typed(typed).to_lowercase();
    let named: Vec<&T> = all.iter().filter(|one| one.handle().to_lowercase() == wanted).collect();
    if !named.is_empty() || wanted.len() < NUMBER_MIN {
        return named;
    }
    all.iter().filter(|one| one.number().starts_with(&wanted)).collect()
}

/// The only one whom these words mean.
pub(super) fn only<'a, T: Person>(
    all: &'a [T],
    typed: &str,
    missing: impl FnOnce(&str) -> Failure,
) -> Result<&'a T, Failure> {
    match fitting(all, typed).as_slice() {
        [one] => Ok(one),
        [] => Err(missing(&plain::line(typed))),
        _ => Err(Failure::fixable(
            say!("find-several", person = plain::line(typed)),
            say!("find-several-next"),
        )),
    }
}

/// The room that a person names: by its name, or by the start of its number.
pub(super) async fn room(client: &Client, name: &str) -> Result<RoomView, Failure> {
    let name = plain::typed(name);
    let mut rooms = client.rooms().await?;
    let numbered = |room: &RoomView| name.len() >= NUMBER_MIN && room.id.hex().starts_with(name);
    rooms.retain(|room| room.name == name || numbered(room));
    match rooms.len() {
        1 => rooms.pop().ok_or_else(|| Failure::defect("a room is gone")),
        0 => Err(Failure::fixable(
            say!("find-no-room", room = plain::line(name)),
            say!("find-no-room-next"),
        )),
        _ => Err(Failure::fixable(say!("find-several-rooms"), say!("find-several-rooms-next"))),
    }
}

/// Somebody whom this profile met.
pub(super) async fn contact(client: &Client, typed: &str) -> Result<ContactView, Failure> {
    let mut contacts = client.contacts().await?;
    // Met again for another room: the meeting that is not used up is meant.
    if fitting(&contacts, typed).iter().any(|contact| !contact.is_used) {
        contacts.retain(|contact| !contact.is_used);
    }
    only(&contacts, typed, |typed| {
        Failure::fixable(say!("find-not-met", person = typed), say!("next-meet"))
    })
    .cloned()
}

/// Somebody in a room.
pub(super) async fn member(
    client: &Client,
    room: &RoomView,
    typed: &str,
) -> Result<MemberView, Failure> {
    let members = client.members(room.id).await?;
    only(&members, typed, |typed| not_in(typed, room)).cloned()
}

/// A message of a room, by the start of its number; the latest are looked at first.
pub(super) async fn message(
    client: &Client,
    room: &RoomView,
    number: &str,
) -> Result<MessageView, Failure> {
    let wanted = number.to_lowercase();
    let mut found: Vec<MessageView> = Vec::new();
    let mut before = None;
    loop {
        let page = client.messages(room.id, before, PAGE).await?;
        before = page.messages.first().map(|first| first.position);
        found.extend(page.messages.into_iter().filter(|one| one.id.hex().starts_with(&wanted)));
        if !page.more || before.is_none() || found.len() > 1 {
            break;
        }
    }
    match (found.pop(), found.pop()) {
        (Some(message), None) => Ok(message),
        (Some(_), Some(_)) => {
            Err(Failure::fixable(say!("message-many"), say!("message-many-next")))
        }
        _ => Err(Failure::fixable(
            say!("message-none"),
            say!("message-none-next", room_word = plain::word(&room.name)),
        )),
    }
}

/// How an error names who is not in a room.
pub(super) fn not_in(typed: &str, room: &RoomView) -> Failure {
    Failure::fixable(
        say!("find-not-in", person = typed, room = plain::line(&room.name)),
        say!("find-members-next", room_word = plain::word(&room.name)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    struct One(&'static str, &'static str);

    impl Person for One {
        fn handle(&self) -> &str {
            self.0
        }
        fn number(&self) -> String {
            self.1.to_owned()
        }
    }

    fn found(typed: &str) -> Result<&'static str, ()> {
        let all = [
            One("ben", "aaaa01"),
            One("ben2", "aaaa02"),
            One("dee", "bbbb03"),
            One("dee", "bbbb04"),
        ];
        let found = only(&all, typed, |_| Failure::fixable("", ""));
        found.map(|one| all.iter().find(|other| other.1 == one.1).unwrap().1).map_err(|_| ())
    }

    #[test]
    fn a_handle_is_meant_whole_and_whatever_its_capitals() {
        assert_eq!(found("ben"), Ok("aaaa01"));
        assert_eq!(found("BEN2"), Ok("aaaa02"));
        assert_eq!(found("be"), Err(()));
    }

    #[test]
    fn of_two_with_one_handle_the_number_tells() {
        assert_eq!(found("dee"), Err(()));
        assert_eq!(found("bbbb04"), Ok("bbbb04"));
        assert_eq!(found("aaaa"), Err(()), "both begin so");
        assert_eq!(found("bbb"), Err(()), "too short");
    }
}
