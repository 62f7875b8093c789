"""Twenty more of everything that an answer may hold, around the very objects that the examples' story asked for."""

from typing import Any
from uuid import UUID

from claims import flagging, ledger
from claims.handlers import CONSUMERS
from claims.ledger import subscriptions
from claims.models import Claim, PublicRecord
from claims.models.notifications import Delivery
from claims.transparency import checkpoints
from claims.workflow import linking, recording, review
from sources.models import Document, new_id
from sources.roles import Role
from tests import make
from tests.config.example_story import BODY, TEXT
from tests.config.query_counts import CountingDesk

MORE = 20


def give_back(desk: CountingDesk) -> None:
    """What the story deleted at its end is made anew, so that it can be read."""
    hook = desk.send("webhooks_make", body={"url": "https://hooks.example.org/again"}).json()["id"]
    feed = desk.send("feeds_incoming_create", body={"url": "https://example.org/again.xml", "outlet": "وكالة الساحل"}).json()["id"]
    desk.about("webhooks_read", hook)
    desk.about("webhooks_deliveries", hook)
    desk.about("feeds_incoming_retrieve", feed)
    for n in range(2):
        _claims(desk, n)  # judgements, the story took its own back
    make_known()


def grow(desk: CountingDesk) -> None:
    """Lists of twenty more, and a claim, a document, an outlet and a speaker with twenty more parts each."""
    for n in range(MORE):
        _sources(desk, n)
        _subscriptions(desk, n)
        _claims(desk, n + 2)
    _standing(desk)
    make_known()


def make_known() -> None:
    """The feed's consumers, the rules and the signer do what is theirs."""
    for name in ("matching", "clusters"):
        subscriptions.deliver(CONSUMERS[name])
    flagging.run()
    ledger.seal()
    checkpoints.make()


def _sources(desk: CountingDesk, n: int) -> None:
    article = {
        "title": f"تجارة {n}",
        "text": f"{TEXT} {n}",
        "outlet": f"صحيفة {n}",
        "url": f"https://news{n}.example.org/",
        "language": "ar",
    }
    made = desk.send("documents_create", body=article).json()["id"]
    desk.send("documents_watch_partial_update", made, body={"attention": "on"})
    page = Document.objects.get(pk=desk.subject("documents_changes"))
    desk.send("documents_create", body={"url": page.url, "text": f"{TEXT} وكذا {n}", "outlet": page.outlet.name, "title": page.title})
    document, outlet, speaker = (desk.subject(f"{kind}_revisions_list") for kind in ("documents", "outlets", "speakers"))
    kept = Document.objects.get(pk=document)
    desk.send(
        "documents_create", body={"title": kept.title, "text": f"{TEXT} ثم {n}", "outlet": kept.outlet.name, "published": "2022-12-29"}
    )
    desk.send("documents_partial_update", document, body={"title": f"عنوان {n}", "reason": "أوضح"})
    desk.send("documents_partial_update", document, body={"title": kept.title, "reason": "كما كان"})
    desk.send("outlets_partial_update", outlet, body={"name": f"وكالة أنباء الساحل {n}", "reason": "اسمها"})
    desk.send("speakers_partial_update", speaker, body={"title": f"المديرة {n}", "reason": "لقبها"})
    same = desk.send("speakers_create", body={"name": f"متحدثة {n}", "type": "person"}).json()["id"]
    desk.send("speakers_merge_create", same, body={"into": speaker, "reason": "هي نفسها"})
    desk.send("speakers_create", body={"name": f"متحدث {n}", "type": "person"})
    desk.send("feeds_incoming_create", body={"url": f"https://example.org/{n}.xml", "outlet": "وكالة الساحل"})


def _subscriptions(desk: CountingDesk, n: int) -> None:
    desk.send("webhooks_make", body={"url": f"https://hooks.example.org/{n}"})
    desk.send("feeds_tokens_make", body={"name": f"تقويم {n}"})
    Delivery.objects.create(webhook_id=desk.subject("webhooks_deliveries"), event=new_id(), position=n, milliseconds=1, status=200)


def _claims(desk: CountingDesk, n: int) -> None:
    like = {"document": desk.subject("documents_claims"), "due": "2019"}
    desk.send(
        "claims_record",
        body=BODY | like | {"statement": f"ستصل {n} سفن إلى الميناء", "attributions": [{"agent": "وكالة", "role": "agency"}]},
    )
    one = UUID(desk.subject("claims_figures"))
    alike = _recorded(desk, body=BODY | {"statement": f"ستبلغ التجارة مع الجيران {90 + n} مليار دولار"})
    review.accept(alike, by=make.REVIEWER)
    other = _recorded(desk, body=BODY | {"statement": f"التجارة مع الجيران ستبلغ {90 + n} مليار دولار"})
    review.accept(other, by=make.REVIEWER)
    linking.link(one, other=other, relation="repeats", reason="بعد شهر", by=make.REVIEWER)
    twin = _recorded(desk, body=BODY | {"statement": f"تجارة الجيران {n}"})
    linking.merge(twin, into=one, reason="الخبر نفسه", by=make.EDITOR)


def _recorded(desk: CountingDesk, *, body: dict[str, Any]) -> UUID:
    return UUID(desk.send("claims_record", body=body).json()["id"])


def _standing(desk: CountingDesk) -> None:
    """More that was published and corrected, more that waits, and more that became of the one claim that is read whole."""
    claim = UUID(desk.subject("claims_read"))
    for n in range(MORE):
        recording.propose(make.published(due="2019"), {"source": f"جريدة {n}"}, reason="اسمها", by=make.REVIEWER)
        desk.send("claims_evidence", claim, body={"stance": "refutes", "url": f"https://example.org/{n}", "note": "بيان"})
        recording.propose(claim, {"notes": f"{n}", "source": f"صحيفة الميناء {n}"}, reason="أوضح", by=make.REVIEWER)
        _send_back(desk, claim)
    assert PublicRecord.objects.count() > MORE


def _send_back(desk: CountingDesk, claim: UUID) -> None:
    version = Claim.objects.get(pk=claim).version
    desk.send("claims_return-correction", claim, body={"reason": "تحقق"}, by=Role.EDITOR, If_Match=f'"{version}"')
