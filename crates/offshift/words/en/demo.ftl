### `offshift demo`: the whole story on one computer. ana, bob, carol, dana and mark are handles and stay as they are.

## What can go wrong

demo-no-folder = no temporary folder can be made
demo-no-folder-next = free some space, then: offshift demo
demo-no-signals = the system gave no signals
demo-stopped = the demo was stopped
demo-next = offshift demo
demo-slow = this computer is too slow for the demo, or something hangs
demo-words-differ = the words differ
demo-building = Building the relay first, this happens once.
demo-not-built = the relay could not be built
demo-not-built-next = cargo build --release -p offshift-relay
demo-no-relay = the program offshift-relay is not beside this one
demo-no-relay-next = install both in one folder, then: offshift demo
demo-relay-failed = the relay did not start or stop as it should
demo-relay-failed-next = offshift-relay serve --dev

## The titles of the story. Limit: 80 characters.

demo-relay-starts = A relay starts. { -relay-promise }
demo-profiles = Three people make profiles. No phone number, no e-mail.
demo-ticket = ana has a ticket from the relay's host. The others need none: she brings them in.
demo-meet = They meet in person. Both screens must show the same words.
demo-found = ana founds a room with bob and carol. Only people in it can read it.
demo-talk = They talk.
demo-relay-stops = The relay stops. A message waits on ana's device.
demo-relay-back = The relay is back. The message goes out by itself.
demo-newcomer = dana is new. ana and carol meet her and vouch for her. bob lets her in.
demo-infiltrator = mark has talked carol into vouching for him. Nobody else knows him.
demo-severed = carol turns out to work for the company. ana puts her out.
demo-side-by-side = Side by side: what people read, and what the relay holds.

## What happens

demo-names = ana, bob, carol
demo-ticket-taken = the relay takes it, and can't tell what it pays for
demo-have-it = bob and carol have it
# Both screens show the same words, or not.
demo-same = same
demo-different = DIFFERENT
demo-sent = Sent
demo-waiting = Waiting
demo-organizer = { $handle } (organizer)
# $all: messages that ana has; $some: those that dana has.
demo-before = What was said before, dana can't read: { $all } messages for ana, { $some } for dana.
demo-vouches = { $by } vouches for { $handle }. Everybody in the room sees it.
demo-each-device = Each founder's device is told to let him in all the same:
demo-refused = refused: { $why }
demo-learned-nothing = mark's own device has learned nothing of the room, not even its name.
demo-asked-again = carol's own profile, asked again: put out. { $before } messages before, { $now } now.

## What they write to each other

demo-says-bonus = The night bonus is gone from my payslip. Yours?
demo-says-march = Mine too. Since March.
demo-says-ask = Let us ask the others on Friday.
demo-says-friday = Friday, six, at the bus stop.
demo-says-hello = Hello. I am dana, from packing.
demo-says-bakery = New place: the bakery, Friday, seven.
demo-says-now = And now?

## Side by side. The right column has 37 characters.

demo-read-ana-bob = ana and bob read:
demo-read-dana = dana reads:
demo-read-carol = carol reads:
demo-holds = The relay holds:
# Limits: 8, 7, 7 and 12 characters.
demo-column-mailbox = mailbox
demo-column-size = size
demo-column-left = left
demo-column-sealed = sealed bytes
demo-more = { $count ->
    [one] and { $count } more like these
   *[other] and { $count } more like these
}
# How long the relay keeps it. Limit: 7 characters.
demo-left-minutes = { $count ->
    [one] { $count } min
   *[other] { $count } min
}
demo-left-hours = { $count ->
    [one] { $count } h
   *[other] { $count } h
}
demo-left-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
demo-end = Every message arrived once and in order. Nobody read what was not for them.
    The profiles and the relay's data are erased now.
    To begin for real: offshift start
