"""What is counted: the noun after a number, with the adjective that belongs to it."""

from functools import lru_cache

from sources.text.numbers.number_words import number_word
from sources.text.numbers.tokens import Tokens, keys

# Words that count nothing where they follow a number.
_ARABIC_STOP = keys(
    "في من إلى على عن مع بين خلال منذ بعد قبل هذا هذه ذلك تلك التي الذي الذين أن إن او أو ثم كما لكن حتى عند لدى ضد نحو وفق حسب سنويا يوميا شهريا "
    "أسبوعيا تقريبا فقط إضافة مقارنة بحلول ما لا لم لن قد كان كانت كانوا هو هي هم هن أي غير سوى مقابل عبر داخل خارج فوق تحت دون حول ضمن أثناء أمام "
    "وراء إذ إذا حيث حين بينما أما إلا لقد مما منها منهم منهما فيها فيه بها به له لها لهم عليها عليه إنه إنها أنه أنها أنهم بأن لأن كي لكي بل ليس ليست "
    "أكثر أقل كحد بحد فما فأكثر فاكثر جميعها جميعهم كلهم كلها معظمهم معظمها أغلبهم بعضهم بعضها نصفهم نصفها ثلثهم ثلثها آنذاك اليوم أمس غدا حاليا مؤخرا "
    "بنهاية ببداية بحلول بمشاركة بحضور بدعم بمقدار بمبلغ بعدد بحدود برفقة بقيادة بهدف باسم بناء بجانب بدون بلا بعيدا بغرض بصورة بطريقة بصفة لسنة لعام لشهر بسبب بينهم بينها بينهن بحسب بعدما قبلما بشكل بما بمن بمعدل بقيمة بتهمة بموجب بفضل بدلا بجروح بانفجار بغارة بتاريخ برصاص بنسبة بواقع بعد بداية نهاية "
    "لمدة لكل لدى لانه لأنها لصالح لمصلحة للفرد للشخص كيف لماذا متى أين هل يوما صباحا مساء ظهرا فجرا عصرا ليلا ارتفاعا انخفاضا نزولا صعودا وفقا طبقا نظرا "
    "سواء خصوصا خاصة لاسيما أيضا كذلك مثلا مثل عدا عام بالأحرى معا سابقا لاحقا تباعا تواليا متتاليا ميلادية ميلادي هجرية هجري م هـ ه ق.م "
    "شمال جنوب شرق غرب قرب بجانب قتل أصيب جرح اعتقل قال قالت أعلن أعلنت وقع وقعت تم تمت بلغ بلغت سقط سقطوا قتلوا أصيبوا نقل نقلوا "
    "بات باتت أصبح أصبحت يتم يبلغ تبلغ تعمل تقدر تضم تشمل تحمل تتراوح تتجاوز تستخدم تنتمي توفي توفوا تعرض تعرضت تراجع تراجعت ارتفع ارتفعت انخفض انخفضت زاد زادت"
)
_ENGLISH_STOP = keys(
    "of in on at by for from to with and or the a an that this these those which who whom whose were was are is be been being have has had having will would "
    "can could may might must should shall do does did than as per since during after before into less about over under up out off not it its they "
    "them their he she his her him we our us you your i my said says told people's last next while when where if so but nor yet because although though until "
    "till against between among through via within without around near across along beyond above below behind ahead down back only just also even still "
    "already now then there here what how why ago later earlier each every all both either neither no any some such others' another same own very too "
    "percent respectively apiece including compared versus vs according due thanks amid despite except plus minus times x old today yesterday tomorrow tonight "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december "
    "rose fell grew went came got took gave made left began ended won lost beat voted died fled said added told killing wounding injuring leaving making "
    "short strong clear shy wide tall high long deep old away apart am pm a.m p.m gmt utc et est bc ad ce bce onwards onward"
)
# Adjectives that stand for those they describe: "45 dead and 100 wounded".
_AS_NOUNS = keys("dead wounded injured missing killed homeless hurt detained arrested others more")
# Plurals without an s, so that the head of a noun phrase is known by them.
_IRREGULAR = keys(
    "people men women children police troops personnel staff crew cattle sheep fish aircraft spacecraft hovercraft media data criteria seats firefighters "
    "policemen policewomen gunmen servicemen servicewomen fishermen businessmen lawmen feet teeth mice geese oxen"
)
# Arabic nouns whose first letter looks like a clitic or like the mark of a verb.
_WITH_W = keys(
    "وزير وزيرا وزراء وزارة وزارات وحدة وحدات وظيفة وظائف ولاية ولايات وكالة وكالات وفد وفدا وفود وسيلة وسائل ورقة أوراق وثيقة وثائق وفاة وفيات ولدا ولد والدة "
    "وجبة وجبات ورشة ورش وعد وعود وصلة وسام وجهة وجهات ورود وردة واحة واحات وادي وديان وكيل وكلاء وسيط وسطاء وصف ولادة ولادات واقعة وقائع وجه وجوه وقفة وقفات"
)
_WITH_Y = keys(
    "يوم يوما يورو يهود يهودي يهوديا يهودية يمني يمنيا يمنيين ياباني يابانيا يابانيين يختا يخت يخوت يوناني يونانيا يتيم يتيما يافطة ياردة يافع يد"
)
_WITH_S_VERB = keys("سيتم سيكون ستكون سيصل ستصل سيبلغ ستبلغ سيعود سيشارك سيتمكن سيحصل سيغادر سيبقى سيظل سيجري ستجري سيقام ستقام")
_WITH_BAL = tuple(keys("باليستي بالغ بالون"))
_PLURAL_VERBS = keys("فروا لقوا قضوا نجوا بقوا دعوا نفوا بينوا")
_NO_ADJECTIVE = keys("أخرى جرحى قتلى مرضى كبرى إحدى سوى لدى مدى بينهم بحري")
PRONOUNS = keys("منها منهم منهما منهن بينهم بينها عنها عليها فيها لها بها حولها")
LONGEST_ENGLISH = 5


@lru_cache(maxsize=8192)
def counts_nothing(word: str) -> bool:
    """Is the word after a number no noun: a particle, a verb, a clitic and its word?"""
    if len(word) < 2 or not word[0].isalpha():
        return True
    if word in _ENGLISH_STOP or word in _ARABIC_STOP:
        return True
    if word[0] < "\u0600" or word[0] > "\u06ff":
        return False
    if word.startswith(("ال", "لل", "بال", "وال", "فال", "كال", "ولل")) and len(word) > 4:
        return not word.startswith(_WITH_BAL)
    if word[0] == "و":
        return word not in _WITH_W
    if word.startswith(("سي", "ست", "سن")) and len(word) > 5 and word.endswith(("ان", "ون")) and not word.endswith("سيون"):
        return True
    if word[0] == "ي" and len(word) > 3:
        return word not in _WITH_Y
    if word in _WITH_S_VERB or (word.startswith(("ستت", "سيت", "تست")) and len(word) > 4):
        return True
    return (word.endswith("وا") and len(word) > 4) or (word[0] == "ت" and word.endswith(("ونها", "ونه"))) or word in _PLURAL_VERBS


def is_plural(word: str) -> bool:
    """An English plural that no s tells: "people", "troops"."""
    return word in _IRREGULAR or word in _AS_NOUNS


def is_singular(name: str) -> bool:
    """Is an English name for what is counted no plural: "service", "law"?"""
    last = name.split()[-1].lower()
    return last.isascii() and not last.endswith("s") and not is_plural(last)


def is_arabic(word: str) -> bool:
    return "\u0600" <= word[:1] <= "\u06ff"


def is_noun_like(tokens: Tokens, i: int) -> bool:
    """Is "more" or "home" itself what is counted: nothing that could be counted follows it?"""
    return counted(tokens, i + 1) is None


def counted(tokens: Tokens, i: int) -> int | None:
    """Reads the noun that opens at token `i`: the token after it and its adjective; None where nothing is counted."""
    if not tokens.joined(i) or tokens.is_digits(i):
        return None
    first = tokens.word(i)
    if first == "us" and tokens.read(tokens.starts[i], tokens.ends[i]).isupper() and counted(tokens, i + 1):
        return counted(tokens, i + 1)  # "2,500 US troops"
    if (counts_nothing(first) and not _is_type(tokens, i)) or number_word(first):
        return None
    return _arabic(tokens, i) if is_arabic(first) else _english(tokens, i)


def _arabic(tokens: Tokens, i: int) -> int:
    noun, other = tokens.word(i), tokens.word(i + 1)
    if tokens.joined(i + 1) and other and not counts_nothing(other) and number_word(other) is None and _agrees(noun, other):
        return i + 2
    return i + 1


def _agrees(noun: str, other: str) -> bool:
    """Is `other` an adjective of `noun`? Of the same gender and case; plurals of things take the feminine."""
    if len(other) < 4 or not is_arabic(other) or other in _NO_ADJECTIVE:
        return False
    if noun.endswith(("ه", "ات")):
        return other.endswith(("يه", "له", "مه", "ره", "ده", "فه", "حه", "عه", "سه", "قه", "ات"))
    if noun.endswith("ا"):
        return other.endswith("يا") and len(other) > 4
    return other.endswith(("يه", "يين", "يون", "ي"))


def _is_type(tokens: Tokens, j: int) -> bool:
    """The M1 of "M1 tanks", the F-16 of "F-16 jets"."""
    word = tokens.word(j)
    return 0 < len(word) < 4 and word.isascii() and tokens.is_digits(j + 1) and tokens.gap(j + 1) in ("", "-") and tokens.joined(j + 2)


def _is_head(word: str) -> bool:
    """A plural: "carriers", "people"."""
    if word in _IRREGULAR:
        return True
    return word.isalpha() and len(word) > 3 and word[-1] == "s" and word[-2] not in "sui" and word not in _ENGLISH_STOP


def _english(tokens: Tokens, i: int) -> int | None:
    """Up to the plural that heads the phrase: "armoured personnel carriers"; the first word where there is none."""
    if tokens.word(i) in _AS_NOUNS:
        return i + 1
    j = i
    while j < i + LONGEST_ENGLISH and (j == i or tokens.hyphened(j)):
        word = tokens.word(j)
        if _is_type(tokens, j):
            j += 2  # "M1 tanks", "F-16 jets"
            continue
        if tokens.is_digits(j) or not word[:1].isalpha() or is_arabic(word) or word in _ENGLISH_STOP or number_word(word):
            break
        if _is_head(word) and not (word in _IRREGULAR and tokens.joined(j + 1) and _is_head(tokens.word(j + 1))):
            return j + 1
        if word.endswith("ed") and j > i:
            break
        j += 1
    first = tokens.word(i)
    return None if first.endswith(("ed", "ing", "ly")) else i + 1
