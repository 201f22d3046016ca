### Offshift: faces

engine-runs = Le moteur de ce profil tourne, et les commandes l’utilisent. Ctrl-C y met fin.
engine-begins-locked = Il est verrouillé. Ensuite : offshift unlock
engine-taken = un moteur de ce profil tourne déjà
engine-taken-next = utilise-le, ou arrête-le : offshift daemon --stop
engine-path-long = le nom du dossier de ce profil est trop long pour un moteur
engine-path-long-next = règle XDG_RUNTIME_DIR sur un dossier à toi, ou utilises-en un plus court : offshift --profile DIR daemon
engine-no-socket = le système n’a pas laissé le moteur écouter dans le dossier du profil
engine-no-socket-next = vérifie le disque et qui peut écrire dans le dossier, puis relance la même commande
engine-ended = Le moteur est arrêté.
engine-none = aucun moteur de ce profil ne tourne
engine-locked = Verrouillé. Ensuite : offshift unlock
engine-unlocked = Déverrouillé.
engine-status-none = Aucun moteur ne tourne. Chaque commande ouvre le profil pour elle-même.
engine-status-open = Le moteur tourne, et le profil est ouvert.
engine-status-locked = Le moteur tourne, et le profil est verrouillé. Ensuite : offshift unlock
engine-none-next = offshift daemon
engine-status-idle =
    { $minutes ->
        [one] Il se verrouille après { $minutes } minute sans toi.
        [many] Il se verrouille après { $minutes } de minutes sans toi.
       *[other] Il se verrouille après { $minutes } minutes sans toi.
    }
engine-status-never = Il se verrouille seulement quand tu le dis : offshift lock
man-not-written = les pages ne peuvent pas être écrites là
man-not-written-next = offshift man FOLDER
man-written = Les pages sont écrites. Lis la première avec : man FOLDER/offshift.1
engine-is-locked = ce profil est verrouillé
engine-is-locked-next = offshift unlock
engine-silent = le moteur de ce profil tourne, mais ne répond pas
engine-silent-next = arrête-le là-bas, puis relance la même commande
engine-foreign = le moteur de ce profil qui tourne appartient à un autre utilisateur
engine-foreign-next = lance la commande sous cet utilisateur, ou utilise un autre profil : offshift --profile OTHER ...
engine-other-version = le moteur qui tourne est d’une autre version de ce programme
engine-other-version-next = arrête-le et relance-le : offshift daemon
engine-no-signals = le système n’a pas donné de signaux
engine-no-signals-next = offshift inbox

open-link = Tes salons sont à { $link }
open-runs = Le lien est bon une fois, pendant deux minutes. Rien ne sort de cet ordinateur par lui. Ctrl-C y met fin.
engine-notify = Nouveaux messages.
