//! `cargo run -p offshift-table` writes and prints the table; with `--check` it writes nothing, and fails if
//! there is a gap or the page on disk is not what it would write.
//!
//! With `--results` it runs the tests that mount attacks, and writes what came out of each; with `--results FILE...` it
//! reads that from what `cargo test` printed before. With `--names` it prints their names, as `cargo test --` takes them.

use std::{env, fs, io, process::ExitCode};

use offshift_table::{Coverage, PAGE, RESULTS, Results, root};

fn main() -> io::Result<ExitCode> {
    let coverage = Coverage::of_the_project()?;
    match env::args().nth(1).as_deref() {
        None => write(&coverage),
        Some("--check") => check(&coverage),
        Some("--results") => results(&coverage),
        Some("--names") => {
            coverage.attack_tests().for_each(|name| println!("{name}"));
            Ok(ExitCode::SUCCESS)
        }
        Some(_) => {
            eprintln!("Usage: offshift-table [--check | --results [FILE...] | --names]");
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

fn results(coverage: &Coverage) -> io::Result<ExitCode> {
    let printed: Vec<_> = env::args().skip(2).collect();
    let mut results = Results::default();
    for file in &printed {
        results.read(&fs::read_to_string(file)?);
    }
    if printed.is_empty() {
        results = Results::of_a_run(coverage)?;
    }
    let page = coverage.results_page(&results);
    fs::write(root().join(RESULTS), &page)?;
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
