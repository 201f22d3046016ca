### Offshift: talk

## Messages

message-own = ty
message-reply = (do { $number })
message-announcement = DO WSZYSTKICH: { $text }
message-taken-back = (cofnięta)
message-unknown = (rodzaj wiadomości, którego ta wersja nie zna; zaktualizuj, żeby ją przeczytać)
message-edited = (zmieniona)
message-pinned = (przypięta)
message-mentions-you = (jest w niej twoja nazwa)
message-see = Zobacz: offshift { $command_word } { $room_word }
message-none = żadna wiadomość w tym pokoju nie ma tego numeru
message-none-next = offshift read { $room_word }
message-many = więcej niż jedna wiadomość ma ten numer
message-many-next = podaj więcej jego liter; offshift --json inbox pokazuje całe
take-back-done = Urządzenia usuwają te słowa, gdy się o tym dowiedzą. Kto to przeczytał, ten przeczytał.
pinned-none = Nic nie jest tu przypięte.

## What members say about the room, in place of words

message-vouched = { $by } ręczy za { $handle } ({ $method }).
message-vouched-again = { $by } ręczy jeszcze raz za { $handle } ({ $method }).
message-objected = { $by } jest przeciw wpuszczeniu osoby { $handle }.
message-objected-why = { $by } jest przeciw wpuszczeniu osoby { $handle }: { $reason }
message-approved = { $by } jest za: { $what }.

## Sending

send-sent = Wysłane.
send-waiting = Czeka. Wiadomość nie zginie i wyjdzie sama z następną: offshift inbox
send-waiting-why = Czeka. { $why } Wiadomość nie zginie i wyjdzie sama z następną: offshift inbox
send-put-out = przed wysłaniem usunięto cię z tego pokoju; nic nie zostało wysłane
send-untrusted = ta sieć odpowiada zamiast przekaźnika; wiadomość czeka, nic nie zostało wysłane
send-no-text = to, co podano, nie jest tekstem

## Polls

poll-question = Ankieta: { $question }
poll-option = { $number }. { $text } - { $count }
poll-option-own = { $number }. { $text } - { $count } (twoja odpowiedź)
poll-answered = { $count ->
    [0] Nikt jeszcze nie odpowiedział.
    [one] Odpowiedziała { $count } osoba.
    [few] Odpowiedziały { $count } osoby.
    [many] Odpowiedziało { $count } osób.
   *[other] Odpowiedziało { $count } osoby.
}
poll-closed = Zamknięta: późniejsze odpowiedzi się nie liczą.
poll-how = Odpowiedz: offshift poll answer { $room_word } { $number_word } ...
poll-none = Nie ma tu ankiety.

## Plans

plan-line = Plan: { $title }, { $when }
plan-line-at = Plan: { $title }, { $when }, { $place }
plan-called-off = ODWOŁANE, odwołuje { $handle }
plan-changed = Zmienione, zmienia { $handle }
plan-none = Nie ma tu żadnego planu na przyszłość.
plan-time-bad = to nie jest czas
plan-time-bad-next = dzień i godzina według zegarów na miejscu, na przykład: --at "2027-01-29 18:00"

## Sizes

size-bytes = { $count } B
size-kib = { $count } KiB
size-mib = { $whole },{ $tenths } MiB

## Files

message-file = Plik: { $name }, { $size }

## Reading

read-older = Starsze wiadomości: offshift read { $room_word } --before { $number_word }
read-none = Nic tu jeszcze nie napisano.
search-none = Nic nie znaleziono na tym urządzeniu.
draft-kept = Jest tylko na tym urządzeniu.
draft-gone = Szkic skasowany.
draft-none = Nie ma tu szkicu.

room-unread = nowe: { $count }

## Before sending

odd-hidden = Uwaga: w tekście są znaki, których nikt nie widzi. Mogą oznaczać kopię. Jeśli nie masz pewności, wpisz tekst od nowa.
odd-turning = Uwaga: w tekście są znaki, które odwracają kolejność innych.
odd-looks-like = Uwaga: „{ $text }” miesza litery, które wyglądają podobnie. To może nie być słowo, które czytasz.

## What somebody could read

exposure-plans = { $count ->
    [one] { $count } z nich to plan: czas i miejsce.
    [few] { $count } z nich to plany: czas i miejsce.
    [many] { $count } z nich to plany: czas i miejsce.
   *[other] { $count } z nich to plany: czas i miejsce.
}
exposure-polls = { $count ->
    [one] { $count } z nich to ankieta.
    [few] { $count } z nich to ankiety.
    [many] { $count } z nich to ankiety.
   *[other] { $count } z nich to ankiety.
}
exposure-files = { $count ->
    [one] { $count } z nich to zdjęcie albo inny plik.
    [few] { $count } z nich to zdjęcia albo inne pliki.
    [many] { $count } z nich to zdjęcia albo inne pliki.
   *[other] { $count } z nich to zdjęcia albo inne pliki.
}
