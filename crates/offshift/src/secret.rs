//! Where the passphrase comes from: a file, a variable, or the person.

use std::{
    env, fs,
    io::{self, IsTerminal},
};

use offshift_client::Passphrase;
use zeroize::Zeroizing;

use crate::{cli::Cli, failure::Failure};

const VARIABLE: &str = "OFFSHIFT_PASSPHRASE";

/// The passphrase of a profile that exists.
pub(crate) fn existing(cli: &Cli) -> Result<Passphrase, Failure> {
    match given(cli)? {
        Some(text) => Ok(Passphrase::new(text)),
        None => Ok(Passphrase::new(prompt("Passphrase: ")?)),
    }
}

/// A passphrase for a new profile: asked for twice.
pub(crate) fn fresh(cli: &Cli) -> Result<Passphrase, Failure> {
    let text = match given(cli)? {
        Some(text) => text,
        None => twice()?,
    };
    Passphrase::for_new_profile(text)
        .map_err(|error| Failure::fixable(error.to_string(), "offshift start"))
}

fn twice() -> Result<Zeroizing<String>, Failure> {
    let first = prompt("Choose a passphrase (four or five words are good): ")?;
    if *first != *prompt("Type it again: ")? {
        return Err(Failure::fixable("the two passphrases differ", "offshift start"));
    }
    Ok(first)
}

fn given(cli: &Cli) -> Result<Option<Zeroizing<String>>, Failure> {
    if let Some(path) = &cli.passphrase_file {
        let text = fs::read_to_string(path).map(Zeroizing::new).map_err(|_| {
            Failure::fixable(
                "the passphrase file can't be read",
                "look at the file's name, then try again",
            )
        })?;
        return Ok(Some(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned())));
    }
    Ok(env::var(VARIABLE).ok().map(Zeroizing::new))
}

fn prompt(question: &str) -> Result<Zeroizing<String>, Failure> {
    let nobody = || {
        Failure::fixable(
            "nobody is here to type the passphrase",
            "give --passphrase-file FILE or set OFFSHIFT_PASSPHRASE",
        )
    };
    if !io::stdin().is_terminal() {
        return Err(nobody());
    }
    rpassword::prompt_password(question).map(Zeroizing::new).map_err(|_| nobody())
}
