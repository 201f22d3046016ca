### Offshift: safety

## How strong a passphrase is

safety-strength-very-weak = To hasło jest bardzo słabe. Kto zabierze to urządzenie, może je otworzyć w ciągu jednego dnia.
safety-strength-weak = To hasło jest słabe. Kto zabierze to urządzenie i ma pieniądze, może je otworzyć w ciągu kilku tygodni.
safety-strength-good = To hasło jest dobre. Wytrzyma lata.
safety-strength-strong = To hasło jest silne.
safety-weak-by-common = Wielu ludzi używa podobnego.
safety-weak-by-word = To jedno słowo albo imię.
safety-weak-by-date = To data albo rok.
safety-weak-by-pattern = Powtarza się albo idzie po klawiszach.
safety-strength-advice = Lepiej: pięć słów, których nikt by nie połączył.
safety-strength-question = Użyć go mimo to?
safety-strength-no = nie było odpowiedzi „tak”, więc nic nie zostało zrobione

## Another passphrase

safety-passphrase-again = to samo polecenie z innym hasłem
safety-passphrase-changed = Od teraz tylko nowe hasło otwiera ten profil. Wcześniejsze kopie nadal otwierają się swoim hasłem.

## Copies

safety-export-about = Kopia zawiera wszystko z tego profilu: twoje pokoje, rozmowy, twoje notatki. Wybierz dla niej hasło.
safety-export-messages-about = Kopia zawiera rozmowy jako tekst. Wiadomości z niej nie znikają. Wybierz dla niej hasło.
safety-export-progress = Zapisano { $done } z { $total } MiB.
safety-exported = Kopia jest zapisana. Kto ma ją i jej hasło, czyta wszystko.
safety-no-path = plik nie może mieć takiej nazwy
safety-copy-prompt = Hasło kopii:
safety-import-no-file = nie ma takiego pliku
safety-import-exists = jest już tutaj profil { $profile }; kopia staje się nowym profilem
safety-import-exists-next = to samo polecenie z --profile OTHER
safety-import-passphrase = Teraz wybierz hasło dla profilu na tym urządzeniu.
safety-imported = Profil jest tutaj. Zanim będzie można pisać, jego pokoje poproszą o przyjęcie z powrotem: telefon organizatora robi to sam albo pyta. Nie używaj dalej starego: tego, co tamten kupi i powie, ten nie może wiedzieć.
error-bad_passphrase_short = { $count ->
        [one] hasło jest za krótkie; użyj co najmniej 1 znaku, lepiej czterech lub pięciu słów
        [few] hasło jest za krótkie; użyj co najmniej { $count } znaków, lepiej czterech lub pięciu słów
        [many] hasło jest za krótkie; użyj co najmniej { $count } znaków, lepiej czterech lub pięciu słów
       *[other] hasło jest za krótkie; użyj co najmniej { $count } znaku, lepiej czterech lub pięciu słów
    }
error-bad_passphrase_long = { $count ->
        [one] hasło jest za długie; użyj najwyżej 1 znaku
        [few] hasło jest za długie; użyj najwyżej { $count } znaków
        [many] hasło jest za długie; użyj najwyżej { $count } znaków
       *[other] hasło jest za długie; użyj najwyżej { $count } znaku
    }
error-copy_busy = kopia jest już zapisywana; poczekaj, aż będzie gotowa
error-copy_file_exists = plik o tej nazwie już jest; wybierz inną nazwę
error-copy_not_a_copy = ten plik nie jest kopią z Offshift albo jest uszkodzony; wybierz inny plik
error-copy_wrong_passphrase = hasło kopii się nie zgadza; spróbuj jeszcze raz
error-copy_disk = dysk nie pozwolił odczytać albo zapisać kopii; zwolnij miejsce albo sprawdź dysk, potem spróbuj jeszcze raz
next-copy = to samo polecenie z innym plikiem
next-passphrase = offshift passphrase

## The end of a profile

safety-wipe-title = Za chwilę zniszczysz profil { $profile } na tym urządzeniu.
safety-wipe-what = Znika z niego wszystko: twoje pokoje, rozmowy, twoje kontakty i notatki. Nikt nie może tego przywrócić.
safety-wipe-rooms = Zostajesz w swoich pokojach na telefonie, którego już nie ma. Poproś organizatora, żeby go odłączył.
safety-wipe-others = Nie da się wymazać tego, co mają inni.
safety-wipe-copies = Nie da się wymazać kopii, które są już u ciebie albo u kogoś innego. Otwierają się swoim hasłem.
safety-wiped = Profil jest zniszczony.

## Profiles

safety-profiles-none = Na tym urządzeniu nie ma jeszcze profilu. Dalej: offshift start
safety-profile-used = { $name } (ten, którego używasz)

## Crashes

safety-crash = offshift: błąd w tym programie w { $place }; prosimy o zgłoszenie
