### Offshift: page
###
### What the page of `offshift open` says. Names, rooms and texts of people come as arguments.

## Everywhere

# $place is the name of the screen.
page-title = { $place } · Offshift
page-skip = Skip to the content
page-close = Close
page-cancel = Cancel
page-no = No, go back
page-save = Save
page-see = See it
page-you = You
page-somebody = somebody
page-copied = Copied.
page-copy-text = Copy the text
page-copy-address = Copy this address
page-show-all = Show all
page-everybody-sees = Everybody in the room sees that.
page-cannot-erase = It cannot erase what they already have.

## What went wrong

page-error-gone = Offshift does not answer. Open it again in the terminal.
page-error-refused = This page may not go on. Open it again in the terminal.
page-error-garbled = The answer can't be read. Try again.
page-error-busy = Offshift has much to do now. Wait a moment and try again.
page-error-locked = Offshift is locked. Type your passphrase.
page-error-too-old = This version of Offshift can't do that. Update it.
page-error-page = Something in this page went wrong. Load it again.
page-error-other = That did not work. Try again.

## Lock, and the end

page-locked-title = Locked
page-locked-text = Type your passphrase to open your rooms.
page-passphrase = Passphrase
page-passphrase-show = Show what I type
page-unlock = Open
page-unlocking = Opening…
page-lock = Lock now
page-bye-title = Open this page from the terminal
page-bye-text = This address works once, for one tab. Get a new one with this command:
page-stopped-title = Offshift was closed
page-stopped-text = Your messages are safe on this device. To go on, use this command:
page-crowded-title = Too many tabs
page-crowded-text = Offshift is open in as many tabs as it can serve. Close one of them, then load this page again.
page-notice = New messages.

## Frame

page-rooms = Rooms
page-rooms-none = No room yet.
page-to-rooms = Back to the rooms
page-home = Home
page-search = Search
page-alarms = Alarms
page-settings = Settings
page-meet = Meet somebody
page-found = Found a room
page-reach-here = Connected
page-reach-some = A relay is away. Some messages wait.
page-reach-away = No connection. Messages wait.
page-reach-trust = Somebody else answers for your relay. Use mobile data.
page-reach-none = No relay yet
page-unread = { $count ->
    [one] { $count } new message
   *[other] { $count } new messages
}
page-room-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
page-room-safe = { $count ->
    [one] { $count } person. Only people in this room can read this.
   *[other] { $count } people. Only people in this room can read this.
}
page-room-out = You were put out of this room
page-room-lost = Waits to be taken back
page-room-stale = No sign of the organizers
page-room-waiting = { $count ->
    [one] { $count } message waits
   *[other] { $count } messages wait
}
page-room-draft = You began to write
page-room-parts = Parts of this room
page-tab-talk = Talk
page-tab-people = People
page-tab-door = Newcomers
page-tab-plans = Plans
page-tab-files = Files
page-tab-rules = Rules

## Home

page-hello-morning = Good morning, { $name }
page-hello-day = Good afternoon, { $name }
page-hello-evening = Good evening, { $name }
page-hello-night = Good night, { $name }
page-home-read = You have read everything.
page-home-choose = Choose a room, or press ? for the keys.
page-home-unread = { $count ->
    [one] There is something new in { $count } room.
   *[other] There is something new in { $count } rooms.
}
page-home-mentions = { $count ->
    [one] { $count } message is for you.
   *[other] { $count } messages are for you.
}
page-begin = Three steps, and you have a room.
page-begin-done = Done.
page-begin-relay = Add a relay
page-begin-relay-text = A relay passes messages and cannot read them. Ask your union for its link or a ticket.
page-begin-relay-do = Add a relay in the settings
page-begin-meet = Meet your people
page-begin-meet-text = Sit together. One shows a code, the other uses it. Then you both compare three words.
page-begin-found = Found a room
page-begin-found-text = With people whom you met. Newcomers come in later, when two members vouch for them.

## Keys

page-keys-title = Keys
page-keys-off = Switch the single keys off
page-key-search = Search
page-key-home = Go home
page-key-meet = Meet somebody
page-key-alarms = Show the alarms
page-key-settings = Show the settings
page-key-write = Go to where you write
page-key-unread = Go to the next room with new messages
page-key-walk = Go from message to message
page-key-act = Show what you can do with a message
page-key-send = Send what you wrote
page-key-line = Begin a new line
page-key-edit = Edit your last message, when nothing is written
page-key-escape = Close, or stop answering
page-key-list = Show these keys

## Conversation

page-messages = Messages
page-older = Looking for older messages…
page-looking = Looking for the message…
page-unread-line = New
page-to-newest = To the newest
page-talk-empty = Nobody has written here yet.
page-talk-empty-next = Write the first message below. Everybody in the room reads it.
page-arrived = { $who }: { $what }
page-organizer = Organizer
page-edited = edited
page-pinned = Pinned
page-pinned-all = Pinned messages
page-pinned-count = { $count ->
    [one] { $count } pinned
   *[other] { $count } pinned
}
page-sent = Sent
page-waiting = Waiting
page-waiting-other = Something of yours goes out by itself when there is a connection.
page-announcement = Announcement
page-taken-back = This message was taken back.
page-taken-back-own = You took this message back.
page-unknown-kind = This is a kind of message that this version does not know. Update to read it.
page-answer = Answer
page-answer-message = Answer this message
page-answer-to = Answer to
page-answer-lost = That message is not available.
page-answering = You answer { $who }:
page-editing = You edit:
page-more = More
page-react = React
page-react-with = React with { $mark }
page-react-other = React with your own word
page-react-word = One emoji or a short word
page-react-hint = Everybody in the room sees it, with your handle.
page-reactions = Reactions
page-reaction = { $count ->
    [one] { $mark } by { $who }
   *[other] { $mark } by { $who }
}
page-edit = Edit
page-pin = Pin to the top
page-unpin = Take the pin off
page-take-back = Take back
page-take-back-sure = Take this message back?
page-take-back-line = It goes away on every device that is online. Others see that you took something back.
page-snippet-poll = Poll: { $what }
page-snippet-plan = Plan: { $what }
page-snippet-file = File: { $what }
page-banner-lost = This device lost the room. It asks the organizers to take it back. What is said in the meantime, it can't show.
page-banner-stale = This device has not heard of the organizers for two days. Send nothing secret here until you have.
page-banner-gap = You were away. Some messages from { $from } to { $until } are not available.
page-foot-out = You were put out. You read nothing new here.
page-foot-lost = You can write again when this device is back in the room.
page-foot-organizers = Only organizers write here. You can react and answer polls.
page-write = Write a message
page-write-label = Write a message. Enter sends it.
page-send = Send
page-sensitive = Send only when it is sure who reads
page-sensitive-about = Sensitive: it goes only if this device surely knows who is in the room.
page-sensitive-off = Send it like any other
page-add = Add a file, a poll or a plan
page-mentions = People in this room
page-odd-zero-width = There are invisible characters in this text. They can show who copied it.
page-odd-bidi = There are marks in this text that turn its direction. It may read in another way for others.
page-odd-look-alike = Some letters in this text look like others. An address may lead to another place.
page-odd-private = There are characters in this text that look different on each device.
page-odd-other = There are odd characters in this text. Type it yourself if you can.
page-odd-clean = Clean the text

## What members said about the room

page-said-vouched = { $by } vouches for { $who } ({ $how }).
page-said-revouched = { $by } vouches for { $who } again ({ $how }).
page-said-objection = { $by } is against letting { $who } in.
page-said-objection-why = { $by } is against letting { $who } in: { $why }
page-said-approved = { $by } is for this: { $what }.
page-event-joined = { $who } came in, let in by { $by }. Who vouched: { $vouchers }.
page-event-founder = { $who } came in with the founding.
page-event-device = { $who } came in: a second phone of { $of }.
page-event-severed = { $who } was put out by { $by }. It cannot erase what they already have.
page-event-recalled = { $who } was put out by members. The last to ask for it was { $by }. It cannot erase what they already have.
page-event-stopped = { $by } stopped the phone of { $who }. It cannot erase what it already has.
page-event-rejoined = { $who } is back after a long time away.
page-event-confirmed = { $who } is not under review any more, by the word of { $by }.
page-event-review = To be vouched for again: { $who }.
page-event-carried = Decided: { $what }. Carried out by { $by }.
page-event-terms = From { $when } it is easier to come in. Who is against it, speak up now.
page-event-keys = The keys changed.
page-event-dropped = Your change was not made: { $why }
page-event-not-shown = Something from { $by } is not shown: it is broken or not allowed.
page-event-wants-back = { $who } asks to come back. An organizer decides.
page-event-without-ticket = { $who } got no ticket from you, for you have none to share. They read, but can't write yet.
page-motion-sever = Put { $who } out
page-motion-recall = Put { $who } out by the word of members
page-motion-terms = Change the rules: { $what }
page-motion-terms-same = Keep the rules as they are now
page-motion-name = Make { $who } an organizer
page-motion-drop = Make { $who } an organizer no more
page-motion-lift = Let members vouch for { $who } again
page-motion-other = Something that this version does not know

## Polls, plans, announcements

page-poll = Poll
page-poll-ask = Ask a poll
page-poll-question = Your question
page-poll-option = Answer { $at }
page-poll-more = One more answer
page-poll-allow-several = People may choose several
page-poll-several = You may choose several.
page-poll-send = Ask
page-poll-sent = Your poll is in the room.
page-poll-yours = your choice
page-poll-count = { $count ->
    [one] { $count } vote
   *[other] { $count } votes
}
page-poll-answers = { $count ->
    [one] { $count } person has answered.
   *[other] { $count } people have answered.
}
page-poll-closed = { $count ->
    [one] Closed. { $count } person answered.
   *[other] Closed. { $count } people answered.
}
page-poll-honest = Only counts are shown. A changed program could show a member who chose what.
page-poll-close = Close the poll
page-poll-close-sure = Close this poll?
page-poll-close-line = Answers after that do not count. You can't open it again.
page-poll-close-done = The poll is closed.
page-plan = Plan
page-plan-make = Make a plan
page-plan-title = What
page-plan-when = When
page-plan-place = Where
page-plan-note = What else to know
page-plan-send = Tell the room
page-plan-change = Change the plan
page-plan-changed = Changed by { $by }.
page-plan-off = Called off
page-plan-call-off = Call it off
page-plan-call-off-sure = Call off "{ $what }"?
page-plan-call-off-line = Everybody in the room sees it at once. You can't bring this plan back, but you can make a new one.
page-announce = Announce
page-announce-text = Everybody sees it as words of an organizer.
page-announce-words = What everybody must know
page-announce-send = Announce it
page-plans-coming = Coming
page-plans-past = Past
page-plans-none = No plan yet. Make one: what, when and where.
page-polls = Polls
page-polls-none = No poll yet. Ask the room something.
page-show-in-room = Show it in the room
page-look-back = Look further back

## Files

page-file-send-title = Send a file or photo
page-file-send = Send it
page-file-caption = Words that go with it
page-file-photo = This is a photo. It is painted anew first: place, time and camera are taken out of it.
page-file-inside = This file stays as it is. It may hold names of authors, dates and places. Look inside before you send it.
page-file-big = A file may have at most { $most }. Make it smaller.
page-file-progress = How much of { $name } is there
page-file-sending = Sending, { $share } of { $total }
page-file-stopped = It does not go on for now. It is tried again at the next start.
page-file-stop = Stop sending
page-file-offered = The relay keeps it until { $until }.
page-file-coming = { $share } is here
page-file-here = On this device
page-file-gone = The relay has forgotten it. Ask for it again.
page-file-damaged = What came is not what was sent. Get it again, or ask for it.
page-file-get = Get it
page-file-look = Look at it
page-file-look-at = Look at { $name }
page-file-picture-of = Picture from { $who }
page-file-save = Save it
page-file-saved = Saved to your downloads. There everybody with this device can read it.
page-file-from = { $who }, { $when }
page-files-none = No files yet.
page-files-none-next = Send a file or a photo. Nothing is fetched by itself: each person chooses.

## People

page-people-in = { $count ->
    [one] { $count } person is in the room
   *[other] { $count } people are in the room
}
page-people-past = { $count ->
    [one] Not in the room any more: { $count }
   *[other] Not in the room any more: { $count }
}
page-people-bring = Bring somebody in
page-person-more = What you can do about { $who }
page-under-review = Under review
page-probation = New: their vouches count from { $until } on
page-branch = Branch of { $of }.
page-origin-founder = Founded the room on { $when }.
page-origin-device = Another device of { $of }, since { $when }.
page-origin-vouched = Came in on { $when }. Who vouched: { $by }.
page-origin-voucher = { $who } ({ $how })
page-past-severed = Put out on { $when }
page-past-stopped = Phone stopped on { $when }
page-past-lifted = Put out; members may vouch for them again
page-past-left = Left on { $when }
page-lift = Let them be vouched for again
page-review-who = To be vouched for again: { $who }.
page-review-why = Somebody who vouched for them was put out. Nobody is put out for that. Who knows them, vouch again.
page-revouch = Vouch again
page-revouch-sure = Vouch for { $who } again?
page-revouch-line = You say that you met them in person and trust that they are who they say.
page-review-end = End the review
page-review-end-sure = End the review of { $who }?
page-review-end-line = Their own vouches count again.
page-review-end-needs = It needs as many vouches as it took to let them in.
page-note-edit = Write a note
page-note-on = Your note on { $who }
page-note = Note
page-note-hint = Only on this device. Nobody else ever sees it.
page-make-organizer = Make an organizer
page-drop-organizer = Organizer no more
page-link-phone = Link my other phone

## Getting somebody out

page-put-out = Put out of the room
page-put-out-sure = Put { $who } out?
page-put-out-yes = Put { $who } out
page-put-out-several = Put several people out
page-put-out-who = Who must go
page-put-out-nobody = Choose at least one person.
page-out-reads-nothing = { $who } will read nothing new, on any phone. For who is online that takes seconds.
page-out-keys = Their keys can't come back until two organizers allow it.
page-out-vouched = They vouched for { $who }. Nobody is put out for that, but others may have to vouch again.
page-out-seen = Everybody sees that you did it.
page-out-done = { $who } is out.
page-out-waiting = Asked. It waits for another organizer.
page-recall = Ask to put out
page-recall-sure = Ask to put { $who } out?
page-recall-line = No organizer is needed: members of two branches whose word counts must all ask for it.
page-recall-waiting = Asked. It waits for other members.
page-stop-phone = Stop that phone
page-stop-sure = Stop the phone of { $who }?
page-stop-reads-nothing = That phone reads nothing new. For who is online that takes seconds.
page-stop-goes-on = Its owner goes on with: { $who }.
page-stop-comes-back = Its owner comes back with a new profile: two members meet them and vouch again.
page-stop-nobody = Nobody whom they vouched for is touched: a lost phone is nobody's fault.
page-stop-cannot-erase = It cannot erase what that phone already has.
page-stop-done = The phone of { $who } is stopped.
page-exposure = What they could read
page-exposure-look = See what they could read
page-exposure-of = What { $who } could read
page-exposure-time = From { $from } until { $until }.
page-exposure-still = Since { $from }, and they still can.
page-exposure-messages = { $count ->
    [one] message
   *[other] messages
}
page-exposure-files = { $count ->
    [one] file
   *[other] files
}
page-exposure-plans = { $count ->
    [one] plan
   *[other] plans
}
page-exposure-polls = { $count ->
    [one] poll
   *[other] polls
}
page-exposure-unknown = { $count ->
    [one] of a newer kind
   *[other] of newer kinds
}
page-exposure-dates = The first is of { $from }, the last of { $until }, as far as this device has them.
page-exposure-blind = This device came in on { $when }. What was said before, it can't count.
page-exposure-next = What to do now
page-exposure-brought = Talk to those who came in by their word: { $who }.
page-exposure-brought-none = Nobody came in by their word.
page-exposure-review = Vouch again for who is under review: { $who }.
page-exposure-change-plans = Change meetings and plans that they knew.

## Newcomers

page-door-who = Who wants to come in
page-door-none = Nobody waits to come in.
page-door-none-next = When you met somebody in person, vouch for them here.
page-door-until = Until { $until }
page-door-missing = Not yet: { $why }.
page-door-ready = Enough members vouch. An organizer can let them in.
page-vouch = Vouch
page-vouch-too = Vouch, too
page-vouch-title = Vouch for somebody
page-vouch-who = Whom you met
page-vouch-for = Vouch for { $who } in "{ $room }"?
page-vouch-line = You say that you met them and trust that they are who they say.
page-vouch-once = A meeting is good for one room. For another room, meet again.
page-vouch-none = You met nobody new
page-vouch-none-next = Meet them in person first. Then you can vouch for them.
page-vouched = You vouch for them. Everybody in the room sees that.
page-vouch-fact = { $who } vouches: { $how } on { $when }
page-vouch-not = It does not count: { $why }.
page-against = { $who } is against it.
page-against-why = { $who } is against it: { $why }
page-object = Say no
page-object-sure = Say no to { $who }?
page-object-line = Everybody in the room reads why. It binds nobody: organizers decide.
page-object-why = Why
page-admit = Let them in
page-admit-sure = Let { $who } in?
page-admit-reads = They read what comes from now on, nothing from before.
page-admit-seen = Everybody sees who let them in, and who vouched.
page-admit-back = You can put them out again. It cannot erase what they have read until then.
page-admit-changed = Something about this newcomer has changed. Read it again before you let them in.
page-admitted = { $who } comes in.
page-returning = They ask to come back. Their device was away since { $since }.
page-return = Let them come back
page-return-sure = Let { $who } come back?
page-return-away = Their device says that it was away since { $since }.
page-return-ask = Ask { $who } first, face to face or in a call: whoever has that phone comes back.
page-return-reads = They read what comes from now on, nothing from the time in between.

## Rules

page-rules = Rules of this room
page-rules-organizers = Organizers: { $who }.
page-rules-founding = Founders can still be added: nobody was let in by vouches yet.
page-rules-change = You can propose a change. Another organizer must approve it.
page-rules-read = Organizers can change them, two together.
page-motions = Waits for approval
page-motions-waiting = { $count ->
    [one] { $count } decision waits for approval
   *[other] { $count } decisions wait for approval
}
page-motion-state = { $count ->
    [one] { $count } of { $needed } is for it.
   *[other] { $count } of { $needed } are for it.
}
page-motion-for = For it: { $who }.
page-motion-until = It waits until { $until }.
page-motion-yours = You are for it.
page-approve = Approve
page-approve-last = { $count ->
    [one] { $count } of { $needed } is for it so far. With the last it is done.
   *[other] { $count } of { $needed } are for it so far. With the last it is done.
}
page-approve-out = Who is put out reads nothing new, on any phone.
page-approved = You are for it. It waits for others.
page-decided = Decided.
page-propose = Propose it
page-proposed = Proposed. It waits for another organizer.
page-propose-two = Two organizers must approve. You are the first; everybody sees it.
page-propose-later = What makes it easier to come in binds three days after the second approval.
page-term-vouches = Members who must vouch for a newcomer
page-term-probation = Time before a newcomer's own vouches count
page-term-vouch-budget = Newcomers that one member can vouch for in 90 days
page-term-calls = A vouch after a call counts
page-term-recall = Members who together can put anyone out
page-term-rejoin = Time away after which an organizer confirms a return
page-term-key-age = How old the keys may grow while people write
page-term-message-life = How long relays keep messages
page-term-change-life = How long relays keep changes and invitations
page-term-disappear = How long devices keep messages
page-term-organizers-post = Only organizers may write
page-term-change = Change: { $term }
page-term-change-short = Change
page-term-coming = { $value } from { $when } on
page-term-value = New value
page-term-unit = Unit
page-days = days
page-hours = hours
page-value-count = { $count }
page-value-yes = Yes
page-value-no = No
page-value-never = Until you erase them
page-value-at-once = At once
page-value-always = Any time

## Meeting

page-meet-lead = Sit together, face to face. It takes a minute.
page-meet-no-relay = Add a relay first. Without one there is no way to meet.
page-meet-show = Show a code
page-meet-show-text = The other person scans it or types it.
page-meet-use = Use their code
page-meet-use-text = The other person shows it to you.
page-meet-more = More ways
page-meet-call = We meet in a call, not face to face
page-meet-call-hint = Many rooms do not count that. You hear a voice, and do not see who else is there.
page-meet-like = I am new, and meet one more member of the room of:
page-meet-like-nobody = Nobody
page-meet-like-hint = Choose this when two members of one room vouch for you.
page-meet-let-scan = Let one person scan this.
page-meet-qr = The code of this meeting as a picture
page-meet-type = Type it instead
page-meet-copy = Copy the code
page-meet-secret = It is good for ten minutes and for one person. Show it to nobody else.
page-meet-until = Good until { $time }.
page-meet-ticket = You have no ticket of this relay. It works if the other one has.
page-meet-ticket-ask = You have no ticket of this relay. It works if the other one has. If not, ask: { $contact }.
page-meet-waiting = Waiting for the other device
page-meet-stop = Stop
page-meet-code = The code
page-meet-code-hint = Type it or paste it, as the other screen shows it.
page-meet-picture = Or a photo of the code
page-meet-picture-hint = The photo stays on this device.
page-meet-read = The code is read.
page-meet-no-code = There is no code in this picture. Take it again, closer and straight.
page-meet-no-picture = This is not a picture that can be read. Choose a photo.
page-meet-go = Go on
page-meet-used = The code is used.
page-meet-again = Meet one more
page-meet-over-expired = The ten minutes are over. Meet again with a new code.
page-meet-over-stopped = The meeting was stopped. Meet again with a new code.
page-meet-over-second = Another device used the same code. Look who else is near, then meet again with a new code.
page-meet-over-misbehaved = The other device, or somebody in between, broke the order of a meeting. Look who else is near, then meet again.
page-meet-unpaid = Neither of you has a ticket of this relay. Ask whoever runs the relay, add the ticket, and meet again.
page-meet-unpaid-ask = Neither of you has a ticket of this relay. Ask { $contact }, add the ticket, and meet again.
page-words-spoken = { $who } is there. The words are: { $words }.
page-words-read = { $who } is there. Read the words aloud to each other.
page-words-three = Three words
page-words-question = Do both screens show the same words?
page-words-same = Yes, the same
page-words-differ = No, they differ
page-words-differ-title = Somebody may be in between
page-words-differ-text = The words differ, so nobody was added. Look who else is near, then meet again with a new code.
page-met = You met { $who }
page-met-vouch = If { $who } is new to a room of yours, vouch for them there:
page-met-new = If you are new to a room of { $who }, meet one more member of it.
page-met-found = If you found a room together with { $who }, do it here.
page-linked = Linked with { $who }
page-linked-next = Both devices are you now.
page-contacts = People you met
page-contact-met = { $how } on { $when }.
page-contact-own = Your other device, since { $when }.
page-contact-used = Already used for a room.
page-link-lead = Bring your other phone into "{ $room }".
page-link-scan = Scan this with your other phone.
page-link-warning = It is good for ten minutes. Whoever scans it and shows the same words is you, in this room.
page-link-sure = This code links a device. Link it to yours?
page-link-own = Say yes only if the code is on your own other device. Afterwards you and whoever shows it to you are one person in their room.

## Founding

page-found-lead = A room begins with two to eight people who met each other.
page-found-none = To found a room, meet somebody first.
page-found-name = Name of the room
page-found-name-hint = Only people in the room see it.
page-found-who = Who founds it with you
page-found-organizer = { $who } is an organizer, too
page-found-needs = At least one of them must be an organizer, too. Tick it beside their name.
page-founded = The room is there.

## Search

page-search-words = Words
page-search-room = Where
page-search-all = All rooms
page-search-hint = The search runs on this device only.
page-search-found = { $count ->
    [one] { $count } message found
   *[other] { $count } messages found
}
page-search-many = { $count ->
    [one] The newest message is shown. Add a word to find less.
   *[other] The newest { $count } are shown. Add a word to find less.
}
page-search-none = Nothing found.
page-search-none-next = Try fewer words. What has disappeared is not found any more.

## Alarms

page-alarms-about = What may be an attack, or a device left behind. Alarms are kept.
page-alarms-none = No alarms.
page-alarms-none-next = If something looks wrong, it stands here with what to do.
page-alarm-count = { $count ->
    [one] { $count } time
   *[other] { $count } times
}
page-alarm-some-room = a room
page-alarm-room = Go to the room
page-alarm-evidence = Save the evidence
page-alarm-evidence-line = Others can check it. Whoever gets it learns which mailbox it is about.
page-alarm-go-on = Write on here
page-alarm-go-on-sure = Did you compare with others?
page-alarm-go-on-line = Go on only if a third member sees the same as you.
page-alarm-go-on-else = If not, found the room again at another relay.
page-alarm-went-on = You can write here again.

## Settings

page-settings-you = Others see you as { $name }.
page-settings-look = Look and language
page-settings-notices = Notifications
page-settings-safe = Safety on this device
page-settings-copy = Copies, and an end
page-look-theme = Colours
page-look-contrast = Contrast
page-look-text = Size of text
page-look-language = Language
page-look-auto = As on this device
page-look-light = Light
page-look-dark = Dark
page-look-more = High
page-look-usual = Usual
page-look-large = Large
page-look-larger = Larger
page-notices = Tell me when something comes
page-notices-about = It only says that there are new messages: no names, no words.
page-notices-cannot = This browser has no notifications.
page-notices-refused = Your browser does not allow it. Change that in its settings for this page.
page-relays = Relays
page-relays-about = A relay passes messages and cannot read them.
page-relays-none = No relay yet. Ask your union for its link or a ticket.
page-relay-add = Add a relay
page-relay-added = The relay is added.
page-relay-link = Link or ticket
page-relay-link-hint = Take it from whoever runs the relay, best in person.
page-relay-try = Try it
page-relay-answers = The relay answers, and it is the right one.
page-relay-here = Connected
page-relay-away = Away
page-relay-unused = Not used now
page-ticket-add = Add a ticket
page-ticket-added = The ticket is added.
page-ticket-code = The ticket
page-ticket-code-hint = Copy all of it. It takes the place of an earlier one.
page-ticket-ask = Ask for one: { $contact }.
page-ticket-ask-host = Ask whoever runs the relay for one.
page-ticket-unknown = Not asked yet whether it wants a ticket.
page-ticket-open = Open: you need no ticket.
page-ticket-good = Your ticket is good.
page-ticket-missing = No ticket. Whoever takes you into a room gives you one by itself.
page-ticket-refilling = Your ticket is good, but just used up. It goes on by itself within minutes.
page-ticket-used-up = Your ticket is used up for today. It goes on by itself tomorrow; what you wrote is kept.
page-ticket-refused = It does not take your ticket any more.
page-ticket-distrusted = Your ticket is not used: this relay may tell you apart by it. Look at the alarms.
page-ticket-wrong-clock = Set this device's clock: it seems wrong. Then it goes on by itself; what you wrote is kept.
page-lock-about = Locked, nobody who takes this device reads your rooms. It also locks by itself when you do nothing for a while.
page-disappear-where = How long messages stay is a rule of each room: look at its rules.
page-export-about = Take a copy of everything along, closed by a passphrase of its own. It does not disappear.
page-copy-write = Write a copy
page-copy-passphrase = A passphrase for the copy
page-copy-written = The copy is written
page-wipe-about = Remove everything of Offshift from this device, for ever.
page-wipe = Destroy this profile
page-wipe-yes = Destroy it for ever
page-wiped-title = The profile is destroyed
page-wiped-text = Nothing of it is left on this device. You can close this tab.
page-passphrase-change = Change the passphrase
page-passphrase-changed = The passphrase is changed.
page-passphrase-old = Your current passphrase
page-passphrase-new = The new one
page-passphrase-again = The new one again
page-passphrase-hint = Five or more words that nobody would put together.
page-strength-very-weak = Very weak: anybody with this device opens it.
page-strength-weak = Weak: a machine finds it in days.
page-strength-good = Good.
page-strength-strong = Strong.
page-weak-common = Many people use it.
page-weak-word = It is one word. Add more words.
page-weak-date = It looks like a date.
page-weak-pattern = It repeats, or follows the keys.
page-passphrase-differ = The two new ones are not the same. Type both again.
page-passphrase-lost = If you forget it, nobody can open this profile: not you, not we.
