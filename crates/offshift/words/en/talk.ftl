### What people write every day: messages, marks, polls, plans.

## Messages

# How own messages are marked, in place of a handle.
message-own = you
message-reply = (to { $number })
message-announcement = TO ALL: { $text }
message-taken-back = (taken back)
message-unknown = (a kind of message that this version does not know; update to read it)
message-edited = (edited)
message-pinned = (pinned)
message-mentions-you = (it mentions you)
# Behind a sentence, on a line of its own.
message-see = See: offshift { $command_word } { $room_word }
message-none = no message in this room has this number
message-none-next = offshift read { $room_word }
message-many = more than one message has this number
message-many-next = give more letters of it; offshift --json inbox shows all
take-back-done = Devices take the words away when they hear of it. Who has read it has read it.
pinned-none = Nothing is pinned here.

## What members say about the room, in place of words

# $method: method-in_person or method-call.
message-vouched = { $by } vouches for { $handle } ({ $method }).
message-vouched-again = { $by } vouches for { $handle } again ({ $method }).
message-objected = { $by } is against letting { $handle } in.
message-objected-why = { $by } is against letting { $handle } in: { $reason }
# $what: one of motion-...
message-approved = { $by } is for this: { $what }.

## Sending

send-sent = Sent.
send-waiting = Waiting. The message is kept and goes out by itself with the next: offshift inbox
# $why: a whole sentence.
send-waiting-why = Waiting. { $why } The message is kept and goes out by itself with the next: offshift inbox
send-put-out = you were put out of this room before that; nothing was sent
send-untrusted = this network answers in the relay's place; the message waits, nothing was sent
send-no-text = the input is not text

## Polls

poll-question = Poll: { $question }
# Number, answer, how many chose it.
poll-option = { $number }. { $text } - { $count }
poll-option-own = { $number }. { $text } - { $count } (your answer)
poll-answered = { $count ->
    [0] Nobody has answered yet.
    [one] { $count } person has answered.
   *[other] { $count } people have answered.
}
poll-closed = Closed: later answers do not count.
poll-how = Answer: offshift poll answer { $room_word } { $number_word } ...
poll-none = No poll here.

## Plans

plan-line = Plan: { $title }, { $when }
plan-line-at = Plan: { $title }, { $when }, { $place }
plan-called-off = CALLED OFF by { $handle }
plan-changed = Changed by { $handle }
plan-none = No plan is to come here.
plan-time-bad = this is not a time
plan-time-bad-next = a day and a time by the clocks here, as in: --at "2027-01-29 18:00"

## Sizes

size-bytes = { $count } B
size-kib = { $count } KiB
# With the sign between whole and tenths that your language has.
size-mib = { $whole }.{ $tenths } MiB

## Files

message-file = File: { $name }, { $size }

## Reading

read-older = Older messages: offshift read { $room_word } --before { $number_word }
read-none = Nothing was said here yet.
search-none = Nothing found on this device.
draft-kept = Kept on this device only.
draft-gone = The draft is gone.
draft-none = No draft here.

# In the list of rooms.
room-unread = { $count } new

## Before sending

odd-hidden = Look: the text has characters in it that nobody sees. They can mark a copy. Type it anew if you are not sure.
odd-turning = Look: the text has characters in it that turn the order of others.
odd-looks-like = Look: "{ $text }" mixes letters that look alike. It may not be the word that you read.

## What somebody could read

# Behind the number of all messages.
exposure-plans = { $count ->
    [one] { $count } of them is a plan: a time and a place.
   *[other] { $count } of them are plans: times and places.
}
exposure-polls = { $count ->
    [one] { $count } of them is a poll.
   *[other] { $count } of them are polls.
}
exposure-files = { $count ->
    [one] { $count } of them is a photo or another file.
   *[other] { $count } of them are photos or other files.
}
