//! The units of systemd: valid, and as hard as promised.

use std::{fs, path::PathBuf};

use offshift_table::root;
use offshift_tests::relay::binary;
use tempfile::TempDir;

use crate::tool::{run, text};

/// What issue and README promise; systemd's scale goes from 0 (nothing exposed) to 10.
const EXPOSURE_MAX: f64 = 2.0;

/// The units with the program that was built in the place of the installed one.
struct Units {
    folder: TempDir,
}

impl Units {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program = binary("offshift-relay");
        for name in ["offshift-relay.service", "offshift-relay.socket"] {
            let unit = fs::read_to_string(root().join("deploy/systemd").join(name)).unwrap();
            let unit = unit.replace("/usr/bin/offshift-relay", program.to_str().unwrap());
            // The pages of the manual are in the package.
            let unit: String = unit
                .lines()
                .filter(|l| !l.starts_with("Documentation="))
                .map(|l| l.to_owned() + "\n")
                .collect();
            fs::write(folder.path().join(name), unit).unwrap();
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// The number that `systemd-analyze security` gives a unit; nothing where there is no such tool.
fn exposure(unit: &str) -> Option<f64> {
    let output = run("systemd-analyze", &["security", "--offline=yes", "--no-pager", unit])?;
    let text = text(&output);
    let line = text.lines().find(|line| line.contains("Overall exposure level"));
    let level = line.unwrap_or_else(|| panic!("no level: {text}")).rsplit(": ").next().unwrap();
    Some(level.split(' ').next().unwrap().parse().unwrap())
}

#[test]
fn the_service_unit_exposes_at_most_what_is_promised() {
    let units = Units::new();
    let Some(level) = exposure(units.path("offshift-relay.service").to_str().unwrap()) else {
        return;
    };
    assert!(level <= EXPOSURE_MAX, "systemd-analyze security: {level}");
}

/// The control: the tool tells a bare unit from a hard one.
#[test]
fn a_unit_without_hardening_exposes_more() {
    let folder = tempfile::tempdir().unwrap();
    let unit = folder.path().join("bare.service");
    fs::write(&unit, "[Service]\nExecStart=/bin/true\n").unwrap();
    let Some(level) = exposure(unit.to_str().unwrap()) else { return };
    assert!(level > EXPOSURE_MAX, "systemd-analyze security: {level}");
}

#[test]
fn the_units_are_valid() {
    let units = Units::new();
    let (service, socket) =
        (units.path("offshift-relay.service"), units.path("offshift-relay.socket"));
    let paths = [service.to_str().unwrap(), socket.to_str().unwrap()];
    let Some(output) = run("systemd-analyze", &["verify", paths[0], paths[1]]) else { return };
    let said = text(&output);
    // Other units of the machine may have faults of their own.
    let ours: Vec<_> = said.lines().filter(|line| line.contains("offshift-relay")).collect();
    assert!(ours.is_empty(), "systemd-analyze verify: {ours:?}");
}

#[test]
fn keys_in_memory_reach_no_disk_by_the_unit() {
    let unit = fs::read_to_string(root().join("deploy/systemd/offshift-relay.service")).unwrap();
    for line in ["LimitCORE=0", "MemorySwapMax=0", "LogNamespace=offshift-relay", "UMask=0077"] {
        assert!(unit.lines().any(|l| l == line), "the unit lost {line}");
    }
    let journal = fs::read_to_string(root().join("deploy/journald/offshift-relay.conf")).unwrap();
    assert!(journal.contains("\nStorage=volatile\n") && journal.contains("\nForwardToSyslog=no\n"));
}
