//! Words for the rules of a room.

use clap::{Args, Subcommand};

use super::door::{In, Yes};

#[derive(Subcommand)]
pub(crate) enum Policy {
    /// See the rules of a room, and what waits for approval
    Show(In),
    /// Propose a change. Organizers only; two must approve
    #[command(
        override_usage = "\
offshift policy propose [OPTIONS] <ROOM> <RULE=VALUE>...
       offshift policy propose [OPTIONS] <ROOM> --organizer <PERSON>
       offshift policy propose [OPTIONS] <ROOM> --no-organizer <PERSON>
       offshift policy propose [OPTIONS] <ROOM> --lift <PERSON>",
        after_help = "\
Examples:
  offshift policy propose Night vouches=3 calls=no
  offshift policy propose Night --organizer carol

What makes it easier to come in is shown to everybody at once and binds after three days."
    )]
    Propose(Propose),
    /// Approve what another organizer, or another member, proposed
    #[command(after_help = "Example:\n  offshift policy approve Night 3f09c2")]
    Approve {
        /// The room's name or number
        room: String,
        /// The number that offshift policy show tells
        number: String,
        #[command(flatten)]
        sure: Yes,
    },
}

#[derive(Args)]
pub(crate) struct Propose {
    /// The room's name or number
    pub(crate) room: String,
    #[command(flatten)]
    pub(crate) change: Change,
    #[command(flatten)]
    pub(crate) sure: Yes,
}

/// One proposal is one of these.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Change {
    /// Rules and their new values, named as offshift policy show does
    #[arg(value_name = "RULE=VALUE")]
    pub(crate) terms: Vec<String>,
    /// Make this member an organizer
    #[arg(long, value_name = "PERSON")]
    pub(crate) organizer: Option<String>,
    /// Make this organizer a plain member
    #[arg(long, value_name = "PERSON")]
    pub(crate) no_organizer: Option<String>,
    /// Let members vouch again for this person who was put out
    #[arg(long, value_name = "PERSON")]
    pub(crate) lift: Option<String>,
}
