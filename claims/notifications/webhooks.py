"""Webhooks: the feed's events are sent to their addresses, in order, each at least once, for as long as there is hope."""

import random
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims import ledger
from claims.exchange.formats import cloudevents
from claims.ledger import history
from claims.ledger.history import Sealed
from claims.models import Delivery, Position, Webhook
from claims.notifications import http_client, secret_rotation, signatures
from sources import jobs, roles
from sources.api.rendering import dumps
from sources.fetching import addresses
from sources.models import Work
from sources.registry import names
from sources.roles import Actor

WEBHOOK = "webhook"  # the kind of work; one row for each webhook, owed anew whenever there is something to send
BATCH = 100
PATIENCE = 45.0  # seconds; then another worker goes on, so that a task ends long before its lease
LEASE = 150  # seconds; longer than a task may run
FIRST, LONGEST = timedelta(seconds=15), timedelta(hours=1)  # between attempts, doubling
REMEMBERED = 100  # deliveries of each webhook
log = structlog.get_logger(__name__)


class Untellable(ledger.Unfit):
    """This webhook cannot be as it was asked for. `errors` says what, by field."""


def key_of(webhook: UUID) -> str:
    """The key of its row of work."""
    return f"{WEBHOOK}:{webhook}"


# ── what people do


def make(
    url: str, *, types: Sequence[str] = (), position: int | None = None, by: Actor, key: str | None = None, active: bool = True
) -> tuple[Webhook, bool]:
    """A new webhook, and True; or, for a key that was used before for the same, the one it made, and False.

    It gets what comes after `position`, else what comes from now on. Raises NotAllowed, Untellable, ledger.KeyReused.
    """
    roles.must(by, "subscribe")
    fields = checked({"url": url, "types": list(types)} | ({} if position is None else {"position": position}))
    fields.setdefault("position", history.newest())
    with transaction.atomic():
        if key:
            names.hold(WEBHOOK, key)  # of two at once with one key, the second finds what the first made
        if key and (known := Webhook.objects.filter(made_key=key).first()):
            if (known.url, known.types) != (fields["url"], fields["types"]):
                raise ledger.KeyReused
            return known, False
        webhook = Webhook.objects.create(
            **fields, active=active, secret=signatures.new_secret(), made_by=by.name, made_key=key, owner=_account(by)
        )
        _owe(webhook)
    return webhook, True


def change(webhook: Webhook, *, by: Actor, **fields: Any) -> Webhook:
    """Changes `url`, `types`, `active` or `position`; what was switched off and is made active is tried at once.

    One that is active and whose owner may no longer read the desk becomes that of whoever changes it. Raises NotAllowed, Untellable.
    """
    roles.must(by, "subscribe")
    fields = checked(fields)
    if fields.get("active", webhook.active):
        fields |= {"failures": 0, "failing_since": None, "disabled_at": None, "error": ""}
        fields |= {} if is_owned(webhook) else {"owner": _account(by)}
    with transaction.atomic():
        # The row of work first, as whoever delivers does: two who lock two rows must do so in one order.
        jobs.owe_again(WEBHOOK, key_of(webhook.pk))
        Webhook.objects.filter(pk=webhook.pk).update(**fields)
        jobs.hasten(key_of(webhook.pk))
        jobs.wake(WEBHOOK)
    webhook.refresh_from_db()
    return webhook


def is_owned(webhook: Webhook) -> bool:
    """May its owner read the desk?"""
    return roles.colleagues().filter(pk=webhook.owner_id).exists()


def _account(by: Actor) -> User | None:
    return User.objects.filter(pk=int(by.id)).first() if by.id.isdecimal() else None


def try_again(webhook: Webhook, *, by: Actor) -> Webhook:
    """Tries what failed at once, and switches on what was switched off. Raises NotAllowed."""
    return change(webhook, by=by, active=True)


def delete(webhook: Webhook, *, by: Actor) -> None:
    """Nothing is sent there any more. Raises NotAllowed."""
    roles.must(by, "subscribe")
    webhook.delete()


def checked(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields, if a webhook can be like that. Raises Untellable."""
    if "url" in fields:
        try:
            fields["url"] = http_client.may_be(fields["url"])
        except (addresses.NotAnAddress, http_client.NotReachable) as refusal:
            raise Untellable(url=str(refusal)) from refusal
    if "types" in fields:
        fields["types"] = sorted(set(fields["types"]))
        if unknown := set(fields["types"]) - set(cloudevents.TYPES):
            raise Untellable(types=_("There is no event of type %s.") % ", ".join(sorted(unknown)))
    if "position" in fields and not -1 <= fields["position"] <= history.newest():
        raise Untellable(position=_("The log does not reach position %(position)d.") % {"position": fields["position"]})
    return fields


# ── what workers do


def owe(batch: Sequence[Sealed]) -> None:
    """The consumer of the feed: there is something to send. Each webhook looks for itself what of it is wanted."""
    kinds = {cloudevents.type_of(sealed) for sealed in batch}
    for webhook in Webhook.objects.filter(active=True).order_by("pk"):
        if not webhook.types or kinds & set(webhook.types):
            _owe(webhook)


def _owe(webhook: Webhook) -> None:
    if jobs.owe_again(WEBHOOK, key_of(webhook.pk)):
        jobs.wake(WEBHOOK)


def deliver(owed: Work) -> int:
    """Sends a webhook what it has not had; how many events were taken.

    The new position is committed after each event, while the lease is ours: who dies in between sends that event again.
    """
    until, sent, id = time.monotonic() + PATIENCE, 0, UUID(owed.key.removeprefix(f"{WEBHOOK}:"))
    try:
        while webhook := Webhook.objects.filter(pk=id, active=True).first():
            if not is_owned(webhook):
                _disown(webhook)
                break
            batch = list(history.sealed(webhook.position, BATCH))
            if not batch and _finished(owed, webhook):
                return sent
            for sealed in batch:
                if time.monotonic() > until:
                    jobs.put_off(owed, timezone.now())
                    jobs.wake(WEBHOOK)
                    return sent
                if _is_for(webhook, sealed):
                    answer = _send(webhook, sealed)
                    if not answer.taken:
                        _failed(owed, webhook, answer)
                        return sent
                    sent += 1
                    if not _advance(owed, webhook, sealed.position, delivered=True):
                        break  # somebody changed or moved it: look again
                elif sealed is batch[-1] and not _advance(owed, webhook, sealed.position, delivered=False):
                    break
        jobs.complete(owed)  # switched off, or deleted
    except jobs.LeaseLost:
        log.info("lease lost", key=owed.key)
    except Exception as error:  # ours, not the receiver's: kept on the row, tried again, and given up after a few times
        log.warning("webhook failed", key=owed.key, exc_info=True)
        with suppress(jobs.LeaseLost):
            jobs.retry(owed, f"{type(error).__name__}: {error}")
    finally:
        _forget(id)
    return sent


def _is_for(webhook: Webhook, sealed: Sealed) -> bool:
    """Is it told of this event? Of what an upgrade issued nobody is: it was public before."""
    if getattr(sealed.happening.event, "cause", "") == "upgrade":
        return False
    return not webhook.types or cloudevents.type_of(sealed) in webhook.types


def _disown(webhook: Webhook) -> None:
    """Switches off what would tell of the desk on behalf of an account that sees nothing of it."""
    why = _("Its owner has no role at this desk any more. Whoever switches it on is its owner.")
    Webhook.objects.filter(pk=webhook.pk, owner=webhook.owner_id).update(active=False, disabled_at=timezone.now(), error=str(why))
    log.error("webhook switched off", url=webhook.url, error="its owner has no role")


def _send(webhook: Webhook, sealed: Sealed) -> http_client.Answer:
    id, body = str(sealed.happening.id), dumps(cloudevents.cloud_events([sealed])[0])
    headers = signatures.headers(secret_rotation.signing_secrets(webhook), id, int(time.time()), body) | {
        "Content-Type": "application/cloudevents+json; charset=utf-8"
    }
    answer = http_client.post(webhook.url, body, headers)
    kept = {"status": answer.status, "error": answer.error[:2000], "milliseconds": answer.milliseconds}
    # Nobody may have deleted it in between, and a delivery without its webhook is nothing to keep.
    with transaction.atomic():
        if Webhook.objects.select_for_update(no_key=True).filter(pk=webhook.pk).exists():
            Delivery.objects.create(webhook_id=webhook.pk, event=id, position=sealed.position, **kept)
    return answer


def _advance(owed: Work, webhook: Webhook, position: int, *, delivered: bool) -> bool:
    changes: dict[str, Any] = {"position": position}
    if delivered:
        changes |= {"delivered_at": timezone.now(), "failures": 0, "failing_since": None, "error": ""}
    with transaction.atomic():
        jobs.hold(owed)
        seen = {"position": webhook.position, "url": webhook.url, "types": webhook.types, "secret": webhook.secret, "active": True}
        moved = Webhook.objects.filter(pk=webhook.pk, **seen).update(**changes)
    webhook.position = position
    return bool(moved)


def _finished(owed: Work, webhook: Webhook) -> bool:
    """Strikes the row off unless something came in between; whoever owes waits for the row, and owes anew."""
    with transaction.atomic():
        jobs.hold(owed)
        if Position.objects.filter(position__gt=webhook.position).exists():
            return False
        jobs.complete(owed)
        return True


def _failed(owed: Work, webhook: Webhook, answer: http_client.Answer) -> None:
    now = timezone.now()
    since = webhook.failing_since or now
    hopeless = answer.status == 410 or now - since >= timedelta(days=settings.WEBHOOKS_PATIENCE_DAYS)
    changes = {"failures": F("failures") + 1, "failing_since": since, "error": answer.error[:2000]}
    with transaction.atomic():
        jobs.hold(owed)
        same = Webhook.objects.filter(pk=webhook.pk, active=True, position=webhook.position, url=webhook.url)
        still = same.update(**changes, **({"active": False, "disabled_at": now} if hopeless else {}))
        # Where somebody changed it meanwhile, what failed says nothing of what it is now.
        jobs.put_off(owed, now + (delay(webhook.failures) if still else timedelta()), answer.error)
    if hopeless and still:
        log.error("webhook switched off", url=webhook.url, failing_since=since.isoformat(), error=answer.error)


def delay(failures: int) -> timedelta:
    """How long to wait after so many earlier failures: doubling up to an hour, with jitter so that many do not come back at once."""
    middle = min(FIRST * 2.0 ** min(failures, 20), LONGEST)
    return middle * random.uniform(0.75, 1.25)  # noqa: S311 - no secret


def _forget(webhook: UUID) -> None:
    """Keeps the newest deliveries only."""
    of_it = Delivery.objects.filter(webhook=webhook).order_by("-pk")
    if (oldest := of_it.values_list("pk", flat=True)[REMEMBERED - 1 : REMEMBERED].first()) is not None:
        of_it.filter(pk__lt=oldest).delete()
