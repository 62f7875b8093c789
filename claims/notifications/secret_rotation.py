"""Rotate the secret of a webhook: for a while the secret before signs beside the new one, so that its receiver misses nothing."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from claims.models import Webhook
from claims.notifications import signatures
from sources import roles
from sources.roles import Actor

OVERLAP_HOURS, LONGEST_HOURS = 24, 24 * 30
MOST = 5  # secrets that sign one message: the header of more would be refused by some receivers


def rotate(webhook: Webhook, *, by: Actor, overlap_hours: int = OVERLAP_HOURS) -> Webhook:
    """The webhook with a new secret. Secrets before it sign until `overlap_hours` from now, or until they were to end anyhow.

    All those still in their overlap go on signing, not the last one only: whoever lost the answer and asks again has not cut off the
    receiver, who knows none but the first. Raises NotAllowed, Webhook.DoesNotExist.
    """
    roles.must(by, "subscribe")
    now = timezone.now()
    until = now + timedelta(hours=overlap_hours)
    with transaction.atomic():
        locked = Webhook.objects.select_for_update(no_key=True).get(pk=webhook.pk)
        former = [(locked.secret, until), *((secret, min(end, until)) for secret, end in _former(locked))]
        locked.former_secrets = [[secret, end.isoformat()] for secret, end in former if end > now][: MOST - 1]
        locked.secret = signatures.new_secret()
        locked.save(update_fields=["secret", "former_secrets"])
    return locked


def signing_secrets(webhook: Webhook) -> list[str]:
    """The secrets that sign a message now, the newest first."""
    now = timezone.now()
    return [webhook.secret, *(secret for secret, end in _former(webhook) if end > now)]


def former_until(webhook: Webhook) -> datetime | None:
    """Until when the secret before this one signs, too; None where it does not."""
    now = timezone.now()
    return max((end for _secret, end in _former(webhook) if end > now), default=None)


def _former(webhook: Webhook) -> list[tuple[str, datetime]]:
    return [(secret, datetime.fromisoformat(end)) for secret, end in webhook.former_secrets]
