"""The follow-up rules: one file each. A rule asks, it does not act: it yields findings, and flagging does the rest."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.domain import dates_in_words
from claims.domain.choices import Rating, Severity
from claims.models import Claim
from claims.rules.context import Around
from sources.text.edtf import ImpreciseDate

# As rules store one: EDTF that is more than a year, and a moment.
_DATE = re.compile(r"[\dX]{4}(?:-W?[\dX]{2}){1,2}[~?%]?|\d{3}X|\d\dXX|[\dX.-]*/[\dX.-]*")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d) UTC")
_DATES = frozenset(("last", "first", "now", "old", "new", "day", "since", "until", "judged"))  # the parameters that are dates


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule found: `code` and `parameters` render the reason and the hint in the reader's language; `key` is what it is about."""

    code: str
    key: str = ""  # codes and ids; a rule that takes words as they were read is named in claims/erasure/redaction.py
    parameters: Mapping[str, str] = field(default_factory=dict)
    severity: Severity = Severity.WARNING
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A reason whose words its parameters choose: the form of a noun beside a number, how long ago a day was."""

    choose: Callable[[Mapping[str, str]], str]  # gives a template with %(parameters)s
    plain: Any  # the template as the list of rules shows it, translatable

    def __str__(self) -> str:
        return str(self.plain)


_LAST = date.max.toordinal()


@lru_cache(maxsize=10_000)  # claims share their days, and each is asked for a dozen of them
def days_after(day: date, number: int) -> date:
    """So many days later, as far as there are days: a claim may be due in 9999."""
    return date.fromordinal(min(day.toordinal() + number, _LAST))


def day_of(moment: datetime) -> date:
    """The desk's day: `TIME_ZONE` is its clock, whatever zone a reader has chosen."""
    return moment.astimezone(timezone.get_default_timezone()).date()


def never(claim: Claim, parameters: Mapping[str, Any]) -> Iterable[date]:
    """No day by itself changes what this rule finds: only what happens to the claim."""
    return ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its name, and how its findings read."""

    name: str
    find: Callable[[Claim, Around, date, Mapping[str, Any]], Iterable[Finding]]
    sentences: Mapping[str, tuple[Any, Any]]  # code → (reason, hint), translatable, with %(parameters)s
    defaults: Mapping[str, Any]
    turns: Callable[[Claim, Mapping[str, Any]], Iterable[date]] = never
    edition: int = 1
    needs: tuple[str, ...] = ()  # the parts of `Around` that it looks at: no other is fetched for it
    reads: tuple[str, ...] = ()  # the fields of the claim's own row that it looks at; none told: any of it, and its parts

    @property
    def turning(self) -> bool:
        """May a day by itself change what it finds?"""
        return self.turns is not never

    @property
    def about(self) -> str:
        """What it asks, from its docstring."""
        return (self.find.__doc__ or "").strip()


RULES: dict[str, Rule] = {}


def rule(
    name: str,
    sentences: Mapping[str, tuple[Any, Any]],
    *,
    turns: Callable[..., Iterable[date]] = never,
    edition: int = 1,
    needs: tuple[str, ...] = (),
    reads: tuple[str, ...] = (),
    **defaults: Any,
) -> Callable[[Any], Any]:
    """Makes `find(claim, around, today, parameters)` a rule. Names are stored with the flags: never reuse one.

    `turns(claim, parameters)` gives the days on which the passing of time alone may change what it finds; raise `edition`
    when the rule comes to mean something else, so that every claim is looked at anew; `needs` names the parts of `Around`
    that it looks at. A rule with `turns` may say which fields of the claim alone it (and they) look at: where only a day has
    come, no more is `reads`.
    """

    def enrol(find: Any) -> Any:
        RULES[name] = Rule(name, find, sentences, defaults, turns, edition, needs, reads)
        return find

    return enrol


def all_rules() -> dict[str, Rule]:
    """Every rule there is, by name."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(RULES.items()))


def sentence(rule_name: str, code: str, parameters: Mapping[str, str], *, apart: Callable[[str], str] = str) -> tuple[str, str]:
    """Reason and hint of a finding, in the language of whoever reads now, with dates and ratings in words.

    `apart` is done to every parameter: text of two directions needs it where a page or a mail shows the sentence.
    """
    known = all_rules().get(rule_name)
    if known is None or code not in known.sentences:
        return str(_("A rule that this program no longer has raised this: %s.") % rule_name), ""
    reason, hint = known.sentences[code]
    reason = reason.choose(parameters) if isinstance(reason, Chosen) else reason
    said = {name: apart(_spoken(name, str(value))) for name, value in parameters.items()}
    return str(reason) % said, str(hint) % said


def _spoken(name: str, value: str) -> str:
    if name == "rating" and value in Rating.values:
        return str(Rating(value).label)
    if name in _DATES and (found := _MOMENT.fullmatch(value)):
        return dates_in_words.moment(datetime.fromisoformat(f"{found[1]}+00:00"))
    return dates_in_words.readable(ImpreciseDate(edtf=value)) if name in _DATES and _DATE.fullmatch(value) else value
