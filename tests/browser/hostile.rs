//! A browser that also shows somebody else's pages, and messages that try to be more than words.

use offshift_client::Care;
use offshift_tests::{
    browser::{Browser, REBOUND},
    night::Night,
    people::Program,
    site::Site,
};

/// What a page of another origin can try, while the person's own page is open in the same browser.
fn attack(port: u16, address: &str) -> String {
    format!(
        "<!doctype html><html lang=en><title>Hostile</title><body>\
         <iframe id=frame src='http://{address}:{port}/'></iframe>\
         <img id=img src='http://{address}:{port}/app/icon.svg'>\
         <script src='http://{address}:{port}/app/main.js'></script>\
         <iframe name=sink></iframe>\
         <form id=form method=post target=sink enctype=text/plain \
           action='http://{address}:{port}/rpc'><input name='{{\"method\":\"lock\"}}'></form>\
         <h1>Hostile</h1>"
    )
}

/// Each try and what came of it: the word "read" where a byte of an answer could be read.
fn tries(origin: &str) -> String {
    format!(
        "const done = arguments[arguments.length - 1];
         const call = JSON.stringify({{ jsonrpc: '2.0', id: 1, method: 'lock', params: {{}} }});
         const json = {{ 'Content-Type': 'application/json', 'Offshift-Tab': 'x' }};
         const one = (path, init) => fetch('{origin}' + path, init).then(
            async a => (a.type === 'opaque' ? 'opaque' : 'read ' + await a.text()), () => 'refused');
         const socket = new Promise(tell => {{
            const s = new WebSocket('{origin}/events'.replace('http', 'ws'));
            s.onopen = () => tell('read');
            s.onerror = () => tell('refused');
         }});
         Promise.all([
            one('/', {{}}), one('/words/en.json', {{}}), one('/events', {{ credentials: 'include' }}),
            one('/rpc', {{ method: 'POST', body: call, mode: 'no-cors', credentials: 'include' }}),
            one('/rpc', {{ method: 'POST', body: call, headers: json, credentials: 'include' }}),
            one('/session', {{ method: 'POST', body: '{{\"token\":\"x\"}}', headers: json }}),
            Promise.resolve(navigator.sendBeacon('{origin}/rpc', call) ? 'sent' : 'refused'), socket,
         ]).then(done)"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn os_pag_012_os_pag_013_a_page_of_another_origin_reads_changes_and_shows_nothing_of_ours() {
    let Some(night) = Night::begin().await else { return };
    let ana = night.talk_of("ana").await;
    let origin = ana.script("return location.origin").await.as_str().unwrap().to_owned();
    let (address, port) = origin.trim_start_matches("http://").split_once(':').unwrap();
    let page = attack(port.parse().unwrap(), address);
    let site = Site::serve([("/", page)].into(), "");

    ana.goto_in_new_tab(&site.url("127.0.0.1", "/")).await;
    ana.reads("Hostile").await;
    let came = ana.script_later(&tries(&origin)).await;
    for one in came.as_array().unwrap() {
        assert!(!one.as_str().unwrap().starts_with("read"), "{came}");
    }
    ana.script("document.getElementById('form').submit()").await;
    let loaded = "return [document.images[0].complete, document.images[0].naturalWidth]";
    ana.until("the picture's end", "return document.images[0].complete").await;
    assert_eq!(ana.script(loaded).await[1], 0, "not even a picture");
    let framed = "try { return document.getElementById('frame').contentDocument?.body.innerText }
                  catch { return 'closed' }";
    assert_ne!(ana.script(framed).await, "Offshift");
    assert_eq!(ana.script("return typeof window.offshift").await, "undefined");

    // The control, and that nothing was locked: the person goes on in the tab before.
    night.says("ana", "still here").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn os_pag_011_a_host_name_that_was_bound_anew_to_this_machine_gets_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let ana = Program::existing(&folder.path().join("ana"));
    assert_eq!(ana.run(&["start", "--handle", "ana"]).code(), 0);
    let (_engine, url) = ana.opens();
    let (origin, _) = url.split_once("/#").unwrap();
    let (address, port) = origin.trim_start_matches("http://").split_once(':').unwrap();
    let rebound = Browser::start_after_rebinding(address.parse().unwrap());
    let Some(browser) = rebound.await else { return };
    for path in ["/", "/app/main.js", "/words/en.json", "/events"] {
        browser.goto_in_new_tab(&format!("http://{REBOUND}:{port}{path}")).await;
        let text = browser.script("return document.documentElement?.textContent ?? ''").await;
        let text = text.as_str().unwrap();
        assert!(text.contains("403"), "{path}: refused");
        assert!(!text.contains("Offshift") && !text.contains("page-title"), "{path}: {text}");
        let same_origin = browser.script_later(&tries(&format!("http://{REBOUND}:{port}"))).await;
        assert!(!same_origin.to_string().contains("page-title"), "{path}: {same_origin}");
    }
    // The control: the same browser, by the address itself.
    browser.goto_in_new_tab(&url).await;
    browser.reads("Three steps, and you have a room.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn os_pag_017_words_that_try_to_be_markup_or_script_stay_words_wherever_they_are_shown() {
    let Some(night) = Night::begin().await else { return };
    let site = Site::serve([("/", "seen".to_owned())].into(), "");
    let leak = site.url("127.0.0.1", "/leak");
    let texts = [
        "<script>window.hacked = 1</script>".to_owned(),
        format!("<img src=x onerror='window.hacked=1'><img src='{leak}'>"),
        "<svg onload=window.hacked=1><a href='javascript:window.hacked=1'>x</a></svg>".to_owned(),
        "</textarea></li><dialog open><form action=/rpc><button>Lock now</button>".to_owned(),
        format!("![x]({leak}) [go](javascript:hacked=1) {leak} javascript:hacked=1"),
        "{{constructor.constructor('hacked=1')()}} ${hacked=1} &lt;b&gt;".to_owned(),
        "\u{202e}txt.exe\u{2066}\u{200b} \u{7}\u{1b}[31m".to_owned(),
    ];
    let cleo = &night.cleo.client;
    for text in &texts {
        cleo.send(night.room, text, None, Care::Ordinary).await.unwrap();
    }
    let options = vec![texts[0].clone(), texts[1].clone()];
    cleo.poll(night.room, &texts[2], options, false).await.unwrap();
    cleo.send(night.room, "the end", None, Care::Ordinary).await.unwrap();

    let ana = night.talk_of("ana").await;
    ana.reads("the end").await;
    let shown = ana.script("return document.querySelector('.messages').textContent").await;
    for text in &texts[..6] {
        assert!(shown.as_str().unwrap().contains(text), "{text} is shown as it is: {shown}");
    }
    for place in ["#/search", ""] {
        if place.is_empty() {
            night.talk_of("ana").await;
        } else {
            ana.script(&format!("location.hash = '{place}'")).await;
            ana.write("Words", "script").await;
            ana.reads("found").await;
        }
        let made = "return [window.hacked ?? null,
            document.querySelectorAll('.frame script, .frame img:not([src^=\"blob:\"]), \
              .frame a[href^=javascript], .frame form[action], .frame dialog').length]";
        assert_eq!(ana.script(made).await, serde_json::json!([null, 0]), "{place}");
    }
    assert_eq!(site.asked(), Vec::<String>::new(), "nothing is fetched from anywhere by itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn os_pag_016_the_policy_stops_what_a_mistake_in_the_page_would_let_through() {
    let Some(night) = Night::begin().await else { return };
    let ana = night.talk_of("ana").await;
    // As if text had become markup after all: what it would run, load or send is stopped one layer below.
    let slips = "
        const done = arguments[arguments.length - 1];
        const stopped = [];
        document.addEventListener('securitypolicyviolation', e => stopped.push(e.effectiveDirective));
        // Out of the driver's own call, whose code the policy spares.
        const attempt = work => setTimeout(() => { try { work(); } catch (e) { stopped.push(e.name); } });
        attempt(() => { document.body.innerHTML = '<b>x</b>'; });
        attempt(() => { new Function('window.hacked = 1')(); });
        attempt(() => {
            const script = document.createElement('script');
            script.textContent = 'window.hacked = 1';
            document.head.append(script);
        });
        const img = new Image(); img.src = 'http://127.0.0.1:9/leak'; document.body.append(img);
        fetch('http://127.0.0.1:9/leak').catch(() => stopped.push('fetch'));
        const frame = document.createElement('iframe'); frame.src = 'about:blank#'; frame.src = '/';
        document.body.append(frame);
        setTimeout(() => done([window.hacked ?? null, [...new Set(stopped)].sort()]), 500);
    ";
    let came = ana.script_later(slips).await;
    assert_eq!(came[0], serde_json::Value::Null, "{came}");
    let stopped = came[1].to_string();
    for one in ["TypeError", "EvalError", "connect-src", "img-src", "frame-src"] {
        assert!(stopped.contains(one), "{one}: {came}");
    }
    assert!(ana.text().await.contains("Night"), "the page goes on");
}
