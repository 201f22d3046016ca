//! The words that a person types.

mod door;
mod faces;
mod file;
mod policy;
mod safety;
mod talk;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub(crate) use door::{In, Named, One, Out, Phone, Review, Vouch, Yes};
pub(crate) use faces::{Completions, Daemon, Engine, Man, Open};
pub(crate) use file::{File, Got, Sent};
pub(crate) use policy::{Change, Policy, Propose};
pub(crate) use safety::{ChangePassphrase, Export, Import, Profile, Wipe};
pub(crate) use talk::{Message, Plan, Poll, Read, Search, Talk};

use crate::words::Lang;

/// What every command takes, apart from what is its own.
const EVERYWHERE: &str = "With every command";

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
  offshift vouch Night dana                 say in the room that you met a newcomer
  offshift members Night                    see who is in, and who vouched for whom
  offshift sever Night eve                  put somebody out

A relay passes messages and cannot read them. Only people in a room can read it."
)]
pub(crate) struct Cli {
    /// Profile to use: a name, or a folder (with a slash in it)
    #[arg(
        long,
        global = true,
        help_heading = EVERYWHERE,
        value_name = "NAME|DIR",
        env = "OFFSHIFT_PROFILE",
        default_value = "default"
    )]
    pub(crate) profile: String,

    /// Print one JSON object per line
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub(crate) json: bool,

    /// Read the passphrase from a file. Without it: the variable OFFSHIFT_PASSPHRASE, else you are asked
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,

    /// Language of what you read: en, es, pl, fr, de or ar. Without it: your system's
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "LANG", value_parser = language)]
    pub(crate) lang: Option<Lang>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

fn language(tag: &str) -> Result<Lang, &'static str> {
    Lang::named(tag).ok_or("choose en, es, pl, fr, de or ar")
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
    /// Found a room, list rooms, let newcomers in
    #[command(subcommand)]
    Room(Room),
    /// Say in a room that you met a newcomer, so that an organizer can let them in
    #[command(after_help = "\
Examples:
  offshift vouch Night dana            you met dana for this room
  offshift vouch Night carol --again   carol is under review, and you know her

Two members who came in through different founders must vouch. Everybody in the room sees who vouched for whom.")]
    Vouch(Vouch),
    /// See who is in a room, who vouched for them, and who was put out
    Members(In),
    /// Put people out of a room. Organizers only; several at once need two organizers
    #[command(after_help = "Example:\n  offshift sever Night eve")]
    Sever(Out),
    /// Put one person out without an organizer: three members of two branches must ask for it
    #[command(
        after_help = "Example:\n  offshift recall Night eve\n\nA branch is everybody who came in through the same founder."
    )]
    Recall(One),
    /// See who must be vouched for again because somebody who vouched for them was put out
    #[command(
        after_help = "Examples:\n  offshift review Night\n  offshift vouch Night dana --again\n  offshift review Night --confirm dana"
    )]
    Review(Review),
    /// See what somebody who is or was in a room could read
    #[command(after_help = "Example:\n  offshift exposure Night eve")]
    Exposure(Named),
    /// See or change the rules of a room
    #[command(subcommand)]
    Policy(Policy),
    /// Link a second phone of yours, or stop a phone that is lost
    #[command(subcommand)]
    Phone(Phone),
    /// See what went wrong, and what to do about it
    Alarms,
    /// Write a name or a word about somebody, on this device only
    #[command(
        after_help = "Examples:\n  offshift note Night dana \"Dana from packing\"\n  offshift note Night dana \"\"   takes it away"
    )]
    Note {
        #[command(flatten)]
        of: Named,
        /// What to remember
        text: String,
    },
    /// Send a message
    #[command(
        visible_alias = "say",
        after_help = "Examples:\n  offshift send Night \"See you at six\"\n  echo \"See you at six\" | offshift send Night -"
    )]
    Send(Send),
    #[command(flatten)]
    Talk(Talk),
    /// Send photos and files, and get them
    #[command(subcommand)]
    File(File),
    /// Get and print new messages, then stop
    Inbox,
    /// Print messages as they come, until Ctrl-C
    Watch,
    /// Open your rooms in your browser, on this computer only
    #[command(after_help = "\
Examples:
  offshift open                 until Ctrl-C; the page asks for the passphrase
  offshift open --no-browser    only print the link

The link is good once, for two minutes. For another window run the command again.")]
    Open(Open),
    /// Run an engine for this profile; other commands, programs and pages then use it
    #[command(after_help = "\
Examples:
  offshift daemon                     until Ctrl-C; the passphrase is asked for once
  offshift daemon --lock-after 0      for a bot: never lock
  offshift daemon --stop              end the one that runs

Programs on this device ask it over a socket in the profile's folder.")]
    Daemon(Daemon),
    /// Lock the running engine: it forgets the passphrase until you unlock it
    Lock,
    /// Unlock the running engine
    Unlock,
    /// See whether an engine runs
    Status,
    /// Choose another passphrase for your profile
    #[command(
        after_help = "Example:\n  offshift passphrase\n\nIt says how strong the new one is. Copies that you made before keep theirs."
    )]
    Passphrase(ChangePassphrase),
    /// Write a copy of your profile, or of what was said, closed by a passphrase
    #[command(after_help = "\
Examples:
  offshift export ana.age                     everything, for a new device
  offshift export said.age --messages Night   what was said in a room, as text
  offshift export said.age --messages         what was said in all rooms

The file is in the format of age; any age program opens it.")]
    Export(Export),
    /// Make a profile from a copy. Its rooms must take it back before you can write
    #[command(after_help = "Example:\n  offshift --profile new import ana.age")]
    Import(Import),
    /// Destroy your profile on this device
    #[command(after_help = "Example:\n  offshift --profile old wipe")]
    Wipe(Wipe),
    /// List the profiles on this device
    #[command(
        subcommand,
        after_help = "Example:\n  offshift profile list\n  offshift --profile other start   make another one"
    )]
    Profile(Profile),
    /// Write manual pages
    #[command(after_help = "Example:\n  offshift man ~/.local/share/man/man1")]
    Man(Man),
    /// Print completions for a shell
    #[command(
        after_help = "Example:\n  offshift completions bash > ~/.local/share/bash-completion/completions/offshift"
    )]
    Completions(Completions),
    /// See the whole story on this computer: people meet, one comes in, one is put out
    Demo,
}

#[derive(Subcommand)]
pub(crate) enum Relay {
    /// Add a relay by its link, or by a ticket, which has the link in it
    #[command(after_help = "\
Examples:
  offshift relay add offshift://relay.example:4433/...
  offshift relay add 'offshift://relay.example:4433/...#...'

Who is taken into a room gets a ticket with the invitation, and needs none before.

The relay has a new key, and this device did not see the old one sign it? Take the new
link from its host, in person, and give the old one, too:
  offshift relay add NEW --was OLD")]
    Add {
        /// The link or the ticket that the relay's host gave you
        code: String,
        /// The relay's link before it got a new key; rooms that name it lead to the new one
        #[arg(long, value_name = "OLD")]
        was: Option<String>,
    },
    /// Add a ticket of a relay that you have, in the place of an older one
    #[command(
        after_help = "Example:\n  offshift relay ticket 'offshift://relay.example:4433/...#...'"
    )]
    Ticket {
        /// The ticket that the relay's host gave you
        code: String,
    },
    /// List your relays, and whether your tickets are good
    List,
}

#[derive(Subcommand)]
pub(crate) enum Meet {
    /// Show a code for the other person to scan
    Show {
        /// Meet through this relay (default: your first)
        #[arg(long, value_name = "LINK")]
        relay: Option<String>,
        #[command(flatten)]
        with: With,
    },
    /// Use the code on the other person's screen
    #[command(
        after_help = "Examples:\n  offshift meet scan offshift:meet:...\n  offshift meet scan offshift:meet:... --like ana"
    )]
    Scan {
        /// The code, as text
        code: String,
        #[command(flatten)]
        with: With,
    },
    /// Say that both screens show the same words
    Confirm {
        /// Which meeting, if more than one waits: its number or the other person's handle
        meeting: Option<String>,
        /// The words differ: stop this meeting
        #[arg(long)]
        differ: bool,
        /// You met in a call, and know the other's face or voice
        #[arg(long, conflicts_with = "differ")]
        call: bool,
    },
}

/// Whom one meets, and how.
#[derive(Args)]
pub(crate) struct With {
    /// For the same room as with this person: you are new there, and both will vouch for you
    #[arg(long, value_name = "PERSON")]
    pub(crate) like: Option<String>,
    /// You meet in a call, and know the other's face or voice
    #[arg(long)]
    pub(crate) call: bool,
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
    /// See who waits to come in, or to come back
    Applicants(In),
    /// Say why somebody should not come in. Everybody in the room reads it
    #[command(
        after_help = "Example:\n  offshift room object Night dana \"I don't know her from any shift\""
    )]
    Object {
        #[command(flatten)]
        of: Named,
        /// Why
        reason: String,
    },
    /// Write again after an alarm that you and another see different rooms
    #[command(after_help = "\
Example:
  offshift room go-on Night

Ask a third member first. If they see the same as you, the other's device lies: sever it.")]
    GoOn {
        #[command(flatten)]
        of: In,
        #[command(flatten)]
        sure: Yes,
    },
    /// Let in whom enough members vouched for, or back who was long away. Organizers only
    #[command(after_help = "Example:\n  offshift room admit Night dana")]
    Admit(Admit),
}

#[derive(Args)]
pub(crate) struct Admit {
    #[command(flatten)]
    pub(crate) of: Named,
    #[command(flatten)]
    pub(crate) sure: Yes,
    /// With --yes: also when members object
    #[arg(long, requires = "yes")]
    pub(crate) despite_objections: bool,
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
    /// Send it only if this device surely knows who is in the room
    #[arg(long)]
    pub(crate) sensitive: bool,
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
