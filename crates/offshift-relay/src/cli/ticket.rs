//! `ticket`: make, list and end tickets.

use std::{
    fmt::Write,
    io::{self, BufRead, IsTerminal},
};

use offshift_relay::admin::{Answer, Ask, State, TicketLine};

use super::{
    args, desk,
    failure::{Failure, Turn},
    here::Here,
    json, sheet,
};

/// Tickets: who has one, or a share of one, can leave messages at this relay. The relay does not know who they are, and
/// nothing in a message tells it whose ticket paid.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(clap::Subcommand)]
enum Act {
    /// Make a ticket to print or to show. Do not note who got which: a list of names is what a search would find
    New(New),
    /// Show the tickets: numbers and dates, never names
    List(List),
    /// End a ticket. What was bought with it already stays good for up to two weeks
    Revoke(Revoke),
}

#[derive(clap::Args)]
struct New {
    #[command(flatten)]
    at: args::DataDirectory,
    /// How many tickets
    #[arg(long, value_name = "N", default_value_t = 1)]
    count: u16,
    /// How many devices may use it: its holder's, and those of the people that they bring in
    #[arg(long, value_name = "N", default_value_t = 50)]
    seats: u16,
    /// How often each of them may ask for 32 tokens a day; a device that writes much asks 12 times
    #[arg(long, value_name = "N", default_value_t = 16)]
    daily: u16,
    /// Days until it ends
    #[arg(long, value_name = "N", default_value_t = 90)]
    days: u16,
    /// Draw a code to scan, too
    #[arg(long)]
    qr: bool,
    /// For scripts: a list of objects with id, code, seats, daily, until
    #[arg(long, conflicts_with = "qr")]
    json: bool,
}

#[derive(clap::Args)]
struct List {
    #[command(flatten)]
    at: args::DataDirectory,
    /// For scripts
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
struct Revoke {
    #[command(flatten)]
    at: args::DataDirectory,
    /// The ticket's id, or its first letters
    id: String,
    /// Do not ask again
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    match &args.act {
        Act::New(new) => make(new),
        Act::List(list) => show(list),
        Act::Revoke(revoke) => end(revoke),
    }
}

fn make(args: &New) -> Result<(), Failure> {
    let &New { count, seats, daily, days, .. } = args;
    let answer = desk::ask(&Here::at(&args.at)?, Ask::TicketNew { count, seats, daily, days })?;
    let Answer::Printed(tickets) = answer else { return Err(desk::strange()) };
    super::show(&if args.json {
        json(&tickets)?
    } else {
        let sheets: Vec<_> = tickets.iter().map(|ticket| sheet::of(ticket, args.qr)).collect();
        sheets.join(sheet::CUT)
    });
    Ok(())
}

fn list(here: &Here) -> Result<Vec<TicketLine>, Failure> {
    match desk::ask(here, Ask::TicketList)? {
        Answer::Tickets(tickets) => Ok(tickets),
        _ => Err(desk::strange()),
    }
}

fn show(args: &List) -> Result<(), Failure> {
    let tickets = list(&Here::at(&args.at)?)?;
    super::show(&if args.json { json(&tickets)? } else { text(&tickets) });
    Ok(())
}

fn text(tickets: &[TicketLine]) -> String {
    if tickets.is_empty() {
        return "There are no tickets. Make one: offshift-relay ticket new\n".to_owned();
    }
    let mut text =
        String::from("id        seats used  batches a day  made        good until  state\n");
    for ticket in tickets {
        let seats = format!("{} of {}", ticket.seats_used, ticket.seats);
        let TicketLine { id, daily, made, until, .. } = ticket;
        let _ =
            writeln!(text, "{id:<9} {seats:<11} {daily:<14} {made}  {until}  {}", state(ticket));
    }
    text
}

const fn state(ticket: &TicketLine) -> &'static str {
    match ticket.state {
        // Who has a seat goes on; a newcomer is told no, as when a day's allowance is used up.
        State::Good if ticket.seats_used >= ticket.seats => "good, but all seats are taken",
        State::Good => "good",
        State::Over => "over",
        State::Revoked => "ended",
    }
}

/// Asks first: there is no way back.
fn end(args: &Revoke) -> Result<(), Failure> {
    let here = Here::at(&args.at)?;
    let question = format!(
        "End ticket {}? Nobody can use it, or a share of it, any more, and it can't be taken back. \
         What was bought with it already stays good for up to two weeks.",
        args.id
    );
    confirm(args.yes, &question)?;
    let answer = desk::ask(&here, Ask::TicketRevoke { id: args.id.clone() })?;
    let Answer::Tickets(ended) = answer else { return Err(desk::strange()) };
    for ticket in ended {
        super::show(&format!("Ticket {} is ended.\n", ticket.id));
    }
    Ok(())
}

/// What can't be taken back is told first, and asked; scripts say `--yes`.
pub(super) fn confirm(yes: bool, question: &str) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    if !io::stdin().is_terminal() {
        return Err(Failure::new(Turn::Yours, format!("{question} Say --yes if you are sure.")));
    }
    super::show(&format!("{question}\nYes? [y/N] "));
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    match line.trim().to_ascii_lowercase().as_str() {
        "y" | "yes" if read.is_ok() => Ok(()),
        _ => Err(Failure::new(Turn::Yours, "nothing was changed")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_shows_numbers_and_dates() {
        let ticket = TicketLine {
            id: "ab010203".to_owned(),
            seats_used: 3,
            seats: 50,
            daily: 16,
            made: "2026-11-22".parse().unwrap(),
            until: "2027-02-20".parse().unwrap(),
            state: State::Good,
        };
        let full = TicketLine { id: "ab".to_owned(), seats_used: 50, ..ticket.clone() };
        assert!(text(&[full]).contains("all seats are taken"));
        let shown = text(&[ticket]);
        let line = shown.lines().last().unwrap();
        assert_eq!(line, "ab010203  3 of 50     16             2026-11-22  2027-02-20  good");
        assert!(text(&[]).contains("ticket new"));
    }
}
