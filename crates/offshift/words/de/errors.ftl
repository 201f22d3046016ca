### Offshift: errors

## Around every error

failure-line = offshift: { $sentence }. Weiter: { $next_word }
failure-no-resources = das System hat dem Programm keine Mittel zum Laufen gegeben
failure-no-resources-next = schließe andere Programme, dann versuch es noch einmal

## The next step

next-version = offshift --version
next-other-network = nutze ein anderes Netz, zum Beispiel mobile Daten, dann derselbe Befehl
next-again-kept = derselbe Befehl noch einmal; was wartet, bleibt erhalten
next-again = derselbe Befehl noch einmal
next-ticket = offshift relay ticket CODE, mit dem ganzen Code in Anführungszeichen
next-relay = offshift relay add offshift://...
next-handle = offshift start --handle NAME
next-room-name = offshift room found NAME --with HANDLE
next-text = offshift send ROOM TEXT
next-meet = offshift meet show
next-rooms = offshift room list
next-members = offshift members ROOM
next-refused = offshift members ROOM, offshift policy show ROOM
next-applicants = offshift room applicants ROOM
next-objections = offshift room applicants ROOM, dann derselbe Befehl mit --despite-objections
next-policy = offshift policy show ROOM
next-device-code = offshift phone link ROOM, auf deinem anderen Handy
next-note = offshift note ROOM PERSON TEXT
next-help = offshift --help
next-start = offshift start
next-other-profile = offshift --profile OTHER start
next-inbox = offshift inbox
next-confirm = offshift meet confirm
next-mobile-data = nutze mobile Daten, dann: offshift inbox
next-close = schließe es dort, dann derselbe Befehl noch einmal

## Asked of the program

error-no_relay = dieses Profil hat noch kein Relay; füge zuerst eins hinzu
error-unknown_relay = dieses Relay gehört nicht zu diesem Profil; füge es zuerst hinzu
error-other_relay = diese zwei Links nennen verschiedene Adressen, es sind also verschiedene Relays; füge nur das neue hinzu
error-too_many = dieses Profil hat so viele { $what ->
        [rooms] Räume
        [relays] Relays
        [meetings] Treffen
        [contacts] Kontakte
       *[other] { $what }
    }, wie es haben darf
error-bad_handle = ein Rufname hat 1 bis 32 einfache Zeichen in einer Zeile; wähle einen anderen
error-bad_room_name = der Name eines Raums hat 1 bis 128 einfache Zeichen in einer Zeile; wähle einen anderen
error-bad_text = eine Nachricht hat mindestens ein Zeichen und höchstens 48 KiB; kürze sie
error-unknown_meeting = dieses Treffen ist vorbei oder es gab es nie; trefft euch noch einmal mit einem neuen Code
error-no_words = es gibt keine Wörter zum Vergleichen; trefft euch noch einmal mit einem neuen Code
error-meeting_expired = das Treffen ist vorbei; trefft euch noch einmal mit einem neuen Code
error-meeting_stopped = das Treffen ist vorbei; trefft euch noch einmal mit einem neuen Code
error-meeting_second_scanner = das Treffen ist vorbei; trefft euch noch einmal mit einem neuen Code
error-meeting_misbehaved = das Treffen ist vorbei; trefft euch noch einmal mit einem neuen Code
error-unknown_contact = du hast diese Person nicht getroffen
error-contact_used = dein Treffen mit dieser Person ist schon für einen Raum verbraucht; für einen anderen Raum trefft euch noch einmal
error-card_used = die Karte, die diese Person bekommen hat, ist verbraucht oder zu alt; triff beide noch einmal, die eine wie die andere
error-objections = { $count ->
        [one] 1 Mitglied ist dagegen; lies, warum, dann nimm trotzdem auf oder gar nicht
       *[other] { $count } Mitglieder sind dagegen; lies, warum, dann nimm trotzdem auf oder gar nicht
    }
error-unknown_room = diesen Raum gibt es auf diesem Gerät nicht
error-unknown_member = diese Person ist nicht im Raum
error-unknown_applicant = hier bürgt niemand für diese Person; sieh noch einmal nach, wer wartet
error-unknown_motion = diesen Antrag gibt es nicht, oder er ist erledigt; sieh dir die Anträge noch einmal an
error-unknown_message = diese Nachricht gibt es auf diesem Gerät nicht; vielleicht ist sie verschwunden
error-not_yours = nur wer eine Nachricht geschrieben hat, ändert sie oder nimmt sie zurück, und nur ihren Text
error-bad_mark = eine Reaktion ist ein Emoji oder ein kurzes Wort
error-bad_poll = eine Umfrage hat eine Frage und 2 bis 16 kurze Antworten; ändere sie
error-bad_plan = ein Termin hat einen Titel und eine Zeit; halte seine Texte kürzer als 512 Byte
error-not_a_poll = diese Nachricht ist keine Umfrage
error-not_a_plan = diese Nachricht ist kein Termin
error-bad_answer = die Umfrage nimmt diese Antwort nicht an; sieh sie dir noch einmal an
error-poll_closed = diese Umfrage ist beendet; Antworten zählen nicht mehr
error-bad_note = eine Notiz hat höchstens 512 Byte; kürze sie
error-refused = { $why }
error-not_allowed = die Regeln des Raums erlauben es nicht: { $why }
error-closed = das Profil ist zu; öffne es wieder
error-bug = ein Fehler in diesem Programm: { $what }; bitte melde ihn

## Asked of a running engine

error-bad_params = ein Teil der Anfrage fehlt, stimmt nicht oder ist zu viel; bring beide Programme auf dieselbe Version
error-not_json = die Anfrage ist nicht lesbar; bring beide Programme auf dieselbe Version
error-not_a_request = die Anfrage ist nicht lesbar; bring beide Programme auf dieselbe Version
error-no_such_verb = das laufende Offshift kann das nicht; bring es auf diese Version
error-locked = das Profil ist gesperrt; entsperre es zuerst
error-already_open = das Profil ist schon offen; sperre es zuerst
error-too_much = das ist zu viel auf einmal; frag nach weniger
error-no_page = dieser Dienst zeigt keine Seite; beende ihn und öffne eine
error-not_for_the_page = eine Seite kann darum nicht bitten; nimm einen Befehl
error-no_code_in_picture = in diesem Bild ist kein Code; mach es noch einmal, näher und gerade

## Rules

error-bad_term_name = so eine Regel gibt es nicht; lass dir die Regeln mit ihren Namen zeigen
error-bad_term_value = diese Regel nimmt diesen Wert nicht an; sie nimmt eine Zahl, eine Zeit wie 7d oder 12h, yes oder no

## The profile on this device

error-vault_missing = hier ist kein Profil; lege zuerst eins an oder nenne ein anderes
error-vault_exists = hier ist schon ein Profil; nutze es oder nenne ein anderes
error-vault_in_use = dieses Profil ist in einem anderen Fenster oder Programm offen; schließe es dort zuerst, dann versuch es noch einmal
error-vault_wrong_passphrase = die Passphrase stimmt nicht; versuch es noch einmal, und achte auf die Sprache der Tastatur und die Feststelltaste
error-vault_not_a_vault = die Datei `vault` in diesem Profil gehört nicht zu Offshift; setze deine Kopie des Profils wieder ein
error-vault_newer = dieses Profil wurde von einem neueren Offshift geschrieben; installiere diese Version und versuch es noch einmal
error-vault_damaged = die Passphrase stimmt, aber die Datei des Profils ist beschädigt; setze eine Kopie des Profils wieder ein, oder lege ein neues an und triff die Leute noch einmal
error-vault_disk = der Datenträger konnte das Profil nicht lesen oder schreiben ({ $why }); schaffe Platz oder prüfe den Datenträger, dann versuch es noch einmal
error-vault_unsettled = der Datenträger konnte das Profil nicht schreiben; prüfe den Datenträger, dann starte neu
error-vault_full = dieses Profil ist voll; lege ein neues an
error-vault_resources = das System hat zu wenig Arbeitsspeicher, um ein Profil zu öffnen; schließe andere Programme, dann versuch es noch einmal
error-vault_bug = ein Fehler in Offshift: { $what }; bitte melde ihn

## The connection to a relay

error-link_resolve = der Name des Relays ist hier nicht bekannt; prüfe das Netz, dann den Link
error-link_unreachable = das Relay antwortet nicht; prüfe das Netz, oder versuch es in einer Minute noch einmal
error-link_identity = in diesem Netz antwortet etwas anstelle des Relays; trau diesem Netz nicht, nutze ein anderes, zum Beispiel mobile Daten
error-link_clock = die Uhr dieses Geräts geht wohl falsch; stelle Datum und Uhrzeit, dann versuch es noch einmal
error-link_incompatible = das Relay spricht eine andere Version; aktualisiere dieses Programm, oder bitte um ein Update, wo das Relay betrieben wird
error-link_refused = { $why }
error-link_closed = { $why }
error-link_lost = die Verbindung zum Relay ist abgebrochen; sie wird wieder aufgebaut
error-link_misbehaved = das Relay hat etwas anderes geantwortet ({ $what }); sag es denen, die das Relay betreiben
error-link_busy = zu viel wartet auf das Relay; warte zuerst die Antworten ab
error-link_socket = dieses Gerät kann keine Verbindung ins Netz öffnen; prüfe seine Netz-Einstellungen
error-link_bug = ein Fehler in diesem Programm ({ $what }); melde ihn

## What the disk says

why-disk_full = kein Speicherplatz
why-disk_quota = zugeteilter Speicherplatz verbraucht
why-disk_denied = Zugriff verweigert
why-disk_read_only = Datenträger lässt sich nur lesen
why-disk_other = anderer Fehler

## Links of relays

error-bad_link_scheme = das ist kein Link eines Relays; so ein Link beginnt mit offshift://
error-bad_link_host = der Link des Relays hat keinen brauchbaren Rechnernamen; kopiere noch einmal den ganzen Link
error-bad_link_port = der Link des Relays hat keinen brauchbaren Port; kopiere noch einmal den ganzen Link
error-bad_link_key = der Link des Relays ist beschädigt oder abgeschnitten; kopiere noch einmal den ganzen Link

## Tickets

error-bad_ticket_none = das ist ein Link ohne Ticket; in einem Ticket steht ein #
error-bad_ticket_damaged = das Ticket ist beschädigt oder abgeschnitten; kopiere oder scanne es noch einmal ganz

## Codes for meeting

error-bad_code_relay_link = das ist der Link eines Relays, kein Code für ein Treffen; füge ihn hinzu mit: offshift relay add
error-bad_code_device = das ist ein Code zum Verbinden deines eigenen Geräts, nicht für ein Treffen; bitte um einen Code für ein Treffen
error-bad_code_ticket = das ist ein Ticket für ein Relay, kein Code für ein Treffen; bitte um einen Code für ein Treffen
error-bad_code_other_purpose = das ist ein Code für etwas anderes, nicht für ein Treffen; bitte um einen Code für ein Treffen
error-bad_code_foreign = das ist kein Code für ein Treffen; so ein Code beginnt mit offshift:meet:
error-bad_code_incompatible = dieser Code kommt von einer neueren Version; aktualisiere dieses Programm, dann bitte um einen neuen Code
error-bad_code_damaged = dieser Code ist beschädigt oder abgeschnitten; scanne ihn noch einmal oder bitte um einen neuen Code
error-bad_code_expired = dieser Code ist zu alt; bitte um einen neuen Code

## Codes for a second phone

error-bad_device_code_meeting = das ist ein Code für ein Treffen, nicht zum Verbinden deines eigenen Geräts; zeig einen mit: phone link
error-bad_device_code_other_purpose = das ist ein Code für etwas anderes; zeig einen auf deinem anderen Gerät mit: phone link
error-bad_device_code_foreign = das ist kein Code zum Verbinden eines Geräts; so ein Code beginnt mit offshift:device:
error-bad_device_code_incompatible = dieser Code kommt von einer neueren Version; aktualisiere dieses Programm, dann zeig einen neuen Code
error-bad_device_code_damaged = dieser Code ist beschädigt oder abgeschnitten; scanne ihn noch einmal oder zeig einen neuen Code
error-bad_device_code_expired = dieser Code ist zu alt; zeig einen neuen Code auf deinem anderen Gerät

## Why a relay refuses

why-relay_malformed = das Relay lehnt ab: es konnte die Anfrage nicht lesen; aktualisiere dieses Programm
why-relay_denied = das Relay lehnt ab: der Schlüssel passt nicht zum Postfach; bitte um einen neuen Code
why-relay_no_capability = das Relay lehnt ab: die Verbindung ist neu; weise das Recht noch einmal nach
why-relay_life_too_long = das Relay lehnt ab: so lange bewahrt es nichts auf; wähle eine kürzere Zeit
why-relay_full = das Relay lehnt ab: sein Datenträger oder das Postfach ist voll; versuch es später noch einmal
why-relay_busy = das Relay lehnt ab: zu viel auf einmal; versuch es in einer Minute noch einmal
why-relay_stopping = das Relay lehnt ab: es wird gerade beendet; versuch es in einer Minute noch einmal
why-relay_failed = das Relay lehnt ab: es hatte einen Fehler und hat nichts gespeichert; versuch es in einer Minute noch einmal
why-relay_no_credit = das Relay lehnt ab: es nimmt Nachrichten von Leuten mit Ticket; bitte die um eins, die es betreiben
why-relay_bad_token = das Relay lehnt ab: es hat nicht angenommen, womit die Nachricht bezahlt wird; es wird mit etwas anderem versucht
why-relay_bad_ticket = das Relay lehnt ab: das Ticket gilt nicht mehr; bitte die um ein neues, die es betreiben
why-relay_allowance_used = das Relay lehnt ab: das Ticket ist für heute verbraucht; morgen gilt es wieder

## Why a relay ended the connection

why-closed_done = die Verbindung ist beendet
why-closed_version = das Relay spricht eine andere Version; aktualisiere dieses Programm
why-closed_malformed = das Relay konnte nicht lesen, was dieses Programm geschickt hat; aktualisiere dieses Programm
why-closed_limit = das Relay hat die Verbindung an einer Grenze beendet; versuch es in einer Minute noch einmal
why-closed_stopping = das Relay wird gerade beendet; die Verbindung wird wieder aufgebaut
why-closed_idle = das Relay hat eine ungenutzte Verbindung beendet; sie wird wieder aufgebaut
why-closed_failed = das Relay hatte einen Fehler; versuch es in einer Minute noch einmal

## How a relay contradicts what it signed

why-contradicts_two_receipts = es hat unterschrieben, dass zwei Umschläge an einer Stelle liegen
why-contradicts_another_envelope = es zeigt einen anderen Umschlag als den, für den es unterschrieben hat
why-contradicts_missing = es zeigt nicht, was es laut seiner Unterschrift aufbewahrt

## Why nothing is sent or changed

why-send_stranded = dieses Gerät hat den Raum verloren; lass es online, bis das Gerät eines Organizers es wieder aufnimmt
why-send_rolled_back = dieses Gerät kommt aus einer alten Kopie; lass es online, bis das Gerät eines Organizers es wieder aufnimmt
why-send_lost = der Raum ist wohl ohne dieses Gerät weitergegangen; lass es online, bis das Gerät eines Organizers es wieder aufnimmt
why-send_forked = schreib hier nicht weiter: du und ein anderes Mitglied sehen verschiedene Räume, oder das Gerät dieses Mitglieds lügt; frag ein drittes Mitglied: sieht es dasselbe wie du, schließ das andere aus; wenn nicht, gründet den Raum neu über ein anderes Relay
why-send_stale = das wurde nicht gesendet: seit 48 Stunden war von keinem Organizer etwas zu hören, also liest hier vielleicht noch jemand mit, der ausgeschlossen wurde; geh online, oder frag einen Organizer
why-send_removed = du bist kein Mitglied dieses Raums mehr
why-send_content = diese Version kann so eine Nachricht nicht schreiben; aktualisiere sie
why-send_only_organizers = in diesem Raum schreiben nur Organizer; du kannst trotzdem reagieren und auf Umfragen antworten
why-send_announcement = nur Organizer machen Durchsagen; sende es als Nachricht
why-send_too_many = zu viele Nachrichten warten auf das Relay; sende noch einmal, wenn es erreichbar ist
why-change_suite = die Karte passt nicht zu diesem Raum; trefft euch noch einmal mit der neuesten Version
why-change_no_such_member = dieses Mitglied gibt es nicht; sieh dir die Mitglieder noch einmal an
why-change_no_such_applicant = hier hat niemand für diese Person gebürgt; sieh noch einmal nach, wer wartet
why-change_reason = ein Grund hat höchstens 512 Byte; sag es kürzer
why-change_too_many_at_once = höchstens 256 Geräte gehen auf einmal; mach es in zwei Schritten
why-change_no_such_motion = diesen Antrag gibt es nicht mehr; sieh dir die Anträge noch einmal an
why-change_other_meeting = dieses Treffen war nicht dafür; trefft euch noch einmal mit einem Code der richtigen Art
why-change_too_many = frühere Änderungen warten noch auf das Relay; versuch es noch einmal, wenn sie fertig sind
why-found_too_few_organizers = ein Raum braucht zwei Organizer; mach mindestens eine der anderen Personen zum Organizer
why-found_suite = eine der Karten passt nicht zu dieser Art von Raum; trefft euch noch einmal mit der neuesten Version

## Rules that every device of a room checks

why-rule_not_a_member = das dürfen nur Mitglieder
why-rule_commit_data = die Änderung enthält Daten einer anderen Version
why-rule_commit_time = die Änderung wurde mehr als zwei Stunden vor oder nach ihrer Ankunft unterschrieben
why-rule_loose_proposal = ein Vorschlag muss Teil seiner Änderung sein
why-rule_proposal_kind = diese Art von Vorschlag ist nicht erlaubt
why-rule_one_change = nur eine Änderung auf einmal
why-rule_leaf_changed = die Identität eines Mitglieds lässt sich nicht ändern
why-rule_not_founding = die Gründungsphase ist vorbei
why-rule_add_by_other = Gründungsmitglieder darf nur ein Organizer der Gründung hinzufügen
why-rule_member_info = die Identität der neuen Person ist nicht gültig
why-rule_key_package = die Schlüssel der neuen Person sind nicht von dieser Version
why-rule_too_many_founders = ein Raum hat höchstens acht Gründungsmitglieder
why-rule_key_twice = dieser Schlüssel war schon einmal im Raum; trefft euch noch einmal für einen neuen
why-rule_handle_taken = jemand im Raum hat schon diesen Rufnamen
why-rule_policy_change = so lassen sich die Regeln des Raums nicht ändern
why-rule_too_few_organizers = ein Raum braucht zwei Organizer
why-rule_remove_by_other = nur ein Organizer darf ein Mitglied ausschließen
why-rule_welcome = seine Mitglieder und seine Regeln passen nicht zusammen
why-rule_admit_by_other = nur ein Organizer darf jemanden aufnehmen
why-rule_too_few_vouches = erst müssen mehr Mitglieder bürgen
why-rule_too_few_branches = alle, die bürgen, sind über dasselbe Gründungsmitglied dazugekommen; jemand aus einem anderen Zweig muss bürgen
why-rule_vouch_twice = jede Person bürgt nur einmal
why-rule_voucher_unknown = jemand, der bürgt, ist kein Mitglied mehr
why-rule_voucher_on_probation = jemand, der bürgt, ist neu oder in Prüfung
why-rule_vouch_budget = jemand, der bürgt, hat zuletzt zu viele Leute dazugeholt
why-rule_vouch_time = eine Bürgschaft gilt bis 14 Tage nach dem Treffen; trefft euch noch einmal
why-rule_vouch_terms = die Regeln des Raums haben sich seitdem geändert; bürge noch einmal
why-rule_vouch_method = in diesem Raum zählen nur persönliche Treffen
why-rule_vouch_signature = eine Bürgschaft ist nicht für diese Person und diesen Raum
why-rule_denied = diese Person wurde ausgeschlossen; das müssen zwei Organizer erst aufheben
why-rule_room_full = der Raum hatte so viele Mitglieder, wie ein Raum haben kann; gründet einen neuen
why-rule_not_under_review = dieses Mitglied ist nicht in Prüfung
why-rule_too_few_approvals = erst müssen mehr zustimmen
why-rule_approval_by = jemand hat zugestimmt, der nicht darf
why-rule_approval_time = eine Zustimmung gilt sieben Tage; stimme noch einmal zu
why-rule_approval_signature = eine Zustimmung ist nicht für diese Änderung
why-rule_recall_branches = Mitglieder aus zwei Zweigen müssen den Ausschluss verlangen
why-rule_terms_floor = kein Raum darf über diese Grenzen hinausgehen
why-rule_motion_empty = das würde nichts ändern
why-rule_organizer_unfit = dieses Mitglied kann kein Organizer sein
why-rule_removed_in_part = eine Person wird mit allen Geräten ausgeschlossen, und niemand schließt sich selbst aus
why-rule_rejoin_other = nur ein Organizer darf ein Mitglied zurückholen, und nur als dieselbe Person
why-rule_rejoin_proof = der Wunsch nach Rückkehr ist zu alt oder kommt nicht vom Mitglied
why-rule_device_by_other = nur ein eigenes Gerät der Person darf ein weiteres verbinden
why-rule_device_link = die Verbindung des Geräts ist zu alt oder kommt nicht von der Person
why-rule_too_many_devices = eine Person hat höchstens drei Geräte
why-rule_other = eine Regel, die diese Version nicht kennt
