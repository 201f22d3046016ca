//! What a person, or a script, sees.

use std::{
    io::{self, IsTerminal, Write},
    pin::pin,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use serde_json::Value;
use tokio::time::timeout;

use crate::{plain, words::say};

/// After so long without a word a person wonders.
const WONDER: Duration = Duration::from_millis(1_500);

/// Standard output: words for people, or one JSON object per line.
pub(crate) struct Screen {
    json: bool,
    colour: bool,
    gone: AtomicBool,
}

impl Screen {
    pub(crate) fn new(json: bool) -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let colour = wanted && !json && io::stdout().is_terminal();
        Self { json, colour, gone: AtomicBool::new(false) }
    }

    /// Whether a script reads.
    pub(crate) const fn is_json(&self) -> bool {
        self.json
    }

    /// Whether somebody is there to answer a question.
    pub(crate) fn is_interactive(&self) -> bool {
        !self.json && io::stdin().is_terminal() && io::stdout().is_terminal()
    }

    /// Words for people; a script doesn't see them.
    pub(crate) fn say(&self, text: &str) {
        if !self.json {
            self.write(text);
        }
    }

    /// An object for scripts; people don't see it.
    pub(crate) fn object(&self, value: &Value) {
        if self.json {
            self.write(&plain::json(value));
        }
    }

    /// The same thing for both.
    pub(crate) fn tell(&self, text: &str, value: &Value) {
        self.say(text);
        self.object(value);
    }

    /// Waits for the relay; says so where a person would begin to wonder.
    pub(crate) async fn waits<T>(&self, act: impl Future<Output = T>) -> T {
        let mut act = pin!(act);
        if let Ok(done) = timeout(WONDER, &mut act).await {
            return done;
        }
        self.say(&self.faint(&say!("screen-reaching")));
        act.await
    }

    /// Asks a question that is answered by yes or no; nothing when the input ends or on Ctrl-C.
    pub(crate) async fn ask(&self, question: String) -> Option<bool> {
        Self::ask_with(question, say!("answer-either"), Answers::meant).await
    }

    /// Asks whether to do what can't be taken back. Anything but a yes is a no.
    pub(crate) async fn agrees(&self, question: String) -> bool {
        let meant = |answers: &Answers, answer: &str| Some(answers.meant(answer) == Some(true));
        Self::ask_with(question, say!("answer-rather-no"), meant).await.unwrap_or(false)
    }

    async fn ask_with(
        question: String,
        choice: String,
        meant: fn(&Answers, &str) -> Option<bool>,
    ) -> Option<bool> {
        let asked = tokio::task::spawn_blocking(move || Self::ask_now(&question, &choice, meant));
        tokio::select! {
            answer = asked => answer.ok()?,
            _ = tokio::signal::ctrl_c() => None,
        }
    }

    fn ask_now(
        question: &str,
        choice: &str,
        meant: fn(&Answers, &str) -> Option<bool>,
    ) -> Option<bool> {
        let answers = Answers::spoken();
        loop {
            let mut out = io::stdout();
            let _ = write!(out, "{question} {choice} ").and_then(|()| out.flush());
            let mut answer = String::new();
            if io::stdin().read_line(&mut answer).ok()? == 0 {
                return None;
            }
            if let Some(answer) = meant(&answers, answer.trim()) {
                return Some(answer);
            }
        }
    }

    /// Bold, where the terminal may show it.
    pub(crate) fn strong(&self, text: &str) -> String {
        self.paint("1", text)
    }

    /// Faint, where the terminal may show it.
    pub(crate) fn faint(&self, text: &str) -> String {
        self.paint("2", text)
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// Draws over the line that was drawn last, on a terminal; nothing anywhere else.
    pub(crate) fn redraw(&self, text: &str) {
        self.raw(&format!("\r\x1b[2K{text}"));
    }

    /// What is drawn stays, and the next line is another one.
    pub(crate) fn end_redraw(&self) {
        self.raw("\n");
    }

    fn raw(&self, text: &str) {
        let mut out = io::stdout().lock();
        if !self.json
            && out.is_terminal()
            && write!(out, "{text}").and_then(|()| out.flush()).is_err()
        {
            self.gone.store(true, Ordering::Relaxed);
        }
    }

    /// Whether nobody reads any more (`| head`). What is under way is brought to its end, quietly.
    pub(crate) fn is_gone(&self) -> bool {
        self.gone.load(Ordering::Relaxed)
    }

    fn write(&self, text: &str) {
        let mut out = io::stdout().lock();
        if !self.is_gone() && writeln!(out, "{text}").and_then(|()| out.flush()).is_err() {
            self.gone.store(true, Ordering::Relaxed);
        }
    }
}

/// What people answer, in their language and by the letters of the English one.
struct Answers {
    yes: String,
    no: String,
}

impl Answers {
    fn spoken() -> Self {
        Self { yes: say!("answer-yes"), no: say!("answer-no") }
    }

    fn meant(&self, answer: &str) -> Option<bool> {
        let answer = answer.to_lowercase();
        let is_one_of = |all: &str| all.split(' ').any(|one| one == answer);
        if is_one_of(&self.yes) || is_one_of("y yes") {
            Some(true)
        } else if is_one_of(&self.no) || is_one_of("n no") {
            Some(false)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_is_understood_in_the_persons_language_and_in_english() {
        let answers = Answers { yes: "s sí si".to_owned(), no: "n no".to_owned() };
        for (answer, meant) in [
            ("S", Some(true)),
            ("sí", Some(true)),
            ("y", Some(true)),
            ("no", Some(false)),
            ("", None),
        ] {
            assert_eq!(answers.meant(answer), meant, "{answer}");
        }
        assert_eq!(Answers::spoken().meant("Yes"), Some(true));
        assert_eq!(Answers::spoken().meant("perhaps"), None);
    }
}
