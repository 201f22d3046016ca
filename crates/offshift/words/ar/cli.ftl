### Offshift: cli

answer-either = [ن/ل]
answer-rather-no = [ن/ل، وإلا ل]
answer-yes = ن نعم
answer-no = ل لا

screen-reaching = جارٍ الوصول إلى الناقل...

sure-question = تنفيذ ذلك؟
sure-nobody = لا أحد هنا ليقول نعم، فلم يُنفَّذ شيء
sure-nobody-next = الأمر نفسه هكذا: COMMAND --yes
sure-no = لم تكن الإجابة نعم، فلم يُنفَّذ شيء
sure-no-next = الأمر نفسه، إن كان هذا قصدك

passphrase-prompt = عبارة المرور:
passphrase-choose = يرجى اختيار عبارة مرور (أربع كلمات أو خمس جيدة):
passphrase-again = العبارة نفسها مرة أخرى:
passphrase-differ = عبارتا المرور مختلفتان
passphrase-short = عبارة المرور قصيرة جدًا؛ الحد الأدنى { $count } من الأحرف، والأفضل أربع كلمات أو خمس
passphrase-long = عبارة المرور طويلة جدًا؛ الحد الأقصى { $count } من الأحرف
passphrase-file = لا يمكن قراءة ملف عبارة المرور
passphrase-file-next = النظر في اسم الملف، ثم إعادة المحاولة
passphrase-nobody = لا أحد هنا ليكتب عبارة المرور
passphrase-nobody-next = الأمر هكذا: COMMAND --passphrase-file FILE أو ضبط OFFSHIFT_PASSPHRASE

profile-name = في اسم الملف الشخصي حروف وأرقام و - و _ فقط
profile-name-next = offshift --profile NAME ...
profile-no-home = لا يُعرف هنا مجلد المنزل
profile-no-home-next = offshift --profile ./FOLDER ...

list-comma = { $list_word }، { $next }
list-and = { $list_word } و{ $next }

when-now = الآن
when-minutes-ago = { $count ->
    [one] قبل { $count } د
   *[other] قبل { $count } د
}
when-hours-ago = { $count ->
    [one] قبل { $count } س
   *[other] قبل { $count } س
}
when-days-ago = { $count ->
    [one] قبل { $count } يوم
    [few] قبل { $count } أيام
    [many] قبل { $count } يومًا
   *[other] قبل { $count } يوم
}
when-month = { $month ->
    [1] يناير
    [2] فبراير
    [3] مارس
    [4] أبريل
    [5] مايو
    [6] يونيو
    [7] يوليو
    [8] أغسطس
    [9] سبتمبر
    [10] أكتوبر
    [11] نوفمبر
   *[12] ديسمبر
}
when-day = { $day } { $month }
when-day-of-year = { $day } { $month } { $year }
when-moment = { $day } { $time }
when-days = { $from } إلى { $to }

start-name = الاسم الذي يراه الآخرون (لا يلزم أن يكون اسمك الحقيقي):
start-no-handle = لم يُذكر اسم مستعار
start-ready = ملفك الشخصي جاهز، { $handle }. هو على هذا الجهاز فقط.
    عبارة مرورك تغلقه، ولا يستطيع أحد إعادة ضبطها.
    التالي: offshift relay add offshift://...

relay-added = أُضيف الناقل: { $relay }. { -relay-promise }
relay-answers = إنه يجيب، وهو الناقل الصحيح.
relay-none = لا ناقل بعد. التالي: offshift relay add offshift://...
relay-unused = غير مستعمل الآن
relay-connected = متصل
relay-meet-next = التالي: offshift meet show
relay-refuses-ticket = الناقل لا يقبل هذه التذكرة
relay-refuses-ticket-next = { $known ->
    [no] طلب تذكرة جديدة من الجهة التي تدير الناقل، ثم: offshift relay ticket CODE
   *[yes] طلب تذكرة جديدة من { $contact }، ثم: offshift relay ticket CODE
}

contact-none = لم يسبق لك لقاء أحد بعد. التالي: offshift meet show
contact-line = { $handle }  { $method } في { $day }
contact-own-phone = { $handle }  هاتفك الآخر في { $day }
contact-used = لغرفة من غرفك
meet-show-who = لشخص واحد، للمسح أو للكتابة باليد:
meet-show-warning = يصلح عشر دقائق ولشخص واحد. يجب ألا يراه أي شخص آخر.
meet-waiting = في انتظار الجهاز الآخر.
meet-minutes-left = { $count ->
    [one] في الانتظار. الباقي { $count } د.
   *[other] في الانتظار. الباقي { $count } د.
}
meet-read-aloud = وصل الجهاز الآخر: { $handle }. يرجى قراءة الكلمات بصوت مسموع، كل طرف للآخر:
meet-same-words = هل تُظهر الشاشتان الكلمات نفسها؟
meet-compare-next = إن أظهرت الشاشتان الكلمات نفسها: offshift meet confirm
    وإلا: offshift meet confirm --differ
meet-not-confirmed = لم تُؤكَّد الكلمات بعد؛ تنتظر عشر دقائق
meet-stopped = أُوقف اللقاء
meet-none-waits = لا لقاء ينتظرك
meet-several-wait = أكثر من لقاء ينتظرك
meet-several-wait-next = offshift meet confirm HANDLE
meet-words-differ = الكلمات مختلفة، فقد يكون بينكما شخص آخر؛ لم يُضَف أحد
meet-words-differ-next = النظر فيمن هو قريب، ثم: offshift meet show
meet-no-ticket = لا تذكرة لهذا الناقل لدى أي منكما
meet-no-ticket-next = { $known ->
    [no] طلب تذكرة من الجهة التي تدير الناقل، ثم: offshift relay ticket CODE، ثم اللقاء من جديد
   *[yes] طلب تذكرة من { $contact }، ثم: offshift relay ticket CODE، ثم اللقاء من جديد
}
meet-one-ticket = { $known ->
    [no] ليس لديك تذكرة لهذا الناقل. ينجح الأمر إن كانت لدى الشخص الآخر تذكرة.
        وإلا يرجى طلبها من الجهة التي تدير الناقل، ثم: offshift relay ticket CODE
   *[yes] ليس لديك تذكرة لهذا الناقل. ينجح الأمر إن كانت لدى الشخص الآخر تذكرة.
        وإلا يرجى طلبها من { $contact }، ثم: offshift relay ticket CODE
}
meet-linked = تم الربط مع { $handle }. الهاتفان هما أنت الآن. على الجديد: offshift inbox
meet-met-next = التقيت بـ{ $handle }. التالي، إن كانت غرفة من غرفك جديدة على { $handle }:
      offshift vouch ROOM { $person_word }
    إن لم يسبق لك دخول غرفة هذا الشخص، يلزم لقاء عضو آخر منها:
      offshift meet show --like { $person_word }
    لتأسيس غرفة معًا:
      offshift room found NAME --with { $person_word }

find-several = أكثر من شخص يحمل الاسم «{ $person }»
find-several-next = استعمال الرقم مكان الاسم المستعار: offshift members ROOM، offshift contacts
find-no-room = لا غرفة هنا باسم «{ $room }»
find-no-room-next = offshift inbox، ثم: offshift room list
find-several-rooms = أكثر من غرفة تحمل هذا الاسم
find-several-rooms-next = offshift room list، ثم استعمال رقم الغرفة
find-not-met = لم يسبق لك لقاء «{ $person }»
find-not-in = الاسم «{ $person }» ليس في «{ $room }»
find-members-next = offshift members { $room_word }

room-none = لا غرفة بعد. التالي: offshift room found NAME --with HANDLE
room-not-in-it = لم تعد لك عضوية فيها
room-only-you = أنت فقط
room-people = { $count ->
    [zero] لا أحد
    [one] شخص واحد
    [two] شخصان
    [few] { $count } أشخاص
    [many] { $count } شخصًا
   *[other] { $count } شخص
}
room-waiting = { $count ->
    [one] { $count } في الانتظار
   *[other] { $count } في الانتظار
}
room-second-organizer = يلزم للغرفة منظّم ثانٍ، كي لا تعتمد على هاتف واحد
room-second-organizer-next = الأمر نفسه هكذا: COMMAND --organizer HANDLE
room-founded = { $away ->
    [yes] تأسّست الغرفة «{ $room }». { -waits-here } لا يقرأها إلا من فيها.
        التالي: offshift send { $room_word } "Hello"
   *[no] تأسّست الغرفة «{ $room }». لا يقرأها إلا من فيها.
        التالي: offshift send { $room_word } "Hello"
}
room-added = { $away ->
    [yes] تمت إضافة { $handle }. { -waits-here } يقرأ هذا الشخص ما يأتي من الآن، ولا شيء مما سبق.
   *[no] تمت إضافة { $handle }. يقرأ هذا الشخص ما يأتي من الآن، ولا شيء مما سبق.
}
room-go-on-title = الكتابة من جديد في «{ $room }»:
room-go-on-third = لا يجوز ذلك إلا إن كان ما يظهر لعضو ثالث من أعضاء ورسائل هو نفسه ما يظهر لك.
room-go-on-if-not = وإلا فالناقل يُظهر لكم غرفتين مختلفتين: يجب تركه.
room-going-on = { $away ->
    [yes] يمكنك الكتابة في «{ $room }» من جديد. { -waits-here }
   *[no] يمكنك الكتابة في «{ $room }» من جديد.
}

change-dropped-next = النظر من جديد، ثم الأمر نفسه
change-untrusted = هذه الشبكة تجيب مكان الناقل؛ التغيير ينتظر على هذا الجهاز، ولم يُرسَل شيء
change-waits = سُجّل الطلب. عدد المؤيدين { $count } من { $needed }. لا يتغيّر شيء حتى يؤيد الأخير.
    يجده الآخرون هكذا: offshift policy show { $room_word }

door-nobody = لا أحد ينتظر الدخول. التالي، بعد لقاء شخص: offshift vouch { $room_word } PERSON
door-returning = طلب عودة من { $handle }، بعد غياب منذ { $day }.
    { "  " }يمكن لأحد المنظّمين الإذن بذلك: offshift room admit { $room_word } { $person_word }
door-objected = { $away ->
    [yes] سُجّل اعتراضك على دخول { $handle }. يقرأ السبب كل من في «{ $room }». { -waits-here }
   *[no] سُجّل اعتراضك على دخول { $handle }. يقرأ السبب كل من في «{ $room }».
}
door-admitted = { $away ->
    [yes] تم الإذن بدخول { $handle } إلى «{ $room }». { -waits-here } يقرأ هذا الشخص ما يأتي من الآن، ولا شيء مما سبق.
   *[no] تم الإذن بدخول { $handle } إلى «{ $room }». يقرأ هذا الشخص ما يأتي من الآن، ولا شيء مما سبق.
}
door-admit-title = إدخال { $handle } إلى «{ $room }»:
door-reads-from-now = يقرأ هذا الشخص ما يأتي من الآن، ولا شيء مما سبق.
door-everybody-sees = يرى الجميع من أذن بالدخول، ومن أعطى التزكية.
door-put-out-again = يمكنك إخراج هذا الشخص من جديد. لا يمكن بذلك محو ما قرأه حتى ذلك الحين.
door-return-title = إعادة { $handle } إلى «{ $room }»:
door-return-away = يقول جهاز هذا الشخص إنه غائب منذ { $day }.
door-return-ask = يجب سؤال { $handle } أولًا، وجهًا لوجه أو في مكالمة: من يحمل ذلك الهاتف هو الذي يعود.
door-return-reads = يقرأ هذا الشخص ما يأتي من الآن، ولا شيء من فترة الغياب.
door-unknown = لا تزكية لـ«{ $person }» في «{ $room }»
door-unknown-next = لقاء هذا الشخص، ثم: offshift vouch { $room_word } PERSON

vouch-done = { $away ->
    [yes] سُجّلت تزكيتك لـ{ $handle } في «{ $room }». يرى ذلك كل من فيها. { -waits-here }
   *[no] سُجّلت تزكيتك لـ{ $handle } في «{ $room }». يرى ذلك كل من فيها.
}
vouch-again = { $away ->
    [yes] سُجّلت تزكيتك لـ{ $handle } من جديد في «{ $room }». يرى ذلك كل من فيها. { -waits-here }
        حين تكفي التزكيات، ينهي أحد المنظّمين المراجعة:
          offshift review { $room_word } --confirm { $person_word }
   *[no] سُجّلت تزكيتك لـ{ $handle } من جديد في «{ $room }». يرى ذلك كل من فيها.
        حين تكفي التزكيات، ينهي أحد المنظّمين المراجعة:
          offshift review { $room_word } --confirm { $person_word }
}
review-nobody = لا أحد في «{ $room }» قيد المراجعة.
review-title = جرى إخراج شخص زكّى هؤلاء. تزكياتهم لا تُحسب
    حتى يزكّيهم آخرون من جديد:
review-next = من يعرفهم: offshift vouch { $room_word } PERSON --again
    ثم أحد المنظّمين: offshift review { $room_word } --confirm PERSON
review-end-title = إنهاء مراجعة { $handle } في «{ $room }»:
review-end-counts = تُحسب تزكيات هذا الشخص من جديد. يرى الجميع أن ذلك منك.
review-end-needs = تلزم لذلك تزكيات بعدد ما لزم للدخول، كلها من أشخاص موثوق بهم.
review-ended = { $away ->
    [yes] انتهت مراجعة { $handle }. { -waits-here }
   *[no] انتهت مراجعة { $handle }.
}

out-title = إخراج { $handles } من «{ $room }»:
out-several = لإخراج عدة أشخاص معًا يلزم منظّمان؛ طلبك هو الأول أو الثاني.
out-recall = لا يلزم أي منظّم: يجب أن يطلب ذلك جميعًا أعضاء من فرعين ممن تُحسب كلمتهم.
out-reads-nothing = لن يكون بإمكان { $handles } قراءة أي جديد، على أي هاتف. يستغرق ذلك ثوانيَ عند المتصلين الآن.
out-keys-stay-out = لا يمكن أن تعود مفاتيحهم حتى يسمح منظّمان بذلك.
out-vouched-for = جاءت منهم تزكية لـ{ $handles }. لا يُخرَج أحد بسبب ذلك، لكن قد تلزم تزكية من آخرين من جديد.
out-everybody-sees = يرى الجميع أن ذلك منك.
out-cannot-erase = { -cannot-erase }
out-done = { $away ->
    [yes] تم إخراج { $handles } من «{ $room }». { -waits-here } { -cannot-erase }
        التالي: offshift exposure { $room_word } { $person_word }، ثم: offshift review { $room_word }
   *[no] تم إخراج { $handles } من «{ $room }». { -cannot-erase }
        التالي: offshift exposure { $room_word } { $person_word }، ثم: offshift review { $room_word }
}

phone-line = { $this ->
    [yes] { $first ->
        [yes] { $handle }، هذا الهاتف، الهاتف الذي زكّاه الآخرون، في الغرفة منذ { $day }
       *[no] { $handle }، هذا الهاتف، في الغرفة منذ { $day }
    }
   *[no] { $first ->
        [yes] { $handle }، الهاتف الذي زكّاه الآخرون، في الغرفة منذ { $day }
       *[no] { $handle }، في الغرفة منذ { $day }
    }
}
phone-list-next = التالي: offshift phone link { $room_word }
phone-link-who = على هاتفك الآخر:
phone-link-warning = يصلح عشر دقائق. من يمسحه وتظهر لديه الكلمات نفسها هو أنت، في هذه الغرفة.
phone-stop-title = إيقاف هاتف { $handle } في «{ $room }»، الرقم { $number }:
phone-stop-reads-nothing = ذلك الهاتف لا يقرأ أي جديد. يستغرق ذلك ثوانيَ عند المتصلين الآن.
phone-stop-new-profile = يعود صاحبه بملف شخصي جديد: يلتقي به عضوان ويزكّيانه من جديد.
phone-stop-goes-on = يواصل صاحبه بواسطة: { $handles }.
phone-stop-nobody-touched = لا يتأثر أحد ممن زكّاهم صاحب الهاتف: الهاتف المفقود ليس ذنب أحد.
phone-stop-cannot-erase = لا يمكن بذلك محو ما على ذلك الهاتف بالفعل.
phone-stopped = { $away ->
    [yes] تم إيقاف هاتف { $handle } في «{ $room }». { -waits-here } لا يمكن بذلك محو ما عليه بالفعل.
   *[no] تم إيقاف هاتف { $handle } في «{ $room }». لا يمكن بذلك محو ما عليه بالفعل.
}

members-title = { $room }، الرقم { $number }
    الناقل { $relay }. { -relay-promise }
    في هذه الغرفة:
members-past = ليسوا فيها بعد الآن:
note-gone = أُزيلت الملاحظة.
note-kept = محفوظة على هذا الجهاز فقط.

exposure-can-read = بإمكان { $handle } القراءة، منذ { $day }.
exposure-could-read = كان بإمكان { $handle } القراءة في الفترة { $days }.
exposure-could-read-on = كان بإمكان { $handle } القراءة في { $day }.
exposure-no-message = لا رسالة من ذلك الوقت على هذا الجهاز.
exposure-messages = { $count ->
    [zero] لا رسالة لدى هذا الشخص من { $days }.
    [one] لدى هذا الشخص رسالة واحدة من { $days }.
    [two] لدى هذا الشخص رسالتان من { $days }.
    [few] لدى هذا الشخص { $count } رسائل من { $days }.
    [many] لدى هذا الشخص { $count } رسالة من { $days }.
   *[other] لدى هذا الشخص { $count } رسالة من { $days }.
}
exposure-unknown = { $count ->
    [one] واحدة منها من نوع لا يُعرض هنا.
    [two] اثنتان منها من نوع لا يُعرض هنا.
   *[other] { $count } منها من نوع لا يُعرض هنا.
}
exposure-blind-before = دخلت في { $day }: ما قيل قبل ذلك لا يستطيع هذا الجهاز عدّه. يرجى سؤال من كان هناك.
exposure-vouched-for = جاءت من هذا الشخص تزكية لـ{ $handles }.
exposure-review = تلزم تزكية من جديد: { $handles }.

policy-title = { $founding ->
    [yes] قواعد { $room }. المنظّمون: { $organizers }. لا تزال إضافة مؤسّسين ممكنة: لم يدخل أحد بالتزكية بعد.
   *[no] قواعد { $room }. المنظّمون: { $organizers }.
}
policy-waits = في انتظار الموافقة:
policy-coming = { $value } ابتداءً من { $day }
policy-motion-state = عدد المؤيدين { $count } من { $needed }: { $handles }. الانتظار حتى { $day }.
policy-you-are-for-it = سُجّل تأييدك.
policy-approve-next = للتأييد: offshift policy approve { $room_word } { $number_word }
policy-propose-title = في «{ $room }»: { $what }
policy-two-must-approve = يجب أن يوافق منظّمان. موافقتك هي الأولى؛ يرى ذلك الجميع.
policy-easier-later = ما يجعل الدخول أسهل يسري بعد ثلاثة أيام من الموافقة الثانية.
policy-lift = السماح للأعضاء بتزكية { $handle } من جديد
policy-not-a-rule = النص «{ $text }» ليس على شكل RULE=VALUE
policy-next = offshift policy show { $room_word }
policy-was-not-out = لم يجرِ إخراج «{ $person }» من «{ $room }»
policy-unknown-motion = لا شيء بهذا الرقم ينتظر الموافقة
policy-so-far = عدد المؤيدين حتى الآن { $count } من { $needed }. مع الأخير يتم التنفيذ.
policy-reads-nothing = من يجري إخراجه لا يقرأ أي جديد، على أي هاتف.
policy-everybody-sees = يرى كل من في الغرفة موافقتك.
policy-approve-title = الموافقة في «{ $room }»: { $what }
policy-decided = { $away ->
    [yes] تقرّر: { $what }. { -waits-here } للاطلاع: offshift policy show { $room_word }
   *[no] تقرّر: { $what }. للاطلاع: offshift policy show { $room_word }
}

inbox-nothing = لا جديد.
inbox-slow = الناقل بطيء جدًا؛ لم يصل كل شيء بعد
inbox-coming-back = جارٍ الطلب من أجهزة المنظّمين إعادة هذا الجهاز إلى الغرفة.
inbox-watching = جارٍ المتابعة. للإنهاء: Ctrl-C
inbox-no-signals = لم يعطِ النظام إشارات
inbox-lost = لا يمكنك القراءة أو الكتابة هنا الآن. لمعرفة السبب: offshift alarms
