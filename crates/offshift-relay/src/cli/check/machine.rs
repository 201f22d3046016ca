//! The machine: data directory, disk, clock, and where keys in memory could end up on a disk.

use std::{
    fs, io,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use offshift_relay::{
    config::{Custody, Settings},
    limits::STORE_RESERVE_BYTES,
};

use super::Line;
use crate::cli::data::DataDirectory;

/// This program was written after this day, 2026-11-01, so a clock before it is wrong.
const WRITTEN: Duration = Duration::from_secs(1_793_491_200);

pub(super) fn lines(settings: &Settings, data: &DataDirectory) -> Vec<Line> {
    vec![
        directory(data.path()),
        disk(settings, data.path()),
        clock(SystemTime::now()),
        synchronized(Path::new("/run/systemd/timesync/synchronized")),
        swap(settings.keep.custody, &fs::read_to_string("/proc/swaps")),
        core_dumps(&fs::read_to_string("/proc/sys/kernel/core_pattern")),
    ]
}

/// Whose it is, and who else may read it.
fn directory(path: &Path) -> Line {
    const WHAT: &str = "data";
    let shown = path.display();
    let Ok(there) = fs::metadata(path) else {
        let says = format!("{shown} is not there yet, or this user may not see it");
        return Line::look(
            WHAT,
            says,
            "offshift-relay init makes it; run this as the relay's user",
        );
    };
    let own = rustix::process::geteuid();
    if there.uid() != own.as_raw() {
        let says = format!("{shown} belongs to another user than the one who asks");
        return Line::look(
            WHAT,
            says,
            format!("as the relay's user: sudo -u '#{}' offshift-relay check", there.uid()),
        );
    }
    if there.permissions().mode() & 0o077 != 0 {
        let says = format!("other users of this machine may look into {shown}");
        return Line::look(WHAT, says, format!("chmod 700 {shown}"));
    }
    match tempfile::tempfile_in(path) {
        Ok(_) => Line::ok(WHAT, format!("{shown} is the relay's own")),
        Err(error) => {
            let says = format!("the relay can't write to {shown} ({})", error.kind());
            Line::wrong(WHAT, says, "make room, or mount it for writing")
        }
    }
}

/// Whether what the settings promise fits on the disk.
fn disk(settings: &Settings, path: &Path) -> Line {
    const WHAT: &str = "disk";
    let Some(free) = path.ancestors().find_map(|path| rustix::fs::statvfs(path).ok()) else {
        return Line::look(WHAT, "the free space can't be told here", "look with: df -h");
    };
    let free = free.f_bavail.saturating_mul(free.f_frsize);
    judged_disk(settings.keep.disk_mb, free, used(&path.join("store")).unwrap_or(0))
}

fn judged_disk(disk_mb: u64, free: u64, used: u64) -> Line {
    const WHAT: &str = "disk";
    let (free_mb, reserve) = (free >> 20, STORE_RESERVE_BYTES);
    if free < reserve {
        let says = format!("{free_mb} MB are free; the relay takes nothing new with so little");
        return Line::wrong(WHAT, says, "make room on the disk of the data directory");
    }
    let room_mb = free.saturating_add(used).saturating_sub(reserve) >> 20;
    if room_mb < disk_mb {
        let says = format!("disk_mb is {disk_mb}, and there is room for {room_mb} MB");
        return Line::look(
            WHAT,
            says,
            format!("say disk_mb = {room_mb} or less in [keep], or make room"),
        );
    }
    Line::ok(WHAT, format!("room for {room_mb} MB, of which envelopes may take {disk_mb}"))
}

/// Bytes of the files in a directory and below.
fn used(path: &Path) -> io::Result<u64> {
    let sizes = fs::read_dir(path)?.flatten().map(|entry| match entry.metadata() {
        Ok(about) if about.is_dir() => used(&entry.path()).unwrap_or(0),
        Ok(about) => about.len(),
        Err(_) => 0,
    });
    Ok(sizes.fold(0, u64::saturating_add))
}

fn clock(now: SystemTime) -> Line {
    const WHAT: &str = "clock";
    let program = std::env::current_exe().and_then(fs::metadata).and_then(|about| about.modified());
    let built = program.unwrap_or(UNIX_EPOCH).max(UNIX_EPOCH + WRITTEN);
    if now < built {
        return Line::wrong(
            WHAT,
            "it is earlier than this program was made, so the clock is wrong; members' devices will refuse",
            "timedatectl set-ntp true",
        );
    }
    Line::ok(WHAT, "it is later than this program was made")
}

/// The kernel's own word for it needs a call that no safe interface here has; this file is systemd-timesyncd's word.
fn synchronized(flag: &Path) -> Line {
    const WHAT: &str = "clock source";
    if flag.exists() {
        return Line::ok(WHAT, "systemd-timesyncd has set the clock");
    }
    Line::look(
        WHAT,
        "whether something keeps the clock right can't be told here",
        "look for \"System clock synchronized: yes\" in: timedatectl",
    )
}

/// Keys in memory may be written to swap, where they stay when the machine is off.
fn swap(custody: Custody, swaps: &io::Result<String>) -> Line {
    const WHAT: &str = "swap";
    let Ok(swaps) = swaps else {
        return Line::look(
            WHAT,
            "whether there is swap can't be told here",
            "look with: swapon --show",
        );
    };
    let on_disk = swaps.lines().skip(1).any(|line| !line.starts_with("/dev/zram"));
    match (on_disk, custody) {
        (false, _) => Line::ok(WHAT, "nothing of the memory is written to a disk"),
        (true, Custody::Disk) => {
            Line::ok(WHAT, "there is swap; the keys are on the disk anyway (custody is \"disk\")")
        }
        (true, Custody::Memory) => Line::look(
            WHAT,
            "keys that should be in memory only may be written to swap",
            "sudo swapoff -a, and take swap out of /etc/fstab; or encrypt it; or MemorySwapMax=0 in the unit",
        ),
    }
}

/// `serve` forbids core dumps of itself, whatever the system would do with them.
fn core_dumps(pattern: &io::Result<String>) -> Line {
    const WHAT: &str = "core dumps";
    match pattern.as_deref().map(str::trim) {
        Ok(pattern) if pattern.starts_with('|') => Line::ok(
            WHAT,
            "this system hands core dumps to a program; the relay forbids its own, so none has keys",
        ),
        Ok(_) => Line::ok(WHAT, "the relay forbids its own, so none has keys"),
        Err(_) => {
            Line::ok(WHAT, "the relay forbids its own; what the system does can't be told here")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Outcome, *};

    #[test]
    fn a_disk_that_is_smaller_than_promised_needs_a_look_and_a_full_one_is_wrong() {
        let mb = |mb: u64| mb << 20;
        assert_eq!(judged_disk(100, mb(1000), 0).outcome, Outcome::Ok);
        let small = judged_disk(100, mb(66), mb(20));
        assert_eq!(
            (small.outcome, small.says.as_str()),
            (Outcome::Look, "disk_mb is 100, and there is room for 70 MB")
        );
        assert_eq!(judged_disk(100, mb(66), mb(50)).outcome, Outcome::Ok, "what it has counts");
        assert_eq!(judged_disk(100, mb(15), mb(500)).outcome, Outcome::Wrong);
    }

    #[test]
    fn swap_on_a_disk_matters_when_keys_are_in_memory() {
        let head = "Filename Type Size Used Priority\n";
        let swaps = |line: &str| Ok(format!("{head}{line}"));
        let outcome = |custody, swaps| swap(custody, &swaps).outcome;
        assert_eq!(outcome(Custody::Memory, swaps("/dev/sda2 partition 1 0 -2\n")), Outcome::Look);
        assert_eq!(outcome(Custody::Disk, swaps("/dev/sda2 partition 1 0 -2\n")), Outcome::Ok);
        assert_eq!(outcome(Custody::Memory, swaps("/dev/zram0 partition 1 0 100\n")), Outcome::Ok);
        assert_eq!(outcome(Custody::Memory, swaps("")), Outcome::Ok);
    }

    #[test]
    fn a_clock_before_the_program_was_made_is_wrong() {
        assert_eq!(clock(UNIX_EPOCH).outcome, Outcome::Wrong);
        assert_eq!(clock(SystemTime::now()).outcome, Outcome::Ok);
    }

    #[test]
    fn a_data_directory_that_others_may_read_needs_a_look() {
        let data = tempfile::tempdir().unwrap();
        let open_to = |mode| fs::set_permissions(data.path(), fs::Permissions::from_mode(mode));
        open_to(0o700).unwrap();
        assert_eq!(directory(data.path()).outcome, Outcome::Ok);
        open_to(0o755).unwrap();
        let seen = directory(data.path());
        assert_eq!(seen.outcome, Outcome::Look);
        assert!(seen.next.unwrap().starts_with("chmod 700 "));
        assert_eq!(directory(&data.path().join("none")).outcome, Outcome::Look);
    }
}
