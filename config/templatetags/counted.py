"""How many of a thing a list holds: Arabic has six forms of a noun beside a number, and Django's lists know two."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models.options import Options
from django.utils.translation import ngettext_lazy

register = template.Library()

NOUNS = {
    "auth.group": ngettext_lazy("%(number)s group", "%(number)s groups", "number"),
    "auth.user": ngettext_lazy("%(number)s user", "%(number)s users", "number"),
    "claims.claim": ngettext_lazy("%(number)s claim", "%(number)s claims", "number"),
    "claims.correction": ngettext_lazy("%(number)s correction", "%(number)s corrections", "number"),
    "claims.digest": ngettext_lazy("%(number)s digest", "%(number)s digests", "number"),
    "sources.apitoken": ngettext_lazy("%(number)s API token", "%(number)s API tokens", "number"),
    "claims.feedkey": ngettext_lazy("%(number)s key of the feeds", "%(number)s keys of the feeds", "number"),
    "claims.flag": ngettext_lazy("%(number)s flag", "%(number)s flags", "number"),
    "claims.verification": ngettext_lazy("%(number)s verification", "%(number)s verifications", "number"),
    "claims.webhook": ngettext_lazy("%(number)s webhook", "%(number)s webhooks", "number"),
    "claims.wish": ngettext_lazy("%(number)s digest by e-mail", "%(number)s digests by e-mail", "number"),
    "sources.document": ngettext_lazy("%(number)s document", "%(number)s documents", "number"),
    "sources.feed": ngettext_lazy("%(number)s feed", "%(number)s feeds", "number"),
    "sources.outlet": ngettext_lazy("%(number)s outlet", "%(number)s outlets", "number"),
    "sources.snapshot": ngettext_lazy("%(number)s snapshot", "%(number)s snapshots", "number"),
    "sources.speaker": ngettext_lazy("%(number)s speaker", "%(number)s speakers", "number"),
    "sources.watch": ngettext_lazy("%(number)s watched page", "%(number)s watched pages", "number"),
    "sources.work": ngettext_lazy("%(number)s piece of work owed", "%(number)s pieces of work owed", "number"),
}


@register.simple_tag
def counted(number: int, of: Options[Any]) -> str:
    """“47 flags”, «47 تنبيهًا»: a number of the rows of a model; a model without a noun here is named after the number."""
    noun = NOUNS.get(of.label_lower)
    return noun % {"number": number} if noun else f"{number} · {of.verbose_name_plural}"
