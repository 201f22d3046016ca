### Offshift: faces

engine-runs = Der Dienst dieses Profils läuft, und Befehle nutzen ihn. Ctrl-C beendet ihn.
engine-begins-locked = Er ist gesperrt. Weiter: offshift unlock
engine-taken = ein Dienst dieses Profils läuft schon
engine-taken-next = nutze ihn oder beende ihn: offshift daemon --stop
engine-path-long = der Name des Ordners dieses Profils ist zu lang für einen Dienst
engine-path-long-next = setze XDG_RUNTIME_DIR auf einen Ordner von dir oder nimm einen kürzeren: offshift --profile DIR daemon
engine-no-socket = das System hat den Dienst im Ordner des Profils nicht zuhören lassen
engine-no-socket-next = prüfe den Datenträger und wer in den Ordner schreiben darf, dann derselbe Befehl
engine-ended = Der Dienst ist beendet.
engine-none = kein Dienst dieses Profils läuft
engine-locked = Gesperrt. Weiter: offshift unlock
engine-unlocked = Entsperrt.
engine-status-none = Kein Dienst läuft. Jeder Befehl öffnet das Profil für sich.
engine-status-open = Der Dienst läuft, und das Profil ist offen.
engine-status-locked = Der Dienst läuft, und das Profil ist gesperrt. Weiter: offshift unlock
engine-none-next = offshift daemon
engine-status-idle =
    { $minutes ->
        [one] Es sperrt sich nach einer Minute ohne dich.
       *[other] Es sperrt sich nach { $minutes } Minuten ohne dich.
    }
engine-status-never = Es sperrt sich nur, wenn du es sagst: offshift lock
man-not-written = die Seiten lassen sich dort nicht schreiben
man-not-written-next = offshift man FOLDER
man-written = Die Seiten sind geschrieben. Lies die erste mit: man FOLDER/offshift.1
engine-is-locked = dieses Profil ist gesperrt
engine-is-locked-next = offshift unlock
engine-silent = der laufende Dienst dieses Profils antwortet nicht
engine-silent-next = beende ihn dort, dann derselbe Befehl
engine-foreign = der laufende Dienst dieses Profils gehört einem anderen Benutzerkonto
engine-foreign-next = gib den Befehl unter diesem Konto ein, oder nimm ein anderes Profil: offshift --profile OTHER ...
engine-other-version = der laufende Dienst ist von einer anderen Version dieses Programms
engine-other-version-next = beende ihn und starte ihn neu: offshift daemon
engine-no-signals = das System hat keine Signale gegeben
engine-no-signals-next = offshift inbox

## The page

open-link = Deine Räume findest du unter { $link }
open-runs = Der Link gilt einmal, zwei Minuten lang. Nichts verlässt dadurch diesen Computer. Ctrl-C beendet es.
engine-notify = Neue Nachrichten.
