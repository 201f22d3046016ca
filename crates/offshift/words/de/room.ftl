### Offshift: room

## How two people met

method-in_person = persönlich getroffen
method-call = in einem Anruf getroffen

## What members decide together

motion-sever = { $handles } ausschließen
motion-recall = { $handle } auf das Wort von Mitgliedern ausschließen
motion-terms-same = die Regeln, wie sie jetzt sind
motion-terms = die Regeln ändern: { $changes }
motion-name-organizer = { $handle } zum Organizer machen
motion-drop-organizer = { $handle } ist nicht mehr Organizer
motion-lift = für { $handle } darf wieder gebürgt werden

## What each rule of a room means. Limit: 60 characters, it stands in a table.

term-vouches = Mitglieder aus je einem anderen Zweig, die bürgen müssen
term-probation = wie lange Bürgschaften von Neuen nicht zählen
term-vouch-budget = Neue, für die ein Mitglied in 90 Tagen bürgen kann
term-calls = ob eine Bürgschaft nach einem Anruf zählt
term-recall = Mitglieder, die zusammen jede Person ausschließen können
term-rejoin = Zeit weg, nach der ein Organizer die Rückkehr bestätigt
term-key-age = wie alt Schlüssel werden, solange Leute schreiben
term-message-life = wie lange Relays Nachrichten aufbewahren
term-change-life = wie lange Relays Änderungen und Einladungen aufbewahren
term-disappear = wie lange Geräte Nachrichten behalten; 0: bis zum Löschen
term-organizers-post = ob nur Organizer schreiben; alle dürfen antworten, reagieren

## Alarms

alarm-none = Kein Alarm. Das ist gut.
alarm-some-room = einem Raum
alarm-line = !! ALARM { $sentence }
alarm-when = { $count ->
    [1] ({ $ago })
   *[other] ({ $ago }, { $count } Mal)
}
alarm-what-to-do = Das kannst du tun: { $advice }

alarm-fork = In { $room }: Du und { $who } seht verschiedene Räume, oder das Gerät von { $who } lügt.
alarm-gap = { $count ->
    [one] In { $room }: 1 Nachricht von { $who } fehlt hier.
   *[other] In { $room }: { $count } Nachrichten von { $who } fehlen hier.
}
alarm-stale = Seit zwei Tagen kein Zeichen der Organizer in { $room }.
alarm-behind = Andere in { $room } sind weiter als dieses Gerät.
alarm-rolled_back = Dieses Profil ist älter als das, was es in { $room } geschrieben hat: Es ist eine Kopie.
alarm-time = { $who } hat in { $room } eine Änderung gemacht, für die das Relay eine falsche Zeit zeigt.
alarm-refused = { $who } hat in { $room } eine Änderung versucht, die nicht erlaubt ist: { $why }.
alarm-stranded = Eine Änderung von { $who } hat dieses Gerät aus { $room } ausgesperrt.
alarm-relay_contradicts = { $known ->
    [no] Ein Relay widerspricht sich: { $why }.
   *[yes] Das Relay { $who } widerspricht sich: { $why }.
}
alarm-issuer_keys = { $known ->
    [no] Ein Relay hat Mitgliedern verschiedene Schlüssel für Marken gegeben, so könnte es sie unterscheiden. Marken des selteneren Schlüssels werden nicht benutzt.
   *[yes] { $who } hat Mitgliedern verschiedene Schlüssel für Marken gegeben, so könnte es sie unterscheiden. Marken des selteneren Schlüssels werden nicht benutzt.
}
alarm-false_tokens = { $known ->
    [no] Ein Relay hat Marken mit falschem Nachweis gegeben, so könnte es sie gekennzeichnet haben. Keine davon wird benutzt.
   *[yes] { $who } hat Marken mit falschem Nachweis gegeben, so könnte es sie gekennzeichnet haben. Keine davon wird benutzt.
}
alarm-contradiction = { $known ->
    [no] Ein Relay widerspricht dem, was es unterschrieben hat. Der Beweis wird aufbewahrt: offshift alarms
   *[yes] { $who } widerspricht dem, was es unterschrieben hat. Der Beweis wird aufbewahrt: offshift alarms
}

alarm-advice-fork = Frag ein drittes Mitglied. Sieht es dasselbe wie du, schließ das andere aus und schreib weiter: offshift room go-on. Wenn nicht, gründet den Raum neu bei einem anderen Relay.
alarm-advice-gap = Frag nach, was dort geschrieben wurde. Passiert es wieder, nutze ein anderes Netz.
alarm-advice-stale = Sende hier nichts Geheimes, bis du von einem Organizer gehört hast.
alarm-advice-behind = Nutze ein anderes Netz, dann gleiche noch einmal ab.
alarm-advice-rolled_back = Warte: Dieses Gerät bittet die Organizer, es wieder aufzunehmen.
alarm-advice-time = Sieh auf die Uhr deines Geräts. Geht sie richtig, lügen das Mitglied und das Relay vielleicht über die Zeit: Prüfe mit einem anderen Organizer, was sich geändert hat.
alarm-advice-refused = Es hat sich nichts geändert. Frag die Person; erklärt sie es nicht, schließ sie aus.
alarm-advice-stranded = Warte: Dieses Gerät bittet die Organizer, es wieder aufzunehmen. Frag, wer diese Änderung gemacht hat.
alarm-advice-relay_contradicts = Zeig den Beweis denen, die das Relay betreiben, und wechsle zu einem anderen.
alarm-advice-issuer_keys = Frag die, die das Relay betreiben, warum. Können sie es nicht sagen, gründet den Raum neu bei einem anderen Relay.
alarm-advice-false_tokens = Frag die, die das Relay betreiben, warum. Können sie es nicht sagen, gründet den Raum neu bei einem anderen Relay.

## What happens

event-joined = { $handle } ist dazugekommen, aufgenommen von { $by }
event-joined-by-vouches = { $handle } ist dazugekommen, aufgenommen von { $by }. Gebürgt haben: { $vouchers }
event-phone-joined = { $handle } ist dazugekommen: ein zweites Handy von { $of }
event-rejoined = { $handle } ist nach langer Zeit wieder da
event-review-needed = neue Bürgschaften nötig für: { $handles }.
event-confirmed = { $handle } ist nicht mehr in Prüfung, bestätigt von { $by }
event-severed = { $handle } wurde ausgeschlossen von { $by }. { -cannot-erase }
event-recalled = { $handle } wurde von Mitgliedern ausgeschlossen; zuletzt verlangt hat es { $by }. { -cannot-erase }
event-phone-stopped = { $by } hat das Handy von { $handle } gestoppt. { -cannot-erase }
event-decided = beschlossen: { $what }, ausgeführt von { $by }
event-terms-will-change = ab dem { $day } ist es leichter, dazuzukommen. Wer dagegen ist, sagt es jetzt.
event-room-opened = du bist in diesem Raum. Nur wer darin ist, kann ihn lesen.
event-returned = du bist wieder da. Einige Nachrichten vom { $days } sind nicht verfügbar.
event-keys-changed = die Schlüssel wurden gewechselt
event-without-ticket = { $handle } hat von dir kein Ticket bekommen, denn du hast keins zum Teilen: Lesen geht, Schreiben nicht. Bitte die um eins, die das Relay betreiben: offshift relay list
event-change-dropped = deine Änderung wurde nicht gemacht: { $why }
event-you-were-removed = { $by } hat dich ausgeschlossen. Du liest nichts Neues mehr aus diesem Raum.
event-not-shown = { $known ->
    [no] etwas von jemandem wird nicht gezeigt: kaputt oder nicht erlaubt
   *[yes] etwas von { $by } wird nicht gezeigt: kaputt oder nicht erlaubt
}

## What happens outside of rooms

event-refused = Das Relay hat eine Nachricht noch nicht genommen: { $why }.
event-missed = Es ist viel auf einmal passiert. Nichts ist verloren: offshift inbox
event-relay-followed = Das Relay { $host } hat einen neuen Schlüssel, unterschrieben mit dem alten. Du musst nichts tun. Sein Link ist jetzt: { $link }
event-not-joined = { $known ->
    [no] Eine Einladung von jemandem, den du nicht getroffen hast, funktioniert nicht. Du bist also nicht drin. Trefft euch noch einmal.
   *[yes] Eine Einladung von { $handle } funktioniert nicht. Du bist also nicht drin. Trefft euch noch einmal.
}
event-met = Du hast { $handle } getroffen.
event-untrusted = Trau diesem Netz nicht: Etwas darin antwortet anstelle des Relays. Nichts wurde gesendet. Nutze mobile Daten.
event-relay-away = Das Relay ist weg. Das hier hat dein Gerät zuletzt gewusst.
event-meeting-expired = Zehn Minuten sind um, der Code gilt nicht mehr. Zeig einen neuen: offshift meet show
event-meeting-second-scanner = Noch jemand hat diesen Code benutzt. Niemand wurde hinzugefügt. Sieh nach, wer den Bildschirm noch sieht, dann zeig einen neuen Code.
event-meeting-misbehaved = Die zwei Geräte waren sich nicht einig; vielleicht ist jemand dazwischen. Niemand wurde hinzugefügt. Zeig einen neuen Code.
event-meeting-stopped = Das Treffen wurde abgebrochen. Niemand wurde hinzugefügt.

## Tickets of relays

ticket-unknown = Noch nicht gefragt, ob es ein Ticket will.
ticket-open = Offen: Du brauchst kein Ticket.
ticket-good = Dein Ticket ist gültig.
ticket-missing = { $known ->
    [no] Kein Ticket. Wer dich in einen Raum holt, gibt dir von selbst eins. Um vorher zu schreiben, frag die, die das Relay betreiben, dann: offshift relay ticket CODE
   *[yes] Kein Ticket. Wer dich in einen Raum holt, gibt dir von selbst eins. Um vorher zu schreiben, frag: { $contact }, dann: offshift relay ticket CODE
}
ticket-refilling = Dein Ticket ist gültig, aber gerade verbraucht. In wenigen Minuten geht es von selbst weiter.
ticket-used-up = Dein Ticket ist für heute verbraucht. Morgen geht es von selbst weiter; was du geschrieben hast, bleibt erhalten.
ticket-refused = { $known ->
    [no] Es nimmt dein Ticket nicht mehr. Bitte die um ein neues, die das Relay betreiben, dann: offshift relay ticket CODE
   *[yes] Es nimmt dein Ticket nicht mehr. Ein neues gibt es hier: { $contact }, dann: offshift relay ticket CODE
}
ticket-wrong-clock = Stell die Uhr dieses Geräts: Sie geht wohl falsch. Dann geht es von selbst weiter; was du geschrieben hast, bleibt erhalten.
ticket-distrusted = Dein Ticket wird nicht benutzt: Dieses Relay kann dich daran vielleicht erkennen. Sieh nach: offshift alarms
ticket-waits = { $known ->
    [no] Was du schreibst, wartet auf ein Ticket: Frag die, die das Relay betreiben, dann: offshift relay ticket CODE
   *[yes] Was du schreibst, wartet auf ein Ticket: Frag { $contact }, dann: offshift relay ticket CODE
}

## Who is in a room: parts of one line, by commas

member-you = { $handle } (du)
member-organizer = Organizer
member-founder = Gründungsmitglied
member-branch = Zweig von { $founder }
member-branch-of-nobody = Zweig eines Gründungsmitglieds, das nicht mehr da ist
member-under-review = in Prüfung
member-new-until = neu bis zum { $day }
member-second-phone = zweites Handy von { $handle }
member-vouched-for = gebürgt haben: { $vouchers }
member-met = { $handle } ({ $method })
member-note = Notiz: { $text }

## Who is not in it any more

past-stopped = Handy gestoppt
past-lifted = ausgeschlossen, darf wieder Bürgschaften bekommen
past-severed = ausgeschlossen
past-unknown = (Rufname hier unbekannt)
past-line = { $handle }, { $how }, war dabei seit dem { $since }, Nummer { $number }
past-line-left = { $handle }, { $how } am { $left }, war dabei seit dem { $since }, Nummer { $number }

## Who waits to come in

applicant-line = { $handle }, Nummer { $number }, wartet bis zum { $day }
applicant-vouch = { $handle } bürgt: { $method }, { $day }
applicant-vouch-refused = { $handle } bürgt: { $method }, { $day }. Es zählt nicht: { $why }
applicant-objection = { $handle } ist dagegen
applicant-objection-why = { $handle } ist dagegen: { $reason }
applicant-not-yet = Noch nicht: { $why }.
applicant-ready = Ein Organizer kann aufnehmen: offshift room admit { $room_word } { $person_word }
applicant-not-ready = { $handle } kann noch nicht aufgenommen werden: { $why }
applicant-not-ready-next = offshift room applicants { $room_word }
