//! Where the passphrase comes from: a file, a variable, or the person.

use std::{
    env, fs,
    io::{self, IsTerminal},
};

use offshift_client::{BadPassphrase, Passphrase};
use zeroize::Zeroizing;

use crate::{cli::Cli, failure::Failure, words::say};

const VARIABLE: &str = "OFFSHIFT_PASSPHRASE";

/// The passphrase of a profile that exists.
pub(crate) fn existing(cli: &Cli) -> Result<Passphrase, Failure> {
    typed(cli).map(Passphrase::new)
}

/// The same, as its text: it goes on to the engine that runs.
pub(crate) fn typed(cli: &Cli) -> Result<Zeroizing<String>, Failure> {
    match given(cli)? {
        Some(text) => Ok(text),
        None => prompt(&say!("passphrase-prompt")),
    }
}

/// A passphrase for a new profile: asked for twice.
pub(crate) fn fresh(cli: &Cli) -> Result<Passphrase, Failure> {
    let text = match given(cli)? {
        Some(text) => text,
        None => twice()?,
    };
    Passphrase::for_new_profile(text).map_err(|error| {
        let sentence = match error {
            BadPassphrase::Short => say!("passphrase-short", count = Passphrase::CHARACTERS_MIN),
            BadPassphrase::Long => say!("passphrase-long", count = Passphrase::BYTES_MAX),
        };
        Failure::fixable(sentence, say!("passphrase-next"))
    })
}

fn twice() -> Result<Zeroizing<String>, Failure> {
    let first = prompt(&say!("passphrase-choose"))?;
    if *first != *prompt(&say!("passphrase-again"))? {
        return Err(Failure::fixable(say!("passphrase-differ"), say!("passphrase-next")));
    }
    Ok(first)
}

fn given(cli: &Cli) -> Result<Option<Zeroizing<String>>, Failure> {
    if let Some(path) = &cli.passphrase_file {
        let text = fs::read_to_string(path)
            .map(Zeroizing::new)
            .map_err(|_| Failure::fixable(say!("passphrase-file"), say!("passphrase-file-next")))?;
        return Ok(Some(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned())));
    }
    Ok(env::var(VARIABLE).ok().map(Zeroizing::new))
}

fn prompt(question: &str) -> Result<Zeroizing<String>, Failure> {
    let nobody = || Failure::fixable(say!("passphrase-nobody"), say!("passphrase-nobody-next"));
    if !io::stdin().is_terminal() {
        return Err(nobody());
    }
    rpassword::prompt_password(format!("{question} ")).map(Zeroizing::new).map_err(|_| nobody())
}
