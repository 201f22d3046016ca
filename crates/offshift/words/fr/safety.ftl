### Offshift: safety

safety-strength-very-weak = Cette phrase de passe est très faible. Qui prend cet appareil peut l’ouvrir en un jour.
safety-strength-weak = Cette phrase de passe est faible. Qui prend cet appareil, et a de l’argent, peut l’ouvrir en quelques semaines.
safety-strength-good = Cette phrase de passe est bonne. Elle tient des années.
safety-strength-strong = Cette phrase de passe est forte.
safety-weak-by-common = Beaucoup de gens en utilisent une pareille.
safety-weak-by-word = C’est un seul mot ou un nom.
safety-weak-by-date = C’est une date ou une année.
safety-weak-by-pattern = Elle se répète, ou suit le clavier.
safety-strength-advice = Mieux : cinq mots que personne ne mettrait ensemble.
safety-strength-question = L’utiliser quand même ?
safety-strength-no = tu n’as pas dit oui, donc rien n’a été fait

safety-passphrase-again = la même commande avec une autre phrase de passe
safety-passphrase-changed = À partir de maintenant, seule la nouvelle phrase de passe ouvre ce profil. Les copies que tu as faites avant s’ouvrent encore avec la leur.

safety-export-about = La copie contient tout ce profil : tes salons, ce qui a été dit, tes notes. Choisis une phrase de passe pour elle.
safety-export-messages-about = La copie contient ce qui a été dit, en texte. Les messages n’en disparaissent pas. Choisis une phrase de passe pour elle.
safety-export-progress = { $done } sur { $total } Mio sont écrits.
safety-exported = La copie est écrite. Qui a la copie et sa phrase de passe lit tout.
safety-no-path = le fichier ne peut pas porter ce nom
safety-copy-prompt = Phrase de passe de la copie :
safety-import-no-file = ce fichier n’existe pas
safety-import-exists = il y a déjà un profil { $profile } ; une copie devient un nouveau profil
safety-import-exists-next = la même commande avec --profile OTHER
safety-import-passphrase = Choisis maintenant une phrase de passe pour le profil sur cet appareil.
safety-imported = Le profil est là. Il demande à ses salons de le reprendre avant que tu puisses écrire : le téléphone d’un responsable le fait tout seul, ou pose la question. Ne continue pas avec l’ancien : ce qu’il achète et dit, celui-ci ne peut pas le savoir.
error-bad_passphrase_short = { $count ->
        [one] la phrase de passe est trop courte ; il faut au moins { $count } caractère, mieux quatre ou cinq mots
        [many] la phrase de passe est trop courte ; il faut au moins { $count } de caractères, mieux quatre ou cinq mots
       *[other] la phrase de passe est trop courte ; il faut au moins { $count } caractères, mieux quatre ou cinq mots
    }
error-bad_passphrase_long = { $count ->
        [one] la phrase de passe est trop longue ; au plus { $count } caractère
        [many] la phrase de passe est trop longue ; au plus { $count } de caractères
       *[other] la phrase de passe est trop longue ; au plus { $count } caractères
    }
error-copy_busy = une copie est déjà en cours ; attends qu’elle soit finie
error-copy_file_exists = il y a déjà un fichier de ce nom ; choisis un autre nom
error-copy_not_a_copy = ce fichier n’est pas une copie faite par Offshift, ou il est abîmé ; choisis un autre fichier
error-copy_wrong_passphrase = la phrase de passe de la copie n’est pas la bonne ; réessaie
error-copy_disk = le disque a refusé de lire ou d’écrire la copie ; libère de la place ou vérifie le disque, puis réessaie
next-copy = la même commande avec un autre fichier
next-passphrase = offshift passphrase

safety-wipe-title = Tu vas détruire le profil { $profile } sur cet appareil.
safety-wipe-what = Tout ce qu’il contient s’en va : tes salons, ce qui a été dit, tes contacts et tes notes. Personne ne peut le ramener.
safety-wipe-rooms = Tu restes membre de tes salons, sur un téléphone qui n’existe plus. Demande à un responsable de le désactiver.
safety-wipe-others = Cela ne peut pas effacer ce que d’autres ont.
safety-wipe-copies = Cela ne peut pas effacer les copies faites par toi ou par quelqu’un d’autre. Elles s’ouvrent avec leur phrase de passe.
safety-wiped = Le profil est détruit.

safety-profiles-none = Il n’y a pas encore de profil sur cet appareil. Ensuite : offshift start
safety-profile-used = { $name } (celui que tu utilises)

safety-crash = offshift: un défaut de ce programme à { $place } ; merci de le signaler
