"""The words that open a person's title, an organisation's name or an unnamed group."""

# ruff: noqa: SIM905 (lists of words read better as words)

from sources.text.folding import fold


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(words).text.split())


def _with_article(words: str) -> frozenset[str]:
    plain = _set(words)
    return plain | {"ال" + word for word in plain}


ROLES = _with_article(
    "رئيس رئيسة وزير وزيرة أمين أمينة مدير مديرة نائب نائبة ملك ملكة أمير أميرة سفير سفيرة مبعوث مبعوثة مستشار مستشارة محافظ "
    "عضو عضوة قائد متحدث متحدثة ناطق ناطقة سيناتور جنرال عقيد لواء فريق مشير عميد سلطان شيخ دكتور دكتورة بروفيسور أستاذ "
    "أستاذة مسؤول مسؤولة مسئول خبير خبيرة محلل محللة باحث باحثة رئيسا مفوض مفوضة حاكم عمدة قاضي زعيم مرشد مدعي مؤسس مدرب لاعب "
    "كاتب صحفي صحافي ناشط ناشطة محامي طبيب مهندس وكيل مندوب ممثل ممثلة مراسل قيادي نقيب بابا إمام"
) | _set("ولي مساعد المساعد كبير كبيرة دبلوماسي")
COUNTERPARTS = _set("نظيره نظيرها نظيرته نظيرهم ونظيره ونظيرها لنظيره بنظيره")
# Words that go on with a title or an organisation's name and take a complement.
OF = _set(
    "وزراء مجلس هيئة لجنة وزارة شركة بنك مصرف حزب حركة منظمة جامعة معهد مركز اتحاد مؤسسة وكالة قسم إدارة دائرة مكتب شؤون "
    "لشؤون باسم جيش قوات أركان حرس صندوق حكومة برلمان بلدية محكمة نقابة جمعية مجموعة شعبة قطاع عهد خارجية داخلية دفاع مالية "
    "مديرية جهاز سلطة رابطة غرفة بورصة"
)
AFTER_TITLE = _set("عام عامة تنفيذي أول أولى سابق سابقة أعلى كبار بارز رفيع المستوى بن بنت آل")
ORGANISATIONS = _with_article(
    "وزارة شركة بنك مصرف حكومة رئاسة شرطة جيش منظمة هيئة لجنة مجلس حزب حركة جامعة معهد مركز اتحاد مؤسسة وكالة صحيفة قناة شبكة "
    "مجلة إذاعة صندوق برلمان بلدية محكمة نقابة جمعية مجموعة سفارة قوات سلطات سلطة إدارة مكتب جهاز مديرية نيابة رابطة تحالف "
    "ائتلاف مفوضية بعثة بورصة غرفة كتلة تنظيم جماعة دائرة وكالات"
) | _set(
    "البيت الكرملين البنتاغون الناتو الأمم الولايات المملكة الجيش الشرطة الحكومة الاتحاد أوبك الخارجية الداخلية الدفاع دراسة "
    "تقرير بيان بيانات استطلاع دار مستشفى"
)
CARRIERS = _set(
    "وكالة صحيفة قناة شبكة مجلة إذاعة موقع تلفزيون لوكالة لصحيفة لقناة لشبكة لمجلة لإذاعة لموقع لتلفزيون وكالات وسائل الوكالة "
    "الصحيفة القناة"
)
GROUPS = _set(
    "مسؤولون مسؤولين المسؤولون مصادر المصادر مصدر المصدر خبراء الخبراء محللون محللين المحللون شهود سكان ناشطون نشطاء باحثون "
    "الباحثون علماء العلماء اقتصاديون مراقبون المراقبون مواطنون متظاهرون دبلوماسيون نواب وزراء قادة مسعفون أطباء عدد بعض "
    "معارضون منتقدون محامون"
)
# A bare "the spokesman", whom the article may have named before.
NOUN_AL = "ال"

EN_ROLES = frozenset(
    (
        "president minister secretary chancellor king queen prince princess senator governor mayor ambassador envoy spokesman "
        "spokeswoman spokesperson chief chairman chairwoman chair director general colonel commander premier leader ceo cfo "
        "officer official analyst economist professor dr mr mrs ms sir lord judge justice sheriff captain representative rep sen "
        "gov gen lt commissioner head deputy founder lawyer attorney expert researcher scientist author coach treasurer "
        "congressman congresswoman pope manager adviser advisor coordinator strategist historian archbishop bishop imam sheikh "
        "speaker doctor lawmaker resident witness teacher farmer diplomat aide"
    ).split()
)
EN_GROUPS = frozenset(
    (
        "officials analysts experts sources economists researchers scientists authorities witnesses residents critics lawmakers "
        "people doctors activists police investigators prosecutors lawyers observers executives diplomats doctors traders "
        "investors supporters opponents some many others"
    ).split()
)
EN_ORGANISATIONS = frozenset(
    (
        "ministry department company bank government police army organization organisation agency commission committee council "
        "party university institute centre center union foundation group office court parliament senate house association fund "
        "times post news reuters bbc cnn association nations states report study survey statement white kremlin pentagon nato "
        "military navy forces federation board bureau authority service inc corp ltd firm airline club league team embassy "
        "administration cabinet data figures poll"
    ).split()
)
EN_MODIFIERS = frozenset(
    (
        "prime vice deputy foreign finance defence defense interior energy health trade chief executive acting former "
        "secretary-general economic senior"
    ).split()
)
