"""Accounts in the admin: Django's own pages, where a name that is or was somebody else's is refused beside its field."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import User

from claims.ledger import usernames


class FreeName:
    """A form that asks for a user name."""

    cleaned_data: dict[str, Any]
    instance: User

    def clean_username(self) -> str:
        """The name, where it may be this account's."""
        inherited = getattr(super(), "clean_username", None)  # Django's form for a new account has one, the one for changes has none
        name = str((inherited and inherited()) or self.cleaned_data["username"])
        if not self.instance.pk or User.objects.get(pk=self.instance.pk).username != name:
            usernames.must_be_free(name, self.instance.pk)
        return name


class NewAccountForm(FreeName, AdminUserCreationForm):  # type: ignore[type-arg]
    """A new account."""


class AccountForm(FreeName, UserChangeForm):  # type: ignore[type-arg]
    """An account that is there."""


admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(UserAdmin):  # type: ignore[type-arg]
    """Who may sign in, and in which roles."""

    form = AccountForm
    add_form = NewAccountForm
