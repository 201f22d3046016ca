### Offshift: faces

engine-runs = محرّك هذا الملف الشخصي يعمل، والأوامر تستعمله. للإنهاء: Ctrl-C
engine-begins-locked = هو مقفل. التالي: offshift unlock
engine-taken = محرّك لهذا الملف الشخصي يعمل بالفعل
engine-taken-next = استعماله، أو إنهاؤه: offshift daemon --stop
engine-path-long = اسم مجلد هذا الملف الشخصي طويل جدًا لمحرّك
engine-path-long-next = ضبط XDG_RUNTIME_DIR على مجلد لك، أو استعمال مجلد أقصر: offshift --profile DIR daemon
engine-no-socket = لم يسمح النظام للمحرّك بالاستماع في مجلد الملف الشخصي
engine-no-socket-next = النظر في القرص وفيمن يحق له الكتابة في المجلد، ثم تنفيذ الأمر نفسه
engine-ended = انتهى عمل المحرّك.
engine-none = لا محرّك يعمل لهذا الملف الشخصي
engine-locked = مقفل. التالي: offshift unlock
engine-unlocked = فُتح القفل.
engine-status-none = لا محرّك يعمل. كل أمر يفتح الملف الشخصي لنفسه.
engine-status-open = المحرّك يعمل، والملف الشخصي مفتوح.
engine-status-locked = المحرّك يعمل، والملف الشخصي مقفل. التالي: offshift unlock
engine-none-next = offshift daemon
engine-status-idle =
    { $minutes ->
        [one] يُقفل بعد دقيقة بدونك.
        [two] يُقفل بعد دقيقتين بدونك.
        [few] يُقفل بعد { $minutes } دقائق بدونك.
        [many] يُقفل بعد { $minutes } دقيقة بدونك.
       *[other] يُقفل بعد { $minutes } دقيقة بدونك.
    }
engine-status-never = لا يُقفل إلا بأمر منك: offshift lock
man-not-written = لا يمكن كتابة الصفحات هناك
man-not-written-next = offshift man FOLDER
man-written = كُتبت الصفحات. لقراءة الأولى: man FOLDER/offshift.1
engine-is-locked = هذا الملف الشخصي مقفل
engine-is-locked-next = offshift unlock
engine-silent = المحرّك العامل لهذا الملف الشخصي لا يجيب
engine-silent-next = إنهاؤه هناك، ثم تنفيذ الأمر نفسه
engine-foreign = المحرّك العامل لهذا الملف الشخصي تابع لمستخدم آخر
engine-foreign-next = تنفيذ الأمر بذلك المستخدم، أو استعمال ملف شخصي آخر: offshift --profile OTHER ...
engine-other-version = المحرّك العامل من إصدار آخر لهذا البرنامج
engine-other-version-next = إنهاؤه وتشغيله من جديد: offshift daemon
engine-no-signals = لم يعطِ النظام إشارات
engine-no-signals-next = offshift inbox

open-link = غرفك هنا: { $link }
open-runs = يصلح الرابط مرة واحدة، لدقيقتين. لا يخرج به شيء من هذا الحاسوب. للإنهاء: Ctrl-C
engine-notify = رسائل جديدة.
