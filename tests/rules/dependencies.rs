//! Who may depend on whom (N1, N2, N3, N11) and under which licence.

use std::collections::BTreeSet;

use crate::workspace::{Metadata, linked, read};

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn n1_the_pure_crates_depend_on_nothing_outside_their_list() {
    let metadata = Metadata::load();
    let lists: [(&str, &[&str]); 3] = [
        ("offshift-wire", &["bytes", "crc32c", "data-encoding", "prost", "thiserror"]),
        (
            "offshift-access",
            &[
                "ed25519-dalek",
                "hmac",
                "offshift-wire",
                "rand_core",
                "sha2",
                "subtle",
                "thiserror",
                "voprf",
                "zeroize",
            ],
        ),
        (
            "offshift-protocol",
            &[
                "bip39",
                "bytes",
                "chacha20poly1305",
                "ciborium",
                "data-encoding",
                "ed25519-dalek",
                "hkdf",
                "hmac",
                "hpke",
                "offshift-access",
                "offshift-wire",
                "openmls",
                "openmls_traits",
                "postcard",
                "rand_chacha",
                "rand_core",
                "serde",
                "sha2",
                "shake",
                "subtle",
                "thiserror",
                "tls_codec",
                "x-wing",
                "x25519-dalek",
                "zeroize",
            ],
        ),
    ];
    for (krate, allowed) in lists {
        let foreign: Vec<_> = metadata.direct(krate).difference(&set(allowed)).cloned().collect();
        assert!(foreign.is_empty(), "{krate} may not depend on {foreign:?}");
    }
}

#[test]
fn n1_the_pure_crates_link_no_runtime_no_socket_and_no_ambient_randomness() {
    for krate in ["offshift-wire", "offshift-access", "offshift-protocol"] {
        let linked = linked(krate);
        for never in ["tokio", "quinn", "rustls", "sled", "socket2", "mio", "tempfile", "rand"] {
            assert!(!linked.contains(never), "{krate} links {never}");
        }
    }
    assert!(
        linked("offshift-client").contains("tokio"),
        "the control: the check finds what is there"
    );
}

#[test]
fn n2_the_relay_links_nothing_that_could_decrypt() {
    let relay = linked("offshift-relay");
    let never =
        ["offshift-protocol", "offshift-client", "openmls", "mls-rs", "hpke", "x-wing", "ml-kem"];
    for name in never {
        assert!(!relay.contains(name), "the relay links {name}");
    }
    let client = linked("offshift-client");
    for name in ["offshift-protocol", "openmls", "x-wing"] {
        assert!(client.contains(name), "the control: the check finds {name} in the client");
    }
}

#[test]
fn n3_each_heavy_dependency_has_one_owner() {
    let metadata = Metadata::load();
    let owners: [(&str, &[&str]); 25] = [
        ("prost", &["offshift-wire"]),
        ("openmls", &["offshift-protocol"]),
        ("hpke", &["offshift-protocol"]),
        ("x-wing", &["offshift-protocol"]),
        // the envelope and the vault; the disk of the relay: see decisions.md
        ("chacha20poly1305", &["offshift-protocol", "offshift-client"]),
        ("aws-lc-rs", &["offshift-relay"]),
        ("quinn", &["offshift-link"]),
        ("rustls", &["offshift-link"]),
        ("rcgen", &["offshift-link"]),
        ("sled", &["offshift-relay"]),
        // the relay's figures; the page on the person's own machine
        ("hyper", &["offshift-relay", "offshift"]),
        ("age", &["offshift-client"]),
        ("argon2", &["offshift-client"]),
        // photos are cleaned by the library; the program reads codes in pictures
        ("image", &["offshift-client", "offshift"]),
        ("rqrr", &["offshift"]),
        ("netlink-sys", &["offshift"]),
        ("fluent-bundle", &["offshift"]),
        ("fluent-syntax", &["offshift"]),
        ("zxcvbn", &["offshift-client"]),
        ("prometheus-client", &["offshift-relay"]),
        ("clap", &["offshift", "offshift-relay"]),
        ("clap_complete", &["offshift", "offshift-relay"]),
        ("clap_mangen", &["offshift", "offshift-relay"]),
        ("listenfd", &["offshift-relay"]),
        ("sd-notify", &["offshift-relay"]),
    ];
    for krate in metadata.members() {
        // What is never shipped may use what it tests, and measures limits with.
        if ["offshift-tests", "offshift-bench"].contains(&krate.as_str()) {
            continue;
        }
        for (heavy, owner) in owners {
            if metadata.direct(&krate).contains(heavy) {
                assert!(owner.contains(&krate.as_str()), "{krate} may not own {heavy}");
            }
        }
    }
}

#[test]
fn n11_no_shipped_crate_switches_a_test_hook_on() {
    let metadata = Metadata::load();
    for krate in metadata.members() {
        assert!(!metadata.default_features(&krate).iter().any(|f| f.contains("testing")));
        if krate != "offshift-tests" {
            let asked = metadata.features_asked(&krate);
            assert!(!asked.iter().any(|f| f.contains("testing")), "{krate} asks for a test hook");
        }
    }
}

#[test]
fn n11_a_release_build_with_test_hooks_does_not_compile() {
    let program = read("crates/offshift/src/main.rs");
    let guard =
        "const _: () = assert!(\n    cfg!(debug_assertions) || !offshift_client::HAS_TEST_HOOKS,";
    assert!(program.contains(guard), "the program lost its guard");
    let workspace = read("Cargo.toml");
    let default = "default-members = [\"crates/offshift\", \"crates/offshift-relay\"]";
    assert!(workspace.contains(default), "a plain cargo build would build the tests' hooks");
    // The control: this very build, which is for tests, has them.
    const { assert!(offshift_protocol::HAS_TEST_HOOKS) };
}

#[test]
fn crates_others_build_on_are_permissive_and_the_programs_are_agpl() {
    let metadata = Metadata::load();
    for krate in metadata.members() {
        let wanted = match krate.as_str() {
            "offshift" | "offshift-relay" | "offshift-tests" | "offshift-bench"
            | "offshift-table" => "AGPL-3.0-only",
            _ => "MIT OR Apache-2.0",
        };
        assert_eq!(metadata.licence(&krate), wanted, "{krate}");
    }
}
