"""The desk in the admin: the queue, a claim's page, every step by its button."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from claims import events, flagging, ledger, publishing, recording, review, verdicts
from claims.admin import looking, sentences
from claims.choices import FlagStatus, Kind, Mode, Rating, Relation, Scheme, Stance, Status
from claims.models import Claim, Flag, Verification
from claims.statements import Exhibit, Figure, Hop, SpeakerAsRead
from sources.models import Content, Document, Outlet, Snapshot, new_id
from sources.roles import Actor, Role
from sources.text.edtf import Basis, ImpreciseDate

pytestmark = pytest.mark.django_db

ARTICLE = (
    "أعلنت الوزارة أمس نتائج العام.\n"
    "وقال الوزير أحمد السالم إن «التجارة ستبلغ 200 مليار دولار في ربيع 2023» ردا على سؤال.\n"
    "<script>alert('x')</script> ولم يذكر تفاصيل أخرى."
)
QUOTE = "التجارة ستبلغ 200 مليار دولار في ربيع 2023"
START = ARTICLE.index(QUOTE)
ADMINISTRATOR = Actor("root", roles=frozenset({Role.ADMINISTRATOR}))
COLLEAGUE = Actor("colleague", roles=frozenset({Role.ADMINISTRATOR}))


@pytest.fixture
def snapshot() -> Snapshot:
    """An article as it was captured."""
    outlet = Outlet.objects.create(name="صحيفة الغد", folded="صحيفة الغد")
    document = Document.objects.create(
        identity="a", outlet=outlet, title="نتائج العام", language="ar",
        published={"edtf": "2022-11-20", "basis": "text"}, published_first=date(2022, 11, 20), published_last=date(2022, 11, 20),
    )  # fmt: skip
    content = Content.objects.create(digest=b"d" * 32, text=ARTICLE)
    return Snapshot.objects.create(document=document, content=content)


@pytest.fixture
def said(snapshot: Snapshot) -> events.ClaimRecorded:
    """A claim as the reader proposes it."""
    at = ARTICLE.index("200 مليار دولار")
    return events.ClaimRecorded(
        statement="ستبلغ التجارة 200 مليار دولار في ربيع 2023",
        kind=Kind.PREDICTION,
        speaker=SpeakerAsRead(type="person", name="أحمد السالم", title="الوزير"),
        quote=QUOTE,
        start=START,
        end=START + len(QUOTE),
        snapshot=str(snapshot.pk),
        language="ar",
        source="صحيفة الغد",
        due=ImpreciseDate(edtf="2023-21", text="ربيع 2023", basis=Basis.TEXT),
        quantities=(Figure(text="200 مليار دولار", value=Decimal(200_000_000_000), unit="USD", start=at, end=at + 15),),
        attributions=(Hop(agent="صحيفة الغد", role="publisher"), Hop(agent="الوزير", role="speaker", cue="قال", mode=Mode.DIRECT)),
    )


@pytest.fixture
def claim(said: events.ClaimRecorded) -> UUID:
    """A proposed claim."""
    return recording.record(said, by=ADMINISTRATOR).stream


def colleague(name: str, role: Role) -> Client:
    """A signed-in member of the desk."""
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def reporter() -> Client:
    """May capture, record and add evidence."""
    return colleague("rana", Role.REPORTER)


@pytest.fixture
def reviewer() -> Client:
    """May take in, turn down, judge."""
    return colleague("rami", Role.REVIEWER)


@pytest.fixture
def editor() -> Client:
    """May approve and publish."""
    return colleague("eman", Role.EDITOR)


QUEUE = "/admin/claims/claim/"


def page(claim: UUID) -> str:
    return reverse("admin:claims_claim_change", args=[claim])


def press(client: Client, claim: UUID, step: str, *, after: int | None = None, key: Any = None, **said: Any) -> Any:
    """Sends the form of a step as the page has it."""
    version = Claim.objects.get(pk=claim).version if after is None else after
    fields = {"after": version, "key": key or new_id(), **said}
    address = reverse("admin:claims_claim_step", args=[claim, step])
    return client.post(address, {f"{step}-{name}": value for name, value in fields.items()})


def status(claim: UUID) -> str:
    return Claim.objects.get(pk=claim).status


# ── the queue


def test_the_queue_shows_speaker_source_and_date(reviewer: Client, claim: UUID) -> None:
    html = reviewer.get(QUEUE).content.decode()
    assert '<bdi dir="auto">ستبلغ التجارة 200 مليار دولار في ربيع 2023</bdi>' in html
    assert "أحمد السالم" in html
    assert "صحيفة الغد" in html
    assert "spring 2023" in html
    assert "Nov. 20, 2022" in html
    assert "(published)" in html  # nobody said when it was said
    assert "Overdue" in html or "overdue" in html


def test_an_empty_queue_says_what_to_do_next(reviewer: Client) -> None:
    html = reviewer.get(QUEUE).content.decode()
    assert "Capture an article" in html
    assert reverse("admin:sources_document_capture") in html


def test_the_queue_asks_as_often_for_many_claims_as_for_one(reviewer: Client, said: events.ClaimRecorded) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert reviewer.get(QUEUE).status_code == 200
        return len(queries)

    recording.record(said, by=ADMINISTRATOR)
    flagging.run()
    asked()  # the first request fills caches
    one = asked()
    for _n in range(8):
        recording.record(said, by=ADMINISTRATOR)
    flagging.run()
    assert asked() == one


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("status__exact=proposed", True), ("status__exact=accepted", False), ("kind__exact=prediction", True), ("kind__exact=event", False),
        ("clock=overdue", True), ("clock=upcoming", False), ("clock=unscheduled", False), ("clock=due", False), ("clock=watch", False),
        ("flagged=yes", True), ("flagged=no", False), ("language=ar", True), ("language=en", False),
        ("q=السالم", True), ("q=ستبلغ", True), ("q=nowhere", False),
    ],
)  # fmt: skip
def test_the_queue_narrows(reviewer: Client, claim: UUID, asked: str, found: bool) -> None:
    flagging.run()
    response = reviewer.get(f"{QUEUE}?{asked}")
    assert (str(claim) in response.content.decode()) is found


def test_nobody_writes_a_claim_past_the_ledger(claim: UUID) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    assert client.get(f"{QUEUE}add/").status_code == 403
    assert client.post(f"{QUEUE}{claim}/delete/", {"post": "yes"}).status_code == 403
    client.post(page(claim), {"statement": "something else"})
    assert Claim.objects.get(pk=claim).version == 1


def test_a_stranger_sees_nothing(claim: UUID) -> None:
    client = Client()
    client.force_login(User.objects.create_user("stranger"))
    for address in (QUEUE, page(claim)):
        assert client.get(address).status_code == 302
    assert press(client, claim, "accept").status_code == 302
    assert status(claim) == Status.PROPOSED


# ── one claim


def test_a_claim_stands_in_its_article_with_quote_and_figures_marked(reviewer: Client, claim: UUID) -> None:
    html = reviewer.get(page(claim)).content.decode()
    marked = re.search(r"<mark>(.*?)</mark>", html, re.DOTALL)
    assert marked is not None
    assert marked[1] == 'التجارة ستبلغ <u class="figure">200 مليار دولار</u> في ربيع 2023'
    assert "أعلنت الوزارة أمس نتائج العام." in html
    assert "200,000,000,000" in html


def test_a_script_in_an_article_is_shown_and_not_run(reviewer: Client, said: events.ClaimRecorded) -> None:
    words = "<script>alert(1)</script>"
    odd = replace(said, statement=words, quote=None, start=None, end=None, snapshot=None, notes=words, source=words, criteria=words)
    heard = recording.record(odd, by=ADMINISTRATOR).stream
    quoted = recording.record(said, by=ADMINISTRATOR).stream
    for address in (QUEUE, page(heard), page(quoted)):
        html = reviewer.get(address).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html or address == QUEUE


def test_a_page_shows_what_happened_and_why(reviewer: Client, claim: UUID) -> None:
    review.reject(claim, reason="ليس خبرا", by=COLLEAGUE)
    html = reviewer.get(page(claim)).content.decode()
    assert "Rejected." in html
    assert "ليس خبرا" in html
    assert "colleague" in html


def test_a_page_shows_returned_and_superseded_verdicts(editor: Client, claim: UUID) -> None:
    review.accept(claim, by=ADMINISTRATOR)
    for rating in (Rating.CAME_TRUE, Rating.PARTLY, Rating.DID_NOT):
        verdicts.reach(claim, rating=rating, rationale="because", by=ADMINISTRATOR)
        if rating is Rating.CAME_TRUE:
            verdicts.send_back(claim, reason="too early", by=COLLEAGUE)
            continue
        verdicts.approve(claim, by=COLLEAGUE)
        if rating is Rating.PARTLY:
            publishing.publish(claim, by=COLLEAGUE)
    html = editor.get(page(claim)).content.decode()
    for words in ("sent back", "too early", "superseded", "stands", "Correction issued"):
        assert words in html


def test_the_page_speaks_arabic_from_right_to_left(reviewer: Client, claim: UUID) -> None:
    html = reviewer.get(page(claim), HTTP_ACCEPT_LANGUAGE="ar").content.decode()
    assert 'dir="rtl"' in html
    assert "العربيّة" in html  # the switcher names each language in itself


def test_an_unknown_claim_sends_back_to_the_front(reviewer: Client) -> None:
    assert reviewer.get(page(new_id())).status_code == 302
    assert reviewer.get(f"{QUEUE}nonsense/change/").status_code == 302


# ── steps by button


def test_the_whole_road_by_buttons(reporter: Client, reviewer: Client, editor: Client, claim: UUID) -> None:
    assert press(reporter, claim, "evidence", stance="supports", url="https://example.org/a", note="figures").status_code == 302
    assert press(reviewer, claim, "accept").status_code == 302
    assert press(reviewer, claim, "schedule", due="2023-05", reason="the source says May").status_code == 302
    assert press(reviewer, claim, "assign", to="rami").status_code == 302
    [exhibit] = Claim.objects.get(pk=claim).evidence.all()
    assert press(reviewer, claim, "verdict", rating="did_not", rationale="لم يحدث", evidence=[str(exhibit.key)]).status_code == 302
    assert press(editor, claim, "return", reason="which figures?").status_code == 302
    assert press(reviewer, claim, "verdict", rating="partly", rationale="150").status_code == 302
    assert press(editor, claim, "approve").status_code == 302
    assert press(editor, claim, "publish").status_code == 302
    assert status(claim) == Status.PUBLISHED
    assert press(editor, claim, "reopen", reason="a new figure").status_code == 302
    assert status(claim) == Status.IN_REVIEW
    assert press(editor, claim, "withdraw", reason="misread").status_code == 302
    row = Claim.objects.get(pk=claim)
    assert (row.status, row.assignee, row.due_last) == (Status.WITHDRAWN, "rami", date(2023, 5, 31))


def test_a_claim_is_rejected_with_its_reason(reviewer: Client, claim: UUID) -> None:
    refused = press(reviewer, claim, "reject", reason=" ")
    assert refused.status_code == 400
    assert press(reviewer, claim, "reject", reason="no news").status_code == 302
    assert status(claim) == Status.REJECTED


def test_a_page_offers_only_what_is_open_to_its_reader(reporter: Client, reviewer: Client, claim: UUID) -> None:
    def offered(client: Client) -> set[str]:
        return set(re.findall(r"/step/([a-z]+)/", client.get(page(claim)).content.decode()))

    assert offered(reporter) == {"evidence", "revise"}
    assert offered(reviewer) == {"accept", "reject", "schedule", "register", "evidence", "revise", "link"}


def test_an_older_version_is_refused_and_nothing_written_is_lost(reviewer: Client, claim: UUID) -> None:
    review.accept(claim, by=COLLEAGUE)
    response = press(reviewer, claim, "reject", after=1, reason="a long and careful reason")
    html = response.content.decode()
    assert response.status_code == 409
    assert "You saw an older version" in html
    assert "a long and careful reason" in html
    assert status(claim) == Status.ACCEPTED
    sent = dict(re.findall(r'name="(reject-(?:after|key))" value="([^"]*)"', html))
    again = reviewer.post(reverse("admin:claims_claim_step", args=[claim, "reject"]), {**sent, "reject-reason": "still"})
    assert again.status_code == 302
    assert status(claim) == Status.REJECTED


def test_a_second_click_is_harmless(reviewer: Client, claim: UUID) -> None:
    key = new_id()
    for _click in range(2):
        assert press(reviewer, claim, "accept", after=1, key=key).status_code == 302
    assert Claim.objects.get(pk=claim).version == 2


def test_a_role_that_may_not_is_told_so(reporter: Client, claim: UUID) -> None:
    response = press(reporter, claim, "accept")
    assert response.status_code == 409
    assert "needs the role of reviewer" in response.content.decode()
    assert status(claim) == Status.PROPOSED


def test_nobody_approves_their_own_verdict(editor: Client, claim: UUID) -> None:
    review.accept(claim, by=ADMINISTRATOR)
    press(editor, claim, "verdict", rating="void", rationale="nothing to see")
    assert "Nobody approves their own verdict" in press(editor, claim, "approve").content.decode()


@pytest.mark.parametrize(
    ("step", "given", "words"),
    [
        ("schedule", {"due": "some day"}, "This is not a date"),
        ("evidence", {"stance": "supports"}, "Evidence needs a snapshot or an address."),
        ("evidence", {"stance": "supports", "url": "javascript:alert(1)"}, "Enter a valid URL."),
        ("evidence", {"stance": "supports", "snapshot": "0190a5a0-0000-7000-8000-000000000000"}, "There is no such snapshot."),
        ("publish", {}, "This step is not open"),
        ("merge", {"into": "that one"}, "There is no claim&#x27;s id in this."),
        ("merge", {"into": "0190a5a0-0000-7000-8000-000000000000"}, "There is no such claim."),
        ("assign", {"to": "nobody"}, "Select a valid choice."),
    ],
)
def test_what_does_not_fit_is_said_on_the_form(editor: Client, claim: UUID, step: str, given: Any, words: str) -> None:
    response = press(editor, claim, step, **given)
    assert response.status_code in (400, 409)
    assert words in response.content.decode()
    assert Claim.objects.get(pk=claim).version == 1


def test_steps_take_only_posts_and_only_known_names(editor: Client, claim: UUID) -> None:
    assert editor.get(reverse("admin:claims_claim_step", args=[claim, "accept"])).status_code == 405
    assert press(editor, claim, "explode").status_code == 404
    assert editor.post(reverse("admin:claims_claim_step", args=[new_id(), "accept"])).status_code == 404


def as_it_stands(claim: UUID) -> dict[str, Any]:
    row = Claim.objects.get(pk=claim)
    said = {name: getattr(row, name) for name in ("statement", "kind", "speaker_type", "speaker_name", "criteria", "notes")}
    return {**said, "said_on": "", "tags": "", "reason": "misread"}


def test_a_claim_is_corrected_and_only_what_differs_is_kept(reporter: Client, claim: UUID) -> None:
    said = as_it_stands(claim) | {"said_on": "2022-11", "tags": "تجارة، اقتصاد", "speaker_name": "محمد السالم"}
    assert press(reporter, claim, "revise", **said).status_code == 302
    row = Claim.objects.get(pk=claim)
    assert (row.said_last, row.tags, row.speaker_name) == (date(2022, 11, 30), ["تجارة", "اقتصاد"], "محمد السالم")
    [_recorded, revised] = ledger.happenings([claim])[claim]
    assert isinstance(revised.event, events.ClaimRevised)
    assert set(revised.event.changes) == {"said_on", "tags", "speaker"}


def test_a_correction_of_nothing_is_none(reporter: Client, claim: UUID) -> None:
    assert "Nothing was changed." in press(reporter, claim, "revise", **as_it_stands(claim)).content.decode()


def test_a_claim_is_merged_by_the_address_of_the_other(editor: Client, claim: UUID, said: events.ClaimRecorded) -> None:
    other = recording.record(said, by=ADMINISTRATOR).stream
    assert press(editor, claim, "merge", into=f"http://testserver{page(other)}").status_code == 302
    assert status(claim) == Status.DUPLICATE
    assert page(other) in editor.get(page(claim)).content.decode()


def test_the_language_changes_where_one_stands(reviewer: Client, claim: UUID) -> None:
    response = reviewer.post("/i18n/setlang/", {"language": "ar", "next": page(claim)}, follow=True)
    assert 'dir="rtl"' in response.content.decode()
    assert response.redirect_chain[-1][0] == page(claim)


def test_a_long_queue_says_that_it_stops(reviewer: Client, said: events.ClaimRecorded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "CAP", 2)
    for _n in range(3):
        recording.record(said, by=ADMINISTRATOR)
    assert "Only the first 2 are listed" in reviewer.get(QUEUE).content.decode()


# ── flags


def flag_of(claim: UUID) -> Flag:
    flagging.run("due")
    return Flag.objects.get(claim=claim, rule="due")


def press_flag(client: Client, flag: Flag, step: str, **said: Any) -> Any:
    address = reverse("admin:claims_claim_flag", args=[flag.claim_id, flag.pk, step])
    return client.post(address, {f"{step}-{n}": v for n, v in {"after": flag.version, "key": new_id(), **said}.items()})


@pytest.mark.parametrize(
    ("step", "given", "state"),
    [
        ("resolve", {}, FlagStatus.RESOLVED),
        ("assign", {"to": "rami"}, FlagStatus.OPEN),
        ("dismiss", {"reason": "known"}, FlagStatus.DISMISSED),
        ("snooze", {"until": date.today() + timedelta(days=3)}, FlagStatus.SNOOZED),
    ],
)
def test_a_flag_is_followed_up_on_the_claims_page(reviewer: Client, claim: UUID, step: str, given: Any, state: str) -> None:
    flag = flag_of(claim)
    assert "and nobody has judged it" in reviewer.get(page(claim)).content.decode()
    assert press_flag(reviewer, flag, step, **given).status_code == 302
    assert Flag.objects.get(pk=flag.pk).state == state
    assert reviewer.get(page(claim)).status_code == 200


def test_a_flag_does_not_sleep_until_yesterday(reviewer: Client, claim: UUID) -> None:
    response = press_flag(reviewer, flag_of(claim), "snooze", until=date.today() - timedelta(days=3))
    assert "Choose a day to come." in response.content.decode()


def test_a_flag_is_not_reached_through_another_claim(reviewer: Client, claim: UUID, said: events.ClaimRecorded) -> None:
    flag, other = flag_of(claim), recording.record(said, by=ADMINISTRATOR).stream
    assert reviewer.post(reverse("admin:claims_claim_flag", args=[other, flag.pk, "resolve"])).status_code == 404


def test_the_work_list_is_most_urgent_first(reviewer: Client, said: events.ClaimRecorded) -> None:
    nobody = recording.record(replace(said, due=None, speaker=SpeakerAsRead(type="narrator")), by=ADMINISTRATOR).stream
    late = recording.record(said, by=ADMINISTRATOR).stream
    flagging.run()
    html = reviewer.get("/admin/claims/flag/").content.decode()
    assert html.index(f"/{late}/") < html.index(f"/{nobody}/")
    flag = Flag.objects.filter(claim=late).first()
    assert flag is not None
    assert reviewer.get(f"/admin/claims/flag/{flag.pk}/change/")["Location"].startswith(page(late))


def test_an_empty_work_list_says_so(reviewer: Client) -> None:
    assert "No flag asks for anybody." in reviewer.get("/admin/claims/flag/").content.decode()


# ── many at once


def chosen(action: str, *claims: UUID, **more: str) -> dict[str, Any]:
    return {"action": action, "_selected_action": [str(claim) for claim in claims], **more}


def test_many_are_accepted_and_the_refused_are_named(reviewer: Client, said: events.ClaimRecorded) -> None:
    first, second = (recording.record(replace(said, statement=s), by=ADMINISTRATOR).stream for s in ("the first", "the second"))
    review.accept(second, by=COLLEAGUE)
    html = reviewer.post(QUEUE, chosen("accept", first, second), follow=True).content.decode()
    assert status(first) == Status.ACCEPTED
    assert "1 claim accepted." in html
    assert re.search(r"1 claim was left as it is\..*the second", html)


def test_many_are_rejected_for_one_reason(reviewer: Client, said: events.ClaimRecorded) -> None:
    claims = [recording.record(said, by=ADMINISTRATOR).stream for _n in range(3)]
    asked = reviewer.post(QUEUE, chosen("reject", *claims))
    assert "3 claims are turned down" in asked.content.decode()
    assert reviewer.post(QUEUE, chosen("reject", *claims, reason="")).status_code == 200
    reviewer.post(QUEUE, chosen("reject", *claims, reason="off topic"))
    assert {status(claim) for claim in claims} == {Status.REJECTED}


def test_a_reporter_is_offered_nothing_for_many(reporter: Client, claim: UUID) -> None:
    reporter.post(QUEUE, chosen("accept", claim))
    assert status(claim) == Status.PROPOSED
    assert "Accept the chosen claims" not in reporter.get(QUEUE).content.decode()


# ── the front page


def test_the_front_page_counts_what_waits(reviewer: Client, claim: UUID) -> None:
    flagging.run()
    html = reviewer.get("/admin/").content.decode()
    assert re.search(r"<b>1</b> <span>proposed</span>", html)
    assert re.search(r"<b>1</b> <span>overdue</span>", html)
    assert re.search(r"<b>0</b> <span>due</span>", html)


def test_the_front_page_cries_when_the_ledger_is_not_sound(reviewer: Client) -> None:
    now = timezone.now()
    Verification.objects.create(started_at=now, finished_at=now, whole=True, through=4, ok=False, fault="position 3 does not follow")
    html = reviewer.get("/admin/").content.decode()
    assert 'class="alarm"' in html
    assert "position 3 does not follow" in html
    assert "position 3 does not follow" in reviewer.get("/admin/claims/verification/").content.decode()
    Verification.objects.create(started_at=now, finished_at=now + timedelta(hours=1), whole=True, through=5, ok=True)
    assert 'class="alarm"' not in reviewer.get("/admin/").content.decode()


# ── sentences

SAMPLES: list[events.Event] = [
    events.ClaimRecorded(statement="s", kind=Kind.EVENT, speaker=SpeakerAsRead(type="person", name="n")),
    events.ClaimRevised(changes={"due": None, "statement": "t"}, reason="r"),
    events.ClaimRedated(changes={"due": None}, before="2022", published="2023"),
    events.ClaimRedatingOffered(changes={}, published="2023"),
    events.ClaimAccepted(),
    events.ClaimRejected(reason="r"),
    events.ClaimAssigned(assignee="a"),
    events.ClaimScheduled(due=None),
    events.HorizonRegistered(due=ImpreciseDate(edtf="2031"), criteria="c"),
    events.EvidenceAdded(evidence="e", exhibit=Exhibit(stance=Stance.REFUTES, url="https://example.org")),
    events.EvidenceWithdrawn(evidence="e", exhibit=Exhibit(stance=Stance.REFUTES, url="https://example.org"), reason="r"),
    events.VerdictProposed(verdict="v", scheme=Scheme.FORECAST, rating=Rating.PARTLY, rationale="r"),
    events.VerdictApproved(verdict="v"),
    events.VerdictReturned(verdict="v", reason="r"),
    events.ClaimPublished(),
    events.CorrectionIssued(verdict="v", superseded="u"),
    events.ClaimWithdrawn(reason="r"),
    events.ClaimReopened(reason="r"),
    events.ClaimMerged(into="i"),
    events.ClaimTookIn(duplicate="d"),
    events.ClaimUnmerged(into="i", reason="r"),
    events.ClaimGaveBack(duplicate="d", reason="r"),
    events.ClaimLinked(link="l", other="o", relation=Relation.DENIES, outward=False),
    events.ClaimUnlinked(link="l", other="o", reason="r"),
    events.FlagRaised(claim="c", rule="due", key="", code="due", parameters={"last": "2023-05-31"}),
    events.FlagResolved(),
    events.FlagDismissed(reason="r"),
    events.FlagSnoozed(until=date(2030, 1, 1)),
    events.FlagAssigned(assignee="a"),
    events.FlagCleared(),
    events.SourceRevised(subject_type="outlet", number=2, digest="d"),
    events.Erased(reason="r"),
]


def test_every_event_has_its_sentence() -> None:
    assert set(sentences.SENTENCES) == set(events.TYPES)
    assert {sample.type for sample in SAMPLES} == set(events.TYPES)


@pytest.mark.parametrize("event", SAMPLES, ids=lambda event: event.type)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_sentence_can_be_said(event: events.Event, language: str) -> None:
    with translation.override(language):
        told = sentences.told(event)
    assert told
    assert "%(" not in told
