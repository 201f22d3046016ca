### Errors: one plain sentence with what to do, and the next command.
###
### They stand behind "offshift: " and before ". Next: ", so they begin small and have no full stop at the end.
### Keys are error-KIND by the kinds of the library (proto/spec/rpc.md), and why-KIND for reasons.

## Around every error

# $next_word is a command or a short instruction, see next-... below.
failure-line = offshift: { $sentence }. Next: { $next_word }
failure-no-resources = the system gave no resources to run
failure-no-resources-next = close other programs, then try again

## The next step

# Commands stay as they are; translate what stands around them.
next-version = offshift --version
next-other-network = use another network, for instance mobile data, then run the same command
next-again-kept = run the same command again; what waits is kept
next-again = run the same command again
next-ticket = offshift relay ticket CODE, with all of the code in quotes
next-relay = offshift relay add offshift://...
next-handle = offshift start --handle NAME
next-room-name = offshift room found NAME --with HANDLE
next-text = offshift send ROOM TEXT
next-meet = offshift meet show
next-rooms = offshift room list
next-members = offshift members ROOM
next-refused = offshift members ROOM, offshift policy show ROOM
next-applicants = offshift room applicants ROOM
next-objections = offshift room applicants ROOM, then the same command with --despite-objections
next-policy = offshift policy show ROOM
next-device-code = offshift phone link ROOM, on your other phone
next-note = offshift note ROOM PERSON TEXT
next-help = offshift --help
next-start = offshift start
next-other-profile = offshift --profile OTHER start
next-inbox = offshift inbox
next-confirm = offshift meet confirm
next-mobile-data = use mobile data, then: offshift inbox
next-close = close it there, then run the same command

## Asked of the program

error-no_relay = this profile has no relay yet; add one first
error-unknown_relay = this relay is not one of this profile's; add it first
error-other_relay = these two links name different addresses, so they are different relays; add the new one alone
error-too_many = this profile has as many { $what ->
        [rooms] rooms
        [relays] relays
        [meetings] meetings
        [contacts] contacts
       *[other] { $what }
    } as it may have
error-bad_handle = a handle is 1 to 32 plain characters on one line; choose another
error-bad_room_name = a room's name is 1 to 128 plain characters on one line; choose another
error-bad_text = a message has at least one character and at most 48 KiB; make it shorter
error-unknown_meeting = this meeting is over or never was; meet again with a new code
error-no_words = there are no words to compare; meet again with a new code
error-meeting_expired = the meeting is over; meet again with a new code
error-meeting_stopped = the meeting is over; meet again with a new code
error-meeting_second_scanner = the meeting is over; meet again with a new code
error-meeting_misbehaved = the meeting is over; meet again with a new code
error-unknown_contact = you have not met this person
error-contact_used = your meeting with this person is already used for a room; for another room meet again
error-card_used = the card that this person got is used or too old; meet both again, one like the other
error-objections = { $count ->
        [one] 1 member objects; read why, then admit all the same or not at all
       *[other] { $count } members object; read why, then admit all the same or not at all
    }
error-unknown_room = there is no such room on this device
error-unknown_member = this person is not in the room
error-unknown_applicant = nobody vouches for this person here; list the applicants again
error-unknown_motion = there is no such motion, or it is over; list the motions again
error-unknown_message = there is no such message on this device; it may have disappeared
error-not_yours = only who wrote a message changes it or takes it back, and only its words
error-bad_mark = a mark is an emoji or a short word
error-bad_poll = a poll has a question and 2 to 16 short answers; change it
error-bad_plan = a plan has a title, and a time; make its texts shorter than 512 bytes
error-not_a_poll = this message is not a poll
error-not_a_plan = this message is not a plan
error-bad_answer = the poll does not take this answer; look at it again
error-poll_closed = this poll is closed; answers do not count any more
error-bad_note = a note has at most 512 bytes; make it shorter
# $why is one of the sentences why-... below.
error-refused = { $why }
error-not_allowed = the room's rules do not allow it: { $why }
error-closed = the profile is closed; open it again
# $what is English, for whoever mends the program.
error-bug = a defect in this program: { $what }; please report it

## Asked of a running engine

error-bad_params = a part of what was asked is missing, wrong or too much; bring both programs to the same version
error-not_json = what was asked can't be read; bring both programs to the same version
error-not_a_request = what was asked can't be read; bring both programs to the same version
error-no_such_verb = the running Offshift can't do that; bring it to this version
error-locked = the profile is locked; unlock it first
error-already_open = the profile is open already; lock it first
error-too_much = this is too much at once; ask for less of it
error-no_page = this engine shows no page; end it and open one
error-not_for_the_page = a page can't ask for this; use a command
error-no_code_in_picture = no code was found in this picture; take it again, closer and straight

## Rules

error-bad_term_name = a policy has no such term; show the policy for their names
error-bad_term_value = this term does not take that value; it takes a number, a time like 7d or 12h, yes or no

## The profile on this device

error-vault_missing = there is no profile here; make one first, or name another
error-vault_exists = there is a profile here already; use it, or name another
error-vault_in_use = this profile is open in another window or program; close that one first, then try again
error-vault_wrong_passphrase = the passphrase is not right; try again, and look at the keyboard language and caps lock
error-vault_not_a_vault = the file `vault` in this profile is not an Offshift vault; put back your copy of the profile
error-vault_newer = this profile was written by a newer Offshift; install that version and try again
error-vault_damaged = the passphrase is right, but the profile's file is damaged; put back a copy of the profile, or make a new one and meet people again
error-vault_disk = the disk refused to read or write the profile ({ $why }); free some space or look at the disk, then try again
error-vault_unsettled = the disk refused to write the profile; look at the disk, then start again
error-vault_full = this profile is full; make a new one
error-vault_resources = the system has too little memory to open a profile; close other programs, then try again
# $what is English, for whoever mends the program.
error-vault_bug = a defect in Offshift: { $what }; please report it

## The connection to a relay

error-link_resolve = the relay's name is not known here; check the network, then the link
error-link_unreachable = the relay does not answer; check the network, or try again in a minute
error-link_identity = something on this network answers in the relay's place; do not trust this network, use another one, for instance mobile data
error-link_clock = the clock of this device seems wrong; set date and time, then try again
error-link_incompatible = the relay speaks another version; update this program or ask the relay's host to update
error-link_refused = { $why }
error-link_closed = { $why }
error-link_lost = the connection to the relay was lost; it will be made again
# $what is English, for whoever mends the program.
error-link_misbehaved = the relay answered with something else ({ $what }); tell the relay's host
error-link_busy = too much waits for the relay; wait for the answers first
error-link_socket = this device can't open a network socket; check its network settings
# $what is English, for whoever mends the program.
error-link_bug = a mistake in this program ({ $what }); report it

## What the disk says

why-disk_full = no storage space
why-disk_quota = quota exceeded
why-disk_denied = permission denied
why-disk_read_only = read-only filesystem or storage medium
why-disk_other = other error

## Links of relays

error-bad_link_scheme = this is not a relay link; a relay link starts with offshift://
error-bad_link_host = the relay link has no usable host name; copy the whole link again
error-bad_link_port = the relay link has no usable port; copy the whole link again
error-bad_link_key = the relay link is damaged or cut short; copy the whole link again

## Tickets

error-bad_ticket_none = this is a link without a ticket; a ticket has a # in it
error-bad_ticket_damaged = the ticket is damaged or cut short; copy or scan all of it again

## Codes for meeting

error-bad_code_relay_link = this is the link of a relay, not a code for meeting somebody; add it with: offshift relay add
error-bad_code_device = this is a code for linking your own device, not for meeting somebody; ask for a meeting code
error-bad_code_ticket = this is a ticket for a relay, not a code for meeting somebody; ask for a meeting code
error-bad_code_other_purpose = this is a code for something else, not for meeting somebody; ask for a meeting code
error-bad_code_foreign = this is not a code for meeting somebody; such a code starts with offshift:meet:
error-bad_code_incompatible = this code is from a newer version; update this program, then ask for a new code
error-bad_code_damaged = this code is damaged or cut short; scan it again or ask for a new code
error-bad_code_expired = this code is too old; ask for a new code

## Codes for a second phone

error-bad_device_code_meeting = this is a code for meeting somebody, not for linking your own device; show one with: phone link
error-bad_device_code_other_purpose = this is a code for something else; show one on your other device with: phone link
error-bad_device_code_foreign = this is not a code for linking a device; such a code starts with offshift:device:
error-bad_device_code_incompatible = this code is from a newer version; update this program, then show a new code
error-bad_device_code_damaged = this code is damaged or cut short; scan it again or show a new code
error-bad_device_code_expired = this code is too old; show a new code on your other device

## Why a relay refuses

why-relay_malformed = the relay refused: it could not read the request; update this program
why-relay_denied = the relay refused: the key does not fit the mailbox; ask for a new code
why-relay_no_capability = the relay refused: the connection is new; prove the right again
why-relay_life_too_long = the relay refused: it keeps nothing that long; choose a shorter time
why-relay_full = the relay refused: its disk or the mailbox is full; try again later
why-relay_busy = the relay refused: too much at once; try again in a minute
why-relay_stopping = the relay refused: it is stopping; try again in a minute
why-relay_failed = the relay refused: it failed and stored nothing; try again in a minute
why-relay_no_credit = the relay refused: it takes messages from people with a ticket; ask its host for one
why-relay_bad_token = the relay refused: it did not take what pays for the message; another will be tried
why-relay_bad_ticket = the relay refused: the ticket is not good any more; ask its host for a new one
why-relay_allowance_used = the relay refused: the ticket is used up for today; it is good again tomorrow

## Why a relay ended the connection

why-closed_done = the connection is closed
why-closed_version = the relay speaks another version; update this program
why-closed_malformed = the relay could not read what this program sent; update this program
why-closed_limit = the relay closed the connection at a limit; try again in a minute
why-closed_stopping = the relay is stopping; the connection will be made again
why-closed_idle = the relay closed an idle connection; it will be made again
why-closed_failed = the relay failed; try again in a minute

## How a relay contradicts what it signed

why-contradicts_two_receipts = it signed that two envelopes lie in one place
why-contradicts_another_envelope = it shows another envelope than the one that it signed for
why-contradicts_missing = it does not show what it signed that it keeps

## Why nothing is sent or changed

why-send_stranded = this device lost the room; keep it online until an organizer's device lets it back in
why-send_rolled_back = this device was restored from an old copy; keep it online until an organizer's device lets it back in
why-send_lost = the room seems to have gone on without this device; keep it online until an organizer's device lets it back in
why-send_forked = stop writing here: you and another member see different rooms, or that member's device lies; ask a third member: if they see the same as you, put the other out; if not, found the room again over another relay
why-send_stale = this was not sent: no organizer was heard of for 48 hours, so somebody who was put out might still read here; go online, or ask an organizer
why-send_removed = you are not a member of this room any more
why-send_content = this version can't write that kind of message; update it
why-send_only_organizers = only organizers write in this room; you can still react and answer polls
why-send_announcement = only organizers announce; send it as a message
why-send_too_many = too many messages wait for the relay; send again when it is reachable
why-change_suite = the card does not fit this room; meet again with the newest version
why-change_no_such_member = there is no such member; list the members again
why-change_no_such_applicant = nobody vouched for such an applicant here; list the applicants again
why-change_reason = a reason has at most 512 bytes; say it shorter
why-change_too_many_at_once = at most 256 devices go at once; do it in two steps
why-change_no_such_motion = there is no such motion any more; list the motions again
why-change_other_meeting = this meeting was not for that; meet again with a code of the right kind
why-change_too_many = earlier changes still wait for the relay; try again when they are done
why-found_too_few_organizers = a room needs two organizers; name at least one of the others an organizer
why-found_suite = one of the cards does not fit this kind of room; meet again with the newest version

## Rules that every device of a room checks

why-rule_not_a_member = only members may do this
why-rule_commit_data = the change carries data of another version
why-rule_commit_time = the change was signed more than two hours before or after it arrived
why-rule_loose_proposal = a proposal must be part of its change
why-rule_proposal_kind = this kind of proposal is not allowed
why-rule_one_change = one change at a time
why-rule_leaf_changed = a member's identity can't change
why-rule_not_founding = the founding phase is over
why-rule_add_by_other = only a founding organizer may add founders
why-rule_member_info = the newcomer's identity is not valid
why-rule_key_package = the newcomer's keys are not of this version
why-rule_too_many_founders = a room has at most eight founders
why-rule_key_twice = this key has been in the room before; meet again for a new one
why-rule_handle_taken = somebody in the room goes by this handle already
why-rule_policy_change = the room's policy can't be changed like this
why-rule_too_few_organizers = a room needs two organizers
why-rule_remove_by_other = only an organizer may remove a member
why-rule_welcome = its members and its policy do not fit each other
why-rule_admit_by_other = only an organizer may let somebody in
why-rule_too_few_vouches = more members must vouch first
why-rule_too_few_branches = those who vouch came in through the same founder; one of another branch must vouch
why-rule_vouch_twice = each person vouches once
why-rule_voucher_unknown = one of those who vouch is not a member any more
why-rule_voucher_on_probation = one of those who vouch is new, or under review
why-rule_vouch_budget = one of those who vouch has brought in too many people lately
why-rule_vouch_time = a vouch is good for 14 days after the meeting; meet again
why-rule_vouch_terms = the room's terms changed since; vouch again
why-rule_vouch_method = this room lets only meetings in person count
why-rule_vouch_signature = a vouch is not for this person and this room
why-rule_denied = this person was put out; two organizers must lift that first
why-rule_room_full = the room has had as many members as a room can have; found a new one
why-rule_not_under_review = this member is not under review
why-rule_too_few_approvals = more must approve first
why-rule_approval_by = somebody approved who may not
why-rule_approval_time = an approval is good for seven days; approve again
why-rule_approval_signature = an approval is not for this change
why-rule_recall_branches = members of two branches must recall
why-rule_terms_floor = no room may go beyond these limits
why-rule_motion_empty = this would change nothing
why-rule_organizer_unfit = this member can't be an organizer
why-rule_removed_in_part = a person is put out with all devices, and never by themselves
why-rule_rejoin_other = only an organizer may bring a member back, as the same person
why-rule_rejoin_proof = the wish to come back is too old, or not the member's
why-rule_device_by_other = only the person's own device may link another
why-rule_device_link = the link of the device is too old, or not the person's
why-rule_too_many_devices = a person has at most three devices
# Of a newer version.
why-rule_other = a rule that this version does not know
