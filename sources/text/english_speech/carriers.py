"""The agencies, newspapers and broadcasters that carry another's words."""

from collections.abc import Sequence

from sources.text.english_speech import roles

_HEADS = frozenset().union(*roles.CARRIER_HEADS.values())
_NAMED = roles.AGENCIES | roles.NEWSPAPERS | roles.BROADCASTERS


def is_carrier(words: Sequence[str]) -> bool:
    """Do these words (lower case) name an outlet?"""
    plain = [w.strip(",.").removesuffix("'s") for w in words]
    return any(w in _NAMED or w in _HEADS for w in plain) or (bool(plain) and plain[-1] in roles.MEDIA)
