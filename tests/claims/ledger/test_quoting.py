"""How the ledger writes values, held against the driver's own way through PostgreSQL: any value arrives the same, or neither takes it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
import psycopg
import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import DataError, connection, models, transaction
from django.test.utils import isolate_apps
from hypothesis import example, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from claims.ledger import bulk, pipeline


class Exact(models.DecimalField):
    """A number of any length."""

    def db_type(self, connection: Any) -> str:
        return "numeric"


with isolate_apps("claims"):

    class Sample(models.Model):
        """A column of each kind that the ledger's tables have, and of the numbers they may get."""

        id = models.UUIDField(primary_key=True)
        words = models.TextField(null=True)
        named = models.CharField(max_length=300, null=True)
        array = ArrayField(models.TextField(), null=True)
        plain = models.JSONField(null=True)
        bytes = models.BinaryField(null=True)
        whole = models.IntegerField(null=True)
        large = models.BigIntegerField(null=True)
        real = models.FloatField(null=True)
        exact = Exact(null=True)
        day = models.DateField(null=True)
        at = models.DateTimeField(null=True)
        yes = models.BooleanField(null=True)

        class Meta:
            app_label, db_table = "claims", "sample"


COLUMNS = tuple(field.name for field in Sample._meta.concrete_fields)
_NAMED = ", ".join(f'"{name}"' for name in COLUMNS)
_TYPED = ", ".join(f'"{field.column}" {field.db_type(connection)}' for field in Sample._meta.concrete_fields)
MAKE = f"CREATE TEMP TABLE IF NOT EXISTS sample ({_TYPED}, PRIMARY KEY (id)); TRUNCATE sample"
DRIVER = f"INSERT INTO sample ({_NAMED}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"

# Whatever could be taken for something else on the way: quoting, COPY's own signs, arrays' braces, placeholders, other scripts.
TRICKS = [
    "\\",
    "'",
    '"',
    "\\N",
    "\\.",
    "\t",
    "\n",
    "\r",
    "{",
    "}",
    ",",
    "NULL",
    "%s",
    "%",
    "$1",
    ";",
    "--",
    "\\x",
    "E'",
    "\u202e",
    "قال «لا»",
    "😀",
]
letters = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
words = st.lists(st.one_of(st.sampled_from(TRICKS), st.text(letters, max_size=8)), max_size=6).map("".join)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), words),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(words, inner, max_size=3)),
    max_leaves=6,
)
CELLS = {
    "words": words,
    "named": words.map(lambda text: text[:300]),
    "array": st.lists(words, max_size=4),
    "plain": plain.filter(lambda value: value is not None),
    "bytes": st.binary(max_size=40),
    "whole": st.integers(-(2**31), 2**31 - 1),
    "large": st.integers(-(2**63), 2**63 - 1),
    "real": st.floats(),
    "exact": st.one_of(
        st.decimals(allow_nan=False, allow_infinity=False).filter(lambda d: abs(d.adjusted()) < 400), st.just(Decimal("NaN"))
    ),
    "day": st.dates(),
    "at": st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=zones),
    "yes": st.booleans(),
}
rows = st.lists(st.fixed_dictionaries({name: st.one_of(st.none(), cell) for name, cell in CELLS.items()}), min_size=1, max_size=4)
NOTHING = dict.fromkeys(CELLS)


def ours_few(values: list[bulk.Values]) -> None:
    """One message through libpq, kept ready."""
    pipeline.send([bulk.insert(Sample, values)])


def ours_many(values: list[bulk.Values]) -> None:
    """COPY."""
    bulk.copy(Sample, values)


def ours_changed(values: list[bulk.Values]) -> None:
    """Empty rows, then an UPDATE of each."""
    bulk.copy(Sample, [NOTHING | {"id": row["id"]} for row in values])
    pipeline.send([told for row in values for told in bulk.update(Sample, row["id"], {k: v for k, v in row.items() if k != "id"})])


def ours_changed_together(values: list[bulk.Values]) -> None:
    """Empty rows, then one UPDATE of all, each column an array."""
    bulk.copy(Sample, [NOTHING | {"id": row["id"]} for row in values])
    with connection.cursor() as cursor:
        for told in bulk.update_many(Sample, [(row["id"], {k: v for k, v in row.items() if k != "id"}) for row in values]):
            cursor.execute(*told)


OURS = [ours_few, ours_many, ours_changed, ours_changed_together]


def drivers(values: list[bulk.Values]) -> None:
    """Every value as the driver adapts it and hands it to the server, beside the statement: text in a statement would make 0 of -0.0."""
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        for row in values:
            plain = row["plain"]
            given = row | {"plain": None if plain is None else Jsonb(plain, dumps=orjson.dumps)}
            cursor.execute(DRIVER, [given[name] for name in COLUMNS])


def written(way: Callable[[list[bulk.Values]], None], values: list[bulk.Values]) -> list[str]:
    """What stands in the table afterwards, as PostgreSQL prints it, or how it was refused."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(MAKE)
        way(values)
        cursor.execute("SELECT s::text FROM sample s ORDER BY id")
        return [text for (text,) in cursor.fetchall()]


def numbered(values: list[bulk.Values]) -> Iterator[bulk.Values]:
    for number, row in enumerate(values, 1):
        yield {"id": UUID(int=number), **row}


@pytest.mark.django_db
@pytest.mark.parametrize("way", OURS, ids=lambda way: way.__name__)
@given(given_rows=rows)
@example(given_rows=[NOTHING])
@example(given_rows=[NOTHING | {"words": "", "named": "\\N", "array": [], "bytes": b""}])
@example(given_rows=[NOTHING | {"words": "\\N\t\\N"}, NOTHING | {"array": ["NULL", "null", "", "{}", '"', "\\"]}])
@example(given_rows=[NOTHING | {"whole": -(2**31), "large": -(2**63), "real": -0.0}, NOTHING | {"real": 5e-324, "large": 2**63 - 1}])
@example(given_rows=[NOTHING | {"exact": Decimal("1E+130")}, NOTHING | {"exact": Decimal("-0.000")}])
@example(
    given_rows=[NOTHING | {"at": datetime(1, 1, 2, tzinfo=UTC)}, NOTHING | {"at": datetime(9999, 12, 30, 23, 59, 59, 999999, tzinfo=UTC)}]
)
@settings(max_examples=50)
def test_any_value_arrives_as_the_drivers_way_would_bring_it(way, given_rows):
    values = list(numbered(given_rows))
    assert written(way, values) == written(drivers, values)


@pytest.mark.django_db
@pytest.mark.parametrize("way", [*OURS, drivers], ids=lambda way: way.__name__)
@pytest.mark.parametrize("cell", [{"words": "a\0b"}, {"named": "\0"}, {"array": ["a", "b\0"]}, {"plain": {"a": "b\0c"}}], ids=str)
def test_a_nul_is_refused_by_both_and_nothing_is_cut_short(way, cell):
    values = list(numbered([NOTHING | {"words": "before"}, NOTHING | cell]))
    with pytest.raises(DataError), transaction.atomic():
        written(way, values)
    assert written(lambda _: None, []) == []


@pytest.mark.django_db
@pytest.mark.parametrize("way", [*OURS, drivers], ids=lambda way: way.__name__)
@pytest.mark.parametrize(
    "cell", [{"words": "\ud800"}, {"whole": 2**31}, {"large": 2**63}, {"real": 10**400}], ids=["surrogate", "whole", "large", "real"]
)
def test_what_no_column_holds_is_refused_by_both(way, cell):
    with pytest.raises((DataError, UnicodeEncodeError)), transaction.atomic():
        written(way, list(numbered([NOTHING | cell])))
