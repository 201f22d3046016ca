### Offshift: room

## How two people met

method-in_person = spotkanie osobiste
method-call = spotkanie w rozmowie na odległość

## What members decide together

motion-sever = usunąć z pokoju: { $handles }
motion-recall = usunąć z pokoju głosem osób z pokoju: { $handle }
motion-terms-same = zasady takie jak teraz
motion-terms = zmienić zasady: { $changes }
motion-name-organizer = dać rolę organizatora: { $handle }
motion-drop-organizer = odebrać rolę organizatora: { $handle }
motion-lift = pozwolić znowu ręczyć za: { $handle }

## What each rule of a room means. Limit: 60 characters, it stands in a table.

term-vouches = ile osób ręczy za nową, każda z innej gałęzi
term-probation = jak długo nie liczą się poręczenia od nowej osoby
term-vouch-budget = za ile nowych osób można ręczyć w ciągu 90 dni
term-calls = czy liczy się poręczenie po rozmowie na odległość
term-recall = ile osób razem może usunąć każdego z pokoju
term-rejoin = nieobecność, po której powrót potwierdza organizator
term-key-age = jak stare mogą być klucze, gdy ludzie piszą
term-message-life = jak długo przekaźniki trzymają wiadomości
term-change-life = jak długo przekaźniki trzymają zmiany i zaproszenia
term-disappear = jak długo urządzenia trzymają wiadomości; 0: do wymazania
term-organizers-post = czy piszą tylko organizatorzy; reagować może każdy

## Alarms

alarm-none = Brak alarmów. To dobrze.
alarm-some-room = o nieznanej nazwie
alarm-line = !! ALARM { $sentence }
alarm-when = { $count ->
    [1] ({ $ago })
   *[other] ({ $ago }, { $count } razy)
}
alarm-what-to-do = Co robić: { $advice }

alarm-fork = Ty i { $who } widzicie różne rzeczy w pokoju { $room } albo urządzenie, które ma { $who }, kłamie.
alarm-gap = { $count ->
    [one] W pokoju { $room } brakuje tutaj 1 wiadomości, którą pisze { $who }.
    [few] W pokoju { $room } brakuje tutaj { $count } wiadomości, które pisze { $who }.
    [many] W pokoju { $room } brakuje tutaj { $count } wiadomości, które pisze { $who }.
   *[other] W pokoju { $room } brakuje tutaj { $count } wiadomości, które pisze { $who }.
}
alarm-stale = Od dwóch dni nie ma znaku od organizatorów w pokoju { $room }.
alarm-behind = Inni w pokoju { $room } są dalej niż to urządzenie.
alarm-rolled_back = Ten profil jest starszy niż to, co napisał w pokoju { $room }: to kopia.
alarm-time = W pokoju { $room } jest zmiana, którą robi { $who }, a przekaźnik pokazuje ją z fałszywym czasem.
alarm-refused = { $who } próbuje w pokoju { $room } zmiany, która nie jest dozwolona: { $why }.
alarm-stranded = Po zmianie, którą robi { $who }, to urządzenie zostało poza pokojem { $room }.
alarm-relay_contradicts = { $known ->
    [no] Przekaźnik przeczy sam sobie: { $why }.
   *[yes] Przekaźnik { $who } przeczy sam sobie: { $why }.
}
alarm-issuer_keys = { $known ->
    [no] Przekaźnik dał osobom z pokoju różne klucze do żetonów, więc mógł je od siebie odróżnić. Żetony z rzadszym kluczem nie są używane.
   *[yes] { $who } daje osobom z pokoju różne klucze do żetonów, więc może je od siebie odróżnić. Żetony z rzadszym kluczem nie są używane.
}
alarm-false_tokens = { $known ->
    [no] Przekaźnik dał żetony z fałszywym dowodem, więc mógł je oznaczyć. Żaden z nich nie jest używany.
   *[yes] { $who } daje żetony z fałszywym dowodem, więc może je oznaczać. Żaden z nich nie jest używany.
}
alarm-contradiction = { $known ->
    [no] Przekaźnik przeczy temu, co podpisał. Dowód jest zachowany: offshift alarms.
   *[yes] { $who } przeczy własnym podpisom. Dowód jest zachowany: offshift alarms.
}

alarm-advice-fork = Zapytaj trzecią osobę z pokoju. Jeśli widzi to samo co ty, usuńcie tamtą osobę z pokoju i piszcie dalej: offshift room go-on. Jeśli nie, załóżcie pokój od nowa przez inny przekaźnik.
alarm-advice-gap = Zapytaj tę osobę, co pisała. Jeśli to się powtórzy, użyj innej sieci.
alarm-advice-stale = Nie wysyłaj tu niczego tajnego, dopóki nie odezwie się organizator.
alarm-advice-behind = Użyj innej sieci, potem odbierz wiadomości jeszcze raz.
alarm-advice-rolled_back = Poczekaj: to urządzenie prosi organizatorów, żeby je przyjęli z powrotem.
alarm-advice-time = Sprawdź zegar swojego urządzenia. Jeśli jest dobrze ustawiony, ta osoba i przekaźnik mogą kłamać o czasie: sprawdź z innym organizatorem, co się zmieniło.
alarm-advice-refused = Nic się nie zmieniło. Zapytaj tę osobę; jeśli tego nie wyjaśni, usuń ją z pokoju.
alarm-advice-stranded = Poczekaj: to urządzenie prosi organizatorów, żeby je przyjęli z powrotem. Zapytaj osobę, która zrobiła tę zmianę.
alarm-advice-relay_contradicts = Pokaż dowód osobie, która prowadzi przekaźnik, i przenieście się na inny.
alarm-advice-issuer_keys = Zapytaj osobę, która prowadzi przekaźnik, dlaczego. Jeśli nie umie powiedzieć, załóżcie pokój od nowa przez inny przekaźnik.
alarm-advice-false_tokens = Zapytaj osobę, która prowadzi przekaźnik, dlaczego. Jeśli nie umie powiedzieć, załóżcie pokój od nowa przez inny przekaźnik.

## What happens

event-joined = { $handle } wchodzi do pokoju, wpuszcza { $by }
event-joined-by-vouches = { $handle } wchodzi do pokoju, wpuszcza { $by }. Kto ręczy: { $vouchers }
event-phone-joined = { $handle } wchodzi do pokoju: drugi telefon osoby { $of }
event-rejoined = { $handle } wraca po długiej nieobecności
event-review-needed = trzeba poręczyć jeszcze raz za: { $handles }.
event-confirmed = koniec sprawdzania: { $handle }, potwierdza { $by }
event-severed = { $by } usuwa z pokoju: { $handle }. { -cannot-erase }
event-recalled = osoby z pokoju usuwają: { $handle }; ostatni głos za tym oddaje { $by }. { -cannot-erase }
event-phone-stopped = { $by } odłącza telefon osoby { $handle }. { -cannot-erase }
event-decided = decyzja: { $what }, wykonuje { $by }
event-terms-will-change = od { $day } będzie łatwiej wejść. Kto jest przeciw, niech powie to teraz.
event-room-opened = jesteś w tym pokoju. Tylko osoby w nim mogą to czytać.
event-returned = jesteś z powrotem. Niektóre wiadomości nie są dostępne ({ $days }).
event-keys-changed = klucze się zmieniły
event-without-ticket = { $handle } nie ma od ciebie biletu, bo nie masz czym się podzielić: ta osoba czyta, ale nie może pisać. Poproś o bilet osobę, która prowadzi przekaźnik: offshift relay list
event-change-dropped = twoja zmiana nie została zrobiona: { $why }
event-you-were-removed = { $by } usuwa cię z pokoju. Nie czytasz już niczego nowego z tego pokoju.
event-not-shown = { $known ->
    [no] coś od kogoś nie jest pokazane: jest zepsute albo niedozwolone
   *[yes] coś od osoby { $by } nie jest pokazane: jest zepsute albo niedozwolone
}

## What happens outside of rooms

event-refused = Przekaźnik jeszcze nie przyjął wiadomości: { $why }.
event-missed = Dużo wydarzyło się naraz. Nic nie zginęło: offshift inbox
event-relay-followed = Przekaźnik { $host } ma nowy klucz, podpisany starym. Nie trzeba nic robić. Jego link to teraz: { $link }
event-not-joined = { $known ->
    [no] Nie działa zaproszenie od kogoś, z kim nie było spotkania, więc nie jesteś w pokoju. Spotkajcie się znowu.
   *[yes] Nie działa zaproszenie od osoby { $handle }, więc nie jesteś w pokoju. Spotkajcie się znowu.
}
event-met = Spotkanie potwierdzone: { $handle }.
event-untrusted = Nie ufaj tej sieci: coś w niej odpowiada zamiast przekaźnika. Nic nie zostało wysłane. Użyj danych komórkowych.
event-relay-away = Nie ma połączenia z przekaźnikiem. To ostatnie, co wie twoje urządzenie.
event-meeting-expired = Dziesięć minut minęło, kod już nie działa. Pokaż nowy: offshift meet show
event-meeting-second-scanner = Ktoś jeszcze użył tego kodu. Nikt nie został dodany. Sprawdź, kto jeszcze widzi ekran, potem pokaż nowy kod.
event-meeting-misbehaved = Te dwa urządzenia nie zgodziły się ze sobą; ktoś może być pośrodku. Nikt nie został dodany. Pokaż nowy kod.
event-meeting-stopped = Spotkanie zostało przerwane. Nikt nie został dodany.

## Tickets of relays. $contact: whom to ask, in the host's own words.

ticket-unknown = Jeszcze nie wiadomo, czy chce biletu.
ticket-open = Otwarty: nie potrzebujesz biletu.
ticket-good = Twój bilet jest ważny.
ticket-missing = { $known ->
    [no] Brak biletu. Kto wpuści cię do pokoju, da ci go automatycznie. Żeby pisać wcześniej, poproś osobę, która prowadzi przekaźnik, potem: offshift relay ticket CODE
   *[yes] Brak biletu. Kto wpuści cię do pokoju, da ci go automatycznie. Żeby pisać wcześniej, poproś o niego ({ $contact }), potem: offshift relay ticket CODE
}
ticket-refilling = Twój bilet jest ważny, ale chwilowo zużyty. Za kilka minut zadziała sam.
ticket-used-up = Twój bilet jest na dziś zużyty. Jutro zadziała sam; to, co piszesz, nie zginie.
ticket-refused = { $known ->
    [no] Nie przyjmuje już twojego biletu. Poproś o nowy osobę, która prowadzi przekaźnik, potem: offshift relay ticket CODE
   *[yes] Nie przyjmuje już twojego biletu. Poproś o nowy ({ $contact }), potem: offshift relay ticket CODE
}
ticket-wrong-clock = Ustaw zegar tego urządzenia: wygląda na źle ustawiony. Potem wszystko ruszy samo; to, co piszesz, nie zginie.
ticket-distrusted = Twój bilet nie jest używany: ten przekaźnik może cię po nim odróżnić. Zobacz: offshift alarms
ticket-waits = { $known ->
    [no] To, co piszesz, czeka na bilet: poproś osobę, która prowadzi przekaźnik, potem: offshift relay ticket CODE
   *[yes] To, co piszesz, czeka na bilet: poproś o niego ({ $contact }), potem: offshift relay ticket CODE
}

## Who is in a room: parts of one line, by commas

member-you = { $handle } (ty)
member-organizer = organizuje
member-founder = od założenia pokoju
member-branch = gałąź osoby { $founder }
member-branch-of-nobody = gałąź założyciela, którego już nie ma
member-under-review = w trakcie sprawdzania
member-new-until = nowa osoba do { $day }
member-second-phone = drugi telefon osoby { $handle }
member-vouched-for = kto ręczy: { $vouchers }
member-met = { $handle } ({ $method })
member-note = notatka: { $text }

## Who is not in it any more

past-stopped = odłączenie telefonu
past-lifted = znowu można ręczyć, usunięcie z pokoju
past-severed = usunięcie z pokoju
past-unknown = (nazwa tu nieznana)
past-line = { $handle }, { $how }, w pokoju od { $since }, numer { $number }
past-line-left = { $handle }, { $how } { $left }, w pokoju od { $since }, numer { $number }

## Who waits to come in

applicant-line = { $handle }, numer { $number }, czeka do { $day }
applicant-vouch = { $handle } ręczy za tę osobę: { $method }, { $day }
applicant-vouch-refused = { $handle } ręczy za tę osobę: { $method }, { $day }. To się nie liczy: { $why }
applicant-objection = { $handle } jest przeciw
applicant-objection-why = { $handle } jest przeciw: { $reason }
applicant-not-yet = Jeszcze nie: { $why }.
applicant-ready = Organizator może wpuścić tę osobę: offshift room admit { $room_word } { $person_word }
applicant-not-ready = nie można jeszcze wpuścić osoby { $handle }: { $why }
applicant-not-ready-next = offshift room applicants { $room_word }
