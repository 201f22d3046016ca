//! The tests' own browser does what they rely on: each check has a page that must fail it.

use offshift_tests::{
    browser::{Browser, REBOUND},
    site::Site,
};

/// The policy of the companion's page: the checks must work under it.
const POLICY: &str = "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; \
                      require-trusted-types-for 'script'; trusted-types 'none'\r\n";

fn site() -> Site {
    let sound = "<!doctype html><html lang=en><title>Sound</title><main><h1>Sound</h1>\
                 <button>Say yes</button><label>Name <input></label></main>";
    let unsound = "<!doctype html><html><title>Unsound</title><h1>Unsound</h1><img src=x>\
                   <input><button></button><script>document.title = 'ran'</script>";
    Site::serve([("/", sound.to_owned()), ("/unsound", unsound.to_owned())].into(), POLICY)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_control_a_page_that_shuts_people_out_is_found_and_a_sound_one_is_not() {
    let Some(browser) = Browser::start().await else { return };
    let site = site();
    browser.goto(&site.url("127.0.0.1", "/")).await;
    browser.reads("Say yes").await;
    assert_eq!(browser.broken_rules().await, Vec::<String>::new());
    browser.goto(&site.url(REBOUND, "/unsound")).await;
    browser.reads("Unsound").await;
    let broken = browser.broken_rules().await.join("\n");
    for rule in ["html-has-lang", "image-alt", "label", "button-name"] {
        assert!(broken.contains(rule), "{rule} is not found: {broken}");
    }
    assert_eq!(browser.script("return document.title").await, "Unsound", "its policy stops it");
    assert!(site.asked().iter().any(|line| line == "GET /unsound HTTP/1.1"), "by another name");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browser_is_as_small_and_as_dark_as_a_test_wants_it() {
    let Some(browser) = Browser::start().await else { return };
    browser.goto(&site().url("127.0.0.1", "/")).await;
    browser.resize(360, 640);
    assert_eq!(browser.script("return innerWidth").await, 360);
    let dark = "return matchMedia('(prefers-color-scheme: dark)').matches";
    browser.prefers(&[("prefers-color-scheme", "dark")]);
    assert_eq!(browser.script(dark).await, true);
    browser.prefers(&[("prefers-color-scheme", "light")]);
    assert_eq!(browser.script(dark).await, false);
    browser.types("input", "Ana").await;
    assert_eq!(browser.script("return document.querySelector('input').value").await, "Ana");
}
