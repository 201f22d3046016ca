//! `health`: one real message through the relay's front door and back.

use data_encoding::BASE64;
use offshift_access::Unspent;
use offshift_relay::{
    admin::{Answer, Ask, Secret},
    selfcheck::{self, Took},
};
use offshift_wire::link::RelayLink;
use serde::Serialize;
use zeroize::Zeroizing;

use super::{
    args, desk,
    failure::{Failure, Turn},
    here::Here,
    json, public,
};

/// Leave a message with the relay and take it back, as a member's device would. Exit code 0 when that works, 3 when
/// it does not: fit for a container's health check.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    at: args::DataDirectory,
    /// By the address in the link instead of this machine's own: the way that members come
    #[arg(long)]
    public: bool,
    /// For scripts
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Healthy {
    healthy: bool,
    milliseconds: u64,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let here = Here::at(&args.at)?;
    let Took(time) = super::threads::runtime()?.block_on(check(&here, args.public))?;
    let milliseconds = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    super::show(&if args.json {
        json(&Healthy { healthy: true, milliseconds })?
    } else {
        format!("The relay took a message, confirmed it and gave it back, in {milliseconds} ms.\n")
    });
    Ok(())
}

async fn check(here: &Here, by_public: bool) -> Result<Took, Failure> {
    let asked = desk::ask_running(here, &Ask::CheckTokens { n: 1 }).await;
    // Whatever keeps it from answering, it is not healthy: exit code 3.
    let answer = asked.map_err(|failure| unhealthy(&failure.to_string()))?;
    let answer =
        answer.ok_or_else(|| unhealthy("it does not run; start it: offshift-relay serve"))?;
    let Answer::Tokens { at, link, tokens } = answer else { return Err(desk::strange()) };
    let link: RelayLink = link.parse().map_err(|_| desk::strange())?;
    let own = || public::own_link(at, *link.relay()).ok_or_else(desk::strange);
    let link = if by_public { link } else { own()? };
    let tokens = tokens.iter().map(unspent).collect::<Option<_>>().ok_or_else(desk::strange)?;
    selfcheck::once(&link, tokens).await.map_err(|error| unhealthy(&error.to_string()))
}

fn unhealthy(why: &str) -> Failure {
    Failure::new(Turn::Machine, format!("the relay is not healthy: {why}"))
}

fn unspent(token: &Secret) -> Option<Unspent> {
    let bytes = Zeroizing::new(BASE64.decode(token.expose().as_bytes()).ok()?);
    Unspent::decode(&bytes).ok()
}
