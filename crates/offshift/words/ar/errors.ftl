### Offshift: errors

failure-line = offshift: { $sentence }. التالي: { $next_word }
failure-no-resources = لم يعطِ النظام الموارد اللازمة للتشغيل
failure-no-resources-next = إغلاق برامج أخرى، ثم إعادة المحاولة

next-version = offshift --version
next-other-network = استعمال شبكة أخرى، مثل بيانات الهاتف، ثم تنفيذ الأمر نفسه
next-again-kept = تنفيذ الأمر نفسه مرة أخرى؛ ما ينتظر محفوظ
next-again = تنفيذ الأمر نفسه مرة أخرى
next-ticket = offshift relay ticket CODE، مع وضع الرمز كله بين علامتي اقتباس
next-relay = offshift relay add offshift://...
next-handle = offshift start --handle NAME
next-room-name = offshift room found NAME --with HANDLE
next-text = offshift send ROOM TEXT
next-meet = offshift meet show
next-rooms = offshift room list
next-members = offshift members ROOM
next-refused = offshift members ROOM، offshift policy show ROOM
next-applicants = offshift room applicants ROOM
next-objections = offshift room applicants ROOM، ثم الأمر نفسه هكذا: COMMAND --despite-objections
next-policy = offshift policy show ROOM
next-device-code = offshift phone link ROOM، على هاتفك الآخر
next-note = offshift note ROOM PERSON TEXT
next-help = offshift --help
next-start = offshift start
next-other-profile = offshift --profile OTHER start
next-inbox = offshift inbox
next-confirm = offshift meet confirm
next-mobile-data = استعمال بيانات الهاتف، ثم: offshift inbox
next-close = إغلاقه هناك، ثم تنفيذ الأمر نفسه

error-no_relay = لا ناقل لهذا الملف الشخصي بعد؛ يرجى إضافة ناقل أولًا
error-unknown_relay = هذا الناقل ليس من نواقل هذا الملف الشخصي؛ يرجى إضافته أولًا
error-other_relay = في هذين الرابطين عنوانان مختلفان، فهما ناقلان مختلفان؛ يرجى إضافة الجديد وحده
error-too_many = بلغ هذا الملف الشخصي الحد الأقصى من { $what ->
        [rooms] الغرف
        [relays] النواقل
        [meetings] اللقاءات
        [contacts] جهات الاتصال
       *[other] { $what }
    }
error-bad_handle = الاسم المستعار من 1 إلى 32 حرفًا عاديًا في سطر واحد؛ يرجى اختيار اسم آخر
error-bad_room_name = اسم الغرفة من 1 إلى 128 حرفًا عاديًا في سطر واحد؛ يرجى اختيار اسم آخر
error-bad_text = في الرسالة حرف واحد على الأقل و 48 KiB على الأكثر؛ يرجى تقصيرها
error-unknown_meeting = هذا اللقاء انتهى أو لم يحدث؛ يرجى اللقاء من جديد برمز جديد
error-no_words = لا توجد كلمات للمقارنة؛ يرجى اللقاء من جديد برمز جديد
error-meeting_expired = انتهى اللقاء؛ يرجى اللقاء من جديد برمز جديد
error-meeting_stopped = انتهى اللقاء؛ يرجى اللقاء من جديد برمز جديد
error-meeting_second_scanner = انتهى اللقاء؛ يرجى اللقاء من جديد برمز جديد
error-meeting_misbehaved = انتهى اللقاء؛ يرجى اللقاء من جديد برمز جديد
error-unknown_contact = لم يسبق لك لقاء هذا الشخص
error-contact_used = لقاؤك بهذا الشخص استُعمل لغرفة من قبل؛ لغرفة أخرى يلزم لقاء جديد
error-card_used = البطاقة التي حصل عليها هذا الشخص مستعملة أو قديمة جدًا؛ يرجى لقاء الاثنين من جديد، الواحد مثل الآخر
error-objections = { $count ->
        [one] يعترض عضو واحد؛ تلزم قراءة السبب، ثم الإدخال مع ذلك أو عدم الإدخال
        [two] يعترض عضوان؛ تلزم قراءة السبب، ثم الإدخال مع ذلك أو عدم الإدخال
        [few] يعترض { $count } أعضاء؛ تلزم قراءة السبب، ثم الإدخال مع ذلك أو عدم الإدخال
        [many] يعترض { $count } عضوًا؛ تلزم قراءة السبب، ثم الإدخال مع ذلك أو عدم الإدخال
       *[other] يعترض { $count } عضو؛ تلزم قراءة السبب، ثم الإدخال مع ذلك أو عدم الإدخال
    }
error-unknown_room = لا توجد غرفة كهذه على هذا الجهاز
error-unknown_member = هذا الشخص ليس في الغرفة
error-unknown_applicant = لا تزكية هنا لهذا الشخص؛ يرجى عرض قائمة المنتظرين من جديد
error-unknown_motion = لا يوجد مقترح كهذا، أو أنه انتهى؛ يرجى عرض قائمة المقترحات من جديد
error-unknown_message = لا توجد رسالة كهذه على هذا الجهاز؛ ربما اختفت
error-not_yours = لا يغيّر الرسالة أو يسحبها إلا من كتبها، ولا يتغيّر فيها إلا الكلام
error-bad_mark = علامة التفاعل إيموجي أو كلمة قصيرة
error-bad_poll = في الاستطلاع سؤال ومن 2 إلى 16 جوابًا قصيرًا؛ يرجى تغييره
error-bad_plan = للموعد عنوان ووقت؛ يرجى تقصير نصوصه إلى أقل من 512 بايت
error-not_a_poll = هذه الرسالة ليست استطلاعًا
error-not_a_plan = هذه الرسالة ليست موعدًا
error-bad_answer = الاستطلاع لا يقبل هذا الجواب؛ يرجى النظر إليه من جديد
error-poll_closed = هذا الاستطلاع مغلق؛ الأجوبة لا تُحسب بعد الآن
error-bad_note = في الملاحظة 512 بايت على الأكثر؛ يرجى تقصيرها
error-refused = { $why }
error-not_allowed = قواعد الغرفة لا تسمح بذلك: { $why }
error-closed = الملف الشخصي مغلق؛ يرجى فتحه من جديد
error-bug = خلل في هذا البرنامج: { $what }، يرجى الإبلاغ عنه

## Asked of a running engine

error-bad_params = جزء من الطلب ناقص أو خاطئ أو زائد؛ يرجى استعمال الإصدار نفسه من البرنامجين
error-not_json = لا يمكن قراءة الطلب؛ يرجى استعمال الإصدار نفسه من البرنامجين
error-not_a_request = لا يمكن قراءة الطلب؛ يرجى استعمال الإصدار نفسه من البرنامجين
error-no_such_verb = البرنامج الذي يعمل الآن لا يستطيع ذلك؛ يرجى تحديثه إلى هذا الإصدار
error-locked = الملف الشخصي مقفل؛ يرجى فتحه أولًا
error-already_open = الملف الشخصي مفتوح بالفعل؛ يرجى قفله أولًا
error-too_much = هذا كثير دفعة واحدة؛ يرجى طلب أقل
error-no_page = هذا المحرّك لا يعرض صفحة؛ يرجى إنهاؤه وفتح صفحة
error-not_for_the_page = لا تستطيع الصفحة طلب هذا؛ يرجى استعمال أمر
error-no_code_in_picture = لا رمز في هذه الصورة؛ يرجى التقاطها من جديد، من قرب وباستقامة

error-bad_term_name = لا توجد في القواعد قاعدة بهذا الاسم؛ يرجى عرض القواعد لمعرفة أسمائها
error-bad_term_value = هذه القاعدة لا تقبل هذه القيمة؛ تقبل عددًا، أو مدة مثل 7d أو 12h، أو yes أو no

error-vault_missing = لا يوجد ملف شخصي هنا؛ يرجى إنشاء واحد أولًا، أو ذكر اسم آخر
error-vault_exists = يوجد ملف شخصي هنا بالفعل؛ يرجى استعماله، أو ذكر اسم آخر
error-vault_in_use = هذا الملف الشخصي مفتوح في نافذة أخرى أو برنامج آخر؛ يرجى إغلاقه هناك أولًا، ثم إعادة المحاولة
error-vault_wrong_passphrase = عبارة المرور غير صحيحة؛ يرجى إعادة المحاولة، والنظر إلى لغة لوحة المفاتيح وزر الأحرف الكبيرة
error-vault_not_a_vault = الملف `vault` في هذا الملف الشخصي ليس خزنة Offshift؛ يرجى إرجاع نسختك من الملف الشخصي
error-vault_newer = كُتب هذا الملف الشخصي بإصدار أحدث من Offshift؛ يرجى تثبيت ذلك الإصدار وإعادة المحاولة
error-vault_damaged = عبارة المرور صحيحة، لكن الملف الشخصي تالف؛ يرجى إرجاع نسخة منه، أو إنشاء ملف شخصي جديد ولقاء الناس من جديد
error-vault_disk = رفض القرص قراءة الملف الشخصي أو كتابته ({ $why })، يرجى إخلاء مساحة أو فحص القرص، ثم إعادة المحاولة
error-vault_unsettled = رفض القرص كتابة الملف الشخصي؛ يرجى فحص القرص، ثم البدء من جديد
error-vault_full = هذا الملف الشخصي ممتلئ؛ يرجى إنشاء ملف شخصي جديد
error-vault_resources = ذاكرة النظام لا تكفي لفتح ملف شخصي؛ يرجى إغلاق برامج أخرى، ثم إعادة المحاولة
error-vault_bug = خلل في Offshift: { $what }، يرجى الإبلاغ عنه

error-link_resolve = اسم الناقل غير معروف هنا؛ يرجى فحص الشبكة، ثم الرابط
error-link_unreachable = الناقل لا يجيب؛ يرجى فحص الشبكة، أو إعادة المحاولة بعد دقيقة
error-link_identity = شيء ما على هذه الشبكة يجيب مكان الناقل؛ لا تجوز الثقة بهذه الشبكة، ويجب استعمال شبكة أخرى، مثل بيانات الهاتف
error-link_clock = تبدو ساعة هذا الجهاز خاطئة؛ يرجى ضبط التاريخ والوقت، ثم إعادة المحاولة
error-link_incompatible = الناقل يعمل بإصدار آخر؛ يرجى تحديث هذا البرنامج أو مطالبة الجهة التي تدير الناقل بتحديثه
error-link_refused = { $why }
error-link_closed = { $why }
error-link_lost = انقطع الاتصال بالناقل؛ سيعود تلقائيًا
error-link_misbehaved = أجاب الناقل بشيء آخر ({ $what })، يرجى إخبار الجهة التي تديره
error-link_busy = ينتظر الناقلَ أكثر من اللازم؛ يرجى انتظار الأجوبة أولًا
error-link_socket = لا يستطيع هذا الجهاز فتح اتصال بالشبكة؛ يرجى فحص إعدادات الشبكة فيه
error-link_bug = خطأ في هذا البرنامج ({ $what })، يرجى الإبلاغ عنه

why-disk_full = لا توجد مساحة تخزين
why-disk_quota = تجاوزت المساحة حدّها المسموح
why-disk_denied = لا إذن بذلك
why-disk_read_only = نظام الملفات أو وسيط التخزين للقراءة فقط
why-disk_other = خطأ آخر

error-bad_link_scheme = هذا ليس رابط ناقل؛ يبدأ رابط الناقل بما يلي: offshift://
error-bad_link_host = لا يوجد في رابط الناقل اسم مضيف صالح؛ يرجى نسخ الرابط كله من جديد
error-bad_link_port = لا يوجد في رابط الناقل منفذ صالح؛ يرجى نسخ الرابط كله من جديد
error-bad_link_key = رابط الناقل تالف أو مقطوع؛ يرجى نسخ الرابط كله من جديد

error-bad_ticket_none = هذا رابط بلا تذكرة؛ في التذكرة علامة #
error-bad_ticket_damaged = التذكرة تالفة أو مقطوعة؛ يرجى نسخها أو مسحها كلها من جديد

error-bad_code_relay_link = هذا رابط ناقل، وليس رمزًا للقاء شخص؛ تمكن إضافته هكذا: offshift relay add
error-bad_code_device = هذا رمز لربط جهازك الآخر، وليس للقاء شخص؛ يرجى طلب رمز لقاء
error-bad_code_ticket = هذه تذكرة لناقل، وليست رمزًا للقاء شخص؛ يرجى طلب رمز لقاء
error-bad_code_other_purpose = هذا رمز لشيء آخر، وليس للقاء شخص؛ يرجى طلب رمز لقاء
error-bad_code_foreign = هذا ليس رمزًا للقاء شخص؛ يبدأ رمز اللقاء بما يلي: offshift:meet:
error-bad_code_incompatible = هذا الرمز من إصدار أحدث؛ يرجى تحديث هذا البرنامج، ثم طلب رمز جديد
error-bad_code_damaged = هذا الرمز تالف أو مقطوع؛ يرجى مسحه من جديد أو طلب رمز جديد
error-bad_code_expired = هذا الرمز قديم جدًا؛ يرجى طلب رمز جديد

error-bad_device_code_meeting = هذا رمز للقاء شخص، وليس لربط جهازك الآخر؛ يظهر رمز الربط بالأمر: phone link
error-bad_device_code_other_purpose = هذا رمز لشيء آخر؛ يظهر رمز الربط على جهازك الآخر بالأمر: phone link
error-bad_device_code_foreign = هذا ليس رمزًا لربط جهاز؛ يبدأ رمز الربط بما يلي: offshift:device:
error-bad_device_code_incompatible = هذا الرمز من إصدار أحدث؛ يرجى تحديث هذا البرنامج، ثم عرض رمز جديد
error-bad_device_code_damaged = هذا الرمز تالف أو مقطوع؛ يرجى مسحه من جديد أو عرض رمز جديد
error-bad_device_code_expired = هذا الرمز قديم جدًا؛ يرجى عرض رمز جديد على جهازك الآخر

why-relay_malformed = رفض الناقل: لم يستطع قراءة الطلب؛ يرجى تحديث هذا البرنامج
why-relay_denied = رفض الناقل: المفتاح لا يناسب الصندوق؛ يرجى طلب رمز جديد
why-relay_no_capability = رفض الناقل: الاتصال جديد؛ يلزم إثبات الحق من جديد
why-relay_life_too_long = رفض الناقل: لا يحفظ شيئًا كل هذه المدة؛ يرجى اختيار مدة أقصر
why-relay_full = رفض الناقل: قرصه أو الصندوق ممتلئ؛ يرجى إعادة المحاولة لاحقًا
why-relay_busy = رفض الناقل: طلبات كثيرة دفعة واحدة؛ يرجى إعادة المحاولة بعد دقيقة
why-relay_stopping = رفض الناقل: هو في طور التوقف؛ يرجى إعادة المحاولة بعد دقيقة
why-relay_failed = رفض الناقل: تعطّل ولم يحفظ شيئًا؛ يرجى إعادة المحاولة بعد دقيقة
why-relay_no_credit = رفض الناقل: يقبل الرسائل ممن لديهم تذكرة؛ يرجى طلب تذكرة من الجهة التي تديره
why-relay_bad_token = رفض الناقل: لم يقبل ما يُدفع عن الرسالة؛ سيُجرَّب غيره
why-relay_bad_ticket = رفض الناقل: التذكرة لم تعد صالحة؛ يرجى طلب تذكرة جديدة من الجهة التي تديره
why-relay_allowance_used = رفض الناقل: استُنفدت التذكرة لهذا اليوم؛ تصلح من جديد غدًا

why-closed_done = الاتصال مغلق
why-closed_version = الناقل يعمل بإصدار آخر؛ يرجى تحديث هذا البرنامج
why-closed_malformed = لم يستطع الناقل قراءة ما أرسله هذا البرنامج؛ يرجى تحديث هذا البرنامج
why-closed_limit = أغلق الناقل الاتصال عند حد من حدوده؛ يرجى إعادة المحاولة بعد دقيقة
why-closed_stopping = الناقل في طور التوقف؛ سيعود الاتصال تلقائيًا
why-closed_idle = أغلق الناقل اتصالًا بلا نشاط؛ سيعود تلقائيًا
why-closed_failed = تعطّل الناقل؛ يرجى إعادة المحاولة بعد دقيقة

why-contradicts_two_receipts = وقّع أن ظرفين موجودان في مكان واحد
why-contradicts_another_envelope = يُظهر ظرفًا غير الذي وقّع عليه
why-contradicts_missing = لا يُظهر ما وقّع أنه يحفظه

why-send_stranded = فقد هذا الجهاز الغرفة؛ يجب أن يبقى متصلًا حتى يعيده جهاز أحد المنظّمين
why-send_rolled_back = استُعيد هذا الجهاز من نسخة قديمة؛ يجب أن يبقى متصلًا حتى يعيده جهاز أحد المنظّمين
why-send_lost = يبدو أن الغرفة تقدّمت بدون هذا الجهاز؛ يجب أن يبقى متصلًا حتى يعيده جهاز أحد المنظّمين
why-send_forked = يجب التوقف عن الكتابة هنا: تظهر لك ولعضو آخر غرفتان مختلفتان، أو أن جهاز ذلك العضو يكذب؛ يجب سؤال عضو ثالث: إن ظهر له ما يظهر لك، يلزم إخراج الآخر؛ وإلا يلزم تأسيس الغرفة من جديد عبر ناقل آخر
why-send_stale = لم يُرسَل هذا: لا خبر من أي منظّم منذ 48 ساعة، وقد يكون هنا من لا يزال يقرأ بعد إخراجه؛ يلزم الاتصال بالشبكة، أو سؤال أحد المنظّمين
why-send_removed = لم تعد لك عضوية في هذه الغرفة
why-send_content = هذا الإصدار لا يستطيع كتابة هذا النوع من الرسائل؛ يرجى تحديثه
why-send_only_organizers = لا يكتب في هذه الغرفة إلا المنظّمون؛ يمكنك مع ذلك التفاعل والجواب على الاستطلاعات
why-send_announcement = الإعلان للمنظّمين فقط؛ يرجى إرسال هذا كرسالة
why-send_too_many = رسائل كثيرة جدًا تنتظر الناقل؛ يرجى الإرسال من جديد حين يصبح متاحًا
why-change_suite = البطاقة لا تناسب هذه الغرفة؛ يرجى اللقاء من جديد بأحدث إصدار
why-change_no_such_member = لا يوجد عضو كهذا؛ يرجى عرض قائمة الأعضاء من جديد
why-change_no_such_applicant = لا تزكية هنا لشخص كهذا؛ يرجى عرض قائمة المنتظرين من جديد
why-change_reason = في السبب 512 بايت على الأكثر؛ يرجى تقصيره
why-change_too_many_at_once = لا يمكن إخراج أكثر من 256 جهازًا دفعة واحدة؛ يرجى فعل ذلك على خطوتين
why-change_no_such_motion = لم يعد هناك مقترح كهذا؛ يرجى عرض قائمة المقترحات من جديد
why-change_other_meeting = لم يكن هذا اللقاء لذلك؛ يرجى اللقاء من جديد برمز من النوع الصحيح
why-change_too_many = تغييرات سابقة لا تزال تنتظر الناقل؛ يرجى إعادة المحاولة حين تنتهي
why-found_too_few_organizers = يلزم للغرفة منظّمان؛ يرجى تعيين شخص آخر على الأقل ضمن المنظّمين
why-found_suite = إحدى البطاقات لا تناسب هذا النوع من الغرف؛ يرجى اللقاء من جديد بأحدث إصدار

why-rule_not_a_member = هذا للأعضاء فقط
why-rule_commit_data = في التغيير بيانات من إصدار آخر
why-rule_commit_time = وُقّع التغيير قبل وصوله أو بعده بأكثر من ساعتين
why-rule_loose_proposal = يجب أن يكون الاقتراح جزءًا من تغييره
why-rule_proposal_kind = هذا النوع من الاقتراحات غير مسموح به
why-rule_one_change = تغيير واحد في كل مرة
why-rule_leaf_changed = لا يمكن تغيير هوية عضو
why-rule_not_founding = انتهت مرحلة التأسيس
why-rule_add_by_other = لا يضيف مؤسّسين إلا منظّم شارك في التأسيس
why-rule_member_info = هوية القادم الجديد غير صالحة
why-rule_key_package = مفاتيح القادم الجديد ليست من هذا الإصدار
why-rule_too_many_founders = للغرفة ثمانية مؤسّسين على الأكثر
why-rule_key_twice = كان هذا المفتاح في الغرفة من قبل؛ يرجى اللقاء من جديد للحصول على مفتاح جديد
why-rule_handle_taken = في الغرفة شخص يحمل هذا الاسم المستعار بالفعل
why-rule_policy_change = لا يمكن تغيير قواعد الغرفة هكذا
why-rule_too_few_organizers = يلزم للغرفة منظّمان
why-rule_remove_by_other = لا يُخرج عضوًا إلا منظّم
why-rule_welcome = أعضاؤها وقواعدها لا يتوافقون
why-rule_admit_by_other = لا يأذن بالدخول إلا منظّم
why-rule_too_few_vouches = تلزم تزكية من أعضاء آخرين أولًا
why-rule_too_few_branches = أصحاب التزكية دخلوا عن طريق المؤسّس نفسه؛ تلزم تزكية من عضو في فرع آخر
why-rule_vouch_twice = لكل شخص تزكية واحدة
why-rule_voucher_unknown = أحد أصحاب التزكية لم يعد عضوًا
why-rule_voucher_on_probation = أحد أصحاب التزكية جديد، أو قيد المراجعة
why-rule_vouch_budget = أحد أصحاب التزكية أدخل أشخاصًا أكثر من اللازم في الفترة الأخيرة
why-rule_vouch_time = تصلح التزكية 14 يومًا بعد اللقاء؛ يرجى اللقاء من جديد
why-rule_vouch_terms = تغيّرت قواعد الغرفة بعد ذلك؛ تلزم التزكية من جديد
why-rule_vouch_method = لا تُحسب في هذه الغرفة إلا اللقاءات وجهًا لوجه
why-rule_vouch_signature = توجد تزكية ليست لهذا الشخص ولهذه الغرفة
why-rule_denied = جرى إخراج هذا الشخص؛ يجب أن يرفع منظّمان ذلك أولًا
why-rule_room_full = بلغ عدد من دخلوا الغرفة أقصى حد لها؛ يرجى تأسيس غرفة جديدة
why-rule_not_under_review = هذا العضو ليس قيد المراجعة
why-rule_too_few_approvals = تلزم موافقة آخرين أولًا
why-rule_approval_by = وافق شخص لا يحق له ذلك
why-rule_approval_time = تصلح الموافقة سبعة أيام؛ تلزم الموافقة من جديد
why-rule_approval_signature = توجد موافقة ليست لهذا التغيير
why-rule_recall_branches = يجب أن يطلب الإخراج أعضاء من فرعين
why-rule_terms_floor = لا يجوز لأي غرفة تجاوز هذه الحدود
why-rule_motion_empty = هذا لا يغيّر شيئًا
why-rule_organizer_unfit = لا يمكن أن يكون هذا العضو منظّمًا
why-rule_removed_in_part = يجري إخراج الشخص بكل أجهزته، ولا يُخرج أحد نفسه
why-rule_rejoin_other = لا يعيد عضوًا إلا منظّم، ويعود العضو بهويته نفسها
why-rule_rejoin_proof = طلب العودة قديم جدًا، أو ليس من العضو نفسه
why-rule_device_by_other = لا يربط جهازًا آخر إلا جهاز الشخص نفسه
why-rule_device_link = ربط الجهاز قديم جدًا، أو ليس من الشخص نفسه
why-rule_too_many_devices = لكل شخص ثلاثة أجهزة على الأكثر
why-rule_other = قاعدة لا يعرفها هذا الإصدار
