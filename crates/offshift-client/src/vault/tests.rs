//! What the vault promises. `#[cfg(test)]` where it is included.

use std::{os::unix::fs::PermissionsExt, sync::OnceLock};

use proptest::prelude::*;

use super::*;
use days::DAY_MS;
use record::SECTOR;

/// All records of a vault.
type State = Vec<(String, Vec<u8>)>;

fn secret() -> Passphrase {
    Passphrase::new(Zeroizing::new("four plain words here".to_owned()))
}

fn create(directory: &Path) -> Vault {
    Vault::create_with(directory, &secret(), &[], Cost::FOR_TESTING).unwrap()
}

fn put(key: &str, value: &[u8]) -> Change {
    Change::Put { key: key.to_owned(), value: Zeroizing::new(value.to_vec()) }
}

fn delete(key: &str) -> Change {
    Change::Delete { key: key.to_owned() }
}

fn state(vault: &Vault) -> State {
    vault.under("").map(|(key, value)| (key.to_owned(), value.to_vec())).collect()
}

/// A vault of five batches, its bytes, and the states that it went through.
fn history(directory: &Path) -> (Vec<u8>, Vec<State>) {
    let mut vault = create(directory);
    let mut states = vec![state(&vault)];
    let batches = [
        vec![put("a", b"one"), put("b", &[7; 700])],
        vec![delete("a"), put("c", b"")],
        vec![put("b", b"two")],
        vec![put("d", &[9; 2000]), delete("nothing")],
        vec![delete("b"), delete("c"), put("a", b"again")],
    ];
    for batch in batches {
        vault.apply(&batch).unwrap();
        states.push(state(&vault));
    }
    (fs::read(directory.join("vault")).unwrap(), states)
}

/// The same as [`history`], made once: most tests only read it.
fn made() -> &'static (Vec<u8>, Vec<State>) {
    static MADE: OnceLock<(Vec<u8>, Vec<State>)> = OnceLock::new();
    MADE.get_or_init(|| history(tempfile::tempdir().unwrap().path()))
}

/// What opening these bytes would find, without a disk.
fn read(bytes: &[u8]) -> Result<State, VaultError> {
    let (header, rest) = Header::split(bytes)?;
    let wrapping = WrappingKey::derive(header.cost(), header.salt(), &secret())?;
    let replayed = replay::replay(rest, &header.open(&wrapping)?)?;
    Ok(replayed.records.into_iter().map(|(key, value)| (key, value.to_vec())).collect())
}

fn reopened(directory: &Path, bytes: &[u8]) -> Result<State, VaultError> {
    fs::write(directory.join("vault"), bytes).unwrap();
    Vault::open(directory, &secret()).map(|vault| state(&vault))
}

#[test]
fn os_vlt_010_what_was_applied_is_there_after_reopening() {
    let directory = tempfile::tempdir().unwrap();
    let (_, states) = history(directory.path());
    let vault = Vault::open(directory.path(), &secret()).unwrap();
    assert_eq!(&state(&vault), states.last().unwrap());
    assert_eq!(vault.get("a"), Some(&b"again"[..]));
    assert_eq!(vault.under("d").count(), 1);
}

#[test]
fn os_vlt_011_every_truncation_gives_an_earlier_state_or_an_error() {
    let (bytes, states) = made();
    for length in 0..bytes.len() {
        match read(&bytes[..length]) {
            Ok(found) => assert!(states.contains(&found), "cut at {length}"),
            Err(VaultError::NotAVault) => assert!(length < 512),
            Err(VaultError::Damaged) => assert!(length < 1024, "cut at {length}"),
            Err(other) => panic!("cut at {length}: {other}"),
        }
    }
    assert_eq!(&read(bytes).unwrap(), states.last().unwrap(), "the twin");
}

#[test]
fn os_vlt_011_sectors_of_the_last_record_that_were_never_written_are_cut() {
    let directory = tempfile::tempdir().unwrap();
    let mut vault = create(directory.path());
    vault.apply(&[put("before", b"1")]).unwrap();
    let before = state(&vault);
    let sound = usize::try_from(vault.journal.bytes()).unwrap();
    vault.apply(&[put("after", &[5; 3 * SECTOR])]).unwrap();
    drop(vault);
    let bytes = fs::read(directory.path().join("vault")).unwrap();
    for unwritten in
        [sound..bytes.len(), sound + SECTOR..bytes.len(), sound + SECTOR..sound + 2 * SECTOR]
    {
        let mut torn = bytes.clone();
        torn[unwritten].fill(0);
        assert_eq!(reopened(directory.path(), &torn).unwrap(), before);
        assert_eq!(fs::read(directory.path().join("vault")).unwrap().len(), sound, "it is cut");
    }
}

#[test]
fn os_vlt_010_a_vault_with_a_torn_tail_goes_on() {
    let directory = tempfile::tempdir().unwrap();
    let (bytes, states) = history(directory.path());
    fs::write(directory.path().join("vault"), &bytes[..bytes.len() - 1]).unwrap();
    let mut vault = Vault::open(directory.path(), &secret()).unwrap();
    assert_eq!(state(&vault), states[4]);
    vault.apply(&[put("e", b"new")]).unwrap();
    drop(vault);
    let vault = Vault::open(directory.path(), &secret()).unwrap();
    assert_eq!(vault.get("e"), Some(&b"new"[..]));
}

#[test]
fn os_vlt_002_os_vlt_011_a_record_left_out_repeated_moved_or_foreign_is_damage() {
    let directory = tempfile::tempdir().unwrap();
    let other = tempfile::tempdir().unwrap();
    let mut vault = create(directory.path());
    let start = usize::try_from(vault.journal.bytes()).unwrap();
    for key in ["a", "b", "c"] {
        vault.apply(&[put(key, b"1")]).unwrap();
    }
    drop(vault);
    let bytes = fs::read(directory.path().join("vault")).unwrap();
    let (head, records) = bytes.split_at(start);
    let [a, b, c]: [&[u8]; 3] = records.chunks(SECTOR).collect::<Vec<_>>().try_into().unwrap();
    let (foreign, _) = history(other.path());
    let foreign = &foreign[start..start + SECTOR];
    for wrong in [[a, c, b], [a, b, b], [a, foreign, c], [b, a, c]] {
        let bytes = [head, &wrong.concat()].concat();
        assert!(matches!(reopened(directory.path(), &bytes), Err(VaultError::Damaged)));
    }
    let left_out = [head, a, c].concat();
    assert!(matches!(reopened(directory.path(), &left_out), Err(VaultError::Damaged)));
    assert!(reopened(directory.path(), &[head, a, b, c].concat()).is_ok(), "the twin");
}

#[test]
fn os_vlt_014_a_compaction_keeps_the_state_and_erases_old_values_from_the_file() {
    let directory = tempfile::tempdir().unwrap();
    let mut vault = create(directory.path());
    vault.apply(&[put("stays", b"live")]).unwrap();
    let first = fs::read(directory.path().join("vault")).unwrap();
    for round in 0..20_u8 {
        vault.apply(&[put("churns", &vec![round; 200_000])]).unwrap();
    }
    let wanted = state(&vault);
    drop(vault);
    let bytes = fs::read(directory.path().join("vault")).unwrap();
    assert!(bytes.len() < 2_000_000, "twenty rounds of 200 kB were compacted");
    assert!(bytes[..512] != first[..512], "a fresh key");
    assert_eq!(reopened(directory.path(), &bytes).unwrap(), wanted);
}

#[test]
fn os_vlt_014_a_crash_at_any_point_of_a_compaction_loses_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let other = tempfile::tempdir().unwrap();
    let (bytes, states) = history(directory.path());
    let mut vault = Vault::open(directory.path(), &secret()).unwrap();
    vault.compact().unwrap();
    drop(vault);
    let compacted = fs::read(directory.path().join("vault")).unwrap();
    for length in (0..=compacted.len()).step_by(97) {
        fs::write(other.path().join("vault.new"), &compacted[..length]).unwrap();
        assert_eq!(&reopened(other.path(), &bytes).unwrap(), states.last().unwrap());
        assert!(!other.path().join("vault.new").exists());
    }
    assert_eq!(&reopened(other.path(), &compacted).unwrap(), states.last().unwrap());
}

#[test]
fn os_vlt_014_half_a_snapshot_is_no_state() {
    let directory = tempfile::tempdir().unwrap();
    let mut vault = create(directory.path());
    for key in ["a", "b", "c"] {
        vault.apply(&[put(key, &vec![1; 900_000])]).unwrap();
    }
    vault.compact().unwrap();
    drop(vault);
    let bytes = fs::read(directory.path().join("vault")).unwrap();
    for length in (512..bytes.len()).step_by(100 * SECTOR) {
        assert!(matches!(reopened(directory.path(), &bytes[..length]), Err(VaultError::Damaged)));
    }
    assert!(reopened(directory.path(), &bytes).is_ok(), "the twin");
}

#[test]
fn os_vlt_003_the_stated_cost_is_the_one_that_production_uses() {
    assert_eq!((crate::limits::ARGON2_MEMORY_KIB, crate::limits::ARGON2_PASSES), (64 << 10, 3));
    let directory = tempfile::tempdir().unwrap();
    drop(Vault::create(directory.path(), &secret(), &[]).unwrap());
    let bytes = fs::read(directory.path().join("vault")).unwrap();
    assert_eq!(bytes[18..30], [0, 1, 0, 0, 0, 0, 0, 3, 0, 0, 0, 1]);
    assert!(Vault::open(directory.path(), &secret()).is_ok());
}

#[test]
fn os_vlt_003_a_header_that_asks_for_a_cheaper_or_absurd_derivation_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let (bytes, _) = history(directory.path());
    for cost in [[0_u32, 1, 1], [u32::MAX, 3, 1], [8, 0, 1], [8, u32::MAX, 1], [8, 1, u32::MAX]] {
        let mut planted = bytes.clone();
        planted[18..30].copy_from_slice(&cost.map(u32::to_be_bytes).concat());
        assert!(matches!(reopened(directory.path(), &planted), Err(VaultError::NotAVault)));
    }
}

#[test]
fn pt_60_os_vlt_005_with_a_wrong_passphrase_a_damaged_vault_answers_like_a_sound_one() {
    let directory = tempfile::tempdir().unwrap();
    let (bytes, _) = history(directory.path());
    let mut damaged = bytes.clone();
    *damaged.last_mut().unwrap() ^= 1;
    let wrong = Passphrase::new(Zeroizing::new("four plain words hers".to_owned()));
    for file in [&bytes, &damaged, &bytes[..700].to_vec()] {
        fs::write(directory.path().join("vault"), file).unwrap();
        let answer = Vault::open(directory.path(), &wrong).map(|_| ()).unwrap_err();
        assert!(matches!(answer, VaultError::WrongPassphrase));
    }
    assert!(matches!(reopened(directory.path(), &damaged), Err(VaultError::Damaged)), "its owner");
    assert!(reopened(directory.path(), &bytes).is_ok(), "the twin");
}

#[test]
fn pt_60_os_vlt_004_a_wrong_passphrase_pays_the_full_cost() {
    let directory = tempfile::tempdir().unwrap();
    drop(Vault::create(directory.path(), &secret(), &[]).unwrap());
    let wrong = Passphrase::new(Zeroizing::new(String::new()));
    header::spent::DERIVED.take();
    assert!(matches!(Vault::open(directory.path(), &wrong), Err(VaultError::WrongPassphrase)));
    assert_eq!(header::spent::DERIVED.take(), [(64 << 10, 3)]);
    assert!(Vault::open(directory.path(), &secret()).is_ok(), "the twin");
    assert_eq!(header::spent::DERIVED.take(), [(64 << 10, 3)], "as much as the right one pays");
}

#[test]
fn os_vlt_012_a_second_opener_is_told_and_changes_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let vault = create(directory.path());
    assert!(matches!(Vault::open(directory.path(), &secret()), Err(VaultError::InUse)));
    assert!(matches!(Vault::create(directory.path(), &secret(), &[]), Err(VaultError::InUse)));
    drop(vault);
    assert!(Vault::open(directory.path(), &secret()).is_ok(), "the twin");
}

#[test]
fn os_vlt_013_only_their_owner_may_read_the_files() {
    let directory = tempfile::tempdir().unwrap();
    let profile = directory.path().join("profile");
    drop(create(&profile));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&profile), 0o700);
    assert_eq!(mode(&profile.join("vault")), 0o600);
    assert_eq!(mode(&profile.join("lock")), 0o600);
}

#[test]
fn a_profile_is_never_made_over_another_nor_opened_where_there_is_none() {
    let directory = tempfile::tempdir().unwrap();
    assert!(matches!(Vault::open(directory.path(), &secret()), Err(VaultError::Missing)));
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
    drop(create(directory.path()));
    assert!(matches!(Vault::create(directory.path(), &secret(), &[]), Err(VaultError::Exists)));
}

#[test]
fn os_vlt_001_neither_names_nor_values_are_in_the_file() {
    let directory = tempfile::tempdir().unwrap();
    let mut vault = create(directory.path());
    vault.apply(&[put("canary-name", b"canary-value")]).unwrap();
    let bytes = fs::read(directory.path().join("vault")).unwrap();
    for canary in [&b"canary-name"[..], b"canary-value", b"four plain"] {
        assert!(!bytes.windows(canary.len()).any(|window| window == canary));
    }
}

#[test]
fn a_new_vault_holds_its_first_records_from_its_first_moment() {
    let directory = tempfile::tempdir().unwrap();
    let first = [put("handle", b"ana")];
    drop(Vault::create_with(directory.path(), &secret(), &first, Cost::FOR_TESTING).unwrap());
    let bytes = fs::read(directory.path().join("vault")).unwrap();
    assert_eq!(bytes.len(), 1024, "one header, one record");
    assert_eq!(read(&bytes).unwrap(), [("handle".to_owned(), b"ana".to_vec())]);
}

#[test]
fn another_file_or_a_newer_version_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let (mut bytes, _) = history(directory.path());
    assert!(matches!(reopened(directory.path(), &[0; 4096]), Err(VaultError::NotAVault)));
    bytes[17] = 3;
    assert!(matches!(reopened(directory.path(), &bytes), Err(VaultError::Newer)));
}

/// The name of a message's record in room 0xaa...
fn said(day: u64, nth: u64) -> String {
    format!("history/{}/{:016x}", "aa".repeat(16), day * DAY_MS * 1000 + nth)
}

fn texts(opened: Opened<'_>) -> Vec<Vec<u8>> {
    opened.map(|(_, value)| value.to_vec()).collect()
}

/// Two messages of day 7, one of day 8, something that was folded into the first, and something else.
fn of_two_days(directory: &Path) -> Vault {
    let mut vault = create(directory);
    let fold = said(7, 1).replace("history", "fold");
    let first = [put(&said(7, 1), b"one"), put(&said(7, 2), b"two"), put(&fold, b"mark")];
    vault.apply(&first).unwrap();
    vault.apply(&[put(&said(8, 1), b"three"), put("room/base", b"else")]).unwrap();
    vault
}

#[test]
fn os_vlt_020_what_was_said_is_sealed_by_its_day_and_opened_only_when_it_is_read() {
    let directory = tempfile::tempdir().unwrap();
    let vault = of_two_days(directory.path());
    drop(vault);
    let vault = Vault::open(directory.path(), &secret()).unwrap();
    let all = || vault.read_between("history/", "history0");
    assert_eq!(texts(all()), [&b"one"[..], b"two", b"three"]);
    let newest = all().next_back().unwrap();
    assert_eq!((newest.0, newest.1.as_slice()), (said(8, 1).as_str(), &b"three"[..]));
    assert_eq!(texts(vault.read_between(&said(7, 2), &said(8, 1))), [b"two"]);
    assert_eq!(vault.read(&said(7, 1)).unwrap().as_slice(), b"one");
    assert_eq!(vault.under("day/").count(), 2, "a key for each day");
    // In memory it is as sealed as in the file.
    let held = |canary: &[u8]| vault.records.values().any(|value| value.as_slice() == canary);
    assert!(!held(b"one") && !held(b"mark") && held(b"else"));
    assert!(vault.get(&said(7, 1)).is_none() && vault.under("history/").next().is_none());
}

#[test]
fn os_vlt_020_a_value_opens_only_under_its_own_name() {
    let directory = tempfile::tempdir().unwrap();
    let mut vault = of_two_days(directory.path());
    let moved = vault.records.get(&said(7, 1)).unwrap().clone();
    vault.records.insert(said(7, 2), moved);
    assert!(vault.read(&said(7, 2)).is_none());
    assert!(vault.read(&said(7, 1)).is_some(), "the twin");
}

#[test]
fn pt_61_os_vlt_021_without_its_key_nothing_of_a_day_opens_and_other_days_do() {
    let directory = tempfile::tempdir().unwrap();
    let mut vault = of_two_days(directory.path());
    let name = vault.under("day/").next().unwrap().0.to_owned();
    let day = Day::of_key(&name).unwrap();
    assert_eq!((day.number, day.over_at().0), (7, 8 * DAY_MS));
    assert_eq!(day.key(), name);
    let image = directory.path().join("image");
    fs::hard_link(directory.path().join("vault"), &image).unwrap();
    vault.apply(&[delete(&name)]).unwrap();
    assert!(vault.read(&said(7, 1)).is_none());
    assert_eq!(fs::read(&image).unwrap()[..512], [0; 512], "the file that held its key is void");
    assert_eq!(vault.read(&said(8, 1)).unwrap().as_slice(), b"three", "the twin");
}

#[test]
fn pt_61_os_vlt_021_who_dies_before_the_file_is_written_anew_does_it_at_the_next_start() {
    let directory = tempfile::tempdir().unwrap();
    let mut vault = of_two_days(directory.path());
    let name = vault.under("day/").next().unwrap().0.to_owned();
    let mut batch = Batch::new();
    batch.push(&delete(&name));
    vault.journal.append(Kind::Batch, &batch).unwrap();
    drop(vault);
    let before = fs::read(directory.path().join("vault")).unwrap();
    drop(Vault::open(directory.path(), &secret()).unwrap());
    let after = fs::read(directory.path().join("vault")).unwrap();
    assert!(after[..512] != before[..512], "a fresh key");
    drop(Vault::open(directory.path(), &secret()).unwrap());
    assert_eq!(fs::read(directory.path().join("vault")).unwrap(), after, "the twin: once");
}

#[test]
fn pt_61_os_vlt_022_a_compaction_leaves_no_file_that_the_passphrase_opens_but_the_new_one() {
    let directory = tempfile::tempdir().unwrap();
    let mut vault = of_two_days(directory.path());
    // What a disk keeps of a removed file.
    let image = directory.path().join("image");
    fs::hard_link(directory.path().join("vault"), &image).unwrap();
    assert!(read(&fs::read(&image).unwrap()).is_ok(), "the control: before, it opens");
    vault.compact().unwrap();
    let bytes = fs::read(&image).unwrap();
    assert_eq!(bytes[..512], [0; 512]);
    assert!(matches!(read(&bytes), Err(VaultError::NotAVault)));
    assert!(!directory.path().join("vault.old").exists());
    let wanted = state(&vault);
    drop(vault);
    assert_eq!(state(&Vault::open(directory.path(), &secret()).unwrap()), wanted, "the twin");
}

#[test]
fn os_vlt_022_what_a_crash_in_a_compaction_left_is_destroyed_and_never_the_vault_in_use() {
    let directory = tempfile::tempdir().unwrap();
    let (vault, old) = (directory.path().join("vault"), directory.path().join("vault.old"));
    let (bytes, states) = history(directory.path());
    // Before the new file took its place: two names of one file.
    fs::hard_link(&vault, &old).unwrap();
    let reopened = Vault::open(directory.path(), &secret()).unwrap();
    assert_eq!(&state(&reopened), states.last().unwrap());
    assert!(!old.exists());
    drop(reopened);
    // After: the old file is another one.
    fs::write(&old, &bytes).unwrap();
    let image = directory.path().join("image");
    fs::hard_link(&old, &image).unwrap();
    assert!(Vault::open(directory.path(), &secret()).is_ok());
    assert!(!old.exists());
    assert_eq!(fs::read(&image).unwrap()[..512], [0; 512]);
}

#[test]
fn os_vlt_023_after_a_change_of_passphrase_only_the_new_one_opens() {
    let directory = tempfile::tempdir().unwrap();
    let mut vault = of_two_days(directory.path());
    let image = directory.path().join("image");
    fs::hard_link(directory.path().join("vault"), &image).unwrap();
    let new = Passphrase::new(Zeroizing::new("some other words now".to_owned()));
    assert!(matches!(vault.change_passphrase(&new, &new), Err(VaultError::WrongPassphrase)));
    vault.apply(&[put("a", b"it goes on")]).unwrap();
    vault.change_passphrase(&secret(), &new).unwrap();
    vault.apply(&[put("b", b"and on")]).unwrap();
    let wanted = state(&vault);
    drop(vault);
    assert!(matches!(Vault::open(directory.path(), &secret()), Err(VaultError::WrongPassphrase)));
    assert_eq!(fs::read(&image).unwrap()[..512], [0; 512], "the old one opens no file that was");
    assert_eq!(state(&Vault::open(directory.path(), &new).unwrap()), wanted, "the twin");
}

#[test]
fn a_passphrase_is_checked_while_the_vault_is_open_and_opens_nothing() {
    let directory = tempfile::tempdir().unwrap();
    assert!(matches!(check(directory.path(), &secret()), Err(VaultError::Missing)));
    let vault = of_two_days(directory.path());
    assert_eq!(check(directory.path(), &secret()), Ok(()));
    let wrong = Passphrase::new(Zeroizing::new("some other words now".to_owned()));
    assert_eq!(check(directory.path(), &wrong), Err(VaultError::WrongPassphrase));
    drop(vault);
}

#[test]
fn os_vlt_024_a_wiped_vault_is_gone_and_what_a_disk_keeps_of_it_opens_for_nobody() {
    let directory = tempfile::tempdir().unwrap();
    let vault = of_two_days(directory.path());
    let image = directory.path().join("image");
    fs::hard_link(directory.path().join("vault"), &image).unwrap();
    assert!(matches!(destroy(directory.path()), Err(VaultError::InUse)));
    drop(vault);
    assert!(Vault::open(directory.path(), &secret()).is_ok(), "the control");
    destroy(directory.path()).unwrap().remove().unwrap();
    assert!(matches!(Vault::open(directory.path(), &secret()), Err(VaultError::Missing)));
    assert!(matches!(read(&fs::read(&image).unwrap()), Err(VaultError::NotAVault)));
    assert!(matches!(destroy(directory.path()), Err(VaultError::Missing)));
}

proptest! {
    #[test]
    fn os_vlt_011_a_flipped_bit_is_an_error_never_another_state(
        at in any::<prop::sample::Index>(),
        bit in 0..8_u8,
    ) {
        let mut bytes = made().0.clone();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(read(&bytes).is_err());
    }

    #[test]
    fn any_bytes_after_a_header_never_panic(tail in prop::collection::vec(any::<u8>(), 0..3000)) {
        let bytes = &made().0;
        let _ = read(&[&bytes[..512], &tail].concat());
        let _ = read(&[bytes, &tail[..]].concat());
    }
}

#[test]
fn os_vlt_015_a_full_vault_forgets_and_takes_nothing_that_makes_it_fuller() {
    let folder = tempfile::tempdir().unwrap();
    let mut vault = create(folder.path());
    vault.apply(&[put("a", &[1; 4000]), put("b", &[2; 4000])]).unwrap();
    vault.set_live_bytes_max(vault.live_bytes());
    assert!(vault.is_crowded());
    let before = state(&vault);
    assert_eq!(vault.apply(&[put("c", &[3; 10])]), Err(VaultError::Full));
    assert_eq!(vault.apply(&[put("a", &[3; 4001])]), Err(VaultError::Full));
    assert_eq!(state(&vault), before, "nothing changed");
    vault.apply(&[put("a", &[3; 4000])]).unwrap();
    vault.apply(&[put("c", &[4; 4000]), delete("c")]).unwrap();
    vault.apply(&[delete("a"), put("c", &[3; 10])]).unwrap();
    vault.apply(&[delete("b")]).unwrap();
    assert!(!vault.is_crowded(), "the twin");
    assert_eq!(vault.get("c"), Some(&[3; 10][..]));
    vault.set_live_bytes_max(1);
    vault.apply(&[delete("c")]).unwrap();
}
