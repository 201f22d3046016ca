//! What is left when this program crashes: a place in its source, and nothing of what it held (PT-64).

use std::panic::{Location, set_hook};

use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

use crate::words::say;

/// To be called before anything secret is in memory.
pub(crate) fn leave_nothing() {
    // No image of the memory on the disk. A system that refuses that has its reasons; the rest goes on.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    // Nor to another program of the same person that asks the system for it.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    // What a defect was about may be somebody's words or keys: only where it was is said.
    set_hook(Box::new(|crash| eprintln!("{}", line(crash.location()))));
}

fn line(place: Option<&Location<'_>>) -> String {
    let place = place.map(|at| format!("{}:{}", within_its_crate(at.file()), at.line()));
    say!("safety-crash", place = place.unwrap_or_default())
}

/// The path from the folder of its crate on: what is before it is of the machine that built the program.
fn within_its_crate(file: &str) -> &str {
    let above = file.rfind("/src/").and_then(|src| file.get(..src)?.rfind('/'));
    above.and_then(|slash| file.get(slash.checked_add(1)?..)).unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use std::{
        panic::{catch_unwind, take_hook},
        sync::{Arc, Mutex},
    };

    use super::*;

    #[test]
    fn pt_64_a_defect_says_where_it_is_and_nothing_of_what_it_was_about() {
        let said = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&said);
        set_hook(Box::new(move |crash| heard.lock().unwrap().push_str(&line(crash.location()))));
        let crashed = catch_unwind(|| panic!("canary"));
        drop(take_hook());
        assert!(crashed.is_err());
        let said = said.lock().unwrap().clone();
        assert!(said.contains("crash.rs:") && !said.contains("canary"), "{said}");
    }
}
