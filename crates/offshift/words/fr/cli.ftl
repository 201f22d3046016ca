### Offshift: cli

answer-either = [o/n]
answer-rather-no = [o/N]
answer-yes = o oui
answer-no = n non

screen-reaching = Appel du relais...

sure-question = Le faire ?
sure-nobody = il n’y a personne ici pour dire oui, donc rien n’a été fait
sure-nobody-next = la même commande avec --yes
sure-no = tu n’as pas dit oui, donc rien n’a été fait
sure-no-next = la même commande, si tu le veux vraiment

passphrase-prompt = Phrase de passe :
passphrase-choose = Choisis une phrase de passe (quatre ou cinq mots, c’est bien) :
passphrase-again = Tape-la encore une fois :
passphrase-differ = les deux phrases de passe sont différentes
passphrase-short = la phrase de passe est trop courte ; il faut au moins { $count } caractères, mieux quatre ou cinq mots
passphrase-long = la phrase de passe est trop longue ; au plus { $count } caractères
passphrase-file = le fichier de la phrase de passe ne peut pas être lu
passphrase-file-next = regarde le nom du fichier, puis réessaie
passphrase-nobody = il n’y a personne ici pour taper la phrase de passe
passphrase-nobody-next = donne --passphrase-file FILE ou règle OFFSHIFT_PASSPHRASE

profile-name = le nom d’un profil n’a que des lettres, des chiffres, - et _
profile-name-next = offshift --profile NAME ...
profile-no-home = aucun dossier personnel n’est connu ici
profile-no-home-next = offshift --profile ./FOLDER ...

list-comma = { $list_word }, { $next }
list-and = { $list_word } et { $next }

when-now = à l’instant
when-minutes-ago = { $count ->
    [one] il y a { $count } min
    [many] il y a { $count } min
   *[other] il y a { $count } min
}
when-hours-ago = { $count ->
    [one] il y a { $count } h
    [many] il y a { $count } h
   *[other] il y a { $count } h
}
when-days-ago = { $count ->
    [one] il y a { $count } j
    [many] il y a { $count } j
   *[other] il y a { $count } j
}
when-month = { $month ->
    [1] janv
    [2] févr
    [3] mars
    [4] avr
    [5] mai
    [6] juin
    [7] juil
    [8] août
    [9] sept
    [10] oct
    [11] nov
   *[12] déc
}
when-day = { $day } { $month }
when-day-of-year = { $day } { $month } { $year }
when-moment = { $day } { $time }
when-days = { $from } au { $to }

start-name = Nom que les autres voient (pas besoin que ce soit ton vrai nom) :
start-no-handle = il manque un pseudo
start-ready = Ton profil est prêt, { $handle }. Il est seulement sur cet appareil.
    Ta phrase de passe le ferme, et personne ne peut t’en donner une autre si tu l’oublies.
    Ensuite : offshift relay add offshift://...

relay-added = Relais ajouté : { $relay }. { -relay-promise }
relay-answers = Il répond, et c’est le bon.
relay-none = Pas encore de relais. Ensuite : offshift relay add offshift://...
relay-unused = pas utilisé en ce moment
relay-connected = connecté
relay-meet-next = Ensuite : offshift meet show
relay-refuses-ticket = le relais n’accepte pas ce ticket
relay-refuses-ticket-next = { $known ->
    [no] demandes-en un nouveau à qui gère le relais, puis : offshift relay ticket CODE
   *[yes] demandes-en un nouveau à { $contact }, puis : offshift relay ticket CODE
}

contact-none = Tu n’as encore rencontré personne. Ensuite : offshift meet show
contact-line = { $handle }  { $method }, { $day }
contact-own-phone = { $handle }  ton autre téléphone, { $day }
contact-used = pour un salon à toi
meet-show-who = Laisse une seule personne scanner ceci, ou le taper :
meet-show-warning = C’est bon pour dix minutes et pour une seule personne. Ne le montre à personne d’autre.
meet-waiting = En attente de l’autre appareil.
meet-minutes-left = { $count ->
    [one] En attente. Il reste { $count } min.
    [many] En attente. Il reste { $count } min.
   *[other] En attente. Il reste { $count } min.
}
meet-read-aloud = { $handle } est là. Lisez-vous les mots à haute voix :
meet-same-words = Les deux écrans montrent-ils les mêmes mots ?
meet-compare-next = Si les deux écrans montrent les mêmes mots : offshift meet confirm
    Sinon : offshift meet confirm --differ
meet-not-confirmed = les mots ne sont pas encore confirmés ; ils attendent dix minutes
meet-stopped = la rencontre a été arrêtée
meet-none-waits = aucune rencontre ne t’attend
meet-several-wait = plus d’une rencontre t’attend
meet-several-wait-next = offshift meet confirm HANDLE
meet-words-differ = les mots sont différents, donc il y a peut-être quelqu’un entre vous ; personne n’a été ajouté
meet-words-differ-next = regarde qui d’autre est tout près, puis : offshift meet show
meet-no-ticket = aucun de vous deux n’a de ticket de ce relais
meet-no-ticket-next = { $known ->
    [no] demandes-en un à qui gère le relais, puis : offshift relay ticket CODE, et refais une rencontre
   *[yes] demandes-en un à { $contact }, puis : offshift relay ticket CODE, et refais une rencontre
}
meet-one-ticket = { $known ->
    [no] Tu n’as pas de ticket de ce relais. Cela marche si l’autre personne en a un.
        Sinon, demande à qui gère le relais, puis : offshift relay ticket CODE
   *[yes] Tu n’as pas de ticket de ce relais. Cela marche si l’autre personne en a un.
        Sinon, demande à { $contact }, puis : offshift relay ticket CODE
}
meet-linked = Appareil relié : { $handle }. Les deux téléphones sont maintenant à toi. Sur le nouveau : offshift inbox
meet-met-next = Tu as rencontré { $handle }. Ensuite, si { $handle } veut entrer dans un salon à toi :
      offshift vouch ROOM { $person_word }
    Si c’est toi qui veux entrer dans son salon, rencontre un autre membre de ce salon :
      offshift meet show --like { $person_word }
    Si vous fondez un salon ensemble :
      offshift room found NAME --with { $person_word }

find-several = plus d’une personne a le pseudo « { $person } »
find-several-next = utilise le numéro à la place du pseudo : offshift members ROOM, offshift contacts
find-no-room = aucun salon ne s’appelle « { $room } » ici
find-no-room-next = offshift inbox, puis : offshift room list
find-several-rooms = plus d’un salon a ce nom
find-several-rooms-next = offshift room list, puis utilise le numéro du salon
find-not-met = tu n’as pas rencontré « { $person } »
find-not-in = « { $person } » n’est pas dans « { $room } »
find-members-next = offshift members { $room_word }

room-none = Pas encore de salon. Ensuite : offshift room found NAME --with HANDLE
room-not-in-it = tu n’y es plus
room-only-you = toi seulement
room-people = { $count ->
    [one] { $count } personne
    [many] { $count } de personnes
   *[other] { $count } personnes
}
room-waiting = { $count ->
    [one] { $count } en attente
    [many] { $count } en attente
   *[other] { $count } en attente
}
room-second-organizer = un salon a besoin d’un deuxième responsable, pour ne pas dépendre d’un seul téléphone
room-second-organizer-next = la même commande avec --organizer HANDLE
room-founded = { $away ->
    [yes] Le salon « { $room } » est fondé. { -waits-here } Seules les personnes de ce salon peuvent le lire.
        Ensuite : offshift send { $room_word } "Bonjour"
   *[no] Le salon « { $room } » est fondé. Seules les personnes de ce salon peuvent le lire.
        Ensuite : offshift send { $room_word } "Bonjour"
}
room-added = { $away ->
    [yes] { $handle } est maintenant dans le salon. { -waits-here } Cette personne lit ce qui arrive à partir de maintenant, rien d’avant.
   *[no] { $handle } est maintenant dans le salon. Cette personne lit ce qui arrive à partir de maintenant, rien d’avant.
}
room-go-on-title = Écrire à nouveau dans « { $room } » :
room-go-on-third = Fais-le seulement si un troisième membre voit les mêmes membres et les mêmes messages que toi.
room-go-on-if-not = Sinon, le relais vous montre deux salons différents : quitte-le.
room-going-on = { $away ->
    [yes] Tu peux à nouveau écrire dans « { $room } ». { -waits-here }
   *[no] Tu peux à nouveau écrire dans « { $room } ».
}

change-dropped-next = regarde à nouveau, puis la même commande
change-untrusted = ce réseau répond à la place du relais ; le changement attend sur cet appareil, rien n’a été envoyé
change-waits = Demandé. { $count } sur { $needed } sont pour ; tant que la dernière personne ne l’est pas, rien ne change.
    Les autres le trouvent avec : offshift policy show { $room_word }

door-nobody = Personne n’attend pour entrer. Ensuite, quand tu as rencontré quelqu’un : offshift vouch { $room_word } PERSON
door-returning = { $handle } demande à revenir, en absence depuis le { $day }.
    { "  " }Un responsable peut le permettre : offshift room admit { $room_word } { $person_word }
door-objected = { $away ->
    [yes] Tu t’opposes à laisser entrer { $handle }. Tout le salon « { $room } » lit pourquoi. { -waits-here }
   *[no] Tu t’opposes à laisser entrer { $handle }. Tout le salon « { $room } » lit pourquoi.
}
door-admitted = { $away ->
    [yes] { $handle } entre dans « { $room } ». { -waits-here } Cette personne lit ce qui arrive à partir de maintenant, rien d’avant.
   *[no] { $handle } entre dans « { $room } ». Cette personne lit ce qui arrive à partir de maintenant, rien d’avant.
}
door-admit-title = Laisser entrer { $handle } dans « { $room } » :
door-reads-from-now = Cette personne lit ce qui arrive à partir de maintenant, rien d’avant.
door-everybody-sees = Tout le salon voit qui l’a laissé entrer et qui a parrainé.
door-put-out-again = Tu peux faire sortir cette personne plus tard. Cela ne peut pas effacer ce qu’elle aura lu d’ici là.
door-return-title = Laisser revenir { $handle } dans « { $room } » :
door-return-away = Son appareil dit qu’il était absent depuis le { $day }.
door-return-ask = Demande d’abord à { $handle }, face à face ou dans un appel : qui a ce téléphone revient.
door-return-reads = Cette personne lit ce qui arrive à partir de maintenant, rien du temps entre les deux.
door-unknown = personne n’a parrainé « { $person } » dans « { $room } »
door-unknown-next = fais une rencontre, puis : offshift vouch { $room_word } PERSON

vouch-done = { $away ->
    [yes] Tu parraines { $handle } dans « { $room } ». Tout le salon le voit. { -waits-here }
   *[no] Tu parraines { $handle } dans « { $room } ». Tout le salon le voit.
}
vouch-again = { $away ->
    [yes] Tu parraines à nouveau { $handle } dans « { $room } ». Tout le salon le voit. { -waits-here }
        Quand il y a assez de parrainages, un responsable termine le réexamen :
          offshift review { $room_word } --confirm { $person_word }
   *[no] Tu parraines à nouveau { $handle } dans « { $room } ». Tout le salon le voit.
        Quand il y a assez de parrainages, un responsable termine le réexamen :
          offshift review { $room_word } --confirm { $person_word }
}
review-nobody = Dans « { $room } », personne n’est en réexamen.
review-title = On a fait sortir quelqu’un qui a parrainé ces personnes. Leurs propres parrainages ne comptent pas
    tant que d’autres ne les parrainent pas à nouveau :
review-next = Qui les connaît : offshift vouch { $room_word } PERSON --again
    Puis un responsable : offshift review { $room_word } --confirm PERSON
review-end-title = Terminer le réexamen dans « { $room } » : { $handle }
review-end-counts = Ses propres parrainages comptent à nouveau. Tout le salon voit que c’est toi qui l’as fait.
review-end-needs = Il faut autant de parrainages que pour entrer, tous de personnes de confiance.
review-ended = { $away ->
    [yes] { $handle } n’est plus en réexamen. { -waits-here }
   *[no] { $handle } n’est plus en réexamen.
}

out-title = Faire sortir de « { $room } » : { $handles }
out-several = Pour plusieurs à la fois, il faut deux responsables ; ta voix est la première ou la deuxième.
out-recall = Aucun responsable n’est nécessaire : des membres de deux branches dont la parole compte doivent tous le demander.
out-reads-nothing = Plus rien de nouveau à lire pour { $handles }, sur aucun téléphone. Pour les appareils en ligne, cela prend quelques secondes.
out-keys-stay-out = Ses clés ne peuvent pas revenir tant que deux responsables ne le permettent pas.
out-vouched-for = Cette personne a parrainé { $handles }. On ne fait sortir personne pour cela, mais d’autres devront peut-être parrainer à nouveau.
out-everybody-sees = Tout le salon voit que c’est toi qui l’as fait.
out-cannot-erase = { -cannot-erase }
out-done = { $away ->
    [yes] Hors de « { $room } » : { $handles }. { -waits-here } { -cannot-erase }
        Ensuite : offshift exposure { $room_word } { $person_word }, puis : offshift review { $room_word }
   *[no] Hors de « { $room } » : { $handles }. { -cannot-erase }
        Ensuite : offshift exposure { $room_word } { $person_word }, puis : offshift review { $room_word }
}

phone-line = { $this ->
    [yes] { $first ->
        [yes] { $handle }, celui-ci, celui que d’autres ont parrainé, dans le salon depuis le { $day }
       *[no] { $handle }, celui-ci, dans le salon depuis le { $day }
    }
   *[no] { $first ->
        [yes] { $handle }, celui que d’autres ont parrainé, dans le salon depuis le { $day }
       *[no] { $handle }, dans le salon depuis le { $day }
    }
}
phone-list-next = Ensuite : offshift phone link { $room_word }
phone-link-who = Sur ton autre téléphone :
phone-link-warning = C’est bon pour dix minutes. Qui le scanne et montre les mêmes mots, c’est toi, dans ce salon.
phone-stop-title = Désactiver le téléphone de { $handle } dans « { $room } », numéro { $number } :
phone-stop-reads-nothing = Ce téléphone ne lit plus rien de nouveau. Pour les appareils en ligne, cela prend quelques secondes.
phone-stop-new-profile = Cette personne revient avec un nouveau profil : deux membres la rencontrent et parrainent à nouveau.
phone-stop-goes-on = Cette personne continue avec : { $handles }.
phone-stop-nobody-touched = Les personnes qu’elle a parrainées ne sont pas touchées : un téléphone perdu n’est la faute de personne.
phone-stop-cannot-erase = Cela ne peut pas effacer ce que ce téléphone a déjà.
phone-stopped = { $away ->
    [yes] Le téléphone de { $handle } est désactivé dans « { $room } ». { -waits-here } Cela ne peut pas effacer ce qu’il a déjà.
   *[no] Le téléphone de { $handle } est désactivé dans « { $room } ». Cela ne peut pas effacer ce qu’il a déjà.
}

members-title = { $room }, numéro { $number }
    Relais { $relay }. { -relay-promise }
    Dans ce salon :
members-past = N’y sont plus :
note-gone = La note est effacée.
note-kept = Gardé sur cet appareil seulement.

exposure-can-read = { $handle } peut lire, depuis le { $day }.
exposure-could-read = { $handle } a pu lire du { $days }.
exposure-could-read-on = { $handle } a pu lire le { $day }.
exposure-no-message = Cet appareil n’a aucun message de ce temps.
exposure-messages = { $count ->
    [one] Cette personne a { $count } message du { $days }.
    [many] Cette personne a { $count } de messages du { $days }.
   *[other] Cette personne a { $count } messages du { $days }.
}
exposure-unknown = { $count ->
    [one] { $count } de ces messages est d’un genre qui n’est pas montré ici.
    [many] { $count } de ces messages sont d’un genre qui n’est pas montré ici.
   *[other] { $count } de ces messages sont d’un genre qui n’est pas montré ici.
}
exposure-blind-before = Tu as rejoint le salon le { $day } : ce qui a été dit avant, cet appareil ne peut pas le compter. Demande à quelqu’un qui était là.
exposure-vouched-for = Cette personne a parrainé { $handles }.
exposure-review = À parrainer à nouveau : { $handles }.

policy-title = { $founding ->
    [yes] Règles de { $room }. Responsables : { $organizers }. On peut encore ajouter des personnes fondatrices : personne n’est encore entré par parrainage.
   *[no] Règles de { $room }. Responsables : { $organizers }.
}
policy-waits = Attend une approbation :
policy-coming = { $value } à partir du { $day }
policy-motion-state = { $count } sur { $needed } sont pour : { $handles }. Cela attend jusqu’au { $day }.
policy-you-are-for-it = Tu es pour.
policy-approve-next = Si tu es pour : offshift policy approve { $room_word } { $number_word }
policy-propose-title = Dans « { $room } » : { $what }
policy-two-must-approve = Deux responsables doivent approuver. Ta voix est la première ; tout le salon le voit.
policy-easier-later = Ce qui rend l’entrée plus facile vaut trois jours après la deuxième approbation.
policy-lift = permettre à nouveau de parrainer { $handle }
policy-not-a-rule = « { $text } » n’est pas RULE=VALUE
policy-next = offshift policy show { $room_word }
policy-was-not-out = personne n’a fait sortir « { $person } » de « { $room } »
policy-unknown-motion = rien avec ce numéro n’attend une approbation
policy-so-far = { $count } sur { $needed } sont pour jusqu’ici. Avec la dernière personne, c’est fait.
policy-reads-nothing = La personne qu’on fait sortir ne lit plus rien de nouveau, sur aucun téléphone.
policy-everybody-sees = Tout le salon voit que tu as approuvé.
policy-approve-title = Approuver dans « { $room } » : { $what }
policy-decided = { $away ->
    [yes] Décidé : { $what }. { -waits-here } Pour le voir : offshift policy show { $room_word }
   *[no] Décidé : { $what }. Pour le voir : offshift policy show { $room_word }
}

inbox-nothing = Rien de nouveau.
inbox-slow = le relais est très lent ; tout n’est pas encore là
inbox-coming-back = Demande aux appareils des responsables de laisser celui-ci revenir dans le salon.
inbox-watching = En veille. Ctrl-C y met fin.
inbox-no-signals = le système n’a pas donné de signaux
inbox-lost = Tu ne peux ni lire ni écrire ici en ce moment. Pour voir pourquoi : offshift alarms
