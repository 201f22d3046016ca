### Offshift: page

## Everywhere

page-title = { $place } · Offshift
page-skip = Zum Inhalt springen
page-close = Schließen
page-cancel = Abbrechen
page-no = Nein, zurück
page-save = Speichern
page-see = Ansehen
page-you = Du
page-somebody = jemand
page-copied = Kopiert.
page-copy-text = Text kopieren
page-copy-address = Diese Adresse kopieren
page-show-all = Alle zeigen
page-everybody-sees = Alle im Raum sehen das.
page-cannot-erase = Was jemand schon hat, lässt sich damit nicht löschen.

## What went wrong

page-error-gone = Offshift antwortet nicht. Öffne es noch einmal im Terminal.
page-error-refused = Diese Seite darf nicht weitermachen. Öffne sie noch einmal im Terminal.
page-error-garbled = Die Antwort lässt sich nicht lesen. Versuch es noch einmal.
page-error-busy = Offshift hat gerade viel zu tun. Warte einen Moment und versuch es noch einmal.
page-error-locked = Offshift ist gesperrt. Gib deine Passphrase ein.
page-error-too-old = Diese Version von Offshift kann das nicht. Aktualisiere sie.
page-error-page = Auf dieser Seite ist etwas schiefgegangen. Lade sie neu.
page-error-other = Das hat nicht geklappt. Versuch es noch einmal.

## Lock, and the end

page-locked-title = Gesperrt
page-locked-text = Gib deine Passphrase ein, um deine Räume zu öffnen.
page-passphrase = Passphrase
page-passphrase-show = Zeigen, was ich tippe
page-unlock = Öffnen
page-unlocking = Wird geöffnet …
page-lock = Jetzt sperren
page-bye-title = Öffne diese Seite vom Terminal aus
page-bye-text = Diese Adresse gilt einmal, für einen Tab. Hol dir eine neue mit diesem Befehl:
page-stopped-title = Offshift wurde geschlossen
page-stopped-text = Deine Nachrichten sind sicher auf diesem Gerät. Um weiterzumachen, nutze diesen Befehl:
page-crowded-title = Zu viele Tabs
page-crowded-text = Offshift ist in so vielen Tabs offen, wie es bedienen kann. Schließe einen davon, dann lade diese Seite neu.
page-notice = Neue Nachrichten.

## Frame

page-rooms = Räume
page-rooms-none = Noch kein Raum.
page-to-rooms = Zurück zu den Räumen
page-home = Start
page-search = Suche
page-alarms = Alarme
page-settings = Einstellungen
page-meet = Jemanden treffen
page-found = Raum gründen
page-reach-here = Verbunden
page-reach-some = Ein Relay ist weg. Einige Nachrichten warten.
page-reach-away = Keine Verbindung. Nachrichten warten.
page-reach-trust = Jemand anderes antwortet anstelle deines Relays. Nutze mobile Daten.
page-reach-none = Noch kein Relay
page-unread = { $count ->
    [one] { $count } neue Nachricht
   *[other] { $count } neue Nachrichten
}
page-room-people = { $count ->
    [one] { $count } Person
   *[other] { $count } Personen
}
page-room-safe = { $count ->
    [one] { $count } Person. Nur wer in diesem Raum ist, kann das lesen.
   *[other] { $count } Personen. Nur wer in diesem Raum ist, kann das lesen.
}
page-room-out = Du wurdest aus diesem Raum ausgeschlossen
page-room-lost = Wartet darauf, wieder aufgenommen zu werden
page-room-stale = Kein Zeichen der Organizer
page-room-waiting = { $count ->
    [one] { $count } Nachricht wartet
   *[other] { $count } Nachrichten warten
}
page-room-draft = Du hast etwas angefangen
page-room-parts = Teile dieses Raums
page-tab-talk = Gespräch
page-tab-people = Leute
page-tab-door = Neue
page-tab-plans = Termine
page-tab-files = Dateien
page-tab-rules = Regeln

## Home

page-hello-morning = Guten Morgen, { $name }
page-hello-day = Guten Tag, { $name }
page-hello-evening = Guten Abend, { $name }
page-hello-night = Gute Nacht, { $name }
page-home-read = Du hast alles gelesen.
page-home-choose = Wähle einen Raum oder drück ? für die Tasten.
page-home-unread = { $count ->
    [one] In { $count } Raum gibt es Neues.
   *[other] In { $count } Räumen gibt es Neues.
}
page-home-mentions = { $count ->
    [one] { $count } Nachricht ist für dich.
   *[other] { $count } Nachrichten sind für dich.
}
page-begin = Drei Schritte, und du hast einen Raum.
page-begin-done = Fertig.
page-begin-relay = Relay hinzufügen
page-begin-relay-text = Ein Relay leitet Nachrichten weiter und kann sie nicht lesen. Frag deine Gewerkschaft nach dem Link oder einem Ticket.
page-begin-relay-do = Relay in den Einstellungen hinzufügen
page-begin-meet = Deine Leute treffen
page-begin-meet-text = Setzt euch zusammen. Eine Person zeigt einen Code, die andere benutzt ihn. Dann vergleicht ihr drei Wörter.
page-begin-found = Raum gründen
page-begin-found-text = Mit Leuten, die du getroffen hast. Neue kommen später dazu, wenn zwei Mitglieder für sie bürgen.

## Keys

page-keys-title = Tasten
page-keys-off = Die einzelnen Tasten ausschalten
page-key-search = Suchen
page-key-home = Zum Start gehen
page-key-meet = Jemanden treffen
page-key-alarms = Alarme zeigen
page-key-settings = Einstellungen zeigen
page-key-write = Zum Schreiben gehen
page-key-unread = Zum nächsten Raum mit neuen Nachrichten gehen
page-key-walk = Von Nachricht zu Nachricht gehen
page-key-act = Zeigen, was du mit einer Nachricht tun kannst
page-key-send = Senden, was du geschrieben hast
page-key-line = Neue Zeile anfangen
page-key-edit = Deine letzte Nachricht bearbeiten, wenn nichts geschrieben ist
page-key-escape = Schließen oder nicht mehr antworten
page-key-list = Diese Tasten zeigen

## Conversation

page-messages = Nachrichten
page-older = Suche ältere Nachrichten …
page-looking = Suche die Nachricht …
page-unread-line = Neu
page-to-newest = Zum Neuesten
page-talk-empty = Hier hat noch niemand geschrieben.
page-talk-empty-next = Schreib unten die erste Nachricht. Alle im Raum lesen sie.
page-arrived = { $who }: { $what }
page-organizer = Organizer
page-edited = bearbeitet
page-pinned = Angeheftet
page-pinned-all = Angeheftete Nachrichten
page-pinned-count = { $count ->
    [one] { $count } angeheftet
   *[other] { $count } angeheftet
}
page-sent = Gesendet
page-waiting = Wartet
page-waiting-other = Etwas von dir geht von selbst raus, sobald es eine Verbindung gibt.
page-announcement = Durchsage
page-taken-back = Diese Nachricht wurde zurückgenommen.
page-taken-back-own = Du hast diese Nachricht zurückgenommen.
page-unknown-kind = Diese Art Nachricht kennt diese Version nicht. Aktualisiere, um sie zu lesen.
page-answer = Antworten
page-answer-message = Auf diese Nachricht antworten
page-answer-to = Antwort an
page-answer-lost = Diese Nachricht ist nicht verfügbar.
page-answering = Du antwortest { $who }:
page-editing = Du bearbeitest:
page-more = Mehr
page-react = Reagieren
page-react-with = Mit { $mark } reagieren
page-react-other = Mit einem eigenen Wort reagieren
page-react-word = Ein Emoji oder ein kurzes Wort
page-react-hint = Alle im Raum sehen es, mit deinem Rufnamen.
page-reactions = Reaktionen
page-reaction = { $count ->
    [one] { $mark } von { $who }
   *[other] { $mark } von { $who }
}
page-edit = Bearbeiten
page-pin = Oben anheften
page-unpin = Nicht mehr anheften
page-take-back = Zurücknehmen
page-take-back-sure = Diese Nachricht zurücknehmen?
page-take-back-line = Sie verschwindet auf jedem Gerät, das online ist. Andere sehen, dass du etwas zurückgenommen hast.
page-snippet-poll = Umfrage: { $what }
page-snippet-plan = Termin: { $what }
page-snippet-file = Datei: { $what }
page-banner-lost = Dieses Gerät hat den Raum verloren. Es bittet die Organizer, es wieder aufzunehmen. Was inzwischen gesagt wird, kann es nicht zeigen.
page-banner-stale = Dieses Gerät hat seit zwei Tagen nichts von den Organizern gehört. Sende hier nichts Geheimes, bis es von ihnen gehört hat.
page-banner-gap = Du warst weg. Einige Nachrichten vom { $from } bis zum { $until } sind nicht verfügbar.
page-foot-out = Du wurdest ausgeschlossen. Du liest hier nichts Neues.
page-foot-lost = Du kannst wieder schreiben, wenn dieses Gerät zurück im Raum ist.
page-foot-organizers = Nur Organizer schreiben hier. Du kannst reagieren und auf Umfragen antworten.
page-write = Nachricht schreiben
page-write-label = Nachricht schreiben. Enter sendet sie.
page-send = Senden
page-sensitive = Nur senden, wenn sicher ist, wer liest
page-sensitive-about = Vertraulich: Es geht nur hinaus, wenn dieses Gerät sicher weiß, wer im Raum ist.
page-sensitive-off = Wie alles andere senden
page-add = Datei, Umfrage oder Termin hinzufügen
page-mentions = Leute in diesem Raum
page-odd-zero-width = In diesem Text sind unsichtbare Zeichen. Sie können zeigen, wer ihn kopiert hat.
page-odd-bidi = In diesem Text sind Zeichen, die seine Richtung umdrehen. Andere lesen ihn vielleicht anders.
page-odd-look-alike = Manche Buchstaben in diesem Text sehen aus wie andere. Eine Adresse führt vielleicht woandershin.
page-odd-private = In diesem Text sind Zeichen, die auf jedem Gerät anders aussehen.
page-odd-other = In diesem Text sind seltsame Zeichen. Tipp ihn selbst, wenn du kannst.
page-odd-clean = Text säubern

## What members said about the room

page-said-vouched = { $by } bürgt für { $who } ({ $how }).
page-said-revouched = { $by } bürgt wieder für { $who } ({ $how }).
page-said-objection = { $by } ist dagegen, { $who } aufzunehmen.
page-said-objection-why = { $by } ist dagegen, { $who } aufzunehmen: { $why }
page-said-approved = { $by } ist dafür: { $what }.
page-event-joined = { $who } ist dazugekommen, aufgenommen von { $by }. Gebürgt haben: { $vouchers }.
page-event-founder = { $who } ist bei der Gründung dazugekommen.
page-event-device = { $who } ist dazugekommen: ein zweites Handy von { $of }.
page-event-severed = { $who } wurde ausgeschlossen von { $by }. Was jemand schon hat, lässt sich damit nicht löschen.
page-event-recalled = { $who } wurde von Mitgliedern ausgeschlossen. Zuletzt verlangt hat es { $by }. Was jemand schon hat, lässt sich damit nicht löschen.
page-event-stopped = { $by } hat das Handy von { $who } gestoppt. Was es schon hat, lässt sich damit nicht löschen.
page-event-rejoined = { $who } ist nach langer Zeit wieder da.
page-event-confirmed = { $who } ist nicht mehr in Prüfung, auf das Wort von { $by }.
page-event-review = Neue Bürgschaften nötig für: { $who }.
page-event-carried = Beschlossen: { $what }. Ausgeführt von { $by }.
page-event-terms = Ab dem { $when } ist es leichter, dazuzukommen. Wer dagegen ist, sagt es jetzt.
page-event-keys = Die Schlüssel wurden gewechselt.
page-event-dropped = Deine Änderung wurde nicht gemacht: { $why }
page-event-not-shown = Etwas von { $by } wird nicht gezeigt: Es ist kaputt oder nicht erlaubt.
page-event-wants-back = { $who } will zurückkommen. Ein Organizer entscheidet.
page-event-without-ticket = { $who } hat von dir kein Ticket bekommen, denn du hast keins zum Teilen. Lesen geht, Schreiben noch nicht.
page-motion-sever = { $who } ausschließen
page-motion-recall = { $who } auf das Wort von Mitgliedern ausschließen
page-motion-terms = Die Regeln ändern: { $what }
page-motion-terms-same = Die Regeln lassen, wie sie jetzt sind
page-motion-name = { $who } zum Organizer machen
page-motion-drop = { $who } ist nicht mehr Organizer
page-motion-lift = Mitglieder wieder für { $who } bürgen lassen
page-motion-other = Etwas, das diese Version nicht kennt

## Polls, plans, announcements

page-poll = Umfrage
page-poll-ask = Umfrage machen
page-poll-question = Deine Frage
page-poll-option = Antwort { $at }
page-poll-more = Noch eine Antwort
page-poll-allow-several = Mehrere Antworten erlauben
page-poll-several = Du darfst mehrere wählen.
page-poll-send = Fragen
page-poll-sent = Deine Umfrage ist im Raum.
page-poll-yours = deine Wahl
page-poll-count = { $count ->
    [one] { $count } Stimme
   *[other] { $count } Stimmen
}
page-poll-answers = { $count ->
    [one] { $count } Person hat geantwortet.
   *[other] { $count } Personen haben geantwortet.
}
page-poll-closed = { $count ->
    [one] Beendet. { $count } Person hat geantwortet.
   *[other] Beendet. { $count } Personen haben geantwortet.
}
page-poll-honest = Nur Zahlen werden gezeigt. Ein verändertes Programm könnte einem Mitglied zeigen, wer was gewählt hat.
page-poll-close = Umfrage beenden
page-poll-close-sure = Diese Umfrage beenden?
page-poll-close-line = Antworten danach zählen nicht. Du kannst sie nicht wieder öffnen.
page-poll-close-done = Die Umfrage ist beendet.
page-plan = Termin
page-plan-make = Termin machen
page-plan-title = Was
page-plan-when = Wann
page-plan-place = Wo
page-plan-note = Was noch wichtig ist
page-plan-send = Dem Raum sagen
page-plan-change = Termin ändern
page-plan-changed = Geändert von { $by }.
page-plan-off = Abgesagt
page-plan-call-off = Absagen
page-plan-call-off-sure = „{ $what }“ absagen?
page-plan-call-off-line = Alle im Raum sehen es sofort. Du kannst diesen Termin nicht zurückholen, aber einen neuen machen.
page-announce = Durchsage machen
page-announce-text = Alle sehen es als Worte eines Organizers.
page-announce-words = Was alle wissen müssen
page-announce-send = Durchsagen
page-plans-coming = Kommt noch
page-plans-past = Vorbei
page-plans-none = Noch kein Termin. Mach einen: was, wann und wo.
page-polls = Umfragen
page-polls-none = Noch keine Umfrage. Frag den Raum etwas.
page-show-in-room = Im Raum zeigen
page-look-back = Weiter zurückblicken

## Files

page-file-send-title = Datei oder Foto senden
page-file-send = Senden
page-file-caption = Text dazu
page-file-photo = Das ist ein Foto. Es wird zuerst neu gemalt: Ort, Zeit und Kamera werden herausgenommen.
page-file-inside = Diese Datei bleibt, wie sie ist. Vielleicht stecken Namen von Autoren, Daten und Orte darin. Sieh hinein, bevor du sie sendest.
page-file-big = Eine Datei darf höchstens { $most } haben. Mach sie kleiner.
page-file-progress = Wie viel von { $name } da ist
page-file-sending = Wird gesendet, { $share } von { $total }
page-file-stopped = Es geht gerade nicht weiter. Beim nächsten Start wird es noch einmal versucht.
page-file-stop = Nicht weiter senden
page-file-offered = Das Relay bewahrt sie bis zum { $until } auf.
page-file-coming = { $share } ist hier
page-file-here = Auf diesem Gerät
page-file-gone = Das Relay hat sie vergessen. Bitte noch einmal darum.
page-file-damaged = Was ankam, ist nicht das, was gesendet wurde. Hol es noch einmal oder bitte darum.
page-file-get = Holen
page-file-look = Ansehen
page-file-look-at = { $name } ansehen
page-file-picture-of = Bild von { $who }
page-file-save = Speichern
page-file-saved = In deinen Downloads gespeichert. Dort können es alle mit diesem Gerät lesen.
page-file-from = { $who }, { $when }
page-files-none = Noch keine Dateien.
page-files-none-next = Sende eine Datei oder ein Foto. Nichts wird von selbst geholt: Jede Person wählt.

## People

page-people-in = { $count ->
    [one] { $count } Person ist im Raum
   *[other] { $count } Personen sind im Raum
}
page-people-past = { $count ->
    [one] Nicht mehr im Raum: { $count }
   *[other] Nicht mehr im Raum: { $count }
}
page-people-bring = Jemanden dazuholen
page-person-more = Was du bei { $who } tun kannst
page-under-review = In Prüfung
page-probation = Neu: Bürgschaften dieser Person zählen ab dem { $until }
page-branch = Zweig von { $of }.
page-origin-founder = Hat den Raum am { $when } gegründet.
page-origin-device = Anderes Gerät von { $of }, seit dem { $when }.
page-origin-vouched = Dazugekommen am { $when }. Gebürgt haben: { $by }.
page-origin-voucher = { $who } ({ $how })
page-past-severed = Ausgeschlossen am { $when }
page-past-stopped = Handy gestoppt am { $when }
page-past-lifted = Ausgeschlossen; Mitglieder dürfen wieder bürgen
page-past-left = Gegangen am { $when }
page-lift = Wieder bürgen lassen
page-review-who = Neue Bürgschaften nötig für: { $who }.
page-review-why = Jemand, der für sie gebürgt hat, wurde ausgeschlossen. Dafür wird niemand ausgeschlossen. Wer sie kennt, bürgt neu.
page-revouch = Wieder bürgen
page-revouch-sure = Wieder für { $who } bürgen?
page-revouch-line = Du sagst, dass du die Person persönlich getroffen hast und darauf vertraust, dass sie ist, wer sie sagt.
page-review-end = Prüfung beenden
page-review-end-sure = Die Prüfung von { $who } beenden?
page-review-end-line = Die eigenen Bürgschaften der Person zählen wieder.
page-review-end-needs = Es braucht so viele Bürgschaften wie bei der Aufnahme.
page-note-edit = Notiz schreiben
page-note-on = Deine Notiz zu { $who }
page-note = Notiz
page-note-hint = Nur auf diesem Gerät. Niemand sonst sieht sie je.
page-make-organizer = Zum Organizer machen
page-drop-organizer = Nicht mehr Organizer
page-link-phone = Mein anderes Handy verbinden

## Getting somebody out

page-put-out = Aus dem Raum ausschließen
page-put-out-sure = { $who } ausschließen?
page-put-out-yes = { $who } ausschließen
page-put-out-several = Mehrere ausschließen
page-put-out-who = Wer muss gehen
page-put-out-nobody = Wähle mindestens eine Person.
page-out-reads-nothing = { $who } liest nichts Neues mehr, auf keinem Handy. Bei allen, die online sind, dauert das Sekunden.
page-out-keys = Diese Schlüssel können nicht zurückkommen, bis zwei Organizer es erlauben.
page-out-vouched = Die Person hat gebürgt für: { $who }. Dafür wird niemand ausgeschlossen, aber andere müssen vielleicht neu bürgen.
page-out-seen = Alle sehen, dass du es warst.
page-out-done = { $who } ist draußen.
page-out-waiting = Beantragt. Es wartet auf einen anderen Organizer.
page-recall = Ausschluss verlangen
page-recall-sure = Verlangen, { $who } auszuschließen?
page-recall-line = Das geht ohne Organizer: Mitglieder aus zwei Zweigen, deren Wort zählt, müssen es alle verlangen.
page-recall-waiting = Verlangt. Es wartet auf andere Mitglieder.
page-stop-phone = Dieses Handy stoppen
page-stop-sure = Das Handy von { $who } stoppen?
page-stop-reads-nothing = Dieses Handy liest nichts Neues. Bei allen, die online sind, dauert das Sekunden.
page-stop-goes-on = Wem es gehört, macht weiter mit: { $who }.
page-stop-comes-back = Wem es gehört, kommt mit einem neuen Profil zurück: Zwei Mitglieder treffen die Person und bürgen wieder.
page-stop-nobody = Niemanden, für den diese Person gebürgt hat, trifft das: Ein verlorenes Handy ist niemandes Schuld.
page-stop-cannot-erase = Was dieses Handy schon hat, lässt sich damit nicht löschen.
page-stop-done = Das Handy von { $who } ist gestoppt.
page-exposure = Was zu lesen war
page-exposure-look = Ansehen, was zu lesen war
page-exposure-of = Was { $who } lesen konnte
page-exposure-time = Vom { $from } bis zum { $until }.
page-exposure-still = Seit dem { $from }, und es geht immer noch.
page-exposure-messages = { $count ->
    [one] Nachricht
   *[other] Nachrichten
}
page-exposure-files = { $count ->
    [one] Datei
   *[other] Dateien
}
page-exposure-plans = { $count ->
    [one] Termin
   *[other] Termine
}
page-exposure-polls = { $count ->
    [one] Umfrage
   *[other] Umfragen
}
page-exposure-unknown = { $count ->
    [one] von neuerer Art
   *[other] von neuerer Art
}
page-exposure-dates = Die erste ist vom { $from }, die letzte vom { $until }, soweit dieses Gerät sie hat.
page-exposure-blind = Dieses Gerät ist am { $when } dazugekommen. Was vorher gesagt wurde, kann es nicht zählen.
page-exposure-next = Was jetzt zu tun ist
page-exposure-brought = Sprich mit denen, die auf das Wort dieser Person dazugekommen sind: { $who }.
page-exposure-brought-none = Niemand ist auf das Wort dieser Person dazugekommen.
page-exposure-review = Bürge neu für alle, die in Prüfung sind: { $who }.
page-exposure-change-plans = Ändere Treffen und Termine, die diese Person kannte.

## Newcomers

page-door-who = Wer dazukommen will
page-door-none = Niemand wartet auf Aufnahme.
page-door-none-next = Wenn du jemanden persönlich getroffen hast, bürge hier.
page-door-until = Bis zum { $until }
page-door-missing = Noch nicht: { $why }.
page-door-ready = Genug Mitglieder bürgen. Ein Organizer kann jetzt aufnehmen.
page-vouch = Bürgen
page-vouch-too = Auch bürgen
page-vouch-title = Für jemanden bürgen
page-vouch-who = Wen du getroffen hast
page-vouch-for = Für { $who } in „{ $room }“ bürgen?
page-vouch-line = Du sagst, dass du die Person getroffen hast und darauf vertraust, dass sie ist, wer sie sagt.
page-vouch-once = Ein Treffen gilt für einen Raum. Für einen anderen Raum trefft euch noch einmal.
page-vouch-none = Du hast niemand Neues getroffen
page-vouch-none-next = Triff die Person zuerst selbst. Dann kannst du für sie bürgen.
page-vouched = Du bürgst für die Person. Alle im Raum sehen das.
page-vouch-fact = { $who } bürgt: { $how } am { $when }
page-vouch-not = Es zählt nicht: { $why }.
page-against = { $who } ist dagegen.
page-against-why = { $who } ist dagegen: { $why }
page-object = Nein sagen
page-object-sure = Nein sagen zu { $who }?
page-object-line = Alle im Raum lesen, warum. Es bindet niemanden: Organizer entscheiden.
page-object-why = Warum
page-admit = Aufnehmen
page-admit-sure = { $who } aufnehmen?
page-admit-reads = Die Person liest, was ab jetzt kommt, nichts von vorher.
page-admit-seen = Alle sehen, wer sie aufgenommen hat und wer gebürgt hat.
page-admit-back = Du kannst sie wieder ausschließen. Was sie bis dahin gelesen hat, lässt sich damit nicht löschen.
page-admit-changed = Zu dieser Person hat sich etwas geändert. Lies es noch einmal, bevor du sie hereinlässt.
page-admitted = { $who } kommt dazu.
page-returning = Die Person will zurückkommen. Ihr Gerät war weg seit dem { $since }.
page-return = Zurückkommen lassen
page-return-sure = { $who } zurückkommen lassen?
page-return-away = Das Gerät der Person sagt, dass es seit dem { $since } weg war.
page-return-ask = Frag zuerst { $who }, persönlich oder in einem Anruf: Wer dieses Handy hat, kommt zurück.
page-return-reads = Die Person liest, was ab jetzt kommt, nichts aus der Zeit dazwischen.

## Rules

page-rules = Regeln dieses Raums
page-rules-organizers = Organizer: { $who }.
page-rules-founding = Gründungsmitglieder können noch dazukommen: Bisher wurde niemand durch Bürgschaften aufgenommen.
page-rules-change = Du kannst eine Änderung vorschlagen. Ein anderer Organizer muss zustimmen.
page-rules-read = Organizer können sie ändern, zwei zusammen.
page-motions = Wartet auf Zustimmung
page-motions-waiting = { $count ->
    [one] { $count } Antrag wartet auf Zustimmung
   *[other] { $count } Anträge warten auf Zustimmung
}
page-motion-state = { $count ->
    [one] { $count } von { $needed } ist dafür.
   *[other] { $count } von { $needed } sind dafür.
}
page-motion-for = Dafür: { $who }.
page-motion-until = Wartet bis zum { $until }.
page-motion-yours = Du bist dafür.
page-approve = Zustimmen
page-approve-last = { $count ->
    [one] { $count } von { $needed } ist bisher dafür. Mit der letzten Stimme ist es getan.
   *[other] { $count } von { $needed } sind bisher dafür. Mit der letzten Stimme ist es getan.
}
page-approve-out = Wer ausgeschlossen ist, liest nichts Neues, auf keinem Handy.
page-approved = Du bist dafür. Es wartet auf andere.
page-decided = Beschlossen.
page-propose = Vorschlagen
page-proposed = Vorgeschlagen. Es wartet auf einen anderen Organizer.
page-propose-two = Zwei Organizer müssen zustimmen. Du bist die erste Stimme; alle sehen es.
page-propose-later = Was die Aufnahme leichter macht, gilt drei Tage nach der zweiten Zustimmung.
page-term-vouches = Mitglieder, die für eine neue Person bürgen müssen
page-term-probation = Zeit, bis Bürgschaften von Neuen zählen
page-term-vouch-budget = Neue, für die ein Mitglied in 90 Tagen bürgen kann
page-term-calls = Eine Bürgschaft nach einem Anruf zählt
page-term-recall = Mitglieder, die zusammen jede Person ausschließen können
page-term-rejoin = Zeit weg, nach der ein Organizer die Rückkehr bestätigt
page-term-key-age = Wie alt die Schlüssel werden dürfen, solange Leute schreiben
page-term-message-life = Wie lange Relays Nachrichten aufbewahren
page-term-change-life = Wie lange Relays Änderungen und Einladungen aufbewahren
page-term-disappear = Wie lange Geräte Nachrichten behalten
page-term-organizers-post = Nur Organizer dürfen schreiben
page-term-change = Ändern: { $term }
page-term-change-short = Ändern
page-term-coming = { $value } ab dem { $when }
page-term-value = Neuer Wert
page-term-unit = Einheit
page-days = Tage
page-hours = Stunden
page-value-count = { $count }
page-value-yes = Ja
page-value-no = Nein
page-value-never = Bis du sie löschst
page-value-at-once = Sofort
page-value-always = Jederzeit

## Meeting

page-meet-lead = Setzt euch zusammen, von Angesicht zu Angesicht. Es dauert eine Minute.
page-meet-no-relay = Füge zuerst ein Relay hinzu. Ohne Relay könnt ihr euch nicht treffen.
page-meet-show = Code zeigen
page-meet-show-text = Die andere Person scannt ihn oder tippt ihn ein.
page-meet-use = Code der anderen Person benutzen
page-meet-use-text = Die andere Person zeigt ihn dir.
page-meet-more = Mehr Möglichkeiten
page-meet-call = Wir treffen uns in einem Anruf, nicht persönlich
page-meet-call-hint = In vielen Räumen zählt das nicht. Du hörst eine Stimme und siehst nicht, wer noch da ist.
page-meet-like = Ich bin neu und treffe noch ein Mitglied aus dem Raum von:
page-meet-like-nobody = Niemand
page-meet-like-hint = Wähle das, wenn zwei Mitglieder eines Raums für dich bürgen.
page-meet-let-scan = Lass eine Person das scannen.
page-meet-qr = Der Code für dieses Treffen als Bild
page-meet-type = Stattdessen eintippen
page-meet-copy = Code kopieren
page-meet-secret = Er gilt zehn Minuten und für eine Person. Zeig ihn sonst niemandem.
page-meet-until = Gilt bis { $time }.
page-meet-ticket = Du hast kein Ticket dieses Relays. Es geht, wenn die andere Person eins hat.
page-meet-ticket-ask = Du hast kein Ticket dieses Relays. Es geht, wenn die andere Person eins hat. Wenn nicht, frag: { $contact }.
page-meet-waiting = Warte auf das andere Gerät
page-meet-stop = Abbrechen
page-meet-code = Der Code
page-meet-code-hint = Tipp ihn ein oder füge ihn ein, wie der andere Bildschirm ihn zeigt.
page-meet-picture = Oder ein Foto des Codes
page-meet-picture-hint = Das Foto bleibt auf diesem Gerät.
page-meet-read = Der Code ist gelesen.
page-meet-no-code = In diesem Bild ist kein Code. Mach es noch einmal, näher und gerade.
page-meet-no-picture = Dieses Bild lässt sich nicht lesen. Wähle ein Foto.
page-meet-go = Weiter
page-meet-used = Der Code ist benutzt.
page-meet-again = Noch jemanden treffen
page-meet-over-expired = Die zehn Minuten sind um. Trefft euch noch einmal mit einem neuen Code.
page-meet-over-stopped = Das Treffen wurde abgebrochen. Trefft euch noch einmal mit einem neuen Code.
page-meet-over-second = Ein anderes Gerät hat denselben Code benutzt. Sieh nach, wer noch in der Nähe ist, dann trefft euch noch einmal mit einem neuen Code.
page-meet-over-misbehaved = Das andere Gerät, oder jemand dazwischen, hat den Ablauf eines Treffens gestört. Sieh nach, wer noch in der Nähe ist, dann trefft euch noch einmal.
page-meet-unpaid = Ihr habt beide kein Ticket dieses Relays. Frag die, die das Relay betreiben, füge das Ticket hinzu, und trefft euch noch einmal.
page-meet-unpaid-ask = Ihr habt beide kein Ticket dieses Relays. Frag { $contact }, füge das Ticket hinzu, und trefft euch noch einmal.
page-words-spoken = { $who } ist da. Die Wörter sind: { $words }.
page-words-read = { $who } ist da. Lest euch die Wörter gegenseitig laut vor.
page-words-three = Drei Wörter
page-words-question = Zeigen beide Bildschirme dieselben Wörter?
page-words-same = Ja, dieselben
page-words-differ = Nein, andere
page-words-differ-title = Vielleicht ist jemand dazwischen
page-words-differ-text = Die Wörter sind verschieden, also wurde niemand hinzugefügt. Sieh nach, wer noch in der Nähe ist, dann trefft euch noch einmal mit einem neuen Code.
page-met = Du hast { $who } getroffen
page-met-vouch = Wenn { $who } neu in einem Raum von dir ist, bürge dort:
page-met-new = Wenn du neu in einem Raum von { $who } bist, triff noch ein Mitglied daraus.
page-met-found = Wenn du zusammen mit { $who } einen Raum gründest, tu es hier.
page-linked = Mit { $who } verbunden
page-linked-next = Beide Geräte sind jetzt du.
page-contacts = Leute, die du getroffen hast
page-contact-met = { $how } am { $when }.
page-contact-own = Dein anderes Gerät, seit dem { $when }.
page-contact-used = Schon für einen Raum verbraucht.
page-link-lead = Hol dein anderes Handy in „{ $room }“.
page-link-scan = Scanne das mit deinem anderen Handy.
page-link-warning = Es gilt zehn Minuten. Wer es scannt und dieselben Wörter zeigt, ist in diesem Raum du.
page-link-sure = Dieser Code verbindet ein Gerät. Mit deinem verbinden?
page-link-own = Sag nur ja, wenn der Code auf deinem eigenen anderen Gerät steht. Wer ihn dir zeigt, ist danach in seinem Raum dieselbe Person wie du.

## Founding

page-found-lead = Ein Raum beginnt mit zwei bis acht Leuten, die sich getroffen haben.
page-found-none = Um einen Raum zu gründen, triff zuerst jemanden.
page-found-name = Name des Raums
page-found-name-hint = Nur wer im Raum ist, sieht ihn.
page-found-who = Wer ihn mit dir gründet
page-found-organizer = { $who } ist auch Organizer
page-found-needs = Mindestens eine dieser Personen muss auch Organizer sein. Setz den Haken neben dem Namen.
page-founded = Der Raum ist da.

## Search

page-search-words = Wörter
page-search-room = Wo
page-search-all = Alle Räume
page-search-hint = Die Suche läuft nur auf diesem Gerät.
page-search-found = { $count ->
    [one] { $count } Nachricht gefunden
   *[other] { $count } Nachrichten gefunden
}
page-search-many = { $count ->
    [one] Die neueste Nachricht wird gezeigt. Füge ein Wort hinzu, um weniger zu finden.
   *[other] Die neuesten { $count } werden gezeigt. Füge ein Wort hinzu, um weniger zu finden.
}
page-search-none = Nichts gefunden.
page-search-none-next = Versuch es mit weniger Wörtern. Was verschwunden ist, wird nicht mehr gefunden.

## Alarms

page-alarms-about = Was ein Angriff sein kann oder ein Gerät, das zurückgeblieben ist. Alarme werden aufbewahrt.
page-alarms-none = Keine Alarme.
page-alarms-none-next = Wenn etwas nicht stimmt, steht es hier, und auch, was zu tun ist.
page-alarm-count = { $count ->
    [one] { $count } Mal
   *[other] { $count } Mal
}
page-alarm-some-room = einem Raum
page-alarm-room = Zum Raum gehen
page-alarm-evidence = Beweis speichern
page-alarm-evidence-line = Andere können ihn prüfen. Wer ihn bekommt, erfährt, um welches Postfach es geht.
page-alarm-go-on = Hier weiterschreiben
page-alarm-go-on-sure = Hast du mit anderen verglichen?
page-alarm-go-on-line = Mach nur weiter, wenn ein drittes Mitglied dasselbe sieht wie du.
page-alarm-go-on-else = Wenn nicht, gründet den Raum neu bei einem anderen Relay.
page-alarm-went-on = Du kannst hier wieder schreiben.

## Settings

page-settings-you = Andere sehen dich als { $name }.
page-settings-look = Aussehen und Sprache
page-settings-notices = Mitteilungen
page-settings-safe = Sicherheit auf diesem Gerät
page-settings-copy = Kopien und ein Ende
page-look-theme = Farben
page-look-contrast = Kontrast
page-look-text = Schriftgröße
page-look-language = Sprache
page-look-auto = Wie auf diesem Gerät
page-look-light = Hell
page-look-dark = Dunkel
page-look-more = Hoch
page-look-usual = Normal
page-look-large = Groß
page-look-larger = Größer
page-notices = Sag mir, wenn etwas kommt
page-notices-about = Es sagt nur, dass es neue Nachrichten gibt: keine Namen, kein Text.
page-notices-cannot = Dieser Browser hat keine Mitteilungen.
page-notices-refused = Dein Browser erlaubt es nicht. Ändere das in seinen Einstellungen für diese Seite.
page-relays = Relays
page-relays-about = Ein Relay leitet Nachrichten weiter und kann sie nicht lesen.
page-relays-none = Noch kein Relay. Frag deine Gewerkschaft nach dem Link oder einem Ticket.
page-relay-add = Relay hinzufügen
page-relay-added = Das Relay ist hinzugefügt.
page-relay-link = Link oder Ticket
page-relay-link-hint = Nimm ihn von denen, die das Relay betreiben, am besten persönlich.
page-relay-try = Ausprobieren
page-relay-answers = Das Relay antwortet, und es ist das richtige.
page-relay-here = Verbunden
page-relay-away = Weg
page-relay-unused = Gerade nicht benutzt
page-ticket-add = Ticket hinzufügen
page-ticket-added = Das Ticket ist hinzugefügt.
page-ticket-code = Das Ticket
page-ticket-code-hint = Kopiere es ganz. Es ersetzt ein früheres.
page-ticket-ask = Eins gibt es hier: { $contact }.
page-ticket-ask-host = Bitte die um eins, die das Relay betreiben.
page-ticket-unknown = Noch nicht gefragt, ob es ein Ticket will.
page-ticket-open = Offen: Du brauchst kein Ticket.
page-ticket-good = Dein Ticket ist gültig.
page-ticket-missing = Kein Ticket. Wer dich in einen Raum holt, gibt dir von selbst eins.
page-ticket-refilling = Dein Ticket ist gültig, aber gerade verbraucht. In wenigen Minuten geht es von selbst weiter.
page-ticket-used-up = Dein Ticket ist für heute verbraucht. Morgen geht es von selbst weiter; was du geschrieben hast, bleibt erhalten.
page-ticket-refused = Es nimmt dein Ticket nicht mehr.
page-ticket-distrusted = Dein Ticket wird nicht benutzt: Dieses Relay kann dich daran vielleicht erkennen. Sieh dir die Alarme an.
page-ticket-wrong-clock = Stell die Uhr dieses Geräts: Sie geht wohl falsch. Dann geht es von selbst weiter; was du geschrieben hast, bleibt erhalten.
page-lock-about = Gesperrt liest niemand, der dieses Gerät wegnimmt, deine Räume. Es sperrt sich auch von selbst, wenn du eine Weile nichts tust.
page-disappear-where = Wie lange Nachrichten bleiben, regelt jeder Raum selbst: Sieh in seine Regeln.
page-export-about = Nimm eine Kopie von allem mit, verschlossen mit einer eigenen Passphrase. Sie verschwindet nicht.
page-copy-write = Kopie schreiben
page-copy-passphrase = Eine Passphrase für die Kopie
page-copy-written = Die Kopie ist geschrieben
page-wipe-about = Entferne alles von Offshift von diesem Gerät, für immer.
page-wipe = Dieses Profil vernichten
page-wipe-yes = Für immer vernichten
page-wiped-title = Das Profil ist vernichtet
page-wiped-text = Auf diesem Gerät ist nichts davon übrig. Du kannst diesen Tab schließen.
page-passphrase-change = Passphrase ändern
page-passphrase-changed = Die Passphrase ist geändert.
page-passphrase-old = Die jetzige Passphrase
page-passphrase-new = Die neue
page-passphrase-again = Die neue noch einmal
page-passphrase-hint = Fünf oder mehr Wörter, die niemand zusammenstellen würde.
page-strength-very-weak = Sehr schwach: Wer dieses Gerät hat, öffnet es.
page-strength-weak = Schwach: Eine Maschine findet sie in Tagen.
page-strength-good = Gut.
page-strength-strong = Stark.
page-weak-common = Viele Leute nutzen sie.
page-weak-word = Sie ist nur ein Wort. Füge mehr Wörter hinzu.
page-weak-date = Sie sieht aus wie ein Datum.
page-weak-pattern = Sie wiederholt sich oder folgt den Tasten.
page-passphrase-differ = Die zwei neuen sind nicht gleich. Gib beide noch einmal ein.
page-passphrase-lost = Wenn du sie vergisst, kann niemand dieses Profil öffnen: du nicht, und wir auch nicht.
