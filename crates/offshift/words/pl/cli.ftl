### Offshift: cli

## Answers

answer-either = [t/n]
answer-rather-no = [t/N]
answer-yes = t tak
answer-no = n nie

## Waiting

screen-reaching = Łączenie z przekaźnikiem...

## Before what can't be taken back

sure-question = Zrobić to?
sure-nobody = nie ma tu nikogo, kto powie „tak”, więc nic nie zostało zrobione
sure-nobody-next = to samo polecenie z --yes
sure-no = nie było odpowiedzi „tak”, więc nic nie zostało zrobione
sure-no-next = to samo polecenie, jeśli naprawdę tego chcesz

## Passphrase

passphrase-prompt = Hasło:
passphrase-choose = Wybierz hasło (dobre są cztery lub pięć słów):
passphrase-again = Wpisz je jeszcze raz:
passphrase-differ = te dwa hasła się różnią
passphrase-short = hasło jest za krótkie; minimalna liczba znaków: { $count }, lepiej cztery lub pięć słów
passphrase-long = hasło jest za długie; maksymalna liczba znaków: { $count }
passphrase-file = nie można odczytać pliku z hasłem
passphrase-file-next = sprawdź nazwę pliku, potem spróbuj jeszcze raz
passphrase-nobody = nie ma tu nikogo, kto wpisze hasło
passphrase-nobody-next = podaj --passphrase-file FILE albo ustaw OFFSHIFT_PASSPHRASE

## Profiles

profile-name = nazwa profilu ma tylko litery, cyfry, - i _
profile-name-next = offshift --profile NAME ...
profile-no-home = folder domowy nie jest tu znany
profile-no-home-next = offshift --profile ./FOLDER ...

## Lists and times

list-comma = { $list_word }, { $next }
list-and = { $list_word } i { $next }

when-now = przed chwilą
when-minutes-ago = { $count ->
    [one] { $count } min temu
    [few] { $count } min temu
    [many] { $count } min temu
   *[other] { $count } min temu
}
when-hours-ago = { $count ->
    [one] { $count } godz. temu
    [few] { $count } godz. temu
    [many] { $count } godz. temu
   *[other] { $count } godz. temu
}
when-days-ago = { $count ->
    [one] { $count } dzień temu
    [few] { $count } dni temu
    [many] { $count } dni temu
   *[other] { $count } dnia temu
}
when-month = { $month ->
    [1] stycznia
    [2] lutego
    [3] marca
    [4] kwietnia
    [5] maja
    [6] czerwca
    [7] lipca
    [8] sierpnia
    [9] września
    [10] października
    [11] listopada
   *[12] grudnia
}
when-day = { $day } { $month }
when-day-of-year = { $day } { $month } { $year }
when-moment = { $day } { $time }
when-days = od { $from } do { $to }

## The profile

start-name = Nazwa, którą widzą inni (nie musi być prawdziwa):
start-no-handle = nie podano nazwy
start-ready = Twój profil jest gotowy, { $handle }. Jest tylko na tym urządzeniu.
    Zamyka go twoje hasło i nikt nie może go zresetować.
    Dalej: offshift relay add offshift://...

## Relays

relay-added = Przekaźnik dodany: { $relay }. { -relay-promise }
relay-answers = Odpowiada i jest właściwy.
relay-none = Nie ma jeszcze przekaźnika. Dalej: offshift relay add offshift://...
relay-unused = teraz nieużywany
relay-connected = jest połączenie
relay-meet-next = Dalej: offshift meet show
relay-refuses-ticket = przekaźnik nie przyjmuje tego biletu
relay-refuses-ticket-next = { $known ->
    [no] poproś o nowy osobę, która prowadzi przekaźnik, potem: offshift relay ticket CODE
   *[yes] poproś o nowy ({ $contact }), potem: offshift relay ticket CODE
}

## Meeting

contact-none = Nie było jeszcze żadnego spotkania. Dalej: offshift meet show
contact-line = { $handle }  { $method }, { $day }
contact-own-phone = { $handle }  twój drugi telefon, { $day }
contact-used = do twojego pokoju
meet-show-who = Niech jedna osoba to zeskanuje albo wpisze:
meet-show-warning = To działa dziesięć minut i dla jednej osoby. Nie pokazuj tego nikomu innemu.
meet-waiting = Czekanie na drugie urządzenie.
meet-minutes-left = { $count ->
    [one] Czekanie. Zostało: { $count } min.
    [few] Czekanie. Zostało: { $count } min.
    [many] Czekanie. Zostało: { $count } min.
   *[other] Czekanie. Zostało: { $count } min.
}
meet-read-aloud = { $handle } już tu jest. Przeczytajcie sobie słowa na głos:
meet-same-words = Czy oba ekrany pokazują te same słowa?
meet-compare-next = Jeśli oba ekrany pokazują te same słowa: offshift meet confirm
    Jeśli nie: offshift meet confirm --differ
meet-not-confirmed = słowa nie są jeszcze potwierdzone; czekają dziesięć minut
meet-stopped = spotkanie zostało przerwane
meet-none-waits = żadne spotkanie na ciebie nie czeka
meet-several-wait = czeka na ciebie więcej niż jedno spotkanie
meet-several-wait-next = offshift meet confirm HANDLE
meet-words-differ = słowa się różnią, więc ktoś może być pośrodku; nikt nie został dodany
meet-words-differ-next = sprawdź, kto jeszcze jest w pobliżu, potem: offshift meet show
meet-no-ticket = żadne z was nie ma biletu tego przekaźnika
meet-no-ticket-next = { $known ->
    [no] poproś o bilet osobę, która prowadzi przekaźnik, potem: offshift relay ticket CODE, i spotkajcie się znowu
   *[yes] poproś o bilet ({ $contact }), potem: offshift relay ticket CODE, i spotkajcie się znowu
}
meet-one-ticket = { $known ->
    [no] Nie masz biletu tego przekaźnika. Zadziała, jeśli ma go druga osoba.
        Jeśli nie, poproś osobę, która prowadzi przekaźnik, potem: offshift relay ticket CODE
   *[yes] Nie masz biletu tego przekaźnika. Zadziała, jeśli ma go druga osoba.
        Jeśli nie, poproś o niego ({ $contact }), potem: offshift relay ticket CODE
}
meet-linked = Połączono: { $handle }. Teraz oba telefony to ty. Na nowym: offshift inbox
meet-met-next = Spotkanie potwierdzone: { $handle }. Dalej, jeśli { $handle } to nowa osoba w twoim pokoju:
      offshift vouch ROOM { $person_word }
    Jeśli to ty chcesz wejść do pokoju tej osoby, spotkaj się z jeszcze jedną osobą z niego:
      offshift meet show --like { $person_word }
    Jeśli zakładacie pokój razem:
      offshift room found NAME --with { $person_word }

## Who and which is meant

find-several = więcej niż jedna osoba nazywa się „{ $person }”
find-several-next = użyj numeru zamiast nazwy: offshift members ROOM, offshift contacts
find-no-room = żaden pokój nie nazywa się tu „{ $room }”
find-no-room-next = offshift inbox, potem: offshift room list
find-several-rooms = więcej niż jeden pokój ma tę nazwę
find-several-rooms-next = offshift room list, potem użyj numeru pokoju
find-not-met = nie było spotkania z osobą „{ $person }”
find-not-in = osoby „{ $person }” nie ma w pokoju „{ $room }”
find-members-next = offshift members { $room_word }

## Rooms

room-none = Nie ma jeszcze pokoju. Dalej: offshift room found NAME --with HANDLE
room-not-in-it = już cię w nim nie ma
room-only-you = tylko ty
room-people = { $count ->
    [one] { $count } osoba
    [few] { $count } osoby
    [many] { $count } osób
   *[other] { $count } osoby
}
room-waiting = { $count ->
    [one] { $count } czeka
    [few] { $count } czekają
    [many] { $count } czeka
   *[other] { $count } czeka
}
room-second-organizer = pokój potrzebuje drugiego organizatora, żeby nie zależał od jednego telefonu
room-second-organizer-next = to samo polecenie z --organizer HANDLE
room-founded = { $away ->
    [yes] Pokój „{ $room }” jest założony. { -waits-here } Tylko osoby w tym pokoju mogą to czytać.
        Dalej: offshift send { $room_word } "Cześć"
   *[no] Pokój „{ $room }” jest założony. Tylko osoby w tym pokoju mogą to czytać.
        Dalej: offshift send { $room_word } "Cześć"
}
room-added = { $away ->
    [yes] Dodano: { $handle }. { -waits-here } Ta osoba czyta to, co przyjdzie od teraz, nic wcześniejszego.
   *[no] Dodano: { $handle }. Ta osoba czyta to, co przyjdzie od teraz, nic wcześniejszego.
}
room-go-on-title = Pisać znowu w pokoju „{ $room }”:
room-go-on-third = Zrób to tylko wtedy, gdy trzecia osoba z pokoju widzi te same osoby i wiadomości co ty.
room-go-on-if-not = Jeśli nie, przekaźnik pokazuje wam dwa różne pokoje: opuść ten pokój.
room-going-on = { $away ->
    [yes] Możesz znowu pisać w pokoju „{ $room }”. { -waits-here }
   *[no] Możesz znowu pisać w pokoju „{ $room }”.
}

## A change that waits or was dropped

change-dropped-next = sprawdź jeszcze raz, potem to samo polecenie
change-untrusted = ta sieć odpowiada zamiast przekaźnika; zmiana czeka na tym urządzeniu, nic nie zostało wysłane
change-waits = Prośba złożona. Za: { $count } z { $needed }; dopóki brakuje ostatniej osoby, nic się nie zmienia.
    Inni znajdą to poleceniem: offshift policy show { $room_word }

## The door

door-nobody = Nikt nie czeka na wejście. Dalej, po spotkaniu z kimś: offshift vouch { $room_word } PERSON
door-returning = { $handle } prosi o powrót, nieobecność od { $day }.
    { "  " }Organizator może na to pozwolić: offshift room admit { $room_word } { $person_word }
door-objected = { $away ->
    [yes] Jesteś przeciw wpuszczeniu osoby { $handle }. Wszyscy w pokoju „{ $room }” przeczytają dlaczego. { -waits-here }
   *[no] Jesteś przeciw wpuszczeniu osoby { $handle }. Wszyscy w pokoju „{ $room }” przeczytają dlaczego.
}
door-admitted = { $away ->
    [yes] { $handle } ma wstęp do pokoju „{ $room }”. { -waits-here } Ta osoba czyta to, co przyjdzie od teraz, nic wcześniejszego.
   *[no] { $handle } ma wstęp do pokoju „{ $room }”. Ta osoba czyta to, co przyjdzie od teraz, nic wcześniejszego.
}
door-admit-title = Wpuścić do pokoju „{ $room }”: { $handle }
door-reads-from-now = Ta osoba czyta to, co przyjdzie od teraz, nic wcześniejszego.
door-everybody-sees = Wszyscy widzą, kto wpuszcza i kto ręczy.
door-put-out-again = Możesz potem usunąć tę osobę z pokoju. Nie da się wymazać tego, co do tego czasu przeczyta.
door-return-title = Wpuścić z powrotem do pokoju „{ $room }”: { $handle }
door-return-away = Urządzenie tej osoby mówi, że go nie było od { $day }.
door-return-ask = Najpierw zapytaj: { $handle }, twarzą w twarz albo w rozmowie: wraca ten, kto ma ten telefon.
door-return-reads = Ta osoba czyta to, co przyjdzie od teraz, nic z czasu nieobecności.
door-unknown = nikt nie ręczy za „{ $person }” w pokoju „{ $room }”
door-unknown-next = spotkajcie się, potem: offshift vouch { $room_word } PERSON

## Vouching and review

vouch-done = { $away ->
    [yes] Ręczysz za { $handle } w pokoju „{ $room }”. Wszyscy w nim to widzą. { -waits-here }
   *[no] Ręczysz za { $handle } w pokoju „{ $room }”. Wszyscy w nim to widzą.
}
vouch-again = { $away ->
    [yes] Ręczysz jeszcze raz za { $handle } w pokoju „{ $room }”. Wszyscy w nim to widzą. { -waits-here }
        Gdy poręczy dość osób, organizator kończy sprawdzanie:
          offshift review { $room_word } --confirm { $person_word }
   *[no] Ręczysz jeszcze raz za { $handle } w pokoju „{ $room }”. Wszyscy w nim to widzą.
        Gdy poręczy dość osób, organizator kończy sprawdzanie:
          offshift review { $room_word } --confirm { $person_word }
}
review-nobody = W pokoju „{ $room }” nikt nie jest w trakcie sprawdzania.
review-title = Ktoś, kto ręczył za te osoby, został usunięty z pokoju. Ich własne poręczenia się nie liczą,
    dopóki inni znowu za nie nie poręczą:
review-next = Kto je zna: offshift vouch { $room_word } PERSON --again
    Potem organizator: offshift review { $room_word } --confirm PERSON
review-end-title = Zakończyć sprawdzanie osoby { $handle } w pokoju „{ $room }”:
review-end-counts = Poręczenia od tej osoby znowu się liczą. Wszyscy widzą, że to twoja decyzja.
review-end-needs = Potrzeba tylu poręczeń, ilu trzeba było do wejścia, i tylko od zaufanych osób.
review-ended = { $away ->
    [yes] Koniec sprawdzania: { $handle }. { -waits-here }
   *[no] Koniec sprawdzania: { $handle }.
}

## Putting somebody out

out-title = Usunąć z pokoju „{ $room }”: { $handles }
out-several = Kilka osób naraz wymaga dwóch organizatorów; jesteś jednym z nich.
out-recall = Organizator nie jest potrzebny: muszą o to prosić osoby z dwóch gałęzi, których głos się liczy.
out-reads-nothing = { $handles }: koniec czytania nowych wiadomości, na każdym telefonie. U osób online trwa to kilka sekund.
out-keys-stay-out = Te klucze nie mogą wrócić, dopóki nie pozwoli na to dwóch organizatorów.
out-vouched-for = Były stąd poręczenia za: { $handles }. Nikt nie jest za to usuwany, ale może trzeba będzie poręczyć jeszcze raz.
out-everybody-sees = Wszyscy widzą, że to twoja decyzja.
out-cannot-erase = { -cannot-erase }
out-done = { $away ->
    [yes] Poza pokojem „{ $room }”: { $handles }. { -waits-here } { -cannot-erase }
        Dalej: offshift exposure { $room_word } { $person_word }, potem: offshift review { $room_word }
   *[no] Poza pokojem „{ $room }”: { $handles }. { -cannot-erase }
        Dalej: offshift exposure { $room_word } { $person_word }, potem: offshift review { $room_word }
}

## Phones

phone-line = { $this ->
    [yes] { $first ->
        [yes] { $handle }, ten telefon, to za niego inni ręczyli, w pokoju od { $day }
       *[no] { $handle }, ten telefon, w pokoju od { $day }
    }
   *[no] { $first ->
        [yes] { $handle }, to za niego inni ręczyli, w pokoju od { $day }
       *[no] { $handle }, w pokoju od { $day }
    }
}
phone-list-next = Dalej: offshift phone link { $room_word }
phone-link-who = Na twoim drugim telefonie:
phone-link-warning = To działa dziesięć minut. Kto to zeskanuje i pokaże te same słowa, ten jest tobą w tym pokoju.
phone-stop-title = Odłączyć telefon osoby { $handle } w pokoju „{ $room }”, numer { $number }:
phone-stop-reads-nothing = Ten telefon nie czyta już niczego nowego. U osób online trwa to kilka sekund.
phone-stop-new-profile = Właściciel wraca z nowym profilem: dwie osoby z pokoju spotykają się z nim i ręczą jeszcze raz.
phone-stop-goes-on = Właściciel używa dalej: { $handles }.
phone-stop-nobody-touched = Nie dotyczy to nikogo, za kogo właściciel ręczył: zgubiony telefon to niczyja wina.
phone-stop-cannot-erase = Nie da się wymazać tego, co ten telefon już ma.
phone-stopped = { $away ->
    [yes] Telefon osoby { $handle } jest odłączony w pokoju „{ $room }”. { -waits-here } Nie da się wymazać tego, co ten telefon już ma.
   *[no] Telefon osoby { $handle } jest odłączony w pokoju „{ $room }”. Nie da się wymazać tego, co ten telefon już ma.
}

## Members

members-title = { $room }, numer { $number }
    Przekaźnik { $relay }. { -relay-promise }
    W tym pokoju:
members-past = Już ich w nim nie ma:
note-gone = Notatka skasowana.
note-kept = Jest tylko na tym urządzeniu.

## What somebody could read

exposure-can-read = { $handle } może czytać od { $day }.
exposure-could-read = Osoba { $handle } mogła czytać: { $days }.
exposure-could-read-on = Osoba { $handle } mogła czytać w dniu { $day }.
exposure-no-message = To urządzenie nie ma żadnej wiadomości z tego czasu.
exposure-messages = { $count ->
    [one] Ta osoba ma { $count } wiadomość ({ $days }).
    [few] Ta osoba ma { $count } wiadomości ({ $days }).
    [many] Ta osoba ma { $count } wiadomości ({ $days }).
   *[other] Ta osoba ma { $count } wiadomości ({ $days }).
}
exposure-unknown = { $count ->
    [one] { $count } z nich jest rodzaju, którego tu nie widać.
    [few] { $count } z nich są rodzaju, którego tu nie widać.
    [many] { $count } z nich jest rodzaju, którego tu nie widać.
   *[other] { $count } z nich jest rodzaju, którego tu nie widać.
}
exposure-blind-before = Jesteś tu od { $day }: tego, co było mówione wcześniej, to urządzenie nie policzy. Zapytaj kogoś, kto wtedy był w pokoju.
exposure-vouched-for = Ta osoba ręczyła za: { $handles }.
exposure-review = Trzeba poręczyć jeszcze raz za: { $handles }.

## The rules of a room

policy-title = { $founding ->
    [yes] Zasady pokoju { $room }. Organizatorzy: { $organizers }. Można jeszcze dodać założycieli: nikt nie wszedł dotąd dzięki poręczeniom.
   *[no] Zasady pokoju { $room }. Organizatorzy: { $organizers }.
}
policy-waits = Czeka na zgodę:
policy-coming = { $value } od { $day }
policy-motion-state = Za: { $count } z { $needed }: { $handles }. Czeka do { $day }.
policy-you-are-for-it = Jesteś za.
policy-approve-next = Jeśli jesteś za: offshift policy approve { $room_word } { $number_word }
policy-propose-title = W pokoju „{ $room }”: { $what }
policy-two-must-approve = Musi się zgodzić dwóch organizatorów. Twój głos jest pierwszy; wszyscy to widzą.
policy-easier-later = To, co ułatwia wejście, obowiązuje trzy dni po drugiej zgodzie.
policy-lift = pozwolić osobom z pokoju znowu ręczyć za { $handle }
policy-not-a-rule = „{ $text }” to nie RULE=VALUE
policy-next = offshift policy show { $room_word }
policy-was-not-out = „{ $person }” to nie osoba usunięta z pokoju „{ $room }”
policy-unknown-motion = nic z tym numerem nie czeka na zgodę
policy-so-far = Dotąd za: { $count } z { $needed }. Z ostatnim głosem to się stanie.
policy-reads-nothing = Kto jest usunięty z pokoju, nie czyta już niczego nowego, na żadnym telefonie.
policy-everybody-sees = Wszyscy w pokoju widzą twoją zgodę.
policy-approve-title = Zgoda w pokoju „{ $room }”: { $what }
policy-decided = { $away ->
    [yes] Decyzja: { $what }. { -waits-here } Zobacz: offshift policy show { $room_word }
   *[no] Decyzja: { $what }. Zobacz: offshift policy show { $room_word }
}

## Reading

inbox-nothing = Nic nowego.
inbox-slow = przekaźnik jest bardzo wolny; nie ma tu jeszcze wszystkiego
inbox-coming-back = Prośba do urządzeń organizatorów, żeby wpuściły to urządzenie z powrotem do pokoju.
inbox-watching = Czekanie na nowe wiadomości. Ctrl-C to kończy.
inbox-no-signals = system nie dał sygnałów
inbox-lost = Nie możesz tu teraz czytać ani pisać. Zobacz dlaczego: offshift alarms
