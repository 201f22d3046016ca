### Offshift: terms
###
### pokój (room), przekaźnik (relay), bilet (ticket), profil (profile), założyciel (founder), organizator (organizer),
### osoba z pokoju (member), nowa osoba (newcomer), ręczyć za (vouch for), poręczenie (a vouch), gałąź (branch),
### usunąć z pokoju (put out), wymazać (erase), odłączyć telefon (stop a phone), połączyć (link), czeka, wysłane,
### zasady (rules, policy), sprawdzanie (review), spotkanie (meeting), hasło (passphrase), żeton (token), silnik (engine),
### ankieta (poll), przypiąć (pin), szkic (draft), kopia (copy), zabezpieczony (sealed), prowadzić przekaźnik (host).
### Names are not declined. What people did is said in the present, so that no verb needs he or she.

-relay-promise = Przekazuje wiadomości i nie może ich czytać.
-cannot-erase = Nie da się wymazać tego, co inni już mają.
-waits-here = Nie ma połączenia z przekaźnikiem; to czeka na twoim urządzeniu i wyjdzie samo.
