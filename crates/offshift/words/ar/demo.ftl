### Offshift: demo

demo-no-folder = لا يمكن إنشاء مجلد مؤقت
demo-no-folder-next = إخلاء مساحة، ثم: offshift demo
demo-no-signals = لم يعطِ النظام إشارات
demo-stopped = أُوقف العرض
demo-next = offshift demo
demo-slow = هذا الحاسوب بطيء جدًا للعرض، أو أن شيئًا ما عالق
demo-words-differ = الكلمات مختلفة
demo-building = جارٍ بناء الناقل أولًا، يحدث هذا مرة واحدة.
demo-not-built = لم يمكن بناء الناقل
demo-not-built-next = cargo build --release -p offshift-relay
demo-no-relay = البرنامج offshift-relay ليس بجانب هذا البرنامج
demo-no-relay-next = تثبيت الاثنين في مجلد واحد، ثم: offshift demo
demo-relay-failed = لم يبدأ الناقل أو لم يتوقف كما يجب
demo-relay-failed-next = offshift-relay serve --dev

demo-relay-starts = يبدأ ناقل. { -relay-promise }
demo-profiles = ثلاثة أشخاص ينشئون ملفات شخصية. بلا رقم هاتف، وبلا بريد إلكتروني.
demo-ticket = لدى ana تذكرة من الجهة التي تدير الناقل. لا يحتاجها الآخرون: ana تُدخلهم.
demo-meet = يلتقون وجهًا لوجه. يجب أن تُظهر الشاشتان الكلمات نفسها.
demo-found = ana تؤسّس غرفة مع bob و carol. لا يقرأها إلا من فيها.
demo-talk = يتحدثون.
demo-relay-stops = يتوقف الناقل. رسالة تنتظر على جهاز ana.
demo-relay-back = عاد الناقل. تُرسَل الرسالة تلقائيًا.
demo-newcomer = dana جديدة. تلتقي بها ana و carol وتزكّيانها. bob يأذن لها بالدخول.
demo-infiltrator = أقنع mark زميلته carol بأن تزكّيه. لا يعرفه أحد غيرها.
demo-severed = يتبيّن أن carol تعمل لصالح الشركة. ana تُخرجها.
demo-side-by-side = جنبًا إلى جنب: ما يقرأه الناس، وما لدى الناقل.

demo-names = ana، bob، carol
demo-ticket-taken = يقبلها الناقل، ولا يستطيع معرفة ما تدفع عنه
demo-have-it = وصلت إلى bob و carol
demo-same = متطابقة
demo-different = مختلفة!
demo-sent = أُرسلت
demo-waiting = في الانتظار
demo-organizer = { $handle } (من المنظّمين)
demo-before = ما قيل من قبل لا تستطيع dana قراءته. عدد الرسائل لدى ana: { $all }، لدى dana: { $some }.
demo-vouches = تزكية من { $by } لـ{ $handle }. يراها كل من في الغرفة.
demo-each-device = يُطلب من جهاز كل مؤسّس إدخاله رغم ذلك:
demo-refused = رُفض: { $why }
demo-learned-nothing = لم يعرف جهاز mark شيئًا عن الغرفة، ولا حتى اسمها.
demo-asked-again = سؤال ملف carol الشخصي من جديد: جرى إخراجها. الرسائل من قبل: { $before }، الآن: { $now }.

demo-says-bonus = اختفت علاوة الليل من كشف راتبي. وأنتما؟
demo-says-march = وأنا كذلك. منذ مارس.
demo-says-ask = لنسأل الآخرين يوم الجمعة.
demo-says-friday = الجمعة، السادسة، عند موقف الحافلة.
demo-says-hello = مرحبًا. أنا dana، من قسم التعبئة.
demo-says-bakery = مكان جديد: المخبز، الجمعة، السابعة.
demo-says-now = والآن؟

demo-read-ana-bob = ما يقرأه ana و bob:
demo-read-dana = ما تقرأه dana:
demo-read-carol = ما تقرأه carol:
demo-holds = لدى الناقل:
demo-column-mailbox = صندوق
demo-column-size = الحجم
demo-column-left = الباقي
demo-column-sealed = بايت مختوم
demo-more = { $count ->
    [one] وواحدة أخرى مثل هذه
    [two] واثنتان أخريان مثل هذه
   *[other] و{ $count } أخرى مثل هذه
}
demo-left-minutes = { $count ->
    [one] { $count } د
   *[other] { $count } د
}
demo-left-hours = { $count ->
    [one] { $count } س
   *[other] { $count } س
}
demo-left-days = { $count ->
    [one] يوم
    [two] يومان
    [few] { $count } أيام
   *[other] { $count } يوم
}
demo-end = وصلت كل رسالة مرة واحدة وبالترتيب. لم يقرأ أحد ما ليس له.
    تُمحى الآن الملفات الشخصية وبيانات الناقل.
    للبدء حقًا: offshift start
