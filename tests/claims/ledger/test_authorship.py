"""Whose an event is: one's own whatever one is called now, and nobody's who only has the number of another install's account."""

import pytest
from django.contrib.auth.models import User

from claims.domain.events import ClaimAccepted, ClaimRecorded, VerdictProposed
from claims.domain.state import ClaimState
from claims.ledger import authorship
from claims.models import Claim, Verdict
from claims.workflow import review, verdicts
from claims.workflow.verdicts import OwnVerdict
from sources.roles import Actor, Role, actor_of
from tests import make
from tests.claims.exchange.test_backup import exported, loaded, somewhere_else  # noqa: F401 - a fixture

EDITING = frozenset({Role.EDITOR})


def proposed_by(by: Actor) -> Claim:
    """A claim on which somebody has proposed a verdict."""
    claim = make.recorded()
    review.accept(claim, by=make.REVIEWER)
    verdicts.reach(claim, rating="came_true", rationale="حدث", by=by)
    return Claim.objects.get(pk=claim)


def renamed(user: User, name: str) -> Actor:
    user.username = name
    user.save()
    return actor_of(user)


@pytest.mark.django_db
def test_who_was_renamed_in_between_approves_their_own_verdict_as_little_as_before():
    user = make.user(Role.EDITOR, "salma.old")
    claim = proposed_by(actor_of(user))
    with pytest.raises(OwnVerdict):
        verdicts.approve(claim.pk, by=renamed(user, "salma.new"))
    state = verdicts.approve(claim.pk, by=make.actor(Role.EDITOR)).state
    assert isinstance(state, ClaimState)
    assert state.standing


@pytest.mark.django_db
def test_own_is_also_what_was_written_under_the_name_without_the_account():
    """At a shell one acts under a name only."""
    claim = proposed_by(Actor("Salma", roles=EDITING))
    for same in (Actor("salma", roles=EDITING), Actor("ＳALMA", "77", roles=EDITING)):
        with pytest.raises(OwnVerdict):
            verdicts.approve(claim.pk, by=same)


@pytest.mark.django_db
def test_two_who_have_no_account_are_not_one_for_that():
    claim = proposed_by(Actor("salma", roles=EDITING))
    assert verdicts.approve(claim.pk, by=Actor("huda", roles=EDITING)).version == 4


@pytest.mark.django_db
def test_the_setting_still_lets_people_approve_what_they_proposed(settings):
    settings.OWN_VERDICTS = True
    by = make.actor(Role.EDITOR)
    assert verdicts.approve(proposed_by(by).pk, by=by).version == 4


@pytest.mark.django_db
def test_an_event_is_told_from_others_of_its_kind_and_stream_by_what_it_says():
    salma, huda = make.actor(Role.EDITOR), make.actor(Role.EDITOR)
    claim = proposed_by(salma).pk
    verdicts.send_back(claim, reason="x", by=huda)
    verdicts.reach(claim, rating="partly", rationale="y", by=huda)
    first, second = (str(key) for key in Verdict.objects.filter(claim=claim).order_by("ordinal").values_list("key", flat=True))
    assert authorship.wrote(salma, claim, VerdictProposed, verdict=first)
    assert not authorship.wrote(salma, claim, VerdictProposed, verdict=second)
    assert authorship.wrote(huda, claim, VerdictProposed, verdict=second, rating="partly")
    assert not authorship.wrote(huda, claim, ClaimRecorded)
    assert authorship.wrote(make.REVIEWER, claim, ClaimAccepted)
    assert not authorship.wrote(salma, make.recorded(), VerdictProposed)
    with pytest.raises(OwnVerdict):
        verdicts.approve(claim, by=huda)
    verdicts.approve(claim, by=salma)


def test_in_what_came_from_another_install_only_names_count(committed_db, somewhere_else):  # noqa: F811
    there = [make.user(Role.EDITOR, name) for name in ("salma", "huda")]
    claims = [proposed_by(actor_of(user)).pk for user in there]
    written = exported()
    with somewhere_else():
        here = [User.objects.create_user(name, pk=user.pk) for name, user in zip(("huda", "another"), there, strict=True)]
        for user in here:
            user.groups.add(make.Group.objects.get(name="editor"))
        huda, another = map(actor_of, here)
        loaded(written)
        verdicts.approve(claims[0], by=huda)  # salma's, whose number there is huda's here
        with pytest.raises(OwnVerdict):
            verdicts.approve(claims[1], by=huda)
        with pytest.raises(OwnVerdict):  # what stands under a name is its bearer's, whatever they are called later
            verdicts.approve(claims[1], by=renamed(here[0], "huda.new"))
        verdicts.approve(claims[1], by=another)
        mine = proposed_by(another).pk  # written here: numbers count again
        with pytest.raises(OwnVerdict):
            verdicts.approve(mine, by=renamed(here[1], "another.new"))
