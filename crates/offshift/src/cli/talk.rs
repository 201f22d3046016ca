//! Words for what people write, and for looking at it.

use clap::{Args, Subcommand};

use super::In;

/// What people do with messages every day.
#[derive(Subcommand)]
pub(crate) enum Talk {
    /// Say something that stands out. Organizers only
    #[command(after_help = "Example:\n  offshift announce Night \"We meet on Friday\"")]
    Announce(Words),
    /// Put a mark on a message, in place of your earlier one; without a mark: take it away
    #[command(
        after_help = "Examples:\n  offshift react Night 0a1b2c3d 👍\n  offshift react Night 0a1b2c3d"
    )]
    React {
        #[command(flatten)]
        of: Message,
        /// An emoji or a short word
        mark: Option<String>,
    },
    /// Give a message of yours other words. Everybody sees that it was edited
    #[command(after_help = "Example:\n  offshift edit Night 0a1b2c3d \"See you at seven\"")]
    Edit {
        #[command(flatten)]
        of: Message,
        /// What it says from now on; "-" reads it from the input
        #[arg(required = true)]
        text: Vec<String>,
    },
    /// Take a message of yours back. Who has read it has read it
    #[command(after_help = "Example:\n  offshift take-back Night 0a1b2c3d")]
    TakeBack(Message),
    /// Ask everybody a question with answers to choose from
    #[command(subcommand)]
    Poll(Poll),
    /// Say when and where something will be
    #[command(subcommand)]
    Plan(Plan),
    /// Pin a message, so that everybody finds it
    #[command(after_help = "Example:\n  offshift pin Night 0a1b2c3d")]
    Pin(Message),
    /// Take a pin off
    Unpin(Message),
    /// See what is pinned
    Pinned(In),
    /// Read what was said in a room
    #[command(
        after_help = "Examples:\n  offshift read Night\n  offshift read Night --before 0a1b2c3d"
    )]
    Read(Read),
    /// Find words in what this device has. Nothing leaves it
    #[command(
        after_help = "Examples:\n  offshift search canteen friday\n  offshift search canteen --room Night"
    )]
    Search(Search),
    /// Keep what you have begun to write, on this device only; without a text: show it
    #[command(
        after_help = "Examples:\n  offshift draft Night \"I think that\"\n  offshift draft Night\n  offshift draft Night \"\"   takes it away"
    )]
    Draft {
        #[command(flatten)]
        of: In,
        /// What to keep
        text: Option<String>,
    },
}

/// Words for a room.
#[derive(Args)]
pub(crate) struct Words {
    /// The room's name or number
    pub(crate) room: String,
    /// What to say; "-" reads it from the input
    #[arg(required = true)]
    pub(crate) text: Vec<String>,
}

/// A message in a room.
#[derive(Args)]
pub(crate) struct Message {
    /// The room's name or number
    pub(crate) room: String,
    /// The message's number, as it stands before it
    #[arg(value_name = "NUMBER")]
    pub(crate) message: String,
}

#[derive(Subcommand)]
pub(crate) enum Poll {
    /// Ask a question
    #[command(after_help = "\
Examples:
  offshift poll ask Night \"Which day?\" Friday Saturday
  offshift poll ask Night \"Who brings what?\" Food Chairs --several

Screens show how often an answer was chosen, not by whom. A changed program of a member could tell.")]
    Ask {
        /// The room's name or number
        room: String,
        /// What to ask
        question: String,
        /// What can be chosen, 2 to 16
        #[arg(required = true, num_args = 2..)]
        answers: Vec<String>,
        /// One may choose several
        #[arg(long)]
        several: bool,
    },
    /// Answer a poll, in place of your earlier answer
    #[command(
        after_help = "Examples:\n  offshift poll answer Night 0a1b2c3d 2\n  offshift poll answer Night 0a1b2c3d   takes your answer away"
    )]
    Answer {
        #[command(flatten)]
        of: Message,
        /// The numbers of what you choose
        #[arg(value_parser = clap::value_parser!(u32).range(1..=16))]
        choices: Vec<u32>,
    },
    /// End a poll of yours, or any as an organizer: later answers do not count
    Close(Message),
    /// See the latest polls of a room, or one
    Show {
        /// The room's name or number
        room: String,
        /// The poll's number
        #[arg(value_name = "NUMBER")]
        message: Option<String>,
    },
}

#[derive(Subcommand)]
pub(crate) enum Plan {
    /// Make a plan
    #[command(
        after_help = "Example:\n  offshift plan make Night Meeting --at \"2027-01-29 18:00\" --place \"Gate 4\""
    )]
    Make {
        /// The room's name or number
        room: String,
        /// What is planned
        title: String,
        /// When, by the clocks here: "2027-01-29 18:00"
        #[arg(long, value_name = "TIME")]
        at: String,
        /// Where
        #[arg(long, default_value = "")]
        place: String,
        /// What else to know
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Change a plan of yours, or any as an organizer
    #[command(after_help = "Example:\n  offshift plan change Night 0a1b2c3d --place \"Gate 5\"")]
    Change {
        #[command(flatten)]
        of: Message,
        /// What is planned
        #[arg(long)]
        title: Option<String>,
        /// When, by the clocks here: "2027-01-29 18:00"
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        /// Where
        #[arg(long)]
        place: Option<String>,
        /// What else to know
        #[arg(long)]
        note: Option<String>,
    },
    /// Call a plan of yours off, or any as an organizer
    CallOff(Message),
    /// List the plans of a room that are still to come
    List(In),
}

#[derive(Args)]
pub(crate) struct Read {
    /// The room's name or number
    pub(crate) room: String,
    /// Only what is older than this message
    #[arg(long, value_name = "NUMBER")]
    pub(crate) before: Option<String>,
    /// How many messages
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub(crate) count: u32,
}

#[derive(Args)]
pub(crate) struct Search {
    /// What to find: messages that have all these words
    #[arg(required = true)]
    pub(crate) words: Vec<String>,
    /// Only in this room
    #[arg(long)]
    pub(crate) room: Option<String>,
    /// How many messages at most
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub(crate) count: u32,
}
