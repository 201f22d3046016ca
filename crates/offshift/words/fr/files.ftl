### Offshift: files

error-file_unreadable = ce fichier ne peut pas être lu : { $why }
error-file_not_a_file = ce n’est pas un fichier ; choisis un fichier
error-file_empty = ce fichier est vide ; choisis-en un autre
error-file_too_long = un fichier a au plus 25 Mio ; rends-le plus petit, ou envoie-le en plusieurs parties
error-file_changed = le fichier a changé pendant la lecture ; réessaie
error-file_broken_picture = cette image ne peut pas être lue, donc rien ne peut en être enlevé ; enregistre-la à nouveau en JPEG
error-file_large_picture = cette image est trop grande ; rends-la d’abord plus petite
error-file_bad_caption = les mots qui vont avec un fichier ont au plus 4 Kio ; raccourcis-les
error-file_too_many = il y a déjà en route autant de fichiers que possible ; attends-en un, ou arrêtes-en un
error-file_no_file = ce message n’est pas un fichier
error-file_elsewhere = ce fichier n’est pas sur le relais du salon, donc il n’est pas téléchargé ; demande-le à nouveau
error-file_gone = le relais n’a plus ce fichier ; demande-le à nouveau
error-file_not_here = ce fichier n’est pas encore sur cet appareil ; télécharge-le d’abord
error-file_damaged = ce qui est arrivé n’est pas le fichier envoyé ; demande-le à nouveau
error-file_no_picture = ce fichier n’est pas une image qui peut être montrée
error-file_exists = il y a déjà quelque chose de ce nom ; choisis un autre nom
error-file_unknown_transfer = aucun fichier de ce genre n’est en route
error-file_disk = le disque ne le prend pas : { $why }

next-file_unreadable = offshift file send ROOM PATH
next-file_not_a_file = offshift file send ROOM PATH
next-file_no_file = offshift file list ROOM
next-file_not_here = offshift file get ROOM NUMBER
next-file_exists = offshift file get ROOM NUMBER --to OTHER
next-file_too_many = offshift file waiting
next-file_unknown_transfer = offshift file waiting

file-keeps = Ce fichier part avec tout ce qu’il contient : noms d’auteurs, lieux, anciennes versions.
file-picture = Cette image est repeinte : le lieu, l’heure et l’appareil photo sont enlevés.
file-relay-keeps = { $days ->
        [one] Le relais le garde { $days } jour.
        [many] Le relais le garde { $days } de jours.
       *[other] Le relais le garde { $days } jours.
    } Qui le veut doit le télécharger pendant ce temps.
file-send-question = L’envoyer ?
file-not-sent = rien n’a été envoyé
file-keeps-nobody = ce fichier part avec tout ce qu’il contient, et il n’y a personne à qui demander
file-keeps-nobody-next = la même commande avec --yes
file-sent = Envoyé. Les autres le voient dans le salon et le téléchargent s’ils veulent.
file-waits = Il attend le relais. Il est gardé et continue tant que offshift fonctionne. Ensuite : offshift file go-on

file-got = { $name } est sur cet appareil, scellé. Pour enregistrer une copie : offshift file get { $room_word } { $number_word }
file-saved = Enregistré : { $path }
file-saved-clear = Qui peut ouvrir cet appareil peut ouvrir cette copie ; elle ne disparaît pas avec le message.
file-comes-on = le relais n’envoie rien de plus pour le moment ; ce qui est là est gardé
file-comes-on-next = relance la même commande : elle continue où elle en était
file-failed-gone = le relais n’a plus ce fichier
file-failed-damaged = ce qui est arrivé n’est pas le fichier envoyé
file-failed-next = demande-le à nouveau dans le salon

file-here = Ici, scellé. Pour enregistrer une copie : offshift file get ROOM NUMBER
file-none = Aucun fichier dans ce salon.
file-none-waiting = Aucun fichier n’est en route.
file-line = { $number }  { $name }, { $size }, de { $handle } : { $state }
file-waiting-line = { $number }  { $name }, { $part } sur { $size } : { $state }
file-progress = { $part } sur { $size }, { $speed }/s
file-cancelled = Arrêté. Plus rien n’en part et plus rien n’en arrive.
file-state-offered = pas ici ; le relais l’a jusqu’au { $until }
file-state-coming = en train d’arriver
file-state-here = ici
file-state-gone = plus là
file-state-damaged = pas ce qui a été envoyé
file-state-leaving = en train de partir
file-number-many = plus d’un fichier a ce numéro
file-number-many-next = donne plus de lettres du numéro
file-number-none = aucun fichier n’a ce numéro ici
file-number-none-next = offshift file list ROOM
