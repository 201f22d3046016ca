### Offshift: talk

message-own = toi
message-reply = (à { $number })
message-announcement = À TOUS : { $text }
message-taken-back = (retiré)
message-unknown = (un genre de message que cette version ne connaît pas ; mets à jour pour le lire)
message-edited = (modifié)
message-pinned = (épinglé)
message-mentions-you = (il parle de toi)
message-see = Regarde : offshift { $command_word } { $room_word }
message-none = aucun message de ce salon n’a ce numéro
message-none-next = offshift read { $room_word }
message-many = plus d’un message a ce numéro
message-many-next = donne plus de lettres du numéro ; offshift --json inbox les montre toutes
take-back-done = Les appareils enlèvent les mots quand ils l’apprennent. Qui l’a lu l’a lu.
pinned-none = Rien n’est épinglé ici.

message-vouched = { $by } parraine { $handle } ({ $method }).
message-vouched-again = { $by } parraine à nouveau { $handle } ({ $method }).
message-objected = { $by } s’oppose à laisser entrer { $handle }.
message-objected-why = { $by } s’oppose à laisser entrer { $handle } : { $reason }
message-approved = { $by } est pour : { $what }.

send-sent = Envoyé.
send-waiting = En attente. Le message est gardé et part tout seul avec le prochain : offshift inbox
send-waiting-why = En attente. { $why } Le message est gardé et part tout seul avec le prochain : offshift inbox
send-put-out = avant cela, on t’a fait sortir de ce salon ; rien n’a été envoyé
send-untrusted = ce réseau répond à la place du relais ; le message attend, rien n’a été envoyé
send-no-text = ce qui a été donné n’est pas du texte

poll-question = Sondage : { $question }
poll-option = { $number }. { $text } - { $count }
poll-option-own = { $number }. { $text } - { $count } (ta réponse)
poll-answered = { $count ->
    [0] Personne n’a encore répondu.
    [one] { $count } personne a répondu.
    [many] { $count } de personnes ont répondu.
   *[other] { $count } personnes ont répondu.
}
poll-closed = Fermé : les réponses qui viennent après ne comptent pas.
poll-how = Répondre : offshift poll answer { $room_word } { $number_word } ...
poll-none = Pas de sondage ici.

plan-line = Rendez-vous : { $title }, { $when }
plan-line-at = Rendez-vous : { $title }, { $when }, { $place }
plan-called-off = ANNULÉ par { $handle }
plan-changed = Changé par { $handle }
plan-none = Aucun rendez-vous à venir ici.
plan-time-bad = ce n’est pas une heure
plan-time-bad-next = un jour et une heure des horloges d’ici, comme dans : --at "2027-01-29 18:00"

size-bytes = { $count } o
size-kib = { $count } Kio
size-mib = { $whole },{ $tenths } Mio

message-file = Fichier : { $name }, { $size }

read-older = Messages plus anciens : offshift read { $room_word } --before { $number_word }
read-none = Rien n’a encore été dit ici.
search-none = Rien trouvé sur cet appareil.
draft-kept = Gardé sur cet appareil seulement.
draft-gone = Le brouillon est effacé.
draft-none = Pas de brouillon ici.

room-unread = { $count } à lire

odd-hidden = Attention : le texte a des caractères que personne ne voit. Ils peuvent marquer une copie. En cas de doute, tape-le à nouveau.
odd-turning = Attention : le texte a des caractères qui changent l’ordre des autres.
odd-looks-like = Attention : « { $text } » mélange des lettres qui se ressemblent. Ce n’est peut-être pas le mot que tu lis.

exposure-plans = { $count ->
    [one] { $count } de ces messages est un rendez-vous : une heure et un lieu.
    [many] { $count } de ces messages sont des rendez-vous : des heures et des lieux.
   *[other] { $count } de ces messages sont des rendez-vous : des heures et des lieux.
}
exposure-polls = { $count ->
    [one] { $count } de ces messages est un sondage.
    [many] { $count } de ces messages sont des sondages.
   *[other] { $count } de ces messages sont des sondages.
}
exposure-files = { $count ->
    [one] { $count } de ces messages est une photo ou un autre fichier.
    [many] { $count } de ces messages sont des photos ou d’autres fichiers.
   *[other] { $count } de ces messages sont des photos ou d’autres fichiers.
}
