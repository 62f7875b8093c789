"""Datelines of Arabic desks: place, day and agency in front of the news, with dashes, slashes or a colon."""

import re

from sources.text.arabic import titles, verbs

_WORD = r"[^\W\d_]+"
_PLACE = rf"{_WORD}(?: {_WORD}){{0,2}}"
_DAY = rf"(?:[،,]? ?(?:في |يوم )?(?:{_WORD} )?\d{{1,2}} {_WORD}(?: ?/ ?{_WORD})?(?: \d{{4}})?)"
_BREAK = r" ?[-–—/:]+"
_DESKS = (
    r"(?:(?:ا?ل?وكالة|مراسل\w*|مكتب|خاص|متابعات|متابعة|وكالات|الوكالات|رويترز|قنا|سانا|بترا|واس|وام|كونا|بنا|وفا|واع|نينا|الاناضول|صحف|"
    r"ا ف ب|ا ب|د ب ا|ا ش ا|وات|واج|وال|تاس|شينخوا)(?: (?:ب|ل)?" + _WORD + r"){0,3}|\"[^\"\n]{2,25}\")"
)
_DATED = re.compile(rf"{_PLACE}{_DAY}(?: ?\([^)\n]{{2,30}}\))?(?:{_BREAK} ?{_DESKS})?{_BREAK}\s+")
_DESK = re.compile(rf"{_PLACE}{_BREAK} ?{_DESKS}(?:{_BREAK}\s*{_DAY})?{_BREAK}\s+")
_SIGNED = re.compile(rf"(?:{_DESKS}{_BREAK} ?{_PLACE}|{_PLACE} ?/ ?{_PLACE} ?/|{_PLACE} ?\({_DESKS}\)){_BREAK}?\s+")
_BARE = re.compile(rf"(?P<place>{_WORD}(?: {_WORD})?) [-–—] (?P<verb>{_WORD})")
_NEWS = re.compile(rf"\s*\"?{_WORD}")


def dateline_end(folded: str) -> int:
    """Where the news begins in a folded Arabic line; 0 where no dateline opens it."""
    for form in (_DATED, _DESK, _SIGNED):
        if (found := form.match(folded)) and _NEWS.match(folded, found.end()):
            return found.end()
    if (found := _BARE.match(folded)) and found["place"].split()[0] not in titles.ROLES:
        told = verbs.form_of(found["verb"]) if found["verb"] in verbs.KNOWN else None
        return found.start("verb") if told and told.tense == "past" else 0
    return 0
