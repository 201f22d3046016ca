### Offshift: safety

## How strong a passphrase is

safety-strength-very-weak = This passphrase is very weak. Somebody who takes this device can open it within a day.
safety-strength-weak = This passphrase is weak. Somebody who takes this device, and has money, can open it within weeks.
safety-strength-good = This passphrase is good. It holds for years.
safety-strength-strong = This passphrase is strong.
safety-weak-by-common = Many people use one like it.
safety-weak-by-word = It is a single word or name.
safety-weak-by-date = It is a date or a year.
safety-weak-by-pattern = It repeats itself, or follows the keyboard.
safety-strength-advice = Better: five words that nobody would put together.
safety-strength-question = Use it all the same?
safety-strength-no = you did not say yes, so nothing was done

## Another passphrase

safety-passphrase-again = the same command with another passphrase
safety-passphrase-changed = From now on only the new passphrase opens this profile. Copies that you made before still open by theirs.

## Copies

safety-export-about = The copy holds everything of this profile: your rooms, what was said, your notes. Choose a passphrase for it.
safety-export-messages-about = The copy holds what was said, as text. Messages do not disappear from it. Choose a passphrase for it.
safety-export-progress = { $done } of { $total } MiB are written.
safety-exported = The copy is written. Whoever has it and its passphrase reads all of it.
safety-no-path = the file can't be named like this
safety-copy-prompt = Passphrase of the copy:
safety-import-no-file = there is no such file
safety-import-exists = there is a profile { $profile } already; a copy becomes a new profile
safety-import-exists-next = the same command with --profile OTHER
safety-import-passphrase = Now choose a passphrase for the profile on this device.
safety-imported = The profile is here. Its rooms ask to be taken back before you can write: an organizer's phone does that by itself, or asks. Do not go on with the old one: what it buys and says, this one can't know.
error-bad_passphrase_short = { $count ->
        [one] the passphrase is too short; use at least 1 character, better four or five words
       *[other] the passphrase is too short; use at least { $count } characters, better four or five words
    }
error-bad_passphrase_long = { $count ->
        [one] the passphrase is too long; use at most 1 character
       *[other] the passphrase is too long; use at most { $count } characters
    }
error-copy_busy = a copy is being written already; wait until it is done
error-copy_file_exists = there is a file of this name already; choose another name
error-copy_not_a_copy = this file is not a copy that Offshift made, or it is damaged; choose another file
error-copy_wrong_passphrase = the passphrase of the copy is not right; try again
error-copy_disk = the disk refused to read or write the copy; free some space or look at the disk, then try again
next-copy = the same command with another file
next-passphrase = offshift passphrase

## The end of a profile

safety-wipe-title = You are about to destroy the profile { $profile } on this device.
safety-wipe-what = Everything of it goes: your rooms, what was said, your contacts and notes. Nobody can bring it back.
safety-wipe-rooms = You stay a member of your rooms, on a phone that is no more. Ask an organizer to stop it.
safety-wipe-others = It cannot erase what others have.
safety-wipe-copies = It cannot erase copies that you or somebody else made. They open by their passphrase.
safety-wiped = The profile is destroyed.

## Profiles

safety-profiles-none = There is no profile on this device yet. Next: offshift start
safety-profile-used = { $name } (the one you use)

## Crashes

# $place is a line of the source, for whoever mends the program.
safety-crash = offshift: a defect in this program at { $place }; please report it
