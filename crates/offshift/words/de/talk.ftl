### Offshift: talk

## Messages

message-own = du
message-reply = (an { $number })
message-announcement = AN ALLE: { $text }
message-taken-back = (zurückgenommen)
message-unknown = (eine Art Nachricht, die diese Version nicht kennt; aktualisiere, um sie zu lesen)
message-edited = (bearbeitet)
message-pinned = (angeheftet)
message-mentions-you = (nennt dich)
message-see = Sieh nach: offshift { $command_word } { $room_word }
message-none = keine Nachricht in diesem Raum hat diese Nummer
message-none-next = offshift read { $room_word }
message-many = mehr als eine Nachricht hat diese Nummer
message-many-next = gib mehr Zeichen davon an; offshift --json inbox zeigt alle
take-back-done = Geräte entfernen den Text, sobald sie davon hören. Wer ihn gelesen hat, hat ihn gelesen.
pinned-none = Hier ist nichts angeheftet.

## What members say about the room, in place of words

message-vouched = { $by } bürgt für { $handle } ({ $method }).
message-vouched-again = { $by } bürgt wieder für { $handle } ({ $method }).
message-objected = { $by } ist dagegen, { $handle } aufzunehmen.
message-objected-why = { $by } ist dagegen, { $handle } aufzunehmen: { $reason }
message-approved = { $by } ist dafür: { $what }.

## Sending

send-sent = Gesendet.
send-waiting = Wartet. Die Nachricht bleibt erhalten und geht von selbst raus beim nächsten: offshift inbox
send-waiting-why = Wartet. { $why } Die Nachricht bleibt erhalten und geht von selbst raus beim nächsten: offshift inbox
send-put-out = du wurdest vorher aus diesem Raum ausgeschlossen; nichts wurde gesendet
send-untrusted = dieses Netz antwortet anstelle des Relays; die Nachricht wartet, nichts wurde gesendet
send-no-text = die Eingabe ist kein Text

## Polls

poll-question = Umfrage: { $question }
poll-option = { $number }. { $text } - { $count }
poll-option-own = { $number }. { $text } - { $count } (deine Antwort)
poll-answered = { $count ->
    [0] Noch niemand hat geantwortet.
    [one] { $count } Person hat geantwortet.
   *[other] { $count } Personen haben geantwortet.
}
poll-closed = Beendet: Spätere Antworten zählen nicht.
poll-how = Antworten: offshift poll answer { $room_word } { $number_word } ...
poll-none = Hier ist keine Umfrage.

## Plans

plan-line = Termin: { $title }, { $when }
plan-line-at = Termin: { $title }, { $when }, { $place }
plan-called-off = ABGESAGT von { $handle }
plan-changed = Geändert von { $handle }
plan-none = Hier steht kein Termin an.
plan-time-bad = das ist keine Zeit
plan-time-bad-next = ein Tag und eine Uhrzeit nach den Uhren hier, zum Beispiel: --at "2027-01-29 18:00"

## Sizes

size-bytes = { $count } B
size-kib = { $count } KiB
size-mib = { $whole },{ $tenths } MiB

## Files

message-file = Datei: { $name }, { $size }

## Reading

read-older = Ältere Nachrichten: offshift read { $room_word } --before { $number_word }
read-none = Hier wurde noch nichts gesagt.
search-none = Auf diesem Gerät nichts gefunden.
draft-kept = Bleibt nur auf diesem Gerät.
draft-gone = Der Entwurf ist weg.
draft-none = Hier ist kein Entwurf.

room-unread = { $count } neu

## Before sending

odd-hidden = Achtung: Im Text sind Zeichen, die niemand sieht. Sie können eine Kopie kennzeichnen. Tipp ihn neu, wenn du nicht sicher bist.
odd-turning = Achtung: Im Text sind Zeichen, die die Reihenfolge anderer umdrehen.
odd-looks-like = Achtung: „{ $text }“ mischt Buchstaben, die gleich aussehen. Vielleicht ist es nicht das Wort, das du liest.

## What somebody could read

exposure-plans = { $count ->
    [one] { $count } davon ist ein Termin: Zeit und Ort.
   *[other] { $count } davon sind Termine: Zeiten und Orte.
}
exposure-polls = { $count ->
    [one] { $count } davon ist eine Umfrage.
   *[other] { $count } davon sind Umfragen.
}
exposure-files = { $count ->
    [one] { $count } davon ist ein Foto oder eine andere Datei.
   *[other] { $count } davon sind Fotos oder andere Dateien.
}
