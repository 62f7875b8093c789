"""Which outlet is this name: found by any spelling, made once."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sources import roles
from sources.errors import Refusal
from sources.models import Outlet
from sources.registry import names, revisions
from sources.roles import Actor


def find(name: str) -> Outlet | None:
    """The outlet of this name, however it is spelled."""
    return Outlet.objects.filter(folded=names.key(name)).first()


def find_or_make(name: str, *, by: Actor, homepage: str = "", wikidata: str = "") -> Outlet:
    """The outlet of this name; a new one where there is none. Raises NoName."""
    roles.must(by, "capture")
    key = names.key(name)
    if known := Outlet.objects.filter(folded=key).first():
        return known
    with transaction.atomic():
        new = {"name": names.clean(name), "homepage": homepage, "wikidata": wikidata}
        outlet, made = Outlet.objects.get_or_create(folded=key, defaults=new)
        if made:
            revisions.record(outlet, by=by)
    return outlet


class NameTaken(Refusal, ValueError):
    """Another outlet has this name."""

    sentence = _("Another outlet has this name.")
    title, field = _("Name taken"), "name"


def revise(outlet: Outlet, *, by: Actor, reason: str = "", name: str | None = None, **changes: str) -> Outlet:
    """Changes an outlet's name, `homepage` or `wikidata`. Raises NameTaken."""
    roles.must(by, "source")
    with transaction.atomic():
        outlet = Outlet.objects.select_for_update().get(pk=outlet.pk)
        if name is not None:
            key = names.key(name)
            names.hold("outlet", key)
            if Outlet.objects.filter(folded=key).exclude(pk=outlet.pk).exists():
                raise NameTaken(name)
            outlet.name, outlet.folded = names.clean(name), key
        for field in changes.keys() & {"homepage", "wikidata"}:
            setattr(outlet, field, changes[field])
        outlet.save()
        revisions.record(outlet, by=by, reason=reason)
    return outlet
