"""Digests by e-mail: owed at each person's hour, marked before they are sent, so that nobody gets one twice."""

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.headerregistry import Address
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.contrib.auth.models import User
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Digest, Wish
from claims.models.notifications import Often, Sending
from claims.notifications import digest_mail
from claims.notifications.digest_mail import Letter
from sources import jobs, roles
from sources.models import Work
from sources.roles import Actor

DIGEST = "digest"  # the kind of work; a row for each person and day
LEASE = 300  # seconds; longer than a task may run: what is marked and not sent by then is doubtful
FIRST = {Often.DAILY: timedelta(days=1), Often.WEEKLY: timedelta(days=7)}  # what the first digest looks back on
OVER = (Sending.SENT, Sending.EMPTY, Sending.DOUBTFUL)  # what they told is not told again
log = structlog.get_logger(__name__)


class Undelivered(Exception):
    """The mail server did not take it: that is certain, and it may be tried again."""


@dataclass(frozen=True, slots=True)
class Slot:
    """When somebody's newest digest was to be sent: the desk's day, and the moment."""

    day: date
    moment: datetime


def newest_slot(wish: Wish, now: datetime) -> Slot:
    """The last time before `now` at which this person wanted a digest, by the desk's clock."""
    zone = timezone.get_default_timezone()
    today = now.astimezone(zone).date()
    for back in range(9):
        day = today - timedelta(days=back)
        moment = datetime.combine(day, time(wish.hour), tzinfo=zone)
        if moment <= now and (wish.often == Often.DAILY or day.weekday() == wish.weekday):
            return Slot(day, moment)
    raise AssertionError("a week has every weekday")


def key_of(user: int, day: date) -> str:
    """The key of its row of work."""
    return f"{DIGEST}:{user}:{day.isoformat()}"


def owe(now: datetime | None = None) -> int:
    """Owes whoever wants one, and may read the desk, their newest digest; days that were missed are told by it. How many are owed anew."""
    now, count = now or timezone.now(), 0
    for wish in Wish.objects.exclude(often=Often.OFF).filter(user__in=roles.colleagues()):
        slot = newest_slot(wish, now)
        if slot.moment > wish.changed_at and not Digest.objects.filter(user=wish.user_id, day=slot.day).exists():
            count += jobs.owe(DIGEST, key_of(wish.user_id, slot.day))
    return count


def send_again(digest: Digest, *, by: Actor) -> None:
    """Sends what failed or is doubtful (once more): somebody has looked, and wants it. Raises NotAllowed."""
    roles.must(by, "operate")
    with transaction.atomic():
        changed = Digest.objects.filter(pk=digest.pk, state__in=(Sending.DOUBTFUL, Sending.FAILED)).update(state=Sending.WAITING, error="")
        if changed:
            jobs.owe_again(DIGEST, key_of(digest.user_id, digest.day))
            jobs.wake(DIGEST)


def send(owed: Work) -> str:
    """Sends one digest at most once; what became of it.

    1. Mark it and commit. One that is marked already belongs to somebody who died: it is doubtful, and left to people.
    2. Send it.
    3. Say that it was sent. What the server certainly did not take is tried again; where it cannot be told, it is doubtful.
    """
    user, day = owed.key.removeprefix(f"{DIGEST}:").split(":")
    try:
        marked = _mark(owed, int(user), date.fromisoformat(day))
        if marked is None:
            return ""
        return _send_marked(owed, *marked)
    except jobs.LeaseLost:
        log.info("lease lost", key=owed.key)
    except Exception as error:  # ours, before anything was sent: kept on the row, and tried again
        log.warning("digest failed", key=owed.key, exc_info=True)
        with suppress(jobs.LeaseLost):
            jobs.retry(owed, f"{type(error).__name__}: {error}")
    return ""


def _mark(owed: Work, user: int, day: date) -> tuple[Digest, mail.EmailMultiAlternatives] | None:
    """Composes and marks it; None where there is nothing to send."""
    with transaction.atomic():
        jobs.hold(owed)
        wish = Wish.objects.select_related("user").filter(user=user, user__in=roles.colleagues()).exclude(often=Often.OFF).first()
        digest = Digest.objects.select_for_update().filter(user=user, day=day).first()
        if digest is None and wish and newest_slot(wish, timezone.now()).day == day:
            since = _since(wish, timezone.now())
            digest = Digest.objects.create(user=wish.user, day=day, since=since, until=max(timezone.now(), since))
        if digest and digest.state == Sending.SENDING:
            _end(digest, Sending.DOUBTFUL, error=_("Whoever sent it never came back: it may have been sent."))
        if digest is None or wish is None or digest.state != Sending.WAITING:
            jobs.complete(owed)  # over, no longer wanted, or a later one tells it
            return None
        if not wish.user.email:
            _end(digest, Sending.FAILED, error=_("This person has no e-mail address."))
            jobs.complete(owed)
            return None
        letter = digest_mail.compose(wish.user, language=wish.language, since=digest.since, until=digest.until)
        if letter is None:
            _end(digest, Sending.EMPTY)
            jobs.complete(owed)
            return None
        message = _message(wish, digest, letter)
        message.message()  # what cannot be written as a mail fails here, before it is marked
        _end(digest, Sending.SENDING, address=wish.user.email, counts=letter.counts, marked_at=timezone.now(), error="")
        return digest, message


def _send_marked(owed: Work, digest: Digest, message: mail.EmailMultiAlternatives) -> str:
    try:
        _post(message)
    except Undelivered as error:
        with transaction.atomic():
            last = owed.attempts >= jobs.MAX_ATTEMPTS
            _end(digest, Sending.FAILED if last else Sending.WAITING, error=str(error))
            jobs.retry(owed, str(error))
    except Exception as error:  # the line broke while it was handed over, or anything else: nobody can tell
        log.warning("digest doubtful", key=owed.key, exc_info=True)
        _end(digest, Sending.DOUBTFUL, error=f"{type(error).__name__}: {error}")
        jobs.complete(owed)
    else:
        _end(digest, Sending.SENT, sent_at=timezone.now(), error="")  # true whoever holds the lease by now
        jobs.complete(owed)
    return digest.state


def _since(wish: Wish, now: datetime) -> datetime:
    last = Digest.objects.filter(user=wish.user_id, state__in=OVER).order_by("-until").values_list("until", flat=True).first()
    return last or now - FIRST[Often(wish.often)]


def _end(digest: Digest, state: Sending, **changes: object) -> None:
    digest.state = state
    Digest.objects.filter(pk=digest.pk).update(state=state, **changes)


def _message(wish: Wish, digest: Digest, letter: Letter) -> mail.EmailMultiAlternatives:
    host = urlsplit(settings.ADDRESS).hostname or "localhost"
    headers = {
        # the same however often it is sent: a mail program shows one of two that bear one id
        "Message-ID": f"<digest.{wish.user_id}.{digest.day:%Y%m%d}@{host}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": wish.language,
    }
    to = str(Address(wish.user.get_full_name(), addr_spec=wish.user.email))
    message = mail.EmailMultiAlternatives(letter.subject, letter.text, to=[to], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    return message


def _post(message: mail.EmailMultiAlternatives) -> None:
    """Hands it over. Raises Undelivered where the server certainly has not taken it, anything else where that cannot be told."""
    line = mail.get_connection()
    try:
        line.open()
    except Exception as error:
        raise Undelivered(f"{type(error).__name__}: {error}") from error
    try:
        line.send_messages([message])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError) as error:
        raise Undelivered(f"{type(error).__name__}: {error}") from error
    finally:
        with suppress(Exception):  # it was taken, or not, before the farewell
            line.close()


def wish_of(user: User) -> Wish:
    """What somebody wants, kept or not yet."""
    return Wish.objects.filter(user=user).first() or Wish(user=user)


def change_wish(user: User, **fields: object) -> Wish:
    """What somebody wants from now on. A time that has passed today is tomorrow's."""
    wish, _new = Wish.objects.update_or_create(user=user, defaults=fields | {"changed_at": timezone.now()})
    return wish
