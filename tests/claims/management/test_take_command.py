"""A step taken on the command line goes through the same rooms."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims import ledger
from claims.domain import events
from claims.ledger import state_of
from claims.management.commands.take import STEPS
from claims.models import Claim, Evidence, Link, Verdict
from sources.capturing.capture import capture
from sources.registry import speakers
from sources.roles import PROGRAM, Role
from tests import make

pytestmark = pytest.mark.django_db

NOWHERE = "0190a5a0-0000-7000-8000-000000000000"


def take(*words: str) -> str:
    """What the command says."""
    out = StringIO()
    call_command("take", *words, stdout=out)
    return out.getvalue().strip()


def test_a_claim_walks_the_road_on_the_command_line():
    claim = str(make.recorded(due="2023-21"))
    make.user(Role.REVIEWER, "yusuf")
    make.user(Role.EDITOR, "salma")
    assert take("accept", claim, "--by", "yusuf") == "accept: accepted, version 2"
    take("verdict", claim, "--by", "yusuf", "--rating", "did_not", "--rationale", "لم تحدث")
    take("approve", claim, "--by", "salma")
    assert take("publish", claim, "--by", "salma") == "publish: published, version 5"


def test_a_claim_is_corrected_on_the_command_line():
    make.user(Role.REPORTER, "rana")
    claim = make.recorded()
    known = speakers.find_or_make("سامي حداد", "person", by=make.REPORTER)
    given = ("statement=نفى الوزير الخبر = كله", "due=2023-21", "superlative=true", 'tags=["تجارة"]', "kind=event", "language=AR")
    who = 'speaker={"type": "person", "name": "سامي حداد"}'
    words = [word for each in (*given, who) for word in ("--set", each)]
    assert take("revise", str(claim), "--by", "rana", "--reason", "أوضح", *words) == "revise: proposed, version 2"
    said = state_of(claim).said
    assert said.statement == "نفى الوزير الخبر = كله"
    assert (said.due.edtf, said.superlative, said.tags, said.kind.value, said.language) == ("2023-21", True, ("تجارة",), "event", "ar")
    assert said.speaker.id == str(known.pk)
    take("revise", str(claim), "--by", "rana", "--reason", "لا موعد", "--set", "due=none")
    assert state_of(claim).said.due is None


def test_evidence_is_added_relied_on_and_withdrawn_on_the_command_line():
    claim = str(make.recorded(due="2022"))
    text = str(capture("نص الدليل", by=make.REPORTER).snapshot.pk)
    make.user(Role.EDITOR, "salma")
    said = ("--by", "salma")
    assert take("evidence", claim, *said, "--stance", "supports", "--url", "https://example.org/a", "--note", "هنا").endswith("version 2")
    take("evidence", claim, *said, "--stance", "context", "--snapshot", text)
    first, second = Evidence.objects.filter(claim=claim)
    assert (first.stance, first.url, first.note, str(second.snapshot_id)) == ("supports", "https://example.org/a", "هنا", text)
    take("accept", claim, *said)
    resting = ("--evidence", str(first.key), "--evidence", str(second.key))
    take("verdict", claim, *said, "--rating", "came_true", "--rationale", "حدث", *resting)
    assert Verdict.objects.get(claim=claim).evidence == [str(first.key), str(second.key)]
    words = ("withdraw-evidence", claim, *said, "--reason", "نقلت عن غيرها", "--evidence", str(first.key))
    with pytest.raises(CommandError, match="One piece of evidence is withdrawn at a time"):
        take(*words, "--evidence", str(second.key))
    take(*words)
    assert [piece.withdrawn_because for piece in Evidence.objects.filter(claim=claim)] == ["نقلت عن غيرها", ""]


def test_offered_dates_are_taken_on_the_command_line():
    claim = make.recorded()
    offer = events.ClaimRedatingOffered(changes={"due": {"edtf": "2024-05"}}, before="2022", published="2023")
    ledger.append({claim: (state_of(claim), [offer])}, by=PROGRAM)
    make.user(Role.REVIEWER, "yusuf")
    assert take("redate", str(claim), "--by", "yusuf", "--reason", "تاريخ المقال") == "redate: proposed, version 3"
    assert state_of(claim).said.due.edtf == "2024-05"


def test_a_due_date_is_taken_away_on_the_command_line():
    claim = make.recorded(due="2023")
    make.user(Role.REVIEWER, "yusuf")
    take("schedule", str(claim), "--by", "yusuf", "--due", "none")
    assert Claim.objects.get(pk=claim).due is None


def test_help_says_of_each_step_what_it_takes(capsys):
    with pytest.raises(SystemExit):
        call_command("take", "--help")
    said = capsys.readouterr().out
    for line in (
        "  reject             --reason\n",
        "  verdict            --rating --rationale [--scheme] [--evidence] [--known-since]\n",
        "  evidence           --stance [--url] [--archived] [--snapshot] [--note]\n",
        "  revise             --set --reason\n",
    ):
        assert line in said
    assert all(f"\n  {step} " in said or f"\n  {step}\n" in said for step in STEPS)
    assert "the fields that revise may set: statement, kind, speaker" in said


def test_two_claims_are_judged_and_merged_on_the_command_line():
    one, other = str(make.recorded()), str(make.recorded())
    make.user(Role.EDITOR, "salma")
    said = ("--by", "salma", "--reason", "سهو")
    assert take("link", one, "--other", other, "--relation", "repeats", *said) == "link: proposed, version 2"
    assert Link.objects.get(claim=other).relation == "repeats"
    assert take("unlink", one, "--other", other, *said) == "unlink: proposed, version 3"
    assert take("merge", one, "--other", other, *said) == "merge: duplicate, version 4"
    assert take("unmerge", one, *said) == "unmerge: proposed, version 5"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["publish", "--by", "salma"], "not open"),
        (["accept", "--by", "rana"], "role of reviewer"),
        (["accept", "--by", "ghost"], "no active user"),
        (["reject", "--by", "salma"], "needs --reason"),
        (["reject", "--by", "salma", "--reason", " "], "Say why"),
        (["accept", "--by", "salma", "--reason", "مهم"], "does not take --reason"),
        (["schedule", "--by", "salma"], "needs --due"),
        (["schedule", "--by", "salma", "--due", "soon"], "EDTF"),
        (["assign", "--by", "salma", "--to", "ghost"], "no such colleague"),
        (["link", "--by", "salma", "--relation", "same"], "needs --other"),
        (["link", "--by", "salma", "--other", "0190a5a0-0000-7000-8000-000000000000"], "needs --relation"),
        (["revise", "--by", "salma", "--reason", "سهو"], "needs --set"),
        (["revise", "--by", "salma", "--reason", "سهو", "--set", "statement"], "FIELD=VALUE"),
        (["revise", "--by", "salma", "--reason", "سهو", "--set", "speed=9"], "one of statement, kind"),
        (["revise", "--by", "salma", "--reason", "سهو", "--set", "prefix=و"], "sets no field"),
        (["revise", "--by", "salma", "--reason", "سهو", "--set", "kind=rumour"], "kind cannot be “rumour”"),
        (["revise", "--by", "salma", "--reason", "سهو", "--set", "due=soon"], "“soon” is no date in EDTF"),
        (["revise", "--by", "salma", "--reason", "سهو", "--set", "language=arabic"], "language tag"),
        (["revise", "--by", "salma", "--reason", "سهو", "--set", "tags=trade"], "tags cannot be “trade”"),
        (["revise", "--by", "salma", "--reason", "سهو", "--set", 'speaker={"type":"minister","name":"س"}'], "no kind of speaker"),
        (["revise", "--by", "salma", "--reason", "سهو", "--set", "statement="], "needs a statement"),
        (["revise", "--by", "salma", "--reason", "سهو", "--set", "document=that one"], "document cannot be “that one”"),
        (["revise", "--by", "salma", "--reason", "سهو", "--set", f'tags=["{"ت" * 101}"]'], "A tag has at most 100 letters"),
        (["revise", "--by", "salma", "--reason", "سهو", "--set", 'quantities=[{"text":"a","value":"1e60"}]'], "cannot be kept"),
        (["evidence", "--by", "salma", "--stance", "supports"], "a snapshot or an address"),
        (["evidence", "--by", "salma", "--stance", "supports", "--snapshot", NOWHERE], "no such snapshot"),
        (["withdraw-evidence", "--by", "salma", "--reason", "سهو", "--evidence", NOWHERE], "not open"),
        (["redate", "--by", "salma"], "not open"),
        (["assign", "--by", "salma", "--to", "rula"], "has no role at this desk"),
        (["accept", "--by", "rula"], "rula has no role at this desk"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence_and_changes_nothing(words, sentence):
    make.user(Role.REPORTER, "rana")
    make.user(Role.EDITOR, "salma")
    make.user(None, "rula")
    claim = make.recorded()
    with pytest.raises(CommandError, match=sentence):
        take(words[0], str(claim), *words[1:])
    assert Claim.objects.get(pk=claim).version == 1
