### Offshift: files

## What can be wrong

error-file_unreadable = this file can't be read: { $why }
error-file_not_a_file = this is no file; choose a file
error-file_empty = this file is empty; choose another one
error-file_too_long = a file has at most 25 MiB; make it smaller, or send it in parts
error-file_changed = the file changed while it was read; try again
error-file_broken_picture = this picture can't be read, so nothing can be taken out of it; save it anew as a JPEG
error-file_large_picture = this picture is too large; make it smaller first
error-file_bad_caption = the words that go with a file have at most 4 KiB; make them shorter
error-file_too_many = as many files as may be are on their way; wait for one, or stop one
error-file_no_file = this message is no file
error-file_elsewhere = this file does not lie at the room's relay, so it is not fetched; ask for it again
error-file_gone = the relay does not have this file any more; ask for it again
error-file_not_here = this file is not on this device yet; get it first
error-file_damaged = what came is not the file that was sent; ask for it again
error-file_no_picture = this file is no picture that can be shown
error-file_exists = there is something of this name already; choose another name
error-file_unknown_transfer = no such file is on its way
error-file_disk = the disk does not take it: { $why }

next-file_unreadable = offshift file send ROOM PATH
next-file_not_a_file = offshift file send ROOM PATH
next-file_no_file = offshift file list ROOM
next-file_not_here = offshift file get ROOM NUMBER
next-file_exists = offshift file get ROOM NUMBER --to OTHER
next-file_too_many = offshift file waiting
next-file_unknown_transfer = offshift file waiting

## Sending

file-keeps = This file leaves with all that it holds: names of authors, places, earlier versions.
file-picture = This picture is painted anew: place, time and camera are taken out.
file-relay-keeps = { $days ->
        [one] The relay keeps it for a day.
       *[other] The relay keeps it for { $days } days.
    } Who wants it must get it in that time.
file-send-question = Send it?
file-not-sent = nothing was sent
file-keeps-nobody = this file leaves with all that it holds, and nobody can be asked
file-keeps-nobody-next = the same command with --yes
file-sent = Sent. The others see it in the room and get it if they want to.
file-waits = It waits for the relay. It is kept and goes on while offshift runs. Next: offshift file go-on

## Getting

file-got = { $name } is on this device, sealed. To save a copy: offshift file get { $room_word } { $number_word }
file-saved = Saved: { $path }
file-saved-clear = Who can open this device can open that copy; it does not disappear with the message.
file-comes-on = the relay does not send more now; what is here is kept
file-comes-on-next = run the same command again: it goes on where it was
file-failed-gone = the relay does not have this file any more
file-failed-damaged = what came is not the file that was sent
file-failed-next = ask for it again in the room

## Lists

file-here = Here, sealed. To save a copy: offshift file get ROOM NUMBER
file-none = No file in this room.
file-none-waiting = No file is on its way.
file-line = { $number }  { $name }, { $size }, from { $handle }: { $state }
file-waiting-line = { $number }  { $name }, { $part } of { $size }: { $state }
file-progress = { $part } of { $size }, { $speed }/s
file-cancelled = Stopped. Nothing more of it leaves or comes.
file-state-offered = not here; the relay has it until { $until }
file-state-coming = coming
file-state-here = here
file-state-gone = gone
file-state-damaged = not what was sent
file-state-leaving = leaving
file-number-many = more than one file has this number
file-number-many-next = give more letters of it
file-number-none = no file has this number here
file-number-none-next = offshift file list ROOM
