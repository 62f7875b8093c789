"""A step taken on the command line goes through the same rooms."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims.models import Claim, Link
from sources.roles import Role
from tests import make

pytestmark = pytest.mark.django_db


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
        (["reject", "--by", "salma"], "why"),
        (["schedule", "--by", "salma", "--due", "soon"], "EDTF"),
        (["assign", "--by", "salma", "--to", "ghost"], "no such colleague"),
        (["assign", "--by", "salma", "--to", "rula"], "has no role at this desk"),
        (["accept", "--by", "rula"], "rula has no role at this desk"),
        (["link", "--by", "salma", "--relation", "same"], "Name the other claim"),
        (["link", "--by", "salma", "--other", "0190a5a0-0000-7000-8000-000000000000"], "no such relation"),
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
