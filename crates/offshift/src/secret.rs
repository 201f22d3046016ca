//! Where the passphrase comes from: a file, a variable, or the person.

use std::{
    env, fs,
    io::{self, IsTerminal},
    path::Path,
};

use offshift_client::{BadPassphrase, Passphrase, Strength, WeakBy, strength_of};
use zeroize::Zeroizing;

use crate::{cli::Cli, failure::Failure, screen::Screen, words::say};

/// The variable that has the passphrase.
pub(crate) const VARIABLE: &str = "OFFSHIFT_PASSPHRASE";

/// Whether somebody gave a passphrase without being asked.
pub(crate) fn is_given(cli: &Cli) -> bool {
    cli.passphrase_file.is_some() || env::var_os(VARIABLE).is_some()
}

/// The passphrase of a profile that exists.
pub(crate) fn existing(cli: &Cli) -> Result<Passphrase, Failure> {
    typed(cli).map(Passphrase::new)
}

/// The same, as its text: it goes on to the engine that runs.
pub(crate) fn typed(cli: &Cli) -> Result<Zeroizing<String>, Failure> {
    match given(cli.passphrase_file.as_deref(), VARIABLE)? {
        Some(text) => Ok(text),
        None => prompt(&say!("passphrase-prompt")),
    }
}

/// A passphrase for a new profile: asked for twice.
pub(crate) async fn fresh(cli: &Cli, screen: &Screen) -> Result<Passphrase, Failure> {
    let text = chosen(screen, cli.passphrase_file.as_deref(), VARIABLE).await?;
    Ok(Passphrase::new(text))
}

/// The passphrase that a copy was closed by.
pub(crate) fn of_copy(file: Option<&Path>, variable: &str) -> Result<Zeroizing<String>, Failure> {
    match given(file, variable)? {
        Some(text) => Ok(text),
        None => prompt(&say!("safety-copy-prompt")),
    }
}

/// A passphrase for something new: from its file, its variable, or asked for twice; then it is said how strong it is.
pub(crate) async fn chosen(
    screen: &Screen,
    file: Option<&Path>,
    variable: &str,
) -> Result<Zeroizing<String>, Failure> {
    let (text, is_typed) = match given(file, variable)? {
        Some(text) => (text, false),
        None => (twice()?, true),
    };
    Passphrase::for_new_profile(text.clone()).map_err(|error| {
        let sentence = match error {
            BadPassphrase::Short => say!("passphrase-short", count = Passphrase::CHARACTERS_MIN),
            BadPassphrase::Long => say!("passphrase-long", count = Passphrase::BYTES_MAX),
        };
        Failure::fixable(sentence, say!("safety-passphrase-again"))
    })?;
    if is_typed && !is_strong_enough(screen, &text).await {
        return Err(Failure::fixable(say!("safety-strength-no"), say!("sure-no-next")));
    }
    Ok(text)
}

/// Says how strong a passphrase is; one that holds for less than a year is taken only with a yes.
async fn is_strong_enough(screen: &Screen, text: &str) -> bool {
    let view = strength_of(text);
    screen.say(&match view.strength {
        Strength::VeryWeak => say!("safety-strength-very-weak"),
        Strength::Weak => say!("safety-strength-weak"),
        Strength::Good => say!("safety-strength-good"),
        Strength::Strong => say!("safety-strength-strong"),
    });
    if view.strength >= Strength::Good {
        return true;
    }
    if let Some(why) = view.weak_by {
        screen.say(&match why {
            WeakBy::Common => say!("safety-weak-by-common"),
            WeakBy::Word => say!("safety-weak-by-word"),
            WeakBy::Date => say!("safety-weak-by-date"),
            WeakBy::Pattern => say!("safety-weak-by-pattern"),
        });
    }
    screen.say(&say!("safety-strength-advice"));
    screen.agrees(say!("safety-strength-question")).await
}

fn twice() -> Result<Zeroizing<String>, Failure> {
    let first = prompt(&say!("passphrase-choose"))?;
    if *first != *prompt(&say!("passphrase-again"))? {
        return Err(Failure::fixable(say!("passphrase-differ"), say!("safety-passphrase-again")));
    }
    Ok(first)
}

fn given(file: Option<&Path>, variable: &str) -> Result<Option<Zeroizing<String>>, Failure> {
    if let Some(path) = file {
        let text = fs::read_to_string(path)
            .map(Zeroizing::new)
            .map_err(|_| Failure::fixable(say!("passphrase-file"), say!("passphrase-file-next")))?;
        return Ok(Some(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned())));
    }
    Ok(env::var(variable).ok().map(Zeroizing::new))
}

fn prompt(question: &str) -> Result<Zeroizing<String>, Failure> {
    let nobody = || Failure::fixable(say!("passphrase-nobody"), say!("passphrase-nobody-next"));
    if !io::stdin().is_terminal() {
        return Err(nobody());
    }
    rpassword::prompt_password(format!("{question} ")).map(Zeroizing::new).map_err(|_| nobody())
}
