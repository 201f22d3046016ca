### Offshift: faces

engine-runs = The engine of this profile runs, and commands use it. Ctrl-C ends it.
engine-begins-locked = It is locked. Next: offshift unlock
engine-taken = an engine of this profile runs already
engine-taken-next = use it, or end it: offshift daemon --stop
engine-path-long = the name of this profile's folder is too long for an engine
engine-path-long-next = set XDG_RUNTIME_DIR to a folder of yours, or use a shorter one: offshift --profile DIR daemon
engine-no-socket = the system did not let the engine listen in the profile's folder
engine-no-socket-next = look at the disk and at who may write to the folder, then run the same command
engine-ended = The engine has ended.
engine-none = no engine of this profile runs
engine-locked = Locked. Next: offshift unlock
engine-unlocked = Unlocked.
engine-status-none = No engine runs. Each command opens the profile for itself.
engine-status-open = The engine runs, and the profile is open.
engine-status-locked = The engine runs, and the profile is locked. Next: offshift unlock
engine-none-next = offshift daemon
engine-status-idle =
    { $minutes ->
        [one] It locks after a minute without you.
       *[other] It locks after { $minutes } minutes without you.
    }
engine-status-never = It locks only when you say so: offshift lock
man-not-written = the pages can't be written there
man-not-written-next = offshift man FOLDER
man-written = The pages are written. Read the first one with: man FOLDER/offshift.1
engine-is-locked = this profile is locked
engine-is-locked-next = offshift unlock
engine-silent = the running engine of this profile does not answer
engine-silent-next = end it there, then run the same command
engine-foreign = the running engine of this profile is another user's
engine-foreign-next = run the command as that user, or use another profile: offshift --profile OTHER ...
engine-other-version = the running engine is of another version of this program
engine-other-version-next = end it and start it again: offshift daemon
engine-no-signals = the system gave no signals
engine-no-signals-next = offshift inbox

## The page

open-link = Your rooms are at { $link }
open-runs = The link is good once, for two minutes. Nothing leaves this computer by it. Ctrl-C ends it.
# A notification on the desktop: nothing of what was said, for others may look.
engine-notify = New messages.
