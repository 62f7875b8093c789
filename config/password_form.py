"""The form for a new password of one's own, with the offer to end the API tokens that were made under the old one."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources.models import ApiToken


class OwnPasswordForm(AdminPasswordChangeForm):
    """Django's, and a box; where there is no token there is nothing to ask."""

    end_tokens = forms.BooleanField(
        label=_("Revoke my API tokens"),
        required=False,
        help_text=_("Whoever knew the old password may have made some, or have read one. What uses them needs new ones then."),
    )

    def __init__(self, user: Any, *args: Any, **words: Any) -> None:
        super().__init__(user, *args, **words)
        if not ApiToken.objects.filter(user=user).valid(timezone.now()).exists():
            del self.fields["end_tokens"]

    def save(self, commit: bool = True) -> Any:
        """Saves the password; revokes the tokens where that was chosen."""
        user = super().save(commit)
        if self.cleaned_data.get("end_tokens"):
            ApiToken.objects.filter(user=user).revoke()
        return user
