//! Finding words in what this device has.
//!
//! ```text
//! newest 1,024 messages --a share for each processor: open, decode, compare--> enough found? else the 2,048 before them ...
//! ```
//! Never: an index, or anything opened that outlives the search.

use std::{
    cmp::Reverse,
    num::NonZero,
    panic::resume_unwind,
    thread::{available_parallelism, scope},
};

use offshift_protocol::room::{Content, Room, RoomId};
use offshift_wire::Position;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::{Of, said_in, show::Show};
use crate::{
    engine::Engine, error::ClientError, limits::PAGE_MAX, vault::Vault, view::MessageView,
};

/// So many are looked at before it is asked whether enough was found, and twice as many each time.
const STRETCH: usize = 1024;

/// Less is not shared out: to start a thread takes as long as to look at some dozens.
const SHARE_MIN: usize = 512;

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
            let first = Of::History.key(room.id(), self.shown_from(room.id()));
            let newest = vault.between(&first, &Of::History.end(room.id())).rev();
            let holding = Looking { vault, words: &words }.newest(newest, limit);
            found.extend(holding.into_iter().map(|at| (at, room)));
        }
        found.sort_by_key(|(at, _)| Reverse(*at));
        let view =
            |(at, room): (Position, &Room)| Show::new(room, vault, &self.files).at(at).transpose();
        found.into_iter().take(limit).filter_map(view).collect()
    }
}

/// A record as the vault keeps it: name and sealed value.
type Sealed<'a> = (&'a str, &'a [u8]);

/// What is looked for, and where.
#[derive(Clone, Copy)]
struct Looking<'a> {
    vault: &'a Vault,
    words: &'a Words,
}

impl Looking<'_> {
    /// The first that hold all the words, of messages that come the newest first.
    fn newest<'s>(self, mut left: impl Iterator<Item = Sealed<'s>>, limit: usize) -> Vec<Position> {
        let (mut found, mut stretch) = (Vec::new(), STRETCH);
        while found.len() < limit {
            let now: Vec<_> = left.by_ref().take(stretch).collect();
            if now.is_empty() {
                break;
            }
            found.extend(self.among(&now));
            stretch = stretch.saturating_mul(2);
        }
        found.truncate(limit);
        found
    }

    /// Those of a stretch, in its order. Each processor takes a share.
    fn among(self, stretch: &[Sealed<'_>]) -> Vec<Position> {
        let processors = available_parallelism().map_or(1, NonZero::get);
        let share = stretch.len().div_ceil(processors).max(SHARE_MIN);
        scope(|threads| {
            let mut shares = stretch.chunks(share);
            let own = shares.next().unwrap_or_default();
            let others: Vec<_> = shares.map(|part| threads.spawn(|| self.alone(part))).collect();
            let mut found = self.alone(own);
            for other in others {
                found.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
            }
            found
        })
    }

    fn alone(self, part: &[Sealed<'_>]) -> Vec<Position> {
        let mut opener = self.vault.opener();
        let said =
            part.iter().filter_map(|(name, sealed)| said_in(name, &opener.open(name, sealed)?));
        said.filter(|(_, content)| self.words.are_in(content)).map(|(at, _)| at).collect()
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
