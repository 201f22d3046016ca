### Offshift: files

error-file_unreadable = لا يمكن قراءة هذا الملف: { $why }
error-file_not_a_file = هذا ليس ملفًا؛ يرجى اختيار ملف
error-file_empty = هذا الملف فارغ؛ يرجى اختيار ملف آخر
error-file_too_long = حجم الملف 25 MiB على الأكثر؛ يرجى تصغيره، أو إرساله على أجزاء
error-file_changed = تغيّر الملف أثناء قراءته؛ يرجى إعادة المحاولة
error-file_broken_picture = لا يمكن قراءة هذه الصورة، فلا يمكن إزالة شيء منها؛ يرجى حفظها من جديد بصيغة JPEG
error-file_large_picture = هذه الصورة كبيرة جدًا؛ يرجى تصغيرها أولًا
error-file_bad_caption = الكلام المرافق للملف 4 KiB على الأكثر؛ يرجى تقصيره
error-file_too_many = عدد الملفات قيد النقل بلغ الحد الأقصى؛ يرجى انتظار أحدها، أو إيقاف أحدها
error-file_no_file = هذه الرسالة ليست ملفًا
error-file_elsewhere = هذا الملف ليس عند ناقل الغرفة، فلا يُجلب؛ يرجى طلبه من جديد
error-file_gone = لم يعد هذا الملف لدى الناقل؛ يرجى طلبه من جديد
error-file_not_here = هذا الملف ليس على هذا الجهاز بعد؛ يرجى جلبه أولًا
error-file_damaged = ما وصل ليس الملف الذي أُرسل؛ يرجى طلبه من جديد
error-file_no_picture = هذا الملف ليس صورة يمكن عرضها
error-file_exists = يوجد شيء بهذا الاسم بالفعل؛ يرجى اختيار اسم آخر
error-file_unknown_transfer = لا ملف كهذا قيد النقل
error-file_disk = القرص لا يقبله: { $why }

next-file_unreadable = offshift file send ROOM PATH
next-file_not_a_file = offshift file send ROOM PATH
next-file_no_file = offshift file list ROOM
next-file_not_here = offshift file get ROOM NUMBER
next-file_exists = offshift file get ROOM NUMBER --to OTHER
next-file_too_many = offshift file waiting
next-file_unknown_transfer = offshift file waiting

file-keeps = يخرج هذا الملف بكل ما فيه: أسماء من كتبوه، وأماكن، ونسخ سابقة.
file-picture = تُرسم هذه الصورة من جديد: يُزال منها المكان والوقت ونوع الكاميرا.
file-relay-keeps = { $days ->
        [one] يحفظه الناقل يومًا واحدًا.
        [two] يحفظه الناقل يومين.
        [few] يحفظه الناقل { $days } أيام.
        [many] يحفظه الناقل { $days } يومًا.
       *[other] يحفظه الناقل { $days } يوم.
    } من يريده يجب أن يجلبه في هذه المدة.
file-send-question = إرساله؟
file-not-sent = لم يُرسَل شيء
file-keeps-nobody = يخرج هذا الملف بكل ما فيه، ولا أحد هنا للسؤال
file-keeps-nobody-next = الأمر نفسه هكذا: COMMAND --yes
file-sent = أُرسل. يراه الآخرون في الغرفة ويجلبونه إن أرادوا.
file-waits = ينتظر الناقل. هو محفوظ ويستمر ما دام offshift يعمل. التالي: offshift file go-on

file-got = الملف { $name } على هذا الجهاز، مختوم. لحفظ نسخة: offshift file get { $room_word } { $number_word }
file-saved = حُفظ: { $path }
file-saved-clear = من يستطيع فتح هذا الجهاز يستطيع فتح تلك النسخة؛ لا تختفي مع الرسالة.
file-comes-on = الناقل لا يرسل المزيد الآن؛ ما وصل محفوظ
file-comes-on-next = تنفيذ الأمر نفسه مرة أخرى: يستمر من حيث توقف
file-failed-gone = لم يعد هذا الملف لدى الناقل
file-failed-damaged = ما وصل ليس الملف الذي أُرسل
file-failed-next = طلبه من جديد في الغرفة

file-here = هنا، مختوم. لحفظ نسخة: offshift file get ROOM NUMBER
file-none = لا ملف في هذه الغرفة.
file-none-waiting = لا ملف قيد النقل.
file-line = { $number }  { $name }، { $size }، من { $handle }: { $state }
file-waiting-line = { $number }  { $name }، { $part } من { $size }: { $state }
file-progress = { $part } من { $size }، { $speed }/s
file-cancelled = أُوقف. لا يخرج منه ولا يصل شيء بعد الآن.
file-state-offered = ليس هنا؛ هو لدى الناقل حتى { $until }
file-state-coming = في الطريق إلى هنا
file-state-here = هنا
file-state-gone = لم يعد موجودًا
file-state-damaged = ليس ما أُرسل
file-state-leaving = قيد الإرسال
file-number-many = أكثر من ملف يحمل هذا الرقم
file-number-many-next = كتابة حروف أكثر منه
file-number-none = لا ملف هنا بهذا الرقم
file-number-none-next = offshift file list ROOM
