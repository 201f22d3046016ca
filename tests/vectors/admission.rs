//! `proto/vectors/admission_v1.json`, made by an implementation in another language.

use offshift_protocol::admission::{
    signed::{Met, Statement},
    terms::{fresh, terms_hash},
};
use offshift_wire::{
    Life, MemberId, RoomId, UnixMillis,
    admission::Motion,
    room::Terms,
    standing::{Method, Origin, Standing, State},
};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::vectors;

fn bytes(text: &Value) -> Vec<u8> {
    data_encoding::HEXLOWER.decode(text.as_str().expect("hex text").as_bytes()).expect("hex")
}

fn fixed<const N: usize>(text: &Value) -> [u8; N] {
    bytes(text).try_into().expect("the length")
}

fn member(text: &Value) -> MemberId {
    MemberId::from_bytes(fixed(text))
}

fn time(value: &Value) -> UnixMillis {
    UnixMillis(value.as_u64().expect("a time"))
}

fn terms(value: &Value) -> Terms {
    let number = |field: &str| value[field].as_u64().expect("a number");
    let small = |field: &str| u32::try_from(number(field)).expect("a small number");
    let life = |field: &str| Life::try_from(small(field)).expect("a life");
    Terms {
        vouches: small("vouches"),
        probation_ms: number("probation_ms"),
        vouch_budget: small("vouch_budget"),
        calls: value["calls"].as_bool().expect("yes or no"),
        recall: small("recall"),
        rejoin_ms: number("rejoin_ms"),
        epoch_age_ms: number("epoch_age_ms"),
        message_life: life("message_life"),
        commit_life: life("commit_life"),
        disappear_ms: number("disappear_ms"),
        only_organizers_post: false,
    }
}

fn motion(vector: &Value) -> Motion {
    let what = &vector["motion"];
    match vector["motion_kind"].as_str().expect("a kind") {
        "sever" => Motion::Sever(what.as_array().expect("keys").iter().map(member).collect()),
        "recall" => Motion::Recall(member(what)),
        "terms" => Motion::Terms(terms(what)),
        "name_organizer" => Motion::NameOrganizer(member(what)),
        "drop_organizer" => Motion::DropOrganizer(member(what)),
        "lift" => Motion::Lift(member(what)),
        other => panic!("{other}"),
    }
}

fn met(vector: &Value) -> Met {
    let terms = terms_hash(&terms(&vector["terms"]));
    assert_eq!(terms.to_vec(), bytes(&vector["terms_hash"]), "the terms hash");
    let method = if vector["method"] == 1 { Method::InPerson } else { Method::Call };
    Met { method, met_at: time(&vector["met_at"]), signed_at: time(&vector["signed_at"]), terms }
}

/// The statement of a vector, and who is to have signed it.
fn statement(vector: &Value) -> (Statement, MemberId) {
    let room = RoomId::from_bytes(fixed(&vector["room"]));
    let id = |field: &str| member(&vector[field]);
    let package = || fixed(&vector["package"]);
    let at = time(&vector["signed_at"]);
    match vector["kind"].as_str().expect("a kind") {
        "vouch" => {
            let met = met(vector);
            (Statement::vouch(&room, &id("subject"), &package(), &id("by"), &met), id("by"))
        }
        "revouch" => (Statement::revouch(&room, &id("subject"), &id("by"), &met(vector)), id("by")),
        "approval" => {
            let motion = motion(vector);
            assert_eq!(motion.encode(), bytes(&vector["motion_bytes"]), "the motion");
            let revision = vector["revision"].as_u64().expect("a revision");
            (Statement::approval(&room, revision, &id("by"), at, &motion), id("by"))
        }
        "device" => (Statement::device(&room, &id("subject"), &package(), &id("by"), at), id("by")),
        "rejoin" => (Statement::rejoin(&room, &id("subject"), &package(), at), id("subject")),
        other => panic!("{other}"),
    }
}

#[test]
fn os_adm_070_what_is_signed_is_what_the_vectors_say_and_the_signatures_hold() {
    let statements: Vec<Value> = vectors("admission_v1.json")
        .into_iter()
        .filter(|vector| vector["kind"] != "standing")
        .collect();
    assert!(statements.len() >= 12);
    for vector in statements {
        let (statement, by) = statement(&vector);
        assert_eq!(statement.bytes(), bytes(&vector["bytes"]), "{}", vector["comment"]);
        assert!(statement.is_signed(&by, &fixed(&vector["signature"])), "{}", vector["comment"]);
        let mut other: [u8; 64] = fixed(&vector["signature"]);
        other[40] ^= 1;
        assert!(!statement.is_signed(&by, &other));
    }
}

#[test]
fn os_adm_070_the_terms_of_a_new_room_have_the_vectors_hash() {
    let of_new = vectors("admission_v1.json")
        .into_iter()
        .find(|vector| vector["kind"] == "vouch" && vector["method"] == 1)
        .expect("a vouch in person");
    assert_eq!(terms_hash(&fresh()).to_vec(), bytes(&of_new["terms_hash"]));
}

#[test]
fn os_adm_071_a_standing_has_the_vectors_bytes_and_hash() {
    for vector in vectors("admission_v1.json") {
        if vector["kind"] != "standing" {
            continue;
        }
        let encoded = bytes(&vector["encoded"]);
        let standing = Standing::decode(&encoded).expect("a standing");
        assert_eq!(standing.encode(), encoded);
        assert_eq!(Sha256::digest(standing.encode()).to_vec(), bytes(&vector["hash"]));
        let [founder, second, severed, device] = standing.rows.as_slice() else { panic!("four") };
        assert!(founder.origin == Origin::Founder && second.origin == Origin::Founder);
        assert_eq!(severed.state, State::Severed);
        assert_eq!(severed.left_at, Some(time(&vector["left_at"])));
        let Origin::Vouched { branch, needed: 2, vouchers } = &severed.origin else {
            panic!("vouched");
        };
        let by: Vec<_> = vouchers.iter().map(|one| (one.by.0, one.method)).collect();
        assert_eq!(by, [(1, Method::InPerson), (0, Method::Call)]);
        assert_eq!(branch.0, 1);
        assert!(matches!(device.origin, Origin::Device { of } if of.0 == 0));
        for (row, (key, joined)) in standing.rows.iter().zip(
            vector["keys"].as_array().unwrap().iter().zip(vector["joined_at"].as_array().unwrap()),
        ) {
            assert!(row.key == member(key) && row.joined_at == time(joined));
        }
    }
}
