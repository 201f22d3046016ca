### Offshift: cli

## Answers

answer-either = [j/n]
answer-rather-no = [j/N]
answer-yes = j ja
answer-no = n nein

## Waiting

screen-reaching = Versuche, das Relay zu erreichen ...

## Before what can't be taken back

sure-question = Wirklich tun?
sure-nobody = niemand ist hier, um ja zu sagen, also wurde nichts getan
sure-nobody-next = derselbe Befehl mit --yes
sure-no = du hast nicht ja gesagt, also wurde nichts getan
sure-no-next = derselbe Befehl, wenn du es wirklich willst

## Passphrase

passphrase-prompt = Passphrase:
passphrase-choose = Wähle eine Passphrase (vier oder fünf Wörter sind gut):
passphrase-again = Gib sie noch einmal ein:
passphrase-differ = die zwei Passphrasen sind verschieden
passphrase-short = die Passphrase ist zu kurz; nimm mindestens { $count } Zeichen, besser vier oder fünf Wörter
passphrase-long = die Passphrase ist zu lang; nimm höchstens { $count } Zeichen
passphrase-file = die Datei mit der Passphrase lässt sich nicht lesen
passphrase-file-next = prüfe den Namen der Datei, dann versuch es noch einmal
passphrase-nobody = niemand ist hier, um die Passphrase einzugeben
passphrase-nobody-next = gib --passphrase-file FILE an oder setze OFFSHIFT_PASSPHRASE

## Profiles

profile-name = der Name eines Profils hat nur Buchstaben, Ziffern, - und _
profile-name-next = offshift --profile NAME ...
profile-no-home = hier ist kein Benutzerordner bekannt
profile-no-home-next = offshift --profile ./FOLDER ...

## Lists and times

list-comma = { $list_word }, { $next }
list-and = { $list_word } und { $next }

when-now = gerade eben
when-minutes-ago = { $count ->
    [one] vor { $count } min
   *[other] vor { $count } min
}
when-hours-ago = { $count ->
    [one] vor { $count } h
   *[other] vor { $count } h
}
when-days-ago = { $count ->
    [one] vor { $count } Tag
   *[other] vor { $count } Tagen
}
when-month = { $month ->
    [1] Jan
    [2] Feb
    [3] März
    [4] Apr
    [5] Mai
    [6] Juni
    [7] Juli
    [8] Aug
    [9] Sep
    [10] Okt
    [11] Nov
   *[12] Dez
}
when-day = { $day }. { $month }
when-day-of-year = { $day }. { $month } { $year }
when-moment = { $day } { $time }
when-days = { $from } bis { $to }

## The profile

start-name = Name, den andere sehen (muss nicht dein echter sein):
start-no-handle = kein Rufname ist angegeben
start-ready = Dein Profil ist bereit, { $handle }. Es ist nur auf diesem Gerät.
    Deine Passphrase verschließt es, und niemand kann sie zurücksetzen.
    Weiter: offshift relay add offshift://...

## Relays

relay-added = Relay hinzugefügt: { $relay }. { -relay-promise }
relay-answers = Es antwortet, und es ist das richtige.
relay-none = Noch kein Relay. Weiter: offshift relay add offshift://...
relay-unused = gerade nicht benutzt
relay-connected = verbunden
relay-meet-next = Weiter: offshift meet show
relay-refuses-ticket = das Relay nimmt dieses Ticket nicht
relay-refuses-ticket-next = { $known ->
    [no] bitte die um ein neues, die das Relay betreiben, dann: offshift relay ticket CODE
   *[yes] ein neues gibt es hier: { $contact }, dann: offshift relay ticket CODE
}

## Meeting

contact-none = Du hast noch niemanden getroffen. Weiter: offshift meet show
contact-line = { $handle }  { $method } am { $day }
contact-own-phone = { $handle }  dein anderes Handy, am { $day }
contact-used = für einen Raum von dir
meet-show-who = Lass eine Person das scannen oder eintippen:
meet-show-warning = Es gilt zehn Minuten und für eine Person. Zeig es sonst niemandem.
meet-waiting = Warte auf das andere Gerät.
meet-minutes-left = { $count ->
    [one] Warte. Noch { $count } min.
   *[other] Warte. Noch { $count } min.
}
meet-read-aloud = { $handle } ist da. Lest euch die Wörter gegenseitig laut vor:
meet-same-words = Zeigen beide Bildschirme dieselben Wörter?
meet-compare-next = Wenn beide Bildschirme dieselben Wörter zeigen: offshift meet confirm
    Wenn nicht: offshift meet confirm --differ
meet-not-confirmed = die Wörter sind noch nicht bestätigt; sie warten zehn Minuten
meet-stopped = das Treffen wurde abgebrochen
meet-none-waits = kein Treffen wartet auf dich
meet-several-wait = mehr als ein Treffen wartet auf dich
meet-several-wait-next = offshift meet confirm HANDLE
meet-words-differ = die Wörter sind verschieden, also ist vielleicht jemand dazwischen; niemand wurde hinzugefügt
meet-words-differ-next = sieh nach, wer noch in der Nähe ist, dann: offshift meet show
meet-no-ticket = ihr habt beide kein Ticket dieses Relays
meet-no-ticket-next = { $known ->
    [no] bitte die um eins, die das Relay betreiben, dann: offshift relay ticket CODE, und trefft euch noch einmal
   *[yes] eins gibt es hier: { $contact }, dann: offshift relay ticket CODE, und trefft euch noch einmal
}
meet-one-ticket = { $known ->
    [no] Du hast kein Ticket dieses Relays. Es geht, wenn die andere Person eins hat.
        Wenn nicht, frag die, die das Relay betreiben, dann: offshift relay ticket CODE
   *[yes] Du hast kein Ticket dieses Relays. Es geht, wenn die andere Person eins hat.
        Wenn nicht, frag: { $contact }, dann: offshift relay ticket CODE
}
meet-linked = Mit { $handle } verbunden. Beide Handys sind jetzt du. Auf dem neuen: offshift inbox
meet-met-next = Du hast { $handle } getroffen. Weiter, wenn { $handle } neu in einem Raum von dir ist:
      offshift vouch ROOM { $person_word }
    Wenn du in dem anderen Raum neu bist, triff noch ein Mitglied daraus:
      offshift meet show --like { $person_word }
    Wenn ihr zusammen einen Raum gründet:
      offshift room found NAME --with { $person_word }

## Who and which is meant

find-several = mehr als eine Person heißt „{ $person }“
find-several-next = nimm die Nummer statt des Rufnamens: offshift members ROOM, offshift contacts
find-no-room = kein Raum heißt hier „{ $room }“
find-no-room-next = offshift inbox, dann: offshift room list
find-several-rooms = mehr als ein Raum hat diesen Namen
find-several-rooms-next = offshift room list, dann nimm die Nummer des Raums
find-not-met = du hast „{ $person }“ nicht getroffen
find-not-in = „{ $person }“ ist nicht in „{ $room }“
find-members-next = offshift members { $room_word }

## Rooms

room-none = Noch kein Raum. Weiter: offshift room found NAME --with HANDLE
room-not-in-it = du bist nicht mehr drin
room-only-you = nur du
room-people = { $count ->
    [one] { $count } Person
   *[other] { $count } Personen
}
room-waiting = { $count ->
    [one] { $count } wartet
   *[other] { $count } warten
}
room-second-organizer = ein Raum braucht einen zweiten Organizer, damit er nicht an einem Handy hängt
room-second-organizer-next = derselbe Befehl mit --organizer HANDLE
room-founded = { $away ->
    [yes] Der Raum „{ $room }“ ist gegründet. { -waits-here } Nur wer in diesem Raum ist, kann ihn lesen.
        Weiter: offshift send { $room_word } "Hello"
   *[no] Der Raum „{ $room }“ ist gegründet. Nur wer in diesem Raum ist, kann ihn lesen.
        Weiter: offshift send { $room_word } "Hello"
}
room-added = { $away ->
    [yes] { $handle } ist hinzugefügt. { -waits-here } { $handle } liest, was ab jetzt kommt, nichts von vorher.
   *[no] { $handle } ist hinzugefügt und liest, was ab jetzt kommt, nichts von vorher.
}
room-go-on-title = In „{ $room }“ wieder schreiben:
room-go-on-third = Tu das nur, wenn ein drittes Mitglied dieselben Mitglieder und Nachrichten sieht wie du.
room-go-on-if-not = Wenn nicht, zeigt euch das Relay zwei verschiedene Räume: Verlass es.
room-going-on = { $away ->
    [yes] Du kannst in „{ $room }“ wieder schreiben. { -waits-here }
   *[no] Du kannst in „{ $room }“ wieder schreiben.
}

## A change that waits or was dropped

change-dropped-next = sieh noch einmal nach, dann derselbe Befehl
change-untrusted = dieses Netz antwortet anstelle des Relays; die Änderung wartet auf diesem Gerät, nichts wurde gesendet
change-waits = Beantragt. { $count } von { $needed } sind dafür; bis die letzte Stimme da ist, ändert sich nichts.
    Die anderen finden es mit: offshift policy show { $room_word }

## The door

door-nobody = Niemand wartet auf Aufnahme. Weiter, wenn du jemanden getroffen hast: offshift vouch { $room_word } PERSON
door-returning = { $handle } will zurückkommen, war weg seit dem { $day }.
    { "  " }Ein Organizer kann das erlauben: offshift room admit { $room_word } { $person_word }
door-objected = { $away ->
    [yes] Du bist dagegen, { $handle } aufzunehmen. Alle in „{ $room }“ lesen, warum. { -waits-here }
   *[no] Du bist dagegen, { $handle } aufzunehmen. Alle in „{ $room }“ lesen, warum.
}
door-admitted = { $away ->
    [yes] { $handle } ist in „{ $room }“ aufgenommen. { -waits-here } { $handle } liest, was ab jetzt kommt, nichts von vorher.
   *[no] { $handle } ist in „{ $room }“ aufgenommen und liest, was ab jetzt kommt, nichts von vorher.
}
door-admit-title = { $handle } in „{ $room }“ aufnehmen:
door-reads-from-now = Die Person liest, was ab jetzt kommt, nichts von vorher.
door-everybody-sees = Alle sehen, wer sie aufgenommen hat und wer gebürgt hat.
door-put-out-again = Du kannst sie wieder ausschließen. Was sie bis dahin gelesen hat, lässt sich damit nicht löschen.
door-return-title = { $handle } wieder in „{ $room }“ aufnehmen:
door-return-away = Das Gerät der Person sagt, dass es seit dem { $day } weg war.
door-return-ask = Frag zuerst { $handle }, persönlich oder in einem Anruf: Wer dieses Handy hat, kommt zurück.
door-return-reads = Die Person liest, was ab jetzt kommt, nichts aus der Zeit dazwischen.
door-unknown = niemand hat in „{ $room }“ für „{ $person }“ gebürgt
door-unknown-next = triff die Person, dann: offshift vouch { $room_word } PERSON

## Vouching and review

vouch-done = { $away ->
    [yes] Du bürgst für { $handle } in „{ $room }“. Alle darin sehen das. { -waits-here }
   *[no] Du bürgst für { $handle } in „{ $room }“. Alle darin sehen das.
}
vouch-again = { $away ->
    [yes] Du bürgst wieder für { $handle } in „{ $room }“. Alle darin sehen das. { -waits-here }
        Wenn genug gebürgt haben, beendet ein Organizer die Prüfung:
          offshift review { $room_word } --confirm { $person_word }
   *[no] Du bürgst wieder für { $handle } in „{ $room }“. Alle darin sehen das.
        Wenn genug gebürgt haben, beendet ein Organizer die Prüfung:
          offshift review { $room_word } --confirm { $person_word }
}
review-nobody = Niemand in „{ $room }“ ist in Prüfung.
review-title = Jemand, der für diese gebürgt hat, wurde ausgeschlossen. Ihre eigenen Bürgschaften
    zählen nicht, bis andere wieder für sie bürgen:
review-next = Wer sie kennt: offshift vouch { $room_word } PERSON --again
    Danach ein Organizer: offshift review { $room_word } --confirm PERSON
review-end-title = Die Prüfung von { $handle } in „{ $room }“ beenden:
review-end-counts = Die eigenen Bürgschaften der Person zählen wieder. Alle sehen, dass du es warst.
review-end-needs = Es braucht so viele Bürgschaften wie bei der Aufnahme, alle von Leuten, denen vertraut wird.
review-ended = { $away ->
    [yes] { $handle } ist nicht mehr in Prüfung. { -waits-here }
   *[no] { $handle } ist nicht mehr in Prüfung.
}

## Putting somebody out

out-title = Aus „{ $room }“ ausschließen: { $handles }
out-several = Mehrere auf einmal: Das brauchen zwei Organizer; du bist die erste oder zweite Stimme.
out-recall = Das geht ohne Organizer: Mitglieder aus zwei Zweigen, deren Wort zählt, müssen es alle verlangen.
out-reads-nothing = { $handles }: Auf keinem Handy gibt es noch etwas Neues zu lesen. Bei allen, die online sind, dauert das Sekunden.
out-keys-stay-out = Diese Schlüssel können nicht zurückkommen, bis zwei Organizer es erlauben.
out-vouched-for = Es gibt Bürgschaften von dort für: { $handles }. Dafür wird niemand ausgeschlossen, aber andere müssen vielleicht neu bürgen.
out-everybody-sees = Alle sehen, dass du es warst.
out-cannot-erase = { -cannot-erase }
out-done = { $away ->
    [yes] Aus „{ $room }“ ausgeschlossen: { $handles }. { -waits-here } { -cannot-erase }
        Weiter: offshift exposure { $room_word } { $person_word }, dann: offshift review { $room_word }
   *[no] Aus „{ $room }“ ausgeschlossen: { $handles }. { -cannot-erase }
        Weiter: offshift exposure { $room_word } { $person_word }, dann: offshift review { $room_word }
}

## Phones

phone-line = { $this ->
    [yes] { $first ->
        [yes] { $handle }, dieses hier, für das andere gebürgt haben, im Raum seit dem { $day }
       *[no] { $handle }, dieses hier, im Raum seit dem { $day }
    }
   *[no] { $first ->
        [yes] { $handle }, das, für das andere gebürgt haben, im Raum seit dem { $day }
       *[no] { $handle }, im Raum seit dem { $day }
    }
}
phone-list-next = Weiter: offshift phone link { $room_word }
phone-link-who = Auf deinem anderen Handy:
phone-link-warning = Es gilt zehn Minuten. Wer es scannt und dieselben Wörter zeigt, ist in diesem Raum du.
phone-stop-title = Das Handy von { $handle } in „{ $room }“ stoppen, Nummer { $number }:
phone-stop-reads-nothing = Dieses Handy liest nichts Neues. Bei allen, die online sind, dauert das Sekunden.
phone-stop-new-profile = Wem es gehört, kommt mit einem neuen Profil zurück: Zwei Mitglieder treffen die Person und bürgen wieder.
phone-stop-goes-on = Wem es gehört, macht weiter mit: { $handles }.
phone-stop-nobody-touched = Niemanden, für den diese Person gebürgt hat, trifft das: Ein verlorenes Handy ist niemandes Schuld.
phone-stop-cannot-erase = Was dieses Handy schon hat, lässt sich damit nicht löschen.
phone-stopped = { $away ->
    [yes] Das Handy von { $handle } ist in „{ $room }“ gestoppt. { -waits-here } Was es schon hat, lässt sich damit nicht löschen.
   *[no] Das Handy von { $handle } ist in „{ $room }“ gestoppt. Was es schon hat, lässt sich damit nicht löschen.
}

## Members

members-title = { $room }, Nummer { $number }
    Relay { $relay }. { -relay-promise }
    In diesem Raum:
members-past = Nicht mehr darin:
note-gone = Die Notiz ist weg.
note-kept = Bleibt nur auf diesem Gerät.

## What somebody could read

exposure-can-read = { $handle } kann lesen, seit dem { $day }.
exposure-could-read = { $handle } konnte lesen, vom { $days }.
exposure-could-read-on = { $handle } konnte am { $day } lesen.
exposure-no-message = Dieses Gerät hat keine Nachricht aus dieser Zeit.
exposure-messages = { $count ->
    [one] Die Person hat { $count } Nachricht vom { $days }.
   *[other] Die Person hat { $count } Nachrichten vom { $days }.
}
exposure-unknown = { $count ->
    [one] { $count } davon ist von einer Art, die hier nicht gezeigt wird.
   *[other] { $count } davon sind von einer Art, die hier nicht gezeigt wird.
}
exposure-blind-before = Du bist am { $day } dazugekommen: Was vorher gesagt wurde, kann dieses Gerät nicht zählen. Frag jemanden, der da war.
exposure-vouched-for = Die Person hat gebürgt für: { $handles }.
exposure-review = Neue Bürgschaften nötig für: { $handles }.

## The rules of a room

policy-title = { $founding ->
    [yes] Regeln von { $room }. Organizer: { $organizers }. Gründungsmitglieder können noch dazukommen: Bisher wurde niemand durch Bürgschaften aufgenommen.
   *[no] Regeln von { $room }. Organizer: { $organizers }.
}
policy-waits = Wartet auf Zustimmung:
policy-coming = { $value } ab dem { $day }
policy-motion-state = { $count } von { $needed } sind dafür: { $handles }. Der Antrag wartet bis zum { $day }.
policy-you-are-for-it = Du bist dafür.
policy-approve-next = Wenn du dafür bist: offshift policy approve { $room_word } { $number_word }
policy-propose-title = In „{ $room }“: { $what }
policy-two-must-approve = Zwei Organizer müssen zustimmen. Du bist die erste Stimme; alle sehen es.
policy-easier-later = Was die Aufnahme leichter macht, gilt drei Tage nach der zweiten Zustimmung.
policy-lift = Mitglieder wieder für { $handle } bürgen lassen
policy-not-a-rule = „{ $text }“ ist nicht RULE=VALUE
policy-next = offshift policy show { $room_word }
policy-was-not-out = „{ $person }“ wurde nicht aus „{ $room }“ ausgeschlossen
policy-unknown-motion = nichts mit dieser Nummer wartet auf Zustimmung
policy-so-far = { $count } von { $needed } sind bisher dafür. Mit der letzten Stimme ist es getan.
policy-reads-nothing = Wer ausgeschlossen ist, liest nichts Neues, auf keinem Handy.
policy-everybody-sees = Alle im Raum sehen, dass du zugestimmt hast.
policy-approve-title = In „{ $room }“ zustimmen: { $what }
policy-decided = { $away ->
    [yes] Beschlossen: { $what }. { -waits-here } Sieh es dir an: offshift policy show { $room_word }
   *[no] Beschlossen: { $what }. Sieh es dir an: offshift policy show { $room_word }
}

## Reading

inbox-nothing = Nichts Neues.
inbox-slow = das Relay ist sehr langsam; noch ist nicht alles da
inbox-coming-back = Bitte die Geräte der Organizer, dieses wieder in den Raum aufzunehmen.
inbox-watching = Sehe laufend nach. Ctrl-C beendet es.
inbox-no-signals = das System hat keine Signale gegeben
inbox-lost = Du kannst hier gerade nicht lesen oder schreiben. Sieh nach, warum: offshift alarms
