"""Tokens for the REST API: whose, what they may, and until when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a token may of that which its owner may. The roles are those of `sources.roles`."""

    WRITE = "write", _("whatever its owner may")
    READ = "read", _("only read")
    READER = "reader", _("at most what a reader may")
    REPORTER = "reporter", _("at most what a reporter may")
    REVIEWER = "reviewer", _("at most what a reviewer may")
    EDITOR = "editor", _("at most what an editor may")
    ADMINISTRATOR = "administrator", _("at most what an administrator may")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens."""

    def valid(self, at: datetime) -> ApiTokenQuerySet:
        """Those that are neither revoked nor expired."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at), revoked_at__isnull=True)

    def revoke(self) -> int:
        """They open nothing any more; how many still did."""
        now = timezone.now()
        return self.valid(now).update(revoked_at=now)


class ApiToken(models.Model):
    """A token for the REST API. Only its SHA-256 is kept; the token itself is shown once. Revoked ones stay, to be read about."""

    LIFETIME: ClassVar = timedelta(days=365)  # of one that was made without a word on it

    user = models.ForeignKey("auth.User", models.CASCADE, related_name="api_tokens", verbose_name=_("user"))
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100, blank=True)
    scope = models.CharField(_("scope"), max_length=13, choices=Scope.choices, default=Scope.WRITE)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    used_at = models.DateTimeField(_("last used"), null=True, editable=False)  # to the minute
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints = [models.CheckConstraint(condition=Q(scope__in=Scope.values), name="token_scope_known")]

    def __str__(self) -> str:
        return self.name or str(self.user)

    @property
    def is_valid(self) -> bool:
        """Does it open anything, as far as it is up to the token?"""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > timezone.now())

    @property
    def warning(self) -> str:
        """What somebody should do about it; empty where there is nothing to do."""
        if self.is_valid and self.expires_at is None:
            return str(_("It never expires: make one that does, and revoke it."))
        return ""
