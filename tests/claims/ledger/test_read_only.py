"""Nobody saves a Claim, nor an event: Django's own ways to write say so before PostgreSQL has to."""

import pytest
from django.db import IntegrityError, transaction

from claims import ledger
from claims.models import Action, Attribution, Checkpoint, Claim, EventRecord, Evidence, Flag, Link, Position, Quantity, Tile, Verdict
from claims.workflow import review
from sources.models import Content, Revision, Snapshot
from sources.models.append_only import NeverChanged, OnlyRead, Refused
from tests import make

pytestmark = pytest.mark.django_db

APPENDED = [EventRecord, Position, Action, Tile, Checkpoint, Content, Snapshot, Revision]
COPIED = [Claim, Quantity, Attribution, Evidence, Link, Verdict, Flag]
WAYS = {
    "update": lambda model, row: model.objects.update(pk=row.pk),
    "filter and update": lambda model, row: model.objects.filter(pk=row.pk).update(pk=row.pk),
    "delete": lambda model, row: model.objects.all().delete(),
    "bulk_update": lambda model, row: model.objects.bulk_update([row], [row._meta.concrete_fields[-1].name]),
    "save": lambda model, row: row.save(),
    "delete one": lambda model, row: row.delete(),
}


def kept(model):
    """A row as if it had been read."""
    row = model(pk=(0, 0) if model is Tile else None)
    row._state.adding = False
    return row


@pytest.mark.parametrize("model", [*APPENDED, *COPIED], ids=lambda model: model.__name__)
@pytest.mark.parametrize("way", WAYS)
def test_a_model_refuses_with_a_sentence(model, way, django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(Refused, match=r"[:].*\.$") as refusal:
        WAYS[way](model, kept(model))
    assert refusal.type is (NeverChanged if model in APPENDED else OnlyRead)


@pytest.mark.parametrize("model", COPIED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("add", ["create", "bulk_create", "save"])
def test_a_copy_is_not_even_added_to(model, add):
    row = model()
    with pytest.raises(OnlyRead):
        row.save() if add == "save" else getattr(model.objects, add)(*([[row]] if add == "bulk_create" else []))


def test_what_is_added_changes_nothing_that_is_there():
    Content.objects.create(digest=b"d" * 32, text="first")
    with pytest.raises(IntegrityError), transaction.atomic():
        Content(digest=b"d" * 32, text="second").save()
    with pytest.raises(NeverChanged):
        Content.objects.bulk_create([Content(digest=b"d" * 32, text="third")], update_conflicts=True, update_fields=["text"])
    assert Content.objects.get().text == "first"


def test_what_is_refused_was_not_done():
    claim = Claim.objects.get(pk=make.recorded())
    claim.status = "published"
    with pytest.raises(OnlyRead):
        claim.save()
    with pytest.raises(NeverChanged):
        EventRecord.objects.all().delete()
    assert Claim.objects.get(pk=claim.pk).status == "proposed"
    assert EventRecord.objects.filter(stream=claim.pk).count() == 1


def test_the_ledger_writes_all_the_same():
    claim = make.recorded()
    review.accept(claim, by=make.REVIEWER)
    ledger.seal()
    assert Claim.objects.get(pk=claim).status == "accepted"
