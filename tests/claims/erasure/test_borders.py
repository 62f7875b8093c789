"""A text that was cut in the midst of an erased name shows no part of it, wherever the cut fell."""

import ast
import email
import email.policy
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.core import mail
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from claims import erasure, ledger, transparency
from claims.domain.events import FlagRaised
from claims.domain.values import Figure, Hop
from claims.erasure import redaction
from claims.erasure.redaction import CUT, ErasedWords
from claims.exchange.backup import exporter, loader
from claims.exchange.formats import jsonl
from claims.intake import annotation
from claims.ledger import rebuild
from claims.models import Claim, EventRecord, Subscription
from claims.similarity import index
from claims.workflow import recording
from sources.capturing.capture import capture
from sources.models import Feed, FeedEntry, LastRun, Work, new_id
from sources.registry import outlets, speakers
from sources.registry.names import STRUCK
from sources.text.folding import fold
from tests import make
from tests.conftest import own_database

NAME = "ليلى الخطيب"
# As it stands in a text, and how it is asked for.
SPELT = [
    ("ليلى الخطيب", "ليلى الخطيب"),
    ("وليلى الخطيب", "ليلى الخطيب"),
    ("لَيـلَى  الخَطيب", "ليلي الخطيب"),
    ("أُسامة", "اسامه"[:4] + "ة"),
    ("أسامة", "أسامة"),
    ("وبالخطيب", "خطيب"),
    ("Jose\u0301 Mari\u0301a", "José María"),
    ("JOHN O. SMITHSON", "John O. Smithson"),
    ("Ann-Marie", "Ann Marie"),
    ("Q4115189", "Q4115189"),
    ("leila-khatib", "Leila Khatib"),
]
BESIDE = st.text(st.sampled_from("قال وزير إن مصر said that 12 of .،:«»\n-\u0651"), max_size=12)


def told(struck, first, last):
    """How many letters of what stood at [first, last) can still be read."""
    return sum(letter.isalnum() for letter in fold(struck[max(0, first) : max(0, last)]).text)


@given(BESIDE, st.sampled_from(SPELT), BESIDE)
@examples(max_examples=60)
def test_wherever_a_text_is_cut_no_two_letters_of_a_name_are_left(before, spelt, after):
    written, asked = spelt
    text, start = f"{before} {written} {after}", len(before) + 1
    wanted = ErasedWords([asked])
    (first, end), *_ = [span for span in wanted.spans(text) if start <= span[0] < start + len(written)]
    for a in range(len(text)):
        for b in range(a + 1, len(text) + 1):
            struck = wanted.struck(text[a:b], left=a > 0, right=b < len(text))
            assert len(struck) == b - a
            assert told(struck, first - a, end - a) < 2, (text[a:b], struck)
            assert wanted.struck(struck, left=a > 0, right=b < len(text)) == struck


def body(text, start, end):
    """An event's body of a claim whose quote stands at [start, end)."""
    return {
        "statement": text[start:end],
        "quote": text[start:end],
        "start": start,
        "end": end,
        "prefix": text[max(0, start - redaction.CONTEXT) : start],
        "suffix": text[end : end + redaction.CONTEXT],
    }


@given(st.text(st.sampled_from("قال إن مصر of ."), min_size=30, max_size=50), st.sampled_from(SPELT))
@examples(max_examples=15)
def test_wherever_a_quote_begins_or_ends_no_two_letters_of_a_name_are_left_in_the_claim(beside, spelt):
    written, asked = spelt
    text = f"{beside} {written} {beside}"
    wanted = ErasedWords([asked])
    (first, last), *_ = [span for span in wanted.spans(text) if span[0] >= len(beside)]
    places = [(n, min(n + 12, len(text))) for n in range(len(text))] + [(max(0, n - 12), n) for n in range(1, len(text))]
    for start, end in places:
        said = body(text, start, end)
        written_again = redaction.rewritten(orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode(), wanted)
        struck = said if written_again is None else orjson.loads(written_again)
        for field, at in (("prefix", start - len(said["prefix"])), ("quote", start), ("statement", start), ("suffix", end)):
            here = struck[field]
            assert told(here, first - at, last - at) < 2, (said, struck)
        assert struck["statement"] == struck["quote"]


@pytest.mark.parametrize(
    ("asked", "text", "left", "right", "struck"),
    [
        (NAME, "طيب قالت", True, False, "███ قالت"),
        (NAME, "ب قالت", True, False, "ب قالت"),  # one letter tells nothing
        (NAME, "طيب قالت", False, False, "طيب قالت"),  # the text begins here
        (NAME, "ى الخطيب قالت", True, False, "█ ██████ قالت"),
        (NAME, "قالت ليلى الخ", False, True, "قالت ████ ███"),
        (NAME, "قالت وليـلى ال", False, True, "قالت و█████ ██"),
        (NAME, "قالت لي", False, True, "قالت ██"),
        (NAME, "يلى الخط", True, True, "███ ████"),
        (NAME, "قالت طيب ثم", True, True, "قالت طيب ثم"),  # not at the cut
        ("عثمان", "ان الوزير قال", True, False, "██ الوزير قال"),  # whatever word it was: nobody knows any more
        ("عثمان", "قال إن الوزير", True, True, "قال إن الوزير"),
        ("Anna", "met An", False, True, "met ██"),
        ("Anna", "met Jan", False, True, "met Jan"),
        (NAME, "a=%D9%84%D9%8A%D9", False, True, "a=" + STRUCK * 15),
    ],
)
def test_a_part_of_a_name_goes_where_the_text_was_cut_and_only_there(asked, text, left, right, struck):
    assert ErasedWords([asked]).struck(text, left=left, right=right) == struck


def test_a_word_of_the_quote_goes_only_where_the_text_beside_it_makes_it_part_of_the_name():
    text = f"{'س' * 50} قال عثمان إن المصنع يعمل، وأضاف أن العمل مستمر حتى نهاية السنة المقبلة."
    beside, within = text.index("إن"), text.index("مان إن")
    whole = ErasedWords(["عثمان"]).struck_from(body(text, beside, beside + 12))
    assert (whole["quote"], whole["statement"]) == (text[beside : beside + 12],) * 2
    assert whole["prefix"].endswith(" قال █████ ")
    parted = ErasedWords(["عثمان"]).struck_from(body(text, within, within + 12))
    assert parted["quote"] == parted["statement"] == "███ إن المصن"
    assert parted["prefix"].endswith(" قال ██")


def test_a_text_whose_length_is_not_that_of_a_cut_was_not_cut():
    wanted = ErasedWords([NAME])
    for field, lengths in CUT.items():
        for length in lengths:
            cut = f"{'س' * (length - 8)} وليلى ا"
            assert wanted.struck_from({field: cut}, frozenset()) == {field: f"{cut[:-6]}████ █"}
            assert wanted.struck_from({field: cut[2:]}, frozenset()) == {field: cut[2:]}


def slices(code):
    """N of each `text[:N]`, by number or as a constant that is called LONGEST, but for bytes that are only looked at."""
    names = {
        name.id: made.value.value
        for made in code.body
        if isinstance(made, ast.Assign) and isinstance(made.value, ast.Constant)
        for name in made.targets
        if isinstance(name, ast.Name) and "LONGEST" in name.id
    }
    for node in ast.walk(code):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and ast.unparse(node.value) != "data":
            upper = node.slice.upper
            upper = upper.left if isinstance(upper, ast.BinOp) else upper  # less one, for the sign of a cut
            length = names.get(upper.id) if isinstance(upper, ast.Name) else getattr(upper, "value", None)
            if isinstance(length, int) and length >= 90:  # less is a number of rows, a part of a date or of a digest
                yield length


def test_every_length_at_which_something_is_cut_is_known_to_erasures():
    known = {length for lengths in CUT.values() for length in lengths} | {redaction._APART_AT}
    for path in [*Path(settings.BASE_DIR, "claims").rglob("*.py"), *Path(settings.BASE_DIR, "sources").rglob("*.py")]:
        code = ast.parse(path.read_text(encoding="utf-8"))
        for length in slices(code):
            assert length in known, f"{path}: [:{length}] is no length of redaction.CUT"


def test_the_selectors_of_a_quote_are_as_long_as_erasures_take_them_to_be():
    assert recording.CONTEXT == redaction.CONTEXT


# ── an install

NOW = datetime(2024, 1, 1, tzinfo=UTC)
RARE = "ضغثظ ذخغضث"  # no two of its letters stand beside each other in anything else that is kept
PAIRS = ("ضغ", "غث", "ثظ", "ذخ", "خغ", "غض", "ضث")


def erase(*words):
    return erasure.erase(words or [RARE], reason="طلبت ذلك.", by=make.EDITOR)


def readable(text):
    """The parts of the name that can be read in a text."""
    return [pair for pair in PAIRS if pair in fold(text).text]


def kept():
    """Each text column of each table that shows a part of the name."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            if found := readable(cursor.fetchone()[0]):
                yield table, found


def planted(text, start, end, **fields):
    snapshot = capture(text, by=make.REPORTER).snapshot
    said = make.said(statement=text[start:end], quote=text[start:end], start=start, end=end, snapshot=str(snapshot.pk), **fields)
    return recording.record(said, by=make.REPORTER).stream


@pytest.fixture
def cut(db, settings, tmp_path):
    """The name at every border there is, cut after each of its letters; the first claim's text holds it four times."""
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    beside, quote, size = "س" * 60, "قال إن المصنع يعمل", redaction.CONTEXT
    claims = []
    for n in range(1, len(RARE)):
        inside = RARE[n:]  # of the name at the prefix's beginning
        prefix = f"{inside} {'م' * (size - len(inside) - 2)} "
        suffix = f" {'م' * (size - n - 2)} {RARE}"  # n letters of it are within
        text = f"{beside} {RARE[:n]}{prefix}{quote}{suffix} {beside}"
        start = text.index(quote)
        claims.append(planted(text, start, start + len(quote)))
        text = f"{beside} {RARE} {quote} {RARE} {beside}"
        first, last = text.index(RARE) + n, text.rindex(RARE) + n
        figure = Figure(text=text[first : first + 12], value="40", start=first, end=first + 12)
        claims.append(planted(text, first, last, quantities=(figure,)))
    claim = claims[0]
    for n in range(1, len(RARE)):
        piece = RARE[:n]
        flag = {
            "exhibit": f"{'س' * (300 - n - 1)} {piece}",
            "quote": f"{'س' * (299 - n - 1)} {piece}…",
        }
        raised = FlagRaised(claim=str(claim), rule="support-lost", key=f"evidence:{n}", code="evidence", parameters=flag)
        ledger.append({new_id(): (None, [raised])}, by=make.EDITOR)
        mail.send_mail("خبر", f"سقط «{flag['exhibit']}» أمس", "a@example.org", ["b@example.org"], connection=mail.get_connection())
        Work.objects.create(kind="read", key=f"read:{n}", error=f"{'س' * (2000 - n - 1)} {piece}")
        LastRun.objects.create(task=f"t{n}", started_at=NOW, ended_at=NOW, error=f"{'س' * (2000 - n - 1)} {piece}")
        Subscription.objects.create(name=f"s{n}", error=f"{'س' * (2000 - n - 1)} {piece}")
        LogEntry.objects.create(user=make.user("editor"), action_flag=CHANGE, object_repr=f"{'س' * (200 - n - 1)} {piece}")
        speakers.find_or_make(f"{n} {'س' * (300 - n - 2 - len(str(n)))} {piece}", "person", by=make.EDITOR)
        outlet = outlets.find_or_make(f"{n} {'س' * (300 - n - 2 - len(str(n)))} {piece}", by=make.EDITOR)
        capture(f"نص {n}", by=make.REPORTER, title=f"{'س' * (1000 - n - 1)} {piece}", authors=[f"{'س' * (300 - n - 1)} {piece}"])
        feed = Feed.objects.create(outlet=outlet, url=f"https://example.org/{n}", detail=f"{'س' * (500 - n - 1)} {piece}")
        FeedEntry.objects.create(feed=feed, key=b"1", told={"title": f"{'س' * (1000 - n - 1)} {piece}", "authors": []})
        make.recorded(attributions=(Hop(agent=f"{'س' * (300 - n - 1)} {RARE}", role="agency"),))
    index.renew(claims)
    return claims


def test_no_part_of_a_name_is_left_anywhere_it_was_cut(cut, client, settings, tmp_path):
    assert {table for table, _ in kept()} >= {
        "claims_event", "claims_claim", "claims_flag", "sources_content", "sources_work", "sources_feedentry", "sources_revision",
        "sources_document", "sources_outlet", "sources_speaker", "django_admin_log", "claims_match_term",
    }  # fmt: skip
    assert [file for file in (tmp_path / "mail").iterdir() if readable(mail_text(file))]
    texts = {one.pk: one.snapshot.text for one in Claim.objects.filter(pk__in=cut)}
    erase()
    assert list(kept()) == []
    assert not [file for file in (tmp_path / "mail").iterdir() if readable(mail_text(file))]
    written = tmp_path / "install.jsonl"
    call_command("export", "jsonl", output=str(written))
    assert readable(written.read_text(encoding="utf-8")) == []
    client.force_login(make.user("editor"))
    for address in (
        "claims/",
        "flags/",
        "events/",
        "documents/",
        "speakers/",
        "outlets/",
        *(f"claims/{one}/{part}" for one in cut for part in PARTS),
    ):
        answer = client.get(f"/api/v1/{address}")
        assert answer.status_code == 200, address
        assert readable(json.dumps(json.loads(answer.content), ensure_ascii=False)) == [], address
    for one in Claim.objects.filter(pk__in=cut):
        assert one.snapshot.text[one.start : one.end] == one.quote
        assert len(one.snapshot.text) == len(texts[one.pk])
    assert transparency.verify() is None
    assert list(rebuild.differences(erasure.silent)) == []


PARTS = ("", "events/", "figures/", "similar/", "origins/", "proof/")


def mail_text(file):
    letters = file.read_bytes().split(b"\n" + b"-" * 79 + b"\n")
    return "".join(str(email.message_from_bytes(each, policy=email.policy.default).get_content()) for each in letters if each.strip())


def test_a_second_erasure_of_the_same_words_finds_nothing_more(cut):
    erase()
    assert erasure.find([RARE]).counts() == {"events": 0, "texts": 0, "revisions": 0, "actors": 0}
    with pytest.raises(erasure.Unerasable):
        erase()


def test_parts_that_an_earlier_erasure_left_are_found_where_the_name_stands_no_more(db):
    """As it was left: the name is gone from the text, and a part of it stands in a prefix, a suffix and a flag."""
    claim = make.recorded(quote="المصنع يعمل", prefix=f"{RARE[3:]} {'م' * 32}", suffix=f"{'م' * 36} {RARE[:3]}")
    assert (len(Claim.objects.get(pk=claim).prefix), len(Claim.objects.get(pk=claim).suffix)) == (40, 40)
    assert erase().counts() == {"events": 1, "texts": 0, "revisions": 0, "actors": 0}
    assert list(kept()) == []
    assert transparency.verify() is None


def test_a_quote_whose_end_alone_was_moved_is_read_with_what_stands_before_it(db):
    text = f"{'س' * 60} قال عثمان إن المصنع يعمل، وأضاف عثمان أن العمل مستمر حتى نهاية السنة المقبلة كلها."
    start, end = text.index("إن"), text.index("،")
    claim = planted(text, start, end - 5)
    annotation.quote(claim, start=start, end=end, words=text[start:end], by=make.REPORTER)
    within = planted(text + ".", text.index("مان إن"), end - 5)
    annotation.quote(within, start=text.index("مان إن"), end=end, words=text[text.index("مان إن") : end], by=make.REPORTER)
    changed = orjson.loads(EventRecord.objects.filter(stream=claim, type="ClaimRevised").get().body)["changes"]
    assert "prefix" not in changed
    erase("عثمان")
    assert Claim.objects.get(pk=claim).quote == text[start:end]
    assert Claim.objects.get(pk=within).quote == f"███ {text[start:end]}"
    assert transparency.verify() is None


def test_what_was_to_be_said_at_the_next_page_is_said_no_more(db, client):
    client.force_login(make.user("editor"))
    session = client.session
    session["_messages"] = f'[["__json_message", 0, 30, "لم يقبل (قال {RARE[:3]}…)"]]'
    session.save()
    make.recorded(notes=RARE)
    erase()
    assert "_messages" not in client.session
    assert client.session["_auth_user_id"]


def test_an_install_whose_borders_were_struck_leaves_arrives_and_is_made_again(committed_db, migrated_template):
    text = f"{'س' * 60} {RARE} {'م' * 35} قال إن المصنع يعمل {'م' * 35} {RARE} {'س' * 60}"
    quote = "قال إن المصنع يعمل"
    claim = planted(text, text.index(quote), text.index(quote) + len(quote))
    assert readable(Claim.objects.get(pk=claim).prefix)
    erase()
    rebuild.rebuild(erasure.silent)
    assert list(kept()) == []
    file = io.BytesIO()
    jsonl.dump(exporter.export_rows(), file)
    with own_database(migrated_template):
        loader.take_in(jsonl.load(io.BytesIO(file.getvalue())))
        assert list(kept()) == []
        assert transparency.verify() is None
        assert Claim.objects.get(pk=claim).prefix.startswith(STRUCK)
