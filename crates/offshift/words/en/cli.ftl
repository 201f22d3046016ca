### What the program says at the terminal, besides errors.

## Answers

# Shown behind a question. Use the first letters of your own words; y and n are understood as well.
answer-either = [y/n]
# The same, where pressing Enter means no: its letter is large.
answer-rather-no = [y/N]
# Everything that means yes, small letters, by spaces.
answer-yes = y yes
# Everything that means no, small letters, by spaces.
answer-no = n no

## Waiting

# After a second and a half without a word.
screen-reaching = Trying to reach the relay...

## Before what can't be taken back

sure-question = Do it?
sure-nobody = nobody is here to say yes, so nothing was done
sure-nobody-next = the same command with --yes
sure-no = you did not say yes, so nothing was done
sure-no-next = the same command, if you mean it

## Passphrase

passphrase-prompt = Passphrase:
passphrase-choose = Choose a passphrase (four or five words are good):
passphrase-again = Type it again:
passphrase-differ = the two passphrases differ
passphrase-short = the passphrase is too short; use at least { $count } characters, better four or five words
passphrase-long = the passphrase is too long; use at most { $count } characters
passphrase-next = offshift start
passphrase-file = the passphrase file can't be read
passphrase-file-next = look at the file's name, then try again
passphrase-nobody = nobody is here to type the passphrase
passphrase-nobody-next = give --passphrase-file FILE or set OFFSHIFT_PASSPHRASE

## Profiles

profile-name = a profile's name has only letters, digits, - and _
profile-name-next = offshift --profile NAME ...
profile-no-home = no home folder is known here
profile-no-home-next = offshift --profile ./FOLDER ...

## Meeting

meet-same-words = Do both screens show the same words?
