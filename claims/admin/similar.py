"""Claims like one, beside what they were judged to be already: a part of the claim's page, and a page of its own without JavaScript."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims import ledger, similarity
from claims.admin import comparisons, formatting, steps
from claims.admin.forms import StepForm
from claims.admin.steps import Button
from claims.domain.choices import Relation
from claims.domain.state import ClaimState
from claims.models import Claim, Link
from claims.similarity import clusters, judgements
from claims.workflow import linking
from sources import roles
from sources.models import new_id

MOST = 10  # a longer list is not read to its end
MEMBERS = 20  # of a cluster, named before they are only counted


class JudgeForm(StepForm):
    """What is this claim to the other?"""

    other = forms.UUIDField(widget=forms.HiddenInput)
    relation = forms.ChoiceField(choices=Relation.choices)


class TakeBackForm(StepForm):
    """Whose judgement is taken back, and why; nothing is asked of whoever undoes what they did just now."""

    other = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(required=False)

    def clean_reason(self) -> str:
        """What is written down where nothing is said."""
        return self.cleaned_data["reason"] or gettext("Undone.")


JUDGE = Button("judge", _("Judge"), JudgeForm, linking.link, "")
TAKE_BACK = Button("take-back", _("Take back"), TakeBackForm, linking.unlink, "")


def show(request: HttpRequest, desk: Any, pk: UUID, *, refused: str = "", code: int = 200) -> HttpResponse:
    """The part alone with `?panel=1`, else the page."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    claim = Claim.objects.filter(pk=pk).prefetch_related("quantities").first()
    if claim is None:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    part = given.get("panel") == "1"
    actor = roles.actor_of(request.user)
    known = judgements.pairs([pk])[pk]
    links = list(Link.objects.filter(claim=pk).select_related("other").order_by("-at"))
    context = (desk.admin_site.each_context(request) if not part else {}) | {
        "title": _("Similar claims"),
        "subtitle": None,
        "opts": desk.opts,
        "claim": claim,
        "part": part,
        "refused": refused,
        "may_judge": roles.may(actor, "link"),
        "key": new_id,
        "keys": comparisons.KEYS,
        "rows": comparisons.comparison_rows(claim, similarity.like(claim, limit=MOST, judged=known)),
        "links": [(link, formatting.relation(link.relation, outward=link.outward)) for link in links],
        "done": next((link for link in links if str(link.other_id) == given.get("done")), None),
        "cluster": _cluster(pk),
        "address": reverse("admin:claims_claim_similar", args=[pk]),
    }
    template = "panel" if part else "page"
    return TemplateResponse(request, f"admin/claims/similar/{template}.html", context, status=code)


def judge(request: HttpRequest, desk: Any, pk: UUID, name: str) -> HttpResponse:
    """One key, one judgement; or one taken back."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    step = {step.name: step for step in (JUDGE, TAKE_BACK)}.get(name)
    if step is None or not Claim.objects.filter(pk=pk).exists():
        raise Http404
    state = ledger.state_of(pk)
    assert isinstance(state, ClaimState)
    form = step.form(request.POST, state=state, step=name)
    if not (form.is_valid() and steps.submit(step, form, roles.actor_of(request.user))):
        why = [str(message) for messages in form.errors.values() for message in messages]
        return show(request, desk, pk, refused=" ".join(why), code=409 if form.non_field_errors() else 400)
    words = {"panel": "1"} if request.POST.get("panel") == "1" else {}
    if step is JUDGE:
        words["done"] = str(form.cleaned_data["other"])
    address = reverse("admin:claims_claim_similar", args=[pk])
    return HttpResponseRedirect(f"{address}?{urlencode(words)}" if words else address)


def _cluster(claim: UUID) -> dict[str, Any] | None:
    """The others of its cluster, and the pairs in it that were found not to be the same."""
    found = clusters.around(claim)
    if found is None:
        return None
    others = [member for member in found.claims if member != claim]
    named = {*others[:MEMBERS], *(one for pair in found.conflicts[:MEMBERS] for one in pair)}
    claims = Claim.objects.only("statement", "status").in_bulk(named)
    return {
        "size": len(found.claims),
        "claims": [claims[member] for member in others[:MEMBERS] if member in claims],
        "more": max(0, len(others) - MEMBERS),
        "conflicts": [tuple(claims[one] for one in pair) for pair in found.conflicts[:MEMBERS] if all(one in claims for one in pair)],
    }
