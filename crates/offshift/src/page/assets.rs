//! What is the same for everybody: the page's own files, inside this program, and its words.
//!
//! Never: a file of the disk; a name that is not in the table; anything inline, or from elsewhere (OS-PAG-017).

use std::sync::LazyLock;

use hyper::{HeaderMap, body::Bytes, header::ACCEPT_LANGUAGE};

use super::{
    answer::{self, Answer},
    bundle::bundle,
    guard::Refused,
};
use crate::words::{Lang, page_words};

/// A file of the page: its name and its text.
macro_rules! assets {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("assets/", $name)))),*]
    };
}

/// All scripts. A new one is one line here.
const SCRIPTS: &[(&str, &str)] = assets![
    "acts-out.js"
    "ask.js"
    "bye.js"
    "composer.js"
    "copy.js"
    "dialog.js"
    "dom.js"
    "events.js"
    "file-card.js"
    "forms.js"
    "gather.js"
    "icons.js"
    "keys.js"
    "kinds.js"
    "loaded.js"
    "look.js"
    "main.js"
    "mentions.js"
    "menu.js"
    "message-acts.js"
    "message.js"
    "met.js"
    "notice.js"
    "notify.js"
    "odd.js"
    "passphrase.js"
    "person.js"
    "qr.js"
    "room-head.js"
    "router.js"
    "rpc.js"
    "screen-alarms.js"
    "screen-door.js"
    "screen-exposure.js"
    "screen-files.js"
    "screen-found.js"
    "screen-home.js"
    "screen-meet.js"
    "screen-people.js"
    "screen-plans.js"
    "screen-rules.js"
    "screen-search.js"
    "screen-settings.js"
    "screen-talk.js"
    "send-file.js"
    "sentences.js"
    "session.js"
    "shell.js"
    "store.js"
    "text.js"
    "timeline.js"
    "unlock.js"
    "walk.js"
    "why.js"
    "words.js"
];

/// The styles, in the order in which they count.
const STYLES: &[(&str, &str)] = assets![
    "theme.css"
    "base.css"
    "app.css"
    "talk.css"
];

const HTML: &str = "text/html; charset=utf-8";
const INDEX: &str = include_str!("assets/index.html");
const ICON: &str = include_str!("assets/icon.svg");

/// All scripts as one.
static SCRIPT: LazyLock<Option<Bytes>> =
    LazyLock::new(|| bundle("main.js", SCRIPTS).map(Bytes::from));

/// All styles as one.
static STYLE: LazyLock<Bytes> =
    LazyLock::new(|| STYLES.iter().map(|(_, text)| *text).collect::<String>().into());

/// The page itself. It asks for its words at once, in the language that the browser is set to.
pub(super) fn index(headers: &HeaderMap) -> Answer {
    let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|wanted| wanted.to_str().ok());
    let tag = |one: &str| one.split(';').next().unwrap_or_default().trim().to_owned();
    let tags = wanted.into_iter().flat_map(|wanted| wanted.split(',')).map(tag);
    let words = format!("/words/{}.json", Lang::first_of(tags).tag());
    answer::text(HTML, INDEX.replace("/words/en.json", &words))
}

/// `/app/NAME`
pub(super) fn asset(path: &str) -> Result<Answer, Refused> {
    named(path.strip_prefix("/app/").ok_or(Refused)?)
}

/// `/words/LANGUAGE.json`
pub(super) fn words(path: &str) -> Result<Answer, Refused> {
    let tag = path.strip_prefix("/words/").and_then(|name| name.strip_suffix(".json"));
    let lang = tag.and_then(Lang::named).filter(|lang| Some(lang.tag()) == tag);
    Ok(answer::json(&page_words(lang.ok_or(Refused)?)))
}

fn named(name: &str) -> Result<Answer, Refused> {
    Ok(match name {
        "index.html" => answer::text(HTML, INDEX),
        "main.css" => answer::text("text/css; charset=utf-8", STYLE.clone()),
        "main.js" => answer::text("text/javascript; charset=utf-8", SCRIPT.clone().ok_or(Refused)?),
        "icon.svg" => answer::text("image/svg+xml", ICON),
        _ => return Err(Refused),
    })
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    /// All files, by their names in the folder.
    fn all() -> Vec<(&'static str, &'static str)> {
        [SCRIPTS, STYLES, &[("index.html", INDEX), ("icon.svg", ICON)]].concat()
    }

    #[test]
    fn the_table_has_every_file_of_the_folder() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/page/assets");
        let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        let mut table: Vec<_> = all().into_iter().map(|(name, _)| name.to_owned()).collect();
        table.sort();
        assert_eq!(table, names);
    }

    #[test]
    fn os_pag_017_the_page_makes_no_markup_from_text_and_names_no_other_place() {
        let never = [
            ".innerhtml",
            ".outerhtml",
            "insertadjacenthtml",
            "document.write",
            "eval(",
            "new function",
            ".srcdoc",
            "javascript:",
        ];
        for (name, text) in all() {
            let text = text.to_lowercase();
            assert!(never.iter().all(|never| !text.contains(never)), "{name}");
            let elsewhere = text.replace("http://www.w3.org/", "");
            assert!(!elsewhere.contains("http://") && !elsewhere.contains("https://"), "{name}");
        }
    }

    #[test]
    fn os_pag_017_the_page_has_nothing_inline() {
        let index = INDEX.to_lowercase();
        let handler = |word: &str| word.starts_with("on") && word.contains('=');
        assert!(!index.contains("<style") && !index.contains(" style="));
        assert!(!index.split_whitespace().any(handler));
        let scripts: Vec<_> = index.match_indices("<script").map(|(at, _)| &index[at..]).collect();
        let has_source = |script: &&str| script.split('>').next().unwrap().contains(" src=");
        assert!(!scripts.is_empty() && scripts.iter().all(has_source));
    }

    #[test]
    fn every_script_is_in_the_one_that_is_served() {
        let served = std::str::from_utf8(SCRIPT.as_ref().expect("a bundle")).unwrap();
        assert_eq!(served.matches(" = (() => {\n").count(), SCRIPTS.len());
    }

    #[tokio::test]
    async fn the_page_asks_for_the_words_that_its_browser_wants() {
        for (wanted, lang) in
            [("pl-PL,pl;q=0.9,en;q=0.8", "pl"), ("nl, de;q=0.5", "de"), ("", "en")]
        {
            let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, wanted.parse().unwrap())]);
            let page = index(&headers).into_body().collect().await.unwrap().to_bytes();
            let page = str::from_utf8(&page).unwrap();
            assert!(page.contains(&format!("\"/words/{lang}.json\"")), "{wanted}");
            assert_eq!(page.matches("/words/").count(), 1);
        }
    }

    #[test]
    fn only_names_of_the_table_are_served() {
        assert!(asset("/app/index.html").is_ok());
        for path in [
            "/app/",
            "/app/../mod.rs",
            "/app/%2e%2e/mod.rs",
            "/app//index.html",
            "/app/INDEX.HTML",
            "/app/index.html/",
            "/app/rpc.js",
        ] {
            assert!(asset(path).is_err(), "{path}");
        }
    }
}
