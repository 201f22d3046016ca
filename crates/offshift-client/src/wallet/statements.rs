//! The issuer keys of one relay: what it gave this device, and what members say that it gave them.
//!
//! ```text
//! own batch ------------\
//! checkpoint of a member -- signed by the relay? --> (week, key) -> who holds it     two keys of one week: proof
//! ```
//! A relay may go by another identity within a week: then it signs the same key again, and the newer signature stays.
//!
//! Never: a statement that the relay did not sign; a verdict by the word of a member alone; proof that two identities signed.

use std::collections::{BTreeMap, BTreeSet};

use offshift_access::RelayKey;
use offshift_wire::{
    Malformed, MemberId, UnixMillis,
    token::{IssuerKey, Period},
};

use crate::limits::{ISSUER_KEYS_MAX, KEY_HOLDERS_MAX};

/// Who was given a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Holder {
    /// This device.
    Own,
    /// A member of a room, by its key there. Who is in two rooms has two.
    Member(MemberId),
}

/// One key of one week.
#[derive(Clone)]
struct Said {
    /// Which identity of the relay signed it.
    signer: RelayKey,
    key: IssuerKey,
    holders: BTreeSet<Holder>,
}

/// All that are known of one relay, for as long as tokens of them are taken.
#[derive(Default, Clone)]
pub(crate) struct Statements(BTreeMap<Period, Vec<Said>>);

/// Two keys of one week, both signed by the relay: it lies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct TwoKeys {
    pub(crate) relay: RelayKey,
    pub(crate) one: IssuerKey,
    pub(crate) other: IssuerKey,
}

/// What a statement changed.
#[derive(Default)]
pub(crate) struct Noted {
    /// Something is to be recorded.
    pub(crate) is_new: bool,
    /// It contradicts another one, for the first time in this week.
    pub(crate) found: Option<TwoKeys>,
}

impl Statements {
    /// Takes a statement, if the relay signed it and its week is not long over (OS-TOK-042).
    pub(crate) fn note(
        &mut self,
        relay: &RelayKey,
        holder: Holder,
        key: IssuerKey,
        now: UnixMillis,
    ) -> Noted {
        self.prune(now);
        let is_near = key.period.next() >= Period::at(now) && key.period <= Period::at(now).next();
        if !is_near || !relay.signed_issuer(&key) {
            return Noted::default();
        }
        let all = self.0.entry(key.period).or_default();
        let signer = *relay;
        if let Some(said) = all.iter_mut().find(|said| said.key.key == key.key) {
            let is_new = said.holders.len() < KEY_HOLDERS_MAX && said.holders.insert(holder);
            if said.signer == signer {
                return Noted { is_new, found: None };
            }
            (said.signer, said.key) = (signer, key);
        } else if all.len() < ISSUER_KEYS_MAX {
            all.push(Said { signer, key, holders: BTreeSet::from([holder]) });
        } else {
            return Noted::default();
        }
        let mut others = all.iter().filter(|said| said.signer == signer && said.key.key != key.key);
        let found = others.next().map(|said| TwoKeys { relay: signer, one: said.key, other: key });
        Noted { is_new: true, found }
    }

    /// Takes over what was said under the relay's old identity.
    pub(super) fn absorb(&mut self, old: Self) {
        for said in old.0.into_values().flatten() {
            let all = self.0.entry(said.key.period).or_default();
            if let Some(one) = all.iter_mut().find(|one| one.key.key == said.key.key) {
                let left = KEY_HOLDERS_MAX.saturating_sub(one.holders.len());
                one.holders.extend(said.holders.into_iter().take(left));
            } else if all.len() < ISSUER_KEYS_MAX {
                all.push(said);
            }
        }
    }

    fn prune(&mut self, now: UnixMillis) {
        self.0.retain(|period, _| period.next() >= Period::at(now));
    }

    /// Whether tokens of this key may be spent: no other key of its week is held by as many (OS-TOK-042). The relay could
    /// tell by them that they are of the few.
    pub(crate) fn may_spend(&self, period: Period, key: &[u8]) -> bool {
        let Some(all) = self.0.get(&period) else { return true };
        let is_this = |said: &&Said| said.key.key.starts_with(key);
        let own = all.iter().find(is_this).map_or(0, |said| said.holders.len());
        all.iter().filter(|said| !is_this(said)).all(|said| said.holders.len() < own)
    }

    /// The latest that the relay gave this device and signed by this identity: what its checkpoints say.
    pub(crate) fn own(&self, signer: &RelayKey) -> Option<IssuerKey> {
        let own = |said: &&Said| said.signer == *signer && said.holders.contains(&Holder::Own);
        let latest = self.0.values().rev().find_map(|all| all.iter().rev().find(own));
        latest.map(|said| said.key)
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for said in self.0.values().flatten() {
            let own = u8::from(said.holders.contains(&Holder::Own));
            let members: Vec<&MemberId> = said
                .holders
                .iter()
                .filter_map(|one| match one {
                    Holder::Member(id) => Some(id),
                    Holder::Own => None,
                })
                .collect();
            let count = u16::try_from(members.len()).unwrap_or(u16::MAX).to_be_bytes();
            bytes.extend_from_slice(said.signer.as_bytes());
            bytes.extend_from_slice(&encode_key(&said.key));
            bytes.push(own);
            bytes.extend_from_slice(&count);
            members.iter().for_each(|id| bytes.extend_from_slice(id.as_bytes()));
        }
        bytes
    }

    pub(crate) fn decode(mut bytes: &[u8]) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("issuer keys");
        let mut all = Self::default();
        while !bytes.is_empty() {
            let (signer, rest) = bytes.split_first_chunk::<32>().ok_or(BAD)?;
            let (key, rest) = rest.split_first_chunk::<KEY>().ok_or(BAD)?;
            let ([own], rest) = rest.split_first_chunk::<1>().ok_or(BAD)?;
            let (count, rest) = rest.split_first_chunk::<2>().ok_or(BAD)?;
            let length = usize::from(u16::from_be_bytes(*count)).saturating_mul(32);
            let (members, rest) = rest.split_at_checked(length).ok_or(BAD)?;
            let members = members.as_chunks::<32>().0.iter();
            let members = members.map(|id| Holder::Member(MemberId::from_bytes(*id)));
            let holders = members.chain((*own == 1).then_some(Holder::Own)).collect();
            let (signer, key) = (RelayKey::from_bytes(*signer), decode_key(key)?);
            all.0.entry(key.period).or_default().push(Said { signer, key, holders });
            bytes = rest;
        }
        Ok(all)
    }
}

/// Bytes of a statement as it is kept.
const KEY: usize = 4 + 32 + 64;

fn encode_key(key: &IssuerKey) -> Vec<u8> {
    [&key.period.0.to_be_bytes()[..], &key.key, &key.signature].concat()
}

fn decode_key(bytes: &[u8; KEY]) -> Result<IssuerKey, Malformed> {
    const BAD: Malformed = Malformed("issuer key");
    let (period, rest) = bytes.split_first_chunk::<4>().ok_or(BAD)?;
    let (key, signature) = rest.split_first_chunk::<32>().ok_or(BAD)?;
    let signature = signature.try_into().map_err(|_| BAD)?;
    Ok(IssuerKey { period: Period(u32::from_be_bytes(*period)), key: *key, signature })
}

impl TwoKeys {
    /// As others can check it: the relay's key, then both statements, each week 4 bytes, key 32, signature 64.
    pub(crate) fn encode(&self) -> Vec<u8> {
        [&self.relay.as_bytes()[..], &encode_key(&self.one), &encode_key(&self.other)].concat()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("two issuer keys");
        let (relay, rest) = bytes.split_first_chunk::<32>().ok_or(BAD)?;
        let (one, other) = rest.split_first_chunk::<KEY>().ok_or(BAD)?;
        let other = other.try_into().map_err(|_| BAD)?;
        let (one, other) = (decode_key(one)?, decode_key(other)?);
        Ok(Self { relay: RelayKey::from_bytes(*relay), one, other })
    }
}

#[cfg(test)]
mod tests {
    use offshift_access::{Issuer, IssuerSeed, ReceiptKey};

    use super::*;

    const WEEK: Period = Period(2_900);

    fn relay() -> ReceiptKey {
        ReceiptKey::from_seed(&[5; 32])
    }

    fn key(seed: u8, period: Period) -> IssuerKey {
        let seed = IssuerSeed::from_bytes([seed; 32].into());
        *Issuer::new(&seed, period, &relay()).unwrap().key()
    }

    fn member(name: u8) -> Holder {
        Holder::Member(MemberId::from_bytes([name; 32]))
    }

    fn now() -> UnixMillis {
        WEEK.begins().plus_ms(1)
    }

    #[test]
    fn ro_09_os_tok_042_two_keys_of_one_week_are_found_once_and_the_rarer_one_is_not_spent() {
        let (mut all, relay) = (Statements::default(), relay().public());
        let [one, other] = [key(1, WEEK), key(2, WEEK)];
        assert!(all.note(&relay, Holder::Own, one, now()).found.is_none());
        assert!(all.may_spend(WEEK, &one.key));
        let found = all.note(&relay, member(1), other, now()).found.unwrap();
        assert!(found.one == one && found.other == other);
        assert!(!all.may_spend(WEEK, &one.key) && !all.may_spend(WEEK, &other.key), "a tie");
        assert!(all.note(&relay, member(2), one, now()).found.is_none(), "told once");
        assert!(all.may_spend(WEEK, &one.key), "held by more");
        assert!(!all.may_spend(WEEK, &other.key));
        assert!(TwoKeys::decode(&found.encode()).unwrap() == found);
    }

    #[test]
    fn ro_09_os_tok_042_a_weeks_turn_and_a_lying_member_prove_nothing() {
        let (mut all, relay) = (Statements::default(), relay().public());
        all.note(&relay, Holder::Own, key(1, WEEK), now());
        assert!(all.note(&relay, member(1), key(1, WEEK.next()), now()).found.is_none());
        let forged = IssuerKey { key: [9; 32], ..key(1, WEEK) };
        let noted = all.note(&relay, member(2), forged, now());
        assert!(!noted.is_new && noted.found.is_none(), "the relay did not sign it");
        let other = ReceiptKey::from_seed(&[6; 32]);
        let seed = IssuerSeed::from_bytes([1; 32].into());
        let elsewhere = *Issuer::new(&seed, WEEK, &other).unwrap().key();
        assert!(all.note(&relay, member(2), elsewhere, now()).found.is_none(), "another relay");
        let later = WEEK.next().next().begins();
        assert!(!all.note(&relay, member(3), key(2, WEEK), later).is_new, "long over");
        assert!(all.own(&relay).is_none(), "forgotten with its week");
    }

    #[test]
    fn statements_survive_being_kept() {
        let (mut all, relay) = (Statements::default(), relay().public());
        all.note(&relay, Holder::Own, key(1, WEEK), now());
        all.note(&relay, member(1), key(1, WEEK), now());
        all.note(&relay, member(1), key(2, WEEK), now());
        let bytes = all.encode();
        let back = Statements::decode(&bytes).unwrap();
        assert_eq!(back.encode(), bytes);
        assert!(back.may_spend(WEEK, &key(1, WEEK).key) && back.own(&relay) == Some(key(1, WEEK)));
        assert!(Statements::decode(&bytes[1..]).is_err());
    }

    /// The key that this identity of the relay signed.
    fn signed(identity: &ReceiptKey, seed: u8) -> IssuerKey {
        let seed = IssuerSeed::from_bytes([seed; 32].into());
        *Issuer::new(&seed, WEEK, identity).unwrap().key()
    }

    #[test]
    fn ro_09_os_tok_042_a_new_identity_blinds_nobody_and_proof_is_of_one_identity() {
        let (old, new) = (relay(), ReceiptKey::from_seed(&[6; 32]));
        let (before, after) = (old.public(), new.public());
        let mut all = Statements::default();
        all.note(&before, Holder::Own, signed(&old, 1), now());
        assert!(all.own(&after).is_none(), "others could not verify it");
        let noted = all.note(&after, member(1), signed(&new, 2), now());
        assert!(noted.is_new && noted.found.is_none(), "two identities prove nothing together");
        assert!(!all.may_spend(WEEK, &signed(&new, 1).key), "though a tie is a tie");
        let noted = all.note(&after, Holder::Own, signed(&new, 1), now());
        let found = noted.found.unwrap();
        assert!(noted.is_new && all.own(&after) == Some(signed(&new, 1)));
        assert!(found.relay.signed_issuer(&found.one) && found.relay.signed_issuer(&found.other));
        assert!(found.one.key != found.other.key);
        assert!(all.note(&after, Holder::Own, signed(&new, 1), now()).found.is_none(), "once");
    }

    #[test]
    fn os_lnk_006_statements_of_both_identities_are_counted_together() {
        let (mut all, mut old) = (Statements::default(), Statements::default());
        let relay = relay().public();
        all.note(&relay, member(1), key(1, WEEK), now());
        old.note(&relay, Holder::Own, key(1, WEEK), now());
        old.note(&relay, member(2), key(2, WEEK), now());
        all.absorb(old);
        assert!(all.may_spend(WEEK, &key(1, WEEK).key), "two against one");
        assert!(all.own(&relay) == Some(key(1, WEEK)));
    }
}
