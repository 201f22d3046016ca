### Offshift: faces

engine-runs = Silnik tego profilu działa i polecenia go używają. Ctrl-C go kończy.
engine-begins-locked = Jest zablokowany. Dalej: offshift unlock
engine-taken = silnik tego profilu już działa
engine-taken-next = użyj go albo zakończ: offshift daemon --stop
engine-path-long = nazwa folderu tego profilu jest za długa dla silnika
engine-path-long-next = ustaw XDG_RUNTIME_DIR na swój folder albo użyj krótszej nazwy: offshift --profile DIR daemon
engine-no-socket = system nie pozwolił silnikowi nasłuchiwać w folderze profilu
engine-no-socket-next = sprawdź dysk i to, kto może pisać w folderze, potem uruchom to samo polecenie
engine-ended = Silnik zakończył pracę.
engine-none = silnik tego profilu nie działa
engine-locked = Zablokowany. Dalej: offshift unlock
engine-unlocked = Odblokowany.
engine-status-none = Silnik nie działa. Każde polecenie samo otwiera profil.
engine-status-open = Silnik działa, a profil jest otwarty.
engine-status-locked = Silnik działa, a profil jest zablokowany. Dalej: offshift unlock
engine-none-next = offshift daemon
engine-status-idle =
    { $minutes ->
        [one] Blokuje się po minucie bez ciebie.
        [few] Blokuje się po { $minutes } minutach bez ciebie.
        [many] Blokuje się po { $minutes } minutach bez ciebie.
       *[other] Blokuje się po { $minutes } minuty bez ciebie.
    }
engine-status-never = Blokuje się tylko na twoje polecenie: offshift lock
man-not-written = nie można tam zapisać tych stron
man-not-written-next = offshift man FOLDER
man-written = Strony są zapisane. Pierwszą przeczytasz poleceniem: man FOLDER/offshift.1
engine-is-locked = ten profil jest zablokowany
engine-is-locked-next = offshift unlock
engine-silent = działający silnik tego profilu nie odpowiada
engine-silent-next = zakończ go tam, potem uruchom to samo polecenie
engine-foreign = działający silnik tego profilu należy do innego użytkownika
engine-foreign-next = uruchom polecenie jako ten użytkownik albo użyj innego profilu: offshift --profile OTHER ...
engine-other-version = działający silnik jest z innej wersji tego programu
engine-other-version-next = zakończ go i uruchom jeszcze raz: offshift daemon
engine-no-signals = system nie dał sygnałów
engine-no-signals-next = offshift inbox

## The page

open-link = Twoje pokoje są tutaj: { $link }
open-runs = Link działa jeden raz, przez dwie minuty. Nic nie wychodzi przez niego z tego komputera. Ctrl-C to kończy.
engine-notify = Nowe wiadomości.
