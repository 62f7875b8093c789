"""What the docs link to and name is there: pages, headings, files, decisions, the new places of modules."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded import paths
from tests.completeness import in_code, read_text, rows_under, told
from tests.test_docs import DECISIONS, EVERY, compared

# ── links and names of files


def anchors(path: str) -> set[str]:
    """What a heading of a document is linked by."""
    text = re.sub(r"^```.*?^```", "", read_text(path), flags=re.MULTILINE | re.DOTALL)
    heads = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def broken_links(path: str) -> Iterator[str]:
    """The relative links that lead nowhere."""
    text = re.sub(r"^```.*?^```", "", read_text(path), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _mark, anchor = target.partition("#")
        aim = ((paths.BASE / path).parent / file).resolve() if file else paths.BASE / path
        if not aim.exists():
            yield f"{path} links to {target}, which is not there."
        elif anchor and aim.suffix == ".md" and anchor not in anchors(str(aim.relative_to(paths.BASE))):
            yield f"{path} links to {target}: that page has no such heading."


@pytest.mark.parametrize("path", EVERY)
def test_every_relative_link_leads_somewhere(path):
    found = list(broken_links(path))
    assert not found, told(found)


MADE_BY_A_RECIPE = {
    "claims/rules/no_words.py",
    "tests/claims/rules/test_no_words.py",
    "claims/exchange/formats/plain_list.py",
    "tests/data/events/ClaimRecorded.1.place.json",
}


def missing_files(path: str) -> Iterator[str]:
    """Files and folders of the program that are named and not there."""
    text = read_text(path).partition("\n## Where modules went\n")[0]
    for name in sorted(set(re.findall(r"`((?:claims|sources|config|tests|docs)/[\w./-]*[\w/])`", text)) - MADE_BY_A_RECIPE):
        if not (paths.BASE / name).exists():
            yield f"{path} names {name}, which is not there."


# Addresses of the API begin as a folder does.
@pytest.mark.parametrize("path", [path for path in EVERY if path != "docs/api.md"])
def test_every_file_that_a_page_names_is_there(path):
    found = list(missing_files(path))
    assert not found, told(found)


# ── decisions


def test_every_decision_is_listed_and_numbered_in_turn():
    numbered = [Path(path).name for path in DECISIONS if Path(path).name != "README.md"]
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", read_text("docs/decisions/README.md"))
    assert listed == numbered, told(compared("decision", numbered, listed, "docs/decisions/README.md"))
    assert [int(name[:4]) for name in numbered] == list(range(1, len(numbered) + 1))
    titles = [read_text(f"docs/decisions/{name}").splitlines()[0] for name in numbered]
    assert [int(re.match(r"# (\d+)\. ", title)[1]) for title in titles] == list(range(1, len(numbered) + 1))
    for name in numbered:
        for part in ("**Context.**", "**Decision.**", "**Consequences.**"):
            assert part in read_text(f"docs/decisions/{name}"), f"docs/decisions/{name} has no part {part}"


# ── where modules went


def test_what_is_said_to_be_somewhere_now_is_there():
    rows = rows_under("## Where modules went", "CONTRIBUTING.md")
    assert rows
    gone = [
        f"CONTRIBUTING.md says that {in_code(cells[0])[0]} is now {name}, which is not there."
        for cells in rows
        for name in in_code(cells[1])
        if not (paths.BASE / name).exists()
    ]
    assert not gone, told(gone)
