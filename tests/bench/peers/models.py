"""The claim's table once for each way to keep a history; columns and indexes are copied from ours, so that the work is equal."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.base import ModelBase

from claims.models import Claim, Quantity


def copied(name: str, source: type[models.Model] = Claim, *, whole: str = "Plain", related: str = "+", **more: Any) -> Any:
    """A model with the columns of a claim, or of one of its parts: a part of `whole`, which calls its parts `related`."""
    attributes: dict[str, Any] = {"__module__": __name__, "__qualname__": name, **more}
    columns: list[Any] = list(source._meta.concrete_fields)
    for column in columns:
        if column.remote_field:
            target, back = (whole, related) if column.remote_field.model is Claim else (column.remote_field.model, "+")
            field: Any = models.ForeignKey(target, models.PROTECT, null=column.null, db_index=bool(column.db_index), related_name=back)
        else:
            field = column.clone()
        attributes[column.name] = field
    attributes["Meta"] = type("Meta", (), {"indexes": [_copied(index, name) for index in source._meta.indexes]})
    return ModelBase(name, (models.Model,), attributes)


def _copied(index: models.Index, model: str) -> models.Index:
    copy = index.clone()
    copy.name = f"{model[:9]}_{index.name}"[:30].lower()
    return copy


Plain = copied("Plain")
PlainQuantity = copied("PlainQuantity", Quantity)

if apps.is_installed("simple_history"):
    from simple_history.models import HistoricalRecords

    Historical = copied("Historical", history=HistoricalRecords())
    HistoricalQuantity = copied("HistoricalQuantity", Quantity, whole="Historical", related="quantities")

if apps.is_installed("reversion"):
    import reversion

    Reversed = copied("Reversed")
    reversion.register(Reversed)

if apps.is_installed("pghistory"):
    import pghistory

    Triggered = pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())(copied("Triggered"))
