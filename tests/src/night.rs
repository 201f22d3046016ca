//! A room called Night, with pages open: ana and ben, organizers, in one browser, and cleo by the client library.
//!
//! ```text
//! ana: offshift open -- page --\
//! ben: offshift open -- page ----> one browser, a tab for each        cleo: offshift_client::Client
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{collections::BTreeMap, path::Path};

use fantoccini::wd::WindowHandle;
use offshift_client::RoomId;
use tempfile::TempDir;

use crate::{
    browser::Browser,
    people::{PASSPHRASE, Person, Program, Running, found},
    relay::BinaryRelay,
};

/// The room and all that it needs. It ends when it is dropped.
pub struct Night {
    /// Shows one person's tab at a time; see [`Night::of`].
    pub browser: Browser,
    /// The relay.
    pub relay: BinaryRelay,
    /// The room.
    pub room: RoomId,
    /// A member without a page.
    pub cleo: Person,
    tabs: BTreeMap<&'static str, WindowHandle>,
    engines: BTreeMap<&'static str, Running>,
    folder: TempDir,
}

impl Night {
    /// Founds it and opens the pages; nothing, after a visible notice, where there is no browser.
    pub async fn begin() -> Option<Self> {
        let browser = Browser::start().await?;
        let folder = tempfile::tempdir().unwrap();
        let relay = BinaryRelay::start(&folder.path().join("relay"));
        let [ana, ben, cleo] = people(folder.path(), &relay).await;
        let room = found("Night", &[&ana, &ben, &cleo]).await;
        ana.client.close().await;
        ben.client.close().await;
        let (tabs, engines) = Default::default();
        let mut night = Self { browser, relay, room, cleo, tabs, engines, folder };
        for person in [&ana, &ben] {
            night.opens(person.name, &Program::existing(&person.directory)).await;
            night.of(person.name).await.reads("Night").await;
        }
        Some(night)
    }

    /// Somebody opens their page, in a tab of its own.
    pub async fn opens(&mut self, name: &'static str, profile: &Program) {
        let (engine, url) = profile.opens();
        self.engines.insert(name, engine);
        self.tabs.insert(name, self.browser.goto_in_new_tab(&url).await);
    }

    /// Somebody's engine dies; their page stays in its tab.
    pub fn kill(&mut self, name: &str) {
        drop(self.engines.remove(name).expect("it runs"));
    }

    /// The process of somebody's engine.
    pub fn pid(&self, name: &str) -> u32 {
        self.engines[name].pid()
    }

    /// Somebody new, with a page.
    pub async fn newcomer(&mut self, name: &'static str) {
        let profile = Program::new(self.folder.path(), name, self.relay.link());
        self.opens(name, &profile).await;
    }

    /// Somebody's page comes to the front.
    pub async fn of(&self, name: &str) -> &Browser {
        self.browser.to_tab(&self.tabs[name]).await;
        &self.browser
    }

    /// Somebody's page, at the conversation.
    pub async fn talk_of(&self, name: &str) -> &Browser {
        self.at(name, "").await
    }

    /// Somebody's page, at a part of the room: `/people`.
    pub async fn at(&self, name: &str, part: &str) -> &Browser {
        let page = self.of(name).await;
        let place = format!("#/room/{}{part}", self.room.hex());
        page.script(&format!("location.hash = '{place}'")).await;
        let shown = format!(
            "return location.hash === '{place}' && !!document.querySelector('#main .room-head')"
        );
        page.until(part, &shown).await;
        page
    }

    /// Somebody writes in the room.
    pub async fn says(&self, name: &str, text: &str) {
        let page = self.talk_of(name).await;
        page.types("#composer", text).await;
        page.press("Send").await;
        page.reads(text).await;
    }

    /// Where the profile of somebody is.
    pub fn directory(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// A folder for what a test needs besides.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The passphrase that opens every profile here.
    pub const fn passphrase() -> &'static str {
        PASSPHRASE
    }
}

async fn people(folder: &Path, relay: &BinaryRelay) -> [Person; 3] {
    [
        Person::new(folder, "ana", relay.link()).await,
        Person::new(folder, "ben", relay.link()).await,
        Person::new(folder, "cleo", relay.link()).await,
    ]
}
