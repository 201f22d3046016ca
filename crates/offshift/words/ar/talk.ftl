### Offshift: talk

message-own = أنت
message-reply = (على { $number })
message-announcement = إلى الجميع: { $text }
message-taken-back = (سُحبت)
message-unknown = (نوع من الرسائل لا يعرفه هذا الإصدار؛ يرجى التحديث لقراءتها)
message-edited = (معدّلة)
message-pinned = (مثبّتة)
message-mentions-you = (فيها ذكر اسمك)
message-see = للاطلاع: offshift { $command_word } { $room_word }
message-none = لا رسالة بهذا الرقم في هذه الغرفة
message-none-next = offshift read { $room_word }
message-many = أكثر من رسالة تحمل هذا الرقم
message-many-next = كتابة حروف أكثر منه؛ لعرضه كله: offshift --json inbox
take-back-done = تزيل الأجهزة الكلام حين يصلها الخبر. من قرأه فقد قرأه.
pinned-none = لا شيء مثبّت هنا.

message-vouched = تزكية من { $by } لـ{ $handle } ({ $method }).
message-vouched-again = تزكية جديدة من { $by } لـ{ $handle } ({ $method }).
message-objected = اعتراض من { $by } على دخول { $handle }.
message-objected-why = اعتراض من { $by } على دخول { $handle }: { $reason }
message-approved = تأييد من { $by } لهذا: { $what }.

send-sent = أُرسلت.
send-waiting = في الانتظار. الرسالة محفوظة وتُرسَل تلقائيًا مع المرة القادمة من: offshift inbox
send-waiting-why = في الانتظار. { $why } الرسالة محفوظة وتُرسَل تلقائيًا مع المرة القادمة من: offshift inbox
send-put-out = جرى إخراجك من هذه الغرفة قبل ذلك؛ لم يُرسَل شيء
send-untrusted = هذه الشبكة تجيب مكان الناقل؛ الرسالة تنتظر، ولم يُرسَل شيء
send-no-text = ما أُدخل ليس نصًا

poll-question = استطلاع: { $question }
poll-option = { $number }. { $text } - { $count }
poll-option-own = { $number }. { $text } - { $count } (جوابك)
poll-answered = { $count ->
    [0] لم يُجب أحد بعد.
    [one] أجاب شخص واحد.
    [two] أجاب شخصان.
    [few] أجاب { $count } أشخاص.
    [many] أجاب { $count } شخصًا.
   *[other] أجاب { $count } شخص.
}
poll-closed = مغلق: الأجوبة اللاحقة لا تُحسب.
poll-how = للجواب: offshift poll answer { $room_word } { $number_word } ...
poll-none = لا استطلاع هنا.

plan-line = موعد: { $title }، { $when }
plan-line-at = موعد: { $title }، { $when }، { $place }
plan-called-off = ملغى. الإلغاء من { $handle }
plan-changed = التغيير من { $handle }
plan-none = لا موعد قادم هنا.
plan-time-bad = هذا ليس وقتًا
plan-time-bad-next = يوم ووقت حسب الساعات هنا، مثلًا: COMMAND --at "2027-01-29 18:00"

size-bytes = { $count } B
size-kib = { $count } KiB
size-mib = { $whole }.{ $tenths } MiB

message-file = ملف: { $name }، { $size }

read-older = رسائل أقدم: offshift read { $room_word } --before { $number_word }
read-none = لم يُقل شيء هنا بعد.
search-none = لم يُعثر على شيء على هذا الجهاز.
draft-kept = محفوظة على هذا الجهاز فقط.
draft-gone = أُزيلت المسودة.
draft-none = لا مسودة هنا.

room-unread = الجديد: { $count }

odd-hidden = انتباه: في النص أحرف لا يراها أحد. يمكن أن تكون علامة لمعرفة من نسخه. عند الشك تلزم كتابته من جديد باليد.
odd-turning = انتباه: في النص أحرف تقلب ترتيب أحرف أخرى.
odd-looks-like = انتباه: في «{ $text }» خليط من حروف متشابهة الشكل. قد لا تكون الكلمة التي تظهر لك.

exposure-plans = { $count ->
    [one] واحدة منها موعد: وقت ومكان.
    [two] اثنتان منها مواعيد: أوقات وأماكن.
   *[other] { $count } منها مواعيد: أوقات وأماكن.
}
exposure-polls = { $count ->
    [one] واحدة منها استطلاع.
    [two] اثنتان منها استطلاعات.
   *[other] { $count } منها استطلاعات.
}
exposure-files = { $count ->
    [one] واحدة منها صورة أو ملف آخر.
    [two] اثنتان منها صور أو ملفات أخرى.
   *[other] { $count } منها صور أو ملفات أخرى.
}
