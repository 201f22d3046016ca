//! `identity`: who this relay is, and becoming another.

use std::fmt::Write;

use offshift_relay::admin::{Answer, Ask, Shown};

use super::{args, desk, failure::Failure, here::Here, json, ticket::confirm};

/// The key that makes this relay this relay. Its link names it, and members' devices accept no other.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(clap::Subcommand)]
enum Act {
    /// Show the link of the identity of now, and of the one before while it lasts
    Show(Show),
    /// Take a new identity. For a time the relay answers to the old one, too, and leads devices to the new one
    Rotate(Rotate),
}

#[derive(clap::Args)]
struct Show {
    #[command(flatten)]
    at: args::DataDirectory,
    /// For scripts
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
struct Rotate {
    #[command(flatten)]
    at: args::DataDirectory,
    /// How long the relay answers to the old identity, too. 0: not at all, which is for a stolen key
    #[arg(long, value_name = "DAYS", default_value_t = 60, conflicts_with = "finish")]
    overlap_days: u16,
    /// End the overlap now
    #[arg(long)]
    finish: bool,
    /// Do not ask again
    #[arg(long)]
    yes: bool,
    /// For scripts
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    match &args.act {
        Act::Show(show) => {
            let shown = asked(&Here::at(&show.at)?, Ask::Identity)?;
            super::show(&if show.json { json(&shown)? } else { text(&shown) });
        }
        Act::Rotate(rotate) => change(rotate)?,
    }
    Ok(())
}

fn asked(here: &Here, ask: Ask) -> Result<Shown, Failure> {
    match desk::ask(here, ask)? {
        Answer::Identity(shown) => Ok(shown),
        _ => Err(desk::strange()),
    }
}

fn change(args: &Rotate) -> Result<(), Failure> {
    let here = Here::at(&args.at)?;
    let (ask, question) = if args.finish {
        let question = "End the overlap? Devices that have not been here since the change need the new link by hand.";
        (Ask::IdentityFinish, question.to_owned())
    } else {
        (Ask::IdentityRotate { overlap_days: args.overlap_days }, question(args.overlap_days))
    };
    confirm(args.yes, &question)?;
    let shown = asked(&here, ask)?;
    if args.json {
        super::show(&json(&shown)?);
        return Ok(());
    }
    super::show(&format!("{}{}", text(&shown), next(&shown)));
    Ok(())
}

fn question(days: u16) -> String {
    if days == 0 {
        return "Take a new identity at once? Every device needs the new link by hand, tickets made so far name the \
                old one, and tokens bought so far are void."
            .to_owned();
    }
    format!(
        "Take a new identity, and answer to the old one for {days} days more? Devices that connect within that time \
         are led to the new one; the others need the new link by hand."
    )
}

fn text(shown: &Shown) -> String {
    let mut text = format!("Link         {}\n", shown.link);
    if let Some(before) = &shown.before {
        let _ = writeln!(text, "Until {} also {}", before.until, before.link);
    }
    if shown.restart {
        text.push_str(
            "\nThe running relay is still the old one. Restart it: sudo systemctl restart offshift-relay\n",
        );
    }
    text
}

/// What follows from a change (OS-OPS-131).
fn next(shown: &Shown) -> String {
    let overlap = match &shown.before {
        Some(before) => format!(
            "Devices that connect before the end of {} learn the new identity by themselves: the old one signs it.\n\
             Tickets that were printed before are good until then, too.\n\
             Give the new link to people who join from now on, and make a new backup.\n\n\
             From next week on the relay makes tokens with a new secret, and tickets stay as they are.\n\n\
             If somebody may have a copy of the disk or a backup: this is not enough. Whoever has the old key can lead\n\
             devices elsewhere as well as you can, and make tokens. Then end the overlap (identity rotate --finish), take\n\
             another identity at once (identity rotate --overlap-days 0), restart, end all tickets (ticket revoke) and\n\
             make new ones, and bring every member the new link in person.\n",
            before.until
        ),
        None => "The relay answers to the identity above alone. Bring every member the new link in person, and make\n\
                 a new backup.\n\n\
                 If somebody may have a copy of the disk or a backup: tickets are in it. End all of them (ticket revoke)\n\
                 and make new ones.\n"
            .to_owned(),
    };
    format!("\n{overlap}")
}

#[cfg(test)]
mod tests {
    use offshift_relay::admin::Before;

    use super::*;

    #[test]
    fn os_ops_131_whoever_changes_the_identity_is_told_what_a_stolen_key_means() {
        let before = Before { link: "old".to_owned(), until: "2027-01-21".parse().unwrap() };
        let shown = Shown { link: "new".to_owned(), before: Some(before), restart: true };
        let told = format!("{}{}", text(&shown), next(&shown));
        for word in
            ["new", "2027-01-21", "old", "Restart", "--finish", "revoke", "in person", "backup"]
        {
            assert!(told.contains(word), "{word}");
        }
        let alone = Shown { before: None, restart: false, ..shown };
        let told = format!("{}{}", text(&alone), next(&alone));
        assert!(
            !told.contains("by themselves")
                && told.contains("in person")
                && told.contains("revoke")
        );
        assert!(question(0).contains("at once") && question(60).contains("60 days"));
    }
}
