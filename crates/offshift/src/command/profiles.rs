//! `offshift profile`: the profiles on this device

use serde_json::json;

use crate::{cli::Cli, failure::Failure, plain, profile, screen::Screen, words::say};

/// `offshift profile list`
pub(crate) fn list(cli: &Cli, screen: &Screen) -> Result<(), Failure> {
    let names = profile::all()?;
    if names.is_empty() {
        screen.say(&say!("safety-profiles-none"));
    }
    for name in names {
        let is_used = name == cli.profile;
        let shown = plain::line(&name);
        let said = if is_used { say!("safety-profile-used", name = shown) } else { shown };
        screen.tell(&said, &json!({ "event": "profile", "name": name, "used": is_used }));
    }
    Ok(())
}
