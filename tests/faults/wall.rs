//! The clock on the wall of a real program: turned while it runs.
//!
//! The programs have no hook for it (N11), so a library of thirty lines of C stands before the system's:
//! `wall.c`, made with the compiler that Rust links with anyway.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// A day.
pub(crate) const DAY_S: i64 = 86_400;

/// A wall clock. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Wall {
    library: PathBuf,
    turned: PathBuf,
}

impl Wall {
    /// One that shows the machine's time so far; or why there can be none here.
    pub(crate) fn new(folder: &Path) -> Result<Self, String> {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("faults/wall.c");
        let wall = Self { library: folder.join("wall.so"), turned: folder.join("turned") };
        let made = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .args([&wall.library, &source])
            .arg("-ldl")
            .output()
            .map_err(|_| "there is no C compiler".to_owned())?;
        if !made.status.success() {
            return Err(format!("wall.c: {}", String::from_utf8_lossy(&made.stderr)));
        }
        wall.turn(0);
        Ok(wall)
    }

    /// From now on it is this much ahead, or behind.
    pub(crate) fn turn(&self, seconds: i64) {
        // In place and of one length: a reader must not find it empty.
        let text = format!("{seconds:+012}");
        if let Ok(mut file) = std::fs::OpenOptions::new().write(true).open(&self.turned) {
            std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
        } else {
            std::fs::write(&self.turned, text).unwrap();
        }
    }

    /// What this command runs looks at this clock.
    pub(crate) fn hang(&self, command: &mut Command) {
        command.env("LD_PRELOAD", &self.library).env("FAULTS_WALL", &self.turned);
    }
}
