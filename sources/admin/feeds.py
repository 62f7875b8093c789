"""Feeds in the admin: added, changed and removed by those who say what is watched."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sources import roles
from sources.admin.watches import Checked, StandsSo
from sources.fetching import addresses
from sources.models import Feed
from sources.registry import names
from sources.watching import feeds


class FeedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A feed, and whose it is by name."""

    url = forms.CharField(label=_("address"), max_length=addresses.LONGEST, widget=forms.TextInput(attrs={"dir": "ltr", "size": 80}))
    source = forms.CharField(label=_("outlet"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto", "size": 60}))
    every = forms.IntegerField(
        label=_("minutes between two looks"), min_value=feeds.LEAST_MINUTES, max_value=feeds.MOST_MINUTES, initial=30
    )

    class Meta:
        model = Feed
        fields = ("url", "source", "every", "pages")

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        if self.instance.pk:
            del self.fields["source"]

    def clean_url(self) -> str:
        """One of the web."""
        try:
            return addresses.checked(self.cleaned_data["url"])
        except addresses.NotAnAddress as error:
            raise forms.ValidationError(_("Not a web address: write it as https://example.org/page.")) from error

    def clean_source(self) -> str:
        """A name that an outlet can have."""
        try:
            names.key(self.cleaned_data["source"])
        except names.NoName as error:
            raise forms.ValidationError(_("This is no name.")) from error
        return str(self.cleaned_data["source"])


@admin.register(Feed)
class FeedAdmin(Checked, admin.ModelAdmin):  # type: ignore[type-arg]
    """The feeds that bring documents."""

    list_display = ("url", "outlet", "stands", "came_to", "checked_at", "failures", "changed_at", "next_at")
    list_filter = (StandsSo,)
    list_select_related = ("outlet__watch",)
    search_fields = ("url", "outlet__name")
    ordering = ("outlet__name", "pk")
    form = FeedForm
    actions = (*Checked.actions, "remove")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reviewers say what is watched."""
        return self.has_watch_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The same."""
        return self.has_watch_permission(request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is asked for a new one; of one that is there also how it stands."""
        if obj is None:
            return ("url", "source", "every", "pages")
        return ("url", "outlet", "every", "pages", *self.get_readonly_fields(request, obj)[2:])

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Its address and outlet stay; another address is another feed."""
        told = ("attention", "checked_at", "came_to", "detail", "failures", "failing_since", "gone_since", "changed_at", "next_at")
        return ("url", "outlet", *told) if obj else ()

    def save_model(self, request: HttpRequest, obj: Feed, form: Any, change: bool) -> None:
        """Adds or changes it as everybody else does."""
        by, said = roles.actor_of(request.user), form.cleaned_data
        if change:
            feeds.change(obj, by=by, every=said["every"], pages=said["pages"])
        else:
            obj.pk = feeds.add(said["url"], said["source"], by=by, every=said["every"], pages=said["pages"]).pk

    @admin.action(description=_("Poll no longer, and forget (its documents stay)"), permissions=["watch"])
    def remove(self, request: HttpRequest, queryset: QuerySet[Feed]) -> None:
        """The chosen ones."""
        count = 0
        for feed in queryset:
            feeds.remove(feed, by=roles.actor_of(request.user))
            count += 1
        messages.success(request, ngettext("%(count)d is seen to.", "%(count)d are seen to.", count) % {"count": count})
