//! `cargo run -p offshift-table` writes and prints the table; with `--check` it writes nothing, and fails if
//! there is a gap or the page on disk is not what it would write.

use std::{env, fs, io, process::ExitCode};

use offshift_table::{Coverage, PAGE, root};

fn main() -> io::Result<ExitCode> {
    let coverage = Coverage::of_the_project()?;
    match env::args().nth(1).as_deref() {
        None => write(&coverage),
        Some("--check") => check(&coverage),
        Some(_) => {
            eprintln!("Usage: offshift-table [--check]");
            Ok(ExitCode::from(2))
        }
    }
}

fn write(coverage: &Coverage) -> io::Result<ExitCode> {
    let page = coverage.page();
    fs::write(root().join(PAGE), &page)?;
    print!("{page}");
    Ok(ExitCode::SUCCESS)
}

fn check(coverage: &Coverage) -> io::Result<ExitCode> {
    let mut faults = coverage.faults();
    if !coverage.is_on_disk()? {
        faults.push(format!("{PAGE} is stale: run `cargo run -p offshift-table`"));
    }
    for fault in &faults {
        eprintln!("{fault}");
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
