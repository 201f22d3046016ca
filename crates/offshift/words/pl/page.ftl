### Offshift: page

## Everywhere

page-title = { $place } · Offshift
page-skip = Przejdź do treści
page-close = Zamknij
page-cancel = Anuluj
page-no = Nie, wróć
page-save = Zapisz
page-see = Zobacz
page-you = Ty
page-somebody = ktoś
page-copied = Skopiowano.
page-copy-text = Kopiuj tekst
page-copy-address = Kopiuj ten adres
page-show-all = Pokaż wszystko
page-everybody-sees = Wszyscy w pokoju to widzą.
page-cannot-erase = Nie da się wymazać tego, co inni już mają.

## What went wrong

page-error-gone = Offshift nie odpowiada. Otwórz go jeszcze raz w terminalu.
page-error-refused = Ta strona nie może działać dalej. Otwórz ją jeszcze raz w terminalu.
page-error-garbled = Nie można odczytać odpowiedzi. Spróbuj jeszcze raz.
page-error-busy = Offshift ma teraz dużo pracy. Zaczekaj chwilę i spróbuj jeszcze raz.
page-error-locked = Offshift jest zablokowany. Wpisz swoje hasło.
page-error-too-old = Ta wersja Offshift tego nie umie. Zaktualizuj ją.
page-error-page = Coś na tej stronie poszło źle. Załaduj ją jeszcze raz.
page-error-other = To się nie udało. Spróbuj jeszcze raz.

## Lock, and the end

page-locked-title = Zablokowane
page-locked-text = Wpisz hasło, żeby otworzyć swoje pokoje.
page-passphrase = Hasło
page-passphrase-show = Pokaż, co wpisuję
page-unlock = Otwórz
page-unlocking = Otwieranie…
page-lock = Zablokuj teraz
page-bye-title = Otwórz tę stronę z terminala
page-bye-text = Ten adres działa jeden raz, w jednej karcie. Nowy dostaniesz tym poleceniem:
page-stopped-title = Offshift został zamknięty
page-stopped-text = Twoje wiadomości są bezpieczne na tym urządzeniu. Żeby działać dalej, użyj tego polecenia:
page-crowded-title = Za dużo kart
page-crowded-text = Offshift jest otwarty w tylu kartach, ile może obsłużyć. Zamknij jedną z nich, potem załaduj tę stronę jeszcze raz.
page-notice = Nowe wiadomości.

## Frame

page-rooms = Pokoje
page-rooms-none = Nie ma jeszcze pokoju.
page-to-rooms = Wróć do pokojów
page-home = Początek
page-search = Szukaj
page-alarms = Alarmy
page-settings = Ustawienia
page-meet = Spotkaj się z kimś
page-found = Załóż pokój
page-reach-here = Jest połączenie
page-reach-some = Nie ma połączenia z jednym z przekaźników. Część wiadomości czeka.
page-reach-away = Brak połączenia. Wiadomości czekają.
page-reach-trust = Ktoś inny odpowiada zamiast twojego przekaźnika. Użyj danych komórkowych.
page-reach-none = Nie ma jeszcze przekaźnika
page-unread = { $count ->
    [one] { $count } nowa wiadomość
    [few] { $count } nowe wiadomości
    [many] { $count } nowych wiadomości
   *[other] { $count } nowej wiadomości
}
page-room-people = { $count ->
    [one] { $count } osoba
    [few] { $count } osoby
    [many] { $count } osób
   *[other] { $count } osoby
}
page-room-safe = { $count ->
    [one] { $count } osoba. Tylko osoby w tym pokoju mogą to czytać.
    [few] { $count } osoby. Tylko osoby w tym pokoju mogą to czytać.
    [many] { $count } osób. Tylko osoby w tym pokoju mogą to czytać.
   *[other] { $count } osoby. Tylko osoby w tym pokoju mogą to czytać.
}
page-room-out = Usunięto cię z tego pokoju
page-room-lost = Czeka na przyjęcie z powrotem
page-room-stale = Brak znaku od organizatorów
page-room-waiting = { $count ->
    [one] { $count } wiadomość czeka
    [few] { $count } wiadomości czekają
    [many] { $count } wiadomości czeka
   *[other] { $count } wiadomości czeka
}
page-room-draft = Masz zaczęty szkic
page-room-parts = Części tego pokoju
page-tab-talk = Rozmowa
page-tab-people = Osoby
page-tab-door = Nowe osoby
page-tab-plans = Plany
page-tab-files = Pliki
page-tab-rules = Zasady

## Home

page-hello-morning = Dzień dobry, { $name }
page-hello-day = Dzień dobry, { $name }
page-hello-evening = Dobry wieczór, { $name }
page-hello-night = Dobrej nocy, { $name }
page-home-read = Wszystko jest przeczytane.
page-home-choose = Wybierz pokój albo naciśnij ?, żeby zobaczyć klawisze.
page-home-unread = { $count ->
    [one] Jest coś nowego w { $count } pokoju.
    [few] Jest coś nowego w { $count } pokojach.
    [many] Jest coś nowego w { $count } pokojach.
   *[other] Jest coś nowego w { $count } pokoju.
}
page-home-mentions = { $count ->
    [one] { $count } wiadomość jest do ciebie.
    [few] { $count } wiadomości są do ciebie.
    [many] { $count } wiadomości jest do ciebie.
   *[other] { $count } wiadomości jest do ciebie.
}
page-begin = Trzy kroki i masz pokój.
page-begin-done = Gotowe.
page-begin-relay = Dodaj przekaźnik
page-begin-relay-text = Przekaźnik przekazuje wiadomości i nie może ich czytać. Poproś swój związek o link albo bilet.
page-begin-relay-do = Dodaj przekaźnik w ustawieniach
page-begin-meet = Spotkaj się ze swoimi ludźmi
page-begin-meet-text = Usiądźcie razem. Jedna osoba pokazuje kod, druga go używa. Potem obie porównują trzy słowa.
page-begin-found = Załóż pokój
page-begin-found-text = Z ludźmi po spotkaniu. Nowe osoby wchodzą później, gdy ręczą za nie dwie osoby z pokoju.

## Keys

page-keys-title = Klawisze
page-keys-off = Wyłącz pojedyncze klawisze
page-key-search = Szukaj
page-key-home = Idź na początek
page-key-meet = Spotkaj się z kimś
page-key-alarms = Pokaż alarmy
page-key-settings = Pokaż ustawienia
page-key-write = Idź do pola pisania
page-key-unread = Idź do następnego pokoju z nowymi wiadomościami
page-key-walk = Idź od wiadomości do wiadomości
page-key-act = Pokaż, co można zrobić z wiadomością
page-key-send = Wyślij to, co jest napisane
page-key-line = Zacznij nową linię
page-key-edit = Zmień swoją ostatnią wiadomość, gdy pole jest puste
page-key-escape = Zamknij albo przerwij odpowiadanie
page-key-list = Pokaż te klawisze

## Conversation

page-messages = Wiadomości
page-older = Szukanie starszych wiadomości…
page-looking = Szukanie wiadomości…
page-unread-line = Nowe
page-to-newest = Do najnowszych
page-talk-empty = Nikt tu jeszcze nie pisał.
page-talk-empty-next = Napisz poniżej pierwszą wiadomość. Przeczytają ją wszyscy w pokoju.
page-arrived = { $who }: { $what }
page-organizer = Organizuje
page-edited = zmieniona
page-pinned = Przypięta
page-pinned-all = Przypięte wiadomości
page-pinned-count = { $count ->
    [one] { $count } przypięta
    [few] { $count } przypięte
    [many] { $count } przypiętych
   *[other] { $count } przypiętej
}
page-sent = Wysłane
page-waiting = Czeka
page-waiting-other = Coś od ciebie wyjdzie samo, gdy będzie połączenie.
page-announcement = Ogłoszenie
page-taken-back = Ta wiadomość została cofnięta.
page-taken-back-own = Twoja wiadomość jest cofnięta.
page-unknown-kind = To rodzaj wiadomości, którego ta wersja nie zna. Zaktualizuj, żeby ją przeczytać.
page-answer = Odpowiedz
page-answer-message = Odpowiedz na tę wiadomość
page-answer-to = Odpowiedź na
page-answer-lost = Ta wiadomość nie jest dostępna.
page-answering = Odpowiadasz: { $who }
page-editing = Zmieniasz:
page-more = Więcej
page-react = Zareaguj
page-react-with = Zareaguj: { $mark }
page-react-other = Zareaguj własnym słowem
page-react-word = Jedno emoji albo krótkie słowo
page-react-hint = Wszyscy w pokoju to widzą, z twoją nazwą.
page-reactions = Reakcje
page-reaction = { $count ->
    [one] { $mark } od: { $who }
    [few] { $mark } od: { $who }
    [many] { $mark } od: { $who }
   *[other] { $mark } od: { $who }
}
page-edit = Zmień
page-pin = Przypnij na górze
page-unpin = Odepnij
page-take-back = Cofnij
page-take-back-sure = Cofnąć tę wiadomość?
page-take-back-line = Znika z każdego urządzenia, które jest online. Inni widzą, że coś cofasz.
page-snippet-poll = Ankieta: { $what }
page-snippet-plan = Plan: { $what }
page-snippet-file = Plik: { $what }
page-banner-lost = To urządzenie zgubiło pokój. Prosi organizatorów, żeby je przyjęli z powrotem. Tego, co w tym czasie piszą inni, nie może pokazać.
page-banner-stale = Od dwóch dni to urządzenie nie ma wieści od organizatorów. Nie wysyłaj tu niczego tajnego, dopóki ich nie będzie.
page-banner-gap = Nie było cię tu. Niektóre wiadomości od { $from } do { $until } są niedostępne.
page-foot-out = Usunięto cię z pokoju. Nie czytasz tu już niczego nowego.
page-foot-lost = Możesz znowu pisać, gdy to urządzenie wróci do pokoju.
page-foot-organizers = Piszą tu tylko organizatorzy. Możesz reagować i odpowiadać w ankietach.
page-write = Napisz wiadomość
page-write-label = Napisz wiadomość. Enter ją wysyła.
page-send = Wyślij
page-sensitive = Wyślij tylko wtedy, gdy jest pewne, kto czyta
page-sensitive-about = Poufne: wyjdzie tylko wtedy, gdy to urządzenie na pewno wie, kto jest w pokoju.
page-sensitive-off = Wyślij jak inne
page-add = Dodaj plik, ankietę albo plan
page-mentions = Osoby w tym pokoju
page-odd-zero-width = W tym tekście są niewidoczne znaki. Mogą pokazać, kto go skopiował.
page-odd-bidi = W tym tekście są znaki, które odwracają jego kierunek. Inni mogą go czytać inaczej.
page-odd-look-alike = Niektóre litery w tym tekście wyglądają jak inne. Adres może prowadzić w inne miejsce.
page-odd-private = W tym tekście są znaki, które na każdym urządzeniu wyglądają inaczej.
page-odd-other = W tym tekście są dziwne znaki. Jeśli możesz, wpisz go od nowa.
page-odd-clean = Oczyść tekst

## What members said about the room

page-said-vouched = { $by } ręczy za { $who } ({ $how }).
page-said-revouched = { $by } ręczy jeszcze raz za { $who } ({ $how }).
page-said-objection = { $by } jest przeciw wpuszczeniu osoby { $who }.
page-said-objection-why = { $by } jest przeciw wpuszczeniu osoby { $who }: { $why }
page-said-approved = { $by } jest za: { $what }.
page-event-joined = { $who } wchodzi do pokoju, wpuszcza { $by }. Kto ręczy: { $vouchers }.
page-event-founder = { $who } wchodzi do pokoju przy jego założeniu.
page-event-device = { $who } wchodzi do pokoju: drugi telefon osoby { $of }.
page-event-severed = { $by } usuwa z pokoju: { $who }. Nie da się wymazać tego, co ta osoba już ma.
page-event-recalled = Osoby z pokoju usuwają: { $who }. Ostatni głos za tym oddaje { $by }. Nie da się wymazać tego, co ta osoba już ma.
page-event-stopped = { $by } odłącza telefon osoby { $who }. Nie da się wymazać tego, co ten telefon już ma.
page-event-rejoined = { $who } wraca po długiej nieobecności.
page-event-confirmed = Koniec sprawdzania: { $who }. Potwierdza { $by }.
page-event-review = Trzeba poręczyć jeszcze raz za: { $who }.
page-event-carried = Decyzja: { $what }. Wykonuje { $by }.
page-event-terms = Od { $when } będzie łatwiej wejść. Kto jest przeciw, niech powie to teraz.
page-event-keys = Klucze się zmieniły.
page-event-dropped = Twoja zmiana nie została zrobiona: { $why }
page-event-not-shown = Coś nie jest pokazane (od: { $by }): jest zepsute albo niedozwolone.
page-event-wants-back = { $who } prosi o powrót. Decyduje organizator.
page-event-without-ticket = { $who } nie ma od ciebie biletu, bo nie masz czym się podzielić. Ta osoba czyta, ale jeszcze nie może pisać.
page-motion-sever = Usunąć z pokoju: { $who }
page-motion-recall = Usunąć z pokoju głosem osób z pokoju: { $who }
page-motion-terms = Zmienić zasady: { $what }
page-motion-terms-same = Zostawić zasady takie jak teraz
page-motion-name = Dać rolę organizatora: { $who }
page-motion-drop = Odebrać rolę organizatora: { $who }
page-motion-lift = Pozwolić znowu ręczyć za: { $who }
page-motion-other = Coś, czego ta wersja nie zna

## Polls, plans, announcements

page-poll = Ankieta
page-poll-ask = Zrób ankietę
page-poll-question = Twoje pytanie
page-poll-option = Odpowiedź { $at }
page-poll-more = Jeszcze jedna odpowiedź
page-poll-allow-several = Można wybrać kilka
page-poll-several = Możesz wybrać kilka.
page-poll-send = Zapytaj
page-poll-sent = Twoja ankieta jest w pokoju.
page-poll-yours = twój wybór
page-poll-count = { $count ->
    [one] { $count } głos
    [few] { $count } głosy
    [many] { $count } głosów
   *[other] { $count } głosu
}
page-poll-answers = { $count ->
    [one] Odpowiedziała { $count } osoba.
    [few] Odpowiedziały { $count } osoby.
    [many] Odpowiedziało { $count } osób.
   *[other] Odpowiedziało { $count } osoby.
}
page-poll-closed = { $count ->
    [one] Zamknięta. Odpowiedziała { $count } osoba.
    [few] Zamknięta. Odpowiedziały { $count } osoby.
    [many] Zamknięta. Odpowiedziało { $count } osób.
   *[other] Zamknięta. Odpowiedziało { $count } osoby.
}
page-poll-honest = Widać tylko liczby. Zmieniony program mógłby pokazać komuś z pokoju, kto co wybrał.
page-poll-close = Zamknij ankietę
page-poll-close-sure = Zamknąć tę ankietę?
page-poll-close-line = Późniejsze odpowiedzi się nie liczą. Nie można jej otworzyć ponownie.
page-poll-close-done = Ankieta jest zamknięta.
page-plan = Plan
page-plan-make = Zrób plan
page-plan-title = Co
page-plan-when = Kiedy
page-plan-place = Gdzie
page-plan-note = Co jeszcze trzeba wiedzieć
page-plan-send = Powiedz w pokoju
page-plan-change = Zmień plan
page-plan-changed = Zmienione, zmienia { $by }.
page-plan-off = Odwołane
page-plan-call-off = Odwołaj
page-plan-call-off-sure = Odwołać „{ $what }”?
page-plan-call-off-line = Wszyscy w pokoju widzą to od razu. Nie możesz przywrócić tego planu, ale możesz zrobić nowy.
page-announce = Ogłoś
page-announce-text = Wszyscy widzą to jako słowa organizatora.
page-announce-words = Co wszyscy muszą wiedzieć
page-announce-send = Ogłoś to
page-plans-coming = Przyszłe
page-plans-past = Minione
page-plans-none = Nie ma jeszcze planu. Zrób go: co, kiedy i gdzie.
page-polls = Ankiety
page-polls-none = Nie ma jeszcze ankiety. Zapytaj o coś w pokoju.
page-show-in-room = Pokaż to w pokoju
page-look-back = Szukaj dalej wstecz

## Files

page-file-send-title = Wyślij plik albo zdjęcie
page-file-send = Wyślij
page-file-caption = Słowa do pliku
page-file-photo = To zdjęcie. Najpierw jest malowane od nowa: miejsce, czas i dane aparatu są z niego usuwane.
page-file-inside = Ten plik zostaje taki, jaki jest. Może zawierać nazwiska autorów, daty i miejsca. Zajrzyj do środka, zanim go wyślesz.
page-file-big = Plik może mieć najwyżej { $most }. Zmniejsz go.
page-file-progress = Ile już jest z { $name }
page-file-sending = Wysyłanie, { $share } z { $total }
page-file-stopped = Na razie nie idzie dalej. Nowa próba będzie przy następnym uruchomieniu.
page-file-stop = Przerwij wysyłanie
page-file-offered = Przekaźnik trzyma go do { $until }.
page-file-coming = { $share } już jest
page-file-here = Na tym urządzeniu
page-file-gone = Przekaźnik go zapomniał. Poproś o niego jeszcze raz.
page-file-damaged = To, co przyszło, nie jest tym, co wysłano. Pobierz jeszcze raz albo poproś o to.
page-file-get = Pobierz
page-file-look = Obejrzyj
page-file-look-at = Obejrzyj { $name }
page-file-picture-of = Obraz od { $who }
page-file-save = Zapisz
page-file-saved = Zapisane w pobranych plikach. Tam może to przeczytać każdy, kto ma to urządzenie.
page-file-from = { $who }, { $when }
page-files-none = Nie ma jeszcze plików.
page-files-none-next = Wyślij plik albo zdjęcie. Nic nie pobiera się samo: każda osoba wybiera.

## People

page-people-in = { $count ->
    [one] W pokoju jest { $count } osoba
    [few] W pokoju są { $count } osoby
    [many] W pokoju jest { $count } osób
   *[other] W pokoju jest { $count } osoby
}
page-people-past = { $count ->
    [one] Już poza pokojem: { $count }
    [few] Już poza pokojem: { $count }
    [many] Już poza pokojem: { $count }
   *[other] Już poza pokojem: { $count }
}
page-people-bring = Wprowadź kogoś
page-person-more = Co możesz zrobić: { $who }
page-under-review = W trakcie sprawdzania
page-probation = Nowa osoba: jej poręczenia liczą się od { $until }
page-branch = Gałąź osoby { $of }.
page-origin-founder = W pokoju od założenia, { $when }.
page-origin-device = Drugie urządzenie osoby { $of }, od { $when }.
page-origin-vouched = W pokoju od { $when }. Kto ręczy: { $by }.
page-origin-voucher = { $who } ({ $how })
page-past-severed = Usunięcie z pokoju: { $when }
page-past-stopped = Odłączenie telefonu: { $when }
page-past-lifted = Po usunięciu z pokoju; znowu można ręczyć za tę osobę
page-past-left = Poza pokojem od { $when }
page-lift = Pozwól znowu ręczyć za tę osobę
page-review-who = Trzeba poręczyć jeszcze raz za: { $who }.
page-review-why = Ktoś, kto za nie ręczył, został usunięty z pokoju. Nikt nie jest za to usuwany. Kto je zna, niech poręczy jeszcze raz.
page-revouch = Poręcz jeszcze raz
page-revouch-sure = Poręczyć jeszcze raz za { $who }?
page-revouch-line = Mówisz, że było spotkanie osobiste i że ufasz, że to jest ta osoba, za którą się podaje.
page-review-end = Zakończ sprawdzanie
page-review-end-sure = Zakończyć sprawdzanie osoby { $who }?
page-review-end-line = Poręczenia od tej osoby znowu się liczą.
page-review-end-needs = Potrzeba tylu poręczeń, ilu trzeba było do wejścia.
page-note-edit = Napisz notatkę
page-note-on = Twoja notatka: { $who }
page-note = Notatka
page-note-hint = Tylko na tym urządzeniu. Nikt inny nigdy jej nie zobaczy.
page-make-organizer = Daj rolę organizatora
page-drop-organizer = Odbierz rolę organizatora
page-link-phone = Połącz mój drugi telefon

## Getting somebody out

page-put-out = Usuń z pokoju
page-put-out-sure = Usunąć z pokoju: { $who }?
page-put-out-yes = Usuń z pokoju: { $who }
page-put-out-several = Usuń kilka osób
page-put-out-who = Kto musi odejść
page-put-out-nobody = Wybierz co najmniej jedną osobę.
page-out-reads-nothing = { $who }: koniec czytania nowych wiadomości, na każdym telefonie. U osób online trwa to kilka sekund.
page-out-keys = Te klucze nie mogą wrócić, dopóki nie pozwoli na to dwóch organizatorów.
page-out-vouched = Ta osoba ręczyła za: { $who }. Nikt nie jest za to usuwany, ale może trzeba będzie poręczyć jeszcze raz.
page-out-seen = Wszyscy widzą, że to twoja decyzja.
page-out-done = Poza pokojem: { $who }.
page-out-waiting = Prośba złożona. Czeka na innego organizatora.
page-recall = Poproś o usunięcie z pokoju
page-recall-sure = Poprosić o usunięcie z pokoju: { $who }?
page-recall-line = Organizator nie jest potrzebny: muszą o to prosić osoby z dwóch gałęzi, których głos się liczy.
page-recall-waiting = Prośba złożona. Czeka na inne osoby z pokoju.
page-stop-phone = Odłącz ten telefon
page-stop-sure = Odłączyć telefon osoby { $who }?
page-stop-reads-nothing = Ten telefon nie czyta już niczego nowego. U osób online trwa to kilka sekund.
page-stop-goes-on = Właściciel używa dalej: { $who }.
page-stop-comes-back = Właściciel wraca z nowym profilem: dwie osoby z pokoju spotykają się z nim i ręczą jeszcze raz.
page-stop-nobody = Nie dotyczy to nikogo, za kogo właściciel ręczył: zgubiony telefon to niczyja wina.
page-stop-cannot-erase = Nie da się wymazać tego, co ten telefon już ma.
page-stop-done = Telefon osoby { $who } jest odłączony.
page-exposure = Co ta osoba mogła przeczytać
page-exposure-look = Zobacz, co ta osoba mogła przeczytać
page-exposure-of = Co mogła przeczytać osoba { $who }
page-exposure-time = Od { $from } do { $until }.
page-exposure-still = Od { $from } i nadal może.
page-exposure-messages = { $count ->
    [one] wiadomość
    [few] wiadomości
    [many] wiadomości
   *[other] wiadomości
}
page-exposure-files = { $count ->
    [one] plik
    [few] pliki
    [many] plików
   *[other] pliku
}
page-exposure-plans = { $count ->
    [one] plan
    [few] plany
    [many] planów
   *[other] planu
}
page-exposure-polls = { $count ->
    [one] ankieta
    [few] ankiety
    [many] ankiet
   *[other] ankiety
}
page-exposure-unknown = { $count ->
    [one] nowszego rodzaju
    [few] nowszych rodzajów
    [many] nowszych rodzajów
   *[other] nowszego rodzaju
}
page-exposure-dates = Pierwsza jest z { $from }, ostatnia z { $until }, o ile to urządzenie je ma.
page-exposure-blind = To urządzenie jest w pokoju od { $when }. Tego, co było mówione wcześniej, nie może policzyć.
page-exposure-next = Co teraz zrobić
page-exposure-brought = Porozmawiaj z tymi, za których ta osoba ręczyła przy wejściu: { $who }.
page-exposure-brought-none = Nikt nie wszedł dzięki jej poręczeniu.
page-exposure-review = Poręcz jeszcze raz za tych, którzy są w trakcie sprawdzania: { $who }.
page-exposure-change-plans = Zmień spotkania i plany, które ta osoba znała.

## Newcomers

page-door-who = Kto chce wejść
page-door-none = Nikt nie czeka na wejście.
page-door-none-next = Po osobistym spotkaniu z kimś możesz tu za tę osobę poręczyć.
page-door-until = Do { $until }
page-door-missing = Jeszcze nie: { $why }.
page-door-ready = Ręczy dość osób z pokoju. Organizator może wpuścić tę osobę.
page-vouch = Poręcz
page-vouch-too = Poręcz i ty
page-vouch-title = Poręcz za kogoś
page-vouch-who = Z kim było spotkanie
page-vouch-for = Poręczyć za { $who } w pokoju „{ $room }”?
page-vouch-line = Mówisz, że było spotkanie i że ufasz, że to jest ta osoba, za którą się podaje.
page-vouch-once = Spotkanie wystarcza na jeden pokój. Dla innego pokoju spotkajcie się znowu.
page-vouch-none = Nie było spotkania z nikim nowym
page-vouch-none-next = Najpierw spotkajcie się osobiście. Potem możesz poręczyć.
page-vouched = Ręczysz za tę osobę. Wszyscy w pokoju to widzą.
page-vouch-fact = { $who } ręczy: { $how }, { $when }
page-vouch-not = To się nie liczy: { $why }.
page-against = { $who } jest przeciw.
page-against-why = { $who } jest przeciw: { $why }
page-object = Powiedz „nie”
page-object-sure = Powiedzieć „nie”: { $who }?
page-object-line = Wszyscy w pokoju przeczytają dlaczego. To nikogo nie wiąże: decydują organizatorzy.
page-object-why = Dlaczego
page-admit = Wpuść
page-admit-sure = Wpuścić: { $who }?
page-admit-reads = Ta osoba czyta to, co przyjdzie od teraz, nic wcześniejszego.
page-admit-seen = Wszyscy widzą, kto wpuszcza i kto ręczy.
page-admit-back = Możesz potem usunąć tę osobę z pokoju. Nie da się wymazać tego, co do tego czasu przeczyta.
page-admit-changed = Coś się zmieniło w sprawie tej osoby. Przeczytaj jeszcze raz, zanim ją wpuścisz.
page-admitted = { $who } wchodzi do pokoju.
page-returning = Ta osoba prosi o powrót. Jej urządzenia nie było od { $since }.
page-return = Pozwól wrócić
page-return-sure = Pozwolić na powrót: { $who }?
page-return-away = Urządzenie tej osoby mówi, że go nie było od { $since }.
page-return-ask = Najpierw zapytaj: { $who }, twarzą w twarz albo w rozmowie: wraca ten, kto ma ten telefon.
page-return-reads = Ta osoba czyta to, co przyjdzie od teraz, nic z czasu nieobecności.

## Rules

page-rules = Zasady tego pokoju
page-rules-organizers = Organizatorzy: { $who }.
page-rules-founding = Można jeszcze dodać założycieli: nikt nie wszedł dotąd dzięki poręczeniom.
page-rules-change = Możesz zaproponować zmianę. Musi się na nią zgodzić inny organizator.
page-rules-read = Organizatorzy mogą je zmieniać, dwóch razem.
page-motions = Czeka na zgodę
page-motions-waiting = { $count ->
    [one] { $count } decyzja czeka na zgodę
    [few] { $count } decyzje czekają na zgodę
    [many] { $count } decyzji czeka na zgodę
   *[other] { $count } decyzji czeka na zgodę
}
page-motion-state = { $count ->
    [one] Za: { $count } z { $needed }.
    [few] Za: { $count } z { $needed }.
    [many] Za: { $count } z { $needed }.
   *[other] Za: { $count } z { $needed }.
}
page-motion-for = Za: { $who }.
page-motion-until = Czeka do { $until }.
page-motion-yours = Jesteś za.
page-approve = Zgódź się
page-approve-last = { $count ->
    [one] Dotąd za: { $count } z { $needed }. Z ostatnim głosem to się stanie.
    [few] Dotąd za: { $count } z { $needed }. Z ostatnim głosem to się stanie.
    [many] Dotąd za: { $count } z { $needed }. Z ostatnim głosem to się stanie.
   *[other] Dotąd za: { $count } z { $needed }. Z ostatnim głosem to się stanie.
}
page-approve-out = Kto jest usunięty z pokoju, nie czyta już niczego nowego, na żadnym telefonie.
page-approved = Jesteś za. To czeka na innych.
page-decided = Zdecydowane.
page-propose = Zaproponuj to
page-proposed = Propozycja złożona. Czeka na innego organizatora.
page-propose-two = Musi się zgodzić dwóch organizatorów. Twój głos jest pierwszy; wszyscy to widzą.
page-propose-later = To, co ułatwia wejście, obowiązuje trzy dni po drugiej zgodzie.
page-term-vouches = Ile osób z pokoju musi ręczyć za nową osobę
page-term-probation = Po jakim czasie liczą się poręczenia od nowej osoby
page-term-vouch-budget = Za ile nowych osób można ręczyć w ciągu 90 dni
page-term-calls = Liczy się poręczenie po rozmowie na odległość
page-term-recall = Ile osób razem może usunąć każdego z pokoju
page-term-rejoin = Nieobecność, po której powrót potwierdza organizator
page-term-key-age = Jak stare mogą być klucze, gdy ludzie piszą
page-term-message-life = Jak długo przekaźniki trzymają wiadomości
page-term-change-life = Jak długo przekaźniki trzymają zmiany i zaproszenia
page-term-disappear = Jak długo urządzenia trzymają wiadomości
page-term-organizers-post = Piszą tylko organizatorzy
page-term-change = Zmień: { $term }
page-term-change-short = Zmień
page-term-coming = { $value } od { $when }
page-term-value = Nowa wartość
page-term-unit = Jednostka
page-days = dni
page-hours = godziny
page-value-count = { $count }
page-value-yes = Tak
page-value-no = Nie
page-value-never = Dopóki ich nie wymażesz
page-value-at-once = Od razu
page-value-always = Zawsze

## Meeting

page-meet-lead = Usiądźcie razem, twarzą w twarz. To trwa minutę.
page-meet-no-relay = Najpierw dodaj przekaźnik. Bez niego nie można się spotkać.
page-meet-show = Pokaż kod
page-meet-show-text = Druga osoba go skanuje albo wpisuje.
page-meet-use = Użyj kodu drugiej osoby
page-meet-use-text = Druga osoba ci go pokazuje.
page-meet-more = Inne sposoby
page-meet-call = Spotykamy się w rozmowie na odległość, nie twarzą w twarz
page-meet-call-hint = W wielu pokojach to się nie liczy. Słyszysz głos, ale nie widzisz, kto jeszcze tam jest.
page-meet-like = Jestem nową osobą i spotykam jeszcze kogoś z pokoju, w którym jest:
page-meet-like-nobody = Nikt
page-meet-like-hint = Wybierz to, gdy ręczą za ciebie dwie osoby z jednego pokoju.
page-meet-let-scan = Niech jedna osoba to zeskanuje.
page-meet-qr = Kod tego spotkania jako obraz
page-meet-type = Wpisz go zamiast tego
page-meet-copy = Kopiuj kod
page-meet-secret = To działa dziesięć minut i dla jednej osoby. Nie pokazuj tego nikomu innemu.
page-meet-until = Działa do { $time }.
page-meet-ticket = Nie masz biletu tego przekaźnika. Zadziała, jeśli ma go druga osoba.
page-meet-ticket-ask = Nie masz biletu tego przekaźnika. Zadziała, jeśli ma go druga osoba. Jeśli nie, poproś: { $contact }.
page-meet-waiting = Czekanie na drugie urządzenie
page-meet-stop = Przerwij
page-meet-code = Kod
page-meet-code-hint = Wpisz go albo wklej tak, jak pokazuje go drugi ekran.
page-meet-picture = Albo zdjęcie kodu
page-meet-picture-hint = Zdjęcie zostaje na tym urządzeniu.
page-meet-read = Kod jest odczytany.
page-meet-no-code = Na tym zdjęciu nie ma kodu. Zrób je jeszcze raz, bliżej i prosto.
page-meet-no-picture = To nie jest obraz, który można odczytać. Wybierz zdjęcie.
page-meet-go = Dalej
page-meet-used = Kod jest użyty.
page-meet-again = Spotkaj się z jeszcze jedną osobą
page-meet-over-expired = Dziesięć minut minęło. Spotkajcie się znowu z nowym kodem.
page-meet-over-stopped = Spotkanie zostało przerwane. Spotkajcie się znowu z nowym kodem.
page-meet-over-second = Inne urządzenie użyło tego samego kodu. Sprawdź, kto jeszcze jest w pobliżu, potem spotkajcie się znowu z nowym kodem.
page-meet-over-misbehaved = Drugie urządzenie albo ktoś pośrodku złamał porządek spotkania. Sprawdź, kto jeszcze jest w pobliżu, potem spotkajcie się znowu.
page-meet-unpaid = Żadne z was nie ma biletu tego przekaźnika. Poproś osobę, która go prowadzi, dodaj bilet i spotkajcie się znowu.
page-meet-unpaid-ask = Żadne z was nie ma biletu tego przekaźnika. Poproś o niego ({ $contact }), dodaj bilet i spotkajcie się znowu.
page-words-spoken = { $who } już tu jest. Te słowa to: { $words }.
page-words-read = { $who } już tu jest. Przeczytajcie sobie słowa na głos.
page-words-three = Trzy słowa
page-words-question = Czy oba ekrany pokazują te same słowa?
page-words-same = Tak, te same
page-words-differ = Nie, różnią się
page-words-differ-title = Ktoś może być pośrodku
page-words-differ-text = Słowa się różnią, więc nikt nie został dodany. Sprawdź, kto jeszcze jest w pobliżu, potem spotkajcie się znowu z nowym kodem.
page-met = Spotkanie potwierdzone: { $who }
page-met-vouch = Jeśli { $who } to nowa osoba w twoim pokoju, poręcz za nią tam:
page-met-new = Jeśli to ty chcesz wejść do pokoju, w którym jest { $who }, spotkaj się z jeszcze jedną osobą z niego.
page-met-found = Jeśli razem zakładacie pokój, ty i { $who }, zrób to tutaj.
page-linked = Połączono: { $who }
page-linked-next = Teraz oba urządzenia to ty.
page-contacts = Osoby po spotkaniu z tobą
page-contact-met = { $how }, { $when }.
page-contact-own = Twoje drugie urządzenie, od { $when }.
page-contact-used = Posłużyło już do wejścia do pokoju.
page-link-lead = Wprowadź swój drugi telefon do pokoju „{ $room }”.
page-link-scan = Zeskanuj to swoim drugim telefonem.
page-link-warning = To działa dziesięć minut. Kto to zeskanuje i pokaże te same słowa, ten jest tobą w tym pokoju.
page-link-sure = Ten kod łączy urządzenie. Połączyć je z twoim?
page-link-own = Zgódź się tylko wtedy, gdy kod jest na twoim własnym drugim urządzeniu. Kto ci go pokazuje, w swoim pokoju będzie potem tą samą osobą co ty.

## Founding

page-found-lead = Pokój zaczyna się od dwóch do ośmiu osób, które się ze sobą spotkały.
page-found-none = Żeby założyć pokój, najpierw spotkaj się z kimś.
page-found-name = Nazwa pokoju
page-found-name-hint = Widzą ją tylko osoby w pokoju.
page-found-who = Kto zakłada go z tobą
page-found-organizer = { $who } też organizuje
page-found-needs = Co najmniej jedna z tych osób też musi organizować. Zaznacz to obok jej nazwy.
page-founded = Pokój jest gotowy.

## Search

page-search-words = Słowa
page-search-room = Gdzie
page-search-all = Wszystkie pokoje
page-search-hint = Szukanie odbywa się tylko na tym urządzeniu.
page-search-found = { $count ->
    [one] Znaleziono { $count } wiadomość
    [few] Znaleziono { $count } wiadomości
    [many] Znaleziono { $count } wiadomości
   *[other] Znaleziono { $count } wiadomości
}
page-search-many = { $count ->
    [one] Widać najnowszą wiadomość. Dodaj słowo, żeby znaleźć mniej.
    [few] Widać { $count } najnowsze. Dodaj słowo, żeby znaleźć mniej.
    [many] Widać { $count } najnowszych. Dodaj słowo, żeby znaleźć mniej.
   *[other] Widać { $count } najnowszej. Dodaj słowo, żeby znaleźć mniej.
}
page-search-none = Nic nie znaleziono.
page-search-none-next = Spróbuj z mniejszą liczbą słów. Tego, co zniknęło, już się nie znajdzie.

## Alarms

page-alarms-about = Co może być atakiem albo urządzeniem, które zostało w tyle. Alarmy są zachowane.
page-alarms-none = Brak alarmów.
page-alarms-none-next = Jeśli coś wygląda źle, będzie to tutaj, razem z radą, co robić.
page-alarm-count = { $count ->
    [one] { $count } raz
    [few] { $count } razy
    [many] { $count } razy
   *[other] { $count } razu
}
page-alarm-some-room = o nieznanej nazwie
page-alarm-room = Idź do pokoju
page-alarm-evidence = Zapisz dowód
page-alarm-evidence-line = Inni mogą go sprawdzić. Kto go dostanie, dowie się, której skrzynki dotyczy.
page-alarm-go-on = Pisz tu dalej
page-alarm-go-on-sure = Czy to już porównane z innymi?
page-alarm-go-on-line = Pisz dalej tylko wtedy, gdy trzecia osoba z pokoju widzi to samo co ty.
page-alarm-go-on-else = Jeśli nie, załóżcie pokój od nowa przez inny przekaźnik.
page-alarm-went-on = Możesz tu znowu pisać.

## Settings

page-settings-you = Inni widzą cię jako { $name }.
page-settings-look = Wygląd i język
page-settings-notices = Powiadomienia
page-settings-safe = Bezpieczeństwo na tym urządzeniu
page-settings-copy = Kopie i koniec
page-look-theme = Kolory
page-look-contrast = Kontrast
page-look-text = Wielkość tekstu
page-look-language = Język
page-look-auto = Jak na tym urządzeniu
page-look-light = Jasne
page-look-dark = Ciemne
page-look-more = Wysoki
page-look-usual = Zwykły
page-look-large = Duży
page-look-larger = Większy
page-notices = Powiedz mi, gdy coś przyjdzie
page-notices-about = Mówi tylko, że są nowe wiadomości: bez nazw, bez słów.
page-notices-cannot = Ta przeglądarka nie ma powiadomień.
page-notices-refused = Twoja przeglądarka na to nie pozwala. Zmień to w jej ustawieniach dla tej strony.
page-relays = Przekaźniki
page-relays-about = Przekaźnik przekazuje wiadomości i nie może ich czytać.
page-relays-none = Nie ma jeszcze przekaźnika. Poproś swój związek o link albo bilet.
page-relay-add = Dodaj przekaźnik
page-relay-added = Przekaźnik jest dodany.
page-relay-link = Link albo bilet
page-relay-link-hint = Weź go od osoby, która prowadzi przekaźnik, najlepiej osobiście.
page-relay-try = Wypróbuj
page-relay-answers = Przekaźnik odpowiada i jest właściwy.
page-relay-here = Jest połączenie
page-relay-away = Nie ma połączenia
page-relay-unused = Teraz nieużywany
page-ticket-add = Dodaj bilet
page-ticket-added = Bilet jest dodany.
page-ticket-code = Bilet
page-ticket-code-hint = Skopiuj go w całości. Zastępuje wcześniejszy.
page-ticket-ask = Poproś o bilet: { $contact }.
page-ticket-ask-host = Poproś o bilet osobę, która prowadzi przekaźnik.
page-ticket-unknown = Jeszcze nie wiadomo, czy chce biletu.
page-ticket-open = Otwarty: nie potrzebujesz biletu.
page-ticket-good = Twój bilet jest ważny.
page-ticket-missing = Brak biletu. Kto wpuści cię do pokoju, da ci go automatycznie.
page-ticket-refilling = Twój bilet jest ważny, ale chwilowo zużyty. Za kilka minut zadziała sam.
page-ticket-used-up = Twój bilet jest na dziś zużyty. Jutro zadziała sam; to, co piszesz, nie zginie.
page-ticket-refused = Nie przyjmuje już twojego biletu.
page-ticket-distrusted = Twój bilet nie jest używany: ten przekaźnik może cię po nim odróżnić. Zobacz alarmy.
page-ticket-wrong-clock = Ustaw zegar tego urządzenia: wygląda na źle ustawiony. Potem wszystko ruszy samo; to, co piszesz, nie zginie.
page-lock-about = Gdy jest zablokowane, nikt, kto zabierze to urządzenie, nie czyta twoich pokojów. Blokuje się też samo, gdy przez jakiś czas nic nie robisz.
page-disappear-where = To, jak długo zostają wiadomości, jest zasadą każdego pokoju: zobacz jego zasady.
page-export-about = Zabierz kopię wszystkiego, zamkniętą osobnym hasłem. Ona nie znika.
page-copy-write = Zapisz kopię
page-copy-passphrase = Hasło do kopii
page-copy-written = Kopia jest zapisana
page-wipe-about = Usuń z tego urządzenia wszystko, co należy do Offshift, na zawsze.
page-wipe = Zniszcz ten profil
page-wipe-yes = Zniszcz na zawsze
page-wiped-title = Profil jest zniszczony
page-wiped-text = Na tym urządzeniu nic z niego nie zostało. Możesz zamknąć tę kartę.
page-passphrase-change = Zmień hasło
page-passphrase-changed = Hasło jest zmienione.
page-passphrase-old = Obecne hasło
page-passphrase-new = Nowe hasło
page-passphrase-again = Nowe hasło jeszcze raz
page-passphrase-hint = Pięć lub więcej słów, których nikt by nie połączył.
page-strength-very-weak = Bardzo słabe: profil otworzy każdy, kto ma to urządzenie.
page-strength-weak = Słabe: maszyna znajdzie je w kilka dni.
page-strength-good = Dobre.
page-strength-strong = Silne.
page-weak-common = Wielu ludzi go używa.
page-weak-word = To jedno słowo. Dodaj więcej słów.
page-weak-date = Wygląda jak data.
page-weak-pattern = Powtarza się albo idzie po klawiszach.
page-passphrase-differ = Nowe hasła nie są takie same. Wpisz oba jeszcze raz.
page-passphrase-lost = Jeśli je zapomnisz, nikt nie otworzy tego profilu: ani ty, ani my.
