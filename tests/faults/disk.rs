//! A real file system in a file, that a test fills, breaks, or cuts the power of.
//!
//! ```text
//! program ─> ext4 (page cache) ─fdatasync─> loop device ─> image file ──copy at the cut──> what the disk had
//! ```
//! A cut takes the image as it is, with what was never flushed left behind in the page cache of the mounted one, and goes on
//! with that copy: its journal is replayed as after a real cut. Nothing is flushed by time in between (`commit=600`).
//!
//! It cannot show a flush of which the disk did only a part: a killed process leaves the kernel only when its flush is
//! done. For that see the disk of `tests/store/power_cut.rs`.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

/// How a disk treats what waits in memory.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Journal {
    /// As systems come: new bytes go before the name that leads to them.
    Ordered,
    /// As hard as ext4 gets: a file may have its new length and not its new bytes.
    Writeback,
}

/// A mounted image. Unmounted when dropped.
pub(crate) struct DiskImage {
    folder: PathBuf,
    number: usize,
    journal: Journal,
    is_mounted: bool,
}

fn run(program: &str, arguments: &[&OsStr]) -> Result<(), String> {
    let output = Command::new(program).args(arguments).output();
    let output = output.map_err(|_| format!("{program} is not here"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    output.status.success().then_some(()).ok_or_else(|| format!("{program}: {}", said.trim()))
}

impl DiskImage {
    /// A new file system of so many MiB; or why there can be none here.
    pub(crate) fn new(folder: &Path, mib: u64, journal: Journal) -> Result<Self, String> {
        fs::create_dir_all(folder).unwrap();
        let mut disk = Self { folder: folder.to_owned(), number: 0, journal, is_mounted: false };
        File::create(disk.file()).unwrap().set_len(mib << 20).unwrap();
        let lazy = OsStr::new("-Elazy_itable_init=0,lazy_journal_init=0");
        let flags = [OsStr::new("-q"), "-F".as_ref(), "-m0".as_ref(), lazy];
        run("mkfs.ext4", &[&flags[..], &[disk.file().as_os_str()]].concat())?;
        disk.mount()?;
        Ok(disk)
    }

    fn file(&self) -> PathBuf {
        self.folder.join(format!("{}.img", self.number))
    }

    /// Where its files are. The path is the same after a cut.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.join("mounted")
    }

    pub(crate) fn mount(&mut self) -> Result<(), String> {
        fs::create_dir_all(self.path()).unwrap();
        let data = match self.journal {
            Journal::Ordered => "data=ordered",
            Journal::Writeback => "data=writeback",
        };
        let options = format!("loop,commit=600,noauto_da_alloc,errors=remount-ro,{data}");
        let (file, path) = (self.file(), self.path());
        let arguments = [OsStr::new("-o"), options.as_ref(), file.as_ref(), path.as_ref()];
        run("mount", &arguments)?;
        self.is_mounted = true;
        Ok(())
    }

    pub(crate) fn unmount(&mut self) {
        self.is_mounted = false;
        run("umount", &[self.path().as_ref()]).unwrap();
    }

    /// The power goes now, and comes back. Whoever has files open here must be dead.
    pub(crate) fn cut_power(&mut self) {
        let before = self.file();
        self.number += 1;
        run("cp", &["--sparse=always".as_ref(), before.as_ref(), self.file().as_ref()]).unwrap();
        self.unmount();
        fs::remove_file(before).unwrap();
        self.mount().unwrap();
    }

    /// The file system finds itself broken, and takes nothing more, as real ones do.
    ///
    /// It happens between two calls of the program that writes to it: ext4 (Linux 6.18) itself confirms a flush that is
    /// under way in the moment of its own abort, and forgets it. A loop of `pwrite` and `fdatasync` shows that, once in
    /// some 30 times; no program can do anything about it.
    pub(crate) fn turn_read_only(&self, writer: u32) -> Result<(), String> {
        let device = self.device();
        let lever = format!("/sys/fs/ext4/{device}/trigger_fs_error");
        let turn = || fs::write(lever, "a test").map_err(|error| format!("no way to: {error}"));
        while_stopped(writer, turn)
    }

    fn device(&self) -> String {
        let mounts = fs::read_to_string("/proc/self/mounts").unwrap();
        let (path, mut lines) = (self.path().display().to_string(), mounts.lines());
        let line = lines.find(|line| line.split(' ').nth(1) == Some(&path)).unwrap();
        line.split(' ').next().unwrap().trim_start_matches("/dev/").to_owned()
    }

    /// Somebody else takes all that is free, but for so many bytes.
    pub(crate) fn fill(&self, but: usize) {
        let mut hog = File::create(self.hog()).unwrap();
        let block = vec![0xEE; 64 << 10];
        while hog.write_all(&block).is_ok() {}
        let len = hog.metadata().unwrap().len();
        hog.set_len(len.saturating_sub(but as u64)).unwrap();
        let _ = hog.sync_all();
    }

    /// And gives it back.
    pub(crate) fn free(&self) {
        fs::remove_file(self.hog()).unwrap();
        // What a journal gives back is free from its next commit on: 5 seconds where nobody set it higher.
        File::open(self.path()).unwrap().sync_all().unwrap();
    }

    fn hog(&self) -> PathBuf {
        self.path().join("hog")
    }
}

/// Does something while no thread of this process is inside a call that writes.
fn while_stopped<T>(process: u32, act: impl FnOnce() -> T) -> T {
    let signal = |name: &str| {
        let _ = Command::new("kill").args([name, &process.to_string()]).status();
    };
    let is_still = || {
        let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { return true };
        threads.flatten().all(|thread| {
            let state = fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
            // Stopped, traced or dead: the letter behind the name in brackets.
            state.rsplit(") ").next().is_none_or(|rest| rest.starts_with(['T', 't', 'Z', 'X']))
        })
    };
    signal("-STOP");
    while !is_still() {
        std::thread::sleep(std::time::Duration::from_micros(200));
    }
    let done = act();
    signal("-CONT");
    done
}

impl Drop for DiskImage {
    fn drop(&mut self) {
        if self.is_mounted {
            let _ = run("umount", &["-l".as_ref(), self.path().as_ref()]);
        }
        let _ = fs::remove_file(self.file());
    }
}

/// The control of every power cut here: what was not flushed is gone, what was is there. Fails where a cut is none.
pub(crate) fn a_cut_drops_what_was_not_flushed(disk: &mut DiskImage) {
    let (kept, dropped) = (disk.path().join("kept"), disk.path().join("dropped"));
    let mut file = File::create(&kept).unwrap();
    file.write_all(&[1; 5_000]).unwrap();
    file.sync_all().unwrap();
    File::open(disk.path()).unwrap().sync_all().unwrap();
    file.write_all(&[2; 5_000]).unwrap();
    fs::write(&dropped, [3; 5_000]).unwrap();
    drop(file);
    disk.cut_power();
    assert_eq!(fs::read(&kept).unwrap(), [1; 5_000], "flushed, so kept; not flushed, so gone");
    assert!(fs::read(&dropped).unwrap_or_default().is_empty(), "never flushed");
    fs::remove_file(kept).unwrap();
    let _ = fs::remove_file(dropped);
}
