### Offshift: files

## What can be wrong

error-file_unreadable = diese Datei lässt sich nicht lesen: { $why }
error-file_not_a_file = das ist keine Datei; wähle eine Datei
error-file_empty = diese Datei ist leer; wähle eine andere
error-file_too_long = eine Datei hat höchstens 25 MiB; mach sie kleiner oder sende sie in Teilen
error-file_changed = die Datei hat sich beim Lesen geändert; versuch es noch einmal
error-file_broken_picture = dieses Bild lässt sich nicht lesen, also lässt sich nichts herausnehmen; speichere es neu als JPEG
error-file_large_picture = dieses Bild ist zu groß; mach es zuerst kleiner
error-file_bad_caption = der Text zu einer Datei hat höchstens 4 KiB; kürze ihn
error-file_too_many = mehr Dateien dürfen nicht zugleich unterwegs sein; warte auf eine oder stoppe eine
error-file_no_file = diese Nachricht ist keine Datei
error-file_elsewhere = diese Datei liegt nicht beim Relay des Raums, also wird sie nicht geholt; bitte noch einmal darum
error-file_gone = das Relay hat diese Datei nicht mehr; bitte noch einmal darum
error-file_not_here = diese Datei ist noch nicht auf diesem Gerät; hol sie zuerst
error-file_damaged = was ankam, ist nicht die Datei, die gesendet wurde; bitte noch einmal darum
error-file_no_picture = diese Datei ist kein Bild, das sich zeigen lässt
error-file_exists = etwas mit diesem Namen gibt es schon; wähle einen anderen Namen
error-file_unknown_transfer = so eine Datei ist nicht unterwegs
error-file_disk = der Datenträger nimmt es nicht: { $why }

next-file_unreadable = offshift file send ROOM PATH
next-file_not_a_file = offshift file send ROOM PATH
next-file_no_file = offshift file list ROOM
next-file_not_here = offshift file get ROOM NUMBER
next-file_exists = offshift file get ROOM NUMBER --to OTHER
next-file_too_many = offshift file waiting
next-file_unknown_transfer = offshift file waiting

## Sending

file-keeps = Diese Datei geht raus mit allem, was in ihr steckt: Namen von Autoren, Orte, frühere Fassungen.
file-picture = Dieses Bild wird neu gemalt: Ort, Zeit und Kamera werden herausgenommen.
file-relay-keeps = { $days ->
        [one] Das Relay bewahrt sie einen Tag auf.
       *[other] Das Relay bewahrt sie { $days } Tage auf.
    } Wer sie will, muss sie in dieser Zeit holen.
file-send-question = Senden?
file-not-sent = nichts wurde gesendet
file-keeps-nobody = diese Datei geht raus mit allem, was in ihr steckt, und niemand ist da, den man fragen kann
file-keeps-nobody-next = derselbe Befehl mit --yes
file-sent = Gesendet. Die anderen sehen die Datei im Raum und holen sie, wenn sie wollen.
file-waits = Sie wartet auf das Relay. Sie bleibt erhalten und macht weiter, solange offshift läuft. Weiter: offshift file go-on

## Getting

file-got = { $name } ist auf diesem Gerät, versiegelt. Um eine Kopie zu speichern: offshift file get { $room_word } { $number_word }
file-saved = Gespeichert: { $path }
file-saved-clear = Wer dieses Gerät öffnen kann, kann diese Kopie öffnen; sie verschwindet nicht mit der Nachricht.
file-comes-on = das Relay sendet gerade nicht mehr; was hier ist, bleibt erhalten
file-comes-on-next = derselbe Befehl noch einmal: Es geht weiter, wo es war
file-failed-gone = das Relay hat diese Datei nicht mehr
file-failed-damaged = was ankam, ist nicht die Datei, die gesendet wurde
file-failed-next = bitte im Raum noch einmal darum

## Lists

file-here = Hier, versiegelt. Um eine Kopie zu speichern: offshift file get ROOM NUMBER
file-none = Keine Datei in diesem Raum.
file-none-waiting = Keine Datei ist unterwegs.
file-line = { $number }  { $name }, { $size }, von { $handle }: { $state }
file-waiting-line = { $number }  { $name }, { $part } von { $size }: { $state }
file-progress = { $part } von { $size }, { $speed }/s
file-cancelled = Gestoppt. Nichts mehr davon geht raus oder kommt an.
file-state-offered = nicht hier; das Relay hat sie bis zum { $until }
file-state-coming = kommt an
file-state-here = hier
file-state-gone = weg
file-state-damaged = nicht das, was gesendet wurde
file-state-leaving = geht raus
file-number-many = mehr als eine Datei hat diese Nummer
file-number-many-next = gib mehr Zeichen davon an
file-number-none = keine Datei hat hier diese Nummer
file-number-none-next = offshift file list ROOM
