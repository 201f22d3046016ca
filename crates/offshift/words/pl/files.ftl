### Offshift: files

## What can be wrong

error-file_unreadable = nie można odczytać tego pliku: { $why }
error-file_not_a_file = to nie jest plik; wybierz plik
error-file_empty = ten plik jest pusty; wybierz inny
error-file_too_long = plik ma najwyżej 25 MiB; zmniejsz go albo wyślij w częściach
error-file_changed = plik zmienił się w czasie odczytu; spróbuj jeszcze raz
error-file_broken_picture = nie można odczytać tego obrazu, więc nie można z niego nic usunąć; zapisz go od nowa jako JPEG
error-file_large_picture = ten obraz jest za duży; najpierw go zmniejsz
error-file_bad_caption = słowa do pliku mają najwyżej 4 KiB; skróć je
error-file_too_many = w drodze jest już tyle plików, ile może być; poczekaj na jeden albo zatrzymaj jeden
error-file_no_file = ta wiadomość nie jest plikiem
error-file_elsewhere = ten plik nie leży na przekaźniku tego pokoju, więc nie zostanie pobrany; poproś o niego jeszcze raz
error-file_gone = przekaźnik nie ma już tego pliku; poproś o niego jeszcze raz
error-file_not_here = tego pliku nie ma jeszcze na tym urządzeniu; najpierw go pobierz
error-file_damaged = to, co przyszło, nie jest wysłanym plikiem; poproś o niego jeszcze raz
error-file_no_picture = ten plik nie jest obrazem, który można pokazać
error-file_exists = coś o tej nazwie już jest; wybierz inną nazwę
error-file_unknown_transfer = takiego pliku nie ma w drodze
error-file_disk = dysk go nie przyjmuje: { $why }

next-file_unreadable = offshift file send ROOM PATH
next-file_not_a_file = offshift file send ROOM PATH
next-file_no_file = offshift file list ROOM
next-file_not_here = offshift file get ROOM NUMBER
next-file_exists = offshift file get ROOM NUMBER --to OTHER
next-file_too_many = offshift file waiting
next-file_unknown_transfer = offshift file waiting

## Sending

file-keeps = Ten plik wychodzi ze wszystkim, co w nim jest: nazwiska autorów, miejsca, wcześniejsze wersje.
file-picture = Ten obraz jest malowany od nowa: miejsce, czas i dane aparatu są usuwane.
file-relay-keeps = { $days ->
        [one] Przekaźnik trzyma go przez jeden dzień.
        [few] Przekaźnik trzyma go przez { $days } dni.
        [many] Przekaźnik trzyma go przez { $days } dni.
       *[other] Przekaźnik trzyma go przez { $days } dnia.
    } Kto go chce, musi go pobrać w tym czasie.
file-send-question = Wysłać?
file-not-sent = nic nie zostało wysłane
file-keeps-nobody = ten plik wychodzi ze wszystkim, co w nim jest, a nie ma kogo zapytać
file-keeps-nobody-next = to samo polecenie z --yes
file-sent = Wysłany. Inni widzą go w pokoju i pobierają, jeśli chcą.
file-waits = Czeka na przekaźnik. Nie zginie i idzie dalej, póki offshift działa. Dalej: offshift file go-on

## Getting

file-got = { $name } jest na tym urządzeniu, zabezpieczony. Żeby zapisać kopię: offshift file get { $room_word } { $number_word }
file-saved = Zapisane: { $path }
file-saved-clear = Kto może otworzyć to urządzenie, może otworzyć tę kopię; nie znika ona razem z wiadomością.
file-comes-on = przekaźnik nie wysyła teraz więcej; to, co już jest, nie zginie
file-comes-on-next = uruchom jeszcze raz to samo polecenie: pójdzie dalej od tego miejsca
file-failed-gone = przekaźnik nie ma już tego pliku
file-failed-damaged = to, co przyszło, nie jest wysłanym plikiem
file-failed-next = poproś o niego jeszcze raz w pokoju

## Lists

file-here = Jest tutaj, zabezpieczony. Żeby zapisać kopię: offshift file get ROOM NUMBER
file-none = W tym pokoju nie ma plików.
file-none-waiting = Żaden plik nie jest w drodze.
file-line = { $number }  { $name }, { $size }, od { $handle }: { $state }
file-waiting-line = { $number }  { $name }, { $part } z { $size }: { $state }
file-progress = { $part } z { $size }, { $speed }/s
file-cancelled = Zatrzymane. Nic więcej z niego nie wyjdzie ani nie przyjdzie.
file-state-offered = nie ma go tu; przekaźnik ma go do { $until }
file-state-coming = przychodzi
file-state-here = jest tutaj
file-state-gone = już go nie ma
file-state-damaged = nie to, co wysłano
file-state-leaving = wychodzi
file-number-many = więcej niż jeden plik ma ten numer
file-number-many-next = podaj więcej jego liter
file-number-none = żaden plik nie ma tu tego numeru
file-number-none-next = offshift file list ROOM
