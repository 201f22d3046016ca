//! What a person, or a script, sees.

use std::{
    io::{self, IsTerminal, Write},
    pin::pin,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use serde_json::Value;
use tokio::time::timeout;

use crate::plain;

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
        self.say(&self.faint("Trying to reach the relay..."));
        act.await
    }

    /// Asks a question that is answered by yes or no; nothing when the input ends or on Ctrl-C.
    pub(crate) async fn ask(&self, question: &'static str) -> Option<bool> {
        Self::ask_with(question, "[y/n]", |answer| match answer {
            "y" | "yes" => Some(true),
            "n" | "no" => Some(false),
            _ => None,
        })
        .await
    }

    /// Asks whether to do what can't be taken back. Anything but a yes is a no.
    pub(crate) async fn agrees(&self, question: &'static str) -> bool {
        let meant = |answer: &str| Some(matches!(answer, "y" | "yes"));
        Self::ask_with(question, "[y/N]", meant).await.unwrap_or(false)
    }

    async fn ask_with(
        question: &'static str,
        choice: &'static str,
        meant: fn(&str) -> Option<bool>,
    ) -> Option<bool> {
        let asked = tokio::task::spawn_blocking(move || Self::ask_now(question, choice, meant));
        tokio::select! {
            answer = asked => answer.ok()?,
            _ = tokio::signal::ctrl_c() => None,
        }
    }

    fn ask_now(question: &str, choice: &str, meant: fn(&str) -> Option<bool>) -> Option<bool> {
        loop {
            let mut out = io::stdout();
            let _ = write!(out, "{question} {choice} ").and_then(|()| out.flush());
            let mut answer = String::new();
            if io::stdin().read_line(&mut answer).ok()? == 0 {
                return None;
            }
            if let Some(answer) = meant(answer.trim().to_lowercase().as_str()) {
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
