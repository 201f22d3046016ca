### Words and sentences that must be the same wherever they stand.
###
### Short, plain, verb first, at reading level A2. The glossary, for every language:
###   room         where people write to each other
###   relay        the machine that passes messages and cannot read them; never "server" or "node"
###   ticket       what a relay's host gives, so that the relay takes messages
###   profile      everything of one person on one device
###   founder      somebody who was in the room from its first day
###   organizer    somebody who lets people in and puts them out
###   member       somebody who is in a room
###   newcomer     somebody who is not in yet
###   vouch for    to say in the room that one met somebody in person
###   branch       everybody who came in through the same founder
###   sever        to put somebody out (the command `sever`)
###   put out      what was done to somebody who was severed; never "removed by force", "banned"
###   stop a phone to end what one lost phone can read
###   waiting      a message is on this device and goes out by itself
###   sent         a message is with the relay; never "delivered", never "read"
###
### Text between offshift and the end of a command is typed by people as it stands: never translate it, nor options
### like --yes. Words in CAPITALS inside a command stand for what a person fills in and stay as they are.
### Arguments whose names end in _word stand inside commands.

# Who hosts a relay can't read what it passes.
-relay-promise = It passes messages and cannot read them.
# Never say "erased" or "deleted" of what others have.
-cannot-erase = It cannot erase what they already have.
# After a change that the relay does not have yet.
-waits-here = The relay is away; this waits on your device and goes out by itself.
