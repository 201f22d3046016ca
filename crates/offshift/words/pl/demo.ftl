### Offshift: demo

## What can go wrong

demo-no-folder = nie można utworzyć folderu tymczasowego
demo-no-folder-next = zwolnij miejsce, potem: offshift demo
demo-no-signals = system nie dał sygnałów
demo-stopped = pokaz został przerwany
demo-next = offshift demo
demo-slow = ten komputer jest za wolny na pokaz albo coś się zawiesiło
demo-words-differ = słowa się różnią
demo-building = Najpierw budowa przekaźnika, tylko ten jeden raz.
demo-not-built = nie udało się zbudować przekaźnika
demo-not-built-next = cargo build --release -p offshift-relay
demo-no-relay = programu offshift-relay nie ma obok tego programu
demo-no-relay-next = zainstaluj oba w jednym folderze, potem: offshift demo
demo-relay-failed = przekaźnik nie uruchomił się albo nie wyłączył jak trzeba
demo-relay-failed-next = offshift-relay serve --dev

## The titles of the story. Limit: 80 characters.

demo-relay-starts = Rusza przekaźnik. { -relay-promise }
demo-profiles = Trzy osoby tworzą profile. Bez numeru telefonu, bez e-maila.
demo-ticket = ana ma bilet do przekaźnika. Inni go nie potrzebują: ona ich wprowadza.
demo-meet = Spotykają się osobiście. Oba ekrany muszą pokazać te same słowa.
demo-found = ana zakłada pokój: ona, bob i carol. Tylko osoby w nim mogą to czytać.
demo-talk = Rozmawiają.
demo-relay-stops = Przekaźnik się wyłącza. Wiadomość od osoby ana czeka na jej urządzeniu.
demo-relay-back = Przekaźnik wraca. Wiadomość wychodzi sama.
demo-newcomer = dana jest nowa. ana i carol spotykają ją i ręczą za nią. bob ją wpuszcza.
demo-infiltrator = mark namówił carol, żeby za niego ręczyła. Nikt inny go nie zna.
demo-severed = Okazuje się, że carol pracuje dla firmy. ana usuwa ją z pokoju.
demo-side-by-side = Obok siebie: co czytają ludzie i co ma przekaźnik.

## What happens

demo-names = ana, bob, carol
demo-ticket-taken = przekaźnik go przyjmuje i nie wie, za co nim płacą
demo-have-it = bob i carol to mają
demo-same = takie same
demo-different = RÓŻNE
demo-sent = Wysłane
demo-waiting = Czeka
demo-organizer = { $handle } (organizuje)
demo-before = Tego, co było wcześniej, dana nie może czytać. Wiadomości: ana { $all }, dana { $some }.
demo-vouches = { $by } ręczy za { $handle }. Wszyscy w pokoju to widzą.
demo-each-device = Urządzenia założycieli dostają polecenie, żeby mimo to go wpuścić:
demo-refused = odmowa: { $why }
demo-learned-nothing = urządzenie osoby mark nie wie nic o pokoju, nie zna nawet jego nazwy.
demo-asked-again = profil carol, zapytany jeszcze raz: poza pokojem. Wiadomości przedtem: { $before }, teraz: { $now }.

## What they write to each other

demo-says-bonus = Na moim pasku nie ma dodatku za noc. A u was?
demo-says-march = U mnie też nie. Od marca.
demo-says-ask = Zapytajmy innych w piątek.
demo-says-friday = Piątek, szósta, na przystanku.
demo-says-hello = Cześć. Jestem dana, z pakowni.
demo-says-bakery = Nowe miejsce: piekarnia, piątek, siódma.
demo-says-now = A teraz?

## Side by side. The right column has 37 characters.

demo-read-ana-bob = ana i bob czytają:
demo-read-dana = dana czyta:
demo-read-carol = carol czyta:
demo-holds = Przekaźnik ma:
demo-column-mailbox = skrzynka
demo-column-size = rozmiar
demo-column-left = zostało
demo-column-sealed = zamk. bajty
demo-more = { $count ->
    [one] i jeszcze { $count } taka
    [few] i jeszcze { $count } takie
    [many] i jeszcze { $count } takich
   *[other] i jeszcze { $count } takiej
}
demo-left-minutes = { $count ->
    [one] { $count } min
    [few] { $count } min
    [many] { $count } min
   *[other] { $count } min
}
demo-left-hours = { $count ->
    [one] { $count } h
    [few] { $count } h
    [many] { $count } h
   *[other] { $count } h
}
demo-left-days = { $count ->
    [one] { $count } dzień
    [few] { $count } dni
    [many] { $count } dni
   *[other] { $count } dnia
}
demo-end = Każda wiadomość przyszła jeden raz i po kolei. Nikt nie czytał tego, co nie było dla niego.
    Profile i dane przekaźnika zostają teraz skasowane.
    Żeby zacząć naprawdę: offshift start
