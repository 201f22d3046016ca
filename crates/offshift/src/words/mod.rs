//! Every sentence that a person reads, in the person's language.
//!
//! ```text
//! words/{lang}/{area}.ftl --files.rs--> bundle of the language, and English behind it
//! say!("room-list-none")  --> Key --> bundle --> the sentence
//! say!("met-with", handle = name) -->            the same with its arguments
//! page.rs: the same files as JSON for the page
//! ```
//! A key is one sentence. Numbers choose plurals within the sentence, never in code. What stands inside a command that
//! a person may copy is an argument whose name ends in `_word`; every other text argument is a name or words of people,
//! and is kept apart from the sentence around it where that runs from right to left.
//!
//! Never: a sentence that is put together from halves; text of others that was not made plain before.

mod files;
mod lang;
mod page;
mod pseudo;

#[cfg(test)]
mod checks;
#[cfg(test)]
mod sources;

use std::{borrow::Cow, sync::OnceLock};

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

pub(crate) use fluent_bundle::FluentValue as Arg;
pub(crate) use lang::Lang;
pub(crate) use page::page_words;

/// Of a sentence: `room-list-none`. Made by [`key`], so that the checks find where it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key(pub(crate) &'static str);

/// The name of a sentence that is said later, by [`sentence`].
macro_rules! key {
    ($key:literal) => {
        $crate::words::Key($key)
    };
}

/// A sentence in the person's language: `say!("met-with", handle = handle)`.
macro_rules! say {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::words::sentence(
            $crate::words::key!($key),
            &[$((stringify!($name), $crate::words::Arg::from($value))),*],
        )
    };
}

pub(crate) use {key, say};

/// Around a name in a sentence that runs the other way: what is inside decides its own direction.
const ISOLATE: char = '\u{2068}';
const ISOLATE_END: char = '\u{2069}';

/// Around what must stay as it is, until the sentence is whole. No text has these: they are no characters.
const BARE: char = '\u{fdd0}';
const BARE_END: char = '\u{fdd1}';

/// Arguments that stand inside a command: nothing may be added to them.
const INSIDE_COMMAND: &str = "_word";

static WORDS: OnceLock<Words> = OnceLock::new();

/// Chooses the language of this process; later calls change nothing.
pub(crate) fn speak(lang: Lang) {
    let _ = WORDS.set(Words::new(lang));
}

/// The language of this process.
pub(crate) fn language() -> Lang {
    spoken().lang
}

/// The sentence of a key, with its arguments.
pub(crate) fn sentence(key: Key, args: &[(&'static str, Arg<'_>)]) -> String {
    spoken().say(key.0, args).unwrap_or_else(|| key.0.to_owned())
}

/// The sentence for something that goes by a kind: `family` and the kind are the key. Nothing, where these words are
/// older than the kind.
pub(crate) fn of_kind(family: &str, kind: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
    spoken().say(&format!("{family}{kind}"), args)
}

/// Names or parts beside each other: `ana, ben, cleo`.
pub(crate) fn list(items: impl IntoIterator<Item = String>) -> String {
    joined(items, key!("list-comma"))
}

/// The same, with a word between them: `ana and ben`.
pub(crate) fn list_and(items: impl IntoIterator<Item = String>) -> String {
    joined(items, key!("list-and"))
}

fn joined(items: impl IntoIterator<Item = String>, key: Key) -> String {
    let mut items = items.into_iter();
    let Some(first) = items.next() else { return String::new() };
    let first = if language().is_right_to_left() { isolated(&first) } else { first };
    // What is joined already is kept apart already.
    items.fold(first, |so_far, next| {
        sentence(key, &[("list_word", Arg::from(so_far)), ("next", Arg::from(next))])
    })
}

fn spoken() -> &'static Words {
    WORDS.get_or_init(|| Words::new(Lang::English))
}

/// The sentences of one language.
pub(crate) struct Words {
    lang: Lang,
    bundle: Bundle,
    /// For what is not translated yet.
    english: OnceLock<Bundle>,
}

type Bundle = FluentBundle<FluentResource>;

impl Words {
    pub(crate) fn new(lang: Lang) -> Self {
        Self { lang, bundle: bundle(lang, files::of(lang)), english: OnceLock::new() }
    }

    /// Nothing if there is no such key.
    pub(crate) fn say(&self, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        let args = self.args(args);
        said(&self.bundle, key, &args).or_else(|| {
            said(
                self.english.get_or_init(|| bundle(Lang::English, files::of(Lang::English))),
                key,
                &args,
            )
        })
    }

    fn args<'a>(&self, args: &'a [(&str, Arg<'_>)]) -> FluentArgs<'a> {
        let command = |name: &str| self.lang.is_right_to_left() && name.ends_with(INSIDE_COMMAND);
        args.iter()
            .map(|(name, value)| match value {
                Arg::String(text) if command(name) => {
                    (Cow::from((*name).to_owned()), Arg::from(format!("{BARE}{text}{BARE_END}")))
                }
                value => (Cow::from((*name).to_owned()), value.clone()),
            })
            .collect()
    }
}

fn isolated(text: &str) -> String {
    format!("{ISOLATE}{text}{ISOLATE_END}")
}

fn said(bundle: &Bundle, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    // A placeholder without its argument shows its own name; the checks keep that from happening.
    let mut missing = Vec::new();
    Some(bare(&bundle.format_pattern(pattern, Some(args), &mut missing)))
}

/// Without marks of direction around what must stay as it is.
fn bare(text: &str) -> String {
    let (begin, end) = (format!("{ISOLATE}{BARE}"), format!("{BARE_END}{ISOLATE_END}"));
    text.replace(&begin, "").replace(&end, "").replace([BARE, BARE_END], "")
}

fn bundle(lang: Lang, texts: &[&str]) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![lang.id()]);
    // A terminal that reads from left to right shows marks of direction as rubbish, and a command with one inside does
    // not run.
    bundle.set_use_isolating(lang.is_right_to_left());
    if lang == Lang::Pseudo {
        bundle.set_transform(Some(pseudo::transform));
    }
    for text in texts {
        // What can't be read is left out, and said in English; the checks read every file.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(it, _)| it);
        let _ = bundle.add_resource(resource);
    }
    bundle
}
