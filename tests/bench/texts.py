"""Claims of made-up words, as many as are wanted: their frequencies, lengths and figures are like those of the news."""

from __future__ import annotations

import random
from functools import lru_cache
from itertools import accumulate

from django.db import connection, transaction

from claims import ledger
from claims.ledger import text_format
from claims.models import Claim
from claims.similarity import index
from sources.models import new_id
from tests.bench import claims as made
from tests.bench.rounds import Notice

PART = 20_000
KNOWN = 200_000  # words of a language; names make up most of them
# Zipf's law as Mandelbrot mended it: word n of a language stands about 1 / (n + 2.7) as often as all of them together.
SHIFT = 2.7
SMALL = 0.36  # of all words: the, of, in; the rest is made up
_SOUNDS = ("ba", "ka", "du", "ri", "mo", "ta", "si", "le", "no", "ha", "ru", "wa", "ke", "fi", "zu", "pa", "go", "mi", "sha", "dar")
_ARABIC_SOUNDS = ("با", "كد", "دو", "ري", "مو", "تا", "سي", "لي", "نو", "حا", "رو", "وا", "كي", "في", "زو", "جا", "غو", "مي", "شا", "در")
_JOINING = (
    *("the", "of", "in", "to", "and", "a", "for", "on", "that", "is"),
    *("with", "by", "was", "at", "as", "from", "it", "be", "will", "has"),
)
_ARABIC_JOINING = (
    *("في", "من", "على", "أن", "إلى", "عن", "التي", "الذي", "هذا", "ما"),
    *("لا", "بعد", "مع", "بين", "كان", "هذه", "قد", "إن", "كل", "لم"),
)


@lru_cache(maxsize=1)
def _weights() -> tuple[list[float], list[float]]:
    """Added up, as `choices` takes them: of the made-up words and of the small ones."""
    return list(accumulate(1 / (n + SHIFT) for n in range(KNOWN))), list(accumulate(1 / (n + SHIFT) for n in range(len(_JOINING))))


@lru_cache(maxsize=2 * KNOWN)
def word(number: int, *, arabic: bool) -> str:
    """The word with this place in the order of frequency; half of the Arabic ones stand with their article."""
    sounds = _ARABIC_SOUNDS if arabic else _SOUNDS
    number, made_of = number + len(sounds), []
    while number:
        number, sound = divmod(number, len(sounds))
        made_of.append(sounds[sound])
    return "".join(made_of)


def statement(number: int) -> str:
    """The claim with this number, every other one in Arabic."""
    luck = random.Random(number)
    arabic = bool(number % 2)
    often, joining = _weights()
    length = min(60, max(6, round(luck.lognormvariate(2.9, 0.4))))  # 18 words at the median
    small = luck.choices(_ARABIC_JOINING if arabic else _JOINING, cum_weights=joining, k=length)
    said = luck.choices(range(KNOWN), cum_weights=often, k=length)
    words = [small[n] if luck.random() < SMALL else _said(each, luck, arabic=arabic) for n, each in enumerate(said)]
    if luck.random() < 0.6:
        words[luck.randrange(length)] = str(luck.choice((luck.randint(2, 99), luck.randint(2015, 2035), luck.randint(100, 90_000))))
    return " ".join(words)


def _said(number: int, luck: random.Random, *, arabic: bool) -> str:
    each = word(number, arabic=arabic)
    if arabic:
        return "ال" + each if luck.random() < 0.5 else each
    return each.capitalize() if number > 2000 else each  # the rare ones are names


def fill(first: int, size: int, notice: Notice) -> None:
    """Keeps the claims numbered from `first` to `size`, without their events, and makes the index of words."""
    like = Claim.objects.order_by("recorded_at", "id").first() or _first()
    others = ", ".join(f'"{f.column}"' for f in Claim._meta.concrete_fields if f.column not in ("id", "statement", "language"))
    for start in range(first, size, PART):
        notice(f"keeping claims: {start:,} of {size:,}")
        those = {new_id(): statement(n) for n in range(start, min(start + PART, size))}
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('isnad.writing', 'on', true)")
            cursor.execute("CREATE TEMP TABLE fresh (id uuid, n int, statement text) ON COMMIT DROP")
            text_format.copy_lines("fresh", "id, n, statement", [[str(id), start + n, text] for n, (id, text) in enumerate(those.items())])
            cursor.execute(
                f"INSERT INTO claims_claim (id, statement, language, {others})"
                f" SELECT f.id, f.statement, CASE f.n %% 2 WHEN 1 THEN 'ar' ELSE 'en' END, {others} FROM fresh f, claims_claim c"
                " WHERE c.id = %s",
                [like.pk],
            )
            cursor.execute("SELECT set_config('isnad.writing', 'off', true)")
    notice(f"indexing {size:,} claims")
    index.rebuild()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE claims_claim, claims_match_posting, claims_match_text, claims_match_term")  # as autovacuum does


def _first() -> Claim:
    stream = new_id()
    ledger.append({stream: (None, [made.sample_claim(0)])}, by=made.WRITER)
    return Claim.objects.get(pk=stream)
