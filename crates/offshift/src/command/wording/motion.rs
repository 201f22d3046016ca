//! What members decide together, and the rules of a room, in words.

use offshift_client::{MotionKind, Term, TermValue};

use crate::{
    plain,
    words::{self, say},
};

/// What is decided. A rule is named as it is typed.
pub(in crate::command) fn words(what: &MotionKind) -> String {
    match what {
        MotionKind::Sever(handles) => say!("motion-sever", handles = listed(handles)),
        MotionKind::Recall(handle) => say!("motion-recall", handle = plain::line(handle)),
        MotionKind::Terms(changes) if changes.is_empty() => say!("motion-terms-same"),
        MotionKind::Terms(changes) => {
            let change = |(term, value): &(Term, TermValue)| format!("{term} {value}");
            say!("motion-terms", changes = words::list(changes.iter().map(change)))
        }
        MotionKind::NameOrganizer(handle) => {
            say!("motion-name-organizer", handle = plain::line(handle))
        }
        MotionKind::DropOrganizer(handle) => {
            say!("motion-drop-organizer", handle = plain::line(handle))
        }
        MotionKind::Lift(handle) => say!("motion-lift", handle = plain::line(handle)),
    }
}

fn listed(handles: &[String]) -> String {
    words::list(handles.iter().map(|handle| plain::line(handle)))
}

/// What a rule means.
pub(in crate::command) fn meaning(term: Term) -> String {
    let said = words::of_kind("term-", term.name(), &[]);
    said.unwrap_or_else(|| term.meaning().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_motion_and_a_rule_say_the_same_in_english_as_the_library() {
        let (ana, ben) = ("ana".to_owned(), "ben".to_owned());
        for motion in [
            MotionKind::Sever(vec![ana.clone(), ben]),
            MotionKind::Recall(ana.clone()),
            MotionKind::Terms(vec![]),
            MotionKind::Terms(vec![
                (Term::Vouches, TermValue::Count(3)),
                (Term::Calls, TermValue::Yes(true)),
            ]),
            MotionKind::NameOrganizer(ana.clone()),
            MotionKind::DropOrganizer(ana.clone()),
            MotionKind::Lift(ana),
        ] {
            assert_eq!(words(&motion), motion.to_string());
        }
        for term in Term::ALL {
            assert_eq!(meaning(term), term.meaning());
        }
    }
}
