//! Copies that a person takes along.

use std::path::{Path, PathBuf};

use offshift_protocol::room::RoomId;
use serde::Serialize;
use tokio::sync::broadcast;
use zeroize::Zeroizing;

use super::Engine;
use crate::{
    error::ClientError,
    event::Event,
    export::{Copy, CopyError, WholeCopy},
    limits::COPY_TOLD_BYTES,
    vault::{Passphrase, Vault},
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

impl Engine {
    pub(super) async fn export(
        &mut self,
        path: PathBuf,
        passphrase: Passphrase,
    ) -> Result<(), ClientError> {
        let events = self.events.clone();
        let copied = self.with_vault(move |vault| whole(vault, &path, &passphrase, events)).await?;
        Ok(copied?)
    }

    /// Writes what is shown, as text (OS-VLT-031).
    pub(super) async fn export_messages(
        &mut self,
        path: PathBuf,
        passphrase: Passphrase,
        room: Option<RoomId>,
    ) -> Result<(), ClientError> {
        let rooms = match room {
            Some(room) => vec![room],
            None => self.rooms.keys().copied().collect(),
        };
        let mut all = Vec::new();
        for room in rooms {
            let name = self.known_room(room)?.name().to_owned();
            all.push((name, self.history(room, false)?));
        }
        let written = tokio::task::spawn_blocking(move || messages(&all, &path, &passphrase));
        Ok(written.await.map_err(|_| ClientError::Bug("writing a copy"))??)
    }
}

fn whole(
    vault: &Vault,
    path: &Path,
    passphrase: &Passphrase,
    events: broadcast::Sender<Event>,
) -> Result<(), CopyError> {
    let mut copy = WholeCopy::begin(path, passphrase)?;
    let files = files_beside(vault)?;
    let sizes = files.iter().map(|(_, _, size)| size);
    let total = sizes.fold(vault.live_bytes(), |total, size| total.saturating_add(*size));
    let mut told = Told { events, total, done: 0, told: 0 };
    for (name, value) in vault.everything() {
        copy.record(name, &value)?;
        told.add(name.len().saturating_add(value.len()));
    }
    for (name, path, size) in &files {
        copy.file(name, path)?;
        told.add(usize::try_from(*size).unwrap_or_default());
    }
    copy.finish()
}

/// Names, places and sizes of the sealed files that belong to messages.
fn files_beside(vault: &Vault) -> Result<Vec<(String, PathBuf, u64)>, CopyError> {
    let folder = vault.directory().join("files");
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
) -> Result<(), CopyError> {
    let mut copy = Copy::begin(path, passphrase)?;
    for (room_name, messages) in all {
        for message in messages {
            let line = serde_json::to_vec(&Line { room_name, message });
            let mut line = Zeroizing::new(line.map_err(|_| CopyError::Disk)?);
            line.push(b'\n');
            copy.write(&line)?;
        }
    }
    copy.finish()
}
