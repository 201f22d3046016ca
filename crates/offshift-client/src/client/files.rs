//! Files: sending, getting, saving.

use std::path::{Path, PathBuf};

use offshift_protocol::{
    ids::TransferId,
    room::{MessageId, RoomId, SendRefused},
};
use offshift_wire::limits::CAPTION_BYTES_MAX;

use super::Client;
use crate::{
    command::{Command, FileAsk},
    error::{ClientError, FileError},
    files::{FileLook, FileReader, picture, prepare},
    view::TransferView,
};

impl Client {
    /// Looks at a file before it is sent: what it will be called, whether it leaves with all that it holds, and how long
    /// the relay keeps it.
    ///
    /// # Errors
    /// [`FileError`]: it can't be sent.
    pub async fn look_at_file(&self, path: &Path) -> Result<FileLook, ClientError> {
        let path = path.to_owned();
        at_disk(move || prepare::look(&path)).await
    }

    /// Sends a file of at most 25 MiB. When this returns, all of it is kept on this device, sealed, and goes out by itself,
    /// also after a restart; [`Event::Transfer`](crate::Event::Transfer) says how far it is. The others see it when it is
    /// whole at the relay. A picture is painted anew: nothing leaves but what one sees. Any other file leaves with all
    /// that it holds; see [`Self::look_at_file`].
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`FileError`]; [`ClientError::Refused`] where only organizers post.
    pub async fn send_file(
        &self,
        room: RoomId,
        path: &Path,
        caption: &str,
    ) -> Result<TransferId, ClientError> {
        if caption.len() > CAPTION_BYTES_MAX {
            return Err(FileError::BadCaption.into());
        }
        let about = self.room(room).await?;
        // Before hundreds of envelopes leave for nothing.
        if !about.may_post {
            return Err(SendRefused::OnlyOrganizers.into());
        }
        let relay = about.relay;
        let (folder, path, caption) = (self.files.clone(), path.to_owned(), caption.to_owned());
        let file = at_disk(move || prepare::prepare(&folder, &path, caption, relay)).await?;
        self.ask_file(|reply| FileAsk::Send { room, file: Box::new(file), reply }).await
    }

    /// Gets a file that a message offers. It goes on by itself, also after a restart, and stays on this device, sealed, as
    /// long as the message. Nothing comes without being asked for.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`FileError`].
    pub async fn get_file(
        &self,
        room: RoomId,
        message: MessageId,
    ) -> Result<TransferId, ClientError> {
        self.ask_file(|reply| FileAsk::Fetch { room, message, reply }).await
    }

    /// Saves a copy, in clear, of a file that is on this device: at `to`, or in it, under the file's own name, if `to` is a
    /// folder. What has that name already stays as it is. Gives the copy's path.
    ///
    /// # Errors
    /// [`FileError::NotHere`]; [`FileError::Exists`]; [`FileError::Disk`].
    pub async fn save_file(
        &self,
        room: RoomId,
        message: MessageId,
        to: &Path,
    ) -> Result<PathBuf, ClientError> {
        let (reader, to) = (self.open_file(room, message).await?, to.to_owned());
        at_disk(move || reader.save(&to)).await
    }

    /// Opens a file that is on this device. Nothing of it is written anywhere.
    ///
    /// # Errors
    /// [`FileError::NotHere`], [`FileError::NoFile`].
    pub async fn open_file(
        &self,
        room: RoomId,
        message: MessageId,
    ) -> Result<FileReader, ClientError> {
        self.ask_file(|reply| FileAsk::Open { room, message, reply }).await
    }

    /// A picture that is on this device, as a JPEG for a screen: painted anew here, so that what somebody sent never
    /// reaches another program as it came.
    ///
    /// # Errors
    /// [`FileError::NotHere`]; [`FileError::NoPicture`].
    pub async fn picture(&self, room: RoomId, message: MessageId) -> Result<Vec<u8>, ClientError> {
        let reader = self.open_file(room, message).await?;
        at_disk(move || {
            let whole = reader.whole()?;
            picture::shown(&whole).map_err(|_| FileError::NoPicture)
        })
        .await
    }

    /// Something small to look at that came with a file, as a JPEG, painted anew here; empty where there is none.
    /// Nothing is fetched for it.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`]; [`FileError::NoFile`].
    pub async fn preview(&self, room: RoomId, message: MessageId) -> Result<Vec<u8>, ClientError> {
        let sent = self.ask_file(|reply| FileAsk::Preview { room, message, reply }).await?;
        at_disk(move || Ok(picture::safe_preview(&sent))).await
    }

    /// The files that are on their way, or were given up.
    ///
    /// # Errors
    /// [`ClientError::Closed`].
    pub async fn transfers(&self) -> Result<Vec<TransferView>, ClientError> {
        self.ask_file(FileAsk::List).await
    }

    /// Stops a file on its way and takes what there is of it off this device. What a relay has of it stays there until its
    /// time, and nobody else has the key to it.
    ///
    /// # Errors
    /// [`FileError::UnknownTransfer`].
    pub async fn cancel_transfer(&self, id: TransferId) -> Result<(), ClientError> {
        self.ask_file(|reply| FileAsk::Cancel(id, reply)).await
    }

    /// Offers a file as a member whose program was changed may: whatever it says.
    ///
    /// # Errors
    /// [`ClientError::Refused`].
    #[cfg(feature = "for-testing")]
    pub async fn offer_file_for_testing(
        &self,
        room: RoomId,
        file: offshift_wire::content::File,
    ) -> Result<MessageId, ClientError> {
        self.ask_file(|reply| FileAsk::OfferForTesting { room, file: Box::new(file), reply }).await
    }

    async fn ask_file<T>(
        &self,
        ask: impl FnOnce(crate::command::Reply<T>) -> FileAsk,
    ) -> Result<T, ClientError> {
        self.ask(|reply| Command::File(ask(reply))).await
    }
}

/// Does what the disk keeps waiting where it holds nobody up.
async fn at_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FileError> + Send + 'static,
) -> Result<T, ClientError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(_) => Err(ClientError::Bug("reading a file")),
    }
}
