//! What members do with messages: mark, change, take back, ask, choose, plan, pin, and hand over files.

use bytes::Bytes;

use super::{id_bytes, message_id, text::Text};
use crate::{
    Malformed, UnixMillis,
    card::exact,
    id::MessageId,
    limits::{
        CAPTION_BYTES_MAX, CONTENT_TIME_MAX, FILE_BYTES_MAX, FILE_NAME_BYTES_MAX, MARK_BYTES_MAX,
        MEDIA_TYPE_BYTES_MAX, OPTION_BYTES_MAX, PLAN_BYTES_MAX, POLL_OPTIONS_MAX, POLL_OPTIONS_MIN,
        PREVIEW_BYTES_MAX, QUESTION_BYTES_MAX,
    },
    link::RelayLink,
    v1,
};

/// One member's mark on a message.
#[derive(Clone, PartialEq, Eq)]
pub struct Reaction {
    /// On which message.
    pub to: MessageId,
    /// An emoji or a short word; empty: none any more.
    pub mark: String,
}

/// Other words for an own message.
#[derive(Clone, PartialEq, Eq)]
pub struct Edit {
    /// Which message.
    pub of: MessageId,
    /// What it says from now on.
    pub text: Text,
}

/// A question with answers to choose from.
#[derive(Clone, PartialEq, Eq)]
pub struct Poll {
    /// What is asked.
    pub question: String,
    /// What can be chosen.
    pub options: Vec<String>,
    /// Whether one may choose several.
    pub several: bool,
}

/// What a member chooses.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// In which poll.
    pub poll: MessageId,
    /// The numbers of the options, from 0, rising; none: no answer any more.
    pub options: Vec<u32>,
}

/// A time and a place.
#[derive(Clone, PartialEq, Eq)]
pub struct Plan {
    /// The plan that this one changes; nothing: it is a new one.
    pub changes: Option<MessageId>,
    /// What is planned.
    pub title: String,
    /// Where; may be empty.
    pub place: String,
    /// When.
    pub starts_at: UnixMillis,
    /// What else to know; may be empty.
    pub note: String,
    /// Whether it is called off.
    pub called_off: bool,
}

/// A message that is to stay at the top, or no longer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Pin {
    /// Which message.
    pub of: MessageId,
    /// Whether it is taken off.
    pub off: bool,
}

/// A file that lies in a mailbox of its own.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, as its sender's device cleaned it. Clean it again before it meets a disk.
    pub name: String,
    /// Its media type, by its sender's word.
    pub media_type: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of the whole file.
    pub sha256: [u8; 32],
    /// Where it lies and what opens it follow from this.
    pub key: [u8; 32],
    /// At which relay.
    pub relay: RelayLink,
    /// When the relay forgets it.
    pub until: UnixMillis,
    /// Words that go with it; may be empty.
    pub caption: String,
    /// A small JPEG; may be empty.
    pub preview: Bytes,
}

fn within(text: &str, bytes_max: usize, what: &'static str) -> Result<(), Malformed> {
    if text.len() > bytes_max { Err(Malformed(what)) } else { Ok(()) }
}

fn some_within(text: &str, bytes_max: usize, what: &'static str) -> Result<(), Malformed> {
    if text.is_empty() { Err(Malformed(what)) } else { within(text, bytes_max, what) }
}

/// OS-CNT-026
fn of_calendars(time: UnixMillis, what: &'static str) -> Result<(), Malformed> {
    if time.0 > CONTENT_TIME_MAX { Err(Malformed(what)) } else { Ok(()) }
}

impl Reaction {
    /// # Errors
    /// [`Malformed`] when the mark is too long.
    pub fn check(&self) -> Result<(), Malformed> {
        within(&self.mark, MARK_BYTES_MAX, "mark")
    }
}

impl Poll {
    /// # Errors
    /// [`Malformed`] when there is no question, too few or too many options, or one that is empty or too long.
    pub fn check(&self) -> Result<(), Malformed> {
        some_within(&self.question, QUESTION_BYTES_MAX, "question")?;
        if !(POLL_OPTIONS_MIN..=POLL_OPTIONS_MAX).contains(&self.options.len()) {
            return Err(Malformed("poll options"));
        }
        self.options.iter().try_for_each(|one| some_within(one, OPTION_BYTES_MAX, "poll option"))
    }
}

impl Answer {
    /// # Errors
    /// [`Malformed`] when an option stands twice or can be none of any poll.
    pub fn check(&self) -> Result<(), Malformed> {
        let rising = self.options.is_sorted_by(|one, next| one < next);
        let known = |option: &u32| usize::try_from(*option).is_ok_and(|one| one < POLL_OPTIONS_MAX);
        if rising && self.options.iter().all(known) { Ok(()) } else { Err(Malformed("answer")) }
    }
}

impl Plan {
    /// # Errors
    /// [`Malformed`] when it has no title, one of its texts is too long, or its time is in no calendar.
    pub fn check(&self) -> Result<(), Malformed> {
        some_within(&self.title, PLAN_BYTES_MAX, "plan title")?;
        within(&self.place, PLAN_BYTES_MAX, "plan place")?;
        within(&self.note, PLAN_BYTES_MAX, "plan note")?;
        of_calendars(self.starts_at, "plan time")
    }
}

impl File {
    /// # Errors
    /// [`Malformed`] when it is empty or too long, one of its texts is, or its time is in no calendar.
    pub fn check(&self) -> Result<(), Malformed> {
        some_within(&self.name, FILE_NAME_BYTES_MAX, "file name")?;
        within(&self.media_type, MEDIA_TYPE_BYTES_MAX, "media type")?;
        within(&self.caption, CAPTION_BYTES_MAX, "caption")?;
        if self.preview.len() > PREVIEW_BYTES_MAX || !(1..=FILE_BYTES_MAX).contains(&self.bytes) {
            return Err(Malformed("file"));
        }
        of_calendars(self.until, "file time")
    }
}

impl From<&Reaction> for v1::Reaction {
    fn from(one: &Reaction) -> Self {
        Self { to: id_bytes(&one.to), mark: one.mark.clone() }
    }
}

impl TryFrom<v1::Reaction> for Reaction {
    type Error = Malformed;

    fn try_from(one: v1::Reaction) -> Result<Self, Malformed> {
        let one = Self { to: message_id(&one.to)?, mark: one.mark };
        one.check().map(|()| one)
    }
}

impl From<&Edit> for v1::Edit {
    fn from(one: &Edit) -> Self {
        Self { of: id_bytes(&one.of), text: Some((&one.text).into()) }
    }
}

impl TryFrom<v1::Edit> for Edit {
    type Error = Malformed;

    fn try_from(one: v1::Edit) -> Result<Self, Malformed> {
        let text = one.text.ok_or(Malformed("edit"))?.try_into()?;
        Ok(Self { of: message_id(&one.of)?, text })
    }
}

impl From<&Poll> for v1::Poll {
    fn from(one: &Poll) -> Self {
        let (question, options) = (one.question.clone(), one.options.clone());
        Self { question, options, several: one.several }
    }
}

impl TryFrom<v1::Poll> for Poll {
    type Error = Malformed;

    fn try_from(one: v1::Poll) -> Result<Self, Malformed> {
        let one = Self { question: one.question, options: one.options, several: one.several };
        one.check().map(|()| one)
    }
}

impl From<&Answer> for v1::Answer {
    fn from(one: &Answer) -> Self {
        Self { poll: id_bytes(&one.poll), options: one.options.clone() }
    }
}

impl TryFrom<v1::Answer> for Answer {
    type Error = Malformed;

    fn try_from(one: v1::Answer) -> Result<Self, Malformed> {
        let one = Self { poll: message_id(&one.poll)?, options: one.options };
        one.check().map(|()| one)
    }
}

impl From<&Plan> for v1::Plan {
    fn from(one: &Plan) -> Self {
        Self {
            changes: one.changes.as_ref().map_or_else(Bytes::new, id_bytes),
            title: one.title.clone(),
            place: one.place.clone(),
            starts_at_ms: one.starts_at.0,
            note: one.note.clone(),
            called_off: one.called_off,
        }
    }
}

impl TryFrom<v1::Plan> for Plan {
    type Error = Malformed;

    fn try_from(one: v1::Plan) -> Result<Self, Malformed> {
        let changes = (!one.changes.is_empty()).then(|| message_id(&one.changes)).transpose()?;
        let one = Self {
            changes,
            title: one.title,
            place: one.place,
            starts_at: UnixMillis(one.starts_at_ms),
            note: one.note,
            called_off: one.called_off,
        };
        one.check().map(|()| one)
    }
}

impl From<&Pin> for v1::Pin {
    fn from(one: &Pin) -> Self {
        Self { of: id_bytes(&one.of), off: one.off }
    }
}

impl TryFrom<v1::Pin> for Pin {
    type Error = Malformed;

    fn try_from(one: v1::Pin) -> Result<Self, Malformed> {
        Ok(Self { of: message_id(&one.of)?, off: one.off })
    }
}

impl From<&File> for v1::File {
    fn from(one: &File) -> Self {
        Self {
            name: one.name.clone(),
            media_type: one.media_type.clone(),
            bytes: one.bytes,
            sha256: Bytes::copy_from_slice(&one.sha256),
            key: Bytes::copy_from_slice(&one.key),
            relay: one.relay.to_string(),
            until_ms: one.until.0,
            caption: one.caption.clone(),
            preview: one.preview.clone(),
        }
    }
}

impl TryFrom<v1::File> for File {
    type Error = Malformed;

    fn try_from(one: v1::File) -> Result<Self, Malformed> {
        let one = Self {
            name: one.name,
            media_type: one.media_type,
            bytes: one.bytes,
            sha256: exact(&one.sha256, "file hash")?,
            key: exact(&one.key, "file key")?,
            relay: one.relay.parse().map_err(|_| Malformed("file relay"))?,
            until: UnixMillis(one.until_ms),
            caption: one.caption,
            preview: one.preview,
        };
        one.check().map(|()| one)
    }
}
