//! What can't be taken back is told before it is done, and needs a yes.

use crate::{cli::Yes, failure::Failure, plain, screen::Screen, words::say};

/// What fits a terminal of 80 columns, set in by two.
const WIDTH: usize = 76;

/// What is about to happen, in words.
pub(super) struct Plan {
    pub(super) title: String,
    /// To whom, what it does, what it can't do.
    pub(super) lines: Vec<String>,
}

/// Goes on only with a yes: of the person, who has read the plan, or of the script (OS-CLI-014).
pub(super) async fn sure(screen: &Screen, given: &Yes, plan: &Plan) -> Result<(), Failure> {
    if given.yes {
        return Ok(());
    }
    screen.say(&screen.strong(&plan.title));
    for line in plan.lines.iter().flat_map(|line| plain::wrap(line, WIDTH)) {
        screen.say(&format!("  {line}"));
    }
    if !screen.is_interactive() {
        return Err(Failure::fixable(say!("sure-nobody"), say!("sure-nobody-next")));
    }
    if screen.agrees(say!("sure-question")).await {
        return Ok(());
    }
    Err(Failure::fixable(say!("sure-no"), say!("sure-no-next")))
}
