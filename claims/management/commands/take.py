"""Takes one step on a claim from the command line, through the same rooms as the admin and the API."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from claims import ledger, lifecycle, linking, publishing, review, verdicts
from claims.choices import Relation
from claims.ledger import Receipt
from sources import roles
from sources.roles import Actor
from sources.text.edtf import ImpreciseDate, NotEDTF, span

STEPS: dict[str, Callable[[UUID, Actor, dict[str, Any]], Receipt]] = {
    "accept": lambda claim, by, o: review.accept(claim, by=by),
    "reject": lambda claim, by, o: review.reject(claim, reason=o["reason"], by=by),
    "assign": lambda claim, by, o: review.assign(claim, to=o["to"], by=by),
    "schedule": lambda claim, by, o: review.schedule(claim, due=ImpreciseDate(edtf=o["due"]), reason=o["reason"], by=by),
    "register": lambda claim, by, o: review.register(claim, criteria=o["criteria"], by=by),
    "verdict": lambda claim, by, o: verdicts.reach(claim, rating=o["rating"], rationale=o["rationale"], by=by),
    "approve": lambda claim, by, o: verdicts.approve(claim, by=by),
    "return": lambda claim, by, o: verdicts.send_back(claim, reason=o["reason"], by=by),
    "publish": lambda claim, by, o: publishing.publish(claim, by=by),
    "withdraw": lambda claim, by, o: publishing.withdraw(claim, reason=o["reason"], by=by),
    "reopen": lambda claim, by, o: review.reopen(claim, reason=o["reason"], by=by),
    "merge": lambda claim, by, o: linking.merge(claim, into=o["other"], reason=o["reason"], by=by),
    "unmerge": lambda claim, by, o: linking.unmerge(claim, reason=o["reason"], by=by),
    "link": lambda claim, by, o: linking.link(claim, o["other"], relation=o["relation"], reason=o["reason"], by=by),
    "unlink": lambda claim, by, o: linking.unlink(claim, o["other"], reason=o["reason"], by=by),
}


class Command(BaseCommand):
    """`manage.py take STEP CLAIM --by USER`."""

    help = "Takes one step on a claim as a user of the desk: their role decides whether they may, as everywhere else."

    def add_arguments(self, parser: CommandParser) -> None:
        """The step, the claim, who takes it, and what the step needs."""
        parser.add_argument("step", choices=STEPS, help="the step to take")
        parser.add_argument("claim", type=UUID, help="the claim's id, as the API and the admin's address show it")
        parser.add_argument("--by", required=True, metavar="USER", help="the user name of whoever takes it")
        parser.add_argument(
            "--reason", default="", help="why: for reject, schedule, return, withdraw, reopen, unmerge, unlink; merge and link may say it"
        )
        parser.add_argument("--to", default="", metavar="USER", help="for assign")
        parser.add_argument("--due", default="", metavar="EDTF", help="for schedule: 2023-21 is spring 2023")
        parser.add_argument("--criteria", default="", help="for register: how it will be settled, where the claim does not say it")
        parser.add_argument("--rating", default="", help="for verdict: came_true, did_not, kept, true, false …")
        parser.add_argument("--other", type=UUID, metavar="CLAIM", help="for link, unlink, merge: the other claim")
        parser.add_argument("--relation", default="", choices=["", *Relation.values], help="for link: what this claim is to the other")
        parser.add_argument("--rationale", default="", help="for verdict: why it is judged so")

    def handle(self, *, step: str, claim: UUID, by: str, **options: Any) -> None:
        """Takes the step, or says in one sentence why not and changes nothing."""
        user = get_user_model()._default_manager.filter(username=by, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active user {by}.")
        actor = roles.actor_of(user)
        if not roles.may(actor, "read"):
            raise CommandError(_("%(user)s has no role at this desk, and sees nothing of it.") % {"user": by})
        if step in ("link", "unlink", "merge") and options["other"] is None:
            raise CommandError("Name the other claim: --other CLAIM.")
        try:
            if step == "schedule":
                span(options["due"])
            done = STEPS[step](claim, actor, options)
        except NotEDTF as error:
            raise CommandError(f"{options['due']!r} is no date in EDTF, such as 2023-05-31 or 2023-21.") from error
        except (ledger.LedgerRefuses, ledger.Unfit, lifecycle.StepNotOpen, roles.NotAllowed, verdicts.OwnVerdict) as refusal:
            raise CommandError(str(refusal)) from refusal
        assert isinstance(done.state, lifecycle.ClaimState)
        self.stdout.write(f"{step}: {done.state.status}, version {done.version}")
