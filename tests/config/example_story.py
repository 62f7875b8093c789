"""The story that the examples of the API tell: a desk's week, each operation asked once."""

import pytest

from claims import flagging, ledger
from claims.handlers import CONSUMERS
from claims.intake import reading, redate, reread
from claims.ledger import subscriptions
from claims.models import Flag
from claims.transparency import checkpoints
from sources.models import Revision
from sources.roles import Role
from tests import make
from tests.claims.intake import steps as reader
from tests.config.api_examples import Desk

BODY = {
    "statement": "ستبلغ التجارة بين البلدين 200 مليار دولار في 2023",
    "kind": "prediction",
    "speaker_type": "person",
    "speaker_name": "سامي حداد",
    "speaker_title": "وزير التجارة",
    "source": "صحيفة الميناء",
    "quote": "التبادل التجاري سيصل إلى 200 مليار دولار في عام 2023",
    "due": "2023",
    "quantities": [{"text": "200 مليار دولار", "value": "200000000000", "unit": "USD", "comparator": "exactly"}],
    "tags": ["تجارة"],
}
TEXT = "قال وزير التجارة سامي حداد يوم الأربعاء إن التبادل التجاري بين البلدين سيصل إلى 200 مليار دولار في عام 2023."
VERDICT = {"rating": "did_not", "rationale": "أحصت الجمارك 180 مليارا."}


def tell(desk: Desk) -> None:
    """Everything, in order."""
    document = _sources(desk)
    _watching(desk, document)
    claim = _road(desk)
    _corrections(desk, claim)
    _steps_aside(desk)
    _offers(desk)
    _likeness(desk)
    _flags(desk)
    _reading(desk, claim, document)
    _telling(desk)
    _proofs(desk, claim)
    desk.show("erase", body={"words": ["سامي حداد"], "reason": "طلب من صاحب الاسم", "dry_run": True})


def _sources(desk: Desk) -> str:
    article = {"title": "تجارة البلدين", "text": TEXT, "outlet": "صحيفة الميناء", "published": "2022-12-28", "language": "ar"}
    document = desk.show("documents_create", body=article, Idempotency_Key="article-1")
    desk.show("documents_list")
    desk.show("documents_retrieve", document["id"])
    desk.show("documents_partial_update", document["id"], body={"published": "2022-12-29", "reason": "تاريخ العدد الورقي"})
    desk.show("documents_revisions_list", document["id"])
    desk.show("documents_snapshots_list", document["id"])
    desk.send("documents_create", body=article | {"url": "https://example.org/a", "text": TEXT})
    desk.send("documents_create", body=article | {"url": "https://example.org/a", "text": TEXT.replace("200", "180")})
    outlet = desk.show("outlets_create", body={"name": "وكالة الساحل", "homepage": "https://example.org/"})
    desk.show("outlets_list")
    desk.show("outlets_retrieve", outlet["id"])
    desk.show("outlets_partial_update", outlet["id"], body={"name": "وكالة أنباء الساحل", "reason": "اسمها الكامل"})
    desk.show("outlets_revisions_list", outlet["id"])
    speaker = desk.show("speakers_create", body={"name": "ليلى العمري", "type": "person", "title": "مديرة الميناء"})
    same = desk.send("speakers_create", body={"name": "ليلى عمري", "type": "person"}).json()
    desk.show("speakers_retrieve", speaker["id"])
    desk.show("speakers_partial_update", speaker["id"], body={"title": "المديرة العامة للميناء"})
    desk.show("speakers_merge_create", same["id"], body={"into": speaker["id"], "reason": "إملاء آخر للاسم نفسه"})
    desk.show("speakers_unmerge_create", same["id"], body={"reason": "امرأتان"})
    desk.show("speakers_list")
    desk.show("speakers_revisions_list", speaker["id"])
    return str(document["id"])


def _watching(desk: Desk, document: str) -> None:
    page = next(d for d in desk.send("documents_list").json()["results"] if d["url"])
    desk.show("documents_watch_partial_update", page["id"], body={"attention": "on"})
    desk.show("documents_watch_retrieve", page["id"])
    desk.show("documents_check_create", page["id"], Idempotency_Key="look-1")
    desk.show("watches_list", query={"standing": "on"})
    desk.show("outlets_watch_partial_update", page["outlet"], body={"attention": "paused", "off_until": "2030-01-01"})
    desk.show("outlets_watch_retrieve", page["outlet"])
    desk.show("documents_changes", page["id"])
    feed = desk.show("feeds_incoming_create", body={"url": "https://example.org/feed.xml", "outlet": "وكالة الساحل", "every": 60})
    desk.show("feeds_incoming_list")
    desk.show("feeds_incoming_retrieve", feed["id"])
    desk.show("feeds_incoming_partial_update", feed["id"], body={"every": 120})
    desk.show("feeds_incoming_check_create", feed["id"])
    desk.show("feeds_incoming_destroy", feed["id"])


def _road(desk: Desk) -> str:
    """From a claim that is recorded to a verdict that is published."""
    claim = desk.show("claims_record", body=BODY, by=Role.REPORTER, Idempotency_Key="claim-1")["id"]
    desk.show("claims_accept", claim, by=Role.REVIEWER, Idempotency_Key="accept-1")
    desk.show("claims_assign", claim, body={"to": "reviewer-example"})
    desk.show("claims_unassign", claim)
    desk.show("claims_schedule", claim, body={"due": "2023-12-31", "reason": "آخر يوم قاله"})
    desk.show("claims_revise", claim, body={"criteria": "بيانات الجمارك السنوية", "reason": "بما يُحسم"}, If_Match='"5"')
    source = {"stance": "refutes", "url": "https://example.org/customs", "note": "بيانات الجمارك"}
    shown = desk.show("claims_evidence", claim, body=source, by=Role.REPORTER)
    more = desk.send("claims_evidence", claim, body=source | {"url": "https://example.org/copy"}).json()
    copied = next(each["id"] for each in more["evidence"] if each["url"].endswith("copy"))
    desk.show("claims_withdraw-evidence", claim, body={"evidence": copied, "reason": "نقلت عن غيرها"})
    desk.send("claims_verdict", claim, body=VERDICT, by=Role.REVIEWER)
    desk.show("claims_return", claim, body={"reason": "اذكر المصدر"}, by=Role.EDITOR)
    verdict = VERDICT | {"evidence": [shown["evidence"][0]["id"]], "known_since": "2024-02-01"}
    judged = desk.show("claims_verdict", claim, body=verdict, by=Role.REVIEWER)
    desk.show("claims_approve", claim, by=Role.EDITOR, If_Match=f'"{judged["version"]}"')
    desk.show("claims_publish", claim, by=Role.EDITOR)
    return str(claim)


def _corrections(desk: Desk, claim: str) -> None:
    change = {"speaker_title": "وزير التجارة والصناعة", "speaker_type": "person", "speaker_name": "سامي حداد", "reason": "لقبه الكامل"}
    proposed = desk.show("claims_corrections_propose", claim, body=change, by=Role.REVIEWER)
    desk.show("corrections_list")
    desk.show("claims_record_shown", claim)
    desk.show("claims_return-correction", claim, body={"reason": "تحقق من اللقب"}, by=Role.EDITOR, If_Match=f'"{proposed["version"]}"')
    again = desk.send("claims_corrections_propose", claim, body=change, by=Role.REVIEWER).json()
    desk.show("claims_approve-correction", claim, body={}, by=Role.EDITOR, If_Match=f'"{again["version"]}"')
    third = desk.send("claims_corrections_propose", claim, body={"source": "جريدة الميناء", "reason": "اسمها"}, by=Role.REVIEWER).json()
    waits = {"claim": claim, "correction": third["corrections"][-1]["id"]}
    desk.show("corrections_approve", body={"corrections": [waits]}, by=Role.EDITOR)
    desk.show("claims_corrections", claim)


def _steps_aside(desk: Desk) -> None:
    rejected = desk.send("claims_record", body=BODY | {"statement": "قد تتحسن الأحوال", "due": None}).json()["id"]
    desk.show("claims_reject", rejected, body={"reason": "رأي لا يُحسم"}, by=Role.REVIEWER)
    coming = desk.send("claims_record", body=BODY | {"statement": "ستفتح المدرسة في 2099", "due": "2099"}).json()["id"]
    desk.show("claims_register", coming, body={"criteria": "افتتاح المدرسة رسميا"}, by=Role.REVIEWER)
    withdrawn = str(make.published(statement="ستبلغ التجارة 1 مليار دولار"))
    desk.show("claims_withdraw", withdrawn, body={"reason": "نُسب إلى غير قائله"}, by=Role.EDITOR)
    reopened = str(make.published(statement="ستبلغ التجارة 2 مليار دولار"))
    desk.show("claims_reopen", reopened, body={"reason": "بيانات جديدة"}, by=Role.EDITOR)


def _offers(desk: Desk) -> None:
    """Dates of a corrected article, and what a newer reader reads."""
    snapshot = reader.captured()
    reading.read_snapshot(snapshot)
    ships, tomorrow = reader.claim("سفينة"), reader.claim("غدا")
    for claim in (ships, tomorrow):
        desk.send("claims_accept", claim.pk, by=Role.REVIEWER)
    desk.send("documents_partial_update", snapshot.document_id, body={"published": reader.NEW, "reason": "خطأ في التاريخ"})
    redate.redate(snapshot.document_id, Revision.objects.filter(subject_id=snapshot.document_id).latest("number").number)
    desk.show("claims_redate", tomorrow.pk, body={"reason": "تاريخ المقال"}, by=Role.REVIEWER)
    with pytest.MonkeyPatch.context() as newer:
        reader.version(newer, "example", reader.due("2036"))
        reread.reread(snapshot.document_id)
    desk.show("claims_reread", ships.pk, body={"reason": "قراءة أدقّ"}, by=Role.REVIEWER)
    desk.show("documents_claims", snapshot.document_id, query={"ordering": "due", "page_size": 2})


def _likeness(desk: Desk) -> None:
    one, other, third = (desk.send("claims_record", body=BODY | {"statement": s}).json()["id"] for s in _ALIKE)
    for claim in (one, other, third):
        desk.send("claims_accept", claim, by=Role.REVIEWER)
    _follow()
    desk.show("match", body={"text": "التجارة مع الجيران ستبلغ 90 مليار دولار", "limit": 3})
    desk.show("claims_similar", one, query={"limit": 2})
    desk.show("claims_link", one, body={"other": other, "relation": "repeats", "reason": "الرقم نفسه بعد شهر"}, by=Role.REVIEWER)
    _follow()
    desk.show("claims_links", one)
    desk.show("claims_origins", one)
    desk.show("claims_figures", one)
    desk.show("claims_unlink", one, body={"other": other, "reason": "رقمان مختلفان"}, by=Role.REVIEWER)
    desk.show("claims_merge", third, body={"into": one, "reason": "الخبر نفسه"}, by=Role.EDITOR)
    desk.show("claims_unmerge", third, body={"reason": "خبران"}, by=Role.EDITOR)


_ALIKE = ("ستبلغ التجارة مع الجيران 90 مليار دولار", "التجارة مع الجيران ستبلغ 90 مليار دولار", "ستبلغ التجارة مع الجيران 95 مليار دولار")


def _follow() -> None:
    for name in ("matching", "clusters"):
        subscriptions.deliver(CONSUMERS[name])


def _flags(desk: Desk) -> None:
    flagging.run()
    flags = iter(Flag.objects.filter(state="open").order_by("rule", "claim", "key"))  # in the work list, many are as urgent as others
    first = next(flags)
    desk.show("flags_list", query={"claim": str(first.claim_id), "rule": first.rule})
    desk.show("flags_assign", first.pk, body={"to": "reviewer-example"})
    desk.show("flags_read", first.pk)
    desk.show("flags_unassign", first.pk)
    desk.show("flags_snooze", next(flags).pk, body={"until": "2099-01-01"})
    desk.show("flags_dismiss", next(flags).pk, body={"reason": "معروف"})
    desk.show("flags_resolve", next(flags).pk, body={"reason": "أضيف مصدر ثان"})


def _reading(desk: Desk, claim: str, document: str) -> None:
    desk.show("claims_list", query={"kind": "prediction", "clock": "closed", "page_size": 1})
    desk.show("claims_read", claim)
    desk.show("claims_events", claim)
    desk.show("claims_diff", claim, query={"since": "1", "until": "5"})
    desk.show("events_feed", query={"after": "3", "limit": "2"})


def _telling(desk: Desk) -> None:
    webhook = desk.show("webhooks_make", body={"url": "https://hooks.example.org/isnad", "types": ["isnad.ClaimPublished"]})
    desk.show("webhooks_list")
    desk.show("webhooks_read", webhook["id"])
    desk.show("webhooks_change", webhook["id"], body={"active": False})
    desk.show("webhooks_deliveries", webhook["id"])
    desk.show("webhooks_rotate", webhook["id"], body={"overlap_hours": 48})
    desk.show("webhooks_delete", webhook["id"])
    desk.show("digest_read")
    desk.show("digest_change", body={"often": "daily", "hour": 7, "language": "ar"})
    key = desk.show("feeds_tokens_make", body={"name": "تقويمي"})
    desk.show("feeds_tokens_list")
    desk.show("feeds_tokens_delete", key["id"])
    token = desk.show("tokens_make", body={"name": "أرشيف", "scope": "read", "expires_at": "2099-01-01T00:00:00Z"})
    desk.show("tokens_list")
    desk.show("tokens_read", token["id"])
    desk.show("tokens_revoke", token["id"])
    for feed in ("feeds_published", "feeds_corrections", "feeds_due", "public_published", "public_corrections", "public_due"):
        desk.show(feed)


def _proofs(desk: Desk, claim: str) -> None:
    ledger.seal()
    checkpoints.make()
    desk.show("checkpoint", Accept="application/json")
    desk.show("checkpoint_consistency", query={"from": "2", "to": "5"})
    desk.show("tile", 0, "000.p/5")
    desk.show("tile_entries", "000.p/2")
    desk.show("claims_proof", claim)
    desk.show("public_claims_proof", claim)
