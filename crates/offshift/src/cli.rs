//! The words that a person types.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Private rooms for people who met in person.
#[derive(Parser)]
#[command(
    name = "offshift",
    version,
    disable_help_subcommand = true,
    after_help = "\
Examples:
  offshift demo                             see it work, on this computer only
  offshift start                            make your profile
  offshift relay add offshift://...         name the relay that passes your messages
  offshift meet show                        meet someone: they scan your code
  offshift room found Night --with bob --with carol --organizer bob
  offshift send Night \"See you at six\"
  offshift watch

A relay passes messages and cannot read them. Only people in a room can read it."
)]
pub(crate) struct Cli {
    /// Profile to use: a name, or a folder (with a slash in it)
    #[arg(
        long,
        global = true,
        value_name = "NAME|DIR",
        env = "OFFSHIFT_PROFILE",
        default_value = "default"
    )]
    pub(crate) profile: String,

    /// Print one JSON object per line
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Read the passphrase from a file. Without it: the variable OFFSHIFT_PASSPHRASE, else you are asked
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make your profile
    #[command(after_help = "Example:\n  offshift start --handle ana")]
    Start {
        /// The name that others see. It need not be your real name
        #[arg(long)]
        handle: Option<String>,
    },
    /// Add or list relays. A relay passes messages and cannot read them
    #[command(subcommand)]
    Relay(Relay),
    /// Meet someone, both devices side by side
    #[command(subcommand)]
    Meet(Meet),
    /// List the people whom you met
    Contacts,
    /// Found a room, see rooms and who is in them
    #[command(subcommand)]
    Room(Room),
    /// Send a message
    #[command(
        after_help = "Examples:\n  offshift send Night \"See you at six\"\n  echo \"See you at six\" | offshift send Night -"
    )]
    Send(Send),
    /// Get and print new messages, then stop
    Inbox,
    /// Print messages as they come, until Ctrl-C
    Watch,
    /// See the whole story on this computer: a relay, people who meet, a room, messages
    Demo,
}

#[derive(Subcommand)]
pub(crate) enum Relay {
    /// Add a relay by its link
    #[command(after_help = "Example:\n  offshift relay add offshift://relay.example:4433/...")]
    Add {
        /// The link that the relay's host gave you
        link: String,
    },
    /// List your relays
    List,
}

#[derive(Subcommand)]
pub(crate) enum Meet {
    /// Show a code for the other person to scan
    Show {
        /// Meet through this relay (default: your first)
        #[arg(long, value_name = "LINK")]
        relay: Option<String>,
    },
    /// Use the code on the other person's screen
    #[command(after_help = "Example:\n  offshift meet scan offshift:meet:...")]
    Scan {
        /// The code, as text
        code: String,
    },
    /// Say that both screens show the same words
    Confirm {
        /// Which meeting, if more than one waits: its number or the other person's handle
        meeting: Option<String>,
        /// The words differ: stop this meeting
        #[arg(long)]
        differ: bool,
    },
}

#[derive(Subcommand)]
pub(crate) enum Room {
    /// Found a room with people whom you met
    #[command(after_help = "\
Example:
  offshift room found Night --with bob --with carol --organizer bob

You are an organizer. Name at least one more: a room must not depend on one phone.")]
    Found(Found),
    /// List your rooms
    List,
    /// Show who is in a room
    Show {
        /// The room's name or number
        room: String,
    },
    /// Add one more founder whom you met
    Add {
        /// The room's name or number
        room: String,
        /// Whom: the handle of someone whom you met
        handle: String,
        /// Make this person an organizer too
        #[arg(long)]
        organizer: bool,
    },
    /// Remove someone. Organizers only
    Remove {
        /// The room's name or number
        room: String,
        /// Whom: their handle
        handle: String,
    },
}

#[derive(Args)]
pub(crate) struct Found {
    /// The room's name
    pub(crate) name: String,
    /// Who founds it with you: the handle of someone whom you met
    #[arg(long = "with", value_name = "HANDLE", required = true)]
    pub(crate) with: Vec<String>,
    /// Who of them is an organizer too
    #[arg(long = "organizer", value_name = "HANDLE")]
    pub(crate) organizers: Vec<String>,
    /// The room's relay (default: your first)
    #[arg(long, value_name = "LINK")]
    pub(crate) relay: Option<String>,
    /// For more than 50 people: less traffic, not safe from a future quantum computer
    #[arg(long)]
    pub(crate) large: bool,
}

#[derive(Args)]
pub(crate) struct Send {
    /// The room's name or number
    pub(crate) room: String,
    /// What to say; "-" reads it from the input
    #[arg(required = true)]
    pub(crate) text: Vec<String>,
    /// The number of the message that this answers
    #[arg(long, value_name = "NUMBER")]
    pub(crate) reply_to: Option<String>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_says_nothing_that_people_need_not_know() {
        let mut command = Cli::command();
        let mut text = command.render_long_help().to_string();
        for sub in command.get_subcommands_mut() {
            text += &sub.render_long_help().to_string();
        }
        for word in ["MLS", "epoch", "commit", "encrypt", "key package", "server", "node"] {
            assert!(!text.contains(word), "{word}");
        }
    }
}
