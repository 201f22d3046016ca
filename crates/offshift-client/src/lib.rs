//! Offshift's client: profiles, meetings, rooms and messages, as an async library.
//!
//! ```text
//! your app -- Client (calls) --> engine -- protocol machines --> effects, in order:
//!          <-- Events ---------          vault (Persist), then lines to relays (Deposit), then Events
//! ```
//! One task, the engine, owns everything of a profile. What leaves the device is in the vault first, so a process
//! may be killed at any point: it loses nothing that was reported as sent, and sends nothing twice. While a relay is
//! away, messages wait in their order.
//!
//! ```no_run
//! use offshift_client::{Client, Event, Method, Passphrase};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let passphrase = Passphrase::for_new_profile("four plain words here".to_owned().into())?;
//! let client = Client::create("profile".as_ref(), "ana", passphrase).await?;
//! client.add_relay("offshift://relay.example:4433/...").await?;
//!
//! let mut events = client.events();
//! let shown = client.meet_show(None, None).await?;
//! println!("let them scan: {}", *shown.code);
//! while let Some(event) = events.next().await {
//!     match event {
//!         Event::Words { meeting, words, with } => {
//!             println!("{with}'s screen must show: {}", words.join(" "));
//!             // Only after the person has said that both screens show the same words:
//!             client.meet_confirm(meeting, Method::InPerson).await?;
//!         }
//!         Event::Message(message) => println!("{}: {:?}", message.handle, message.text),
//!         _ => {}
//!     }
//! }
//! client.close().await;
//! # Ok(())
//! # }
//! ```
//!
//! The [`guide`] goes through it group by group.
//!
//! Never: receipts, typing or presence, by anything but a person; a log; a second try where somebody else answered in
//! a relay's place.

mod client;
mod clock;
mod command;
mod engine;
mod error;
mod event;
mod export;
mod files;
pub mod json;
mod limits;
mod line;
mod receipts;
mod strength;
pub mod text;
mod vault;
mod view;
mod wallet;
mod why;

#[doc = include_str!("../GUIDE.md")]
pub mod guide {}

pub use client::{Client, MessageStream};
pub use error::{Blame, ClientError, Detail, FileError};
pub use event::{Event, Events, MeetingOver};
pub use export::CopyError;
pub use files::{FileLook, FileReader, Kept};
pub use offshift_access::BadTicketCode;
pub use offshift_link::LinkError;
pub use offshift_protocol::{
    HAS_TEST_HOOKS,
    ids::{ContactId, MeetingId, TransferId},
    meeting::{BadCode, BadDeviceCode},
    room::{How, MemberId, MessageId, Method, RoomId, Suite},
};
pub use offshift_wire::{
    Address, Position, UnixMillis,
    link::{BadLink, RelayLink},
    standing::State,
};
pub use strength::{Strength, StrengthView, WeakBy, strength_of};
#[cfg(feature = "for-testing")]
pub use vault::seized_for_testing;
pub use vault::{BadPassphrase, Passphrase, VaultError};
pub use view::{
    AlarmKind, AlarmView, ApplicantView, BadTerm, Care, ContactView, ContradictionView,
    Contradicts, DeviceView, Exposure, FileState, FileView, Founding, MeetingState, MeetingView,
    MemberView, MessageKind, MessageView, MessagesPage, MotionId, MotionKind, MotionView, NoteOn,
    ObjectionView, OptionView, OriginView, PastMemberView, PlanView, Planned, PolicyView, PollView,
    Proposal, Reach, ReactionView, RelayView, ReturningView, RoomView, ShownCode, StepView, Synced,
    Term, TermValue, TermView, TicketState, TransferState, TransferView, VouchView, VoucherView,
    WaitingKind, WaitingView, words_of,
};
pub use why::Why;
