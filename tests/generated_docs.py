"""The parts of the documentation made of tables: of fields, steps, queries. `python -m tests.generated_docs` writes them anew."""

import os
from collections.abc import Callable, Iterable

import django

from config.embedded import paths

HOW = ".venv/bin/python -m tests.generated_docs"
END = "<!-- end -->"
Make = Callable[[], str]


def block(name: str) -> tuple[str, str]:
    """What stands before and after a part that is generated: a comment, which readers are not shown."""
    return f"<!-- {name}: made by `{HOW}` -->", END


def table(heads: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    heads = list(heads)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [heads, ["---"] * len(heads), *lines])


def code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


# ── what is said of each step


def _opened(step) -> str:
    from claims.domain.choices import FlagStatus, Status

    known = [str(each) for each in (FlagStatus if step.right == "flag" else Status)]
    shut = [each for each in known if each not in step.statuses]
    if len(shut) < 2:
        return f"any but {code(shut)}" if shut else "any"
    return code(map(str, step.statuses))


def _argument(argument) -> str:
    return f"`{argument.name}`{f' ({argument.schema_help})' if argument.schema_help else ''}"


def _body(step) -> str:
    if any(str(each.type) == "changes" for each in step.arguments):
        return "the fields that change; `reason`"
    must = ", ".join(_argument(each) for each in step.arguments if each.required)
    may = ", ".join(_argument(each) for each in step.arguments if not each.required)
    return "; ".join(filter(None, [must, may and f"if wanted {may}"])) or "–"


def _told(step) -> str:
    from claims.workflow import room_of

    first = " ".join((room_of(step).__doc__ or "").split("\n\n")[0].split())
    first = first.partition(" Raises ")[0]  # what developers have to know
    more = ["Wants `If-Match`."] if step.names_version else []
    more += ["202 where it is proposed as a [correction](#corrections)."] if step.may_wait else []
    return " ".join([first, *more])


def _steps(kind: str) -> str:
    from claims.domain.steps import FLAG_STEPS, STEPS

    known = {"claims": STEPS, "flags": FLAG_STEPS}[kind]
    own = {"revise": "PATCH `claims/{id}/`"}  # the one step that is no POST to an address of its name
    lines = [
        (own.get(name) or f"POST `{kind}/{{id}}/{name}/`", _opened(step), _body(step), _told(step))
        for name, step in known.items()
        if step.room
    ]
    return table(["address", "open while it is", "body", "what it does"], lines)


def steps_of_claims() -> str:
    return _steps("claims")


def steps_of_flags() -> str:
    return _steps("flags")


def roles_of_steps() -> str:
    """Each set of roles, with the steps that it may take; those of flags are one."""
    from claims.domain.steps import every_step
    from sources import roles

    found: dict[tuple[str, ...], list[str]] = {}
    for step in every_step():
        able = tuple(role.value for role in roles.GROUPS if role in step.roles)
        names = found.setdefault(able, [])
        name = "all steps of a flag" if step.right == "flag" else f"`{step.name}`"
        if step.room and name not in names:
            names.append(name)
    return table(["roles", "steps"], [(code(able), ", ".join(names)) for able, names in found.items() if names])


def steps_of_take() -> str:
    from claims.management.commands.take import STEPS

    return ", ".join(STEPS)


# ── what is said of each field


def fields_of_claims() -> str:
    """Each field that a client may give or is answered."""
    from claims.domain.fields import FIELDS, Door

    shown = (field for field in FIELDS.values() if field.shows_in(Door.REQUEST) or field.shows_in(Door.ANSWER))
    return table(["field", "holds", "given", "filters", "what"], map(_field, shown))


def _field(field) -> list[str]:
    from claims.domain.fields import Door

    answered = field.name_in(Door.ANSWER)
    name = f"`{field.name}`" + (f"; `{answered}` in answers" if answered != field.name else "")
    given = "always" if field.required else "yes" if field.shows_in(Door.REQUEST) else "no"
    return [name, _holds(field), given, code(field.filters), field.meaning]


def _holds(field) -> str:
    from claims.domain.fields import Door, Type

    if field.choices:
        return code(field.choices.values)
    bounds = [f"{field.max_items:,}"] if field.max_items else []
    if field.max_length and field.type is not Type.LANGUAGE:
        bounds.append(f"{field.max_length:,} characters")
    return f"{field.type}, up to {', each up to '.join(bounds)}" if bounds and field.shows_in(Door.REQUEST) else str(field.type)


# ── what is stated of requests


def queries_of_requests() -> str:
    """Each method of each address with its queries; for twenty rows only where these are others."""
    from tests.config.query_counts import stated

    counts = stated().items()
    lines = [(f"`{address}` {method}", str(one), "" if one == many else str(many)) for (method, address), (one, many) in counts]
    return table(["address", "queries", "of twenty rows"], lines)


# By page: the parts between comments, and what stands between two words of a line.
BLOCKS: dict[str, dict[str, Make]] = {
    "docs/speed.md": {"queries of requests": queries_of_requests},
    "docs/api.md": {
        "roles of steps": roles_of_steps,
        "steps of a claim": steps_of_claims,
        "steps of a flag": steps_of_flags,
        "fields of a claim": fields_of_claims,
    },
}
LINES: dict[str, list[tuple[str, str, Make]]] = {
    "README.md": [("as that user (`--help` says what each takes): ", " |", steps_of_take)],
}


def generated(path: str, text: str) -> str:
    """The page as it should read. Raises AssertionError where a part has no place in it."""
    parts = [(f"{head}\n\n", f"\n\n{tail}", make) for name, make in BLOCKS.get(path, {}).items() for head, tail in [block(name)]]
    for head, tail, make in [*parts, *LINES.get(path, [])]:
        before, found, rest = text.partition(head)
        _old, ends, after = rest.partition(tail)
        assert (found, ends) == (head, tail), f"{path} has no “{head.strip()}” with “{tail.strip()}” behind it"
        text = f"{before}{head}{make()}{tail}{after}"
    return text


def main() -> None:
    """Writes every page anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    for path in {*BLOCKS, *LINES}:
        page = paths.BASE / path
        page.write_text(generated(path, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
