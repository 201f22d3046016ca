### Offshift: room

method-in_person = لقاء وجهًا لوجه
method-call = لقاء في مكالمة

motion-sever = إخراج { $handles }
motion-recall = إخراج { $handle } بكلمة الأعضاء
motion-terms-same = القواعد كما هي الآن
motion-terms = تغيير القواعد: { $changes }
motion-name-organizer = تعيين { $handle } ضمن المنظّمين
motion-drop-organizer = إنهاء مهمة { $handle } ضمن المنظّمين
motion-lift = السماح بتزكية { $handle } من جديد

term-vouches = أعضاء تلزم تزكيتهم لقادم جديد، كلٌّ من فرع آخر
term-probation = المدة التي لا تُحسب فيها تزكيات القادم الجديد
term-vouch-budget = القادمون الذين تُحسب لهم تزكية عضو واحد في 90 يومًا
term-calls = هل تُحسب التزكية بعد مكالمة
term-recall = أعضاء يمكنهم معًا إخراج أي شخص
term-rejoin = غياب تحتاج العودة بعده إلى تأكيد منظّم
term-key-age = أقصى عمر للمفاتيح أثناء الكتابة
term-message-life = مدة حفظ الرسائل لدى النواقل
term-change-life = مدة حفظ التغييرات والدعوات لدى النواقل
term-disappear = مدة حفظ الرسائل على الأجهزة؛ 0: حتى محوها
term-organizers-post = هل الكتابة للمنظّمين فقط؛ الجواب والتفاعل للجميع

alarm-none = لا إنذار. هذا جيد.
alarm-some-room = إحدى الغرف
alarm-line = !! إنذار: { $sentence }
alarm-when = { $count ->
    [1] ({ $ago })
    [two] ({ $ago }، مرتان)
    [few] ({ $ago }، { $count } مرات)
   *[other] ({ $ago }، { $count } مرة)
}
alarm-what-to-do = ما العمل: { $advice }

alarm-fork = تظهر لك ولـ{ $who } غرفتان مختلفتان في { $room }، أو أن جهاز { $who } يكذب.
alarm-gap = { $count ->
    [zero] لا رسالة ناقصة هنا من { $who } في { $room }.
    [one] رسالة واحدة من { $who } في { $room } ناقصة هنا.
    [two] رسالتان من { $who } في { $room } ناقصتان هنا.
    [few] { $count } رسائل من { $who } في { $room } ناقصة هنا.
    [many] { $count } رسالة من { $who } في { $room } ناقصة هنا.
   *[other] { $count } رسالة من { $who } في { $room } ناقصة هنا.
}
alarm-stale = لا أثر لمنظّمي { $room } منذ يومين.
alarm-behind = آخرون في { $room } متقدمون على هذا الجهاز.
alarm-rolled_back = هذا الملف الشخصي أقدم مما كتبه في { $room }: إنه نسخة.
alarm-time = جاء من { $who } تغيير في { $room } يُظهره الناقل بوقت كاذب.
alarm-refused = جاءت من { $who } محاولة تغيير في { $room } غير مسموح به: { $why }.
alarm-stranded = ترك تغيير من { $who } هذا الجهاز خارج { $room }.
alarm-relay_contradicts = { $known ->
    [no] ناقل يناقض نفسه: { $why }.
   *[yes] الناقل { $who } يناقض نفسه: { $why }.
}
alarm-issuer_keys = { $known ->
    [no] أعطى ناقل للأعضاء مفاتيح قسائم مختلفة، فيمكنه بذلك التمييز بينهم. قسائم المفتاح الأندر لا تُستعمل.
   *[yes] أعطى { $who } للأعضاء مفاتيح قسائم مختلفة، فيمكنه بذلك التمييز بينهم. قسائم المفتاح الأندر لا تُستعمل.
}
alarm-false_tokens = { $known ->
    [no] أعطى ناقل قسائم بإثبات كاذب، فيمكن أنه وضع عليها علامات. لا تُستعمل أي منها.
   *[yes] أعطى { $who } قسائم بإثبات كاذب، فيمكن أنه وضع عليها علامات. لا تُستعمل أي منها.
}
alarm-contradiction = { $known ->
    [no] ناقل يناقض ما وقّعه. الدليل محفوظ: offshift alarms.
   *[yes] الناقل { $who } يناقض ما وقّعه. الدليل محفوظ: offshift alarms.
}

alarm-advice-fork = يجب سؤال عضو ثالث. إن ظهر له ما يظهر لك، يلزم إخراج الآخر والمتابعة: offshift room go-on. وإلا يلزم تأسيس الغرفة من جديد عند ناقل آخر.
alarm-advice-gap = يرجى سؤال من كتبها عما فيها. إن تكرر ذلك، يلزم استعمال شبكة أخرى.
alarm-advice-stale = يجب عدم إرسال أي سر هنا حتى يصلك خبر من أحد المنظّمين.
alarm-advice-behind = يرجى استعمال شبكة أخرى، ثم المزامنة من جديد.
alarm-advice-rolled_back = يرجى الانتظار: هذا الجهاز يطلب من المنظّمين إعادته.
alarm-advice-time = يرجى النظر إلى ساعة جهازك. إن كانت صحيحة، فقد يكذب هذا العضو والناقل في الوقت: تلزم مراجعة ما تغيّر مع منظّم آخر.
alarm-advice-refused = لم يتغيّر شيء. يرجى سؤال هذا العضو؛ إن لم يوضّح السبب، يلزم إخراجه.
alarm-advice-stranded = يرجى الانتظار: هذا الجهاز يطلب من المنظّمين إعادته. يلزم السؤال عمّن أجرى ذلك التغيير.
alarm-advice-relay_contradicts = يلزم عرض الدليل على الجهة التي تدير الناقل، والانتقال إلى ناقل آخر.
alarm-advice-issuer_keys = تلزم مطالبة الجهة التي تدير الناقل ببيان السبب. إن لم تستطع، يلزم تأسيس الغرفة من جديد عند ناقل آخر.
alarm-advice-false_tokens = تلزم مطالبة الجهة التي تدير الناقل ببيان السبب. إن لم تستطع، يلزم تأسيس الغرفة من جديد عند ناقل آخر.

event-joined = دخول جديد: { $handle }، بإذن من { $by }
event-joined-by-vouches = دخول جديد: { $handle }، بإذن من { $by }. أصحاب التزكية: { $vouchers }
event-phone-joined = دخول جديد: { $handle }، وهو هاتف ثانٍ لـ{ $of }
event-rejoined = عودة { $handle } بعد غياب طويل
event-review-needed = تلزم تزكية من جديد: { $handles }.
event-confirmed = انتهت مراجعة { $handle }، بتأكيد من { $by }
event-severed = جرى إخراج { $handle } من الغرفة على يد { $by }. { -cannot-erase }
event-recalled = جرى إخراج { $handle } من الغرفة بطلب الأعضاء؛ آخر طلب جاء من { $by }. { -cannot-erase }
event-phone-stopped = جرى إيقاف هاتف { $handle } على يد { $by }. { -cannot-erase }
event-decided = تقرّر: { $what }، والتنفيذ على يد { $by }
event-terms-will-change = ابتداءً من { $day } يصبح الدخول أسهل. من لديه اعتراض، فليتكلم الآن.
event-room-opened = هذه الغرفة مفتوحة لك الآن. لا يقرأها إلا من فيها.
event-returned = عدت إلى الغرفة. بعض رسائل { $days } غير متاحة.
event-keys-changed = تغيّرت المفاتيح
event-without-ticket = ليس لديك تذكرة للمشاركة، فلم تصل منك تذكرة إلى { $handle }: القراءة ممكنة هناك، لكن الكتابة غير ممكنة. تُطلب تذكرة من الجهة التي تدير الناقل: offshift relay list
event-change-dropped = لم يتم تغييرك: { $why }
event-you-were-removed = جرى إخراجك على يد { $by }. لا يمكنك قراءة أي جديد من هذه الغرفة.
event-not-shown = { $known ->
    [no] شيء من شخص ما لا يُعرض: تالف أو غير مسموح به
   *[yes] شيء من { $by } لا يُعرض: تالف أو غير مسموح به
}

event-refused = لم يأخذ الناقل رسالة حتى الآن: { $why }.
event-missed = حدث الكثير دفعة واحدة. لم يضع شيء: offshift inbox
event-relay-followed = للناقل { $host } مفتاح جديد، وقّعه مفتاحه القديم. لا يلزم عمل شيء. رابطه الآن: { $link }
event-not-joined = { $known ->
    [no] دعوة من شخص لم يسبق لك لقاؤه لا تعمل، فلم يتم دخولك. يلزم اللقاء من جديد.
   *[yes] دعوة من { $handle } لا تعمل، فلم يتم دخولك. يلزم اللقاء من جديد.
}
event-met = التقيت بـ{ $handle }.
event-untrusted = لا تجوز الثقة بهذه الشبكة: شيء ما عليها يجيب مكان الناقل. لم يُرسَل شيء. يجب استعمال بيانات الهاتف.
event-relay-away = الناقل غير متاح الآن. هذا آخر ما عرفه جهازك.
event-meeting-expired = انتهت الدقائق العشر، ولم يعد الرمز صالحًا. لعرض رمز جديد: offshift meet show
event-meeting-second-scanner = استعمل شخص آخر هذا الرمز أيضًا. لم يُضَف أحد. يجب النظر فيمن يرى الشاشة أيضًا، ثم عرض رمز جديد.
event-meeting-misbehaved = لم يتفق الجهازان؛ قد يكون بينهما شخص آخر. لم يُضَف أحد. يلزم عرض رمز جديد.
event-meeting-stopped = أُوقف اللقاء. لم يُضَف أحد.

ticket-unknown = لم يُسأل بعد هل يريد تذكرة.
ticket-open = مفتوح: لا حاجة إلى تذكرة.
ticket-good = تذكرتك صالحة.
ticket-missing = { $known ->
    [no] لا تذكرة. من يُدخلك غرفة يعطيك تذكرة تلقائيًا. للكتابة قبل ذلك، يرجى طلب تذكرة من الجهة التي تدير الناقل، ثم: offshift relay ticket CODE
   *[yes] لا تذكرة. من يُدخلك غرفة يعطيك تذكرة تلقائيًا. للكتابة قبل ذلك، يرجى طلب تذكرة من { $contact }، ثم: offshift relay ticket CODE
}
ticket-refilling = تذكرتك صالحة، لكنها استُنفدت للتو. تعود للعمل تلقائيًا خلال دقائق.
ticket-used-up = استُنفدت تذكرتك لهذا اليوم. تعود للعمل تلقائيًا غدًا؛ ما كتبته محفوظ.
ticket-refused = { $known ->
    [no] لم يعد يقبل تذكرتك. يرجى طلب تذكرة جديدة من الجهة التي تدير الناقل، ثم: offshift relay ticket CODE
   *[yes] لم يعد يقبل تذكرتك. يرجى طلب تذكرة جديدة من { $contact }، ثم: offshift relay ticket CODE
}
ticket-wrong-clock = يرجى ضبط ساعة هذا الجهاز: تبدو خاطئة. بعد ذلك يستمر العمل تلقائيًا؛ ما كتبته محفوظ.
ticket-distrusted = تذكرتك لا تُستعمل: قد يميّزك هذا الناقل بها. للمزيد: offshift alarms
ticket-waits = { $known ->
    [no] ما كتبته ينتظر تذكرة: يرجى طلبها من الجهة التي تدير الناقل، ثم: offshift relay ticket CODE
   *[yes] ما كتبته ينتظر تذكرة: يرجى طلبها من { $contact }، ثم: offshift relay ticket CODE
}

member-you = { $handle } (أنت)
member-organizer = من المنظّمين
member-founder = من المؤسّسين
member-branch = فرع { $founder }
member-branch-of-nobody = فرع مؤسّس غادر
member-under-review = قيد المراجعة
member-new-until = عضوية جديدة حتى { $day }
member-second-phone = هاتف ثانٍ لـ{ $handle }
member-vouched-for = بتزكية من { $vouchers }
member-met = { $handle } ({ $method })
member-note = ملاحظة: { $text }

past-stopped = إيقاف الهاتف
past-lifted = إخراج من الغرفة مع السماح بالتزكية من جديد
past-severed = إخراج من الغرفة
past-unknown = (الاسم المستعار غير معروف هنا)
past-line = { $handle }، { $how }، العضوية منذ { $since }، الرقم { $number }
past-line-left = { $handle }، { $how }، التاريخ { $left }، العضوية منذ { $since }، الرقم { $number }

applicant-line = { $handle }، الرقم { $number }، الانتظار حتى { $day }
applicant-vouch = تزكية من { $handle }: { $method }، { $day }
applicant-vouch-refused = تزكية من { $handle }: { $method }، { $day }. لا تُحسب: { $why }
applicant-objection = اعتراض من { $handle }
applicant-objection-why = اعتراض من { $handle }: { $reason }
applicant-not-yet = ليس بعد: { $why }.
applicant-ready = يمكن لأحد المنظّمين الإذن بالدخول: offshift room admit { $room_word } { $person_word }
applicant-not-ready = لا يمكن إدخال { $handle } بعد: { $why }
applicant-not-ready-next = offshift room applicants { $room_word }
