"""The notice by which an outlet says that it has corrected an article."""

import regex

LONGEST = 300  # characters of a notice that are told

_MARK = r"\s*(?:[:：.،–—-]|$)"
# A word alone is a notice only as a label ("Correction: …"): «تصحيح المسار» and "correction of prices" are news.
_LABELS = regex.compile(
    r"[\W_]*(?:"
    r"تصحيح|تصويب|تنويه|استدراك|توضيح|اعتذار|تنويه وتصحيح|تصحيح وتوضيح|ملاحظة المحرر|تنويه من المحرر|"
    r"corrections?|clarifications?|correction and clarification|corrections and clarifications|erratum|editor[’']?s note|retraction"
    rf"){_MARK}",
    regex.IGNORECASE,
)
# Whole sentences by which it is told, wherever in a line.
_SENTENCES = regex.compile(
    r"\b(?:this\s+(?:article|story|report|piece|post)|the\s+(?:headline|caption|photo caption))\b[^.\n]{0,60}?"
    r"\b(?:was|has been|have been|were|had been)\s+(?:later\s+|\w+ly\s+)?(?:amended|corrected|(?:updated|revised)\s+to\s+correct)\b"
    r"|\b(?:an earlier|a previous) version of (?:this|the) \w+[^.\n]{0,60}?"
    r"\b(?:misstated|misspelled|misidentified|incorrectly|wrongly|said|stated)\b"
    r"|(?:جرى|تم|جاء)\s+(?:تعديل|تصحيح|تصويب|تحديث)\s+(?:هذا|هذه|نص|عنوان)\s+(?:ال)?(?:خبر|مقال|مقالة|تقرير|مادة|نسخة|تصريح|قصة)"
    r"|(?:عُ?دّ?ِ?لت?|صُ?حّ?ِ?حت?)\s+(?:هذا|هذه)\s+ال(?:خبر|مقال|مقالة|تقرير|مادة|قصة)"
    r"|(?:ورد|ذُ?كر|ذكرنا|نشرنا)[^.\n]{0,40}(?:نسخة|نص)\s+(?:سابقة?|سابق)[^.\n]{0,40}(?:خطأ|بالخطأ)"
    r"|(?:نسخة|صيغة)\s+سابقة\s+من\s+(?:هذا|هذه)\s+ال\w+[^.\n]{0,80}خطأ",
    regex.IGNORECASE,
)


def notice(before: str, after: str) -> str:
    """The first line of `after` that tells of a correction and was not in `before`; a label alone goes with the line below it.

    Empty where there is none. At most 300 characters.
    """
    there = {line.strip() for line in before.splitlines()}
    lines = [line.strip() for line in after.splitlines() if line.strip()]
    for n, line in enumerate(lines):
        label = _LABELS.match(line)
        alone = label is not None and label.end() == len(line)
        told = " ".join(lines[n : n + 2]) if alone else line
        new = (lines[n + 1] if alone and n + 1 < len(lines) else line) not in there
        if new and (label or _SENTENCES.search(line)):
            return told[:LONGEST]
    return ""
