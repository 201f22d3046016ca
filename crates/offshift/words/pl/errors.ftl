### Offshift: errors

## Around every error

failure-line = offshift: { $sentence }. Dalej: { $next_word }
failure-no-resources = system nie dał zasobów potrzebnych do działania
failure-no-resources-next = zamknij inne programy, potem spróbuj jeszcze raz

## The next step

next-version = offshift --version
next-other-network = użyj innej sieci, na przykład danych komórkowych, potem uruchom to samo polecenie
next-again-kept = uruchom jeszcze raz to samo polecenie; to, co czeka, nie zginie
next-again = uruchom jeszcze raz to samo polecenie
next-ticket = offshift relay ticket CODE, z całym kodem w cudzysłowie
next-relay = offshift relay add offshift://...
next-handle = offshift start --handle NAME
next-room-name = offshift room found NAME --with HANDLE
next-text = offshift send ROOM TEXT
next-meet = offshift meet show
next-rooms = offshift room list
next-members = offshift members ROOM
next-refused = offshift members ROOM, offshift policy show ROOM
next-applicants = offshift room applicants ROOM
next-objections = offshift room applicants ROOM, potem to samo polecenie z --despite-objections
next-policy = offshift policy show ROOM
next-device-code = offshift phone link ROOM, na twoim drugim telefonie
next-note = offshift note ROOM PERSON TEXT
next-help = offshift --help
next-start = offshift start
next-other-profile = offshift --profile OTHER start
next-inbox = offshift inbox
next-confirm = offshift meet confirm
next-mobile-data = użyj danych komórkowych, potem: offshift inbox
next-close = zamknij go tam, potem uruchom to samo polecenie

## Asked of the program

error-no_relay = ten profil nie ma jeszcze przekaźnika; najpierw go dodaj
error-unknown_relay = tego przekaźnika nie ma w tym profilu; najpierw go dodaj
error-other_relay = te dwa linki mają różne adresy, więc to różne przekaźniki; dodaj nowy osobno
error-too_many = ten profil ma już tyle { $what ->
        [rooms] pokojów
        [relays] przekaźników
        [meetings] spotkań
        [contacts] kontaktów
       *[other] { $what }
    }, ile może mieć
error-bad_handle = nazwa osoby to od 1 do 32 zwykłych znaków w jednej linii; wybierz inną
error-bad_room_name = nazwa pokoju to od 1 do 128 zwykłych znaków w jednej linii; wybierz inną
error-bad_text = wiadomość ma co najmniej jeden znak i najwyżej 48 KiB; skróć ją
error-unknown_meeting = to spotkanie już się skończyło albo go nie było; spotkajcie się znowu z nowym kodem
error-no_words = nie ma słów do porównania; spotkajcie się znowu z nowym kodem
error-meeting_expired = spotkanie się skończyło; spotkajcie się znowu z nowym kodem
error-meeting_stopped = spotkanie się skończyło; spotkajcie się znowu z nowym kodem
error-meeting_second_scanner = spotkanie się skończyło; spotkajcie się znowu z nowym kodem
error-meeting_misbehaved = spotkanie się skończyło; spotkajcie się znowu z nowym kodem
error-unknown_contact = nie było spotkania z tą osobą
error-contact_used = spotkanie z tą osobą posłużyło już do wejścia do pokoju; dla innego pokoju spotkajcie się znowu
error-card_used = karta, którą dostała ta osoba, jest zużyta albo za stara; spotkaj się znowu z obiema, z jedną tak jak z drugą
error-objections = { $count ->
        [one] 1 osoba z pokoju jest przeciw; przeczytaj dlaczego, potem wpuść mimo to albo wcale
        [few] { $count } osoby z pokoju są przeciw; przeczytaj dlaczego, potem wpuść mimo to albo wcale
        [many] { $count } osób z pokoju jest przeciw; przeczytaj dlaczego, potem wpuść mimo to albo wcale
       *[other] { $count } osoby z pokoju są przeciw; przeczytaj dlaczego, potem wpuść mimo to albo wcale
    }
error-unknown_room = nie ma takiego pokoju na tym urządzeniu
error-unknown_member = tej osoby nie ma w pokoju
error-unknown_applicant = nikt tu nie ręczy za tę osobę; pokaż jeszcze raz, kto chce wejść
error-unknown_motion = nie ma takiego wniosku albo już się skończył; pokaż wnioski jeszcze raz
error-unknown_message = nie ma takiej wiadomości na tym urządzeniu; mogła już zniknąć
error-not_yours = tylko autor zmienia wiadomość albo ją cofa, i tylko jej słowa
error-bad_mark = reakcja to emoji albo krótkie słowo
error-bad_poll = ankieta ma pytanie i od 2 do 16 krótkich odpowiedzi; zmień ją
error-bad_plan = plan ma tytuł i czas; skróć jego teksty do mniej niż 512 bajtów
error-not_a_poll = ta wiadomość nie jest ankietą
error-not_a_plan = ta wiadomość nie jest planem
error-bad_answer = ankieta nie przyjmuje tej odpowiedzi; obejrzyj ją jeszcze raz
error-poll_closed = ta ankieta jest zamknięta; odpowiedzi już się nie liczą
error-bad_note = notatka ma najwyżej 512 bajtów; skróć ją
error-refused = { $why }
error-not_allowed = zasady pokoju na to nie pozwalają: { $why }
error-closed = profil jest zamknięty; otwórz go jeszcze raz
error-bug = błąd w tym programie: { $what }; prosimy o zgłoszenie

## Asked of a running engine

error-bad_params = części zapytania brakuje, jest błędna albo zbędna; użyj tej samej wersji obu programów
error-not_json = zapytania nie da się odczytać; użyj tej samej wersji obu programów
error-not_a_request = zapytania nie da się odczytać; użyj tej samej wersji obu programów
error-no_such_verb = działający Offshift tego nie umie; zaktualizuj go do tej wersji
error-locked = profil jest zablokowany; najpierw go odblokuj
error-already_open = profil jest już otwarty; najpierw go zablokuj
error-too_much = to za dużo naraz; zapytaj o mniej
error-no_page = ten silnik nie pokazuje strony; zakończ go i otwórz stronę
error-not_for_the_page = strona nie może o to prosić; użyj polecenia
error-no_code_in_picture = na tym zdjęciu nie ma kodu; zrób je jeszcze raz, bliżej i prosto

## Rules

error-bad_term_name = nie ma takiej zasady; pokaż zasady, żeby zobaczyć ich nazwy
error-bad_term_value = ta zasada nie przyjmuje takiej wartości; przyjmuje liczbę, czas jak 7d lub 12h, yes albo no

## The profile on this device

error-vault_missing = nie ma tu profilu; najpierw go utwórz albo podaj inny
error-vault_exists = jest tu już profil; użyj go albo podaj inny
error-vault_in_use = ten profil jest otwarty w innym oknie lub programie; najpierw zamknij go tam, potem spróbuj jeszcze raz
error-vault_wrong_passphrase = hasło się nie zgadza; spróbuj jeszcze raz i sprawdź język klawiatury oraz Caps Lock
error-vault_not_a_vault = plik `vault` w tym profilu nie jest sejfem Offshift; przywróć swoją kopię profilu
error-vault_newer = ten profil zapisała nowsza wersja Offshift; zainstaluj ją i spróbuj jeszcze raz
error-vault_damaged = hasło się zgadza, ale plik profilu jest uszkodzony; przywróć kopię profilu albo utwórz nowy i spotkaj się z ludźmi znowu
error-vault_disk = dysk nie pozwolił odczytać albo zapisać profilu ({ $why }); zwolnij miejsce albo sprawdź dysk, potem spróbuj jeszcze raz
error-vault_unsettled = dysk nie pozwolił zapisać profilu; sprawdź dysk, potem uruchom jeszcze raz
error-vault_full = ten profil jest pełny; utwórz nowy
error-vault_resources = system ma za mało pamięci, żeby otworzyć profil; zamknij inne programy, potem spróbuj jeszcze raz
error-vault_bug = błąd w Offshift: { $what }; prosimy o zgłoszenie

## The connection to a relay

error-link_resolve = nazwa przekaźnika nie jest tu znana; sprawdź sieć, potem link
error-link_unreachable = przekaźnik nie odpowiada; sprawdź sieć albo spróbuj jeszcze raz za minutę
error-link_identity = coś w tej sieci odpowiada zamiast przekaźnika; nie ufaj tej sieci, użyj innej, na przykład danych komórkowych
error-link_clock = zegar tego urządzenia wygląda na źle ustawiony; ustaw datę i godzinę, potem spróbuj jeszcze raz
error-link_incompatible = przekaźnik używa innej wersji; zaktualizuj ten program albo poproś o to osobę, która prowadzi przekaźnik
error-link_refused = { $why }
error-link_closed = { $why }
error-link_lost = połączenie z przekaźnikiem zostało zerwane; wróci samo
error-link_misbehaved = przekaźnik odpowiedział czymś innym ({ $what }); powiedz o tym osobie, która go prowadzi
error-link_busy = za dużo czeka na przekaźnik; najpierw poczekaj na odpowiedzi
error-link_socket = to urządzenie nie może połączyć się z siecią; sprawdź ustawienia sieci
error-link_bug = błąd w tym programie ({ $what }); zgłoś go

## What the disk says

why-disk_full = brak miejsca na dysku
why-disk_quota = przekroczony limit miejsca
why-disk_denied = brak uprawnień
why-disk_read_only = dysk lub nośnik jest tylko do odczytu
why-disk_other = inny błąd

## Links of relays

error-bad_link_scheme = to nie jest link przekaźnika; link przekaźnika zaczyna się od offshift://
error-bad_link_host = link przekaźnika nie ma poprawnej nazwy; skopiuj jeszcze raz cały link
error-bad_link_port = link przekaźnika nie ma poprawnego portu; skopiuj jeszcze raz cały link
error-bad_link_key = link przekaźnika jest uszkodzony albo ucięty; skopiuj jeszcze raz cały link

## Tickets

error-bad_ticket_none = to jest link bez biletu; bilet ma w sobie znak #
error-bad_ticket_damaged = bilet jest uszkodzony albo ucięty; skopiuj lub zeskanuj go jeszcze raz w całości

## Codes for meeting

error-bad_code_relay_link = to jest link przekaźnika, a nie kod spotkania; dodaj go poleceniem: offshift relay add
error-bad_code_device = to jest kod do połączenia własnego urządzenia, a nie kod spotkania; poproś o kod spotkania
error-bad_code_ticket = to jest bilet do przekaźnika, a nie kod spotkania; poproś o kod spotkania
error-bad_code_other_purpose = to jest kod do czegoś innego, a nie kod spotkania; poproś o kod spotkania
error-bad_code_foreign = to nie jest kod spotkania; taki kod zaczyna się od offshift:meet:
error-bad_code_incompatible = ten kod jest z nowszej wersji; zaktualizuj ten program, potem poproś o nowy kod
error-bad_code_damaged = ten kod jest uszkodzony albo ucięty; zeskanuj go jeszcze raz albo poproś o nowy
error-bad_code_expired = ten kod jest za stary; poproś o nowy

## Codes for a second phone

error-bad_device_code_meeting = to jest kod spotkania, a nie kod do połączenia własnego urządzenia; pokaż go poleceniem: phone link
error-bad_device_code_other_purpose = to jest kod do czegoś innego; pokaż właściwy na swoim drugim urządzeniu poleceniem: phone link
error-bad_device_code_foreign = to nie jest kod do połączenia urządzenia; taki kod zaczyna się od offshift:device:
error-bad_device_code_incompatible = ten kod jest z nowszej wersji; zaktualizuj ten program, potem pokaż nowy kod
error-bad_device_code_damaged = ten kod jest uszkodzony albo ucięty; zeskanuj go jeszcze raz albo pokaż nowy
error-bad_device_code_expired = ten kod jest za stary; pokaż nowy na swoim drugim urządzeniu

## Why a relay refuses

why-relay_malformed = przekaźnik odmówił: nie mógł odczytać prośby; zaktualizuj ten program
why-relay_denied = przekaźnik odmówił: klucz nie pasuje do skrzynki; poproś o nowy kod
why-relay_no_capability = przekaźnik odmówił: połączenie jest nowe; pokaż uprawnienie jeszcze raz
why-relay_life_too_long = przekaźnik odmówił: niczego nie trzyma tak długo; wybierz krótszy czas
why-relay_full = przekaźnik odmówił: jego dysk albo skrzynka są pełne; spróbuj później
why-relay_busy = przekaźnik odmówił: za dużo naraz; spróbuj jeszcze raz za minutę
why-relay_stopping = przekaźnik odmówił: właśnie się wyłącza; spróbuj jeszcze raz za minutę
why-relay_failed = przekaźnik odmówił: miał awarię i niczego nie zapisał; spróbuj jeszcze raz za minutę
why-relay_no_credit = przekaźnik odmówił: przyjmuje wiadomości od osób z biletem; poproś o bilet osobę, która go prowadzi
why-relay_bad_token = przekaźnik odmówił: nie przyjął tego, czym płaci się za wiadomość; program spróbuje z innym
why-relay_bad_ticket = przekaźnik odmówił: bilet już nie jest ważny; poproś o nowy osobę, która prowadzi przekaźnik
why-relay_allowance_used = przekaźnik odmówił: bilet jest na dziś zużyty; jutro znowu będzie ważny

## Why a relay ended the connection

why-closed_done = połączenie jest zamknięte
why-closed_version = przekaźnik używa innej wersji; zaktualizuj ten program
why-closed_malformed = przekaźnik nie mógł odczytać tego, co wysłał ten program; zaktualizuj ten program
why-closed_limit = przekaźnik zamknął połączenie, bo osiągnęło limit; spróbuj jeszcze raz za minutę
why-closed_stopping = przekaźnik się wyłącza; połączenie wróci samo
why-closed_idle = przekaźnik zamknął nieużywane połączenie; wróci ono samo
why-closed_failed = przekaźnik miał awarię; spróbuj jeszcze raz za minutę

## How a relay contradicts what it signed

why-contradicts_two_receipts = podpisał, że dwie koperty leżą w jednym miejscu
why-contradicts_another_envelope = pokazuje inną kopertę niż ta, którą potwierdził podpisem
why-contradicts_missing = nie pokazuje tego, co według swojego podpisu przechowuje

## Why nothing is sent or changed

why-send_stranded = to urządzenie zgubiło pokój; zostaw je online, aż urządzenie organizatora wpuści je z powrotem
why-send_rolled_back = to urządzenie zostało przywrócone ze starej kopii; zostaw je online, aż urządzenie organizatora wpuści je z powrotem
why-send_lost = wygląda na to, że pokój poszedł dalej bez tego urządzenia; zostaw je online, aż urządzenie organizatora wpuści je z powrotem
why-send_forked = przestań tu pisać: ty i inna osoba z pokoju widzicie różne pokoje albo urządzenie tej osoby kłamie; zapytaj trzecią osobę z pokoju: jeśli widzi to samo co ty, usuńcie tamtą osobę z pokoju; jeśli nie, załóżcie pokój od nowa przez inny przekaźnik
why-send_stale = to nie zostało wysłane: od 48 godzin nie ma wieści od żadnego organizatora, więc ktoś usunięty z pokoju może tu jeszcze czytać; połącz się z siecią albo zapytaj organizatora
why-send_removed = nie ma cię już w tym pokoju
why-send_content = ta wersja nie umie pisać takich wiadomości; zaktualizuj ją
why-send_only_organizers = w tym pokoju piszą tylko organizatorzy; nadal możesz reagować i odpowiadać w ankietach
why-send_announcement = tylko organizatorzy ogłaszają; wyślij to jako wiadomość
why-send_too_many = za dużo wiadomości czeka na przekaźnik; wyślij jeszcze raz, gdy będzie z nim połączenie
why-change_suite = karta nie pasuje do tego pokoju; spotkajcie się znowu z najnowszą wersją
why-change_no_such_member = nie ma takiej osoby w pokoju; pokaż jeszcze raz, kto w nim jest
why-change_no_such_applicant = nikt tu nie ręczył za taką osobę; pokaż jeszcze raz, kto chce wejść
why-change_reason = powód ma najwyżej 512 bajtów; powiedz to krócej
why-change_too_many_at_once = naraz można usunąć najwyżej 256 urządzeń; zrób to w dwóch krokach
why-change_no_such_motion = nie ma już takiego wniosku; pokaż wnioski jeszcze raz
why-change_other_meeting = to spotkanie służyło do czegoś innego; spotkajcie się znowu z kodem właściwego rodzaju
why-change_too_many = wcześniejsze zmiany jeszcze czekają na przekaźnik; spróbuj jeszcze raz, gdy wyjdą
why-found_too_few_organizers = pokój potrzebuje dwóch organizatorów; wskaż jako organizatora co najmniej jedną z pozostałych osób
why-found_suite = jedna z kart nie pasuje do tego rodzaju pokoju; spotkajcie się znowu z najnowszą wersją

## Rules that every device of a room checks

why-rule_not_a_member = mogą to zrobić tylko osoby z pokoju
why-rule_commit_data = zmiana zawiera dane innej wersji
why-rule_commit_time = zmiana została podpisana ponad dwie godziny przed przyjściem albo po nim
why-rule_loose_proposal = wniosek musi być częścią swojej zmiany
why-rule_proposal_kind = ten rodzaj wniosku nie jest dozwolony
why-rule_one_change = tylko jedna zmiana naraz
why-rule_leaf_changed = tożsamość osoby z pokoju nie może się zmienić
why-rule_not_founding = czas zakładania pokoju już minął
why-rule_add_by_other = tylko organizator, który zakłada pokój, może dodawać założycieli
why-rule_member_info = tożsamość nowej osoby nie jest ważna
why-rule_key_package = klucze nowej osoby nie są z tej wersji
why-rule_too_many_founders = pokój ma najwyżej ośmiu założycieli
why-rule_key_twice = ten klucz był już kiedyś w pokoju; spotkajcie się znowu, żeby mieć nowy
why-rule_handle_taken = ktoś w pokoju ma już tę nazwę
why-rule_policy_change = zasad pokoju nie można zmienić w ten sposób
why-rule_too_few_organizers = pokój potrzebuje dwóch organizatorów
why-rule_remove_by_other = tylko organizator może usunąć kogoś z pokoju
why-rule_welcome = osoby w pokoju i jego zasady nie pasują do siebie
why-rule_admit_by_other = tylko organizator może kogoś wpuścić
why-rule_too_few_vouches = najpierw musi poręczyć więcej osób z pokoju
why-rule_too_few_branches = osoby, które ręczą, weszły dzięki temu samemu założycielowi; musi poręczyć ktoś z innej gałęzi
why-rule_vouch_twice = każda osoba ręczy tylko raz
why-rule_voucher_unknown = kogoś z osób, które ręczą, nie ma już w pokoju
why-rule_voucher_on_probation = ktoś z osób, które ręczą, jest od niedawna albo w trakcie sprawdzania
why-rule_vouch_budget = ktoś z osób, które ręczą, wprowadził ostatnio za dużo ludzi
why-rule_vouch_time = poręczenie jest ważne 14 dni od spotkania; spotkajcie się znowu
why-rule_vouch_terms = zasady pokoju zmieniły się od tego czasu; poręcz jeszcze raz
why-rule_vouch_method = w tym pokoju liczą się tylko spotkania osobiste
why-rule_vouch_signature = jedno z poręczeń nie dotyczy tej osoby i tego pokoju
why-rule_denied = ta osoba została usunięta z pokoju; najpierw dwóch organizatorów musi to cofnąć
why-rule_room_full = w pokoju było już tyle osób, ile może w nim być; załóżcie nowy
why-rule_not_under_review = ta osoba nie jest w trakcie sprawdzania
why-rule_too_few_approvals = najpierw musi się zgodzić więcej osób
why-rule_approval_by = zgodę dał ktoś, kto nie może jej dać
why-rule_approval_time = zgoda jest ważna siedem dni; zgódź się jeszcze raz
why-rule_approval_signature = jedna ze zgód nie dotyczy tej zmiany
why-rule_recall_branches = o usunięcie muszą prosić osoby z dwóch gałęzi
why-rule_terms_floor = żaden pokój nie może przekroczyć tych granic
why-rule_motion_empty = to niczego nie zmienia
why-rule_organizer_unfit = ta osoba nie może być organizatorem
why-rule_removed_in_part = osobę usuwa się ze wszystkimi urządzeniami i nigdy nie robi tego ona sama
why-rule_rejoin_other = tylko organizator może przyjąć kogoś z powrotem, jako tę samą osobę
why-rule_rejoin_proof = prośba o powrót jest za stara albo nie pochodzi od tej osoby
why-rule_device_by_other = drugie urządzenie można połączyć tylko z własnego urządzenia tej osoby
why-rule_device_link = połączenie urządzenia jest za stare albo nie pochodzi od tej osoby
why-rule_too_many_devices = jedna osoba ma najwyżej trzy urządzenia
why-rule_other = zasada, której ta wersja nie zna
