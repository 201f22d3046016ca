### Offshift: page

page-title = { $place } · Offshift
page-skip = الانتقال إلى المحتوى
page-close = إغلاق
page-cancel = إلغاء
page-no = لا، رجوع
page-save = حفظ
page-see = عرض
page-you = أنت
page-somebody = شخص ما
page-copied = تم النسخ.
page-copy-text = نسخ النص
page-copy-address = نسخ هذا العنوان
page-show-all = عرض الكل
page-everybody-sees = يرى ذلك كل من في الغرفة.
page-cannot-erase = لا يمكن بذلك محو ما لديهم بالفعل.

page-error-gone = Offshift لا يجيب. يرجى فتحه من جديد في الطرفية.
page-error-refused = لا يُسمح لهذه الصفحة بالمتابعة. يرجى فتحها من جديد في الطرفية.
page-error-garbled = لا يمكن قراءة الجواب. يرجى إعادة المحاولة.
page-error-busy = لدى Offshift عمل كثير الآن. يرجى الانتظار لحظة ثم إعادة المحاولة.
page-error-locked = Offshift مقفل. يرجى كتابة عبارة المرور.
page-error-too-old = هذا الإصدار من Offshift لا يستطيع ذلك. يرجى تحديثه.
page-error-page = حدث خطأ في هذه الصفحة. يرجى تحميلها من جديد.
page-error-other = لم ينجح ذلك. يرجى إعادة المحاولة.

page-locked-title = مقفل
page-locked-text = يرجى كتابة عبارة المرور لفتح غرفك.
page-passphrase = عبارة المرور
page-passphrase-show = إظهار ما أكتبه
page-unlock = فتح
page-unlocking = جارٍ الفتح…
page-lock = القفل الآن
page-bye-title = فتح هذه الصفحة من الطرفية
page-bye-text = يعمل هذا العنوان مرة واحدة، للسان تبويب واحد. للحصول على عنوان جديد بهذا الأمر:
page-stopped-title = أُغلق Offshift
page-stopped-text = رسائلك محفوظة بأمان على هذا الجهاز. للمتابعة بهذا الأمر:
page-crowded-title = ألسنة تبويب كثيرة جدًا
page-crowded-text = Offshift مفتوح في أقصى عدد من ألسنة التبويب يمكنه خدمته. يرجى إغلاق واحد منها، ثم تحميل هذه الصفحة من جديد.
page-notice = رسائل جديدة.

page-rooms = الغرف
page-rooms-none = لا غرفة بعد.
page-to-rooms = العودة إلى الغرف
page-home = الرئيسية
page-search = بحث
page-alarms = الإنذارات
page-settings = الإعدادات
page-meet = لقاء شخص
page-found = تأسيس غرفة
page-reach-here = متصل
page-reach-some = أحد النواقل غير متاح الآن. بعض الرسائل تنتظر.
page-reach-away = لا اتصال. الرسائل تنتظر.
page-reach-trust = يجيب غيرُ ناقلك مكانه. يجب استعمال بيانات الهاتف.
page-reach-none = لا ناقل بعد
page-unread = { $count ->
    [zero] لا رسائل جديدة
    [one] رسالة جديدة واحدة
    [two] رسالتان جديدتان
    [few] { $count } رسائل جديدة
    [many] { $count } رسالة جديدة
   *[other] { $count } رسالة جديدة
}
page-room-people = { $count ->
    [zero] لا أحد
    [one] شخص واحد
    [two] شخصان
    [few] { $count } أشخاص
    [many] { $count } شخصًا
   *[other] { $count } شخص
}
page-room-safe = { $count ->
    [zero] لا أحد. لا يقرأ هذا إلا من في هذه الغرفة.
    [one] شخص واحد. لا يقرأ هذا إلا من في هذه الغرفة.
    [two] شخصان. لا يقرأ هذا إلا من في هذه الغرفة.
    [few] { $count } أشخاص. لا يقرأ هذا إلا من في هذه الغرفة.
    [many] { $count } شخصًا. لا يقرأ هذا إلا من في هذه الغرفة.
   *[other] { $count } شخص. لا يقرأ هذا إلا من في هذه الغرفة.
}
page-room-out = جرى إخراجك من هذه الغرفة
page-room-lost = في انتظار الإعادة
page-room-stale = لا أثر للمنظّمين
page-room-waiting = { $count ->
    [zero] لا رسالة تنتظر
    [one] رسالة واحدة تنتظر
    [two] رسالتان تنتظران
    [few] { $count } رسائل تنتظر
    [many] { $count } رسالة تنتظر
   *[other] { $count } رسالة تنتظر
}
page-room-draft = بدأت الكتابة
page-room-parts = أقسام هذه الغرفة
page-tab-talk = المحادثة
page-tab-people = الأشخاص
page-tab-door = القادمون الجدد
page-tab-plans = المواعيد
page-tab-files = الملفات
page-tab-rules = القواعد

page-hello-morning = صباح الخير، { $name }
page-hello-day = طاب يومك، { $name }
page-hello-evening = مساء الخير، { $name }
page-hello-night = طابت ليلتك، { $name }
page-home-read = قرأت كل شيء.
page-home-choose = يرجى اختيار غرفة، أو الضغط على ? لعرض المفاتيح.
page-home-unread = { $count ->
    [zero] لا جديد في الغرف.
    [one] يوجد جديد في غرفة واحدة.
    [two] يوجد جديد في غرفتين.
    [few] يوجد جديد في { $count } غرف.
    [many] يوجد جديد في { $count } غرفة.
   *[other] يوجد جديد في { $count } غرفة.
}
page-home-mentions = { $count ->
    [zero] لا رسالة موجّهة إليك.
    [one] رسالة واحدة موجّهة إليك.
    [two] رسالتان موجّهتان إليك.
    [few] { $count } رسائل موجّهة إليك.
    [many] { $count } رسالة موجّهة إليك.
   *[other] { $count } رسالة موجّهة إليك.
}
page-begin = ثلاث خطوات، وتكون لك غرفة.
page-begin-done = تم.
page-begin-relay = إضافة ناقل
page-begin-relay-text = ينقل الناقل الرسائل ولا يستطيع قراءتها. يمكن طلب رابطه أو تذكرة من نقابتك.
page-begin-relay-do = إضافة ناقل في الإعدادات
page-begin-meet = لقاء زملائك
page-begin-meet-text = يلزم الجلوس معًا. طرف يعرض رمزًا، والآخر يستعمله. ثم يقارن الطرفان ثلاث كلمات.
page-begin-found = تأسيس غرفة
page-begin-found-text = مع أشخاص التقيت بهم. يدخل القادمون الجدد لاحقًا، حين يزكّيهم عضوان.

page-keys-title = المفاتيح
page-keys-off = إيقاف المفاتيح المفردة
page-key-search = البحث
page-key-home = الذهاب إلى الرئيسية
page-key-meet = لقاء شخص
page-key-alarms = عرض الإنذارات
page-key-settings = عرض الإعدادات
page-key-write = الذهاب إلى مكان الكتابة
page-key-unread = الذهاب إلى الغرفة التالية التي فيها رسائل جديدة
page-key-walk = الانتقال من رسالة إلى رسالة
page-key-act = عرض ما يمكن فعله بالرسالة
page-key-send = إرسال ما كتبته
page-key-line = بدء سطر جديد
page-key-edit = تعديل رسالتك الأخيرة، حين لا يكون هناك شيء مكتوب
page-key-escape = إغلاق، أو ترك الجواب
page-key-list = عرض هذه المفاتيح

page-messages = الرسائل
page-older = جارٍ البحث عن رسائل أقدم…
page-looking = جارٍ البحث عن الرسالة…
page-unread-line = الجديد
page-to-newest = إلى الأحدث
page-talk-empty = لم يكتب أحد هنا بعد.
page-talk-empty-next = يمكنك كتابة الرسالة الأولى في الأسفل. يقرؤها كل من في الغرفة.
page-arrived = { $who }: { $what }
page-organizer = من المنظّمين
page-edited = معدّلة
page-pinned = مثبّتة
page-pinned-all = الرسائل المثبّتة
page-pinned-count = { $count ->
    [zero] لا شيء مثبّت
    [one] رسالة واحدة مثبّتة
    [two] رسالتان مثبّتتان
    [few] { $count } رسائل مثبّتة
    [many] { $count } رسالة مثبّتة
   *[other] { $count } رسالة مثبّتة
}
page-sent = أُرسلت
page-waiting = في الانتظار
page-waiting-other = شيء منك يُرسَل تلقائيًا حين يعود الاتصال.
page-announcement = إعلان
page-taken-back = سُحبت هذه الرسالة.
page-taken-back-own = سحبت هذه الرسالة.
page-unknown-kind = هذا نوع من الرسائل لا يعرفه هذا الإصدار. يرجى التحديث لقراءتها.
page-answer = جواب
page-answer-message = الجواب على هذه الرسالة
page-answer-to = جواب على
page-answer-lost = تلك الرسالة غير متاحة.
page-answering = جوابك على { $who }:
page-editing = تعديلك:
page-more = المزيد
page-react = تفاعل
page-react-with = التفاعل بـ { $mark }
page-react-other = التفاعل بكلمة منك
page-react-word = إيموجي واحد أو كلمة قصيرة
page-react-hint = يراه كل من في الغرفة، مع اسمك المستعار.
page-reactions = التفاعلات
page-reaction = { $count ->
    [one] { $mark } من { $who }
   *[other] { $mark } من { $who }
}
page-edit = تعديل
page-pin = تثبيت في الأعلى
page-unpin = إلغاء التثبيت
page-take-back = سحب
page-take-back-sure = سحب هذه الرسالة؟
page-take-back-line = تختفي من كل جهاز متصل. يرى الآخرون أنك سحبت شيئًا.
page-snippet-poll = استطلاع: { $what }
page-snippet-plan = موعد: { $what }
page-snippet-file = ملف: { $what }
page-banner-lost = فقد هذا الجهاز الغرفة. يطلب من المنظّمين إعادته. ما يُقال في هذه الأثناء لا يستطيع عرضه.
page-banner-stale = لم يصل هذا الجهاز خبر من المنظّمين منذ يومين. يجب عدم إرسال أي سر هنا حتى يصل.
page-banner-gap = غبت مدة. بعض الرسائل من { $from } إلى { $until } غير متاحة.
page-foot-out = جرى إخراجك. لا يمكنك قراءة أي جديد هنا.
page-foot-lost = يمكنك الكتابة من جديد حين يعود هذا الجهاز إلى الغرفة.
page-foot-organizers = لا يكتب هنا إلا المنظّمون. يمكنك التفاعل والجواب على الاستطلاعات.
page-write = كتابة رسالة
page-write-label = كتابة رسالة. المفتاح Enter يرسلها.
page-send = إرسال
page-sensitive = الإرسال فقط عند التأكد ممن يقرأ
page-sensitive-about = حسّاس: لا يُرسل إلا إذا كان هذا الجهاز متأكدًا ممن في الغرفة.
page-sensitive-off = إرساله كغيره
page-add = إضافة ملف أو استطلاع أو موعد
page-mentions = الأشخاص في هذه الغرفة
page-odd-zero-width = في هذا النص أحرف غير مرئية. يمكن أن تكشف من نسخه.
page-odd-bidi = في هذا النص علامات تقلب اتجاهه. قد يقرؤه الآخرون بشكل مختلف.
page-odd-look-alike = بعض حروف هذا النص تشبه حروفًا أخرى. قد يقود العنوان إلى مكان آخر.
page-odd-private = في هذا النص أحرف يختلف شكلها من جهاز إلى آخر.
page-odd-other = في هذا النص أحرف غريبة. الأفضل كتابته باليد إن أمكن.
page-odd-clean = تنظيف النص

page-said-vouched = تزكية من { $by } لـ{ $who } ({ $how }).
page-said-revouched = تزكية جديدة من { $by } لـ{ $who } ({ $how }).
page-said-objection = اعتراض من { $by } على دخول { $who }.
page-said-objection-why = اعتراض من { $by } على دخول { $who }: { $why }
page-said-approved = تأييد من { $by } لهذا: { $what }.
page-event-joined = دخول جديد: { $who }، بإذن من { $by }. أصحاب التزكية: { $vouchers }.
page-event-founder = دخول مع التأسيس: { $who }.
page-event-device = دخول جديد: { $who }، وهو هاتف ثانٍ لـ{ $of }.
page-event-severed = جرى إخراج { $who } من الغرفة على يد { $by }. لا يمكن بذلك محو ما لديهم بالفعل.
page-event-recalled = جرى إخراج { $who } من الغرفة بطلب الأعضاء. آخر طلب جاء من { $by }. لا يمكن بذلك محو ما لديهم بالفعل.
page-event-stopped = جرى إيقاف هاتف { $who } على يد { $by }. لا يمكن بذلك محو ما عليه بالفعل.
page-event-rejoined = عودة { $who } بعد غياب طويل.
page-event-confirmed = انتهت مراجعة { $who }، بكلمة من { $by }.
page-event-review = تلزم تزكية من جديد: { $who }.
page-event-carried = تقرّر: { $what }. التنفيذ على يد { $by }.
page-event-terms = ابتداءً من { $when } يصبح الدخول أسهل. من لديه اعتراض، فليتكلم الآن.
page-event-keys = تغيّرت المفاتيح.
page-event-dropped = لم يتم تغييرك: { $why }
page-event-not-shown = شيء من { $by } لا يُعرض: تالف أو غير مسموح به.
page-event-wants-back = طلب عودة من { $who }. القرار لأحد المنظّمين.
page-event-without-ticket = ليس لديك تذكرة للمشاركة، فلم تصل منك تذكرة إلى { $who }. القراءة ممكنة هناك، لكن الكتابة غير ممكنة بعد.
page-motion-sever = إخراج { $who }
page-motion-recall = إخراج { $who } بكلمة الأعضاء
page-motion-terms = تغيير القواعد: { $what }
page-motion-terms-same = إبقاء القواعد كما هي الآن
page-motion-name = تعيين { $who } ضمن المنظّمين
page-motion-drop = إنهاء مهمة { $who } ضمن المنظّمين
page-motion-lift = السماح للأعضاء بتزكية { $who } من جديد
page-motion-other = شيء لا يعرفه هذا الإصدار

page-poll = استطلاع
page-poll-ask = طرح استطلاع
page-poll-question = سؤالك
page-poll-option = الجواب { $at }
page-poll-more = جواب آخر
page-poll-allow-several = يمكن اختيار عدة أجوبة
page-poll-several = يمكنك اختيار عدة أجوبة.
page-poll-send = طرح السؤال
page-poll-sent = استطلاعك في الغرفة.
page-poll-yours = اختيارك
page-poll-count = { $count ->
    [zero] لا أصوات
    [one] صوت واحد
    [two] صوتان
    [few] { $count } أصوات
    [many] { $count } صوتًا
   *[other] { $count } صوت
}
page-poll-answers = { $count ->
    [zero] لم يُجب أحد بعد.
    [one] أجاب شخص واحد.
    [two] أجاب شخصان.
    [few] أجاب { $count } أشخاص.
    [many] أجاب { $count } شخصًا.
   *[other] أجاب { $count } شخص.
}
page-poll-closed = { $count ->
    [zero] مغلق. لم يُجب أحد.
    [one] مغلق. أجاب شخص واحد.
    [two] مغلق. أجاب شخصان.
    [few] مغلق. أجاب { $count } أشخاص.
    [many] مغلق. أجاب { $count } شخصًا.
   *[other] مغلق. أجاب { $count } شخص.
}
page-poll-honest = لا تُعرض إلا الأعداد. يمكن لبرنامج معدّل أن يُظهر لعضو ما من اختار ماذا.
page-poll-close = إغلاق الاستطلاع
page-poll-close-sure = إغلاق هذا الاستطلاع؟
page-poll-close-line = الأجوبة بعد ذلك لا تُحسب. لا يمكنك فتحه من جديد.
page-poll-close-done = الاستطلاع مغلق.
page-plan = موعد
page-plan-make = إنشاء موعد
page-plan-title = ماذا
page-plan-when = متى
page-plan-place = أين
page-plan-note = ما تلزم معرفته أيضًا
page-plan-send = إخبار الغرفة
page-plan-change = تغيير الموعد
page-plan-changed = التغيير من { $by }.
page-plan-off = ملغى
page-plan-call-off = إلغاء الموعد
page-plan-call-off-sure = إلغاء «{ $what }»؟
page-plan-call-off-line = يرى ذلك كل من في الغرفة فورًا. لا يمكنك إرجاع هذا الموعد، لكن يمكنك إنشاء موعد جديد.
page-announce = إعلان للجميع
page-announce-text = يراه الجميع ككلام من أحد المنظّمين.
page-announce-words = ما يجب أن يعرفه الجميع
page-announce-send = نشر الإعلان
page-plans-coming = القادمة
page-plans-past = الماضية
page-plans-none = لا موعد بعد. يمكنك إنشاء موعد: ماذا ومتى وأين.
page-polls = الاستطلاعات
page-polls-none = لا استطلاع بعد. يمكنك سؤال الغرفة.
page-show-in-room = عرضه في الغرفة
page-look-back = البحث أبعد في الماضي

page-file-send-title = إرسال ملف أو صورة
page-file-send = إرساله
page-file-caption = الكلام المرافق له
page-file-photo = هذه صورة. تُرسم أولًا من جديد: يُزال منها المكان والوقت ونوع الكاميرا.
page-file-inside = يبقى هذا الملف كما هو. قد تكون فيه أسماء من كتبوه وتواريخ وأماكن. تلزم مراجعة ما فيه قبل إرساله.
page-file-big = حجم الملف { $most } على الأكثر. يرجى تصغيره.
page-file-progress = كم وصل من { $name }
page-file-sending = جارٍ الإرسال، { $share } من { $total }
page-file-stopped = متوقف في الوقت الحالي. تُعاد المحاولة عند التشغيل القادم.
page-file-stop = إيقاف الإرسال
page-file-offered = يحفظه الناقل حتى { $until }.
page-file-coming = وصل منه { $share }
page-file-here = على هذا الجهاز
page-file-gone = لم يعد لدى الناقل. يرجى طلبه من جديد.
page-file-damaged = ما وصل ليس ما أُرسل. يرجى جلبه أو طلبه من جديد.
page-file-get = جلبه
page-file-look = عرضه
page-file-look-at = عرض { $name }
page-file-picture-of = صورة من { $who }
page-file-save = حفظه
page-file-saved = حُفظ في التنزيلات لديك. هناك يستطيع قراءته كل من معه هذا الجهاز.
page-file-from = { $who }، { $when }
page-files-none = لا ملفات بعد.
page-files-none-next = يمكنك إرسال ملف أو صورة. لا يُجلب شيء تلقائيًا: كل شخص يختار.

page-people-in = { $count ->
    [zero] لا أحد في الغرفة
    [one] شخص واحد في الغرفة
    [two] شخصان في الغرفة
    [few] { $count } أشخاص في الغرفة
    [many] { $count } شخصًا في الغرفة
   *[other] { $count } شخص في الغرفة
}
page-people-past = { $count ->
    [one] ليسوا في الغرفة بعد الآن: { $count }
   *[other] ليسوا في الغرفة بعد الآن: { $count }
}
page-people-bring = إدخال شخص
page-person-more = ما يمكنك فعله بشأن { $who }
page-under-review = قيد المراجعة
page-probation = عضوية جديدة: تُحسب التزكيات ابتداءً من { $until }
page-branch = فرع { $of }.
page-origin-founder = تأسيس الغرفة في { $when }.
page-origin-device = جهاز آخر لـ{ $of }، منذ { $when }.
page-origin-vouched = الدخول في { $when }. أصحاب التزكية: { $by }.
page-origin-voucher = { $who } ({ $how })
page-past-severed = إخراج من الغرفة في { $when }
page-past-stopped = إيقاف الهاتف في { $when }
page-past-lifted = إخراج من الغرفة؛ يمكن للأعضاء التزكية من جديد
page-past-left = مغادرة في { $when }
page-lift = السماح بالتزكية من جديد
page-review-who = تلزم تزكية من جديد: { $who }.
page-review-why = جرى إخراج شخص زكّى هؤلاء. لا يُخرَج أحد بسبب ذلك. من يعرفهم فليزكّهم من جديد.
page-revouch = تزكية من جديد
page-revouch-sure = تزكية { $who } من جديد؟
page-revouch-line = معنى ذلك: التقيت بهذا الشخص وجهًا لوجه، ولديك ثقة بأنه من يقول إنه هو.
page-review-end = إنهاء المراجعة
page-review-end-sure = إنهاء مراجعة { $who }؟
page-review-end-line = تُحسب تزكيات هذا الشخص من جديد.
page-review-end-needs = تلزم لذلك تزكيات بعدد ما لزم للدخول.
page-note-edit = كتابة ملاحظة
page-note-on = ملاحظتك عن { $who }
page-note = ملاحظة
page-note-hint = على هذا الجهاز فقط. لا يراها أحد غيرك أبدًا.
page-make-organizer = تعيين ضمن المنظّمين
page-drop-organizer = إنهاء المهمة ضمن المنظّمين
page-link-phone = ربط هاتفي الآخر

page-put-out = إخراج من الغرفة
page-put-out-sure = إخراج { $who }؟
page-put-out-yes = إخراج { $who }
page-put-out-several = إخراج عدة أشخاص
page-put-out-who = من يجب أن يخرج
page-put-out-nobody = يرجى اختيار شخص واحد على الأقل.
page-out-reads-nothing = لن يكون بإمكان { $who } قراءة أي جديد، على أي هاتف. يستغرق ذلك ثوانيَ عند المتصلين الآن.
page-out-keys = لا يمكن أن تعود مفاتيحهم حتى يسمح منظّمان بذلك.
page-out-vouched = جاءت من هذا الشخص تزكية لـ{ $who }. لا يُخرَج أحد بسبب ذلك، لكن قد تلزم تزكية من آخرين من جديد.
page-out-seen = يرى الجميع أن ذلك منك.
page-out-done = تم إخراج { $who }.
page-out-waiting = سُجّل الطلب. ينتظر منظّمًا آخر.
page-recall = طلب الإخراج
page-recall-sure = طلب إخراج { $who }؟
page-recall-line = لا يلزم أي منظّم: يجب أن يطلب ذلك جميعًا أعضاء من فرعين ممن تُحسب كلمتهم.
page-recall-waiting = سُجّل الطلب. ينتظر أعضاء آخرين.
page-stop-phone = إيقاف ذلك الهاتف
page-stop-sure = إيقاف هاتف { $who }؟
page-stop-reads-nothing = ذلك الهاتف لا يقرأ أي جديد. يستغرق ذلك ثوانيَ عند المتصلين الآن.
page-stop-goes-on = يواصل صاحبه بواسطة: { $who }.
page-stop-comes-back = يعود صاحبه بملف شخصي جديد: يلتقي به عضوان ويزكّيانه من جديد.
page-stop-nobody = لا يتأثر أحد ممن زكّاهم صاحب الهاتف: الهاتف المفقود ليس ذنب أحد.
page-stop-cannot-erase = لا يمكن بذلك محو ما على ذلك الهاتف بالفعل.
page-stop-done = تم إيقاف هاتف { $who }.
page-exposure = ما أمكن لهذا الشخص قراءته
page-exposure-look = عرض ما أمكن لهذا الشخص قراءته
page-exposure-of = ما أمكن لـ{ $who } قراءته
page-exposure-time = من { $from } حتى { $until }.
page-exposure-still = منذ { $from }، ولا يزال ذلك ممكنًا.
page-exposure-messages = { $count ->
    [one] رسالة
    [two] رسائل
    [few] رسائل
    [many] رسالة
   *[other] رسالة
}
page-exposure-files = { $count ->
    [one] ملف
    [two] ملفات
    [few] ملفات
    [many] ملفًا
   *[other] ملف
}
page-exposure-plans = { $count ->
    [one] موعد
    [two] مواعيد
    [few] مواعيد
    [many] موعدًا
   *[other] موعد
}
page-exposure-polls = { $count ->
    [one] استطلاع
    [two] استطلاعات
    [few] استطلاعات
    [many] استطلاعًا
   *[other] استطلاع
}
page-exposure-unknown = { $count ->
    [one] من نوع أحدث
   *[other] من أنواع أحدث
}
page-exposure-dates = الأولى من { $from }، والأخيرة من { $until }، بقدر ما هو موجود على هذا الجهاز.
page-exposure-blind = دخل هذا الجهاز في { $when }. ما قيل قبل ذلك لا يستطيع عدّه.
page-exposure-next = ما العمل الآن
page-exposure-brought = يلزم الحديث مع من دخلوا بكلمة هذا الشخص: { $who }.
page-exposure-brought-none = لم يدخل أحد بكلمة هذا الشخص.
page-exposure-review = تلزم تزكية من جديد لمن هم قيد المراجعة: { $who }.
page-exposure-change-plans = يلزم تغيير الاجتماعات والمواعيد التي كانت معروفة لهذا الشخص.

page-door-who = من يريد الدخول
page-door-none = لا أحد ينتظر الدخول.
page-door-none-next = بعد لقاء شخص وجهًا لوجه، تمكنك تزكيته هنا.
page-door-until = حتى { $until }
page-door-missing = ليس بعد: { $why }.
page-door-ready = تزكيات الأعضاء كافية. يمكن لأحد المنظّمين الإذن بالدخول.
page-vouch = تزكية
page-vouch-too = تزكية مني أيضًا
page-vouch-title = تزكية شخص
page-vouch-who = من التقيت به
page-vouch-for = تزكية { $who } في «{ $room }»؟
page-vouch-line = معنى ذلك: التقيت بهذا الشخص، ولديك ثقة بأنه من يقول إنه هو.
page-vouch-once = يصلح اللقاء لغرفة واحدة. لغرفة أخرى يلزم لقاء جديد.
page-vouch-none = لا لقاء جديد لديك
page-vouch-none-next = يلزم اللقاء وجهًا لوجه أولًا. بعد ذلك تمكنك التزكية.
page-vouched = سُجّلت تزكيتك. يرى ذلك كل من في الغرفة.
page-vouch-fact = تزكية من { $who }: { $how } في { $when }
page-vouch-not = لا تُحسب: { $why }.
page-against = اعتراض من { $who }.
page-against-why = اعتراض من { $who }: { $why }
page-object = قول لا
page-object-sure = قول لا لدخول { $who }؟
page-object-line = يقرأ السبب كل من في الغرفة. هذا لا يُلزم أحدًا: القرار للمنظّمين.
page-object-why = السبب
page-admit = الإذن بالدخول
page-admit-sure = الإذن بدخول { $who }؟
page-admit-reads = يقرأ هذا الشخص ما يأتي من الآن، ولا شيء مما سبق.
page-admit-seen = يرى الجميع من أذن بالدخول، ومن أعطى التزكية.
page-admit-back = يمكنك إخراج هذا الشخص من جديد. لا يمكن بذلك محو ما قرأه حتى ذلك الحين.
page-admit-changed = تغيّر شيء بشأن هذا الشخص. يرجى القراءة مرة أخرى قبل السماح بالدخول.
page-admitted = دخول { $who } جارٍ.
page-returning = يطلب هذا الشخص العودة. كان جهازه غائبًا منذ { $since }.
page-return = السماح بالعودة
page-return-sure = السماح بعودة { $who }؟
page-return-away = يقول جهاز هذا الشخص إنه غائب منذ { $since }.
page-return-ask = يجب سؤال { $who } أولًا، وجهًا لوجه أو في مكالمة: من يحمل ذلك الهاتف هو الذي يعود.
page-return-reads = يقرأ هذا الشخص ما يأتي من الآن، ولا شيء من فترة الغياب.

page-rules = قواعد هذه الغرفة
page-rules-organizers = المنظّمون: { $who }.
page-rules-founding = لا تزال إضافة مؤسّسين ممكنة: لم يدخل أحد بالتزكية بعد.
page-rules-change = يمكنك اقتراح تغيير. يجب أن يوافق عليه منظّم آخر.
page-rules-read = يمكن للمنظّمين تغييرها، اثنان معًا.
page-motions = في انتظار الموافقة
page-motions-waiting = { $count ->
    [zero] لا قرار ينتظر الموافقة
    [one] قرار واحد ينتظر الموافقة
    [two] قراران ينتظران الموافقة
    [few] { $count } قرارات تنتظر الموافقة
    [many] { $count } قرارًا ينتظر الموافقة
   *[other] { $count } قرار ينتظر الموافقة
}
page-motion-state = { $count ->
    [one] عدد المؤيدين { $count } من { $needed }.
   *[other] عدد المؤيدين { $count } من { $needed }.
}
page-motion-for = المؤيدون: { $who }.
page-motion-until = الانتظار حتى { $until }.
page-motion-yours = سُجّل تأييدك.
page-approve = موافقة
page-approve-last = { $count ->
    [one] عدد المؤيدين حتى الآن { $count } من { $needed }. مع الأخير يتم التنفيذ.
   *[other] عدد المؤيدين حتى الآن { $count } من { $needed }. مع الأخير يتم التنفيذ.
}
page-approve-out = من يجري إخراجه لا يقرأ أي جديد، على أي هاتف.
page-approved = سُجّل تأييدك. في انتظار آخرين.
page-decided = تقرّر.
page-propose = اقتراحه
page-proposed = سُجّل الاقتراح. ينتظر منظّمًا آخر.
page-propose-two = يجب أن يوافق منظّمان. موافقتك هي الأولى؛ يرى ذلك الجميع.
page-propose-later = ما يجعل الدخول أسهل يسري بعد ثلاثة أيام من الموافقة الثانية.
page-term-vouches = أعضاء تلزم تزكيتهم لقادم جديد
page-term-probation = المدة قبل أن تُحسب تزكيات القادم الجديد
page-term-vouch-budget = قادمون جدد يمكن لعضو واحد تزكيتهم في 90 يومًا
page-term-calls = تُحسب التزكية بعد مكالمة
page-term-recall = أعضاء يمكنهم معًا إخراج أي شخص
page-term-rejoin = مدة غياب يؤكد بعدها أحد المنظّمين العودة
page-term-key-age = أقصى عمر للمفاتيح أثناء الكتابة
page-term-message-life = مدة حفظ الرسائل لدى النواقل
page-term-change-life = مدة حفظ التغييرات والدعوات لدى النواقل
page-term-disappear = مدة حفظ الرسائل على الأجهزة
page-term-organizers-post = الكتابة للمنظّمين فقط
page-term-change = تغيير: { $term }
page-term-change-short = تغيير
page-term-coming = { $value } ابتداءً من { $when }
page-term-value = القيمة الجديدة
page-term-unit = الوحدة
page-days = أيام
page-hours = ساعات
page-value-count = { $count }
page-value-yes = نعم
page-value-no = لا
page-value-never = حتى محوها بيدك
page-value-at-once = فورًا
page-value-always = في أي وقت

page-meet-lead = يلزم الجلوس معًا، وجهًا لوجه. يستغرق ذلك دقيقة.
page-meet-no-relay = تلزم إضافة ناقل أولًا. بدونه لا سبيل إلى اللقاء.
page-meet-show = عرض رمز
page-meet-show-text = يمسحه الشخص الآخر أو يكتبه.
page-meet-use = استعمال رمز الشخص الآخر
page-meet-use-text = يعرضه عليك الشخص الآخر.
page-meet-more = طرق أخرى
page-meet-call = لقاؤنا في مكالمة، وليس وجهًا لوجه
page-meet-call-hint = غرف كثيرة لا تحسب ذلك. يصلك صوت فقط، ولا يظهر لك من هناك أيضًا.
page-meet-like = دخولي جديد، وألتقي بعضو آخر من غرفة:
page-meet-like-nobody = لا أحد
page-meet-like-hint = لمن يزكّيه عضوان من غرفة واحدة.
page-meet-let-scan = ليمسحه شخص واحد.
page-meet-qr = رمز هذا اللقاء على شكل صورة
page-meet-type = كتابته بدل ذلك
page-meet-copy = نسخ الرمز
page-meet-secret = يصلح عشر دقائق ولشخص واحد. يجب ألا يراه أي شخص آخر.
page-meet-until = صالح حتى { $time }.
page-meet-ticket = ليس لديك تذكرة لهذا الناقل. ينجح الأمر إن كانت لدى الشخص الآخر تذكرة.
page-meet-ticket-ask = ليس لديك تذكرة لهذا الناقل. ينجح الأمر إن كانت لدى الشخص الآخر تذكرة. وإلا تُطلب من: { $contact }.
page-meet-waiting = في انتظار الجهاز الآخر
page-meet-stop = إيقاف
page-meet-code = الرمز
page-meet-code-hint = تلزم كتابته أو لصقه كما تُظهره الشاشة الأخرى.
page-meet-picture = أو صورة للرمز
page-meet-picture-hint = تبقى الصورة على هذا الجهاز.
page-meet-read = قُرئ الرمز.
page-meet-no-code = لا رمز في هذه الصورة. يرجى التقاطها من جديد، من قرب وباستقامة.
page-meet-no-picture = هذه ليست صورة يمكن قراءتها. يرجى اختيار صورة.
page-meet-go = متابعة
page-meet-used = استُعمل الرمز.
page-meet-again = لقاء شخص آخر
page-meet-over-expired = انتهت الدقائق العشر. يرجى اللقاء من جديد برمز جديد.
page-meet-over-stopped = أُوقف اللقاء. يرجى اللقاء من جديد برمز جديد.
page-meet-over-second = استعمل جهاز آخر الرمز نفسه. يجب النظر فيمن هو قريب، ثم اللقاء من جديد برمز جديد.
page-meet-over-misbehaved = خالف الجهاز الآخر، أو شخص بينكما، نظام اللقاء. يجب النظر فيمن هو قريب، ثم اللقاء من جديد.
page-meet-unpaid = لا تذكرة لهذا الناقل لدى أي منكما. يرجى طلبها من الجهة التي تدير الناقل، ثم إضافة التذكرة، ثم اللقاء من جديد.
page-meet-unpaid-ask = لا تذكرة لهذا الناقل لدى أي منكما. يرجى طلبها من { $contact }، ثم إضافة التذكرة، ثم اللقاء من جديد.
page-words-spoken = وصل الجهاز الآخر: { $who }. الكلمات هي: { $words }.
page-words-read = وصل الجهاز الآخر: { $who }. يرجى قراءة الكلمات بصوت مسموع، كل طرف للآخر.
page-words-three = ثلاث كلمات
page-words-question = هل تُظهر الشاشتان الكلمات نفسها؟
page-words-same = نعم، هي نفسها
page-words-differ = لا، هي مختلفة
page-words-differ-title = قد يكون بينكما شخص آخر
page-words-differ-text = الكلمات مختلفة، فلم يُضَف أحد. يجب النظر فيمن هو قريب، ثم اللقاء من جديد برمز جديد.
page-met = التقيت بـ{ $who }
page-met-vouch = إن كانت غرفة من غرفك جديدة على { $who }، تمكنك التزكية هناك:
page-met-new = إن لم يسبق لك دخول غرفة { $who }، يلزم لقاء عضو آخر منها.
page-met-found = لتأسيس غرفة مع { $who }، المكان هنا.
page-linked = تم الربط مع { $who }
page-linked-next = الجهازان هما أنت الآن.
page-contacts = من التقيت بهم
page-contact-met = { $how } في { $when }.
page-contact-own = جهازك الآخر، منذ { $when }.
page-contact-used = استُعمل لغرفة بالفعل.
page-link-lead = إدخال هاتفك الآخر إلى «{ $room }».
page-link-scan = يُمسح هذا بهاتفك الآخر.
page-link-warning = يصلح عشر دقائق. من يمسحه وتظهر لديه الكلمات نفسها هو أنت، في هذه الغرفة.
page-link-sure = هذا الرمز يربط جهازًا. هل تريد ربطه بجهازك؟
page-link-own = الموافقة مناسبة فقط إذا كان الرمز على جهازك الآخر أنت. بعد ذلك تصبح أنت ومن يعرضه عليك شخصًا واحدًا في غرفته.

page-found-lead = تبدأ الغرفة بشخصين إلى ثمانية أشخاص سبق أن التقوا.
page-found-none = لتأسيس غرفة يلزم لقاء شخص أولًا.
page-found-name = اسم الغرفة
page-found-name-hint = لا يراه إلا من في الغرفة.
page-found-who = من يؤسّسها معك
page-found-organizer = { $who } من المنظّمين أيضًا
page-found-needs = يجب أن يكون واحد منهم على الأقل من المنظّمين أيضًا. تلزم العلامة بجانب اسمه.
page-founded = الغرفة جاهزة.

page-search-words = الكلمات
page-search-room = أين
page-search-all = كل الغرف
page-search-hint = يجري البحث على هذا الجهاز فقط.
page-search-found = { $count ->
    [zero] لم يُعثر على رسائل
    [one] عُثر على رسالة واحدة
    [two] عُثر على رسالتين
    [few] عُثر على { $count } رسائل
    [many] عُثر على { $count } رسالة
   *[other] عُثر على { $count } رسالة
}
page-search-many = { $count ->
    [zero] لا رسالة معروضة. كلمة إضافية تقلّل النتائج.
    [one] تُعرض الرسالة الأحدث. كلمة إضافية تقلّل النتائج.
    [two] تُعرض أحدث رسالتين. كلمة إضافية تقلّل النتائج.
    [few] تُعرض أحدث { $count } رسائل. كلمة إضافية تقلّل النتائج.
    [many] تُعرض أحدث { $count } رسالة. كلمة إضافية تقلّل النتائج.
   *[other] تُعرض أحدث { $count } رسالة. كلمة إضافية تقلّل النتائج.
}
page-search-none = لم يُعثر على شيء.
page-search-none-next = يرجى تجربة كلمات أقل. ما اختفى لا يُعثر عليه بعد الآن.

page-alarms-about = ما قد يكون هجومًا، أو جهازًا متأخرًا. الإنذارات تُحفظ.
page-alarms-none = لا إنذارات.
page-alarms-none-next = إن بدا شيء غير سليم، يظهر هنا مع ما يجب عمله.
page-alarm-count = { $count ->
    [zero] ولا مرة
    [one] مرة واحدة
    [two] مرتان
    [few] { $count } مرات
    [many] { $count } مرة
   *[other] { $count } مرة
}
page-alarm-some-room = إحدى الغرف
page-alarm-room = الذهاب إلى الغرفة
page-alarm-evidence = حفظ الدليل
page-alarm-evidence-line = يمكن للآخرين فحصه. من يحصل عليه يعرف عن أي صندوق هو.
page-alarm-go-on = متابعة الكتابة هنا
page-alarm-go-on-sure = هل قارنت مع آخرين؟
page-alarm-go-on-line = لا تجوز المتابعة إلا إن ظهر لعضو ثالث ما يظهر لك.
page-alarm-go-on-else = وإلا يلزم تأسيس الغرفة من جديد عند ناقل آخر.
page-alarm-went-on = يمكنك الكتابة هنا من جديد.

page-settings-you = يراك الآخرون باسم { $name }.
page-settings-look = المظهر واللغة
page-settings-notices = الإشعارات
page-settings-safe = الأمان على هذا الجهاز
page-settings-copy = النسخ، والإنهاء
page-look-theme = الألوان
page-look-contrast = التباين
page-look-text = حجم النص
page-look-language = اللغة
page-look-auto = كما على هذا الجهاز
page-look-light = فاتح
page-look-dark = داكن
page-look-more = عالٍ
page-look-usual = عادي
page-look-large = كبير
page-look-larger = أكبر
page-notices = إخباري حين يصل شيء
page-notices-about = لا يقول إلا أن هناك رسائل جديدة: لا أسماء، ولا كلام.
page-notices-cannot = لا إشعارات في هذا المتصفح.
page-notices-refused = متصفحك لا يسمح بذلك. يمكن تغييره في إعداداته لهذه الصفحة.
page-relays = النواقل
page-relays-about = ينقل الناقل الرسائل ولا يستطيع قراءتها.
page-relays-none = لا ناقل بعد. يمكن طلب رابطه أو تذكرة من نقابتك.
page-relay-add = إضافة ناقل
page-relay-added = أُضيف الناقل.
page-relay-link = رابط أو تذكرة
page-relay-link-hint = يؤخذ من الجهة التي تدير الناقل، والأفضل وجهًا لوجه.
page-relay-try = تجربته
page-relay-answers = الناقل يجيب، وهو الناقل الصحيح.
page-relay-here = متصل
page-relay-away = غير متاح الآن
page-relay-unused = غير مستعمل الآن
page-ticket-add = إضافة تذكرة
page-ticket-added = أُضيفت التذكرة.
page-ticket-code = التذكرة
page-ticket-code-hint = يجب نسخها كلها. تحل محل تذكرة سابقة.
page-ticket-ask = تُطلب تذكرة من: { $contact }.
page-ticket-ask-host = تُطلب تذكرة من الجهة التي تدير الناقل.
page-ticket-unknown = لم يُسأل بعد هل يريد تذكرة.
page-ticket-open = مفتوح: لا حاجة إلى تذكرة.
page-ticket-good = تذكرتك صالحة.
page-ticket-missing = لا تذكرة. من يُدخلك غرفة يعطيك تذكرة تلقائيًا.
page-ticket-refilling = تذكرتك صالحة، لكنها استُنفدت للتو. تعود للعمل تلقائيًا خلال دقائق.
page-ticket-used-up = استُنفدت تذكرتك لهذا اليوم. تعود للعمل تلقائيًا غدًا؛ ما كتبته محفوظ.
page-ticket-refused = لم يعد يقبل تذكرتك.
page-ticket-distrusted = تذكرتك لا تُستعمل: قد يميّزك هذا الناقل بها. يرجى النظر إلى الإنذارات.
page-ticket-wrong-clock = يرجى ضبط ساعة هذا الجهاز: تبدو خاطئة. بعد ذلك يستمر العمل تلقائيًا؛ ما كتبته محفوظ.
page-lock-about = حين يكون مقفلًا، لا يقرأ غرفك أحد ممن يأخذون هذا الجهاز. ويُقفل تلقائيًا أيضًا بعد فترة بلا نشاط منك.
page-disappear-where = مدة بقاء الرسائل قاعدة لكل غرفة: تظهر في قواعدها.
page-export-about = خذ معك نسخة من كل شيء، مقفلة بعبارة مرور خاصة بها. لا تختفي.
page-copy-write = كتابة نسخة
page-copy-passphrase = عبارة مرور للنسخة
page-copy-written = كُتبت النسخة
page-wipe-about = أزل كل ما يخص Offshift من هذا الجهاز، إلى الأبد.
page-wipe = إتلاف هذا الملف الشخصي
page-wipe-yes = إتلافه إلى الأبد
page-wiped-title = أُتلف الملف الشخصي
page-wiped-text = لم يبقَ منه شيء على هذا الجهاز. يمكن إغلاق هذا التبويب.
page-passphrase-change = تغيير عبارة المرور
page-passphrase-changed = تغيّرت عبارة المرور.
page-passphrase-old = عبارة المرور الحالية
page-passphrase-new = الجديدة
page-passphrase-again = الجديدة مرة أخرى
page-passphrase-hint = خمس كلمات أو أكثر لا يجمع بينها أحد.
page-strength-very-weak = ضعيفة جدًا: يفتحها أي شخص معه هذا الجهاز.
page-strength-weak = ضعيفة: تجدها آلة في أيام.
page-strength-good = جيدة.
page-strength-strong = قوية.
page-weak-common = كثيرون يستعملونها.
page-weak-word = هي كلمة واحدة. تلزم كلمات أكثر.
page-weak-date = تشبه تاريخًا.
page-weak-pattern = فيها تكرار، أو تتبع ترتيب المفاتيح.
page-passphrase-differ = العبارتان الجديدتان مختلفتان. تلزم كتابتهما من جديد.
page-passphrase-lost = إن نسيتها، لا يستطيع أحد فتح هذا الملف الشخصي: لا أنت، ولا نحن.
