//! Journey 9: the employer's network. Interception is noticed and refused, with the advice to use mobile data; what was
//! written waits and goes out over another network.

use offshift_tests::{
    browser::Browser, interceptor::corporate_interceptor, people::Program, relay::BinaryRelay,
};

use crate::stage::{ROOM, Stage, Stopwatch, done, news};

/// The code for trust: somebody may be in between.
const TRUST: i32 = 4;

/// What nobody may do here, and is told.
fn is_warned(who: &Program) {
    let inbox = who.run(&["inbox"]);
    assert_eq!(inbox.code(), TRUST, "{}", inbox.error);
    let words = who.reads(&["inbox"]);
    assert!(words.contains("answers in the relay's place"), "{words}");
    assert!(words.contains("do not trust this network"), "{words}");
    assert!(words.contains("mobile data"), "{words}");
}

/// A handshake is tried and never ends: nothing of ours is said to whoever it is.
async fn catches(interceptor: quinn::Endpoint) -> usize {
    let mut caught = 0;
    while let Some(incoming) = interceptor.accept().await {
        assert!(incoming.await.is_err(), "a connection stands");
        caught += 1;
    }
    caught
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_9_interception_is_refused_and_mobile_data_advised_and_nothing_is_lost() {
    let mut stage = Stage::new();
    let [ana, ben, _] = stage.founded();
    let (data, at) = (stage.relay_data(), stage.relay_address());
    stage.stop_relay();
    let interceptor = corporate_interceptor(at);
    let caught = tokio::spawn(catches(interceptor.clone()));
    let watch = Stopwatch::start();
    is_warned(&ana);
    let waiting = ana.run(&["send", ROOM, "They read along here."]);
    assert!(waiting.event("sent").is_none());
    watch.stop("journey 9, the warnings");
    interceptor.close(0_u32.into(), b"");
    interceptor.wait_idle().await;
    drop(interceptor);
    assert!(caught.await.unwrap() > 0, "the control: they did come to the interceptor");

    // Mobile data: the same address leads to the relay.
    stage.relay = Some(BinaryRelay::start_at(&data, at));
    done(&ana, &["inbox"]);
    assert_eq!(news(&ben), ["They read along here."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_9_the_page_says_that_somebody_else_answers() {
    let Some(browser) = Browser::start().await else { return };
    let mut stage = Stage::new();
    let [ana, ..] = stage.founded();
    let at = stage.relay_address();
    let (_engine, url) = ana.opens();
    browser.goto(&url).await;
    browser.reads("Connected").await;
    stage.stop_relay();
    let interceptor = corporate_interceptor(at);
    let caught = tokio::spawn(catches(interceptor.clone()));
    browser.reads("Somebody else answers for your relay. Use mobile data.").await;
    browser.press_in(".rooms", ROOM, ROOM).await;
    browser.types("#composer", "They read along here.").await;
    browser.press("Send").await;
    browser.find(".message.waiting").await;
    interceptor.close(0_u32.into(), b"");
    assert!(caught.await.unwrap() > 0);
}
