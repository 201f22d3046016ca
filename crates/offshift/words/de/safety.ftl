### Offshift: safety

## How strong a passphrase is

safety-strength-very-weak = Diese Passphrase ist sehr schwach. Wer dir dieses Gerät wegnimmt, kann es in einem Tag öffnen.
safety-strength-weak = Diese Passphrase ist schwach. Wer dir dieses Gerät wegnimmt und Geld hat, kann es in Wochen öffnen.
safety-strength-good = Diese Passphrase ist gut. Sie hält Jahre.
safety-strength-strong = Diese Passphrase ist stark.
safety-weak-by-common = Viele Leute nutzen eine ähnliche.
safety-weak-by-word = Sie ist ein einzelnes Wort oder ein Name.
safety-weak-by-date = Sie ist ein Datum oder ein Jahr.
safety-weak-by-pattern = Sie wiederholt sich oder folgt der Tastatur.
safety-strength-advice = Besser: fünf Wörter, die niemand zusammenstellen würde.
safety-strength-question = Trotzdem nehmen?
safety-strength-no = du hast nicht ja gesagt, also wurde nichts getan

## Another passphrase

safety-passphrase-again = derselbe Befehl mit einer anderen Passphrase
safety-passphrase-changed = Ab jetzt öffnet nur die neue Passphrase dieses Profil. Kopien, die du vorher gemacht hast, öffnen sich weiter mit ihrer eigenen.

## Copies

safety-export-about = Die Kopie enthält alles aus diesem Profil: deine Räume, was gesagt wurde, deine Notizen. Wähle eine Passphrase für sie.
safety-export-messages-about = Die Kopie enthält als Text, was gesagt wurde. Aus ihr verschwinden Nachrichten nicht. Wähle eine Passphrase für sie.
safety-export-progress = { $done } von { $total } MiB sind geschrieben.
safety-exported = Die Kopie ist geschrieben. Wer sie und ihre Passphrase hat, liest alles darin.
safety-no-path = so kann die Datei nicht heißen
safety-copy-prompt = Passphrase der Kopie:
safety-import-no-file = diese Datei gibt es nicht
safety-import-exists = es gibt schon ein Profil { $profile }; aus einer Kopie wird ein neues Profil
safety-import-exists-next = derselbe Befehl mit --profile OTHER
safety-import-passphrase = Wähle jetzt eine Passphrase für das Profil auf diesem Gerät.
safety-imported = Das Profil ist hier. Bevor du schreiben kannst, muss es wieder in seine Räume aufgenommen werden, darum bittet es selbst: Das Handy eines Organizers macht das von allein oder fragt nach. Mach mit dem alten nicht weiter: Was es kauft und sagt, kann dieses nicht wissen.
error-bad_passphrase_short = { $count ->
        [one] die Passphrase ist zu kurz; nimm mindestens 1 Zeichen, besser vier oder fünf Wörter
       *[other] die Passphrase ist zu kurz; nimm mindestens { $count } Zeichen, besser vier oder fünf Wörter
    }
error-bad_passphrase_long = { $count ->
        [one] die Passphrase ist zu lang; nimm höchstens 1 Zeichen
       *[other] die Passphrase ist zu lang; nimm höchstens { $count } Zeichen
    }
error-copy_busy = es wird schon eine Kopie geschrieben; warte, bis sie fertig ist
error-copy_file_exists = eine Datei mit diesem Namen gibt es schon; wähle einen anderen Namen
error-copy_not_a_copy = diese Datei ist keine Kopie von Offshift, oder sie ist beschädigt; wähle eine andere Datei
error-copy_wrong_passphrase = die Passphrase der Kopie stimmt nicht; versuch es noch einmal
error-copy_disk = der Datenträger konnte die Kopie nicht lesen oder schreiben; schaffe Platz oder prüfe den Datenträger, dann versuch es noch einmal
next-copy = derselbe Befehl mit einer anderen Datei
next-passphrase = offshift passphrase

## The end of a profile

safety-wipe-title = Du bist dabei, das Profil { $profile } auf diesem Gerät zu vernichten.
safety-wipe-what = Alles davon ist dann weg: deine Räume, was gesagt wurde, deine Kontakte und Notizen. Niemand kann es zurückholen.
safety-wipe-rooms = Du bleibst Mitglied deiner Räume, auf einem Handy, das es nicht mehr gibt. Bitte einen Organizer, es zu stoppen.
safety-wipe-others = Was andere haben, lässt sich damit nicht löschen.
safety-wipe-copies = Kopien, die du oder jemand anderes gemacht hat, lassen sich damit nicht löschen. Sie öffnen sich mit ihrer Passphrase.
safety-wiped = Das Profil ist vernichtet.

## Profiles

safety-profiles-none = Auf diesem Gerät ist noch kein Profil. Weiter: offshift start
safety-profile-used = { $name } (das du gerade nutzt)

## Crashes

safety-crash = offshift: ein Fehler in diesem Programm bei { $place }; bitte melde ihn
