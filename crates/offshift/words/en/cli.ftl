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
passphrase-file = the passphrase file can't be read
passphrase-file-next = look at the file's name, then try again
passphrase-nobody = nobody is here to type the passphrase
passphrase-nobody-next = give --passphrase-file FILE or set OFFSHIFT_PASSPHRASE

## Profiles

profile-name = a profile's name has only letters, digits, - and _
profile-name-next = offshift --profile NAME ...
profile-no-home = no home folder is known here
profile-no-home-next = offshift --profile ./FOLDER ...

## Lists and times

# Names or parts beside each other. $list_word: what came before.
list-comma = { $list_word }, { $next }
list-and = { $list_word } and { $next }

when-now = just now
# Short, they stand at the beginning of lines.
when-minutes-ago = { $count ->
    [one] { $count } min ago
   *[other] { $count } min ago
}
when-hours-ago = { $count ->
    [one] { $count } h ago
   *[other] { $count } h ago
}
when-days-ago = { $count ->
    [one] { $count } d ago
   *[other] { $count } d ago
}
# Months as they stand behind a day, in the form that stands there.
when-month = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
when-day = { $day } { $month }
when-day-of-year = { $day } { $month } { $year }
# $time: 18:00.
when-moment = { $day } { $time }
# From a day to a day: "1 to 9 Nov", "30 Oct to 2 Nov".
when-days = { $from } to { $to }

## The profile

start-name = Name that others see (need not be your real name):
start-no-handle = no handle is given
start-ready = Your profile is ready, { $handle }. It is on this device only.
    Your passphrase closes it, and nobody can reset that.
    Next: offshift relay add offshift://...

## Relays

# $relay: host and port.
relay-added = Relay added: { $relay }. { -relay-promise }
relay-answers = It answers, and it is the right one.
relay-none = No relay yet. Next: offshift relay add offshift://...
relay-unused = not in use now
relay-connected = connected
relay-meet-next = Next: offshift meet show
relay-refuses-ticket = the relay does not take this ticket
relay-refuses-ticket-next = { $known ->
    [no] ask whoever runs the relay for a new one, then: offshift relay ticket CODE
   *[yes] ask { $contact } for a new one, then: offshift relay ticket CODE
}

## Meeting

contact-none = You met nobody yet. Next: offshift meet show
# $method: method-in_person or method-call.
contact-line = { $handle }  { $method } on { $day }
contact-own-phone = { $handle }  your other phone on { $day }
# Behind one of the two above, after a comma.
contact-used = for a room of yours
meet-show-who = Let one person scan this, or type it:
meet-show-warning = It is good for ten minutes and for one person. Show it to nobody else.
meet-waiting = Waiting for the other device.
meet-minutes-left = { $count ->
    [one] Waiting. { $count } min left.
   *[other] Waiting. { $count } min left.
}
meet-read-aloud = { $handle } is there. Read the words aloud to each other:
meet-same-words = Do both screens show the same words?
meet-compare-next = If both screens show the same words: offshift meet confirm
    If not: offshift meet confirm --differ
meet-not-confirmed = the words are not confirmed yet; they wait for ten minutes
meet-stopped = the meeting was stopped
meet-none-waits = no meeting waits for you
meet-several-wait = more than one meeting waits for you
meet-several-wait-next = offshift meet confirm HANDLE
meet-words-differ = the words differ, so somebody may be in between; nobody was added
meet-words-differ-next = look who else is near, then: offshift meet show
meet-no-ticket = neither of you has a ticket of this relay
meet-no-ticket-next = { $known ->
    [no] ask whoever runs the relay for one, then: offshift relay ticket CODE, and meet again
   *[yes] ask { $contact } for one, then: offshift relay ticket CODE, and meet again
}
meet-one-ticket = { $known ->
    [no] You have no ticket of this relay. It works if the other one has.
        If not, ask whoever runs the relay, then: offshift relay ticket CODE
   *[yes] You have no ticket of this relay. It works if the other one has.
        If not, ask { $contact }, then: offshift relay ticket CODE
}
meet-linked = Linked with { $handle }. Both phones are you now. On the new one: offshift inbox
meet-met-next = You met { $handle }. Next, if { $handle } is new to a room of yours:
      offshift vouch ROOM { $person_word }
    If you are new to a room of theirs, meet one more of it:
      offshift meet show --like { $person_word }
    If you found a room together:
      offshift room found NAME --with { $person_word }

## Who and which is meant

find-several = more than one goes by "{ $person }"
find-several-next = use the number in place of the handle: offshift members ROOM, offshift contacts
find-no-room = no room is called "{ $room }" here
find-no-room-next = offshift inbox, then: offshift room list
find-several-rooms = more than one room has this name
find-several-rooms-next = offshift room list, then use the room's number
find-not-met = you have not met "{ $person }"
find-not-in = "{ $person }" is not in "{ $room }"
find-members-next = offshift members { $room_word }

## Rooms

room-none = No room yet. Next: offshift room found NAME --with HANDLE
# Parts of one line, by commas.
room-not-in-it = you are not in it any more
room-only-you = only you
room-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
# $count: own messages that are not with the relay yet.
room-waiting = { $count ->
    [one] { $count } waiting
   *[other] { $count } waiting
}
room-second-organizer = a room needs a second organizer, so that it does not depend on one phone
room-second-organizer-next = the same command with --organizer HANDLE
room-founded = { $away ->
    [yes] The room "{ $room }" is founded. { -waits-here } Only people in this room can read it.
        Next: offshift send { $room_word } "Hello"
   *[no] The room "{ $room }" is founded. Only people in this room can read it.
        Next: offshift send { $room_word } "Hello"
}
room-added = { $away ->
    [yes] { $handle } is added. { -waits-here } They read what comes from now on, nothing from before.
   *[no] { $handle } is added. They read what comes from now on, nothing from before.
}
room-go-on-title = Write again in "{ $room }":
room-go-on-third = Do this only if a third member sees the same members and messages as you.
room-go-on-if-not = If not, the relay shows you two different rooms: leave it.
room-going-on = { $away ->
    [yes] You can write in "{ $room }" again. { -waits-here }
   *[no] You can write in "{ $room }" again.
}

## A change that waits or was dropped

change-dropped-next = look again, then the same command
change-untrusted = this network answers in the relay's place; the change waits on this device, nothing was sent
# $count of $needed people are for it.
change-waits = Asked for. { $count } of { $needed } are for it; until the last is, nothing changes.
    The others find it with: offshift policy show { $room_word }

## The door

door-nobody = Nobody waits to come in. Next, when you met somebody: offshift vouch { $room_word } PERSON
door-returning = { $handle } asks to come back, away since { $day }.
    { "  " }An organizer can let them: offshift room admit { $room_word } { $person_word }
door-objected = { $away ->
    [yes] You are against letting { $handle } in. Everybody in "{ $room }" reads why. { -waits-here }
   *[no] You are against letting { $handle } in. Everybody in "{ $room }" reads why.
}
door-admitted = { $away ->
    [yes] { $handle } is let into "{ $room }". { -waits-here } They read what comes from now on, nothing from before.
   *[no] { $handle } is let into "{ $room }". They read what comes from now on, nothing from before.
}
door-admit-title = Let { $handle } into "{ $room }":
door-reads-from-now = They read what comes from now on, nothing from before.
door-everybody-sees = Everybody sees who let them in, and who vouched.
door-put-out-again = You can put them out again. It cannot erase what they have read by then.
door-return-title = Let { $handle } back into "{ $room }":
door-return-away = Their device says that it was away since { $day }.
door-return-ask = Ask { $handle } first, face to face or in a call: whoever has that phone comes back.
door-return-reads = They read what comes from now on, nothing from the time in between.
door-unknown = nobody vouched for "{ $person }" in "{ $room }"
door-unknown-next = meet them, then: offshift vouch { $room_word } PERSON

## Vouching and review

vouch-done = { $away ->
    [yes] You vouch for { $handle } in "{ $room }". Everybody in it sees that. { -waits-here }
   *[no] You vouch for { $handle } in "{ $room }". Everybody in it sees that.
}
vouch-again = { $away ->
    [yes] You vouch for { $handle } again in "{ $room }". Everybody in it sees that. { -waits-here }
        When enough have, an organizer ends the review:
          offshift review { $room_word } --confirm { $person_word }
   *[no] You vouch for { $handle } again in "{ $room }". Everybody in it sees that.
        When enough have, an organizer ends the review:
          offshift review { $room_word } --confirm { $person_word }
}
review-nobody = Nobody in "{ $room }" is under review.
review-title = Somebody who vouched for these was put out. Their own vouches do not count
    until others vouch for them again:
review-next = Who knows them: offshift vouch { $room_word } PERSON --again
    Then an organizer: offshift review { $room_word } --confirm PERSON
review-end-title = End the review of { $handle } in "{ $room }":
review-end-counts = Their own vouches count again. Everybody sees that you did it.
review-end-needs = It needs as many vouches as it took to let them in, all of people who are trusted.
review-ended = { $away ->
    [yes] { $handle } is not under review any more. { -waits-here }
   *[no] { $handle } is not under review any more.
}

## Putting somebody out

out-title = Put { $handles } out of "{ $room }":
out-several = Several at once need two organizers; you are the first or the second.
out-recall = No organizer is needed: members of two branches whose word counts must all ask for it.
# $handles: one person or several.
out-reads-nothing = { $handles } will read nothing new, on any phone. For who is online that takes seconds.
out-keys-stay-out = Their keys can't come back until two organizers allow it.
out-vouched-for = They vouched for { $handles }. Nobody is put out for that, but others may have to vouch again.
out-everybody-sees = Everybody sees that you did it.
out-cannot-erase = { -cannot-erase }
out-done = { $away ->
    [yes] { $handles } is out of "{ $room }". { -waits-here } { -cannot-erase }
        Next: offshift exposure { $room_word } { $person_word }, then: offshift review { $room_word }
   *[no] { $handles } is out of "{ $room }". { -cannot-erase }
        Next: offshift exposure { $room_word } { $person_word }, then: offshift review { $room_word }
}

## Phones

# $this: "yes" for the phone that shows this. $first: "yes" for the one that others vouched for.
phone-line = { $this ->
    [yes] { $first ->
        [yes] { $handle }, this one, the one that others vouched for, in the room since { $day }
       *[no] { $handle }, this one, in the room since { $day }
    }
   *[no] { $first ->
        [yes] { $handle }, the one that others vouched for, in the room since { $day }
       *[no] { $handle }, in the room since { $day }
    }
}
phone-list-next = Next: offshift phone link { $room_word }
phone-link-who = On your other phone:
phone-link-warning = It is good for ten minutes. Whoever scans it and shows the same words is you, in this room.
phone-stop-title = Stop the phone of { $handle } in "{ $room }", number { $number }:
phone-stop-reads-nothing = That phone reads nothing new. For who is online that takes seconds.
phone-stop-new-profile = Its owner comes back with a new profile: two members meet them and vouch again.
phone-stop-goes-on = Its owner goes on with: { $handles }.
phone-stop-nobody-touched = Nobody whom they vouched for is touched: a lost phone is nobody's fault.
phone-stop-cannot-erase = It cannot erase what that phone already has.
phone-stopped = { $away ->
    [yes] The phone of { $handle } is stopped in "{ $room }". { -waits-here } It cannot erase what it already has.
   *[no] The phone of { $handle } is stopped in "{ $room }". It cannot erase what it already has.
}

## Members

members-title = { $room }, number { $number }
    Relay { $relay }. { -relay-promise }
    In this room:
members-past = Not in it any more:
note-gone = The note is gone.
note-kept = Kept on this device only.

## What somebody could read

exposure-can-read = { $handle } can read, since { $day }.
exposure-could-read = { $handle } could read from { $days }.
exposure-could-read-on = { $handle } could read on { $day }.
exposure-no-message = This device has no message of that time.
# $days: "1 to 9 Nov", or one day.
exposure-messages = { $count ->
    [one] They have { $count } message of { $days }.
   *[other] They have { $count } messages of { $days }.
}
exposure-unknown = { $count ->
    [one] { $count } of them are of a kind that is not shown here.
   *[other] { $count } of them are of a kind that is not shown here.
}
exposure-blind-before = You came in on { $day }: what was said before, this device can't count. Ask somebody who was there.
exposure-vouched-for = They vouched for { $handles }.
exposure-review = To be vouched for again: { $handles }.

## The rules of a room

policy-title = { $founding ->
    [yes] Rules of { $room }. Organizers: { $organizers }. Founders can still be added: nobody was let in by vouches yet.
   *[no] Rules of { $room }. Organizers: { $organizers }.
}
policy-waits = Waits for approval:
# $value: as people type it, for instance 3, 7d, yes.
policy-coming = { $value } from { $day } on
policy-motion-state = { $count } of { $needed } are for it: { $handles }. It waits until { $day }.
policy-you-are-for-it = You are for it.
policy-approve-next = If you are for it: offshift policy approve { $room_word } { $number_word }
policy-propose-title = In "{ $room }": { $what }
policy-two-must-approve = Two organizers must approve. You are the first; everybody sees it.
policy-easier-later = What makes it easier to come in binds three days after the second approval.
policy-lift = let members vouch for { $handle } again
policy-not-a-rule = "{ $text }" is not RULE=VALUE
policy-next = offshift policy show { $room_word }
policy-was-not-out = "{ $person }" was not put out of "{ $room }"
policy-unknown-motion = nothing with this number waits for approval
policy-so-far = { $count } of { $needed } are for it so far. With the last it is done.
policy-reads-nothing = Who is put out reads nothing new, on any phone.
policy-everybody-sees = Everybody in the room sees that you approved.
policy-approve-title = Approve in "{ $room }": { $what }
policy-decided = { $away ->
    [yes] Decided: { $what }. { -waits-here } See it: offshift policy show { $room_word }
   *[no] Decided: { $what }. See it: offshift policy show { $room_word }
}

## Reading

inbox-nothing = Nothing new.
inbox-slow = the relay is very slow; not all is here yet
inbox-coming-back = Asking the organizers' devices to let this one back into the room.
inbox-watching = Watching. Ctrl-C ends it.
inbox-no-signals = the system gave no signals
inbox-lost = You can't read or write here now. See why: offshift alarms
