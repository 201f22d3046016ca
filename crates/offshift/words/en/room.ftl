### Rooms: who is in, what happens there, what is decided, what went wrong.
###
### The page says these sentences, too: only text, arguments and choices ({ $x -> ... }), no functions.
### Sentences event-... stand behind the room's name in brackets, so they begin small.

## Choices
##
## $known: "no" where nobody is known by name, else "yes".
## $away: "yes" while the relay is away and the change waits on this device, else "no".
## Translate the sentences of each case, never the names of cases in [brackets].

## How two people met

method-in_person = met in person
method-call = met in a call

## What members decide together
##
## They stand behind a colon and inside sentences, so they begin small and have no full stop.

# $handles: one person or several.
motion-sever = remove { $handles }
motion-recall = remove { $handle } by the word of members
motion-terms-same = the policy as it is now
# $changes: rules as people type them, for instance "vouches 3, calls yes".
motion-terms = change the policy: { $changes }
motion-name-organizer = make { $handle } an organizer
motion-drop-organizer = { $handle } is an organizer no more
motion-lift = let { $handle } be vouched for again

## What each rule of a room means. Limit: 60 characters, it stands in a table.

term-vouches = members who must vouch for a newcomer, each of another branch
term-probation = how long a newcomer's own vouches do not count
term-vouch-budget = newcomers for whom one member's vouch counts in 90 days
term-calls = whether a vouch after a call counts
term-recall = members who together can remove anyone
term-rejoin = absence after which an organizer must confirm a return
term-key-age = how old the keys may grow while people write
term-message-life = how long relays keep messages
term-change-life = how long relays keep changes and invitations
term-disappear = how long devices keep messages; 0: until erased
term-organizers-post = whether only organizers may write; all may answer and react

## Alarms
##
## $who: the member, or the relay's host. $room: the room's name, or alarm-some-room.

alarm-none = No alarm. That is good.
alarm-some-room = a room
# !! stays; the word is in capitals, so that nobody overlooks it.
alarm-line = !! ALARM { $sentence }
# $ago: "3 h ago". $count: how often it happened.
alarm-when = { $count ->
    [1] ({ $ago })
   *[other] ({ $ago }, { $count } times)
}
alarm-what-to-do = What to do: { $advice }

alarm-fork = You and { $who } see different rooms in { $room }, or { $who }'s device lies.
alarm-gap = { $count ->
    [one] 1 message of { $who } in { $room } is missing here.
   *[other] { $count } messages of { $who } in { $room } are missing here.
}
alarm-stale = No sign of the organizers of { $room } for two days.
alarm-behind = Others in { $room } are further than this device.
alarm-rolled_back = This profile is older than what it wrote in { $room }: it is a copy.
alarm-time = { $who } made a change in { $room } that the relay shows at a false time.
# $why: one of the rules why-rule_...
alarm-refused = { $who } tried a change in { $room } that is not allowed: { $why }.
alarm-stranded = A change by { $who } left this device out of { $room }.
# $why: one of why-contradicts_...
alarm-relay_contradicts = { $known ->
    [no] A relay contradicts itself: { $why }.
   *[yes] The relay { $who } contradicts itself: { $why }.
}
alarm-issuer_keys = { $known ->
    [no] A relay gave members different keys for tokens, so it could tell them apart. Tokens of the rarer key are not used.
   *[yes] { $who } gave members different keys for tokens, so it could tell them apart. Tokens of the rarer key are not used.
}
alarm-false_tokens = { $known ->
    [no] A relay gave tokens with a false proof, so it could have marked them. None of them is used.
   *[yes] { $who } gave tokens with a false proof, so it could have marked them. None of them is used.
}
alarm-contradiction = { $known ->
    [no] A relay contradicts what it signed. The evidence is kept: offshift alarms.
   *[yes] { $who } contradicts what it signed. The evidence is kept: offshift alarms.
}

alarm-advice-fork = Ask a third member. If they see the same as you, put the other out and go on: offshift room go-on. If not, found the room again at another relay.
alarm-advice-gap = Ask them what they wrote. If it happens again, use another network.
alarm-advice-stale = Send nothing secret here until you have heard from an organizer.
alarm-advice-behind = Use another network, then sync again.
alarm-advice-rolled_back = Wait: this device asks the organizers to take it back.
alarm-advice-time = Look at your device's clock. If it is right, they and the relay may lie about time: check what changed with another organizer.
alarm-advice-refused = Nothing changed. Ask them; if they do not explain it, remove them.
alarm-advice-stranded = Wait: this device asks the organizers to take it back. Ask who made that change.
alarm-advice-relay_contradicts = Show the evidence to whoever runs the relay, and move to another one.
alarm-advice-issuer_keys = Ask whoever runs the relay why. If they can't say, found the room again at another relay.
alarm-advice-false_tokens = Ask whoever runs the relay why. If they can't say, found the room again at another relay.

## What happens

event-joined = { $handle } came in, let in by { $by }
# $vouchers: "ana (met in person), ben (met in a call)".
event-joined-by-vouches = { $handle } came in, let in by { $by }. Who vouched: { $vouchers }
event-phone-joined = { $handle } came in: a second phone of { $of }
event-rejoined = { $handle } is back after a long time away
event-review-needed = to be vouched for again: { $handles }.
event-confirmed = { $handle } is not under review any more, confirmed by { $by }
event-severed = { $handle } was put out by { $by }. { -cannot-erase }
event-recalled = { $handle } was put out by members; { $by } was the last to ask for it. { -cannot-erase }
event-phone-stopped = { $by } stopped the phone of { $handle }. { -cannot-erase }
event-decided = decided: { $what }, carried out by { $by }
event-terms-will-change = from { $day } it is easier to come in. Who is against it, speak up now.
event-room-opened = you are in this room. Only people in it can read it.
# $days: "1 to 9 Nov", or one day.
event-returned = you are back. Some messages from { $days } are not available.
event-keys-changed = the keys changed
event-without-ticket = { $handle } got no ticket from you, for you have none to share: they read, but can't write. Ask the relay's host for one: offshift relay list
event-change-dropped = your change was not made: { $why }
event-you-were-removed = { $by } put you out. You read nothing new from this room.
event-not-shown = { $known ->
    [no] something from someone is not shown: broken or not allowed
   *[yes] something from { $by } is not shown: broken or not allowed
}

## What happens outside of rooms

event-refused = The relay did not take a message yet: { $why }.
event-missed = Much happened at once. Nothing is lost: offshift inbox
event-relay-followed = The relay { $host } has a new key, signed by its old one. Nothing to do. Its link is now: { $link }
event-not-joined = { $known ->
    [no] An invitation from somebody whom you did not meet does not work, so you are not in. Meet again.
   *[yes] An invitation from { $handle } does not work, so you are not in. Meet again.
}
event-met = You met { $handle }.
event-untrusted = Do not trust this network: something on it answers in the relay's place. Nothing was sent. Use mobile data.
event-relay-away = The relay is away. This is what your device knew last.
event-meeting-expired = Ten minutes are over, the code is dead. Show a new one: offshift meet show
event-meeting-second-scanner = Somebody else used this code too. Nobody was added. Look who else sees the screen, then show a new code.
event-meeting-misbehaved = The two devices did not agree; somebody may be in between. Nobody was added. Show a new code.
event-meeting-stopped = The meeting was stopped. Nobody was added.

## Tickets of relays. $contact: whom to ask, in the host's own words.

ticket-unknown = Not asked yet whether it wants a ticket.
ticket-open = Open: you need no ticket.
ticket-good = Your ticket is good.
ticket-missing = { $known ->
    [no] No ticket. Whoever takes you into a room gives you one by itself. To write before that, ask whoever runs the relay, then: offshift relay ticket CODE
   *[yes] No ticket. Whoever takes you into a room gives you one by itself. To write before that, ask { $contact }, then: offshift relay ticket CODE
}
ticket-refilling = Your ticket is good, but just used up. It goes on by itself within minutes.
ticket-used-up = Your ticket is used up for today. It goes on by itself tomorrow; what you wrote is kept.
ticket-refused = { $known ->
    [no] It does not take your ticket any more. Ask whoever runs the relay for a new one, then: offshift relay ticket CODE
   *[yes] It does not take your ticket any more. Ask { $contact } for a new one, then: offshift relay ticket CODE
}
ticket-wrong-clock = Set this device's clock: it seems wrong. Then it goes on by itself; what you wrote is kept.
ticket-distrusted = Your ticket is not used: this relay may tell you apart by it. See: offshift alarms
ticket-waits = { $known ->
    [no] What you write waits for a ticket: ask whoever runs the relay, then: offshift relay ticket CODE
   *[yes] What you write waits for a ticket: ask { $contact }, then: offshift relay ticket CODE
}

## Who is in a room: parts of one line, by commas

member-you = { $handle } (you)
member-organizer = organizer
member-founder = founder
# A branch is everybody who came in through the same founder.
member-branch = branch of { $founder }
member-branch-of-nobody = branch of a founder who left
member-under-review = under review
member-new-until = new until { $day }
member-second-phone = second phone of { $handle }
# $vouchers: "ana (met in person) and ben (met in a call)".
member-vouched-for = vouched for by { $vouchers }
member-met = { $handle } ({ $method })
member-note = note: { $text }

## Who is not in it any more

past-stopped = phone stopped
past-lifted = put out, may be vouched for again
past-severed = put out
past-unknown = (handle unknown here)
# $how: one of the three above. $number: the start of the person's number.
past-line = { $handle }, { $how }, was in since { $since }, number { $number }
past-line-left = { $handle }, { $how } on { $left }, was in since { $since }, number { $number }

## Who waits to come in

applicant-line = { $handle }, number { $number }, waits until { $day }
applicant-vouch = { $handle } vouches for them: { $method }, { $day }
applicant-vouch-refused = { $handle } vouches for them: { $method }, { $day }. It does not count: { $why }
applicant-objection = { $handle } is against it
applicant-objection-why = { $handle } is against it: { $reason }
applicant-not-yet = Not yet: { $why }.
applicant-ready = An organizer can let them in: offshift room admit { $room_word } { $person_word }
applicant-not-ready = { $handle } can't be let in yet: { $why }
applicant-not-ready-next = offshift room applicants { $room_word }
