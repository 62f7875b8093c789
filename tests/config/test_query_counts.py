"""How many queries a request makes is stated for every address of the API, and is the same for one row as for twenty."""

import os
from difflib import unified_diff

import pytest

from claims.models import Correction
from sources.roles import Role
from tests.config import example_story, grown_desk, query_counts
from tests.config.query_counts import CountingDesk
from tests.sql_trace import sent

WRITE = os.environ.get("ISNAD_WRITE_QUERIES")
HOW = "`make queries` writes the table anew: say in the commit why a request asks for more"
MANY = ("POST", "corrections/approve/")  # each correction is a step of its own
LONGER = {"claims_proof"}  # reads more tiles of a longer log: by its logarithm, however many claims there are


def test_every_address_of_the_api_states_its_queries():
    assert set(query_counts.stated()) == query_counts.addresses(), HOW


@pytest.mark.django_db
def test_a_request_makes_as_many_queries_as_are_stated_for_one_row_and_for_twenty(settings):
    settings.ORIGIN, settings.ADDRESS = "desk.example/log", "https://desk.example"
    desk = CountingDesk()
    example_story.tell(desk)
    grown_desk.give_back(desk)
    _look(desk)  # what is found out once in a process is known
    few = _look(desk)
    grown_desk.grow(desk)
    many = _look(desk)
    counted = {request: (len(statements), len(statements)) for request, statements in desk.shown.items()}
    counted |= {desk.request(name): (len(few[name]), len(many[name])) for name in few}
    counted[MANY] = (len(desk.shown[MANY]), _approve_together(desk))
    counted |= {("GET", address): (count, count) for address in ("docs/", "schema/") for count in [_plain(desk, address)]}
    if WRITE:
        query_counts.write(counted)
    differ = [name for name in few if len(few[name]) != len(many[name]) and name not in LONGER]
    more = ["\n".join(unified_diff(few[name], many[name], name, name, n=0)) for name in differ]
    assert not more, "\n".join(more)
    told = query_counts.stated()
    otherwise = [request for request in counted if counted[request] != told.get(request)]
    assert not otherwise, "\n".join([HOW, *(f"{each}: {counted[each]}, {told.get(each)}: {desk.shown.get(each)}" for each in otherwise)])


def _look(desk):
    return {name: desk.again(name) for name in desk.reading()}


def _approve_together(desk):
    waits = [{"claim": str(c.claim_id), "correction": str(c.key)} for c in Correction.objects.filter(status="open")[: grown_desk.MORE]]
    assert len(waits) == grown_desk.MORE
    return len(desk.again("corrections_approve", body={"corrections": waits}))


def _plain(desk, address):
    with sent() as statements:
        assert desk.people[Role.READER].get(f"/{query_counts.ROOT}{address}").status_code == 200
    return len(statements)
