//! Finding words in what this device has.

use std::cmp::Reverse;

use offshift_protocol::room::{Content, Room, RoomId};
use offshift_wire::Position;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::{entries, show::Show};
use crate::{engine::Engine, error::ClientError, limits::PAGE_MAX, view::MessageView};

/// Words to find, as they are compared.
struct Words(Vec<String>);

impl Engine {
    /// The newest messages that hold all the words, in one room or in all (OS-CNT-032).
    pub(in crate::engine) fn search(
        &self,
        words: &str,
        only: Option<RoomId>,
        limit: u32,
    ) -> Result<Vec<MessageView>, ClientError> {
        let vault = self.open_vault()?;
        only.map(|id| self.known_room(id)).transpose()?;
        let words = Words::of(words);
        let limit = usize::try_from(limit).unwrap_or(PAGE_MAX).min(PAGE_MAX);
        let rooms = self.rooms.values().filter(|room| only.is_none_or(|id| id == room.id()));
        let mut found: Vec<(Position, &Room)> = Vec::new();
        for room in rooms {
            let said = entries(vault, room.id(), self.shown_from(room.id())).rev();
            let holding = said.filter(|(_, content)| words.are_in(content));
            found.extend(holding.take(limit).map(|(at, _)| (at, room)));
        }
        found.sort_by_key(|(at, _)| Reverse(*at));
        let view =
            |(at, room): (Position, &Room)| Show::new(room, vault, &self.files).at(at).transpose();
        found.into_iter().take(limit).filter_map(view).collect()
    }
}

impl Words {
    fn of(typed: &str) -> Self {
        Self(typed.split_whitespace().map(folded).filter(|word| !word.is_empty()).collect())
    }

    fn are_in(&self, content: &Content) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let said = said(content);
        !said.is_empty() && {
            let said = folded(&said.join("\n"));
            self.0.iter().all(|word| said.contains(word.as_str()))
        }
    }
}

/// All that people read of a message.
fn said(content: &Content) -> Vec<&str> {
    match content {
        Content::Text(text) | Content::Announcement(text) => vec![text.as_str()],
        Content::Poll(one) => {
            let options = one.options.iter().map(String::as_str);
            std::iter::once(one.question.as_str()).chain(options).collect()
        }
        Content::Plan(one) => vec![&one.title, &one.place, &one.note],
        Content::File(one) => vec![&one.name, &one.caption],
        _ => Vec::new(),
    }
}

/// Without capitals and accents: who types "cafe" finds "Café".
fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let plain = text.nfkd().filter(|character| !is_combining_mark(*character));
    plain.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use offshift_protocol::room::Text;

    use super::*;

    fn finds(words: &str, said: &str) -> bool {
        Words::of(words).are_in(&Content::Text(Text::new(said, None).unwrap()))
    }

    #[test]
    fn os_cnt_032_all_words_must_occur_whatever_capitals_and_accents() {
        assert!(finds("CAFE six", "At six in the Café"));
        assert!(finds("émile", "EMILE comes"));
        assert!(finds("قاعة", "القَاعَة"), "marks of vowels are not compared");
        assert!(!finds("cafe seven", "At six in the Café"), "one of them is missing");
        assert!(!finds("  ", "anything"));
    }
}
