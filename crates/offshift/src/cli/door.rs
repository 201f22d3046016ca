//! Words for who comes in, who is in, and who goes.

use clap::{Args, Subcommand};

/// A room.
#[derive(Args)]
pub(crate) struct In {
    /// The room's name or number
    pub(crate) room: String,
}

/// Somebody in a room.
#[derive(Args)]
pub(crate) struct Named {
    /// The room's name or number
    pub(crate) room: String,
    /// Their handle or number
    pub(crate) person: String,
}

/// Whether a script has said yes already.
#[derive(Args)]
pub(crate) struct Yes {
    /// Do it without asking
    #[arg(long)]
    pub(crate) yes: bool,
}

/// Something that is asked before it is done to one person.
#[derive(Args)]
pub(crate) struct One {
    #[command(flatten)]
    pub(crate) of: Named,
    #[command(flatten)]
    pub(crate) sure: Yes,
}

/// People who are put out.
#[derive(Args)]
pub(crate) struct Out {
    /// The room's name or number
    pub(crate) room: String,
    /// Whom: handles or numbers
    #[arg(required = true, value_name = "PERSON")]
    pub(crate) people: Vec<String>,
    #[command(flatten)]
    pub(crate) sure: Yes,
}

#[derive(Args)]
pub(crate) struct Vouch {
    #[command(flatten)]
    pub(crate) of: Named,
    /// For a member who is under review, not for a newcomer
    #[arg(long)]
    pub(crate) again: bool,
    /// You met in a call, and know their face or voice (with --again)
    #[arg(long, requires = "again")]
    pub(crate) call: bool,
}

#[derive(Args)]
pub(crate) struct Review {
    /// The room's name or number
    pub(crate) room: String,
    /// End the review of this member: enough others vouched again. Organizers only
    #[arg(long, value_name = "PERSON")]
    pub(crate) confirm: Option<String>,
    #[command(flatten)]
    pub(crate) sure: Yes,
}

#[derive(Subcommand)]
pub(crate) enum Phone {
    /// List your phones in a room
    List(In),
    /// Show a code for your second phone to scan
    #[command(after_help = "\
Example:
  offshift phone link Night              on the phone that is in the room
  offshift phone scan offshift:device:... on the other one

The second phone is its own profile with its own handle, for instance ana-2. A person has at most three.")]
    Link(In),
    /// Use the code on your first phone's screen
    Scan {
        /// The code, as text
        code: String,
    },
    /// Stop a phone that is lost or taken. Organizers only
    #[command(after_help = "Example:\n  offshift phone stop Night dana")]
    Stop(One),
}
