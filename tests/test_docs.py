"""Docs that list things hold them against the program: what is missing, or stands there no longer, fails by its name."""

import argparse
import ast
import importlib
import re
import tomllib
from collections.abc import Collection, Iterator

import pytest
from celery.schedules import crontab
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.urls import URLPattern, URLResolver
from django.utils.module_loading import import_string

from claims.handlers import CONSUMERS
from config.celery import app
from config.embedded import paths
from config.metrics import render_metrics as metrics_page
from sources import roles, signals
from sources.jobs.notify import WAKERS
from tests.completeness import in_code, read_text, rows_under, told

PAGES = sorted((paths.BASE / "docs").glob("*.md"))
DOCS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", *(f"docs/{page.name}" for page in PAGES)]
DECISIONS = [f"docs/decisions/{file.name}" for file in sorted((paths.BASE / "docs" / "decisions").glob("*.md"))]
EVERY = sorted([*DOCS, *DECISIONS])


def compared(kind: str, there: Collection[str], documented: Collection[str], where: str) -> list[str]:
    """A sentence for each name that one of the two lacks."""
    return [f"{where} does not tell of the {kind} “{name}”: add a row." for name in sorted(set(there) - set(documented))] + [
        f"{where} tells of the {kind} “{name}”, which is not there: take the row out." for name in sorted(set(documented) - set(there))
    ]


def first_column(heading: str, path: str) -> list[str]:
    """What stands in backticks in the first cells of the tables under a heading."""
    return [name for cells in rows_under(heading, path) for name in in_code(cells[0])]


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
    packages = [name for names in floors(app_name) for name in names if (paths.BASE / app_name / name / "__init__.py").exists()]
    missing = [f"{app_name}/__init__.py does not say what {name} is for." for name in sorted(packages) if f"`{name}`" not in docstring]
    assert not missing, told(missing)


# ── the life of a claim


def test_signals_jobs_and_consumers_are_all_told():
    page = "docs/architecture.md"
    there = {name for name in vars(signals) if isinstance(getattr(signals, name), signals.Signal)} | {"appended"}
    found = compared("signal", there, first_column("### Signals", page), page)
    kinds = {cells[0].strip("`"): in_code(cells[2])[-1] for cells in rows_under("### Work that is owed", page)}
    found += compared("kind of work", WAKERS, kinds, page)
    wrong = {kind for kind in kinds.keys() & WAKERS.keys() if kinds[kind] != WAKERS[kind]}
    found += [f"{page} has “{kind}” done by {kinds[kind]}: it is {WAKERS[kind]}." for kind in sorted(wrong)]
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
            home = paths.BASE / file
            if not home.exists():
                yield f"“{word}” lives in {file} by the glossary, which is not there."
            elif home.is_file():
                yield from (f"“{word}”: {file} has no {name}." for name in in_code(names) if not re.search(rf"\b{name}\b", read_text(file)))


def test_every_word_of_the_glossary_lives_where_it_says():
    found = list(faults_of_words())
    words = [cells[0] for cells in rows_under("## Words of our own", "docs/architecture.md")]
    assert words == sorted(words), "the glossary is in the order of the alphabet"
    assert not found, told(found)


# ── roles


@pytest.mark.parametrize(("path", "heading"), [("docs/api.md", "## Who asks"), ("docs/arabic.md", "## الأدوار")])
def test_every_role_is_told(path, heading):
    named = [names[0] for cells in rows_under(heading, path) if len(names := in_code(cells[0])) == 1]
    found = compared("role", roles.GROUPS, named, path)
    assert not found, told(found)


def test_operators_are_told_the_groups_of_the_roles():
    *others, last = roles.GROUPS
    assert f"The roles {', '.join(others)} and {last} are Django groups" in read_text("docs/operators.md")


# ── settings


class Variable:
    """A variable of the environment that the program reads, with its default where the code spells it out."""

    def __init__(self, call: ast.Call) -> None:
        kind, name, *default = call.func.attr, *call.args
        self.name = name.value
        given = _plain(default[0]) if default else None
        self.default = {
            "flag": str(int(bool(given))),
            "number": None if given is None else str(given),
            "numbers": given,
            "word_list": given,
            "text": given,
            "choice": given,
        }[kind]  # fmt: skip


def _plain(node: ast.expr) -> object:
    """A constant, or a sum of constants; None for whatever is worked out."""
    if any(isinstance(each, ast.Name | ast.Call | ast.Attribute) for each in ast.walk(node)):
        return None
    return eval(compile(ast.Expression(node), "a default", "eval"))


def variables() -> dict[str, Variable]:
    """All that config reads: env.text("NAME", …), env.flag(…), env.number(…), env.word_list(…) and so on."""
    found = {}
    for file in sorted((paths.BASE / "config").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="env"), attr="text" | "flag" | "number" | "numbers" | "word_list" | "choice"),
                    args=[ast.Constant(), *_rest],
                ):
                    variable = Variable(node)
                    if variable.name not in found or variable.default is not None:
                        found[variable.name] = variable
    return found


def test_every_setting_of_the_environment_is_told_with_its_default():
    page = "docs/operators.md"
    read, documented = variables(), {}
    for cells in rows_under("## Variables", page):
        names, several = in_code(cells[0]), cells[1].split(", ")
        documented |= dict(zip(names, several if len(several) == len(names) else [cells[1]] * len(names), strict=True))
    found = compared("variable", read, documented, page) + list(wrong_defaults(read, documented, page))
    also = "docs/watching.md"
    repeated = {in_code(cells[0])[0]: cells[1] for cells in rows_under("## For operators", also)}
    found += wrong_defaults(read, repeated, also)
    assert not found, told(found)


def wrong_defaults(read: dict[str, Variable], documented: dict[str, str], page: str) -> Iterator[str]:
    """The variables whose default reads otherwise than it is."""
    for name in sorted(read.keys() & documented.keys()):
        default = read[name].default
        if default is not None and default not in documented[name].replace("`", "") and default.isalnum():
            yield f"{page} says that {name} is {documented[name]} where nobody sets it: it is {default}."


def test_every_check_of_the_system_is_told():
    code = "".join(file.read_text(encoding="utf-8") for app in ("config", "claims", "sources") for file in (paths.BASE / app).rglob("*.py"))
    there = set(re.findall(r'"(isnad\.[EW]\d{3})"', code))
    found = compared("system check", there, first_column("## Checks of the settings", "docs/operators.md"), "docs/operators.md")
    assert not found, told(found)


# ── commands


def ours() -> dict[str, str]:
    """The commands that come with the program, and the app each is in."""
    return {name: app_name for name, app_name in get_commands().items() if app_name in {"claims", "sources", "config"}}


def test_every_command_is_in_the_readme():
    named = {words.split()[0] for words in first_column("## Commands", "README.md")}
    found = compared("command", ours(), named, "README.md")
    assert not found, told(found)


def options_of(name: str) -> set[str]:
    """The options of a command, those of what follows it (`feed add`) among them."""
    found, parsers = set(), [load_command_class(get_commands()[name], name).create_parser("manage.py", name)]
    while parsers:
        for action in parsers.pop()._actions:
            found |= set(action.option_strings)
            if isinstance(action, argparse._SubParsersAction):
                parsers += action.choices.values()
    return found


def commands_in(path: str) -> Iterator[tuple[str, list[str]]]:
    """What a page has people type after manage.py: the command, and its options."""
    text = read_text(path)
    blocks = re.findall(r"^ *```\n(.*?)^ *```", text, flags=re.MULTILINE | re.DOTALL)
    typed = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    rest = re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)
    for line in [*typed, *re.findall(r"`([^`\n]+(?:\n[^`\n]+)?)`", rest)]:
        for name, words in re.findall(r"manage\.py ([\w-]+)((?: [^#|&;<>]*)?)", line.split(" #")[0]):
            yield name, re.findall(r"(?<=\s)--[\w-]+", words)
    if path == "README.md":
        yield from ((words.split()[0], re.findall(r"--[\w-]+", words)) for words in first_column("## Commands", path))


@pytest.mark.parametrize("path", EVERY)
def test_what_a_page_has_people_type_is_there(path):
    there, found = get_commands(), []
    for name, options in commands_in(path):
        if name not in there:
            found.append(f"{path} has people type “manage.py {name}”: there is no such command.")
        else:
            found += [f"{path}: “manage.py {name}” takes no {option}." for option in options if option not in options_of(name)]
    assert not found, told(found)


@pytest.mark.parametrize("path", EVERY)
def test_what_a_page_imports_can_be_imported(path):
    for name, words in re.findall(r"^from ((?:claims|sources|config)[\w.]*) import ([\w, ]+)$", read_text(path), flags=re.MULTILINE):
        module = importlib.import_module(name)
        missing = [each for each in words.split(", ") if not hasattr(module, each)]
        assert not missing, f"{path} imports {', '.join(missing)} from {name}, which has no such name."


# ── addresses


def addresses() -> set[str]:
    """Every address under /api/v1/, as docs write it: claims/{id}/."""
    patterns = [str(each.pattern) for each in _flat(import_string("claims.api.urls.urlpatterns"))]
    return {re.sub(r"<(?:uuid|int):\w+>", "{id}", pattern) for pattern in patterns}


def _flat(patterns: Collection[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _flat(each.url_patterns)
        else:
            yield each


ADDRESSED = ("## Addresses", "## Steps of a claim", "## Steps of a flag", "## Readers outside")


def documented_addresses() -> Iterator[str]:
    """The addresses that the tables of docs/api.md name."""
    for heading in ADDRESSED:
        for cells in rows_under(heading, "docs/api.md"):
            yield from (word.partition("?")[0] for word in in_code(cells[0]) if "STEP" not in word)


# A tile's place is no part that Django knows by itself.
_PLACES = {"tile/{id}/<path:place>": {"tile/LEVEL/N", "tile/LEVEL/N.p/WIDTH"}, "tile/entries/<path:place>": {"tile/entries/N"}}


def test_every_address_is_told():
    there = addresses()
    there = (there - _PLACES.keys()).union(*(_PLACES[each] for each in there & _PLACES.keys()))
    found = compared("address", there, set(documented_addresses()), "docs/api.md")
    assert not found, told(found)


METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def methods() -> dict[str, set[str]]:
    """What each address takes."""
    found = {}
    for each in _flat(import_string("claims.api.urls.urlpatterns")):
        address = re.sub(r"<(?:uuid|int):\w+>", "{id}", str(each.pattern))
        found[address] = {method for method in METHODS if hasattr(each.callback.view_class, method.lower())}
    return found


def documented_methods() -> dict[str, set[str]]:
    """What docs/api.md says that an address takes, where it says so beside the address: “`a/` GET, POST; `b/` PATCH”."""
    found: dict[str, set[str]] = {}
    for cells in (row for heading in ADDRESSED[:3] for row in rows_under(heading, "docs/api.md")):
        for part in cells[0].split(";"):
            said = {method for method in METHODS if re.search(rf"\b{method}\b", re.sub(r"`[^`]*`", "", part))}
            for word in in_code(part) if said else []:
                found.setdefault(word.partition("?")[0], set()).update(said)
    return found


def test_what_an_address_takes_is_told():
    there, documented = methods(), documented_methods()
    assert len(documented) > 40
    found = [
        f"docs/api.md says that {address} takes {', '.join(sorted(said))}: it takes {', '.join(sorted(there[address]))}."
        for address, said in sorted(documented.items())
        if address in there and said != there[address]
    ]
    assert not found, told(found)


def test_the_addresses_for_operators_are_told():
    operators = read_text("docs/operators.md")
    own = [
        str(each.pattern)
        for each in import_string("config.urls.urlpatterns")
        if isinstance(each, URLPattern) and each.name not in ("front", "unknown")
    ]  # a way to the desk, and all that is nowhere
    assert own
    missing = [f"docs/operators.md does not tell of the address /{each}." for each in own if f"`/{each}`" not in operators]
    assert not missing, told(missing)


# ── what runs by the clock, and what operators watch


def by_the_clock() -> dict[str, tuple[str, str]]:
    """Each periodic task: when, as docs write it, and in which queue."""
    entries = {entry["task"]: entry["schedule"] for entry in app.conf.beat_schedule.values()}
    return {task: (_in_words(when), settings.CELERY_TASK_ROUTES[task]) for task, when in entries.items()}


def _in_words(when: float | crontab) -> str:
    if isinstance(when, crontab):
        return f"{when._orig_hour:02}:{when._orig_minute:02} UTC"
    return f"{when:.0f} s"


def test_what_runs_by_the_clock_is_told():
    page = "docs/operators.md"
    documented = {in_code(cells[0])[0]: (cells[1], in_code(cells[2])[0]) for cells in rows_under("### Periodic work", page)}
    there = by_the_clock()
    found = compared("periodic task", there, documented, page)
    wrong = {task for task in there.keys() & documented.keys() if there[task] != documented[task]}
    found += [f"{page} says of {task} {documented[task]}: it is {there[task]}." for task in sorted(wrong)]
    assert not found, told(found)


def test_every_task_has_a_queue_and_is_drawn_in_the_architecture():
    app.loader.import_default_modules()
    tasks = {name for name in app.tasks if name.startswith(("claims.", "sources."))}
    found = compared("task", tasks, settings.CELERY_TASK_ROUTES, "CELERY_TASK_ROUTES in config/settings.py")
    page = read_text("docs/architecture.md")
    found += [f"docs/architecture.md does not name the task {name}." for name in sorted(tasks) if f"`{name}`" not in page]
    assert not found, told(found)


def test_every_metric_is_told(db):
    printed = set(re.findall(r"^# HELP (\S+)", metrics_page().decode(), flags=re.MULTILINE))
    _before, _head, section = read_text("docs/operators.md").partition("\n## Health\n")
    documented = set(re.findall(r"`(isnad_\w+)`", section.split("\n## ")[0]))
    found = compared("metric", printed, documented, "docs/operators.md")
    assert not found, told(found)
