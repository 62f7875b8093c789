"""Arabic, English, or neither: told by the share of each script."""

import regex

_ARABIC = regex.compile(r"[\p{Script=Arabic}&&\p{L}]", regex.V1)  # letters: English may well be typed with Arabic digits
_LATIN = regex.compile(r"\p{Script=Latin}")
_LETTER = regex.compile(r"\p{L}")
# Persian, Urdu, Kurdish and Uyghur share the script but not these letters.
_NOT_ARABIC = regex.compile(r"[پچژگڤڕڵێۆہھےںٹڈڑ]")
# French, German, Spanish, Turkish share the script but not these words: prose in English is full of them.
_ENGLISH_WORD = regex.compile(r"\b(?:the|of|and|to|in|is|are|was|were|will|has|have|said|that|for|on|by|with|it|as|at|from)\b", regex.I)
_LATIN_WORD = regex.compile(r"\b\p{Script=Latin}+\b")
_OPENING = 3  # words by which the language of a sentence is told
_SAMPLE = 20_000  # letters enough to tell; reading on would change nothing


def language_of(text: str) -> str:
    """`ar`, `en`, or `und` when the text is in neither."""
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if not letters:
        return "und"
    arabic = len(_ARABIC.findall(sample))
    if arabic >= 0.4 * letters:
        return "und" if len(_NOT_ARABIC.findall(sample)) > 0.02 * arabic else "ar"
    if len(_LATIN.findall(sample)) >= 0.6 * letters:
        return "en" if _sounds_english(sample) else "und"
    return "und"


def _sounds_english(sample: str) -> bool:
    words = len(_LATIN_WORD.findall(sample))
    return len(_ENGLISH_WORD.findall(sample)) >= 0.08 * words


def opening_language(text: str, otherwise: str) -> str:
    """The language in which a sentence begins, quotes of another tongue inside it aside: `ar` or `en`."""
    first = text.split(None, _OPENING)[:_OPENING]
    if any(_ARABIC.search(word) for word in first):
        return "ar"
    return "en" if any(_LATIN.search(word) for word in first) else otherwise
