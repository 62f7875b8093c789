"""Figures of one measure over time: in one unit, each as an interval with what it is to the claim's own, over REST and on the page."""

import re
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from rest_framework.test import APIClient

from claims import tasks
from claims.admin import charts
from claims.domain.choices import Kind
from claims.domain.values import Figure, SpeakerAsRead
from claims.figures import series
from claims.handlers import CONSUMERS
from claims.ledger import subscriptions
from claims.models import Claim
from claims.workflow import linking, review
from sources.roles import Role
from sources.text.edtf import ImpreciseDate
from sources.text.numbers import find_quantities
from tests import make

pytestmark = pytest.mark.django_db


def said(statement: str, day: str, speaker: str = "مدير المرفأ", **fields) -> UUID:
    figures = tuple(
        Figure(text=q.text, value=q.value, value_max=q.value_max, unit=q.unit, comparator=q.comparator) for q in find_quantities(statement)
    )
    plain = {"statement": statement, "said_on": ImpreciseDate(edtf=day), "quantities": figures, "kind": Kind.QUANTITY}
    id = make.recorded(**plain, speaker=SpeakerAsRead(type="person", name=speaker), **fields)
    review.accept(id, by=make.REVIEWER)
    return id


def port() -> dict[str, UUID]:
    """What people said of a port's containers, and other things."""
    for place in ("السوق", "المدرسة", "الملعب", "المتحف"):
        said(f"افتتح المحافظ {place} الجديد بعد سنوات من العمل", "2030-01-05")
    found = {
        "early": said("استقبل مرفأ الشرق نحو 40 ألف حاوية في الشهر", "2030-09", "نقيب الوكلاء"),
        "own": said("استقبل مرفأ الشرق أكثر من 52 ألف حاوية في الشهر", "2031-03-01"),
        "less": said("استقبل مرفأ الشرق 45 ألف حاوية في الشهر", "2031-03-02", "اتحاد الناقلين"),
        "more": said("استقبل مرفأ الشرق بين 55 و60 ألف حاوية في الشهر", "2031-03-03", "وزارة النقل"),
        "not-same": said("استقبل مرفأ الغرب 30 ألف حاوية في الشهر", "2031-03-01", "مدير مرفأ الغرب"),
        "money": said("استقبل مرفأ الشرق حاويات بقيمة 3 مليارات دولار في الشهر", "2031-03-01"),
    }
    subscriptions.deliver(CONSUMERS["matching"])
    tasks.find_neighbours()
    linking.link(found["own"], found["not-same"], relation="not_same", reason="مرفأ آخر", by=make.REVIEWER)
    return found


def relations(found: series.Series) -> dict[UUID, str]:
    return {point.claim.pk: point.relation for point in found.points}


def test_each_figure_stands_with_what_it_is_to_the_claims_own():
    ids = port()
    (found,) = series.series_of(Claim.objects.get(pk=ids["own"]))
    assert relations(found) == {ids["early"]: "apart", ids["own"]: "own", ids["less"]: "contradicts", ids["more"]: "refines"}
    assert [point.claim.pk for point in found.points] == [ids[name] for name in ("early", "own", "less", "more")]
    own = found.points[1].interval
    assert (own.low, own.high, own.low_open) == (52_000, None, True)


def test_other_units_are_shown_in_the_claims_own():
    ids = [
        said("يبلغ طول الطريق الساحلي 200 كيلومتر", "2031-03-01"),
        said("يبلغ طول الطريق الساحلي 90 ميلا", "2031-03-01", "نقابة السائقين"),
    ]
    linking.link(*ids, relation="contradicts", by=make.REVIEWER)
    (found,) = series.series_of(Claim.objects.get(pk=ids[0]))
    (mile,) = [point for point in found.points if point.claim.pk == ids[1]]
    assert series.decimal(mile.value) == Decimal("144.84096")
    assert mile.relation == "contradicts"


def test_a_series_is_bounded_and_costs_the_same_number_of_queries(monkeypatch):
    ids = port()
    counted = []
    for most in (2, 30):
        monkeypatch.setattr(series, "MOST", most)
        claim = Claim.objects.select_related("document").prefetch_related("quantities").get(pk=ids["own"])
        with CaptureQueriesContext(connection) as asked:
            (found,) = series.series_of(claim)
        assert len(found.points) <= most
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 6


def test_a_denial_and_a_claim_without_a_unit_have_no_series():
    assert series.series_of(Claim.objects.get(pk=said("افتتح السوق", "2031-03-01"))) == []
    denied = said("لم يستقبل المرفأ 40 ألف حاوية", "2031-03-01", polarity="negated")
    assert series.series_of(Claim.objects.get(pk=denied)) == []


# ── over REST


def api(role=Role.REPORTER) -> APIClient:
    client = APIClient()
    client.force_authenticate(make.user(role))
    return client


def test_the_figures_are_there_over_rest():
    ids = port()
    (found,) = api().get(f"/api/v1/claims/{ids['own']}/figures/").json()["results"]
    assert (found["unit"], found["role"], found["figure"]["value"]) == ("حاوية", "level", "52000")
    by_claim = {point["claim"]: point for point in found["points"]}
    less = by_claim[str(ids["less"])]
    assert less["interval"] == {"low": "44500", "high": "45500", "low_open": True, "high_open": True}
    assert (less["relation"], less["first"], less["last"], less["speaker"]) == ("contradicts", "2031-03-02", "2031-03-02", "اتحاد الناقلين")
    assert by_claim[str(ids["early"])]["first"] == "2030-09-01"
    assert by_claim[str(ids["own"])]["interval"]["high"] is None


def test_readers_outside_do_not_see_claims_beside_each_other(settings):
    settings.PUBLIC_READ = True
    ids = port()
    for name in ("own", "less"):
        make.publish(ids[name])
    assert APIClient().get(f"/api/v1/claims/{ids['own']}/figures/").status_code == 401


def test_a_claim_that_is_not_there():
    assert api().get(f"/api/v1/claims/{UUID(int=5)}/figures/").status_code == 404


# ── on the page


def drawn(ids: dict[str, UUID], language: str) -> charts.Chart:
    with translation.override(language):
        chart = charts.drawn(series.series_of(Claim.objects.get(pk=ids["own"]))[0])
        assert [tick.label for tick in chart.values]
        assert len(chart.days) >= 2
        return chart


def test_days_run_with_the_readers_language():
    ids = port()
    left, right = drawn(ids, "en"), drawn(ids, "ar")
    assert left.marks[0].x < left.marks[1].x
    assert right.marks[0].x > right.marks[1].x
    assert (left.start, right.start) == (charts.LEFT, charts.WIDTH - charts.LEFT)


def test_every_mark_is_on_the_paper_and_marks_of_one_day_stand_apart():
    chart = drawn(port(), "ar")
    for mark in chart.marks:
        assert 0 <= mark.x <= charts.WIDTH
        assert charts.TOP <= mark.high <= mark.y <= mark.low <= charts.HEIGHT - charts.BOTTOM
    places = sorted(mark.x for mark in chart.marks)
    assert all(b - a >= 12 for a, b in pairwise(places))


@pytest.mark.parametrize(
    ("low", "high", "at_most"),
    [(0, 100, 6), (0, 1, 6), (0.001, 0.0012, 6), (190e9, 205e9, 6), (-5, 5, 6), (0, 7, 6), (39_500, 61_000, 6)],
)
def test_an_axis_has_a_few_round_numbers(low, high, at_most):
    ticks = charts._scale(low, high)
    assert 2 <= len(ticks) <= at_most
    assert all(low - 1e-9 <= tick <= high + 1e-9 for tick in ticks)
    steps = {str((b - a) / 10 ** (len(str(int(b - a))) - 1)) for a, b in pairwise(ticks) if b - a >= 1}
    assert steps <= {"1", "2", "5"}


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        (["2031-03-01", "2031-03-02"], r"\d+ (Feb|Mar)"),
        (["2030-02-01", "2031-01-02"], r"[A-Z][a-z]{2} 203[01]"),
        (["2012-02-01", "2031-01-02"], r"20\d\d"),
        (["1031-01-01", "9031-01-02"], r"\d{4}"),
        (["0001-01-01", "9999-12-31"], r"\d{4}"),
    ],
)
def test_days_are_told_as_precisely_as_they_are_apart(days, labels):
    ids = [said("يبلغ طول الطريق 200 كيلومتر", day) for day in days]
    linking.link(*ids, relation="same", by=make.REVIEWER)
    with translation.override("en"):
        chart = charts.drawn(series.series_of(Claim.objects.get(pk=ids[0]))[0])
    assert 1 <= len(chart.days) <= 8
    assert all(re.fullmatch(labels, tick.label) for tick in chart.days)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_draws_them_and_says_the_same_in_a_table(language):
    ids = port()
    client = Client(headers={"accept-language": language})
    client.force_login(make.user(Role.REVIEWER))
    client.cookies["django_language"] = language
    page = client.get(reverse("admin:claims_claim_change", args=[ids["own"]])).content.decode()
    svg = re.search(r"""<svg viewBox.*?</svg>""", page, re.DOTALL)[0]
    assert 'role="img"' in svg
    assert "<title" in svg
    assert "<desc" in svg
    assert svg.count('<g class="mark-') == 4
    assert not re.search(r'(?:x|y|x1|y1|d)="[^"]*[,٫]', svg)
    table = page[page.index(svg) + len(svg) :]
    for name in ("early", "less", "more"):
        assert reverse("admin:claims_claim_change", args=[ids[name]]) in table
    assert "اتحاد الناقلين" in table


def test_a_claim_whose_figures_stand_alone_has_no_chart():
    client = Client()
    client.force_login(make.user(Role.REVIEWER))
    alone = said("يبلغ طول الطريق 200 كيلومتر", "2031-03-01")
    assert "<svg viewBox" not in client.get(reverse("admin:claims_claim_change", args=[alone])).content.decode()


def test_the_schema_knows_the_address(capsys):
    call_command("spectacular", validate=True)
    assert "/figures/" in capsys.readouterr().out
