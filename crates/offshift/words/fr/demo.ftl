### Offshift: demo

demo-no-folder = impossible de créer un dossier temporaire
demo-no-folder-next = libère de la place, puis : offshift demo
demo-no-signals = le système n’a pas donné de signaux
demo-stopped = la démonstration a été arrêtée
demo-next = offshift demo
demo-slow = cet ordinateur est trop lent pour la démonstration, ou quelque chose est bloqué
demo-words-differ = les mots sont différents
demo-building = D’abord le relais est construit, cela arrive une seule fois.
demo-not-built = le relais n’a pas pu être construit
demo-not-built-next = cargo build --release -p offshift-relay
demo-no-relay = le programme offshift-relay n’est pas à côté de celui-ci
demo-no-relay-next = installe les deux dans un même dossier, puis : offshift demo
demo-relay-failed = le relais n’a pas démarré ou ne s’est pas arrêté comme il faut
demo-relay-failed-next = offshift-relay serve --dev

demo-relay-starts = Un relais démarre. { -relay-promise }
demo-profiles = Trois personnes créent des profils. Pas de numéro de téléphone, pas d’e-mail.
demo-ticket = ana a un ticket du relais. Les autres s’en passent : elle les fait entrer.
demo-meet = Ils se voient en personne. Les deux écrans doivent montrer les mêmes mots.
demo-found = ana fonde un salon avec bob et carol. Eux seuls peuvent le lire.
demo-talk = Ils parlent.
demo-relay-stops = Le relais s’arrête. Un message attend sur l’appareil d’ana.
demo-relay-back = Le relais est de retour. Le message part tout seul.
demo-newcomer = dana est nouvelle. ana et carol la voient et la parrainent. bob la fait entrer.
demo-infiltrator = mark a convaincu carol de le parrainer. Personne d’autre ne le connaît.
demo-severed = En fait, carol travaille pour l’entreprise. ana la fait sortir.
demo-side-by-side = Côte à côte : ce que les gens lisent, et ce que le relais a.

demo-names = ana, bob, carol
demo-ticket-taken = le relais le prend, et ne peut pas savoir ce qu’il paie
demo-have-it = bob et carol l’ont
demo-same = les mêmes
demo-different = DIFFÉRENTS
demo-sent = Envoyé
demo-waiting = En attente
demo-organizer = { $handle } (responsable)
demo-before = Ce qui a été dit avant, dana ne peut pas le lire : { $all } messages pour ana, { $some } pour dana.
demo-vouches = { $by } parraine { $handle }. Tout le salon le voit.
demo-each-device = On dit à l’appareil de chaque personne fondatrice de le laisser entrer quand même :
demo-refused = refusé : { $why }
demo-learned-nothing = l’appareil de mark n’a rien appris du salon, pas même son nom.
demo-asked-again = le profil de carol, interrogé à nouveau : dehors. { $before } messages avant, { $now } maintenant.

demo-says-bonus = La prime de nuit n’est plus sur ma fiche de paie. Et sur la tienne ?
demo-says-march = Pareil pour moi. Depuis mars.
demo-says-ask = Demandons aux autres vendredi.
demo-says-friday = Vendredi, six heures, à l’arrêt de bus.
demo-says-hello = Bonjour. Je suis dana, de l’emballage.
demo-says-bakery = Nouveau lieu : la boulangerie, vendredi, sept heures.
demo-says-now = Et maintenant ?

demo-read-ana-bob = ana et bob lisent :
demo-read-dana = dana lit :
demo-read-carol = carol lit :
demo-holds = Le relais a :
demo-column-mailbox = boîte
demo-column-size = taille
demo-column-left = reste
demo-column-sealed = scellé
demo-more = { $count ->
    [one] et { $count } de plus comme cela
    [many] et { $count } de plus comme cela
   *[other] et { $count } de plus comme cela
}
demo-left-minutes = { $count ->
    [one] { $count } min
    [many] { $count } min
   *[other] { $count } min
}
demo-left-hours = { $count ->
    [one] { $count } h
    [many] { $count } h
   *[other] { $count } h
}
demo-left-days = { $count ->
    [one] { $count } j
    [many] { $count } j
   *[other] { $count } j
}
demo-end = Chaque message est arrivé une fois et dans l’ordre. Personne n’a lu ce qui n’était pas pour lui.
    Les profils et les données du relais sont effacés maintenant.
    Pour commencer en vrai : offshift start
