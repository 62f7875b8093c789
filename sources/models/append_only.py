"""Models that are only ever added to, or only read: Django's own ways to write say so, before PostgreSQL has to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=models.Model)


class Refused(TypeError):
    """This model is not written in this way; `sentence` says what is."""

    sentence = _("This is not written in this way.")

    def __init__(self) -> None:
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return str(self.sentence)


class NeverChanged(Refused):
    """A row that was kept is kept."""

    sentence = _("This is only ever added to: what was kept is neither changed nor deleted.")


class OnlyRead(Refused):
    """A copy of what the ledger holds."""

    sentence = _("This is a copy that only the ledger writes: take a step on the claim or the flag instead.")


class AppendedQuerySet(models.QuerySet[M]):
    """Rows to read and to add to."""

    def _refuse(self) -> NoReturn:
        raise NeverChanged

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        self._refuse()

    def delete(self) -> NoReturn:
        """Refused."""
        self._refuse()

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        self._refuse()

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """Adds rows; refused where it would change those that are there."""
        if kwargs.get("update_conflicts"):
            self._refuse()
        return super().bulk_create(objs, *args, **kwargs)

    update.alters_data = delete.alters_data = bulk_update.alters_data = bulk_create.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined] # as Django has it: no `objects.delete()`


class Appended(models.Model):
    """A row that is written once."""

    objects = AppendedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row; refused where it is there already."""
        if not self._state.adding:
            raise NeverChanged
        super().save(**(kwargs | {"force_insert": True}))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise NeverChanged

    save.alters_data = delete.alters_data = True  # type: ignore[attr-defined]


class CopiedQuerySet(AppendedQuerySet[M]):
    """Rows to read."""

    def _refuse(self) -> NoReturn:
        raise OnlyRead

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        self._refuse()

    bulk_create.alters_data = True  # type: ignore[attr-defined]


class Copied(models.Model):
    """A row that nobody saves."""

    objects = CopiedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise OnlyRead

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise OnlyRead

    save.alters_data = delete.alters_data = True  # type: ignore[attr-defined]
