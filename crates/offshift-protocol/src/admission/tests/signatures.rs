//! MI-73: every field of what members sign, changed after it was signed, or signed by somebody else.

use offshift_wire::{
    MemberId, RoomId, UnixMillis,
    admission::{Act, Approval, DeviceLink, Motion, RejoinProof, Vouch},
    room::Terms,
    standing::Method,
};

use super::stage::{HOUR, NOW, Offer, Stage, Words, earlier, id, newcomer, offer, sign, stage};
use crate::admission::{Case, Rule, Subject, check_vouch, signed::Statement, terms::terms_hash};

type Change<T> = fn(&mut T);

fn admit(vouch: Vouch, stage: &Stage) -> Offer {
    let vouches = vec![vouch, stage.vouch(2, &newcomer(9))];
    Offer { adds: vec![newcomer(9)], ..offer(1, Act::Admit(vouches)) }
}

#[test]
fn mi_73_each_field_of_a_vouch() {
    // Calls count here and both terms would be right, so that the signature alone decides.
    let stage = stage().with(|stage| stage.policy.terms.calls = true);
    let sound = stage.vouch(1, &newcomer(9));
    stage.allows(&admit(sound.clone(), &stage));
    let changes: [(&str, Change<Vouch>); 6] = [
        ("by", |vouch| vouch.by = id(3)),
        ("method", |vouch| vouch.method = Method::Call),
        ("met_at", |vouch| vouch.met_at.0 += 1),
        ("signed_at", |vouch| vouch.signed_at.0 += 1),
        ("terms", |vouch| vouch.terms[0] ^= 1),
        ("signature", |vouch| vouch.signature[0] ^= 1),
    ];
    for (field, change) in changes {
        let mut vouch = sound.clone();
        change(&mut vouch);
        let refused = stage.refuses(&admit(vouch, &stage));
        assert_eq!(refused, Some(Rule::VouchSignature), "{field}");
    }
    let forged = stage.words(1, &newcomer(9)).signed(4);
    assert_eq!(stage.refuses(&admit(forged, &stage)), Some(Rule::VouchSignature));
}

#[test]
fn mi_73_the_newcomer_of_a_vouch() {
    let stage = stage();
    let sound = stage.admission(1, &[1, 2]);
    stage.allows(&sound);
    let mut key = sound.clone();
    key.adds[0].id = id(8);
    assert_eq!(stage.refuses(&key), Some(Rule::VouchSignature));
    let mut package = sound;
    package.adds[0].package[31] ^= 1;
    assert_eq!(stage.refuses(&package), Some(Rule::VouchSignature));
}

#[test]
fn mi_73_each_field_of_a_vouch_for_a_member_under_review() {
    let stage = stage().without(3).with(|stage| stage.policy.terms.calls = true);
    let confirm = |vouch| offer(1, Act::Confirm(id(5), vec![vouch]));
    let sound = stage.revouch(1, 5);
    stage.allows(&confirm(sound.clone()));
    let changes: [fn(&mut Vouch); 6] = [
        |vouch| vouch.by = id(4),
        |vouch| vouch.method = Method::Call,
        |vouch| vouch.met_at.0 += 1,
        |vouch| vouch.signed_at.0 += 1,
        |vouch| vouch.terms[31] ^= 1,
        |vouch| vouch.signature[63] ^= 1,
    ];
    for change in changes {
        let mut vouch = sound.clone();
        change(&mut vouch);
        assert_eq!(stage.refuses(&confirm(vouch)), Some(Rule::VouchSignature));
    }
    for words in [
        Words { subject: id(4), ..words(&stage) },
        Words { package: Some([5; 32]), ..words(&stage) },
        Words { room: RoomId::from_bytes([6; 16]), ..words(&stage) },
    ] {
        assert_eq!(stage.refuses(&confirm(words.signed(1))), Some(Rule::VouchSignature));
    }
}

fn words(stage: &Stage) -> Words {
    Words { package: None, ..stage.words(1, &newcomer(5)) }
}

fn approve(approval: Approval) -> Offer {
    offer(1, Act::Decide(Motion::NameOrganizer(id(3)), vec![approval]))
}

#[test]
fn mi_73_each_field_of_an_approval() {
    let stage = stage().with(|stage| stage.policy.organizers.push(id(5)));
    let sound = stage.approval(2, earlier(HOUR), &Motion::NameOrganizer(id(3)));
    stage.allows(&approve(sound.clone()));
    let changes: [fn(&mut Approval); 3] = [
        |approval| approval.by = id(5),
        |approval| approval.signed_at.0 += 1,
        |approval| approval.signature[5] ^= 1,
    ];
    for change in changes {
        let mut approval = sound.clone();
        change(&mut approval);
        assert_eq!(stage.refuses(&approve(approval)), Some(Rule::ApprovalSignature));
    }
}

#[test]
fn mi_73_what_an_approval_is_for() {
    let stage = stage();
    let (at, motion) = (earlier(HOUR), Motion::NameOrganizer(id(3)));
    let (room, revision) = (stage.room, stage.policy.revision);
    let by = |room: &RoomId, revision, who: &MemberId, motion: &Motion, signer| Approval {
        by: id(2),
        signed_at: at,
        signature: sign(signer, &Statement::approval(room, revision, who, at, motion)),
    };
    stage.allows(&approve(by(&room, revision, &id(2), &motion, 2)));
    for approval in [
        by(&RoomId::from_bytes([6; 16]), revision, &id(2), &motion, 2),
        by(&room, revision - 1, &id(2), &motion, 2),
        by(&room, revision + 1, &id(2), &motion, 2),
        by(&room, revision, &id(5), &motion, 2),
        by(&room, revision, &id(2), &Motion::NameOrganizer(id(4)), 2),
        by(&room, revision, &id(2), &Motion::DropOrganizer(id(3)), 2),
        by(&room, revision, &id(2), &Motion::Lift(id(3)), 2),
        by(&room, revision, &id(2), &Motion::Recall(id(3)), 2),
        by(&room, revision, &id(2), &motion, 1),
    ] {
        assert_eq!(stage.refuses(&approve(approval)), Some(Rule::ApprovalSignature));
    }
}

#[test]
fn mi_73_each_field_of_the_terms_that_are_approved() {
    let stage = stage();
    let approved = Terms { vouches: 3, ..stage.policy.terms };
    let approvals = || stage.approvals(&[2], &Motion::Terms(approved));
    stage.allows(&offer(1, Act::Decide(Motion::Terms(approved), approvals())));
    let changes: [fn(&mut Terms); 10] = [
        |terms| terms.vouches = 4,
        |terms| terms.probation_ms += 1,
        |terms| terms.vouch_budget = 20,
        |terms| terms.calls = true,
        |terms| terms.recall = 4,
        |terms| terms.rejoin_ms = 0,
        |terms| terms.epoch_age_ms += 1,
        |terms| terms.message_life = offshift_wire::Life::D30,
        |terms| terms.commit_life = offshift_wire::Life::D30,
        |terms| terms.disappear_ms = 1,
    ];
    for change in changes {
        let mut terms = approved;
        change(&mut terms);
        let offer = offer(1, Act::Decide(Motion::Terms(terms), approvals()));
        assert_eq!(stage.refuses(&offer), Some(Rule::ApprovalSignature));
    }
}

#[test]
fn mi_73_each_field_of_a_link_and_what_it_is_for() {
    let stage = stage();
    let whom = newcomer(9);
    let sound = stage.link(4, &whom, earlier(HOUR));
    let link = |link, by| Offer { adds: vec![newcomer(9)], ..offer(by, Act::Device(link)) };
    stage.allows(&link(sound.clone(), 4));
    let changes: [(u8, Change<DeviceLink>); 3] = [
        (3, |link| link.by = id(3)),
        (4, |link| link.signed_at.0 += 1),
        (4, |link| link.signature[9] ^= 1),
    ];
    for (by, change) in changes {
        let mut changed = sound.clone();
        change(&mut changed);
        assert_eq!(stage.refuses(&link(changed, by)), Some(Rule::DeviceLink));
    }
    let room = RoomId::from_bytes([6; 16]);
    for (room, device, package, by, signer) in [
        (&room, id(9), whom.package, id(4), 4),
        (&stage.room, id(8), whom.package, id(4), 4),
        (&stage.room, id(9), [8; 32], id(4), 4),
        (&stage.room, id(9), whom.package, id(3), 4),
        (&stage.room, id(9), whom.package, id(4), 9),
    ] {
        let words = Statement::device(room, &device, &package, &by, earlier(HOUR));
        let signature = sign(signer, &words);
        let forged = DeviceLink { signature, ..sound.clone() };
        assert_eq!(stage.refuses(&link(forged, 4)), Some(Rule::DeviceLink));
    }
}

#[test]
fn mi_73_each_field_of_a_wish_to_come_back_and_what_it_is_for() {
    let stage = stage();
    let sound = stage.rejoining(1, 5);
    stage.allows(&sound);
    let at = earlier(HOUR);
    let signed = |room: &RoomId, member, package, at: UnixMillis, signer| {
        sign(signer, &Statement::rejoin(room, &id(member), &package, at))
    };
    let other = RoomId::from_bytes([6; 16]);
    for signature in [
        signed(&other, 5, [77; 32], at, 5),
        signed(&stage.room, 4, [77; 32], at, 5),
        signed(&stage.room, 5, [78; 32], at, 5),
        signed(&stage.room, 5, [77; 32], at.plus_ms(1), 5),
        signed(&stage.room, 5, [77; 32], at, 1),
    ] {
        let act = Act::Rejoin(RejoinProof { signed_at: at, signature });
        let forged = Offer { act, ..sound.clone() };
        assert_eq!(stage.refuses(&forged), Some(Rule::RejoinProof));
    }
    let mut package = sound;
    package.adds[0].package[0] ^= 1;
    assert_eq!(stage.refuses(&package), Some(Rule::RejoinProof));
}

/// The same words under the label of another kind are no words of this kind.
#[test]
fn os_adm_070_a_signature_of_one_kind_is_none_of_another() {
    let stage = stage();
    let (room, key, package, at) = (&stage.room, id(9), [9; 32], NOW);
    let met = crate::admission::signed::Met {
        method: Method::InPerson,
        met_at: at,
        signed_at: at,
        terms: terms_hash(&stage.policy.terms),
    };
    let kinds = [
        Statement::vouch(room, &key, &package, &id(1), &met),
        Statement::revouch(room, &key, &id(1), &met),
        Statement::approval(room, 1, &id(1), at, &Motion::Lift(key)),
        Statement::device(room, &key, &package, &id(1), at),
        Statement::rejoin(room, &key, &package, at),
    ];
    for (signed, words) in kinds.iter().enumerate() {
        let signature = sign(1, words);
        for (read, other) in kinds.iter().enumerate() {
            assert_eq!(other.is_signed(&id(1), &signature), signed == read);
        }
    }
}

#[test]
fn os_adm_070_a_key_that_is_none_signs_nothing() {
    let words = Statement::rejoin(&RoomId::from_bytes([5; 16]), &id(1), &[0; 32], NOW);
    assert!(words.is_signed(&id(1), &sign(1, &words)));
    for key in [[0; 32], [0xff; 32]] {
        assert!(!words.is_signed(&MemberId::from_bytes(key), &[0; 64]));
    }
    // The neutral element as key and nonce, and zero: what a verifier that is not strict takes for any words.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let mut signature = [0; 64];
    signature[0] = 1;
    assert!(!words.is_signed(&MemberId::from_bytes(neutral), &signature));
}

#[test]
fn a_single_vouch_is_judged_by_the_same_rules_as_in_a_commit() {
    let stage = stage();
    let (roster, whom) = (stage.roster(), newcomer(9));
    let case = Case { epoch: &stage.epoch(&roster), by: id(3), at: NOW };
    let subject = Subject::Applicant(&whom.id, &whom.package);
    let by = check_vouch(&case, subject, &stage.vouch(5, &whom));
    assert_eq!(by, Ok(offshift_wire::standing::RowNumber(4)));
    let unknown = check_vouch(&case, subject, &stage.vouch(8, &whom));
    assert_eq!(unknown, Err(Rule::VoucherUnknown));
}
