//! A copy of everything, and the end of a profile: not for who only sits at an open screen.

use offshift_tests::people::PASSPHRASE;
use serde_json::{Value, json};

use crate::served::Served;

const OF_COPY: &str = "some other words now";

fn kind(answer: &Value) -> &Value {
    &answer["error"]["data"]["kind"]
}

#[test]
fn os_pag_037_a_copy_and_the_end_are_behind_the_passphrase_of_an_open_profile() {
    let served = Served::open();
    let tab = served.tab();
    let wrong = json!({ "passphrase": "four plain words there", "copy": OF_COPY });
    assert_eq!(kind(&tab.call("take_copy", &wrong)), "vault_wrong_passphrase");
    let wrong = json!({ "passphrase": "four plain words there" });
    assert_eq!(kind(&tab.call("wipe", &wrong)), "vault_wrong_passphrase");
    for params in [json!({}), json!({ "passphrase": PASSPHRASE, "path": "/tmp/x" })] {
        for verb in ["take_copy", "wipe"] {
            assert_eq!(kind(&tab.call(verb, &params)), "bad_params", "{verb}");
        }
    }
    let right = json!({ "passphrase": PASSPHRASE, "copy": OF_COPY });
    tab.call("lock", &json!({}));
    for verb in ["take_copy", "wipe"] {
        let params =
            if verb == "wipe" { json!({ "passphrase": PASSPHRASE }) } else { right.clone() };
        assert_eq!(kind(&tab.call(verb, &params)), "locked", "{verb}");
    }
    tab.call("unlock", &json!({ "passphrase": PASSPHRASE }));
    assert_eq!(tab.call("handle", &json!({}))["result"], "ana", "all of it is there");
    assert!(!served.folder.path().join("offshift-copy.age").exists());

    let path = tab.call("take_copy", &right)["result"]["path"].as_str().unwrap().to_owned();
    assert_eq!(path, served.folder.path().join("offshift-copy.age").to_str().unwrap());
    assert!(std::fs::read(path).unwrap().starts_with(b"age-encryption.org/v1\n"));
    let gone = tab.call("wipe", &json!({ "passphrase": PASSPHRASE }));
    assert_eq!(gone["result"], Value::Null, "{gone}");
    assert!(gone.get("error").is_none());
    assert!(!served.directory.join("vault").exists());
}
