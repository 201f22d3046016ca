//! `offshift export`, `offshift import`: a copy that a person takes along

use std::path;

use offshift_client::{Event, Passphrase};
use serde_json::json;

use super::find;
use crate::{
    cli::{Cli, Export, Import},
    engine::Client,
    failure::Failure,
    plain, profile,
    screen::Screen,
    secret,
    words::say,
};

const COPY: &str = "OFFSHIFT_COPY_PASSPHRASE";
const MIB: u64 = 1 << 20;

/// `offshift export`
pub(crate) async fn export(client: &Client, screen: &Screen, what: &Export) -> Result<(), Failure> {
    // The engine may run elsewhere, in another folder.
    let path = path::absolute(&what.file).map_err(|_| no_path())?;
    let room = match &what.messages {
        Some(Some(typed)) => Some(find::room(client, typed).await?.id),
        _ => None,
    };
    if path.exists() {
        return Err(Failure::fixable(say!("error-copy_file_exists"), say!("next-copy")));
    }
    screen.say(&match &what.messages {
        Some(_) => say!("safety-export-messages-about"),
        None => say!("safety-export-about"),
    });
    let file = what.copy.copy_passphrase_file.as_deref();
    let passphrase = secret::chosen(screen, file, COPY).await?;
    let mut events = client.events();
    if what.messages.is_some() {
        client.export_messages(path, passphrase, room).await?;
    } else {
        let copying = client.export(path, passphrase);
        let mut copying = std::pin::pin!(copying);
        loop {
            tokio::select! {
                done = &mut copying => break done?,
                Some(event) = events.next() => progress(screen, &event),
            }
        }
    }
    screen.tell(&say!("safety-exported"), &json!({ "event": "exported" }));
    Ok(())
}

fn no_path() -> Failure {
    Failure::fixable(say!("safety-no-path"), say!("next-copy"))
}

fn progress(screen: &Screen, event: &Event) {
    if let Event::Copying { done, total } = event {
        let (done, total) = (done / MIB, total.div_ceil(MIB));
        let said = say!("safety-export-progress", done = done, total = total);
        screen.tell(
            &screen.faint(&said),
            &json!({ "event": "copying", "mib": done, "of_mib": total }),
        );
    }
}

/// `offshift import`
pub(crate) async fn import(cli: &Cli, screen: &Screen, what: &Import) -> Result<(), Failure> {
    let directory = profile::directory(&cli.profile)?;
    if !what.file.is_file() {
        return Err(Failure::fixable(say!("safety-import-no-file"), say!("next-copy")));
    }
    if directory.join("vault").exists() {
        return Err(Failure::fixable(
            say!("safety-import-exists", profile = plain::line(&cli.profile)),
            say!("safety-import-exists-next"),
        ));
    }
    let of_copy = secret::of_copy(what.copy.copy_passphrase_file.as_deref(), COPY)?;
    screen.say(&say!("safety-import-passphrase"));
    let own = secret::fresh(cli, screen).await?;
    let copy = Passphrase::new(of_copy);
    offshift_client::Client::import(&what.file, copy, &directory, own).await?;
    screen.tell(&say!("safety-imported"), &json!({ "event": "imported" }));
    Ok(())
}
