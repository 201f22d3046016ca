### Offshift: demo

## What can go wrong

demo-no-folder = es lässt sich kein Ordner auf Zeit anlegen
demo-no-folder-next = schaffe Platz, dann: offshift demo
demo-no-signals = das System hat keine Signale gegeben
demo-stopped = die Demo wurde gestoppt
demo-next = offshift demo
demo-slow = dieser Computer ist zu langsam für die Demo, oder etwas hängt
demo-words-differ = die Wörter sind verschieden
demo-building = Zuerst wird das Relay gebaut, das passiert nur einmal.
demo-not-built = das Relay ließ sich nicht bauen
demo-not-built-next = cargo build --release -p offshift-relay
demo-no-relay = das Programm offshift-relay liegt nicht neben diesem
demo-no-relay-next = installiere beide in einem Ordner, dann: offshift demo
demo-relay-failed = das Relay hat nicht richtig gestartet oder gestoppt
demo-relay-failed-next = offshift-relay serve --dev

## The titles of the story. Limit: 80 characters.

demo-relay-starts = Ein Relay startet. { -relay-promise }
demo-profiles = Drei Leute legen Profile an. Keine Telefonnummer, keine E-Mail.
demo-ticket = ana hat ein Ticket für das Relay. Die anderen brauchen keins: ana holt sie dazu.
demo-meet = Sie treffen sich persönlich. Beide Bildschirme müssen dieselben Wörter zeigen.
demo-found = ana gründet einen Raum mit bob und carol. Nur wer darin ist, kann ihn lesen.
demo-talk = Sie reden.
demo-relay-stops = Das Relay stoppt. Eine Nachricht wartet auf anas Gerät.
demo-relay-back = Das Relay ist wieder da. Die Nachricht geht von selbst raus.
demo-newcomer = dana ist neu. ana und carol treffen dana und bürgen. bob nimmt dana auf.
demo-infiltrator = mark hat carol überredet zu bürgen. Sonst kennt niemand mark.
demo-severed = Es zeigt sich: carol arbeitet für die Firma. ana schließt carol aus.
demo-side-by-side = Nebeneinander: was Leute lesen und was das Relay hat.

## What happens

demo-names = ana, bob, carol
demo-ticket-taken = das Relay nimmt es und kann nicht sagen, was damit bezahlt wird
demo-have-it = bob und carol haben sie
demo-same = gleich
demo-different = VERSCHIEDEN
demo-sent = Gesendet
demo-waiting = Wartet
demo-organizer = { $handle } (Organizer)
demo-before = Was vorher gesagt wurde, kann dana nicht lesen: { $all } Nachrichten für ana, { $some } für dana.
demo-vouches = { $by } bürgt für { $handle }. Alle im Raum sehen es.
demo-each-device = Jedem Gerät der Gründungsmitglieder wird gesagt, es soll mark trotzdem aufnehmen:
demo-refused = abgelehnt: { $why }
demo-learned-nothing = marks eigenes Gerät hat nichts über den Raum erfahren, nicht einmal den Namen.
demo-asked-again = carols eigenes Profil, noch einmal gefragt: ausgeschlossen. { $before } Nachrichten vorher, { $now } jetzt.

## What they write to each other

demo-says-bonus = Der Nachtzuschlag fehlt auf meinem Lohnzettel. Bei dir?
demo-says-march = Bei mir auch. Seit März.
demo-says-ask = Fragen wir am Freitag die anderen.
demo-says-friday = Freitag, sechs Uhr, Bushaltestelle.
demo-says-hello = Hallo. Ich bin dana, vom Packen.
demo-says-bakery = Neuer Ort: Bäckerei, Freitag, sieben.
demo-says-now = Und jetzt?

## Side by side. The right column has 37 characters.

demo-read-ana-bob = ana und bob lesen:
demo-read-dana = dana liest:
demo-read-carol = carol liest:
demo-holds = Das Relay hat:
demo-column-mailbox = Postfach
demo-column-size = Größe
demo-column-left = Rest
demo-column-sealed = versiegelt
demo-more = { $count ->
    [one] und { $count } weitere davon
   *[other] und { $count } weitere davon
}
demo-left-minutes = { $count ->
    [one] { $count } min
   *[other] { $count } min
}
demo-left-hours = { $count ->
    [one] { $count } h
   *[other] { $count } h
}
demo-left-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
demo-end = Jede Nachricht kam einmal an und in der richtigen Reihenfolge. Niemand hat gelesen, was nicht für diese Person war.
    Die Profile und die Daten des Relays werden jetzt gelöscht.
    Um richtig anzufangen: offshift start
