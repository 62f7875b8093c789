"""After an upgrade the index holds words of another form: to put them right is owed as work, and done by the workers."""

from uuid import UUID

from django.core.management import call_command
from django.db import transaction

from claims import handlers, tasks
from claims.handlers import CONSUMERS, INDEX
from claims.ledger import subscriptions
from claims.models import Claim, Near
from claims.similarity import index
from claims.workflow import review
from sources.models import Work
from tests import make
from tests.claims.similarity.test_matching import kept

BRIDGE = "the Harbour Bridge was closed to lorries in May"


def reworded(**fields):
    return make.recorded(**({"statement": "The desk calls this Zanzibar", "quote": BRIDGE} | fields))


def as_before():
    """The index as the version before filled it: both the statement and the quote."""
    with transaction.atomic():
        index.alone()
        rows = Claim.objects.values_list("pk", "statement", "quote")
        index.forget([pk for pk, *_ in rows])
        index.put({pk: index.IndexEntry(words if not quote or quote == words else f"{words}\n{quote}") for pk, words, quote in rows})


def test_an_upgrade_owes_the_index_and_the_workers_put_it_right(committed_db, settings):
    claims = [reworded(statement=f"The desk calls this Zanzibar {n}") for n in range(3)]
    make.recorded(statement=BRIDGE)
    review.accept(claims[0], by=make.REVIEWER)
    subscriptions.deliver(CONSUMERS["matching"])
    right = kept()
    tasks.find_neighbours()
    call_command("migrate", "claims", "0027", verbosity=0)
    call_command("migrate", "claims", verbosity=0)
    as_before()
    assert kept() != right
    assert tasks.index_claims() == 2  # the claims there are, and that there are no more
    assert kept() == right
    assert Work.objects.filter(kind=handlers.NEAR, done_at=None).count() == 1
    tasks.find_neighbours()
    assert Near.objects.filter(claim=claims[0]).exists()
    assert tasks.index_claims() == 0
    assert not Work.objects.filter(kind=INDEX, done_at=None).exists()


def test_an_empty_install_owes_nothing(committed_db):
    call_command("migrate", "claims", "0027", verbosity=0)
    call_command("migrate", "claims", verbosity=0)
    assert not Work.objects.filter(kind=INDEX).exists()


def test_stretch_after_stretch_is_owed(db, monkeypatch):
    monkeypatch.setattr(index, "CHUNK", 2)
    for n in range(5):
        reworded(statement=f"The desk calls this Zanzibar {n}")
    subscriptions.deliver(CONSUMERS["matching"])
    right = kept()
    as_before()
    after, stretches = UUID(int=0), 0
    while stretches <= 5 and after is not None:
        handlers.index_from(after)
        stretches += 1
        following = Work.objects.filter(kind=INDEX, key__gt=f"{INDEX}:{after}").order_by("key").first()
        after = UUID(following.key.split(":")[1]) if following else None
    assert stretches == 4  # 2, 2, 1, and none
    assert kept() == right
