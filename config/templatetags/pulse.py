"""What the front page tells about the machinery."""

from datetime import timedelta
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims import flagging
from claims.models import Webhook
from config import machinery_status
from sources import roles
from sources.watching import watch_status

register = template.Library()
SHOWN = 5  # notices of one kind; the list has all

QUEUES = {
    "reading": _("reading texts"),
    "watching": _("watching pages and the ledger"),
    "scanning": _("finding what is due"),
    "delivery": _("telling others"),
}


@register.simple_tag(takes_context=True)
def webhooks_switched_off(context: dict[str, Any]) -> list[Webhook]:
    """Those that the program switched off, for whoever may see their addresses; nobody else can do anything about it."""
    may = roles.may(roles.actor_of_request(context["request"]), "subscribe")
    return machinery_status.webhooks().switched_off[:SHOWN] if may else []


@register.simple_tag
def machinery() -> dict[str, Any]:
    """The periodic tasks, the queues, the rules that fail, and whether any of them wants somebody."""
    tasks, queues, rules, hooks = machinery_status.periodic(), machinery_status.queues(), flagging.failing(), machinery_status.webhooks()
    late = [task for task in tasks if task.late]
    failing = sum(queue.failing for queue in queues)
    given_up = sum(queue.given_up for queue in queues)
    return {
        "tasks": tasks,
        "queues": [(QUEUES.get(queue.name, queue.name), queue) for queue in queues],
        "rules": rules,
        "late": len(late),
        "failing": failing,
        "given_up": given_up,
        "webhooks_failing": hooks.failing,
        "webhooks_off": len(hooks.switched_off),
        "well": not (late or failing or given_up or rules or hooks.failing or hooks.switched_off or any(task.failed for task in tasks)),
    }


@register.simple_tag
def watch_counts() -> dict[str, Any]:
    """How the pages and feeds that are watched stand."""
    return watch_status.counted()


@register.filter
def waited(age: timedelta) -> str:
    """So long, in the largest unit that fits."""
    seconds = int(age.total_seconds())
    if seconds < 60:
        return str(_("under a minute"))
    if seconds < 2 * 3600:
        return str(_("%d min") % (seconds // 60))
    if seconds < 48 * 3600:
        return str(_("%d h") % (seconds // 3600))
    days = seconds // 86400
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
