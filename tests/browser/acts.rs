//! What organizers and careful people do on the page as in the terminal: several put out at once, words only for who is
//! surely there, a copy to take along, and the end of a profile.

use offshift_tests::{night::Night, people::PASSPHRASE};

#[tokio::test(flavor = "multi_thread")]
async fn several_are_put_out_at_once_when_a_second_organizer_agrees() {
    let Some(night) = Night::begin().await else { return };
    let ana = night.at("ana", "/people").await;
    ana.press("Put several people out").await;
    ana.press("Put out of the room").await;
    ana.reads("Choose at least one person.").await;
    ana.press("ben").await;
    ana.press("cleo").await;
    ana.press("Put out of the room").await;
    ana.reads("Several at once need two organizers; you are the first or the second.").await;
    ana.reads("ben and cleo will read nothing new, on any phone.").await;
    ana.reads("It cannot erase what they already have.").await;
    ana.press("Put ben and cleo out").await;
    ana.reads("Asked. It waits for another organizer.").await;
    let ben = night.at("ben", "/rules").await;
    ben.reads("1 of 2 is for it.").await;
    let shown = ben.text().await;
    assert!(["Put ben and cleo out", "Put cleo and ben out"].iter().any(|it| shown.contains(it)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sensitive_says_so_until_it_is_sent_or_taken_for_ordinary() {
    let Some(night) = Night::begin().await else { return };
    let about = "Sensitive: it goes only if this device surely knows who is in the room.";
    let ana = night.talk_of("ana").await;
    for _ in 0..2 {
        ana.press("Add a file, a poll or a plan").await;
        ana.press("Send only when it is sure who reads").await;
        ana.reads(about).await;
        ana.press("Send it like any other").await;
        ana.reads_no_more(about).await;
    }
    ana.press("Add a file, a poll or a plan").await;
    ana.press("Send only when it is sure who reads").await;
    ana.types("#composer", "Gate four at six.").await;
    ana.press("Send").await;
    ana.reads_no_more(about).await;
    night.talk_of("ben").await.reads("Gate four at six.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn os_pag_037_a_copy_is_written_and_a_profile_destroyed_by_who_knows_the_passphrase() {
    let Some(night) = Night::begin().await else { return };
    let ben = night.of("ben").await;
    ben.script("location.hash = '#/settings'").await;
    ben.press("Write a copy").await;
    ben.write("Your current passphrase", PASSPHRASE).await;
    ben.write("A passphrase for the copy", "some other words now").await;
    ben.write("The new one again", "some other words now").await;
    ben.press("Write a copy").await;
    ben.reads("The copy is written").await;
    let copy = night.folder().join("offshift-copy.age");
    ben.reads(copy.to_str().unwrap()).await;
    assert!(std::fs::read(&copy).unwrap().starts_with(b"age-encryption.org/v1\n"));
    ben.press("Close").await;

    ben.press("Destroy this profile").await;
    ben.reads("Nobody can bring it back.").await;
    ben.reads("It cannot erase what others have.").await;
    ben.write("Your current passphrase", "some other words now").await;
    ben.press("Destroy it for ever").await;
    ben.reads("The passphrase is not right").await;
    assert!(night.directory("ben").join("vault").exists());
    ben.write("Your current passphrase", PASSPHRASE).await;
    ben.press("Destroy it for ever").await;
    ben.reads("The profile is destroyed").await;
    ben.reads("Nothing of it is left on this device.").await;
    assert!(!night.directory("ben").exists());
    assert!(copy.exists(), "what was taken along stays");
    night.talk_of("ana").await;
    night.says("ana", "ben's device is no more").await;
}
