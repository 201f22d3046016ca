//! A browser that tests drive as a person would: Debian's Chromium by its driver.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{net::Ipv4Addr, path::Path, time::Duration};

use fantoccini::{
    Client, ClientBuilder, Locator,
    elements::{Element, ElementRef},
    wd::WindowHandle,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

use crate::{relay::PATIENCE, webdriver::Driver};

/// How often a page is looked at while a test waits for something on it.
const LOOK: Duration = Duration::from_millis(20);

/// The accessibility checks, of the axe project; see the licence beside it.
const AXE: &str = include_str!("../browser/axe.min.js");

/// Two browsers at once would need more memory and processors than a small machine has.
static TURN: Mutex<()> = Mutex::const_new(());

/// A host name that the browser finds at this machine, as after a name was bound anew to another's address.
pub const REBOUND: &str = "rebound.test";

/// What can be read on the page, without the marks that keep names from turning their sentences around.
const PLAIN: &str = r"document.body.innerText.replace(/[\u2066-\u2069]/g, '')";

/// A running browser; everything of it ends when it is dropped.
pub struct Browser {
    client: Client,
    session: String,
    driver: Driver,
    _profile: TempDir,
    _turn: MutexGuard<'static, ()>,
}

impl Browser {
    /// Starts it; nothing, after a visible notice, where there is none.
    pub async fn start() -> Option<Self> {
        Self::start_after_rebinding(Ipv4Addr::LOCALHOST).await
    }

    /// The same, where [`REBOUND`] leads to this address by now.
    pub async fn start_after_rebinding(to: Ipv4Addr) -> Option<Self> {
        let turn = TURN.lock().await;
        let driver = Driver::start()?;
        let profile = tempfile::tempdir().unwrap();
        let wishes = json!({ "goog:chromeOptions": { "args": arguments(profile.path(), to) } });
        let Value::Object(wishes) = wishes else { unreachable!() };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(wishes).connect(&driver.url()).await.unwrap();
        let session = client.session_id().await.unwrap().unwrap();
        driver.keep(session.clone());
        Some(Self { client, session, driver, _profile: profile, _turn: turn })
    }

    /// For what this has no word for.
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// Goes to an address.
    pub async fn goto(&self, url: &str) {
        self.client.goto(url).await.unwrap();
    }

    /// Opens another tab and goes there.
    pub async fn goto_in_new_tab(&self, url: &str) -> WindowHandle {
        let tab = self.client.new_window(true).await.unwrap().handle;
        self.to_tab(&tab).await;
        self.goto(url).await;
        tab
    }

    /// The tab in front.
    pub async fn tab(&self) -> WindowHandle {
        self.client.window().await.unwrap()
    }

    /// Another tab comes to the front.
    pub async fn to_tab(&self, tab: &WindowHandle) {
        self.client.switch_to_window(tab.clone()).await.unwrap();
    }

    /// What a script gives back. It is the test's own, not the page's: no policy of the page stops it.
    pub async fn script(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// What a script gives to its last argument.
    pub async fn script_later(&self, script: &str) -> Value {
        self.client.execute_async(script, Vec::new()).await.unwrap()
    }

    /// Waits until a script gives true.
    pub async fn until(&self, what: &str, script: &str) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while self.script(script).await != true {
            if tokio::time::Instant::now() > deadline {
                panic!("{what} does not come; the page shows:\n{}", self.text().await);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits until a word stands on the page where a person can see it.
    pub async fn reads(&self, text: &str) {
        let text = json!(text);
        let script = format!("return {PLAIN}.includes({text})");
        self.until(&text.to_string(), &script).await;
    }

    /// Waits until a word stands nowhere on the page.
    pub async fn reads_no_more(&self, text: &str) {
        let text = json!(text);
        let script = format!("return !{PLAIN}.includes({text})");
        self.until(&format!("the end of {text}"), &script).await;
    }

    /// All that a person can read.
    pub async fn text(&self) -> String {
        let text = self.script(&format!("return {PLAIN}")).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits for an element that can be seen.
    pub async fn find(&self, css: &str) -> Element {
        let seen = format!(
            "return [...document.querySelectorAll({})].some(e => e.checkVisibility())",
            json!(css)
        );
        self.until(css, &seen).await;
        for element in self.client.find_all(Locator::Css(css)).await.unwrap() {
            if element.is_displayed().await.unwrap_or_default() {
                return element;
            }
        }
        self.client.find(Locator::Css(css)).await.unwrap()
    }

    /// Types into an element.
    pub async fn types(&self, css: &str, text: &str) {
        self.find(css).await.send_keys(text).await.unwrap();
    }

    /// Presses what a person knows by this name: a button, a link, a choice. A question in front of the page comes first.
    pub async fn press(&self, name: &str) {
        self.press_in("body", "", name).await;
    }

    /// The same, in the first part of the page that fits the selector and says `text`.
    pub async fn press_in(&self, css: &str, text: &str, name: &str) {
        let find = control(css, text, name);
        for _ in 0..REDRAWN_MAX {
            self.until(&format!("{name:?} in {css} {text:?}"), &format!("return !!({find})")).await;
            let found = self.script(&format!("return {find}")).await;
            match element(&self.client, &found).click().await {
                // The page drew itself anew between the look and the press: a person would press again.
                Err(error) if error.is_stale_element_reference() => {}
                pressed => return pressed.unwrap(),
            }
        }
        panic!("{name:?} never stands still");
    }

    /// Whether there is such a control.
    pub async fn offers(&self, name: &str) -> bool {
        self.script(&format!("return !!({})", control("body", "", name))).await == true
    }

    /// Writes into the field that a person knows by this label.
    pub async fn write(&self, label: &str, text: &str) {
        let find = field(label);
        self.until(&format!("the field {label:?}"), &format!("return !!({find})")).await;
        let found = self.script(&format!("return {find}")).await;
        element(&self.client, &found).send_keys(text).await.unwrap();
    }

    /// Presses keys wherever the focus is.
    pub async fn presses(&self, keys: &str) {
        self.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// Runs a script at the beginning of each page of this tab, before the page's own.
    pub fn each_page_begins_with(&self, script: &str) {
        let source = json!({ "source": script });
        self.driver.cdp(&self.session, "Page.addScriptToEvaluateOnNewDocument", &source);
    }

    /// A screen of this size, as on another device.
    pub fn resize(&self, width: u32, height: u32) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.driver.cdp(&self.session, "Emulation.setDeviceMetricsOverride", &size);
    }

    /// What the person has set in their system: `[("prefers-color-scheme", "dark")]`.
    pub fn prefers(&self, features: &[(&str, &str)]) {
        let features: Vec<_> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let media = json!({ "features": features });
        self.driver.cdp(&self.session, "Emulation.setEmulatedMedia", &media);
    }

    /// Writes what is on the screen to a PNG.
    pub async fn screenshot(&self, file: &Path) {
        std::fs::write(file, self.client.screenshot().await.unwrap()).unwrap();
    }

    /// Rules of WCAG 2.2 A and AA that this screen breaks, with the elements; none is good.
    pub async fn broken_rules(&self) -> Vec<String> {
        if self.script("return typeof window.axe").await != "object" {
            self.script(&format!("{AXE}; window.axe = window.axe || axe;")).await;
        }
        let found = self.script_later(AXE_RUN).await;
        let rows = found.as_array().unwrap_or_else(|| panic!("axe says {found}"));
        rows.iter().map(|row| row.as_str().unwrap().to_owned()).collect()
    }
}

/// The element that a script gave back.
/// How often a control may be drawn anew under a press.
const REDRAWN_MAX: usize = 10;

fn element(client: &Client, found: &Value) -> Element {
    let id = found.as_object().and_then(|names| names.values().next()).unwrap();
    Element::from_element_id(client.clone(), ElementRef::from(id.as_str().unwrap().to_owned()))
}

/// What people press, by the name that it has for them and for a screen reader.
fn control(css: &str, text: &str, name: &str) -> String {
    format!(
        "(() => {{
            const front = [...document.querySelectorAll('dialog[open]')].pop() ?? document;
            const within = {css} === 'body' ? [front]
                : [...front.querySelectorAll({css})].filter(e => e.innerText.includes({text}));
            const said = e => (e.getAttribute('aria-label') ?? e.innerText)
                .replace(/[\\u2066-\\u2069]/g, '').trim();
            const named = e => said(e) === {name} || said(e).split('\\n')[0].trim() === {name};
            const all = 'button, a[href], summary, label, [role=menuitem]';
            return within.flatMap(e => [...e.querySelectorAll(all)])
                .find(e => e.checkVisibility() && named(e));
        }})()",
        css = json!(css),
        text = json!(text),
        name = json!(name),
    )
}

fn field(label: &str) -> String {
    format!(
        "(() => {{
            const front = [...document.querySelectorAll('dialog[open]')].pop() ?? document;
            const named = e => [...(e.labels ?? [])].some(l => l.innerText.trim() === {label})
                || e.getAttribute('aria-label') === {label};
            return [...front.querySelectorAll('input, textarea, select')]
                .find(e => e.checkVisibility() && named(e));
        }})()",
        label = json!(label),
    )
}

const AXE_RUN: &str = "
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const row = (rule, node) => `${rule.id}: ${node.html.slice(0, 200)} (${node.failureSummary})`;
    axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(
        found => done(found.violations.flatMap(rule => rule.nodes.map(node => row(rule, node)))),
        error => done(String(error)));
";

fn arguments(profile: &Path, rebound: Ipv4Addr) -> Vec<String> {
    let rebound = format!("--host-resolver-rules=MAP {REBOUND} {rebound}");
    let profile = format!("--user-data-dir={}", profile.display());
    let fixed = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,900",
        // A mouse: without one, a page may look as on a phone.
        "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
    ];
    fixed.map(str::to_owned).into_iter().chain([rebound, profile]).collect()
}
