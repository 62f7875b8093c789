"""Docs that list things hold them against the program: what is missing, or stands there no longer, fails by its name."""

import ast
import re
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands
from django.urls import URLPattern, URLResolver, get_resolver

from claims.handlers import CONSUMERS
from config.celery import app
from config.figures import page as metrics_page
from config.local import places
from sources import signals
from sources.jobs.notify import WAKERS
from tests.claims.places import in_code, read_text, rows_under, told

DOCS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", *(f"docs/{file.name}" for file in (places.BASE / "docs").glob("*.md"))]
DECISIONS = [f"docs/decisions/{file.name}" for file in sorted((places.BASE / "docs" / "decisions").glob("*.md"))]
EVERY = sorted([*DOCS, *DECISIONS])


def compared(kind: str, there: Collection[str], documented: Collection[str], where: str) -> list[str]:
    """A sentence for each name that one of the two lacks."""
    return [f"{where} does not tell of the {kind} “{name}”: add a row." for name in sorted(set(there) - set(documented))] + [
        f"{where} tells of a {kind} “{name}” that is not there: take the row out." for name in sorted(set(documented) - set(there))
    ]


def first_column(heading: str, path: str) -> list[str]:
    """What stands in backticks in the first cells of the tables under a heading."""
    return [name for cells in rows_under(heading, path) for name in in_code(cells[0])]


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
        aim = ((places.BASE / path).parent / file).resolve() if file else places.BASE / path
        if not aim.exists():
            yield f"{path} links to {target}, which is not there."
        elif anchor and aim.suffix == ".md" and anchor not in anchors(str(aim.relative_to(places.BASE))):
            yield f"{path} links to {target}: that page has no such heading."


@pytest.mark.parametrize("path", EVERY)
def test_every_relative_link_leads_somewhere(path):
    found = list(broken_links(path))
    assert not found, told(found)


def missing_files(path: str) -> Iterator[str]:
    """Files and folders of the program that are named and not there."""
    for name in sorted(set(re.findall(r"`((?:claims|sources|config|tests|docs)/[\w./-]*[\w/])`", read_text(path)))):
        if not (places.BASE / name).exists():
            yield f"{path} names {name}, which is not there."


# These tell of files that a recipe makes, of modules by their old names, of addresses that begin as a folder does.
@pytest.mark.parametrize("path", [path for path in EVERY if path not in {"CONTRIBUTING.md", "docs/rules.md", "docs/api.md"}])
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


# ── the map of the packages


def floors(app_name: str) -> list[set[str]]:
    """The contract's floors, the lowest first: which packages stand on each."""
    contracts = tomllib.loads(read_text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each.get("containers") == [app_name])
    return [set(re.findall(r"\w+", layer)) for layer in reversed(layers)]


@pytest.mark.parametrize(
    ("app_name", "heading"),
    [("claims", "### claims: what is asserted, and what became of it"), ("sources", "### sources: what was said, where, verbatim")],
)
def test_the_map_of_the_packages_is_that_of_the_contracts(app_name, heading):
    page = "docs/architecture.md"
    rows = rows_under(heading, page)
    drawn = {name: (int(cells[0]), cells[3]) for cells in rows for name in in_code(cells[1])}
    true = {name: number for number, names in enumerate(floors(app_name), 1) for name in names}
    found = compared(f"package of {app_name}", true, drawn, page)
    for name in drawn.keys() & true.keys():
        below = true[name] - 1
        may = f"1–{below}" if below > 1 else "1" if below else "nothing"
        if drawn[name] != (true[name], may):
            found.append(f"{page} says that {app_name}.{name} is on floor {drawn[name][0]} and may import “{drawn[name][1]}”: "
                         f"by pyproject.toml it is on {true[name]} and may import “{may}”.")  # fmt: skip
    assert not found, told(found)


@pytest.mark.parametrize("app_name", ["claims", "sources"])
def test_the_app_says_which_packages_it_has(app_name):
    docstring = ast.get_docstring(ast.parse(read_text(f"{app_name}/__init__.py"))) or ""
    packages = [name for names in floors(app_name) for name in names if (places.BASE / app_name / name / "__init__.py").exists()]
    missing = [f"{app_name}/__init__.py does not say what {name} is for." for name in sorted(packages) if f"`{name}`" not in docstring]
    assert not missing, told(missing)


# ── the life of a claim


def test_signals_jobs_and_consumers_are_all_told():
    page = "docs/architecture.md"
    there = {name for name in vars(signals) if isinstance(getattr(signals, name), signals.Signal)} | {"appended"}
    found = compared("signal", there, first_column("### Signals", page), page)
    kinds = {cells[0].strip("`"): in_code(cells[2])[-1] for cells in rows_under("### Work that is owed", page)}
    found += compared("kind of work", WAKERS, kinds, page)
    found += [f"{page} has “{kind}” done by {kinds[kind]}: it is {WAKERS[kind]}." for kind in kinds.keys() & WAKERS.keys() if kinds[kind] != WAKERS[kind]]
    # The rules follow the feed by themselves, in each of their runs.
    found += compared("consumer", {*CONSUMERS, "rules"}, first_column("### Consumers of the feed", page), page)
    picture = read_text(page).partition("```mermaid")[2].partition("```")[0]
    found += [f"The picture in {page} does not show the consumer “{name}”." for name in CONSUMERS if name not in picture]
    assert not found, told(found)


def faults_of_words() -> Iterator[str]:
    """Words of the glossary whose home is not there, or does not know them."""
    for word, meaning, where in rows_under("## Words of our own", "docs/architecture.md"):
        if not meaning or len(meaning.split()) < 4:
            yield f"“{word}” has no meaning in the glossary."
        homes = re.findall(r"`([\w/.]+)`(?: \(([^)]*)\))?", where)
        if not homes:
            yield f"“{word}” lives nowhere by the glossary."
        for file, names in homes:
            home = places.BASE / file
            if not home.exists():
                yield f"“{word}” lives in {file} by the glossary, which is not there."
            elif home.is_file():
                yield from (f"“{word}”: {file} has no {name}." for name in in_code(names) if not re.search(rf"\b{name}\b", read_text(file)))


def test_every_word_of_the_glossary_lives_where_it_says():
    found = list(faults_of_words())
    words = [cells[0] for cells in rows_under("## Words of our own", "docs/architecture.md")]
    assert words == sorted(words), "the glossary is in the order of the alphabet"
    assert not found, told(found)
