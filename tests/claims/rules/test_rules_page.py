"""The page of all rules is what the rules say of themselves."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from claims.rules import all_rules

PAGE = Path(__file__).parents[3] / "docs" / "each-rule.md"


def printed(*words: str) -> str:
    out = StringIO()
    call_command("rules", *words, stdout=out)
    return out.getvalue()


def test_the_page_is_what_the_rules_say():
    head, mark, rest = PAGE.read_text().partition("## `")
    assert "manage.py rules --defaults" in head
    made = printed("--defaults")
    assert (mark + rest).strip() == made.strip(), (
        "docs/each-rule.md says otherwise than the rules; make it anew: "
        "{ sed '/^## `/,$d' docs/each-rule.md; .venv/bin/python manage.py rules --defaults; } > new && mv new docs/each-rule.md"
    )


@pytest.mark.parametrize("name", sorted(all_rules()))
def test_every_rule_says_what_it_asks_and_every_finding_what_to_do(name):
    rule = all_rules()[name]
    assert rule.about.endswith((".", "?"))
    assert rule.sentences
    assert all(str(reason) and str(hint) for reason, hint in rule.sentences.values())


def test_what_is_set_here_is_told(settings):
    settings.RULE_PARAMETERS = {"due": {"overdue_after": 12}}
    settings.RULES_OFF = ["superlative"]
    told = printed()
    assert "`overdue_after` 12" in told
    assert "`superlative` (switched off here)" in told
    assert "`overdue_after` 7" in printed("--defaults")


def test_the_sentences_can_be_had_in_arabic():
    assert "حان موعده" in printed("--language", "ar")
