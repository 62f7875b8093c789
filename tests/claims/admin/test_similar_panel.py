"""Claims like one on its page: what differs is marked, a judgement is one click, and it is taken back as easily."""

import re
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from claims import ledger, similarity
from claims.admin import comparisons
from claims.admin.comparisons import Run
from claims.domain.choices import Polarity
from claims.domain.values import Figure
from claims.handlers import CONSUMERS
from claims.ledger import subscriptions
from claims.models import Claim, Link
from claims.workflow import linking
from sources.roles import Role
from tests import make

pytestmark = pytest.mark.django_db

FLEET = "قال وزير النقل إن أسطول الشاحنات في مرفأ صور سيبلغ 200 شاحنة في عام 2031"
MORE = "قال وزير النقل إن أسطول الشاحنات في مرفأ صور سيبلغ 320 شاحنة في عام 2031 <script>alert('x')</script>"
DENIED = "نفى وزير النقل أن أسطول الشاحنات في مرفأ صور سيبلغ 200 شاحنة في عام 2034"


def fleet(number: int, statement: str, **fields: object) -> UUID:
    figure = Figure(text=f"{number} شاحنة", value=Decimal(number), unit="شاحنة")
    return make.recorded(statement=statement, quantities=(figure,), **fields)


@pytest.fixture
def claims() -> tuple[UUID, UUID, UUID]:
    """A claim, one with another figure, and one that denies it."""
    return fleet(200, FLEET), fleet(320, MORE), fleet(200, DENIED, polarity=Polarity.NEGATED)


@pytest.fixture(autouse=True)
def follow(claims: object) -> None:
    for name in ("matching", "clusters"):
        subscriptions.deliver(CONSUMERS[name])


def colleague(role: str = Role.REVIEWER) -> Client:
    client = Client()
    client.force_login(make.user(role))
    return client


def address(claim: UUID) -> str:
    return reverse("admin:claims_claim_similar", args=[claim])


def send(client: Client, claim: UUID, step: str, other: UUID, **fields: object):
    given = {"key": uuid4(), "after": ledger.state_of(claim).version, "other": other} | fields
    data = {f"{step}-{name}": value for name, value in given.items() if name != "panel"}
    return client.post(reverse("admin:claims_claim_judge", args=[claim, step]), data | ({"panel": "1"} if "panel" in fields else {}))


def test_the_claim_s_page_asks_nothing_for_it(claims):
    client = colleague()
    page = reverse("admin:claims_claim_change", args=[claims[0]])
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(page)
    assert f'data-similar="{address(claims[0])}"' in answer.content.decode()
    # its figures' chart looks up who is in the cluster, by an index; what speaks against the cluster is the panel's
    assert not [query for query in queries if "claims_match" in query["sql"] or "claims_cluster c" in query["sql"]]


def test_what_differs_is_marked_and_said_and_escaped(claims):
    with translation.override("en"):
        shown = colleague().get(address(claims[0]), {"panel": "1"}).content.decode()
    assert "<html" not in shown
    assert '<mark class="differs differs-figure">320 شاحنة</mark>' in shown
    assert '<mark class="differs differs-figure">200 شاحنة</mark>' in shown
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown
    said = re.sub("[\u2068\u2069]", "", shown)
    assert "Another figure: 320 شاحنة there, 200 شاحنة here: 60% more." in said
    assert "One of the two denies something that the other affirms." in said
    assert "They speak of different times." in said
    assert said.count('name="judge-relation"') == 16


def test_the_page_itself_works_without_a_script(claims):
    one, other, third = claims
    client = colleague()
    page = client.get(address(one)).content.decode()
    assert "<html" in page
    answer = send(client, one, "judge", other, relation="refines")
    assert (answer.status_code, answer["Location"]) == (302, f"{address(one)}?done={other}")
    assert Link.objects.get(claim=one).relation == "refines"
    shown = client.get(answer["Location"]).content.decode()
    assert "data-undo" in shown
    assert f'value="{other}"' in shown
    rows = re.findall(r'id="near-([0-9a-f-]{36})"', shown)
    assert rows == [str(third)]
    back = send(client, one, "take-back", other)
    assert back["Location"] == address(one)
    assert not Link.objects.exists()
    assert set(re.findall(r'id="near-([0-9a-f-]{36})"', client.get(address(one)).content.decode())) == {str(other), str(third)}


def test_a_refused_judgement_says_why(claims):
    one, other, _ = claims
    client = colleague()
    stale = send(client, one, "judge", other, relation="same", after=99, panel=True)
    assert stale.status_code == 409
    assert 'class="note refused"' in stale.content.decode()
    assert "<html" not in stale.content.decode()
    nonsense = send(client, one, "judge", other, relation="likes")
    assert nonsense.status_code == 400
    assert not Link.objects.exists()
    reporter = colleague(Role.REPORTER)
    assert send(reporter, one, "judge", other, relation="same").status_code == 409
    assert 'name="judge-relation"' not in reporter.get(address(one)).content.decode()
    assert client.get(reverse("admin:claims_claim_judge", args=[one, "judge"])).status_code == 405
    assert send(client, one, "like", other).status_code == 404
    assert client.get(address(uuid4())).status_code == 404


def test_what_was_judged_stands_below_with_its_cluster_and_what_speaks_against_it(claims):
    one, other, third = claims
    linking.link(other, one, relation="repeats", reason="نقلا عنه", by=make.REVIEWER)
    linking.link(one, third, relation="same", by=make.REVIEWER)
    linking.link(third, other, relation="not_same", by=make.REVIEWER)
    subscriptions.deliver(CONSUMERS["clusters"])
    with translation.override("en"):
        shown = colleague().get(address(one), {"panel": "1"}).content.decode()
    assert "is repeated by" in shown
    assert "نقلا عنه" in shown
    assert "Claims that say the same, this one included: 3" in shown
    assert 'class="alarm"' in shown
    assert 'class="empty"' in shown  # nothing is left to compare


def test_the_panel_costs_the_same_however_much_was_judged(claims):
    client = colleague()
    client.get(address(claims[0]), {"panel": "1"})

    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            assert client.get(address(claims[0]), {"panel": "1"}).status_code == 200
        return len(made)

    linking.link(claims[0], claims[1], relation="same", by=make.REVIEWER)
    subscriptions.deliver(CONSUMERS["clusters"])
    before = queries()
    for _ in range(6):
        linking.link(claims[0], make.recorded(), relation="repeats", by=make.REVIEWER)
    subscriptions.deliver(CONSUMERS["clusters"])
    assert queries() <= before


def test_another_claim_is_judged_by_its_address(claims):
    one, other = claims[0], make.recorded()
    data = {"link-key": str(uuid4()), "link-after": 1, "link-relation": "updates", "link-other": f"http://testserver{address(other)}"}
    answer = colleague().post(reverse("admin:claims_claim_step", args=[one, "link"]), data)
    assert answer.status_code == 302
    assert Link.objects.get(claim=one).other_id == other


def test_a_merge_is_taken_back_on_the_page(claims):
    one, other, _ = claims
    linking.merge(one, into=other, by=make.EDITOR)
    data = {"unmerge-key": str(uuid4()), "unmerge-after": 2, "unmerge-reason": "اثنان"}
    assert colleague(Role.EDITOR).post(reverse("admin:claims_claim_step", args=[one, "unmerge"]), data).status_code == 302
    assert Claim.objects.get(pk=one).status == "proposed"


def test_runs_are_the_text_cut_where_something_begins_or_ends():
    assert comparisons.text_runs("abc def", [(0, 3)], [(4, 7)]) == [
        Run("abc", differs=True),
        Run(" "),
        Run("def", differs=True, figure=True),
    ]
    assert comparisons.text_runs("same", [], []) == [Run("same")]
    assert comparisons.text_runs("", [], []) == []


def test_a_claim_is_compared_by_what_people_made_of_it():
    one = fleet(500, FLEET)  # somebody corrected the figure, not the words
    other = fleet(500, FLEET.replace("مرفأ", "ميناء"))
    subscriptions.deliver(CONSUMERS["matching"])
    [why] = [match.why for match in similarity.like(Claim.objects.get(pk=one)) if match.claim.pk == other]
    assert (why.figures, why.differences) == ("same", ())
