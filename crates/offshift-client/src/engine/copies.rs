//! Copies that a person takes along.
//!
//! ```text
//! the vault's records, shared, as they are now -> a thread of its own -> age file      the engine goes on
//! the engine closes -> the thread stops -> what it held is wiped -> closed
//! ```

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use offshift_protocol::room::RoomId;
use serde::Serialize;
use tokio::{sync::broadcast, task::JoinHandle};
use zeroize::Zeroizing;

use super::Engine;
use crate::{
    command::Reply,
    error::ClientError,
    event::Event,
    export::{Copy, CopyError, WholeCopy},
    limits::COPY_TOLD_BYTES,
    vault::{Passphrase, Snapshot},
    view::MessageView,
};

/// A message in a copy of what was said.
#[derive(Serialize)]
struct Line<'a> {
    room_name: &'a str,
    #[serde(flatten)]
    message: &'a MessageView,
}

/// Says how far a copy is.
struct Told {
    events: broadcast::Sender<Event>,
    total: u64,
    done: u64,
    told: u64,
}

impl Told {
    fn add(&mut self, bytes: usize) {
        self.done = self.done.saturating_add(u64::try_from(bytes).unwrap_or_default());
        if self.done.saturating_sub(self.told) >= COPY_TOLD_BYTES {
            self.told = self.done;
            let (done, total) = (self.done.min(self.total), self.total);
            let _ = self.events.send(Event::Copying { done, total });
        }
    }
}

/// A copy that is being written, beside all else that the engine does (OS-VLT-033).
#[derive(Default)]
pub(super) struct Copying {
    stop: Arc<AtomicBool>,
    /// Until its outcome is told: whoever was told may begin another at once.
    is_writing: Arc<AtomicBool>,
    task: Option<JoinHandle<()>>,
}

impl Copying {
    /// Writes it where it holds nobody up; `work` looks at the flag now and then, and gives false when it stopped for it.
    fn begin(
        &mut self,
        reply: Reply<()>,
        work: impl FnOnce(&AtomicBool) -> Result<bool, CopyError> + Send + 'static,
    ) {
        if self.is_writing.swap(true, Ordering::Relaxed) {
            let _ = reply.send(Err(CopyError::Busy.into()));
            return;
        }
        let (stop, is_writing) = (Arc::clone(&self.stop), Arc::clone(&self.is_writing));
        let written = tokio::task::spawn_blocking(move || work(&stop));
        self.task = Some(tokio::spawn(async move {
            let done = match written.await {
                Ok(Ok(true)) => Ok(()),
                Ok(Ok(false)) => Err(ClientError::Closed),
                Ok(Err(error)) => Err(error.into()),
                Err(_) => Err(ClientError::Bug("writing a copy")),
            };
            is_writing.store(false, Ordering::Relaxed);
            let _ = reply.send(done);
        }));
    }

    /// Gives it up. What it held of the vault is wiped when this returns.
    pub(super) async fn end(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(task) = self.task.take() {
            let _ = task.await;
        }
    }
}

impl Drop for Copying {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Engine {
    /// Writes all that there is now; what comes meanwhile is not in it.
    pub(super) fn export(&mut self, path: PathBuf, passphrase: Passphrase, reply: Reply<()>) {
        let Some(vault) = &self.vault else {
            let _ = reply.send(Err(ClientError::Closed));
            return;
        };
        let (snapshot, folder) = (vault.snapshot(), vault.directory().join("files"));
        let events = self.events.clone();
        self.copying
            .begin(reply, move |stop| whole(&snapshot, &folder, &path, &passphrase, events, stop));
    }

    /// Writes what is shown, as text (OS-VLT-031).
    pub(super) fn export_messages(
        &mut self,
        path: PathBuf,
        passphrase: Passphrase,
        room: Option<RoomId>,
        reply: Reply<()>,
    ) {
        match self.all_said(room) {
            Ok(all) => {
                self.copying.begin(reply, move |stop| messages(&all, &path, &passphrase, stop));
            }
            Err(error) => {
                let _ = reply.send(Err(error));
            }
        }
    }

    fn all_said(
        &self,
        room: Option<RoomId>,
    ) -> Result<Vec<(String, Vec<MessageView>)>, ClientError> {
        let rooms = match room {
            Some(room) => vec![room],
            None => self.rooms.keys().copied().collect(),
        };
        let said = |room| {
            let name = self.known_room(room)?.name().to_owned();
            Ok((name, self.history(room, false)?))
        };
        rooms.into_iter().map(said).collect()
    }
}

/// Whether it came to its end.
fn whole(
    snapshot: &Snapshot,
    folder: &Path,
    path: &Path,
    passphrase: &Passphrase,
    events: broadcast::Sender<Event>,
    stop: &AtomicBool,
) -> Result<bool, CopyError> {
    let mut copy = WholeCopy::begin(path, passphrase)?;
    let files = files_in(folder)?;
    let sizes = files.iter().map(|(_, _, size)| size);
    let total = sizes.fold(snapshot.bytes(), |total, size| total.saturating_add(*size));
    let mut told = Told { events, total, done: 0, told: 0 };
    for (name, value) in snapshot.everything() {
        if stop.load(Ordering::Relaxed) {
            return Ok(false);
        }
        copy.record(name, &value)?;
        told.add(name.len().saturating_add(value.len()));
    }
    for (name, path, size) in &files {
        if stop.load(Ordering::Relaxed) {
            return Ok(false);
        }
        match File::open(path) {
            Ok(mut file) => copy.file(name, &mut file)?,
            // It went with its message meanwhile.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        told.add(usize::try_from(*size).unwrap_or_default());
    }
    copy.finish().map(|()| true)
}

/// Names, places and sizes of the sealed files that belong to messages.
fn files_in(folder: &Path) -> Result<Vec<(String, PathBuf, u64)>, CopyError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if let (Ok(name), true) = (entry.file_name().into_string(), entry.file_type()?.is_file()) {
            files.push((name, entry.path(), entry.metadata()?.len()));
        }
    }
    Ok(files)
}

fn messages(
    all: &[(String, Vec<MessageView>)],
    path: &Path,
    passphrase: &Passphrase,
    stop: &AtomicBool,
) -> Result<bool, CopyError> {
    let mut copy = Copy::begin(path, passphrase)?;
    for (room_name, messages) in all {
        for message in messages {
            if stop.load(Ordering::Relaxed) {
                return Ok(false);
            }
            let line = serde_json::to_vec(&Line { room_name, message });
            let mut line = Zeroizing::new(line.map_err(|_| CopyError::Disk)?);
            line.push(b'\n');
            copy.write(&line)?;
        }
    }
    copy.finish().map(|()| true)
}
