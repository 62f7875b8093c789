"""System checks of settings against each other; what one variable by itself cannot be is refused where it is read (`config.env`).

An error means that the program cannot work as it is set, a warning that it works otherwise than somebody probably meant.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Doubt
from django.http.request import validate_host

from claims import rules
from claims.tasks import LEASE as READING_LEASE
from sources import watching
from sources.watching.hosts import LONGEST_PAUSE

_FETCHES_A_VISIT = 2  # robots.txt and the page
_LOCAL = {"127.0.0.1", "localhost", "[::1]"}


@register(Tags.compatibility)
def settings_make_sense(**_: Any) -> list[CheckMessage]:
    """Everything below."""
    return [*_times(), *_sizes(), *_rules(), *_addresses(), *_mail()]


def _times() -> Iterator[CheckMessage]:
    soft, hard, lease = settings.CELERY_TASK_SOFT_TIME_LIMIT, settings.CELERY_TASK_TIME_LIMIT, min(READING_LEASE, watching.LEASE)
    visible_again = int(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]))
    if soft <= settings.FETCH_SECONDS * _FETCHES_A_VISIT:
        yield Error(
            f"FETCH_SECONDS is {settings.FETCH_SECONDS}: a visit, of robots.txt and the page, would be cut off by the limit of {soft} s.",
            hint=f"Set it below {soft // _FETCHES_A_VISIT}.",
            id="isnad.E001",
        )
    if not soft < hard < lease <= visible_again:
        yield Error(
            "A task that runs too long would still run when its work is given to another.",
            hint=f"CELERY_TASK_SOFT_TIME_LIMIT < CELERY_TASK_TIME_LIMIT < {lease} s (leases) <= visibility_timeout must hold.",
            id="isnad.E002",
        )
    if settings.WATCHING_PAUSE > LONGEST_PAUSE:
        yield Doubt(
            f"WATCHING_PAUSE is {settings.WATCHING_PAUSE:g} s, more than any robots.txt is granted ({LONGEST_PAUSE:g} s).",
            id="isnad.W003",
        )


def _sizes() -> Iterator[CheckMessage]:
    if settings.MAX_TEXT_BYTES >= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        yield Error(
            f"MAX_TEXT_BYTES is {settings.MAX_TEXT_BYTES}: no request may be that long.",
            hint=f"Set it below {settings.DATA_UPLOAD_MAX_MEMORY_SIZE}.",
            id="isnad.E003",
        )


def _rules() -> Iterator[CheckMessage]:
    if unknown := sorted(set(settings.RULES_OFF) - rules.all_rules().keys()):
        yield Doubt(f"RULES_OFF names what is no rule: {', '.join(unknown)}.", hint="`manage.py rules` lists their names.", id="isnad.W004")
    due = settings.RULE_PARAMETERS["due"]
    if due["long_overdue_after"] <= due["overdue_after"]:
        yield Doubt(
            f"LONG_OVERDUE_AFTER_DAYS ({due['long_overdue_after']}) is not above OVERDUE_AFTER_DAYS ({due['overdue_after']}).",
            hint="It counts as one day more.",
            id="isnad.W005",
        )


def _addresses() -> Iterator[CheckMessage]:
    address = urlsplit(settings.ADDRESS)
    if settings.HTTPS and address.scheme != "https":
        yield Doubt(f"HTTPS is 1, and ISNAD_ADDRESS is {settings.ADDRESS}: links in mails and feeds go past HTTPS.", id="isnad.W006")
    if not validate_host(f"[{address.hostname}]" if ":" in (address.hostname or "") else address.hostname or "", settings.ALLOWED_HOSTS):
        yield Doubt(
            f"ISNAD_ADDRESS is {settings.ADDRESS}, and ALLOWED_HOSTS lacks its name: links in mails and feeds would be refused.",
            id="isnad.W007",
        )
    if settings.DEBUG and set(settings.ALLOWED_HOSTS) - _LOCAL:
        yield Doubt("DEBUG is 1 on a web server that answers to others: errors show them settings and code.", id="isnad.W008")
    if settings.PGBOUNCER and settings.EMBEDDED_DATABASE:
        yield Doubt("PGBOUNCER is 1, but nothing stands before the embedded PostgreSQL.", id="isnad.W009")


def _mail() -> Iterator[CheckMessage]:
    of_a_server = {
        "EMAIL_HOST_USER": settings.EMAIL_HOST_USER,
        "EMAIL_HOST_PASSWORD": settings.EMAIL_HOST_PASSWORD,
        "EMAIL_STARTTLS": settings.EMAIL_USE_TLS,
        "EMAIL_SSL": settings.EMAIL_USE_SSL,
    }
    if not settings.EMAIL_HOST and (given := [name for name, value in of_a_server.items() if value]):
        yield Doubt(f"{', '.join(given)} without EMAIL_HOST: mails are written into files.", id="isnad.W010")
    if bool(settings.EMAIL_HOST_USER) != bool(settings.EMAIL_HOST_PASSWORD):
        yield Doubt("Of EMAIL_HOST_USER and EMAIL_HOST_PASSWORD only one is set: nobody signs in at the mail server.", id="isnad.W011")
