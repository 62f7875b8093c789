"""Fills an install with the worked example."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from claims.example import story


class Command(BaseCommand):
    """`manage.py example`."""

    help = (
        "Captures two articles written for this purpose, one Arabic and one English, proposes their claims, and takes some of them"
        " along the road: accepted, assigned, judged, published, flagged. Safe to run twice: what is done is not done again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tells the story, and what it did."""
        told = story.tell()
        if options["verbosity"]:
            for line in told:
                self.stdout.write(line)
            self.stdout.write(_("The example is there; its two colleagues cannot sign in."))
